"""What became of proposals: a bar for each rate, a line for its range, and small marks for the yardsticks."""

from typing import TYPE_CHECKING

from bot.pictures.drawing.frame import FIGURES, HEADLINE, STRONG, WORDS, block, centred, heading, nothing
from bot.pictures.drawing.sheet import Box, Point, Scale, Sheet
from bot.pictures.drawing.theme import MARGIN, SMALL, WIDTH, Theme
from bot.pictures.drawing.writing import printable, width, wrap
from bot.pictures.model import FunnelChart, FunnelStage

if TYPE_CHECKING:
    from collections.abc import Sequence

HEIGHT = 1350
RIGHT = WIDTH - MARGIN
BAR = 52
LANE = 26
"""Each yardstick has a lane of its own below the bar, so that two at one rate are both seen."""
KEY = 46
"""From one line of the key to the next."""


def draw_funnel(chart: FunnelChart, theme: Theme) -> Sheet:
    """Draw a chart of what became of proposals."""
    sheet = Sheet(HEIGHT, theme)
    top = heading(sheet, chart.title, chart.detail)
    if not chart.stages:
        nothing(sheet, chart.empty)
        return sheet
    top = block(sheet, chart.base, top, HEADLINE)
    if chart.waiting:
        top = block(sheet, chart.waiting, top, WORDS, faint=True)
    bottom = _key(sheet, chart) + 60
    ends = [tick.at for tick in chart.ticks] + [stage.high for stage in chart.stages if stage.rate is not None]
    across = Scale(0, max([*ends, *(mark for stage in chart.stages for mark in stage.marks), 0.01]), MARGIN, RIGHT)
    _columns(sheet, chart, across, bottom, top - 10)
    high = min((top - 10 - bottom) / len(chart.stages), 230)
    beside = all(_fits_beside(stage) for stage in chart.stages)
    for number, stage in enumerate(chart.stages):
        _row(sheet, stage, across, top - 10 - number * high, beside=beside)
    return sheet


def _columns(sheet: Sheet, chart: FunnelChart, across: Scale, bottom: float, top: float) -> None:
    sheet.rules((((across(tick.at), bottom), (across(tick.at), top)) for tick in chart.ticks), sheet.theme.grid)
    for tick in chart.ticks:
        centred(sheet, tick.text, across(tick.at), bottom - 40, FIGURES, color=sheet.theme.faint)


def _fits_beside(stage: FunnelStage) -> bool:
    return width(printable(stage.name), STRONG) + width(printable(stage.text), WORDS) + 40 < RIGHT - MARGIN


def _row(sheet: Sheet, stage: FunnelStage, across: Scale, top: float, *, beside: bool) -> None:
    baseline = top - 46
    sheet.say(stage.name, MARGIN, baseline, STRONG, room=RIGHT - MARGIN, halo=True)
    if beside:
        sheet.say(stage.text, RIGHT, baseline, WORDS, "right", halo=True)
    else:
        baseline -= WORDS.line
        sheet.say(stage.text, MARGIN, baseline, WORDS, room=RIGHT - MARGIN, halo=True)
    bar = Box(MARGIN, baseline - 20 - BAR, across(stage.rate or 0), baseline - 20)
    for lane, mark in enumerate(stage.marks):
        _mark(sheet, lane, across(mark), bar.bottom - (lane + 0.6) * LANE)
    if stage.rate is not None:
        sheet.bars([bar], sheet.theme.series[0])
        _range(sheet, across(stage.low), across(stage.high), (bar.bottom + bar.top) / 2)


def _range(sheet: Sheet, low: float, high: float, y: float) -> None:
    lines = [((low, y), (high, y)), ((low, y - 14), (low, y + 14)), ((high, y - 14), (high, y + 14))]
    sheet.rules(lines, sheet.theme.ground, 12, 4)
    sheet.rules(lines, sheet.theme.ink, 5, 5)


def _mark(sheet: Sheet, number: int, x: float, y: float) -> None:
    outlines: Sequence[Sequence[Point]] = (
        ((x - 12, y), (x, y - 12), (x + 12, y), (x, y + 12)),
        ((x - 12, y - 10), (x + 12, y - 10), (x, y + 12)),
        ((x - 10, y - 10), (x + 10, y - 10), (x + 10, y + 10), (x - 10, y + 10)),
    )
    sheet.shapes([outlines[number]], sheet.theme.series[number + 1], over=4)


def _key(sheet: Sheet, chart: FunnelChart) -> float:
    """Write from the bottom up what the lines and the marks are, and return where that begins."""
    y = float(MARGIN)
    for number, name in reversed(list(enumerate(chart.yardsticks))):
        _mark(sheet, number, MARGIN + 30, y + 0.36 * SMALL)
        sheet.say(name, MARGIN + 76, y, FIGURES, room=RIGHT - MARGIN - 76)
        y += KEY
    if chart.yardsticks:
        sheet.say(chart.yardsticks_text, MARGIN, y, FIGURES, room=RIGHT - MARGIN, color=sheet.theme.faint)
        y += KEY + 6
    for line in reversed(wrap(printable(chart.interval_text), FIGURES, RIGHT - MARGIN - 76)):
        sheet.say(line, MARGIN + 76, y, FIGURES)
        y += KEY
    _range(sheet, MARGIN + 4, MARGIN + 56, y - KEY + 0.36 * SMALL)
    return y
