"""What the bot prints reads back to the same, and nothing that somebody writes is booked as something else or lost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.command.declaration import DoubtError, UnfitError
from bot.commands import by_name, declared
from bot.commands.announcements.manage import NumberOrId
from bot.commands.imports.importing import Act
from bot.commands.person.forgetting import GivenWord
from bot.options.audience import Code, Languages, Platforms, Topics
from bot.options.choice import Choice, Switch
from bot.options.correction import Corrected, DayOrTotal, Shown
from bot.options.cost import Cost
from bot.options.figures import whole_number
from bot.options.linking import LinkCode, LinkStep, OwnPlatform, TrueBalance
from bot.options.money import Currency, Money, Tax
from bot.options.numbers import Whole
from bot.options.place import Place
from bot.options.proposals import About, Numbers, State, TagChange, Worth
from bot.options.returned import Spent
from bot.options.team.ceiling import Most
from bot.options.team.joining import JoinCode
from bot.options.team.members import Member
from bot.options.team.whom import ForWhom
from bot.options.text import Link, Tags, Text
from bot.options.times.ahead import Ahead
from bot.options.times.days import Time
from bot.options.times.past import Past
from bot.options.times.period import Period
from bot.options.times.schedule import Recurrence
from bot.options.times.time import Day, DaysBefore, QuietHours
from bot.options.times.zone import Zone
from bot.reading.lines import line_of, pieces
from bot.reading.parser import ASK_ME, read_values, words_of
from bot.reading.spending.several import spend_line
from bot.reply.words import voice
from core.ledger.sightings import ProposalState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.command.declaration import Command, Kind

SPEAK: Final = voice("en", "UTC")
SPEND: Final = by_name()["spend"]
IDS: Final = st.integers(10**18, 10**19 - 1).map(lambda number: f"~02{number}")


EXAMPLES: Final[Mapping[type[Kind], tuple[str, ...]]] = {
    Switch: ("on", "off"),
    Act: ("show", "book", "leave"),
    Tax: ("20%", "7,5 %", "$1.80", "1.80"),
    Money: ("$9", "9.60 EUR", "9,60", "\u20b4 400", "1,234.56"),
    Currency: ("EUR", "$", "uah"),
    Day: ("2026-01-31", "2000-02-29"),
    Tags: ("design", "design, python", "ui/ux;python"),
    Zone: ("Europe/Kyiv", "New York", "UTC-3"),
    Topics: ("design, python", "no design", "-art", "off", "everything but design"),
    Platforms: ("telegram", "tg, discord"),
    Languages: ("uk", "Ukrainian, en"),
    Code: ("SUMMER", "summer 24"),
    Time: ("now", "3 days", "2026-12-01 09:00", "friday", "5 December at 18:00", "tomorrow 9am"),
    Recurrence: ("every monday at 9", "0 9 * * 1", "daily 09:00", "9am every friday", "daily at 9 and 18"),
    DaysBefore: ("30,7,1", "off"),
    Corrected: ("-2 as Upwork shows it", "is 190", "187 -> 190"),
    Shown: ("451", "is 190", "Upwork shows 451"),
    DayOrTotal: ("2026-01-31", "is 190", "1 Nov", "yesterday"),
    Cost: ("bought", "free", "unknown", "$25", "0.15 USD each", "$25 in total", "I do not know"),
    Spent: ("#12 8", "12", "last"),
    NumberOrId: ("3", "0t8n5xkabcdef"),
    Past: ("2026-01-31", "28 Nov 2025", "01.02.2026"),
    QuietHours: ("22-8", "off", "usual"),
    About: ("#12", "7-3", "Logo redesign", "~021234567890123456789"),
    State: tuple(state.value for state in ProposalState),
    Numbers: ("#12", "12", "#12 and #7-3", "#12,#15"),
    TagChange: ("design", "design, logo", "-logo", "off", "off logo"),
    Worth: ("$500", "1,200 EUR", "skip"),
    LinkCode: ("AB3D-5F7H", "ab3d 5f7h"),
    LinkStep: ("same", "no"),
    TrueBalance: ("kept", "together", "190", "is 190"),
    OwnPlatform: ("telegram", "tg", "last"),
    GivenWord: ("forget", "Forget"),
    JoinCode: ("AB3D-5F7H", "ab3d5f7h", "off", "off telegram:-100"),
    Member: ("me", "#7", "ivan", "<@123>"),
    Period: ("november", "2026-11", "last month", "30 days", "2026-11-01 to 2026-11-15"),
    Most: ("100", "1,000 connects", "$50", "7.50 EUR", "off"),
    ForWhom: ("Ivan", "#7", "me", "each", "together", "everyone", "Ann Lee"),
    Ahead: ("till the 15th", "this week", "by friday", "in november", "2026-01-12 to 2026-01-18"),
    Place: ("here", "this channel", "#billing", "billing", "<#123>", "112233445566778899", "both"),
}


PRINTED: Final = [one for one in declared() if one.name != "bookthis"]
"""The commands whose lines the bot prints: that one is a message of somebody else, and becomes another line."""


def words_for(kind: Kind) -> st.SearchStrategy[str]:
    """Words that an option of this kind can be read from."""
    match kind:
        case Choice():
            return st.sampled_from([words for words, _ in kind.choices])
        case Whole():
            return st.integers(max(kind.low, 0), kind.high).map(str)
        case Link():
            return st.one_of(IDS, IDS.map(lambda job: f"https://www.upwork.com/jobs/Logo-redesign_{job}/"))
        case Text(most=most):
            return st.text(min_size=1, max_size=min(most, 60))
        case _:
            return st.sampled_from(EXAMPLES[type(kind)])


@st.composite
def calls(draw: st.DrawFn) -> tuple[Command, dict[str, str], dict[str, Any]]:
    """A command with words for some of its options, and their values."""
    command = draw(st.sampled_from(PRINTED))
    words = {
        option.name: draw(words_for(option.kind))
        for option in command.options
        if option.required or draw(st.booleans())
    }
    assume(ASK_ME not in words.values())
    try:
        values = read_values(command, words)
    except UnfitError:
        assume(condition=False)
    return command, words, values


@given(calls())
def test_a_line_that_the_bot_prints_reads_back_to_the_same_values(
    call: tuple[Command, Mapping[str, str], Mapping[str, Any]],
) -> None:
    command, words, values = call
    rest = line_of(command.name, words).removeprefix(command.name).strip()
    assert read_values(command, words_of(command, rest)) == values
    if command.reader is None:
        assert read_values(command, words_of(command, rest, typed=True)) == values
    elif words.get("boost", "1") != "0":
        name, _, read = command.reader(command, rest).partition(" ")
        assert (name, read_values(command, words_of(command, read))) == (command.name, values)


FIGURES: Final = st.integers(1, 60).map(str)
AMOUNTS: Final = st.one_of(
    FIGURES,
    FIGURES.map(lambda figure: f"+{figure}"),
    FIGURES.map(lambda figure: f"{figure} connects"),
    FIGURES.map(lambda figure: f"{figure},"),
    FIGURES.map(lambda figure: f"({figure})"),
    FIGURES.map(lambda figure: f"\u2212{figure}"),
)
VOCABULARY: Final = """
Logo Python pages design and for with & + plus , boost boosted bid proposal badge total - / on a the x2 twice yesterday
28.11 monday $9 hired returned ; other no of to = [ ads each Nov 16th 3.0 #4 2026 note=x
"""
WORDS: Final = st.sampled_from(VOCABULARY.split())
LINKS: Final = st.sampled_from(["~022010000000000000041", "https://www.upwork.com/jobs/Shop_~022010000000000000042/"])
SOUPS: Final = st.lists(st.one_of(AMOUNTS, AMOUNTS, WORDS, WORDS, LINKS), min_size=1, max_size=8)
SEPARATORS: Final = st.sampled_from([" ", " ", " ", "\n"])


def amounts_of(line: str) -> list[int]:
    """The Connects that a line of the bot books."""
    name, _, rest = line.partition(" ")
    if name == "several":
        return [amount for piece in pieces(rest) for amount in amounts_of(f"spend {piece}")]
    if name not in {"spend", "boosted"}:
        return []
    words = words_of(by_name()[name], rest)
    said = [whole_number(words[part]) for part in ("connects", "boost") if part in words]
    return [] if None in said else [amount for amount in said if amount is not None]  # what is no number is asked for


def figures_in(text: str) -> list[int]:
    without_links = re.sub(r"\S*~02\d+\S*", " ", text)
    return sorted(int(figure) for figure in re.findall(r"\d+", without_links))


def texts_of(line: str) -> str:
    """The titles and the days of what a line books."""
    name, _, rest = line.partition(" ")
    if name == "several":
        return " ".join(texts_of(f"spend {piece}") for piece in pieces(rest))
    words = words_of(by_name()[name], rest) if name in {"spend", "boosted"} else {}
    return " ".join(words.get(option, "") for option in ("title", "on"))


def read(text: str) -> str | UnfitError:
    """The line for what was written after `/spend`, or what it is answered with instead."""
    try:
        line = spend_line(SPEND, text)
        words_of(by_name()[line.partition(" ")[0]], line.partition(" ")[2])
    except UnfitError as error:
        return error
    return line


def can_be_said(error: UnfitError) -> bool:
    readings = error.readings if isinstance(error, DoubtError) else ()
    return all(SPEAK.say(sentence) for sentence in (error.sentence, *(reading.label for reading in readings)))


@given(SOUPS, SEPARATORS)
def test_no_soup_of_tokens_is_booked_as_what_nobody_wrote(soup: list[str], separator: str) -> None:
    text = separator.join(soup)
    line = read(text)
    if isinstance(line, UnfitError):
        assert can_be_said(line)
        return
    amounts, written = amounts_of(line), figures_in(text)
    if any(amount < 0 for amount in amounts):
        return  # the rulebook refuses it
    assert all(amount in written for amount in amounts)
    if amounts:  # each figure is booked, or stands in a title or a day where everybody sees it
        assert sorted([*amounts, *figures_in(texts_of(line))]) == written, line


@given(FIGURES, FIGURES, st.sampled_from(["", "Logo", "Logo redesign"]))
def test_two_bare_figures_are_never_booked_as_one(first: str, second: str, title: str) -> None:
    for text in (f"{first} {second} {title}", f"{first} {title} {second}", f"{title} {first} {second}"):
        with pytest.raises(DoubtError) as doubt:
            spend_line(SPEND, text)
        assert doubt.value.readings


@given(st.text(max_size=80), st.sampled_from(["", "16 ", "~022010000000000000041 16 "]))
def test_no_text_breaks_the_reading_of_a_spend(text: str, before: str) -> None:
    line = read(before + text)
    assert can_be_said(line) if isinstance(line, UnfitError) else line
