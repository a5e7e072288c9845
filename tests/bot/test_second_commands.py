"""What is not the answer to a question, or a second command in one message, is taken for what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bot.meant import filled

if TYPE_CHECKING:
    from tests.bot.stages.desk import DeskPlayer

TWO_COMMANDS = "There are 2 commands in that message, so nothing was done. Press one at a time."
NOTHING = "20 Connects are available."


@pytest.mark.parametrize(
    ("line", "first", "second"),
    [
        ("/spend 16 Logo; buy 60", "/spend 16 Logo", "/buy 60"),
        ("/spend 16 Logo and undo last", "/spend 16 Logo", "/undo last"),
        ("/spend 16 Logo then buy 60", "/spend 16 Logo", "/buy 60"),
        ("/spend 16 Logo; undo", "/spend 16 Logo", "/undo"),
        ("/spend 16 Logo\nBuy 40", "/spend 16 Logo", "/buy 40"),
        ("/spend 16 Logo; bought 60 for $9", "/spend 16 Logo", "/buy 60 for $9"),
        ("/buy 60 $9; buy 40 $6", "/buy 60 $9", "/buy 40 $6"),
        ("/buy 60 $9\nspend 16 Logo", "/buy 60 $9", "/spend 16 Logo"),
        ("/earn interview Acme; balance", "/earn interview Acme", "/balance"),
    ],
)
async def test_a_second_command_without_a_slash_is_one(ann: DeskPlayer, line: str, first: str, second: str) -> None:
    asked = await ann.say(line)
    assert asked.text == TWO_COMMANDS
    assert asked.buttons[:2] == (first, second)
    assert NOTHING in (await ann.say("/balance")).text


@pytest.mark.parametrize("line", ["/spend 16 Logo; Shop", "/spend 16 Logo; balance check feature", "LINK\ncost 16"])
async def test_other_words_after_a_semicolon_are_text(ann: DeskPlayer, line: str) -> None:
    assert "#2 booked: 16 Connects" in (await ann.say(filled(line))).text


@pytest.mark.parametrize(
    "line", ["LINK 13 - 5", "LINK 13 \u2013 5", "13 - 5 LINK", "LINK 13 to 5", "LINK 13 (was 5)", "LINK 13 of 5"]
)
async def test_a_minus_between_amounts_is_asked_about(ann: DeskPlayer, line: str) -> None:
    asked = await ann.say(filled(line))
    assert asked.text == "I see 13, 5: what does each of them stand for?"
    assert NOTHING in (await ann.say("/balance")).text


@pytest.mark.parametrize("question", ["/return", "/adjust"])
@pytest.mark.parametrize(
    ("word", "answer"),
    [("cancel", "Nothing is waiting"), ("balance?", "4 Connects are available"), ("Help!", "/spend: Book Connects")],
)
async def test_a_command_by_its_bare_name_is_no_answer(ann: DeskPlayer, question: str, word: str, answer: str) -> None:
    await ann.say(filled("/spend 16 LINK"))
    await ann.say(question)
    assert answer in (await ann.say(word)).text


@pytest.mark.parametrize("word", ["cancel", "balance", "help", "Undo"])
async def test_nor_is_it_the_name_of_what_was_earned(ann: DeskPlayer, word: str) -> None:
    await ann.say("/earn assessment")
    assert "Connects earned" not in (await ann.say(word)).text


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("2 weeks", 14),
        ("in a week", 7),
        ("next month", 30),
        ("this week please", 7),
        ("30 days", 30),
        ("in the next 10 days", 10),
        ("within two weeks", 14),
        ("3 months", 90),
        ("a year", 365),
        ("soon", 30),
        ("90", 90),
    ],
)
async def test_expiring_understands_spans(ann: DeskPlayer, words: str, days: int) -> None:
    await ann.say("/undo 1")
    assert f"Nothing expires within {days} days." in (await ann.say(f"/expiring {words}")).text


@pytest.mark.parametrize("words", ["december", "before Christmas", "some months"])
async def test_expiring_asks_for_days_otherwise(ann: DeskPlayer, words: str) -> None:
    heard = await ann.say(f"/expiring {words}")
    assert f'"{words}" is not a number of days. Write one, such as 14, or 2 weeks.' in heard.text


@pytest.mark.parametrize(
    ("answer", "heard"),
    [
        ("$0.15 each", "Cost: $28.05"),
        ("free", "Cost: free"),
        ("60 bought", "the cost of 60 Connects"),
        ("i dont remember", "Then it stays unknown."),
        ("balance", "187 Connects are available."),
    ],
)
async def test_the_question_of_cost_is_answered_in_words(ann: DeskPlayer, answer: str, heard: str) -> None:
    await ann.say("/opening 187 unknown")
    assert "What did they cost you" in (await ann.say("/cost")).text
    assert heard in (await ann.say(answer)).text


@pytest.mark.parametrize("line", ["help me", "/help pls", "help me please!"])
async def test_a_cry_for_help_is_no_topic(ann: DeskPlayer, line: str) -> None:
    assert "/spend: Book Connects" in (await ann.say(line)).text


async def test_help_takes_a_command_with_its_slash(ann: DeskPlayer) -> None:
    assert "For example: /buy 60 $9" in (await ann.say("/help /buy")).text


@pytest.mark.parametrize("line", ["boost 8", "boosted 8"])
async def test_a_boost_without_a_command_is_offered(ann: DeskPlayer, line: str) -> None:
    assert (await ann.say(line)).buttons == (f"/spend {line}",)


@pytest.mark.parametrize("line", ["\U0001f600 LINK 16", "16 connects for LINK \U0001f91e", "LINK 16 !!!"])
async def test_a_title_has_letters_or_figures(ann: DeskPlayer, line: str) -> None:
    assert "#2 booked: 16 Connects \u00b7 Proposal: Landing page\n" in (await ann.say(filled(line))).text


async def test_quoted_words_are_only_a_title(ann: DeskPlayer) -> None:
    assert "Proposal: boost my sales" in (await ann.say('/spend 16 "boost my sales"')).text
    assert len((await ann.say('/spend 4 boost "my sales"')).buttons) > 1


async def test_what_came_back_is_offered_without_a_link(ann: DeskPlayer) -> None:
    await ann.say(filled("/spend 16 LINK"))
    assert "16 Connects came back" in (await ann.say("16 connects returned")).buttons


async def test_low_is_switched_off_in_words(ann: DeskPlayer) -> None:
    await ann.say("/settings low=5")
    assert "Low-balance warning: off" in (await ann.say("/settings low off")).text


@pytest.mark.parametrize("word", ["all", "both", "the last two"])
async def test_undo_takes_the_number_of_an_entry(ann: DeskPlayer, word: str) -> None:
    assert "is not the number of an entry, such as #12." in (await ann.say(f"/undo {word}")).text
