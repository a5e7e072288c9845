"""Draws charts with matplotlib: its objects on Agg, never pyplot. Only the worker's process imports this package."""

from matplotlib import rcdefaults

from bot.pictures.drawing.balance import draw_balance
from bot.pictures.drawing.funnel import draw_funnel
from bot.pictures.drawing.reply_cost import draw_reply_cost
from bot.pictures.drawing.sheet import Sheet
from bot.pictures.drawing.spend import draw_spend
from bot.pictures.drawing.team import draw_team
from bot.pictures.drawing.theme import DARK, LIGHT
from bot.pictures.kinds import PictureForm
from bot.pictures.model import BalanceChart, Chart, FunnelChart, SpendChart, TeamChart

rcdefaults()  # whatever a matplotlibrc of the machine says


def draw(chart: Chart, form: PictureForm = PictureForm.PNG) -> bytes:
    """Draw a chart, 1080 pixels wide. As SVG it is an element of a page, which says whether it is light or dark."""
    if form is PictureForm.SVG:
        return sheet_of(chart._replace(dark=False)).svg(chart.title, chart.detail)
    return sheet_of(chart).png()


def sheet_of(chart: Chart) -> Sheet:
    """Put a chart on a sheet that is not yet a file."""
    theme = DARK if chart.dark else LIGHT
    if isinstance(chart, BalanceChart):
        return draw_balance(chart, theme)
    if isinstance(chart, FunnelChart):
        return draw_funnel(chart, theme)
    if isinstance(chart, SpendChart):
        return draw_spend(chart, theme)
    if isinstance(chart, TeamChart):
        return draw_team(chart, theme)
    return draw_reply_cost(chart, theme)
