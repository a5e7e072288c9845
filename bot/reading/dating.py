"""Takes a day out of a line for the option `on=`, and settles which day such words are while it is known."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.command.declaration import DoubtError, UnfitError
from bot.options.returned import Spent
from bot.options.times.past import Past
from bot.reading.days import LEADING_AWAY, without_day
from bot.reading.lines import QUOTED, SEPARATOR, line_of, plain_value, quoted
from bot.reading.pairs import pairs_in, pairs_of
from bot.reading.tokens import TEXT, Sort, Token, tokens_in
from bot.reply.parts import Button, say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from bot.command.declaration import Command

ON: Final = "on"
"""The option that says when something happened."""
VALUE: Final = re.compile(rf"{QUOTED}|[^\s{SEPARATOR}]+")


DAY_OF_MONTH: Final = re.compile(r"\d{1,2}\s+[a-z]+\.?", re.IGNORECASE)
"""A day with its month after it, after which a title may go on, as in "4 July banner"."""


def is_dated(given: Command) -> bool:
    """Whether the command books on a day."""
    return any(isinstance(option.kind, Past) for option in given.options)


def span_of(tokens: Sequence[Token]) -> tuple[int, int] | None:
    """The places of the first and the last token of the day in a line; None if it has none, or several."""
    places = [place for place, token in enumerate(tokens) if token.sort is Sort.DAY]
    if not places:
        return None
    between = (token for token in tokens[places[0] : places[-1]] if token.sort is not Sort.DAY)
    return (places[0], places[-1]) if all(token.text == "," for token in between) else None


def is_certain(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a day can be nothing but when it happened: no part of a title, and no day that something is due."""
    before, after = tokens[:first], tokens[last + 1 :]
    leads_away = bool(before) and before[-1].text.casefold().strip(":") in LEADING_AWAY
    inside = any(one.sort in TEXT for one in before) and any(one.sort in TEXT for one in after)
    goes_on = bool(after) and after[0].sort in TEXT and DAY_OF_MONTH.fullmatch(tokens[last].text) is not None
    return not (leads_away or inside or goes_on) and any(map(_names_a_day, tokens[first : last + 1]))


def _names_a_day(token: Token) -> bool:
    """Whether words are a day wherever they stand: not "friday" or "3rd" alone."""
    return token.sign != "LIKELY" or re.fullmatch(r"\D+|(?:the\s+)?\d+[a-z]{2}", token.text, re.IGNORECASE) is None


def with_day(given: Command, line: str) -> str:
    """The line with its day, if it has one, as the option `on=`; DoubtError if it is not clear which day it is."""
    left, day = apart(given, line)
    return on_day(left, day) if day else line


def apart(given: Command, line: str, *, is_figure: Callable[[str], bool] = lambda _words: False) -> tuple[str, str]:
    """A line and its day in words, if the command books on a day and the line has one; DoubtError if it is unclear.

    `is_figure`: words that have the form of a day and are something else.
    """
    if not is_dated(given):
        return line, ""
    if any(pair.name == ON for pair in pairs_of(line)):
        named, rest = pairs_in(given, line)
        day = named.pop(ON)
        left = line_of(rest.strip(), named) if rest.strip() else line_of(given.name, named).removeprefix(given.name)
        return left.strip(), day
    tokens = [token for token in tokens_in(line) if token.sort is not Sort.DAY or not is_figure(token.text)]
    days = [token for token in tokens if token.sort is Sort.DAY]
    if not days:
        return line, ""
    span = span_of(tokens)
    begin, end = days[0].start, days[0 if span is None else -1].end
    left, words = without_day(line, begin, end), line[begin:end]
    today = Button(say("button-today"), f"/{given.name} {on_day(left, 'today')}")
    try:
        Past().read(words)
    except UnfitError as error:
        readings = [Button(day.label, f"/{given.name} {on_day(left, day.words)}") for day in error.answers]
        raise DoubtError(error.sentence, *(readings or [today])) from error
    if span is None:
        raise DoubtError(say("unfit-days-two"), today)
    if is_certain(tokens, *span):
        return left, words
    if any(isinstance(option.kind, Spent) for option in given.options) and not any(map(str.isdigit, words)):
        return line, ""  # "logo friday" may be the title of a spend, and is asked about if it is none
    then = Button(say("button-that-day", day=words), f"/{given.name} {on_day(left, words)}")
    raise DoubtError(say("doubt-day-plain", words=words), then, today)


def keeping_day(doubt: DoubtError, day: str) -> DoubtError:
    """A doubt about a line without its day, whose readings book on that day."""
    return DoubtError(doubt.sentence, *(replace(one, line=on_day(one.line, day)) for one in doubt.readings))


def on_day(line: str, day: str) -> str:
    """A line that books on a day (empty: today)."""
    return f"{line} {ON}={quoted(day)}".strip() if day else line


def settled(given: Command, words: Mapping[str, str], today: date) -> dict[str, str]:
    """The words of a command's options, in which "yesterday" has become that day, which it will not be tomorrow."""
    found = dict(words)
    if ON in found and is_dated(given):
        found[ON] = _day(found[ON], today)
    return found


def settled_line(line: str, today: date) -> str:
    """The same for a whole line."""
    pieces, at = [], 0
    for pair in pairs_of(line):
        value = VALUE.match(line, pair.begin)
        if pair.name == ON and value is not None:
            day = _day(plain_value(value[0]), today)
            pieces += [line[at : pair.begin], value[0] if day == plain_value(value[0]) else day]
            at = value.end()
    return "".join((*pieces, line[at:]))


def _day(words: str, today: date) -> str:
    try:
        return Past().read(words).of(today).isoformat()
    except UnfitError:
        return words  # the command asks


def settled_doubt(doubt: DoubtError, today: date) -> DoubtError:
    """The same doubt, whose readings mean the same tomorrow."""
    return DoubtError(doubt.sentence, *(replace(one, line=settled_line(one.line, today)) for one in doubt.readings))
