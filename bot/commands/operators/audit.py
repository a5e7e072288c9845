"""`/audit`: operators see the whole audit log, admins of a group the records of that group."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Final

from bot.command.declaration import Call, command
from bot.commands.alerts.places import names_in
from bot.options.cost import Cost
from bot.options.money import Money
from bot.options.numbers import Whole
from bot.options.team.ceiling import Most
from bot.reply.parts import Button, Buttons, Fact, Fields, Hour, Recent, Reply, Say, reply, say
from bot.views.money.visibility import shows_money
from core.shared.names import SOMEONE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from bot.command.declaration import Command
    from core.audit_log import AuditRecord
    from core.shared.ids import PersonId

PAGE: Final = 8
MOST: Final = 2**53
PLACE: Final = re.compile(r"\bplace=<?#?(\d+)>?")
WHO: Final = re.compile(r"\b((?:who|member)(?==#)|person(?==\d))=#?(\d+)")
ASKED: Final = "asked"
"""How much is to be allowed of a limit: Connects, or cents."""


@command("audit", hidden=True, needs_wallet=False, read_only=("*",))
async def audit(
    call: Call,
    person: Annotated[int | None, Whole(named=True, high=MOST)] = None,
    before: Annotated[int | None, Whole(named=True, high=MOST)] = None,
) -> Reply:
    """List the actions of operators and admins, newest first."""
    here = call.chat if call.group else None
    only = None if person is None else type(call.person.id)(person)
    found = await call.store.audit_log.records(PAGE + 1, before, here, only)
    if not found:
        return reply(say("audit-nothing"))
    shown = found[:PAGE]
    names = await call.store.people.names({record.person for record in shown} | {*_meant(shown)})
    places = names_in(call)
    rows = tuple(
        (_head(record, names.get(record.person, SOMEONE), call), _line(record, names, places, call)) for record in shown
    )
    people = dict.fromkeys(record.person for record in shown) if person is None else {}
    by_person = [(Button(say("button-only", name=names.get(who, SOMEONE)), f"audit person={who}"),) for who in people]
    more = Button(say("button-older"), f"audit before={shown[-1].id}" + (f" person={person}" if person else ""))
    rows_below = (*(by_person if len(by_person) > 1 else ()), *(((more,),) if len(found) > PAGE else ()))
    title = say("audit-title") if here is None else say("audit-title-here")
    return reply(Fields(rows, title), Buttons(rows_below) if rows_below else None, replace=before is not None)


def _head(record: AuditRecord, name: str, call: Call) -> Say:
    """When, and who: short in a group, where it is read on phones; exact for operators."""
    at = Recent(record.at, call.at) if call.group else Hour(record.at)
    return say("audit-who", at=at, name=name or str(record.person))


def _without_amounts(line: str, commands: Mapping[str, Command]) -> str:
    """A line without the amounts of money in it. A number alone is no money where Connects may stand, too."""
    given = commands.get(line.partition(" ")[0].removeprefix("/"))
    for option in () if given is None else given.options:
        if isinstance(option.kind, Money | Cost | Most) or option.name == ASKED:
            number = r"(?!\d+(?:\s|$))" if isinstance(option.kind, Most) else ""
            amount = rf'\b{option.name}={number}("[^"]*\d[^"]*"?|\S*\d\S*)'
            line = re.sub(amount, f"{option.name}=\u2026", line)
    return line


def _meant(records: Iterable[AuditRecord]) -> Iterator[PersonId]:
    """The people who are named by their numbers: whose role was changed, for example."""
    return (type(record.person)(found) for record in records for _, found in WHO.findall(record.line))


def _written(record: AuditRecord, names: Mapping[PersonId, str], places: Mapping[str, str], call: Call) -> str:
    """The command line, with the names of people and of the parts of a group in place of their ids."""
    people = {str(person): name for person, name in names.items()}
    line = WHO.sub(lambda found: f'{found[1]}="{people[found[2]]}"' if found[2] in people else found[0], record.line)
    line = PLACE.sub(lambda found: f"place={places.get(found[1], found[1])}", line)
    return line if shows_money(call) else _without_amounts(line, call.commands)


def _line(record: AuditRecord, names: Mapping[PersonId, str], places: Mapping[str, str], call: Call) -> Fact:
    """The command line and its outcome; everywhere but in a group, also the chat."""
    everywhere = not call.group
    code, _, detail = record.outcome.partition(" ")
    refused = code == "refused" and not everywhere  # what its code means is for operators
    outcome = say("audit-refused-here") if refused else say(f"audit-{code}", about=detail)
    if everywhere:
        return say("audit-line-there", line=record.line, came=outcome, chat=str(record.chat))
    return say("audit-line", line=_written(record, names, places, call), came=outcome)
