"""What is drawn, and how. matplotlib is imported where it is used, so that few processes of a test run import it."""

import pickle
import re
from datetime import date, timedelta
from functools import cache
from itertools import combinations
from math import dist
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from bot.pictures.kinds import PictureForm
from bot.pictures.scale import round_days, round_steps
from tests.bot.pictures.examples import LONG, STRANGE, extremes, funnel, spend, usual

if TYPE_CHECKING:
    from matplotlib.text import Text

    from bot.pictures.drawing.sheet import Sheet

CHARTS = dict([*usual(), *extremes()])
SIMULATIONS = {  # Machado, Oliveira and Fernandes 2009, complete
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "full sight": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
}
Color = tuple[float, float, float]


@cache
def drawn(name: str) -> "Sheet":
    from bot.pictures.drawing import sheet_of

    return sheet_of(CHARTS[name])


def texts(sheet: "Sheet") -> "list[Text]":
    from matplotlib.text import Text

    return [artist for artist in sheet.figure.get_children() if isinstance(artist, Text) and artist.get_text()]


def words(name: str) -> set[str]:
    return {text.get_text() for text in texts(drawn(name))}


def test_texts_are_large_and_stand_on_the_sheet_and_never_on_each_other() -> None:
    for name in CHARTS:
        sheet = drawn(name)
        boxes = sorted((*text.get_window_extent().extents, text.get_text()) for text in texts(sheet))
        assert len(boxes) >= 2
        for number, (left, bottom, right, top, text) in enumerate(boxes):
            assert 0 <= left <= right <= 1080, (name, text)
            assert 0 <= bottom <= top <= sheet.height, (name, text)
            for start, low, _, high, other in boxes[number + 1 :]:
                assert start >= right or low + 4 >= top or bottom >= high - 4, (name, text, other)
        assert not [text for text in texts(sheet) if text.get_parse_math() or float(text.get_fontsize()) < 27]


def test_writing_and_colours_stand_out_and_stay_apart() -> None:
    from bot.pictures.drawing.theme import DARK, LIGHT

    for theme in (LIGHT, DARK):
        for ground in (theme.ground, theme.grid):
            assert min(contrast(theme.ink, ground), contrast(theme.faint, ground)) >= 4.5
        colors = (*theme.series, theme.returned)
        assert min(contrast(color, theme.ground) for color in colors) >= 3
        for sight in SIMULATIONS:
            seen = [lab(simulated(linear(color), sight)) for color in colors]
            assert min(dist(one, other) for one, other in combinations(seen, 2)) >= 25
    for name, chart in CHARTS.items():
        theme = DARK if chart.dark else LIGHT
        assert {text.get_color() for text in texts(drawn(name))} <= {theme.ink, theme.faint}


def test_what_matters_most_finds_room_however_much_else_there_is() -> None:
    assert {"today", "90", "you are warned below 40", "expires"} <= words("balance-200-lots")
    assert {"today", "90", "you are warned below 40", "12"} <= words("balance-three-years")
    assert {"48", "no reply"} <= words("replies-one")
    assert {"no reply", "61 on average"} <= words("replies-60-months")
    assert {"Viewed", "nobody has told me", "bids written by hand"} <= words("funnel-untold")


def test_pictures_look_as_they_did_when_somebody_looked_at_them() -> None:
    from bot.pictures.drawing import draw
    from tests.bot.pictures.goldens import FOLDER, differs, kept

    assert {path.stem for path in FOLDER.glob("*.png")} == {name for name, _ in kept()}
    for name, chart in kept():
        picture = draw(chart)
        assert picture[:8] == b"\x89PNG\r\n\x1a\n"
        assert int.from_bytes(picture[16:20], "big") == 1080
        assert not differs(name, picture)
    chart = funnel()
    bare = tuple(stage._replace(marks=()) for stage in chart.stages)
    assert differs("funnel-light", draw(chart._replace(stages=bare)))


