"""A table as CSV."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, Final

from bot.documents.cells import amount, csv_of, id_cell, text_cell
from bot.documents.writing.columns import Content, with_progress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from bot.documents.publisher import Progress
    from bot.documents.writing.columns import Column, Row, Table

    Cell = Callable[[Any], object]

REMEMBERED: Final = 1024
TEXTS: Final[Mapping[Content, Cell]] = {Content.TEXT: text_cell, Content.ID: id_cell}
"""Days and times are written in ISO's form as they are."""


def csv_table(table: Table, progress: Progress) -> bytes:
    """The table, with its headings in English: programs know them by these."""
    cells = tuple((place, cell) for place, column in enumerate(table.columns) if (cell := _cell_of(column)) is not None)
    rows = with_progress(table.rows, lambda number: progress(number / table.size))
    return csv_of(map(heading, table.columns), _written(rows, cells))


def heading(column: Column) -> str:
    """The name of a column; of money with its currency, such as "net_USD"."""
    return f"{column.name}_{column.currency}" if column.currency else column.name


def _cell_of(column: Column) -> Cell | None:
    """What writes a cell of a column (None: the library for CSV does). Most columns have few different ones."""
    cell = partial(amount, currency=column.currency) if column.content is Content.MONEY else TEXTS.get(column.content)
    return None if cell is None else lru_cache(maxsize=REMEMBERED)(cell)


def _written(rows: Iterator[Row], cells: tuple[tuple[int, Cell], ...]) -> Iterator[list[object]]:
    for row in rows:
        line: list[object] = [*row]
        for place, cell in cells:
            if line[place] is not None:
                line[place] = cell(line[place])
        yield line
