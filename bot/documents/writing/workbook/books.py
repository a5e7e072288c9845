"""The books of a period as a spreadsheet: entries, lots, proposals and what they come to."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bot.documents.model import Document
from bot.documents.writing.costs import currencies_of
from bot.documents.writing.entries import entry_table, lines_of
from bot.documents.writing.lots import lot_table
from bot.documents.writing.period import began_within
from bot.documents.writing.proposals import proposal_table
from bot.documents.writing.statement import statement_items
from bot.documents.writing.team import team_of, team_table
from bot.documents.writing.workbook.sheets import workbook
from bot.documents.writing.workbook.statement import add_statement
from bot.reply.words import voice

if TYPE_CHECKING:
    from bot.documents.model import BookData, DocumentOrder
    from bot.documents.publisher import Progress
    from bot.documents.writing.workbook.sheets import Sheets

PACKED = 0.95
"""How much is done when all rows are written, and only have to be packed."""


def write(order: DocumentOrder, books: BookData, progress: Progress) -> Document:
    """Write a sheet each for the entries, the lots, the proposals, the members of a team, and the statement."""
    lines = lines_of(order, books)
    team = team_of(order, books, lines)
    currencies = currencies_of(lines) if order.money else ()
    tables = {
        "sheet-entries": entry_table(order, books, lines, team),
        "sheet-lots": lot_table(order, lines, currencies),
        "sheet-proposals": proposal_table(order, books.proposals),
        **({} if team is None else {"sheet-team": team_table(team.rows, money=order.money)}),
    }
    size = sum(table.size for table in tables.values())

    def done(before: int, rows: int) -> None:
        progress(PACKED * (before + rows) / size)

    def fill(sheets: Sheets) -> None:
        before = 0
        for name, table in tables.items():
            sheets.add_table(name, table, partial(done, before))
            before += table.size
        began = began_within(order.days, order.zone, lines)
        add_statement(sheets, order, statement_items(order, lines), began)

    content = workbook(voice(order.locale, order.zone), order, fill)
    progress(1.0)
    return Document(".xlsx", content, tables["sheet-entries"].size)
