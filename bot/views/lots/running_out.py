"""When the Connects run out: the answer of /forecast."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bot.reply.parts import Button, Buttons, Fields, reply, say
from bot.views.entries import buy_button
from bot.views.lots.advice import advice_button, advice_in_words
from bot.views.lots.forecast import booking, expiring_unspent
from core.ledger.queries import available
from core.shared.calendar import DAY, WEEK

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from bot.reply.parts import Fact, Reply, Say
    from core.forecast.advice import Advice
    from core.forecast.budget_pace import BudgetPace
    from core.forecast.burn_rate import BurnRate
    from core.forecast.buying import Purchase
    from core.forecast.outlook import Forecast, Outlook
    from core.forecast.running_out import Depletion, Scenario
    from core.ledger.rulebook import Rulebook

    Row = tuple[Say, Fact]


class ForecastView(NamedTuple):
    """What the answer is made of. `money`: it may say what things cost. `admin`: its reader may book."""

    outlook: Outlook
    forecast: Forecast
    advice: Advice | None
    rulebook: Rulebook
    now: datetime
    money: bool
    admin: bool
    more: tuple[Button | None, ...] = ()

    @property
    def connects(self) -> int:
        """What can be spent now."""
        return available(self.outlook.lots, self.now)


def forecast_answer(view: ForecastView) -> Reply:
    """When they run out, what that counts in, what to buy, and what is worth doing next."""
    found, pace = view.forecast, view.outlook.pace
    rows = tuple(_rows(view))
    unspent, due = view.outlook.unspent, view.outlook.monthly.due
    over = None if unspent is None else expiring_unspent(unspent, view.outlook.lots, money=view.money)
    return reply(
        _unknown(view) if found.out is None else _lasting(view.connects, found.out.usual),
        None if pace.until is None else say("forecast-known", day=pace.until),
        Fields(rows) if rows else None,
        over if unspent is not None and unspent.most.connects else None,
        None if due is None else say("monthly-due", connects=due.connects, day=due.day),
        None if pace.young and view.advice is None else advice_in_words(view.advice, money=view.money),
        Buttons(tuple(_keys(view))),
    )


def _unknown(view: ForecastView) -> Say:
    """Why nobody can say when they run out, and what would help."""
    if view.outlook.pace.young:
        return say("forecast-young", connects=view.connects)
    return say("forecast-idle", connects=view.connects)


def _lasting(connects: int, usual: Scenario) -> Say:
    if not connects:
        return say("forecast-empty")
    if usual.out is None:
        return say("forecast-long", connects=connects)
    return say("forecast-out", connects=connects, day=usual.out)


def _rows(view: ForecastView) -> Iterator[Row]:
    found, rate = view.forecast, view.outlook.pace.rate
    if rate is not None and found.out is not None:
        yield say("field-pace"), _pace(rate)
        if view.connects:
            yield from _range(found.out)
            yield say("field-counted"), _counted(found.out.usual)
    if found.purchase is not None:
        yield say("field-to-buy"), _purchase(found.purchase, money=view.money)
    if found.budget is not None:
        yield say("field-budget"), _budget(found.budget)


def _pace(rate: BurnRate) -> Say:
    """The pace in Connects a week."""
    usual, slow, fast = (round(pace * WEEK / 1000) for pace in rate)
    return say("forecast-pace", usual=usual, slow=slow, fast=fast, range="no" if slow == fast else "yes")


def _range(found: Depletion) -> Iterator[Row]:
    """The days at the paces of the fastest and of the slowest week."""
    if found.fast.out == found.slow.out:
        return
    yield say("field-fast"), _day(found.fast)
    yield say("field-slow"), _day(found.slow)


def _day(scenario: Scenario) -> Fact:
    return say("forecast-later") if scenario.out is None else scenario.out


def _counted(usual: Scenario) -> Say:
    """What expires before then without being spent, and what the plan gives."""
    return say("forecast-counted", expired=usual.expired, came=usual.came, lots=usual.lots)


def _purchase(purchase: Purchase, *, money: bool) -> Say:
    facts: dict[str, Fact] = {"connects": purchase.connects, "by": purchase.by, "until": purchase.until}
    bought = say("forecast-buy", **facts)
    return say("forecast-buy-price", bought=bought, price=purchase.price) if money else bought


def _budget(pace: BudgetPace) -> Say:
    spent, limit = max(pace.spent, 0), pace.limit
    so_far = say("forecast-budget", spent=spent, limit=limit)
    if pace.expected is None:
        return so_far
    by_end = say("forecast-budget-end", so_far=so_far, expected=max(pace.expected.usual, 0), last=pace.ends - DAY / 2)
    return by_end if pace.passed is None else say("forecast-budget-passed", by_end=by_end, day=pace.passed)


def _keys(view: ForecastView) -> Iterator[tuple[Button, ...]]:
    """The buttons, none of them twice."""
    purchase, due = view.forecast.purchase, view.outlook.monthly.due
    came = booking(due) if due is not None and view.admin else None
    helps = Button(say("button-import"), "import") if view.forecast.out is None else None
    buy = buy_button(purchase.connects, purchase.price) if purchase is not None and view.money and view.admin else None
    does = advice_button(view.advice, view.rulebook, money=view.money, admin=view.admin)
    lines: set[str] = set()
    for row in ((does, helps), (buy,), (came,), (Button(say("button-lots"), "lots"), *view.more)):
        kept = tuple(one for one in row if one is not None and one.line not in lines)
        lines |= {one.line for one in kept}
        if kept:
            yield kept
