"""Parses a line by the options of its command: which words belong to which option, and their values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bot.command.declaration import UnfitError, UnfitOptionError
from bot.options.base import FILLERS
from bot.options.figures import is_figure
from bot.options.numbers import Whole
from bot.options.spans import tokens_of
from bot.reading.bare import refuse_bare
from bot.reading.dating import with_day
from bot.reading.leftovers import doubt_about, is_undated, refuse_unused, words_and_days
from bot.reading.pairs import as_written, fits, own_words, pairs_in
from bot.reading.unknown import refuse_unknown
from bot.reply.parts import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.command.declaration import Command

ASK_ME: Final = "?"  # as a value, makes the bot ask for the option, as in a button's line "settings zone=?"


def words_of(given: Command, line: str, *, typed: bool = False) -> dict[str, str]:
    """The words of a line for each option. Raises UnfitError if words are left over.

    A line that a person `typed` is read whole: DoubtError asks about what may mean something else than it would be
    taken for. A line that the bot printed is taken as it stands.
    """
    if typed:
        refuse_unknown(given, line)
        refuse_bare(given, line)
        line = refuse_unused(given, with_day(given, line))
    if not given.options:
        return {}
    values, left = pairs_in(given, line)
    if as_written(given):
        tokens = list(filter(None, [left.strip()]))
    else:
        tokens = words_and_days(left) if typed and is_undated(given) else tokens_of(left)
    if not any(option.kind.greedy for option in given.options):
        _take_named(tokens, given, values)
        _complete(given, tokens, values)
    while _find(given, tokens, values):
        pass
    if typed:
        doubt_about(given, tokens, values)
    for option in given.options:
        option.kind.check_rest(tokens)
    _give_rest(given, tokens, values)
    return values


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
            count = own_words(given.option(name).kind, tokens[at + 1 :]) or 1
            values[name] = " ".join(tokens[at + 1 : at + 1 + count])
            del tokens[at : at + 1 + count]
        else:
            at += 1


def _complete(given: Command, tokens: list[str], values: dict[str, str]) -> None:
    """A value may have several words: the second word of "zone=new york" is still among the tokens."""
    for name, words in values.items():
        for count in (1, 2):
            longer = " ".join((words, *tokens[:count]))
            if not fits(given.option(name).kind, words) and fits(given.option(name).kind, longer):
                values[name] = longer
                del tokens[:count]
                return


def _give_rest(given: Command, tokens: list[str], values: dict[str, str]) -> None:
    """Give what is left to the text option, or else to the first required option without words."""
    greedy = next((option.name for option in given.options if option.kind.greedy and option.name not in values), None)
    if greedy is not None:
        _give_figure(given, tokens, values)
        if tokens:
            values[greedy] = " ".join(tokens)
        return
    left = [token for token in tokens if token.casefold() not in FILLERS]
    only = len(given.shown) == 1  # then there is no doubt whose words they are
    fitting = (o for o in given.options if o.name not in values and (o.required or (only and not o.kind.hidden)))
    missing = next((option.name for option in fitting), None)
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
