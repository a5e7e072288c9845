"""Turns sentence ids and facts into text in the reader's language and time zone. All text is in `bot/locales`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_timedelta
from babel.numbers import format_currency, format_decimal, get_currency_precision
from fluent.runtime import AbstractResourceLoader, FluentBundle, FluentLocalization
from typing_extensions import override

from bot.reply.marks import Run, bare, marked
from bot.reply.parts import Fact, Hour, Recent, Say, Then, say
from bot.reply.sentences import Sentences
from core.shared.money import Price
from core.shared.names import SOMEONE

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping
    from importlib.resources.abc import Traversable

FALLBACK: Final = "en"
ONE_DAY: Final = timedelta(days=1)
WEEK: Final = timedelta(days=7)
LETTERED: Final = re.compile(r"(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])")  # a currency's letters next to its figure


class WordsError(LookupError):
    """A sentence is missing or cannot be formatted with these facts. This is a bug in the program, not a user error."""


class StrictBundle(FluentBundle):
    """A bundle that parses a sentence when it is first said, and raises errors which Fluent would swallow."""

    _sentences: Sentences

    @override
    def add_resource(self, resource: Any, allow_overrides: bool = False) -> None:
        """Take the sentences of a file: each bundle has one."""
        self._sentences = resource

    @override
    def has_message(self, message_id: str) -> bool:
        if not super().has_message(message_id):
            super().add_resource(self._sentences.parsed(message_id))
        return super().has_message(message_id)

    @override
    def format_pattern(self, pattern: Any, args: dict[str, Any] | None = None) -> Any:
        text, errors = super().format_pattern(pattern, args)
        if errors:
            raise WordsError(repr(errors[0])) from errors[0]
        return text, errors


class Catalog(AbstractResourceLoader):
    """The sentences in a folder with one file for each language (`uk.ftl`, `pt-BR.ftl`).

    A file need not be complete: each sentence that it lacks is taken from English. It is read when its language is
    first needed.
    """

    def __init__(self, folder: Traversable) -> None:
        self._folder = folder
        self._sentences, self._localization = cache(self._read), cache(self._localize)

    def offered(self) -> tuple[str, ...]:
        """The languages that have a file."""
        return tuple(self._files.values())

    def files_for(self, locale: str) -> tuple[str, ...]:
        """The languages to look in for a locale, the nearest first: `pt-BR`, then `pt`, if they have files."""
        return tuple(self._files[tag.casefold()] for tag in _tags(locale) if tag.casefold() in self._files)

    def nearest(self, locale: str) -> str:
        """The locale to use. It keeps its region, which decides how numbers are written; English if no file fits."""
        return _tags(locale)[0] if self.files_for(locale) else FALLBACK

    def has(self, name: str) -> bool:
        """Whether there is a sentence of this name."""
        return name in self._names

    def format(self, locale: str, name: str, facts: dict[str, Any]) -> str:
        """The text of a sentence. If a translation asks for facts that are not given, the English one is used."""
        if not self.has(name):
            raise WordsError(f"no sentence is named {name}")
        try:
            return self._localization(locale).format_value(name, facts)
        except WordsError as error:
            if locale == FALLBACK:
                raise WordsError(f"{name} cannot be formatted: {error}") from error
            return self.format(FALLBACK, name, facts)

    @override
    def resources(self, locale: str, resource_ids: list[str]) -> Generator[list[Any], None, None]:
        """The files for a locale. Whichever a sentence comes from, numbers follow the rules of the locale."""
        yield from ([self._sentences(language)] for language in self.files_for(locale))

    @cached_property
    def _files(self) -> Mapping[str, str]:
        """The languages that have a file, by their tags in lower case."""
        names = (file.name for file in self._folder.iterdir())
        languages = sorted(name.removesuffix(".ftl") for name in names if name.endswith(".ftl"))
        return {language.casefold(): language for language in languages}

    @cached_property
    def _names(self) -> frozenset[str]:
        """The names of all sentences: English is always complete."""
        return self._sentences(FALLBACK).names

    def _read(self, language: str) -> Sentences:
        return Sentences(self._folder.joinpath(f"{language}.ftl").read_text(encoding="utf-8"))

    def _localize(self, locale: str) -> FluentLocalization:
        chain = list(dict.fromkeys((locale, FALLBACK)))
        return FluentLocalization(chain, [], self, bundle_class=StrictBundle)


CATALOG: Final = Catalog(resources.files("bot").joinpath("locales"))


@dataclass(frozen=True, slots=True)
class Voice:
    """One reader's language and time zone."""

    locale: str
    zone: str
    catalog: Catalog = CATALOG

    def say(self, sentence: Say) -> str:
        """The text of a sentence, without marks. Facts are not escaped: only a platform knows its markup."""
        return bare(self._say(sentence))

    def text(self, fact: Fact) -> str:
        """The text of a single fact, such as a table cell, without marks."""
        return bare(self.marked(fact))

    def marked(self, fact: Fact) -> str:
        """The text of a sentence or a fact, with its marks (`bot.reply.marks`) for the platform to draw."""
        given = self._fact(fact)
        return _number(given, self.locale) if isinstance(given, int) else str(given)

    def short_day(self, day: date, form: str) -> str:
        """A day as the locale writes these parts of it, such as "MMMd" or "yMMM"."""
        return str(format_skeleton(form, day, locale=_rules(self.locale)))

    def _say(self, sentence: Say) -> str:
        if not sentence.facts:
            return _plain(self.catalog, self.locale, sentence.id)
        facts = {name: self._fact(fact) for name, fact in sentence.facts.items()}
        return self.catalog.format(self.locale, sentence.id, facts)

    def _fact(self, fact: Fact) -> Any:
        match fact:
            case Say():
                return self._say(fact)
            case Price():
                return money(fact, self.locale)
            case Hour() | Recent() | Then() | date():
                return self._time(fact)
            case timedelta():
                return format_timedelta(fact, locale=_rules(self.locale))
            case str():
                return fact.replace(SOMEONE, self._say(say("someone"))) if SOMEONE in fact else fact
            case _:
                return "" if fact is None else fact

    def _time(self, fact: Hour | Recent | Then | date) -> str:
        if isinstance(fact, date):
            day = day_of(fact, self.zone) if isinstance(fact, datetime) else fact
            return str(format_date(day, "medium", locale=_rules(self.locale)))
        if isinstance(fact, Recent):
            return self._recent(fact.at, fact.now, timed=not fact.day)
        if isinstance(fact, Then):
            return self._then(fact)
        text = self._hour(fact.at, fact.zone)
        return marked([Run(text, unix=int(fact.at.timestamp()))]) if fact.readers else text

    def _recent(self, at: datetime, now: datetime, *, timed: bool) -> str:
        """The shortest text that leaves no doubt, because a line of a list has little room on a phone."""
        day, today = day_of(at, self.zone), day_of(now, self.zone)
        hour = f"{at.astimezone(ZoneInfo(self.zone)):%H:%M}"
        if day == today:
            return hour if timed else self.say(say("today"))
        if day == today - ONE_DAY:
            return self.say(say("yesterday-at", hour=hour) if timed else say("yesterday"))
        if day.year != today.year:
            return str(format_date(day, "medium", locale=_rules(self.locale)))
        return self.short_day(day, "MMMd")

    def _then(self, then: Then) -> str:
        """A day of the last week by its name, because that is how people remember it."""
        day, today = day_of(then.at, self.zone), day_of(then.now, self.zone)
        how = {0: "today", 1: "yesterday"}.get(
            (today - day).days, "weekday" if ONE_DAY < today - day < WEEK else "date"
        )
        named = format_date(day, "EEEE" if how == "weekday" else "medium", locale=_rules(self.locale))
        hour = "" if then.day else f"{then.at.astimezone(ZoneInfo(self.zone)):%H:%M}"
        return self._say(say("then", how=how, day=named, timed="no" if then.day else "yes", hour=hour))

    def _hour(self, at: datetime, zone: str) -> str:
        """A date and time; in a zone that is not the reader's with the weekday, because that may differ."""
        place = zone or self.zone
        day = day_of(at, place)
        text = f"{format_date(day, 'medium', locale=_rules(self.locale))} {at.astimezone(ZoneInfo(place)):%H:%M %Z}"
        return f"{format_date(day, 'EEE', locale=_rules(self.locale))}, {text}" if zone else text


