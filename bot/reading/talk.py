"""Lines without a command: what they begin with, what they ask, and several commands in one message."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.command.declaration import DoubtError
from bot.reading.lines import line_button, quoted
from bot.reading.questions.interpreting import lines_near
from bot.reading.tokens import SORT_OF
from bot.reply.parts import Button, say
from core.shared.names import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.command.declaration import Command

VERBS: Final = {
    "spent": "spend",
    "used": "spend",
    "applied": "spend",
    "bought": "buy",
    "purchased": "buy",
    "returned": "return",
    "refunded": "return",
    "earned": "earn",
}
"""What people say they did, and the command for it."""
SUBJECTS: Final = frozenset({"i", "we", "i've", "ive", "just", "have"})
MOST_OFFERED: Final = 3
COMMAND: Final = re.compile(
    r"(?<!\S)/([a-z]+)(?:@\w+)?(?=\s|$)|(?<=[;\n])[ \t]*([a-z]+)(?=[ \t]+[#+$]?\d|[ \t]*(?:[;\n]|$))"
    r"|[ \t]+(?:and|then)[ \t]+(undo|buy|return|refund|earn|adjust)(?=[ \t]+(?:last|it|that|[#+$]?\d)|\s*$)",
    re.IGNORECASE,
)
"""A command inside a line: with its slash; after a semicolon or a line break, by its name alone or with a figure; or
after "and", where what follows can only be its own, as in "and undo last".
"""
EXPLAINING: Final = "help"
BETWEEN: Final = " \t\n;"


def as_command(line: str) -> str | None:
    """A line that begins with what somebody did, as a command: "I bought 60 $9" is `buy 60 $9`."""
    words = line.split()
    while words and folded(words[0]) in SUBJECTS:
        words = words[1:]
    name = VERBS.get(folded(words[0])) if words else None
    has_figure = any(letter.isdigit() for letter in line)
    return " ".join((name, *words[1:])) if name is not None and has_figure else None


def names_in(line: str, known: Callable[[str], str | None]) -> list[str]:
    """The commands that a line names among other words."""
    return [name for word in re.findall(r"\w+", folded(line)) if (name := known(word)) is not None]


def buttons_for(line: str, known: Callable[[str], str | None]) -> list[Button]:
    """The commands that may answer a line that is none: those that it names, or what it seems to ask."""
    asked = [near for near in lines_near(line) if known(near.split()[0]) is not None]
    return [line_button(f"/{found}") for found in dict.fromkeys((*asked, *names_in(line, known)))][:MOST_OFFERED]


def refuse_second(given: Command, rest: str, known: Callable[[str], str | None]) -> None:
    """Ask about a line that holds several commands; each becomes a button. `known` gives the name of a command."""
    name, has_text = given.name, any(option.kind.greedy for option in given.options)
    marks = {mark.start(): (mark, found) for mark in COMMAND.finditer(rest) if (found := _called(mark, known))}
    several = given.reader is not None and has_text  # it reads several of its own
    about = given.name == EXPLAINING and list(marks) == [0]  # "/help /buy"
    if not marks or about or (several and {found for _, found in marks.values()} == {name}):
        return
    cuts = [*marks, len(rest)]
    first = rest[: cuts[0]].strip(BETWEEN)
    others = [
        f"/{found} {rest[mark.end() : end].strip(BETWEEN)}"
        for (mark, found), end in zip(marks.values(), cuts[1:], strict=True)
    ]
    text = COMMAND.sub(lambda mark: _quoted(mark[0]) if mark.start() in marks else mark[0], rest)
    whole = [line_button(f"/{name} {text}")] if has_text else []  # quoted text is always text
    raise DoubtError(say("doubt-commands", count=len(marks) + 1), *_each(f"/{name} {first}", others), *whole)


def _quoted(words: str) -> str:
    word = words.strip()
    return words.replace(word, quoted(word))


def _called(mark: re.Match[str], known: Callable[[str], str | None]) -> str | None:
    """The command that is called; None if the word has a meaning of its own in a spend, such as "cost 16"."""
    if mark[1]:
        return known(mark[1])
    word = folded(mark[2] or mark[3])
    return None if word in SORT_OF else known(VERBS.get(word, word))


def _each(first: str, others: Sequence[str]) -> list[Button]:
    lines = dict.fromkeys(" ".join(line.split()) for line in (first, *others))
    return [line_button(line) for line in lines]
