"""`/limit`: how much everybody may spend, what of that is spent, and who decides it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Final

from babel.numbers import get_currency_precision

from bot.command.declaration import Call, DoubtError, MissingOptionError, UnfitError, command
from bot.command.permissions import READERS
from bot.commands.team.changing import change_team
from bot.commands.team.whom import GROUPS, WHOM, is_somebody_else, people_offered, person_meant
from bot.options.choice import Choice, Switch
from bot.options.currencies import SHARED
from bot.options.numbers import MOST_NUMBER, Whole
from bot.options.team.ceiling import Ceiling, Most
from bot.options.team.whom import ForWhom, Group, Whom
from bot.reading.team.limits import limit_line
from bot.reply.parts import Button, Buttons, Fields, Reply, Say, buttons, reply, say
from bot.views.money.visibility import in_money, shows_money
from bot.views.team.limits import Reader, in_brief, limit_in_words, usage_in_words
from core.ledger.limits import usage, usages
from core.shared.names import SOMEONE
from core.wallets.team import Act, Limit, Period, Role
from core.wallets.team_changes import with_limit, without_limits

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.reply.parts import Fact
    from core.ledger.limits import Usage
    from core.shared.ids import PersonId
    from core.wallets.limits import Limits
    from core.wallets.team import TeamSettings

PERIODS: Final = (
    (Period.DAY, ("daily", "a day", "per day", "each day")),
    (Period.WEEK, ("weekly", "a week", "per week")),
    (Period.MONTH, ("monthly", "a month", "per month")),
)
ACTS: Final = ((Act.WARN, ("warning", "soft", "tell", "only warn")), (Act.BLOCK, ("stop", "hard", "strict", "refuse")))
MOST_CHANGED: Final = 5
"""For how many limits there are buttons; the others are changed by their numbers."""
MOST_NAMED: Final = 12


@command("limit", "limits", reader=limit_line, read_only=("", "member="))
async def limit(  # noqa: PLR0917 - options of a command are its arguments, however many
    call: Call,
    amount: Annotated[Ceiling | None, Most()] = None,
    per: Annotated[Period | None, Choice(of=Period, also=PERIODS, labels="per")] = None,
    member: Annotated[Whom | None, ForWhom(suggest=people_offered)] = None,
    act: Annotated[Act | None, Choice(of=Act, also=ACTS, labels="act")] = None,
    boosts: Annotated[bool | None, Switch(named=True)] = None,
    number: Annotated[int | None, Whole(named=True, hidden=True, high=MOST_NUMBER)] = None,
) -> Reply:
    """Show the limits, set one, or take one away."""
    if amount is None and (per or act or number or boosts is not None):
        raise MissingOptionError("amount")
    if amount is None:
        return await _shown(call, member)
    if amount.is_off:
        return await _switched_off(call, member, per, boosts=bool(boosts), number=number)
    if number is not None:
        known = _numbered(call.team, number)
        return await _set(
            call, _priced(call, amount, replace(known, period=Period(per or known.period), act=Act(act or known.act)))
        )
    person, each = await _meant(call, member)
    if per is None:
        raise MissingOptionError("per")
    wanted = Limit(0, 0, Period(per), person, each, boosts=bool(boosts), act=Act(act or Act.WARN))
    return await _set(call, _priced(call, amount, wanted))


@command("relimit", hidden=True)
async def relimit(
    call: Call,
    number: Annotated[int, Whole(hidden=True, high=MOST_NUMBER)],
    act: Annotated[Act, Choice(of=Act, also=ACTS, labels="act")],
) -> Reply:
    """Change what happens to a spend that is over a limit."""
    return await _set(call, replace(_numbered(call.team, number), act=Act(act)), typed=False)


def _numbered(team: TeamSettings, number: int) -> Limit:
    known = next((one for one in team.limits if one.id == number), None)
    if known is None:
        raise UnfitError(say("limit-gone", number=number))
    return known


async def _meant(call: Call, said: Whom | None) -> tuple[PersonId | None, bool]:
    """Whose spends count: a person's, or those of each member, or of all together. In private there is only one."""
    if not call.group:
        if is_somebody_else(said):
            raise UnfitError(say("limit-alone"))
        return None, False
    if said is None:
        raise MissingOptionError(WHOM)
    if said.group is Group.ALL:
        raise MissingOptionError(WHOM, say("ask-limit-all"), GROUPS)
    if said.member is None:
        return None, said.group is Group.EACH
    return await person_meant(call, "limit", said.member), False


