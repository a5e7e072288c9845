"""A bot without a platform, and people who talk with it; at the end the books are verified."""

from __future__ import annotations

import os
import tempfile
from typing import TYPE_CHECKING, cast

import pytest

from tests.bot.stage import CARRIERS, Bot, CarryingStage, a_bot, on_stage
from tests.bot.stages.desk import DeskPlayer, DeskStage

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Iterator
    from pathlib import Path


@pytest.fixture
async def bot() -> AsyncGenerator[Bot]:
    async with a_bot() as bot:
        yield bot
        verdict = await bot.books.verify()
        assert verdict.fault is None, verdict.fault


@pytest.fixture
async def ann(bot: Bot) -> DeskPlayer:
    """Ann, who has opened her wallet."""
    ann = await DeskStage(bot).person("ann")
    await ann.say("/start")
    return ann


@pytest.fixture
async def lead(bot: Bot) -> DeskPlayer:
    """An admin of the group Team, who has opened its wallet with 300 Connects."""
    lead = await DeskStage(bot).member("Lea", "Team", admin=True)
    await lead.say("/start")
    await lead.say("/opening 300 free")
    return lead


@pytest.fixture
async def bob(bot: Bot, lead: DeskPlayer) -> DeskPlayer:
    """Another member of that group."""
    return await DeskStage(bot).member("Bob", lead.group)


@pytest.fixture
async def boss(bot: Bot) -> DeskPlayer:
    """An operator."""
    return await DeskStage(bot).person("boss")


@pytest.fixture(params=CARRIERS)
async def stage(request: pytest.FixtureRequest, bot: Bot) -> AsyncGenerator[CarryingStage]:
    """Every platform that can carry notices, in turn."""
    async with on_stage(request.param, bot) as stage:
        yield cast("CarryingStage", stage)


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the bot's own processes have their folders."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return tmp_path


@pytest.fixture
def pipe(tmp_path: Path) -> Iterator[Path]:
    """A named pipe, which a process can hold until it ends."""
    os.mkfifo(path := tmp_path / "pipe")
    yield path
    path.unlink()
