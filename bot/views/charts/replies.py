"""The picture of what a reply cost, month by month."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from bot.pictures.model import ReplyCostChart, ReplyMonth, Tick
from bot.pictures.scale import round_steps
from bot.reply.parts import Say, say
from bot.views.charts.captioned import CaptionedChart, Missing
from core.shared.money import Price

if TYPE_CHECKING:
    from bot.reply.parts import Fact
    from bot.views.charts.captioned import ChartWriter
    from core.stats.model import FunnelStep, MonthlyReplies, UnitCost

TEN: Final = 10


class ReplyData(NamedTuple):
    """What a reply cost in each month, and in all of them, which were sent on these `days`.

    `currency` is that of the picture (empty: Connects). `about`: the cost of all of them is not certain.
    """

    months: tuple[MonthlyReplies, ...]
    whole: FunnelStep
    days: Say
    currency: str = ""
    about: bool = False

    def cost(self, each: UnitCost | None) -> int | None:
        """What one cost, in tenths of a Connect or in minor units (None: not known, or not in this currency alone)."""
        if each is None or not self.currency:
            return None if each is None else each.tenths
        if each.money is None or any(price.currency != self.currency for price in each.money):
            return None
        return sum(price.total for price in each.money)


def replies_picture(found: ReplyData, write: ChartWriter) -> CaptionedChart | Missing:
    """The picture of what a reply cost; why there is none."""
    known = [(month, cost) for month in found.months if (cost := found.cost(month.unit_cost)) is not None]
    if not known:
        return Missing(say("chart-replies-none"), ())
    average = found.cost(found.whole.unit_cost)
    scale = 1 if found.currency else TEN
    highest = max(*(cost for _, cost in known), average or 0, scale) / scale
    months = len(found.months)
    chart = ReplyCostChart(
        title=write.write("chart-replies-title"),
        detail=write.write("chart-replies-in", currency=found.currency or "Connects"),
        dark=write.dark,
        months=tuple(_month(found, month, months, write) for month in found.months),
        ticks=tuple(Tick(at, write.figure(_amount(found, at * scale))) for at in round_steps(0, -int(-highest // 1))),
        counts_text=write.write("chart-replies-counts"),
        none_text=write.write(
            "chart-replies-hatched", money="yes" if found.currency else "no", currency=found.currency or "Connects"
        ),
        average=None
        if average is None
        else Tick(average / scale, write.write("chart-average", cost=_amount(found, average))),
    )
    return CaptionedChart(chart, _caption(found, known, average, write))


def _month(found: ReplyData, month: MonthlyReplies, months: int, write: ChartWriter) -> ReplyMonth:
    cost = found.cost(month.unit_cost)
    return ReplyMonth(
        text=write.month(month.first, months),
        cost=None if cost is None else cost / (1 if found.currency else TEN),
        cost_text="" if cost is None else write.figure(_amount(found, cost)),
        count_text=write.figure(month.replies.hits),
    )


def _amount(found: ReplyData, cost: int) -> Fact:
    """A cost to print: money, or whole Connects."""
    return Price(cost, 0, found.currency) if found.currency else (cost + TEN // 2) // TEN


def _in_words(found: ReplyData, cost: int) -> Say:
    amount = _amount(found, cost)
    return say("amount", price=amount) if found.currency else say("connects", connects=amount)


def _caption(found: ReplyData, known: list[tuple[MonthlyReplies, int]], average: int | None, write: ChartWriter) -> Say:
    """What a reply cost on average, in the cheapest month, and in the latest."""
    cheapest, least = min(known, key=lambda one: one[1])
    latest, last = known[-1]
    months = say(
        "chart-replies-latest" if cheapest is latest else "chart-replies-months",
        least=_in_words(found, least),
        cheapest=write.named_month(cheapest.first),
        last=_in_words(found, last),
        latest=write.named_month(latest.first),
        open="yes" if latest.open else "no",
    )
    if average is None:
        return months
    about = "yes" if found.about else "no"
    whole = say("chart-replies-average", days=found.days, average=_in_words(found, average), about=about)
    return whole if len(known) == 1 else say("chart-replies-both", average=whole, months=months)
