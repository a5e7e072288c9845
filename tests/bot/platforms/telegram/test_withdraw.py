"""Deleting notices on Telegram: what is too old, what is gone, and lost responses."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from core.delivery.outcome import Failed, Later, Sent, Uncertain, Unreachable
from tests.bot.carried import carry, withdraw
from tests.bot.stages.desk import DeskStage
from tests.bot.telling import deliver
from tests.loopback.telegram.wire import bad_request, forbidden

if TYPE_CHECKING:
    from core.delivery.outcome import Outcome
    from tests.bot.stages.telegram import TelegramPlayer, TelegramStage

DELETE = "deleteMessage"
TOO_OLD = Failed("too old")


@pytest.fixture
async def sent(stage: TelegramStage, ann: TelegramPlayer) -> Outcome:
    return await carry(stage, ann)


async def test_it_is_deleted(stage: TelegramStage, ann: TelegramPlayer, sent: Outcome) -> None:
    shown = ann.chat.last
    assert await withdraw(stage, ann, sent) == sent
    assert shown.deleted


async def test_after_48_hours_it_cannot_be(stage: TelegramStage, ann: TelegramPlayer, sent: Outcome) -> None:
    ann.chat.last.date -= timedelta(hours=48, seconds=1)
    assert await withdraw(stage, ann, sent) == TOO_OLD
    assert not ann.chat.last.deleted


async def test_an_announcement_that_is_too_old_is_replaced_by_a_line(stage: TelegramStage, ann: TelegramPlayer) -> None:
    bot = stage.bot
    boss = await DeskStage(bot).person("boss")
    await ann.say("/subscribe")
    await boss.say("/announce The review is on Friday")
    await boss.press("Send to")
    await deliver(bot, stage.carrier)
    shown = ann.chat.last
    assert "The review is on Friday" in shown.text
    bot.clock.pass_(hours=49)
    assert "Replaced by a line: up to 1 message" in (await boss.say("/announcement withdraw 1")).text
    await boss.press("Withdraw it")
    await deliver(bot, stage.carrier)
    assert (shown.text, shown.deleted, shown.buttons) == ("This announcement was withdrawn.", False, [])
    assert "Withdrawn: 1 of 1" in (await boss.say("/announcement 1")).text


@pytest.mark.parametrize("why", ["message can't be deleted", "MESSAGE_DELETE_FORBIDDEN"])
async def test_what_must_stay_is_not_deleted(
    stage: TelegramStage, ann: TelegramPlayer, sent: Outcome, why: str
) -> None:
    stage.server.faults.refuse(bad_request(why), method=DELETE)
    assert await withdraw(stage, ann, sent) == TOO_OLD


async def test_an_unknown_message_counts_as_deleted(stage: TelegramStage, ann: TelegramPlayer, sent: Outcome) -> None:
    stage.server.faults.refuse(bad_request("MESSAGE_ID_INVALID"), method=DELETE)
    assert await withdraw(stage, ann, sent) == sent
    assert await withdraw(stage, ann, Sent("999")) == Sent("999")


async def test_trouble_is_told_apart(stage: TelegramStage, ann: TelegramPlayer, sent: Outcome) -> None:
    faults = stage.server.faults
    faults.rate_limit(30, method=DELETE)
    assert await withdraw(stage, ann, sent) == Later(timedelta(seconds=30))
    faults.drop_after(method=DELETE)
    assert await withdraw(stage, ann, sent) == Uncertain("lost answer")
    assert await withdraw(stage, ann, sent) == sent
    faults.refuse(forbidden("bot was blocked by the user"), method=DELETE)
    assert await withdraw(stage, ann, sent) == Unreachable("blocked")
    assert await withdraw(stage, ann, Sent("somewhere")) == Uncertain("ValueError")
