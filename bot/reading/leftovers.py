"""What is left of a line for a text: it is text while it looks like text, and is asked about if it does not."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from bot.command.declaration import DoubtError
from bot.options.numbers import Whole
from bot.options.spans import tokens_of
from bot.options.text import Text
from bot.reading.days import without_day
from bot.reading.lines import line_of
from bot.reading.tokens import Sort, Token, tokens_in
from bot.reply.parts import Button, say
from core.shared.names import folded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.command.declaration import Command, Option

POLITE: Final = frozenset(["please", "pls", "plz", "thanks", "thx", "thank", "you", "now", "ok", "okay", "kindly"])
COURTESY: Final = re.compile(r"(?:[\s,]+|^)(?:please|pls|plz|thanks|thx)[.!]*\s*$", re.IGNORECASE)
SAME: Final = {
    "undo": frozenset(["last", "latest", "it", "that", "this", "previous", "one", "the", "my", "entry"]),
    "history": frozenset(["all", "my", "the", "full"]),
    "balance": frozenset(["my", "the", "current", "show"]),
    "lots": frozenset(["my", "the", "show"]),
    "expiring": frozenset(["soon", "my", "the", "all", "show", "connects", "lots"]),
}
"""Words after a command that say no more than the command itself does."""
CODE: Final = frozenset({"start"})
"""Commands after which the code of a link may stand."""


def refuse_unused(given: Command, line: str) -> str:
    """The line without words that add nothing; asks about others if the command takes none."""
    if any(isinstance(option.kind, Text) and not option.kind.named for option in given.options):
        return COURTESY.sub("", line) if is_undated(given) else line
    if any(option.kind.greedy for option in given.options):
        return COURTESY.sub("", line)  # every other word may mean something to a kind that reads whole lines
    adds_nothing = POLITE | SAME.get(given.name, frozenset())
    words = line.split()
    used = [word for word in words if folded(word).strip(".,!?") not in adds_nothing and not _is_picture(word)]
    if given.options or not used:
        return " ".join(used)
    if given.name in CODE and len(words) == 1 and not words[0].isdecimal():
        return ""
    figures = [token.value for token in tokens_in(line) if token.sort is Sort.FIGURE]
    instead = [f"opening {figures[0]}"] if given.name in CODE and figures else []  # what they had before
    rows = (Button(say("button-line", line=f"/{button}"), button) for button in (*instead, given.name))
    raise DoubtError(say("doubt-unused", words=" ".join(used)[:60], command=given.name), *rows)


def is_undated(given: Command) -> bool:
    """Whether the command takes a text that no day may stand in."""
    return any(isinstance(option.kind, Text) and option.kind.undated for option in given.options)


def words_and_days(line: str) -> list[str]:
    """The words of a line, in which a day such as "Nov 5" is one, so that its figure is no amount."""
    found, at = [], 0
    for day in (token for token in tokens_in(line) if token.sort is Sort.DAY):
        found += [*tokens_of(line[at : day.start]), " ".join(day.text.split())]
        at = day.end
    return [*found, *tokens_of(line[at:])]


def _day(words: str, rest: Sequence[str], tokens: Sequence[Token]) -> tuple[int, int] | None:
    """Where a text has a day. One of several words was found in the whole line already."""
    whole = next((word for word in rest if " " in word), "")
    if whole:
        return words.index(whole), words.index(whole) + len(whole)
    return next(((token.start, token.end) for token in tokens if token.sort is Sort.DAY), None)


def _is_picture(word: str) -> bool:
    """Whether a word is an emoji, or several."""
    return all(unicodedata.category(letter) in {"So", "Sk", "Mn", "Cf"} for letter in word)


def doubt_about(given: Command, rest: Sequence[str], values: Mapping[str, str]) -> None:
    """Ask about what is left for a text if it holds a figure that may be an amount, or a day."""
    text = next((option for option in given.options if option.kind.greedy and option.name not in values), None)
    if text is None or not isinstance(text.kind, Text) or text.kind.lines or text.kind.named or not rest:
        return
    words = " ".join(rest)
    tokens = tokens_in(words)
    figure = None if text.kind.figures else _amount(given, tokens, values)
    if figure is not None:
        titled = {**values, text.name: words}
        sentence = say("doubt-rest", figure=figure.text)
        raise DoubtError(sentence, _as_text(given, titled, words))
    day = _day(words, rest, tokens) if text.kind.undated else None
    if day is not None:
        left = without_day(words, *day)
        today = {**values, **({text.name: left} if left else {})}
        raise DoubtError(
            say("unfit-undated", words=words[slice(*day)]),
            Button(say("button-today"), line_of(given.name, today)),
            _as_text(given, {**values, text.name: words}, words),
        )


def _amount(given: Command, tokens: Sequence[Token], values: Mapping[str, str]) -> Token | None:
    """A figure at an edge of the text, where another option of the command takes figures and has got one already."""
    if not tokens or not any(_takes(option) and option.name in values for option in given.options):
        return None
    return next((token for token in (tokens[0], tokens[-1]) if token.sort is Sort.FIGURE), None)


def _takes(option: Option) -> bool:
    """Whether an option takes a figure from either end of a line."""
    return isinstance(option.kind, Whole) and option.kind.trails and not option.kind.named


def _as_text(given: Command, values: Mapping[str, str], words: str) -> Button:
    return Button(say("button-as-text", words=words[:40]), line_of(given.name, values))
