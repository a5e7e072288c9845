"""CSV files run no formulas in a spreadsheet, and are named by the day where their reader is."""

from __future__ import annotations

import csv
import io

import pytest

from bot.views.exports import deliveries_csv
from core.announcements.model import Course
from core.delivery.notice import Target
from core.delivery.state import State
from tests.bot.stage import a_bot
from tests.bot.stages.desk import DeskStage


def test_no_separator_of_lists_makes_a_cell_begin_with_a_formula() -> None:
    """Read back as a spreadsheet does where lists are separated by commas, by semicolons or by tabs."""
    course = Course(((Target("telegram", "1"), State.FAILED, "a;=1,b\t=2"),))
    content = deliveries_csv(course, {("telegram", "1"): 'Club "A";=3;\uff1d4'}).decode("utf-8-sig")
    for separator in ",;\t":
        cells = [cell for row in csv.reader(io.StringIO(content), delimiter=separator) for cell in row]
        assert not [cell for cell in cells if cell.strip('" ').startswith(("=", "\uff1d"))]


@pytest.mark.parametrize(("zone", "day"), [("Pacific/Kiritimati", "2026-01-11"), ("America/Los_Angeles", "2026-01-10")])
async def test_the_file_is_named_by_the_day_where_its_reader_is(zone: str, day: str) -> None:
    async with a_bot() as bot:
        ann = await DeskStage(bot).person("ann")
        await ann.say("/start")
        await ann.say(f"/settings zone={zone}")
        bot.clock.pass_(hours=15)
        assert list((await ann.say("/export")).files) == [f"connects-{day}.csv"]
