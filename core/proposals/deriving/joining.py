"""Which pieces are one proposal: each base bid is one, and boosts, charges and returns join it.

What somebody typed says itself what it belongs to, and a job decides wherever both know it. Otherwise title and member
must fit, and the latest that can be meant is meant. A piece that fits several equally is left open.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from typing import TYPE_CHECKING, Final, TypeVar

from core.proposals.deriving.groups import (
    CLOCKS,
    MOST_DAYS,
    Group,
    Open,
    comes_back,
    groups_of,
    interchangeable,
    same,
    spends_of,
)
from core.proposals.deriving.pieces import Piece, PieceKind
from core.proposals.wordings import BID_BACK, BOOST_CLOSED, CANCELLED, OUTBID

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from core.ledger.model import Account

T = TypeVar("T")
CLOSING: Final = frozenset({CANCELLED, BOOST_CLOSED})
"""A closed job gives base and boost back in two rows."""


class Joined:
    """The proposals that pieces make up, and the pieces that are left open."""

    def __init__(self, pieces: Iterable[Piece]) -> None:
        ordered = sorted(pieces, key=lambda piece: piece.order)
        self._pieces = {piece.number: piece for piece in ordered}
        self.groups: list[Group] = []
        self._open: dict[int, Open] = {}
        self._open_on: defaultdict[int, list[Open]] = defaultdict(list)
        self._of: dict[int, Group] = {}
        self._held: defaultdict[int, list[Piece]] = defaultdict(list)
        self._spends: defaultdict[tuple[Account, str], list[Piece]] = defaultdict(list)
        self._by_job: defaultdict[str, list[Group]] = defaultdict(list)
        self._by_title: defaultdict[str, list[Group]] = defaultdict(list)
        self._by_change: defaultdict[str, list[Group]] = defaultdict(list)
        self._closings: defaultdict[int, list[Piece]] = defaultdict(list)
        for piece in ordered:
            self._shelve(piece)
            if piece.wording in CLOSING:
                self._closings[piece.day].append(piece)
        rest = [piece for piece in ordered if piece.kind is not PieceKind.BID]
        for take in (self._take_typed, self._take_on_job, self._take_titled):
            rest = [piece for piece in rest if not take(piece)]
        self._settle_equals()
        for piece in rest:
            self._begin_without_bid(piece)

    @property
    def open(self) -> Sequence[Open]:
        """The pieces that are left open."""
        return tuple(self._open.values())

    def group_of(self, number: int) -> Group | None:
        """The proposal that an entry is part of."""
        return self._of.get(number)

    def on_job(self, job: str) -> Sequence[Group]:
        """The proposals on a job."""
        return self._by_job.get(job, ())

    def titled(self, title: str) -> Sequence[Group]:
        """The proposals with a title, as titles are compared."""
        return self._by_title.get(title, ())

    def _shelve(self, piece: Piece) -> None:
        """Begin a proposal with each bid, and note where returns look for spends."""
        if piece.kind is PieceKind.BID:
            self._by_change[piece.change].append(self._begin(piece))
        if piece.kind is not PieceKind.BACK:
            for name in (piece.job, *piece.titles) if piece.job else piece.titles:
                self._spends[piece.account, name].append(piece)

    def _begin(self, piece: Piece) -> Group:
        group = Group(piece)
        self.groups.append(group)
        self._join(group, piece)
        return group

    def _join(self, group: Group, piece: Piece) -> None:
        """Make a piece part of a proposal, with what came back of it."""
        job, titles = group.job, set(group.titles)
        group.add(piece)
        self._of[piece.number] = group
        if group.job != job:
            self._by_job[group.job].append(group)
        for title in group.titles - titles:
            insort(self._by_title[title], group, key=_day_of_group)
        for back in self._held.pop(piece.number, ()):
            self._join(group, back)

    def _take_typed(self, piece: Piece) -> bool:
        """A boost typed together with its bid, and a return of which somebody said what it is of."""
        if not piece.change:
            return False
        if piece.kind is PieceKind.BACK:
            return piece.of in self._pieces and self._return(piece, [self._pieces[piece.of]])
        bids = [group for group in self._by_change.get(piece.change, ()) if _typed_alike(group.first, piece)]
        if bids:
            self._join(min(bids, key=lambda group: abs(group.first.number - piece.number)), piece)
        return bool(bids)

    def _take_on_job(self, piece: Piece) -> bool:
        """What is known to be about the job of a proposal."""
        return bool(piece.job) and self._take(
            piece, self._spends.get((piece.account, piece.job), ()), self.on_job(piece.job)
        )

    def _take_titled(self, piece: Piece) -> bool:
        """What has the title of a proposal or, if nothing of that title fits, what the books say it is of."""
        spends = [self._spends.get((piece.account, title), []) for title in sorted(piece.titles)]
        groups = [self._by_title.get(title, []) for title in sorted(piece.titles)]
        recent = _once(one for some in spends for one in _recent(some, piece, _day_of))
        if self._take(piece, recent, _once(group for some in groups for group in _recent(some, piece, _day_of_group))):
            return True
        if piece.kind is PieceKind.BACK and self._take(piece, _once(one for some in spends for one in some), ()):
            return True
        return piece.of in self._pieces and self._return(piece, [self._pieces[piece.of]])

    def _take(self, piece: Piece, spends: Iterable[Piece], groups: Iterable[Group]) -> bool:
        if piece.kind is PieceKind.BACK:
            return self._return(piece, self._likely(piece, spends_of(piece, spends)))
        maybe = [group for one in self._open_backs(piece) for group in one.groups]
        if piece.kind is PieceKind.CHARGE:
            fitting = [group for group in _once(maybe) if group in groups] or groups_of(piece, groups)
        else:
            fitting = groups_of(piece, groups, maybe)
        if len(fitting) == 1 or (fitting and interchangeable(fitting)):
            self._join(fitting[0], piece)
        elif fitting:
            self._open[piece.number] = Open(piece, tuple(fitting), backs=self._held.pop(piece.number, []))
        return bool(fitting)

    def _open_backs(self, boost: Piece) -> list[Open]:
        """The returns just before a boost that it may follow from, as far as it is left open what they are of."""
        wording = BID_BACK if boost.kind is PieceKind.CHARGE else OUTBID
        return [
            one
            for day in range(boost.day - CLOCKS, boost.day + 1)
            for one in self._open_on.get(day, ())
            if one.piece.wording == wording and one.piece.titles & boost.titles
        ]

    def _likely(self, back: Piece, spends: Sequence[Piece]) -> Sequence[Piece]:
        """Of the spends that fit, those of proposals whose base and boost came back together, as a closed job gives."""
        if len(spends) < 2 or back.wording not in CLOSING:  # noqa: PLR2004 - there is nothing to choose
            return spends
        others = [
            one.connects
            for one in self._closings[back.day]
            if one.account != back.account and one.titles & back.titles and same(one, back)
        ]
        likely = [
            one for one in spends if (group := self._of.get(one.number)) is not None and comes_back(group, back, others)
        ]
        return likely or spends

    def _return(self, back: Piece, spends: Sequence[Piece]) -> bool:
        """Make a return part of that of which it is."""
        if not spends:
            return False
        groups = _once(group for one in spends for group in self._owners(one))
        if len({id(self._of.get(one.number, one)) for one in spends}) > 1 and not interchangeable(groups):
            self._open[back.number] = Open(back, groups, tuple(spends))
            self._open_on[back.day].append(self._open[back.number])
            return True
        self._settle_return(back, spends[0])
        return True

    def _settle_return(self, back: Piece, spend: Piece) -> None:
        spend.left -= back.connects
        if (group := self._of.get(spend.number)) is not None:
            self._join(group, back)
        elif (waiting := self._open.get(spend.number)) is not None:
            waiting.backs.append(back)
        else:
            self._held[spend.number].append(back)

    def _owners(self, spend: Piece) -> tuple[Group, ...]:
        """The proposals that a spend is, or may be, part of."""
        if (group := self._of.get(spend.number)) is not None:
            return (group,)
        waiting = self._open.get(spend.number)
        return () if waiting is None else waiting.groups

    def _settle_equals(self) -> None:
        """Where as many equal pieces are open as there are proposals for them, each gets one."""
        alike: defaultdict[object, list[Open]] = defaultdict(list)
        for one in self._open.values():
            names = one.spends or one.groups
            alike[one.piece.wording, one.piece.account, one.piece.connects, *map(id, names)].append(one)
        for some in alike.values():
            if len(some) != len(some[0].spends or some[0].groups):
                continue
            for at, one in enumerate(some):
                del self._open[one.piece.number]
                if one.spends:
                    self._settle_return(one.piece, one.spends[at])
                else:
                    self._held[one.piece.number] = one.backs
                    self._join(one.groups[at], one.piece)

    def _begin_without_bid(self, piece: Piece) -> None:
        """A boost or a return of a bid that is older than the books: it joins what there is of the same job."""
        there = list(self.on_job(piece.job)) if piece.job else []
        if not there and piece.kind is PieceKind.BACK:
            titled = _once(group for title in sorted(piece.titles) for group in self.titled(title))
            there = [
                group
                for group in titled
                if group.bid is None
                and not (group.job and piece.job)
                and any(one.day == piece.day for one in group.pieces)
                and (group.member is None or piece.member is None or group.member == piece.member)
            ]
        if len(there) == 1:
            self._join(there[0], piece)
        else:
            self._begin(piece)


def _typed_alike(bid: Piece, boost: Piece) -> bool:
    return (bid.entry.job, bid.entry.memo) == (boost.entry.job, boost.entry.memo)


def _day_of(piece: Piece) -> int:
    return piece.day


def _day_of_group(group: Group) -> int:
    return group.first.day


def _recent(some: Sequence[T], piece: Piece, day_of: Callable[[T], int]) -> Sequence[T]:
    """Those of the last months, of some in the order of their days."""
    start = bisect_left(some, piece.day - MOST_DAYS, key=day_of)
    return some[start : bisect_right(some, piece.day + CLOCKS, key=day_of)]


def _once(some: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(some))
