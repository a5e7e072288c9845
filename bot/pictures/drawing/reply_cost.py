"""What a reply cost, month by month, with how many replies that is of."""

from collections.abc import Sequence

from bot.pictures.drawing.frame import (
    FIGURES,
    STRONG,
    along,
    below,
    grid,
    gutter,
    heading,
    label,
    number,
    reach,
    sliding,
    stride,
)
from bot.pictures.drawing.sheet import Box, Scale, Sheet, Spot
from bot.pictures.drawing.theme import MARGIN, SMALL, WIDTH, Theme
from bot.pictures.drawing.writing import printable, short, width
from bot.pictures.model import ReplyCostChart, ReplyMonth, Tick

HEIGHT = 1140
BOTTOM = 150
MANY, SOME = 24, 7
"""Of more months than `MANY`, only the last and the `SOME` dearest have their figure."""
NARROW = 40
"""A month takes at least so much, if anything is to be written into it."""
RIGHT = WIDTH - MARGIN


def draw_reply_cost(chart: ReplyCostChart, theme: Theme) -> Sheet:
    """Draw a chart of what a reply cost."""
    sheet = Sheet(HEIGHT, theme)
    top = heading(sheet, chart.title, chart.detail)
    left = max(gutter(chart.ticks), MARGIN + width(printable(chart.counts_text), FIGURES) + 2)
    figures = [month.cost for month in chart.months if month.cost is not None]
    step = (RIGHT - left) / len(chart.months)
    narrow = step < NARROW and any(month.cost is None for month in chart.months)
    bottom = BOTTOM + 46 if narrow else BOTTOM
    up = Scale(*reach(chart.ticks, [*figures, chart.average.at if chart.average else 0]), bottom, top - 60)
    grid(sheet, chart.ticks, up, left, RIGHT)
    places = [left + step * (number + 0.5) for number in range(len(chart.months))]
    half = min(step * 0.38, 60)
    _without(sheet, chart, places, step / 2, up)
    bars = _bars(sheet, chart.months, places, half, up)
    _rows(sheet, chart, places, left, bottom)
    if narrow:
        _key(sheet, chart.none_text)
    if chart.average:
        _average(sheet, chart.average, up, left, bars)
    _costs(sheet, bars)
    return sheet


def _bars(
    sheet: Sheet, months: Sequence[ReplyMonth], places: Sequence[float], half: float, up: Scale
) -> list[tuple[ReplyMonth, Box]]:
    """Draw a bar for each month that has a reply."""
    columns = [Box(x - half, up(0), x + half, up.end) for x in places]
    bars = [
        (month, column._replace(top=up(month.cost)))
        for column, month in zip(columns, months, strict=True)
        if month.cost is not None
    ]
    sheet.bars((bar for _, bar in bars), sheet.theme.series[0])
    return bars


def _without(sheet: Sheet, chart: ReplyCostChart, places: Sequence[float], half: float, up: Scale) -> None:
    """Shade the months without a reply, and write into each run of them what that means."""
    empty = [x for x, month in zip(places, chart.months, strict=True) if month.cost is None]
    sheet.bars((Box(x - half, up(0), x + half, up.end + 48) for x in empty), sheet.theme.grid, 0.55, over=0)
    for run in _runs(empty, 2 * half):
        middle = (run[0] + run[-1]) / 2
        text = short(chart.none_text, FIGURES, up.end - up(0) - 30)
        if width(text, FIGURES) + 20 < run[-1] - run[0] + 2 * half:
            sheet.say(text, Spot(middle, (up(0) + up.end) / 2, "center"), FIGURES, color=sheet.theme.faint)
        elif 2 * half > NARROW:
            x = run[len(run) // 2] + 0.3 * SMALL
            sheet.say(text, Spot(x, up(0) + 16, upright=True), FIGURES, color=sheet.theme.faint)


def _runs(places: Sequence[float], apart: float) -> list[list[float]]:
    """Places next to each other belong together."""
    runs: list[list[float]] = []
    for place in places:
        if runs and place - runs[-1][-1] < 1.5 * apart:
            runs[-1].append(place)
        else:
            runs.append([place])
    return runs


def _key(sheet: Sheet, text: str) -> None:
    """Say below what the shaded months are, where they are too narrow to have it written into them."""
    sheet.bars([Box(MARGIN, MARGIN - 8, MARGIN + 40, MARGIN + 26)], sheet.theme.grid)
    sheet.say(text, Spot(MARGIN + 56, MARGIN), FIGURES, room=RIGHT - MARGIN - 56)


def _rows(sheet: Sheet, chart: ReplyCostChart, places: Sequence[float], left: float, bottom: float) -> None:
    """Write the months and their counts below the plot."""
    months = [month.text for month in chart.months]
    counts = [month.count_text for month in chart.months]
    every = stride(places, months, counts)
    below(sheet, places, months, bottom - 44, every=every)
    sheet.say(chart.counts_text, Spot(left - 14, bottom - 92, "right"), FIGURES, color=sheet.theme.faint)
    below(sheet, places, counts, bottom - 92, every=every, color=sheet.theme.ink)


def _costs(sheet: Sheet, bars: Sequence[tuple[ReplyMonth, Box]]) -> None:
    """Write what a reply cost above the last bar, the highest, and all for which there is room."""
    last = bars[-1]
    by_height = sorted(bars[:-1], key=lambda bar: -bar[1].top)
    for month, bar in [last, *(by_height[:SOME] if len(bars) > MANY else by_height)]:
        number(sheet, month.cost_text, bar, [other for _, other in bars], STRONG)


def _average(sheet: Sheet, average: Tick, up: Scale, left: float, bars: Sequence[tuple[ReplyMonth, Box]]) -> None:
    y = up(average.at)
    sheet.line([(left, y), (RIGHT, y)], sheet.theme.series[1], 4, dashes=True)
    ink = [point for _, bar in bars for x in (bar.left, bar.right) for point in along([(x, bar.bottom), (x, bar.top)])]
    text = short(average.text, FIGURES, WIDTH / 2)
    spots = sliding(text, FIGURES, (y + 14, y - 10 - SMALL), left + 10, RIGHT)
    label(sheet, text, FIGURES, spots, ink, room=WIDTH / 2)
