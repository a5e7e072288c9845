"""The rows of copied text, found by their frame: a day, some lines, and an amount that is repeated in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.pages.noise import is_noise
from bot.pages.pieces import AMOUNT, DASHES, END, LONGEST, connects_in, day_in, number_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date


class Frame(NamedTuple):
    """The lines above an amount, and what the amount says (None: its words say something else).

    `cells` are those of a row that stands on one line.
    """

    lines: tuple[str, ...]
    connects: int | None
    end: str
    cells: tuple[str, ...] = ()


class Found(NamedTuple):
    """The start of a row in its frame: the lines above it, its day, and the pieces between day and amount."""

    above: Sequence[str]
    day: date
    pieces: Sequence[str]


class Manner(NamedTuple):
    """How a text writes its rows. An agency's end with a dash; a wide page writes a tab after each day."""

    dashed: bool
    tabbed: bool


def frames_in(text: str) -> tuple[list[Frame], str]:
    """The frames of a text, and what follows the last one."""
    ends = [(found.start(), found.end(), connects_in(found)) for found in END.finditer(text)]
    if not ends:
        ends = list(_bare_ends(text))
    frames, at = [], 0
    for start, end, connects in ends:
        *lines, last = text[at:start].split("\n")
        one_line = text[start] == "\t"
        frames.append(
            Frame(
                tuple(lines if one_line else [*lines, last]),
                connects,
                text[start:end].strip(),
                tuple(last.split("\t")) if one_line else (),
            )
        )
        at = end
    return frames, text[at:]


def _bare_ends(text: str) -> Iterator[tuple[int, int, int]]:
    """The ends of rows whose amounts are not repeated in words: then a row has exactly three lines."""
    for found in BARE.finditer(text):
        if day_in(found["day"]) and _is_over(text, found.end("end")):
            connects = number_in(found["amount"])
            yield found.start("end"), found.end("end"), connects if found["sign"] == "+" else -connects


def _is_over(text: str, end: int) -> bool:
    """Whether nothing of the row follows its amount."""
    following = NEXT.match(text, end)
    return following is None or is_noise(following[1]) or day_in(following[1]) is not None


def manner_of(frames: Sequence[Frame]) -> Manner:
    """How most of the rows are written."""
    framed = [frame.lines for frame in frames if not frame.cells]
    dashed = sum(_last(lines) in DASHES for lines in framed)
    tabbed = sum(any(_is_tabbed(line) for line in lines) for lines in framed)
    return Manner(dashed * 2 > len(framed), tabbed * 2 > len(framed))


def _last(lines: Sequence[str]) -> str:
    return next((line.strip() for line in reversed(lines) if line.strip()), "")


def _is_tabbed(line: str) -> bool:
    return line.endswith("\t") and day_in(line) is not None


def start_of(frame: Frame, manner: Manner) -> Found | None:
    """Where the row of a frame begins: at its first day that fits, because a title may read like a day."""
    if frame.cells:
        day = day_in(frame.cells[0])
        fits = day and len(frame.cells) in CELLS
        return Found(frame.lines, day, frame.cells[1:]) if day and fits else None
    said = _last_places(frame.lines)
    days = [(number, day) for number, place in enumerate(said) if (day := day_in(frame.lines[place]))]
    if manner.tabbed:
        days = [(number, day) for number, day in days if frame.lines[said[number]].endswith("\t")] or days
    for number, day in days:
        pieces = [frame.lines[place] for place in said[number + 1 :]]
        if _fits(pieces, manner, indented=frame.lines[said[number]][:1].isspace()):
            return Found(frame.lines[: said[number]], day, pieces)
    return None


def _last_places(lines: Sequence[str]) -> list[int]:
    """Where the last lines stand that are not blank, as many as a row can have."""
    places: list[int] = []
    for place in range(len(lines) - 1, -1, -1):
        if lines[place].strip():
            places.append(place)
            if len(places) == MOST_LINES:
                break
    return places[::-1]


def _fits(pieces: Sequence[str], manner: Manner, *, indented: bool) -> bool:
    if manner.dashed:
        if not pieces or pieces[-1].strip() not in DASHES:
            return False
        pieces = pieces[:-1]
    most = AGENCY_PIECES if manner.dashed else PIECES
    if not 1 <= len(pieces) <= most or max(map(len, pieces)) > LONGEST:
        return False
    return indented or not pieces[0][0].isspace()  # a name begins with a blank, a wording does not


BARE: Final = re.compile(
    rf"^(?=(?P<day>[^\W\d][^\n]{{3,38}})\n+[^\n]{{1,600}}\n+(?P<end>[^\S\n]*+{AMOUNT.pattern}[^\S\n]*+)$)",
    re.MULTILINE | re.IGNORECASE,
)
NEXT: Final = re.compile(r"\s*+([^\n]{1,80})")
CELLS: Final = (2, 3)
PIECES: Final = 2
AGENCY_PIECES: Final = 3
MOST_LINES: Final = 5
"""The day, the wording, the title, the member, the dash."""
