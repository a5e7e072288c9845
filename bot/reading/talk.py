"""Lines without a command: what they begin with, what they ask, and several commands in one message."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from bot.command.declaration import DoubtError
from bot.reply.parts import Button, say
from core.shared.names import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

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
TALK: Final = (
    (re.compile(r"\b(?:expir\w+|run out)\b"), ("expiring",)),
    (re.compile(r"\b(?:history|booked|entries)\b"), ("history",)),
    (re.compile(r"\b(?:how (?:many|much)|left|balance|do i have)\b"), ("balance",)),
    (re.compile(r"^(?:hi|hello|hey|good (?:morning|evening|day)|thanks?|help|what)\b"), ("help", "balance")),
)
"""What people ask about or say, and the commands that answer it."""
COMMAND: Final = re.compile(r"(?<!\S)/([a-z]+)(?:@\w+)?(?=\s|$)", re.IGNORECASE)


def as_command(line: str) -> str | None:
    """A line that begins with what somebody did, as a command: "I bought 60 $9" is `buy 60 $9`."""
    words = line.split()
    while words and folded(words[0]) in SUBJECTS:
        words = words[1:]
    name = VERBS.get(folded(words[0])) if words else None
    told = any(letter.isdigit() for letter in line)
    return " ".join((name, *words[1:])) if name is not None and told else None


def buttons_for(line: str) -> tuple[Button, ...]:
    """The commands that may answer a line that is none."""
    plain = folded(line)
    found = next((names for pattern, names in TALK if pattern.search(plain)), ())
    return tuple(Button(say("button-line", line=f"/{name}"), name) for name in found)


def refuse_second(name: str, rest: str, known: Callable[[str], str | None]) -> None:
    """Ask about a line that holds several commands; each becomes a button. `known` gives the name of a command."""
    marks = [mark for mark in COMMAND.finditer(rest) if known(mark[1]) is not None]
    names = {name, *(known(mark[1]) for mark in marks)}
    if not marks or names == {"spend"}:
        return
    cuts = [0, *(mark.start() for mark in marks), len(rest)]
    parts = [rest[begin:end].strip() for begin, end in pairwise(cuts)]
    raise DoubtError(say("doubt-commands", count=len(marks) + 1), *_each(f"/{name} {parts[0]}", parts[1:]))


def _each(first: str, others: Sequence[str]) -> list[Button]:
    lines = dict.fromkeys(" ".join(line.split()) for line in (first, *others))
    return [Button(say("button-line", line=line[:60]), line) for line in lines]
