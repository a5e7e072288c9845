"""Bold, italics, links and times in a text: read from Markdown, kept, and found again in what was written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.base.cleaning import cleaned
from bot.reply.marks import MARKS, Run, bare, from_markdown, marked, runs_of, taken_from, weight

LINK = "https://example.com/?a=b_c&d=(e)"
STYLED = st.builds(Run, st.text("ab *_[]<\n\U0001f642", min_size=1), st.booleans(), st.booleans(), st.just(""))


def only(text: str) -> Run:
    (run,) = runs_of(text)
    return run


@pytest.mark.parametrize(
    "text",
    [
        "Plain, with 2 * 3 * 4 = 24 and snake_case_names",
        "[brackets] and (round ones), `code` and ~~waves~~ || bars ||",
        "* a list\n* of two\n\n  and an indented line  \n# no title",
        "<b>HTML</b> &amp; more, C:\\Users\\me",
        "see https://example.com/_a_/*b*?c=[d]\\e, and <https://example.com/_f_>.",
        "[a](javascript:alert) [b](data:text/html)",
    ],
)
def test_what_is_no_mark_stays_as_it_was_written(text: str) -> None:
    assert from_markdown(text) == text


@pytest.mark.parametrize(
    ("text", "run"),
    [
        ("**bold**", Run("bold", bold=True)),
        ("*italic*", Run("italic", italic=True)),
        ("_italic_", Run("italic", italic=True)),
        ("***both***", Run("both", bold=True, italic=True)),
        (f"[a link](<{LINK}>)", Run("a link", url=LINK)),
        (f"[**bold link**]({LINK})", Run("bold link", bold=True, url=LINK)),
        ("<t:1768294800:R>", Run("2026-01-13 09:00 UTC", unix=1768294800)),
        ("**https://example.com/_a_**", Run("https://example.com/_a_", bold=True)),
        ("[https://a.example/_b_](https://a.example/_b_)", Run("https://a.example/_b_", url="https://a.example/_b_")),
        ("<t:1768294800>", Run("2026-01-13 09:00 UTC", unix=1768294800)),
    ],
)
def test_markdown_is_read_as_discord_reads_it(text: str, run: Run) -> None:
    assert only(from_markdown(text)) == run


def test_a_backslash_takes_a_mark_its_meaning() -> None:
    assert from_markdown(r"\*plain\* \_too\_ \[x\](https://example.com)") == "*plain* _too_ [x](https://example.com)"


def test_what_is_no_page_on_the_web_is_shown_with_its_address() -> None:
    assert runs_of(from_markdown("[write me](mailto:ann@example.com)")) == [
        Run("write me"),
        Run(" (mailto:ann@example.com)"),
    ]


def test_a_moment_that_no_calendar_has_is_text() -> None:
    assert bare(from_markdown("<t:999999999999>")) == "<t:999999999999>"


def test_a_mark_ends_with_its_line_and_leaves_out_blanks() -> None:
    lines = marked([Run(" one\n two ", bold=True)])
    assert runs_of(lines) == [Run(" "), Run("one", bold=True), Run("\n "), Run("two", bold=True), Run(" ")]


@given(st.lists(STYLED))
def test_a_text_is_the_same_without_its_marks(runs: list[Run]) -> None:
    assert bare(marked(runs)) == "".join(run.text for run in runs)


@given(st.text())
def test_nobody_can_type_a_mark(text: str) -> None:
    assert not any(sign in cleaned(text) for sign in MARKS)


class TestFinding:
    LINE = f"/announce {marked([Run('New: '), Run('Bold', bold=True), Run(' and '), Run('here', url=LINK)])}"

    def test_words_have_the_marks_that_they_have_in_the_line(self) -> None:
        assert taken_from(self.LINE, "New: Bold and here") == self.LINE.removeprefix("/announce ")

    def test_options_may_stand_between(self) -> None:
        line = self.LINE.replace(" and", " tags=art and")
        assert taken_from(line, "New: Bold and here") == self.LINE.removeprefix("/announce ")

    def test_other_words_have_none(self) -> None:
        assert taken_from(self.LINE, "Something else") == "Something else"

    def test_the_name_of_the_command_is_no_text(self) -> None:
        line = f"/announce {marked([Run('announce', italic=True)])}"
        assert only(taken_from(line, "announce")) == Run("announce", italic=True)


def test_the_length_counts_what_discord_counts() -> None:
    assert weight("plain") == 5
    assert weight(from_markdown("**bold** and _it_")) == len("**bold** and *it*")
    assert weight(from_markdown(f"[here](<{LINK}>)")) == len(f"[here](<{LINK}>)")
