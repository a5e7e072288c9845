"""The statement of a period as CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.documents.cells import csv_of, price_cells, text_cell
from bot.documents.model import Document
from bot.documents.writing.entries import lines_of
from bot.documents.writing.statement import statement_items
from bot.documents.writing.team import team_of
from core.shared.money import CostState

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.documents.model import BookData, DocumentOrder
    from bot.documents.publisher import Progress
    from bot.documents.writing.statement import Item
    from bot.documents.writing.team import TeamBooks

HEADER: Final = ("section", "item", "cost", "connects")
MONEY: Final = ("net", "tax", "currency")
TEAM: Final = "team"
"""The section that says who spent what: positive, and net of what came back of it. It is no part of the sum."""


def write(order: DocumentOrder, books: BookData, progress: Progress) -> Document:
    """Write a row for each item and for what of it was free, paid for in a currency, or of unknown cost."""
    lines = lines_of(order, books)
    team = team_of(order, books, lines)
    rows = [*_rows(statement_items(order, lines), shown=order.money)]
    rows += [] if team is None else _of_team(team, shown=order.money)
    progress(1.0)
    return Document(".csv", csv_of((*HEADER, *(MONEY if order.money else ())), rows), len(rows))


def _rows(items: Iterable[Item], *, shown: bool) -> Iterator[tuple[object, ...]]:
    for section, name, shares in items:
        if not shares:
            yield section.value, name, CostState.FREE.value, 0, *(("", "", "") if shown else ())
        for state, connects, price in shares:
            yield section.value, name, state.value, connects, *(price_cells(price) if shown else ())


def _of_team(team: TeamBooks, *, shown: bool) -> Iterator[tuple[object, ...]]:
    """A row for each member, with more of them for other currencies and for what is of unknown cost."""
    for name, row in team.rows:
        item = TEAM, text_cell(name)
        first, *others = row.money or (None,)
        yield *item, "", row.connects - row.unknown, *(price_cells(first) if shown else ())
        yield from ((*item, "", 0, *price_cells(price)) for price in others if shown)
        if row.unknown:
            yield *item, CostState.UNKNOWN.value, row.unknown, *(price_cells(None) if shown else ())
