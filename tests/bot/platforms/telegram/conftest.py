"""Telegram with the whole bot behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bot.stage import Bot, a_bot
from tests.bot.stages.telegram import TelegramStage, open_stage

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator


@pytest.fixture
async def bot() -> AsyncGenerator[Bot]:
    async with a_bot() as bot:
        yield bot
        verdict = await bot.books.verify()
        assert verdict.fault is None, verdict.fault


@pytest.fixture
async def stage(bot: Bot) -> AsyncGenerator[TelegramStage]:
    async with open_stage(bot) as stage:
        yield stage
