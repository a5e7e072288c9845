"""Text as the bundled font can draw it, measured, cut and wrapped."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from matplotlib import get_data_path
from matplotlib.font_manager import FontProperties, get_font

FONTS = Path(get_data_path()) / "fonts" / "ttf"
ELLIPSIS = "…"


class Style(NamedTuple):
    """A size in pixels, plain or bold."""

    size: int
    bold: bool = False

    @property
    def font(self) -> FontProperties:
        """Names the file, as a search by name depends on what else is installed. SVG has the weight in words."""
        weight = "bold" if self.bold else "normal"
        return FontProperties(fname=_path(bold=self.bold), size=self.size, weight=weight)

    @property
    def line(self) -> float:
        """From one line of text to the next."""
        return self.size * 1.28


def _path(*, bold: bool) -> str:
    return str(FONTS / ("DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"))


@lru_cache(maxsize=2)
def _glyphs(*, bold: bool) -> frozenset[int]:
    return frozenset(get_font(_path(bold=bold)).get_charmap())


def printable(text: str, *, bold: bool = False) -> str:
    """The text without what the font lacks: emoji go, and words in a script without glyphs become an ellipsis."""
    glyphs = _glyphs(bold=bold)
    drawn = "".join(_drawn(character, glyphs) for character in text)
    return re.sub(f"{ELLIPSIS}(\\s*{ELLIPSIS})+", ELLIPSIS, re.sub(" +", " ", drawn)).strip()


def _drawn(character: str, glyphs: frozenset[int]) -> str:
    kind = unicodedata.category(character)
    if character.isspace() or kind == "Cc":
        return character if character in "\u00a0\u202f" else " "
    if kind in ("Cf", "Cs") or "\ufe00" <= character <= "\ufe0f":
        return ""
    if ord(character) in glyphs:
        return character
    return ELLIPSIS if kind[0] in "LMN" else ""


@lru_cache(maxsize=4096)
def width(text: str, style: Style) -> float:
    """How wide the text is, in pixels."""
    font = get_font(_path(bold=style.bold))
    font.set_size(style.size, 72)
    font.set_text(text)
    return float(font.get_width_height()[0]) / 64


def cut(text: str, style: Style, room: float) -> str:
    """The text, or as much of its beginning as there is room for and an ellipsis."""
    if width(text, style) <= room:
        return text
    fits, fails = 0, len(text)
    while fails - fits > 1:
        middle = (fits + fails) // 2
        if width(text[:middle].rstrip() + ELLIPSIS, style) <= room:
            fits = middle
        else:
            fails = middle
    return text[:fits].rstrip() + ELLIPSIS


def short(text: str, style: Style, room: float) -> str:
    """The text as it can be drawn, on one line."""
    return cut(printable(text, bold=style.bold), style, room)


def wrap(text: str, style: Style, room: float, most: int = 2) -> tuple[str, ...]:
    """The text in at most so many lines, about as long as each other; what does not fit is cut at the end."""
    lines = _filled(text, style, room, most)
    if len(lines) > 1 and whole(lines, text):
        mean = sum(width(line, style) for line in lines) / len(lines)
        tries = (_filled(text, style, min(room, share * mean), len(lines)) for share in (1.05, 1.15, 1.25, 1.35))
        return next((even for even in tries if whole(even, text)), lines)
    return lines


def whole(lines: Iterable[str], text: str) -> bool:
    """Whether nothing was cut."""
    return " ".join(lines) == text


def _filled(text: str, style: Style, room: float, most: int) -> tuple[str, ...]:
    lines: list[str] = []
    words = text.split(" ")
    while words and len(lines) < most - 1:
        count = 1
        while count < len(words) and width(" ".join(words[: count + 1]), style) <= room:
            count += 1
        lines.append(cut(" ".join(words[:count]), style, room))
        del words[:count]
    return (*lines, cut(" ".join(words), style, room)) if words else tuple(lines)
