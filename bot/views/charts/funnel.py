"""The picture of what became of proposals, with how certain that is."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, Final

from bot.pictures.model import FunnelChart, FunnelStage, Tick
from bot.pictures.scale import round_steps
from bot.reply.parts import Say, say
from bot.views.charts.captioned import CaptionedChart, Missing
from bot.views.stats.phrases import days_in_words, each_cost, rate_in_words, rate_of
from core.stats.model import Step

if TYPE_CHECKING:
    from bot.views.charts.captioned import ChartWriter
    from core.stats.model import FunnelStep, Statistics

HUNDRED: Final = 100
KNOWN: Final = ("hand", "volume")
"""The yardsticks that have a name of their own, in the order of their marks."""


def funnel_picture(found: Statistics, write: ChartWriter, *, money: bool) -> CaptionedChart | Missing:
    """The picture of how far proposals got; why there is none if nothing is known of them."""
    funnel = found.funnel
    counted = funnel.at(Step.PROPOSAL).rate.of
    if not counted:
        return Missing(say("chart-funnel-young", waiting=funnel.waiting, days=found.answer), ())
    stages = tuple(_stage(reached, write) for reached in funnel.steps[1:])
    named = [name for name in KNOWN if any(name in _beside(reached) for reached in funnel.steps)]
    ends = [stage.high for stage in stages if stage.rate is not None]
    ends += [mark for stage in stages for mark in stage.marks]
    chart = FunnelChart(
        title=write.write("chart-funnel-title"),
        detail=write.write("period-all") if found.first is None else write.days(found.first, found.last),
        dark=write.dark,
        base=write.write("chart-funnel-base", proposals=counted),
        waiting=write.write("chart-funnel-waiting", waiting=funnel.waiting) if funnel.waiting else "",
        stages=stages,
        ticks=_ticks(max(ends, default=0.0), write),
        interval_text=write.write("chart-interval"),
        yardsticks=tuple(write.write(f"thumb-{name}") for name in named),
        yardsticks_text=write.write("chart-yardsticks") if named else "",
    )
    return CaptionedChart(chart, _caption(found, money=money))


def _stage(reached: FunnelStep, write: ChartWriter) -> FunnelStage:
    rate = reached.rate
    name, text = write.write(f"pictured-{reached.step}"), write.speak.say(rate_of(reached))
    marks = _marks(_beside(reached))
    if reached.step is not Step.VIEW:
        return FunnelStage(name, text, rate.share, *rate.interval, marks)
    known = rate.share if rate.hits else None  # most views are not known, so that nothing says how many there are
    return FunnelStage(name, text, known, rate.share, rate.share, marks)


def _beside(reached: FunnelStep) -> dict[str, float]:
    return {one.yardstick: one.percent / HUNDRED for one in reached.comparisons}


def _marks(beside: dict[str, float]) -> tuple[float, ...]:
    """The yardsticks in their order, as far as they are known for this step: a mark is recognised by its place."""
    return tuple(beside[name] for name in takewhile(beside.__contains__, KNOWN))


def _ticks(highest: float, write: ChartWriter) -> tuple[Tick, ...]:
    steps = round_steps(0, min(round(highest * HUNDRED), HUNDRED))
    return tuple(Tick(percent / HUNDRED, write.write("chart-percent", percent=percent)) for percent in steps)


def _caption(found: Statistics, *, money: bool) -> Say:
    """Replies with their range, hires, and what a reply cost."""
    funnel = found.funnel
    replies, hires = funnel.at(Step.REPLY), funnel.at(Step.HIRE)
    days = days_in_words(found.first, found.last)
    caption = say("chart-funnel-caption", days=days, replies=rate_in_words(replies.rate), hires=hires.rate.hits)
    if replies.unit_cost is None or replies.unit_cost.tenths is None:
        return caption
    cost = each_cost(replies.unit_cost, money=money, about=bool(funnel.expense.about))
    return say("chart-funnel-cost", caption=caption, cost=cost)
