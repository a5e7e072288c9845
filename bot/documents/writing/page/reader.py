"""Figures, days and words as the reader of a page reads them, and what the page sorts them by."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from babel import Locale
from babel.numbers import format_decimal

from bot.documents.cells import amount
from bot.reply.parts import Hour, say
from bot.reply.words import Voice, day_of, money
from core.shared.money import Price

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from bot.documents.model import DocumentOrder
    from bot.reply.parts import Fact, Say

PLAIN: Final = re.compile(r"[+\N{MINUS SIGN}]?[0-9]+")
"""A figure that the page's script reads by itself."""


class Cell(NamedTuple):
    """What a table says in one place.

    key: what it is sorted by (None: its text says it). link: the address to which it leads. ref: it stands for the title
    of the proposal with this number, so that no title is on the page twice.
    """

    text: str = ""
    key: float | None = None
    link: str = ""
    ref: bool = False


EMPTY: Final = Cell()


class Reader:
    """One reader's language, zone and manner of writing."""

    def __init__(self, order: DocumentOrder) -> None:
        self.voice = Voice(order.locale, order.zone)
        self.locale = Locale.parse(order.locale, sep="-")
        self.day_text = lru_cache(maxsize=None)(self._day_text)

    @property
    def direction(self) -> str:
        """How the language runs: "ltr" or "rtl"."""
        return str(self.locale.text_direction)

    def say(self, name: str, /, **facts: Fact) -> str:
        """A sentence."""
        return self.voice.say(say(name, **facts))

    def phrase(self, sentence: Say) -> str:
        """A sentence that is put together already."""
        return self.voice.say(sentence)

    def day(self, at: datetime | date, *, key: bool = True) -> Cell:
        """A day, in the reader's zone."""
        day = day_of(at, self.voice.zone) if isinstance(at, datetime) else at
        return Cell(self.day_text(day), day.toordinal() if key else None)

    def moment(self, at: datetime) -> str:
        """A day and an hour."""
        return self.voice.text(Hour(at))

    def number(self, number: int, *, sign: bool = False) -> Cell:
        """A figure; with `sign` also a plus is written."""
        text = _minus(str(format_decimal(number, "+#,##0;-#,##0" if sign and number else None, locale=self.locale)))
        return Cell(text, None if PLAIN.fullmatch(text) else number)

    def some(self, number: int, *, sign: bool = False) -> Cell:
        """A figure; nothing for zero."""
        return self.number(number, sign=sign) if number else EMPTY

    def minor(self, minor: int, currency: str) -> Cell:
        """Money in minor units of a currency."""
        return Cell(_minus(money_text(minor, currency, self.voice.locale)), float(amount(minor, currency)))

    def prices(self, prices: Iterable[Price], unknown: int = 0) -> Cell:
        """Money with tax in any currencies, and how many Connects are of unknown cost."""
        known = [price for price in prices if price.total]
        texts = [_minus(money_text(price.total, price.currency, self.voice.locale)) for price in known]
        if unknown:
            texts.append(self.say("page-unknown", connects=abs(unknown)) if texts else self.say("unknown"))
        key = float(amount(known[0].total, known[0].currency)) if known else None
        return Cell(" \N{MIDDLE DOT} ".join(texts), key)


@lru_cache(maxsize=4096)
def money_text(minor: int, currency: str, locale: str) -> str:
    """Money as a locale writes it."""
    return money(Price(minor, 0, currency), locale)


def _minus(text: str) -> str:
    """A figure with the typographic minus."""
    return text.replace("-", "\N{MINUS SIGN}")
