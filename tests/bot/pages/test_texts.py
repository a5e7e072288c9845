"""Copied text, piece by piece: what is a row, what is not, and what is reported."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest

from bot.pages import NotAPage, Why, read_text
from core.imports.model import Page, Row
from core.imports.undated import TODAY, YESTERDAY, dated, earliest_copy, is_undated
from tests.imports.accounts import account
from tests.imports.mishaps import part
from tests.imports.renderings import rendered
from tests.imports.windows import FORMS, SAVED, page, window

TOLD = date(2026, 1, 12)


def read(text: str, told: date | None = TOLD) -> Page:
    found = read_text(text, told)
    assert isinstance(found, Page)
    return found


def short(found: Page) -> list[tuple[str, str, int, str]]:
    return [(row.day.isoformat(), row.wording, row.connects, row.title) for row in found.rows]


@pytest.mark.parametrize(
    "title",
    ["Today", "January 9, 2026", "-20", "+20 Connects", "Spent 16 Connects", "Applied to job", "My balance"],
)
def test_a_title_may_read_like_anything(title: str) -> None:
    found = read(f"Today\nApplied to job\n{title}\n-16 Connects\nSpent 16 Connects\n")
    assert short(found) == [("2026-01-12", "Applied to job", -16, title)]
    wide = f"Today\t\nApplied to job\n{title}\n Ivo Sample\n\u2014\n-16\nSpent 16 Connects\n"
    assert read(wide).rows == (Row(TOLD, "Applied to job", -16, title, member="Ivo Sample"),)


def test_three_lines_a_row_are_parted_where_the_wording_is_known() -> None:
    text = "Today\nApplied to jobBuild an AI agent\n-16\nYesterday\nLoyalty thanks\n+2 Connects\n"
    assert short(read(text)) == [
        ("2026-01-12", "Applied to job", -16, "Build an AI agent"),
        ("2026-01-11", "Loyalty thanks", 2, ""),
    ]


def test_without_words_beside_the_amounts_a_title_that_reads_like_one_is_not_guessed() -> None:
    found = read("Today\nApplied to job\n-20\n-16\nYesterday\nAvailability Badge\n-1\n")
    assert short(found) == [("2026-01-11", "Availability Badge", -1, "")]
    assert found.unread == ("Today / Applied to job / -20 / -16",)


@pytest.mark.parametrize(
    "end", ["-16\nSpent 61 Connects", "+16\nSpent 16 Connects", "-16\nAdded 16 Connects", "-16\nSpent 1616 Connects"]
)
def test_an_amount_that_its_words_contradict_is_not_read(end: str) -> None:
    found = read(f"Today\nApplied to job\nLogo\n{end}\nToday\nApplied to job\nLogo\n-8\nSpent 8 Connects\n")
    assert [row.connects for row in found.rows] == [-8]
    assert len(found.unread) == 1


def test_a_row_that_the_ends_of_a_text_cut_is_reported() -> None:
    whole = "Today\nApplied to job\nLogo\n-8\nSpent 8 Connects\n"
    found = read(f"gent needed\n-16\nSpent 16 Connects\n{whole}Yesterday\nApplied to job\nBu")
    assert short(found) == [("2026-01-12", "Applied to job", -8, "Logo")]
    assert found.unread == ("gent needed / -16 Spent 16 Connects", "Yesterday / Applied to job / Bu")
    assert found.top_cut


def test_a_page_from_its_head_is_not_cut_above() -> None:
    found = read("Connects History\nMy balance\n1,451 Connects\nDate\nToday\nApplied to job\nA\n-8\nSpent 8 Connects")
    assert not found.top_cut
    assert found.balance == 1451


def test_two_pages_in_one_paste_follow_each_other() -> None:
    one = "My balance\n{} Connects\nDate\nToday\nApplied to job\nA\n-8\nSpent 8 Connects\nFooter navigation\nAbout Us\n"
    found = read(one.format(50) + "Skip to content\n" + one.format(58))
    assert len(found.rows) == 2
    assert found.balance == 50
    assert found.unread == ()


@pytest.mark.parametrize("seed", range(25))
@pytest.mark.parametrize("form", FORMS[:3])
def test_of_a_part_everything_that_is_read_is_true(form: str, seed: int) -> None:
    dice, lived = Random(seed), account(seed)  # noqa: S311 - nothing here is secret
    shown = window(lived, lived.first + (lived.last - lived.first) * dice.random())
    truth = [row._replace(member=None) for row in page(shown, form).rows]
    for _ in range(4):
        found = read_text(part(rendered(shown, form), dice), shown.copied.date())
        rows = [row._replace(member=None) for row in found.rows] if isinstance(found, Page) else []
        assert any(truth[at : at + len(rows)] == rows for at in range(len(truth) + 1))


class TestDays:
    TEXT = "Today\nAvailability Badge\n-1\nSpent 1 Connect\nYesterday\nAvailability Badge\n-2\nSpent 2 Connects\n"
    NAMED = "January 9, 2026\nAvailability Badge\n-2\nSpent 2 Connects\n"

    def test_without_a_day_today_is_kept_as_today(self) -> None:
        found = read(self.TEXT + self.NAMED, None)
        assert [row.day for row in found.rows] == [TODAY, YESTERDAY, date(2026, 1, 9)]
        assert is_undated(found)
        assert found.copied is None

    def test_the_day_that_somebody_names_dates_the_page(self) -> None:
        found = dated(read(self.TEXT + self.NAMED, None), date(2026, 1, 13))
        assert found == read(self.TEXT + self.NAMED, date(2026, 1, 13))
        assert found is not None
        assert [row.day.day for row in found.rows] == [13, 12, 9]

    def test_a_day_that_the_rows_contradict_is_not_taken(self) -> None:
        undated = read(self.TEXT + self.NAMED, None)
        assert earliest_copy(undated) == date(2026, 1, 11)
        assert dated(undated, date(2026, 1, 10)) is None
        assert read(self.TEXT + self.NAMED, date(2026, 1, 10)) == undated
        assert earliest_copy(read(self.TEXT, None)) is None

    @pytest.mark.parametrize("day", ["February 30, 2026", "Smarch 1, 2026", "January 0, 2026", "January 9"])
    def test_a_day_that_no_calendar_has_is_none(self, day: str) -> None:
        assert read_text(f"{day}\nAvailability Badge\n-2\nSpent 2 Connects\n", TOLD) == NotAPage(Why.NO_ROWS)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", Why.EMPTY),
        (" \n\t", Why.EMPTY),
        ("/spend 16 Logo", Why.UNKNOWN),
        ("My balance\n0 Connects\nNo transactions", Why.NO_ROWS),
        ("Heute\nGebot\nLogo\n-16\n16 Connects ausgegeben\n" * 3, Why.OTHER_LANGUAGE),
        ("Active proposals (0)\nSubmitted proposals (0)\n", Why.NO_PROPOSALS),
        ('"Date","Ref ID","Type","Description","Agency","Amount"\n"Mar 5, 2026","9"', Why.TRANSACTIONS),
        ("Date,Contract,Hours,Amount,Payment type\n", Why.EARNINGS),
    ],
)  # fmt: skip
def test_what_is_not_read_has_its_reason(text: str, why: Why) -> None:
    assert read_text(text, TOLD) == NotAPage(why)


def test_rows_from_the_future_do_not_stop_the_reading() -> None:
    found = read(rendered(window(account(3), account(3).last), FORMS[0]), date(1, 1, 1) + timedelta(days=5))
    assert found.rows
    assert SAVED not in FORMS[:3]