def _priced(call: Call, amount: Ceiling, wanted: Limit) -> Limit:
    """The limit with its amount, in Connects or in money: a sign that several currencies share is the wallet's own."""
    if amount.money is None:
        return replace(wanted, amount=amount.connects, currency="")
    own, money = call.open_wallet.settings.currency, amount.money
    shared = money.currency is None or own in SHARED.get(money.sign, ())
    currency = own if shared else str(money.currency)
    return replace(wanted, amount=money._replace(currency=currency).minor(currency), currency=currency)


async def _set(call: Call, wanted: Limit, *, typed: bool = True) -> Reply:
    """Set a limit, and say how it stands already. What was `typed` here is shown, if it is money, too."""
    before = {one.id: one for one in call.team.limits}
    saved = await change_team(call, call.open_wallet.id, lambda team: with_limit(team, wanted))
    kept = next(one for one in saved.limits if _same(one, wanted))
    reader, limits = await _reader(call, saved), await _limits(call)
    was = before.get(kept.id)
    stands = [] if limits is None or kept.each else [usage(limits, kept, kept.person, call.at)]
    other = Act.WARN if kept.act is Act.BLOCK else Act.BLOCK
    return reply(
        say("limit-set", limit=limit_in_words(kept, reader._replace(money=reader.money or typed)), act=kept.act),
        None if was is None or was.amount == kept.amount else say("limit-was", limit=limit_in_words(was, reader)),
        *(say("limit-now", stands=usage_in_words(one, reader)) for one in stands),
        buttons(
            Button(say("button-act-warn" if other is Act.WARN else "button-act-block"), f"relimit {kept.id} {other}"),
            Button(say("button-limit-off", number=kept.id), f"limit amount=off number={kept.id}"),
            Button(say("button-limits"), "limit"),
        ),
    )


def _same(one: Limit, wanted: Limit) -> bool:
    return replace(one, id=0) == replace(wanted, id=0)


async def _switched_off(
    call: Call, member: Whom | None, per: Period | None, *, boosts: bool, number: int | None
) -> Reply:
    """Take a limit away; asks which one, if it is not clear."""
    if not call.team.limits:
        return reply(say("limit-none", group="yes" if call.group else "no"))
    every = [_numbered(call.team, number)] if number else await _about(call, member)
    found = [one for one in every if (per in {None, one.period}) and (one.boosts or not boosts)]
    if not found:
        reader = await _reader(call, call.team)
        rows = (_off(one, reader) for one in call.team.limits[:MOST_CHANGED])
        raise DoubtError(say("limit-none-such"), *rows)
    if len(found) > 1:
        reader = await _reader(call, call.team)
        raise DoubtError(say("limit-which-off"), *(_off(one, reader) for one in found[:MOST_CHANGED]))
    gone = found[0]
    reader = await _reader(call, call.team)
    saved = await change_team(call, call.open_wallet.id, lambda team: without_limits(team, gone.id))
    back = Button(say("button-limit-back"), _line_of(gone))
    left = Button(say("button-limits"), "limit") if saved.limits else None
    return reply(say("limit-off", limit=limit_in_words(gone, reader)), buttons(back, left))


def _off(one: Limit, reader: Reader) -> Button:
    return Button(say("button-limit-off-one", limit=limit_in_words(one, reader)), f"limit amount=off number={one.id}")


def _line_of(gone: Limit) -> str:
    """The line that sets a limit anew."""
    member = f"#{gone.person}" if gone.person is not None else "each" if gone.each else "together"
    boosts = " boosts=on" if gone.boosts else ""
    return f"limit amount={_written(gone)} per={gone.period} member={member} act={gone.act}{boosts}"


def _written(gone: Limit) -> str:
    if not gone.currency:
        return str(gone.amount)
    return f"{Decimal(gone.amount).scaleb(-get_currency_precision(gone.currency))}{gone.currency}"


async def _about(call: Call, said: Whom | None) -> list[Limit]:
    """The limits that somebody means who says whose they are."""
    limits = list(call.team.limits)
    if said is None or said.group is Group.ALL or not call.group:
        return limits
    if said.member is None:
        return [one for one in limits if one.person is None and one.each is (said.group is Group.EACH)]
    person = await person_meant(call, "limit", said.member)
    return [one for one in limits if one.person == person]


async def _limits(call: Call) -> Limits | None:
    """The limits of this chat's wallet, with what was spent of them."""
    return (await call.store.ledger.holding(call.open_wallet.id)).limits


