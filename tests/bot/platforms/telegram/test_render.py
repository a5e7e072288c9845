"""Replies as Telegram messages."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import ForceReply, InlineKeyboardMarkup

from bot.platforms.telegram.drawing.keyboard import LongPressError
from bot.platforms.telegram.drawing.render import Document, Message, Payload, alert, render
from bot.reply.marks import Run, marked
from bot.reply.parts import (
    Ask,
    Button,
    Buttons,
    Fields,
    File,
    Hour,
    Link,
    Links,
    Part,
    Reply,
    Say,
    Table,
    Verbatim,
    reply,
    say,
)
from bot.reply.words import voice

if TYPE_CHECKING:
    from collections.abc import Sequence

VOICE = voice("en", "UTC")


def raw(text: str) -> Say:
    return say("raw", text=text)


def button(label: str, press: str = "p") -> Button:
    return Button(raw(label), "line", press)


def drawn(*parts: Part) -> list[Payload]:
    return render(reply(*parts), VOICE)


def message(*parts: Part) -> Message:
    (only,) = drawn(*parts)
    assert isinstance(only, Message)
    return only


def rows(payload: Payload) -> list[list[str]]:
    assert isinstance(payload.markup, InlineKeyboardMarkup)
    return [[button.text for button in row] for row in payload.markup.inline_keyboard]


def one_row(labels: Sequence[str]) -> list[list[str]]:
    return rows(message(raw("x"), Buttons((tuple(map(button, labels)),))))


def test_sentences_are_paragraphs() -> None:
    assert message(raw("One <b>&"), raw("Two")).text == "One &lt;b&gt;&amp;\n\nTwo"


def test_a_text_to_copy_is_a_message_by_itself() -> None:
    first, text, last = drawn(raw("Copy <this>"), Verbatim((raw("Dear <b>Ann</b>"), raw(""), raw("Bye"))), raw("Done"))
    assert isinstance(text, Message)
    assert text.text == "<pre>Dear &lt;b&gt;Ann&lt;/b&gt;\n\nBye</pre>"
    assert [isinstance(one, Message) and one.text for one in (first, last)] == ["Copy &lt;this&gt;", "Done"]
    assert alert(reply(raw("Copy"), Verbatim((raw("Dear Ann"),))), VOICE) is None


def test_fields_are_lines_with_a_bold_label() -> None:
    fields = Fields(((raw("A<"), 1200), (raw("B"), raw("<i>"))), raw("Title"))
    assert message(fields).text == "<b>Title</b>\n<b>A&lt;</b> 1,200\n<b>B</b> &lt;i&gt;"


def test_a_table_is_a_line_for_each_row_without_empty_cells() -> None:
    table = Table((raw("c"),), ((1, "a&b", ""), (2, None, "c")), raw("T"))
    assert message(table).text == "<b>T</b>\n1 · a&amp;b\n2 · c"


def test_a_question_opens_an_input_with_its_hint() -> None:
    asked = message(Ask(raw("How many?"), raw("such as 16")))
    assert asked.text == "How many?"
    assert asked.markup == ForceReply(selective=True, input_field_placeholder="such as 16")


def test_a_hint_is_cut_to_what_the_input_shows() -> None:
    markup = message(Ask(raw("How many?"), raw("x" * 80))).markup
    assert isinstance(markup, ForceReply)
    assert len(markup.input_field_placeholder or "") == 64


def test_a_question_with_choices_has_a_keyboard_and_the_hint_in_the_text() -> None:
    asked = message(Ask(raw("How many?"), raw("such as 16"), (button("8"), button("16"))))
    assert asked.text == "How many?\n<i>such as 16</i>"
    assert rows(asked) == [["8", "16"]]


def test_in_a_group_the_hint_asks_for_a_reply() -> None:
    ask = Ask(raw("How many?"), raw("such as 16"), (button("8"),))
    (asked,) = render(reply(ask), VOICE, group=True)
    assert isinstance(asked, Message)
    assert asked.text == "How many?\n<i>Press a button, or reply to this message: such as 16</i>"


def test_in_a_channel_no_input_is_opened_or_promised() -> None:
    ask = Ask(raw("How many?"), raw("such as 16"))
    (asked,) = render(reply(ask), VOICE, ("7", "Ann"), group=True, forms=False)
    assert asked == Message("How many?\n<i>such as 16</i>")


def test_if_only_the_choices_are_accepted_there_is_no_hint() -> None:
    assert message(Ask(raw("Which?"), raw("hint"), (button("A"),), free=False)).text == "Which?"


def test_someone_who_is_asked_without_a_reply_is_mentioned() -> None:
    (asked,) = render(reply(Ask(raw("How many?"), raw("16"))), VOICE, ("7", "A<b>"))
    assert isinstance(asked, Message)
    assert asked.text == '<a href="tg://user?id=7">A&lt;b&gt;</a>: How many?'


def test_nobody_is_mentioned_if_nothing_is_asked() -> None:
    (told,) = render(reply(raw("Done")), VOICE, ("7", "Ann"))
    assert isinstance(told, Message)
    assert told.text == "Done"


def test_a_file_follows_the_text_before_it_and_carries_the_buttons() -> None:
    said, document = drawn(raw("Here"), File("a.csv", b"x", raw("C&D")), Buttons(((button("More"),),)))
    assert said == Message("Here")
    assert isinstance(document, Document)
    assert (document.name, document.content, document.caption) == ("a.csv", b"x", "C&amp;D")
    assert rows(document) == [["More"]]


def test_what_is_too_long_for_a_caption_stands_below_it() -> None:
    document, below = drawn(File("a.csv", b"x", raw("y" * 2000)), raw("Well"))
    assert isinstance(document, Document)
    assert document.caption == "y" * 1024
    assert below == Message(f"{'y' * 976}\n\nWell")


def test_long_answers_are_split_and_the_last_message_has_the_buttons() -> None:
    table = Table((), tuple((f"{n:04} {'x' * 95}",) for n in range(100)))
    first, second, third = drawn(table, Buttons(((button("Older"),),)))
    assert isinstance(first, Message)
    assert len(first.text) <= 4096
    assert first.text.endswith("x")
    assert first.markup is second.markup is None
    assert rows(third) == [["Older"]]


def test_nothing_is_sent_for_an_empty_reply() -> None:
    assert render(Reply(), VOICE) == []


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (("8", "12", "16", "20"), [["8", "12", "16", "20"]]),
        (("Undo", "Mark as returned"), [["Undo", "Mark as returned"]]),
        (("Assessment", "Interview", "Feedback", "Reward"), [["Assessment", "Interview"], ["Feedback", "Reward"]]),
        (
            ("Spent on a proposal", "Spent on a boost", "Bought"),
            [["Spent on a proposal"], ["Spent on a boost"], ["Bought"]],
        ),
        (("A title that takes a whole row", "Short"), [["A title that takes a whole row"], ["Short"]]),
    ],
)
def test_a_row_has_as_many_buttons_as_can_be_read(labels: tuple[str, ...], expected: list[list[str]]) -> None:
    assert one_row(labels) == expected


def test_rows_stay_apart() -> None:
    assert rows(message(raw("x"), Buttons(((button("A"),), (button("B"),))))) == [["A"], ["B"]]


def test_a_long_label_is_clipped() -> None:
    assert one_row(["x" * 200]) == [["x" * 47 + "…"]]


def test_a_press_of_64_bytes_fits_and_a_longer_one_is_an_error() -> None:
    fits = message(raw("x"), Buttons(((button("A", "é" * 32),),)))
    assert isinstance(fits.markup, InlineKeyboardMarkup)
    assert fits.markup.inline_keyboard[0][0].callback_data == "é" * 32
    with pytest.raises(LongPressError):
        drawn(raw("x"), Buttons(((button("A", "é" * 32 + "x"),),)))


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=300).map(raw)
PARTS = st.one_of(
    WORDS,
    st.builds(Fields, st.lists(st.tuples(WORDS, WORDS), max_size=60).map(tuple)),
    st.builds(Table, st.just(()), st.lists(st.tuples(WORDS, WORDS), max_size=60).map(tuple), WORDS),
)


@given(st.lists(PARTS, max_size=6))
def test_no_message_is_ever_empty_or_too_long(parts: list[Part]) -> None:
    for payload in drawn(*parts):
        assert isinstance(payload, Message)
        plain = payload.text.replace("<b>", "").replace("</b>", "")
        plain = plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        assert plain.strip()
        assert len(plain.encode("utf-16-le")) // 2 <= 4096


def test_marks_are_drawn_in_sentences_and_lists() -> None:
    text = marked([Run("a<", bold=True, italic=True), Run(" "), Run("b", url="https://x.example/?a=1&b=2")])
    shown = '<b><i>a&lt;</i></b> <a href="https://x.example/?a=1&amp;b=2">b</a>'
    assert message(raw(text)).text == shown
    assert message(Fields(((raw("A"), text),))).text == f"<b>A</b> {shown}"


def test_a_time_for_many_readers_names_its_zone_where_it_cannot_be_shown() -> None:
    at = datetime(2026, 1, 13, 9, tzinfo=UTC)
    assert message(say("raw", text=Hour(at, readers=True))).text == (
        '<tg-time unix="1768294800" format="wDt">Jan 13, 2026 09:00 UTC</tg-time>'
    )
    assert alert(reply(say("raw", text=Hour(at, readers=True))), VOICE) == "Jan 13, 2026 09:00 UTC"


def test_a_label_has_no_marks() -> None:
    label = say("raw", text=marked([Run("Go", bold=True)]))
    assert rows(message(raw("x"), Buttons(((Button(label, "go", "p"),),)))) == [["Go"]]


def test_links_lead_to_pages_or_to_the_bot_itself_and_may_copy() -> None:
    links = Links((Link(raw("Page"), "https://x.example"), Link(raw("Copy"), "?start=claim_7", copied=True)))
    (only,) = render(reply(raw("x"), links), VOICE, home="https://t.me/connects_bot")
    assert isinstance(only.markup, InlineKeyboardMarkup)
    page, copy = only.markup.inline_keyboard[0]
    assert page.url == "https://x.example"
    assert copy.copy_text is not None
    assert copy.copy_text.text == "https://t.me/connects_bot?start=claim_7"
