"""What `/alerts` shows: a few rows, and buttons that each change one of them."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Final

from bot.command.declaration import DoubtError
from bot.commands.alerts.places import named, names_in
from bot.commands.alerts.platforms import platforms_of
from bot.commands.alerts.settings import ALERT_SETTINGS, PLATFORM, QUIET, WHERE, Shown
from bot.reading.parser import ASK_ME
from bot.reply.parts import Button, Buttons, Fields, Reply, Say, reply, say
from bot.views.entries import warning
from core.shared.names import SOMEONE
from core.wallets.settings import Settings, Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.command.declaration import Call
    from bot.commands.alerts.settings import Setting

BUTTONS_IN_ROW: Final = 2  # so that their labels can be read on a phone
FEWEST: Final = 2


async def card(call: Call, settings: Settings, title: Say, *more: Say | None) -> Reply:
    """The state of all alerts. `more` is said below it."""
    holding = await call.store.ledger.holding(call.open_wallet.id)
    shown = await shown_to(call, settings)
    return reply(
        title,
        Fields(tuple(_rows(shown, group=call.group))),
        warning(settings, holding.balance),
        *more,
        Buttons(_pairs(list(_buttons(shown)))),
    )


async def shown_to(call: Call, settings: Settings) -> Shown:
    """The state that the rows show."""
    holding = await call.store.ledger.holding(call.open_wallet.id)
    name, place = await _private_recipient(call, settings), _place(call, settings)
    return Shown(settings, holding.budget, call.at, name, place, call.group, await platforms_of(call))


def _rows(shown: Shown, *, group: bool) -> Iterator[tuple[Say, Say]]:
    """A row for each alert with a figure or a snooze; those that are merely on, or off, share a row."""
    plain: list[Setting] = []
    off: list[Setting] = []
    for setting in _concerning(shown):
        if setting.snoozed_until(shown) is not None or (setting.is_on(shown) and setting.button is not None):
            yield setting.row(shown)
        else:
            (plain if setting.is_on(shown) else off).append(setting)
    if plain:
        yield say("field-on"), _listed([setting.in_brief(shown) for setting in plain])
    if off:
        yield say("field-off"), _listed([setting.title for setting in off])
    yield QUIET.row(shown)
    if group:
        yield WHERE.row(shown)
    if len(shown.platforms) >= FEWEST:
        yield PLATFORM.row(shown)


def _concerning(shown: Shown) -> list[Setting]:
    """The settings that are about something which the wallet has."""
    every = (setting for setting in ALERT_SETTINGS if shown.group or not setting.shared)
    return [setting for setting in every if setting.concerns(shown.settings)]


def _listed(titles: Iterable[Say]) -> Say:
    """Titles with commas between them; an "and" would not be told from those within titles."""
    return reduce(lambda first, following: say("list-more", first=first, next=following), titles)


def _buttons(shown: Shown) -> Iterator[Button]:
    yield from filter(None, (setting.change_button() for setting in ALERT_SETTINGS))
    yield Button(say("button-switch"), "alerts switch")
    yield from filter(None, (QUIET.change_button(),))
    if len(shown.platforms) >= FEWEST:
        yield from filter(None, (PLATFORM.change_button(),))
    if shown.group:
        yield Button(say("button-place"), "alerts place=?")
    yield Button(say("button-test"), "alerts test")


def _pairs(all_buttons: Sequence[Button]) -> tuple[tuple[Button, ...], ...]:
    return tuple(tuple(all_buttons[at : at + BUTTONS_IN_ROW]) for at in range(0, len(all_buttons), BUTTONS_IN_ROW))


async def _private_recipient(call: Call, settings: Settings) -> str | None:
    """The name of the person who gets a group's alerts in private (None: nobody)."""
    person = settings.alerts.person
    if not call.group or settings.alerts.where is Where.GROUP or person is None:
        return None
    return (await call.store.people.names([person])).get(person, SOMEONE)


def _place(call: Call, settings: Settings) -> Say:
    """What the part of the group is called that its alerts go to, and what is wrong with it."""
    alerts = settings.alerts
    if alerts.place is None and names_in(call):
        return say("place-none")
    lost = "" if alerts.lost is None else alerts.lost.why
    place = named(call, alerts.place or "", lost=lost)
    return say("place-lost-now", place=place, why=say(f"place-why-{lost}")) if lost else place


def any_switch(shown: Shown) -> DoubtError:
    """The question which alert to switch on or off, or on which day the plan's Connects are due."""
    details = (setting.detail for setting in ALERT_SETTINGS if setting.detail is not None)
    more = filter(None, (detail.change_button() for detail in details))
    return DoubtError(say("ask-alerts-switch"), *(one.switch_button(shown) for one in _concerning(shown)), *more)


def switches(shown: Shown, *, on: bool) -> DoubtError | None:
    """The question which alerts to switch on, or off; several at once are offered too. None if all of them are."""
    found = [setting for setting in _concerning(shown) if setting.is_on(shown) is not on]
    if not found:
        return None
    each = [setting.switch_button(shown) for setting in found]
    question = say("ask-alerts-on" if on else "ask-alerts-off")
    lines = [setting.switched(on=on) for setting in found if not on or setting.usual != ASK_ME]
    if len(lines) < FEWEST:
        return DoubtError(question, *each)
    label = "button-all-off" if not on else "button-all-on" if len(lines) == len(found) else "button-usual-on"
    return DoubtError(question, *each, Button(say(label), " ".join(("alerts", *lines))))
