"""What became of proposals: a bar for each rate, a line for its range, and small marks for the yardsticks."""

from collections.abc import Sequence

from bot.pictures.drawing.frame import FIGURES, HEADLINE, STRONG, WORDS, block, centred, heading
from bot.pictures.drawing.sheet import Box, Point, Scale, Sheet, Spot
from bot.pictures.drawing.theme import MARGIN, SMALL, WIDTH, Theme
from bot.pictures.drawing.writing import printable, width, wrap
from bot.pictures.model import FunnelChart, FunnelStage

HEIGHT = 1350
RIGHT = WIDTH - MARGIN
BAR = 46
LANE = 34
"""Each yardstick has a lane of its own below the bar, so that two at one rate are both seen."""
KEY = 46
"""From one line at the bottom to the next."""


def draw_funnel(chart: FunnelChart, theme: Theme) -> Sheet:
    """Draw a chart of what became of proposals."""
    sheet = Sheet(HEIGHT, theme)
    top = heading(sheet, chart.title, chart.detail)
    top = block(sheet, chart.base, top - 8, HEADLINE)
    if chart.waiting:
        top = block(sheet, chart.waiting, top, WORDS, faint=True)
    bottom = _key(sheet, chart) + 60
    ends = [tick.at for tick in chart.ticks] + [stage.high for stage in chart.stages if stage.rate is not None]
    across = Scale(0, max([*ends, *(mark for stage in chart.stages for mark in stage.marks), 0.01]), MARGIN, RIGHT)
    _columns(sheet, chart, across, bottom, top - 10)
    high = min((top - 10 - bottom) / len(chart.stages), 230)
    names = list(chart.yardsticks)
    beside = all(_fits_beside(stage) for stage in chart.stages)
    for number, stage in enumerate(chart.stages):
        bottom = _row(sheet, stage, across, top - 10 - number * high, beside=beside)
        _marks(sheet, stage, names, across, bottom)
        names = ["" if lane < len(stage.marks) else name for lane, name in enumerate(names)]
    return sheet


def _columns(sheet: Sheet, chart: FunnelChart, across: Scale, bottom: float, top: float) -> None:
    sheet.rules((((across(tick.at), bottom), (across(tick.at), top)) for tick in chart.ticks), sheet.theme.grid)
    for tick in chart.ticks:
        centred(sheet, tick.text, across(tick.at), bottom - 40, FIGURES, color=sheet.theme.faint)


def _fits_beside(stage: FunnelStage) -> bool:
    return width(printable(stage.name), STRONG) + width(printable(stage.text), WORDS) + 40 < RIGHT - MARGIN


def _row(sheet: Sheet, stage: FunnelStage, across: Scale, top: float, *, beside: bool) -> float:
    baseline = top - 46
    sheet.say(stage.name, Spot(MARGIN, baseline), STRONG, room=RIGHT - MARGIN, plate=True)
    if beside:
        sheet.say(stage.text, Spot(RIGHT, baseline, "right"), WORDS, plate=True)
    else:
        baseline -= WORDS.line
        sheet.say(stage.text, Spot(MARGIN, baseline), WORDS, room=RIGHT - MARGIN, plate=True)
    bar = Box(MARGIN, baseline - 20 - BAR, across(stage.rate or 0), baseline - 20)
    if stage.rate is not None:
        sheet.bars([bar], sheet.theme.series[0])
        _range(sheet, across(stage.low), across(stage.high), (bar.bottom + bar.top) / 2)
    return bar.bottom


def _marks(sheet: Sheet, stage: FunnelStage, names: Sequence[str], across: Scale, top: float) -> None:
    """Draw the yardsticks below a bar, with the names beside them that were not yet written."""
    for lane, mark in enumerate(stage.marks):
        x, y = across(mark), top - (lane + 0.6) * LANE
        _mark(sheet, lane, x, y)
        if lane < len(names) and names[lane]:
            right = Spot(x + 22, y - 0.36 * SMALL)
            if RIGHT - right.x < width(printable(names[lane]), FIGURES) and x > WIDTH / 2:
                sheet.say(names[lane], Spot(x - 22, right.y, "right"), FIGURES, room=x - 22 - MARGIN, plate=True)
            else:
                sheet.say(names[lane], right, FIGURES, room=RIGHT - right.x, plate=True)


def _range(sheet: Sheet, low: float, high: float, y: float) -> None:
    if low == high:
        return  # nothing is said about how certain it is
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
    """Write from the bottom up what the marks and the lines are, and return where that begins."""
    y = float(MARGIN)
    inset = MARGIN + 84
    if chart.yardsticks:
        for lane in range(len(chart.yardsticks)):
            _mark(sheet, lane, MARGIN + 14 + lane * 28, y + 0.36 * SMALL)
        sheet.say(chart.yardsticks_text, Spot(inset + 14, y), FIGURES, room=RIGHT - inset - 14)
        y += KEY
    for line in reversed(wrap(printable(chart.interval_text), FIGURES, RIGHT - inset - 14)):
        sheet.say(line, Spot(inset + 14, y), FIGURES)
        y += KEY
    _range(sheet, MARGIN + 4, inset - 8, y - KEY + 0.36 * SMALL)
    return y
