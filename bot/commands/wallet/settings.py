"""The settings of a wallet."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from bot.command.declaration import Call, command
from bot.options.choice import Choice, Switch, choice
from bot.options.money import Currency
from bot.options.times.days import Days
from bot.options.times.time import OrOff
from bot.options.times.zone import Zone, zone_name
from bot.reply.parts import Button, Buttons, Fields, Reply, Say, reply, say
from bot.views.entries import warning
from core.wallets.settings import FigureSettings, Plan, Settings

ASKED = ("zone", "currency", "plan", "low", "answer", "dark")
MOST_DAYS = 365
ALERTS = (Button(say("button-alerts"), "alerts"),)


@command("settings", read_only=("",))
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
) -> Reply:
    """Show the settings, or change those that are given; `low=0` switches the warning off."""
    wallet = call.open_wallet
    if incomes and call.group:
        return reply(say("incomes-private"))

    def changed(stored: Settings) -> Settings:
        return replace(
            stored,
            zone=zone or stored.zone,
            currency=currency or stored.currency,
            plan=plan or stored.plan,
            threshold=stored.threshold if low is None else low or None,
            alerts=stored.alerts if answer is None else replace(stored.alerts, answer=answer),
            figures=_figures(stored.figures, dark=dark, incomes=incomes),
        )

    # Deleted before that is switched off: whatever fails in between, settings that say "not kept" are true.
    forgotten = await call.store.incomes.forget(wallet.id) if incomes is False else 0
    wanted, new = await call.books.change_settings(wallet.id, changed)
    rows = (
        (say("field-zone"), zone_name(wanted.zone)),
        (say("field-currency"), wanted.currency),
        (say("field-plan"), choice(wanted.plan)),
        (say("field-low"), say("low-off") if wanted.threshold is None else say("low-at", connects=wanted.threshold)),
        (say("field-answer"), say("answer-days", days=wanted.alerts.answer)),
        (say("field-dark"), say("pictures-dark" if wanted.figures.dark else "pictures-light")),
        *(() if call.group else ((say("field-incomes"), _incomes(wanted)),)),
    )
    balance = await call.books.balance(wallet.id)
    return reply(
        say("settings-saved" if new else "settings-title", group="yes" if call.group else "no"),
        Fields(rows),
        warning(wanted, balance.available),
        say("incomes-forgotten", rows=forgotten) if forgotten else None,
        say("incomes-how") if incomes else None,
        Buttons((*((Button(say(f"button-{name}"), f"settings {name}=?"),) for name in ASKED), ALERTS)),
    )


def _incomes(wanted: Settings) -> Say:
    return say("incomes-on" if wanted.figures.incomes else "incomes-off")


def _figures(stored: FigureSettings, *, dark: bool | None, incomes: bool | None) -> FigureSettings:
    dark = stored.dark if dark is None else dark
    return FigureSettings(dark, stored.incomes if incomes is None else incomes)
