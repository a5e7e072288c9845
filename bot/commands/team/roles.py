"""`/role`: who is what in a group."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Final

from bot.command.declaration import Call, DoubtError, MissingOptionError, Suggestion, UnfitError, command
from bot.commands.team.roster import member_of, suggested
from bot.options.choice import Choice, Switch
from bot.options.team.members import Member, MemberName
from bot.reading.lines import line_of
from bot.reading.team.roles import ROLES, role_line
from bot.reply.parts import Button, Reply, buttons, reply, say
from bot.views.team.roles import role_card, role_name
from core.shared.names import SOMEONE
from core.wallets.team import Role, role_in
from core.wallets.team_changes import with_role

if TYPE_CHECKING:
    from core.shared.ids import PersonId
    from core.wallets.settings import Settings

LABELS: Final = "role"


@command("role", "roles", read_only=("", "who="), reader=role_line)
async def role(
    call: Call,
    who: Annotated[MemberName | None, Member(suggest=suggested)] = None,
    to: Annotated[Role | None, Choice(of=Role, also=ROLES, labels=LABELS)] = None,
    *,
    sure: Annotated[bool, Switch(named=True, hidden=True)] = False,
) -> Reply:
    """Show who is what in this group, or change what somebody is.

    sure: the other admins of the platform may lose their rights by it.
    """
    if who is None and to is None:
        return await _listed(call)
    if who is None:
        raise MissingOptionError("who")
    person = await member_of(call, role, "who", who)
    name = (await call.store.people.names([person])).get(person, SOMEONE)
    if to is None:
        now = role_in(call.team, person, admin=False)
        if await call.role() is not Role.OWNER:
            card = buttons(Button(say("button-roles"), "role"))
            return reply(say("role-is", name=name, role=say(f"role-a-{now}")), say(f"role-can-{now}"), card)
        choices = [Suggestion(one.value, role_name(one)) for one in Role if one is not now]
        raise MissingOptionError("to", say("ask-role-of", name=name, role=say(f"role-a-{now}")), choices)
    if Role(to) is Role.OWNER and not (sure or call.team.owned or person == call.person.id):
        raise _first_owner(call, person, name)
    return await _given(call, person, name, Role(to))


async def _listed(call: Call) -> Reply:
    """Who is what, with buttons for those who may change it."""
    team, decides = call.team, await call.role() is Role.OWNER
    names = await call.store.people.names([person for person, _ in team.roles])
    rows = [Button(say("button-role-change"), "role who=?")]
    if not team.owned and not call.speaks_as_chat:
        rows.append(Button(say("button-role-me"), _line(call.person.id, Role.OWNER)))
    return reply(*role_card(team, names, joined=call.joined), buttons(*rows) if decides else say("role-who-changes"))


def _first_owner(call: Call, person: PersonId, name: str) -> DoubtError:
    """The question before somebody else becomes the first owner, because then the admins are owners no more."""
    other = Button(say("button-role-owner", name=name), _line(person, Role.OWNER, sure=True))
    me = () if call.speaks_as_chat else (Button(say("button-role-me-first"), _line(call.person.id, Role.OWNER)),)
    return DoubtError(say("doubt-first-owner", name=name), *me, other)


async def _given(call: Call, person: PersonId, name: str, to: Role) -> Reply:
    before = call.team

    def changed(settings: Settings) -> Settings:
        """Whoever calls must still be an owner at this moment, and one must be left."""
        if settings.team.owned and role_in(settings.team, call.person.id, admin=False) is not Role.OWNER:
            raise UnfitError(say("role-owners-only"))
        team = with_role(settings.team, person, to)
        if team is None:
            raise DoubtError(say("role-last-owner", name=name), Button(say("button-role-other"), "role who=? to=owner"))
        return replace(settings, team=team)

    kept, is_new = await call.books.change_settings(call.open_wallet.id, changed)
    said = say("role-given" if is_new else "role-already", name=name, role=say(f"role-a-{to}"))
    first = say("role-first-owner") if kept.team.owned and not before.owned else None
    can = say(f"role-can-{to}") if is_new else say("role-still-member") if to is Role.MEMBER else None
    return reply(said, can, first, buttons(Button(say("button-roles"), "role")))


def _line(person: PersonId, to: Role, *, sure: bool = False) -> str:
    words = {"who": f"#{person}", "to": to.value}
    return line_of("role", {**words, "sure": "yes"} if sure else words)
