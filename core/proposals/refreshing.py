"""Brings a wallet's cards up to date: only the clusters that new facts touch are derived again, or all of them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from core.ledger.flows import unknown_in
from core.ledger.sightings import BatchKind
from core.proposals.ports import Renewal
from core.shared.garbage import young_garbage_only

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.ledger.model import Entry
    from core.ledger.ports import Record
    from core.proposals.deriving import Facts
    from core.proposals.ports import Age, Cluster, Known, Mark, NewFacts, ProposalStore, Touched
    from core.shared.ids import WalletId

MOST_NEW: Final = 200
"""After more new entries or imports than this, all is derived."""
MOST_TOUCHED: Final = 1000
"""If more entries and lines are touched than this, all is derived."""
FEW: Final = 50
"""So few are derived at once, without another thread."""


async def refresh(store: ProposalStore, wallet: WalletId) -> None:
    """Bring the cards up to date with what was booked before this is called.

    Several who do so at once do no harm: the others find that one has done it.
    """
    while not (age := await store.proposals.age(wallet)).current:
        renewal = await _by_new_facts(store, wallet, age) or await _of_all(store, wallet, age)
        if await store.proposals.renew(wallet, renewal):
            return


async def _by_new_facts(store: ProposalStore, wallet: WalletId, age: Age) -> Renewal | None:
    """Derive again what was touched (None: that may be nearly everything)."""
    mark = age.mark
    if mark is None or mark.version != age.now.version or not _few(age, mark):
        return None
    new = await store.proposals.new_facts(wallet, mark, age)
    if any(batch.kind is BatchKind.HISTORY for batch in new.batches):
        return None
    known = await store.proposals.known(wallet, _touched_by(new), mark, MOST_TOUCHED)
    if known is None:
        return None
    facts = _with_new_facts(known, new)
    clusters = _clusters(facts) if len(facts.entries) <= FEW else await asyncio.to_thread(_clusters, facts)
    return Renewal(mark, age.now, known.clusters, clusters)


def _touched_by(new: NewFacts) -> Touched:
    from core.proposals.clusters import touched_by  # most starts of a bot see no proposal

    return touched_by(new.entries, new.batches)


def _few(age: Age, mark: Mark) -> bool:
    """Whether little was booked since. Books with less than the cards know of were put back to an earlier state."""
    return 0 <= age.entries - mark.entries <= MOST_NEW and 0 <= age.imports - mark.imports <= MOST_NEW


def _with_new_facts(known: Known, new: NewFacts) -> Facts:
    """All facts of what is touched. An entry that refers to one that is none of them concerns no proposal."""
    from core.proposals.deriving import Facts

    entries = {entry.number: entry for entry in (*known.entries, *new.entries)}
    there: dict[int, Entry] = {}
    for number in sorted(entries):
        if (of := entries[number].of) is None or of in there:
            there[number] = entries[number]
    batches = {batch.number: batch for batch in (*new.batches, *known.batches)}
    return Facts(tuple(there.values()), tuple(batches[number] for number in sorted(batches)), known.unknown_lots)


async def _of_all(store: ProposalStore, wallet: WalletId, age: Age) -> Renewal:
    """Derive all cards, beside everything else. What is stored in the same way already is not stored again."""
    with young_garbage_only():
        record = await store.ledger.record(wallet)
        usable = age.mark is not None and age.mark.version == age.now.version
        stored = await store.proposals.clusters(wallet) if usable else ()
        changed, gone = await asyncio.to_thread(_changed, record, stored)
    now = age._replace(entries=record.head.entries, imports=len(record.batches)).now
    return Renewal(age.mark, now, gone if usable else None, changed)


def _changed(record: Record, stored: Sequence[Cluster]) -> tuple[tuple[Cluster, ...], frozenset[int]]:
    """The clusters that are not stored like this, and the ids of the stored ones that are no longer right."""
    known, derived = {cluster.id: cluster for cluster in stored}, _clusters(facts_of(record))
    changed = tuple(cluster for cluster in derived if known.get(cluster.id) != cluster)
    right = {cluster.id for cluster in derived} - {cluster.id for cluster in changed}
    return changed, frozenset(known.keys() - right)


def facts_of(record: Record) -> Facts:
    """All facts of a wallet."""
    from core.proposals.deriving import Facts

    return Facts(record.entries, record.batches, unknown_in(record.head.lots))


def _clusters(facts: Facts) -> tuple[Cluster, ...]:
    from core.proposals.clusters import clustered
    from core.proposals.deriving import derive

    return clustered(facts, derive(facts))
