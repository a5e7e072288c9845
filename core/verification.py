"""Verification: walk the whole journal, derive every projection again, and name the first thing that is wrong."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from core.journal_reader import EntryRow, Grant, JournalReader, JournalSnapshot, LinkTrace, Totals
from core.ledger.budget import after
from core.ledger.change_keys import continues
from core.ledger.erased.witness import ENTRY, IMPORT, ORDER, flaw_in_erasures, latest, ranked, witness_fault
from core.ledger.limits import read_tally_key, recounted
from core.ledger.model import (
    REPRICES,
    Budget,
    Entry,
    Kind,
    Lot,
    Snapshot,
    holding_of,
    issued_at,
    issues,
    source_of,
)
from core.ledger.past.facts import issue_moment
from core.ledger.past.import_walk import ImportFaultError, ImportWalk
from core.ledger.past.issuing import SOONER
from core.ledger.past.proof import flaw_in_past
from core.ledger.ports import Record
from core.ledger.proof.once_keys import OnceKeyWalk
from core.ledger.seal import erased, seal_fault
from core.ledger.sightings import LISTS, MOVED, standing
from core.shared.ids import PersonId, WalletId
from core.shared.refusals import Outage, UnavailableError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import datetime

    from core.ledger.erased.witness import Witness
    from core.ledger.model import Posting
    from core.ledger.sightings import Batch, Sighting
    from core.shared.money import Price


@dataclass(frozen=True, slots=True)
class Verdict:
    """The rows that were walked, and the first fault in words (None: every Connect is accounted for).

    `fingerprint` is a hash over all entries of all wallets, and over all links (empty if there is a fault). Books that
    were truncated, or rewritten together with all their seals, are consistent in themselves; only comparing with an
    earlier fingerprint reveals that. `erasures` counts how often somebody was forgotten, and `erased` is the seal of
    the last time. The fingerprint does not change by that, so these two are to be compared as well.
    """

    wallets: int
    entries: int
    postings: int
    connects: int
    fault: str | None = None
    fingerprint: str = ""
    links: int = 0
    erasures: int = 0
    erased: str = ""


UNREADABLE: Final = (ArithmeticError, AttributeError, TypeError, ValueError)
"""The exceptions raised for a stored word or figure that cannot be decoded."""


COUNTED: Final = (
    "wallets", "entries", "postings", "lots", "once_keys", "imports", "sightings", "proposal_sightings",
    "witnesses",
)  # fmt: skip


class FaultError(Exception):
    """Something in the stored books is wrong; the text says what and where."""


class _Walk:
    """One wallet, derived again from its journal."""

    def __init__(
        self, head: Snapshot, owner: PersonId | None, batches: Sequence[Batch], witnesses: Sequence[Witness] = ()
    ) -> None:
        self.head, self.owner = head, owner
        self.witnesses, self.ranks = latest(witnesses, ENTRY), latest(witnesses, ORDER)
        self.imports = ImportWalk(batches, latest(witnesses, IMPORT))
        self.lists = standing(tuple(batches), *LISTS)
        self.listed: dict[int, list[Sighting]] = {batch.number: [] for batch in self.lists}
        self.stored = {lot.number: lot for lot in head.lots}
        self.lots: dict[int, Lot] = {}
        self.number = self.first = self.balance = self.postings = 0
        self.seal = ""
        self.last: Entry | None = None
        self.once_keys = OnceKeyWalk(head, owner, batches)
        self.given: Counter[str] = Counter()
        self.grants: list[Grant] = []
        self.traces = [LinkTrace(head.wallet, one.number, closing=False) for one in batches if _lists_facts(one)]
        self.entries: list[Entry] = []
        self.budget = None if head.budget is None else Budget(head.budget.limit, head.budget.zone)

    def step(self, row: EntryRow) -> None:
        entry = _entry(row)
        if entry.number != self.number + 1:
            raise FaultError(f"entry {self.number + 1} is missing: entry {self.number} is followed by {entry.number}")
        if self.last is not None and entry.at < self.last.at:
            raise FaultError(f"entry {entry.number} is dated before entry {self.last.number}")
        if entry.of is not None and not 0 < entry.of < entry.number:
            raise FaultError(f"entry {entry.number} refers to entry {entry.of}, which does not precede it")
        same_change = self.last is not None and continues(self.last.key, entry.key)
        first = self.first if same_change else entry.number
        if row.first != first:
            raise FaultError(
                f"entry {entry.number} is stored as written together with entries from {row.first} on, but the journal"
                f" gives {first}"
            )
        new_lots = tuple(self._move(entry))
        self.balance += entry.delta
        if entry.balance != self.balance:
            raise FaultError(f"entry {entry.number} has balance {entry.balance}, but the journal gives {self.balance}")
        witness = self.witnesses.get(entry.number)
        if (
            fault := seal_fault(self.seal, entry, new_lots)
            if witness is None
            else witness_fault(self.seal, entry, new_lots, witness)
        ) is not None:
            raise FaultError(f"entry {entry.number} {fault}")
        self.once_keys.step(entry, erased=erased(entry) or (witness is not None and not entry.memo))
        self.budget = None if self.budget is None else after(self.budget, (entry,))
        self.number, self.first, self.seal, self.last = entry.number, first, entry.seal, entry
        self.entries.append(entry)
        if entry.kind is Kind.ADJUSTMENT and entry.counterpart.startswith(MOVED):
            self.traces.append(LinkTrace(entry.wallet, entry.number, closing=True))
        self.imports.book(entry)
        self.postings += len(entry.postings)

    def _move(self, entry: Entry) -> Iterator[Lot]:
        """Apply the entry's postings to the lots; yields the lots that it issues."""
        home = holding_of(entry.wallet)
        origin: int | None = None
        for leg, beyond in entry.moves:
            if leg.account != home or beyond.account == home or beyond.connects != -leg.connects:
                raise FaultError(f"entry {entry.number} has postings that are not in pairs")
            if leg.lot not in self.lots:
                price = issued_at(source_of(beyond.account), leg.price)
                if origin and entry.kind in REPRICES:
                    issued = self.lots[origin].issued
                    moments = {issued, issued - SOONER} if entry.kind is Kind.AMENDMENT else {issued}
                else:
                    moments = _moments_of_issue(entry, leg, beyond)
                yield self._new_lot(entry, leg.lot, price, moments)
            try:
                lot = self.lots[leg.lot].moved(leg.connects, leg.price, issue=issues(beyond.account))
            except ValueError as error:
                raise FaultError(f"entry {entry.number}: {error}") from error
            self.lots[leg.lot], origin = lot, leg.lot
            if beyond.account.startswith("promotion:"):  # what a link took over came out of its supply before
                self.given[beyond.account] += leg.connects
                self.grants.append(Grant(beyond.account, entry.by, entry.wallet, entry.number, leg.connects))

    def _new_lot(self, entry: Entry, number: int, price: Price | None, moments: Collection[datetime]) -> Lot:
        """The lot as it is before its first Connects: source and expiry are taken from the stored row.

        It was issued at one of these `moments`. A lot that a valuation or an amendment makes is as old as the one that
        it came out of, or an instant older.
        """
        stored = self.stored.get(number)
        if stored is None:
            raise FaultError(f"lot {number} of entry {entry.number} is missing")
        if stored.issued not in moments:
            gives = f"but entry {entry.number} issued it at {min(moments)}"
            raise FaultError(f"lot {number} is stored as issued at {stored.issued}, {gives}")
        nothing = None if price is None else price.none
        lot = self.lots[number] = stored._replace(size=0, left=0, price=nothing, worth=nothing)
        return lot

    def finish(self) -> None:
        """Compare what the journal gives with the stored projections."""
        head = self.head
        for name, stored, derived in (
            ("entries", head.entries, self.number),
            ("balance", head.balance, self.balance),
            ("seal", head.seal, self.seal),
            ("date", head.at, self.last.at if self.last else None),
            ("number of lots", head.lots_made, len(self.lots)),
            ("budget", head.budget, self.budget),
        ):
            if stored != derived:
                raise FaultError(f"its {name} is stored as {stored}, but the journal gives {derived}")
        self._compare_limits()
        for number in sorted({*self.stored, *self.lots}):
            if (lot := self.stored.get(number)) != (expected := self.lots.get(number)):
                raise FaultError(f"lot {number} is stored as {lot}, but the journal gives {expected}")
        if not self.lists:
            self._prove_past(())
        if beyond := [number for number in self.witnesses if not 0 < number <= self.number]:
            raise FaultError(f"entry {beyond[0]} has a witness, but does not exist")
        if (fault := self.once_keys.fault()) is not None:
            raise FaultError(fault)

    def see(self, number: int, sighting: Sighting) -> None:
        """Prove the next sighting, which is of the import with this number."""
        self.imports.step(number, sighting)
        if number in self.listed:
            self.listed[number].append(sighting)

    def finish_imports(self) -> None:
        """Prove the imports that are left; then the past of linked books, for which their lists count."""
        self.imports.finish()
        if self.lists:
            self._prove_past(tuple(one._replace(sightings=tuple(self.listed[one.number])) for one in self.lists))

    def _prove_past(self, lists: tuple[Batch, ...]) -> None:
        head, entries = self.head, tuple(self.entries)
        if head.at is None:
            return
        flaw = flaw_in_past(Record(head, entries, lists), head.at)
        if flaw is not None and self.ranks:  # it was written while there were memos, by which facts of a day count
            flaw = flaw_in_past(Record(head, ranked(entries, self.ranks), lists), head.at)
        if flaw is not None:
            raise FaultError(flaw)

    def _compare_limits(self) -> None:
        """Compare what is stored as spent of each limit with what the journal gives."""
        limits = self.head.limits
        derived = recounted(limits, self.head.at, self.entries)
        if limits is None or derived is None:
            return
        for counted in sorted({*limits.spent, *derived.spent}):
            stored, expected = limits.spent.get(counted, 0), derived.spent.get(counted, 0)
            if stored != expected:
                limit, person = read_tally_key(counted)
                of = f"limit {limit}" if person is None else f"limit {limit} by person {person}"
                raise FaultError(f"what was spent of {of} is stored as {stored}, but the journal gives {expected}")


