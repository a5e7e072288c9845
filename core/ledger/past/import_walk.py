"""Proves a wallet's imports: their chain of seals, and that each row that they saw is an entry of the journal."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from core.ledger.change_keys import change_key
from core.ledger.entry_builder import SLACK
from core.ledger.erased.witness import import_witness_fault
from core.ledger.seal import digest_fits, seal_of_batch, seal_of_proposal, seal_of_sighting
from core.ledger.sightings import LISTS, BatchKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from core.ledger.model import Entry
    from core.ledger.sightings import Batch, Sighting


class ImportFaultError(Exception):
    """Something in the stored imports of a wallet is wrong; the text says which import, and which of its lines."""


class ImportWalk:
    """The imports of one wallet, proven again: first `book` every entry, then `step` through the sightings.

    `number`, `sightings` and `proposals` count what was proven, `seal` is that of the last import.
    """

    def __init__(self, batches: Sequence[Batch], witnesses: Mapping[int, str] | None = None) -> None:
        """`batches` are in the order of their numbers, with what they saw of proposals, but without their rows.

        `witnesses` are those of imports whose keys were erased, by their numbers.
        """
        self._batches, self._witnesses = batches, witnesses or {}
        self._booked = {batch.key: range(0) for batch in batches}
        """The numbers of the entries that were booked under the key of each import."""
        self._entries = self._balance = 0
        self._pins = deque(batch for batch in batches if batch.kind is BatchKind.PINNED and batch.of is None)
        """The confirmed balances that are still to be compared with those of the journal."""
        self._recent: deque[tuple[datetime | None, int]] = deque([(None, 0)])
        """The balances since `SLACK` before the last entry, and the one before them, as far as there are pins."""
        self._wrong: set[int] = set()
        self._seals: list[str] = []
        self.number = self.sightings = self.proposals = 0
        self.seal = ""

    def book(self, entry: Entry) -> None:
        """Note the next entry of the journal."""
        while self._pins and self._pins[0].at < entry.at:
            self._compare(self._pins.popleft())
        while self._pins and self._pins[0].at == entry.at and self._pins[0].balance == self._balance:
            self._pins.popleft()
        self._entries, self._balance = entry.number, entry.balance
        if self._pins:
            self._recall(entry)
        if self._booked and (key := change_key(entry.key)) in self._booked:
            first = self._booked[key].start or entry.number
            self._booked[key] = range(first, entry.number + 1)

    def step(self, number: int, sighting: Sighting) -> None:
        """Prove the next sighting, which is of the import with this number."""
        while self.number < len(self._batches) and self.number + 1 < number:
            self._close()
        if self.number == len(self._batches) or self._batches[self.number].number != number:
            raise ImportFaultError(f"import {number} is missing, but there are lines of it")
        batch = self._batches[self.number]
        where = f"import {number}, line {sighting.line}"
        if sighting.line != len(self._seals) + 1:
            raise ImportFaultError(f"import {number}: line {len(self._seals) + 1} is missing")
        if sighting.seal != seal_of_sighting(sighting):
            raise ImportFaultError(f"{where} was changed after it was stored: its seal does not match")
        if not digest_fits(sighting):
            raise ImportFaultError(f"{where} was changed after it was stored: its texts do not match their digest")
        nothing = sighting.number == 0 and batch.kind in LISTS
        if not nothing and not 0 < sighting.number <= self._entries:
            raise ImportFaultError(f"{where} is entry {sighting.number}, which does not exist")
        if sighting.booked and batch.kind not in LISTS and sighting.number not in self._booked[batch.key]:
            raise ImportFaultError(f"{where} is entry {sighting.number}, which that import did not book")
        self._seals.append(sighting.seal)

    def finish(self) -> None:
        """Prove the imports that are left."""
        while self.number < len(self._batches):
            self._close()
        if beyond := self._witnesses.keys() - range(1, self.number + 1):
            raise ImportFaultError(f"import {min(beyond)} has a witness, but does not exist")

    def _recall(self, entry: Entry) -> None:
        """Note the balance that an entry left, and forget those that the clock cannot have stepped back to."""
        self._recent.append((entry.at, entry.balance))
        while (at := self._recent[1][0]) is not None and at < entry.at - SLACK:
            self._recent.popleft()

    def _compare(self, pin: Batch) -> None:
        """Note that a confirmed balance is wrong, if it is not that of the entries booked so far.

        If the clock stepped back after it, some of them were booked later all the same.
        """
        for at, balance in reversed(self._recent):
            if balance == pin.balance:
                return
            if at is not None and at < pin.at - SLACK:
                break
        self._wrong.add(pin.number)

    def _close(self) -> None:
        """Prove an import, all of whose sightings were proven."""
        batch = self._batches[self.number]
        if batch.number != self.number + 1:
            raise ImportFaultError(f"import {self.number + 1} is missing: import {batch.number} follows {self.number}")
        if self.number and batch.at < self._batches[self.number - 1].at:
            raise ImportFaultError(f"import {batch.number} is dated before import {self.number}")
        self._seals += self._proven_proposals(batch)
        if batch.of is not None and (self._seals or not self._can_be_undone(batch, batch.of)):
            raise ImportFaultError(
                f"import {batch.number} is stored as the undo of import {batch.of}, which it cannot be"
            )
        if (batch.lifts is not None) != (batch.kind is BatchKind.LIFTED and batch.of is None):
            raise ImportFaultError(f"import {batch.number} is stored as lifting the pin of {batch.lifts}")
        if batch.lifts is not None and not self._can_be_lifted(batch.lifts):
            raise ImportFaultError(f"import {batch.number} lifts the pin of {batch.lifts}, which it cannot")
        if (fault := self._seal_fault(batch)) is not None:
            raise ImportFaultError(f"import {batch.number} {fault}")
        while self._pins:
            self._compare(self._pins.popleft())
        if batch.number in self._wrong:
            raise ImportFaultError(f"import {batch.number} confirms a balance of {batch.balance}, which was another")
        self.sightings += len(self._seals) - len(batch.proposals)
        self.proposals += len(batch.proposals)
        self._seals.clear()
        self.number, self.seal = batch.number, batch.seal

    def _seal_fault(self, batch: Batch) -> str | None:
        """What is wrong with the seal of an import, or with the witness that proves it since its key was erased."""
        if (witness := self._witnesses.get(batch.number)) is not None:
            return import_witness_fault(self.seal, batch, self._seals, witness)
        fits = batch.seal == seal_of_batch(self.seal, batch, self._seals)
        return None if fits else "was changed after it was stored: its seal does not match"

    def _proven_proposals(self, batch: Batch) -> list[str]:
        """The seals of what an import saw of proposals, each of them proven."""
        for line, one in enumerate(batch.proposals, 1):
            where = f"import {batch.number}, proposal {line}"
            if one.line != line:
                raise ImportFaultError(f"{where} is missing")
            if one.seal != seal_of_proposal(one):
                raise ImportFaultError(f"{where} was changed after it was stored: its seal does not match")
            if not digest_fits(one):
                raise ImportFaultError(f"{where} was changed after it was stored: its texts do not match their digest")
            if one.number is not None and not 0 < one.number <= self._entries:
                raise ImportFaultError(f"{where} is of entry {one.number}, which does not exist")
        return [one.seal for one in batch.proposals]

    def _can_be_undone(self, batch: Batch, number: int) -> bool:
        """Whether there was such an import by then, of the same kind, which is no undo and was not undone before."""
        before = self._batches[: self.number]
        if not 0 < number <= self.number or number in {one.of for one in before}:
            return False
        undone = before[number - 1]
        return undone.of is None and undone.kind is batch.kind

    def _can_be_lifted(self, number: int) -> bool:
        """Whether there was such an import by then, and it had a balance."""
        return 0 < number <= self.number and self._batches[number - 1].balance is not None
