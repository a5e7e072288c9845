"""The pieces of proposals: what the books have of each, with all that imports saw of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from core.ledger.change_keys import change_key, own_key
from core.ledger.model import Kind, Purpose, Snapshot, expense_on
from core.ledger.past.lineage import RETURNED, Lineage, brought
from core.ledger.ports import Record
from core.ledger.sightings import BatchKind
from core.proposals.wordings import CANCELLED, FINAL_CHARGE, PARTLY_BACK, plain
from core.shared.names import unpunctuated

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from core.ledger.model import Account, Entry
    from core.ledger.sightings import Batch, Sighting
    from core.shared.ids import PersonId

BASE: Final = expense_on(Purpose.PROPOSAL)
BOOSTED: Final = expense_on(Purpose.BOOST)
OURS: Final = frozenset({BASE, BOOSTED})
MOVING: Final = frozenset({Kind.SPEND, Kind.RETURN, Kind.GRANT, Kind.RECAST, Kind.UNDO})


class PieceKind(StrEnum):
    """What a piece of a proposal is."""

    BID = "bid"
    BOOST = "boost"
    CHARGE = "charge"
    """What a boost cost in the end, after its bid was given back."""
    BACK = "back"


@dataclass(slots=True, eq=False)
class Piece:
    """A standing entry that is a part of a proposal.

    `day` is the one in UTC, as an ordinal; `exact` says whether `when` has the second. `titles` are as they are
    compared. `member` is None if no page has named one. `change` is the key of the change that somebody typed (empty:
    an import booked it), `of` the spend that a return is of, as far as the books know. `lines` are its places on pages,
    by the number of the import, and `rank` is how many older rows of its day and title they show. `left` is what did
    not come back.
    """

    number: int
    entry: Entry
    kind: PieceKind
    account: Account
    connects: int
    when: datetime
    day: int
    exact: bool
    title: str
    titles: frozenset[str]
    job: str
    member: str | None
    wording: str
    change: str
    of: int | None = None
    lines: Mapping[int, int] = field(default_factory=dict)
    rank: int = 0
    left: int = 0
    by: PersonId | None = None
    legs: tuple[Entry, ...] = ()

    @property
    def order(self) -> tuple[int, int, int, int]:
        """Where it comes among all pieces: by day, then as pages show it, then as it was booked."""
        return (self.day, self.rank, PHASES[self.kind], self.number)


PHASES: Final = {PieceKind.BID: 0, PieceKind.BOOST: 1, PieceKind.BACK: 2, PieceKind.CHARGE: 3}


class Pieces:
    """All pieces of a wallet's proposals, or of some clusters of them, by the numbers of their entries."""

    def __init__(self, entries: Sequence[Entry], batches: Sequence[Batch]) -> None:
        wallet = entries[0].wallet if entries else batches[0].wallet if batches else None
        if wallet is None:
            self.by_number: dict[int, Piece] = {}
            return
        self._lineage = Lineage(Record(Snapshot(wallet), tuple(entries), tuple(batches)))
        self._imports = {own_key(batch.key) for batch in batches if batch.kind is BatchKind.HISTORY}
        self._see()
        self._collect_legs(entries)
        self.by_number = {}
        for entry in entries:
            if (kind := piece_kind(entry)) is not None and self._lineage.stands(entry.number):
                self.by_number[entry.number] = self._piece(entry, kind)

    def current(self, number: int) -> int:
        """The entry that stands for an entry: itself, unless it is a return that was booked anew."""
        return self._lineage.current(number)

    def _see(self) -> None:
        """What imports that count saw of each entry, and where."""
        self._sightings: defaultdict[int, list[tuple[int, Sighting]]] = defaultdict(list)
        self._ranks: dict[int, int] = {}
        for batch in self._lineage.witnesses():
            counts: Counter[tuple[date, str]] = Counter()  # of one title only, so that no other proposal has a say
            for seen in reversed(batch.sightings):
                number = self._lineage.current(seen.number)
                if (entry := self._lineage.entries.get(number)) is None or piece_kind(entry) is None:
                    continue
                self._sightings[number].append((batch.number, seen))
                named = seen.day, unpunctuated(seen.title)
                self._ranks[number] = max(self._ranks.get(number, 0), counts[named])
                counts[named] += 1

    def _collect_legs(self, entries: Iterable[Entry]) -> None:
        """The entries that make up each spend and each return by now: a recast, and the undo of a return, too."""
        self._legs: defaultdict[int, list[Entry]] = defaultdict(list)
        known, undos = self._lineage.entries, self._lineage.undos
        for entry in entries:
            if entry.kind not in MOVING:
                continue
            about = entry
            if entry.kind in {Kind.RECAST, Kind.UNDO} and entry.of in known:
                about = known[entry.of]
            if about.kind is Kind.RETURN and about.number in undos and about.of is not None:
                self._legs[about.of].append(entry)
            else:
                self._legs[about.number].append(entry)

    def _piece(self, entry: Entry, kind: PieceKind) -> Piece:
        seen = self._sightings.get(entry.number, [])
        wording, day, at, job, member, title = "", None, None, entry.job, None, entry.memo
        titles = {unpunctuated(entry.memo)}
        for _, row in seen:
            wording, day, at = plain(row.wording), row.day, at or row.at
            job, title, member = (
                row.job or job,
                row.title or title,
                row.member if member is None else member or row.member,
            )
            titles.add(unpunctuated(row.title))
        change = change_key(entry.key)
        when = at or entry.when
        if kind is PieceKind.BOOST and wording == FINAL_CHARGE:
            kind = PieceKind.CHARGE
        connects = brought(entry) if kind is PieceKind.BACK else -entry.delta
        return Piece(
            entry.number,
            entry,
            kind,
            self._account(entry, wording),
            connects,
            when,
            (day or when.date()).toordinal(),
            at is not None or (entry.happened is None),
            title,
            frozenset(titles - {""}),
            job,
            member,
            wording,
            "" if change in self._imports else change,
            entry.of if kind is PieceKind.BACK else None,
            {number: row.line for number, row in seen},
            self._ranks.get(entry.number, 0),
            connects,
            None if member and change in self._imports and _booked_for_nobody(seen) else entry.by,
            tuple(self._legs[entry.number]),
        )

    @staticmethod
    def _account(entry: Entry, wording: str) -> Account:
        """What it was spent on, or came back from."""
        if entry.counterpart in OURS:
            return entry.counterpart
        return BASE if not wording or wording in {CANCELLED, PARTLY_BACK} else BOOSTED


def _booked_for_nobody(seen: Iterable[tuple[int, Sighting]]) -> bool:
    """Whether an import booked a row that named no member: it is booked for who imported it, for want of a better."""
    return any(row.booked and row.member is None for _, row in seen)


def piece_kind(entry: Entry) -> PieceKind | None:
    """Whether, and as what, an entry may be a part of a proposal."""
    account = entry.counterpart
    if entry.kind is Kind.SPEND:
        return PieceKind.BID if account == BASE else PieceKind.BOOST if account == BOOSTED else None
    if entry.kind is Kind.RETURN:
        return PieceKind.BACK if account in OURS else None
    return PieceKind.BACK if entry.kind is Kind.GRANT and account == RETURNED else None
