"""Why the books may differ from Upwork: each cause, once mended, changes the books by what it said."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

import pytest

from core.ledger.model import Purpose, Source
from core.ledger.requests import Request, Spend
from core.ledger.sightings import ProposalSighting, ProposalState
from core.proposals.service import Proposals
from core.reconciliation.causes import CauseKind
from core.reconciliation.service import Reconciliation
from core.wallets.settings import Plan
from tests.core.freelancer import booked, outcome

if TYPE_CHECKING:
    from core.ledger.model import Receipt
    from core.reconciliation.causes import Cause
    from core.shared.refusals import Refusal
    from tests.clock import TestClock
    from tests.core.dawn import Dawn
    from tests.core.freelancer import Freelancer, OpenBooks

STALE = {CauseKind.NEVER_IMPORTED, CauseKind.IMPORT_OLD}


@pytest.fixture
def upwork(ann: Freelancer) -> Reconciliation:
    return Reconciliation(ann.books.store, ann.books.rulebook, ann.clock)


async def found(ann: Freelancer, upwork: Reconciliation, difference: int) -> list[Cause]:
    """The causes of a difference, apart from an import that is old."""
    compared = await upwork.compare(ann.wallet, await ann.available() + difference)
    assert compared.difference == difference
    return [cause for cause in compared.causes if cause.kind not in STALE]


async def kinds(ann: Freelancer, upwork: Reconciliation, difference: int) -> list[CauseKind]:
    return [cause.kind for cause in await found(ann, upwork, difference)]


async def mend(ann: Freelancer, cause: Cause) -> Receipt | Refusal:
    """Do what the button of a cause does."""
    books, request, wanted = ann.books, replace(ann.new_request, past_pins=True), abs(cause.connects)
    match cause.kind:
        case CauseKind.MONTHLY:
            return await outcome(books.earn(request, Source.MONTHLY, plan=Plan.PLUS))
        case CauseKind.EXPIRED_HERE | CauseKind.EXPIRED_THERE:
            return await outcome(books.adjust(request, cause.connects))
        case CauseKind.OWED | CauseKind.RETURN:
            return await _give_back(books, request, cause)
        case CauseKind.TWICE:
            return await outcome(books.undo(request, cause.numbers[-1]))
        case CauseKind.BOUGHT:
            return await outcome(books.buy(request, wanted))
        case _:
            purpose = Purpose.BOOST if cause.kind is CauseKind.BOOST else Purpose.PROPOSAL
            return await outcome(books.spend(request, wanted, purpose))


async def _give_back(books: OpenBooks, request: Request, cause: Cause) -> Receipt | Refusal:
    spends = await books.open_spends(request.wallet)
    numbers = cause.numbers or [next(one.entry.number for one in spends if one.connects >= cause.connects)]
    if cause.numbers:
        return await outcome(books.give_back_all(request, numbers))
    return await outcome(books.give_back(request, numbers[0], cause.connects))


class TestMore:
    async def test_a_monthly_lot_is_missing(
        self, ann: Freelancer, upwork: Reconciliation, dawn: Dawn, clock: TestClock
    ) -> None:
        await dawn.change_settings(plan=Plan.PLUS, cycle=14)
        clock.pass_(days=5)
        (cause,) = await found(ann, upwork, 100)
        assert (cause.kind, cause.connects, str(cause.day)) == (CauseKind.MONTHLY, 100, "2026-01-14")
        assert (await found(ann, upwork, 116))[0].kind is CauseKind.MONTHLY
        assert await found(ann, upwork, 99) == []
        booked(await mend(ann, cause))
        assert await found(ann, upwork, 100) == []
        clock.pass_(days=32)
        assert await kinds(ann, upwork, 100) == [CauseKind.MONTHLY]
        await upwork.confirm(ann.new_request, 120)
        clock.pass_(days=1)
        assert await found(ann, upwork, 100) == []

    async def test_something_came_back(self, ann: Freelancer, upwork: Reconciliation) -> None:
        booked(await ann.spend(6, "Logo"))
        booked(await ann.spend_all((4, 3)))
        assert [cause.numbers for cause in await found(ann, upwork, 6)] == [(2,)]
        assert [cause.numbers for cause in await found(ann, upwork, 7)] == [(3, 4)]
        booked(await ann.give_back(2, 4))
        assert [cause.numbers for cause in await found(ann, upwork, 2)] == [(2,)]
        assert await found(ann, upwork, 6) == []

    async def test_one_of_many_came_back(self, ann: Freelancer, upwork: Reconciliation) -> None:
        for title in ("Logo", "Shop", "Site"):
            booked(await ann.spend(4, title))
        assert [(cause.kind, cause.numbers) for cause in await found(ann, upwork, 4)] == [(CauseKind.RETURN, ())]

    async def test_what_is_owed_comes_first_though_it_explains_a_part_only(
        self, ann: Freelancer, upwork: Reconciliation
    ) -> None:
        proposals = Proposals(ann.books.store, ann.books.rulebook, ann.clock)
        booked(await ann.spend(6, "Logo"))
        booked(await ann.spend_all((4, 3)))
        for number in (2, 3):
            said = ProposalSighting(1, ProposalState.CLOSED, number=number)
            await proposals.tell(ann.new_request, said)
        ways = [(cause.kind, cause.connects, cause.numbers) for cause in await found(ann, upwork, 6)]
        assert ways == [(CauseKind.OWED, 6, (2,)), (CauseKind.OWED, 4, (3,))]
        (cause,) = await found(ann, upwork, 5)
        assert (cause.kind, cause.connects) == (CauseKind.OWED, 4)
        booked(await mend(ann, cause))
        assert await found(ann, upwork, 5) == []

    async def test_a_spend_was_entered_twice(self, ann: Freelancer, upwork: Reconciliation, clock: TestClock) -> None:
        booked(await ann.spend(5, "Logo"))
        clock.pass_(minutes=5)
        booked(await ann.spend(5, "logo "))
        first, *_ = await found(ann, upwork, 5)
        assert (first.kind, first.numbers) == (CauseKind.TWICE, (3,))
        assert (await kinds(ann, upwork, 8))[0] is CauseKind.TWICE
        clock.pass_(days=1)
        await upwork.confirm(ann.new_request, 10)
        assert CauseKind.TWICE not in await kinds(ann, upwork, 5)

    async def test_a_bid_with_its_boost_was_entered_twice(self, ann: Freelancer, upwork: Reconciliation) -> None:
        for _ in range(2):
            both = (Spend(4, memo="Logo"), Spend(2, Purpose.BOOST, "Logo"))
            booked(await outcome(ann.books.spend_all(ann.new_request, both)))
        first, *_ = await found(ann, upwork, 6)
        assert (first.kind, first.connects, first.numbers) == (CauseKind.TWICE, 6, (4, 5))

    async def test_what_happened_on_different_days_is_not_twice(
        self, ann: Freelancer, upwork: Reconciliation, clock: TestClock
    ) -> None:
        booked(await ann.spend(5, "Logo"))
        clock.pass_(days=1)
        booked(await ann.spend(5, "Logo"))
        assert CauseKind.TWICE not in await kinds(ann, upwork, 5)

    async def test_the_books_let_something_expire(
        self, ann: Freelancer, upwork: Reconciliation, clock: TestClock
    ) -> None:
        clock.pass_(days=366)
        booked(await ann.buy(40))
        causes = await found(ann, upwork, 20)
        assert [(one.kind, one.numbers) for one in causes] == [(CauseKind.EXPIRED_HERE, (2,)), (CauseKind.BOUGHT, ())]
        assert await kinds(ann, upwork, 33) == [CauseKind.EXPIRED_HERE]
        assert await found(ann, upwork, 19) == []


class TestFewer:
    async def test_a_bid_was_not_typed(self, ann: Freelancer, upwork: Reconciliation, clock: TestClock) -> None:
        assert [(one.kind, one.connects) for one in await found(ann, upwork, -16)] == [(CauseKind.BID, -16)]
        booked(await ann.buy(300))
        assert await found(ann, upwork, -61) == []
        booked(await ann.spend(30, "Logo"))
        clock.pass_(days=15)
        assert [(one.kind, one.connects) for one in await found(ann, upwork, -61)] == [(CauseKind.BID, -30)]
        assert [(one.kind, one.connects) for one in await found(ann, upwork, -30)] == [(CauseKind.BID, -30)]

    async def test_a_boost_was_not_typed(self, ann: Freelancer, upwork: Reconciliation) -> None:
        booked(await ann.buy(300))
        booked(await ann.spend(16, "Logo"))
        assert CauseKind.BOOST in await kinds(ann, upwork, -29)
        assert CauseKind.BOOST not in await kinds(ann, upwork, -61)
        booked(await ann.give_back(3))
        assert CauseKind.BOOST not in await kinds(ann, upwork, -29)

    async def test_a_purchase_was_entered_twice(self, ann: Freelancer, upwork: Reconciliation) -> None:
        for _ in range(2):
            booked(await ann.buy(40))
        (cause,) = await found(ann, upwork, -40)
        assert (cause.kind, cause.numbers) == (CauseKind.TWICE, (3,))
        booked(await ann.spend(61))
        assert CauseKind.TWICE not in await kinds(ann, upwork, -40)

    async def test_upwork_may_let_something_expire_sooner(
        self, ann: Freelancer, upwork: Reconciliation, clock: TestClock
    ) -> None:
        clock.pass_(days=364)
        booked(await ann.buy(40))
        first, *_ = await found(ann, upwork, -20)
        assert (first.kind, first.connects) == (CauseKind.EXPIRED_THERE, -20)


@pytest.mark.parametrize("seed", range(8))
async def test_a_cause_once_mended_changes_the_books_by_what_it_said(
    ann: Freelancer, upwork: Reconciliation, clock: TestClock, seed: int
) -> None:
    """Whatever was booked, as of now or of an earlier day."""
    chance = Random(seed)  # noqa: S311 - it is to be the same again, not a secret
    booked(await ann.buy(300))
    clock.pass_(days=351)
    for _ in range(12):
        clock.pass_(hours=chance.randint(0, 30))
        spend = Spend(chance.choice((4, 6, 8, 12)), memo=chance.choice(("Logo", "Shop")))
        on = clock.at - timedelta(days=chance.randint(1, 9)) if chance.random() < 0.3 * (seed % 2) else None
        await outcome(ann.books.spend_all(ann.new_request, (spend, spend)[: chance.randint(1, 2)], on=on))
        if chance.random() < 0.3:
            await outcome(ann.books.buy(ann.new_request, chance.choice((20, 40))))
    for difference in (4, 6, 8, 12, 16, 20, 24, 40, -4, -12, -16, -20, -40, -61, 300):
        balance = await ann.available()
        if balance + difference < 0:
            continue
        causes = await found(ann, upwork, difference)
        if causes:
            cause = chance.choice(causes)
            assert cause.connects * difference > 0
            assert abs(cause.connects) <= abs(difference)
            booked(await mend(ann, cause))
            assert await ann.available() == balance + cause.connects
