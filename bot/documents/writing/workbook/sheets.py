"""Sheets of a workbook: a table each, with headings that stay, filters, totals, and everything set up to be printed."""

from __future__ import annotations

import re
from datetime import UTC
from io import BytesIO
from itertools import islice
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range

from bot.documents.cells import digits_of
from bot.documents.writing.columns import Content, with_progress
from bot.documents.writing.workbook.styles import Styles, fitting
from bot.reply.parts import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from xlsxwriter.worksheet import Worksheet

    from bot.documents.model import DocumentOrder
    from bot.documents.writing.columns import Column, Row, Table, Value
    from bot.reply.parts import Say
    from bot.reply.words import Voice

MOST_ROWS: Final = 1_048_576 - 2
"""How many rows a sheet may have besides the headings and the totals."""
LONGEST_NAME: Final = 31
FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\']")
A4: Final = 9
WIDEST, NARROWEST = 44, 7
MEASURED: Final = 2000
"""How many rows a column's width is measured by."""
SUM_OF_SHOWN: Final = 109
"""SUBTOTAL's code for a sum of the rows that are shown, so that the totals follow a filter."""
WIDTHS: Final = {Content.DAY: 11, Content.CLOCK: 7, Content.MOMENT: 17}

OPTIONAL: Final = frozenset({Content.CLOCK, Content.TEXT, Content.ID})
"""What a sheet may have none of. Such a column is hidden, so that more of the others fits on a printed page."""


class Sheets:
    """The sheets of a workbook as they are written, row by row: what is written is no longer in memory."""

    def __init__(self, book: Workbook, voice: Voice) -> None:
        self.book, self.voice = book, voice
        self.styles = Styles(book, voice)

    def add(self, name: str) -> Worksheet:
        """A sheet with the name that a sentence says, cut to what is allowed."""
        title = FORBIDDEN.sub(" ", self.voice.say(say(name))).strip()
        taken = {sheet.get_name().casefold() for sheet in self.book.worksheets()}
        number, shown = 1, title[:LONGEST_NAME]
        while shown.casefold() in taken:
            number += 1
            shown = f"{title[: LONGEST_NAME - 4]} {number}"
        sheet = self.book.add_worksheet(shown)
        if self.styles.rightward:
            sheet.right_to_left()
        sheet.set_paper(A4)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L&A&R&P / &N")
        return sheet

    def add_table(self, name: str, table: Table, done: Callable[[int], None], most: int = MOST_ROWS) -> None:
        """A table on as many sheets as it needs."""
        rows = iter(with_progress(table.rows, done))
        for start in range(0, max(table.size, 1), most):
            _Sheet(self, self.add(name), table.columns).write(islice(rows, most), min(most, table.size - start))


def heading(column: Column) -> Say:
    """What a column is called."""
    return say(f"sheet-{column.name.replace('_', '-')}", currency=column.currency)


class _Sheet:
    """One sheet with a table."""

    def __init__(self, sheets: Sheets, sheet: Worksheet, columns: tuple[Column, ...]) -> None:
        self._say = sheets.voice.say
        self._styles, self._sheet, self._columns = sheets.styles, sheet, columns
        self._sums = [0] * len(columns)
        self._unused = {place for place, column in enumerate(columns) if column.content in OPTIONAL}
        self._widths = [float(WIDTHS.get(column.content, NARROWEST)) for column in columns]

    def write(self, rows: Iterable[Row], count: int) -> None:
        sheet = self._sheet
        sheet.set_landscape()
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.set_row(0, 32)
        for place, column in enumerate(self._columns):
            named = fitting(self._say(heading(column)))
            sheet.write_string(0, place, named, self._styles.heading(column))
            self._widen(place, _halved(named) + 1)
        puts = [(place, self._styles.put(column)) for place, column in enumerate(self._columns)]
        for number, row in enumerate(self._measured(rows), 1):
            for place, put in puts:
                if (value := row[place]) is not None:
                    put(sheet, number, place, value)
        sheet.autofilter(0, 0, count, len(self._columns) - 1)
        if count:
            self._write_totals(count)
            sheet.ignore_errors({"number_stored_as_text": xl_range(1, 0, count, len(self._columns) - 1)})
        for place, width in enumerate(self._widths):
            sheet.set_column(place, place, min(width, WIDEST) + 2, None, {"hidden": place in self._unused})

    def _measured(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The rows, while their totals are added up, and the first of them say how wide the columns are."""
        totals = [place for place, column in enumerate(self._columns) if column.total]
        texts = [place for place, column in enumerate(self._columns) if column.content not in WIDTHS]
        for number, row in enumerate(rows):
            for place in totals:
                if isinstance(figure := row[place], int):
                    self._sums[place] += figure
            if self._unused:
                self._unused -= {place for place in self._unused if row[place]}
            if number < MEASURED:
                for place in texts:
                    self._widen(place, len(self._shown(place, row[place])))
            yield row

    def _shown(self, place: int, value: Value) -> str:
        """About what a cell shows."""
        column = self._columns[place]
        if column.content is Content.WORD and isinstance(value, str) and value:
            return self._styles.word(column, value)
        if column.currency and isinstance(value, int):
            return f"{value / 10 ** digits_of(column.currency):,.{digits_of(column.currency)}f}"
        return "" if value is None else str(value)

    def _widen(self, place: int, width: float) -> None:
        self._widths[place] = max(self._widths[place], width)

    def _write_totals(self, count: int) -> None:
        row = count + 1
        self._sheet.write_string(row, 0, self._say(say("sheet-total")), self._styles.total())
        for place, column in enumerate(self._columns[1:], 1):
            if column.total:
                value = self._sums[place] / 10 ** digits_of(column.currency)
                formula = f"=SUBTOTAL({SUM_OF_SHOWN},{xl_range(1, place, count, place)})"
                self._sheet.write_formula(row, place, formula, self._styles.total(column), value)
            else:
                self._sheet.write_blank(row, place, None, self._styles.total())


def _halved(text: str) -> int:
    """How long the lines of a text are if it stands on one or two."""
    words = text.split()
    halves = [(" ".join(words[:place]), " ".join(words[place:])) for place in range(len(words))]
    return min((max(map(len, both)) for both in halves), default=0)


def workbook(voice: Voice, order: DocumentOrder, write: Callable[[Sheets], None]) -> bytes:
    """A workbook with what `write` writes into its sheets. Temporary files hold them until all is written."""
    content = BytesIO()
    with TemporaryDirectory(prefix="connects-") as folder:
        options = {"constant_memory": True, "tmpdir": folder, "strings_to_formulas": False, "strings_to_urls": False}
        with Workbook(content, options) as book:
            book.set_properties({"title": fitting(order.title), "created": order.at.astimezone(UTC)})
            write(Sheets(book, voice))
    return content.getvalue()
