"""Paging through what was booked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.bot.stages.desk import DeskPlayer


@pytest.fixture
async def long(ann: DeskPlayer) -> DeskPlayer:
    """Ann with 25 entries."""
    for n in range(1, 25):
        await ann.say(f"/adjust {n}")
    return ann


async def test_a_single_entry_is_named_in_the_singular(ann: DeskPlayer) -> None:
    assert "Entry #1\n" in (await ann.say("/history")).text


@pytest.mark.parametrize("line", ["/history", "/history 26", "/history 9999"])
async def test_the_newest_page_has_nothing_newer(long: DeskPlayer, line: str) -> None:
    heard = await long.say(line)
    assert "Entries #25 to #16" in heard.text
    assert heard.buttons == ("Older",)


async def test_every_page_behind_a_button_is_full(long: DeskPlayer) -> None:
    heard = await long.say("/history 22")
    assert "Entries #21 to #12" in heard.text
    assert heard.buttons == ("Newer", "Older")
    heard = await long.press("Newer")
    assert "Entries #25 to #16" in heard.text
    assert heard.buttons == ("Older",)
    await long.press("Older")
    heard = await long.press("Older")
    assert "Entries #5 to #1" in heard.text
    assert heard.buttons == ("Newer",)
