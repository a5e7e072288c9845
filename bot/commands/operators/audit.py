"""The audit log: operators see all of it, admins of a group what was done there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

from bot.command.declaration import Call, Who, command
from bot.options.numbers import Whole
from bot.reply.parts import Button, Buttons, Fact, Fields, Hour, Reply, Say, reply, say

if TYPE_CHECKING:
    from core.audit_log import AuditRecord

PAGE: Final = 8
MOST: Final = 2**53


@command("audit", hidden=True, who=Who.ADMINS, needs_wallet=False, read_only=("*",))
async def audit(
    call: Call,
    person: Annotated[int | None, Whole(named=True, high=MOST)] = None,
    before: Annotated[int | None, Whole(named=True, high=MOST)] = None,
) -> Reply:
    """List what operators and admins did, the newest first."""
    if not call.group and not call.operator:
        return reply(say("operators-only", command="audit"))
    here = call.chat if call.group else None
    who = None if person is None else type(call.person.id)(person)
    found = await call.store.audit_log.records(PAGE + 1, before, here, who)
    if not found:
        return reply(say("audit-nothing"))
    shown, names = found[:PAGE], await call.store.people.names({one.person for one in found})
    rows = tuple((_head(one, names.get(one.person, "")), _line(one, everywhere=here is None)) for one in shown)
    people = dict.fromkeys(one.person for one in shown) if person is None else {}
    by_person = [(Button(say("button-only", name=names.get(one, str(one))), f"audit person={one}"),) for one in people]
    more = Button(say("button-older"), f"audit before={shown[-1].id}" + (f" person={person}" if person else ""))
    keys = (*(by_person if len(by_person) > 1 else ()), *(((more,),) if len(found) > PAGE else ()))
    title = say("audit-title") if here is None else say("audit-title-here")
    return reply(Fields(rows, title), Buttons(keys) if keys else None, replace=before is not None)


def _head(one: AuditRecord, name: str) -> Say:
    return say("audit-who", at=Hour(one.at), name=name or str(one.person))


def _line(one: AuditRecord, *, everywhere: bool) -> Fact:
    """What was done and the outcome; `everywhere`: also in which chat."""
    code, _, detail = one.outcome.partition(" ")
    outcome = say(f"audit-{code}", about=detail)
    if everywhere:
        return say("audit-line-there", line=one.line, came=outcome, chat=str(one.chat))
    return say("audit-line", line=one.line, came=outcome)
