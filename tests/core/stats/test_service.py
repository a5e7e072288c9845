"""All figures of a period, from the books and the pages of a wallet."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from core.ledger.model import Purpose
from core.ledger.sightings import ProposalSighting, ProposalState
from core.proposals.service import Proposals
from core.stats.model import Facet, Invitations, Rate, Selection, Step
from core.stats.service import Stats
from tests.imports.conftest import ann
from tests.imports.keeper import APPLIED, BOOST, day, page, row

if TYPE_CHECKING:
    from core.stats.model import Statistics
    from tests.imports.keeper import Keeper

__all__ = ["ann"]
S = ProposalState
JANUARY = (date(2026, 1, 1), date(2026, 1, 31))


@pytest.fixture
def proposals(ann: Keeper) -> Proposals:
    return Proposals(ann.store, ann.books.rulebook, ann.clock)


def stats(ann: Keeper) -> Stats:
    return Stats(ann.store, ann.books.rulebook, ann.clock)


async def figures(ann: Keeper, chosen: Selection | None = None, days: tuple[date, date] | None = JANUARY) -> Statistics:
    return await stats(ann).statistics(ann.wallet, days, chosen or Selection())


async def test_the_figures_of_a_month(ann: Keeper, proposals: Proposals) -> None:
    logo = row(5, BOOST, -20, "Logo"), row(5, APPLIED, -16, "Logo")
    await ann.take(page(row(12, APPLIED, -4, "Icons"), row(6, APPLIED, -8, "Site"), *logo))
    ann.clock.at = ann.clock.at.replace(day=22)
    (bid,) = await proposals.titled(ann.wallet, "Logo")
    await proposals.tell(ann.request, ProposalSighting(1, S.REPLIED, number=bid.entries[0]))
    await proposals.tell(ann.request, ProposalSighting(1, S.INVITED, title="Poster", job="~022010000000000000001"))
    found = await figures(ann, Selection(facet=Facet.BOOST))
    assert (found.informed, found.every, found.funnel.proposals, found.funnel.waiting) == (True, 4, 2, 1)
    assert found.funnel.at(Step.REPLY).rate == Rate(1, 2)
    assert (found.funnel.expense.connects, found.funnel.unreported) == (44, 1)
    assert found.invitations == Invitations(1, 0, 0, 0)
    assert found.flows.spent == {Purpose.PROPOSAL: 28, Purpose.BOOST: 20}
    assert [(one.name, one.funnel.proposals) for one in found.segments] == [("boosted", 1), ("plain", 1)]
    assert [one.name for one in found.costly] == ["boosted", "plain"]
    assert (found.boost.boosted, found.boost.plain) == (Rate(1, 1), Rate(0, 1))


async def test_tags_part_the_figures(ann: Keeper, proposals: Proposals) -> None:
    await ann.take(page(row(1, APPLIED, -16, "Logo"), row(1, APPLIED, -8, "Site")))
    ann.clock.at = ann.clock.at.replace(day=30)
    (bid,) = await proposals.titled(ann.wallet, "Logo")
    await proposals.tell(ann.request, ProposalSighting(1, S.HIRED, number=bid.entries[0], tags=("design",)))
    found = await figures(ann, Selection(tag="Design"))
    assert (found.funnel.proposals, found.names.tags, found.every) == (1, ("design",), 2)
    assert found.funnel.at(Step.HIRE).rate.hits == 0
    assert not found.informed  # tags say nothing of what became of it


async def test_what_nobody_has_said_is_known_of_any_proposal_ever(ann: Keeper, proposals: Proposals) -> None:
    await ann.take(page(row(5, APPLIED, -8, "Site"), row(1, APPLIED, -16, "Logo")))
    ann.clock.at = ann.clock.at.replace(day=30)
    later = (date(2026, 1, 3), date(2026, 1, 31))
    assert not (await figures(ann, days=later)).informed
    (bid,) = await proposals.titled(ann.wallet, "Logo")
    await proposals.tell(ann.request, ProposalSighting(1, S.VIEWED, number=bid.entries[0]))
    found = await figures(ann, days=later)
    assert (found.informed, found.funnel.proposals, found.funnel.unreported) == (True, 1, 1)


async def test_what_was_said_of_a_later_proposal_counts_as_well(ann: Keeper, proposals: Proposals) -> None:
    await ann.take(page(row(5, APPLIED, -8, "Site"), row(1, APPLIED, -16, "Logo")))
    ann.clock.at = ann.clock.at.replace(day=30)
    (bid,) = await proposals.titled(ann.wallet, "Site")
    await proposals.tell(ann.request, ProposalSighting(1, S.VIEWED, number=bid.entries[0]))
    found = await figures(ann, days=(date(2026, 1, 1), date(2026, 1, 2)))
    assert (found.informed, found.every, found.funnel.unreported) == (True, 1, 1)


async def test_both_ends_of_a_period_belong_to_it(ann: Keeper) -> None:
    await ann.take(page(*(row(on, APPLIED, -2, f"Job {on}") for on in (12, 7, 6, 5))))
    assert (await figures(ann, days=(date(2026, 1, 6), date(2026, 1, 7)))).every == 2
    assert (await figures(ann, days=(date(2026, 1, 6), date(2026, 1, 7)))).flows.spent == {Purpose.PROPOSAL: 4}
    assert (await figures(ann, days=None)).every == 4


async def test_rates_stand_beside_yardsticks_if_anything_is_known(ann: Keeper, proposals: Proposals) -> None:
    await ann.take(page(*(row(5, APPLIED, -2, f"Job {number}") for number in range(20))))
    ann.clock.at = ann.clock.at.replace(day=22)
    assert (await figures(ann)).funnel.at(Step.REPLY).comparisons == ()
    (bid,) = await proposals.titled(ann.wallet, "Job 19")
    await proposals.tell(ann.request, ProposalSighting(1, S.REPLIED, number=bid.entries[0]))
    assert [one.percent for one in (await figures(ann)).funnel.at(Step.REPLY).comparisons] == [15, 5]


async def test_the_figures_of_all_time_and_of_empty_books(ann: Keeper) -> None:
    empty = await figures(ann, days=None)
    assert (empty.first, empty.last, empty.every, empty.informed) == (None, date(2026, 1, 12), 0, False)
    assert [one.rate for one in empty.funnel.steps] == [Rate(0, 0)] * 5
    await ann.take(page(row(1, APPLIED, -16, "Logo")))
    assert (await figures(ann, days=None)).every == 1


async def test_what_a_reply_cost_by_months(ann: Keeper) -> None:
    await ann.take(page(row(1, APPLIED, -16, "Logo")))
    assert await stats(ann).months(ann.wallet, None, Selection()) == ()
    ann.clock.at = ann.clock.at.replace(month=2, day=15)
    (month,) = await stats(ann).months(ann.wallet, None, Selection())
    assert (month.first, month.replies) == (day(1), Rate(0, 1))