@lru_cache(maxsize=4096)
def _plain(catalog: Catalog, locale: str, name: str) -> str:
    """A sentence without facts: its text never changes, so it is cached."""
    return catalog.format(locale, name, {})


@lru_cache(maxsize=4096)
def _number(number: int, locale: str) -> str:
    return str(format_decimal(number, locale=_rules(locale)))


FALLBACK_VOICE: Final = Voice(FALLBACK, "UTC")
"""Speaks where no reader's language and zone are known: in logs and errors, and wherever a translation is missing."""


@lru_cache(maxsize=4096)
def money(price: Price, locale: str) -> str:
    """A price including tax, written as the reader's locale writes that currency."""
    digits = get_currency_precision(price.currency)
    figure = Decimal(price.total).scaleb(-digits)
    return LETTERED.sub("\u00a0", format_currency(figure, price.currency, locale=_rules(locale)))


def day_of(at: datetime, zone: str) -> date:
    """The calendar day in a time zone."""
    return at.astimezone(ZoneInfo(zone)).date()


def voice(locale: str, zone: str, catalog: Catalog = CATALOG) -> Voice:
    """The best voice for a platform's language tag, such as `pt-BR`."""
    return Voice(_nearest(catalog, locale), zone, catalog)


@lru_cache(maxsize=256)
def _nearest(catalog: Catalog, locale: str) -> str:
    return catalog.nearest(locale)


@lru_cache(maxsize=256)
def _tags(locale: str) -> tuple[str, ...]:
    """A language tag and its less specific forms (pt-BR, pt), as far as Babel knows them."""
    parts = locale.replace("_", "-").split("-")
    tags = ("-".join(parts[:length]) for length in range(len(parts), 0, -1))
    return tuple(tag for tag in tags if _is_known(tag))


def _is_known(tag: str) -> bool:
    try:
        _rules(tag)
    except (UnknownLocaleError, ValueError):
        return False
    return True


@lru_cache(maxsize=256)
def _rules(tag: str) -> Locale:
    """How numbers and dates are written in a locale."""
    return Locale.parse(tag, sep="-")


def facts_of(values: Mapping[str, object]) -> dict[str, Fact]:
    """The facts of a refusal as facts of a sentence; a value of any other type becomes its plain text."""
    return {
        name: value if isinstance(value, (str, int, date, timedelta, Price)) else str(value)
        for name, value in values.items()
    }
