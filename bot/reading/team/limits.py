"""Reads what people write after /limit: "ivan 100 a week", "$50 a month together", "2 off", "max 10 per day".

A line is read whole: what has no meaning here is taken for a name, and asked about if nobody is called so.
"""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from bot.command.declaration import DoubtError
from bot.options.figures import money_in, whole_number
from bot.options.spans import MOST_TOKENS, tokens_of
from bot.options.team.whom import group_in
from bot.reading.leftovers import COURTESY
from bot.reading.lines import line_of
from bot.reading.pairs import pairs_in
from bot.reading.unknown import refuse_unknown
from bot.reply.parts import Button, say
from core.shared.names import folded
from core.wallets.team import Act, Period

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bot.command.declaration import Command

UNIT: Final = r"(?P<unit>day|week|month)s?"
PER: Final = re.compile(
    rf"(?:/ ?|\b(?:in |within |for )?(?:an?|per|each|every)(?: calendar)? |(?<=\d) ){UNIT}\b"
    r"|\b(?P<ly>dai|week|month)ly\b"
)
OTHER_PERIOD: Final = re.compile(
    r"(?:/ ?|\b(?:an?|per|each|every) )(?:hour|quarter|year|fortnight|sprint|weekday|weekend|working day|job|project"
    r"|bid|proposal|(?:two|three|\d+) (?:days|weeks|months))s?\b"
    r"|\b(?:hourly|quarterly|yearly|annually|annual|fortnightly|biweekly)\b"
)
ONCE: Final = re.compile(
    rf"\b(?:for |in |until the end of )?(?:this|the next|next|the) {UNIT}\b|\b(?:for )?(?P<day>today)\b"
)
WEEKDAY: Final = r"(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?"
BOUND: Final = re.compile(
    rf"\b(?:until|till|up to|by|before|from|since|starting|as of) (?:(?:next|this|on|the) )*(?:{WEEKDAY}|tomorrow|today"
    r"|now|week|month|end of .*|\d{1,2}(?:st|nd|rd|th)\b.*|\d{4}-\d\d-\d\d)(?!\S)"
)
BOUNDED: Final = "doubt-limit-bound"
RELATIVE: Final = re.compile(
    r"(?<!\S)[+\u2212-]\d|\bby \d|\b\d+ (?:connects )?(?:more|less)\b(?! than)"
    r"|\b(?:doubl|halv|rais|lift|increas|lower|reduc|decreas)(?:e|ed|ing)?\b(?!.*\bto\b)"
)
"""What is said of the limit that there is, and not as a whole."""
NO_BOOSTS: Final = re.compile(r"\b(?:no|zero|0|without(?: any)?) boost(?:s|ing)?\b")
NOT: Final = r"(?:do not|don['\u2019]?t|dont|never|not|no|without)"
MILD: Final = re.compile(
    rf"\b(?:{NOT} block(?:ing)?|(?:only |just )?warn(?:s|ed|ing|ings)?(?: only)?(?: (?:me|us|him|her|them))?"
    r"|soft|tell (?:me|us))\b"
)
STRICT: Final = re.compile(
    rf"\b(?:{NOT} warn(?:ing)?|block(?:s|ed|ing)?(?: (?:him|her|them|it))?|hard|strict|strictly|refuse|forbid|stop)\b"
)
BOOSTS: Final = re.compile(r"\b(?:(?:on|for|of|in|only|just) )*boost(?:s|ed|ing)?(?: (?:only|alone|apart|bids?))?\b")
OFF: Final = re.compile(
    r"\b(?:(?:turn|switch|take) off|off|no (?:more )?(?:limits?|targets?|goals?)|without (?:an? |any )?limits?"
    r"|unlimited|remove|delete|drop|clear|cancel)\b"
)
NUMBERED: Final = re.compile(r"#(?P<sign>\d{1,6})\b|\b(?:number|no\.?) (?P<word>\d{1,6})\b")
CHANGED: Final = re.compile(r"(\d{1,6}) (?:to|->|\u2192|=) (?=\d|[$\u20ac\u00a3])")
"""The number of a limit, before what it is to be."""
SEVERAL: Final = re.compile(r"\s*(?:[,;]|\band\b)\s*")
NAMED_LIMIT: Final = re.compile(r"[^\W\d].*\d")
PROPOSALS: Final = frozenset({"bid", "bids", "proposal", "proposals", "application", "applications", "job", "jobs"})
SMALL_WORDS: Final = """
limit limits set to the is be can may should must shall spend spends spending use uses up please new change make give
let at of for with in over than more not most maximum maximal under below until till only just put cap capped ceiling
if when after above from add create a an every our it their his her which that get gets allow allowed show what left
have having how much still do are so by connects connect i no raise increase lower reduce
"""
NOISE: Final = frozenset(SMALL_WORDS.split())
JOINING: Final = frozenset({"and", "&", "+", ",", "or", "-", "="})
MINE: Final = frozenset({"me", "my", "mine", "myself"})
LABELS: Final = {"day": "button-per-day", "week": "button-per-week", "month": "button-per-month"}
SPELLED: Final = frozenset(
    {
        *("usd", "eur", "gbp", "cad", "aud", "nzd", "chf", "sgd", "inr", "uah", "pln", "sek", "nok", "dkk", "czk"),
        *("dollar", "dollars", "bucks", "euro", "euros", "pound", "pounds", "rupee", "rupees", "hryvnia", "hryvnias"),
    }
)
"""Currencies in lower case that are nobody's name."""
UNITS: Final = tuple(str(period) for period in Period)


