"""The entries of a period as CSV: a row for each, whose amounts add up to what is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.documents.model import Document
from bot.documents.writing.csv_files.rendering import csv_table
from bot.documents.writing.entries import entry_table, lines_of
from bot.documents.writing.team import team_of

if TYPE_CHECKING:
    from bot.documents.model import BookData, DocumentOrder
    from bot.documents.publisher import Progress


def write(order: DocumentOrder, books: BookData, progress: Progress) -> Document:
    """Write the entries of the period, and before them what was there when it began."""
    lines = lines_of(order, books)
    table = entry_table(order, books, lines, team_of(order, books, lines))
    return Document(".csv", csv_table(table, progress), table.size)
