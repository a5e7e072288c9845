"""A conversation at the console."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bot.stages.console import Talk, talk

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path

    from tests.bot.stage import Bot


@pytest.fixture
async def chat(bot: Bot, tmp_path: Path) -> AsyncGenerator[Talk]:
    begun = talk(bot, tmp_path / "exports", "Ann")
    await begun.begin()
    yield begun
    await begun.end()
