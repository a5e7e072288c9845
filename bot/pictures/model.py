"""What a picture shows: plain figures, and words that are ready to print in the reader's language.

Whoever builds a chart has something to draw, and formats money, thousands, percentages and days. The drawing only
decides where things stand, drops what finds no room, and cuts what is too long. A chart is picklable and names no
matplotlib, so that the bot's own process can build it, compare it, and hand it to the worker that draws it.
"""

from datetime import date
from typing import NamedTuple


class Tick(NamedTuple):
    """A line of the grid: where it stands on the axis of figures, and what it is called ("1,000", "$5", "20 %")."""

    at: float
    text: str


class DayTick(NamedTuple):
    """A day that the axis of days names. The drawing drops those for which there is no room, from the middle."""

    day: date
    text: str


class Level(NamedTuple):
    """The balance at the end of a day. It stays what it is until the day of the next level."""

    day: date
    amount: int


class Expiry(NamedTuple):
    """Connects that expire together on a day ahead, "40". There is room for the largest and the nearest texts only."""

    day: date
    amount: int
    text: str


class Threshold(NamedTuple):
    """A level that the reader set: the balance below which the bot warns."""

    amount: int
    text: str


class ForecastDay(NamedTuple):
    """What a day ahead may leave: at the fastest pace, at the usual one, and at the slowest."""

    day: date
    low: int
    usual: int
    high: int


class ForecastBand(NamedTuple):
    """The days ahead in order, today first, and what they come to: "runs out about 3 Mar"."""

    days: tuple[ForecastDay, ...]
    text: str


class BalanceChart(NamedTuple):
    """The balance over time, with what expires when, and how it may go on."""

    title: str
    detail: str
    """The second line: whose it is and for what time. May be empty."""
    dark: bool
    levels: tuple[Level, ...]
    """In order of days; the last one holds until today."""
    ticks: tuple[Tick, ...]
    days: tuple[DayTick, ...]
    today: date
    today_text: str
    now_text: str
    """The balance today, as a direct label at the end of the line: "152"."""
    expiries: tuple[Expiry, ...] = ()
    expiries_text: str = ""
    """What the bars ahead are: "expires"."""
    threshold: Threshold | None = None
    forecast: ForecastBand | None = None


class FunnelStage(NamedTuple):
    """Views, replies, interviews or hires, as a share of the proposals that are old enough to have an answer."""

    name: str
    text: str
    """The count and the rate with its range: "4 of 20 · 20 % (8 to 42 %)"; or that nobody knows."""
    rate: float | None
    """From 0 to 1. None draws no bar: nobody has told what became of them."""
    low: float
    high: float
    marks: tuple[float, ...] = ()
    """The yardsticks' rates, one for each of the chart's yardsticks."""


class FunnelChart(NamedTuple):
    """What became of proposals, with how certain that is."""

    title: str
    detail: str
    dark: bool
    base: str
    """How many proposals the rates are of: "48 proposals"."""
    waiting: str
    """How many are too young to count; may be empty."""
    stages: tuple[FunnelStage, ...]
    ticks: tuple[Tick, ...]
    """At rates, from 0 to 1. The axis ends at the last one, or where the widest interval does."""
    interval_text: str
    """What the thin lines are: "the line is the 95 % range"."""
    yardsticks: tuple[str, ...] = ()
    """The names of at most three yardsticks."""
    yardsticks_text: str = ""
    """That they are rules of thumb: "Rules of thumb, not official"."""


class SpendKind(NamedTuple):
    """A kind of spending, and what it came to in all: "Boosts", "240"."""

    name: str
    text: str


class SpendBar(NamedTuple):
    """A week or a month: spent by kind, in the order of the chart's kinds, and returned; all at least 0."""

    text: str
    spent: tuple[int, ...]
    returned: int = 0


class SpendChart(NamedTuple):
    """What was spent by week or month and by kind, and what came back."""

    title: str
    detail: str
    dark: bool
    kinds: tuple[SpendKind, ...]
    """At most four; the first stands at the bottom."""
    returned: SpendKind
    bars: tuple[SpendBar, ...]
    ticks: tuple[Tick, ...]
    """Those of what came back are negative."""
    total_text: str = ""
    """What the last bar is, which is all of them together: "in all"."""


class ReplyMonth(NamedTuple):
    """What a reply cost in a month, in Connects or in minor units of money."""

    text: str
    cost: float | None
    """None: no reply came, so that there is no cost of one."""
    cost_text: str
    count_text: str
    """How many replies that is of: "3"."""


class ReplyCostChart(NamedTuple):
    """What a reply cost, month by month."""

    title: str
    detail: str
    dark: bool
    months: tuple[ReplyMonth, ...]
    ticks: tuple[Tick, ...]
    counts_text: str
    """What the lower row of figures is: "replies"."""
    none_text: str
    """What the shaded months are: "no reply"."""
    average: Tick | None = None
    """The cost of a reply over the whole time."""


class TeamBar(NamedTuple):
    """A member: spent by kind, in the order of the chart's kinds, net of what came back, and in all: "212"."""

    name: str
    spent: tuple[int, ...]
    text: str


class TeamChart(NamedTuple):
    """Who spent what, by member and by kind."""

    title: str
    detail: str
    dark: bool
    kinds: tuple[SpendKind, ...]
    """At most four; the first stands at the left."""
    bars: tuple[TeamBar, ...]
    """At least one, the longest first."""
    ticks: tuple[Tick, ...]


Chart = BalanceChart | FunnelChart | SpendChart | ReplyCostChart | TeamChart
