"""The reference store's cards of proposals."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from core.ledger.flows import unknown_in
from core.ledger.sightings import BatchKind
from core.proposals.card_groups import group_of, grouped
from core.proposals.listing import Tally, fits, traits_of
from core.proposals.ports import Age, Known, NewFacts
from core.proposals.refs import own_ref
from storage.memory.book import Cards

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from core.ledger.model import Entry
    from core.ledger.sightings import Batch
    from core.proposals.card_groups import CardGroup
    from core.proposals.listing import Wanted
    from core.proposals.model import Proposal
    from core.proposals.ports import Cluster, Mark, Renewal, Touched
    from core.proposals.refs import Ref
    from core.shared.ids import WalletId
    from storage.memory.tables import Tables


class MemoryProposals:
    """Implements `core.proposals.ports.ProposalCards`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def _cards(self, wallet: WalletId) -> Cards:
        book = self._tables.books.get(wallet)
        return Cards() if book is None else book.cards

    async def age(self, wallet: WalletId) -> Age:
        if wallet not in self._tables.books:
            return Age(None, 0, 0)
        book = self._tables.books[wallet]
        return Age(self._cards(wallet).mark, len(book.entries), len(book.batches))

    async def new_facts(self, wallet: WalletId, mark: Mark, now: Age) -> NewFacts:
        book = self._tables.books[wallet]
        batches = (batch._replace(sightings=()) for batch in book.batches[mark.imports : now.imports])
        return NewFacts(tuple(book.entries[mark.entries : now.entries]), tuple(batches))

    async def known(self, wallet: WalletId, touched: Touched, mark: Mark, limit: int) -> Known | None:
        found = [one for one in self._cards(wallet).clusters.values() if _is_touched(one, touched)]
        refs = {ref for cluster in found for ref in cluster.refs}
        if len(refs) > limit:
            return None
        book = self._tables.books[wallet]
        numbers = {ref.number for ref in refs if not ref.batch}
        followers = {entry.number for entry in book.referring(numbers)}
        entries = [one for one in book.entries[: mark.entries] if one.number in numbers | followers]
        batches = _concerning(book.batches[: mark.imports], entries, refs)
        clusters = frozenset(cluster.id for cluster in found)
        return Known(clusters, tuple(entries), batches, unknown_in(book.lots.values()))

    async def clusters(self, wallet: WalletId) -> tuple[Cluster, ...]:
        return tuple(self._cards(wallet).clusters.values())

    async def renew(self, wallet: WalletId, renewal: Renewal) -> bool:
        cards = self._cards(wallet)
        if cards.mark != renewal.seen:
            return False
        for cluster in list(cards.clusters) if renewal.gone is None else renewal.gone:
            cards.clusters.pop(cluster, None)
        cards.clusters |= {cluster.id: cluster for cluster in renewal.clusters}
        cards.mark = renewal.now
        return True

    async def page(self, wallet: WalletId, wanted: Wanted, skip: int, limit: int) -> tuple[Proposal, ...]:
        return tuple(card for card in self._cards(wallet).proposals if fits(card, wanted))[skip : skip + limit]

    async def by_ref(self, wallet: WalletId, after: Ref, limit: int) -> tuple[Proposal, ...]:
        cards = sorted((own_ref(card), card) for card in self._cards(wallet).proposals if own_ref(card) > after)
        return tuple(card for _, card in cards[:limit])

    async def tally(self, wallet: WalletId, wanted: Wanted, recent: datetime) -> tuple[Tally, ...]:
        cards = (card for card in self._cards(wallet).proposals if fits(card, wanted))
        counts = Counter((traits_of(card), card.sent >= recent) for card in cards)
        return tuple(Tally(*which, number) for which, number in counts.items())

    async def groups(self, wallet: WalletId, edges: Sequence[datetime]) -> tuple[CardGroup, ...]:
        return grouped(map(group_of, self._cards(wallet).proposals), edges)

    async def named(self, wallet: WalletId, refs: Collection[Ref]) -> Mapping[Ref, Proposal]:
        found: dict[Ref, Proposal] = {}
        for cluster in self._cards(wallet).clusters.values():
            cards = {card.ref: card for card in cluster.proposals}
            found |= {ref: cards[cluster.refs[ref]] for ref in refs if cluster.refs.get(ref)}
        return found


def _is_touched(cluster: Cluster, touched: Touched) -> bool:
    batches = {ref.batch for ref in cluster.refs}
    return not (
        cluster.keys.isdisjoint(touched.keys)
        and touched.refs.isdisjoint(cluster.refs)
        and touched.batches.isdisjoint(batches)
    )


def _concerning(batches: Sequence[Batch], entries: Sequence[Entry], refs: Collection[Ref]) -> tuple[Batch, ...]:
    """The imports that saw these entries, or have these lines, without their other sightings."""
    numbers, lines = {entry.number for entry in entries}, {(ref.batch, ref.number) for ref in refs}
    cut = [
        batch._replace(
            sightings=tuple(row for row in batch.sightings if row.number in numbers),
            proposals=tuple(one for one in batch.proposals if (batch.number, one.line) in lines),
        )
        for batch in batches
    ]
    kept = {one.number for one in cut if one.kind is BatchKind.HISTORY or one.sightings or one.proposals}
    return tuple(one for one in cut if one.number in kept or one.of in kept)
