"""Days and times ahead: what people write, and which moment it is by the clocks of a zone."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.command.declaration import UnfitError
from bot.options.times.days import Days, Time
from bot.reply.words import voice

KYIV = "Europe/Kyiv"
MONDAY = datetime(2026, 11, 30, 10, 30, tzinfo=UTC)  # half past twelve in Kyiv
SPEAK = voice("en", "UTC")


def meant(words: str, *, ending: bool = True, now: datetime = MONDAY) -> str:
    return f"{Time(ending=ending).read(words).of(now, KYIV).astimezone(ZoneInfo(KYIV)):%a %d %b %Y %H:%M}"


@pytest.mark.parametrize(
    ("words", "at"),
    [
        ("2026-12-05", "Sat 05 Dec 2026 23:59"),
        ("2026-12-5", "Sat 05 Dec 2026 23:59"),
        ("2026/12/05", "Sat 05 Dec 2026 23:59"),
        ("2026-12-01 09:00", "Tue 01 Dec 2026 09:00"),
        ("2026-12-01 09:00:00", "Tue 01 Dec 2026 09:00"),
        ("2026-12-01T09:00", "Tue 01 Dec 2026 09:00"),
        ("2026-12-01 at 9", "Tue 01 Dec 2026 09:00"),
        ("2026-12-01 09:00+01:00", "Tue 01 Dec 2026 10:00"),
        ("2026-12-01T09:00:00Z", "Tue 01 Dec 2026 11:00"),
        ("now", "Mon 30 Nov 2026 12:30"),
        ("today", "Mon 30 Nov 2026 23:59"),
        ("tonight", "Mon 30 Nov 2026 23:59"),
        ("tomorrow", "Tue 01 Dec 2026 23:59"),
        ("tomorrow 9am", "Tue 01 Dec 2026 09:00"),
        ("Tomorrow at 9.30 p.m.", "Tue 01 Dec 2026 21:30"),
        ("9am tomorrow", "Tue 01 Dec 2026 09:00"),
        ("at 18:00", "Mon 30 Nov 2026 18:00"),
        ("at 9", "Tue 01 Dec 2026 09:00"),
        ("noon", "Tue 01 Dec 2026 12:00"),
        ("today at noon", "Mon 30 Nov 2026 12:00"),
        ("friday", "Fri 04 Dec 2026 23:59"),
        ("Fri.", "Fri 04 Dec 2026 23:59"),
        ("by friday", "Fri 04 Dec 2026 23:59"),
        ("until this Friday, 18:00", "Fri 04 Dec 2026 18:00"),
        ("at 6pm on friday", "Fri 04 Dec 2026 18:00"),
        ("end of friday", "Fri 04 Dec 2026 23:59"),
        ("monday", "Mon 30 Nov 2026 23:59"),
        ("monday 18:00", "Mon 30 Nov 2026 18:00"),
        ("monday 9:00", "Mon 07 Dec 2026 09:00"),
        ("5 December", "Sat 05 Dec 2026 23:59"),
        ("5th of December", "Sat 05 Dec 2026 23:59"),
        ("December 5", "Sat 05 Dec 2026 23:59"),
        ("Dec 5th, 2027", "Sun 05 Dec 2027 23:59"),
        ("5-Dec-2026", "Sat 05 Dec 2026 23:59"),
        ("5. dec 2026 18:00", "Sat 05 Dec 2026 18:00"),
        ("Saturday 5 December", "Sat 05 Dec 2026 23:59"),
        ("Saturday, 5 December, at 6 pm", "Sat 05 Dec 2026 18:00"),
        ("15.12.", "Tue 15 Dec 2026 23:59"),
        ("15.12", "Tue 15 Dec 2026 23:59"),
        ("15.12.2026 18:00", "Tue 15 Dec 2026 18:00"),
        ("12/15/2026", "Tue 15 Dec 2026 23:59"),
        ("12.12.", "Sat 12 Dec 2026 23:59"),
        ("10 January", "Sun 10 Jan 2027 23:59"),
        ("29 February", "Tue 29 Feb 2028 23:59"),
        ("end of december", "Thu 31 Dec 2026 23:59"),
        ("end of february", "Sun 28 Feb 2027 23:59"),
        ("end of the month", "Mon 30 Nov 2026 23:59"),
        ("3 days", "Thu 03 Dec 2026 12:30"),
        ("3 days from now", "Thu 03 Dec 2026 12:30"),
        ("in three days", "Thu 03 Dec 2026 12:30"),
        ("3d", "Thu 03 Dec 2026 12:30"),
        ("in an hour", "Mon 30 Nov 2026 13:30"),
        ("day after tomorrow", "Wed 02 Dec 2026 23:59"),
        ("the day after tomorrow 9am", "Wed 02 Dec 2026 09:00"),
        ("a week", "Mon 07 Dec 2026 12:30"),
        ("2 weeks", "Mon 14 Dec 2026 12:30"),
        ("12 hours", "Tue 01 Dec 2026 00:30"),
        ("90 min", "Mon 30 Nov 2026 14:00"),
        ("a month", "Wed 30 Dec 2026 23:59"),
        ("3 months", "Sun 28 Feb 2027 23:59"),
        ("1 minute", "Mon 30 Nov 2026 12:31"),
        ("366 days", "Wed 01 Dec 2027 12:30"),
        ("13 months", "Thu 30 Dec 2027 23:59"),
        ("a year", "Tue 30 Nov 2027 23:59"),
        ("two years", "Thu 30 Nov 2028 23:59"),
        ("ten hours", "Mon 30 Nov 2026 22:30"),
        ("at 12:30", "Tue 01 Dec 2026 12:30"),
        ("at 12:31", "Mon 30 Nov 2026 12:31"),
        ("monday 12:30", "Mon 07 Dec 2026 12:30"),
        ("tomorrow 12am", "Tue 01 Dec 2026 00:00"),
        ("tomorrow 12pm", "Tue 01 Dec 2026 12:00"),
        ("tomorrow 1am", "Tue 01 Dec 2026 01:00"),
        ("tomorrow 11pm", "Tue 01 Dec 2026 23:00"),
        ("tomorrow 23:59", "Tue 01 Dec 2026 23:59"),
        ("tomorrow 0:00", "Tue 01 Dec 2026 00:00"),
        ("13.12.", "Sun 13 Dec 2026 23:59"),
        ("12.13.2027", "Mon 13 Dec 2027 23:59"),
        ("12.12.2027", "Sun 12 Dec 2027 23:59"),
        ("30 November", "Mon 30 Nov 2026 23:59"),
        ("30 May", "Sun 30 May 2027 23:59"),
        ("end of november", "Mon 30 Nov 2026 23:59"),
        ("end of october", "Sun 31 Oct 2027 23:59"),
        ("tuesday", "Tue 01 Dec 2026 23:59"),
        ("sunday", "Sun 06 Dec 2026 23:59"),
        ("2099-12-31", "Thu 31 Dec 2099 23:59"),
        ("2000-01-01", "Sat 01 Jan 2000 23:59"),
        ("18:00 UTC", "Mon 30 Nov 2026 20:00"),
        ("friday 18:00 UTC", "Fri 04 Dec 2026 20:00"),
        ("2026-12-05 18:00 New York time", "Sun 06 Dec 2026 01:00"),
    ],
)
def test_an_end_is_understood_to_the_minute(words: str, at: str) -> None:
    assert meant(words) == at


def test_a_day_that_ends_lasts_to_its_last_minute_and_one_that_starts_begins_with_its_first() -> None:
    end = Time(ending=True).read("2026-12-05").of(MONDAY, KYIV)
    assert (datetime(2026, 12, 5, 22, tzinfo=UTC) - end).total_seconds() == 1
    assert meant("2026-12-05", ending=False) == "Sat 05 Dec 2026 00:00"
    assert meant("tomorrow", ending=False) == "Tue 01 Dec 2026 00:00"


@pytest.mark.parametrize(
    ("words", "either"),
    [
        ("05.12.", ["5 December", "12 May"]),
        ("5/12/2026", ["5 December 2026", "12 May 2026"]),
        ("05.12. at 18:00", ["5 December at 18:00", "12 May at 18:00"]),
        ("friday at midnight", ["friday 00:00", "friday 23:59"]),
        ("midnight", ["today 00:00", "today 23:59"]),
        ("12-05-2026", ["12 May 2026", "5 December 2026"]),
    ],
)
def test_a_day_that_may_be_two_is_asked_about(words: str, either: list[str]) -> None:
    with pytest.raises(UnfitError) as raised:
        Time().read(words)
    assert [offer.words for offer in raised.value.answers] == either
    assert all(Time().read(offer.words) for offer in raised.value.answers)


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("soon", "I do not understand the time “soon”."),
        ("next friday", "I do not understand the time “next friday”."),
        ("friday evening", "I do not understand"),
        ("friday or saturday", "I do not understand"),
        ("tomorrow 25:00", "I do not understand"),
        ("tomorrow 13pm", "I do not understand"),
        ("tomorrow 9", "I do not understand"),
        ("2026-02-30", "I do not understand"),
        ("31 June", "I do not understand"),
        ("1850-01-01", "I do not understand"),
        ("1999-12-31", "I do not understand"),
        ("2100-01-01", "I do not understand"),
        ("367 days", "I do not understand"),
        ("tomorrow 0am", "I do not understand"),
        ("tomorrow 24:00", "I do not understand"),
        ("13.13.", "I do not understand"),
        ("400 days", "I do not understand"),
        ("0 days", "I do not understand"),
        ("some days", "I do not understand"),
        ("5", "I do not understand"),
        ("0.12.", "I do not understand"),
        ("", "I do not understand"),
        ("some midnight", "Write 00:00 or 23:59 instead."),
    ],
)
def test_what_is_not_understood_is_answered_with_what_would_be(words: str, answer: str) -> None:
    with pytest.raises(UnfitError) as raised:
        Time().read(words)
    assert answer in SPEAK.say(raised.value.sentence)


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("29 November", "Nov 29, 2026 has passed. If you mean the next one, write 2027-11-29."),
        ("31 May", "May 31, 2026 has passed. If you mean the next one, write 2027-05-31."),
        ("5 November", "Nov 5, 2026 has passed. If you mean the next one, write 2027-11-05."),
        ("Friday 5 December", "Dec 5, 2026 is a Saturday. Please check the day and the date."),
    ],
)
def test_a_day_that_contradicts_itself_is_refused(words: str, answer: str) -> None:
    with pytest.raises(UnfitError) as raised:
        meant(words)
    assert SPEAK.say(raised.value.sentence) == answer


@pytest.mark.parametrize(
    ("words", "days"), [("7", 7), ("7 days", 7), ("7d", 7), ("2 weeks", 14), ("a week", 7), ("ten days", 10)]
)
def test_a_number_of_days_may_be_written_in_weeks(words: str, days: int) -> None:
    assert Days(high=3650).read(words) == days


@pytest.mark.parametrize("words", ["7 hours", "a month", "days", "0 days", "3651", "999 weeks"])
def test_what_is_no_number_of_days_is_refused(words: str) -> None:
    with pytest.raises(UnfitError):
        Days(high=3650).read(words)
