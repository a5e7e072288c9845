"""How to import, in three lines and a picture, on every platform."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import pytest

from tests.bot.stage import PLATFORMS, Bot, Stage, on_stage

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator


@pytest.fixture(params=PLATFORMS)
async def stage(request: pytest.FixtureRequest, bot: Bot) -> AsyncGenerator[Stage]:
    async with on_stage(request.param, bot) as stage:
        yield stage


async def test_three_lines_and_a_picture_say_how(stage: Stage) -> None:
    ann = await stage.person("Ann")
    heard = await ann.say("/import")
    lines = [line for line in heard.text.splitlines() if line[:1].isdigit()]
    assert [line[:2] for line in lines] == ["1.", "2.", "3."]
    (picture,) = heard.files.values()
    assert picture.startswith(b"\x89PNG")
    assert struct.unpack(">I", picture[16:20]) == (1080,)
    assert len(picture) < 40_000


async def test_a_group_hears_what_to_reply_to(stage: Stage) -> None:
    """Nobody else's messages are read there."""
    lea = await stage.member("Lea", "Team", admin=True)
    await lea.say("/start")
    assert "paste the text as a reply to this message" in (await lea.say("/import")).text
