"""Parses a line by the options of its command: which words belong to which option, and their values."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final

from bot.command.declaration import UnfitError, UnfitOptionError
from bot.options.base import FILLERS
from bot.options.figures import is_figure
from bot.options.numbers import Whole
from bot.options.spans import TOKEN, tokens_of
from bot.options.text import Text
from bot.reply.parts import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.command.declaration import Command

ASK_ME: Final = "?"  # as a value, makes the bot ask for the option, as in a button's line "settings zone=?"
QUOTES: Final = '"\u201c\u201d\u201e\u00ab\u00bb'  # phones replace typed quotes by typographic ones
TYPOGRAPHIC: Final = "[\u201c\u201e\u00ab][^\u201c\u201d\u00bb]*[\u201c\u201d\u00bb]"
MOST_MORE: Final = 2
PAIR: Final = re.compile(rf'(?<!\S)(\w+)=("[^"]*"|{TYPOGRAPHIC}|\S+)')


def words_of(given: Command, line: str) -> dict[str, str]:
    """The words of a line for each option. Raises UnfitError if words are left over.

    A command without options ignores the words after it, such as the code of a link that led to `/start`.
    """
    if not given.options:
        return {}
    values, left = _pairs_in(given, line)
    tokens = list(filter(None, [left.strip()])) if _as_written(given) else tokens_of(left)
    if not any(option.kind.greedy for option in given.options):
        _take_named(tokens, given, values)
        _complete(given, tokens, values)
    while _find(given, tokens, values):
        pass
    for option in given.options:
        option.kind.check_rest(tokens)
    _give_rest(given, tokens, values)
    return values


def _pairs_in(given: Command, line: str) -> tuple[dict[str, str], str]:
    """The options that a line names (`ends=5 days`), and the rest. Unquoted text goes on to the next named option."""
    names = {option.name for option in given.options}
    pairs = [pair for pair in PAIR.finditer(line) if pair[1] in names]
    values: dict[str, str] = {}
    rest, at = "", 0
    for pair, after in zip_longest(pairs, pairs[1:]):
        rest, at = rest + line[at : pair.start()], _end_of(given, line, pair, after)
        values[pair[1]] = line[pair.start(2) : at].strip().strip(QUOTES)
    return values, rest + line[at:]


def _end_of(given: Command, line: str, pair: re.Match[str], after: re.Match[str] | None) -> int:
    """Where the words of a named option end. Following words belong to it if it needs them, as in "ends=5 days"."""
    limit, begin = len(line) if after is None else after.start(), pair.start(2)
    if pair[2][0] in QUOTES:
        return pair.end()
    if given.option(pair[1]).kind.greedy:
        return limit
    if count := _own(given, pair[1], tokens_of(line[begin:limit])):
        return begin + _length(line[begin:limit], count)
    for more in range(1, MOST_MORE + 2):
        longer = line[begin : begin + _length(line[begin:limit], more)]
        if longer and _fits(given, pair[1], longer):
            return begin + len(longer)
    return pair.end()


def _own(given: Command, name: str, tokens: list[str]) -> int:
    """How many of the words after its name an option finds to be its own; 0 if it must fit them instead."""
    kind = given.option(name).kind
    span = kind.find(tokens) if kind.longest else None
    return 0 if span is None or span.start else span.stop


def _length(line: str, words: int) -> int:
    """The length of so many words at the beginning of a line; 0 if it has fewer."""
    found = re.match(rf"{TOKEN}(?:\s+{TOKEN}){{{words - 1}}}", line)
    return 0 if found is None else found.end()


def _as_written(given: Command) -> bool:
    """Whether all that is not named is one text, in which line breaks must be kept."""
    return all(option.kind.named or (isinstance(option.kind, Text) and option.kind.lines) for option in given.options)


def _find(given: Command, tokens: list[str], values: dict[str, str]) -> bool:
    """Let each option find its words. True if any did: what is left may then make sense to another."""
    found = False
    for option in sorted(given.options, key=lambda option: not option.kind.eager):
        span = None if option.name in values or option.kind.greedy or option.kind.named else option.kind.find(tokens)
        if span is not None:
            values[option.name] = " ".join(tokens[span])
            del tokens[span]
            found = True
    return found


def _take_named(tokens: list[str], given: Command, values: dict[str, str]) -> None:
    """If no option takes free text, "zone Kyiv" is as good as "zone=Kyiv"."""
    names = {option.name for option in given.shown}
    at = 0
    while at < len(tokens) - 1:
        name = tokens[at].casefold()
        if name in names - values.keys() and (at == 0 or name not in FILLERS):
            count = _own(given, name, tokens[at + 1 :]) or 1
            values[name] = " ".join(tokens[at + 1 : at + 1 + count])
            del tokens[at : at + 1 + count]
        else:
            at += 1


def _complete(given: Command, tokens: list[str], values: dict[str, str]) -> None:
    """A value may have several words: the second word of "zone=new york" is still among the tokens."""
    for name, words in values.items():
        for count in (1, 2):
            longer = " ".join((words, *tokens[:count]))
            if not _fits(given, name, words) and _fits(given, name, longer):
                values[name] = longer
                del tokens[:count]
                return


def _fits(given: Command, name: str, words: str) -> bool:
    try:
        given.option(name).kind.read(words)
    except UnfitError:
        return False
    return True


def _give_rest(given: Command, tokens: list[str], values: dict[str, str]) -> None:
    """Give what is left to the text option, or else to the first required option without words."""
    greedy = next((option.name for option in given.options if option.kind.greedy and option.name not in values), None)
    if greedy is not None:
        _give_figure(given, tokens, values)
        if tokens:
            values[greedy] = " ".join(tokens)
        return
    left = [token for token in tokens if token.casefold() not in FILLERS]
    only = len(given.options) == 1  # then there is no doubt whose words they are
    missing = next((o.name for o in given.options if (o.required or only) and o.name not in values), None)
    if left and missing is not None:
        values[missing] = " ".join(left)
    elif left:
        raise UnfitError(say("unfit-leftover", words=" ".join(left)[:60], command=given.name))


def _give_figure(given: Command, tokens: list[str], values: dict[str, str]) -> None:
    """A figure that is not a whole number is not text either: a number option gets it, and will explain why not."""
    for option in given.options:
        if not isinstance(option.kind, Whole) or option.kind.named or option.name in values:
            continue
        if tokens and is_figure(tokens[0], spelled=option.required or len(tokens) == 1):
            values[option.name] = tokens.pop(0)
        elif tokens and option.kind.trails and is_figure(tokens[-1]):
            values[option.name] = tokens.pop()


def read_values(given: Command, words: Mapping[str, str]) -> dict[str, Any]:
    """The value of each option, or its default; an option to ask for is left out.

    Raises UnfitOptionError for the first option whose words do not fit.
    """
    values: dict[str, Any] = {}
    for option in given.options:
        if words.get(option.name) == ASK_ME:
            continue
        if option.name in words:
            try:
                values[option.name] = option.kind.read(words[option.name])
            except UnfitError as error:
                raise UnfitOptionError(option, error) from error
        elif not option.required:
            values[option.name] = option.default
    return values
