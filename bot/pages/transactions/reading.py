"""Reads a list of transactions: which rows pay for Connects, which are their taxes, and what else there is."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from babel.numbers import list_currencies

from bot.base.cleaning import cleaned_line
from bot.pages.transactions.cells import amount_in, day_reader, is_unclear_day
from bot.pages.transactions.table import CURRENCY, DAY, DOLLARS, IDS, KINDS, LOCAL, PLAIN, transactions_in
from core.imports.transactions.model import MOST_UNREAD, Fee, GivenBack, OtherRows, Transactions
from core.incomes.model import Income
from core.shared.money import Price

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    from bot.pages.transactions.table import Table

CONNECTS: Final = re.compile(r"\bconnects\s*\(\s*(?P<connects>\d{1,3}(?:,\d{3})+|\d{1,6})\s*\)", re.IGNORECASE)
DOLLAR: Final = "USD"
LONGEST: Final = 120
CLIENTS: Final = ("client team", "team")
DESCRIBED: Final = (
    "description",
    "transaction summary",
    "transaction summary details",
    "description 1",
    "description 2",
    "description 3",
)
LONGEST_ABOUT: Final = 300
MOST_CONNECTS: Final = 100_000


class Line(NamedTuple):
    """A row of the file, as far as it can be read. `paid` is in cents, below 0 if money was paid."""

    words: str
    kind: str
    ids: frozenset[str]
    ref: str
    day: date | None
    unclear: bool
    connects: int
    paid: int | None
    local: tuple[int, str] | None
    said: str
    client: str
    about: str


def read_transactions(text: str) -> Transactions | None:
    """What a list of transactions says (None: the text is none)."""
    table = transactions_in(text)
    return None if table is None else _Reading(table).fees()


class _Reading:
    """A table under way to what it says."""

    def __init__(self, table: Table) -> None:
        read_day = day_reader(table.cell(row, DAY) for row in table.rows)
        every = [_line(table, row, read_day) for row in table.rows]
        numbered = dict.fromkeys(line for line in every if line.ids)  # what was pasted twice counts once
        lines = [*numbered, *(line for line in every if not line.ids)]
        self._about = [line for line in lines if line.connects]
        self._others = [line for line in lines if not line.connects]
        self._unread: list[str] = []
        self._taxes: defaultdict[str, list[Line]] = defaultdict(list)
        self._given_back: list[GivenBack] = []

    def fees(self) -> Transactions:
        """All that the table says."""
        others = self._join_taxes()
        found = [fee for line in self._about if (fee := self._fee(line)) is not None]
        refs = Counter(fee.ref for fee in found)
        twice = [line for line in self._about if refs[line.ref] > 1]
        self._unread += [line.said for line in twice]
        unread = tuple(dict.fromkeys(self._unread))
        unclear = any(line.unclear and line.day is None for line in self._about)
        return Transactions(
            tuple(fee for fee in found if refs[fee.ref] == 1),
            tuple(self._given_back),
            others,
            unread[:MOST_UNREAD],
            unclear,
            tuple(_incomes(self._others)),
        )

    def _join_taxes(self) -> Mapping[OtherRows, int]:
        """Find the taxes of the fees, and count all other rows."""
        owner = {name: line.ref for line in self._about for name in line.ids}
        counts: Counter[OtherRows] = Counter()
        for line in self._others:
            named = [word for word in re.findall(r"[0-9]+|\w+", line.words) if word in owner]
            named += [name for name in line.ids if name in owner]
            if not named or _is_payment(line):
                counts[_kind_of(line)] += 1
            elif line.paid is not None and line.paid > 0:
                self._given_back += _back(line, owner[named[0]])
            else:
                self._taxes[owner[named[0]]].append(line)
        return counts

    def _fee(self, line: Line) -> Fee | None:
        """What one row says that was paid for Connects (None: that it was given back, or it is not certain)."""
        if line.paid is None or line.day is None or not line.ref or not line.connects <= MOST_CONNECTS:
            self._unread.append(line.said)
            return None
        if line.paid > 0:
            self._given_back += _back(line, line.ref)
            return None
        taxes = self._taxes[line.ref]
        if any(tax.paid is None for tax in taxes):
            self._unread += [line.said, *(tax.said for tax in taxes if tax.paid is None)]
            return None
        tax = -sum(tax.paid or 0 for tax in taxes)
        return Fee(line.ref, line.day, line.connects, Price(-line.paid, tax, DOLLAR), _local_price(line, taxes))


def _local_price(line: Line, taxes: Sequence[Line]) -> Price | None:
    parts = [one.local for one in (line, *taxes)]
    known = [part for part in parts if part is not None]
    currencies = {currency for _, currency in known}
    if len(known) < len(parts) or len(currencies) != 1 or any(amount > 0 for amount, _ in known):
        return None
    net, *tax = (-amount for amount, _ in known)
    return Price(net, sum(tax), currencies.pop())


def _back(line: Line, ref: str) -> Sequence[GivenBack]:
    if line.day is None or not line.paid:
        return ()
    return (GivenBack(ref, line.day, line.connects, Price(line.paid, 0, DOLLAR)),)


def _is_payment(line: Line) -> bool:
    return line.kind.startswith(("payment", "paid"))


def _kind_of(line: Line) -> OtherRows:
    words = f"{line.kind} {line.words}".casefold()
    if _is_payment(line):
        return OtherRows.PAYMENT
    if re.search(r"\b(?:vat|gst|hst|tax|withholding)\b", line.kind):
        return OtherRows.TAX
    if "membership" in words or "freelancer plus" in words:
        return OtherRows.MEMBERSHIP
    return OtherRows.INCOME if line.paid and line.paid > 0 else OtherRows.OTHER


def _incomes(lines: Sequence[Line]) -> Iterator[Income]:
    """What clients paid, less what Upwork kept of it, as far as rows name what they belong to."""
    paid = {line.ref: line for line in lines if line.ref and line.day and _kind_of(line) is OtherRows.INCOME}
    kept: Counter[str] = Counter()
    for line in lines:
        if line.paid is not None and line.paid < 0 and line.ref not in paid:
            named = {word for word in re.findall(r"\w+", line.words) if word in paid}
            kept.update(dict.fromkeys(named, -line.paid) if len(named) == 1 else {})
    for ref, line in paid.items():
        if line.day is not None and line.paid is not None:
            yield Income(ref, line.day, line.client, line.about, Price(line.paid - kept[ref], 0, DOLLAR))


def _line(table: Table, row: Sequence[str], read_day: Callable[[str], date | None]) -> Line:
    words = table.words(row)
    found = CONNECTS.search(words)
    whole = table.is_whole(row)
    dated = table.cell(row, DAY)
    ids = [name for column in IDS if re.fullmatch(r"\w+", name := table.cell(row, column))]
    dollars = table.cell(row, *DOLLARS) or table.cell(row, PLAIN)
    said = [dated, CONNECTS.sub(lambda one: one[0], _around(words, found)), dollars]
    return Line(
        words,
        table.cell(row, *KINDS).casefold(),
        frozenset(ids),
        ids[0] if ids and whole else "",
        read_day(dated) if whole else None,
        is_unclear_day(dated),
        int(found["connects"].replace(",", "")) if found else 0,
        _dollars(table, row) if whole else None,
        _local(table, row) if whole else None,
        cleaned_line(" \u00b7 ".join(filter(None, said)))[:LONGEST],
        cleaned_line(table.cell(row, *CLIENTS))[:LONGEST],
        cleaned_line(table.joined(row, *DESCRIBED))[:LONGEST_ABOUT],
    )


def _around(words: str, found: re.Match[str] | None) -> str:
    """What a row says in the cell that names Connects: nothing of a person, an account or a card."""
    cells = words.split(" \u00b7 ")
    return next((cell for cell in cells if CONNECTS.search(cell)), "") if found else cells[0]


def _dollars(table: Table, row: Sequence[str]) -> int | None:
    if said := table.cell(row, *DOLLARS):
        return amount_in(said, DOLLAR)
    said, currency = table.cell(row, PLAIN), table.cell(row, CURRENCY).upper()
    if currency not in {"", DOLLAR} and not table.cell(row, LOCAL):
        return None  # nothing says in which of two currencies it is
    return amount_in(said, DOLLAR) if said else None


def _local(table: Table, row: Sequence[str]) -> tuple[int, str] | None:
    currency, said = table.cell(row, CURRENCY).upper(), table.cell(row, LOCAL)
    if not said or currency not in list_currencies():
        return None
    amount = amount_in(said, currency)
    return None if amount is None else (amount, currency)
