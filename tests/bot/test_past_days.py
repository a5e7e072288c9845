"""Days that have passed: what people write, and which day it is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.command.declaration import UnfitError
from bot.options.times.past import Past
from bot.reply.words import voice

MONDAY = date(2026, 11, 30)
SPEAK = voice("en", "UTC")


def meant(words: str, *, today: date = MONDAY) -> str:
    return f"{Past().read(words).of(today):%a %d %b %Y}"


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("today", "Mon 30 Nov 2026"),
        ("this morning", "Mon 30 Nov 2026"),
        ("just now", "Mon 30 Nov 2026"),
        ("yesterday", "Sun 29 Nov 2026"),
        ("Yesterday evening", "Sun 29 Nov 2026"),
        ("last night", "Sun 29 Nov 2026"),
        ("day before yesterday", "Sat 28 Nov 2026"),
        ("the day before yesterday", "Sat 28 Nov 2026"),
        ("3 days ago", "Fri 27 Nov 2026"),
        ("three days back", "Fri 27 Nov 2026"),
        ("a week ago", "Mon 23 Nov 2026"),
        ("2 weeks ago", "Mon 16 Nov 2026"),
        ("2w ago", "Mon 16 Nov 2026"),
        ("friday", "Fri 27 Nov 2026"),
        ("on Friday", "Fri 27 Nov 2026"),
        ("Fri.", "Fri 27 Nov 2026"),
        ("last friday", "Fri 27 Nov 2026"),
        ("past friday evening", "Fri 27 Nov 2026"),
        ("last monday", "Mon 23 Nov 2026"),
        ("fri 27 nov", "Fri 27 Nov 2026"),
        ("2026-11-20", "Fri 20 Nov 2026"),
        ("2026/11/20", "Fri 20 Nov 2026"),
        ("20.11.2026", "Fri 20 Nov 2026"),
        ("20/11/26", "Fri 20 Nov 2026"),
        ("28.11", "Sat 28 Nov 2026"),
        ("28.11.", "Sat 28 Nov 2026"),
        ("11/28", "Sat 28 Nov 2026"),
        ("04.04.", "Sat 04 Apr 2026"),
        ("28 Nov", "Sat 28 Nov 2026"),
        ("Nov 28", "Sat 28 Nov 2026"),
        ("November 28th, 2025", "Fri 28 Nov 2025"),
        ("28th of november", "Sat 28 Nov 2026"),
        ("the 28th", "Sat 28 Nov 2026"),
        ("on the 31st", "Sat 31 Oct 2026"),
        ("30 Nov", "Mon 30 Nov 2026"),
        ("29 feb", "Thu 29 Feb 2024"),
    ],
)
def test_a_day_in_words(words: str, day: str) -> None:
    if words == "29 feb":
        assert meant(words, today=date(2024, 3, 1)) == day
    else:
        assert meant(words) == day


def test_a_day_without_a_year_is_the_latest() -> None:
    assert meant("28 Nov", today=date(2027, 1, 5)) == "Sat 28 Nov 2026"


@pytest.mark.parametrize(
    ("words", "sentence", "answers"),
    [
        ("tomorrow", "still to come", ()),
        ("next friday", "still to come", ()),
        ("2026-12-24", "Dec 24, 2026 is still to come", ("Nov 30, 2026",)),
        ("5 December", "The last such day was Dec 5, 2025.", ("Dec 5, 2025",)),
        ("monday", "today or a week ago", ("Nov 30, 2026", "Nov 23, 2026")),
        ("03.04", "may be two days", ("3 April", "4 March")),
        ("03/04/2026", "may be two days", ("3 April 2026", "4 March 2026")),
        ("fri 28 nov", "is a Saturday", ()),
        *(
            (words, "I cannot tell which day", ())
            for words in ("last week", "this friday", "by friday", "until monday")
        ),
        *(
            (words, "I cannot tell which day", ())
            for words in ("a month ago", "31.02.", "the 32nd", "14:00", "soon", "")
        ),
        *((words, "I cannot tell which day", ()) for words in ("1999-01-01", "2 hours ago", "an hour ago", "28.13.")),
    ],
)
def test_what_is_no_day_of_the_past_is_asked_about(words: str, sentence: str, answers: tuple[str, ...]) -> None:
    with pytest.raises(UnfitError) as unfit:
        meant(words)
    assert sentence in SPEAK.say(unfit.value.sentence)
    assert tuple(SPEAK.say(answer.label) for answer in unfit.value.answers) == answers
    for answer in unfit.value.answers:
        assert Past().read(answer.words).of(MONDAY) <= MONDAY


def test_every_answer_in_words_is_a_day_that_has_passed() -> None:
    for back in range(800):
        day = MONDAY - timedelta(days=back)
        assert Past().read(day.isoformat()).of(MONDAY) == day
        assert Past().read(f"{day:%d %B %Y}").of(MONDAY) == day
