"""People block the bot and come back; groups remove it and add it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bot.stages.telegram import TelegramPlayer
from tests.bot.telling import deliver
from tests.bot.test_coming_back import BLOCKED, REMOVED, readers
from tests.loopback.telegram.wire import forbidden

if TYPE_CHECKING:
    from tests.bot.stage import Bot
    from tests.bot.stages.desk import DeskPlayer
    from tests.bot.stages.telegram import TelegramStage

SEND = "sendMessage"


@pytest.fixture
async def ann(stage: TelegramStage) -> TelegramPlayer:
    ann = await stage.person("Ann")
    await ann.say("/start")
    await ann.say("/subscribe")
    return ann


async def test_who_blocks_the_bot_is_no_target_and_is_asked_after_unblocking_it(
    stage: TelegramStage, ann: TelegramPlayer, boss: DeskPlayer
) -> None:
    assert await readers(boss) == 1
    ann.person.block()
    await stage.server.settled()
    assert await readers(boss) == 0
    ann.person.unblock()
    await stage.server.settled()
    assert await readers(boss) == 0
    heard = await ann.say("/start")
    assert heard.text.endswith(BLOCKED)
    assert "will get announcements" in (await ann.press("Yes")).text
    assert await readers(boss) == 1


async def test_who_was_found_to_have_blocked_the_bot_is_asked(
    bot: Bot, stage: TelegramStage, ann: TelegramPlayer, boss: DeskPlayer
) -> None:
    await boss.say("/announce Free review")
    await boss.press("Send to")
    stage.server.faults.refuse(forbidden("bot was blocked by the user"), method=SEND)
    await deliver(bot, stage.carrier)
    assert await readers(boss) == 0
    assert (await ann.say("/balance")).text.endswith(BLOCKED)


async def test_a_group_that_adds_the_bot_again_is_asked_with_the_greeting(
    bot: Bot, stage: TelegramStage, boss: DeskPlayer
) -> None:
    lead = (await stage.person("Lea")).person
    team = stage.server.group("Team", admins=[lead], bot=False)
    team.add_bot(lead)
    await team.next_message()
    player = TelegramPlayer(stage, lead, team)
    await player.say("/subscribe")
    team.remove_bot(lead)
    await stage.server.settled()
    assert await readers(boss) == 0
    bot.clock.pass_(days=1)
    team.add_bot(lead)
    await stage.server.settled()
    asked = team.last
    assert asked.text.startswith(REMOVED)
    assert asked.rows == [["Yes", "No"]]
    assert await readers(boss) == 0
    assert "will get announcements" in (await player.press("Yes")).text
    assert await readers(boss) == 1