def _lists_facts(batch: Batch) -> bool:
    """Whether a link left this import, as the list of what it took over."""
    return batch.kind in LISTS and batch.of is None


def _moments_of_issue(entry: Entry, leg: Posting, beyond: Posting) -> set[datetime]:
    """When a lot may be issued; by an entry that was booked later on its day, or at its moment if that is known."""
    if entry.happened is None:
        return {entry.at}
    return {entry.when, issue_moment(entry.when, beyond.account, leg.connects, leg.price)}


def _entry(row: EntryRow) -> Entry:
    fields = row._asdict()
    del fields["first"]
    try:
        return Entry(
            **fields
            | {
                "wallet": WalletId(row.wallet),
                "kind": Kind(row.kind),
                "by": None if row.by is None else PersonId(row.by),
            }
        )
    except ValueError as error:
        raise FaultError(f"entry {row.number} is not valid: {error}") from error


async def verify(store: JournalReader) -> Verdict:
    """Walk everything; the verdict's `fault` names the first thing that is wrong, and where."""
    tally = _Tally()
    try:
        await tally.take(store)
    except FaultError as fault:
        return tally.verdict(str(fault))
    except UNREADABLE as error:
        return tally.verdict(f"after {tally.wallets} wallets, a row cannot be read: {error}")
    except UnavailableError as error:
        if error.why is not Outage.BROKEN:
            raise
        return tally.verdict(f"after {tally.wallets} wallets, the database cannot be read: it is damaged")
    return tally.verdict()


