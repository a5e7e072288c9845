"""The undo of an import: what of it is taken back, what stays, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from core.imports.known import Known
from core.imports.model import Stay, Staying, UndoneImport
from core.imports.planning import booked, finished
from core.imports.reconciling.coverage import covers_of
from core.imports.reconciling.reconcile import Question, reconcile
from core.ledger.entry_builder import dated
from core.ledger.model import Change, Kind
from core.ledger.past.batches import next_batch
from core.ledger.past.lineage import brought, is_return
from core.ledger.past.pins import pin_broken_by
from core.ledger.sightings import Batch, BatchKind, came_with_link, standing
from core.shared.refusals import AlreadyDone, CameWithLink, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from core.imports.reconciling.reconcile import Reconciled
    from core.ledger.entry_builder import Intent
    from core.ledger.model import Entry
    from core.ledger.past.replay import Short
    from core.ledger.ports import Record
    from core.ledger.rulebook import Rulebook
    from core.shared.refusals import Refusal


OF_PAGES: Final = (BatchKind.HISTORY, BatchKind.PROPOSALS, BatchKind.TRANSACTIONS)
"""What somebody handed over. What was told or confirmed is taken back where that is shown, by its number."""


class Undoing(NamedTuple):
    """The change that undoes an import, and what it takes back."""

    change: Change
    undone: UndoneImport


def target_of(record: Record, number: int | None) -> Batch | Refusal:
    """The import to undo: the latest that stands, unless a number is given. What came with a link goes with it."""
    if number is None:
        there = [one for one in standing(record.batches, *OF_PAGES) if not came_with_link(record.batches, one.key)]
        return there[-1] if there else Unknown("import", "")
    pages = (batch for batch in record.batches if batch.kind in OF_PAGES and batch.of is None)
    found = next((batch for batch in pages if batch.number == number), None)
    if found is None:
        return Unknown("import", str(number))
    if came_with_link(record.batches, found.key):
        return CameWithLink(number)
    undo = next((batch.number for batch in record.batches if batch.of == number), None)
    return found if undo is None else AlreadyDone("import", undo)


def plan_undo(record: Record, intent: Intent, rulebook: Rulebook, target: Batch) -> Undoing:
    """Plan the undo of an import: the past without it, in which nothing that stays finds too little."""
    if target.kind is not BatchKind.HISTORY:
        return _without_entries(record, intent, rulebook, target)
    search = _Search(record, intent, rulebook, target)
    reconciled = search.reconciled()
    restated = booked(record, intent, rulebook, reconciled)
    undone = UndoneImport(
        target,
        len(search.going & search.rows),
        tuple(search.staying()),
        record.head.balance,
        restated.balance if restated.change.entries else record.head.balance,
    )
    change = finished(record, restated.change, undo_of(record, intent, target), rulebook)
    return Undoing(change, undone._replace(unpins=pin_broken_by(record, change)))


def _without_entries(record: Record, intent: Intent, rulebook: Rulebook, target: Batch) -> Undoing:
    """The undo of an import that moved no Connects."""
    change = finished(record, Change((), ()), undo_of(record, intent, target), rulebook)
    return Undoing(change, UndoneImport(target, 0, (), record.head.balance, record.head.balance))


def undo_of(record: Record, intent: Intent, target: Batch) -> Batch:
    """The undo of an import, before it is sealed."""
    return next_batch(record.head, intent, len(record.batches), target.kind)._replace(of=target.number)


class _Search:
    """Looks for the most that can be taken back: `going` are the rows, `needed` those that must stay for others."""

    def __init__(self, record: Record, intent: Intent, rulebook: Rulebook, target: Batch) -> None:
        self.known, self.rulebook = Known(record, without=target.number), rulebook
        self.until = dated(record.head, intent)
        seen = {self.known.current(sighting.number) for sighting in target.sightings}
        self.rows = seen & self.known.rows
        self.going = {number for number in self.rows if number not in self.known.sightings}
        if self.known.of_two_accounts:  # nothing derives anew there what this import derived
            made = ((entry.number, self.known.made_by(entry)) for entry in self.known.derived)
            self.going |= {number for number, by in made if by is not None and by.number == target.number}
        self.needed: set[int] = set()
        self._keep_what_was_returned()

    def _keep_what_was_returned(self) -> None:
        """A spend of which something was returned by hand stays."""
        for entry in self.known.entries.values():
            if entry.kind is Kind.RETURN and entry.of in self.going and entry.number not in self.known.rows:
                self._keep(entry.of)

    def _keep(self, number: int) -> None:
        self.going.discard(number)
        self.needed.add(number)

    def reconciled(self) -> Reconciled:
        """The past with as little as possible of what would be missed."""
        keep_derived = False
        while True:
            reconciled = reconcile(self.known, self._question(keep_derived=keep_derived))
            shorts = reconciled.derived.ran_short
            if not shorts:
                break
            if self.known.batches and not any(self._is_typed(one) for one in shorts):
                return reconcile(self.known, self._question(keep_derived=keep_derived, rescue=True))
            short = next((one for one in shorts if self._is_typed(one)), shorts[0])
            if (number := self._best_for(short)) is not None:
                self._keep(number)
            elif not keep_derived and self.known.derived:
                keep_derived = True
            else:
                return reconcile(self.known, self._question(keep_derived=keep_derived, rescue=True))
        if keep_derived:
            self.needed |= {entry.number for entry in self.known.derived}
        return reconciled

    def _is_typed(self, short: Short) -> bool:
        """Whether somebody typed what finds too little. What another import still shows had something to draw on."""
        return short.number is not None and short.number not in self.known.rows

    def _question(self, *, keep_derived: bool, rescue: bool = False) -> Question:
        return Question(
            self.rulebook,
            self.until,
            withdrawn=frozenset(self.going),
            covers=covers_of(self.known),
            wordings=self.known.wordings,
            back=True,
            keep=keep_derived or self.known.of_two_accounts,
            rescue=rescue,
        )

    def _best_for(self, short: Short) -> int | None:
        """What brought Connects before they are missing: the least that is enough, or else the most."""
        there = [
            (_gives(entry), number)
            for number in self.going
            if (entry := self.known.entries[number]).when <= short.when and _gives(entry) and not self._of_going(entry)
        ]
        enough = [one for one in there if one[0] >= short.missing]
        best = min(enough, default=None) or max(there, default=None)
        return None if best is None else best[1]

    def _of_going(self, entry: Entry) -> bool:
        """Whether it returns a spend that is taken back itself."""
        return entry.kind is Kind.RETURN and entry.of in self.going

    def staying(self) -> Iterator[Staying]:
        """What of the import stays in the books, and why."""
        entries = self.known.entries
        for number in sorted(self.rows - self.going | self.needed):
            if number in self.needed:
                yield Staying(entries[number], Stay.NEEDED)
            else:
                yield Staying(entries[number], Stay.SEEN_AGAIN, self._seen_by(number))

    def _seen_by(self, number: int) -> int:
        batches: Sequence[Batch] = self.known.batches
        return next(
            (
                batch.number
                for batch in batches
                if any(self.known.current(seen.number) == number for seen in batch.sightings)
            ),
            0,
        )


def _gives(entry: Entry) -> int:
    return brought(entry) if is_return(entry) else max(entry.delta, 0)
