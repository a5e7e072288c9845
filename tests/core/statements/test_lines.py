"""The books line by line: what was learnt later is a part of the line that it corrects, and all lines add up."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from core.ledger import rulebook
from core.ledger.model import Kind, Purpose, Source, expense_on, income_from
from core.ledger.requests import Spend
from core.ledger.rulebook import ON_EXPIRED, ORDERS
from core.shared.calendar import DAY
from core.shared.money import UNKNOWN, CostState, Price
from core.statements.lines import book_lines
from core.statements.model import Move
from storage import open_store
from tests.clock import TestClock
from tests.core.freelancer import Freelancer, OpenBooks, dollars, freelancer
from tests.core.past.test_mixed_with_today import do, then, today
from tests.core.statements.invariants import check_below_zero, check_books, held_in, sums_of

if TYPE_CHECKING:
    from datetime import datetime

    from core.ledger.model import Lot
    from core.ledger.ports import Record
    from core.statements.model import BookLine

PROPOSAL, BOUGHT = expense_on(Purpose.PROPOSAL), income_from(Source.PURCHASE)
OPENED = income_from(Source.OPENING)
FRACTION: Final = timedelta(microseconds=999_999)
"""A lot that is dated to a day is issued less than a second later than that."""
expiring = st.tuples(st.sampled_from(ORDERS), st.sampled_from(ON_EXPIRED), st.sampled_from([0, 1, 1, 12]))
stories = st.one_of(st.lists(today, min_size=3, max_size=16), st.lists(st.one_of(today, then), min_size=3, max_size=16))


class Life(NamedTuple):
    """Books in the end, and the lots that they give for some moments."""

    record: Record
    past: tuple[tuple[datetime, tuple[Lot, ...]], ...]


async def _lived(figures: tuple[str, str, int], story: list[tuple[Any, ...]], dice: Random) -> Life:
    order, on_expired, months = figures
    figured = replace(rulebook.default(), order=order, returns_expired=on_expired, expiry_months=months)
    clock = TestClock()
    async with open_store("memory://") as store:
        ann = await freelancer(OpenBooks(store, figured, clock), clock)
        await ann.opening(60, CostState.UNKNOWN)
        for deed in story:
            await do(ann, deed)
        record = await store.ledger.record(ann.wallet)
        moments = (entry.when + dice.choice([0, 1, 40]) * DAY + FRACTION for entry in dice.choices(record.entries, k=3))
        return Life(record, tuple([(at, await store.ledger.lots_at(ann.wallet, at)) for at in moments]))


@given(expiring, stories, st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_whatever_happens_the_lines_add_up(
    figures: tuple[str, str, int], story: list[tuple[Any, ...]], dice: Random
) -> None:
    """At any cut they are what flows say, and in the end they are the lots.

    So they are at any moment, and no lot is below zero at the end of a day, unless something was undone at a later
    moment than it happened: then it is no line, although it was there until then.
    """
    with asyncio.Runner() as runner:
        record, past = runner.run(_lived(figures, story, dice))
    lines = check_books(record, dice)
    if any(
        entry.kind is Kind.UNDO and entry.when != record.entries[(entry.of or 0) - 1].when for entry in record.entries
    ):
        return
    check_below_zero(lines)
    for at, lots in past:
        assert sums_of(line for line in lines if line.when <= at) == held_in(lots)


async def lines_of(ann: Freelancer) -> dict[int, BookLine]:
    """The lines of the books by their numbers, which prove."""
    record = await ann.books.store.ledger.record(ann.wallet)
    check_books(record, Random(1))  # noqa: S311 - cuts from a seed are wanted, not a secret
    return {line.number: line for line in book_lines(record.entries)}


async def test_a_price_learnt_later_is_part_of_the_purchase_and_of_what_was_spent(ann: Freelancer) -> None:
    await ann.buy(40, dollars(600))
    ann.clock.pass_(days=1)
    await ann.spend(50)
    ann.clock.pass_(days=9)
    await ann.amend({2: Price(1000, 200, "EUR")})
    lines = await lines_of(ann)
    assert [*lines] == [1, 2, 3]
    assert lines[2].moves == (Move(BOUGHT, 3, 40, Price(1000, 200, "EUR")),)
    assert lines[3].moves == (Move(PROPOSAL, 1, -20, None), Move(PROPOSAL, 3, -30, Price(-750, -150, "EUR")))
    assert (lines[3].at, lines[3].dated) == (lines[3].when, False)


async def test_a_cost_stated_later_is_a_line_of_its_own_until_the_past_is_known_better(ann: Freelancer) -> None:
    await ann.opening(60, CostState.UNKNOWN)
    await ann.spend(10)
    ann.clock.pass_(days=5)
    await ann.value(dollars(750), 50)
    lines = await lines_of(ann)
    assert lines[4].kind is Kind.VALUATION
    assert lines[4].moves == (Move(OPENED, 2, -50, UNKNOWN), Move(OPENED, 3, 50, dollars(750)))
    await ann.books.spend_all(ann.new_request, [Spend(5)], on=ann.clock.at - timedelta(days=2))
    lines = await lines_of(ann)
    assert [*lines] == [1, 2, 3, 5]
    assert lines[2].moves[1:] == (Move(OPENED, 2, 10, UNKNOWN), Move(OPENED, 3, 50, dollars(750)))
    assert lines[5].moves == (Move(PROPOSAL, 3, -5, dollars(-75)),)


async def test_what_an_undo_lets_expire_is_a_line(ann: Freelancer) -> None:
    await ann.spend(15)
    ann.clock.pass_(days=400)
    await ann.undo(2)
    lines = await lines_of(ann)
    assert [(line.kind, line.connects, line.of) for line in lines.values()] == [
        (Kind.GRANT, 20, None),
        (Kind.EXPIRY, -5, None),
        (Kind.EXPIRY, -15, 2),
    ]


async def test_what_was_undone_is_no_line(ann: Freelancer) -> None:
    await ann.buy(40, dollars(600))
    await ann.spend(7)
    await ann.undo(3)
    await ann.undo(2)
    assert [*await lines_of(ann)] == [1]


async def test_what_expired_of_a_lot_is_one_line_however_often_more_is_learnt(ann: Freelancer) -> None:
    ann.clock.pass_(days=400)
    for days in (390, 380, 370):
        await ann.books.spend_all(ann.new_request, [Spend(3)], on=ann.clock.at - timedelta(days=days))
    lines = [line for line in (await lines_of(ann)).values() if line.kind is Kind.EXPIRY]
    assert [line.connects for line in lines] == [-11]


async def test_an_opening_of_an_early_version_is_of_unknown_cost(ann: Freelancer) -> None:
    await ann.spend(3)
    record = await ann.books.store.ledger.record(ann.wallet)
    assert {move.price for line in book_lines(record.entries) for move in line.moves} == {None}
    assert {move.price for line in book_lines(record.entries, {1}) for move in line.moves} == {UNKNOWN}


async def test_what_takes_the_place_of_the_welcome_bonus_is_the_opening(ann: Freelancer) -> None:
    await ann.opening(60)
    assert [line.beyond for line in (await lines_of(ann)).values()] == [income_from(Source.WELCOME), OPENED]
