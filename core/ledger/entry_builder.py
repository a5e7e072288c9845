"""Builds the entries of one decision: Connects move between lots and accounts, and entries close over the moves."""

from __future__ import annotations

from calendar import monthrange
from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from core.ledger import limits
from core.ledger.budget import after
from core.ledger.change_keys import EXPIRY_SUFFIX, member_key
from core.ledger.model import (
    EXPIRED,
    Account,
    Change,
    Entry,
    Kind,
    Lot,
    OnceKey,
    Posting,
    Snapshot,
    Source,
    SupplyDraw,
    holding_of,
    income_from,
    issues,
)
from core.ledger.seal import sealed
from core.shared.money import CostState
from core.shared.refusals import ClockBehind

if TYPE_CHECKING:
    from datetime import datetime

    from core.ledger.ports import Key
    from core.ledger.rulebook import Rulebook
    from core.shared.ids import PersonId
    from core.shared.money import Price

SLACK: Final = timedelta(days=1)
"""How far the clock may step back before writes are refused."""


class Intent(NamedTuple):
    """Who wants something booked, under which key, at what time, and with which memo.

    `secret` is random and of this change alone (`core.ledger.seal.new_secret`): the salts of its texts come from it.
    """

    key: Key
    at: datetime
    by: PersonId | None = None
    memo: str = ""
    secret: str = ""


class EntryBuilder:
    """The wallet's lots as a decision changes them, and the entries made so far.

    After `book_expired`, `balance` is what can be spent.
    """

    def __init__(self, before: Snapshot, intent: Intent, rulebook: Rulebook) -> None:
        self.before, self.intent, self.rulebook = before, intent, rulebook
        self.at = dated(before, intent)
        self.home = holding_of(before.wallet)
        self.lots = {lot.number: lot for lot in before.lots}
        self.made = before.lots_made
        self.balance = before.balance
        self.new_lots: list[Lot] = []
        self.touched: dict[int, Lot] = {}
        self.postings: list[Posting] = []
        self.entries: list[Entry] = []
        self.members = 0

    @property
    def spendable(self) -> list[Lot]:
        """Lots with Connects left, in the order of use. Expired lots are booked out already."""
        return sorted((lot for lot in self.lots.values() if lot.left), key=lambda lot: order_of_use(lot, self.rulebook))

    def move(self, number: int, connects: int, cost: Price | None, beyond: Account) -> None:
        """Move Connects of a lot between the wallet (+ in, - out) and the account beyond it."""
        self._move(number, connects, cost, None if cost is None else -cost, beyond)

    def _move(self, number: int, connects: int, cost: Price | None, counter: Price | None, beyond: Account) -> None:
        lot = self.lots[number].moved(connects, cost, issue=issues(beyond))
        self.lots[number] = self.touched[number] = lot
        self.balance += connects
        self.postings += Posting(self.home, connects, number, cost), Posting(beyond, -connects, number, counter)

    def take(self, number: int, connects: int, beyond: Account) -> None:
        """Move Connects out of a lot, at their cost."""
        cost = self.lots[number].cost_of(connects)
        self._move(number, -connects, None if cost is None else -cost, cost, beyond)

    def draw(self, connects: int, beyond: Account) -> None:
        """Move Connects out of as many lots as needed, in the order of use.

        Raises ValueError if the lots hold fewer, which only a damaged wallet can do: its balance says otherwise.
        """
        for lot in self.spendable:
            part = min(connects, lot.left)
            self.take(lot.number, part, beyond)
            connects -= part
            if not connects:
                return
        raise ValueError(f"the lots of wallet {self.before.wallet} hold {connects} Connects fewer than its balance")

    def issue(
        self, source: Source, connects: int, price: Price | None = None, *, days: int | None = None, out_of: str = ""
    ) -> None:
        """Issue a new lot out of an account (empty: the source's). It lasts `days` (None: as the rulebook says)."""
        expires = add_months(self.at, self.rulebook.expiry_months) if self.rulebook.expiry_months else None
        if days is not None:
            expires = self.at + timedelta(days=days)
        lot = Lot(self.made + 1, source, self.at, expires, 0, 0)
        self._issue(lot, connects, price, Account(out_of) if out_of else income_from(source))

    def value(self, number: int, connects: int, price: Price) -> None:
        """Take Connects back out of a lot, and issue them at a price in a lot that is as old and lasts as long."""
        lot = self.lots[number]
        beyond = income_from(lot.source)
        self.take(number, connects, beyond)
        self._issue(Lot(self.made + 1, lot.source, lot.issued, lot.expires, 0, 0), connects, price, beyond)

    def _issue(self, lot: Lot, connects: int, price: Price | None, beyond: Account) -> None:
        nothing = None if price is None else price.none
        empty = lot._replace(price=nothing, worth=nothing)
        self.made = lot.number
        self.lots[lot.number] = empty
        self.new_lots.append(empty)
        self.move(lot.number, connects, price, beyond)

    def enter(
        self, kind: Kind, of: int | None = None, *, memo: str | None = None, job: str = "", last: bool = True
    ) -> None:
        """Close the postings made so far into an entry, with the intent's memo unless another is given.

        The `last` entry of the change gets the intent's key, each one before it the key of its position.
        """
        self.members += 1
        intent, key = self.intent, self.intent.key.name
        self._append(
            kind,
            key if last else member_key(key, self.members),
            memo=intent.memo if memo is None else memo,
            job=job,
            of=of,
        )

    def change(
        self,
        once_key: str | None = None,
        *,
        released: tuple[str, ...] = (),
        supply_draw: SupplyDraw | None = None,
    ) -> Change:
        """The change with everything made so far; the last entry takes the once-key."""
        before = self.before
        return Change(
            tuple(self.entries),
            tuple(self.touched.values()),
            () if once_key is None else (OnceKey(once_key, before.wallet, self.entries[-1].number),),
            released,
            low=before.low,
            budget=None if before.budget is None else after(before.budget, self.entries),
            supply_draw=supply_draw,
            limits=limits.after(before, self.entries),
        )

    def book_expired(self, suffix: str) -> None:
        """Book out every lot that has expired, in one entry; `suffix` is appended to its key."""
        for lot in self.before.lots:
            if lot.left and lot.expired(self.at):
                self.take(lot.number, lot.left, EXPIRED)
        if self.postings:
            self._append(Kind.EXPIRY, self.intent.key.name + suffix)

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
            body=self.intent.key.body,
            by=self.intent.by,
            memo=memo,
            job=job,
            of=of,
        )
        self.entries.append(sealed(seal, entry, self.new_lots, self.intent.secret))
        self.postings.clear()
        self.new_lots.clear()


