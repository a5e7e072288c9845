"""The picture of the balance: how it came about, what expires, and how long it lasts."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from bot.pictures.model import BalanceChart, DayTick, Expiry, ForecastBand, ForecastDay, Level, Threshold, Tick
from bot.pictures.scale import round_days, round_steps
from bot.reply.parts import Say, say
from bot.views.charts.captioned import CaptionedChart

if TYPE_CHECKING:
    from datetime import date

    from bot.views.charts.captioned import ChartWriter


class BalanceData(NamedTuple):
    """The balance over time.

    `levels` are the balances at the ends of days, one for each day on which it changed, and for the first and the last.
    `expiries` are the Connects that expire on days ahead, `ahead` what the next days may leave. `out` is the day on
    which none are left at the usual pace (None: they last for half a year), `paced` whether the pace is known.
    `current`: the period reaches today, so that there is something ahead.
    """

    levels: tuple[Level, ...]
    current: bool
    expiries: tuple[tuple[date, int], ...] = ()
    ahead: tuple[ForecastDay, ...] = ()
    out: date | None = None
    paced: bool = False
    threshold: int | None = None

    @property
    def first(self) -> Level:
        """The balance at the beginning."""
        return self.levels[0]

    @property
    def last(self) -> Level:
        """The balance at the end."""
        return self.levels[-1]


def levels_of(days: tuple[date, ...], balances: tuple[int, ...]) -> tuple[Level, ...]:
    """The days on which a balance changed, with the first and the last."""
    every = [Level(day, amount) for day, amount in zip(days, balances, strict=True)]
    changed = [after for before, after in pairwise(every) if after.amount != before.amount or after is every[-1]]
    return (every[0], *changed)


def balance_picture(found: BalanceData, write: ChartWriter) -> CaptionedChart:
    """The picture of a balance."""
    ends = [found.last.day, *(one.day for one in found.ahead), *(day for day, _ in found.expiries)]
    first, last = found.first.day, max(ends)
    low, high = _reach(found)
    length = (last - first).days
    chart = BalanceChart(
        title=write.write("chart-balance-title"),
        detail=write.days(first, found.last.day),
        dark=write.dark,
        levels=found.levels,
        ticks=tuple(Tick(at, write.figure(at)) for at in round_steps(low, high)),
        days=tuple(DayTick(day, write.day(day, length)) for day in round_days(first, last)),
        today=found.last.day,
        today_text=write.write("chart-today") if found.current else write.day(found.last.day),
        now_text=write.figure(found.last.amount),
        expiries=tuple(Expiry(day, connects, write.figure(connects)) for day, connects in found.expiries),
        expiries_text=write.write("chart-expires"),
        threshold=_threshold(found, write),
        forecast=ForecastBand(found.ahead, _outlook(found, write)) if found.ahead else None,
    )
    return CaptionedChart(chart, _caption(found))


def _reach(found: BalanceData) -> tuple[int, int]:
    amounts = [level.amount for level in found.levels] + [day.high for day in found.ahead]
    return min(amounts), max(*amounts, found.threshold or 0)


def _threshold(found: BalanceData, write: ChartWriter) -> Threshold | None:
    if not found.threshold or not found.current:
        return None
    return Threshold(found.threshold, write.write("chart-threshold", connects=found.threshold))


def _outlook(found: BalanceData, write: ChartWriter) -> str:
    if found.out is None:
        return write.write("chart-lasts")
    return write.write("chart-runs-out", day=write.day(found.out))


def _caption(found: BalanceData) -> Say:
    """The balance, how it changed, and what is to come; of a time that is over, its lowest balance."""
    change = found.last.amount - found.first.amount
    changed = (
        ""
        if found.first.day == found.last.day
        else say("chart-balance-change", more=max(change, 0), fewer=max(-change, 0), day=found.first.day)
    )
    if not found.current:
        lowest = min(found.levels, key=lambda level: level.amount)
        return say(
            "chart-balance-then",
            connects=found.last.amount,
            day=found.last.day,
            changed=changed,
            lowest=lowest.amount,
            at=lowest.day,
        )
    return say("chart-balance-now", connects=found.last.amount, changed=changed, ahead=_ahead(found))


def _ahead(found: BalanceData) -> Say:
    if found.out is not None:
        return say("chart-balance-out", day=found.out)
    if found.paced:
        return say("chart-balance-lasts")
    if found.expiries:
        day, connects = found.expiries[0]
        return say("chart-balance-expiring", connects=connects, day=day)
    return say("chart-balance-unpaced")
