"""What Beancount and hledger find in a journal, in one shape, beside what our own books say."""

from __future__ import annotations

import csv
import io
import subprocess
from collections import Counter, defaultdict
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from beancount import loader
from beancount.core.amount import Amount
from beancount.core.data import Posting, Transaction
from beancount.core.position import Cost

from bot.documents.cells import digits_of
from bot.documents.writing.journals.accounts import (
    CONNECTS,
    HELD,
    OPENING,
    PAID,
    ROUNDING,
    UNPRICED,
    account_of,
    tax_on,
)
from core.ledger.flows import movements_in
from core.shared.money import UNKNOWN
from tests.programs import HLEDGER, needed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from core.ledger.model import Entry, Lot

Figures = dict[str, dict[str, int]]
"""What is on each account: Connects, and in each currency their cost and money together, in minor units."""
BEGINNING: Final = datetime(2000, 1, 1, tzinfo=UTC)
LATEST: Final = datetime(2100, 1, 1, tzinfo=UTC)
LOT: Final = "Assets:Connects:Lot-"
LOT_TAX: Final = "Assets:Connects:Tax:Lot-"


def by_beancount(text: str) -> Figures:
    """What Beancount finds, of each lot apart. It must find no fault, and no difference however small."""
    exact = f'option "inferred_tolerance_default" "*:0"\noption "tolerance_multiplier" "0"\n{text}'
    entries, errors, _ = loader.load_string(exact)
    assert not errors, "\n".join(f"{error.source}: {error.message}" for error in errors[:5])
    found = Sums()
    for entry in entries:
        if isinstance(entry, Transaction):
            for posting in entry.postings:
                _add(found, posting)
    return found.all


def _add(found: Sums, posting: Posting) -> None:
    units, cost, account = posting.units, posting.cost, posting.account
    assert isinstance(units, Amount)
    lot = str((posting.meta or {}).get("lot", ""))
    if cost is None:
        found.add(f"{account}:{lot.title()}" if lot else account, units.number, units.currency)
        return
    assert isinstance(cost, Cost)
    assert units.number is not None
    if account == HELD:
        account = f"{account}:{str(cost.label).title()}"
    found.add(account, units.number, units.currency)
    found.add(account, units.number * cost.number, cost.currency)


def by_hledger(folder: Path, journals: Sequence[bytes]) -> list[Figures]:
    """What hledger finds in each journal. It checks accounts, commodities, costs and balances of them all."""
    program = needed(HLEDGER)
    for number, content in enumerate(journals):
        (folder / f"{number}.journal").write_bytes(content)
    whole = folder / "all.journal"
    books = (
        f"apply account Book{number}\ninclude {number}.journal\nend apply account\n" for number in range(len(journals))
    )
    whole.write_text("".join(books), encoding="utf-8")
    found = [Sums() for _ in journals]
    for cost in (False, True):
        command = [program, "-f", str(whole), "-s", "bal", "--flat", "-N", "-E", "-O", "csv", "--layout=bare"]
        run = subprocess.run([*command, *["-B"][:cost]], capture_output=True, check=False, encoding="utf-8")
        assert not run.returncode, run.stderr
        for row in csv.DictReader(io.StringIO(run.stdout)):
            book, _, account = row["account"].partition(":")
            if cost != (row["commodity"] == CONNECTS):
                found[int(book.removeprefix("Book"))].add(account, Decimal(row["balance"]), row["commodity"])
    return [sums.all for sums in found]


def by_our_books(entries: Sequence[Entry], unknown_lots: frozenset[int], start: datetime, end: datetime) -> Figures:
    """What our own figures say moved to each account beyond the wallet, from what was there at the start."""
    found = Sums()
    for one in movements_in(entries, (BEGINNING, start, end), unknown_lots):
        account = account_of(one.account) if one.span else OPENING
        if account != PAID:
            found.count(account, one.connects, CONNECTS)
        found.count(account, one.unknown, UNPRICED)
        if one.currency not in {None, UNKNOWN.currency}:
            found.count(account, one.net, str(one.currency))
            found.count(tax_on(account), one.tax, str(one.currency))
    return found.all


def by_our_lots(lots: Iterable[Lot]) -> Figures:
    """What our lots hold, by the accounts that they have in hledger's journal."""
    found = Sums()
    for lot in lots:
        found.count(f"{LOT}{lot.number}", lot.left, CONNECTS)
        if lot.price == UNKNOWN:
            found.count(f"{LOT}{lot.number}", lot.left, UNPRICED)
        elif lot.worth is not None:
            found.count(f"{LOT}{lot.number}", lot.worth.net, lot.worth.currency)
            found.count(f"{LOT_TAX}{lot.number}", lot.worth.tax, lot.worth.currency)
    return found.all


def lots_in(figures: Figures) -> Figures:
    """The lots among the accounts."""
    return {account: units for account, units in figures.items() if account.startswith((LOT, LOT_TAX))}


def beyond_in(figures: Figures) -> Figures:
    """The accounts beyond the wallet, without what is only a rounding difference."""
    return {
        account: units
        for account, units in figures.items()
        if not account.startswith("Assets:") and account != ROUNDING
    }


class Sums:
    """What comes to each account."""

    def __init__(self) -> None:
        self.found: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def add(self, account: str, number: Decimal | None, unit: str) -> None:
        """Add an amount that a program has. It must be a whole number of minor units."""
        assert number is not None
        digits = 0 if unit in {CONNECTS, UNPRICED} else digits_of(unit)
        minor = number.scaleb(digits)
        assert minor == int(minor), f"{account} has a part of a minor unit: {number} {unit}"
        self.count(account, int(minor), unit)

    def count(self, account: str, number: int, unit: str) -> None:
        """Add an amount in minor units."""
        self.found[account][unit] += number

    @property
    def all(self) -> Figures:
        """All that is not nothing."""
        some = {account: {unit: n for unit, n in units.items() if n} for account, units in self.found.items()}
        return {account: units for account, units in some.items() if units}
