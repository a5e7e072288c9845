"""Returns, undos and adjustments."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.ledger.model import Kind, Source
from core.shared.refusals import AlreadyDone, Expired, LotUsed, NotEnough, NotUndoable, OutOfRange, Unknown
from core.wallets.settings import Settings
from tests.core.freelancer import booked, dollars

if TYPE_CHECKING:
    from tests.clock import TestClock
    from tests.core.freelancer import Freelancer, OpenBooks


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
        assert await ann.give_back(2) == AlreadyDone("return", 4)

    async def test_of_anything_but_a_spend_is_refused(self, ann: Freelancer) -> None:
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

    async def test_of_parts_works_before_and_after_the_expiry(self, ann: Freelancer, clock: TestClock) -> None:
        booked(await ann.spend(16))
        clock.pass_(days=366)
        booked(await ann.give_back(2, 6))
        assert await ann.give_back(2, 11) == OutOfRange("return", 11, 1, 10)
        booked(await ann.give_back(2))
        assert [lot.left for lot in await ann.lots()] == [6, 10]

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
    @pytest.mark.parametrize("last", ["undo", "give_back"])
    async def test_of_a_return_leaves_no_cent_behind(self, ann: Freelancer, last: str) -> None:
        booked(await ann.opening(0))
        booked(await ann.buy(5, dollars(16)))
        booked(await ann.spend(3))
        booked(await ann.give_back(4, 1))
        booked(await ann.spend(2))
        booked(await ann.undo(5))
        booked(await ann.undo(6))
        booked(await getattr(ann, last)(4))
        (lot,) = await ann.lots()
        assert (lot.left, lot.worth) == (5, dollars(16))

    async def test_a_spend_restores_the_lots(self, ann: Freelancer) -> None:
        before = await ann.lots()
        booked(await ann.spend(16))
        receipt = booked(await ann.undo(2))
        assert (receipt.entry.kind, receipt.entry.of) == (Kind.UNDO, 2)
        assert await ann.lots() == before

    async def test_without_a_number_takes_the_latest_that_can_be_undone(self, ann: Freelancer) -> None:
        booked(await ann.spend(5))
        booked(await ann.spend(6))
        assert booked(await ann.undo()).entry.of == 3
        assert booked(await ann.undo()).entry.of == 2
        assert await ann.undo() == NotUndoable(0, "nothing")  # the welcome is taken back by its number only
        assert booked(await ann.undo(1)).entry.of == 1

    async def test_without_a_number_finds_it_however_far_back(self, ann: Freelancer) -> None:
        booked(await ann.buy(100))
        for _ in range(60):
            booked(await ann.spend(1))
        for number in range(62, 1, -1):
            assert booked(await ann.undo()).entry.of == number
        assert await ann.available() == 20

    async def test_without_a_number_is_idempotent(self, ann: Freelancer, books: OpenBooks) -> None:
        booked(await ann.spend(5))
        booked(await ann.spend(6))
        request = ann.new_request
        assert (await books.undo(request)).entry.of == (await books.undo(request)).entry.of == 3

    async def test_happens_once_and_cannot_be_undone(self, ann: Freelancer) -> None:
        booked(await ann.spend(5))
        booked(await ann.undo(2))
        assert await ann.undo(2) == AlreadyDone("undo", 3)
        assert await ann.undo(3) == NotUndoable(3, "undo")

    async def test_a_purchase_that_was_used_would_go_below_zero(self, ann: Freelancer) -> None:
        booked(await ann.buy(10))
        booked(await ann.spend(25))
        assert await ann.undo(2) == LotUsed(2, 5)

    async def test_a_purchase_that_expired_meanwhile_stays(self, ann: Freelancer, clock: TestClock) -> None:
        booked(await ann.buy(10))
        at = (await ann.lots())[-1].expires
        assert at is not None
        clock.pass_(days=366)
        assert await ann.undo(2) == Expired(2, at)

    async def test_a_returned_spend_needs_the_return_undone_first(self, ann: Freelancer) -> None:
        booked(await ann.spend(16))
        booked(await ann.give_back(2, 6))
        assert await ann.undo(2) == NotUndoable(2, "returned")
        booked(await ann.undo(3))
        booked(await ann.undo(2))
        assert await ann.available() == 20

    async def test_an_expiry_is_refused(self, ann: Freelancer, books: OpenBooks, clock: TestClock) -> None:
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

    async def test_the_welcome_is_not_given_again(self, ann: Freelancer, books: OpenBooks) -> None:
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
    async def test_has_limits(self, ann: Freelancer, delta: int) -> None:
        assert await ann.adjust(delta) == OutOfRange("adjustment", delta, -5000, 5000)

    async def test_can_be_undone(self, ann: Freelancer) -> None:
        booked(await ann.adjust(-5))
        booked(await ann.undo())
        assert await ann.available() == 20
