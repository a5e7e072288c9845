"""What proposals leave open: closed jobs that have not given back, and bids of which nobody has news."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from core.forecast.advice import LooseEnds
from core.ledger.sightings import ProposalSighting, ProposalState
from core.proposals.findings import news_is_old
from core.proposals.service import Proposals
from tests.imports.conftest import ann
from tests.imports.keeper import APPLIED, page, row
from tests.proposals.test_refunds import seen, shown

if TYPE_CHECKING:
    from tests.imports.keeper import Keeper

__all__ = ["ann"]


async def ends(ann: Keeper) -> LooseEnds:
    proposals = Proposals(ann.store, ann.books.rulebook, ann.clock)
    return await proposals.loose_ends(ann.wallet, await ann.imports.batches(ann.wallet))


async def test_a_closed_job_that_owes_is_counted_and_a_bid_without_news_after_the_days_of_an_answer(
    ann: Keeper,
) -> None:
    await ann.take(page(row(6, APPLIED, -16, "Logo"), row(5, APPLIED, -8, "Ad")))
    assert await ends(ann) == LooseEnds()
    proposals = Proposals(ann.store, ann.books.rulebook, ann.clock)
    logo = ProposalSighting(1, ProposalState.CLOSED, title="Logo")
    await proposals.tell(ann.request, logo, date(2026, 1, 9))
    assert await ends(ann) == LooseEnds(1, 16)
    ann.clock.pass_(days=10)
    assert await ends(ann) == LooseEnds(1, 16, 1, 8)
    ann.clock.pass_(days=60)
    assert await ends(ann) == LooseEnds(1, 16)


def test_my_proposals_is_news_for_two_weeks() -> None:
    now = shown(20).at
    assert news_is_old([], now)
    assert not news_is_old([shown(7, seen(ProposalState.SENT, "Logo"))], now)
    assert news_is_old([shown(6, seen(ProposalState.SENT, "Logo"))], now)
