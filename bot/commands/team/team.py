"""The command that says who spent what of a wallet that several people share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

from bot.command.declaration import Call, DoubtError, command
from bot.command.permissions import may, role_there, sees_all
from bot.commands.imports.groups import groups_of
from bot.commands.imports.remembered import members_named
from bot.commands.team.roster import called as called_so
from bot.commands.team.roster import roster, suggested
from bot.options.choice import Switch
from bot.options.team.members import Member as MemberOption
from bot.options.team.members import MemberName
from bot.options.text import Text
from bot.options.times.period import EVER, Period, Span
from bot.pages.pieces import LONGEST
from bot.reading.lines import line_of
from bot.reading.start import IN_MONEY
from bot.reading.team.report import team_line
from bot.reply.parts import Button, Buttons, Reply, reply, say
from bot.views.money.visibility import in_money, shows_money
from bot.views.team.phrases import name_of
from bot.views.team.query import SPAN, TEAM, USUAL, TeamQuery, usual_words
from bot.views.team.report import Progress, TeamView, nothing_then, team_member_reply, team_report_reply
from core.shared.calendar import day_in
from core.shared.ids import PersonId
from core.stats.team import TeamFigures
from core.team.model import Member, Who
from core.team.report import own_rows
from core.wallets.team import SEE_MONEY

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from core.team.attribution import People
    from core.team.model import TeamReport
    from core.wallets.team import Target

MOST_OFFERED: Final = 8


@command(TEAM, reader=team_line)
async def team(
    call: Call,
    period: Annotated[Span | None, Period(alone=True)] = None,
    member: Annotated[MemberName | None, MemberOption(suggest=suggested)] = None,
    *,
    called: Annotated[str, Text(most=LONGEST, named=True, hidden=True)] = "",
    more: Annotated[bool, Switch(named=True, hidden=True)] = False,
    here: Annotated[bool, Switch(named=True, hidden=True)] = False,
) -> Reply:
    """Say who spent what in a period, and what came of it."""
    words = USUAL if period is None else usual_words(period, day_in(call.zone, call.at))
    query = TeamQuery(words, more=more)
    if not call.of_group:
        return await _for_groups(call, query)
    view = await _view(call, query)
    if member is not None or called:
        answer = await _of_member(call, view, member or MemberName(), called)
    else:
        answer = team_report_reply(view) if view.found.rows or view.others else nothing_then(view)
    return answer if here else Reply(answer.parts)


def days_of(call: Call, words: str) -> tuple[date | None, date]:
    """The days of a period; None for the first day of all time. What is still to come of it is left out."""
    today = day_in(call.zone, call.at)
    first, last = SPAN.read(words).of(today)
    return (None if first == EVER else first, max(first, min(last, today)))


async def _view(call: Call, query: TeamQuery) -> TeamView:
    wallet, figures = call.open_wallet, TeamFigures(call.store, call.books.clock)
    people = await members_named(call.store.notes, wallet.id, call.at)
    found = await figures.report(wallet.id, days_of(call, query.period), people)
    every, others = await sees_all(call), 0
    if not every:
        own = own_rows(found, call.person.id)
        found, others = own, sum(bool(row.who.member) for row in found.rows) - len(own.rows)
    shown = {row.who.person for row in found.rows if row.who.person is not None}
    targets = [one for one in _open(call) if every or one.person in {None, call.person.id}]
    shown |= {one.person for one in targets if one.person is not None}
    sent = await figures.bids(wallet.id, targets, people)
    return TeamView(
        found=found,
        query=query,
        names=await call.store.people.names(shown),
        answer=wallet.settings.alerts.answer,
        money=shows_money(call),
        beside=in_money(call, query.line),
        others=others,
        unnamed=_unnamed(found, people) if call.group and await may(call, "teamname") else (),
        targets=tuple(Progress(one, sent[one.id]) for one in targets),
    )


def _open(call: Call) -> Sequence[Target]:
    """The targets whose days are not over, or have just been."""
    today = day_in(call.zone, call.at)
    return [one for one in call.team.targets if one.last >= today]


def _unnamed(found: TeamReport, people: People) -> tuple[str, ...]:
    """The names on pages that stand for nobody yet, and nobody has said that they are only names."""
    names = (row.who.name for row in found.rows if row.who.person is None)
    return tuple(name for name in names if name and name not in people)


async def _of_member(call: Call, view: TeamView, said: MemberName, name: str) -> Reply:
    """The figures of the one member who is meant; asks who, if it may be several or nobody."""
    rows = {row.who.member: row for row in view.found.rows}
    people = {**await roster(call), **view.names, call.person.id: call.person.name}
    known: dict[Member, str] = dict(people.items())
    known |= {row.who.name: row.who.name for row in view.found.rows if row.who.person is None and row.who.name}
    found = [name] if name else _meant(call, said, known)
    if not await sees_all(call) and found != [call.person.id]:
        own = Button(say("button-my-figures"), view.query.of(Who(call.person.id)).line)
        return reply(say("team-not-yours"), Buttons(((own,),)))
    view = view._replace(names=people)
    if len(found) != 1:
        offered = [_who(one) for one in (found or [*known])[:MOST_OFFERED]]
        choices = [Button(name_of(who, people), view.query.of(who).line) for who in offered]
        raise DoubtError(say("team-which" if found else "team-unknown-member", name=said.name[:40]), *choices)
    who = _who(found[0])
    line = view.query.of(who)
    view = view._replace(query=line, beside=in_money(call, line.line))
    row = rows.get(found[0])
    return nothing_then(view, name_of(who, people)) if row is None else team_member_reply(view, row)


def _meant(call: Call, said: MemberName, known: Mapping[Member, str]) -> list[Member]:
    if said.me:
        return [call.person.id]
    if said.number is not None:
        person = call.team.now(PersonId(said.number))
        return [person] if person in known else []
    return called_so(said.name, known)


def _who(member: Member) -> Who:
    return Who(None, member) if isinstance(member, str) else Who(member)


async def _for_groups(call: Call, query: TeamQuery) -> Reply:
    """A person's own wallet has no team. The groups in which they may see one are a tap away."""
    rows: list[tuple[Button, ...]] = []
    for group in await groups_of(call):
        if await role_there(call, group.wallet) in SEE_MONEY:
            line = line_of(IN_MONEY, {"line": query.line, "wallet": str(group.wallet)})
            rows.append((Button(say("button-group", group=group.title), line),))
    return reply(say("team-for-groups", groups="yes" if rows else "no"), Buttons(tuple(rows)) if rows else None)
