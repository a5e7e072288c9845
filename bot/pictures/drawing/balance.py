"""The balance over time as steps, how it may go on, and a strip of what expires when."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from bot.pictures.drawing.frame import (
    FIGURES,
    MOST,
    STRONG,
    WORDS,
    along,
    centred,
    grid,
    gutter,
    heading,
    label,
    number,
    reach,
    sliding,
)
from bot.pictures.drawing.sheet import Box, Point, Scale, Sheet, Spot
from bot.pictures.drawing.theme import MARGIN, WIDTH, Theme
from bot.pictures.drawing.writing import printable, short, whole, width, wrap
from bot.pictures.model import BalanceChart, DayTick, Expiry, ForecastBand, Threshold

HEIGHT = 1200
FLOOR = 100
"""Where the lowest rectangle begins; the days stand below it."""
STRIP = 150
"""How high the largest bar of the strip is."""
RIGHT = WIDTH - MARGIN
WIDE = 420
"""How wide the forecast's label is, if it does not fit beside the line of today."""
ROOM = 560
"""How wide a label on one line may be."""
MANY = 200
"""So many steps are drawn as a thinner line."""
NUMBERS = 8
"""Of more bars than that, the strip gives the figures of the nearest and the largest."""


def draw_balance(chart: BalanceChart, theme: Theme) -> Sheet:
    """Draw a chart of the balance."""
    sheet = Sheet(HEIGHT, theme)
    top = heading(sheet, chart.title, chart.detail)
    across, up = _scales(chart, top - 50)
    grid(sheet, chart.ticks, up, across.start, RIGHT)
    _days(sheet, chart.days, across)
    steps = _steps(chart, across, up)
    ink = along(steps) + along([(steps[-1][0], up.start), (steps[-1][0], up.end)])
    _today(sheet, chart, across, up)
    if chart.threshold:
        _threshold_line(sheet, chart.threshold, up, across.start)
    if chart.forecast:
        ink += _outlook(sheet, chart.forecast, across, up)
    sheet.shapes([[(steps[0][0], up(0)), *steps, (steps[-1][0], up(0))]], theme.series[0], 0.14)
    sheet.line(steps, theme.series[0], 5 if len(steps) < MANY else 3)
    _labels(sheet, chart, up, steps[-1], ink)
    if chart.expiries:
        _strip(sheet, chart.expiries, chart.expiries_text, across, chart.today)
    return sheet


def _scales(chart: BalanceChart, top: float) -> tuple[Scale, Scale]:
    ahead = chart.forecast.days if chart.forecast else ()
    days = [chart.levels[0].day, chart.today, *(day.day for day in ahead), *(lot.day for lot in chart.expiries)]
    first, last = min(days).toordinal(), max(days).toordinal()
    if first == last:
        first, last = first - 1, last + 1
    figures = [level.amount for level in chart.levels] + [day.high for day in ahead]
    bottom = FLOOR + STRIP + 130 if chart.expiries else FLOOR
    if chart.threshold:
        figures.append(chart.threshold.amount)
    return Scale(first, last, gutter(chart.ticks), RIGHT), Scale(*reach(chart.ticks, figures), bottom, top)


def _days(sheet: Sheet, days: Sequence[DayTick], across: Scale) -> None:
    dated = [(tick.day.toordinal(), tick.text) for tick in days]
    seen = [(across(day), text) for day, text in dated if across.low <= day <= across.high]
    sheet.rules((((x, FLOOR), (x, FLOOR - 10)) for x, _ in seen), sheet.theme.faint)
    for x, text in (*seen[:1], *seen[:0:-1]):
        centred(sheet, text, x, FLOOR - 44, FIGURES, color=sheet.theme.faint)


def _steps(chart: BalanceChart, across: Scale, up: Scale) -> list[Point]:
    steps = [(across(chart.levels[0].day.toordinal()), up(chart.levels[0].amount))]
    for before, after in pairwise(chart.levels):
        x = across(after.day.toordinal())
        steps += [(x, up(before.amount)), (x, up(after.amount))]
    return [*steps, (across(chart.today.toordinal()), steps[-1][1])]


