"""The bot on a loopback Discord, with Ann in private and in a server."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.commands import by_name
from bot.dispatch.desk import Desk
from bot.dispatch.dialog import Dialog
from bot.documents.documents import Documents
from tests.bot.stages.discord import DiscordPlayer, DiscordStage, discord_stage
from tests.patience import PATIENCE

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from bot.command.incoming import Incoming
    from bot.dispatch.desk import Answer
    from tests.bot.stage import Bot
    from tests.loopback.discord import Guild, Interaction, Shown


class HeldDesk(Desk):
    """A desk whose answers wait until the test releases them, one by one."""

    def __init__(self, bot: Bot) -> None:
        documents = Documents(bot.publisher, grace=PATIENCE)
        super().__init__(bot.store, bot.books, by_name(), Dialog(bot.store.notes), documents=documents)
        self.reached, self.opened = asyncio.Event(), asyncio.Event()

    async def answer(self, incoming: Incoming) -> Answer | None:
        self.reached.set()
        await self.opened.wait()
        return await super().answer(incoming)

    async def late(self, act: Interaction) -> Shown:
        """Release the first deferred answer, and return it."""
        self.opened.clear()
        assert await act.acknowledgement() in (5, 6)
        self.opened.set()
        shown = await act.answer()
        assert shown.deferred
        self.opened.clear()
        return shown


@pytest.fixture
async def stage(bot: Bot) -> AsyncGenerator[DiscordStage]:
    async with discord_stage(bot) as stage:
        yield stage
        assert not stage.server.pinging(), "the bot must never mention anybody"


@pytest.fixture
def desk(bot: Bot) -> HeldDesk:
    return HeldDesk(bot)


@pytest.fixture
async def busy(bot: Bot, desk: HeldDesk) -> AsyncGenerator[DiscordStage]:
    """A desk whose answers wait for the test, so that they are deferred."""
    async with discord_stage(replace(bot, desk=desk), patience=0.01) as stage:
        yield stage


@pytest.fixture
async def ann(stage: DiscordStage) -> DiscordPlayer:
    """Ann in private, who has opened her wallet."""
    ann = await stage.person("Ann")
    await ann.say("/start")
    return ann


@pytest.fixture
async def lead(stage: DiscordStage) -> DiscordPlayer:
    """Ann as an admin of a server whose wallet she has opened."""
    lead = await stage.member("Ann", "Team", admin=True)
    await lead.say("/start")
    return lead


@pytest.fixture
def guild(lead: DiscordPlayer) -> Guild:
    assert lead.chat.guild is not None
    return lead.chat.guild
