"""Times in each reader's own zone."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from telegram import Chat, Message, MessageEntity

from bot.platforms.telegram.updates.formatting import marked_line
from bot.reply.marks import Run, runs_of
from bot.reply.parts import Hour, reply, say
from bot.reply.words import voice
from core.delivery.outcome import Sent
from tests.bot.promoting import launched, look
from tests.bot.stages.desk import DeskPlayer, DeskStage
from tests.bot.telling import deliver
from tests.clock import TestClock
from tests.loopback.telegram.wire import bad_request

if TYPE_CHECKING:
    from tests.bot.stage import Bot
    from tests.bot.stages.telegram import TelegramPlayer, TelegramStage

ENDS = 1768294800
SHOWN = "Until Jan 13, 2026 09:00 UTC."


@pytest.fixture
async def boss(bot: Bot) -> DeskPlayer:
    bot.operators.add("desk:boss")
    return await DeskStage(bot).person("boss")


async def offered(stage: TelegramStage, boss: DeskPlayer) -> None:
    await launched(boss, 'Bonus gives=30 ends="3 days"')
    await look(stage.bot)
    await deliver(stage.bot, stage.carrier)


async def test_a_promotion_ends_at_each_readers_own_time(
    stage: TelegramStage, ann: TelegramPlayer, boss: DeskPlayer
) -> None:
    await ann.say("/subscribe")
    await offered(stage, boss)
    message = ann.chat.last
    assert SHOWN in message.text
    (time,) = [one for one in message.entities if one["type"] == "date_time"]
    assert (time["unix_time"], time["date_time_format"]) == (ENDS, "wDt")
    assert message.text[time["offset"] : time["offset"] + time["length"]] == "Jan 13, 2026 09:00 UTC"


async def test_a_server_from_before_gets_the_time_in_the_readers_zone(
    stage: TelegramStage, ann: TelegramPlayer, boss: DeskPlayer
) -> None:
    await ann.say("/subscribe")
    old = bad_request('can\'t parse entities: Unsupported start tag "tg-time" at byte offset 98')
    stage.server.faults.refuse(old, method="sendMessage")
    await offered(stage, boss)
    message = ann.chat.last
    assert SHOWN in message.text
    assert not message.entities


async def test_an_edit_on_such_a_server_has_the_time_as_text_too(stage: TelegramStage, ann: TelegramPlayer) -> None:
    target, given = ann.target, reply(say("raw", text=Hour(datetime.fromtimestamp(ENDS, UTC), readers=True)))
    old = bad_request('can\'t parse entities: Unsupported start tag "tg-time" at byte offset 0')
    stage.server.faults.refuse(old, method="editMessageText")
    outcome = await stage.carrier.amend(target, str(ann.chat.last.id), given, voice("en", "UTC"))
    assert outcome == Sent(str(ann.chat.last.id))
    assert (ann.chat.last.text, ann.chat.last.entities) == ("Jan 13, 2026 09:00 UTC", ())


def test_a_time_that_an_operator_writes_is_kept() -> None:
    at = datetime.fromtimestamp(ENDS, TestClock().now().tzinfo)
    entity = MessageEntity(MessageEntity.DATE_TIME, 13, 8, unix_time=at, date_time_format="wDt")
    chat = Chat(1, Chat.PRIVATE)
    line = marked_line(Message(1, at, chat, text="/announce at tomorrow, promptly", entities=[entity]))
    assert runs_of(line)[1] == Run("tomorrow", unix=ENDS)


@pytest.mark.parametrize(
    ("url", "shown"), [("https://example.com/x", "here"), ("tg://user?id=7", "here (tg://user?id=7)")]
)
def test_only_pages_on_the_web_are_links(url: str, shown: str) -> None:
    at = TestClock().now()
    entities = [MessageEntity(MessageEntity.TEXT_LINK, 13, 4, url=url)]
    line = marked_line(Message(1, at, Chat(1, Chat.PRIVATE), text="/announce \U0001f642 here", entities=entities))
    assert "".join(run.text for run in runs_of(line)) == f"/announce \U0001f642 {shown}"
