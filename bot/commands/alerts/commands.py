"""`/alerts`, `/snooze` and `/wake`: which alerts a wallet's holder gets, where, and when not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, cast

from bot.command.declaration import Call, UnfitError, command
from bot.command.permissions import may_get_alerts
from bot.commands.alerts.card import any_switch, card, shown_to, switches
from bot.commands.alerts.places import chosen, named, where_of
from bot.commands.alerts.platforms import check_platform, platforms_of
from bot.commands.alerts.settings import OPTIONS, PLATFORM, SETTINGS, WHERE
from bot.options.choice import Choice, choice
from bot.options.numbers import MOST_NUMBER, Whole
from bot.options.place import HERE, Spot
from bot.reading.alerting import alerts_line
from bot.reply.parts import Button, Hour, Reply, Say, buttons, reply, say
from core.alerts.catalogue import BY_CODE
from core.delivery.missed import MissedAlerts
from core.delivery.notice import Notice
from core.shared.ids import WalletId
from core.shared.names import SOMEONE
from core.wallets.settings import LONGEST_SNOOZE, Alerts, Settings, Where, back_in_group, placed, wake
from core.wallets.settings import snooze as snoozed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.commands.alerts.places import Chosen


class Do(StrEnum):
    """The actions of /alerts."""

    HERE = "here"
    ON = "on"
    OFF = "off"
    SWITCH = "switch"
    TEST = "test"


@command("alerts", read_only=("", "test", "on", "off", "switch"), reader=alerts_line)
async def alerts(
    call: Call,
    do: Annotated[Do | None, Choice(of=Do, also=((Do.HERE, HERE),))] = None,
    **values: Annotated[object, OPTIONS],
) -> Reply:
    """Show the alerts and their settings, change the settings that are given, or send a test alert."""
    if do not in {None, Do.HERE} and any(value is not None for value in values.values()):
        raise UnfitError(say("alerts-beside", do=str(do)))
    match do:
        case Do.TEST:
            return await _test(call)
        case Do.ON | Do.OFF | Do.SWITCH:
            return await _which(call, do)
        case _:
            spot = Spot() if do is Do.HERE else values.pop("place", None)
    if do is Do.HERE and len(await platforms_of(call)) > 1:
        values[PLATFORM.option], spot = call.chat.platform, None
    if isinstance(spot, Where):  # "place=private"
        values[WHERE.option], spot = values.get(WHERE.option) or spot, None
    return await _changed(call, values, None if spot is None else await chosen(call, cast("Spot", spot)))


async def _which(call: Call, do: Do) -> Reply:
    """Ask which alerts to switch on or off: a word alone does not say."""
    settings = call.open_wallet.settings
    shown = await shown_to(call, settings)
    question = any_switch(shown) if do is Do.SWITCH else switches(shown, on=do is Do.ON)
    if question is not None:
        raise question
    title = "alerts-all-on" if do is Do.ON else "alerts-all-off"
    return await card(call, settings, say(title, group="yes" if call.group else "no"))


async def _changed(call: Call, values: Mapping[str, object], place: Chosen | None) -> Reply:
    """Change the settings that are given, and show them all."""
    if call.joined and place is not None:
        raise UnfitError(say("alerts-joined"))
    where = where_of(call, cast("Where | None", values.get(WHERE.option)))
    admin = call.person.id if call.group else None
    if (platform := values.get(PLATFORM.option)) is not None:
        await check_platform(call, cast("str", platform))

    def changed(settings: Settings) -> Settings:
        if place is not None:
            settings = replace(settings, alerts=placed(settings.alerts, place.place))
        for setting in SETTINGS:
            if (value := values.get(setting.option)) is not None:
                settings = setting.change(settings, value, admin)
        return settings

    saved, has_changed = await call.books.change_settings(call.open_wallet.id, changed)
    title = say("alerts-saved" if has_changed else "alerts-title", group="yes" if call.group else "no")
    return await card(
        call,
        saved,
        title,
        say("alerts-check") if where in {Where.PRIVATE, Where.BOTH} else None,
        None if place is None or place.checked else say("place-unchecked"),
        None if place is None and where is None else await _sent_again(call),
    )


async def _sent_again(call: Call) -> Say | None:
    """Send the alerts that waited for a place."""
    number = await MissedAlerts(call.store.notes, call.store.outbox).send_again(call.open_wallet.id, call.at)
    return say("place-again", number=number) if number else None


async def _test(call: Call) -> Reply:
    """Send a test alert to where alerts go, in the same way, but also in quiet hours."""
    key = f"test:{call.key}"
    notice = Notice(key, "test", {}, call.open_wallet.id, urgent=True)
    await call.store.outbox.notify([notice], call.books.clock.now())
    person = call.open_wallet.settings.alerts.person or call.person.id
    name = (await call.store.people.names([person])).get(person, SOMEONE)
    targets = dict.fromkeys((to.direct, to.platform) for to, _, _ in await call.store.outbox.deliveries(key))
    there = named(call, call.open_wallet.settings.alerts.place or "")
    places = [
        say("test-private", platform=platform.capitalize(), name=name)
        if direct
        else say("test-group", platform=platform.capitalize(), place=there)
        for direct, platform in targets
    ]
    return reply(say("test-sent"), *places)


@command("snooze", hidden=True, needs_wallet=False)
async def snooze(
    call: Call,
    alert: Annotated[str, Choice(only=tuple(BY_CODE))],
    days: Annotated[int, Whole(high=LONGEST_SNOOZE.days)] = 7,
    of: Annotated[int | None, Whole(named=True, high=MOST_NUMBER)] = None,
) -> Reply:
    """Snooze an alert for some days."""
    until = call.at + timedelta(days=days)
    await _change(call, of, lambda alerts: snoozed(alerts, alert, until, call.at))
    undo = Button(say("button-wake"), f"wake {alert}{_of(of)}")
    return reply(say("snoozed", what=choice(alert), until=Hour(until)), buttons(undo))


@command("wake", hidden=True, needs_wallet=False)
async def wake_(
    call: Call,
    alert: Annotated[str, Choice(only=tuple(BY_CODE))],
    of: Annotated[int | None, Whole(named=True, high=MOST_NUMBER)] = None,
) -> Reply:
    """End the snooze of an alert."""
    await _change(call, of, lambda alerts: wake(alerts, alert))
    return reply(say("awake", what=choice(alert)))


async def _change(call: Call, of: int | None, change: Callable[[Alerts], Alerts]) -> None:
    """Change the alert settings of this chat's wallet, or of wallet number `of`, whose alerts go to this person."""
    if of is not None:
        await _require_recipient(call, WalletId(of))

    def changed(settings: Settings) -> Settings:
        if of is not None and settings.alerts.person != call.person.id:
            raise UnfitError(say("alerts-not-yours"))
        return replace(settings, alerts=change(settings.alerts))

    await call.books.change_settings(call.open_wallet.id if of is None else WalletId(of), changed)


async def _require_recipient(call: Call, wallet: WalletId) -> None:
    """Refuse somebody who does not get a group's alerts in private, or whose role there is another by now."""
    settings, groups = await call.store.people.settings_of(wallet), await call.store.people.groups_of(wallet)
    if not groups or settings.alerts.person != call.person.id:
        raise UnfitError(say("alerts-not-yours"))
    may = None if call.admins is None else await may_get_alerts(call.admins, groups, settings.team, call.person.id)
    if may is None:
        raise UnfitError(say("alerts-admin-unknown"))
    if not may:
        await call.books.change_settings(wallet, lambda kept: back_in_group(kept, call.person.id))
        raise UnfitError(say("alerts-no-admin"))


def _of(number: int | None) -> str:
    return "" if number is None else f" of={number}"
