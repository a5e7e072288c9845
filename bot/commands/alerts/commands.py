"""`/alerts`, `/snooze` and `/wake`: which alerts a wallet's holder gets, where, and when not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Final

from bot.command.declaration import Call, UnfitError, Who, command
from bot.commands.alerts.settings import OPTIONS, QUIET, ROWS, SETTINGS, WHERE, Shown
from bot.options.choice import Choice, choice
from bot.options.numbers import MOST_NUMBER, Whole
from bot.reply.parts import Button, Buttons, Fields, Hour, Reply, Say, buttons, reply, say
from bot.views.entries import warning
from core.alerts.catalogue import BY_CODE
from core.delivery.notice import Notice
from core.shared.ids import WalletId
from core.wallets.settings import LONGEST_SNOOZE, Alerts, Settings, Where, back_in_group, wake
from core.wallets.settings import snooze as snoozed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

BUTTONS_IN_ROW: Final = 2  # so that their labels can be read on a phone


class Do(StrEnum):
    """The actions of /alerts."""

    TEST = "test"


@command("alerts", who=Who.ADMINS, read_only=("", "test"))
async def alerts(
    call: Call, do: Annotated[Do | None, Choice(of=Do)] = None, **values: Annotated[object, OPTIONS]
) -> Reply:
    """Show the alerts and their settings, change the settings that are given, or send a test alert."""
    if do is Do.TEST:
        return await _test(call)

    admin = call.person.id if call.group else None

    def changed(settings: Settings) -> Settings:
        for setting in SETTINGS:
            if (value := values.get(setting.option)) is not None:
                settings = setting.change(settings, value, admin)
        return settings

    saved, has_changed = await call.books.change_settings(call.open_wallet.id, changed)
    elsewhere = values.get(WHERE.option) in {Where.PRIVATE, Where.BOTH}
    title = say("alerts-saved" if has_changed else "alerts-title", group="yes" if call.group else "no")
    return await _overview(call, saved, title, elsewhere=elsewhere)


async def _overview(call: Call, settings: Settings, title: Say, *, elsewhere: bool) -> Reply:
    """The state of each alert, with a button for each; `elsewhere` says that a private chat was just chosen."""
    holding = await call.store.ledger.holding(call.open_wallet.id)
    shown = Shown(settings, holding.budget, call.at, await _private_recipient(call, settings))
    last = (WHERE, QUIET) if call.group else (QUIET,)
    test = Button(say("button-test"), "alerts test")
    return reply(
        title,
        Fields(tuple(setting.row(shown) for setting in (*ROWS, *last))),
        warning(settings, holding.balance),
        say("alerts-check") if elsewhere else None,
        Buttons(
            (
                *_pairs([row.change_button(shown) for row in ROWS]),
                (*(setting.change_button(shown) for setting in last), test),
            )
        ),
    )


async def _private_recipient(call: Call, settings: Settings) -> str | None:
    """The name of the person who gets a group's alerts in private (None: nobody)."""
    person = settings.alerts.person
    if not call.group or settings.alerts.where is Where.GROUP or person is None:
        return None
    return (await call.store.people.names([person])).get(person, "?")


def _pairs(all_buttons: Sequence[Button]) -> tuple[tuple[Button, ...], ...]:
    return tuple(tuple(all_buttons[at : at + BUTTONS_IN_ROW]) for at in range(0, len(all_buttons), BUTTONS_IN_ROW))


async def _test(call: Call) -> Reply:
    """Send a test alert to where alerts go, in the same way, but also in quiet hours."""
    key = f"test:{call.key}"
    notice = Notice(key, "test", {}, call.open_wallet.id, urgent=True)
    await call.store.outbox.notify([notice], call.books.clock.now())
    person = call.open_wallet.settings.alerts.person or call.person.id
    name = (await call.store.people.names([person])).get(person, call.person.name)
    targets = dict.fromkeys((to.direct, to.platform) for to, _, _ in await call.store.outbox.deliveries(key))
    places = [
        say("test-private" if direct else "test-group", platform=platform.capitalize(), name=name)
        for direct, platform in targets
    ]
    return reply(say("test-sent"), *places)


@command("snooze", who=Who.ADMINS, hidden=True, needs_wallet=False)
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


@command("wake", who=Who.ADMINS, hidden=True, needs_wallet=False)
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
    """Refuse somebody who does not get a group's alerts in private, or who is no admin of the group any more."""
    settings, group = await call.store.people.settings_of(wallet), await call.store.people.group_of(wallet)
    if group is None or settings.alerts.person != call.person.id:
        raise UnfitError(say("alerts-not-yours"))
    is_admin = None if call.admins is None else await call.admins.is_admin(group, call.person.id)
    if is_admin is None:
        raise UnfitError(say("alerts-admin-unknown"))
    if not is_admin:
        await call.books.change_settings(wallet, lambda kept: back_in_group(kept, call.person.id))
        raise UnfitError(say("alerts-no-admin"))


def _of(number: int | None) -> str:
    return "" if number is None else f" of={number}"
