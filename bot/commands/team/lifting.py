"""What follows when a spend is over a limit: it was not sent, or an owner allows more this once.

A press decides anew, by the limit and by what is spent then: somebody may have changed either, or the period is over.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Annotated, Final, NamedTuple

from bot.command.declaration import Call, UnfitError, command
from bot.command.permissions import Absent, role_there
from bot.commands.team.changing import change_team
from bot.commands.team.elsewhere import note_elsewhere
from bot.options.numbers import MOST_NUMBER, Whole
from bot.options.text import Text
from bot.options.times.time import Day
from bot.reading.lines import line_of
from bot.reply.parts import Button, Reply, buttons, reply, say
from bot.views.entries import listed
from bot.views.money.visibility import shows_money
from bot.views.team.lifting import ALLOWED, allowed, allowed_facts
from bot.views.team.limits import Reader, limit_in_words, when_whole
from bot.views.team.over import SENT
from core.delivery.notice import Notice, Target
from core.ledger.limits import Span, Usage, lifted_in, usage
from core.ledger.queries import booked_under, undos_of
from core.shared.calendar import day_in
from core.shared.ids import PersonId, WalletId
from core.shared.names import SOMEONE
from core.wallets.team import Lift, Role
from core.wallets.team_changes import with_lift

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.ledger.model import Entry
    from core.shared.refusals import Refusal
    from core.wallets.people import ChatRef
    from core.wallets.settings import Settings
    from core.wallets.team import TeamSettings

LONGEST: Final = 4000
MOST: Final = 10**13


class LimitedWallet(NamedTuple):
    """The wallet whose limit is lifted, and its group if that is not asked in the group itself."""

    wallet: WalletId
    settings: Settings
    group: ChatRef | None = None


@command("unsent", hidden=True)
async def unsent(  # noqa: PLR0917 - options of a command are its arguments, however many
    call: Call,
    limit: Annotated[int, Whole(named=True, hidden=True, high=MOST_NUMBER)],
    asked: Annotated[int, Whole(named=True, hidden=True, high=MOST)],
    since: Annotated[date, Day(named=True, hidden=True)],
    line: Annotated[str, Text(named=True, hidden=True, most=LONGEST, lines=True)],
    person: Annotated[int | None, Whole(named=True, hidden=True, high=MOST_NUMBER)] = None,
) -> Reply:
    """Say that it was not booked, because it was not sent, and offer an owner to allow it."""
    words = {"limit": str(limit), "asked": str(asked), "since": since.isoformat(), "line": line}
    words |= {} if person is None else {"person": str(person)}
    booked = await _booked_meanwhile(call, line_of("unsent", words), line)
    if booked:
        undo = Button(say("button-undo"), f"undo {booked[-1].number}")
        return reply(say("unsent-booked", entries=listed(entry.number for entry in booked)), buttons(undo))
    owner = await call.role() is Role.OWNER
    allow = Button(say("button-allow"), line_of("allow", {**words, "by": str(call.person.id)}))
    return replace(reply(say("unsent", owner="yes" if owner else "no"), buttons(allow)), replace=True)


async def _booked_meanwhile(call: Call, own: str, line: str) -> Sequence[Entry]:
    """What stands of what the other button of the same question has booked, whose keys differ only by their lines."""
    key = f"{call.key.removesuffix(own)}{line} {SENT}=yes"
    booked = await booked_under(call.store.ledger, call.open_wallet.id, key)
    undone = await undos_of(call.store.ledger, booked)
    return [entry for entry in booked if entry.number not in undone]


@command("allow", hidden=True, needs_wallet=False)
async def allow(  # noqa: PLR0917 - options of a command are its arguments, however many
    call: Call,
    limit: Annotated[int, Whole(named=True, hidden=True, high=MOST_NUMBER)],
    since: Annotated[date, Day(named=True, hidden=True)],
    asked: Annotated[int, Whole(named=True, hidden=True, low=0, high=MOST)] = 0,
    person: Annotated[int | None, Whole(named=True, hidden=True, high=MOST_NUMBER)] = None,
    line: Annotated[str, Text(named=True, hidden=True, most=LONGEST, lines=True)] = "",
    by: Annotated[int | None, Whole(named=True, hidden=True, high=MOST_NUMBER)] = None,
    of: Annotated[int | None, Whole(named=True, hidden=True, high=MOST_NUMBER)] = None,
) -> Reply:
    """Allow as much more of a limit, in its present period, as is missing.

    asked: what is to be spent (0: it was spent already). by: who wants to, with this line. of: the number of the
    wallet, if that is not this chat's.
    """
    limited = await _limited_wallet(call, of)
    team = limited.settings.team
    whose, asking = (None if one is None else team.now(PersonId(one)) for one in (person, by))
    one = await _usage(call, limited, limit, whose)
    zone = limited.settings.zone
    names = await call.store.people.names({one for one in (whose, asking) if one is not None})
    reader = Reader(names, shows_money(call), call.at, zone, alone=limited.group is None and not call.group)
    if day_in(zone, one.since) != since:
        return reply(say("allow-over", limit=limit_in_words(one.limit, reader), left=max(one.left, 0)))
    missing = asked - one.left
    if missing <= 0:
        return reply(
            say("allow-room", limit=limit_in_words(one.limit, reader), when=when_whole(one.until, call.at, zone))
        )
    await _lift(call, limited, one, missing)
    asker = names.get(asking, SOMEONE) if asking is not None and asking != call.person.id else ""
    facts = allowed_facts(one, asked or missing, asker, line, by or 0)
    if limited.group is not None:
        await _tell_group(call, limited.group, limited.settings, facts)
        words = {"limit": str(limit), "asked": str(asked)} | ({} if person is None else {"person": str(person)})
        await note_elsewhere(call, limited.group, f"/{line_of('allow', words)}")
    return replace(allowed(facts, private=limited.group is not None), replace=limited.group is None)


async def _limited_wallet(call: Call, of: int | None) -> LimitedWallet:
    """The wallet that is meant. Of another chat's, whoever presses must be an owner; here the desk has checked it."""
    own = call.wallet
    if of is None or (own is not None and own.id == of):
        wallet = call.open_wallet
        return LimitedWallet(wallet.id, wallet.settings)
    group = await call.store.people.group_of(WalletId(of))
    settings = await call.store.people.settings_of(WalletId(of))
    role = await role_there(call, WalletId(of))
    if role is Absent.UNSEEN:
        raise UnfitError(say("allow-unseen"))
    if role is not Role.OWNER:
        raise UnfitError(say("allow-owners"))
    return LimitedWallet(WalletId(of), settings, group)


