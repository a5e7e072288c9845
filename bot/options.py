"""The kinds of options: each reads words into a value, and finds its words in a line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, ClassVar, Final

from babel.numbers import list_currencies
from typing_extensions import override

from bot.figures import SYMBOLS, UNITS, Amount, money_in, percent_in, whole_number
from bot.kind import Kind, Suggestion, UnfitError
from bot.reply import Say, say
from bot.words import FALLBACK, voice
from bot.zones import zone_of
from core.links import Job, is_link, job_in

if TYPE_CHECKING:
    from enum import StrEnum

FILLERS: Final = UNITS | {"for", "at", "on", "of", "from", "to", "#"}
MOST_SUGGESTIONS: Final = 25
LONGEST_TAG: Final = 32
MOST_MONEY: Final = 10**13  # what the rulebook says is far below, and this is no amount any more
QUOTED: Final = re.compile('"([^"]*)"|[\u201c\u201e\u00ab]([^\u201c\u201d\u201e\u00ab\u00bb]*)[\u201c\u201d\u00bb]')
DATED: Final = re.compile(r"yesterday|tomorrow|\d{4}-\d\d?-\d\d?|\d\d?([./])\d\d?\1\d{2,4}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Whole(Kind):
    """A whole number from `low` to `high`: "16", "16 connects"; in a line it stands first or, if `trails`, last.

    `ruled`: the rulebook says what is too much, so that these bounds are for forms only.
    """

    low: int = 1
    high: int = 5000
    trails: bool = True
    ruled: bool = False

    @override
    def read(self, words: str) -> int:
        number = whole_number(words)
        if number is None:
            raise UnfitError(say("unfit-link") if is_link(words) else say("unfit-number", words=words[:40]))
        if not self.ruled and not self.low <= number <= self.high:
            raise UnfitError(say("unfit-range", value=number, low=self.low, high=self.high))
        return number

    @override
    def find(self, tokens: list[str]) -> slice | None:
        count = len(tokens)
        spans = [(0, 2), (0, 1), *([(count - 2, count), (count - 1, count)] if self.trails else ())]
        for start, end in spans:
            if 0 <= start < end <= count and whole_number(" ".join(tokens[start:end])) is not None:
                return slice(start, end)
        return None


@dataclass(frozen=True, slots=True)
class Money(Kind):
    """An amount of money: "$9", "9.60 EUR", "9,60"."""

    @override
    def read(self, words: str) -> Amount:
        amount = money_in(words)
        if amount is None or not 0 <= amount.figure <= MOST_MONEY:
            raise UnfitError(say("unfit-money", words=words[:40]))
        return amount

    @override
    def find(self, tokens: list[str]) -> slice | None:
        spans = [slice(i, i + n) for n in (2, 1) for i in range(len(tokens) - n + 1)]
        named = (span for span in spans if (found := money_in(" ".join(tokens[span]))) and found.currency)
        return next(named, None) or Kind.find(self, tokens)


@dataclass(frozen=True, slots=True)
class Tax(Money):
    """Tax on a price: an amount, or "20%" of it."""

    @override
    def read(self, words: str) -> Any:
        amount = percent_in(words) or money_in(words)
        if amount is None or not 0 <= amount.figure <= MOST_MONEY:
            raise UnfitError(say("unfit-tax", words=words[:40]))
        return amount


def unquoted(words: str) -> str:
    """Free text without the quotes around all of it, which say where it ends and are no part of it."""
    whole = QUOTED.fullmatch(words.strip())
    return words if whole is None else whole[1] or whole[2] or ""


@dataclass(frozen=True, slots=True)
class Text(Kind):
    """Free text of at most `most` characters; takes what the other options left of a line.

    `undated`: a date at its end is no part of it, but something that somebody hoped would be booked. `lines`: it may
    have several. Quotes around all of it are left out.
    """

    most: int = 200
    undated: bool = False
    lines: bool = False
    greedy: ClassVar[bool] = True

    @override
    def read(self, words: str) -> str:
        text = unquoted(words).strip() if self.lines else " ".join(unquoted(words).split())
        if not text:
            raise UnfitError(say("unfit-empty"))
        if len(text) > self.most:
            raise UnfitError(say("unfit-long", length=len(text), most=self.most))
        return text

    @override
    def mind(self, rest: list[str]) -> None:
        if self.undated and rest and DATED.fullmatch(rest[-1]):
            raise UnfitError(say("unfit-dated", words=rest[-1]))


@dataclass(frozen=True, slots=True)
class Tags(Kind):
    """Words with commas or blanks between, such as "design,python"."""

    most: int = 20

    @override
    def read(self, words: str) -> tuple[str, ...]:
        tags = tuple(dict.fromkeys(tag.lstrip("#") for tag in re.split(r"[,;\s]+", words.casefold()) if tag.strip("#")))
        if not tags or len(tags) > self.most or any(len(tag) > LONGEST_TAG for tag in tags):
            raise UnfitError(say("unfit-tags", most=self.most, longest=LONGEST_TAG))
        return tags

    @override
    def find(self, tokens: list[str]) -> slice | None:
        return slice(0, len(tokens)) if tokens else None


@dataclass(frozen=True, slots=True)
class Choice(Kind):
    """One of an enumeration, by its value, what it is called, or the beginning of either; in a line, spelled out.

    `small`: a line may go on with free text, so that it is only heard in small letters, or where nothing else is said.
    """

    of: type[StrEnum] | None = None
    only: tuple[StrEnum, ...] = ()
    small: bool = False

    @property
    def values(self) -> tuple[StrEnum, ...]:
        """What can be chosen."""
        return self.only or tuple(self.of or ())

    @property
    @override
    def offers(self) -> tuple[Suggestion, ...]:
        return tuple(Suggestion(value.value, choice(value)) for value in self.values)

    @override
    def read(self, words: str) -> StrEnum:
        wanted, spelled = _joined(words.casefold()), _spelled(self.values)
        near = {value for name, value in spelled.items() if wanted and name.startswith(wanted)}
        if wanted in spelled:
            return spelled[wanted]
        if len(near) != 1:
            raise UnfitError(say("unfit-choice", words=words[:40], known=self.known))
        return near.pop()

    @property
    def known(self) -> str:
        """What can be written for it."""
        return ", ".join(value.value.replace("_", " ") for value in self.values)

    @override
    def find(self, tokens: list[str]) -> slice | None:
        spelled = _spelled(self.values)
        for count in range(min(3, len(tokens)), 0, -1):
            said = _joined(" ".join(tokens[:count]))
            heard = said if self.small and count < len(tokens) else said.casefold()
            if heard in spelled:
                return slice(0, count)
        return None


@lru_cache
def _spelled(values: tuple[StrEnum, ...]) -> dict[str, StrEnum]:
    """What a choice may be called: its own words, and those that we call it."""
    speak = voice(FALLBACK, "UTC")
    called = {_joined(speak.say(choice(value)).casefold()): value for value in values}
    return called | {_joined(value.value): value for value in values}


@dataclass(frozen=True, slots=True)
class Link(Kind):
    """A link to a job on Upwork, or a job's id."""

    eager: ClassVar[bool] = True

    @override
    def read(self, words: str) -> Job:
        job = job_in(words)
        if job is None:
            raise UnfitError(say("unfit-link"))
        return job

    @override
    def find(self, tokens: list[str]) -> slice | None:
        links = [i for i, token in enumerate(tokens) if is_link(token)]
        at = next((i for i in links if job_in(tokens[i])), links[0] if links else None)
        return None if at is None else slice(at, at + 1)

    @override
    def mind(self, rest: list[str]) -> None:
        if any(is_link(token) for token in rest):
            raise UnfitError(say("unfit-links"))


