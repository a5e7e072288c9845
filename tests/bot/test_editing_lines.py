"""An edited line, on every platform that tells the bot of edits; what it leads to in detail is in test_edited_lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest

from tests.bot.stage import EDITING, Editor, Heard, on_stage

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from tests.bot.stage import Bot


@pytest.fixture(params=EDITING)
async def ann(request: pytest.FixtureRequest, bot: Bot) -> AsyncGenerator[Editor]:
    """Ann, who has opened her wallet."""
    async with on_stage(request.param, bot) as stage:
        ann = cast("Editor", await stage.person("Ann"))
        await ann.say("/start")
        yield ann


async def test_it_is_corrected_by_one_press(ann: Editor) -> None:
    await ann.say("/spend 16 Logo")
    offered = await ann.edit("/spend 12 Logo")
    assert offered.text == "You changed this line. I had booked 16 Connects for Logo (#2)."
    assert offered.buttons == ("Book 12 instead", "Leave it")
    done = await ann.press("Book 12")
    assert "#2 is undone: Proposal: Logo (+16)" in done.text
    assert "#4 booked: 12 Connects" in done.text
    assert "8 Connects are available" in (await ann.say("/balance")).text


async def test_a_press_that_is_repeated_books_once(ann: Editor) -> None:
    await ann.say("/spend 16 Logo")
    await ann.edit("/spend 12 Logo")
    first, second = await ann.press_twice("Book 12")
    assert first == second
    assert "8 Connects are available" in (await ann.say("/balance")).text


async def test_an_edit_that_says_the_same_is_silent(ann: Editor) -> None:
    await ann.say("/spend 16 Logo")
    assert await ann.edit("/spend  16  Logo") == Heard("")


async def test_what_booked_nothing_runs_only_if_it_is_pressed(ann: Editor) -> None:
    await ann.say("/balance")
    offered = await ann.edit("/spend 12 Logo")
    assert offered.buttons == ("Run /spend 12 Logo",)
    assert "8 Connects" in (await ann.press("Run")).text
