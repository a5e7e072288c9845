"""Importing a page in conversation, on every platform: a preview, one press, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bot.handing import handed
from tests.bot.stage import PLATFORMS, Bot, Stage, on_stage

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator


@pytest.fixture(params=PLATFORMS)
async def stage(request: pytest.FixtureRequest, bot: Bot) -> AsyncGenerator[Stage]:
    async with on_stage(request.param, bot) as stage:
        yield stage


async def test_a_first_page_is_booked_by_one_press_and_taken_back_by_another(stage: Stage, bot: Bot) -> None:
    ann = await stage.person("Ann")
    await ann.say("/start")
    heard = await handed(bot, ann, "d1")
    assert "3 rows from Jan 7, 2026 to Jan 9, 2026: all new." in heard.text
    assert "as Upwork says" in heard.text
    assert "What did the 33 Connects cost that you had before these rows?" in heard.text
    heard = await ann.press("Bought at the list price")
    assert "What did" not in heard.text
    heard = await ann.press("Book all 3")
    assert heard.text == "3 entries booked; 45 Connects, as Upwork says."
    assert "45 Connects are available." in (await ann.say("/balance")).text
    assert "Import 1" in (await ann.say("/history")).text
    assert "Applied to job · Logo" in (await ann.press("Import 1")).text
    heard = await handed(bot, ann, "d2")
    assert "All 3 rows from Jan 7, 2026 to Jan 9, 2026 are booked already." in heard.text
    heard = await ann.say("/undo")
    assert "What was booked last is an import of 3 rows from Jan 7, 2026 to Jan 9, 2026." in heard.text
    assert "Import 1 is taken back; 20 Connects left." in (await ann.press("Undo the import")).text
    assert "20 Connects are available." in (await ann.say("/balance")).text