def dated(before: Snapshot, intent: Intent) -> datetime:
    """The date of new entries or of an import: never before the last one, because the clock may step back a little."""
    return max(intent.at, before.at or intent.at, before.import_at or intent.at)


def clock_behind(before: Snapshot, intent: Intent) -> ClockBehind | None:
    """The refusal if what was booked last is more than `SLACK` in the future: the clock is wrong, or was wrong then."""
    last = dated(before, intent)
    return ClockBehind(last) if last - intent.at > SLACK else None


def builder_for(before: Snapshot, intent: Intent, rulebook: Rulebook) -> EntryBuilder:
    """A builder that has already booked out what has expired, so that every entry's balance is true."""
    builder = EntryBuilder(before, intent, rulebook)
    builder.book_expired(EXPIRY_SUFFIX)
    return builder


def order_of_use(lot: Lot, rulebook: Rulebook) -> tuple[object, ...]:
    """The sort key of a lot: first received, first used, unless the rulebook says otherwise."""
    received = (lot.issued, lot.number)
    if rulebook.order == "expiring":
        return (lot.expires is None, lot.expires or lot.issued, *received)
    return (lot.cost_state is not CostState.FREE, *received) if rulebook.order == "free" else received


def add_months(moment: datetime, months: int) -> datetime:
    """The same time of day some months later, on the last day of the month if it has no such day."""
    years, month = divmod(moment.month - 1 + months, 12)
    year, month = moment.year + years, month + 1
    return moment.replace(year=year, month=month, day=min(moment.day, monthrange(year, month)[1]))
