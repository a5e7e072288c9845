"""The spreadsheet, read by another library: numbers are numbers, days are days, texts are texts."""

from __future__ import annotations

from datetime import UTC, date, datetime
from datetime import time as clock_time
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from bot.documents.cells import plain
from bot.documents.model import BookData, DocumentOrder, Form, Subject, TeamFacts
from bot.documents.writing import write
from bot.documents.writing.columns import Column, Content, Table
from bot.documents.writing.costs import currencies_of
from bot.documents.writing.entries import FORWARD, entry_table, lines_of
from bot.documents.writing.lots import lot_table
from bot.documents.writing.proposals import proposal_table
from bot.documents.writing.statement import Section
from bot.documents.writing.team import NamedRow, TeamBooks, team_table
from bot.documents.writing.workbook.sheets import workbook
from bot.documents.writing.workbook.statement import OURS
from bot.documents.writing.workbook.styles import LONGEST
from bot.reply.words import Catalog, Voice, voice
from core.ledger.model import Kind, Purpose
from core.ledger.sightings import Boosted, ProposalState
from core.proposals.model import NetCost, Proposal, ProposalKind
from core.shared.ids import PersonId, WalletId
from core.shared.money import CostState, Price
from core.team.model import MemberRow, Outcomes, Who
from tests.bot.documents.lives import HOSTILE, hostile_life, random_life
from tests.house.test_house import sentences

if TYPE_CHECKING:
    from pathlib import Path

    from bot.documents.model import Document

PROPOSAL = Proposal(
    "2", ProposalKind.BID, "=Logo", "~021234567890123456789", "1234567890123456789", None, "Lea",
    datetime(2026, 1, 15, 9, tzinfo=UTC), exact=True, age=None, base=16, boost=4, back=2,
    net=NetCost(3, 10, 5, (Price(150, 30, "USD"),)), boosted=True, outbid=False, stage=ProposalState.REPLIED,
    end=ProposalState.DECLINED, since=datetime(2026, 1, 20, tzinfo=UTC), viewed=True,
    answered=datetime(2026, 1, 19, 23, tzinfo=UTC), worth=None, entries=(2,), seen=(), tags=("logo", "=2"),
)  # fmt: skip

EVERYTHING = MemberRow(
    Who(PersonId(1)), dict.fromkeys(Purpose, 8), 4, (Price(150, 30, "USD"),), 3,
    Outcomes(6, replies=2, hires=1, young=1, connects=44, priced=5, priced_replies=2, priced_hires=1, heard=5),
)  # fmt: skip


def order_for() -> DocumentOrder:
    at = datetime(2026, 1, 31, tzinfo=UTC)
    return DocumentOrder(Subject.ENTRIES, Form.EXCEL, WalletId(1), None, at, 1, "en", "UTC", "USD")


def document_of(order: DocumentOrder, books: BookData, subject: Subject = Subject.ENTRIES) -> Document:
    told: list[float] = []
    document = write(order._replace(subject=subject, form=Form.EXCEL), books, told.append)
    assert document.suffix == ".xlsx"
    assert told == sorted(told)
    assert told[-1] <= 1
    return document


def opened(document: Document, *, formulas: bool = False) -> Any:
    return load_workbook(BytesIO(document.content), data_only=not formulas)


def cells(sheet: Any) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


async def test_numbers_are_numbers_days_are_days_and_totals_are_worked_out() -> None:
    life = await hostile_life()
    document = document_of(life.order, life.books)
    book, formulas = opened(document), opened(document, formulas=True)
    assert book.sheetnames == ["Entries", "Lots", "Proposals", "Summary"]
    heads, first, *_, totals = cells(book["Entries"])
    assert heads[:13] == [
        "No.", "Date", "Time", "Booked", "Kind", "For or from", "Connects", "Balance", "Free", "Paid", "Cost unknown",
        "Net, JPY", "Tax, JPY",
    ]  # fmt: skip
    assert first[:8] == [
        1, datetime(2026, 1, 10), clock_time(11), datetime(2026, 1, 10, 11), "Received", "Welcome bonus", 20, 20,  # noqa: DTZ001 - a spreadsheet has no zones
    ]  # fmt: skip
    lines = lines_of(life.order, life.books)
    table = entry_table(life.order, life.books, lines)
    rows = [*table.rows]
    for place, column in enumerate(table.columns):
        if column.total:
            unit = 10 ** {"JPY": 0, "USD": 2, "KWD": 3}.get(column.currency, 0)
            assert totals[place] == pytest.approx(sum(row[place] or 0 for row in rows) / unit), column  # type: ignore[misc] # they are numbers
            formula = formulas["Entries"].cell(len(rows) + 2, place + 1).value
            assert formula.startswith("=SUBTOTAL(109,")
    assert document.rows == len(rows)
    assert currencies_of(lines) == ("JPY", "KWD", "USD")


