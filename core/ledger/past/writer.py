"""Writes the entries of one change about the past: they are sealed, and get their keys, when it is known how many."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from core.ledger.budget import after
from core.ledger.change_keys import DIGITS, member_key
from core.ledger.entry_builder import dated
from core.ledger.model import Change, Entry, Kind, Lot, Posting, holding_of, issues
from core.ledger.seal import sealed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from core.ledger.entry_builder import Intent
    from core.ledger.model import Account, Snapshot
    from core.ledger.past.standing import Amount
    from core.shared.ids import PersonId

Move = tuple[int, "Account", "Amount"]
"""An amount of a lot from an account (+ into the wallet) or to it."""


def emptied(lot: Lot) -> Lot:
    """A lot as it is before its first Connects."""
    return lot._replace(size=0, left=0, price=lot.nothing, worth=lot.nothing)


class Draft(NamedTuple):
    """An entry that is not sealed yet."""

    kind: Kind
    happened: datetime | None
    postings: tuple[Posting, ...]
    balance: int
    new_lots: tuple[Lot, ...] = ()
    of: int | None = None
    memo: str = ""
    job: str = ""
    by: PersonId | None = None


class Writer:
    """The wallet's lots while a change is made, and the entries of it so far."""

    def __init__(self, head: Snapshot, intent: Intent) -> None:
        self.head, self.intent = head, intent
        self.at = dated(head, intent)
        self.home = holding_of(head.wallet)
        self.lots = {lot.number: lot for lot in head.lots}
        self.touched: dict[int, None] = {}
        self.balance = head.balance
        self.drafts: list[Draft] = []

    def fits(self, moves: Sequence[Move]) -> bool:
        """Whether no lot would leave its bounds with these moves, one after another in some order."""
        return self._in_order(moves) is not None

    def _in_order(self, moves: Sequence[Move]) -> list[Move] | None:
        """The moves in an order in which each of them fits: as they come, as far as that is possible."""
        states: dict[int, tuple[int, int]] = {}
        waiting, done = list(moves), list[Move]()
        while waiting:
            for move in waiting:
                number, account, amount = move
                lot = self.lots[number]
                left, size = states.get(number, (lot.left, lot.size))
                left, size = left + amount.connects, size + amount.connects if issues(account) else size
                if 0 <= left <= size:
                    states[number] = left, size
                    break
            else:
                return None
            waiting.remove(move)
            done.append(move)
        return done

    def write(
        self,
        kind: Kind,
        happened: datetime | None,
        moves: Sequence[Move],
        *,
        of: int | None = None,
        memo: str = "",
        job: str = "",
        by: PersonId | None = None,
        new_lots: Iterable[Lot] = (),
    ) -> int:
        """Write an entry; returns its number. `new_lots` are the lots that it issues, still empty."""
        born = tuple(new_lots)
        self.lots.update({lot.number: lot for lot in born})
        postings: list[Posting] = []
        for number, account, amount in self._in_order(moves) or moves:
            lot = self.lots[number]
            price = amount.price(lot)
            self.lots[number] = lot.moved(amount.connects, price, issue=issues(account))
            self.touched[number] = None
            self.balance += amount.connects
            postings.append(Posting(self.home, amount.connects, number, price))
            postings.append(Posting(account, -amount.connects, number, None if price is None else -price))
        self.drafts.append(Draft(kind, happened, tuple(postings), self.balance, born, of, memo, job, by))
        return self.head.entries + len(self.drafts)

    def change(self, released: tuple[str, ...] = ()) -> Change:
        """The whole change. What was spent of limits is counted by those who have the whole record."""
        entries = tuple(self._entries())
        budget = self.head.budget
        return Change(
            entries,
            tuple(self.lots[number] for number in self.touched),
            released=released,
            low=self.head.low,
            budget=None if budget is None else after(budget, entries),
            limits=self.head.limits,
        )

    def _entries(self) -> Iterable[Entry]:
        key, seal = self.intent.key, self.head.seal
        if len(self.drafts) >= 10**DIGITS:
            raise ValueError(f"one change cannot have {len(self.drafts)} entries")
        for position, draft in enumerate(self.drafts, 1):
            entry = Entry(
                wallet=self.head.wallet,
                number=self.head.entries + position,
                at=self.at,
                kind=draft.kind,
                postings=draft.postings,
                balance=draft.balance,
                key=key.name if position == len(self.drafts) else member_key(key.name, position),
                body=key.body,
                by=draft.by,
                memo=draft.memo,
                job=draft.job,
                of=draft.of,
                happened=draft.happened,
            )
            yield sealed(seal, entry, draft.new_lots, self.intent.secret)
            seal = entry.seal
