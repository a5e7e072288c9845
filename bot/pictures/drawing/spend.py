"""What was spent by week or month, stacked by kind; what came back, below; and what that is in all, with the names."""

from collections.abc import Sequence
from itertools import accumulate, pairwise

from bot.pictures.drawing.frame import FIGURES, STRONG, below, centred, grid, gutter, heading, reach, stride
from bot.pictures.drawing.sheet import Box, Scale, Sheet, Spot
from bot.pictures.drawing.theme import MARGIN, SMALL, WIDTH, Theme
from bot.pictures.drawing.writing import printable, wrap
from bot.pictures.model import SpendBar, SpendChart, SpendKind

HEIGHT = 1200
BOTTOM = 110
NAMES = 250
"""How wide the names of the kinds may be, at the right."""
TOTAL = WIDTH - NAMES - MARGIN - 66
"""Where the bar of all weeks together begins."""
SEAM = 1.0
"""Half of the line between two parts of a bar."""
EDGE = TOTAL - 44
"""Where the plot ends."""


def draw_spend(chart: SpendChart, theme: Theme) -> Sheet:
    """Draw a chart of what was spent."""
    sheet = Sheet(HEIGHT, theme)
    top = heading(sheet, chart.title, chart.detail)
    kinds, returned = _totals(chart)
    left = gutter(chart.ticks)
    figures = [float(sum(bar.spent)) for bar in chart.bars] + [-float(bar.returned) for bar in chart.bars]
    up = Scale(*reach(chart.ticks, figures), BOTTOM, top - 56)
    step = (EDGE - left) / len(chart.bars)
    places = [left + step * (number + 0.5) for number in range(len(chart.bars))]
    half = min(step * 0.4, 50)
    _bars(sheet, chart.bars, places, half, up)
    grid(sheet, chart.ticks, up, left, EDGE)
    texts = [bar.text for bar in chart.bars]
    below(sheet, places, texts, BOTTOM - 52, every=stride(places, texts))
    _in_all(sheet, chart, kinds, returned, up)
    return sheet


def _totals(chart: SpendChart) -> tuple[list[int], int]:
    kinds = [sum(bar.spent[number] for bar in chart.bars) for number in range(len(chart.kinds))]
    return kinds, sum(bar.returned for bar in chart.bars)


def _stack(amounts: Sequence[int], left: float, right: float, up: Scale) -> list[Box]:
    """One bar on the other, with a line of the ground between them where there is room for it."""
    edges = [up(edge) for edge in accumulate(amounts, initial=0)]
    return [
        Box(left, low + SEAM, right, high - SEAM) if high - low > 4 * SEAM else Box(left, low, right, high)
        for low, high in pairwise(edges)
    ]


def _bars(sheet: Sheet, bars: Sequence[SpendBar], places: Sequence[float], half: float, up: Scale) -> None:
    stacks = [_stack(bar.spent, x - half, x + half, up) for x, bar in zip(places, bars, strict=True)]
    for color, boxes in zip(sheet.theme.series, zip(*stacks, strict=True), strict=False):
        sheet.bars((box for box in boxes if box.top > box.bottom), color)
    back = [
        Box(x - half, up(-bar.returned), x + half, up(0)) for x, bar in zip(places, bars, strict=True) if bar.returned
    ]
    sheet.bars(back, sheet.theme.returned)


def _in_all(sheet: Sheet, chart: SpendChart, kinds: Sequence[int], returned: int, up: Scale) -> None:
    """Draw all weeks together in one bar, as high as there is room, and name its parts beside it."""
    zero = up(0)
    rooms = [(up.end - zero) / sum(kinds)] if any(kinds) else []
    rooms += [(zero - up.start) / returned] if returned else []
    scale = Scale(0, 1, zero, zero + min(rooms))
    boxes = _stack(kinds, TOTAL, TOTAL + 56, scale)
    parts = list(zip(boxes, sheet.theme.series, chart.kinds, kinds, strict=False))
    parts.insert(0, (Box(TOTAL, scale(-returned), TOTAL + 56, zero), sheet.theme.returned, chart.returned, returned))
    parts = [part for part in parts if part[3]]
    for box, color, _, _ in parts:
        sheet.bars([box], color)
    sheet.rules([((TOTAL - 10, zero), (TOTAL + 66, zero))], sheet.theme.faint, 2.5, 5)
    centred(
        sheet, chart.total_text, TOTAL + 28, max(zero, *(box.top for box in boxes)) + 16, STRONG, color=sheet.theme.ink
    )
    _names(sheet, [(box, kind) for box, _, kind, _ in parts], up)


def _names(sheet: Sheet, parts: Sequence[tuple[Box, SpendKind]], up: Scale) -> None:
    blocks = [wrap(printable(kind.name), FIGURES, NAMES) for _, kind in parts]
    highs = [len(lines) * FIGURES.line + STRONG.line + 14 for lines in blocks]
    middles = _apart([(box.bottom + box.top) / 2 for box, _ in parts], highs, up.start, up.end + 20)
    left = TOTAL + 56
    for (box, kind), lines, high, middle in zip(parts, blocks, highs, middles, strict=True):
        sheet.line([(left + 4, (box.bottom + box.top) / 2), (left + 42, middle)], sheet.theme.faint, 2)
        y = middle + high / 2 - SMALL
        for line in lines:
            sheet.say(line, Spot(left + 52, y), FIGURES)
            y -= FIGURES.line
        sheet.say(kind.text, Spot(left + 52, y - 2), STRONG, room=NAMES)


def _apart(middles: Sequence[float], highs: Sequence[float], low: float, high: float) -> list[float]:
    """Move what stands too close upwards, and all of it down again as far as it leaves the top."""
    placed: list[float] = []
    edge = low
    for middle, tall in zip(middles, highs, strict=True):
        placed.append(max(middle, edge + tall / 2))
        edge = placed[-1] + tall / 2
    edge = high
    for number in reversed(range(len(placed))):
        placed[number] = min(placed[number], edge - highs[number] / 2)
        edge = placed[number] - highs[number] / 2
    return placed