async def _tell_group(call: Call, group: ChatRef, settings: Settings, facts: Mapping[str, str | int]) -> None:
    """Tell a group what was allowed outside it."""
    to = Target(group.platform, group.id, place=settings.alerts.place or "")
    notice = Notice(f"{ALLOWED}:{call.key}", ALLOWED, facts, urgent=True, to=(to,))
    await call.store.outbox.notify([notice], call.books.clock.now())


async def _usage(call: Call, limited: LimitedWallet, number: int, whose: PersonId | None) -> Usage:
    """How the limit stands now; refused if it was taken away, or is no longer one for them."""
    limits = (await call.store.ledger.holding(limited.wallet)).limits
    rule = next((one for one in limited.settings.team.limits if one.id == number), None)
    fits = rule is not None and (rule.each if rule.person is None and whose is not None else rule.person == whose)
    if limits is None or rule is None or not fits:
        raise UnfitError(say("allow-gone"))
    return usage(limits, rule, whose, call.at)


async def _lift(call: Call, limited: LimitedWallet, seen: Usage, missing: int) -> None:
    """Allow what is missing, less what another owner has allowed since that was seen."""
    limit, person, span = seen.limit.id, seen.person, Span(seen.since, seen.until)

    def lifted(team: TeamSettings) -> TeamSettings | Refusal:
        more = missing - (lifted_in(team.lifts, limit, person, span) - seen.lifted)
        return team if more <= 0 else with_lift(team, Lift(limit, seen.since, more, person), call.at)

    await change_team(call, limited.wallet, lifted)
