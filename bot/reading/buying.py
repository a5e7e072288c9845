"""Reads a purchase as people write it: words about tax become options, and so does a day."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.command.declaration import DoubtError
from bot.reading.dating import apart, keeping_day, on_day
from bot.reading.days import without_day
from bot.reading.leftovers import refuse_unused
from bot.reading.lines import quoted
from bot.reading.tokens import SYMBOL, Sort, tokens_in
from bot.reading.unknown import refuse_unknown
from bot.reply.parts import Button, say

if TYPE_CHECKING:
    from bot.command.declaration import Command

NAMES: Final = "VAT|TAX|GST|HST|UST|TVA|IVA|BTW|KDV|\u041f\u0414\u0412|\u041d\u0414\u0421"
TAX: Final = rf"(?:\b(?:sales|local)\s+)?\b(?:{NAMES}|taxes|mwst|moms)\b\.?(?!\s*=)"
PERCENT: Final = r"\d{1,2}(?:[.,]\d{1,4})?\s*(?:%|percent\b|per\s+cent\b)"
CODED: Final = rf"\s*(?-i:[A-Z]{{3}})\b(?<!{NAMES})"
MONEY: Final = rf"(?<![\w.,=])(?:{SYMBOL}\s*)?\d[\d.,]*(?:\s*{SYMBOL}|{CODED})?"
PRICED: Final = rf"(?:{SYMBOL}\s*\d[\d.,]*|\d[\d.,]*\s*{SYMBOL}|\d+[.,]\d\d(?!\d)|\d[\d.,]*{CODED})"
OF: Final = r"\s*(?:of|is|was|:)?\s*"
MORE: Final = r"(?:\+|\bplus\b)\s*"
NONE: Final = re.compile(rf"(?:\b(?:no|without|zero)|\bw/o)\s+{TAX}|{TAX}[\s-]+(?:free|exempt)\b", re.IGNORECASE)
NET: Final = re.compile(
    rf"\b(?:ex|excl|excluding|exclusive|before)\b\.?(?:\s+of\b)?(?=\s+(?:\S+\s+)?{TAX})|\bnet\b(?:\s+of\b)?",
    re.IGNORECASE,
)
INSIDE: Final = re.compile(
    r"\b(?:all[\s-]+)?(?:incl|including|included|includes|inclusive|inc|of\s+which)\b\.?(?:\s+of\b)?|\bgross\b",
    re.IGNORECASE,
)
WITH: Final = re.compile(rf"(?:\bwith|\bw/)\s*(?=(?:\S+\s+)?{TAX})", re.IGNORECASE)
RATED: Final = (
    re.compile(rf"(?:{MORE}|\band\s+)?{TAX}{OF}(?P<rate>{PERCENT})", re.IGNORECASE),
    re.compile(rf"(?:{MORE}|\band\s+)?(?P<rate>{PERCENT})(?:\s*(?:of\s+)?{TAX})?", re.IGNORECASE),
    re.compile(rf"(?:{MORE}|\band\s+)?{TAX}{OF}(?P<rate>{MONEY})", re.IGNORECASE),
    re.compile(rf"(?:{MORE}|\band\s+)(?P<rate>{MONEY})\s*(?:of\s+)?{TAX}", re.IGNORECASE),
)
"""A tax with its percentage or amount, the surest wording first."""
LOOSE: Final = (
    re.compile(rf"{MORE}(?P<rate>{PRICED})", re.IGNORECASE),
    re.compile(rf"(?P<rate>{MONEY})\s*(?:of\s+)?{TAX}", re.IGNORECASE),
)
"""An amount that is tax only beside the price and the Connects."""
BARE: Final = re.compile(rf"(?:{MORE}|\band\s+)?{TAX}", re.IGNORECASE)
NAMED: Final = re.compile(r"\b(?:price|tax|included)\s?=", re.IGNORECASE)
BESIDE: Final = re.compile(
    r"[()\[\]]|(?<=\w)[,;:](?=\s|$)|(?<=\d)\.(?=\s|$)|(?<=\s)[=\u2013\u2014-](?=\s)|\b(?:in\s+)?(?:total|altogether)\b",
    re.IGNORECASE,
)
"""Brackets, what stands between two parts of a line, and words that add nothing."""
STUCK: Final = re.compile(rf"(?<=[\d%])(?=(?:{NAMES})\b)|(?<=\b(?:{NAMES}))(?=\d)", re.IGNORECASE)
"""Where a blank is missing, as in "20%VAT"."""
PRICELIKE: Final = re.compile(r"\d+\.(?:\d+|[4-9]\d\.\d+)")
"""What has the form of a day and is rather a price, such as "9.12", or nothing, such as "1.50.00"."""
COUNTED: Final = re.compile(r"\d[\d.,']*(?:\s\d{3})*")
BESIDES: Final = 2
ENTRY: Final = re.compile(r"(?:\b(?:of|for|purchase|entry|opening)\s+)*#\s?(?P<number>\d+)\b:?", re.IGNORECASE)
"""The number of an entry, as the bot writes it."""


class Taxed(NamedTuple):
    """A line without what it says about tax: the value for `tax=` ("?": to be asked for), and if it is in the price."""

    rest: str
    tax: str = ""
    included: bool = False

    @property
    def words(self) -> str:
        """The line with the options for the tax."""
        tax = f"tax={quoted(self.tax)}" if self.tax else ""
        return " ".join(filter(None, (*self.rest.split(), tax, "included=yes" if self.included else "")))


def purchase_line_of(given: Command, text: str) -> str:
    """The line that the bot itself would print for what was written after `/buy`."""
    refuse_unknown(given, text)
    left, day = apart(given, _of_today(text), is_figure=lambda words: PRICELIKE.fullmatch(words) is not None)
    try:
        return on_day(_priced(given, refuse_unused(given, left)), day)
    except DoubtError as doubt:
        raise keeping_day(doubt, day) from doubt


def _priced(given: Command, text: str) -> str:
    if NAMED.search(text) is not None:
        return f"{given.name} {text}".strip()
    text = STUCK.sub(" ", BESIDE.sub(" ", text))
    if (doubtful := WITH.search(text)) is not None:
        on_top = _taxed(f"{text[: doubtful.start()]} {text[doubtful.end() :]}")
        inside = on_top._replace(tax=on_top.tax.strip("?"), included=True)
        rows = (("button-tax-on-top", on_top), ("button-tax-inside", inside))
        raise DoubtError(say("doubt-tax"), *(Button(say(label), f"{given.name} {one.words}") for label, one in rows))
    return f"{given.name} {_taxed(text).words}".strip()


def _of_today(text: str) -> str:
    """The line without words such as "today"."""
    for token in reversed(tokens_in(text)):
        if token.sort is Sort.TODAY:
            text = without_day(text, token.start, token.end)
    return text


def cost_line_of(given: Command, text: str) -> str:
    """The line that the bot itself would print for what was written after `/cost`; "#12" is the entry that it is of."""
    if (named := ENTRY.search(text)) is None:
        return f"{given.name} {text}".strip()
    rest = STUCK.sub(" ", BESIDE.sub(" ", _without(text, named)))
    taxed = _taxed(rest, besides=1) if NAMED.search(rest) is None else Taxed(rest)
    return f"{given.name} {taxed.words} number={named['number']}"


def _taxed(text: str, besides: int = BESIDES) -> Taxed:
    """Read what a line says about tax."""
    if (none := NONE.search(text)) is not None:
        return Taxed(_without(text, none), "0")
    inside, net = INSIDE.search(text), NET.search(text)
    text = text if inside is None else _without(text, inside)
    text = text if net is None or inside is not None else _without(text, net)
    if (found := _rated(text, besides)) is not None:
        return Taxed(_without(text, found), found["rate"].strip(" .,"), inside is not None)
    if (bare := BARE.search(text)) is not None:
        text = _without(text, bare)
        return Taxed(text, "" if inside is not None or net is not None else "?", inside is not None)
    return Taxed(text, included=inside is not None)


def _rated(text: str, besides: int) -> re.Match[str] | None:
    """Where a line says how much tax there is; `besides` is how many other figures it must have for a mere amount."""
    sure = filter(None, (wording.search(text) for wording in RATED))
    loose = filter(None, (wording.search(text) for wording in LOOSE))
    beside = (found for found in loose if len(COUNTED.findall(_without(text, found))) >= besides)
    return next(chain(sure, beside), None)


def _without(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}"
