"""A stage with somebody who asks for sketches, which come when the test says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bot.easel import Easel
from tests.bot.stages.telegram import TelegramPlayer, TelegramStage, open_stage

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from tests.bot.stage import Bot


@pytest.fixture
async def easel() -> Easel:
    return Easel()


@pytest.fixture
async def stage(bot: Bot, easel: Easel) -> AsyncGenerator[TelegramStage]:
    async with open_stage(easel.at(bot)) as stage:
        yield stage


@pytest.fixture
async def ann(stage: TelegramStage) -> TelegramPlayer:
    return await stage.person("Ann")
