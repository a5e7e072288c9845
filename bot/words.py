"""Sentences: a name and facts become text in the reader's language and time zone. No sentence stands anywhere else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_timedelta
from babel.numbers import format_currency, get_currency_precision
from fluent.runtime import FluentBundle, FluentResource

from bot.reply import Fact, Hour, Say
from core.money import Price

if TYPE_CHECKING:
    from collections.abc import Mapping

FALLBACK = "en"
LETTERED = re.compile(r"(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])")  # letters of a currency beside its figure


class WordsError(LookupError):
    """A sentence is missing or cannot be said with these facts: a fault of the program, found by the tests."""


@dataclass(frozen=True, slots=True)
class Voice:
    """One reader's language and time zone."""

    locale: str
    zone: str

    def say(self, sentence: Say) -> str:
        """The sentence in this voice; facts are put in as they are, unescaped."""
        if not sentence.facts:
            return _plain(self.locale, sentence.id)
        return _put(self.locale, sentence.id, {name: self._fact(fact) for name, fact in sentence.facts.items()})

    def text(self, fact: Fact) -> str:
        """One fact on its own, such as a table's cell."""
        given = self._fact(fact)
        return f"{given:,}" if isinstance(given, int) else str(given)

    def _fact(self, fact: Fact) -> Any:
        match fact:
            case Say():
                return self.say(fact)
            case Price():
                return money(fact, self.locale)
            case Hour(at, zone):
                return self._hour(at, zone)
            case date():
                day = day_of(fact, self.zone) if isinstance(fact, datetime) else fact
                return format_date(day, "medium", locale=self.locale)
            case timedelta():
                return format_timedelta(fact, locale=self.locale)
            case _:
                return "" if fact is None else fact

    def _hour(self, at: datetime, zone: str) -> str:
        """A day and its hour; by the clocks of another zone than the reader's with the weekday, which may differ."""
        place = zone or self.zone
        day = day_of(at, place)
        told = f"{format_date(day, 'medium', locale=self.locale)} {at.astimezone(ZoneInfo(place)):%H:%M %Z}"
        return f"{format_date(day, 'EEE', locale=self.locale)}, {told}" if zone else told


def _put(locale: str, name: str, facts: dict[str, Any]) -> str:
    """A sentence with its facts put in."""
    bundle = _bundle(locale)
    pattern = bundle.get_message(name).value if bundle.has_message(name) else None
    if pattern is None:
        raise WordsError(f"no sentence is named {name}")
    text, errors = bundle.format_pattern(pattern, facts)
    if errors:
        raise WordsError(f"{name} cannot be said: {errors[0]!r}") from errors[0]
    return str(text)


@lru_cache(maxsize=4096)
def _plain(locale: str, name: str) -> str:
    """A sentence without facts, which is always the same."""
    return _put(locale, name, {})


@lru_cache(maxsize=4096)
def money(price: Price, locale: str) -> str:
    """A price with its tax, in the reader's way of writing the currency."""
    digits = get_currency_precision(price.currency)
    figure = Decimal(price.total).scaleb(-digits)
    return LETTERED.sub("\u00a0", format_currency(figure, price.currency, locale=locale))


def day_of(at: datetime, zone: str) -> date:
    """The day of a time in the reader's zone."""
    return at.astimezone(ZoneInfo(zone)).date()


def offered() -> tuple[str, ...]:
    """The languages that have a file of words."""
    files = (file.name for file in resources.files("bot").joinpath("locales").iterdir())
    return tuple(sorted(name.removesuffix(".ftl") for name in files if name.endswith(".ftl")))


def voice(locale: str, zone: str) -> Voice:
    """The voice nearest to a platform's language tag, such as `pt-BR`."""
    return Voice(_nearest(locale), zone)


@lru_cache(maxsize=256)
def _nearest(locale: str) -> str:
    languages = offered()
    tag = locale.replace("_", "-")
    return next((name for name in (tag, tag.partition("-")[0]) if name in languages), FALLBACK)


@lru_cache
def _bundle(locale: str) -> FluentBundle:
    source = resources.files("bot").joinpath("locales", f"{locale}.ftl").read_text(encoding="utf-8")
    bundle = FluentBundle([Locale.parse(locale, sep="-").language], use_isolating=False)
    bundle.add_resource(FluentResource(source))
    return bundle


def has(sentence: str, locale: str = FALLBACK) -> bool:
    """Whether a sentence of this name exists."""
    return bool(_bundle(locale).has_message(sentence))


def facts_of(values: Mapping[str, object]) -> dict[str, Fact]:
    """Facts of a refusal as facts of a sentence; what has no form of its own is said as it is."""
    return {
        name: value if isinstance(value, (str, int, date, timedelta, Price)) else str(value)
        for name, value in values.items()
    }
