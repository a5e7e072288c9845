"""The undo of an import: what is taken back, what stays, and why."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from core.imports.model import Answers, Stay
from core.ledger.model import Kind, Source
from core.ledger.past.amending import lots_issued
from core.shared.money import CostState, Price
from core.shared.refusals import AlreadyDone, NotAmendable, RefusedError, Unknown
from tests.imports.keeper import APPLIED, BOUGHT, CANCELLED, MONTHLY, Keeper, page, row

LOGO = row(10, APPLIED, -16, "Logo")
FIRST = page(LOGO, row(9, BOUGHT, 40), row(8, APPLIED, -8, "Flyer"), balance=116)


async def test_an_undone_import_leaves_the_books_as_they_were(ann: Keeper) -> None:
    before = await ann.state()
    await ann.take(FIRST)
    after = await ann.state()
    undone = await ann.undo()
    assert (undone.rows, undone.stays, undone.before, undone.after) == (3, (), 116, 20)
    assert await ann.state() == before
    await ann.take(FIRST)
    assert await ann.state() == after


async def test_a_typed_opening_comes_back(ann: Keeper) -> None:
    await ann.books.opening(ann.request, 200, Price(900, 0, "USD"))
    await ann.books.spend(ann.request, 30, memo="Poster")
    before = await ann.state()
    await ann.take(FIRST)
    await ann.undo()
    assert await ann.state() == before


async def test_a_row_that_two_imports_saw_stays_until_both_are_undone(ann: Keeper) -> None:
    await ann.take(FIRST)
    second = page(row(12, APPLIED, -4, "Map"), *FIRST.rows, balance=112)
    await ann.take(second)
    undone = await ann.undo(1)
    assert undone.rows == 0
    assert {(one.entry.memo, one.why, one.import_number) for one in undone.stays} == {
        ("Flyer", Stay.SEEN_AGAIN, 2),
        ("", Stay.SEEN_AGAIN, 2),
        ("Logo", Stay.SEEN_AGAIN, 2),
    }
    assert undone.after == 112
    last = await ann.undo()
    assert (last.rows, last.after) == (4, 20)


async def test_the_same_press_undoes_once(ann: Keeper) -> None:
    await ann.take(FIRST)
    request = ann.request
    first, second = await asyncio.gather(ann.imports.undo(request), ann.imports.undo(request))
    assert (first.replayed, second.replayed) == (False, True)
    assert second.batch.number == first.batch.number
    with pytest.raises(RefusedError) as refused:
        await ann.undo()
    assert refused.value.refusal == Unknown("import", "")
    with pytest.raises(RefusedError) as refused:
        await ann.undo(1)
    assert refused.value.refusal == AlreadyDone("import", 2)


async def test_what_was_typed_stays(ann: Keeper) -> None:
    await ann.books.spend(ann.request, 16, memo="Logo")
    await ann.take(FIRST, answers=Answers(same={1: 2}))
    undone = await ann.undo()
    assert (undone.rows, undone.after) == (2, 4)
    assert (await ann.entry("Logo")).number == 2


async def test_what_was_spent_since_keeps_what_it_needs(ann: Keeper) -> None:
    bought = row(9, BOUGHT, 40)
    await ann.take(page(LOGO, bought, row(8, BOUGHT, 80), balance=104))
    await ann.books.spend(ann.request, 50, memo="Poster")
    undone = await ann.undo()
    assert [(one.entry.kind, one.entry.delta, one.why) for one in undone.stays] == [(Kind.PURCHASE, 40, Stay.NEEDED)]
    assert (undone.rows, undone.after) == (2, 10)
    shown, _ = await ann.take(page(LOGO, bought, row(8, BOUGHT, 80), balance=54))
    assert shown.after == 54


async def test_an_opening_that_was_spent_since_stays(ann: Keeper) -> None:
    await ann.take(page(LOGO, balance=100), answers=Answers(cost=CostState.FREE))
    await ann.books.spend(ann.request, 50, memo="Poster")
    undone = await ann.undo()
    assert [(one.entry.delta, one.why) for one in undone.stays] == [(116, Stay.NEEDED)]
    assert (undone.rows, undone.after) == (1, 66)


async def test_a_spend_that_came_back_by_hand_stays(ann: Keeper) -> None:
    await ann.take(FIRST)
    logo = await ann.entry("Logo")
    await ann.books.give_back(ann.request, logo.number)
    undone = await ann.undo()
    assert [(one.entry.memo, one.why) for one in undone.stays] == [("", Stay.NEEDED), ("Logo", Stay.NEEDED)]
    assert (undone.rows, undone.after) == (1, 60), "without the purchase, there would be nothing for it on its day"


async def test_a_return_is_income_again_without_its_spend(ann: Keeper) -> None:
    back = row(10, CANCELLED, 16, "Logo")
    await ann.take(page(back, row(8, BOUGHT, 40), balance=100))
    before = await ann.state()
    await ann.take(page(back, row(9, APPLIED, -16, "Logo"), row(8, BOUGHT, 40), balance=100))
    await ann.undo(2)
    assert await ann.state() == before
    entry = await ann.entry("Logo")
    assert (entry.kind, entry.counterpart) == (Kind.GRANT, f"income:{Source.RETURN}")


async def test_an_import_that_only_completes_is_undone_too(ann: Keeper) -> None:
    await ann.take(FIRST)
    better = page(LOGO._replace(job="~021234567890123456789"), *FIRST.rows[1:], balance=116)
    await ann.take(better)
    assert (await ann.undo()).after == 116
    shown, booked = await ann.take(better)
    assert shown.completed == 1
    assert booked is not None


async def test_a_return_of_what_had_expired_is_taken_back_with_its_lot(ann: Keeper) -> None:
    before = await ann.state()
    rows = [row(-530, CANCELLED, 16, "Logo"), row(-540, APPLIED, -16, "Logo"), row(-900, MONTHLY, 100)]
    await ann.take(page(row(5, MONTHLY, 10), *rows, balance=10))
    await ann.undo()
    assert await ann.state() == before


async def test_an_opening_that_comes_back_costs_what_it_did(ann: Keeper) -> None:
    await ann.take(page(row(10, APPLIED, -7, "Logo"), balance=188), answers=Answers(cost=Price(3101, 75, "USD")))
    before = await ann.state()
    await ann.take(page(row(10, APPLIED, -7, "Logo"), row(9, BOUGHT, 158), row(5, APPLIED, -2, "Map"), balance=188))
    await ann.undo()
    assert await ann.state() == before
    await ann.take(page(row(9, BOUGHT, 195), row(5, BOUGHT, 5), row(4, APPLIED, -5, "Map"), balance=195, copied=9))
    await ann.undo()
    assert await ann.state() == before, "also one that was not needed any more"


async def test_what_came_back_before_its_cost_was_stated_is_no_hindrance(ann: Keeper) -> None:
    await ann.books.opening(ann.request, 100, CostState.UNKNOWN)
    spent = await ann.books.spend(ann.request, 20, memo="Poster")
    await ann.books.give_back(ann.request, spent.entry.number)
    await ann.books.value(ann.request, None, Price(1500, 0, "USD"))
    ann.clock.at += timedelta(days=1)
    await ann.take(page(row(13, APPLIED, -16, "Logo"), copied=13))
    assert [(lot.left, lot.worth) for lot in (await ann.record()).head.lots if lot.size] == [
        (84, Price(1260, 0, "USD"))
    ]
    await ann.verify()
    await ann.undo()
    assert (await ann.record()).head.balance == 100


async def test_an_opening_that_was_priced_when_it_was_used_up_keeps_its_cost(ann: Keeper) -> None:
    await ann.books.opening(ann.request, 40, CostState.UNKNOWN)
    await ann.books.spend(ann.request, 40, memo="Poster")
    await ann.books.price(ann.request, 40, Price(600, 0, "USD"))
    await ann.take(page(row(12, APPLIED, -10, "Flyer"), row(5, APPLIED, -12, "Logo"), balance=20))
    await ann.verify()
    priced = [(lot.size, lot.price) for lot in (await ann.record()).head.lots if lot.size]
    assert priced == [(82, Price(1230, 0, "USD"))]
    with pytest.raises(RefusedError) as refused:
        await ann.books.amend(ann.request, {2: Price(820, 0, "USD")})
    assert refused.value.refusal == NotAmendable(2, "lifted")
    (opening,) = lots_issued(await ann.record())
    await ann.books.amend(ann.request, {opening: Price(820, 0, "USD")})
    await ann.take(page(row(4, APPLIED, -18, "Map")))
    await ann.verify()
    priced = [(lot.size, lot.price) for lot in (await ann.record()).head.lots if lot.size]
    assert priced == [(100, Price(1000, 0, "USD"))]
    await ann.undo()
    await ann.verify()
    priced = [(lot.size, lot.price) for lot in (await ann.record()).head.lots if lot.size]
    assert priced == [(82, Price(820, 0, "USD"))]
