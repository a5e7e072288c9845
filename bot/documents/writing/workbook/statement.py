"""The statement of a period as a sheet that prints on one page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xlsxwriter.utility import xl_range

from bot.documents.cells import digits_of
from bot.documents.model import Document
from bot.documents.writing.columns import Column, Content, money_columns
from bot.documents.writing.costs import money_of
from bot.documents.writing.deeds import worded
from bot.documents.writing.entries import lines_of
from bot.documents.writing.period import began_within
from bot.documents.writing.statement import RENEWAL, Section, statement_items
from bot.documents.writing.team import team_of, team_table
from bot.documents.writing.workbook.sheets import heading, workbook
from bot.documents.writing.workbook.styles import fitting
from bot.reply.parts import Hour, say
from bot.reply.words import voice
from core.shared.money import CostState

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from bot.documents.model import BookData, DocumentOrder
    from bot.documents.publisher import Progress
    from bot.documents.writing.statement import Item
    from bot.documents.writing.workbook.sheets import Sheets
    from bot.reply.parts import Say
    from core.shared.money import Price

OURS: Final = frozenset({"expired", "valuation", RENEWAL})
"""Items that are no sources and no purposes."""
SUM: Final = 9
"""SUBTOTAL's code for a sum. It leaves out the subtotals within its range."""
WIDE, NARROW = 32, 12


def write(order: DocumentOrder, books: BookData, progress: Progress) -> Document:
    """Write one sheet with the statement, and for a team one that says who spent what."""
    lines = lines_of(order, books)
    items = statement_items(order, lines)
    began = began_within(order.days, order.zone, lines)
    team = team_of(order, books, lines)

    def fill(sheets: Sheets) -> None:
        add_statement(sheets, order, items, began)
        if team is not None:
            sheets.add_table("sheet-team", team_table(team.rows, money=order.money), lambda _: None)

    content = workbook(voice(order.locale, order.zone), order, fill)
    progress(1.0)
    return Document(".xlsx", content, len(items))


def add_statement(sheets: Sheets, order: DocumentOrder, items: Sequence[Item], began: date | None) -> None:
    """Add the sheet, with totals that a spreadsheet can work out again.

    began: the first day of the books, if it is within the period.
    """
    _StatementSheet(sheets, order, items).write(began)


class _StatementSheet:
    def __init__(self, sheets: Sheets, order: DocumentOrder, items: Sequence[Item]) -> None:
        self._sheets, self._styles, self._order, self._items = sheets, sheets.styles, order, items
        self._sheet: Worksheet = sheets.add("sheet-summary")
        found = {share.price.currency for item in items for share in item.shares if share.price is not None}
        self._currencies = tuple(sorted(found)) if order.money else ()
        states = (Column(name, Content.CONNECTS) for name in ("connects", "free", "paid", "unknown"))
        self._columns = (*states, *money_columns(self._currencies))
        self._row = 0

    def write(self, began: date | None) -> None:
        sheet = self._sheet
        sheet.fit_to_pages(1, 1)
        sheet.set_column(0, 0, WIDE)
        sheet.set_column(1, len(self._columns), NARROW)
        self._write_head(began)
        self._write_headings()
        first = self._row
        for section in Section:
            items = [item for item in self._items if item.section is section]
            if section is Section.CLOSING and self._row == first:
                self._write_row(say("sheet-section-closing"), items, bold=True)
            elif section is Section.CLOSING:
                self._write_sum(say("sheet-section-closing"), items, first, self._row - 1, top=1)
            elif section is not Section.OPENING and items:
                self._write_sum(say(f"sheet-section-{section}"), items, self._row + 1, self._row + len(items))
                for item in items:
                    self._write_row(item_name(item.name), [item], indent=2)
            elif items and self._order.days is not None:
                self._write_row(say("sheet-section-opening"), items, bold=True)
        if any(share.state is CostState.UNKNOWN for item in self._items for share in item.shares) and self._currencies:
            self._write_text(say("statement-sheet-unknown"), self._styles.label(italic=True), after=1)

    def _write_head(self, began: date | None) -> None:
        order, say_it = self._order, self._sheets.voice.say
        days = say("statement-sheet-until", last=order.at)
        if order.days is not None:
            days = say("statement-sheet-days", first=order.days[0], last=order.days[1])
        self._write_text(say("statement-sheet-title"), self._styles.label(bold=True, font_size=15))
        if order.title:
            self._write_text(order.title, self._styles.label(bold=True, quote_prefix=True))
        self._write_text(say_it(days), self._styles.label())
        self._write_text(say("statement-sheet-made", at=Hour(order.at)), self._styles.label(font_color="#5B6770"))
        if began is not None:
            self._write_text(say("statement-sheet-began", day=began), self._styles.label(italic=True))
        self._row += 1

    def _write_text(self, text: Say | str, look: Format, after: int = 0) -> None:
        self._row += after
        self._sheet.write_string(self._row, 0, fitting(self._sheets.voice.text(text)), look)
        self._row += 1

    def _write_headings(self) -> None:
        self._sheet.set_row(self._row, 32)
        item = Column("item", Content.TEXT)
        for place, column in enumerate((item, *self._columns)):
            named = self._sheets.voice.say(heading(column))
            self._sheet.write_string(self._row, place, named, self._styles.heading(column))
        self._row += 1
        self._sheet.freeze_panes(self._row, 1)

    def _write_row(self, name: Say, items: Iterable[Item], **look: object) -> None:
        self._sheet.write_string(self._row, 0, self._sheets.voice.say(name), self._styles.label(**look))
        shown = {key: value for key, value in look.items() if key != "indent"}
        for place, (column, figure) in enumerate(zip(self._columns, self._figures(items), strict=True), 1):
            if figure is not None:
                self._styles.put(column, **shown)(self._sheet, self._row, place, figure)
        self._row += 1

    def _write_sum(self, name: Say, items: Iterable[Item], first: int, last: int, **look: object) -> None:
        """A row that adds up those from the first to the last one."""
        self._sheet.write_string(self._row, 0, self._sheets.voice.say(name), self._styles.label(bold=True, **look))
        for place, (column, figure) in enumerate(zip(self._columns, self._figures(items), strict=True), 1):
            formula = f"=SUBTOTAL({SUM},{xl_range(first, place, last, place)})"
            value = (figure or 0) / 10 ** digits_of(column.currency)
            self._sheet.write_formula(self._row, place, formula, self._styles.of(column, bold=True, **look), value)
        self._row += 1

    def _figures(self, items: Iterable[Item]) -> tuple[int | None, ...]:
        """The Connects of items by what is known of their cost, and net and tax of each currency."""
        connects: dict[CostState, int] = dict.fromkeys(CostState, 0)
        money: dict[str, Price] = {}
        for share in (share for item in items for share in item.shares):
            connects[share.state] += share.connects
            if (price := share.price) is not None:
                money[price.currency] = price if price.currency not in money else money[price.currency] + price
        return sum(connects.values()), *connects.values(), *money_of(money, self._currencies)


def item_name(name: str) -> Say:
    """What an item is called."""
    return say(f"sheet-item-{name}") if name in OURS else worded(name)