def limit_line(given: Command, typed: str) -> str:
    """The line that the bot itself would print. DoubtError if it may mean several things."""
    refuse_unknown(given, typed)
    named, rest = pairs_in(given, typed)
    text = " ".join(COURTESY.sub("", rest).rstrip("?!. ").split())
    _refuse_several(given, text)
    _refuse_relative(given, text)
    text, periods = _periods(given, text, named)
    text, acts = _acts(text)
    text, boosts = all_of(BOOSTS, text)
    text, off = all_of(OFF, text)
    text, number = _number(text)
    text, figures = _figures(given, text, periods)
    if off and figures:  # with a period it is how high the limit was
        number, figures = number or ("" if periods else figures[0]), []
    words = {
        **({"amount": "off"} if off else {}),
        **({"number": number} if number else {}),
        **({"boosts": "on"} if boosts else {}),
        **_whom(text),
    }
    _check_one(given, {**words, **named}, figures, periods, acts)
    read = {"amount": figures[:1], "per": periods[:1], "act": acts[:1]}
    words = {**{name: said[0] for name, said in read.items() if said}, **words, **named}
    order = [option.name for option in given.options]
    return line_of(given.name, {name: words[name] for name in order if name in words})


def all_of(pattern: re.Pattern[str], text: str) -> tuple[str, list[re.Match[str]]]:
    """The text without what a pattern finds, whatever its case, and what it found."""
    found = list(pattern.finditer(text.lower())) if len(text) == len(text.lower()) else list(pattern.finditer(text))
    for match in reversed(found):
        text = f"{text[: match.start()]} {text[match.end() :]}"
    return " ".join(text.split()), found


def _refuse_relative(given: Command, text: str) -> None:
    """Ask about what is no limit as a whole: so many more than now, or none at all of something."""
    if RELATIVE.search(text.lower()):
        raise DoubtError(say("doubt-limit-more"), Button(say("button-limits"), f"/{given.name}"))
    rest, none = all_of(NO_BOOSTS, text)
    if none:
        line = f"/{given.name} 1 a month for boosts block {rest}".strip()
        raise DoubtError(say("doubt-limit-no-boosts"), Button(say("button-limit-one-boost"), line))


def _periods(given: Command, text: str, named: Mapping[str, str]) -> tuple[str, list[str]]:
    """Take out the periods; asks about those that there are not, and about a first or last day."""
    text, found = all_of(PER, text)
    periods = [match["unit"] or match["ly"].replace("dai", "day") for match in found]
    for pattern, sentence in ((OTHER_PERIOD, "doubt-limit-period"), (ONCE, "doubt-limit-once"), (BOUND, BOUNDED)):
        rest, others = all_of(pattern, text)
        if not others or (periods and pattern is OTHER_PERIOD):
            continue
        kept, words = line_of("", named).strip(), others[0][0].strip()
        if all_of(OFF, rest)[1]:
            raise DoubtError(
                say("doubt-limit-pause", words=words),
                Button(say("button-limit-take"), f"/{given.name} {rest} {kept}".strip()),
            )
        once = others[0].groupdict()
        unit = once.get("unit") or ("day" if once.get("day") else "")
        units = periods[:1] or ([unit] if unit else UNITS)
        readings = (Button(say(LABELS[one]), f"/{given.name} {rest} a {one} {kept}".strip()) for one in units)
        raise DoubtError(say(BOUNDED if periods else sentence, words=words, unit=unit), *readings)
    return text, periods


def _acts(text: str) -> tuple[str, list[str]]:
    """Take out the words for what happens to a spend over the limit, in their order."""
    rest, mild = all_of(MILD, text)
    after, strict = all_of(STRICT, rest)
    if not (mild and strict):
        return after, [str(Act.WARN)] * len(mild) or [str(Act.BLOCK)] * len(strict)
    places = [text.lower().find(found[0]) for found in (mild[0], strict[0])]
    acts = [str(Act.WARN), str(Act.BLOCK)]
    return after, acts if places[0] < places[1] else acts[::-1]


