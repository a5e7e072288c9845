"""Connects of unknown cost: how they are booked, and how their cost is stated later."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from core.alerts.types.expiring import expiring
from core.ledger.model import EXPIRED, Kind, Source
from core.ledger.queries import cost_states
from core.ledger.summary import sums
from core.shared.money import UNKNOWN, CostState, Price, state_of
from core.shared.refusals import (
    AlreadyDone,
    CostKnown,
    CostUnstated,
    LotUsed,
    NotUndoable,
    OutOfRange,
    RefusedError,
    TooLate,
)
from tests.core.freelancer import booked, dollars

if TYPE_CHECKING:
    from core.ledger.model import Lot
    from tests.clock import TestClock
    from tests.core.dawn import Dawn
    from tests.core.freelancer import Freelancer, OpenBooks

FREE, PAID = CostState.FREE, CostState.PAID


def shown(lots: tuple[Lot, ...]) -> list[tuple[Source, int, Price | None]]:
    return [(lot.source, lot.left, lot.worth) for lot in lots]


class TestACost:
    @pytest.mark.parametrize(
        ("price", "state"),
        [
            (None, FREE),
            (dollars(0), FREE),
            (Price(0, 0, "EUR"), FREE),
            (dollars(1), PAID),
            (dollars(-1), PAID),
            (dollars(0, tax=1), PAID),
            (UNKNOWN, CostState.UNKNOWN),
            (-UNKNOWN, CostState.UNKNOWN),
            (UNKNOWN.share(7, 9), CostState.UNKNOWN),
            (UNKNOWN + UNKNOWN, CostState.UNKNOWN),
            (Price(900, 0, "XXX"), PAID),
        ],
    )
    def test_is_free_paid_or_unknown(self, price: Price | None, state: CostState) -> None:
        """A version before could be told a price in XXX, which stays one."""
        assert state_of(price) is state

    def test_that_is_unknown_never_adds_up_with_money(self) -> None:
        with pytest.raises(ValueError, match="cannot add"):
            _ = UNKNOWN + dollars(9)


class TestAnOpeningBalance:
    async def test_is_not_booked_before_its_cost_is_stated(self, ann: Freelancer, books: OpenBooks) -> None:
        with pytest.raises(RefusedError) as refused:
            await books.opening(ann.new_request, 187)
        assert refused.value.refusal == CostUnstated(187)
        assert await ann.available() == 20

    async def test_that_cannot_be_is_not_asked_about(self, ann: Freelancer, books: OpenBooks) -> None:
        for connects, spent, refusal in ((5001, 0, OutOfRange), (187, 4, TooLate)):
            if spent:
                booked(await ann.spend(spent))
            with pytest.raises(RefusedError) as refused:
                await books.opening(ann.new_request, connects)
            assert isinstance(refused.value.refusal, refusal)

    @pytest.mark.parametrize(
        ("cost", "worth"),
        [
            (PAID, dollars(2805)),
            (FREE, dollars(0)),
            (CostState.UNKNOWN, UNKNOWN),
            (dollars(2500, tax=500), dollars(2500, tax=500)),
            (Price(2000, 0, "EUR"), Price(2000, 0, "EUR")),
        ],
    )
    async def test_has_the_cost_that_was_stated(self, ann: Freelancer, cost: Price | CostState, worth: Price) -> None:
        booked(await ann.opening(187, cost))
        assert shown(await ann.lots()) == [(Source.OPENING, 187, worth)]

    async def test_at_the_list_price_has_its_tax(self, ann: Freelancer, books: OpenBooks) -> None:
        books.rulebook = replace(books.rulebook, tax_percent=20)
        booked(await ann.opening(10, PAID))
        assert shown(await ann.lots()) == [(Source.OPENING, 10, dollars(150, tax=30))]

    async def test_costs_no_more_than_a_purchase_may(self, ann: Freelancer) -> None:
        assert await ann.opening(87, dollars(10**12)) == OutOfRange("price", 10**12, 0, 100_000_000, "USD")
        assert await ann.opening(87, dollars(-1)) == OutOfRange("price", -1, 0, 100_000_000, "USD")

    async def test_of_nothing_needs_no_cost(self, ann: Freelancer, books: OpenBooks) -> None:
        await books.opening(ann.new_request, 0)
        assert await ann.available() == 0

    async def test_with_another_cost_is_another_request(self, ann: Freelancer, books: OpenBooks) -> None:
        request = ann.new_request
        first = await books.opening(request, 87, FREE)
        assert (await books.opening(request, 87, FREE)) == first._replace(replayed=True)
        for cost in (None, PAID, dollars(900)):
            with pytest.raises(RefusedError, match="key_reused"):
                await books.opening(request, 87, cost)


class TestWhatComesOfIt:
    async def test_a_spend_says_which_part_is_unknown(self, ann: Freelancer) -> None:
        booked(await ann.opening(10, CostState.UNKNOWN))
        booked(await ann.buy(10, dollars(150)))
        entry = booked(await ann.spend(16)).entry
        assert [(leg.connects, leg.price) for leg, _ in entry.moves] == [(-10, UNKNOWN), (-6, dollars(-90))]
        balance = await ann.books.balance(ann.wallet)
        assert (balance.free, balance.paid, balance.unknown, balance.worth) == (0, 4, 0, (dollars(60),))

    async def test_a_balance_counts_it_apart(self, ann: Freelancer) -> None:
        booked(await ann.opening(10, CostState.UNKNOWN))
        booked(await ann.earn(Source.REWARD, connects=3))
        booked(await ann.buy(5, dollars(75)))
        balance = await ann.books.balance(ann.wallet)
        assert (balance.available, balance.free, balance.paid, balance.unknown) == (18, 3, 5, 10)
        assert balance.worth == (dollars(75),)

    async def test_a_correction_upwards_is_of_unknown_cost(self, ann: Freelancer) -> None:
        booked(await ann.adjust(5))
        assert shown(await ann.lots())[-1] == (Source.ADJUSTMENT, 5, UNKNOWN)

    async def test_a_return_brings_it_back_unknown_even_if_its_lot_has_expired(
        self, ann: Freelancer, clock: TestClock
    ) -> None:
        booked(await ann.opening(10, CostState.UNKNOWN))
        spent = booked(await ann.spend(6)).entry.number
        booked(await ann.give_back(spent, 2))
        assert shown(await ann.lots()) == [(Source.OPENING, 6, UNKNOWN)]
        clock.pass_(days=366)
        booked(await ann.give_back(spent))
        assert shown(await ann.lots()) == [(Source.RETURN, 4, UNKNOWN)]

    async def test_a_summary_leaves_it_out_of_the_cost_and_says_so(self, ann: Freelancer, clock: TestClock) -> None:
        booked(await ann.opening(10, CostState.UNKNOWN))
        booked(await ann.buy(10, dollars(150)))
        spent = booked(await ann.spend(16)).entry.number
        booked(await ann.give_back(spent, 8))  # six paid ones, two of unknown cost
        found = sums(await ann.journal(), clock.at, clock.at + timedelta(days=1))
        assert (found.unknown, found.cost, found.paid) == (8, None, dollars(150))

    async def test_a_summary_knows_what_was_drawn_when_unknown_was_booked_as_none(
        self, ann: Freelancer, clock: TestClock
    ) -> None:
        booked(await ann.spend(4))
        found = sums(await ann.journal(), clock.at, clock.at + timedelta(days=1), {1})
        assert (found.unknown, found.cost) == (4, None)

    async def test_a_warning_of_its_expiry_says_so(self, ann: Freelancer) -> None:
        booked(await ann.opening(10, CostState.UNKNOWN))
        booked(await ann.buy(5, dollars(75)))
        facts = expiring(ann.wallet, await ann.lots(), 7).facts
        assert (facts["connects"], facts["net"], facts["currency"], facts["unknown"]) == (15, 75, "USD", 10)

    async def test_a_digest_says_so(self, ann: Freelancer, dawn: Dawn, clock: TestClock) -> None:
        booked(await ann.opening(10, CostState.UNKNOWN))
        booked(await ann.spend(4))
        clock.at = datetime(2026, 1, 12, 9, tzinfo=UTC)
        (notice,) = await dawn.review()
        assert (notice.code, notice.facts["cost-unknown"]) == ("digest", 4)
        assert "cost-currency" not in notice.facts

    async def test_free_ones_are_used_before_it_if_the_rulebook_says_so(
        self, books: OpenBooks, ann: Freelancer
    ) -> None:
        books.rulebook = replace(books.rulebook, order="free")
        booked(await ann.opening(10, CostState.UNKNOWN))
        booked(await ann.earn(Source.REWARD, connects=3))
        booked(await ann.spend(4))
        assert shown(await ann.lots()) == [(Source.OPENING, 9, UNKNOWN)]


class TestStatingItLater:
    async def test_gives_what_is_left_its_price_and_its_old_place(self, ann: Freelancer, clock: TestClock) -> None:
        booked(await ann.opening(100, CostState.UNKNOWN))
        (before,) = await ann.lots()
        clock.pass_(days=9)
        booked(await ann.buy(60, dollars(900)))
        booked(await ann.spend(30))
        clock.pass_(days=9)
        receipt = booked(await ann.value(dollars(700)))
        assert (receipt.entry.kind, receipt.entry.delta, receipt.entry.balance) == (Kind.VALUATION, 0, 130)
        lots = await ann.lots()
        assert shown(lots) == [(Source.OPENING, 70, dollars(700)), (Source.PURCHASE, 60, dollars(900))]
        assert (lots[0].issued, lots[0].expires) == (before.issued, before.expires)
        assert booked(await ann.spend(71)).entry.postings[1].price == dollars(700)

    async def test_leaves_what_was_spent_as_it_was(self, ann: Freelancer) -> None:
        booked(await ann.opening(100, CostState.UNKNOWN))
        spent = booked(await ann.spend(30)).entry.number
        booked(await ann.value(dollars(700)))
        booked(await ann.give_back(spent))
        assert shown(await ann.lots()) == [(Source.OPENING, 30, UNKNOWN), (Source.OPENING, 70, dollars(700))]

    async def test_takes_parts_in_the_order_of_use(self, ann: Freelancer) -> None:
        booked(await ann.opening(100, CostState.UNKNOWN))
        booked(await ann.value(dollars(900), 60))
        booked(await ann.value(FREE, 40))
        assert shown(await ann.lots()) == [(Source.OPENING, 60, dollars(900)), (Source.OPENING, 40, dollars(0))]
        assert await ann.value(FREE) == CostKnown(0)

    async def test_shares_one_price_among_lots_to_the_cent(self, ann: Freelancer) -> None:
        booked(await ann.opening(10, CostState.UNKNOWN))
        booked(await ann.adjust(5))
        booked(await ann.adjust(3))
        booked(await ann.value(dollars(100, tax=10), 17))
        worth = [lot.worth for lot in await ann.lots() if lot.worth is not None]
        assert worth == [UNKNOWN, dollars(58, tax=5), dollars(30, tax=3), dollars(12, tax=2)]

    async def test_at_the_list_price_counts_what_is_left(self, ann: Freelancer) -> None:
        booked(await ann.opening(100, CostState.UNKNOWN))
        booked(await ann.spend(30))
        booked(await ann.value(PAID))
        assert shown(await ann.lots()) == [(Source.OPENING, 70, dollars(1050))]

    async def test_is_refused_beyond_what_is_unknown(self, ann: Freelancer) -> None:
        assert await ann.value(FREE) == CostKnown(0)
        booked(await ann.opening(10, CostState.UNKNOWN))
        assert await ann.value(FREE, 11) == CostKnown(10)
        assert await ann.value(FREE, 0) == OutOfRange("cost", 0, 1, 10)
        assert await ann.value(dollars(10**12)) == OutOfRange("price", 10**12, 0, 100_000_000, "USD")

    async def test_comes_too_late_once_they_have_expired(self, ann: Freelancer, clock: TestClock) -> None:
        booked(await ann.opening(10, CostState.UNKNOWN))
        clock.pass_(days=366)
        assert await ann.value(FREE) == CostKnown(0)

    async def test_books_out_first_what_has_expired(self, ann: Freelancer, clock: TestClock) -> None:
        booked(await ann.opening(10, CostState.UNKNOWN))
        clock.pass_(days=300)
        booked(await ann.adjust(5))
        clock.pass_(days=66)
        receipt = booked(await ann.value(FREE))
        assert [leg.connects for leg, _ in receipt.entry.moves] == [-5, 5]
        assert (await ann.journal())[-2].counterpart == EXPIRED

    async def test_is_undone_exactly(self, ann: Freelancer) -> None:
        booked(await ann.opening(100, CostState.UNKNOWN))
        booked(await ann.spend(30))
        before = await ann.lots()
        booked(await ann.value(dollars(700)))
        entry = booked(await ann.undo()).entry  # without its number: it is the latest
        assert (entry.delta, await ann.lots()) == (0, before)
        booked(await ann.value(dollars(800)))
        assert shown(await ann.lots()) == [(Source.OPENING, 70, dollars(800))]

    async def test_cannot_be_undone_once_they_are_spent(self, ann: Freelancer) -> None:
        booked(await ann.opening(100, CostState.UNKNOWN))
        number = booked(await ann.value(dollars(700))).entry.number
        booked(await ann.spend(30))
        assert await ann.undo(number) == LotUsed(3, 30)

    async def test_keeps_the_opening_from_being_undone_before_it(self, ann: Freelancer) -> None:
        opened = booked(await ann.opening(100, CostState.UNKNOWN)).entry.number
        valued = booked(await ann.value(dollars(700))).entry.number
        assert isinstance(await ann.undo(opened), LotUsed)
        booked(await ann.undo(valued))
        booked(await ann.undo(opened))
        assert await ann.available() == 20
        assert await ann.undo(valued) == AlreadyDone("undo", 4)
        assert await ann.undo(4) == NotUndoable(4, "undo")

    async def test_is_no_spending(self, ann: Freelancer, clock: TestClock) -> None:
        booked(await ann.opening(100, CostState.UNKNOWN))
        booked(await ann.value(dollars(700)))
        found = sums(await ann.journal(), clock.at, clock.at + timedelta(days=1))
        assert (found.bought, found.earned, found.spent, found.paid, found.cost, found.unknown) == (
            0,
            0,
            {},
            None,
            None,
            0,
        )

    async def test_gives_each_lot_one_state_for_good(self, ann: Freelancer) -> None:
        booked(await ann.opening(100, CostState.UNKNOWN))
        booked(await ann.value(dollars(700), 60))
        booked(await ann.value(FREE))
        assert cost_states(await ann.journal()) == {1: FREE, 2: CostState.UNKNOWN, 3: PAID, 4: FREE}
