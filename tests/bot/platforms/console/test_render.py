"""How each part of a reply is rendered on the console."""

from __future__ import annotations

import io

import pytest

from bot.platforms.console.render import Page, plain, render
from bot.platforms.console.terminal import PipeTerminal
from bot.reply.marks import Run, marked
from bot.reply.parts import Ask, Button, Buttons, Fields, File, Link, Links, Part, Reply, Table, Verbatim, say
from bot.reply.words import voice

SPEAK = voice("en", "UTC")


def raw(text: str) -> Button:
    return Button(say("raw", text=text), text, press=f"press {text}")


def drawn(*parts: Part, first: int = 1) -> tuple[str, Page]:
    page, out = render(Reply(parts), SPEAK, first), io.StringIO()
    PipeTerminal(0, out).show(*page.shown)
    return out.getvalue(), page


def test_a_sentence_is_a_line() -> None:
    assert drawn(say("never"))[0] == "never\n"


def test_a_long_sentence_is_not_broken_on_a_pipe() -> None:
    text = "word " * 300
    assert drawn(say("raw", text=text))[0] == f"{text.rstrip()}\n"


def test_a_text_to_copy_stands_apart() -> None:
    text, _ = drawn(say("never"), Verbatim((say("raw", text="Dear Ann"), say("raw", text="Bye"))), say("never"))
    assert text == "never\n\nDear Ann\nBye\n\nnever\n"


def test_fields_are_below_each_other() -> None:
    text, _ = drawn(Fields(((say("field-left"), say("connects", connects=4)), (say("field-currency"), "USD"))))
    assert text == "  Left      4 Connects\n  Currency  USD\n"


def test_a_table_has_its_columns_named() -> None:
    columns = (say("column-number"), say("column-change"))
    text, _ = drawn(Table(columns, ((1, "+20"), (12, "-16")), say("settings-title", group="no")))
    assert text == "Your settings\n  No.  Change\n  1    +20\n  12   -16\n"


def test_buttons_are_numbered_with_a_bracket() -> None:
    text, page = drawn(Buttons(((raw("Undo"), raw("Back")), (raw("More"),))), first=3)
    assert text == "  3) Undo   4) Back\n  5) More\n"
    assert page.presses == ((3, "press Undo"), (4, "press Back"), (5, "press More"))


def test_a_row_that_is_too_wide_goes_on_below() -> None:
    text, _ = drawn(Buttons((tuple(raw("x" * 40) for _ in range(3)),)))
    assert text.count("\n") == 2


def test_a_question_has_its_hint_and_its_choices() -> None:
    text, page = drawn(Ask(say("ask-connects"), say("hint-connects"), (raw("16"),)))
    assert text == "How many Connects? (such as 16)\n  1) 16\n"
    assert page.presses == ((1, "press 16"),)


def test_a_question_without_choices_has_no_buttons() -> None:
    assert drawn(Ask(say("ask-zone"), say("hint-zone")))[1].presses == ()


def test_a_file_has_its_caption_and_is_passed_on() -> None:
    file = File("connects.csv", b"1", say("balance-now", connects=2))
    text, page = drawn(file)
    assert text == "2 Connects are available.\n"
    assert page.files == (file,)


@pytest.mark.parametrize("text", ["[bold]R&D[/bold]", ":smile:", "{}", "https://example.com/[x]", "<b>"])
def test_nothing_in_a_text_is_taken_for_markup(text: str) -> None:
    assert drawn(say("raw", text=text))[0] == f"{text}\n"


def test_control_codes_are_left_out_but_line_ends_stay() -> None:
    assert plain("a\x1b]0;title\x07\nb\x9b2Jc\rd") == "a]0;title\nb2Jcd"


def test_a_link_is_shown_with_its_address() -> None:
    text = marked([Run("see "), Run("this", bold=True, url="https://x.example"), Run(" at "), Run("nine", unix=1)])
    assert drawn(say("raw", text=text))[0] == "see this (https://x.example) at nine\n"
    page, start = Link(say("never"), "https://x.example"), Link(say("free"), "?start=claim_7")
    assert drawn(Links((page, start)))[0] == "never: https://x.example\n"
