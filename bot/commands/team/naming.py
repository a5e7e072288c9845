"""Says whom the pages of a wallet call by a name, once: it holds for what was booked before as well."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from bot.command.declaration import Call, UnfitError, command
from bot.commands.imports.remembered import members_named, remember_member
from bot.commands.team.roster import roster
from bot.options.figures import whole_number
from bot.options.text import Text
from bot.reply.parts import Button, Buttons, Reply, reply, say
from bot.views.imports.questions import person_question
from bot.views.team.query import TeamQuery
from bot.views.team.report import digest
from core.ledger.sightings import BatchKind, standing
from core.shared.ids import PersonId
from core.shared.names import SOMEONE
from core.statements.sightings import rows_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.reply.parts import Say
    from bot.views.imports.questions import Question


@command("teamname", hidden=True)
async def teamname(call: Call, name: Annotated[str, Text(hidden=True)]) -> Reply:
    """Ask whom a name on pages stands for, or remember it and ask about the next. It is given by its digest."""
    which, _, who = name.partition(" ")
    wallet, every = call.open_wallet, await _names(call)
    called = next((one for one in every if digest(one) == which), None)
    if called is None:
        raise UnfitError(say("button-over"))
    named, names = await members_named(call.store.notes, wallet.id, call.at), await roster(call)
    people = {one: call.team.now(person) for one, person in named.items()}
    if not who:
        asked = _question(called, names, people)
        return reply(*asked.parts, Buttons(asked.rows, asks=True))
    number = whole_number(who)
    person = None if number is None else call.team.now(PersonId(number))
    if person is not None and person not in names:
        raise UnfitError(say("button-over"))
    await remember_member(call.store.notes, wallet.id, called, None if person is None else str(person), call.at)
    known = "no" if person is None else "yes"
    told = say("team-named", name=called, known=known, person="" if person is None else names.get(person, SOMEONE))
    return _told(told, _next(every, names, {**people, called: person}))


def _told(told: Say, asked: Question | None) -> Reply:
    """What is known now, and the next question, if there is one."""
    back = (Button(say("button-all-members"), TeamQuery().line),)
    if asked is None:
        return reply(told, Buttons((back,)), replace=True)
    return reply(told, *asked.parts, Buttons((*asked.rows, back), asks=True), replace=True)


def _next(
    every: Sequence[str], names: Mapping[PersonId, str], people: Mapping[str, PersonId | None]
) -> Question | None:
    """The question about a name of which nobody has said whom it stands for."""
    called = next((one for one in every if one not in people), None)
    return None if called is None else _question(called, names, people)


def _question(called: str, names: Mapping[PersonId, str], people: Mapping[str, PersonId | None]) -> Question:
    taken = {person for person in people.values() if person is not None}
    return person_question(called, names, taken, f"teamname {digest(called)}")


async def _names(call: Call) -> Sequence[str]:
    """The names on all pages that were imported, those of the newest import first."""
    ledger, wallet = call.store.ledger, call.open_wallet.id
    found: dict[str, None] = {}
    for batch in reversed(standing(await ledger.batches(wallet), BatchKind.HISTORY)):
        async for rows in rows_of(ledger, wallet, batch.number):
            found |= {row.member: None for _, row in rows if row.member}
    return tuple(found)
