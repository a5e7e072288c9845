"""Facts that are booked on a day of the past, one at a time."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from core.alerts.catalogue import observe_past
from core.ledger.entry_builder import Intent
from core.ledger.model import Kind, Purpose, Receipt
from core.ledger.past.dated_rules import buy_then
from core.ledger.ports import Key
from core.ledger.requests import Spend
from core.shared.money import CostState
from core.shared.refusals import AlreadyDone, LotUsed, NotEnoughThen, NotThatDay, NotUndoable, OutOfRange, Refusal
from core.wallets.settings import Settings
from tests.core.freelancer import Freelancer, OpenBooks, booked, dollars, outcome

if TYPE_CHECKING:
    from datetime import datetime

    from core.ledger.model import Entry


async def spend_then(ann: Freelancer, connects: int, days: int, memo: str = "") -> Receipt | Refusal:
    return await spends_then(ann, [Spend(connects, memo=memo)], days)


async def spends_then(ann: Freelancer, spends: list[Spend], days: int) -> Receipt | Refusal:
    return await outcome(ann.books.spend_all(ann.new_request, spends, on=ago(ann, days)))


def ago(ann: Freelancer, days: int) -> datetime:
    return ann.clock.at - timedelta(days=days)


async def two_lots(ann: Freelancer) -> None:
    """20 free Connects, 40 bought ten days later, and again ten days later."""
    booked(await ann.opening(20))
    ann.clock.pass_(days=10)
    booked(await ann.buy(40, dollars(600)))
    ann.clock.pass_(days=10)


def cost(entry: Entry) -> int:
    return sum(leg.price.total for _, leg in entry.moves if leg.price is not None)


async def test_a_spend_of_the_past_takes_what_was_there_by_then(ann: Freelancer) -> None:
    await two_lots(ann)
    late = booked(await ann.spend(16, "Today")).entry
    early = booked(await spend_then(ann, 16, 5, "Logo"))
    assert (early.entry.memo, early.entry.happened, cost(early.entry)) == ("Logo", ago(ann, 5), 0)
    assert [entry.kind for entry in early.asked] == [Kind.SPEND]
    assert {entry.of for entry in early.entries if entry.kind is Kind.RECAST} == {late.number}
    assert early.balance == 28
    assert [lot.left for lot in await ann.lots()] == [28]


async def test_it_is_refused_if_too_little_was_there_then(ann: Freelancer) -> None:
    await two_lots(ann)
    assert await spend_then(ann, 21, 15) == NotEnoughThen(ago(ann, 15), 21, 20)
    assert isinstance(await spend_then(ann, 21, 5), Receipt)


async def test_it_is_refused_if_a_later_entry_would_lack_it(ann: Freelancer) -> None:
    booked(await ann.opening(20))
    ann.clock.pass_(days=5)
    later = booked(await ann.spend(15)).entry
    ann.clock.pass_(days=5)
    booked(await ann.buy(40))
    assert await spend_then(ann, 10, 8) == NotEnoughThen(later.at, 15, 10, later.number)
    assert isinstance(await spend_then(ann, 10, 0), Receipt)


async def test_a_day_to_come_or_from_before_the_books_is_refused(ann: Freelancer) -> None:
    began = ann.clock.at
    await two_lots(ann)
    assert await spend_then(ann, 1, -1) == NotThatDay("future", ago(ann, -1))
    assert await spend_then(ann, 1, 21) == NotThatDay("before", began)


async def test_what_is_of_today_is_booked_as_ever(ann: Freelancer) -> None:
    booked(await ann.opening(20))
    assert booked(await spend_then(ann, 1, 0)).entry.happened is None


async def test_it_is_booked_once(ann: Freelancer) -> None:
    await two_lots(ann)
    request, on = ann.new_request, ago(ann, 5)
    first = await ann.books.spend(request, 4)
    assert await outcome(ann.books.spend_all(request, [Spend(4)], on=on)) != first
    request = ann.new_request
    first = await ann.books.spend_all(request, [Spend(4), Spend(3)], on=on)
    assert await ann.books.spend_all(request, [Spend(4), Spend(3)], on=on) == first._replace(replayed=True)


async def test_limits_hold_for_the_past_too(ann: Freelancer) -> None:
    await two_lots(ann)
    assert isinstance(await spend_then(ann, 501, 5), OutOfRange)
    assert isinstance(await spends_then(ann, [Spend(1)] * 101, 5), OutOfRange)
    books, on = ann.books, ago(ann, 5)
    assert isinstance(await outcome(books.buy(ann.new_request, 0, on=on)), OutOfRange)
    assert isinstance(await outcome(books.adjust(ann.new_request, 0, on=on)), OutOfRange)


async def test_a_purchase_of_the_past_changes_costs_from_its_day_on(ann: Freelancer) -> None:
    await two_lots(ann)
    spent = booked(await ann.spend(30)).entry
    receipt = booked(await outcome(ann.books.buy(ann.new_request, 10, dollars(100), on=ago(ann, 15))))
    (recast,) = {entry.of for entry in receipt.entries if entry.kind is Kind.RECAST}
    assert recast == spent.number
    assert [(lot.left, lot.worth) for lot in await ann.lots()] == [(40, dollars(600))]


async def test_a_correction_of_the_past_goes_up_and_down(ann: Freelancer) -> None:
    await two_lots(ann)
    up = booked(await outcome(ann.books.adjust(ann.new_request, 5, "found", on=ago(ann, 15))))
    down = booked(await outcome(ann.books.adjust(ann.new_request, -3, "lost", on=ago(ann, 14))))
    assert [one.entry.memo for one in (up, down)] == ["found", "lost"]
    assert [lot.left for lot in await ann.lots()] == [17, 5, 40]


async def test_a_return_of_the_past_is_not_before_its_spend(ann: Freelancer) -> None:
    await two_lots(ann)
    spent = booked(await ann.spend(30)).entry
    ann.clock.pass_(days=10)
    books = ann.books
    early = await outcome(books.give_back(ann.new_request, spent.number, on=ago(ann, 11)))
    assert early == NotThatDay("return", spent.at, spent.number)
    most = await outcome(books.give_back(ann.new_request, spent.number, 31, on=ago(ann, 5)))
    assert most == OutOfRange("return", 31, 1, 30)
    given = booked(await outcome(books.give_back(ann.new_request, spent.number, on=ago(ann, 5))))
    assert (given.entry.kind, given.entry.of, given.balance) == (Kind.RETURN, spent.number, 60)
    again = await outcome(books.give_back(ann.new_request, spent.number, on=ago(ann, 5)))
    assert again == AlreadyDone("return", given.entry.number)
    wrong = await outcome(books.give_back(ann.new_request, given.entry.number, on=ago(ann, 5)))
    assert wrong == NotUndoable(given.entry.number, "not_spend")


async def test_several_returns_of_the_past_are_one_batch(ann: Freelancer) -> None:
    await two_lots(ann)
    spent = booked(await spends_then(ann, [Spend(4), Spend(5)], 5)).asked
    numbers = [entry.number for entry in spent]
    given = booked(await outcome(ann.books.give_back_all(ann.new_request, numbers, on=ago(ann, 2))))
    assert sorted(one.of or 0 for one in given.asked) == sorted(numbers)
    assert given.balance == 60


async def test_what_was_moved_to_other_lots_comes_back_to_those(ann: Freelancer) -> None:
    await two_lots(ann)
    late = booked(await ann.spend(18)).entry
    booked(await spend_then(ann, 16, 5))
    assert [lot.left for lot in await ann.lots()] == [26]
    booked(await ann.give_back(late.number, 16))
    assert [(lot.left, lot.source) for lot in await ann.lots()] == [(2, "opening"), (40, "purchase")]
    assert isinstance(await ann.give_back(late.number, 3), OutOfRange)
    booked(await ann.give_back(late.number))
    assert await ann.available() == 44


async def test_an_undo_leaves_no_trace_in_costs(ann: Freelancer) -> None:
    await two_lots(ann)
    late = booked(await ann.spend(16)).entry
    early = booked(await spend_then(ann, 16, 5)).entry
    before = await ann.lots()
    undone = booked(await ann.undo(early.number))
    assert [(entry.kind, entry.of, entry.happened) for entry in undone.asked] == [
        (Kind.UNDO, early.number, early.happened)
    ]
    assert [(lot.left, lot.source) for lot in await ann.lots()] == [(4, "opening"), (40, "purchase")]
    assert await ann.undo(early.number) == AlreadyDone("undo", undone.entry.number)
    assert booked(await spend_then(ann, 16, 5)).balance == 28
    assert await ann.lots() == before
    assert isinstance(await ann.undo(late.number), Receipt)


async def test_undo_finds_the_latest_that_can_be_undone(ann: Freelancer) -> None:
    await two_lots(ann)
    booked(await ann.spend(16))
    early = booked(await spends_then(ann, [Spend(8), Spend(8, Purpose.BOOST)], 5)).asked
    undone = booked(await ann.undo()).asked
    assert {entry.of for entry in undone} == {entry.number for entry in early}
    recast = next(entry for entry in await ann.journal() if entry.kind is Kind.RECAST)
    assert await ann.undo(recast.number) == NotUndoable(recast.number, "recast")


async def test_an_undo_names_the_entry_that_would_lack_its_connects(ann: Freelancer) -> None:
    booked(await ann.opening(20))
    ann.clock.pass_(days=10)
    bought = booked(await outcome(ann.books.buy(ann.new_request, 40, on=ago(ann, 5)))).entry
    spent = booked(await ann.spend(30)).entry
    assert await ann.undo(bought.number) == LotUsed(bought.postings[0].lot, 10, spent.number)
    returned = booked(await ann.give_back(spent.number, 5)).entry
    assert await ann.undo(spent.number) == NotUndoable(spent.number, "returned")
    booked(await ann.undo(returned.number))
    booked(await ann.undo(spent.number))
    assert isinstance(await ann.undo(bought.number), Receipt)


async def test_a_cost_that_is_stated_later_holds_with_the_past(ann: Freelancer) -> None:
    booked(await ann.opening(30, CostState.UNKNOWN))
    ann.clock.pass_(days=10)
    spent = booked(await ann.spend(10)).entry
    booked(await ann.give_back(spent.number))
    booked(await outcome(ann.books.buy(ann.new_request, 5, dollars(50), on=ago(ann, 5))))
    booked(await ann.value(dollars(300)))
    assert await ann.available() == 35


async def test_only_what_happened_this_month_counts_in_its_budget(books: OpenBooks, ann: Freelancer) -> None:
    await books.store.people.save_settings(ann.wallet, Settings("UTC", budget=100))
    await two_lots(ann)
    ann.clock.pass_(days=5)  # it is 4 February
    booked(await spend_then(ann, 9, 2))
    booked(await spend_then(ann, 5, 10))
    for zone in ("UTC", "Europe/Kyiv"):
        await books.store.people.save_settings(ann.wallet, Settings(zone, budget=100))
        budget = (await books.store.ledger.holding(ann.wallet)).budget
        assert budget is not None
        assert budget.spent == 9


async def test_only_what_nobody_knew_to_be_gone_is_reported(ann: Freelancer) -> None:
    """Of two lots that have expired, one was there before; the other one is bought and gone in the same change."""
    booked(await ann.opening(20))
    ann.clock.pass_(days=370)
    record = await ann.books.store.ledger.record(ann.wallet)
    intent = Intent(Key("late", "asked"), ann.clock.at)
    price, figures = dollars(450), ann.books.rulebook
    planned = observe_past(
        record.head, buy_then(record, intent, 30, price, on=ago(ann, 369), rulebook=figures), figures
    )
    assert not isinstance(planned, Refusal)
    assert planned.entries[-1].balance == 0
    assert [(notice.code, notice.facts["connects"]) for notice in planned.notices] == [("expired", 20)]


async def test_all_that_came_back_late_can_be_valued(ann: Freelancer) -> None:
    booked(await ann.opening(60, CostState.UNKNOWN))
    spent = booked(await ann.spend(10)).entry
    ann.clock.pass_(days=400)
    booked(await ann.buy(40))
    booked(await ann.give_back(spent.number))
    ann.clock.pass_(days=2)
    booked(await spend_then(ann, 3, 1))
    booked(await ann.value(dollars(100)))
    booked(await spend_then(ann, 4, 1))
    assert [lot.left for lot in await ann.lots()] == [33, 10]
