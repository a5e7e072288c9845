"""A member of a team, as people call them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar, Final, NamedTuple

from typing_extensions import override

from bot.command.declaration import Kind, UnfitError
from bot.reply.parts import say
from core.shared.names import folded

ME: Final = frozenset({"me", "myself", "i", "self"})
NUMBER: Final = re.compile(r"#\s?(\d{1,15})")
MENTION: Final = re.compile(r"<@!?(\d{1,20})>")
POSSESSIVE: Final = re.compile(r"['\u2019]s?$")
LONGEST: Final = 100
QUOTES: Final = '"\u201c\u201d\u201e\u00ab\u00bb '


class MemberName(NamedTuple):
    """Somebody as they were named: whoever says it, a person's number, a user of the platform, or a name."""

    me: bool = False
    number: int | None = None
    user: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Member(Kind):
    """A member by their name or a part of it, by "me", by a person's number such as "#7", or by a mention.

    It becomes a `MemberName`; `bot/commands/team/roster.py` finds whom it means in a wallet. In a line it is recognised
    by itself only if it is no plain name.
    """

    names: ClassVar[bool] = True

    @override
    def read(self, words: str) -> MemberName:
        text = " ".join(words.split())
        if (number := NUMBER.fullmatch(text)) is not None:
            return MemberName(number=int(number[1]))
        if (mention := MENTION.fullmatch(text)) is not None:
            return MemberName(user=mention[1])
        name = POSSESSIVE.sub("", folded(text).strip(QUOTES).lstrip("@").rstrip("!.?,"))
        if name in ME:
            return MemberName(me=True)
        if not name or len(name) > LONGEST:
            raise UnfitError(say("unfit-member"))
        return MemberName(name=name)

    @override
    def find(self, tokens: list[str]) -> slice | None:
        first = tokens[0] if tokens else ""
        shaped = NUMBER.fullmatch(first) or MENTION.fullmatch(first) or first.startswith("@") or folded(first) == "me"
        return slice(0, 1) if shaped and first != "@" else None
