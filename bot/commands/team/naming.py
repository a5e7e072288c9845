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
from core.statements.sightings import rows_of

if TYPE_CHECKING:
    from collections.abc import Mapping


@command("teamname", hidden=True)
async def teamname(call: Call, name: Annotated[str, Text(hidden=True)]) -> Reply:
    """Ask whom a name on pages stands for, or remember it. The name is given by its digest."""
    which, _, who = name.partition(" ")
    wallet = call.open_wallet
    called = await _called(call, which)
    names = await roster(call)
    if not who:
        taken = {person for person in (await _people(call)).values() if person is not None}
        question = person_question(called, names, taken, f"teamname {which}")
        return reply(*question.parts, Buttons(question.rows, asks=True))
    number = whole_number(who)
    person = None if number is None else PersonId(number)
    if person is not None and person not in names:
        raise UnfitError(say("button-over"))
    await remember_member(call.store.notes, wallet.id, called, None if person is None else str(person), call.at)
    back = Button(say("button-all-members"), TeamQuery().line)
    known = "no" if person is None else "yes"
    told = say("team-named", name=called, known=known, person="" if person is None else names[person])
    return reply(told, Buttons(((back,),)), replace=True)


async def _people(call: Call) -> Mapping[str, PersonId | None]:
    return await members_named(call.store.notes, call.open_wallet.id, call.at)


async def _called(call: Call, which: str) -> str:
    """The name that has this digest; UnfitError if no page that was imported has it any more."""
    ledger, wallet = call.store.ledger, call.open_wallet.id
    for batch in reversed(standing(await ledger.batches(wallet), BatchKind.HISTORY)):
        async for rows in rows_of(ledger, wallet, batch.number):
            for _, row in rows:
                if row.member and digest(row.member) == which:
                    return row.member
    raise UnfitError(say("button-over"))
