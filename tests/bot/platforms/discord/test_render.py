from __future__ import annotations

import pytest

from bot.platforms.discord.drawing.render import CONTENT, EMBED, MOST_PAGES, Form, Page, Pick, Press, draw, form_of
from bot.reply.parts import Ask, Button, Buttons, Fields, File, Link, Links, Say, Table, Verbatim, buttons, reply, say
from bot.reply.words import voice

ENGLISH = voice("en", "UTC")


def text(words: str) -> Say:
    return say("raw", text=words)


def button(label: str, press: str) -> Button:
    return Button(text(label), "line", press)


def ask(*choices: Button, free: bool = True) -> Ask:
    return Ask(say("ask-connects"), say("hint-connects"), choices, "token", free)


def test_sentences_are_in_the_message_itself() -> None:
    assert draw(reply(text("One"), text("Two")), ENGLISH) == (Page("One\n\nTwo"),)


def test_lists_and_what_follows_them_are_in_embeds() -> None:
    given = reply(
        text("Booked"),
        Fields(((text("Left"), 1234), (text("Worth"), None)), text("Title")),
        Table((text("a"), text("b")), ((text("#1"), "x"), (text("#2"), None)), text("Rows")),
        text("Low"),
    )
    box = "**Title**\n**Left** 1,234\n**Worth**\n\n**Rows**\n#1 · x\n#2\n\nLow"
    assert draw(given, ENGLISH) == (Page("Booked", (box,)),)


def test_a_text_to_copy_is_a_block_in_a_message_by_itself() -> None:
    given = reply(
        text("Copy this"), Verbatim((text("Dear *Ann*"), text("``` @everyone"))), Buttons(((button("x", "1"),),))
    )
    first, block = draw(given, ENGLISH)
    assert (shape(first), shape(block)) == ([], [1])
    assert (first.content, block.content) == ("Copy this", "```\nDear *Ann*\n''' @everyone\n```")
    long = draw(reply(Verbatim((text("word " * 90),) * 8)), ENGLISH)
    assert all(page.content.startswith("```\n") and len(page.content) <= CONTENT for page in long)


def test_peoples_words_are_escaped_everywhere() -> None:
    evil = text("**@everyone**")
    shown = "\\*\\*\\@everyone\\*\\*"
    (page,) = draw(reply(evil, Fields(((evil, "_x_"),), evil), Table((), (("|y|",),))), ENGLISH)
    assert page == Page(shown, (f"**{shown}**\n**{shown}** \\_x\\_\n\n\\|y\\|",))


def test_a_file_has_its_caption_in_the_message() -> None:
    (page,) = draw(reply(File("a.csv", b"1", text("Yours"))), ENGLISH)
    assert (page.content, page.files) == ("Yours", (("a.csv", b"1"),))
    assert page.refused.startswith("Yours\nI may not send files here, so “a.csv” is missing.")


def test_labels_are_not_escaped_but_fit() -> None:
    (page,) = draw(reply(Buttons(((button("a_b", "1"), button("x" * 99, "2")),))), ENGLISH)
    assert page.rows == ((Press("a_b", "1"), Press("x" * 79 + "…", "2")),)


def shape(page: Page) -> list[int | str]:
    """How many buttons stand in each row; a menu is written as "of" and the number of its choices."""
    return [f"of {len(row.options)}" if isinstance(row, Pick) else len(row) for row in page.rows]


def numbered(count: int, label: str = "{}") -> tuple[Button, ...]:
    return tuple(button(label.format(n), str(n)) for n in range(count))


def test_rows_are_wrapped_at_five_and_packed_when_there_are_too_many() -> None:
    (page,) = draw(reply(Buttons((numbered(7),))), ENGLISH)
    assert shape(page) == [5, 2]
    (page,) = draw(reply(Buttons(tuple((one,) for one in numbered(25)))), ENGLISH)
    assert shape(page) == [5, 5, 5, 5, 5]


@pytest.mark.parametrize("count", [26, 50, 51, 125])
def test_more_than_25_buttons_become_a_menu_and_none_is_lost(count: int) -> None:
    (page,) = draw(reply(Buttons(tuple((one,) for one in numbered(count)))), ENGLISH, mark="own:")
    chosen = [press.custom_id for row in page.rows if isinstance(row, Pick) for press in row.options]
    assert chosen == [f"own:{n}" for n in range(count)]
    assert all(len(row.options) <= 25 for row in page.rows if isinstance(row, Pick))
    assert len({row.custom_id for row in page.rows if isinstance(row, Pick)}) == len(page.rows)


@pytest.mark.parametrize(
    ("count", "label", "drawn"),
    [
        (5, "Landing page no. {}", [5, 1]),
        (6, "{} Connects", [5, 2]),
        (10, "{} Connects", [5, 5, 1]),
        (11, "{} Connects", ["of 11", 1]),
        (6, "Landing page no. {}", ["of 6", 1]),
        (25, "Landing page no. {}", ["of 25", 1]),
        (40, "Landing page no. {}", ["of 25", "of 15", 1]),
    ],
)
def test_choices_are_buttons_as_long_as_a_phone_shows_them_at_a_glance(
    count: int, label: str, drawn: list[int | str]
) -> None:
    (page,) = draw(reply(ask(*numbered(count, label))), ENGLISH, forms=True)
    assert shape(page) == drawn


