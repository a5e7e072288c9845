"""What a reply cost, month by month, with how many replies that is of."""

from collections.abc import Sequence

from bot.pictures.drawing.frame import (
    FIGURES,
    STRONG,
    along,
    below,
    centred,
    grid,
    gutter,
    heading,
    label,
    nothing,
    reach,
    sliding,
    stride,
)
from bot.pictures.drawing.sheet import Box, Scale, Sheet, Spot
from bot.pictures.drawing.theme import MARGIN, SMALL, WIDTH, Theme
from bot.pictures.drawing.writing import printable, width
from bot.pictures.model import ReplyCostChart, ReplyMonth, Tick

HEIGHT = 1140
BOTTOM = 150
RIGHT = WIDTH - MARGIN


def draw_reply_cost(chart: ReplyCostChart, theme: Theme) -> Sheet:
    """Draw a chart of what a reply cost."""
    sheet = Sheet(HEIGHT, theme)
    top = heading(sheet, chart.title, chart.detail)
    if all(month.cost is None for month in chart.months):
        nothing(sheet, chart.empty)
        return sheet
    left = max(gutter(chart.ticks), MARGIN + width(printable(chart.counts_text), FIGURES) + 2)
    figures = [month.cost for month in chart.months if month.cost is not None]
    up = Scale(*reach(chart.ticks, [*figures, chart.average.at if chart.average else 0]), BOTTOM, top - 60)
    grid(sheet, chart.ticks, up, left, RIGHT)
    step = (RIGHT - left) / len(chart.months)
    places = [left + step * (number + 0.5) for number in range(len(chart.months))]
    half = min(step * 0.38, 60)
    _without(sheet, chart, places, step / 2, up)
    bars = _bars(sheet, chart.months, places, half, up)
    _rows(sheet, chart, places, left)
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
    """Shade the months without a reply, and write into the first for which there is room what that means."""
    empty = [x for x, month in zip(places, chart.months, strict=True) if month.cost is None]
    sheet.bars((Box(x - half, up(0), x + half, up.end + 48) for x in empty), sheet.theme.grid, 0.55, over=0)
    for x in empty:
        at = Spot(x + 0.3 * SMALL, up(0) + 16, upright=True)
        sheet.say(chart.none_text, at, FIGURES, color=sheet.theme.faint, room=up.end - up(0) - 30)


def _rows(sheet: Sheet, chart: ReplyCostChart, places: Sequence[float], left: float) -> None:
    """Write the months and their counts below the plot."""
    months = [month.text for month in chart.months]
    counts = [month.count_text for month in chart.months]
    every = stride(places, months, counts)
    below(sheet, places, months, BOTTOM - 44, every=every)
    sheet.say(chart.counts_text, Spot(left - 14, BOTTOM - 92, "right"), FIGURES, color=sheet.theme.faint)
    below(sheet, places, counts, BOTTOM - 92, every=every, color=sheet.theme.ink)


def _costs(sheet: Sheet, bars: Sequence[tuple[ReplyMonth, Box]]) -> None:
    """Write what a reply cost above the last bar, the highest, and all for which there is room."""
    last = bars[-1]
    by_height = sorted(bars[:-1], key=lambda bar: -bar[1].top)
    for month, bar in [last, *by_height]:
        x = (bar.left + bar.right) / 2
        centred(sheet, month.cost_text, x, bar.top + 12, STRONG, color=sheet.theme.ink, plate=True)


def _average(sheet: Sheet, average: Tick, up: Scale, left: float, bars: Sequence[tuple[ReplyMonth, Box]]) -> None:
    y = up(average.at)
    sheet.line([(left, y), (RIGHT, y)], sheet.theme.series[1], 4, dashes=True)
    ink = [point for _, bar in bars for x in (bar.left, bar.right) for point in along([(x, bar.bottom), (x, bar.top)])]
    spots = sliding(average.text, FIGURES, (y + 14, y - 10 - SMALL), left + 10, RIGHT)
    label(sheet, average.text, FIGURES, spots, ink)
