"""Whom a limit or a target is for: each member, all together, oneself, or a member by name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Final, NamedTuple

from typing_extensions import override

from bot.command.declaration import Kind, UnfitError
from bot.reply.parts import say
from core.shared.names import folded


class Group(StrEnum):
    """Several people at once."""

    EACH = "each"
    """Every member apart."""
    TOGETHER = "together"
    """All of them in sum."""
    ALL = "all"
    """One of the two, but it is not said which."""


class Whom(NamedTuple):
    """Several people, the speaker, a member by number, or one by the words for their name."""

    group: Group | None = None
    me: bool = False
    number: int = 0
    name: str = ""


EACH: Final = re.compile(
    r"(?:for )?(?:each|every|per|any|a)(?: single)? (?:of (?:us|them|you)|one|member|person|freelancer|head|colleague"
    r"|body|user)(?: (?:apart|separately|alone|individually))?"
    r"|each|apiece|individually|separately|per head"
    r"|(?:all|everyone|everybody|the members|members)(?: of (?:us|them))? (?:apart|each|separately|individually)"
)
TOGETHER: Final = re.compile(
    r"(?:all|everyone|everybody|all members|all of us|us|the members)? ?"
    r"(?:together|in total|in all|in sum|combined|altogether|overall|as a team|as a group)"
    r"|(?:the )?(?:whole|entire|full) (?:team|group|agency|company|wallet)|(?:the )?(?:sum|total)"
)
ALL: Final = re.compile(
    r"(?:for )?(?:all|everyone|everybody|every body|anyone|anybody|(?:all )?(?:the |our |of )?(?:members|people|team|group|agency|us|them)"
    r"|we|all of us|all of them|all members)"
)
ME: Final = frozenset({"me", "myself", "mine", "my own", "i", "for me"})
NUMBERED: Final = re.compile(r"(?:person |member )?#(\d{1,9})")
POSSESSIVE: Final = re.compile(r"['\u2019]s?$")
LONGEST: Final = 60


def group_in(words: str) -> Group | None:
    """The people whom these words mean; None if they mean somebody."""
    text = folded(words)
    for pattern, group in ((EACH, Group.EACH), (TOGETHER, Group.TOGETHER), (ALL, Group.ALL)):
        if pattern.fullmatch(text):
            return group
    return None


@dataclass(frozen=True, slots=True)
class ForWhom(Kind):
    """Whom something is for, such as "Ivan", "me", "#7", "each" or "together"."""

    brief: ClassVar[bool] = False

    @override
    def read(self, words: str) -> Whom:
        text = " ".join(words.split()).strip("@,.:;!?")
        group = group_in(text)
        if group is not None:
            return Whom(group)
        if folded(text) in ME:
            return Whom(me=True)
        if (number := NUMBERED.fullmatch(folded(text))) is not None:
            return Whom(number=int(number[1]))
        name = POSSESSIVE.sub("", text)
        if not name or len(name) > LONGEST:
            raise UnfitError(say("unfit-whom", words=words[:40]))
        return Whom(name=name)

    @override
    def find(self, tokens: list[str]) -> slice | None:
        return slice(0, len(tokens)) if tokens else None
