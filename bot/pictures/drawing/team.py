"""Who spent what: a bar for each member, from left to right, parted by what for."""

from collections.abc import Sequence
from itertools import accumulate, pairwise

from bot.pictures.drawing.frame import FIGURES, STRONG, WORDS, centred, heading
from bot.pictures.drawing.sheet import Box, Scale, Sheet, Spot
from bot.pictures.drawing.theme import MARGIN, SMALL, WIDTH, Theme
from bot.pictures.drawing.writing import printable, short, width
from bot.pictures.model import SpendKind, TeamBar, TeamChart

RIGHT = WIDTH - MARGIN
ROW = 84
"""From one member to the next."""
NAMES = 300
"""How wide the names of members may be."""
KEY = 48
"""From one line at the bottom to the next."""
SQUARE = 30
AXIS = 64
TALLEST = 2000
"""A sheet on which any heading finds room, to see how much it takes."""
SEAM = 1.0
"""Half of the line between two parts of a bar."""


def draw_team(chart: TeamChart, theme: Theme) -> Sheet:
    """Draw a chart of who spent what. It is as high as its rows need."""
    lines = _lines(chart.kinds)
    rest = len(chart.bars) * ROW + AXIS + len(lines) * KEY + MARGIN
    taken = TALLEST - heading(Sheet(TALLEST, theme), chart.title, chart.detail)
    sheet = Sheet(int(taken) + rest, theme)
    top = heading(sheet, chart.title, chart.detail) - 6
    bottom = top - len(chart.bars) * ROW
    names = [short(bar.name, WORDS, NAMES) for bar in chart.bars]
    left = MARGIN + max(width(name, WORDS) for name in names) + 20
    room = max(width(printable(bar.text, bold=True), STRONG) for bar in chart.bars) + 20
    most = max([*(sum(bar.spent) for bar in chart.bars), 1])
    across = Scale(0, most, left, RIGHT - room)
    _grid(sheet, chart, across, bottom, top)
    for number, (bar, name) in enumerate(zip(chart.bars, names, strict=True)):
        _row(sheet, bar, name, across, top - (number + 0.5) * ROW)
    _key(sheet, chart.kinds, lines, bottom - AXIS - KEY / 2)
    return sheet


def _grid(sheet: Sheet, chart: TeamChart, across: Scale, bottom: float, top: float) -> None:
    ticks = [tick for tick in chart.ticks if tick.at <= across.high]
    sheet.rules((((across(tick.at), bottom), (across(tick.at), top)) for tick in ticks if tick.at), sheet.theme.grid)
    sheet.rules([((across(0), bottom), (across(0), top))], sheet.theme.faint, 2.5, 5)
    for tick in sorted(ticks, key=lambda tick: tick.at != 0):
        centred(sheet, tick.text, across(tick.at), bottom - 40, FIGURES, color=sheet.theme.faint)


def _row(sheet: Sheet, bar: TeamBar, name: str, across: Scale, y: float) -> None:
    """The name, the bar in its parts, and what they come to."""
    sheet.say(name, Spot(across.start - 20, y - 0.36 * WORDS.size, "right"), WORDS)
    half = ROW * 0.3
    edges = [across(edge) for edge in accumulate(bar.spent, initial=0)]
    for color, (low, high) in zip(sheet.theme.series, pairwise(edges), strict=False):
        if high > low:
            seam = SEAM if high - low > 4 * SEAM else 0
            sheet.bars([Box(low + seam, y - half, high - seam, y + half)], color)
    sheet.say(bar.text, Spot(edges[-1] + 14, y - 0.36 * STRONG.size), STRONG)


def _text(kind: SpendKind) -> str:
    return printable(f"{kind.name}  {kind.text}")


def _lines(kinds: Sequence[SpendKind]) -> list[list[int]]:
    """Which kinds stand beside each other in the key, by their numbers."""
    lines: list[list[int]] = []
    taken = 0.0
    for number, kind in enumerate(kinds):
        wide = SQUARE + 14 + min(width(_text(kind), FIGURES), RIGHT - MARGIN - SQUARE - 14) + 40
        if not lines or taken + wide > RIGHT - MARGIN + 40:
            lines.append([])
            taken = 0.0
        lines[-1].append(number)
        taken += wide
    return lines


def _key(sheet: Sheet, kinds: Sequence[SpendKind], lines: Sequence[Sequence[int]], y: float) -> None:
    for line in lines:
        x = float(MARGIN)
        for number in line:
            sheet.bars([Box(x, y - 4, x + SQUARE, y - 4 + SQUARE)], sheet.theme.series[number])
            text = short(_text(kinds[number]), FIGURES, RIGHT - x - SQUARE - 14)
            sheet.say(text, Spot(x + SQUARE + 14, y + 0.1 * SMALL), FIGURES)
            x += SQUARE + 14 + width(text, FIGURES) + 40
        y -= KEY