class _Tally:
    """What has been walked so far."""

    def __init__(self) -> None:
        self.wallets = self.entries = self.postings = self.connects = self.lots = self.once_keys = 0
        self.imports = self.sightings = self.proposal_sightings = self.erasures = 0
        self.erased = ""
        self._witnesses: list[Witness] = []
        self.given: Counter[str] = Counter()
        self.grants: list[Grant] = []
        self.links = 0
        self.traces: list[LinkTrace] = []
        self._seals = hashlib.blake2b(digest_size=16)

    async def take(self, store: JournalReader) -> None:
        """Walk every wallet, then check for rows that belong to none, the promotions, and the database itself."""
        totals = await store.totals()
        async for snapshot in store.snapshots():
            walk = await _walk(snapshot)
            if (flaw := await store.flaw_in_proposals(snapshot.head, walk.entries)) is not None:
                raise FaultError(f"wallet {snapshot.head.wallet}: {flaw}")
            self.wallets, self.entries = self.wallets + 1, self.entries + walk.number
            self.postings, self.connects = self.postings + walk.postings, self.connects + walk.balance
            self.lots, self.once_keys = self.lots + len(walk.lots), self.once_keys + len(snapshot.head.once_keys)
            self.given.update(walk.given)
            self.grants += walk.grants
            self.traces += walk.traces
            self.imports, self.sightings = self.imports + walk.imports.number, self.sightings + walk.imports.sightings
            self.proposal_sightings += walk.imports.proposals
            self._witnesses += snapshot.witnesses
            self._seals.update(f"{snapshot.head.wallet}:{walk.seal}{walk.imports.seal};".encode())
        erasures = await store.erasures()
        if erasures:
            self.erasures, self.erased = erasures[-1].number, erasures[-1].seal
        fault = self._strays(totals) or flaw_in_erasures(erasures, self._witnesses)
        fault = fault or await store.flaw_in_promotions(self.grants)
        fault = fault or await store.flaw_in_links(self.traces) or await store.flaw()
        if fault is not None:
            raise FaultError(fault)
        seals = await store.link_seals()
        self.links = len(seals)
        self._seals.update("".join(seals).encode())

    def verdict(self, fault: str | None = None) -> Verdict:
        fingerprint = self._seals.hexdigest() if fault is None else ""
        counts = self.wallets, self.entries, self.postings, self.connects
        return Verdict(*counts, fault, fingerprint, self.links, self.erasures, self.erased)

    @property
    def witnesses(self) -> int:
        """How many witnesses belong to wallets."""
        return len(self._witnesses)

    def _strays(self, totals: Totals) -> str | None:
        """What only shows across wallets: duplicate keys, wrong totals of promotions, and rows without a wallet."""
        if totals.doubled_key is not None:
            return f"the key {totals.doubled_key} is used more than once"
        if dict(totals.given) != {account: number for account, number in self.given.items() if number}:
            return (
                f"promotions are stored as having given {dict(totals.given)}, but the journal gives {dict(self.given)}"
            )
        for name in COUNTED:
            stored, count = getattr(totals, name), getattr(self, name)
            if stored != count:
                return f"{stored} {name.replace('_', '-')} are stored, but {count} belong to a wallet"
        return None


async def _walk(snapshot: JournalSnapshot) -> _Walk:
    walk = _Walk(snapshot.head, snapshot.owner, snapshot.batches, snapshot.witnesses)
    try:
        async for row in snapshot.entries:
            walk.step(row)
        walk.finish()
        async for batch, sighting in snapshot.sightings:
            walk.see(batch, sighting)
        walk.finish_imports()
    except (FaultError, ImportFaultError) as fault:
        raise FaultError(f"wallet {snapshot.head.wallet}: {fault}") from fault
    return walk