async def reader_of(call: Call, people: Iterable[PersonId | None]) -> Reader:
    """Who reads what is said of limits, and whom they know by name."""
    names = await call.store.people.names({person for person in people if person is not None})
    return Reader(names, shows_money(call), call.at, call.zone, call.person.id, alone=not call.of_group)


async def _reader(call: Call, team: TeamSettings) -> Reader:
    return await reader_of(call, (one.person for one in team.limits))


async def _shown(call: Call, said: Whom | None) -> Reply:
    """The limits that somebody may see: a member sees those for all, and what is left of their own."""
    limits = await _limits(call)
    role = await call.role()
    decides = role is Role.OWNER and call.viewed_as is None
    if limits is None or not limits.rules.every:
        new = Button(say("button-limit-new"), "limit amount=?") if decides else None
        return reply(
            say("limit-none", group="yes" if call.of_group else "no"),
            say("limit-how", group="yes" if call.of_group else "no") if decides else None,
            buttons(new, Button(say("item-balance"), "balance")),
        )
    person = await _whose_are_shown(call, said, None if role in READERS else call.person.id)
    about = {one.id for one in (call.team.limits if said is None or said.member else await _about(call, said))}
    found = [one for one in usages(limits, call.at, person) if one.limit.id in about]
    rules = [one for one in limits.rules.every if one.id in about and _may_see(one, person)]
    reader = await reader_of(call, (person, *(one.person for one in found)))
    if not rules:
        own = "limit-none-for-you" if person == reader.me else "limit-none-for"
        name = "" if person is None else reader.names.get(person, SOMEONE)
        more = _all_of(call) if role in READERS else None  # a member would read the same again
        return reply(say("limit-none-such" if person is None else own, name=name), buttons(more))
    rows = tuple(
        (_title(rule, reader), _state(rule, [one for one in found if one.limit.id == rule.id], reader))
        for rule in rules
    )
    return reply(
        say("limit-title", group="yes" if call.of_group else "no"),
        Fields(rows),
        say("limit-change", group="yes" if call.of_group else "no", number=rules[0].id) if decides else None,
        Buttons((*_rows(rules if decides else (), call), *_money_row(call, rules))),
    )


def _money_row(call: Call, rules: Sequence[Limit]) -> Iterable[tuple[Button, ...]]:
    """The button that shows sums of money to those who may see them."""
    button = in_money(call, "limit") if any(rule.currency for rule in rules) else None
    if button is not None:
        yield (button,)


def _may_see(rule: Limit, person: PersonId | None) -> bool:
    return person is None or rule.person in {None, person}


async def _whose_are_shown(call: Call, said: Whom | None, reader: PersonId | None) -> PersonId | None:
    """Whose limits are shown; None: everybody's. A member (the reader) may see their own."""
    if said is None or said.member is None or not call.of_group:
        return reader
    person = await person_meant(call, "limit", said.member)
    if reader not in {None, person}:
        raise DoubtError(say("limit-not-yours"), Button(say("button-limits"), "limit"))
    return person


def _all_of(call: Call) -> Button | None:
    return Button(say("button-limits"), "limit") if call.team.limits else None


def _title(rule: Limit, reader: Reader) -> Say:
    return say("limit-row", number=rule.id, limit=limit_in_words(rule, reader), act=rule.act)


def _state(rule: Limit, found: Sequence[Usage], reader: Reader) -> Fact:
    """How a limit stands; one for each member, for everybody who has spent of it, those with the least left first."""
    if not rule.each or (len(found) == 1 and found[0].person == reader.me):
        return usage_in_words(found[0], reader) if found else say("limit-untouched")
    if not found:
        return say("limit-untouched")
    shown: Say | None = None
    for one in sorted(found, key=lambda one: one.left)[:MOST_NAMED]:
        name = reader.names.get(one.person, SOMEONE) if one.person else SOMEONE
        part = say("limit-of-one", name=name, stands=in_brief(one, reader))
        shown = part if shown is None else say("list-more", first=shown, next=part)
    return shown


def _rows(rules: Sequence[Limit], call: Call) -> Iterable[tuple[Button, ...]]:
    for rule in rules[:MOST_CHANGED]:
        yield (
            Button(say("button-limit-change", number=rule.id), f"limit amount=? number={rule.id}"),
            Button(say("button-limit-off", number=rule.id), f"limit amount=off number={rule.id}"),
        )
    if rules:
        yield (Button(say("button-limit-new"), "limit amount=?"), Button(say("button-targets"), "target"))
    elif call.team.targets:
        yield (Button(say("button-targets"), "target"),)
