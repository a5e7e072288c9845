"""Whether boosts brought anything, if the figures show it. It is added to what proposals leave open."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from core.forecast.advice import Boosts
from core.proposals.refreshing import refresh
from core.stats.funnel import sample_of
from core.stats.model import ENOUGH
from core.stats.segments import contrast_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from core.forecast.advice import LooseEnds
    from core.ledger.sightings import Batch
    from core.proposals.card_groups import CardGroup
    from core.proposals.model import Proposal
    from core.proposals.ports import ProposalStore
    from core.proposals.service import Proposals
    from core.shared.ids import WalletId
    from core.stats.model import Contrast

LOOKED_BACK: Final = timedelta(days=90)
"""How old a bid may be to count."""


class LooseEndsWithBoosts:
    """What proposals leave open, with what their boosts brought."""

    def __init__(self, store: ProposalStore, proposals: Proposals) -> None:
        """Read cards from `store`, and the rest from `proposals`."""
        self._store, self._proposals = store, proposals

    async def stale(self, wallet: WalletId, before: datetime, limit: int) -> Sequence[Proposal]:
        """See `Proposals.stale`."""
        return await self._proposals.stale(wallet, before, limit)

    async def loose_ends(self, wallet: WalletId, batches: Sequence[Batch]) -> LooseEnds:
        """See `Proposals.loose_ends`."""
        await refresh(self._store, wallet)
        ends = await self._proposals.loose_ends(wallet, batches)
        settings, now = await self._store.people.settings_of(wallet), self._proposals.clock.now()
        recent = now - timedelta(days=settings.alerts.answer)
        begin = min(now - LOOKED_BACK, recent)
        cards = await self._store.proposals.groups(wallet, (begin, recent + timedelta.resolution))
        found = await asyncio.to_thread(useless_in, cards, recent)
        if found is None:
            return ends
        every = await self._proposals.every(wallet)
        cost = cost_of_boosts(one for one in every if begin <= one.sent <= recent)
        boosts = Boosts(found.boosted.of, found.boosted.hits, cost, fewer=found.significant)
        return ends._replace(boosts=boosts)


def useless_in(cards: Iterable[CardGroup], recent: datetime) -> Contrast | None:
    """Boosted bids beside plain ones; None if the boosts brought something, or if that cannot be told.

    Either boosted bids were answered less often than plain ones, beyond chance, or not one of enough of them was. Only
    those count of which it is known what became. What was sent after `recent` is too young.
    """
    sample = sample_of((card for card in cards if card.heard or card.end is not None), recent)
    contrast = contrast_in(sample)
    fewer = contrast.significant and contrast.difference.high < 0
    none = contrast.boosted.of >= ENOUGH and not contrast.boosted.hits
    return contrast if fewer or none else None


def cost_of_boosts(proposals: Iterable[Proposal]) -> int:
    """What the boosts of proposals cost in Connects, net of what came back."""
    return sum(max(one.net.connects - one.base, 0) for one in proposals if one.boosted)
