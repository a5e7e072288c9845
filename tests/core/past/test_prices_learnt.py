"""A price that is learnt later, by hand: what was spent follows, and undoing it restores everything to the cent."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from core.ledger.model import Kind, Source
from core.ledger.past.amending import drawn, unpriced
from core.ledger.past.standing import Standing
from core.ledger.summary import sums
from core.shared.money import UNKNOWN, CostState, Price
from core.shared.refusals import AlreadyDone, CostKnown, NotAmendable, NotEnoughThen, OutOfRange, Refusal, Unknown
from tests.core.freelancer import booked, dollars

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.ledger.ports import Record
    from tests.core.freelancer import Freelancer


async def record(ann: Freelancer) -> Record:
    return await ann.books.store.ledger.record(ann.wallet)


async def costs(ann: Freelancer) -> dict[int, Price]:
    """What each spend costs by now, less what came back of it."""
    known = await record(ann)
    lots, found = {lot.number: lot for lot in known.head.lots}, dict[int, Price]()
    standing = Standing(known.entries)
    for number, entry in standing.facts.items():
        if entry.kind in {Kind.SPEND, Kind.RETURN}:
            for (lot, _), amount in standing.legs[number].items():
                price = (-amount).price(lots[lot]) or dollars(0)
                of = entry.of or number
                found[of] = found[of] + price if of in found else price
    return found


async def state(ann: Freelancer) -> tuple[Any, ...]:
    """Lots and legs, as far as anything is in them."""
    known = await record(ann)
    standing = Standing(known.entries)
    legs = {number: legs for number, legs in standing.legs.items() if standing.entries[number].kind is not Kind.EXPIRY}
    return [lot for lot in known.head.lots if lot.size], {n: some for n, some in legs.items() if n in standing.facts}


async def test_a_purchase_cost_more_than_the_list_price(ann: Freelancer) -> None:
    booked(await ann.spend(20))
    bought = booked(await ann.buy(60, dollars(900))).entry.number
    spent = booked(await ann.spend(16)).entry.number
    booked(await ann.give_back(spent, 6))
    before = await state(ann)
    receipt = booked(await ann.amend({bought: dollars(900, 180)}))
    assert (receipt.entry.kind, receipt.entry.delta, receipt.entry.of) == (Kind.AMENDMENT, 0, bought)
    assert receipt.entry.when == (await record(ann)).entries[bought - 1].when
    assert (await costs(ann))[spent] == dollars(150, 30)
    assert [(lot.left, lot.worth) for lot in await ann.lots()] == [(50, dollars(750, 150))]
    known = await record(ann)
    whole = sums(known.entries, ann.clock.at - timedelta(days=1), ann.clock.at + timedelta(days=1))
    assert (whole.paid, whole.cost, whole.bought, whole.entries) == (dollars(900, 180), dollars(150, 30), 60, 5)
    assert drawn(known, {known.head.lots_made}) == (1, (dollars(150, 30),))
    booked(await ann.undo(receipt.entry.number))
    assert await state(ann) == before


async def test_it_was_paid_in_another_currency(ann: Freelancer) -> None:
    bought = booked(await ann.buy(60, dollars(900))).entry.number
    spent = booked(await ann.spend(40)).entry.number
    booked(await ann.amend({bought: Price(870, 165, "EUR")}))
    known = await record(ann)
    whole = sums(known.entries, ann.clock.at - timedelta(days=1), ann.clock.at + timedelta(days=1))
    assert (whole.paid, whole.cost) == (Price(870, 165, "EUR"), Price(290, 55, "EUR"))
    booked(await ann.undo(spent))
    assert [lot.worth for lot in await ann.lots()] == [None, Price(870, 165, "EUR")]


async def test_of_two_corrections_the_later_one_counts(ann: Freelancer) -> None:
    booked(await ann.spend(20))
    bought = booked(await ann.buy(60, dollars(900))).entry.number
    spent = booked(await ann.spend(20)).entry.number
    first = booked(await ann.amend({bought: dollars(950)})).entry.number
    booked(await ann.spend(4))
    second = booked(await ann.amend({bought: dollars(1200)})).entry.number
    after = await state(ann)
    booked(await ann.undo(first))
    assert (await state(ann))[0] == after[0]
    assert (await costs(ann))[spent] == dollars(400)
    booked(await ann.undo(second))
    assert (await costs(ann))[spent] == dollars(300)
    assert isinstance(await ann.undo(second), AlreadyDone)


async def test_a_purchase_that_is_undone_takes_its_correction_along(ann: Freelancer) -> None:
    bought = booked(await ann.buy(60, dollars(900))).entry.number
    amended = booked(await ann.amend({bought: dollars(1000)})).entry.number
    booked(await ann.undo(bought))
    assert await ann.available() == 20
    whole = sums((await record(ann)).entries, ann.clock.at - timedelta(days=1), ann.clock.at + timedelta(days=1))
    assert (whole.paid, whole.bought) == (None, 0)
    booked(await ann.undo(amended))
    assert await ann.available() == 20
    assert isinstance(await ann.amend({bought: dollars(5)}), AlreadyDone)


async def test_what_was_spent_of_an_opening_gets_its_cost(ann: Freelancer) -> None:
    opened = booked(await ann.opening(40, CostState.UNKNOWN)).entry.number
    spent = [booked(await ann.spend(connects)).entry.number for connects in (16, 24)]
    before = await state(ann)
    assert unpriced(await record(ann)) == ((opened, 40, 0),)
    assert await ann.price(30, CostState.PAID) == CostKnown(40)
    receipt = booked(await ann.price(40, CostState.PAID))
    assert await costs(ann) == {spent[0]: dollars(240), spent[1]: dollars(360)}
    assert unpriced(await record(ann)) == ()
    assert await ann.price(40, CostState.PAID) == CostKnown(0)
    booked(await ann.undo())
    assert await state(ann) == before
    assert receipt.balance == 0


async def test_what_was_stated_of_a_part_stays(ann: Freelancer) -> None:
    opened = booked(await ann.opening(100, CostState.UNKNOWN)).entry.number
    booked(await ann.spend(30))
    valued = booked(await ann.value(CostState.FREE, 40)).entry.number
    booked(await ann.spend(35))
    assert unpriced(await record(ann)) == ((opened, 60, 0),)
    booked(await ann.price(60, dollars(601)))
    priced = [(lot.size, lot.price) for lot in (await record(ann)).head.lots if lot.size]
    assert priced == [(40, dollars(0)), (60, dollars(601))]
    booked(await ann.undo(valued))
    priced = [(lot.size, lot.price) for lot in (await record(ann)).head.lots if lot.size]
    assert priced == [(40, UNKNOWN), (60, dollars(601))]
    booked(await ann.amend({opened: dollars(1000)}))
    priced = [(lot.size, lot.price) for lot in (await record(ann)).head.lots if lot.size]
    assert priced == [(100, dollars(1000))]


async def test_what_was_spent_is_priced_by_itself(ann: Freelancer) -> None:
    booked(await ann.opening(100, CostState.UNKNOWN))
    spent = booked(await ann.spend(30)).entry.number
    booked(await ann.value(dollars(700)))
    booked(await ann.price(30, dollars(100)))
    assert (await costs(ann))[spent] == dollars(100)
    assert [(lot.left, lot.worth) for lot in await ann.lots()] == [(70, dollars(700))]


async def test_a_price_for_all_takes_the_place_of_parts(ann: Freelancer) -> None:
    opened = booked(await ann.opening(100, CostState.UNKNOWN)).entry.number
    booked(await ann.spend(30))
    valued = booked(await ann.value(dollars(600), 40)).entry.number
    before = await state(ann)
    amended = booked(await ann.amend({opened: dollars(1500)})).entry.number
    assert [(lot.size, lot.left, lot.price) for lot in await ann.lots()] == [(100, 70, dollars(1500))]
    booked(await ann.undo(valued))
    assert [(lot.size, lot.left, lot.price) for lot in await ann.lots()] == [(100, 70, dollars(1500))]
    booked(await ann.undo(amended))
    assert [(lot.size, lot.left, lot.price) for lot in await ann.lots()] == [(100, 70, UNKNOWN)]
    assert before != await state(ann)


async def test_several_openings_share_a_price(ann: Freelancer) -> None:
    booked(await ann.opening(40, CostState.UNKNOWN))
    booked(await ann.adjust(20))
    booked(await ann.price(60, dollars(1000)))
    assert [(lot.size, lot.price) for lot in await ann.lots()] == [(40, dollars(666)), (20, dollars(334))]
    booked(await ann.undo())
    assert [lot.price for lot in await ann.lots()] == [UNKNOWN, UNKNOWN]


async def test_what_was_free_had_a_price_after_all(ann: Freelancer) -> None:
    booked(await ann.spend(20))
    monthly = booked(await ann.earn(Source.MONTHLY)).entry.number
    spent = booked(await ann.spend(50)).entry.number
    booked(await ann.amend({monthly: dollars(1000, 200)}))
    assert (await costs(ann))[spent] == dollars(500, 100)
    booked(await ann.amend({monthly: dollars(0)}))
    assert (await costs(ann))[spent] == dollars(0)
    assert await ann.amend({monthly: dollars(0)}) == NotAmendable(monthly, "same")


async def test_books_of_today_are_restated_with_it(ann: Freelancer) -> None:
    """An undo puts back what it took; in a past that is replayed, later costs are as if it had never been."""
    booked(await ann.buy(3, dollars(100)))
    undone = booked(await ann.spend(21)).entry.number
    kept = booked(await ann.spend(1)).entry.number
    booked(await ann.undo(undone))
    bought = booked(await ann.buy(10, dollars(90))).entry.number
    assert (await costs(ann))[kept] != dollars(0)
    booked(await ann.amend({bought: dollars(100)}))
    assert (await costs(ann))[kept] == dollars(0)


async def test_what_has_expired_has_expired_at_the_true_price(ann: Freelancer) -> None:
    opened = booked(await ann.opening(40, CostState.UNKNOWN)).entry.number
    booked(await ann.spend(30))
    ann.clock.pass_(days=400)
    booked(await ann.buy(5))
    receipt = booked(await ann.price(40, dollars(400)))
    assert receipt.asked == (receipt.entry,)
    known = await record(ann)
    (lot,) = (lot for lot in known.head.lots if lot.price == dollars(400))
    assert (lot.left, Standing(known.entries).expired[lot.number]) == (0, (-10, -100, 0))
    whole = sums(known.entries, ann.clock.at - timedelta(days=401), ann.clock.at + timedelta(days=1))
    assert (whole.expired, whole.cost) == (10, dollars(300))
    booked(await ann.amend({opened: dollars(800)}))
    assert (await costs(ann)) == {3: dollars(600)}


async def test_a_price_with_which_other_connects_would_have_expired_is_refused(ann: Freelancer) -> None:
    booked(await ann.spend(20))
    ann.books.rulebook = replace(ann.books.rulebook, order="free", expiry_months=1)
    given = booked(await ann.buy(10, dollars(0))).entry.number
    ann.books.rulebook = replace(ann.books.rulebook, expiry_months=12)
    booked(await ann.earn(Source.REWARD, connects=10))
    booked(await ann.spend(10))
    ann.clock.pass_(days=40)
    booked(await ann.spend(10))
    assert await ann.amend({given: dollars(500)}) == NotEnoughThen(ann.clock.at, 10, 0, 6)


@pytest.mark.parametrize(
    ("prices", "refusal"),
    [
        ({9: dollars(1)}, Unknown("entry", "9")),
        ({3: dollars(1)}, NotAmendable(3, "kind")),
        ({2: UNKNOWN}, NotAmendable(2, "unknown")),
        ({2: dollars(900)}, NotAmendable(2, "same")),
        ({2: dollars(-1)}, OutOfRange("price", -1, 0, 10_000_000, "USD")),
    ],
)
async def test_what_cannot_be_amended_is_refused(
    ann: Freelancer, prices: Mapping[int, Price], refusal: Refusal
) -> None:
    booked(await ann.buy(60, dollars(900)))
    booked(await ann.spend(3))
    given = await ann.amend(prices)
    assert type(given) is type(refusal)
    assert isinstance(refusal, OutOfRange) or given == refusal
