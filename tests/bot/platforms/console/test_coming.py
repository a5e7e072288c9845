"""What comes later is shown above the line that is being typed, where it belongs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bot.easel import STOPPED, Easel, picture, png
from tests.bot.stages.console import ConsoleStage, open_stage

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from tests.bot.stage import Bot


@pytest.fixture
async def easel() -> Easel:
    return Easel()


@pytest.fixture
async def stage(bot: Bot, easel: Easel) -> AsyncGenerator[ConsoleStage]:
    async with open_stage(easel.at(bot)) as stage:
        assert isinstance(stage, ConsoleStage)
        yield stage


async def test_it_waits_for_the_one_who_asked(stage: ConsoleStage, easel: Easel) -> None:
    ann, bob = await stage.person("Ann"), await stage.person("Bob")
    await ann.say("/sketch")
    await stage.sit(bob.seat)
    easel.give(picture("30 days"))
    assert "30 days" not in (await bob.say("/balance")).text
    shown = await stage.talk.line("/as Ann")
    assert "The last 30 days." in shown
    saved = next(line for line in shown.splitlines() if line.startswith("Saved as "))
    assert saved.endswith("30 days.png")
    assert (stage.exports / "30 days.png").read_bytes() == png("30 days")


async def test_over_a_pipe_no_stage_is_a_line(stage: ConsoleStage, easel: Easel) -> None:
    ann = await stage.person("Ann")
    await ann.say("/sketch")
    for percent in (40, 80):
        easel.stage(percent)
        assert "%" not in (await ann.say("/balance")).text
    easel.give(picture("30 days"))
    assert "%" not in (await ann.read_later("The last 30 days.")).text


async def test_at_the_end_it_says_that_it_was_stopped(stage: ConsoleStage, easel: Easel) -> None:
    ann = await stage.person("Ann")
    await ann.say("/sketch")
    stage.talk.pipe.write("/quit")
    assert stage.talk.running is not None
    await stage.talk.running
    assert STOPPED in stage.talk.pipe.take()
    assert easel.waiting.cancelled()
