"""A figure as SVG that a page of HTML takes in as it is.

Its colours are variables of the page, such as `var(--ink)`, with those of its theme where the page sets none. Texts
stay texts, in the page's font. There are no ids, so that several pictures can stand on one page.
"""

import re
from collections.abc import Iterable
from io import BytesIO
from typing import Final
from xml.etree import ElementTree as ET

from matplotlib import rc_context
from matplotlib.figure import Figure

from bot.pictures.drawing.theme import Theme

NAMESPACE: Final = "http://www.w3.org/2000/svg"
FONT: Final = "system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif"
"""None of these is wider than DejaVu Sans, in which the texts were measured, so that no two of them touch."""
SILENT: Final = {"Date": None, "Creator": None, "Format": None, "Type": None}
NUMBER: Final = re.compile(r"-?[0-9]+\.[0-9]+")
COLOR: Final = re.compile(r"#[0-9a-f]{6}")
BLANK: Final = re.compile(r"\s*([:;])\s*")
NOT_DRAWN: Final = re.compile(r"font-family:[^;]*;?|rotate\(-?0 [^)]*\)")


def vector(figure: Figure, theme: Theme, title: str, detail: str) -> str:
    """The figure as an `svg` element that is one picture with a title and a description."""
    file = BytesIO()
    with rc_context({"svg.fonttype": "none", "svg.hashsalt": "connects"}):
        figure.savefig(file, format="svg", metadata=SILENT)
    ET.register_namespace("", NAMESPACE)
    drawn = ET.fromstring(file.getvalue())  # noqa: S314 - matplotlib has written it just now
    root = ET.Element(f"{{{NAMESPACE}}}svg", {"viewBox": drawn.attrib["viewBox"], "role": "img"})
    root.set("style", f"direction:ltr;font-family:{FONT};stroke-linejoin:round")
    ET.SubElement(root, f"{{{NAMESPACE}}}title").text = title
    ET.SubElement(root, f"{{{NAMESPACE}}}desc").text = detail
    colors = _variables(theme)
    for group in drawn.iterfind(f"{{{NAMESPACE}}}g/{{{NAMESPACE}}}g"):
        root.extend(_joined(_lean(one, colors) for one in group.iter() if one is not group))
    return ET.tostring(root, encoding="unicode")


def _variables(theme: Theme) -> dict[str, str]:
    """The colours of a theme by what they are called on a page, as matplotlib writes them."""
    first, second, third, fourth = theme.series
    names = {
        "ground": theme.ground, "ink": theme.ink, "faint": theme.faint, "grid": theme.grid, "back": theme.returned,
        "one": first, "two": second, "three": third, "four": fourth,
    }  # fmt: skip
    return {color.lower(): f"var(--{name},{color})" for name, color in names.items()}


def _lean(element: ET.Element, colors: dict[str, str]) -> ET.Element:
    """The element with what is seen of it, to a tenth of a pixel."""
    lean = ET.Element(element.tag)
    lean.text = element.text
    for name, value in element.attrib.items():
        short = NUMBER.sub(_rounded, NOT_DRAWN.sub("", value))
        if name == "style":
            short = COLOR.sub(lambda found: colors.get(found[0], found[0]), BLANK.sub(r"\1", short))
        if name != "id" and short:
            lean.set(name, " ".join(short.split()))
    return lean


def _rounded(found: re.Match[str]) -> str:
    return f"{float(found[0]):.1f}".removesuffix(".0")


def _joined(elements: Iterable[ET.Element]) -> list[ET.Element]:
    """Neighbouring outlines of one style as one: bars of a colour, or lines of a grid, never lie on each other."""
    joined: list[ET.Element] = []
    for element in elements:
        last = joined[-1] if joined else element
        if last is not element and "d" in element.attrib and {**last.attrib, "d": ""} == {**element.attrib, "d": ""}:
            last.set("d", last.attrib["d"] + element.attrib["d"])
        else:
            joined.append(element)
    return joined
