"""`/target`: how many bids are to be sent by when, and how many of them were."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Final

from bot.command.declaration import Call, DoubtError, MissingOptionError, UnfitError, UnfitOptionError, command
from bot.command.permissions import READERS, may
from bot.commands.imports.remembered import members_named
from bot.commands.team.changing import change_team
from bot.commands.team.roster import member_choice, roster
from bot.commands.team.whom import WHOM, is_somebody_else, people_offered, person_meant
from bot.options.numbers import MOST_NUMBER, Whole
from bot.options.team.whom import ForWhom, Group, Whom
from bot.options.times.ahead import Ahead, DaysAhead
from bot.options.times.time import OrOff
from bot.reading.lines import line_of
from bot.reading.team.targets import target_line
from bot.reply.parts import Button, Buttons, Fields, Reply, buttons, reply, say
from bot.views.team.targets import progress_in_words, target_named
from core.shared.calendar import day_in
from core.stats.team import TeamFigures
from core.team.targets import progress_of
from core.wallets.team import Target
from core.wallets.team_changes import with_target, without_targets

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from core.shared.ids import PersonId
    from core.team.targets import TargetProgress

MOST_BIDS: Final = 10_000
SHOWN_AFTER: Final = timedelta(days=14)
"""For so long a target is shown after its last day."""
MOST_CHANGED: Final = 5


@command("target", "targets", reader=target_line, read_only=("", "member="))
async def target(
    call: Call,
    bids: Annotated[int | None, OrOff(low=0, high=MOST_BIDS)] = None,
    days: Annotated[DaysAhead | None, Ahead()] = None,
    member: Annotated[Whom | None, ForWhom(suggest=people_offered)] = None,
    number: Annotated[int | None, Whole(named=True, hidden=True, high=MOST_NUMBER)] = None,
) -> Reply:
    """Show the targets with how far they are, set one, or take one away."""
    if bids is None:
        if days is not None:
            raise MissingOptionError("bids")
        return await _shown(call, await _about(call, member))
    if not bids:
        return await _switched_off(call, await _about(call, member), number)
    if days is None:
        raise MissingOptionError("days")
    try:
        first, last = days.of(day_in(call.zone, call.at))
    except UnfitError as error:
        raise UnfitOptionError(call.commands["target"].option("days"), error) from error
    person = await _whose(call, member, bids, (first, last))
    return await _set(call, Target(0, bids, first, last, person))


async def _whose(call: Call, said: Whom | None, bids: int, days: tuple[date, date]) -> PersonId | None:
    """Whose target it is; None for all together. One for each member apart is set member by member."""
    if not call.group and is_somebody_else(said):
        raise UnfitError(say("target-alone"))
    if said is None or said.group is Group.TOGETHER or not call.group:
        return None
    if said.member is not None:
        return await person_meant(call, "target", said.member)
    names = await roster(call)
    words = {"bids": str(bids), "days": " to ".join(day.isoformat() for day in days)}
    together = Button(say("button-together"), line_of("target", words))
    choices = (member_choice(person, names) for person in list(names)[:MOST_CHANGED])
    each = (Button(label, line_of("target", {**words, WHOM: found})) for found, label in choices)
    raise DoubtError(say("target-each"), together, *each)


async def _about(call: Call, said: Whom | None) -> list[Target]:
    """The targets that are shown yet, of those that somebody means who says whose they are."""
    today = day_in(call.zone, call.at)
    targets = [one for one in call.team.targets if one.last >= today - SHOWN_AFTER]
    if said is None or said.group in {Group.ALL, Group.EACH} or not call.group:
        return targets
    person = None if said.member is None else await person_meant(call, "target", said.member)
    return [one for one in targets if one.person == person]


async def _set(call: Call, wanted: Target) -> Reply:
    saved = await change_team(call, call.open_wallet.id, lambda team: with_target(team, wanted))
    kept = next(one for one in saved.targets if replace(one, id=0) == wanted)
    (progress,) = await targets_now(call, [kept])
    names = await _names(call, [kept])
    off = Button(say("button-limit-off", number=kept.id), f"target bids=off number={kept.id}")
    return reply(
        say("target-set", target=target_named(kept, names, alone=not call.group)),
        progress_in_words(progress, day_in(call.zone, call.at)),
        buttons(off, Button(say("button-targets"), "target")),
    )


async def _switched_off(call: Call, about: Sequence[Target], number: int | None) -> Reply:
    """Take a target away; asks which one, if it is not clear."""
    found = [one for one in about if number in {None, one.id}]
    if not found:
        raise UnfitError(say("target-none-such"))
    names = await _names(call, found)
    if len(found) > 1:
        rows = (
            Button(say("raw", text=target_named(one, names, alone=not call.group)), f"target bids=off number={one.id}")
            for one in found[:MOST_CHANGED]
        )
        raise DoubtError(say("target-which-off"), *rows)
    gone = found[0]
    await change_team(call, call.open_wallet.id, lambda team: without_targets(team, gone.id))
    member = {} if gone.person is None else {WHOM: f"#{gone.person}"}
    days = f"{gone.first.isoformat()} to {gone.last.isoformat()}"
    back = Button(say("button-limit-back"), line_of("target", {"bids": str(gone.bids), "days": days, **member}))
    return reply(say("target-off", target=target_named(gone, names, alone=not call.group)), buttons(back))


async def _names(call: Call, targets: Iterable[Target]) -> Mapping[PersonId, str]:
    return await call.store.people.names({one.person for one in targets if one.person is not None})


async def targets_now(call: Call, targets: Sequence[Target]) -> tuple[TargetProgress, ...]:
    """How far targets are now."""
    wallet, today = call.open_wallet.id, day_in(call.zone, call.at)
    people = await members_named(call.store.notes, wallet, call.at)
    sent = await TeamFigures(call.store, call.books.clock).bids(wallet, targets, people)
    return tuple(progress_of(one, sent[one.id], today) for one in targets)


async def _shown(call: Call, about: Sequence[Target]) -> Reply:
    """The targets that somebody may see: a member sees their own, and those for all."""
    owner, everything = await may(call, "relimit"), await call.role() in READERS
    targets = [one for one in about if everything or one.person in {None, call.person.id}]
    new = Button(say("button-target-new"), "target bids=?") if owner else None
    if not targets:
        how = say("target-how", group="yes" if call.group else "no") if owner else None
        return reply(say("target-none", group="yes" if call.group else "no"), how, buttons(new))
    names, today = await _names(call, targets), day_in(call.zone, call.at)
    rows = tuple(
        (
            say("target-row", number=one.target.id, target=target_named(one.target, names, alone=not call.group)),
            progress_in_words(one, today),
        )
        for one in await targets_now(call, targets)
    )
    off = (
        (Button(say("button-limit-off", number=one.id), f"target bids=off number={one.id}"),)
        for one in targets[:MOST_CHANGED]
        if owner
    )
    last = tuple(filter(None, (new, Button(say("button-limits"), "limit") if call.team.limits else None)))
    rows_of_buttons = (*off, last) if last else tuple(off)
    return reply(say("target-title", group="yes" if call.group else "no"), Fields(rows), Buttons(rows_of_buttons))
