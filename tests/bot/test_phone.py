"""A long conversation on each platform, as people read it on their phones: it is what stands in the golden file."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.bot.phone import Box, Mark, Shown, drawn, golden_of, played, script_of
from tests.bot.phones.markdown import drawn as markdown

AT = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)
BEFORE = "@ Team is a group of Lea*\nThu 1 Oct 09:00 | boss | /start\n"


@pytest.mark.parametrize("platform", ["discord", "telegram"])
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

    def test_a_box_is_narrower_and_a_menu_shows_its_choices(self) -> None:
        box = Box("14 Connects are left, below your level.", (Mark(0, 11, "**", "**"),))
        shown = Shown(AT, "Ann", "Bot", boxes=(box,), menus=(("Choose…", "Logo", "Poster"),))
        assert drawn(shown) == [
            *("│ **14 Connects** are left, below your", "│ level."),
            *("[Choose… ▾]", "  ◦ Logo", "  ◦ Poster"),
        ]

    def test_buttons_that_flow_are_as_wide_as_their_words(self) -> None:
        shown = Shown(AT, "Ann", "Bot", rows=(("Change quiet hours now", "Undo"),), flowing=True)
        assert drawn(shown) == ["[Change quiet hours now][Undo]"]


class TestMarkdown:
    def test_marks_and_what_is_escaped(self) -> None:
        found = markdown(r"**Due** \*soon\*: [see \_it\_](<https://example.com>)", AT)
        assert found == (
            "Due *soon*: see _it_",
            (Mark(0, 3, "**", "**"), Mark(12, 20, "[", "](https://example.com)")),
        )

    def test_times_are_those_of_the_phone(self) -> None:
        text, marks = markdown("<t:1790931600:F> (<t:1790931600:R>)", AT)
        assert text == "Friday, October 2, 2026 at 12:00 PM (in 1 day)"
        assert marks == (Mark(0, 35, "<", ">"), Mark(37, 45, "<", ">"))

    def test_small_words_end_with_their_line(self) -> None:
        assert markdown("Which?\n-# such as SUMMER\nNow", AT).marks == (Mark(7, 21, "₍", "₎"),)
