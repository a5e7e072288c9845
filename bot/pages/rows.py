"""The rows of copied text: what each piece between a day and an amount is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from bot.pages.frames import Found, Frame, Manner, manner_of, start_of
from bot.pages.pieces import DASHES, one_line
from bot.pages.run_together import parted
from core.imports.model import Row

if TYPE_CHECKING:
    from collections.abc import Sequence


class Style(NamedTuple):
    """How a text writes its rows, as far as that shows only in all of them.

    `members` are names that stand where nothing but a name can stand. With `named`, rows of one line have a cell for
    the member. With `together`, each row has its wording and its title on one line, with nothing between them.
    """

    manner: Manner
    members: frozenset[str] = frozenset()
    named: bool = False
    together: bool = False


def read_frames(frames: Sequence[Frame]) -> tuple[list[Found | None], Style]:
    """Where the row of each frame begins (None: it is not whole), and how the rows are written."""
    manner = manner_of(frames)
    starts = starts_of(frames, manner)
    found = [start for start in starts if start]
    members = frozenset(one_line(start.pieces[-2]) for start in found if manner.dashed and len(start.pieces) == FULL)
    named = any(len(frame.cells) == CELLS_WITH_MEMBER for frame in frames)
    together = not manner.dashed and all(len(start.pieces) == 1 for start in found)
    # A title that reads like a day may be all that is left of a row: then a name stands where its wording would.
    whole = [start if start and one_line(start.pieces[0]) not in members else None for start in starts]
    return whole, Style(manner, members, named, together)


def starts_of(frames: Sequence[Frame], manner: Manner) -> list[Found | None]:
    """Where the row of each frame begins."""
    return [start_of(frame, manner) if frame.connects is not None else None for frame in frames]


def row_of(frame: Frame, found: Found, style: Style) -> Row:
    """The row of a frame."""
    connects = frame.connects or 0
    first = one_line(found.pieces[0])
    if frame.cells:
        wording, _, title = first.partition(" / ")
        return Row(found.day, wording, connects, title, member=_cell(found.pieces[1:], named=style.named))
    if style.manner.dashed:
        title, member = _title_and_member(found.pieces[1:-1], style.members)
        return Row(found.day, first, connects, title, member=member)
    if len(found.pieces) > 1:
        return Row(found.day, first, connects, one_line(found.pieces[1]))
    wording, title = parted(first) if style.together else (first, "")
    return Row(found.day, wording, connects, title)


def _cell(cells: Sequence[str], *, named: bool) -> str | None:
    if not cells:
        return "" if named else None
    member = one_line(cells[0])
    return "" if member in DASHES else member


def _title_and_member(pieces: Sequence[str], members: frozenset[str]) -> tuple[str, str]:
    match pieces:
        case [title, member]:
            return one_line(title), one_line(member)
        case [name] if name[0].isspace() or one_line(name) in members:
            return "", one_line(name)
        case [title]:
            return one_line(title), ""
        case _:
            return "", ""


FULL: Final = 4
"""An agency's row with a job and a member: wording, title, name, dash."""
CELLS_WITH_MEMBER: Final = 3