@dataclass(frozen=True, slots=True)
class Day(Kind):
    """A day, such as "2026-01-11", from the year `first` to the year `last`."""

    first: int = 2000
    last: int = 2099

    @override
    def read(self, words: str) -> date:
        try:
            day = date.fromisoformat(words.strip())
        except ValueError:
            raise UnfitError(say("unfit-day", words=words[:40])) from None
        if not self.first <= day.year <= self.last:
            raise UnfitError(say("unfit-day-far", day=words[:40], first=str(self.first), last=str(self.last)))
        return day


@dataclass(frozen=True, slots=True)
class Zone(Kind):
    """A time zone by its name, a city of it, or its distance from UTC: "Europe/Kyiv", "new york", "UTC+3"."""

    @override
    def read(self, words: str) -> str:
        zone = zone_of(words)
        if zone is None:
            raise UnfitError(say("unfit-zone", words=words[:40]))
        return zone

    @override
    def find(self, tokens: list[str]) -> slice | None:
        spans = (slice(0, count) for count in (3, 2, 1) if count <= len(tokens))
        return next((span for span in spans if zone_of(" ".join(tokens[span]))), None)


@dataclass(frozen=True, slots=True)
class Currency(Kind):
    """A currency by its ISO 4217 code: "USD"."""

    @override
    def read(self, words: str) -> str:
        code = SYMBOLS.get(words.strip(), words.strip().upper())
        if code not in list_currencies():
            raise UnfitError(say("unfit-currency", words=words[:40]))
        return code


def _joined(words: str) -> str:
    """Words as the values of enumerations are written."""
    return "_".join(words.replace("-", " ").replace("_", " ").split())


def choice(value: StrEnum) -> Say:
    """What a value of an enumeration is called."""
    return say(f"choice-{value.value.replace('_', '-')}")
