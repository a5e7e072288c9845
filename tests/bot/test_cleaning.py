"""Words are cleaned once, where they come in: every store keeps them, and they say what they show."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.base.cleaning import cleaned, cleaned_line
from bot.command.incoming import Answered, Filled, Incoming, Pressed, Typed
from bot.options.files import records_in
from core.wallets.people import Chat, ChatKind, ChatRef, Identity
from tests.clock import TestClock

if TYPE_CHECKING:
    from tests.bot.stage import Bot
    from tests.bot.stages.desk import DeskPlayer

DIRTY = "Lo\0go\ud83d \u202eevil\u202c\u200b shop\ufeff"
CLEAN = "Logo evil shop"


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        (DIRTY, CLEAN),
        ("a\0b", "ab"),
        ("a\x07b\x7fc\x9fd", "abcd"),
        ("a\tb\x0bc\x1fd", "a\tb c d"),
        ("one\r\ntwo\rthree\u2028four\u0085five", "one\ntwo\nthree\nfour\nfive"),
        ("\ud83d\ude00", "\U0001f600"),  # two halves that belong together
        ("\ude00\ud83d", ""),
        ("so\u00adft", "soft"),
        ("a\u200db", "ab"),
        ("\u200dx", "x"),
        ("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"),
        ("\u0915\u094d\u200d\u0937", "\u0915\u094d\u200d\u0937"),
        ("\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f468\u200d\U0001f469\u200d\U0001f467"),
        ("\U0001f3f3\ufe0f\u200d\U0001f308", "\U0001f3f3\ufe0f\u200d\U0001f308"),
        (
            "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
            "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        ),
        ("a\U000e0067\U000e0062", "a"),
        ("caf\u00e9 \u2212 100 % \u201cquoted\u201d", "caf\u00e9 \u2212 100 % \u201cquoted\u201d"),
    ],
)
def test_what_cannot_be_seen_goes_and_what_says_something_stays(text: str, clean: str) -> None:
    assert cleaned(text) == clean


@given(st.text(st.characters(), max_size=60))
def test_whatever_comes_in_can_be_kept_and_stays_as_it_is(text: str) -> None:
    clean = cleaned(text)
    assert cleaned(clean) == clean
    assert clean.encode().decode() == clean
    assert not {letter for letter in clean if unicodedata.category(letter) == "Cc"} - {"\n", "\t"}
    assert cleaned_line(text) == " ".join(cleaned_line(text).split())


@given(st.text(st.characters(categories=("L", "Nd", "P", "Zs")), max_size=60))
def test_letters_digits_and_punctuation_are_never_touched(text: str) -> None:
    assert cleaned(text) == text


@pytest.mark.parametrize(
    ("said", "clean"),
    [
        (Typed(DIRTY), Typed(CLEAN)),
        (Pressed(DIRTY), Pressed(CLEAN)),
        (Filled("spend", {"title": DIRTY, "connects": 16}), Filled("spend", {"title": CLEAN, "connects": 16})),
        (Answered("token", DIRTY), Answered("token", CLEAN)),
    ],
)
def test_every_way_in_is_cleaned(said: Typed, clean: Typed) -> None:
    incoming = Incoming(
        key="k",
        at=TestClock().now(),
        who=Identity("desk", "ann"),
        name="\u200b",
        chat=ChatRef("desk", "c"),
        said=said,
        admin=_never,
        title=f"{DIRTY}\nteam",
    )
    assert incoming.said == clean
    assert incoming.name == "ann"
    assert incoming.title == f"{CLEAN} team"
    assert replace(incoming) == incoming


async def _never() -> bool:
    return False


async def test_a_line_with_a_nul_is_booked(ann: DeskPlayer) -> None:
    assert f"#2 booked: 16 Connects · Proposal: {CLEAN}" in (await ann.say(f"/spend 1\u200b6 {DIRTY}")).text


async def test_the_title_of_a_chat_is_kept_clean(bot: Bot) -> None:
    ref = ChatRef("desk", "group")
    await bot.desk.chat_joined(Chat(ref, ChatKind.GROUP, DIRTY), "en")
    chat = await bot.store.people.chat(ref)
    assert chat is not None
    assert chat.title == CLEAN


def test_a_file_is_cleaned_too() -> None:
    (record,) = records_in("a.csv", f"title,text\n{DIRTY.replace(chr(0xD83D), '')},x\n".encode(), "promotion")
    assert record.words["title"] == CLEAN
    (record,) = records_in("a.toml", b'[[promotion]]\ntitle = "Lo\\u0000go \\u202eevil shop"\n', "promotion")
    assert record.words["title"] == CLEAN
