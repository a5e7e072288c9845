"""Which entry stands for an entry: a return is booked anew when its spend becomes known, or is no longer known."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from core.ledger.budget import spent_by
from core.ledger.change_keys import change_key, own_key
from core.ledger.model import Kind, Source, income_from
from core.ledger.sightings import BatchKind, of_kind, standing, without_parted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.ledger.model import Entry
    from core.ledger.ports import Record
    from core.ledger.sightings import Batch

RETURNED: Final = income_from(Source.RETURN)


class Lineage:
    """What became of the entries of a wallet: which were undone, and which were booked anew as others."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._histories = of_kind(record.batches, BatchKind.HISTORY)
        self.entries: Final = {entry.number: entry for entry in record.entries}
        self._made_by = {own_key(batch.key): batch for batch in self._histories}
        self.undos: Mapping[int | None, Entry] = {one.of: one for one in record.entries if one.kind is Kind.UNDO}
        self._replaced = self._pairs()

    def stands(self, number: int) -> bool:
        """Whether there is such an entry, and it was not undone."""
        return number in self.entries and number not in self.undos

    def made_by(self, entry: Entry) -> Batch | None:
        """The import, or the undo of one, whose change has this entry."""
        return self._made_by.get(change_key(entry.key))

    def current(self, number: int) -> int:
        """The entry that stands for an entry: itself, unless it is a return that was booked anew."""
        while number in self._replaced:
            number = self._replaced[number]
        return number

    def witnesses(self) -> tuple[Batch, ...]:
        """The imports that stand, and of those that were undone what they saw of entries that had to stay."""
        there = standing(self._histories)
        seen = {self.current(row.number) for batch in there for row in batch.sightings}
        numbers = {batch.number for batch in there}
        left: list[Batch] = []
        for batch in without_parted(self._histories):
            if batch.number in numbers:
                left.append(batch)
            elif rows := tuple(row for row in batch.sightings if self._stays(row.number, seen)):
                left.append(batch._replace(sightings=rows))
        return tuple(left)

    def _stays(self, number: int, seen: set[int]) -> bool:
        """Whether an entry that an import booked stands, although no standing import has seen it."""
        current = self.current(number)
        booked = self.made_by(self.entries[current]) is not None
        return booked and self.stands(current) and current not in seen

    def _pairs(self) -> Mapping[int, int]:
        """Each return that was undone and booked anew in one change, with the entry in its place.

        The two are equal but for the spend. Rows of the change that equal them may be taken for them, which makes no
        difference, but what no page has was certainly booked in place of another.
        """
        seen = {row.number for batch in self._histories for row in batch.sightings}
        anew: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
        for entry in sorted(self._record.entries, key=lambda entry: (entry.number in seen, entry.number)):
            if is_return(entry) and self.made_by(entry) is not None:
                anew[_shape(change_key(entry.key), entry)].append(entry.number)
        replaced: dict[int, int] = {}
        for entry in self._record.entries:
            undo = self.undos.get(entry.number)
            if undo is not None and is_return(entry) and (later := anew.get(_shape(change_key(undo.key), entry))):
                replaced[entry.number] = later.pop(0)
        return replaced


def is_return(entry: Entry) -> bool:
    """Whether it is a dated return, be its spend known or not."""
    income = entry.kind is Kind.GRANT and entry.counterpart == RETURNED
    return entry.happened is not None and (entry.kind is Kind.RETURN or income)


def brought(entry: Entry) -> int:
    """The Connects that a return brought back, whatever became of them."""
    return -spent_by(entry) if entry.kind is Kind.RETURN else entry.delta


def _shape(change: str, entry: Entry) -> tuple[object, ...]:
    return change, entry.happened, brought(entry), entry.memo, entry.job
