"""The sheet a decision is written on: it moves Connects between lots and accounts and closes them into entries."""

from __future__ import annotations

from calendar import monthrange
from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from core.ledger.budget import after
from core.ledger.model import (
    EXPIRED,
    Account,
    Change,
    Entry,
    Given,
    Kind,
    Lot,
    Mark,
    Posting,
    Snapshot,
    Source,
    holding_of,
    income_from,
    issues,
)
from core.ledger.seal import sealed
from core.shared.refusals import ClockBehind

if TYPE_CHECKING:
    from datetime import datetime

    from core.ledger.ports import Key
    from core.ledger.rulebook import Rulebook
    from core.shared.ids import PersonId
    from core.shared.money import Price

SLACK: Final = timedelta(days=1)
"""How far a clock may step back."""
BEFORE: Final = "+expiry"
"""What ends the key of an entry that books what had expired; the rest is the key of the entry that it comes before."""


class Wish(NamedTuple):
    """Who wants something booked, under which key, at what time, and in which words."""

    key: Key
    at: datetime
    by: PersonId | None = None
    memo: str = ""
    job: str = ""


class Page:
    """The sheet a decision is written on: the wallet's lots as they change, and the entries made so far.

    Once what has expired is booked out, `balance` is what can be spent.
    """

    def __init__(self, before: Snapshot, wish: Wish, book: Rulebook) -> None:
        self.before, self.wish, self.book = before, wish, book
        self.at = dated(before, wish)
        self.home = holding_of(before.wallet)
        self.lots = {lot.number: lot for lot in before.lots}
        self.made = before.lots_made
        self.balance = before.balance
        self.born: list[Lot] = []
        self.touched: dict[int, Lot] = {}
        self.postings: list[Posting] = []
        self.entries: list[Entry] = []

    @property
    def spendable(self) -> list[Lot]:
        """Lots with Connects left, in the order of use; those that expired are booked out already."""
        lots = [lot for lot in self.lots.values() if lot.left]
        if self.book.order != "received":  # by their numbers they are in the order received already
            lots.sort(key=lambda lot: order_of_use(lot, self.book))
        return lots

    def move(self, number: int, connects: int, cost: Price | None, beyond: Account) -> None:
        """Move Connects between the wallet (+ in, - out) and the account beyond it."""
        self._move(number, connects, cost, None if cost is None else -cost, beyond)

    def _move(self, number: int, connects: int, cost: Price | None, counter: Price | None, beyond: Account) -> None:
        lot = self.lots[number].moved(connects, cost, issue=issues(beyond))
        self.lots[number] = self.touched[number] = lot
        self.balance += connects
        self.postings += Posting(self.home, connects, number, cost), Posting(beyond, -connects, number, counter)

    def take(self, number: int, connects: int, beyond: Account) -> None:
        """Move Connects out of a lot at what they cost."""
        cost = self.lots[number].cost_of(connects)
        self._move(number, -connects, None if cost is None else -cost, cost, beyond)

    def draw(self, connects: int, beyond: Account) -> None:
        """Move Connects out of as many lots as it takes, in the order of use."""
        lots = iter(self.spendable)
        while connects:
            lot = next(lots)
            part = min(connects, lot.left)
            self.take(lot.number, part, beyond)
            connects -= part

    def issue(
        self, source: Source, connects: int, price: Price | None = None, *, days: int | None = None, out_of: str = ""
    ) -> None:
        """Make a new lot; it lasts so many days (None: as the rulebook says), and comes out of that account."""
        self.made += 1
        nothing = None if price is None else price.none
        expires = add_months(self.at, self.book.expiry_months) if self.book.expiry_months else None
        if days is not None:
            expires = self.at + timedelta(days=days)
        lot = Lot(self.made, source, self.at, expires, 0, 0, nothing, nothing)
        self.lots[self.made] = lot
        self.born.append(lot)
        self.move(self.made, connects, price, Account(out_of) if out_of else income_from(source))

    def enter(self, kind: Kind, of: int | None = None) -> None:
        """Close the postings made so far into an entry that carries the wish's key and words."""
        self._append(kind, self.wish.key.name, memo=self.wish.memo, job=self.wish.job, of=of)

    def change(
        self, marks: tuple[Mark, ...] = (), released: tuple[str, ...] = (), given: Given | None = None
    ) -> Change:
        """All that was written on the page."""
        budget = self.before.budget
        return Change(
            tuple(self.entries),
            tuple(self.touched.values()),
            marks,
            released,
            low=self.before.low,
            budget=None if budget is None else after(budget, self.entries),
            given=given,
        )

    def book_expired(self, suffix: str) -> None:
        """Close an entry that books out every lot that has expired, if there is one; its key gets the suffix."""
        for lot in self.before.lots:
            if lot.left and lot.expired(self.at):
                self.take(lot.number, lot.left, EXPIRED)
        if self.postings:
            self._append(Kind.EXPIRY, self.wish.key.name + suffix)

    def _append(self, kind: Kind, key: str, *, memo: str = "", job: str = "", of: int | None = None) -> None:
        last = self.entries[-1] if self.entries else None
        seal, number = (self.before.seal, self.before.entries) if last is None else (last.seal, last.number)
        entry = Entry(
            wallet=self.before.wallet,
            number=number + 1,
            at=self.at,
            kind=kind,
            postings=tuple(self.postings),
            balance=self.balance,
            key=key,
            body=self.wish.key.body,
            by=self.wish.by,
            memo=memo,
            job=job,
            of=of,
        )
        self.entries.append(sealed(seal, entry, self.born))
        self.postings.clear()
        self.born.clear()


def dated(before: Snapshot, wish: Wish) -> datetime:
    """The date of what is written: never before the wallet's last entry, for a clock may step back a little."""
    return wish.at if before.at is None else max(wish.at, before.at)


def clock_behind(before: Snapshot, wish: Wish) -> ClockBehind | None:
    """The refusal where the clock stands back by more than `SLACK`, for then it is wrong or was."""
    return ClockBehind(before.at) if before.at is not None and before.at - wish.at > SLACK else None


def open_page(before: Snapshot, wish: Wish, book: Rulebook) -> Page:
    """A page on which what has expired is booked out already, so that every entry's balance is true."""
    page = Page(before, wish, book)
    page.book_expired(BEFORE)
    return page


def order_of_use(lot: Lot, book: Rulebook) -> tuple[object, ...]:
    """What lots are sorted by: first received first, unless the rulebook says otherwise."""
    received = (lot.issued, lot.number)
    if book.order == "expiring":
        return (lot.expires is None, lot.expires or lot.issued, *received)
    return (lot.paid, *received) if book.order == "free" else received


def add_months(moment: datetime, months: int) -> datetime:
    """The same time of day some months on; the last day of a shorter month where the day is missing."""
    years, month = divmod(moment.month - 1 + months, 12)
    year, month = moment.year + years, month + 1
    return moment.replace(year=year, month=month, day=min(moment.day, monthrange(year, month)[1]))
