"""What the weekly digest advises, and what is left of that if it is sent late."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from core.alerts.types.digest import refresh_digest
from core.delivery.notice import Notice
from core.forecast.advice import NoticeFacts, Topic, advice_in
from core.ledger.model import Lot, Purpose, Snapshot, Source
from core.ledger.sightings import ProposalSighting, ProposalState
from core.proposals.service import Proposals
from core.shared.ids import WalletId
from tests.core.freelancer import booked, dollars

if TYPE_CHECKING:
    from core.forecast.advice import Advice
    from tests.core.dawn import Dawn

MADE = datetime(2026, 1, 12, 9, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FACTS: NoticeFacts = {"from": "2026-01-05", "connects": 54, "soon": 20, "first": "2026-01-20T09:00:00+00:00"}
USE: NoticeFacts = {
    "next-topic": "use",
    "next-sure": "likely",
    "next-stake": 9,
    "next-connects": 9,
    "next-day": "2026-01-20",
}
NEWS: NoticeFacts = {"next-topic": "news", "next-sure": "certain", "next-stake": 9, "next-proposals": 2}


def late(advice: NoticeFacts, after: timedelta, booked: timedelta | None = None) -> NoticeFacts:
    """The facts of a digest so long after it was made. `booked` is when after that something was booked."""
    lot = Lot(1, Source.PURCHASE, MADE - DAY, MADE + 300 * DAY, 60, 40)
    wallet = Snapshot(WalletId(1), lots=(lot,), at=MADE - DAY if booked is None else MADE + booked)
    return dict(refresh_digest(Notice("digest", "digest", {**FACTS, **advice}), MADE, wallet, MADE + after).facts)


class TestDelayed:
    def test_it_has_the_present_state(self) -> None:
        assert late({}, DAY) == {"from": "2026-01-05", "connects": 40}

    def test_it_advises_only_what_nobody_can_have_done_since(self) -> None:
        assert late(USE, 5 * HOUR).items() >= USE.items()
        assert "next-topic" not in late(USE, 5 * HOUR, booked=HOUR)
        assert "next-topic" not in late(USE, DAY)
        assert "next-topic" not in late({"next-topic": ""}, DAY)

    def test_what_may_be_done_without_an_entry_is_advised_for_an_hour(self) -> None:
        assert late(NEWS, HOUR / 2).items() >= NEWS.items()
        assert "next-topic" not in late(NEWS, HOUR)


class TestAdvice:
    """Played through the books, by the clock of the tests. It starts at nine on Saturday, January 10."""

    @pytest.fixture(autouse=True)
    async def _quiet(self, dawn: Dawn) -> None:
        booked(await dawn.ann.buy(400, dollars(6000)))

    async def monday(self, dawn: Dawn) -> Advice | None:
        """What the digest advises on the next Monday."""
        while True:
            dawn.clock.pass_(days=1)
            for notice in await dawn.review():
                if notice.code == "digest":
                    return advice_in(notice.facts)

    async def test_bids_of_which_nobody_has_news_are_named_with_their_connects(self, dawn: Dawn) -> None:
        for title in ("Logo", "Web", "App"):
            booked(await dawn.ann.spend(8, title))
        assert await self.monday(dawn) is None
        dawn.clock.pass_(days=14)
        booked(await dawn.ann.spend(1, purpose=Purpose.BADGE))
        proposals = Proposals(dawn.books.store, dawn.books.rulebook, dawn.clock)
        await proposals.tell(dawn.ann.new_request, ProposalSighting(1, ProposalState.REPLIED, number=3))
        found = await self.monday(dawn)
        assert found is not None
        assert (found.topic, found.connects, found.facts) == (Topic.NEWS, 16, {"proposals": 2})

    async def test_a_budget_that_will_be_passed_is_named(self, dawn: Dawn) -> None:
        await dawn.change_settings(budget=60)
        booked(await dawn.ann.spend(28, "Logo"))
        dawn.clock.pass_(days=7)
        booked(await dawn.ann.spend(8, "Web"))
        found = await self.monday(dawn)
        assert found is not None
        assert (found.topic, found.facts["limit"]) == (Topic.BUDGET, 60)

    async def test_what_is_switched_off_is_not(self, dawn: Dawn) -> None:
        await dawn.change_settings(stale=False)
        booked(await dawn.ann.spend(8, "Logo"))
        dawn.clock.pass_(days=15)
        booked(await dawn.ann.spend(1, purpose=Purpose.BADGE))
        assert await self.monday(dawn) is None
