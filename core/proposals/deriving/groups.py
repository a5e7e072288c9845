"""The pieces of one proposal together, and which of several a piece fits."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from core.proposals.deriving.pieces import BOOSTED, Piece, PieceKind
from core.proposals.wordings import BID_BACK, OUTBID, PARTLY_BACK

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

BOOST_DAYS: Final = 90
"""A boost is at most so many days younger than its bid."""
CLOCKS: Final = 1
"""Days by which a day that somebody typed and the page's may differ."""


@dataclass(slots=True, eq=False)
class Group:
    """The pieces of one proposal. `first` is its bid or, if that is not known, another piece."""

    first: Piece
    pieces: list[Piece] = field(default_factory=list)
    job: str = ""
    titles: set[str] = field(default_factory=set)
    member: str | None = None

    @property
    def bid(self) -> Piece | None:
        """Its base bid (None: it is not known)."""
        return self.first if self.first.kind is PieceKind.BID else None

    def add(self, piece: Piece) -> None:
        """Add a piece, and what it says of the proposal."""
        self.pieces.append(piece)
        self.job = self.job or piece.job
        self.titles |= piece.titles
        if not self.member and piece.member is not None:
            self.member = piece.member

    def boosts(self, *kinds: PieceKind) -> list[Piece]:
        """Its boosts of these kinds."""
        return [piece for piece in self.pieces if piece.account == BOOSTED and piece.kind in kinds]

    def backs(self, wording: str) -> list[Piece]:
        """What came back under a wording."""
        return [piece for piece in self.pieces if piece.kind is PieceKind.BACK and piece.wording == wording]


@dataclass(slots=True, eq=False)
class Open:
    """A piece that may be part of several proposals, and what came back of it. A return may be of any of `spends`."""

    piece: Piece
    groups: tuple[Group, ...]
    spends: tuple[Piece, ...] = ()
    backs: list[Piece] = field(default_factory=list)


def spends_of(back: Piece, spends: Iterable[Piece]) -> list[Piece]:
    """The spends that a return may be of: the latest that fit. A whole return fits what is left of a spend exactly."""
    fitting = [one for one in spends if one.left >= back.connects and _same(one, back) and _before(one, back)]
    if back.wording != PARTLY_BACK:
        fitting = [one for one in fitting if one.left == back.connects] or fitting
    return _latest(fitting)


def groups_of(piece: Piece, groups: Iterable[Group]) -> list[Group]:
    """The proposals that a boost, or what one cost in the end, may be part of."""
    fitting = [
        group
        for group in groups
        if _same(group.first, piece, job=group.job, member=group.member)
        and _before(group.first, piece)
        and piece.day - group.first.day <= BOOST_DAYS
    ]
    if piece.kind is PieceKind.CHARGE:
        charged = [group for group in fitting if _awaits_charge(group, piece)]
        if charged:
            return charged
    today = [group for group in fitting if _boosted_that_day(group, piece)]
    bare = [group for group in fitting if not group.boosts(PieceKind.BOOST, PieceKind.CHARGE)]
    return today or _latest_bids(bare) or _latest_bids(fitting)


def _awaits_charge(group: Group, charge: Piece) -> bool:
    """Whether its whole boost came back just before, and no charge followed yet."""
    backs = [back for back in group.backs(BID_BACK) if back.connects >= charge.connects]
    near = any(0 <= charge.day - back.day <= CLOCKS for back in backs)
    return near and len(backs) > len(group.boosts(PieceKind.CHARGE))


def _boosted_that_day(group: Group, boost: Piece) -> bool:
    """Whether it was sent on that day and not boosted yet, or was outbid on that day."""
    outbid = [back for back in group.backs(OUTBID) if back.day == boost.day]
    boosts = group.boosts(PieceKind.BOOST)
    if outbid:
        return len(boosts) <= len(group.backs(OUTBID))
    return group.first.day == boost.day and not boosts


def _latest_bids(groups: Sequence[Group]) -> list[Group]:
    latest = max((group.first.day for group in groups), default=0)
    return [group for group in groups if group.first.day == latest]


def _latest(spends: Sequence[Piece]) -> list[Piece]:
    latest = max((one.day for one in spends), default=0)
    return [one for one in spends if one.day == latest]


def _same(one: Piece, other: Piece, *, job: str = "", member: str | None = None) -> bool:
    """Whether job and member fit: what is not known fits anything."""
    job, member = job or one.job, one.member if member is None else member
    jobs = not job or not other.job or job == other.job
    return jobs and (member is None or other.member is None or member == other.member)


def _before(one: Piece, later: Piece) -> bool:
    """Whether a piece may be older than another, by their days and by the pages that have both."""
    if one.day != later.day:
        typed = not (one.lines and later.lines)
        return one.day < later.day + (CLOCKS if typed else 0)
    lines = later.lines
    return all(line > lines[page] for page, line in one.lines.items() if page in lines)
