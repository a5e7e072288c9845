"""The settings of a wallet."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

from bot.command.declaration import Call, command
from bot.commands.clients.incomes import forget_incomes
from bot.commands.wallet.team_settings import (
    FEED_CHOICE,
    FeedChoice,
    team_settings_buttons,
    team_settings_change,
    team_settings_rows,
)
from bot.options.choice import Choice, Switch, choice
from bot.options.money import Currency
from bot.options.times.days import Days
from bot.options.times.time import OrOff
from bot.options.times.zone import Zone, zone_name
from bot.reading.team.settings import settings_line
from bot.reply.parts import Button, Buttons, Fields, Reply, Say, reply, say
from bot.views.entries import warning
from core.wallets.settings import FigureSettings, Plan, Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.reply.parts import Fact

ASKED = ("zone", "currency", "plan", "low", "answer", "dark")
MOST_DAYS = 365
ALERTS = (Button(say("button-alerts"), "alerts"),)


@command("settings", read_only=("",), reader=settings_line)
async def settings(
    call: Call,
    zone: Annotated[str | None, Zone()] = None,
    currency: Annotated[str | None, Currency()] = None,
    plan: Annotated[Plan | None, Choice(of=Plan)] = None,
    low: Annotated[int | None, OrOff(low=0, high=100_000)] = None,
    *,
    answer: Annotated[int | None, Days(named=True, high=MOST_DAYS)] = None,
    incomes: Annotated[bool | None, Switch(named=True)] = None,
    dark: Annotated[bool | None, Switch(named=True)] = None,
    feed: Annotated[FeedChoice | None, FEED_CHOICE] = None,
    money: Annotated[bool | None, Switch(named=True)] = None,
    weekly: Annotated[bool | None, Switch(named=True)] = None,
) -> Reply:
    """Show the settings, or change those that are given; `low=0` switches the warning off."""
    wallet = call.open_wallet
    if incomes and call.group:
        return reply(say("incomes-private"))
    shared = await team_settings_change(call, feed, money=money, weekly=weekly)

    def changed(stored: Settings) -> Settings:
        return replace(
            stored,
            zone=zone or stored.zone,
            currency=currency or stored.currency,
            plan=plan or stored.plan,
            threshold=stored.threshold if low is None else low or None,
            alerts=stored.alerts if answer is None else replace(stored.alerts, answer=answer),
            figures=_figures(stored.figures, dark=dark, incomes=incomes),
            team=shared.changed(stored.team),
        )

    # Deleted before that is switched off: whatever fails in between, settings that say "not kept" are true.
    forgotten = await forget_incomes(call) if incomes is False else 0
    wanted, new = await call.books.change_settings(wallet.id, changed)
    balance = await call.books.balance(wallet.id)
    return reply(
        say("settings-saved" if new else "settings-title", group="yes" if call.group else "no"),
        Fields(tuple(_rows(call, wanted))),
        warning(wanted, balance.available),
        say("incomes-forgotten", rows=forgotten) if forgotten else None,
        say("incomes-how") if incomes else None,
        say("feed-unchecked") if shared.unchecked else None,
        Buttons(tuple(_buttons(call, wanted))),
    )


def _rows(call: Call, wanted: Settings) -> Iterator[tuple[Say, Fact]]:
    yield say("field-zone"), zone_name(wanted.zone)
    yield say("field-currency"), wanted.currency
    yield say("field-plan"), choice(wanted.plan)
    yield say("field-low"), say("low-off") if wanted.threshold is None else say("low-at", connects=wanted.threshold)
    yield say("field-answer"), say("answer-days", days=wanted.alerts.answer)
    yield say("field-dark"), say("pictures-dark" if wanted.figures.dark else "pictures-light")
    if call.group:
        yield from team_settings_rows(call, wanted.team)
    else:
        yield say("field-incomes"), _incomes(wanted)


def _buttons(call: Call, wanted: Settings) -> Iterator[tuple[Button, ...]]:
    for name in ASKED:
        yield (Button(say(f"button-{name}"), f"settings {name}=?"),)
    if call.group:
        yield from team_settings_buttons(call, wanted.team)
    yield ALERTS


def _incomes(wanted: Settings) -> Say:
    return say("incomes-on" if wanted.figures.incomes else "incomes-off")


def _figures(stored: FigureSettings, *, dark: bool | None, incomes: bool | None) -> FigureSettings:
    dark = stored.dark if dark is None else dark
    return FigureSettings(dark, stored.incomes if incomes is None else incomes)
