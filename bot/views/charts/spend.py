"""The picture of what was spent, by week or month and by what for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from bot.options.choice import choice
from bot.pictures.model import SpendBar, SpendChart, SpendKind, Tick
from bot.pictures.scale import round_steps
from bot.reply.parts import Say, say
from bot.views.charts.captioned import CaptionedChart
from bot.views.entries import sum_of
from bot.views.stats.phrases import days_in_words, spent_on
from core.ledger.model import Purpose

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from bot.reply.parts import Fact
    from bot.views.charts.captioned import ChartWriter
    from core.ledger.flows import Flows

MOST_KINDS: Final = 4


class SpendData(NamedTuple):
    """What moved in each of several weeks, or with `monthly` months, by their first days; and in all, until `last`."""

    spans: tuple[tuple[date, Flows], ...]
    last: date
    whole: Flows
    monthly: bool

    @property
    def spent(self) -> int:
        """What was spent in all."""
        return sum(self.whole.spent.values())


def spend_picture(found: SpendData, write: ChartWriter, *, money: bool) -> CaptionedChart:
    """The picture of what was spent."""
    kinds = list(kinds_of(found.whole.spent))
    highest = max(sum(flows.spent.values()) for _, flows in found.spans)
    lowest = -max(flows.returned for _, flows in found.spans)
    chart = SpendChart(
        title=write.write("chart-spend-title", by="month" if found.monthly else "week"),
        detail=write.days(found.spans[0][0], found.last),
        dark=write.dark,
        kinds=tuple(
            SpendKind(write.speak.say(kind_name(purposes)), write.figure(_sum(found.whole, purposes)))
            for purposes in kinds
        ),
        returned=SpendKind(write.write("chart-returned"), write.figure(found.whole.returned)),
        bars=tuple(
            SpendBar(_text(found, first, write), tuple(_sum(flows, kind) for kind in kinds), flows.returned)
            for first, flows in found.spans
        ),
        ticks=tuple(Tick(at, write.figure(at)) for at in round_steps(lowest, highest)),
        total_text=write.write("chart-in-all"),
    )
    return CaptionedChart(chart, _caption(found, write, money=money))


def kinds_of(spent: Mapping[Purpose, int]) -> Iterator[tuple[Purpose, ...]]:
    """What was spent on most; what does not find room has one name together."""
    used = sorted((purpose for purpose in Purpose if spent.get(purpose)), key=lambda one: -spent[one])
    if len(used) <= MOST_KINDS:
        yield from ((purpose,) for purpose in used)
        return
    shown = MOST_KINDS - 1
    yield from ((purpose,) for purpose in used[:shown])
    yield tuple(used[shown:])


def kind_name(purposes: tuple[Purpose, ...]) -> Say:
    """What a kind of spending is called."""
    return choice(purposes[0]) if len(purposes) == 1 else choice(Purpose.OTHER)


def _sum(flows: Flows, purposes: tuple[Purpose, ...]) -> int:
    return sum(flows.spent.get(purpose, 0) for purpose in purposes)


def _text(found: SpendData, first: date, write: ChartWriter) -> str:
    return write.month(first, len(found.spans)) if found.monthly else write.day(first)


def _caption(found: SpendData, write: ChartWriter, *, money: bool) -> Say:
    """What was spent, what came back, and the highest of the bars; and where it may be said, what it cost."""
    first, most = max(found.spans, key=lambda span: sum(span[1].spent.values()))
    purposes, highest = spent_on(found.whole.spent), sum(most.spent.values())
    several = purposes is not None and sum(map(bool, found.whole.spent.values())) > 1
    spent = say(
        "chart-spend-caption",
        days=days_in_words(found.spans[0][0], found.last),
        connects=found.spent,
        purposes=say("chart-spend-on", purposes=purposes) if several else "",
        returned=found.whole.returned,
        cost=_cost(found.whole) if money else "",
    )
    if highest == found.spent:
        return spent
    by, day = ("month", write.named_month(first)) if found.monthly else ("week", first)
    return say("chart-spend-most", spent=spent, by=by, day=day, connects=highest)


def _cost(whole: Flows) -> Fact:
    cost = sum_of(price for price in whole.cost if price.total > 0)
    return "" if cost is None else say("chart-spend-cost", price=cost, returned=whole.returned, unknown=whole.unknown)