async def test_money_has_the_decimals_of_its_currency() -> None:
    life = await hostile_life()
    sheet = opened(document_of(life.order, life.books))["Entries"]
    formats = {sheet.cell(1, place).value: sheet.cell(2, place) for place in range(12, 18)}
    money = {head: sheet.cell(3, cell.column) for head, cell in formats.items()} | {
        head: sheet.cell(4, cell.column) for head, cell in formats.items() if "JPY" in str(head)
    }
    assert (money["Net, USD"].value, money["Net, USD"].number_format) == (9, "#,##0.00")
    assert (money["Tax, USD"].value, money["Tax, USD"].number_format) == (1.8, "#,##0.00")
    assert (money["Net, JPY"].value, money["Net, JPY"].number_format) == (1500, "#,##0")
    kuwaiti = sheet.cell(5, formats["Net, KWD"].column)
    assert (kuwaiti.value, kuwaiti.number_format) == (2.755, "#,##0.000")


async def test_texts_stay_texts() -> None:
    life = await hostile_life()
    formulas = opened(document_of(life.order, life.books), formulas=True)["Entries"]
    titled = [row for row in formulas.iter_rows(min_row=2) if row[4].value == "Spent"]
    place = next(cell.column for cell in formulas[1] if cell.value == "Title") - 1
    found = [row[place] for row in titled]
    assert {cell.data_type for cell in found} == {"s"}
    assert {cell.hyperlink for cell in found} == {None}
    shown = [cell.value for cell in found]
    read = [text.replace("< r>", "<r>").replace("_x005F_", "_") for text in shown[: len(HOSTILE)]]
    assert read == [plain(text) for text in HOSTILE]
    assert shown[0] == "=1+1"
    assert found[0].quotePrefix
    assert len(shown[-1].encode("utf-16-le")) // 2 <= LONGEST
    assert shown[-1].endswith("…")
    assert {row[place + 1].value for row in titled} == {"~021234567890123456789"}
    assert {row[place + 1].number_format for row in titled} == {"@"}


async def test_sheets_are_set_up_to_be_read_and_printed() -> None:
    life = await hostile_life()
    book = opened(document_of(life.order, life.books._replace(proposals=[PROPOSAL])))
    for name in ("Entries", "Lots", "Proposals"):
        sheet = book[name]
        assert (sheet.freeze_panes, sheet.auto_filter.ref[:2]) == ("A2", "A1")
        assert (sheet.page_setup.orientation, sheet.print_title_rows) == ("landscape", "$1:$1")
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert not sheet.sheet_view.rightToLeft
    hidden = {book["Entries"].cell(1, number).value for number, name in enumerate("ABCDEFGHIJKLMNOPQRSTU", 1)
              if book["Entries"].column_dimensions[name].hidden}  # fmt: skip
    assert hidden == {"Member", "Upwork's reference"}


async def test_proposals_show_what_they_cost_and_what_became_of_them() -> None:
    life = await hostile_life()
    order = life.order._replace(days=(date(2026, 1, 15), date(2026, 1, 31)))
    invited = PROPOSAL._replace(stage=ProposalState.INVITED, kind=ProposalKind.INVITATION)
    proposals = [PROPOSAL, invited, PROPOSAL._replace(sent=datetime(2026, 1, 14, 9, tzinfo=UTC), title="Earlier")]
    heads, row, totals = cells(opened(document_of(order, BookData(proposals=proposals)))["Proposals"])
    shown = dict(zip(heads, row, strict=True))
    assert shown["Sent"] == datetime(2026, 1, 15)  # noqa: DTZ001 - a spreadsheet has no zones
    assert (shown["Proposal ID"], shown["Title"], shown["Tags"]) == ("1234567890123456789", "=Logo", "logo, =2")
    assert (shown["Spent"], shown["Free"], shown["Paid"], shown["Cost unknown"]) == (18, 3, 10, 5)
    assert (shown["Net, USD"], shown["Tax, USD"]) == (1.5, 0.3)
    assert (shown["Reached"], shown["Ended"], shown["Boosted"]) == ("Replied", "Declined", "Yes")
    assert shown["Answered"] == datetime(2026, 1, 20)  # noqa: DTZ001 - a spreadsheet has no zones
    assert totals[heads.index("Came back")] == 2
    (guessed,) = proposal_table(order, [PROPOSAL._replace(exact=False)]).rows
    assert guessed[:2] == (date(2026, 1, 15), None)


async def test_lots_and_the_summary_end_with_what_the_entries_end_with() -> None:
    life = await random_life(1)
    order = life.order._replace(days=(date(2026, 3, 1), date(2026, 7, 31)))
    book = opened(document_of(order, life.books))
    entries, lots, summary = (cells(book[name]) for name in ("Entries", "Lots", "Summary"))
    left = entries[-1][6]
    assert lots[-1][5] == left
    assert [row[1] for row in summary if row[0] == "Left at the end"] == [left]
    paid = {head: total for head, total in zip(entries[0], entries[-1], strict=True) if str(head).startswith("Net, ")}
    for currency, total in paid.items():
        place = lots[0].index(f"Worth net, {str(currency)[-3:]}")
        assert lots[-1][place] == pytest.approx(total)


