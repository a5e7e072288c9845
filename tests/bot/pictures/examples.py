"""Charts as the bot may have to draw them: those of a usual life, and the extremes."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate

from bot.pictures.model import (
    BalanceChart,
    Chart,
    DayTick,
    Expiry,
    ForecastBand,
    ForecastDay,
    FunnelChart,
    FunnelStage,
    Level,
    ReplyCostChart,
    ReplyMonth,
    SpendBar,
    SpendChart,
    SpendKind,
    TeamBar,
    TeamChart,
    Threshold,
    Tick,
)
from bot.pictures.scale import round_days, round_steps

TODAY = date(2026, 1, 12)
LONG = (
    "Statistics of the agency with the longest name that anybody has ever given to a wallet, all members, all profiles"
)
STRANGE = "$cost_{x}$ 😀 👩‍💻 नमस्ते 日本 of Zoë_^ \\frac שלום عليكم"


def ticks(low: int, high: int) -> tuple[Tick, ...]:
    return tuple(Tick(at, f"{at:,}".replace("-", "\N{MINUS SIGN}")) for at in round_steps(low, high))


def days(first: date, last: date) -> tuple[DayTick, ...]:
    return tuple(
        DayTick(day, f"{day:%b} {day.day}" if last.year == first.year or day.month > 1 else f"{day:%b %Y}")
        for day in round_days(first, last)
    )


def noise(count: int, most: int, seed: int = 7) -> list[int]:
    """Figures that look like life, and are the same everywhere."""
    return [
        value % (most + 1)
        for value in accumulate(range(count), lambda value, _: (value * 1103515245 + 12345) % 2**31, initial=seed)
    ][1:]


def balance(
    *,
    length: int = 90,
    scale: int = 1,
    lots: int = 4,
    ahead: int = 60,
    dark: bool = False,
    title: str = "Connects over time",
) -> BalanceChart:
    first = TODAY - timedelta(days=length)
    amount, levels = 120, []
    for number, spent in enumerate(noise(length // 2 + 1, 16)):
        amount = amount - spent if amount > spent else amount + 100
        levels.append(Level(first + timedelta(days=2 * number), amount * scale))
    levels[-1] = Level(min(levels[-1].day, TODAY), 90 * scale)
    expiries = tuple(
        Expiry(
            TODAY + timedelta(days=ahead * (n + 1) // (lots + 1)),
            (12 + 9 * (n * 5 % 7)) * scale,
            f"{(12 + 9 * (n * 5 % 7)) * scale:,}",
        )
        for n in range(lots)
    )
    outlook = tuple(
        ForecastDay(
            TODAY + timedelta(days=n), max(0, 90 - 3 * n) * scale, max(0, 90 - 2 * n) * scale, max(0, 90 - n) * scale
        )
        for n in range(ahead + 1)
    )
    last = TODAY + timedelta(days=ahead)
    return BalanceChart(
        title=title,
        detail="Oct 14, 2025 \N{EN DASH} Jan 12, 2026",
        dark=dark,
        levels=tuple(levels),
        ticks=ticks(0, max(level.amount for level in levels)),
        days=days(first, last),
        today=TODAY,
        today_text="today",
        now_text=f"{90 * scale:,}",
        expiries=expiries,
        expiries_text="expires",
        threshold=Threshold(40 * scale, "you are warned below 40"),
        forecast=ForecastBand(outlook, "runs out about Feb 26"),
    )


def funnel(*, dark: bool = False, of: int = 100, long: bool = False) -> FunnelChart:
    figures = (
        ("Viewed", 26, 0.26, 0.26),
        ("Replies", 19, 0.125, 0.278),
        ("Interviews", 9, 0.048, 0.162),
        ("Hires", 3, 0.01, 0.085),
    )
    marks = ((0.19, 0.19), (0.15, 0.05), (0.10, 0.02), (0.05, 0.01))
    stages = tuple(
        FunnelStage(
            name if not long else name + " of those invitations and proposals",
            f"{count} of {of:,}: {count} %, likely between {low * 100:.0f} and {high * 100:.0f} %"
            if low < high
            else f"at least {count} of {of:,}: {count} % or more",
            count / 100,
            low,
            high,
            mark,
        )
        for (name, count, low, high), mark in zip(figures, marks, strict=True)
    )
    return FunnelChart(
        title="What became of proposals",
        detail="Oct 1, 2025 \N{EN DASH} Jan 12, 2026",
        dark=dark,
        base=f"{of:,} proposals",
        waiting="14 more are too recent to count",
        stages=stages,
        ticks=tuple(Tick(n / 100, f"{n} %") for n in range(0, 41, 10)),
        interval_text="the line is where the true rate lies, 95 % certain",
        yardsticks=("bids written by hand", "many bids in a short time"),
        yardsticks_text="Rules of thumb, not official",
    )


def spend(*, dark: bool = False, bars: int = 13, most: int = 60, scale: int = 1, returned: int = 5) -> SpendChart:
    lists = [noise(bars, limit, seed) for limit, seed in ((most, 3), (most // 2, 11), (most // 4, 23), (most // 6, 31))]
    back = noise(bars, returned, 41)
    mondays = [TODAY - timedelta(days=7 * (bars - n)) for n in range(bars)]
    weeks = tuple(
        SpendBar(
            f"{mondays[n]:%b} {mondays[n].day}",
            tuple(values[n] * scale for values in lists),
            back[n] * scale if n % 3 == 0 else 0,
        )
        for n in range(bars)
    )
    high, low = max(sum(week.spent) for week in weeks), max(week.returned for week in weeks)
    names = ("Proposals", "Boosts", "Badge and ads", "Other")
    sums = [sum(week.spent[kind] for week in weeks) for kind in range(4)]
    return SpendChart(
        title="Spent by week",
        detail="Oct 13, 2025 \N{EN DASH} Jan 12, 2026",
        dark=dark,
        kinds=tuple(SpendKind(name, f"{amount:,}") for name, amount in zip(names, sums, strict=True)),
        returned=SpendKind("came back", f"{sum(week.returned for week in weeks):,}"),
        bars=weeks,
        ticks=ticks(-low, high),
        total_text="in all",
    )


def replies(*, dark: bool = False, months: int = 12, scale: int = 1) -> ReplyCostChart:
    costs = noise(months, 80, 5)
    rows = tuple(
        ReplyMonth(
            f"{date(2021 + (n // 12), n % 12 + 1, 1):%b}"
            if months <= 12
            else f"{date(2021 + (n // 12), n % 12 + 1, 1):%b %y}",
            None if n % 5 == 3 else float((20 + cost) * scale),
            "" if n % 5 == 3 else f"{(20 + cost) * scale:,}",
            "0" if n % 5 == 3 else str(1 + cost % 5),
        )
        for n, cost in enumerate(costs)
    )
    return ReplyCostChart(
        title="What a reply cost",
        detail="by month in which proposals were sent, in Connects",
        dark=dark,
        months=rows,
        ticks=ticks(0, int(max(row.cost or 0 for row in rows))),
        counts_text="replies",
        none_text="no reply",
        average=Tick(61 * scale, "61 on average"),
    )


def team(*, dark: bool = False, members: int = 6, scale: int = 1, longest: str = "Zoë Fiction-Smith") -> TeamChart:
    names = ("Ivan", "Mara Example", "Tim O'Test", longest, "Lin", "Nobody named", "Noor", "Ann", "Pia", "Max", "Eva")
    sums = sorted(noise(members, 200, 19), reverse=True)
    bars = tuple(
        TeamBar(
            names[n] if n < len(names) else f"{n} more",
            tuple(part * scale for part in (amount - amount // 3 - amount // 8, amount // 3, amount // 8)),
            f"{amount * scale:,}",
        )
        for n, amount in enumerate(sums)
    )
    kinds = ("Proposals", "Boosts", "Availability badge")
    return TeamChart(
        title="Who spent what",
        detail="Jan 1, 2026 \N{EN DASH} Jan 12, 2026",
        dark=dark,
        kinds=tuple(SpendKind(name, f"{sum(bar.spent[n] for bar in bars):,}") for n, name in enumerate(kinds)),
        bars=bars,
        ticks=ticks(0, sum(bars[0].spent)),
    )


def usual() -> Iterator[tuple[str, Chart]]:
    """Each chart, light and dark, as most people will see it."""
    for dark, theme in ((False, "light"), (True, "dark")):
        yield f"balance-{theme}", balance(dark=dark)
        yield f"funnel-{theme}", funnel(dark=dark)
        yield f"spend-{theme}", spend(dark=dark)
        yield f"replies-{theme}", replies(dark=dark)
        yield f"team-{theme}", team(dark=dark)


def extremes() -> Iterator[tuple[str, Chart]]:
    """Charts that nobody plans for."""
    yield from _extreme_balances()
    yield from _extreme_funnels()
    yield from _extreme_bars()
    yield from _extreme_teams()
    for name, chart in usual():
        if name.endswith("light"):
            yield f"{name}-long", chart._replace(title=LONG, detail=LONG + ", " + LONG)
            yield f"{name}-strange", chart._replace(title=STRANGE, detail=STRANGE)


def _extreme_balances() -> Iterator[tuple[str, Chart]]:
    chart = balance()
    bare = chart._replace(expiries=(), threshold=None, forecast=None)
    yield (
        "balance-one-day",
        bare._replace(levels=(Level(TODAY, 40),), days=days(TODAY, TODAY), ticks=ticks(0, 40), now_text="40"),
    )
    yield (
        "balance-zeros",
        bare._replace(levels=(Level(TODAY - timedelta(days=90), 0),), ticks=ticks(0, 0), now_text="0"),
    )
    yield "balance-three-years", balance(length=1095, lots=12, ahead=365)
    yield "balance-millions", balance(scale=100_000)
    yield "balance-200-lots", balance(length=30, lots=200, ahead=365)
    yield (
        "balance-below-zero",
        bare._replace(
            levels=(Level(TODAY - timedelta(days=9), 12), Level(TODAY - timedelta(days=3), -31)),
            ticks=ticks(-31, 12),
            now_text="\N{MINUS SIGN}31",
        ),
    )
    yield (
        "balance-wordy",
        chart._replace(
            now_text="9,000,000 Connects on hand",
            today_text=LONG,
            expiries_text=LONG,
            threshold=Threshold(40, LONG),
            forecast=ForecastBand(chart.forecast.days, LONG) if chart.forecast else None,
        ),
    )


def _extreme_funnels() -> Iterator[tuple[str, Chart]]:
    chart = funnel()
    yield (
        "funnel-untold",
        chart._replace(
            stages=tuple(
                FunnelStage(stage.name, "nobody has told me", None, 0, 0, stage.marks) for stage in chart.stages
            )
        ),
    )
    yield (
        "funnel-none-of-one",
        chart._replace(
            base="1 proposal",
            waiting="",
            stages=tuple(
                FunnelStage(stage.name, "none of 1, likely at most 79 %", 0, 0, 0.793, stage.marks)
                for stage in chart.stages
            ),
            ticks=tuple(Tick(n / 100, f"{n} %") for n in range(0, 101, 20)),
        ),
    )
    yield (
        "funnel-all",
        chart._replace(
            stages=tuple(
                FunnelStage(stage.name, "all 3, likely at least 44 %", 1, 0.44, 1, stage.marks)
                for stage in chart.stages
            ),
            ticks=tuple(Tick(n / 100, f"{n} %") for n in range(0, 101, 20)),
        ),
    )
    yield "funnel-long", funnel(of=10_000_000, long=True)
    yield (
        "funnel-wordy",
        chart._replace(base=LONG, waiting=LONG, interval_text=LONG, yardsticks=(LONG, LONG), yardsticks_text=LONG),
    )


def _extreme_bars() -> Iterator[tuple[str, Chart]]:
    chart = spend()
    none = (0, 0, 0, 0)
    yield (
        "spend-only-returned",
        chart._replace(bars=tuple(bar._replace(spent=none, returned=9) for bar in chart.bars), ticks=ticks(-9, 0)),
    )
    yield "spend-one-week", chart._replace(bars=(SpendBar("5 Jan", (16, 0, 0, 0)),), ticks=ticks(0, 16))
    yield "spend-60-months", spend(bars=60)
    yield "spend-millions", spend(scale=166_000, bars=26)
    yield (
        "spend-slivers",
        chart._replace(
            bars=(SpendBar("5 Jan", (1, 1, 1, 1000), 1),),
            ticks=ticks(-1, 1000),
            kinds=tuple(SpendKind(LONG, "1") for _ in range(4)),
            returned=SpendKind("Returned with a refund", "1"),
        ),
    )
    rows = replies()
    without = tuple(month._replace(cost=None, cost_text="", count_text="0") for month in rows.months)
    yield "replies-one", rows._replace(months=(*without[:-1], ReplyMonth("Dec", 48, "48", "1")), average=None)
    yield "replies-one-month", rows._replace(months=(ReplyMonth("Dec", 48, "48", "1"),), average=None)
    yield "replies-60-months", replies(months=60)
    yield "replies-millions", replies(scale=100_000)
    yield "replies-free", rows._replace(months=(ReplyMonth("Dec", 0, "0", "4"),), ticks=ticks(0, 0), average=None)


def _extreme_teams() -> Iterator[tuple[str, Chart]]:
    yield "team-of-12", team(members=12, longest=LONG)
    yield "team-of-one", team(members=1)
    yield "team-millions", team(scale=1_000_000)
    chart = team()
    yield "team-wordy", chart._replace(kinds=tuple(SpendKind(LONG, "1") for _ in range(4)))
    strange = tuple(bar._replace(name=STRANGE) for bar in chart.bars)
    yield "team-strange-names", chart._replace(bars=strange)
