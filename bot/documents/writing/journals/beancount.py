"""The books as a journal for Beancount, and so for Fava.

The language: https://beancount.github.io/docs/beancount_language_syntax.html.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.documents.model import Document
from bot.documents.writing.journals.accounts import (
    CONNECTS,
    HELD,
    MONEY_ONLY,
    PAID,
    ROUNDING,
    money_text,
    tax_on,
)
from bot.documents.writing.journals.journal import Journal, content_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from bot.documents.model import BookData, DocumentOrder
    from bot.documents.publisher import Progress
    from bot.documents.writing.journals.transactions import Leg, Transaction

UNLINKED: Final = re.compile(r"[^A-Za-z0-9\-_/.]+")
"""What a link may not hold."""
NUMBERS: Final = 50
"""The column in which numbers end."""


def write(order: DocumentOrder, books: BookData, progress: Progress) -> Document:
    """Write the journal of a period, or of all time."""
    writer = _Writer(Journal(order, books, progress))
    content = content_of(writer.head, writer.body())
    return Document(".beancount", content, writer.rows)


def _named(one: Transaction) -> tuple[tuple[str, str], ...]:
    """What is said of a transaction beside its amounts."""
    spent_by = ("spent_by", one.spent_by)
    return ("job", one.job), ("reference", one.reference), ("member", one.member), ("by", one.by), spent_by


def quoted(text: str) -> str:
    """Text as a string."""
    inner = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{inner}"'


class _Writer:
    """A journal that is being written. `rows` are the entries in it, `opened` the first day of each account."""

    def __init__(self, journal: Journal) -> None:
        self.journal = journal
        self.rows = 0
        self.opened: dict[str, date] = {}
        self.costs: dict[tuple[int, int], str] = {}

    def body(self) -> Iterator[str]:
        """The transactions, between what must be there before and after them."""
        journal = self.journal
        self.opened[HELD] = journal.days[0]
        if opening := journal.opening():
            self.opened[HELD] = opening.day
            yield from self._transaction(opening)
            yield from self._balance(journal.days[0])
        for one in journal.transactions():
            self.rows += 1
            yield from self._transaction(one)
        yield from self._balance(journal.day_after)

    def head(self) -> Iterator[str]:
        """What the body needs."""
        journal = self.journal
        yield f'option "title" {quoted(journal.title)}'
        yield from (f'option "operating_currency" "{currency}"' for currency in journal.currencies)
        yield from ("", *(f"; {line}" for line in journal.about), "")
        start = min(self.opened.values())
        for commodity, name in journal.commodities.items():
            yield f"{start} commodity {commodity}"
            yield f"  name: {quoted(name)}"
        yield ""
        for day, account in sorted((day, account) for account, day in self.opened.items()):
            yield f"{day} open {account}{self._terms(account)}"

    def _balance(self, day: date) -> Iterator[str]:
        """What must be there when a day begins. The tax is left out, so that its accounts can be mapped to others."""
        yield ""
        yield _posted(f"{day} balance {HELD}", f"{self.journal.holdings.connects} {CONNECTS}")

    def _transaction(self, one: Transaction) -> Iterator[str]:
        links = [f"job-{one.job}"] if one.job else []
        links += [f"entry-{number}" for number in (one.of, one.number if one.returned else None) if number]
        tail = "".join(f" ^{UNLINKED.sub('', link)}" for link in links)
        yield ""
        yield f'{one.day} * "Upwork" {quoted(one.narration)}{tail}'
        if one.number:
            yield f"  number: {one.number}"
        for name, value in _named(one):
            if value:
                yield f"  {name}: {quoted(value)}"
        if one.booked:
            yield f"  booked: {one.booked}"
        for leg in one.held:
            yield from self._held(one.day, leg)
        for leg in one.beyond:
            yield from self._beyond(one.day, leg)
        for currency, net in one.rounding.items():
            yield self._line(one.day, ROUNDING, money_text(net, currency))

    def _held(self, day: date, leg: Leg) -> Iterator[str]:
        lines = [*self._units(day, leg)]
        if lines and leg.fresh and (expires := self.journal.expires(leg.lot)):
            lines.insert(1, f"    expires: {expires}")
        yield from lines
        if leg.tax:
            yield self._line(day, tax_on(leg.account), money_text(leg.tax, leg.currency))
            yield f'    lot: "lot-{leg.lot}"'

    def _beyond(self, day: date, leg: Leg) -> Iterator[str]:
        if leg.account == PAID:
            yield self._line(day, PAID, money_text(leg.net, leg.currency))
        else:
            yield from self._units(day, leg)
            if leg.rest:
                yield self._line(day, leg.account, money_text(leg.rest, leg.currency))
        if leg.tax:
            yield self._line(day, tax_on(leg.account), money_text(leg.tax, leg.currency))

    def _units(self, day: date, leg: Leg) -> Iterator[str]:
        for connects, each in leg.units:
            yield self._line(day, leg.account, f"{connects} {CONNECTS}", f" {self._cost(leg, each)}")

    def _cost(self, leg: Leg, each: int) -> str:
        """What a Connect of a lot cost, and which lot that is."""
        key = (leg.lot, each)
        if key not in self.costs:
            day = self.journal.issued(leg.lot)
            self.costs[key] = f'{{{money_text(each, leg.currency)}, {day}, "lot-{leg.lot}"}}'
        return self.costs[key]

    def _line(self, day: date, account: str, amount: str, cost: str = "") -> str:
        self.opened.setdefault(account, day)
        return _posted(f"  {account}", amount, cost)

    def _terms(self, account: str) -> str:
        """What may be on an account.

        Lots are matched where Connects are held. Elsewhere they need not: what comes back may be of an earlier period.
        """
        if account == HELD and not self.journal.holdings.short:
            return f' {CONNECTS} "STRICT"'
        return "" if account in MONEY_ONLY or account.endswith(tax_on("")) else ' "NONE"'


def _posted(what: str, amount: str, cost: str = "") -> str:
    number, _, unit = amount.partition(" ")
    return f"{what}  {number:>{max(NUMBERS - len(what), 1)}} {unit}{cost}"
