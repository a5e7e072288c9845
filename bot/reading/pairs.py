"""The options that a line names, as in `ends=5 days`, and names that the command does not know."""

from __future__ import annotations

import re
from difflib import get_close_matches
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from bot.command.declaration import DoubtError, UnfitError
from bot.options.spans import TOKEN, tokens_of
from bot.options.text import Text
from bot.reading.lines import PAIR, QUOTES, line_of, plain_value, quoted
from bot.reply.parts import Button, say

if TYPE_CHECKING:
    from bot.command.declaration import Command

MOST_MORE: Final = 2
LONGEST_LABEL: Final = 60


def pairs_in(given: Command, line: str) -> tuple[dict[str, str], str]:
    """The options that a line names (`ends=5 days`), and the rest. Unquoted text goes on to the next named option."""
    names = {option.name for option in given.options}
    pairs = [pair for pair in PAIR.finditer(line) if pair[1] in names]
    values: dict[str, str] = {}
    rest, at = "", 0
    for pair, after in zip_longest(pairs, pairs[1:]):
        rest, at = rest + line[at : pair.start()], _end_of(given, line, pair, after)
        values[pair[1]] = plain_value(line[pair.start(2) : at])
    return values, rest + line[at:]


def _end_of(given: Command, line: str, pair: re.Match[str], after: re.Match[str] | None) -> int:
    """Where the words of a named option end. Following words belong to it if it needs them, as in "ends=5 days"."""
    limit, begin = len(line) if after is None else after.start(), pair.start(2)
    if pair[2][0] in QUOTES:
        return pair.end()
    if given.option(pair[1]).kind.greedy:
        return limit
    if count := own_words(given, pair[1], tokens_of(line[begin:limit])):
        return begin + _length(line[begin:limit], count)
    for more in range(1, MOST_MORE + 2):
        longer = line[begin : begin + _length(line[begin:limit], more)]
        if longer and fits(given, pair[1], longer):
            return begin + len(longer)
    return pair.end()


def own_words(given: Command, name: str, tokens: list[str]) -> int:
    """How many of the words after its name an option finds to be its own; 0 if it must fit them instead."""
    kind = given.option(name).kind
    span = kind.find(tokens) if kind.longest else None
    return 0 if span is None or span.start else span.stop


def _length(line: str, words: int) -> int:
    """The length of so many words at the beginning of a line; 0 if it has fewer."""
    found = re.match(rf"{TOKEN}(?:\s+{TOKEN}){{{words - 1}}}", line)
    return 0 if found is None else found.end()


def fits(given: Command, name: str, words: str) -> bool:
    """Whether an option can be read from these words."""
    try:
        given.option(name).kind.read(words)
    except UnfitError:
        return False
    return True


def refuse_unknown(given: Command, line: str) -> None:
    """Ask about a `word=` that names no option of the command: with the nearest option, or as a part of the text.

    A kind of option that reads whole lines by itself, such as that of `/adjust`, is not interfered with.
    """
    if any(option.kind.greedy and not isinstance(option.kind, Text) for option in given.options):
        return
    known = {option.name for option in given.options}
    named = [pair[1] for pair in PAIR.finditer(line) if pair[1] in known]
    if (twice := next((name for name in named if named.count(name) > 1), None)) is not None:
        raise UnfitError(say("unfit-name-twice", name=twice))
    names = [option.name for option in given.shown]
    _, rest = pairs_in(given, line)
    unknown = next((pair for pair in PAIR.finditer(rest) if pair[1] not in known), None)
    if unknown is None or not names:
        return
    name, written = unknown[1], unknown[0]
    near = _nearest(given, names, name, unknown[2])
    readings = [_rewritten(given, line, written, f"{near}={unknown[2]}")] if near else []
    text = next((option.name for option in given.options if option.kind.greedy), None)
    if text is not None:
        readings.append(_as_text(given, line, written, text))
    listed = ", ".join(f"{option}=" for option in names)
    sentence = (
        say("doubt-name-near", name=name[:40], near=near) if near else say("doubt-name", name=name[:40], known=listed)
    )
    raise DoubtError(sentence, *readings)


def _nearest(given: Command, names: list[str], name: str, words: str) -> str:
    """The option that was probably meant: one of a similar name, or the only text."""
    near = get_close_matches(name.casefold(), names, n=1)
    texts = [option.name for option in given.options if option.kind.greedy]
    found = near[0] if near else texts[0] if len(texts) == 1 else ""
    return found if found and fits(given, found, plain_value(words)) else ""


def as_written(given: Command) -> bool:
    """Whether all that is not named is one text, in which line breaks must be kept."""
    return all(option.kind.named or (isinstance(option.kind, Text) and option.kind.lines) for option in given.options)


def _as_text(given: Command, line: str, written: str, text: str) -> Button:
    """The reading in which the name is a part of the text, which quotes make certain."""
    inside, rest = pairs_in(given, line)
    if not as_written(given) or text in inside:
        return _rewritten(given, line, written, quoted(written))
    return _button(f"/{line_of(given.name, {**inside, text: rest.strip()})}")


def _rewritten(given: Command, line: str, written: str, instead: str) -> Button:
    return _button(f"/{given.name} {line.replace(written, instead, 1)}")


def _button(new: str) -> Button:
    label = new if len(new) <= LONGEST_LABEL else f"{new[: LONGEST_LABEL - 1]}\u2026"
    return Button(say("raw", text=label), new)
