"""Figures, days and words as the reader of a page reads them, and what the page sorts them by."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from babel import Locale
from babel.numbers import format_decimal, get_decimal_symbol

from bot.documents.cells import amount
from bot.reply.parts import say
from bot.reply.words import day_of, money
from core.shared.money import Price

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from bot.reply.parts import Fact, Say
    from bot.reply.words import Voice


MINUS: Final = "\N{MINUS SIGN}"
LEFT_TO_RIGHT: Final = "\u200e"


class Cell(NamedTuple):
    """What a table says in one place.

    key: what it is sorted by (None: its text says it). link: the address to which it leads. own: it is a title,
    although it looks like the number of a proposal, for whose title that stands. number: the figure that it shows.
    """

    text: str = ""
    key: Decimal | int | None = None
    link: str = ""
    own: bool = False
    number: Decimal | int | None = None


EMPTY: Final = Cell()


class PageVoice:
    """One reader's language, zone and manner of writing.

    `point` is what stands before decimals, `direction` how the language runs: "ltr" or "rtl".
    """

    def __init__(self, voice: Voice) -> None:
        self.voice = voice
        self.locale = Locale.parse(voice.locale, sep="-")
        self.point = str(get_decimal_symbol(self.locale))
        self.direction = str(self.locale.text_direction)
        self._others = re.compile(f"[^0-9{MINUS}{re.escape(self.point)}]")

    def say(self, name: str, /, **facts: Fact) -> str:
        """A sentence."""
        return self.voice.say(say(name, **facts))

    def phrase(self, sentence: Say) -> str:
        """A sentence that is put together already."""
        return self.voice.say(sentence)

    def day(self, at: datetime | date, *, key: bool = True) -> Cell:
        """A day, in the reader's zone."""
        day = day_of(at, self.voice.zone) if isinstance(at, datetime) else at
        return Cell(_day_text(day, self.voice), day.toordinal() if key else None)

    def number(self, number: int, *, sign: bool = False) -> Cell:
        """A figure; with `sign` also a plus is written, where the locale writes a minus."""
        if sign and number > 0:
            return self._figure(_plus(_number_text(-number, self.locale)), number)
        return self._figure(_number_text(number, self.locale), number)

    def some(self, number: int) -> Cell:
        """A figure; nothing for zero."""
        return self.number(number) if number else EMPTY

    def minor(self, minor: int, currency: str, *, sign: bool = False) -> Cell:
        """Money in minor units of a currency; with `sign` also a plus is written."""
        value, locale = amount(minor, currency), self.voice.locale
        if sign and minor > 0:
            return self._figure(_plus(_money_text(-minor, currency, locale)), value)
        return self._figure(_money_text(minor, currency, locale), value)

    def prices(self, prices: Iterable[Price], unknown: int = 0, connects: int = 0) -> Cell:
        """What Connects cost with tax, in any currencies, and how many of them are of unknown cost."""
        known = [self.minor(price.total, price.currency) for price in prices if price.total]
        if len(known) == 1 and not unknown:
            return known[0]
        if not known and not unknown:
            return Cell(self.say("free"), 0) if connects else EMPTY
        texts = [cell.text for cell in known]
        if unknown:
            texts.append(self.say("page-unknown", connects=abs(unknown)) if texts else self.say("unknown"))
        return Cell(" \N{MIDDLE DOT} ".join(texts), known[0].number if known else None)

    def _figure(self, text: str, value: Decimal | int) -> Cell:
        """A figure, with a key only if the script would read another one from the text."""
        text = text.replace("-", MINUS)
        if self.direction == "rtl" and text.startswith(("+", MINUS)):
            text = LEFT_TO_RIGHT + text  # otherwise the sign would stand behind the figure
        return Cell(text, None if self._read(text) == value else value, number=value)

    def _read(self, text: str) -> Decimal | None:
        """The figure that the script reads from a text."""
        kept = self._others.sub("", text)
        try:
            return Decimal(kept.replace(MINUS, "-").replace(self.point, "."))
        except InvalidOperation:
            return None


@lru_cache(maxsize=4096)
def _day_text(day: date, voice: Voice) -> str:
    return voice.text(day)


@lru_cache(maxsize=4096)
def _money_text(minor: int, currency: str, locale: str) -> str:
    return money(Price(minor, 0, currency), locale)


@lru_cache(maxsize=4096)
def _number_text(number: int, locale: Locale) -> str:
    return str(format_decimal(number, locale=locale))


def _plus(text: str) -> str:
    """A figure below zero as one above it."""
    return text.replace("-", "+").replace(MINUS, "+")
