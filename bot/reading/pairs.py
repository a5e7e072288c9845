"""Finds the options that a line names, as in "ends=5 days". What stands in quotes, code or tags is text."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.command.declaration import UnfitError
from bot.options.spans import TOKEN, tokens_of
from bot.options.text import Text
from bot.reading.lines import QUOTED, plain_value
from bot.reply.parts import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.command.declaration import Command, Kind

SIGN: Final = r"[^\W\d_][\w-]* ?=(?![=>])"
"""A name and its equals sign. A quote that closes directly before them ends all the same: `"a b"tags=c`."""
APART: Final = re.compile(
    rf"(?<![^\s=(])(?P<quoted>{QUOTED})(?:(?!\w)|(?={SIGN}))|```.*?```|`[^`]*`|<[^<>]*>", re.DOTALL
)
NAME: Final = re.compile(r"(?<![^\s\1])(-{0,2})([^\W\d_][\w-]*)( ?)=( ?)(?![=>])")
SINGLE: Final = re.compile(r"'([^']*)'(?=\s|$)")
ENDING: Final = ",;"
MOST_MORE: Final = 9
"""How many words a value may have after its first, as in "the first monday of each month at 9"."""


class Pair(NamedTuple):
    """A word before an equals sign, where it begins and where its value begins.

    `sure`: no blank is between, and no dash before it, as in a line that calls a program.
    """

    name: str
    start: int
    begin: int
    sure: bool


class Named(NamedTuple):
    """The words of each option that a line names, and the pieces of text around them."""

    words: dict[str, str]
    pieces: tuple[str, ...]

    @property
    def rest(self) -> str:
        """The pieces as one text."""
        return " ".join(piece.strip(" ") for piece in self.pieces if piece.strip(" ")).replace("\n ", "\n")


def pairs_of(line: str) -> Iterator[Pair]:
    """Everything in a line that looks like a named option, known or not."""
    masked = APART.sub(lambda apart: ("\1" if apart["quoted"] else "\0") * len(apart[0]), line)
    for found in NAME.finditer(masked):
        value = re.split(r"\s", masked[found.end() :], maxsplit=1)[0]
        if value.count("(") < value.count(")"):  # an argument in code, as in "f(a, b=3)"
            continue
        yield Pair(found[2].casefold(), found.start(), found.end(), not found[1] and not found[3])


def named_in(given: Command, line: str) -> Named:
    """The options that a line names, and the rest. Unquoted text goes on to the next named option.

    Raises UnfitError if an option is named twice, or without a value.
    """
    names = {option.name for option in given.options}
    pairs = [pair for pair in pairs_of(line) if pair.name in names]
    words: dict[str, str] = {}
    pieces, at = [], 0
    for pair, after in zip_longest(pairs, pairs[1:]):
        if pair.name in words:
            raise UnfitError(say("unfit-name-twice", name=pair.name))
        pieces.append(line[at : pair.start])
        kind, limit = given.option(pair.name).kind, len(line) if after is None else after.start
        at = _end_of(kind, line, pair.begin, limit, alone=kind.named and any(map(str.strip, pieces)))
        words[pair.name] = _value(kind, line[pair.begin : at])
        if not line[pair.begin : at].strip():
            raise UnfitError(say("unfit-no-value", option=pair.name))
    return Named(words, (*pieces, line[at:]))


def pairs_in(given: Command, line: str) -> tuple[dict[str, str], str]:
    """The options that a line names, and the rest as one text."""
    named = named_in(given, line)
    return named.words, named.rest


def _value(kind: Kind, written: str) -> str:
    """A value without the quotes around it, or the separator after it."""
    text = written.strip()
    single = SINGLE.fullmatch(text)
    if single is not None:
        return single[1]
    return plain_value(text if kind.greedy else text.rstrip(ENDING))


def _end_of(kind: Kind, line: str, begin: int, limit: int, *, alone: bool) -> int:
    """Where the value that begins here ends: with its quotes, or with the last word that belongs to it.

    `alone`: the text stands before it, so that words which make no sense are not text but all of an unfit value.
    """
    whole = re.compile(QUOTED).match(line, begin) or SINGLE.match(line, begin)
    if whole is not None or kind.greedy:
        return limit if whole is None else whole.end()
    ends = [begin + word.end() for word in re.finditer(TOKEN, line[begin:limit])][: MOST_MORE + 1]
    own = ends[: own_words(kind, tokens_of(line[begin:limit]))][-1:]  # such as "1 000", fit or not
    return max(*own, _last_of(kind, line[:limit], begin, ends, alone=alone and not own), begin)


def _last_of(kind: Kind, line: str, begin: int, ends: list[int], *, alone: bool) -> int:
    """Which of the ends of words is the end of the value."""
    if not ends or line[begin].isspace():  # nothing stands there, and what is on the next line is not meant
        return begin
    if kind.brief:
        return next((end for end in ends if not _goes_on(line[begin:end], line[end:])), ends[-1])
    found = next((end for end in reversed(ends) if is_meant(kind, line[begin:end])), ends[0])
    return ends[-1] if alone and not fits(kind, line[begin:found].rstrip(ENDING)) else found


def own_words(kind: Kind, tokens: list[str]) -> int:
    """How many of the words after its name an option finds to be its own; 0 if it must fit them instead."""
    span = kind.find(tokens) if kind.longest else None
    return 0 if span is None or span.start else span.stop


def _goes_on(value: str, after: str) -> bool:
    """Whether a comma says that more words belong to a value."""
    return value.endswith((",", ";")) or after.lstrip().startswith((",", ";"))


def fits(kind: Kind, words: str) -> bool:
    """Whether an option of this kind can read the words."""
    try:
        kind.read(words)
    except UnfitError:
        return False
    return True


def is_meant(kind: Kind, words: str) -> bool:
    """Whether an option can read the words, or asks what they mean because they leave something open."""
    try:
        kind.read(words.rstrip(ENDING))
    except UnfitError as error:
        return bool(error.answers)
    return True


def as_written(given: Command) -> bool:
    """Whether all that is not named is one text, in which line breaks must be kept."""
    return all(option.kind.named or (isinstance(option.kind, Text) and option.kind.lines) for option in given.options)


def reads_itself(given: Command) -> bool:
    """Whether a kind of option that is no text reads whole lines by itself, as that of `/adjust` does."""
    return any(option.kind.greedy and not isinstance(option.kind, Text) for option in given.options)


def only_texts(given: Command) -> bool:
    """Whether all that a line does not name is text."""
    return all(option.kind.named or option.kind.greedy for option in given.options)
