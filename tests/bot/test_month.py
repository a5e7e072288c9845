"""A month of the bot's life: whatever anybody reads in it is what stands in month.golden.md."""

from __future__ import annotations

import pytest

from tests.bot.living import script
from tests.bot.month import golden_of, month, script_of


async def test_in_a_month_everybody_reads_what_they_should() -> None:
    text = await month(script(script_of("month").read_text("utf-8")))
    assert text.splitlines() == golden_of("month").read_text("utf-8").splitlines(), (
        "renew it: python -m tests.bot.month month"
    )


async def test_a_month_is_the_same_each_time() -> None:
    events = script("Thu 1 Oct 09:00 | Ann | /start\nThu 1 Oct 09:01 | Ann | /subscribe")
    assert await month(events) == await month(events)


def test_a_day_has_its_own_name() -> None:
    with pytest.raises(AssertionError, match="is a Thursday"):
        script("Mon 1 Oct 09:00 | Ann | /start")


async def test_only_what_is_shown_can_be_pressed() -> None:
    with pytest.raises(AssertionError, match=r"Ann sees \[\], and not \[Send\]"):
        await month(script("Thu 1 Oct 09:00 | Ann | [Send]"))
