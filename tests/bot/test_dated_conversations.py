"""People book on every platform what happened on another day."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from tests.bot.stage import PLATFORMS, Bot, Player, Stage, on_stage

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator


@pytest.fixture(params=PLATFORMS)
async def stage(request: pytest.FixtureRequest, bot: Bot) -> AsyncGenerator[Stage]:
    async with on_stage(request.param, bot) as stage:
        yield stage


@pytest.fixture
async def ann(stage: Stage, bot: Bot) -> Player:
    """Ann, whose books began a few days ago, on Saturday, January 10; it is Thursday."""
    ann = await stage.person("Ann")
    await ann.say("/start")
    bot.clock.pass_(days=5)
    return ann


async def test_a_bid_of_yesterday_is_booked_on_that_day_and_undone(ann: Player) -> None:
    heard = await ann.say("/spend 16 title=Logo on=yesterday")
    assert "#2 booked: 16 Connects · Proposal: Logo" in heard.text
    assert "Booked on Wednesday, Jan 14, 2026." in heard.text
    assert "4 Connects" in heard.text
    shown = (await ann.say("/history")).text
    assert "yesterday" in shown
    assert "yesterday 09:00" not in shown
    await ann.say("/undo")
    assert "20 Connects are available." in (await ann.say("/balance")).text
    assert "20 Connects were available" in (await ann.say("/balance 2026-01-14")).text


async def test_a_past_balance_knows_what_was_booked_later(ann: Player) -> None:
    await ann.say("/spend 16 title=Logo on=2026-01-12")
    assert "20 Connects were available" in (await ann.say("/balance 2026-01-11")).text
    assert "20 Connects were available" in (await ann.say("/balance 11 Jan")).text
    assert "4 Connects were available" in (await ann.say("/balance yesterday")).text
    assert "4 Connects are available" in (await ann.say("/balance today")).text
    assert "is still to come" in (await ann.say("/balance tomorrow")).text
    assert "4 Connects were available" in (await ann.say("/balance 2026-01-12")).text


async def test_what_came_back_that_day_is_booked_on_it(ann: Player) -> None:
    await ann.say("/spend 16 title=Logo on=2026-01-12")
    heard = await ann.say("/return spend=#2 on=yesterday")
    assert "16 Connects returned from #2" in heard.text
    assert "Booked on Wednesday, Jan 14, 2026." in heard.text


async def test_a_day_to_come_is_asked_about(ann: Player) -> None:
    heard = await ann.say("/spend 16 title=Logo on=2026-02-01")
    assert "Feb 1, 2026 is still to come. On which day did it happen?" in heard.text
    assert "Booked on Tuesday, Jan 13, 2026." in (await ann.say("2 days ago")).text


async def test_a_day_from_before_the_books_is_refused_in_words(ann: Player) -> None:
    heard = await ann.say("/spend 16 title=Logo on=2025-12-24")
    assert "These books begin on Jan 10, 2026." in heard.text
    assert "20 Connects are available." in (await ann.say("/balance")).text


async def test_the_export_says_when_it_happened(ann: Player) -> None:
    await ann.say("/spend 16 title=Logo on=yesterday")
    (content,) = (await ann.say("/export postings=yes")).files.values()
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert [row["happened"] for row in rows] == ["", "", "2026-01-14", "2026-01-14"]
    assert sum(int(row["connects"]) for row in rows if row["account"].startswith("wallet:")) == 4
