"""Whatever happens, the documents add up to what is there, and to what every store says has moved."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from bot.documents.writing.costs import currencies_of
from bot.documents.writing.entries import FORWARD, entry_table, lines_of
from bot.documents.writing.lots import lot_table
from bot.documents.writing.statement import RENEWAL, Section, statement_items
from core.ledger.earning import EARNED
from core.ledger.flows import FlowKind, Stock, flows_of, movements_in, paid_in, summed, unknown_in
from core.ledger.model import Kind, Purpose, Source
from core.shared.calendar import beginning, day_in
from core.shared.money import CostState
from tests.bot.documents.lives import ZONE, random_life

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from bot.documents.model import DocumentOrder
    from bot.documents.writing.columns import Table
    from bot.documents.writing.statement import Item
    from tests.bot.documents.lives import Life

SEEDS = (1, 2, 30)
FLOWS: Mapping[tuple[Section, str], FlowKind] = {
    (Section.IN, Source.OPENING): FlowKind.OPENED,
    (Section.IN, Source.PURCHASE): FlowKind.BOUGHT,
    **{(Section.IN, source): FlowKind.EARNED for source in EARNED},
    **{(Section.OUT, purpose): FlowKind.SPENT for purpose in Purpose},
    (Section.IN, Source.RETURN): FlowKind.RETURNED,
    (Section.OUT, "expired"): FlowKind.EXPIRED,
    (Section.CORRECTED, Kind.ADJUSTMENT): FlowKind.ADJUSTED,
    (Section.CORRECTED, Kind.VALUATION): FlowKind.VALUED,
    (Section.CORRECTED, RENEWAL): FlowKind.OTHER,
}
"""Which way of the flows each item is part of."""


def totals(table: Table) -> dict[str, int]:
    """The sum of each column that may be added up, by its name and currency."""
    sums = Counter[str]({f"{one.name}{one.currency}": 0 for one in table.columns if one.total})
    for row in table.rows:
        for column, value in zip(table.columns, row, strict=True):
            if column.total and isinstance(value, int):
                sums[f"{column.name}{column.currency}"] += value
    return dict(sums)


@pytest.mark.parametrize("seed", SEEDS)
async def test_all_entries_add_up_to_what_is_left_and_to_what_it_cost(seed: int) -> None:
    life = await random_life(seed)
    lines = lines_of(life.order, life.books)
    sums, lots = totals(entry_table(life.order, life.books, lines)), life.open
    assert sums["connects"] == sum(lot.left for lot in lots)
    for state in CostState:
        assert sums[state.value] == sum(lot.left for lot in lots if lot.cost_state is state), state
    for currency in currencies_of(lines):
        worth = [lot.worth for lot in lots if lot.worth is not None and lot.worth.currency == currency]
        assert sums[f"net{currency}"] == sum(price.net for price in worth), currency
        assert sums[f"tax{currency}"] == sum(price.tax for price in worth), currency
    held = totals(lot_table(life.order, lines, currencies_of(lines)))
    assert held["left"] == sums["connects"]
    for currency in currencies_of(lines):
        assert (held[f"worth_net{currency}"], held[f"worth_tax{currency}"]) == (
            sums[f"net{currency}"], sums[f"tax{currency}"],
        )  # fmt: skip


@pytest.mark.parametrize("seed", SEEDS)
async def test_each_period_begins_with_what_there_was_and_adds_up_to_what_there_is(seed: int) -> None:
    life = await random_life(seed)
    for first, last in pairwise(life.edges):
        order = within(life, first, last)
        lines = lines_of(order, life.books)
        table = entry_table(order, life.books, lines)
        rows, edge = [*table.rows], beginning(day_in(ZONE, last), ZONE)
        at_the_end = sum(line.connects for line in lines if line.when < edge)
        assert rows[0][4] == FORWARD
        assert sum(row[6] for row in rows if isinstance(row[6], int)) == rows[-1][7] == at_the_end
        assert len(rows) == table.size
        assert totals(lot_table(order, lines, currencies_of(lines)))["left"] == at_the_end
        assert {row[1] for row in rows[1:]} <= {day_in(ZONE, line.when) for line in lines}


@pytest.mark.parametrize("seed", SEEDS)
async def test_a_statement_says_what_the_flows_say(seed: int) -> None:
    life = await random_life(seed)
    lots = life.order.lots
    for first, last in pairwise(life.edges):
        start, end = (beginning(day_in(ZONE, edge), ZONE) for edge in (first, last))
        lines = lines_of(life.order, life.books)
        (moved,) = flows_of(movements_in(life.books.entries, (start, end), unknown_in(lots), paid_in(lots)), 1)
        items = {(item.section, item.name): item for item in statement_items(within(life, first, last), lines)}
        figures = {key: sum(share.connects for share in item.shares) for key, item in items.items()}
        assert {name: -figures.get((Section.OUT, name), 0) for name in Purpose} == {
            purpose: moved.spent.get(purpose, 0) for purpose in Purpose
        }
        assert -figures.get((Section.OUT, "expired"), 0) == moved.expired
        assert figures.get((Section.IN, Source.RETURN), 0) == moved.returned
        assert figures.get((Section.IN, Source.PURCHASE), 0) == moved.bought
        assert {source: figures.get((Section.IN, source), 0) for source in EARNED} == {
            source: moved.earned.get(source, 0) for source in EARNED
        }
        assert figures.get((Section.CORRECTED, Kind.ADJUSTMENT), 0) == moved.adjusted
        closing = figures.pop((Section.CLOSING, "closing"))
        assert sum(figures.values()) == closing
        assert closing - figures[Section.OPENING, "opening"] == moved.delta
        for flow in FlowKind:
            changed = [item for key, item in items.items() if FLOWS.get(key) is flow]
            assert stock_of(changed) == moved.change_by(flow), flow


def within(life: Life, first: datetime, last: datetime) -> DocumentOrder:
    """The order of the days from that of the first moment to that before the last one."""
    return life.order._replace(days=(day_in(ZONE, first), day_in(ZONE, last) - timedelta(days=1)))


def stock_of(items: Iterable[Item]) -> Stock:
    shares = [share for item in items for share in item.shares]
    free, paid, unknown = (sum(share.connects for share in shares if share.state is state) for state in CostState)
    return Stock(free, paid, unknown, summed(share.price for share in shares if share.price is not None))