def test_a_menu_stands_above_the_buttons_and_a_choice_stands_once() -> None:
    (page,) = draw(reply(ask(*numbered(12)), buttons(button("b", "3"), button("c", "c"))), ENGLISH)
    assert shape(page) == ["of 12", 1]
    rows = Buttons(tuple((button(letter, letter),) for letter in "abc"))
    (page,) = draw(reply(ask(*numbered(12)), rows), ENGLISH)
    assert shape(page) == ["of 12", 1, 1, 1]
    (page,) = draw(reply(ask(*numbered(30)), rows, rows, Buttons((numbered(40)[30:],))), ENGLISH, forms=True)
    assert shape(page) == ["of 25", "of 5", 5, 5, 4]


def test_of_two_buttons_with_the_same_custom_id_one_is_left_out() -> None:
    (page,) = draw(reply(buttons(button("a", "1"), button("b", "1")), buttons(button("c", "1"))), ENGLISH)
    assert page.rows == ((Press("a", "1"),),)


def test_a_question_in_a_message_shows_what_can_be_answered_in_words() -> None:
    (page,) = draw(reply(ask()), ENGLISH)
    assert page == Page("How many Connects?\n-# such as 16")
    (page,) = draw(reply(ask(button("8 Connects", "p"))), ENGLISH)
    assert page == Page("How many Connects?\n-# such as 16", rows=((Press("8 Connects", "p"),),))
    (page,) = draw(reply(ask(button("8 Connects", "p"), free=False)), ENGLISH)
    assert page.content == "How many Connects?"
    (page,) = draw(reply(ask(button("8 Connects", "p"))), ENGLISH, forms=True)
    assert page.content == "How many Connects?"


def test_with_forms_a_question_has_a_button_that_opens_one() -> None:
    write = Press("Answer", "write:token")
    (page,) = draw(reply(ask()), ENGLISH, forms=True)
    assert page.rows == ((write,),)
    (page,) = draw(reply(ask(button("8 Connects", "p"))), ENGLISH, forms=True)
    assert page.rows == ((Press("8 Connects", "p"), write),)
    (page,) = draw(reply(ask(button("Plus", "p"), free=False)), ENGLISH, forms=True)
    assert page.rows == ((Press("Plus", "p"),),)
    (page,) = draw(reply(ask(*numbered(40))), ENGLISH, forms=True)
    assert page.rows[-1] == (write,)


def test_a_question_alone_is_a_form() -> None:
    assert form_of(reply(ask()), ENGLISH) == Form("token", "How many Connects?", "Your answer", "such as 16")
    form = form_of(reply(text("*No*"), ask()), ENGLISH)
    assert form is not None
    assert form.about == "\\*No\\*"


def test_a_long_question_is_shown_above_its_input() -> None:
    form = form_of(reply(Ask(text("Whyso " * 20), text("so" * 60), token="t")), ENGLISH)
    assert form is not None
    assert (len(form.title), len(form.hint)) == (45, 100)
    assert form.about == "Whyso " * 20


def test_a_title_ends_with_the_question_if_more_is_said_after_it() -> None:
    form = form_of(reply(Ask(say("ask-low"), text("so"), token="t")), ENGLISH)
    assert form is not None
    assert (form.title, form.about) == ("Below how many Connects should I warn you?", "0 for never.")


def test_an_answer_with_more_than_a_question_is_not_a_form() -> None:
    assert form_of(reply(), ENGLISH) is None
    assert form_of(reply(text("Hello")), ENGLISH) is None
    assert form_of(reply(ask(button("8", "p"))), ENGLISH) is None
    assert form_of(reply(Fields(()), ask()), ENGLISH) is None


def test_a_long_page_is_split_at_lines() -> None:
    rows = tuple((f"{n}".rjust(99, "x"),) for n in range(100))
    pages = draw(reply(text("Head"), Table((), rows), buttons(button("a", "1"))), ENGLISH)
    assert [len(page.embeds) for page in pages] == [2, 2]
    assert pages[0].content == "Head"
    assert "\n".join(box for page in pages for box in page.embeds).splitlines() == [cell for (cell,) in rows]
    assert all(len(box) <= EMBED for page in pages for box in page.embeds)
    assert [len(page.rows) for page in pages] == [0, 1]


def test_even_the_longest_answer_ends() -> None:
    rows = tuple(("x" * 2900,) for _ in range(50))
    pages = draw(reply(*(text("y" * 1900) for _ in range(3)), Table((), rows)), ENGLISH)
    assert len(pages) == MOST_PAGES
    assert pages[-1].content.endswith("…")
    assert all(len(page.content) <= CONTENT for page in pages)


def test_an_empty_answer_still_shows_something() -> None:
    assert draw(reply(), ENGLISH) == (Page("…"),)


def test_a_link_is_a_button_unless_it_leads_to_the_bot_itself() -> None:
    links = Links((Link(text("Page"), "https://x.example"), Link(text("Start"), "?start=claim_7")))
    assert draw(reply(text("x"), links), ENGLISH)[0].rows == ((Press("Page", "", "https://x.example"),),)
    assert draw(reply(text("x"), Links((Link(text("Start"), "?start"),))), ENGLISH)[0].rows == ()


def test_what_a_button_cannot_copy_its_line_shows() -> None:
    row = buttons(Button(text("Hash"), "draw 7", "p1", copy="abc"))
    assert draw(reply(text("x"), row), ENGLISH)[0].rows == ((Press("Hash", "p1"),),)
