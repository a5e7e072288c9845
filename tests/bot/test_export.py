"""The journal as a CSV file, without formulas that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest

from bot.views.exports import HEADER, deliveries_csv, journal_csv
from core.announcements.model import Course
from core.delivery.notice import Target
from core.delivery.state import State
from core.ledger.model import Purpose
from tests.bot.stage import a_bot
from tests.bot.stages.desk import DeskStage
from tests.core.freelancer import OpenBooks, booked, dollars, freelancer


def test_no_separator_of_lists_makes_a_cell_begin_with_a_formula() -> None:
    """Read back as a spreadsheet does where lists are separated by commas, by semicolons or by tabs."""
    course = Course(((Target("telegram", "1"), State.FAILED, "a;=1,b\t=2"),))
    content = deliveries_csv(course, {("telegram", "1"): 'Club "A";=3;\uff1d4'}).decode("utf-8-sig")
    for separator in ",;\t":
        cells = [cell for row in csv.reader(io.StringIO(content), delimiter=separator) for cell in row]
        assert not [cell for cell in cells if cell.strip('" ').startswith(("=", "\uff1d"))]


async def test_each_posting_is_a_row_and_all_sum_to_zero() -> None:
    async with a_bot() as bot:
        ann = await freelancer(OpenBooks(bot.store, bot.books.rulebook, bot.clock), bot.clock)
        booked(await ann.buy(60, dollars(900, tax=90)))
        booked(await ann.spend(26, "Logo, redesign", Purpose.BOOST))
        content = journal_csv(await ann.journal(), "Europe/Kyiv")
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert tuple(rows[0]) == HEADER
    assert [row["account"] for row in rows[4:]] == ["wallet:1", "expense:boost"] * 2
    assert sum(int(row["connects"]) for row in rows) == 0
    assert sum(Decimal(row["net"] or 0) for row in rows) == 0
    assert [row["net"] for row in rows if row["account"] == "expense:boost"] == ["", "0.90"]
    assert [row["purpose"] for row in rows] == [""] * 4 + ["boost"] * 4
    assert {row["by_name"] for row in rows} == {""}
    assert (rows[4]["title"], rows[4]["at"]) == ("Logo, redesign", "2026-01-10T11:00:00+02:00")


@pytest.mark.parametrize(("zone", "day"), [("Pacific/Kiritimati", "2026-01-11"), ("America/Los_Angeles", "2026-01-10")])
async def test_the_file_is_named_by_the_day_where_its_reader_is(zone: str, day: str) -> None:
    async with a_bot() as bot:
        ann = await DeskStage(bot).person("ann")
        await ann.say("/start")
        await ann.say(f"/settings zone={zone}")
        bot.clock.pass_(hours=15)
        assert list((await ann.say("/export")).files) == [f"connects-{day}.csv"]


def test_an_empty_journal_is_a_header() -> None:
    assert journal_csv([], "UTC").decode("utf-8-sig").strip().replace('"', "") == ",".join(HEADER)
