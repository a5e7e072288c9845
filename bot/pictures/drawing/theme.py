"""Colours and sizes, in pixels of a picture that is 1080 wide and that a phone shows at a third of that.

The five colours of a theme stay apart for people with deuteranopia and protanopia (CIELAB distance of 25 and more in
Machado's simulation), and have a contrast of 3 and more to the ground. Writing has 4.5 and more.
"""

from typing import NamedTuple

WIDTH = 1080
MARGIN = 48
SMALL, PLAIN, LARGE, TITLE = 28, 32, 40, 50


class Theme(NamedTuple):
    """The ground, what is written on it, and five colours: a series, and one more for what came back."""

    ground: str
    ink: str
    faint: str
    grid: str
    series: tuple[str, str, str, str]
    returned: str


LIGHT = Theme("#FFFFFF", "#16181D", "#565B65", "#DDE0E5", ("#0B5394", "#D97706", "#CC79A7", "#7A4B00"), "#0B6E4F")
DARK = Theme("#17191E", "#F1F2F4", "#AEB4BE", "#343841", ("#4C9BE8", "#E69F00", "#F2B5D4", "#F7E08A"), "#009E73")
