"""The members of a group's wallet, and whom a name means among them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeVar

from bot.command.declaration import MissingOptionError, Suggestion, UnfitError, UnfitOptionError
from bot.command.slips import one_slip_apart
from bot.reply.parts import say
from core.shared.ids import PersonId
from core.shared.names import folded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.command.declaration import Call, Command
    from bot.options.team.members import MemberName

T = TypeVar("T")
MOST_OFFERED: Final = 8
SHORTEST_MISSPELT: Final = 4
JOINING: Final = re.compile(r"\s*(?:,|&|\+|\band\b)\s*")
"""Stands between the names of several people."""


async def roster(call: Call) -> Mapping[PersonId, str]:
    """The names of the wallet's members, in the order of their ids: who has written in the group, or has a role."""
    wallet = call.open_wallet
    known = (*await call.store.people.members(wallet.id), *(person for person, _ in wallet.settings.team.roles))
    return await call.store.people.names({call.team.now(person) for person in known})


async def member_of(call: Call, command: Command, option: str, said: MemberName) -> PersonId:
    """The member who is meant; it is asked who, if it may be several or nobody."""
    names = await roster(call)
    found = await _meant(call, said, names)
    if len(found) == 1:
        return found[0]
    offered = [member_choice(person, names) for person in (found or [*names])[:MOST_OFFERED]]
    words = said.name or f"#{said.number}"
    if found:
        raise MissingOptionError(option, say("ask-which-member", name=words), offered)
    parts = JOINING.split(said.name)
    if len(parts) > 1 and (several := [one for part in parts if part for one in called(part, names)]):
        offered = [member_choice(person, names) for person in dict.fromkeys(several)][:MOST_OFFERED]
        raise UnfitOptionError(command.option(option), UnfitError(say("one-member"), *offered))
    raise UnfitOptionError(command.option(option), UnfitError(say("no-such-member", name=words[:40]), *offered))


async def suggested(call: Call, typed: str) -> Sequence[Suggestion]:
    """The members whose name fits what was typed so far."""
    names = await roster(call)
    return [member_choice(person, names) for person, name in names.items() if folded(typed) in folded(name)]


def member_choice(person: PersonId, names: Mapping[PersonId, str]) -> Suggestion:
    """A member to choose by a press; one of several with the same name with a number."""
    name = names[person]
    alike = sum(folded(other) == folded(name) for other in names.values()) > 1
    return Suggestion(f"#{person}", say("member-numbered" if alike else "raw", text=name, number=person))


async def _meant(call: Call, said: MemberName, names: Mapping[PersonId, str]) -> list[PersonId]:
    if said.me and call.speaks_as_chat:
        raise UnfitError(say("member-anonymous"))
    if said.me:
        return [call.person.id]
    if said.number is not None:
        return [person for person in names if person == call.team.now(PersonId(said.number))]
    if said.user:
        return [person for person in names if await _is_user(call, person, said.user)]
    return called(said.name, names)


async def _is_user(call: Call, person: PersonId, user: str) -> bool:
    known = await call.store.people.identities(person)
    return any((one.platform, one.user) == (call.chat.platform, user) for one in known)


def called(name: str, names: Mapping[T, str]) -> list[T]:
    """Who has this name; else who has it as one of their names, or as its beginning; else with one slip in it."""
    known = {person: folded(one) for person, one in names.items()}
    for fits in (_is_all, _is_word, _begins, _is_misspelt):
        if found := [person for person, one in known.items() if fits(name, one)]:
            return found
    return []


def _is_all(name: str, known: str) -> bool:
    return name == known


def _is_word(name: str, known: str) -> bool:
    return name in known.split()


def _begins(name: str, known: str) -> bool:
    return known.startswith(name) or any(word.startswith(name) for word in known.split())


def _is_misspelt(name: str, known: str) -> bool:
    return len(name) >= SHORTEST_MISSPELT and any(one_slip_apart(name, word) for word in (known, *known.split()))
