"""The tables as CSV: every row of the books, amounts that add up, texts that run nothing in any dialect."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from bot.documents.cells import plain
from bot.documents.model import BookData, Form, Subject
from bot.documents.writing import write
from bot.documents.writing.csv_files.postings import HEADER
from bot.documents.writing.period import period_of
from core.ledger import rulebook
from core.ledger.model import Purpose
from core.ledger.sightings import Sighting
from core.shared.calendar import beginning
from storage import open_store
from tests.bot.documents.invented import a_year
from tests.bot.documents.lives import HOSTILE, ZONE, hostile_life, life_of, random_life
from tests.clock import TestClock
from tests.core.freelancer import OpenBooks, booked, dollars, freelancer

if TYPE_CHECKING:
    from bot.documents.model import DocumentOrder
    from tests.bot.documents.lives import Life

SIGNS = ("=", "+", "-", "@", "\uff1d")
NUMBER = re.compile(r"-[0-9]+([.][0-9]+)?")


def content_of(order: DocumentOrder, books: BookData, subject: Subject = Subject.ENTRIES) -> str:
    told: list[float] = []
    document = write(order._replace(subject=subject, form=Form.CSV), books, told.append)
    assert document.suffix == ".csv"
    assert document.content.startswith(b"\xef\xbb\xbf")
    assert told == sorted(told)
    return document.content.decode("utf-8-sig")


def rows_of(life: Life, subject: Subject = Subject.ENTRIES, books: BookData | None = None) -> list[dict[str, str]]:
    content = content_of(life.order, books or life.books, subject)
    return list(csv.DictReader(io.StringIO(content, newline="")))


async def test_each_entry_is_a_row_whose_amounts_add_up() -> None:
    life = await hostile_life()
    rows = rows_of(life)
    assert [row["number"] for row in rows] == [str(one.number) for one in life.books.entries]
    assert sum(int(row["connects"]) for row in rows) == int(rows[-1]["balance"]) == sum(lot.left for lot in life.open)
    left = {lot.worth.currency: lot.worth for lot in life.open if lot.worth is not None and lot.worth.known}
    assert sum(Decimal(row["net_JPY"] or 0) for row in rows) == left["JPY"].net
    assert sum(Decimal(row["tax_KWD"] or 0) for row in rows) == Decimal(left["KWD"].tax).scaleb(-3)
    bought = [row for row in rows if row["kind"] == "purchase"]
    assert [(row["net_USD"], row["tax_USD"]) for row in bought] == [("9.00", "1.80"), ("", ""), ("", "")]
    assert [(row["net_JPY"], row["net_KWD"]) for row in bought] == [("", ""), ("1500", ""), ("", "2.755")]
    assert (rows[0]["date"], rows[0]["time"], rows[0]["booked"]) == ("2026-01-10", "11:00:00", "2026-01-10 11:00:00")
    assert {row["by"] for row in rows} == {"Ann"}
    assert next(row for row in rows if row["kind"] == "adjustment")["unknown"] == "5"


async def test_titles_come_back_as_they_were_but_for_what_would_run() -> None:
    rows = rows_of(await hostile_life())
    titles = [row["title"] for row in rows if row["kind"] == "spend"]
    shown = [title.replace("'", "") for title in titles]
    assert shown[: len(HOSTILE)] == [plain(title).replace("'", "") for title in HOSTILE]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
async def test_no_cell_begins_with_a_formula_in_any_dialect(separator: str) -> None:
    life = await hostile_life()
    for subject in (Subject.ENTRIES, Subject.POSTINGS):
        content = content_of(life.order, life.books, subject)
        cells = [cell for row in csv.reader(io.StringIO(content, newline=""), delimiter=separator) for cell in row]
        assert not [cell for cell in cells if cell.strip(' "\t\r\n').startswith(SIGNS) and not NUMBER.fullmatch(cell)]


async def test_what_a_page_said_later_completes_a_row() -> None:
    life = await hostile_life()
    number = life.books.entries[-1].number
    job = "~021234567890123456789"
    seen = (number, Sighting(1, number, booked=False, day=date(2026, 1, 29), wording="", connects=-8, member="Lea"))
    (row,) = [row for row in rows_of(life, books=life.books._replace(sightings=[seen])) if row["number"] == str(number)]
    assert (row["member"], row["job"]) == ("Lea", job)


def test_what_was_booked_without_a_title_has_what_the_latest_page_says() -> None:
    """The time is part of it if the page is of the day on which the entry is booked."""
    order, books = a_year(1)
    (first, *_), day = books.entries, books.entries[0].when
    entry = replace(first, memo="", job="", happened=day.replace(hour=0))
    page = Sighting(1, 1, booked=False, day=day.date(), wording="", connects=40, title="Logo", job="~02001", at=day)
    older, other_day = page._replace(title="Older"), page._replace(at=day + timedelta(days=1))

    def row_of(*rows: Sighting) -> dict[str, str]:
        seen = BookData((entry,), [(1, row) for row in rows])
        return next(csv.DictReader(io.StringIO(content_of(order._replace(days=None), seen), newline="")))

    assert [row_of(older, page)[name] for name in ("title", "job", "time")] == ["Logo", "~02001", "09:00:00"]
    assert (row_of(other_day)["date"], row_of(other_day)["time"]) == ("2025-01-13", "")


def test_the_next_day_is_not_part_of_a_period() -> None:
    day = date(2026, 3, 29)  # a day of 23 hours
    period, next_day = period_of((day, day), ZONE), beginning(day + timedelta(days=1), ZONE)
    assert (period.has(next_day), period.has(next_day - timedelta.resolution)) == (False, True)
    assert (period.has(beginning(day, ZONE)), period.has(beginning(day, ZONE) - timedelta.resolution)) == (True, False)


async def test_a_period_begins_with_what_was_brought_forward() -> None:
    life = await hostile_life()
    order = life.order._replace(days=(date(2026, 1, 15), date(2026, 1, 16)))
    rows = list(csv.DictReader(io.StringIO(content_of(order, life.books), newline="")))
    assert [row["date"] for row in rows] == ["2026-01-15", "2026-01-15", "2026-01-16"]
    assert (rows[0]["kind"], rows[0]["connects"], rows[0]["number"]) == ("brought-forward", rows[0]["balance"], "")
    assert int(rows[0]["connects"]) - 8 == int(rows[-1]["balance"])


async def test_without_money_there_are_connects_only() -> None:
    life = await hostile_life()
    order = life.order._replace(money=False)
    assert "USD" not in content_of(order, life.books)
    statement = content_of(order, life.books, Subject.STATEMENT)
    assert statement.splitlines()[0] == '"section","item","cost","connects"'
    postings = list(csv.DictReader(io.StringIO(content_of(order, life.books, Subject.POSTINGS), newline="")))
    assert {(row["net"], row["tax"], row["currency"]) for row in postings} == {("", "", "")}


async def test_each_posting_is_a_row_and_all_sum_to_zero() -> None:
    clock = TestClock()
    async with open_store("memory://") as store:
        ann = await freelancer(OpenBooks(store, rulebook.default(), clock), clock)
        booked(await ann.buy(60, dollars(900, tax=90)))
        booked(await ann.spend(26, "Logo, redesign", Purpose.BOOST))
        rows = rows_of(await life_of(ann), Subject.POSTINGS)
    assert tuple(rows[0]) == HEADER
    assert [row["account"] for row in rows[4:]] == ["wallet:1", "expense:boost"] * 2
    assert sum(int(row["connects"]) for row in rows) == 0
    assert sum(Decimal(row["net"] or 0) for row in rows) == 0
    assert [row["net"] for row in rows if row["account"] == "expense:boost"] == ["", "0.90"]
    assert [row["purpose"] for row in rows] == [""] * 4 + ["boost"] * 4
    assert {row["by_name"] for row in rows} == {"Ann"}
    assert (rows[4]["title"], rows[4]["at"]) == ("Logo, redesign", "2026-01-10T11:00:00+02:00")


async def test_postings_are_of_what_happened_in_the_period() -> None:
    life = await random_life(1)
    everything = rows_of(life, Subject.POSTINGS)
    assert tuple(everything[0]) == HEADER
    assert len(everything) == sum(len(entry.postings) for entry in life.books.entries)
    assert sum(int(row["connects"]) for row in everything) == 0
    order = life.order._replace(days=(date(2026, 3, 1), date(2026, 3, 31)))
    rows = list(csv.DictReader(io.StringIO(content_of(order, life.books, Subject.POSTINGS), newline="")))
    assert rows == [row for row in everything if (row["happened"] or row["at"])[:7] == "2026-03"]


async def test_a_statement_adds_up() -> None:
    rows = rows_of(await random_life(2), Subject.STATEMENT)
    closing = [row for row in rows if row["section"] == "closing"]
    for state in ("free", "paid", "unknown"):
        moved = sum(int(row["connects"]) for row in rows if row["cost"] == state and row["section"] != "closing")
        assert moved == sum(int(row["connects"]) for row in closing if row["cost"] == state)
    for currency in ("USD", "JPY", "KWD"):
        money = [Decimal(row["net"]) for row in rows if row["currency"] == currency and row["section"] != "closing"]
        assert sum(money) == sum(Decimal(row["net"]) for row in closing if row["currency"] == currency)


async def test_empty_books_are_a_header() -> None:
    life = await hostile_life()
    assert len(content_of(life.order._replace(lots=()), BookData()).splitlines()) == 1
    assert len(content_of(life.order._replace(lots=()), BookData(), Subject.POSTINGS).splitlines()) == 1
