"""On Telegram: a topic that is closed or deleted under a group's alerts tells an admin in private."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.wallets.people import ChatRef
from tests.bot.stages.telegram import TelegramPlayer, TelegramStage, open_stage
from tests.bot.telling import deliver, live_on

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from core.wallets.settings import Alerts
    from tests.bot.stage import Bot

TEST = "This is a test: alerts arrive here."


@pytest.fixture
async def stage(bot: Bot) -> AsyncGenerator[TelegramStage]:
    async with open_stage(bot) as stage:
        live_on(bot, stage.carrier)
        yield stage


@pytest.fixture
async def lead(stage: TelegramStage) -> TelegramPlayer:
    """An admin of a group with topics, who has written to the bot in private too."""
    await (await stage.person("Lea")).say("/start")
    lead = await stage.member("Lea", "Team", admin=True)
    lead.chat = stage.groups["Team"] = stage.server.supergroup("Team", admins=[lead.person])
    return lead


async def alerts(bot: Bot, lead: TelegramPlayer) -> Alerts:
    wallet = await bot.store.people.wallet_of(ChatRef("telegram", lead.target.chat))
    assert wallet is not None
    return wallet.settings.alerts


async def say(stage: TelegramStage, lead: TelegramPlayer, line: str, topic: int) -> str:
    await lead.person.say(line, lead.chat, topic=topic)
    await stage.server.settled()
    return lead.chat.last.text


@pytest.mark.parametrize(("how", "said"), [("closed", "is closed. Open it again"), ("deleted", "no longer exists")])
async def test_an_admin_gets_the_alert_in_private_until_there_is_a_place(
    bot: Bot, stage: TelegramStage, lead: TelegramPlayer, how: str, said: str
) -> None:
    news, talk = lead.chat.open_topic(), lead.chat.open_topic()
    await say(stage, lead, "/start", news)
    lead.chat.close_topic(news) if how == "closed" else lead.chat.delete_topic(news)
    await say(stage, lead, "/alerts test", talk)
    await deliver(bot, stage.carrier)
    await deliver(bot, stage.carrier)
    told = (await (await stage.person("Lea")).read()).text
    linked = " (https://t.me/c/" if how == "closed" else ", where"  # no link leads to what is gone
    assert told.startswith(f"Team gets no alerts now: one of its topics{linked}")
    assert said in told
    assert told.endswith(TEST)
    lost = (await alerts(bot, lead)).lost
    assert lost is not None
    assert lost.told
    assert "Sent to this topic" in await say(stage, lead, "/alerts here", talk)
    await say(stage, lead, "/alerts test", talk)
    await deliver(bot, stage.carrier)
    assert (lead.chat.last.text, lead.chat.last.topic) == (TEST, talk)
    assert (await alerts(bot, lead)).lost is None