async def test_a_statement_is_one_page_with_its_sums() -> None:
    life = await random_life(2)
    order = life.order._replace(days=(date(2026, 3, 1), date(2026, 7, 31)), title="=Team")
    document = document_of(order, life.books, Subject.STATEMENT)
    sheet, formulas = opened(document)["Summary"], opened(document, formulas=True)["Summary"]
    assert (sheet.page_setup.fitToHeight or 1, sheet.page_setup.orientation) == (1, "portrait")
    rows = {row[0]: row for row in cells(sheet) if row[0]}
    assert "Mar 1, 2026 to Jul 31, 2026" in rows
    assert rows["=Team"]
    early = document_of(order._replace(days=(date(2020, 1, 1), date(2026, 7, 31))), life.books, Subject.STATEMENT)
    began = "The books begin on"
    assert [str(row[0])[: len(began)] for row in cells(opened(early)["Summary"])][4] == began
    assert began not in str(rows)
    parts = [rows[name] for name in ("Brought forward", "Came in", "Went out", "Corrected") if name in rows]
    for place in range(1, sheet.max_column):
        assert rows["Left at the end"][place] == pytest.approx(sum(row[place] or 0 for row in parts))
    written = [cell for row in formulas.iter_rows() for cell in row if cell.data_type == "f"]
    assert {cell.value[:12] for cell in written} == {"=SUBTOTAL(9,"}
    for cell in written:
        first, _, last = cell.value.removesuffix(")").partition(",")[2].partition(":")
        added = [one.value or 0 for (one,) in formulas[f"{first}:{last or first}"] if one.data_type == "n"]
        assert sheet[cell.coordinate].value == pytest.approx(sum(added)), "SUBTOTAL leaves out other subtotals"


def test_empty_books_have_sheets_without_rows() -> None:
    book = opened(document_of(order_for(), BookData()), formulas=True)
    assert [len(cells(book[name])) for name in ("Entries", "Lots", "Proposals")] == [1, 1, 1]
    assert cells(book["Summary"])[-1] == ["Left at the end", 0, 0, 0, 0]


async def test_without_money_there_is_none() -> None:
    life = await hostile_life()
    book = opened(document_of(life.order._replace(money=False), BookData(life.books.entries, (), [PROPOSAL])))
    shown = {str(value) for sheet in book for row in cells(sheet) for value in row}
    assert not [text for text in shown if "USD" in text or "Net" in text]


def test_every_word_of_the_sheets_has_its_use_and_each_use_its_word() -> None:
    order = order_for()
    tables = (
        entry_table(order, BookData(), (), TeamBooks(order, TeamFacts({}, {}, None, 14), BookData(), ())),
        lot_table(order, (), ("USD",)),
        proposal_table(order, [PROPOSAL]),
        team_table([NamedRow("Ann", EVERYTHING)], money=True),
    )
    columns = {column.name.replace("_", "-") for table in tables for column in table.columns}
    used = {f"sheet-{name}" for name in columns | {"entries", "lots", "proposals", "team", "summary", "total", "item"}}
    used |= {f"sheet-section-{section}" for section in Section} | {f"sheet-item-{name}" for name in OURS}
    used |= {f"sheet-state-{state}" for state in CostState} | {f"sheet-boosted-{how}" for how in Boosted}
    lines = {kind for kind in Kind if kind not in {Kind.UNDO, Kind.RECAST, Kind.AMENDMENT}}
    used |= {f"sheet-kind-{kind}" for kind in {*lines, FORWARD}}
    assert {name for name in sentences() if name.startswith("sheet-")} == used


def test_what_finds_no_room_on_a_sheet_stands_on_the_next() -> None:
    order = order_for()
    table = Table((Column("number", Content.NUMBER), Column("connects", Content.CONNECTS, total=True)),
                  ((number, 2) for number in range(5)), 5)  # fmt: skip
    told: list[int] = []
    content = workbook(
        voice("en", "UTC"), order, lambda sheets: sheets.add_table("sheet-entries", table, told.append, 2)
    )
    book = load_workbook(BytesIO(content), data_only=True)
    assert book.sheetnames == ["Entries", "Entries 2", "Entries 3"]
    assert [cells(sheet)[-1] for sheet in book] == [["Total", 4], ["Total", 4], ["Total", 2]]
    assert told == [0]


def test_a_language_from_right_to_left_has_such_sheets_and_names_that_fit(tmp_path: Path) -> None:
    name = "\u0627\u0644\u0642\u064a\u0648\u062f " * 9
    english = tmp_path / "en.ftl"
    english.write_text("sheet-entries = Entries\nsheet-connects = Connects\nsheet-total = Total\n", encoding="utf-8")
    (tmp_path / "ar.ftl").write_text(f"sheet-entries = [{name}]: 'x'\n", encoding="utf-8")
    table = Table((Column("connects", Content.CONNECTS, total=True),), iter([(1,), (2,)]), 2)
    content = workbook(Voice("ar", "UTC", Catalog(tmp_path)), order_for(),
                       lambda sheets: sheets.add_table("sheet-entries", table, lambda _: None, 1))  # fmt: skip
    book = load_workbook(BytesIO(content))
    assert all(sheet.sheet_view.rightToLeft for sheet in book)
    assert [len(name) <= 31 for name in book.sheetnames] == [True, True]
