"""The people of a wallet: who is meant by what somebody said, and who can be chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.command.declaration import MissingOptionError, Suggestion, UnfitError, UnfitOptionError
from bot.options.team.whom import Group, Whom
from bot.reply.parts import say
from core.shared.ids import PersonId
from core.shared.names import folded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.command.declaration import Call

MOST_OFFERED: Final = 20
GROUPS: Final = (
    Suggestion(Group.EACH, say("button-each")),
    Suggestion(Group.TOGETHER, say("button-together")),
)
LIKE_MOST: Final = frozenset({"max"})
"""Names that may as well be the word for "at most"."""


async def roster(call: Call) -> Mapping[PersonId, str]:
    """The members of this chat's wallet with their names."""
    return await call.store.people.names(await call.store.people.members(call.open_wallet.id))


async def people_offered(call: Call, _typed: str) -> tuple[Suggestion, ...]:
    """Everybody whom a limit may be for; in a private chat there is nobody to choose."""
    if not call.group:
        return ()
    names = sorted((await roster(call)).items(), key=lambda one: folded(one[1]))
    return (*GROUPS, *map(_suggested, names[:MOST_OFFERED]))


def _suggested(one: tuple[PersonId, str]) -> Suggestion:
    number, name = one
    return Suggestion(f"#{number}", say("raw", text=name))


async def person_meant(call: Call, command: str, said: Whom) -> PersonId:
    """The one member who is meant; asks which, if several are, or who at all."""
    if said.me:
        return call.person.id
    known = await roster(call)
    if said.number:
        found = [PersonId(said.number)] if said.number in known else []
    else:
        found = _called(known, said.name)
    if len(found) == 1:
        return found[0]
    if found:
        choices = tuple(_suggested((number, f"{known[number]} (#{number})")) for number in found[:MOST_OFFERED])
        raise MissingOptionError("member", say("whom-which", name=said.name), choices)
    if folded(said.name) in LIKE_MOST:
        raise MissingOptionError("member")
    words = said.name or f"#{said.number}"
    raise UnfitOptionError(call.commands[command].option("member"), UnfitError(say("whom-nobody", name=words)))


def _called(known: Mapping[PersonId, str], name: str) -> list[PersonId]:
    """Who is called so: by the whole name, or else by words of it, or else by how it begins."""
    wanted = folded(name)
    for fits in (_is_whole, _is_part, _begins):
        found = [number for number, full in known.items() if fits(folded(full), wanted)]
        if found:
            return found
    return []


def _is_whole(full: str, wanted: str) -> bool:
    return full == wanted


def _is_part(full: str, wanted: str) -> bool:
    return set(wanted.split()) <= set(full.split())


def _begins(full: str, wanted: str) -> bool:
    return full.startswith(wanted) or any(word.startswith(wanted) for word in full.split())
