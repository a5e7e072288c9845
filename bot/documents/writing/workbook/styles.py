"""How cells of each content look in a spreadsheet, and what is written into them."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from babel import Locale

from bot.documents.cells import FORMULA, digits_of, plain
from bot.documents.writing.columns import Content
from bot.reply.parts import say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date, datetime, time

    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from bot.documents.writing.columns import Column
    from bot.reply.words import Voice

    Put = Callable[[Worksheet, int, int, Any], None]

LONGEST: Final = 32767
"""How many units of UTF-16 a cell may have."""
NUMBERS: Final[Mapping[Content, str]] = {
    Content.NUMBER: "0",
    Content.CONNECTS: '#,##0;-#,##0;"\u2013"',
    Content.DAY: "yyyy-mm-dd",
    Content.CLOCK: "hh:mm",
    Content.MOMENT: "yyyy-mm-dd hh:mm",
    Content.ID: "@",
}
FIGURES: Final = frozenset({Content.NUMBER, Content.CONNECTS, Content.MONEY})
MOMENTS: Final = frozenset({Content.DAY, Content.CLOCK, Content.MOMENT})
WRITTEN: Final = frozenset({Content.TEXT, Content.ID})
FILL: Final = "#E8EDF2"
LINE: Final = "#8896A4"
ENDED: Final = re.compile("^<r>(?=.*</r>$)", re.DOTALL)
"""XlsxWriter takes a text that begins and ends so for one with formats of its own, and writes its tags as they are."""


class Styles:
    """The formats of a workbook, each made once, and how they are used in the columns of its sheets."""

    def __init__(self, book: Workbook, voice: Voice) -> None:
        self._book, self._voice = book, voice
        self.rightward = Locale.parse(voice.locale, sep="-").character_order == "right-to-left"
        self._start = "right" if self.rightward else "left"
        self._formats: dict[tuple[tuple[str, object], ...], Format] = {}

    def heading(self, column: Column) -> Format:
        """The format of a column's heading, which is aligned as its cells are."""
        look = {"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": FILL, "bottom": 1}
        return self.format(**look, **self._placed(column), bottom_color=LINE)

    def total(self, column: Column | None = None) -> Format:
        """The format of the row of totals, or of its label."""
        look = {"bold": True, "top": 1, "top_color": LINE}
        return self.label(**look) if column is None else self.of(column, **look)

    def label(self, **look: object) -> Format:
        """The format of a text at the beginning of its cell, a little away from a figure before it."""
        return self.format(**{"align": self._start, "indent": 1, **look})

    def format(self, **look: object) -> Format:
        """A format, made once for all cells that look so."""
        key = tuple(sorted(look.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(look)
        return self._formats[key]

    def of(self, column: Column, **look: object) -> Format:
        """The format of a column's cells."""
        number = {} if column.content is Content.TEXT else {"num_format": number_format(column)}
        return self.format(**{**number, **self._placed(column), **look})

    def _placed(self, column: Column) -> Mapping[str, object]:
        """Figures stand below each other, digit by digit, in any language. All else stands at the beginning."""
        return {"align": "right"} if column.content in FIGURES else {"align": self._start, "indent": 1}

    def word(self, column: Column, word: str) -> str:
        """One of our words, in the reader's language."""
        return self._voice.say(say(f"{column.words}-{word.replace('_', '-')}"))

    def put(self, column: Column, **look: object) -> Put:
        """What writes a cell of a column, unless it is empty."""
        usual = self.of(column, **look)
        if column.content in WRITTEN:
            return _texts(usual, self.of(column, quote_prefix=True, **look))
        if column.content is Content.WORD:
            return _words(usual, partial(self.word, column))
        return _moments(usual) if column.content in MOMENTS else _figures(usual, 10 ** digits_of(column.currency))


def number_format(column: Column) -> str:
    """How a spreadsheet shows the figures of a column."""
    if column.content is not Content.MONEY:
        return NUMBERS.get(column.content, "General")
    digits = digits_of(column.currency)
    return f"#,##0.{'0' * digits}" if digits else "#,##0"


def fitting(text: str) -> str:
    """A text as long as a cell may be, without what a file of this kind cannot hold."""
    shown = plain(text)
    if shown.startswith("<r>"):
        shown = ENDED.sub("< r>", shown)
    if len(shown) <= LONGEST // 2 or len(units := shown.encode("utf-16-le")) <= 2 * LONGEST:
        return shown
    return units[: 2 * (LONGEST - 1)].decode("utf-16-le", "ignore") + "…"


def _texts(usual: Format, quoted: Format) -> Put:
    """Writes texts. The mark of a quoted one keeps a program from making a formula of it when its cell is edited."""

    def put(sheet: Worksheet, row: int, place: int, text: str) -> None:
        if shown := fitting(text):
            sheet.write_string(row, place, shown, quoted if FORMULA.match(shown) else usual)

    return put


def _words(usual: Format, said: Callable[[str], str]) -> Put:
    def put(sheet: Worksheet, row: int, place: int, word: str) -> None:
        if word:
            sheet.write_string(row, place, said(word), usual)

    return put


def _moments(usual: Format) -> Put:
    def put(sheet: Worksheet, row: int, place: int, at: date | time | datetime) -> None:
        sheet.write_datetime(row, place, at, usual)

    return put


def _figures(usual: Format, unit: int) -> Put:
    """Writes numbers, and money by how many minor units make a whole one."""

    def put(sheet: Worksheet, row: int, place: int, figure: int) -> None:
        sheet.write_number(row, place, figure / unit if unit > 1 else figure, usual)

    return put
