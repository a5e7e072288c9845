"""The facts of a wallet, as they happened: what stands in its journal, what is new, and in which order they count.

Issues of Connects are facts about lots, which arrive; spends and downward adjustments draw from lots; returns put back
what a spend drew. What expires is no fact: it follows from the rest. Neither are undos and corrections (`Kind.RECAST`).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import timedelta
from math import inf
from typing import TYPE_CHECKING, Final, NamedTuple

from core.ledger.model import EXPIRED, Account, Kind, issues
from core.ledger.sightings import BatchKind, standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from core.ledger.model import Entry, Lot
    from core.ledger.ports import Record
    from core.shared.ids import PersonId
    from core.shared.money import Price

SECOND: Final = 1_000_000
"""In microseconds."""
LAST: Final = 4
"""After whatever else is dated to the same day."""
MOMENT: Final = timedelta(seconds=1)
"""Parts of an issue that got prices of their own are at most so far from the moment at which it was booked."""


class NewFact(NamedTuple):
    """A fact that is to be booked although it happened earlier.

    `connects` is positive. `account` is the one beyond the wallet, out of which Connects are issued or into which they
    go. `price` is what issued Connects cost in all (None: free; `UNKNOWN`: nobody has said). A return names its spend
    by its number in the books (`of`) or by its place among the new facts (`of_new`). `expires` is given only where the
    rulebook's months do not say it. `exact`: a lot that it issues is as old as `happened` to the microsecond, because
    it was in other books before, and expires as `expires` says (None: never). `beside`: it is a fact of another account
    (`core.ledger.past.pools`), all of which come in their order there; `timed`: more than its day is known, because it
    was booked at once in other books. `place` orders those of one moment.
    """

    happened: datetime
    kind: Kind
    connects: int
    account: Account
    price: Price | None = None
    memo: str = ""
    job: str = ""
    of: int | None = None
    of_new: int | None = None
    by: PersonId | None = None
    expires: datetime | None = None
    exact: bool = False
    beside: bool = False
    timed: bool = False
    place: int = 0


@dataclass(slots=True, eq=False)
class Fact:
    """One fact of the replay: of an entry that stands, or a new one (`index`).

    `dated`: only its day is known. `lot` is the lot that arrives with an issue. `spend` is what a return is of.
    `renewed` are the lots that this return issued so far, because those that it put back to had expired. `line` is its
    place among the facts of another account (None: it is none of them); if both accounts were put together by then,
    `since` is the moment of that. `place` orders new facts of one moment.
    """

    when: datetime
    dated: bool
    kind: Kind
    connects: int
    account: Account
    memo: str = ""
    entry: Entry | None = None
    index: int | None = None
    lot: Lot | None = None
    spend: Fact | None = None
    returns: list[Fact] = field(default_factory=list)
    renewed: tuple[Lot, ...] = ()
    line: int | None = None
    since: datetime | None = None
    place: int = 0

    @property
    def number(self) -> int | None:
        """The number of its entry (None: it is new)."""
        return None if self.entry is None else self.entry.number

    @property
    def day(self) -> int:
        """Its day in UTC."""
        return self.when.toordinal()

    @property
    def timed(self) -> bool:
        """Whether its moment is known although it was booked later: it was booked at once in other books."""
        return not self.dated and (self.entry is None or self.entry.happened is not None)


def is_moment(happened: datetime, at: datetime | None) -> bool:
    """Whether a fact counts at the moment `at` at which it was booked at once elsewhere (None: it was not)."""
    return at is not None and abs(happened - at) < MOMENT


def timed_entries(record: Record) -> frozenset[int]:
    """The entries that links of the same account booked later than they happened, but whose moments are known.

    What the books that were closed had booked at once counts at its moment here, too.
    """
    said: dict[int, datetime | None] = {}
    for batch in standing(tuple(batch for batch in record.batches if batch.kind is BatchKind.LINKED)):
        for line in batch.sightings:
            if line.booked:
                said.setdefault(line.number, line.at)
    there = len(record.entries)
    return frozenset(
        number for number, at in said.items() if number <= there and is_moment(record.entries[number - 1].when, at)
    )


def issue_moment(
    when: datetime, account: Account, connects: int, price: Price | None, *, dated: bool = True
) -> datetime:
    """When a lot counts as issued.

    Two lots of one day must be used in the same order however they became known, so their numbers cannot decide. What
    is dated to a day is issued a fraction of a second later, which is made of what is issued.
    """
    if not dated:
        return when
    money = "" if price is None else f"{price.net}/{price.tax}/{price.currency}"
    digest = hashlib.blake2b(f"{account},{connects},{money}".encode(), digest_size=8).digest()
    return when + timedelta(microseconds=int.from_bytes(digest) % SECOND)


def in_order(facts: Iterable[Fact]) -> list[Fact]:
    """The facts in the order in which they count.

    By day; on a day first what is dated to it, then what has a moment, in the order of these; of one moment what was
    booked first. What is dated to the same day comes in an order of its own kind (`_dated_key`), so that numbers of
    entries decide nothing. A return is never before its spend, and follows it at once if both are dated to the same
    day. Facts of another account keep the order that they had there.
    """
    every = list(facts)
    free: list[tuple[tuple[object, ...], int, Fact]] = []
    for one in every:
        if one.line is None and one.spend is not None and _follows_at_once(one, one.spend):
            one.spend.returns.append(one)
    for position, one in enumerate(every):
        if one.line is None and (one.spend is None or not _follows_at_once(one, one.spend)):
            free.append((_key(one), position, one))
    free += _beside([(one.line, position, one) for position, one in enumerate(every) if one.line is not None])
    ordered: list[Fact] = []
    for _, _, one in sorted(free):
        ordered.append(one)
        ordered.extend(sorted(one.returns, key=lambda back: (back.when, not back.dated, -back.connects, back.memo)))
    for one in every:
        one.returns.clear()  # facts without circles are freed at once
    return ordered


def _beside(facts: list[tuple[int, int, Fact]]) -> Iterator[tuple[tuple[object, ...], int, Fact]]:
    """Where the facts of another account stand among the others: by time, as far as their own order allows it."""
    latest: tuple[int, int] | tuple[int, int, datetime] = (0, 0)
    for line, position, one in sorted(facts, key=lambda each: each[:2]):
        latest = max(latest, (one.day, 0) if one.dated else (one.day, 1, one.when))
        yield (*latest, LAST, line), position, one


def _follows_at_once(back: Fact, spend: Fact) -> bool:
    if spend.dated:
        return back.day < spend.day or (back.dated and back.day == spend.day)
    return back.day <= spend.day if back.dated else back.when < spend.when


def _key(one: Fact) -> tuple[object, ...]:
    if not one.dated:
        return (one.day, 1, one.when, one.number or inf, *_booking_key(one))
    if one.since is not None and one.day == one.since.toordinal():
        return (one.day, 1, one.since, inf, *_dated_key(one))
    return (one.day, 0, *_dated_key(one))


def _booking_key(one: Fact) -> tuple[int, int]:
    """The order in which new facts of one moment are booked: issues, draws, returns."""
    return (0, one.lot.number) if one.lot is not None else (1 if one.spend is None else 2, one.place)


def _dated_key(one: Fact) -> tuple[object, ...]:
    """Issues; what a page says has expired; returns of earlier spends; then spends, first those that came back."""
    if one.lot is not None:
        return (0,)
    if one.spend is not None:
        spend = one.spend
        return (2, spend.day, spend.account, spend.memo, -spend.connects, one.memo, -one.connects)
    if one.account == EXPIRED:
        return (1, -one.connects, one.memo)
    back = sum(later.connects for later in one.returns if later.day == one.day)
    return (3, -back, one.account, one.memo, -one.connects)


def draws(entry: Entry) -> bool:
    """Whether an entry drew Connects: a spend, or an adjustment downwards."""
    return entry.kind is Kind.SPEND or (entry.kind is Kind.ADJUSTMENT and not issues(entry.counterpart))
