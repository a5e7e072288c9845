"""Telegram with the whole bot behind it."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest

from tests.bot.stages.telegram import TelegramPlayer, TelegramStage, a_stage, open_stage

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from tests.bot.stage import Bot


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


@pytest.fixture
async def stage(bot: Bot) -> AsyncGenerator[TelegramStage]:
    async with open_stage(bot) as stage:
        yield stage


@pytest.fixture
async def hooked(bot: Bot) -> AsyncGenerator[TelegramStage]:
    """A stage that receives updates by webhook."""
    async with a_stage(bot, webhook_port=free_port()) as stage:
        await stage.start()
        yield stage


@pytest.fixture
async def ann(stage: TelegramStage) -> TelegramPlayer:
    """Ann, who has opened her wallet and read the answer."""
    ann = await stage.person("Ann")
    await ann.say("/start")
    return ann
