"""Whom a limit or a target is for: each member, all together, oneself, or a member by name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Final, NamedTuple

from typing_extensions import override

from bot.command.declaration import Kind
from bot.options.team.members import Member, MemberName
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
    """Several people, or one of them."""

    group: Group | None = None
    member: MemberName | None = None


EACH: Final = re.compile(
    r"(?:for )?(?:each|every|per|any|a)(?: single)? (?:of (?:us|them|you)|one|member|person|freelancer|head"
    r"|colleague|body|user)(?: (?:apart|separately|alone|individually))?"
    r"|(?:for )?(?:each|apiece|individually|separately|per head)"
    r"|(?:all|everyone|everybody|the members|members)(?: of (?:us|them))? (?:apart|each|separately|individually)"
)
TOGETHER: Final = re.compile(
    r"(?:all|everyone|everybody|all members|all of us|us|we|the members)? ?"
    r"(?:together|in total|in all|in sum|combined|altogether|overall|as a team|as a group)"
    r"|(?:the )?(?:whole|entire|full) (?:team|group|agency|company|wallet)|(?:the )?(?:sum|total)"
)
ALL: Final = re.compile(
    r"(?:for )?(?:all|everyone|everybody|anyone|anybody|we|(?:all )?(?:of |the |our )?(?:members|people|team|group"
    r"|agency|us|them))"
)


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

    names: ClassVar[bool] = True

    @override
    def read(self, words: str) -> Whom:
        group = group_in(words)
        return Whom(member=Member().read(words)) if group is None else Whom(group)

    @override
    def find(self, tokens: list[str]) -> slice | None:
        return slice(0, 1) if tokens and group_in(tokens[0]) is not None else Member().find(tokens)