def _number(text: str) -> tuple[str, str]:
    """Take out the number of a limit."""
    if (changed := CHANGED.match(text)) is not None:
        return text[changed.end() :], changed[1]
    rest, found = all_of(NUMBERED, text)
    return (text, "") if not found else (rest, found[0]["sign"] or found[0]["word"])


def _figures(given: Command, text: str, periods: Sequence[str]) -> tuple[str, list[str]]:
    """Take out the amounts; asks about a number of proposals, which no limit counts."""
    tokens, found, left = tokens_of(text), [], []
    while tokens:
        size = next((size for size in range(min(MOST_TOKENS, len(tokens)), 0, -1) if _is_amount(tokens[:size])), 0)
        if not size:
            left.append(tokens.pop(0))
            continue
        found.append(" ".join(tokens[:size]).strip(" ,;"))
        del tokens[:size]
        if tokens and folded(tokens[0]).strip(",.") in PROPOSALS:
            rest = " ".join((*left, *tokens[1:], *(f"a {period}" for period in periods[:1])))
            reading = Button(
                say("button-limit-connects", amount=found[-1]), f"/{given.name} {found[-1]} connects {rest}"
            )
            target = Button(say("button-target-instead", amount=found[-1]), f"/target {found[-1]} bids")
            raise DoubtError(say("doubt-limit-bids", words=f"{found[-1]} {tokens[0]}"), reading, target)
    return " ".join(left), found


def _is_amount(tokens: Sequence[str]) -> bool:
    words = " ".join(tokens)
    if whole_number(words) is not None and not words.startswith(("+", "-")):
        return True
    money = money_in(words)
    return money is not None and not money.each and bool(money.currency or money.sign) and _is_sign(tokens)


def _is_sign(tokens: Sequence[str]) -> bool:
    """Whether what stands beside a figure is its currency: "bob 20" is no sum in bolivianos, "all 50" none in leks."""
    words = (token.strip(",.") for token in tokens if token.isalpha())
    return not any(group_in(word) or not (word.isupper() or folded(word) in SPELLED) for word in words)


def _whom(text: str) -> dict[str, str]:
    """Whom the words that are left mean."""
    words = [word for word in text.split() if folded(word).strip(",.:;") not in NOISE]
    if len(words) > 1 and group_in(text) is None:
        words = [word for word in words if folded(word) != "max"] or words[:1]
    said = text if group_in(text) is not None else said_in(" ".join(words))
    if not said:
        return {}
    return {"member": "me" if folded(said) in MINE else said}


def said_in(text: str) -> str:
    """Words without those that only join them to others, at either end."""
    words = text.split()
    while words and folded(words[0]) in JOINING:
        words.pop(0)
    while words and folded(words[-1]) in JOINING:
        words.pop()
    return " ".join(words).strip(",.:; ")


def _check_one(
    given: Command, words: Mapping[str, str], figures: Sequence[str], periods: Sequence[str], acts: Sequence[str]
) -> None:
    """Ask which is meant if a line has several amounts, periods or kinds of limits."""
    if max(len(figures), len(set(periods)), len(set(acts))) <= 1:
        return
    rows = dict.fromkeys(_each_of(figures, periods, acts))
    lines = [
        {**{name: said for name, said in zip(("amount", "per", "act"), row, strict=True) if said}, **words}
        for row in rows
    ]
    raise DoubtError(
        say("doubt-limit-several"),
        *(Button(say("raw", text=_spoken(one)), line_of(given.name, one)) for one in lines),
    )


def _spoken(one: Mapping[str, str]) -> str:
    """A limit as people would write it."""
    per = f"a {one['per']}" if "per" in one else ""
    boosts = "boosts" if "boosts" in one else ""
    return " ".join(filter(None, (one.get("member"), one.get("amount"), per, boosts, one.get("act"))))


def _refuse_several(given: Command, text: str) -> None:
    """Ask which of several limits, each with somebody's name, is to be set first."""
    parts = [part for part in SEVERAL.split(text) if part]
    if len(parts) > 1 and all(NAMED_LIMIT.match(part) and PER.search(part.lower()) for part in parts):
        firsts = {folded(part.split()[0]) for part in parts}
        if firsts.isdisjoint(NOISE | {"warn", "block"}):
            readings = (Button(say("raw", text=part), f"/{given.name} {part}") for part in parts)
            raise DoubtError(say("doubt-limit-several"), *readings)


def _each_of(*said: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """What belongs together, in its order. What is said once belongs to all."""
    once = ["" if not words else words[-1] for words in said]
    for row in zip_longest(*said):
        yield tuple(word or once[at] for at, word in enumerate(row))
