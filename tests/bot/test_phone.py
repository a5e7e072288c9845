"""A long conversation on each platform, as people read it on their phones: it is what stands in the golden file."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.bot.phone import Mark, Shown, drawn, golden_of, played, script_of

AT = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)
BEFORE = "@ Team is a group of Lea*\nThu 1 Oct 09:00 | boss | /start\n"


@pytest.mark.parametrize("platform", ["telegram"])
async def test_everybody_reads_what_they_should(platform: str) -> None:
    text = await played(platform, script_of(platform).read_text("utf-8"))
    assert text.splitlines() == golden_of(platform).read_text("utf-8").splitlines(), (
        f"renew it: python -m tests.bot.phone {platform}"
    )


async def test_only_what_is_shown_can_be_pressed() -> None:
    with pytest.raises(AssertionError, match=r"boss sees no \[Send\]"):
        await played("telegram", BEFORE + "Thu 1 Oct 09:01 | boss | [Send]")


class TestLines:
    def test_a_long_line_is_wrapped_and_its_marks_take_no_room(self) -> None:
        text = "Running low: 14 Connects are left, below your warning level of 20."
        shown = Shown(AT, "Ann", "Bot", text, (Mark(25, 45, "**", "**"),))
        assert drawn(shown) == ["Running low: 14 Connects **are left, below**", "**your** warning level of 20."]

    def test_a_label_is_cut_if_too_many_stand_beside_it(self) -> None:
        shown = Shown(AT, "Ann", "Bot", rows=(("Change warning level", "History ⧉"), ("Change warning level",)))
        assert drawn(shown) == ["[Change warning le…][History ⧉]", "[Change warning level]"]

    def test_the_field_for_an_answer_and_a_file_are_shown(self) -> None:
        shown = Shown(AT, "Ann", "Bot", "Which?", files=("a.csv, 9 bytes",), prompt="such as SUMMER")
        assert drawn(shown) == ["Which?", "(file a.csv, 9 bytes)", "(answer: such as SUMMER…)"]