def _today(sheet: Sheet, chart: BalanceChart, across: Scale, up: Scale) -> None:
    x = across(chart.today.toordinal())
    sheet.rules([((x, FLOOR), (x, up.end + 8))], sheet.theme.faint, 2, 3)
    centred(sheet, chart.today_text, x, up.end + 20, WORDS, color=sheet.theme.ink)


def _threshold_line(sheet: Sheet, threshold: Threshold, up: Scale, left: float) -> None:
    y = up(threshold.amount)
    sheet.line([(left, y), (RIGHT, y)], sheet.theme.series[2], 4, dashes=True)


def _outlook(sheet: Sheet, forecast: ForecastBand, across: Scale, up: Scale) -> list[Point]:
    """Draw how the balance may go on, and return what a label should not hide."""
    days = [(across(day.day.toordinal()), up(day.low), up(day.usual), up(day.high)) for day in forecast.days]
    color = sheet.theme.series[0]
    edge = [(x, high) for x, _, _, high in days] + [(x, low) for x, low, _, _ in reversed(days)]
    usual = [(x, usual) for x, _, usual, _ in days]
    sheet.shapes([edge], color, 0.28)
    if len(usual) > 1:
        sheet.line(usual, color, 5, dashes=True)
    return along(usual) + along([(x, high) for x, _, _, high in days])


def _labels(sheet: Sheet, chart: BalanceChart, up: Scale, end: Point, ink: Sequence[Point]) -> None:
    x, y = end
    sheet.dot(end, sheet.theme.series[0])
    beside = [spot for dy in (18, -46) for spot in (Spot(x - 16, y + dy, "right"), Spot(x + 16, y + dy, "left"))]
    label(sheet, chart.now_text, STRONG, beside, ink)
    left = gutter(chart.ticks)
    if chart.threshold:
        level = up(chart.threshold.amount)
        text = short(chart.threshold.text, FIGURES, ROOM)
        spots = sliding(text, FIGURES, (level + 14, level - 38), left + 10, RIGHT)
        label(sheet, text, FIGURES, spots, ink, room=ROOM)
    if chart.forecast:
        spots = [Spot(RIGHT, height, "right") for height in range(int(y), int(up.end) - 30, 20)]
        spots += [Spot(RIGHT, height, "right") for height in range(int(y), int(up.start) + 80, -20)]
        text, narrow = printable(chart.forecast.text), RIGHT - x - 20
        room = narrow if whole(wrap(text, FIGURES, narrow, MOST), text) else max(narrow, WIDE)
        label(sheet, text, FIGURES, spots, ink, room=room)


def _strip(sheet: Sheet, expiries: Sequence[Expiry], text: str, across: Scale, today: date) -> None:
    """Draw what expires when, below the balance and on the same days, with a scale of its own."""
    tallest = max(1, *(lot.amount for lot in expiries))
    up = Scale(0, tallest, FLOOR, FLOOR + STRIP)
    sheet.rules([((across.start, FLOOR), (RIGHT, FLOOR))], sheet.theme.faint, 2.5)
    places = [across(lot.day.toordinal()) for lot in expiries]
    apart = min((after - before for before, after in pairwise(sorted(set(places)))), default=40)
    half = min(max(apart * 0.4, 3), 16)
    bars = [Box(x - half, FLOOR, x + half, up(lot.amount)) for x, lot in zip(places, expiries, strict=True)]
    sheet.bars(bars, sheet.theme.series[1])
    _strip_name(sheet, text, across.start, across(today.toordinal()), up.end)
    first, *others = zip(expiries, bars, strict=True)
    largest = sorted(others, key=lambda other: -other[0].amount)
    for lot, bar in [first, *largest[: NUMBERS - 1]]:
        number(sheet, lot.text, bar, bars, FIGURES)


def _strip_name(sheet: Sheet, text: str, left: float, now: float, top: float) -> None:
    """Write what the bars are before the nearest of them, or above them if too little of the past is drawn for that."""
    text = short(text, FIGURES, ROOM)
    if width(text, FIGURES) < now - left - 20:
        sheet.say(text, Spot(now - 16, top - 20, "right"), FIGURES)
    else:
        sheet.say(text, Spot(left + 10, top + 54), FIGURES, plate=True)
