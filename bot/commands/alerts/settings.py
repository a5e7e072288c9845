"""What a wallet's holder is told unasked: what of it, where, when not, and what may be spent in a month."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Final

from bot.base.quiet_hours import hours_of
from bot.command.declaration import Call, UnfitError, Who, command
from bot.options.choice import Choice, Switch, choice
from bot.options.numbers import Whole
from bot.options.time import DaysBefore, OrOff, QuietHours
from bot.reply.parts import Button, Buttons, Fact, Fields, Hour, Reply, Say, buttons, reply, say
from bot.views.entries import warning
from core.alerts.alert_type import Alert
from core.delivery.notice import Notice
from core.ledger.budget import spent_at
from core.shared.ids import WalletId
from core.wallets.settings import Alerts, Settings, Where, wake
from core.wallets.settings import snooze as snoozed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from core.ledger.model import Budget

MOST: Final = 100_000
MOST_NUMBER: Final = 999_999_999
TWO: Final = 2  # buttons in a row, so that their labels can be read on a phone


class Do(StrEnum):
    """What else can be done with alerts."""

    TEST = "test"


@command("alerts", who=Who.ADMINS, looks=("", "test"))
async def alerts(  # noqa: PLR0917 - options of a command are its arguments, however many
    call: Call,
    do: Annotated[Do | None, Choice(of=Do)] = None,
    low: Annotated[int | None, OrOff(named=True, low=0, high=MOST)] = None,
    days: Annotated[tuple[int, ...] | None, DaysBefore(named=True)] = None,
    runway: Annotated[int | None, OrOff(named=True, low=0, high=365)] = None,
    budget: Annotated[int | None, OrOff(named=True, low=0, high=MOST)] = None,
    cycle: Annotated[int | None, OrOff(named=True, low=0, high=31)] = None,
    monthly: Annotated[bool | None, Switch(named=True)] = None,
    promotions: Annotated[bool | None, Switch(named=True)] = None,
    digest: Annotated[bool | None, Switch(named=True)] = None,
    where: Annotated[Where | None, Choice(of=Where, named=True)] = None,
    quiet: Annotated[str | None, QuietHours(named=True)] = None,
) -> Reply:
    """Show what is told, or change what is given of it; a test goes where it is told."""
    if do is Do.TEST:
        return await _test(call)

    def changed(kept: Settings) -> Settings:
        told = replace(
            _told_in(call, kept, where).alerts,
            expiring=kept.alerts.expiring if days is None else days,
            runway=_or_none(kept.alerts.runway, runway),
            cycle=_or_none(kept.alerts.cycle, cycle),
            monthly=kept.alerts.monthly if monthly is None else monthly,
            promotions=kept.alerts.promotions if promotions is None else promotions,
            digest=kept.alerts.digest if digest is None else digest,
        )
        threshold, limit = _or_none(kept.threshold, low), _or_none(kept.budget, budget)
        hours = kept.quiet if quiet is None else quiet
        return replace(kept, threshold=threshold, budget=limit, quiet=hours, alerts=told)

    chosen, new = await call.books.change_settings(call.open_wallet.id, changed)
    return await _shown(call, chosen, say("alerts-saved" if new else "alerts-title"), checked=where)


def _or_none(kept: int | None, given: int | None) -> int | None:
    """What is given in place of what was kept; 0 is none."""
    return kept if given is None else given or None


def _told_in(call: Call, kept: Settings, where: Where | None) -> Settings:
    """A group's alerts go to the private chat of who says so."""
    if where is None:
        return kept
    if not call.group:
        raise UnfitError(say("alerts-private-already"))
    person = None if where is Where.GROUP else call.person.id
    return replace(kept, alerts=replace(kept.alerts, where=where, person=person))


async def _shown(call: Call, kept: Settings, title: Say, *, checked: Where | None) -> Reply:
    """Each alert with how it stands, and under them a button for each."""
    holding = await call.store.ledger.holding(call.open_wallet.id)
    rows: list[tuple[Say, Fact]] = [
        (_called(alert), _state(call, kept, alert, stands))
        for alert, stands in _states(kept, holding.budget, call).items()
    ]
    rows.insert(len(rows) - 2, (say("field-cycle"), _cycle(kept.alerts.cycle)))
    if call.group:
        rows.append((say("field-where"), await _place(call, kept)))
    rows.append((say("field-quiet"), _quiet(kept.quiet)))
    return reply(
        title,
        Fields(tuple(rows)),
        warning(kept, holding.balance),
        say("alerts-check") if checked not in {None, Where.GROUP} else None,
        _keys(call, kept),
    )


def _states(kept: Settings, budget: Budget | None, call: Call) -> dict[Alert, Say]:
    """How each alert stands, where it is not silenced."""
    told = kept.alerts
    days = told.expiring[0] if len(told.expiring) == 1 else ", ".join(map(str, told.expiring))
    return {
        Alert.LOW: say("low-off") if kept.threshold is None else say("low-at", connects=kept.threshold),
        Alert.EXPIRING: say("days-before", days=days) if days else say("low-off"),
        Alert.RUNWAY: say("low-off") if told.runway is None else say("runway-under", days=told.runway),
        Alert.BUDGET: say("low-off") if budget is None else _spent(budget, call),
        Alert.MONTHLY: _switched(on=told.monthly),
        Alert.PROMOTION_ENDING: _switched(on=told.promotions),
        Alert.DIGEST: _switched(on=told.digest),
    }


