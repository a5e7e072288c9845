"""Periods of documents: the words that lead to them on any day, what they are called, and those beside them."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.options.times.period import ALL_TIME, EVER, Days
from bot.reply.parts import Say, say
from bot.views.stats.phrases import days_in_words

if TYPE_CHECKING:
    from bot.reply.words import Voice

YEAR: Final = 12
QUARTER: Final = 3
MONTH: Final = 1


class Months(NamedTuple):
    """Whole months of the calendar: one, a quarter or a year."""

    year: int
    first: int
    length: int

    @property
    def days(self) -> Days:
        """Their days."""
        last = self.first + self.length - 1
        return Days(date(self.year, self.first, 1), date(self.year, last, monthrange(self.year, last)[1]))

    @property
    def words(self) -> str:
        """How a line says which these are: "2026-11", "q4 2026" or "2026"."""
        if self.length == YEAR:
            return str(self.year)
        return f"q{self.first // QUARTER + 1} {self.year}" if self.length == QUARTER else f"{self.year}-{self.first:02}"

    def beside(self, step: int) -> Months:
        """As many months, `step` times later, or earlier."""
        years, month = divmod(self.year * YEAR + self.first - 1 + step * self.length, YEAR)
        return Months(years, month + 1, self.length)

    def within(self, count: int) -> Months:
        """The quarter or the year that they are in."""
        return Months(self.year, (self.first - 1) // count * count + 1, count)


def months_of(days: Days) -> Months | None:
    """The month, the quarter or the year that has just these days; None if there is none."""
    first = days.first
    each = (
        Months(first.year, first.month, count) for count in (MONTH, QUARTER, YEAR) if (first.month - 1) % count == 0
    )
    return next((months for months in each if months.days == days), None)


def words_of_days(days: Days) -> str:
    """Words that mean these days whenever they are read."""
    if days.first == EVER:
        return ALL_TIME
    months = months_of(days)
    if months is not None:
        return months.words
    return str(days.first) if days.first == days.last else f"{days.first}..{days.last}"


def name_of_days(days: Days, speak: Voice) -> Say:
    """What a period is called."""
    if days.first == EVER:
        return say("period-all")
    months = months_of(days)
    return days_in_words(*days) if months is None else name_of_months(months, speak)


def name_of_months(months: Months, speak: Voice) -> Say:
    """What months are called, such as "November 2026"."""
    if months.length == YEAR:
        return say("raw", text=str(months.year))
    if months.length == QUARTER:
        return say("period-quarter", quarter=months.first // QUARTER + 1, year=str(months.year))
    return say("raw", text=speak.short_day(months.days.first, "yMMMM"))


def usual_month(today: date, began: date | None) -> Days:
    """Last month, or this one if the books began in it."""
    this = Months(today.year, today.month, MONTH)
    return this.days if began is not None and began >= this.days.first else this.beside(-1).days
