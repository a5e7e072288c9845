"""The figures on which the rules of the ledger turn: exactly there, and one beside."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from core.ledger import rulebook, rules
from core.ledger.budget import spent_at
from core.ledger.earning import Award, granted_before
from core.ledger.entry_builder import Intent, add_months, order_of_use
from core.ledger.model import (
    Budget,
    Change,
    Entry,
    Kind,
    Lot,
    OnceKey,
    Posting,
    Purpose,
    Receipt,
    Snapshot,
    Source,
    holding_of,
    income_from,
)
from core.ledger.ports import Key
from core.ledger.queries import available, cost_states, ending
from core.ledger.rules import price_of, purchase_covering
from core.ledger.summary import sums
from core.shared.bounds import MOST
from core.shared.ids import WalletId
from core.shared.money import UNKNOWN, CostState
from core.shared.refusals import AlreadyDone, BalanceMoved, CostKnown, LimitReached, NotEnough, OutOfRange, TooLate
from core.wallets.people import ChatRef
from core.wallets.settings import Settings
from tests.core.freelancer import booked, dollars, freelancer, outcome

if TYPE_CHECKING:
    from core.shared.money import Price
    from tests.core.freelancer import Freelancer

NOW = datetime(2026, 1, 10, 9, tzinfo=UTC)
MOMENT, DAY = timedelta.resolution, timedelta(days=1)
BOOK = rulebook.default()
INTENT = Intent(Key("k", "b"), NOW)


@pytest.mark.parametrize(("connects", "fits"), [(0, False), (1, True), (500, True), (501, False)])
async def test_a_spend(ann: Freelancer, connects: int, *, fits: bool) -> None:
    booked(await ann.buy(1000))
    refused = OutOfRange("spend", connects, 1, 500)
    assert isinstance(given := await ann.spend(connects), Receipt) is fits
    assert fits or given == refused


@pytest.mark.parametrize(("connects", "fits"), [(0, False), (1, True), (5000, True), (5001, False)])
async def test_a_purchase(ann: Freelancer, connects: int, *, fits: bool) -> None:
    assert isinstance(given := await ann.buy(connects, dollars(1)), Receipt) is fits
    assert fits or given == OutOfRange("purchase", connects, 1, 5000)


@pytest.mark.parametrize(("connects", "fits"), [(-1, False), (0, True), (1, True), (5000, True), (5001, False)])
async def test_an_opening_in_place_of_the_welcome(ann: Freelancer, connects: int, *, fits: bool) -> None:
    assert isinstance(given := await ann.opening(connects), Receipt) is fits
    assert fits or given == OutOfRange("opening", connects, 0, 5000)


async def test_an_opening_after_the_welcome_was_undone(ann: Freelancer) -> None:
    booked(await ann.undo(1))
    assert await ann.opening(0) == OutOfRange("opening", 0, 1, 5000)
    booked(await ann.opening(1))


async def test_an_opening_in_place_of_the_smallest_welcome(ann: Freelancer) -> None:
    books = ann.books
    books.rulebook = replace(BOOK, earning={**BOOK.earning, Source.WELCOME: {"connects": 1}})
    bob = await freelancer(books, ann.clock, "bob")
    booked(await bob.opening(87))
    assert await bob.available() == 87


async def test_an_opening_of_a_group_that_has_earned_something(ann: Freelancer) -> None:
    opened = await ann.books.open(ChatRef("test", "team"), Settings(), "k", ann.person)
    team = replace(ann, wallet=opened.wallet.id)
    booked(await team.earn(Source.REWARD))
    assert await team.opening(87) == TooLate("opening", 1)


@pytest.mark.parametrize(
    ("order", "numbers"), [("received", [1, 2, 3, 4]), ("expiring", [2, 4, 1, 3]), ("free", [2, 4, 1, 3])]
)
def test_the_order_in_which_lots_are_used(order: str, numbers: list[int]) -> None:
    lots = [
        Lot(1, Source.PURCHASE, NOW, NOW + 9 * DAY, 20, 20, dollars(9), dollars(9)),
        Lot(2, Source.REWARD, NOW + DAY, NOW + 3 * DAY, 20, 20),
        Lot(3, Source.PURCHASE, NOW + DAY, None, 20, 20, UNKNOWN, UNKNOWN),
        Lot(4, Source.REWARD, NOW + 2 * DAY, NOW + 4 * DAY, 20, 20),
    ]
    book = replace(BOOK, order=order)
    assert [lot.number for lot in sorted(lots, key=lambda lot: order_of_use(lot, book))] == numbers


@pytest.mark.parametrize("connects", [20, 21])
async def test_a_spend_of_all_there_is(ann: Freelancer, connects: int) -> None:
    given = await ann.spend(connects)
    assert isinstance(given, Receipt) if connects == 20 else given == NotEnough(21, 20, 1, 10, dollars(150))


@pytest.mark.parametrize("delta", [-5001, 0, 5001])
async def test_a_correction_that_is_none_or_too_large(ann: Freelancer, delta: int) -> None:
    assert await ann.adjust(delta) == OutOfRange("adjustment", delta, -5000, 5000)


@pytest.mark.parametrize("delta", [-5000, -1, 1, 5000])
async def test_a_correction(ann: Freelancer, delta: int) -> None:
    booked(await ann.buy(4980))
    assert booked(await ann.adjust(delta)).entry.balance == 5000 + delta
    assert await ann.available() == 5000 + delta


async def test_a_correction_below_nothing(ann: Freelancer) -> None:
    assert await ann.adjust(-21) == NotEnough(21, 20, 1, 10, dollars(150))
    booked(await ann.adjust(-20))


@pytest.mark.parametrize("was", [0, 19, 21])
async def test_a_correction_of_another_balance(ann: Freelancer, was: int) -> None:
    assert await outcome(ann.books.adjust(ann.new_request, 3, was=was)) == BalanceMoved(was, 20)
    assert isinstance(await outcome(ann.books.adjust(ann.new_request, 3, was=20)), Receipt)


async def test_a_return(ann: Freelancer) -> None:
    number = booked(await ann.spend(16)).entry.number
    for connects in (0, 17):
        assert await ann.give_back(number, connects) == OutOfRange("return", connects, 1, 16)
    assert booked(await ann.give_back(number, 1)).entry.delta == 1
    assert booked(await ann.give_back(number, 15)).entry.delta == 15


async def test_a_batch_of_returns(ann: Freelancer) -> None:
    booked(await ann.buy(200))
    booked(await ann.spend_all([1] * 100))
    booked(await ann.spend(1))
    spends = range(3, 104)
    assert await ann.give_back_all(()) == OutOfRange("batch", 0, 1, 100)
    assert await ann.give_back_all(spends) == OutOfRange("batch", 101, 1, 100)
    assert len(booked(await ann.give_back_all(spends[1:])).entries) == 100


async def test_a_cost_that_is_stated(ann: Freelancer) -> None:
    assert await ann.value(CostState.FREE) == CostKnown(0)
    booked(await ann.buy(60, UNKNOWN))
    assert await ann.value(dollars(10), 0) == OutOfRange("cost", 0, 1, 60)
    assert await ann.value(dollars(10), 61) == CostKnown(60)
    booked(await ann.value(dollars(10), 1))
    booked(await ann.value(dollars(10), 59))
    assert await ann.value(dollars(10), 1) == CostKnown(0)


async def test_without_a_cap_interviews_bring_nothing(ann: Freelancer) -> None:
    figures = {**BOOK.earning, Source.INTERVIEW: {"connects": 10, "cap": 0, "days": 7}}
    ann.books.rulebook = replace(BOOK, earning=figures)
    assert await ann.earn(Source.INTERVIEW) == LimitReached("interview", 0, 7, ann.clock.now() + 7 * DAY)


@pytest.mark.parametrize(
    ("shortfall", "connects"), [(1, 10), (10, 10), (11, 20), (150, 150), (151, 300), (300, 300), (301, 301)]
)
def test_the_smallest_purchase_that_covers_a_shortfall(shortfall: int, connects: int) -> None:
    assert purchase_covering(shortfall, BOOK) == (connects, dollars(15 * connects))


@pytest.mark.parametrize(
    ("connects", "percent", "tax"),
    [(49, 1, 0), (50, 1, 1), (149, 1, 1), (150, 1, 2), (3, 20, 1), (2, 20, 0), (5, 30, 2), (100, 0, 0), (0, 30, 0)],
)
def test_tax_is_rounded_half_up(connects: int, percent: int, tax: int) -> None:
    assert price_of(connects, replace(BOOK, each=1, tax_percent=percent)) == dollars(connects, tax=tax)


async def test_the_last_interview_brings_the_last_connect(ann: Freelancer) -> None:
    booked(await ann.earn(Source.INTERVIEW, connects=49))
    assert booked(await ann.earn(Source.INTERVIEW)).entry.delta == 1
    assert isinstance(await ann.earn(Source.INTERVIEW), LimitReached)


def bought(lot: Lot, connects: int, price: Price) -> Snapshot:
    """A wallet with one lot, and the purchase of some Connects in it, which is its second entry."""
    home, beyond = holding_of(WalletId(1)), income_from(Source.PURCHASE)
    legs = (Posting(home, connects, lot.number, price), Posting(beyond, -connects, lot.number, -price))
    entry = Entry(WalletId(1), 2, NOW, Kind.PURCHASE, legs, lot.left, "key", "body")
    return Snapshot(WalletId(1), entries=2, balance=lot.left, at=NOW, lots=(lot,), related=(entry,))


@pytest.mark.parametrize(
    ("left", "worth", "cost"),
    [
        (10, dollars(100, 10), dollars(100, 10)),
        (10, dollars(99, 9), dollars(99, 9)),
        (10, dollars(99, 10), dollars(99, 10)),
        (10, dollars(101, 10), dollars(101, 10)),
        (10, dollars(100, 11), dollars(100, 11)),
        (10, dollars(101, 11), dollars(101, 11)),
        (20, dollars(150, 15), dollars(100, 10)),
        (20, dollars(100, 10), dollars(100, 10)),
        (20, dollars(99, 20), dollars(49, 10)),
        (20, dollars(150, 9), dollars(75, 4)),
    ],
)
def test_what_is_taken_back_costs_what_it_did_unless_the_lot_has_less(left: int, worth: Price, cost: Price) -> None:
    lot = Lot(1, Source.PURCHASE, NOW, None, 20, left, dollars(300, 30), worth)
    change = rules.undo(bought(lot, 10, dollars(100, 10)), INTENT, 2, BOOK)
    assert isinstance(change, Change)
    assert change.entries[-1].postings[0].price == -cost
    assert change.lots[-1].worth == worth - cost


def test_only_the_once_keys_of_the_wallets_own_entry_are_released() -> None:
    lot = Lot(1, Source.PURCHASE, NOW, None, 20, 20, dollars(300), dollars(300))
    keys = (OnceKey("own", WalletId(1), 2), OnceKey("theirs", WalletId(2), 2), OnceKey("other", WalletId(1), 3))
    change = rules.undo(bought(lot, 10, dollars(100))._replace(once_keys=keys), INTENT, 2, BOOK)
    assert isinstance(change, Change)
    assert change.released == ("own",)


async def test_what_is_left_of_a_batch_is_undone_by_any_member(ann: Freelancer) -> None:
    first, last = booked(await ann.spend_all((2, 3))).entries
    undone = replace(last, number=4, kind=Kind.UNDO, of=3, key="u")
    wallet = Snapshot(ann.wallet, entries=4, balance=18, at=NOW, lots=await ann.lots())
    for number in (2, 3):
        change = rules.undo(wallet._replace(related=(first, last), followers=(undone,)), INTENT, number, BOOK)
        assert isinstance(change, Change)
        assert [entry.of for entry in change.entries] == [2]


async def test_returns_of_one_spend_are_no_returns_of_another(ann: Freelancer) -> None:
    booked(await ann.spend_all((5, 6)))
    booked(await ann.give_back(2, 4))
    assert [entry.delta for entry in booked(await ann.give_back_all((2, 3))).entries] == [1, 6]
    assert await ann.give_back_all((2, 3)) == AlreadyDone("return", 5)


def test_a_full_wallet_is_full_even_if_something_has_just_expired() -> None:
    expired = Lot(1, Source.WELCOME, NOW - DAY, NOW, 20, 20)
    full = Snapshot(WalletId(1), balance=MOST, entries=1, at=NOW, lots=(expired,))
    change = rules.buy(full, INTENT, 60, dollars(900), BOOK)
    assert rules.bounded(change) == OutOfRange("balance", MOST + 40, 0, MOST)


@pytest.mark.parametrize(("held", "fits"), [(MOST - 60, True), (MOST - 59, False)])
def test_the_fullest_wallet(held: int, *, fits: bool) -> None:
    full = Snapshot(WalletId(1), balance=held, entries=1, at=NOW)
    change = rules.buy(full, INTENT, 60, dollars(900), BOOK)
    assert (rules.bounded(change) == change) is fits


def test_connects_are_there_until_the_instant_of_their_expiry() -> None:
    lots = [Lot(number, Source.WELCOME, NOW, NOW + number * DAY, 20, 20 - number) for number in (1, 2, 3)]
    forever = Lot(4, Source.REWARD, NOW, None, 20, 20)
    assert [available([*lots, forever], NOW + DAY + late) for late in (-MOMENT, 0 * DAY)] == [74, 55]
    within = [
        [lot.number for _, lot in ending([*reversed(lots), forever], NOW + late, DAY)] for late in (-MOMENT, 0 * DAY)
    ]
    assert within == [[], [1]]
    assert [lot.number for _, lot in ending(lots, NOW + DAY, 2 * DAY)] == [2, 3]
    assert ending([lots[0]._replace(left=0)], NOW, DAY) == []


@pytest.mark.parametrize(
    ("issued", "size", "granted"), [(NOW, 100, True), (NOW, 0, False), (NOW.replace(day=1) - 9 * DAY, 100, False)]
)
def test_a_lot_of_the_month_is_enough_even_if_nothing_says_which_entry(
    issued: datetime, size: int, *, granted: bool
) -> None:
    wallet = Snapshot(WalletId(1), lots=(Lot(1, Source.MONTHLY, issued, None, size, size),))
    found = granted_before(wallet, NOW, Source.MONTHLY, Award(100, zone="UTC"))
    assert found == (AlreadyDone("monthly", 0) if granted else None)


def test_nothing_is_spent_in_a_month_without_entries() -> None:
    budget = Budget(300, "UTC", datetime(2026, 1, 1, tzinfo=UTC), 42)
    ends = datetime(2026, 2, 1, tzinfo=UTC)
    assert [spent_at(budget, at) for at in (ends - MOMENT, ends)] == [42, 0]
    assert Budget(300, "UTC").spent == 0


async def test_sums_include_their_beginning_and_not_their_end(ann: Freelancer) -> None:
    booked(await ann.spend(3))
    journal, at = await ann.journal(), ann.clock.now()
    spans = [(at, at + MOMENT), (at - MOMENT, at), (at + MOMENT, at + DAY)]
    assert [sums(journal, *span).spent.get(Purpose.PROPOSAL, 0) for span in spans] == [3, 0, 0]


async def test_a_cent_is_a_price_and_nothing_is_none(ann: Freelancer) -> None:
    booked(await ann.spend(20))
    booked(await ann.buy(1, dollars(0)))
    assert sums(await ann.journal(), NOW, NOW + DAY).paid is None
    booked(await ann.buy(1, dollars(1)))
    booked(await ann.spend(2))
    found = sums(await ann.journal(), NOW, NOW + DAY)
    assert (found.paid, found.cost) == (dollars(1), dollars(1))


async def test_the_cost_of_a_lot_is_that_of_the_entry_that_issued_it(ann: Freelancer) -> None:
    booked(await ann.buy(1, UNKNOWN))
    booked(await ann.buy(9, dollars(9)))
    booked(await ann.undo(3))
    booked(await ann.give_back(booked(await ann.spend(5)).entry.number))
    journal = await ann.journal()
    assert cost_states(journal) == {1: CostState.FREE, 2: CostState.UNKNOWN, 3: CostState.PAID}
    assert cost_states(journal[3:]) == {}


@pytest.mark.parametrize(
    ("months", "then"),
    [(0, (2026, 1)), (1, (2026, 2)), (11, (2026, 12)), (12, (2027, 1)), (23, (2027, 12)), (24, (2028, 1))],
)
def test_months_later(months: int, then: tuple[int, int]) -> None:
    later = add_months(NOW, months)
    assert (later.year, later.month, later.day, later.hour) == (*then, 10, 9)
