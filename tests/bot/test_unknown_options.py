"""Words that look like options: understood under their name, asked about under another, and left alone in real text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.command.declaration import DoubtError, UnfitError
from bot.commands import by_name, declared
from bot.reading.parser import words_of
from bot.reply.words import voice

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.command.declaration import Command
    from tests.bot.stages.desk import DeskPlayer

SPEAK = voice("en", "UTC")
PROMOTE = "promote Summer bonus gives=20 ends=5 days text=Hello"


def words_on(line: str) -> Mapping[str, str]:
    """The words of a line: as somebody typed it or, without the slash, as the bot printed it."""
    name, _, rest = line.partition(" ")
    return words_of(by_name()[name.lstrip("/")], rest, typed=name.startswith("/"))


def doubt_about(line: str) -> DoubtError:
    with pytest.raises(DoubtError) as raised:
        words_on(f"/{line}")
    return raised.value


@pytest.mark.parametrize(
    ("line", "near", "right"),
    [
        ("announce X tag=design", "tags", {"text": "X", "tags": "design"}),
        ("announce X TAG=design", "tags", {"text": "X", "tags": "design"}),
        ("announce X tag = design", "tags", {"text": "X", "tags": "design"}),
        ("announce X topic=design, python", "tags", {"text": "X", "tags": "design, python"}),
        ("announce X hashtags=design", "tags", {"text": "X", "tags": "design"}),
        ("announce X theme=design", "tags", {"text": "X", "tags": "design"}),
        ("announce X language=uk", "languages", {"text": "X", "languages": "uk"}),
        ("announce X languges=uk", "languages", {"text": "X", "languages": "uk"}),
        ("announce X platform=telegram", "platforms", {"text": "X", "platforms": "telegram"}),
        ("announce X repeat=every monday at 9", "cron", {"text": "X", "cron": "every monday at 9"}),
        (
            f"{PROMOTE} winner=3",
            "winners",
            {"title": "Summer bonus", "gives": "20", "ends": "5 days", "text": "Hello", "winners": "3"},
        ),
        ("announce X schedule=every monday at 9", "cron", {"text": "X", "cron": "every monday at 9"}),
        ("promote X gives=5 prizes=3", "winners", {"title": "X", "gives": "5", "winners": "3"}),
        ("promote X until=friday gives=5", "ends", {"title": "X", "ends": "friday", "gives": "5"}),
        ("buy 60 cost=$9", "price", {"connects": "60", "price": "$9"}),
        ("announce X tags=a lang=uk", "languages", {"text": "X", "tags": "a", "languages": "uk"}),
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
        ("announce X in=2h", {"text": "X in=2h"}),
        ('announce Say "hello" later=nine', {"text": 'Say "hello" later=nine'}),
        ("announce Two\nlines tag=design", {"text": "Two\nlines tag=design"}),
    ],
)
def test_the_last_button_takes_the_same_words_as_text(line: str, words: Mapping[str, str]) -> None:
    assert words_on(doubt_about(line).readings[-1].line) == words


def test_where_no_option_is_near_the_known_ones_are_listed() -> None:
    said = SPEAK.say(doubt_about("announce X later=nine").sentence)
    assert said == (
        "later= is not known here: an announcement goes out when you press Send, at= sends it later, "
        "and with cron= it is repeated."
    )
    for line in (
        "announce X send_at=friday",
        "announce X schedule=tomorrow",
        "announce X in=2h",
        "announce X schedule=2026-12-01 9:00",
    ):
        assert "Did you mean at=" in SPEAK.say(doubt_about(line).sentence)
    said = SPEAK.say(doubt_about("announce X group=Team").sentence)
    assert said == "group= is not known here. You can name text=, tags=, platforms=, languages=, cron=, zone=, at="
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
    assert words_on(f"/announce {text}") == {"text": text}


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("announce X Tags=design", {"text": "X", "tags": "design"}),
        ("announce X tags= design", {"text": "X", "tags": "design"}),
        ("announce X -tags=design", {"text": "X", "tags": "design"}),
        ("announce X --tags=design", {"text": "X", "tags": "design"}),
        ("announce X cron='every monday at 9'", {"text": "X", "cron": "every monday at 9"}),
        ("promote X gives=20; ends=friday, text=Hi", {"gives": "20", "ends": "friday", "text": "Hi"}),
        ("announce X tags = design, python", {"text": "X", "tags": "design, python"}),
        ("announce X tags=design , python", {"text": "X", "tags": "design , python"}),
        ("announce X cron=every monday at 9 zone=Kyiv", {"text": "X", "cron": "every monday at 9", "zone": "Kyiv"}),
        ("promote X starts=2026-12-01 09:00 gives=20 connects", {"starts": "2026-12-01 09:00", "gives": "20 connects"}),
    ],
)
def test_a_known_option_takes_all_of_its_value(line: str, words: Mapping[str, str]) -> None:
    found = words_on(f"/{line}")
    assert found == {"title" if "title" in found else "text": "X", **words}


@pytest.mark.parametrize(
    "line", ["announce X tags=", "announce X tags= cron=daily 9", "announce X tags=\nY", "settings zone="]
)
def test_an_option_without_a_value_is_refused(line: str) -> None:
    with pytest.raises(UnfitError) as raised:
        words_on(f"/{line}")
    assert "has no value" in SPEAK.say(raised.value.sentence)


def test_a_field_with_a_sign_is_asked_about() -> None:
    doubt = doubt_about("edit 1 ends=friday")
    assert words_on(doubt.readings[0].line) == {"number": "1", "field": "ends", "value": "friday"}


def test_an_option_that_is_named_twice_is_refused() -> None:
    with pytest.raises(UnfitError) as raised:
        words_on("/announce X tags=a tags=b")
    assert SPEAK.say(raised.value.sentence) == "tags= is there twice. Please write it once."


@pytest.mark.parametrize(
    ("line", "right"),
    [
        ("promote Summer bonus ends friday", {"title": "Summer bonus", "ends": "friday"}),
        ("promote Summer bonus ends: friday 18:00", {"title": "Summer bonus", "ends": "friday 18:00"}),
        (
            "promote Summer bonus gives 20 winner 3 ends 5 December at 18:00 text: Hello all",
            {
                "title": "Summer bonus",
                "gives": "20",
                "winners": "3",
                "ends": "5 December at 18:00",
                "text": "Hello all",
            },
        ),
        ("promote Bonus code SUMMER gives=20", {"title": "Bonus", "gives": "20", "code": "SUMMER"}),
        ("promote Bonus gives=20 code=summer 24", {"title": "Bonus", "gives": "20", "code": "summer 24"}),
        ("announce New crate tags rust", {"text": "New crate", "tags": "rust"}),
        ("announce New crate tags: rust, python", {"text": "New crate", "tags": "rust, python"}),
        ("announce New crate tags=rust and python", {"text": "New crate", "tags": "rust and python"}),
        ("announce New crate platforms telegram", {"text": "New crate", "platforms": "telegram"}),
        ("announce New crate languages uk", {"text": "New crate", "languages": "uk"}),
        ("announce Tips cron every monday at 9", {"text": "Tips", "cron": "every monday at 9"}),
        ("announce Tips --tags design", {"text": "Tips", "tags": "design"}),
        ("announce Tips tags:design", {"text": "Tips", "tags": "design"}),
        ("announce Tips [tags=design]", {"text": "Tips", "tags": "design"}),
        ("announce Tips (tags: design, art)", {"text": "Tips", "tags": "design, art"}),
        ("announce Tips repeat every monday at 9", {"text": "Tips", "cron": "every monday at 9"}),
        ("announce Tips every monday at 9", {"text": "Tips", "cron": "monday at 9"}),
        (
            "promote Sale gives 10 ends friday text Come and see",
            {"title": "Sale", "gives": "10", "ends": "friday", "text": "Come and see"},
        ),
        (
            "promote Sale gives=10 ends=friday text=Come and see, new 7 days supply 500",
            {
                "title": "Sale",
                "gives": "10",
                "ends": "friday",
                "text": "Come and see",
                "new": "7 days",
                "supply": "500",
            },
        ),
        ("announce text=New logos tags: design", {"text": "New logos", "tags": "design"}),
        ("promote Sale, gives 10, ends friday", {"title": "Sale", "gives": "10", "ends": "friday"}),
        ("promote Sale until friday", {"title": "Sale", "ends": "friday"}),
        ("announce Tips zone Kyiv", {"text": "Tips", "zone": "Kyiv"}),
    ],
)
def test_words_that_may_be_an_option_without_its_sign_are_asked_about(line: str, right: Mapping[str, str]) -> None:
    option, text = doubt_about(line).readings
    assert words_on(option.line) == right
    assert words_on(text.line) != right


@pytest.mark.parametrize(
    "line",
    [
        "announce The sale ends friday",
        "announce Call me and text Ann on friday",
        "promote Text me when the title fits",
        "announce We speak many languages now",
        "announce We have new zone files",
        "announce Portfolio day (see tags below)",
        "announce Our next topic tomorrow",
        f"announce Long platforms {'x' * 40}",
        "announce Run npm install --save=dev",
        "announce Open: https://x.y/tags:design",
        "promote Party at 18:00 gives=20",
        "promote Windows 7 days gives=20",
        "promote Plan B gives=20",
        "promote Three winners for you gives=20",
        'promote "Sale ends friday" gives=20',
        "promote Big draw for everyone new to us gives=20",
        "promote gives=20 code=SUMMER Big bonus",
    ],
)
def test_ordinary_texts_are_not_asked_about(line: str) -> None:
    assert words_on(f"/{line}")


def test_words_after_a_value_that_cannot_be_its_own_are_asked_about() -> None:
    doubt = doubt_about("announce Free review tags=design at noon")
    assert SPEAK.say(doubt.sentence) == "Does “at noon” belong to tags=, or to the text?"
    assert words_on(doubt.readings[-1].line) == {"text": "Free review at noon", "tags": "design"}


def test_an_unfit_value_is_taken_whole() -> None:
    words = words_on("/announce Tips cron=every 2 weeks at 9 zone=Kyiv")
    assert words == {"text": "Tips", "cron": "every 2 weeks at 9", "zone": "Kyiv"}
    assert words_on("/announce Tips cron=every weekday morning")["cron"] == "every weekday morning"


VOCABULARY: Final = """
Free review on Friday tags=design tag=art lang=uk zone=Kyiv zone Kyiv cron=daily 9 every monday at=9 tags= x=5
https://x.y/?tags=b "tags=a b" “lang=uk” `zone=x` tags: ends friday text=Hi , and design
"""
WORDS: Final = st.sampled_from(VOCABULARY.split())


@given(st.lists(WORDS, min_size=1, max_size=8), st.sampled_from(["announce", "promote"]))
@example(["tags=", '"tags=a', '"tags=a'], "announce")
@example(["tags=", '"a"zone=Kyiv'], "promote")
@example(["tags=“lang=uk“lang=uk"], "announce")
def test_no_word_is_lost_and_none_that_names_an_option_becomes_text(words: list[str], command: str) -> None:
    line = " ".join(words)
    try:
        found = words_on(f"/{command} {line}")
    except UnfitError:
        return
    kept = " ".join((*found, *found.values())).casefold()
    for word in re.findall(r"\w+", line.casefold()):
        assert word in kept
    for name in ("text", "title"):
        assert not re.match(r"(?:tags?|lang|zone|cron|at)=", found.get(name, ""))


@pytest.mark.parametrize("command", declared(), ids=lambda command: command.name)
async def test_an_odd_word_for_any_option_is_answered(boss: DeskPlayer, command: Command) -> None:
    """For hidden ones, too: nobody is shown them, but somebody may type one."""
    await boss.say("/start")
    for option in command.options:
        assert (await boss.say(f"/{command.name} {option.name}=~?")).text
        await boss.say("/cancel")


async def test_words_left_over_are_for_no_hidden_option(ann: DeskPlayer) -> None:
    heard = await ann.say("/history import 1")
    assert heard.text == 'I did not understand "import" there. /help history explains it.'
