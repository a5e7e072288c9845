"""What all charts have: the heading, the grid and its figures, what stands below, and labels that find their place."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import ceil

import numpy as np
from numpy.typing import NDArray

from bot.pictures.drawing.sheet import Box, Point, Scale, Sheet, Spot
from bot.pictures.drawing.theme import LARGE, MARGIN, PLAIN, SMALL, TITLE, WIDTH
from bot.pictures.drawing.writing import Style, printable, short, width, wrap
from bot.pictures.model import Tick

FIGURES = Style(SMALL)
WORDS = Style(PLAIN)
STRONG = Style(PLAIN, bold=True)
HEADLINE = Style(LARGE, bold=True)
MOST = 4
"""Lines of a label."""


def block(sheet: Sheet, text: str, top: float, style: Style, *, faint: bool = False, most: int = 2) -> float:
    """Write lines below `top`, from margin to margin, and return where they end."""
    color = sheet.theme.faint if faint else sheet.theme.ink
    for line in wrap(printable(text, bold=style.bold), style, WIDTH - 2 * MARGIN, most):
        sheet.say(line, Spot(MARGIN, top - style.size), style, color=color)
        top -= style.line
    return top


def heading(sheet: Sheet, title: str, detail: str) -> float:
    """Write the title and what it is of, and return where they end."""
    top = block(sheet, title, sheet.height - MARGIN + 8, Style(TITLE, bold=True))
    return block(sheet, detail, top - 4, WORDS, faint=True) - 12 if detail else top - 12


def gutter(ticks: Iterable[Tick]) -> float:
    """How far from the left edge a plot begins, so that its figures stand before it."""
    widest = max((width(printable(tick.text), FIGURES) for tick in ticks), default=0)
    return MARGIN - 12 + min(widest, WIDTH / 4) + 14


def grid(sheet: Sheet, ticks: Sequence[Tick], up: Scale, left: float, right: float) -> None:
    """Draw the lines of the grid with their figures; zero is stronger, and keeps its figure before all others."""
    ticks = [tick for tick in ticks if up.low <= tick.at <= up.high]
    sheet.rules((((left, up(tick.at)), (right, up(tick.at))) for tick in ticks if tick.at), sheet.theme.grid)
    sheet.rules([((left, up(0)), (right, up(0)))], sheet.theme.faint, 2.5, 5)
    for tick in sorted(ticks, key=lambda tick: tick.at != 0):
        at = Spot(left - 14, up(tick.at) - 0.36 * SMALL, "right")
        sheet.say(tick.text, at, FIGURES, color=sheet.theme.faint, room=WIDTH / 4)


def reach(ticks: Iterable[Tick], figures: Iterable[float]) -> tuple[float, float]:
    """The lowest and the highest figure that a plot shows, zero among them; a tick beyond them only if it is near."""
    figures = (0.0, *figures)
    low, high = min(figures), max(figures)
    if high == low:
        return 0, 1
    near = (high - low) * 0.15
    ends = [tick.at for tick in ticks if low - near <= tick.at <= high + near]
    return min(low, *ends), max(high, *ends)


def stride(places: Sequence[float], *rows: Sequence[str]) -> int:
    """Every how many of the texts below a plot there is room for."""
    if len(places) <= 1:
        return 1
    widest = max(width(printable(text), FIGURES) for row in rows for text in row)
    apart = (places[-1] - places[0]) / (len(places) - 1)
    return max(1, ceil((widest + 12) / apart))


def below(
    sheet: Sheet, places: Sequence[float], texts: Sequence[str], y: float, *, every: int, color: str | None = None
) -> None:
    """Write what stands below a plot: the last, and every so many before it."""
    for x, text in list(zip(places, texts, strict=True))[::-1][::every]:
        centred(sheet, text, x, y, FIGURES, color=color or sheet.theme.faint)


def centred(sheet: Sheet, text: str, x: float, y: float, style: Style, *, color: str) -> bool:
    """Write a text around `x`, and nearer to the middle of the sheet where it would leave it."""
    text = short(text, style, WIDTH / 2)
    half = width(text, style) / 2
    x = min(max(x, half + 14), WIDTH - half - 14)
    return sheet.say(text, Spot(x, y, "center"), style, color=color)


def number(sheet: Sheet, text: str, bar: Box, bars: Sequence[Box], style: Style) -> bool:
    """Write what a bar comes to above it, if that covers no other bar and no other text."""
    text = short(text, style, WIDTH / 4)
    y = bar.top + 12
    for spot in (Spot((bar.left + bar.right) / 2, y, "center"), Spot(bar.right, y, "right"), Spot(bar.left, y)):
        box = sheet.box(text, spot, style)
        if not any(box.meets(other) for other in bars) and sheet.say(text, spot, style, plate=True):
            return True
    return False


def label(
    sheet: Sheet, text: str, style: Style, spots: Iterable[Spot], ink: Sequence[Point], *, room: float = 420
) -> None:
    """Write a label in the first of the spots where it hides least of what is drawn at the points."""
    lines = wrap(printable(text, bold=style.bold), style, room, MOST)
    dots = np.array(ink).reshape(-1, 2)
    best: tuple[int, Spot] | None = None
    for spot in spots:
        boxes = [sheet.box(line, spot._replace(y=spot.y - n * style.line), style) for n, line in enumerate(lines)]
        if not sheet.free(*boxes):
            continue
        hidden = sum(_inside(box, dots) for box in boxes)
        if best is None or hidden < best[0]:
            best = (hidden, spot)
        if not hidden:
            break
    if best:
        spot = best[1]
        for n, line in enumerate(lines):
            sheet.say(line, spot._replace(y=spot.y - n * style.line), style, plate=True)


def sliding(text: str, style: Style, heights: Sequence[float], left: float, right: float) -> list[Spot]:
    """Spots all along a line from left to right, for a label that belongs to the whole of it."""
    last = int(right - width(printable(text, bold=style.bold), style))
    return [Spot(x, y) for y in heights for x in (*range(int(left), last, 20), last)]


def _inside(box: Box, dots: NDArray[np.float64]) -> int:
    across, up = dots[:, 0], dots[:, 1]
    inside = (box.left - 6 < across) & (across < box.right + 6) & (box.bottom - 6 < up) & (up < box.top + 6)
    return int(np.count_nonzero(inside))


def along(points: Sequence[Point], apart: float = 12) -> list[Point]:
    """Points all along a line, as what a label should not hide."""
    dots = list(points[-1:])
    for (x, y), (next_x, next_y) in pairwise(points):
        count = int(max(abs(next_x - x), abs(next_y - y)) // apart) + 1
        dots += [(x + (next_x - x) * n / count, y + (next_y - y) * n / count) for n in range(count)]
    return dots
