"""The statistics' service: all figures of a period, from the cards of proposals and from what moved in the ledger."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from core.proposals.refreshing import refresh
from core.shared.calendar import DAY, EARLIEST, LATEST, beginning, day_in
from core.stats.funnel import NONE, funnel_of, invitations_of, number_of, sample_of
from core.stats.model import Facet, Statistics
from core.stats.months import month_edges, months_of
from core.stats.segments import contrast_in, costly_of, names_of, segments_of, selected

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from core.ledger.flows import Flows
    from core.ledger.rulebook import Rulebook
    from core.proposals.card_groups import CardGroup
    from core.proposals.ports import ProposalStore
    from core.shared.ids import WalletId
    from core.shared.ports import Clock
    from core.stats.funnel import Yardsticks
    from core.stats.model import MonthlyReplies, Selection
    from core.wallets.settings import Settings
    from core.wallets.team import TeamSettings

    Days = tuple[date, date]


class Inputs(NamedTuple):
    """What the figures of a period follow from. What was sent after `recent` is too young to count."""

    days: tuple[date | None, date]
    cards: Sequence[CardGroup]
    recent: datetime
    informed: bool
    flows: Flows


class Stats:
    """How far proposals got, what they cost, and how certain that is.

    Only the reads wait for the store. The counting takes a thread, so that it holds up nobody else.
    """

    def __init__(self, store: ProposalStore, rulebook: Rulebook, clock: Clock) -> None:
        """Read from `store`; `rulebook` has the yardsticks."""
        self._store, self._rulebook, self._clock = store, rulebook, clock

    async def statistics(self, wallet: WalletId, days: Days | None, chosen: Selection) -> Statistics:
        """All figures of a period, from its first day to its last in the wallet's zone (None: of all time)."""
        settings = await self._store.people.settings_of(wallet)
        (since, before), recent = self._span(days, settings.zone), self._recent(settings)
        young = min(max(since, recent + timedelta.resolution), before)
        every = await self._cards(wallet, (EARLIEST, since, young, before, LATEST), settings.team)
        cards = [card for card in every if since <= card.sent < before]
        informed = any(card.heard for card in every)
        (flows,) = await self._store.ledger.flows(wallet, (since, before))
        first, last = days or (None, self._today(settings.zone))
        found = Inputs((first, last), cards, recent, informed, flows)
        return await asyncio.to_thread(
            statistics_of, found, chosen, settings.alerts.answer, self._rulebook.yardsticks if informed else NONE
        )

    async def months(self, wallet: WalletId, days: Days | None, chosen: Selection) -> tuple[MonthlyReplies, ...]:
        """What a reply cost in each month of a period, by when the proposals were sent."""
        settings = await self._store.people.settings_of(wallet)
        edges = month_edges(*self._span(days, settings.zone), settings.zone)
        cards = selected(await self._cards(wallet, edges, settings.team), chosen)
        return await asyncio.to_thread(months_of, cards, self._recent(settings), settings.zone)

    async def _cards(self, wallet: WalletId, edges: Sequence[datetime], team: TeamSettings) -> Sequence[CardGroup]:
        """The cards, each of whoever is now the person who sent it."""
        await refresh(self._store, wallet)
        found = await self._store.proposals.groups(wallet, edges)
        return [card._replace(by=team.now(card.by)) for card in found] if team.same else found

    def _span(self, days: Days | None, zone: str) -> tuple[datetime, datetime]:
        """When a period begins and ends."""
        if days is None:
            return EARLIEST, beginning(self._today(zone) + DAY, zone)
        first, last = days
        return beginning(first, zone), beginning(last + DAY, zone)

    def _today(self, zone: str) -> date:
        return day_in(zone, self._clock.now())

    def _recent(self, settings: Settings) -> datetime:
        return self._clock.now() - timedelta(days=settings.alerts.answer)


def statistics_of(found: Inputs, chosen: Selection, answer: int, yardsticks: Yardsticks) -> Statistics:
    """The figures of what was chosen of the cards of a period."""
    cards = selected(found.cards, chosen)
    sample = sample_of(cards, found.recent)
    first, last = found.days
    facets = tuple(Facet) if chosen.facet is None else (chosen.facet,)
    return Statistics(
        first=first,
        last=last,
        selection=chosen,
        answer=answer,
        informed=found.informed,
        flows=found.flows,
        every=number_of(found.cards),
        funnel=funnel_of(sample, yardsticks),
        invitations=invitations_of(cards),
        segments=() if chosen.facet is None else segments_of(sample, chosen.facet, yardsticks),
        costly=costly_of(sample, facets) if found.informed else (),
        boost=contrast_in(sample),
        names=names_of(found.cards),
    )
