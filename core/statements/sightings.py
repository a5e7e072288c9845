"""What standing imports saw of entries, for whoever reads the books in pieces, and never all of them at once.

It is the same as `core.imports.known.Known.sightings`, which has everything about a wallet at hand.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Final

from core.ledger.model import Kind, Snapshot
from core.ledger.past.lineage import Lineage, is_return
from core.ledger.ports import Record
from core.ledger.sightings import BatchKind, of_kind, standing

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Sequence

    from core.ledger.model import Entry
    from core.ledger.ports import Ledger
    from core.ledger.sightings import Batch, Sighting
    from core.shared.ids import WalletId

ROWS: Final = 500
"""How many rows are read at a time: some milliseconds, in which nobody is answered."""


class SightingReader:
    """Finds what imports saw of the entries of a wallet.

    Each entry must be noted first, in pages of any order. All that is kept of them is their numbers, and those returns
    that may have been booked anew, with their undos.

        sightings = SightingReader(wallet, await ledger.batches(wallet))
        while page := await ledger.history(wallet, before, 250):
            sightings.note(page)
            ...
        async for rows in sightings.pages(ledger):
            ...
    """

    def __init__(self, wallet: WalletId, batches: tuple[Batch, ...]) -> None:
        """`batches` are all imports of the wallet and the undos of imports, without their rows."""
        self._wallet, self._histories = wallet, of_kind(batches, BatchKind.HISTORY)
        self._standing = {batch.number for batch in standing(self._histories)}
        self._paid = [batch.number for batch in standing(batches, BatchKind.TRANSACTIONS)]
        self._numbers: set[int] = set()
        self._kept: dict[int, Entry] = {}
        self._rows: defaultdict[int, list[Sighting]] = defaultdict(list)

    def note(self, entries: Iterable[Entry]) -> None:
        """Note some entries."""
        for entry in entries:
            if entry.kind is Kind.UNDO or is_return(entry):
                self._kept[entry.number] = entry
            if entry.kind not in {Kind.UNDO, Kind.RECAST}:
                self._numbers.add(entry.number)

    async def pages(self, ledger: Ledger) -> AsyncIterator[list[tuple[int, Sighting]]]:
        """Read what imports saw: the number of the entry that stands, and the row, the oldest import first."""
        if not self._standing:
            return
        if self._replaced:
            async for rows in self._read(ledger):
                self._note_rows(rows)
        async for rows in self._read(ledger):
            yield self._of(rows)

    async def payments(self, ledger: Ledger) -> AsyncIterator[list[tuple[int, Sighting]]]:
        """Read what lists of transactions said: the number of a purchase, and the row by which it was paid."""
        for number in self._paid:
            async for found in rows_of(ledger, self._wallet, number):
                yield found

    async def _read(self, ledger: Ledger) -> AsyncIterator[Sequence[tuple[int, Sighting]]]:
        async for rows in _from(ledger, self._wallet, (0, 0)):
            yield rows

    @cached_property
    def _undone(self) -> frozenset[int | None]:
        return frozenset(entry.of for entry in self._kept.values() if entry.kind is Kind.UNDO)

    @property
    def _replaced(self) -> bool:
        """Whether a return was undone: then it may have been booked anew, and rows tell as which entry."""
        return any(entry.kind is not Kind.UNDO and entry.number in self._undone for entry in self._kept.values())

    def _note_rows(self, rows: Iterable[tuple[int, Sighting]]) -> None:
        for batch, row in rows:
            if row.number in self._kept:
                self._rows[batch].append(row)

    @cached_property
    def _lineage(self) -> Lineage:
        histories = (batch._replace(sightings=tuple(self._rows.get(batch.number, ()))) for batch in self._histories)
        entries = tuple(entry for _, entry in sorted(self._kept.items()))
        return Lineage(Record(Snapshot(self._wallet), entries, tuple(histories)))

    def _of(self, rows: Iterable[tuple[int, Sighting]]) -> list[tuple[int, Sighting]]:
        there = ((self._lineage.current(row.number), row) for batch, row in rows if batch in self._standing)
        return [(number, row) for number, row in there if number in self._numbers and number not in self._undone]


async def rows_of(ledger: Ledger, wallet: WalletId, batch: int) -> AsyncIterator[list[tuple[int, Sighting]]]:
    """The rows of one import in pieces, each with the number that it gives its entry.

    A return may have been booked anew under another number since; nothing else is.
    """
    async for rows in _from(ledger, wallet, (batch, 0)):
        found = [(row.number, row) for of, row in rows if of == batch]
        yield found
        if len(found) < len(rows):
            return


async def _from(
    ledger: Ledger, wallet: WalletId, after: tuple[int, int]
) -> AsyncIterator[Sequence[tuple[int, Sighting]]]:
    while rows := await ledger.sightings(wallet, after, ROWS):
        yield rows
        batch, last = rows[-1]
        after = batch, last.line
