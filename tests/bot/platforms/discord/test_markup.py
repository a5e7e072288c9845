from __future__ import annotations

import pytest

from bot.platforms.discord.drawing.markup import chunks, drawn, escape, shorten
from bot.reply.marks import Run, marked
from tests.bot.stages.discord import plain


@pytest.mark.parametrize(
    "text",
    [
        "@everyone **x** <@1> <@&2> <#3> </spend:4> <t:0:R>",
        "_a_ __b__ ~~c~~ ||d|| `e` ```f``` \\g [h](i) [j]",
        ":smile: at 10:30:00 <:party:5>",
        "- a list\n* another\n+ a third\n1. a fourth\n  2. a fifth\n# a title\n### a smaller one\n-# small\n> said",
        "#12 and 3.5 and -4 stay as they are",
    ],
)
def test_text_is_shown_as_it_was_written(text: str) -> None:
    assert plain(escape(text)) == text


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("@everyone", "\\@everyone"),
        ("<@1>", "\\<\\@1\\>"),
        (":smile:", "\\:smile:"),
        ("10:30", "10:30"),
        ("# a\n- b\n1. c\n-# d", "\\# a\n\\- b\n1\\. c\n\\-# d"),
        ("Fixed price #12 - 3", "Fixed price #12 - 3"),
    ],
)
def test_only_what_discord_reads_as_markup_is_escaped(text: str, escaped: str) -> None:
    assert escape(text) == escaped


def test_a_link_stays_a_link_without_a_preview() -> None:
    shown = escape("see https://www.upwork.com/jobs/a_b*c_~01/, soon")
    assert shown == "see <https://www.upwork.com/jobs/a_b*c_~01/>, soon"


def test_a_masked_link_shows_where_it_leads() -> None:
    assert escape("[bank](https://x.example)") == "\\[bank\\](<https://x.example>)"


def test_what_is_too_long_is_shortened_but_not_within_an_escape() -> None:
    assert shorten("short", 5) == "short"
    assert shorten("longer words", 8) == "longer…"
    assert shorten("ab\\*cd", 4) == "ab…"
    assert shorten("a\\\\bcd", 4) == "a\\\\…"


def test_lines_are_joined_as_long_as_they_fit() -> None:
    assert chunks(["aaaa", "bbb", "cccccccccccc", "d"], 8) == ["aaaa\nbbb", "cccccccc", "cccc\nd"]
    assert chunks([], 8) == []


def test_a_line_that_is_too_long_is_cut_at_a_space_and_nothing_is_lost() -> None:
    assert chunks(["one two three"], 8) == ["one two", "three"]
    assert chunks(["aaaaaaa\\*bbb"], 8) == ["aaaaaaa", "\\*bbb"]
    assert chunks(["10 offers - 3 left"], 10) == ["10 offers", "\\- 3 left"]
    stars = escape("* " * 900)
    assert plain("".join(chunks([stars], 2000))).replace(" ", "") == "*" * 900


@pytest.mark.parametrize(
    ("runs", "shown"),
    [
        ([Run("a "), Run("b*", bold=True), Run(" c")], "a **b\\*** c"),
        ([Run("a", italic=True)], "_a_"),
        ([Run("in"), Run("side", italic=True)], "in*side*"),
        ([Run("a", bold=True), Run("b", italic=True)], "**a**_b_"),
        ([Run("a", bold=True, italic=True)], "**_a_**"),
        ([Run("[a]", url="https://x.example/(b)")], "[\\[a\\]](<https://x.example/(b)>)"),
        ([Run("a", bold=True, url="https://x.example")], "[**a**](<https://x.example>)"),
        ([Run("bank.example", url="https://x.example")], "bank.example (<https://x.example>)"),
        ([Run("Jan 1", unix=1768294800)], "<t:1768294800:F> (<t:1768294800:R>)"),
        ([Run("one\ntwo", bold=True)], "**one**\n**two**"),
    ],
)
def test_marks_are_written_as_markdown(runs: list[Run], shown: str) -> None:
    assert drawn(marked(runs), 2000) == shown


def test_a_line_whose_marks_do_not_fit_has_none() -> None:
    line = marked([Run("a "), Run("b", url=f"https://x.example/{'c' * 40}")])
    assert drawn(f"{line}\n{marked([Run('d', bold=True)])}", 40) == "a b\n**d**"
