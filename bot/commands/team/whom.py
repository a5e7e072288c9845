"""Whom a limit or a target is for: who can be chosen, and who is meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.command.declaration import MissingOptionError, Suggestion, UnfitError, UnfitOptionError
from bot.commands.team.roster import member_of, suggested
from bot.options.team.whom import Group
from bot.reply.parts import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.command.declaration import Call
    from bot.options.team.members import MemberName
    from bot.options.team.whom import Whom
    from core.shared.ids import PersonId

WHOM: Final = "member"
"""The option that says so."""
GROUPS: Final = (Suggestion(Group.EACH, say("button-each")), Suggestion(Group.TOGETHER, say("button-together")))
BUT: Final = re.compile(r"\b(?:but|except|besides|without|others|rest|managers|owners|viewers|moderators)\b")
"""Stands in the name of several people, some of whom are left out."""
LIKE_MOST: Final = "max"
"""A name that may as well be the word for "at most"."""


async def people_offered(call: Call, typed: str) -> Sequence[Suggestion]:
    """Everybody whom a limit may be for. In a private chat there is nobody to choose."""
    return (*GROUPS, *await suggested(call, typed)) if call.group else ()


def is_somebody_else(said: Whom | None) -> bool:
    """Whether another person is named, where there is only oneself."""
    return said is not None and said.member is not None and not said.member.me and said.member.name != LIKE_MOST


async def person_meant(call: Call, command: str, said: MemberName) -> PersonId:
    """The one member who is meant; it is asked which, if it may be several or nobody."""
    try:
        return await member_of(call, call.commands[command], WHOM, said)
    except UnfitOptionError as error:
        if said.name == LIKE_MOST:
            raise MissingOptionError(WHOM) from error
        if error.sentence.id == "one-member":
            raise
        sentence = say("nobody-left-out") if BUT.search(said.name) else error.sentence
        raise UnfitOptionError(error.option, UnfitError(sentence, *GROUPS, *error.answers)) from error
