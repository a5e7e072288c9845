"""Earning Connects, and reading history and past balances."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from core.ledger.earning import Award, EarningClaim, once_keys_of
from core.ledger.model import Source
from core.ledger.requests import Request
from core.ledger.rules import grant
from core.shared.refusals import AlreadyDone, LimitReached, OutOfRange, Unknown
from core.wallets.people import ChatRef, Identity
from core.wallets.settings import Plan, Settings
from tests.core.freelancer import booked, dollars, freelancer, outcome

if TYPE_CHECKING:
    from tests.clock import TestClock
    from tests.core.freelancer import Freelancer, OpenBooks


class TestEarning:
    async def test_an_assessment_counts_once_by_its_name(self, ann: Freelancer) -> None:
        number = booked(await ann.earn(Source.ASSESSMENT, "Python  3")).entry.number
        assert await ann.earn(Source.ASSESSMENT, "python 3") == AlreadyDone("assessment", number)
        booked(await ann.earn(Source.ASSESSMENT, "Django"))
        assert await ann.available() == 100

    async def test_an_assessment_has_one_name_however_it_is_typed(self, ann: Freelancer) -> None:
        number = booked(await ann.earn(Source.ASSESSMENT, "Caf\u00e9 \uff2c\uff4f\uff47\uff4f")).entry.number
        for same in ("CAFE\u0301 logo", "caf\u00e9\u200b LOGO", "caf\u00e9 l\u00adogo"):
            assert await ann.earn(Source.ASSESSMENT, same) == AlreadyDone("assessment", number)

    async def test_what_an_earlier_version_took_stays_taken(self, ann: Freelancer, books: OpenBooks) -> None:
        name = "\u0130llustrator"
        key, earlier = once_keys_of(EarningClaim(Source.ASSESSMENT, ann.wallet, ann.person, ann.clock.at, name))
        rule = partial(grant, source=Source.ASSESSMENT, award=Award(40, earlier), rulebook=books.rulebook)
        before = await books.write(ann.new_request, ("as before",), rule, memo=name, once_keys=(earlier,))
        assert await ann.earn(Source.ASSESSMENT, name) == AlreadyDone("assessment", before.entry.number)
        assert (await books.verify()).fault is None
        booked(await ann.undo(before.entry.number))
        again = booked(await ann.earn(Source.ASSESSMENT, "illustrator"))
        assert await ann.earn(Source.ASSESSMENT, name) == AlreadyDone("assessment", again.entry.number)
        assert key != earlier
        assert (await books.verify()).fault is None

    async def test_what_expired_before_is_not_what_was_earned(self, ann: Freelancer, clock: TestClock) -> None:
        clock.pass_(days=366)
        earned = booked(await ann.earn(Source.ASSESSMENT, "Python"))
        assert [entry.number for entry in earned.entries] == [2, 3]
        assert await ann.earn(Source.ASSESSMENT, "Python") == AlreadyDone("assessment", 3)

    async def test_a_welcome_needs_a_person(self, ann: Freelancer, books: OpenBooks) -> None:
        welcome = books.earn(Request(ann.wallet, "k"), Source.WELCOME, plan=Plan.BASIC)
        assert await outcome(welcome) == Unknown("person", "without a name")
        await books.earn(Request(ann.wallet, "k"), Source.REWARD, plan=Plan.BASIC)
        assert (await ann.journal())[-1].by is None

    async def test_interviews_are_capped_within_a_week(self, ann: Freelancer, clock: TestClock) -> None:
        first = clock.at
        for _ in range(5):
            booked(await ann.earn(Source.INTERVIEW))
            clock.pass_(days=1)
        assert await ann.earn(Source.INTERVIEW) == LimitReached("interview", 50, 7, first + timedelta(days=7))
        clock.at = first + timedelta(days=7)
        assert booked(await ann.earn(Source.INTERVIEW)).entry.delta == 10

    async def test_the_last_interview_brings_what_the_cap_leaves(self, ann: Freelancer) -> None:
        booked(await ann.earn(Source.INTERVIEW, connects=44))
        assert booked(await ann.earn(Source.INTERVIEW)).entry.delta == 6

    async def test_an_undone_interview_does_not_count(self, ann: Freelancer) -> None:
        number = booked(await ann.earn(Source.INTERVIEW, connects=50)).entry.number
        booked(await ann.undo(number))
        assert booked(await ann.earn(Source.INTERVIEW)).entry.delta == 10

    async def test_feedback_counts_from_four_stars(self, ann: Freelancer) -> None:
        assert await ann.earn(Source.FEEDBACK, stars=3) == OutOfRange("stars", 3, 4, 5)
        assert booked(await ann.earn(Source.FEEDBACK, stars=4)).entry.delta == 5

    async def test_a_reward_may_state_its_number(self, ann: Freelancer) -> None:
        assert booked(await ann.earn(Source.REWARD)).entry.delta == 30
        assert booked(await ann.earn(Source.REWARD, "Readiness test", connects=40)).entry.delta == 40
        assert await ann.earn(Source.REWARD, connects=5001) == OutOfRange("reward", 5001, 1, 5000)

    async def test_the_monthly_lot_comes_once_a_month_by_plan(self, ann: Freelancer, clock: TestClock) -> None:
        assert booked(await ann.earn(Source.MONTHLY)).entry.delta == 100
        assert isinstance(await ann.earn(Source.MONTHLY), AlreadyDone)
        clock.pass_(days=31)
        booked(await ann.earn(Source.MONTHLY))

    async def test_the_monthly_lot_is_that_of_the_month_of_its_entry(self, ann: Freelancer, clock: TestClock) -> None:
        clock.at = datetime(2026, 2, 1, tzinfo=UTC)
        booked(await ann.spend(1))
        clock.pass_(seconds=-1)
        number = booked(await ann.earn(Source.MONTHLY)).entry.number
        clock.pass_(seconds=1)
        assert await ann.earn(Source.MONTHLY) == AlreadyDone("monthly", number)

    async def test_the_welcome_of_a_second_wallet_is_refused(self, books: OpenBooks, clock: TestClock) -> None:
        ann = await freelancer(books, clock)
        team = await books.open(ChatRef("test", "team"), Settings(), "k", ann.person)
        other = replace(ann, wallet=team.wallet.id)
        assert await other.earn(Source.WELCOME) == AlreadyDone("welcome", 0)


class TestLookingBack:
    async def test_every_entry_has_the_balance_after_it(self, ann: Freelancer) -> None:
        booked(await ann.spend(5))
        booked(await ann.buy(10))
        assert [entry.balance for entry in await ann.journal()] == [20, 15, 25]

    async def test_the_balance_of_any_past_moment(self, ann: Freelancer, books: OpenBooks, clock: TestClock) -> None:
        start = clock.at
        clock.pass_(days=10)
        booked(await ann.spend(5))
        clock.pass_(days=360)
        booked(await ann.buy(10, dollars(150)))
        moments = [(start - timedelta(days=1), 0), (start, 20), (start + timedelta(days=10), 15),
                   (start + timedelta(days=365), 0), (clock.at, 10)]  # fmt: skip
        for moment, expected in moments:
            assert (await books.balance(ann.wallet, moment)).available == expected, moment

    async def test_free_and_paid_connects_are_counted_apart(self, ann: Freelancer, books: OpenBooks) -> None:
        booked(await ann.buy(60, dollars(900, tax=90)))
        booked(await ann.buy(10, dollars(140)._replace(currency="EUR")))
        balance = await books.balance(ann.wallet)
        assert (balance.available, balance.free, balance.paid) == (90, 20, 70)
        assert balance.worth == (dollars(900, tax=90), dollars(140)._replace(currency="EUR"))

    async def test_history_is_paged_newest_first(self, ann: Freelancer, books: OpenBooks) -> None:
        for n in range(1, 6):
            booked(await ann.spend(n))
        assert [entry.number for entry in await books.history(ann.wallet, None, 2)] == [6, 5]
        assert [entry.number for entry in await books.history(ann.wallet, 5, 9)] == [4, 3, 2, 1]

    async def test_titles_are_suggested_newest_first(self, ann: Freelancer, books: OpenBooks) -> None:
        for title in ("Logo", "Landing page", "Logo"):
            booked(await ann.spend(2, title))
        assert await books.titles(ann.wallet) == ("Logo", "Landing page")

    async def test_one_human_on_two_platforms_is_two_people_until_they_are_linked(self, books: OpenBooks) -> None:
        ann = await books.person(Identity("telegram", "1"), "Ann")
        assert (await books.person(Identity("telegram", "1"), "Anna")).id == ann.id
        assert (await books.person(Identity("discord", "1"), "Ann")).id != ann.id
