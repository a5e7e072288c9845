"""The books as a journal for hledger (https://hledger.org/hledger.html), from version 1.25 on.

That version knows no lots with a cost of their own. So a lot is an account, and what Connects cost is said of them
together (`@@`), to the minor unit.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.documents.cells import digits_of
from bot.documents.model import Document
from bot.documents.writing.journals.accounts import CONNECTS, HELD, PAID, ROUNDING, money_text, tax_on
from bot.documents.writing.journals.journal import Journal, content_of
from bot.reply.parts import say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from bot.documents.model import BookData, DocumentOrder
    from bot.documents.publisher import Progress
    from bot.documents.writing.journals.transactions import Leg, Transaction

RESERVED: Final = str.maketrans({";": ",", "|": "/"})
"""A description ends at the former, and the latter parts the payee from the note."""
NO_TAG: Final = re.compile(r"[,:;\[\]]+")
"""What ends the value of a tag in a comment, begins another tag, or a date."""
NUMBERS: Final = 54
"""The column in which numbers end."""


def write(order: DocumentOrder, books: BookData, progress: Progress) -> Document:
    """Write the journal of a period, or of all time."""
    writer = _Writer(Journal(order, books, progress))
    content = content_of(writer.head, writer.body())
    return Document(".journal", content, writer.rows)


def description(text: str) -> str:
    """Text as a part of a description."""
    return text.translate(RESERVED)


def tags(**values: object) -> str:
    """A comment with tags, of those that have a value."""
    told = [f"{name}:{' '.join(NO_TAG.sub(' ', str(value)).split())}" for name, value in values.items() if value]
    return f"  ; {', '.join(told)}" if told else ""


class _Writer:
    """A journal that is being written.

    `rows` are the entries in it, `lots` its lots (`taxed`: those with tax), `accounts` those beyond the wallet.
    """

    def __init__(self, journal: Journal) -> None:
        self.journal = journal
        self.rows = 0
        self.accounts: set[str] = set()
        self.lots: set[int] = set()
        self.taxed: set[int] = set()

    def body(self) -> Iterator[str]:
        """The transactions, between what must be there before and after them."""
        journal = self.journal
        if opening := journal.opening():
            yield from self._transaction(opening)
            yield from self._balances(opening.day)
        for one in journal.transactions():
            self.rows += 1
            yield from self._transaction(one)
        yield from self._balances(journal.closing_day)

    def head(self) -> Iterator[str]:
        """What the body needs."""
        journal = self.journal
        yield f"; {journal.title}"
        yield from (";", *(f"; {line}" for line in journal.about), "")
        yield "decimal-mark ."
        yield from (f"commodity 1. {commodity}  ; {name}" for commodity, name in journal.commodities.items())
        yield from (f"commodity 1.{'0' * digits_of(currency)} {currency}" for currency in journal.currencies)
        yield ""
        yield f"account {HELD}"
        for lot in sorted(self.lots):
            about = tags(issued=journal.issued(lot), expires=journal.expires(lot), source=journal.source(lot))
            yield f"account {_lot(HELD, lot)}{about}"
        yield from (f"account {_lot(tax_on(HELD), lot)}" for lot in sorted(self.taxed))
        yield from (f"account {account}" for account in sorted(self.accounts))

    def _balances(self, day: date) -> Iterator[str]:
        """What must be there at the end of a day: of each lot, and in all.

        The tax is left out, so that its accounts can be mapped to others.
        """
        yield ""
        yield f"{day} * {description(self.journal.voice.say(say('journal-balances')))}"
        left = self.journal.holdings
        for leg in left.all():
            if leg.connects:
                yield _posted(_lot(HELD, leg.lot), f"0 {CONNECTS}", f" = {leg.connects} {CONNECTS}")
        yield _posted(HELD, f"0 {CONNECTS}", f" =* {left.connects} {CONNECTS}")

    def _transaction(self, one: Transaction) -> Iterator[str]:
        code = f"({one.number}) " if one.number else ""
        comment = tags(
            job=one.job, reference=one.reference, member=one.member, by=one.by, spent_by=one.spent_by,
            booked=one.booked, of=one.of,
        )  # fmt: skip
        yield ""
        yield f"{one.day} * {code}Upwork | {description(one.narration)}{comment}"
        for leg in one.held:
            self.lots.add(leg.lot)
            if leg.tax:
                self.taxed.add(leg.lot)
            yield from _leg(leg, _lot(leg.account, leg.lot), _lot(tax_on(leg.account), leg.lot))
        for leg in one.beyond:
            self.accounts.update((leg.account, tax_on(leg.account)) if leg.tax else (leg.account,))
            yield from _leg(leg, leg.account, tax_on(leg.account))
        for currency, net in one.rounding.items():
            self.accounts.add(ROUNDING)
            yield _posted(ROUNDING, money_text(net, currency))


def _leg(leg: Leg, account: str, tax: str) -> Iterator[str]:
    """Connects with what they cost. A cost whose sign is not theirs is money by itself."""
    net = leg.net
    if leg.connects and leg.account != PAID:
        cost = net if net * leg.connects > 0 else 0
        net -= cost
        yield _posted(account, f"{leg.connects} {CONNECTS}", f" @@ {money_text(abs(cost), leg.currency)}")
    if net or leg.account == PAID:
        yield _posted(account, money_text(net, leg.currency))
    if leg.tax:
        yield _posted(tax, money_text(leg.tax, leg.currency))


def _lot(account: str, number: int) -> str:
    return f"{account}:Lot-{number}"


def _posted(account: str, amount: str, tail: str = "") -> str:
    number, _, unit = amount.partition(" ")
    return f"    {account}  {number:>{max(NUMBERS - len(account), 1)}} {unit}{tail}"
