"""The pieces of one proposal together, and which of several a piece fits."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from core.proposals.deriving.pieces import BOOSTED, Piece, PieceKind
from core.proposals.wordings import BID_BACK, OUTBID, PARTLY_BACK

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

MOST_DAYS: Final = 90
"""What belongs to a bid is at most so many days younger, as far as there is a choice."""
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
    """The spends that a return may be of. If it is whole, it is what is left of a spend exactly, as far as that exists.

    The latest one is likely, but it is not certain, so that all are meant.
    """
    fitting = [one for one in spends if one.left >= back.connects and same(one, back) and _before(one, back)]
    if back.wording != PARTLY_BACK:
        fitting = [one for one in fitting if one.left == back.connects] or fitting
    return fitting


def groups_of(piece: Piece, groups: Iterable[Group], outbid: Collection[Group] = ()) -> list[Group]:
    """The proposals that a boost, or what one cost in the end, may be part of.

    `outbid` are those that may have been outbid just before, so that a boost may be raised.
    """
    fitting = [
        group
        for group in groups
        if same(group.first, piece, job=group.job, member=group.member)
        and _before(group.first, piece)
        and piece.day - group.first.day <= MOST_DAYS
    ]
    if piece.kind is PieceKind.CHARGE:
        return [group for group in fitting if _awaits_charge(group, piece)] or fitting
    at_once = [group for group in fitting if _sent_just_before(group, piece)]
    if len(at_once) == 1:
        return at_once
    near = [group for group in fitting if group in outbid or _was_outbid(group, piece) or _is_fresh(group, piece)]
    return near or fitting


def _awaits_charge(group: Group, charge: Piece) -> bool:
    """Whether its whole boost came back just before, and no charge followed yet."""
    backs = [back for back in group.backs(BID_BACK) if back.connects >= charge.connects]
    near = any(0 <= charge.day - back.day <= CLOCKS for back in backs)
    return near and len(backs) > len(group.boosts(PieceKind.CHARGE))


def _sent_just_before(group: Group, boost: Piece) -> bool:
    """Whether a page shows it right before the boost."""
    bid = group.first
    return bid.day == boost.day and any(bid.lines.get(page) == line + 1 for page, line in boost.lines.items())


def _is_fresh(group: Group, boost: Piece) -> bool:
    """Whether it was sent on that day, or shortly before midnight, and was not boosted yet."""
    return boost.day - group.first.day <= CLOCKS and not group.boosts(PieceKind.BOOST)


def _was_outbid(group: Group, boost: Piece) -> bool:
    """Whether it was outbid just before, and not boosted again yet."""
    backs = group.backs(OUTBID)
    return any(0 <= boost.day - back.day <= CLOCKS for back in backs) and len(group.boosts(PieceKind.BOOST)) <= len(
        backs
    )


def same(one: Piece, other: Piece, *, job: str = "", member: str | None = None) -> bool:
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


def interchangeable(groups: Sequence[Group]) -> bool:
    """Whether proposals are equal in all that is known of them, so that it makes no difference which one is meant."""
    looks = {(group.first.day, group.first.connects, group.first.kind, group.member, *group.titles) for group in groups}
    return len(looks) == 1 and all(len(group.pieces) == 1 and not group.job for group in groups)


def comes_back(group: Group, back: Piece, others: Sequence[int]) -> bool:
    """Whether the base or the boost of a proposal comes back with the other one, of which `others` come back that day.

    If it has no boost, nothing but the base comes back.
    """
    today = {one.connects for one in group.pieces if one.kind is PieceKind.BACK and one.day == back.day}
    left = [
        one.left for one in group.pieces if one.account != back.account and one.left and one.kind is not PieceKind.BACK
    ]
    if back.account == BOOSTED or left:
        return any(connects in others for connects in left)
    return bool(today.intersection(others)) if others else True
