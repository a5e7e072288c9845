"""What the books know of imports: which entries are rows, what was derived from them, and what was typed."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, time, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Final

from core.imports.model import RowKind
from core.imports.row_order import RowOrder, ranked
from core.ledger.model import EXPIRED, Kind, Purpose, Source, expense_on, income_from
from core.ledger.past.lineage import RETURNED, Lineage
from core.ledger.past.pools import beside_of, pool_of
from core.ledger.sightings import BatchKind, of_kind, standing, taken_over, without_parted

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from core.ledger.model import Account, Entry
    from core.ledger.ports import Record
    from core.ledger.sightings import Batch, Sighting
    from core.shared.ids import PersonId

HOUR: Final = time(10, tzinfo=UTC)
"""What happened on a day in UTC is dated to this hour: so its date is the same in nearly all time zones."""
OPENED: Final = income_from(Source.OPENING)
WELCOMED: Final = income_from(Source.WELCOME)
KINDS: Final[Mapping[Account, RowKind]] = {
    expense_on(Purpose.PROPOSAL): RowKind.PROPOSAL,
    expense_on(Purpose.BOOST): RowKind.BOOST,
    expense_on(Purpose.BADGE): RowKind.BADGE,
    expense_on(Purpose.PROFILE_AD): RowKind.AD,
    income_from(Source.MONTHLY): RowKind.MONTHLY,
    income_from(Source.REWARD): RowKind.REWARD,
    income_from(Source.PURCHASE): RowKind.PURCHASE,
    EXPIRED: RowKind.EXPIRY,
}
"""What a row was that was booked against an account."""
RETURNS: Final[Mapping[RowKind, RowKind]] = {
    RowKind.PROPOSAL: RowKind.PROPOSAL_BACK,
    RowKind.BOOST: RowKind.BOOST_BACK,
}


def moment_of(day: date) -> datetime:
    """The moment to which a fact is dated of which only the day in UTC counts."""
    return datetime.combine(day, HOUR)


SKEW: Final = timedelta(days=1)
"""By so much the clock here may be behind the one that a page goes by."""


class Known:
    """A wallet's record, with the imports of some numbers left out as if they had been undone."""

    def __init__(self, record: Record, without: int = 0) -> None:
        self.record = record
        self.histories = without_parted(of_kind(record.batches, BatchKind.HISTORY))
        self.batches = tuple(batch for batch in standing(self.histories) if batch.number != without)
        self.of_two_accounts = beside_of(record.batches) is not None
        pool = pool_of(record)
        self.linked = 0 if pool is None else pool.last
        """The last entry that there was when two accounts were put side by side (0: they were not)."""
        self._lineage = Lineage(record)
        self.entries: Mapping[int, Entry] = {
            entry.number: entry
            for entry in record.entries
            if self._lineage.stands(entry.number) and entry.kind not in {Kind.UNDO, Kind.RECAST}
        }

    @cached_property
    def _sighted(self) -> frozenset[int]:
        """The entries that pages, or other books, have shown: they are not derived."""
        seen = frozenset(seen.number for batch in self.histories for seen in batch.sightings)
        return seen | taken_over(self.record.batches)

    def made_by(self, entry: Entry) -> Batch | None:
        """The import, or the undo of one, whose change has this entry."""
        return self._lineage.made_by(entry)

    def current(self, number: int) -> int:
        """The entry that stands for an entry: itself, unless it is a return that was booked anew."""
        return self._lineage.current(number)

    @cached_property
    def sightings(self) -> Mapping[int, tuple[Sighting, ...]]:
        """What standing imports saw of each standing entry, oldest first."""
        found: defaultdict[int, list[Sighting]] = defaultdict(list)
        for batch in self.batches:
            for seen in batch.sightings:
                number = self.current(seen.number)
                if number in self.entries:
                    found[number].append(seen)
        return {number: tuple(some) for number, some in found.items()}

    @cached_property
    def _every_sighting(self) -> Mapping[int, tuple[Sighting, ...]]:
        found: defaultdict[int, list[Sighting]] = defaultdict(list)
        for batch in self.histories:
            for seen in batch.sightings:
                found[self.current(seen.number)].append(seen)
        return {number: tuple(some) for number, some in found.items()}

    def seen(self, number: int) -> tuple[Sighting, ...]:
        """What standing imports saw of an entry; if none did, what those saw that were undone."""
        return self.sightings.get(number) or self._every_sighting.get(number, ())

    @cached_property
    def row_orders(self) -> Mapping[int, RowOrder]:
        """Where standing imports show each entry."""
        lines: defaultdict[int, dict[int, int]] = defaultdict(dict)
        ranks: dict[int, int] = {}
        for batch in self.batches:
            rows = [(seen.line, seen) for seen in batch.sightings]
            for (line, seen), rank in zip(rows, ranked([seen for _, seen in rows]), strict=True):
                number = self.current(seen.number)
                lines[number].setdefault(batch.number, line)
                ranks[number] = max(ranks.get(number, 0), rank)
        return {number: RowOrder(of, ranks[number]) for number, of in lines.items()}

    @cached_property
    def taken_out(self) -> tuple[Sighting, ...]:
        """Rows of standing imports whose entries were undone by themselves."""
        return tuple(
            seen for batch in self.batches for seen in batch.sightings if self.current(seen.number) not in self.entries
        )

    @cached_property
    def rows(self) -> frozenset[int]:
        """The standing entries that imports booked because a page has them as rows."""
        booked = {seen.number for batch in self.histories for seen in batch.sightings if seen.booked}
        return frozenset(number for number in map(self.current, booked) if number in self.entries)

    @cached_property
    def derived(self) -> tuple[Entry, ...]:
        """The standing openings and gaps that imports booked because balances prove them."""
        return tuple(
            entry
            for entry in self.entries.values()
            if is_derived(entry) and entry.number not in self._sighted and self.made_by(entry) is not None
        )

    def derived_before(self, day: date, connects: int) -> tuple[Entry, ...]:
        """The opening or the gap of so many Connects on a day that the books had last, though it was undone since."""
        found: defaultdict[int, list[Entry]] = defaultdict(list)
        for entry in self.record.entries:
            if is_derived(entry) and entry.number not in self._sighted and entry.when.date() == day:
                made = self.made_by(entry)
                found[0 if made is None else made.number].append(entry)
        fitting = [number for number, some in found.items() if number and sum(one.delta for one in some) == connects]
        return tuple(found[max(fitting)]) if fitting else ()

    @cached_property
    def typed_opening(self) -> tuple[Entry, ...]:
        """The welcome, and the opening that somebody typed in its place, as far as the books have them."""
        derived = {entry.number for entry in self.derived}
        return tuple(
            entry
            for entry in self.entries.values()
            if entry.kind is Kind.GRANT
            and entry.number not in derived
            and any(beyond.account in {OPENED, WELCOMED} for _, beyond in entry.moves)
        )

    @cached_property
    def wordings(self) -> Mapping[str, RowKind]:
        """What wordings were booked as, by the imports so far."""
        found: dict[str, RowKind] = {}
        for batch in self.histories:
            for seen in batch.sightings:
                entry = self.record.entries[seen.number - 1]
                if seen.booked and seen.wording not in found:
                    found[seen.wording] = kind_booked(entry)
        return found

    @cached_property
    def members(self) -> Mapping[str, PersonId | None]:
        """Who the people are whom pages name, by the imports so far (None: nobody here)."""
        found: dict[str, PersonId | None] = {}
        for batch in self.histories:
            for seen in batch.sightings:
                if seen.booked and seen.member:
                    found[seen.member] = self.record.entries[seen.number - 1].by
        return found


def kind_booked(entry: Entry) -> RowKind:
    """What the row was that an entry was booked for, as far as its account tells."""
    if entry.kind is Kind.RETURN:
        return RETURNS.get(KINDS.get(entry.counterpart, RowKind.UNCLASSIFIED), RowKind.UNCLASSIFIED)
    if entry.counterpart == RETURNED:
        return RowKind.PROPOSAL_BACK
    return KINDS.get(entry.counterpart, RowKind.UNCLASSIFIED)


def is_derived(entry: Entry) -> bool:
    """Whether it may be an opening or a gap that was derived: dated, and without a spend."""
    return entry.happened is not None and (
        (entry.kind is Kind.GRANT and entry.counterpart == OPENED) or entry.kind is Kind.ADJUSTMENT
    )
