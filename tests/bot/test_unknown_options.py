"""Words that look like options: understood under their name, asked about under another, and left alone in real text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.command.declaration import DoubtError, UnfitError
from bot.commands import by_name
from bot.dispatch.parser import words_of
from bot.reply.words import voice

if TYPE_CHECKING:
    from collections.abc import Mapping

SPEAK = voice("en", "UTC")
PROMOTE = "promote Summer bonus gives=20 ends=5 days text=Hello"


def words_on(line: str) -> Mapping[str, str]:
    name, _, rest = line.partition(" ")
    return words_of(by_name()[name], rest)


def doubt_about(line: str) -> DoubtError:
    with pytest.raises(DoubtError) as raised:
        words_on(line)
    return raised.value


@pytest.mark.parametrize(
    ("line", "near", "right"),
    [
        ("announce X tag=design", "tags", {"text": "X", "tags": "design"}),
        ("announce X TAG=design", "tags", {"text": "X", "tags": "design"}),
        ("announce X tag = design", "tags", {"text": "X", "tags": "design"}),
        ("announce X topic=design, python", "tags", {"text": "X", "tags": "design, python"}),
        ("announce X language=uk", "languages", {"text": "X", "languages": "uk"}),
        ("announce X languges=uk", "languages", {"text": "X", "languages": "uk"}),
        ("announce X platform=telegram", "platforms", {"text": "X", "platforms": "telegram"}),
        ("announce X repeat=every monday at 9", "cron", {"text": "X", "cron": "every monday at 9"}),
        (
            f"{PROMOTE} winner=3",
            "winners",
            {"title": "Summer bonus", "gives": "20", "ends": "5 days", "text": "Hello", "winners": "3"},
        ),
        ("promote X until=friday gives=5", "ends", {"title": "X", "ends": "friday", "gives": "5"}),
        ("buy 60 cost=$9", "price", {"connects": "60", "price": "$9"}),
        ("settings timezone=Kyiv low=20", "zone", {"zone": "Kyiv", "low": "20"}),
    ],
)
def test_an_unknown_option_is_asked_about_and_a_button_puts_it_right(
    line: str, near: str, right: Mapping[str, str]
) -> None:
    doubt = doubt_about(line)
    assert f"Did you mean {near}=?" in SPEAK.say(doubt.sentence)
    assert words_on(doubt.readings[0].line) == right


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("announce X at=tomorrow", {"text": "X at=tomorrow"}),
        ('announce Say "hello" at=nine', {"text": "Say 'hello' at=nine"}),
        ("announce Two\nlines tag=design", {"text": "Two\nlines tag=design"}),
        ("spend 16 rate=high logo", {"connects": "16", "title": "rate=high logo"}),
    ],
)
def test_the_last_button_takes_the_same_words_as_text(line: str, words: Mapping[str, str]) -> None:
    assert {name: text.replace('"', "'") for name, text in words_on(doubt_about(line).readings[-1].line).items()} == {
        name: text.replace('"', "'") for name, text in words.items()
    }


def test_where_no_option_is_near_the_known_ones_are_listed() -> None:
    said = SPEAK.say(doubt_about("announce X at=tomorrow").sentence)
    assert said == "at= is not known here. These are: text=, tags=, platforms=, languages=, cron=, zone=."
    assert doubt_about("settings color=red").readings == ()


@pytest.mark.parametrize(
    "text",
    [
        "See https://x.y/?a=b",
        "See https://x.y/?tags=b&tag=c",
        '"Use tag=design in your posts"',
        "We write “tag=design” there",
        "Run `deploy zone=eu tag=3` first",
        "```\ntag = design\n```",
        '<a href="x">here</a>',
        "Set x=5 there",
        "Profit = revenue - cost",
        "E = mc² and 2+2=4",
        "export PATH=/usr/bin",
        "if a == b",
        "f(a, tag=3)",
        "Write to us: a=>b",
    ],
)
def test_real_text_is_left_alone(text: str) -> None:
    assert words_on(f"announce {text}") == {"text": text}


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("announce X Tags=design", {"text": "X", "tags": "design"}),
        ("announce X tags= design", {"text": "X", "tags": "design"}),
        ("announce X tags = design, python", {"text": "X", "tags": "design, python"}),
        ("announce X tags=design , python", {"text": "X", "tags": "design , python"}),
        ("announce X cron=every monday at 9 zone=Kyiv", {"text": "X", "cron": "every monday at 9", "zone": "Kyiv"}),
        ("promote X starts=2026-12-01 09:00 gives=20 connects", {"starts": "2026-12-01 09:00", "gives": "20 connects"}),
    ],
)
def test_a_known_option_takes_all_of_its_value(line: str, words: Mapping[str, str]) -> None:
    found = words_on(line)
    assert found == {next(iter({"text", "title"} & found.keys())): "X", **words}


def test_an_option_that_is_named_twice_is_refused() -> None:
    with pytest.raises(UnfitError) as raised:
        words_on("announce X tags=a tags=b")
    assert SPEAK.say(raised.value.sentence) == "tags= stands there twice. Please write it once."
