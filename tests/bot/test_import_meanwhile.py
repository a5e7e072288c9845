"""A long import shows at once that it is being booked, in the message that becomes the answer."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from core.imports.model import Page, Row
from tests.bot.handing import handed
from tests.bot.stage import Bot, on_stage
from tests.bot.stages.discord import DiscordStage, discord_stage, labels_of
from tests.bot.stages.telegram import TelegramStage
from tests.bot.stages.telegram import open_stage as telegram_stage

LAST: Final = date(2026, 1, 9)
LONG: Final = Page(
    tuple(Row(LAST - timedelta(days=at // 40), "Applied to job", -1, f"Job {at}") for at in range(2000)),
    balance=45,
    copied=date(2026, 1, 10),
)
BOOKING: Final = "Booking 2,000 rows\u2026"
DONE: Final = "2,000 entries booked; 45 Connects, as Upwork says."


async def test_on_telegram_the_message_keeps_its_buttons_meanwhile(bot: Bot) -> None:
    async with telegram_stage(bot) as stage:
        assert isinstance(stage, TelegramStage)
        ann = await stage.person("Ann")
        await ann.say("/start")
        await handed(bot, ann, "d1", LONG)
        await ann.press("Book all 2,000")
        await stage.server.until(lambda: ann.chat.sent[-1].text == DONE, "the answer")
        edits = [call.payload for call in stage.server.calls("editMessageText")]
        assert [edit["text"] for edit in edits] == [BOOKING, DONE]
        assert "Book all 2,000" in str(edits[0]["reply_markup"])


async def test_on_discord_too(bot: Bot) -> None:
    async with discord_stage(bot) as stage:
        assert isinstance(stage, DiscordStage)
        ann = await stage.person("Ann")
        await ann.say("/start")
        await handed(bot, ann, "d1", LONG)
        shown = ann.shown[-1]
        assert (await ann.press("Book all 2,000")).text == BOOKING
        await stage.server.until(lambda: shown.now().text == DONE, "the answer")
        assert labels_of(shown.now()) == ["Undo", "Proposals"]


async def test_on_the_console_it_is_a_line(bot: Bot) -> None:
    async with on_stage("console", bot) as stage:
        ann = await stage.person("Ann")
        await ann.say("/start")
        await handed(bot, ann, "d1", LONG)
        assert (await ann.press("Book all 2,000")).text == f"{BOOKING}\n{DONE}"


async def test_a_short_one_needs_no_such_line(bot: Bot) -> None:
    async with on_stage("console", bot) as stage:
        ann = await stage.person("Ann")
        await ann.say("/start")
        await handed(bot, ann, "d1")
        assert "Booking" not in (await ann.press("Book all 3")).text
