"""Every line of what the source article of February 2025 says about Connects, as one test that names the line."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from core.ledger.model import Purpose, Source
from core.shared.refusals import AlreadyDone, LimitReached, NotEnough, OutOfRange
from core.wallets.settings import Settings
from tests.core.freelancer import booked, dollars, freelancer

if TYPE_CHECKING:
    from tests.clock import TestClock
    from tests.core.freelancer import Freelancer, OpenBooks


async def test_a_welcome_bonus_of_20_connects_at_sign_up_once_never_again(books: OpenBooks, clock: TestClock) -> None:
    ann = await freelancer(books, clock)
    assert await ann.available() == 20
    again = await books.open(ann.person, Settings(), "signing up again", ann.person)
    assert again.receipt is None
    assert isinstance(await ann.earn(Source.WELCOME), AlreadyDone)
    assert await ann.available() == 20


async def test_tests_skill_assessments_and_interviews_can_earn_connects(ann: Freelancer) -> None:
    booked(await ann.earn(Source.ASSESSMENT, "Readiness test"))
    booked(await ann.earn(Source.ASSESSMENT, "Python"))
    assert isinstance(await ann.earn(Source.ASSESSMENT, "Python"), AlreadyDone)
    for _ in range(5):
        booked(await ann.earn(Source.INTERVIEW))
    assert isinstance(await ann.earn(Source.INTERVIEW), LimitReached)
    assert await ann.available() == 20 + 40 + 40 + 50


async def test_positive_feedback_from_a_client_increases_connects(ann: Freelancer) -> None:
    booked(await ann.earn(Source.FEEDBACK, stars=5))
    assert isinstance(await ann.earn(Source.FEEDBACK, stars=2), OutOfRange)
    assert await ann.available() == 25


async def test_after_the_welcome_connects_more_must_be_bought(ann: Freelancer, books: OpenBooks) -> None:
    booked(await ann.spend(20))
    refusal = await ann.spend(16)
    assert isinstance(refusal, NotEnough)
    assert (refusal.cover, refusal.price) == (20, dollars(300))
    booked(await ann.buy(20, dollars(300, tax=60)))
    balance = await books.balance(ann.wallet)
    assert (balance.free, balance.paid, balance.worth) == (0, 20, (dollars(300, tax=60),))


async def test_connects_are_spent_to_connect_with_jobs(ann: Freelancer) -> None:
    for purpose in (Purpose.PROPOSAL, Purpose.BOOST, Purpose.BADGE, Purpose.PROFILE_AD):
        booked(await ann.spend(5, purpose=purpose))
    assert await ann.available() == 0


async def test_know_the_rules_and_manage_your_connects_actively(
    ann: Freelancer, books: OpenBooks, clock: TestClock
) -> None:
    booked(await ann.spend(8, "Logo redesign"))
    newest = (await books.history(ann.wallet))[0]
    assert (newest.memo, newest.delta, newest.balance) == ("Logo redesign", -8, 12)
    clock.pass_(days=345)
    assert sum(lot.left for lot in await books.expiring(ann.wallet, timedelta(days=30))) == 12
