"""Who spent what of a period, read from a store: typed and imported, with what came of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from core.ledger.model import Purpose
from core.ledger.requests import Spend
from core.ledger.sightings import ProposalSighting, ProposalState
from core.proposals.service import Proposals
from core.stats import team
from core.stats.team import TeamFigures
from core.team.model import Outcomes, Who
from core.wallets.people import Identity
from core.wallets.team import Target
from tests.imports.conftest import ann
from tests.imports.keeper import APPLIED, BADGE, BOOST, page, row

if TYPE_CHECKING:
    import pytest

    from core.shared.ids import PersonId
    from core.team.attribution import People
    from core.team.model import TeamReport
    from tests.imports.keeper import Keeper

__all__ = ["ann"]
JANUARY = (date(2026, 1, 1), date(2026, 1, 31))
WEEK = (date(2026, 1, 5), date(2026, 1, 11))


async def somebody(ann: Keeper, name: str) -> PersonId:
    return (await ann.books.person(Identity("console", name.casefold()), name)).id


async def report(ann: Keeper, days: tuple[date | None, date] = JANUARY, people: People | None = None) -> TeamReport:
    return await TeamFigures(ann.store, ann.clock).report(ann.wallet, days, people or {})


def shown(found: TeamReport) -> dict[Who, int]:
    return {row.who: row.connects for row in found.rows}


async def filled(ann: Keeper) -> None:
    """What Ivan and Olga sent, as a page names them; a badge is nobody's."""
    boosted = row(6, BOOST, -20, "Logo", member="Ivan P."), row(6, APPLIED, -16, "Logo", member="Ivan P.")
    await ann.take(
        page(row(12, BADGE, -3, member=""), row(8, APPLIED, -8, "Site", member="Olga K."), *boosted),
    )


async def test_names_count_for_the_people_they_stand_for_also_for_what_was_booked_before(ann: Keeper) -> None:
    await filled(ann)
    ivan = await somebody(ann, "Ivan")
    await ann.books.spend_all(replace(ann.request, by=ivan), [Spend(4, Purpose.PROPOSAL, "Icons")])
    before = await report(ann)
    assert shown(before) == {Who(None, "Ivan P."): 36, Who(None, "Olga K."): 8, Who(ivan): 4, Who(): 3}
    after = await report(ann, people={"Ivan P.": ivan})
    assert shown(after) == {Who(ivan, "Ivan P."): 40, Who(None, "Olga K."): 8, Who(): 3}
    assert after.rows[0].spent == {Purpose.BOOST: 20, Purpose.PROPOSAL: 20}
    assert after.whole == before.whole


async def test_what_comes_back_counts_for_whoever_spent_it_and_when(ann: Keeper) -> None:
    ivan = await somebody(ann, "Ivan")
    booked = await ann.books.spend_all(replace(ann.request, by=ivan), [Spend(8, Purpose.PROPOSAL, "Logo")])
    ann.clock.pass_(days=30)
    await ann.books.give_back(ann.request, booked.entry.number, 6)
    (found,) = (await report(ann)).rows
    assert (found.who, found.connects, found.returned) == (Who(ivan), 2, 6)
    assert not (await report(ann, (date(2026, 2, 1), date(2026, 2, 28)))).rows


async def test_outcomes_are_of_those_who_sent_the_proposals(ann: Keeper) -> None:
    await filled(ann)
    ann.clock.at = ann.clock.at.replace(day=21)
    proposals = Proposals(ann.store, ann.books.rulebook, ann.clock)
    (logo,) = await proposals.titled(ann.wallet, "Logo")
    await proposals.tell(ann.request, ProposalSighting(1, ProposalState.HIRED, number=logo.entries[0]))
    found = await report(ann)
    ivan, olga = (row.outcomes for row in found.rows[:2])
    assert ivan == Outcomes(1, replies=1, hires=1, connects=36, priced=1, priced_replies=1, priced_hires=1, heard=1)
    assert (ivan.each_bid, ivan.each_hire, ivan.counted) == (360, 360, 1)
    assert olga == Outcomes(1, young=1)
    assert (olga.each_bid, found.whole.outcomes) == (None, ivan + olga)


async def test_targets_count_the_bids_of_their_days(ann: Keeper) -> None:
    await filled(ann)
    ivan = await somebody(ann, "Ivan")
    targets = [Target(1, 10, *WEEK), Target(2, 5, *WEEK, person=ivan), Target(3, 5, date(2026, 1, 8), date(2026, 2, 8))]
    figures = TeamFigures(ann.store, ann.clock)
    assert await figures.bids(ann.wallet, targets, {"Ivan P.": ivan}) == {1: 2, 2: 1, 3: 1}
    assert await figures.bids(ann.wallet, targets, {}) == {1: 2, 2: 0, 3: 1}


async def test_what_is_read_in_many_pieces_is_the_same(ann: Keeper, monkeypatch: pytest.MonkeyPatch) -> None:
    await filled(ann)
    ann.clock.pass_(days=9)
    for back in (9, 3, 0):
        on = ann.clock.at - timedelta(days=back)
        await ann.books.spend_all(ann.request, [Spend(2, memo=f"Late {back}")], on=on if back else None)
    days = (None, date(2026, 1, 31))
    whole = await report(ann, days)
    monkeypatch.setattr(team, "ENTRIES", 2)
    monkeypatch.setattr(team, "CARDS", 1)
    monkeypatch.setattr(team, "SHORT", timedelta(0))
    assert await report(ann, days) == whole
    assert (await report(ann)).rows == whole.rows
    assert sum(one.connects for one in (await report(ann, (date(2026, 1, 7), date(2026, 1, 18)))).rows) == 8 + 3 + 2 + 2