def test_equal_charts_have_equal_bytes() -> None:
    from bot.pictures.drawing import draw

    chart = spend(bars=3)
    assert draw(chart) == draw(pickle.loads(pickle.dumps(chart)))  # noqa: S301 - our own bytes, as the worker gets them


def test_text_is_as_the_font_can_draw_it() -> None:
    from bot.pictures.drawing.writing import printable

    assert printable(STRANGE) == "$cost_{x}$ 😀 … of Zoë_^ \\frac שלום عليكم"
    assert printable("a\nb\t c\x00\u200f d\u202fe") == "a b c d\u202fe"
    assert printable("日本 नमस्ते") == "…"
    assert not printable("🪂🏽")


def test_long_text_is_cut_and_wrapped() -> None:
    from bot.pictures.drawing.writing import Style, cut, width, wrap

    style = Style(32)
    assert cut("short", style, 200) == "short"
    assert width(cut(LONG, style, 200), style) <= 200
    lines = wrap(LONG, style, 900, 2)
    assert len(lines) == 2
    assert max(width(line, style) for line in lines) <= 900
    assert wrap("W" * 99, style, 300, 3)[0].endswith("…")
    assert wrap("", style, 300) == ("",)


@pytest.mark.parametrize(
    ("low", "high", "steps"),
    [
        (0, 0, (0, 1)),
        (0, 7, (0, 2, 4, 6, 8)),
        (-3, 12, (-5, 0, 5, 10, 15)),
        (-50, -10, (-50, -40, -30, -20, -10, 0)),
        (0, 10_000_000, (0, 2_000_000, 4_000_000, 6_000_000, 8_000_000, 10_000_000)),
    ],
)
def test_steps_are_round(low: int, high: int, steps: tuple[int, ...]) -> None:
    assert round_steps(low, high) == steps


def test_days_are_round() -> None:
    first = date(2026, 1, 12)
    assert round_days(first, first) == (first,)
    assert round_days(first, first + timedelta(days=30))[-1] == date(2026, 2, 9)
    assert round_days(first, first + timedelta(days=200)) == (date(2026, 3, 1), date(2026, 5, 1), date(2026, 7, 1))
    assert round_days(first, first + timedelta(days=1095)) == (date(2027, 1, 1), date(2028, 1, 1), date(2029, 1, 1))
    for length in range(0, 9000, 301):
        assert 1 <= len(round_days(first, first + timedelta(days=length))) <= 5


def test_as_svg_it_is_one_picture_that_a_page_colours() -> None:
    from bot.pictures.drawing import draw

    chart = funnel(dark=True)._replace(title='</style><script>alert("#16181d")</script> style="fill:#16181d"')
    svg = draw(chart, PictureForm.SVG).decode()
    assert svg == draw(chart._replace(dark=False), PictureForm.SVG).decode()
    root = ET.fromstring(svg)  # noqa: S314 - our own drawing
    assert (root.get("role"), root[0].text, root[1].text) == ("img", chart.title, chart.detail)
    assert chart.base in [text.text for text in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "<script" not in svg
    assert " id=" not in svg
    styles = " ".join(element.get("style", "") for element in root.iter())
    assert "var(--ink,#16181D)" in styles
    assert "#" not in re.sub(r"var\(--[a-z]+,#[0-9A-F]{6}\)", "", styles)


def linear(color: str) -> Color:
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return red, green, blue


def contrast(one: str, other: str) -> float:
    """WCAG's ratio."""
    dark, light = sorted(
        sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear(color), strict=True))
        for color in (one, other)
    )
    return (light + 0.05) / (dark + 0.05)


def simulated(color: Color, sight: str) -> Color:
    red, green, blue = (
        min(1, max(0, sum(share * part for share, part in zip(row, color, strict=True)))) for row in SIMULATIONS[sight]
    )
    return red, green, blue


def lab(color: Color) -> Color:
    red, green, blue = color
    x, y, z = (
        part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116
        for part in (
            (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047,
            0.2126 * red + 0.7152 * green + 0.0722 * blue,
            (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883,
        )
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)
