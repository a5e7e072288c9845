"""Brings a wallet's cards up to date: only the clusters that news touches are derived again, or all of them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from core.ledger.sightings import BatchKind
from core.proposals.clusters import clustered, touched_by
from core.proposals.deriving import Facts, derive
from core.proposals.ports import Renewal
from core.shared.garbage import young_garbage_only
from core.shared.money import CostState

if TYPE_CHECKING:
    from core.ledger.model import Entry, Lot
    from core.ledger.ports import Record
    from core.proposals.clusters import Cluster
    from core.proposals.ports import Age, Known, Mark, News, ProposalStore
    from core.shared.ids import WalletId

MOST_NEWS: Final = 200
"""After more new entries or imports than this, all is derived."""
MOST_TOUCHED: Final = 1000
"""If more entries and lines are touched than this, all is derived."""
FEW: Final = 50
"""So few are derived at once, without another thread."""


async def refresh(store: ProposalStore, wallet: WalletId) -> None:
    """Bring the cards up to date. Two who do so at once do no harm: the second finds that it was done."""
    while not (age := await store.proposals.age(wallet)).current:
        if not await _refresh_touched(store, wallet, age):
            await _refresh_all(store, wallet, age)


async def _refresh_touched(store: ProposalStore, wallet: WalletId, age: Age) -> bool:
    """Derive again what was touched; False if all is to be derived."""
    mark = age.mark
    if mark is None or mark.version != age.now.version or not _few(age, mark):
        return False
    news = await store.proposals.news(wallet, mark, age)
    if any(batch.kind is BatchKind.HISTORY for batch in news.batches):
        return False
    touched = touched_by(news.entries, news.batches)
    known = await store.proposals.known(wallet, touched, mark, MOST_TOUCHED)
    if known is None:
        return False
    facts = _with_news(known, news)
    clusters = _clusters(facts) if len(facts.entries) <= FEW else await asyncio.to_thread(_clusters, facts)
    await store.proposals.renew(wallet, Renewal(mark, age.now, known.clusters, clusters))
    return True


def _few(age: Age, mark: Mark) -> bool:
    """Whether little was booked since. Books with less than the cards know of were put back to an earlier state."""
    return 0 <= age.entries - mark.entries <= MOST_NEWS and 0 <= age.imports - mark.imports <= MOST_NEWS


def _with_news(known: Known, news: News) -> Facts:
    """All facts of what is touched. An entry that refers to one that is none of them concerns no proposal."""
    entries = {entry.number: entry for entry in (*known.facts.entries, *news.entries)}
    there: dict[int, Entry] = {}
    for number in sorted(entries):
        if (of := entries[number].of) is None or of in there:
            there[number] = entries[number]
    batches = {batch.number: batch for batch in (*news.batches, *known.facts.batches)}
    return Facts(tuple(there.values()), tuple(batches[number] for number in sorted(batches)), known.facts.unknown_lots)


async def _refresh_all(store: ProposalStore, wallet: WalletId, age: Age) -> None:
    with young_garbage_only():
        record = await store.ledger.record(wallet)
        clusters = await asyncio.to_thread(_clusters, facts_of(record))
    then = age._replace(entries=record.head.entries, imports=len(record.batches))
    await store.proposals.renew(wallet, Renewal(age.mark, then.now, None, clusters))


def facts_of(record: Record) -> Facts:
    """All facts of a wallet."""
    return Facts(record.entries, record.batches, unknown_in(record.head.lots))


def unknown_in(lots: tuple[Lot, ...]) -> frozenset[int]:
    """The lots of which nobody has said what they cost."""
    return frozenset(lot.number for lot in lots if lot.cost_state is CostState.UNKNOWN)


def _clusters(facts: Facts) -> tuple[Cluster, ...]:
    return clustered(facts, derive(facts))
