"""The rules of the ledger, as they act on one freelancer's wallet."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from core.ledger import rulebook, rules
from core.ledger.entry_builder import Intent, add_months
from core.ledger.model import Kind, Purpose, Snapshot, Source
from core.ledger.ports import Key
from core.ledger.requests import Request, Spend
from core.shared.bounds import MOST
from core.shared.ids import WalletId
from core.shared.money import CostState
from core.shared.refusals import (
    BalanceMoved,
    ClockBehind,
    KeyReused,
    NotEnough,
    NotUndoable,
    OutOfRange,
    RefusedError,
    TooLate,
    Unknown,
)
from core.wallets.people import ChatRef, Identity
from core.wallets.settings import Settings
from tests.core.freelancer import booked, dollars

if TYPE_CHECKING:
    from tests.clock import TestClock
    from tests.core.freelancer import Freelancer, OpenBooks


class TestOpening:
    async def test_the_welcome_is_twenty_free_connects_for_a_year(self, ann: Freelancer) -> None:
        (lot,) = await ann.lots()
        assert (lot.source, lot.left, lot.cost_state) == (Source.WELCOME, 20, CostState.FREE)
        assert lot.expires == datetime(2027, 1, 10, 9, 0, tzinfo=UTC)

    async def test_is_given_once(self, ann: Freelancer, books: OpenBooks) -> None:
        again = await books.open(ann.person, Settings(), "another key", ann.person)
        assert again.receipt is None
        assert await ann.available() == 20

    async def test_is_idempotent_by_its_key(self, ann: Freelancer, books: OpenBooks) -> None:
        again = await books.open(ann.person, Settings(), "open:test:ann", ann.person)
        assert again.receipt is not None
        assert again.receipt.replayed
        assert again.receipt.entry.number == 1

    async def test_of_a_group_gives_no_welcome(self, ann: Freelancer, books: OpenBooks) -> None:
        opened = await books.open(ChatRef("test", "team"), Settings(), "k", ann.person)
        assert opened.receipt is None
        assert (await books.balance(opened.wallet.id)).available == 0

    async def test_a_balance_held_before_takes_the_place_of_the_welcome(self, ann: Freelancer) -> None:
        receipt = booked(await ann.opening(87))
        assert receipt.entry.delta == 67
        assert await ann.available() == 87
        assert [lot.source for lot in await ann.lots()] == [Source.OPENING]

    async def test_a_balance_held_before_may_be_zero(self, ann: Freelancer) -> None:
        booked(await ann.opening(0))
        assert await ann.available() == 0

    async def test_a_balance_held_before_must_be_the_first_entry(self, ann: Freelancer) -> None:
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

    async def test_a_group_starts_with_what_it_holds(self, ann: Freelancer, books: OpenBooks) -> None:
        opened = await books.open(ChatRef("test", "team"), Settings(), "k", ann.person)
        team = replace(ann, wallet=opened.wallet.id)
        assert await team.opening(0) == OutOfRange("opening", 0, 1, 5000)
        booked(await team.opening(300))
        assert await team.available() == 300

    @pytest.mark.parametrize("mistyped", [78, 0, 20, 5])
    async def test_a_mistyped_balance_is_undone_and_booked_again(self, ann: Freelancer, mistyped: int) -> None:
        slip = booked(await ann.opening(mistyped)).entry.number
        assert await ann.undo() == NotUndoable(0, "nothing")  # it is taken back by its number only
        booked(await ann.undo(slip))
        booked(await ann.opening(87))
        assert [(lot.source, lot.left) for lot in await ann.lots()] == [(Source.OPENING, 87)]
        assert await ann.opening(88) == TooLate("opening", 4)

    async def test_entries_block_it_unless_they_are_undone(self, ann: Freelancer) -> None:
        booked(await ann.spend(4))
        booked(await ann.undo())
        booked(await ann.adjust(5))
        assert await ann.opening(87) == TooLate("opening", 4)
        booked(await ann.undo())
        booked(await ann.opening(87))
        assert await ann.available() == 87

    async def test_an_undone_welcome_does_not_block_it(self, ann: Freelancer) -> None:
        booked(await ann.undo(1))
        booked(await ann.opening(87))
        assert await ann.available() == 87

    async def test_is_refused_after_too_many_entries(self, ann: Freelancer) -> None:
        for _ in range(11):
            booked(await ann.adjust(1))
            booked(await ann.undo())
        assert await ann.opening(87) == TooLate("opening", 23)

    async def test_before_the_welcome_replaces_it_for_good(self, ann: Freelancer, books: OpenBooks) -> None:
        """A start that was cut off left a wallet without its welcome."""
        bob = await books.person(Identity("test", "bob"), "Bob")
        wallet = await books.store.people.open_wallet(bob.id, Settings())
        early = replace(ann, wallet=wallet.id, person=bob.id)
        booked(await early.opening(78))
        assert (await books.open(bob.id, Settings(), "start again", bob.id)).receipt is None
        booked(await early.undo(1))
        assert (await books.open(bob.id, Settings(), "and again", bob.id)).receipt is None
        booked(await early.opening(87))
        assert await early.available() == 87

    async def test_of_a_group_leaves_its_admin_the_welcome(self, books: OpenBooks, ann: Freelancer) -> None:
        bob = await books.person(Identity("test", "bob"), "Bob")
        opened = await books.open(ChatRef("test", "team"), Settings(), "k", bob.id)
        booked(await replace(ann, wallet=opened.wallet.id, person=bob.id).opening(300))
        assert (await books.open(bob.id, Settings(), "own", bob.id)).receipt is not None

    async def test_without_a_person_takes_no_once_key(self, ann: Freelancer, books: OpenBooks) -> None:
        opened = await books.open(ChatRef("test", "team"), Settings(), "k", ann.person)
        await books.opening(Request(opened.wallet.id, "by nobody"), 300, CostState.FREE)
        assert (await books.balance(opened.wallet.id)).available == 300

    async def test_can_be_undone_which_restores_the_welcome(self, ann: Freelancer) -> None:
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
    async def test_has_limits(self, ann: Freelancer, connects: int) -> None:
        assert await ann.spend(connects) == OutOfRange("spend", connects, 1, 500)

    async def test_a_purchase_has_limits(self, ann: Freelancer) -> None:
        assert await ann.buy(5001) == OutOfRange("purchase", 5001, 1, 5000)

    async def test_the_price_of_a_purchase_has_limits(self, ann: Freelancer) -> None:
        assert await ann.buy(10, dollars(-1)) == OutOfRange("price", -1, 0, 100_000_000, "USD")
        assert await ann.buy(10, dollars(10**20)) == OutOfRange("price", 10**20, 0, 100_000_000, "USD")
        assert await ann.buy(10, dollars(5, tax=-1)) == OutOfRange("tax", -1, 0, 100_000_000, "USD")
        booked(await ann.buy(10, dollars(100_000_000, tax=100_000_000)))

    async def test_leaves_no_trace_when_refused(self, ann: Freelancer) -> None:
        before = await ann.journal()
        assert isinstance(await ann.spend(400), NotEnough)
        assert await ann.journal() == before

    async def test_is_idempotent_by_its_key(self, ann: Freelancer, books: OpenBooks) -> None:
        request = ann.new_request
        first = await books.spend(request, 16, memo="Logo")
        again = await books.spend(request, 16, memo="Logo")
        assert (first.entry, first.replayed, again.replayed) == (again.entry, False, True)
        assert await ann.available() == 4

    async def test_the_same_key_with_another_request_is_refused(self, ann: Freelancer, books: OpenBooks) -> None:
        request = ann.new_request
        await books.spend(request, 16)
        with pytest.raises(RefusedError) as refused:
            await books.spend(request, 15)
        assert refused.value.refusal == KeyReused(request.key)

    async def test_from_a_wallet_that_does_not_exist_is_refused(self, ann: Freelancer) -> None:
        stranger = replace(ann, wallet=type(ann.wallet)(999))
        assert isinstance(await stranger.spend(1), Unknown)


class TestCorrections:
    async def test_one_to_a_balance_is_refused_if_the_balance_has_moved(self, ann: Freelancer) -> None:
        with pytest.raises(RefusedError) as refused:
            await ann.books.adjust(ann.new_request, 3, was=17)
        assert refused.value.refusal == BalanceMoved(17, 20)
        assert booked(await ann.adjust(3)).entry.balance == 23

    async def test_an_entry_that_is_not_there_is_not_undone(self, ann: Freelancer) -> None:
        assert await ann.undo(99) == Unknown("entry", "99")


def test_no_wallet_holds_more_than_every_database_can_store() -> None:
    intent = Intent(Key("k", "b"), datetime(2026, 1, 10, tzinfo=UTC))
    full = Snapshot(WalletId(1), balance=MOST, entries=1, at=intent.at)
    refused = rules.bounded(rules.buy(full, intent, 60, dollars(900), rulebook.default()))
    assert refused == OutOfRange("balance", MOST + 60, 0, MOST)


class TestExpiry:
    async def test_a_lot_cannot_be_spent_from_the_instant_of_its_expiry(
        self, ann: Freelancer, clock: TestClock
    ) -> None:
        clock.at = datetime(2027, 1, 10, 9, 0, tzinfo=UTC) - timedelta(microseconds=1)
        assert await ann.available() == 20
        clock.pass_(microseconds=1)
        assert await ann.available() == 0
        assert isinstance(await ann.spend(1), NotEnough)

    async def test_is_booked_by_the_sweep_once(self, ann: Freelancer, books: OpenBooks, clock: TestClock) -> None:
        booked(await ann.spend(5))
        clock.pass_(days=366)
        assert await books.sweep() == 1
        assert await books.sweep() == 0
        last = (await ann.journal())[-1]
        assert (last.kind, last.delta, last.counterpart, last.balance) == (Kind.EXPIRY, -15, "expense:expired", 0)

    async def test_is_booked_before_any_other_entry(self, ann: Freelancer, clock: TestClock) -> None:
        clock.pass_(days=366)
        receipt = booked(await ann.buy(40))
        assert [entry.kind for entry in await ann.journal()] == [Kind.GRANT, Kind.EXPIRY, Kind.PURCHASE]
        assert receipt.entry.balance == 40

    async def test_a_sweep_with_nothing_to_book_is_refused(self, ann: Freelancer, books: OpenBooks) -> None:
        assert await books.sweep() == 0
        assert len(await ann.journal()) == 1

    async def test_what_expires_soon_is_listed_soonest_first(
        self, ann: Freelancer, books: OpenBooks, clock: TestClock
    ) -> None:
        clock.pass_(days=300)
        booked(await ann.buy(10))
        assert [lot.left for lot in await books.expiring(ann.wallet, timedelta(days=66))] == [20]
        assert [lot.left for lot in await books.expiring(ann.wallet, timedelta(days=366))] == [20, 10]

    def test_a_wallet_without_expired_lots_has_nothing_to_sweep(self) -> None:
        intent = Intent(Key("k", "b"), datetime(2026, 1, 10, tzinfo=UTC))
        assert rules.expire(Snapshot(WalletId(7)), intent, rulebook.default()) == Unknown("expired_lot", "7")

    def test_months_end_on_the_last_day_of_a_shorter_one(self) -> None:
        assert add_months(datetime(2024, 2, 29, tzinfo=UTC), 12) == datetime(2025, 2, 28, tzinfo=UTC)
        assert add_months(datetime(2026, 12, 31, tzinfo=UTC), 2) == datetime(2027, 2, 28, tzinfo=UTC)


async def test_other_purposes_have_accounts_of_their_own(ann: Freelancer) -> None:
    for purpose in Purpose:
        assert booked(await ann.spend(2, purpose=purpose)).entry.counterpart == f"expense:{purpose}"


class TestClocks:
    async def test_a_small_step_back_does_not_reorder_the_journal(self, ann: Freelancer, clock: TestClock) -> None:
        before = clock.at
        clock.pass_(days=-1)
        assert booked(await ann.spend(1)).entry.at == before

    async def test_after_a_clock_was_far_ahead_nothing_can_be_booked(self, ann: Freelancer, clock: TestClock) -> None:
        clock.pass_(days=730)
        ahead = booked(await ann.adjust(1)).entry.at
        clock.pass_(days=-730)
        assert await ann.buy(60) == ClockBehind(ahead)
        clock.at = ahead - timedelta(days=1, microseconds=1)
        assert await ann.undo() == ClockBehind(ahead)
        clock.pass_(microseconds=1)
        booked(await ann.undo())

    async def test_a_retry_is_answered_although_the_clock_is_behind(
        self, ann: Freelancer, books: OpenBooks, clock: TestClock
    ) -> None:
        request = ann.new_request
        first = await books.spend(request, 3)
        clock.pass_(days=-2)
        assert (await books.spend(request, 3)).entry == first.entry


def test_a_wallet_whose_lots_hold_less_than_its_balance_spends_nothing() -> None:
    damaged = Snapshot(WalletId(1), balance=50)
    intent = Intent(Key("k", ""), datetime(2026, 1, 10, tzinfo=UTC))
    with pytest.raises(ValueError, match="hold 8 Connects fewer than its balance"):
        rules.spend_all(damaged, intent, (Spend(8),), rulebook.default())
