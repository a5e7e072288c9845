"""An opening of the past in place of what the books began with: its Connects are lifted, and come back on undo."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

from core.ledger.entry_builder import Intent
from core.ledger.model import Kind, Purpose, Source, expense_on, income_from
from core.ledger.past.facts import NewFact
from core.ledger.past.replay import Short
from core.ledger.past.restate import restate
from core.ledger.past.standing import Standing
from core.ledger.ports import Key, Scope
from core.ledger.requests import Spend
from core.shared.money import UNKNOWN, CostState
from tests.core.freelancer import Freelancer, OpenBooks, booked, dollars, outcome
from tests.core.past.oracle import state_of

if TYPE_CHECKING:
    from core.ledger.past.restate import Restated
    from core.ledger.ports import Record

KEYS = count(1)


async def record(ann: Freelancer) -> Record:
    return await ann.books.store.ledger.record(ann.wallet)


async def restated(ann: Freelancer, **asked: Any) -> Restated | Short:
    key = Key(f"0000000000:restated:{next(KEYS)}", "asked")
    planned = restate(await record(ann), Intent(key, ann.clock.at), ann.books.rulebook, **asked)
    if not isinstance(planned, Short):
        await ann.books.store.ledger.write(Scope(ann.wallet), key, lambda _before: planned.change)
    return planned


def older(ann: Freelancer, connects: int) -> list[NewFact]:
    """What a page shows of the weeks before the books began."""
    began = ann.clock.at.replace(hour=10) - timedelta(days=70)
    return [
        NewFact(began, Kind.GRANT, connects, income_from(Source.OPENING), UNKNOWN),
        NewFact(began + timedelta(days=2), Kind.PURCHASE, 20, income_from(Source.PURCHASE), dollars(300)),
        NewFact(began + timedelta(days=9), Kind.SPEND, 25, expense_on(Purpose.PROPOSAL), memo="Older"),
    ]


async def booked_older(ann: Freelancer, connects: int, *lifted: int) -> Restated:
    planned = await restated(ann, facts=older(ann, connects), lifted=lifted)
    assert not isinstance(planned, Short)
    return planned


async def test_an_older_opening_takes_the_place_of_the_welcome(books: OpenBooks, ann: Freelancer) -> None:
    spent = booked(await ann.spend(15)).entry
    before = state_of(await record(ann))
    planned = await booked_older(ann, 25, 1)
    assert planned.balance == 5
    assert [(entry.number, was, now) for entry, was, now in planned.recosted] == [(spent.number, None, dollars(225))]
    assert [lot.source for lot in await ann.lots()] == [Source.PURCHASE]
    assert Standing((await record(ann)).entries).lifted == {1}
    assert (await books.verify()).fault is None
    assert not isinstance(await restated(ann, withdrawn=planned.numbers), Short)
    assert state_of(await record(ann)) == before
    assert (await books.verify()).fault is None
    again = await booked_older(ann, 25, 1)
    assert again.balance == 5


async def test_it_takes_the_place_of_a_typed_opening_and_of_its_stated_cost(ann: Freelancer) -> None:
    opening = booked(await ann.opening(30, CostState.UNKNOWN)).entry
    booked(await ann.value(dollars(100), 20))
    booked(await ann.spend(15))
    before = state_of(await record(ann))
    planned = await booked_older(ann, 20, opening.number)
    assert planned.balance == 0
    assert not isinstance(await restated(ann, withdrawn=planned.numbers), Short)
    assert state_of(await record(ann)) == before
    assert await ann.available() == 15


async def test_what_is_lifted_stays_so_with_what_is_typed_later(ann: Freelancer) -> None:
    booked(await ann.spend(5))
    await booked_older(ann, 40, 1)
    ann.clock.pass_(days=3)
    on = ann.clock.at - timedelta(days=1)
    typed = booked(await outcome(ann.books.spend_all(ann.new_request, [Spend(7)], on=on))).entry
    assert await ann.available() == 40 + 20 - 25 - 5 - 7
    booked(await ann.undo(typed.number))
    assert await ann.available() == 40 + 20 - 25 - 5
    assert Standing((await record(ann)).entries).lifted == {1}


async def test_too_small_an_opening_says_who_lacks_what(ann: Freelancer) -> None:
    spent = booked(await ann.spend(15)).entry
    short = await restated(ann, facts=older(ann, 15), lifted=[1])
    assert short == Short(spent.at, 5, spent.number, None)


async def test_a_lifted_opening_can_be_undone(ann: Freelancer) -> None:
    opening = booked(await ann.opening(30, CostState.UNKNOWN)).entry
    await booked_older(ann, 30, opening.number)
    assert await ann.available() == 25
    booked(await ann.undo(opening.number))
    assert await ann.available() == 25 + 20  # the welcome is back
