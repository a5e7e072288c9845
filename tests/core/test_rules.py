"""The rules of the ledger, told as what happens to one freelancer's wallet."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from core.errors import (
    AlreadyDone,
    KeyReused,
    LimitReached,
    LotUsed,
    NotEnough,
    NotUndoable,
    OutOfRange,
    RefusedError,
    TooLate,
    Unknown,
)
from core.model import Kind, Purpose, Source
from core.page import add_months
from core.people import ChatRef, Identity, Settings
from tests.core.freelancer import booked, dollars, freelancer

if TYPE_CHECKING:
    from core.books import Books
    from tests.clock import TestClock
    from tests.core.freelancer import Freelancer


class TestOpening:
    async def test_the_welcome_is_twenty_free_connects_for_a_year(self, ann: Freelancer) -> None:
        (lot,) = await ann.lots()
        assert (lot.source, lot.left, lot.paid) == (Source.WELCOME, 20, False)
        assert lot.expires == datetime(2027, 1, 10, 9, 0, tzinfo=UTC)

    async def test_is_given_once(self, ann: Freelancer, books: Books) -> None:
        again = await books.open(ann.person, Settings(), "another key", ann.person)
        assert again.receipt is None
        assert await ann.available() == 20

    async def test_answers_the_same_when_its_key_comes_again(self, ann: Freelancer, books: Books) -> None:
        again = await books.open(ann.person, Settings(), "open:test:ann", ann.person)
        assert again.receipt is not None
        assert again.receipt.again
        assert again.receipt.entry.number == 1

    async def test_of_a_group_gives_nothing(self, ann: Freelancer, books: Books) -> None:
        opened = await books.open(ChatRef("test", "team"), Settings(), "k", ann.person)
        assert opened.receipt is None
        assert (await books.balance(opened.wallet.id)).available == 0

    async def test_a_balance_held_before_takes_the_place_of_the_welcome(self, ann: Freelancer) -> None:
        receipt = booked(await ann.opening(87))
        assert receipt.entry.delta == 67
        assert await ann.available() == 87
        assert [lot.source for lot in await ann.lots()] == [Source.OPENING]

    async def test_nothing_may_have_been_held_before(self, ann: Freelancer) -> None:
        booked(await ann.opening(0))
        assert await ann.available() == 0

    async def test_comes_first_or_not_at_all(self, ann: Freelancer) -> None:
        booked(await ann.spend(4))
        assert await ann.opening(87) == TooLate("opening", 2)

    async def test_cannot_be_booked_twice(self, ann: Freelancer) -> None:
        booked(await ann.opening(87))
        assert isinstance(await ann.opening(88), TooLate)

    async def test_comes_too_late_when_the_welcome_has_expired(self, ann: Freelancer, clock: TestClock) -> None:
        clock.pass_(days=365)
        assert isinstance(await ann.opening(87), TooLate)

    async def test_stays_within_bounds(self, ann: Freelancer) -> None:
        assert await ann.opening(5001) == OutOfRange("opening", 5001, 0, 5000)

    async def test_a_group_starts_with_what_it_holds(self, ann: Freelancer, books: Books) -> None:
        opened = await books.open(ChatRef("test", "team"), Settings(), "k", ann.person)
        team = replace(ann, wallet=opened.wallet.id)
        assert await team.opening(0) == OutOfRange("opening", 0, 1, 5000)
        booked(await team.opening(300))
        assert await team.available() == 300

    async def test_can_be_undone_and_the_welcome_is_back(self, ann: Freelancer) -> None:
        receipt = booked(await ann.opening(87))
        booked(await ann.undo(receipt.entry.number))
        assert [(lot.source, lot.left) for lot in await ann.lots()] == [(Source.WELCOME, 20)]


class TestSpending:
    async def test_draws_the_oldest_lot_first_and_names_each_lot(self, ann: Freelancer, clock: TestClock) -> None:
        clock.pass_(days=1)
        booked(await ann.buy(60, dollars(900, tax=180)))
        entry = booked(await ann.spend(26)).entry
        assert [(leg.lot, leg.connects) for leg, _ in entry.moves] == [(1, -20), (2, -6)]
        assert [leg.price for leg, _ in entry.moves] == [None, dollars(-90, tax=-18)]
        assert entry.counterpart == "expense:proposal"
        assert entry.balance == 54

    async def test_no_cent_is_lost_however_a_lot_is_cut(self, ann: Freelancer) -> None:
        booked(await ann.spend(20))
        booked(await ann.buy(7, dollars(100)))
        costs = [booked(await ann.spend(n)).entry.postings[0].price for n in (3, 1, 2, 1)]
        assert sum(-cost.net for cost in costs if cost) == 100

    async def test_more_than_there_is_says_what_would_cover_it(self, ann: Freelancer) -> None:
        assert await ann.spend(45) == NotEnough(45, 20, 25, 40, dollars(600))

    async def test_a_shortfall_over_the_largest_bundle_is_bought_to_the_number(self, ann: Freelancer) -> None:
        refusal = await ann.spend(500)
        assert isinstance(refusal, NotEnough)
        assert (refusal.cover, refusal.price) == (480, dollars(7200))

    @pytest.mark.parametrize("connects", [0, -3, 501])
    async def test_takes_a_sensible_number(self, ann: Freelancer, connects: int) -> None:
        assert await ann.spend(connects) == OutOfRange("spend", connects, 1, 500)

    async def test_leaves_no_trace_when_refused(self, ann: Freelancer) -> None:
        before = await ann.journal()
        assert isinstance(await ann.spend(400), NotEnough)
        assert await ann.journal() == before

    async def test_twice_under_one_key_books_once(self, ann: Freelancer, books: Books) -> None:
        act = ann.act
        first = await books.spend(act, 16, memo="Logo")
        again = await books.spend(act, 16, memo="Logo")
        assert (first.entry, first.again, again.again) == (again.entry, False, True)
        assert await ann.available() == 4

    async def test_one_key_with_other_words_is_refused(self, ann: Freelancer, books: Books) -> None:
        act = ann.act
        await books.spend(act, 16)
        with pytest.raises(RefusedError) as refused:
            await books.spend(act, 15)
        assert refused.value.refusal == KeyReused(act.key)

    async def test_of_a_wallet_that_is_not_there_is_refused(self, ann: Freelancer) -> None:
        stranger = replace(ann, wallet=type(ann.wallet)(999))
        assert isinstance(await stranger.spend(1), Unknown)


class TestExpiry:
    async def test_a_lot_is_unspendable_from_its_instant(self, ann: Freelancer, clock: TestClock) -> None:
        clock.at = datetime(2027, 1, 10, 9, 0, tzinfo=UTC) - timedelta(microseconds=1)
        assert await ann.available() == 20
        clock.pass_(microseconds=1)
        assert await ann.available() == 0
        assert isinstance(await ann.spend(1), NotEnough)

    async def test_is_booked_by_the_sweep_once(self, ann: Freelancer, books: Books, clock: TestClock) -> None:
        booked(await ann.spend(5))
        clock.pass_(days=366)
        assert await books.sweep() == 1
        assert await books.sweep() == 0
        last = (await ann.journal())[-1]
        assert (last.kind, last.delta, last.counterpart, last.balance) == (Kind.EXPIRY, -15, "expense:expired", 0)

    async def test_is_booked_before_whatever_comes_next(self, ann: Freelancer, clock: TestClock) -> None:
        clock.pass_(days=366)
        receipt = booked(await ann.buy(40))
        assert [entry.kind for entry in await ann.journal()] == [Kind.GRANT, Kind.EXPIRY, Kind.PURCHASE]
        assert receipt.entry.balance == 40

    async def test_a_sweep_with_nothing_to_book_is_refused(self, ann: Freelancer, books: Books) -> None:
        assert await books.sweep() == 0
        assert len(await ann.journal()) == 1

    async def test_what_expires_soon_is_listed_soonest_first(
        self, ann: Freelancer, books: Books, clock: TestClock
    ) -> None:
        clock.pass_(days=300)
        booked(await ann.buy(10))
        assert [lot.left for lot in await books.expiring(ann.wallet, timedelta(days=66))] == [20]
        assert [lot.left for lot in await books.expiring(ann.wallet, timedelta(days=366))] == [20, 10]

    def test_months_end_on_the_last_day_of_a_shorter_one(self) -> None:
        assert add_months(datetime(2024, 2, 29, tzinfo=UTC), 12) == datetime(2025, 2, 28, tzinfo=UTC)
        assert add_months(datetime(2026, 12, 31, tzinfo=UTC), 2) == datetime(2027, 2, 28, tzinfo=UTC)


class TestReturning:
    async def test_puts_connects_and_money_back_into_their_lots(self, ann: Freelancer) -> None:
        booked(await ann.buy(60, dollars(900)))
        before = await ann.lots()
        booked(await ann.spend(26))
        receipt = booked(await ann.give_back(3))
        assert (receipt.entry.of, receipt.entry.delta) == (3, 26)
        assert await ann.lots() == before

    async def test_a_part_goes_back_last_drawn_first(self, ann: Freelancer) -> None:
        booked(await ann.buy(60, dollars(900)))
        booked(await ann.spend(26))
        booked(await ann.give_back(3, 10))
        assert [lot.left for lot in await ann.lots()] == [4, 60]
        booked(await ann.give_back(3))
        assert [lot.left for lot in await ann.lots()] == [20, 60]

    async def test_is_bounded_by_the_spend(self, ann: Freelancer) -> None:
        booked(await ann.spend(16))
        booked(await ann.give_back(2, 10))
        assert await ann.give_back(2, 7) == OutOfRange("return", 7, 1, 6)
        booked(await ann.give_back(2, 6))
        assert await ann.give_back(2) == AlreadyDone("return", 2)

    async def test_of_what_is_no_spend_is_refused(self, ann: Freelancer) -> None:
        assert await ann.give_back(1) == NotUndoable(1, "not_spend")
        assert await ann.give_back(9) == Unknown("entry", "9")

    async def test_of_an_undone_spend_is_refused(self, ann: Freelancer) -> None:
        booked(await ann.spend(16))
        booked(await ann.undo(2))
        assert await ann.give_back(2) == AlreadyDone("undo", 3)

    async def test_to_an_expired_lot_makes_a_new_one_with_its_cost(self, ann: Freelancer, clock: TestClock) -> None:
        booked(await ann.opening(0))
        booked(await ann.buy(60, dollars(900)))
        booked(await ann.spend(20))
        clock.pass_(days=366)
        receipt = booked(await ann.give_back(4))
        (lot,) = await ann.lots()
        assert (lot.source, lot.left, lot.price) == (Source.RETURN, 20, dollars(300))
        assert receipt.entry.delta == 20

    async def test_of_a_part_paid_twice_over_comes_out_even(self, ann: Freelancer) -> None:
        booked(await ann.opening(0))
        booked(await ann.buy(7, dollars(100, tax=20)))
        booked(await ann.spend(3))
        booked(await ann.give_back(4, 1))
        booked(await ann.undo(5))
        booked(await ann.give_back(4, 2))
        booked(await ann.give_back(4, 1))
        (lot,) = await ann.lots()
        assert (lot.left, lot.worth) == (7, dollars(100, tax=20))


class TestUndoing:
    async def test_a_spend_restores_the_lots(self, ann: Freelancer) -> None:
        before = await ann.lots()
        booked(await ann.spend(16))
        receipt = booked(await ann.undo(2))
        assert (receipt.entry.kind, receipt.entry.of) == (Kind.UNDO, 2)
        assert await ann.lots() == before

    async def test_without_a_number_takes_the_latest_that_can_be(self, ann: Freelancer) -> None:
        booked(await ann.spend(5))
        booked(await ann.spend(6))
        assert booked(await ann.undo()).entry.of == 3
        assert booked(await ann.undo()).entry.of == 2
        assert booked(await ann.undo()).entry.of == 1
        assert isinstance(await ann.undo(), Unknown)

    async def test_without_a_number_is_the_same_when_it_comes_twice(self, ann: Freelancer, books: Books) -> None:
        booked(await ann.spend(5))
        booked(await ann.spend(6))
        act = ann.act
        assert (await books.undo(act)).entry.of == (await books.undo(act)).entry.of == 3

    async def test_happens_once_and_is_not_undone(self, ann: Freelancer) -> None:
        booked(await ann.spend(5))
        booked(await ann.undo(2))
        assert await ann.undo(2) == AlreadyDone("undo", 3)
        assert await ann.undo(3) == NotUndoable(3, "undo")

    async def test_a_purchase_that_was_used_would_go_below_zero(self, ann: Freelancer) -> None:
        booked(await ann.buy(10))
        booked(await ann.spend(25))
        assert await ann.undo(2) == LotUsed(2, 5)

    async def test_a_returned_spend_asks_for_the_return_first(self, ann: Freelancer) -> None:
        booked(await ann.spend(16))
        booked(await ann.give_back(2, 6))
        assert await ann.undo(2) == NotUndoable(2, "returned")
        booked(await ann.undo(3))
        booked(await ann.undo(2))
        assert await ann.available() == 20

    async def test_what_expired_stays(self, ann: Freelancer, books: Books, clock: TestClock) -> None:
        clock.pass_(days=366)
        await books.sweep()
        assert await ann.undo(2) == NotUndoable(2, "expiry")

    async def test_a_spend_from_a_lot_that_expired_since_brings_nothing_back(
        self, ann: Freelancer, clock: TestClock
    ) -> None:
        booked(await ann.spend(16))
        clock.pass_(days=366)
        booked(await ann.undo(2))
        assert await ann.available() == 0

    async def test_an_assessment_can_be_booked_again(self, ann: Freelancer) -> None:
        booked(await ann.earn(Source.ASSESSMENT, "Python"))
        booked(await ann.undo(2))
        booked(await ann.earn(Source.ASSESSMENT, "Python"))
        assert await ann.available() == 60

    async def test_the_welcome_is_gone_for_good(self, ann: Freelancer, books: Books) -> None:
        booked(await ann.undo(1))
        assert (await books.open(ann.person, Settings(), "again", ann.person)).receipt is None
        assert await ann.available() == 0

    async def test_a_renewed_return_goes_back_where_it_was(self, ann: Freelancer, clock: TestClock) -> None:
        booked(await ann.spend(16))
        clock.pass_(days=366)
        number = booked(await ann.give_back(2)).entry.number
        booked(await ann.undo(number))
        assert await ann.available() == 0
        booked(await ann.give_back(2))
        assert await ann.available() == 16


class TestAdjusting:
    async def test_up_makes_a_free_lot(self, ann: Freelancer) -> None:
        booked(await ann.adjust(3))
        assert [(lot.source, lot.left) for lot in await ann.lots()][-1] == (Source.ADJUSTMENT, 3)

    async def test_down_draws_in_the_order_of_use(self, ann: Freelancer) -> None:
        booked(await ann.buy(10))
        assert booked(await ann.adjust(-22)).entry.counterpart == "expense:adjustment"
        assert [lot.left for lot in await ann.lots()] == [8]

    async def test_below_zero_is_refused(self, ann: Freelancer) -> None:
        assert isinstance(await ann.adjust(-21), NotEnough)

    @pytest.mark.parametrize("delta", [0, 5001, -5001])
    async def test_takes_a_sensible_number(self, ann: Freelancer, delta: int) -> None:
        assert await ann.adjust(delta) == OutOfRange("adjustment", delta, -5000, 5000)

    async def test_down_and_back(self, ann: Freelancer) -> None:
        booked(await ann.adjust(-5))
        booked(await ann.undo())
        assert await ann.available() == 20


class TestEarning:
    async def test_an_assessment_counts_once_by_its_name(self, ann: Freelancer) -> None:
        number = booked(await ann.earn(Source.ASSESSMENT, "Python  3")).entry.number
        assert await ann.earn(Source.ASSESSMENT, "python 3") == AlreadyDone("assessment", number)
        booked(await ann.earn(Source.ASSESSMENT, "Django"))
        assert await ann.available() == 100

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

    async def test_the_welcome_of_a_second_wallet_is_refused(self, books: Books, clock: TestClock) -> None:
        ann = await freelancer(books, clock)
        team = await books.open(ChatRef("test", "team"), Settings(), "k", ann.person)
        other = replace(ann, wallet=team.wallet.id)
        assert await other.earn(Source.WELCOME) == AlreadyDone("welcome", 0)


class TestLookingBack:
    async def test_every_entry_has_the_balance_after_it(self, ann: Freelancer) -> None:
        booked(await ann.spend(5))
        booked(await ann.buy(10))
        assert [entry.balance for entry in await ann.journal()] == [20, 15, 25]

    async def test_the_balance_of_any_past_moment(self, ann: Freelancer, books: Books, clock: TestClock) -> None:
        start = clock.at
        clock.pass_(days=10)
        booked(await ann.spend(5))
        clock.pass_(days=360)
        booked(await ann.buy(10, dollars(150)))
        moments = [(start - timedelta(days=1), 0), (start, 20), (start + timedelta(days=10), 15),
                   (start + timedelta(days=365), 0), (clock.at, 10)]  # fmt: skip
        for moment, expected in moments:
            assert (await books.balance(ann.wallet, moment)).available == expected, moment

    async def test_free_and_paid_are_told_apart(self, ann: Freelancer, books: Books) -> None:
        booked(await ann.buy(60, dollars(900, tax=90)))
        booked(await ann.buy(10, replace(dollars(140), currency="EUR")))
        balance = await books.balance(ann.wallet)
        assert (balance.available, balance.free, balance.paid) == (90, 20, 70)
        assert balance.worth == (dollars(900, tax=90), replace(dollars(140), currency="EUR"))

    async def test_history_is_paged_newest_first(self, ann: Freelancer, books: Books) -> None:
        for n in range(1, 6):
            booked(await ann.spend(n))
        assert [entry.number for entry in await books.history(ann.wallet, None, 2)] == [6, 5]
        assert [entry.number for entry in await books.history(ann.wallet, 5, 9)] == [4, 3, 2, 1]

    async def test_titles_are_offered_again(self, ann: Freelancer, books: Books) -> None:
        for title in ("Logo", "Landing page", "Logo"):
            booked(await ann.spend(2, title))
        assert await books.titles(ann.wallet) == ("Logo", "Landing page")

    async def test_one_person_on_two_platforms_are_two_until_they_are_linked(self, books: Books) -> None:
        ann = await books.person(Identity("telegram", "1"), "Ann")
        assert (await books.person(Identity("telegram", "1"), "Anna")).id == ann.id
        assert (await books.person(Identity("discord", "1"), "Ann")).id != ann.id


async def test_other_purposes_have_accounts_of_their_own(ann: Freelancer) -> None:
    for purpose in Purpose:
        assert booked(await ann.spend(2, purpose=purpose)).entry.counterpart == f"expense:{purpose}"


async def test_a_clock_that_goes_back_does_not_reorder_the_journal(ann: Freelancer, clock: TestClock) -> None:
    before = clock.at
    clock.pass_(hours=-1)
    assert booked(await ann.spend(1)).entry.at == before
