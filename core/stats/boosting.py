"""Whether boosts brought anything, where that can be told; and all that proposals leave open, which it is a part of."""

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
    from collections.abc import Sequence
    from datetime import datetime

    from core.forecast.advice import LooseEnds
    from core.ledger.sightings import Batch
    from core.proposals.figures import CardFigures
    from core.proposals.model import Proposal
    from core.proposals.ports import ProposalStore
    from core.proposals.service import Proposals
    from core.shared.ids import WalletId

LOOKED_BACK: Final = timedelta(days=90)
"""The bids of which days are looked at."""


class LooseEndsOfAll:
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
        cards = await self._store.proposals.figures(wallet, (begin, recent + timedelta.resolution))
        found = await asyncio.to_thread(boosts_in, cards, recent)
        return ends._replace(boosts=found)


def boosts_in(cards: Sequence[CardFigures], recent: datetime) -> Boosts | None:
    """What boosts cost that brought nothing; None if they brought something, or if that cannot be told.

    Either boosted bids were answered less often than plain ones, beyond chance, or not one of enough of them was. Only
    those count of which it is known what became. What was sent after `recent` is too young.
    """
    sample = sample_of((card for card in cards if card.heard or card.end is not None), recent)
    contrast = contrast_in(sample)
    fewer = contrast.told and contrast.difference.high < 0
    none = contrast.boosted.of >= ENOUGH and not contrast.boosted.hits
    if not fewer and not none:
        return None
    cost = sum(max(case.card.net.connects - case.card.base, 0) for case in sample.counted if case.card.boosted)
    return Boosts(contrast.boosted.of, contrast.boosted.hits, cost, fewer=fewer)