def _spent(budget: Budget, call: Call) -> Say:
    spent = max(spent_at(budget, call.at), 0)
    return say("budget-spent", spent=spent, limit=budget.limit, percent=spent * 100 // budget.limit)


def _switched(*, on: bool) -> Say:
    return say("low-on" if on else "low-off")


def _state(call: Call, kept: Settings, alert: Alert, stands: Say) -> Say:
    until = kept.alerts.snoozed_until(alert, call.at)
    return stands if until is None else say("silent-until", stands=stands, until=Hour(until))


def _cycle(day: int | None) -> Say:
    return say("cycle-as-last") if day is None else say("cycle-on", day=day)


def _quiet(quiet: str) -> Say:
    hours = hours_of(quiet)
    if hours is None:
        return say("low-off")
    return say("quiet-from", evening=f"{hours.evening:%H:%M}", morning=f"{hours.morning:%H:%M}")


async def _place(call: Call, kept: Settings) -> Say:
    """Where a group's alerts are told; in private, to whom."""
    person = kept.alerts.person
    if kept.alerts.where is Where.GROUP or person is None:
        return choice(Where.GROUP)
    name = (await call.store.people.names([person])).get(person, "?")
    return say("told-to-both" if kept.alerts.where is Where.BOTH else "told-to", name=name)


def _keys(call: Call, kept: Settings) -> Buttons:
    """A button to change each; one that is silenced is woken first."""
    told = kept.alerts
    keys = [
        _key(call, kept, Alert.LOW, "low"),
        _key(call, kept, Alert.EXPIRING, "days"),
        _key(call, kept, Alert.RUNWAY, "runway"),
        _key(call, kept, Alert.BUDGET, "budget"),
        _key(call, kept, Alert.MONTHLY, "monthly", on=told.monthly),
        Button(say("button-cycle"), "alerts cycle=?"),
        _key(call, kept, Alert.PROMOTION_ENDING, "promotions", on=told.promotions),
        _key(call, kept, Alert.DIGEST, "digest", on=told.digest),
    ]
    where = (Button(say("button-where"), "alerts where=?"),) if call.group else ()
    last = (*where, Button(say("button-quiet"), "alerts quiet=?"), Button(say("button-test"), "alerts test"))
    return Buttons((*_rows(keys), last))


def _key(call: Call, kept: Settings, alert: Alert, option: str, *, on: bool | None = None) -> Button:
    if kept.alerts.snoozed_until(alert, call.at) is not None:
        return Button(say("button-wake-of", what=choice(alert)), f"wake {alert}")
    if on is None:
        return Button(choice(alert), f"alerts {option}=?")
    label, then = ("button-switch-off", "off") if on else ("button-switch-on", "on")
    return Button(say(label, what=_called(alert)), f"alerts {option}={then}")


def _called(alert: Alert) -> Say:
    """What an alert is called where its switch is that of others as well."""
    return say("field-promotions") if alert is Alert.PROMOTION_ENDING else choice(alert)


def _rows(keys: Iterable[Button]) -> tuple[tuple[Button, ...], ...]:
    pairs = zip(*[iter(keys)] * TWO, strict=True)
    return tuple(pairs)


async def _test(call: Call) -> Reply:
    """Tell a test where alerts are told, by the same way, but at night too."""
    key = f"test:{call.key}"
    notice = Notice(key, "test", {}, call.open_wallet.id, urgent=True)
    await call.store.outbox.notify([notice], call.books.clock.now())
    person = call.open_wallet.settings.alerts.person or call.person.id
    whose = (await call.store.people.names([person])).get(person, call.person.name)
    there = dict.fromkeys((to.direct, to.platform) for to, _, _ in await call.store.outbox.deliveries(key))
    places = [
        say("test-private" if direct else "test-group", platform=name.capitalize(), name=whose)
        for direct, name in there
    ]
    return reply(say("test-sent"), *places)


@command("snooze", who=Who.ADMINS, hidden=True, needs_wallet=False)
async def snooze(
    call: Call,
    alert: Annotated[Alert, Choice(of=Alert)],
    days: Annotated[int, Whole(high=90)] = 7,
    of: Annotated[int | None, Whole(named=True, high=MOST_NUMBER)] = None,
) -> Reply:
    """Tell nothing of an alert for some days."""
    until = call.at + timedelta(days=days)
    await _change(call, of, lambda told: snoozed(told, alert.value, until, call.at))
    undo = Button(say("button-wake"), f"wake {alert}{_of(of)}")
    return reply(say("snoozed", what=choice(alert), until=Hour(until)), buttons(undo))


@command("wake", who=Who.ADMINS, hidden=True, needs_wallet=False)
async def wake_(
    call: Call,
    alert: Annotated[Alert, Choice(of=Alert)],
    of: Annotated[int | None, Whole(named=True, high=MOST_NUMBER)] = None,
) -> Reply:
    """Tell of an alert again that was silenced."""
    await _change(call, of, lambda told: wake(told, alert.value))
    return reply(say("awake", what=choice(alert)))


async def _change(call: Call, of: int | None, change: Callable[[Alerts], Alerts]) -> None:
    """Change the alerts of this chat's wallet; or, by its number, those of a group that go to this person."""

    def changed(kept: Settings) -> Settings:
        if of is not None and kept.alerts.person != call.person.id:
            raise UnfitError(say("alerts-not-yours"))
        return replace(kept, alerts=change(kept.alerts))

    await call.books.change_settings(call.open_wallet.id if of is None else WalletId(of), changed)


def _of(number: int | None) -> str:
    return "" if number is None else f" of={number}"
