"""The statement of a period as CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.documents.cells import csv_of, price_cells
from bot.documents.model import Document
from bot.documents.writing.entries import lines_of
from bot.documents.writing.statement import statement_items
from core.shared.money import CostState

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.documents.model import BookData, DocumentOrder
    from bot.documents.publisher import Progress
    from bot.documents.writing.statement import Item

HEADER: Final = ("section", "item", "cost", "connects")
MONEY: Final = ("net", "tax", "currency")


def write(order: DocumentOrder, books: BookData, progress: Progress) -> Document:
    """Write a row for each item and for what of it was free, paid for in a currency, or of unknown cost."""
    items = statement_items(order, lines_of(order, books))
    progress(1.0)
    rows = [*_rows(items, shown=order.money)]
    return Document(".csv", csv_of((*HEADER, *(MONEY if order.money else ())), rows), len(rows))


def _rows(items: Iterable[Item], *, shown: bool) -> Iterator[tuple[object, ...]]:
    for section, name, shares in items:
        if not shares:
            yield section.value, name, CostState.FREE.value, 0, *(("", "", "") if shown else ())
        for state, connects, price in shares:
            yield section.value, name, state.value, connects, *(price_cells(price) if shown else ())
