"""Text: escaped once, cut where Telegram would refuse it."""

from __future__ import annotations

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.telegram.drawing.text import Line, Span, clip, cut, html, length, lines_of


def shown(lines: list[Line]) -> str:
    """The text that a person sees, without tags and with entities decoded."""
    return unescape(re.sub(r"<[^>]*>", "", html(lines)))


def utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def test_markup_in_words_is_shown_and_not_obeyed() -> None:
    assert html([(Span('<b>R&D</b> "x"', "b"),)]) == '<b>&lt;b&gt;R&amp;D&lt;/b&gt; "x"</b>'


def test_a_style_ends_with_each_line() -> None:
    assert html(lines_of("a\nb", "b")) == "<b>a</b>\n<b>b</b>"


def test_no_tag_is_written_around_nothing() -> None:
    assert html([(Span("", "b"),)]) == ""


def test_a_person_is_mentioned_by_id() -> None:
    assert html([(Span("A & B", person="7"),)]) == '<a href="tg://user?id=7">A &amp; B</a>'


def test_a_time_beyond_what_telegram_counts_is_text() -> None:
    assert html([(Span("later", unix=2**31),)]) == "later"
    assert html([(Span("now", "b", unix=1),)]) == '<b><tg-time unix="1" format="wDt">now</tg-time></b>'


def test_lines_go_whole_into_portions() -> None:
    lines = [(Span("x" * 40),)] * 5
    assert [len(portion) for portion in cut(lines, 81)] == [2, 2, 1]


def test_a_line_that_is_too_long_by_itself_is_cut() -> None:
    portions = cut([(Span("x" * 25, "b"),)], 10)
    assert [html(portion) for portion in portions] == [f"<b>{'x' * count}</b>" for count in (10, 10, 5)]


def test_a_character_of_two_units_is_never_split() -> None:
    assert [html(portion) for portion in cut([(Span("🙂🙂🙂"),)], 3)] == ["🙂", "🙂", "🙂"]


def test_a_message_neither_begins_nor_ends_with_an_empty_line_nor_consists_of_them() -> None:
    assert cut([(), (Span("a"),), (), (Span(" "),)], 100) == [[(Span("a"),)]]
    assert cut([(), (Span(" "),)], 100) == []


def test_a_label_is_clipped_with_an_ellipsis_and_on_one_line() -> None:
    assert clip("one\n two", 48) == "one two"
    assert clip("x" * 50, 48) == "x" * 47 + "…"
    assert utf16(clip("🙂" * 50, 48)) <= 48


WORDS = st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]))
SPANS = st.builds(Span, WORDS, st.sampled_from(["", "b", "i"]), st.sampled_from(["", "7"]))
LINES = st.lists(st.lists(SPANS, max_size=3).map(tuple), max_size=12)


@given(LINES, st.integers(5, 40))
def test_no_portion_is_too_long_and_nothing_is_lost(lines: list[Line], most: int) -> None:
    portions = cut(lines, most)
    assert all(0 < sum(length(line) + 1 for line in portion) - 1 <= most for portion in portions)
    whole = "".join(span.text for line in lines for span in line)
    kept = "".join(shown(portion) for portion in portions)
    assert "".join(kept.split()) == "".join(whole.split())
