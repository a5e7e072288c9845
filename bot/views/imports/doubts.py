"""The rows of an import that are unsure, one at a time, and the lines that could not be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.reply.parts import Button, Buttons, Fact, Reply, Table, reply, say
from bot.views.entries import in_list, signed
from bot.views.imports.rows import in_line
from bot.views.progress import beginning_of
from core.imports.model import Doubt

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from core.imports.model import Unsure
    from core.ledger.model import Entry

MOST_ENTRIES: Final = 3
MOST_LINES: Final = 10
LONGEST_LINE: Final = 60


def unsure_row(draft: str, unsure: Sequence[Unsure], at: int, *, lines: bool = False) -> Reply:
    """One of the unsure rows, with what it may be, and buttons to say so or to look at the others.

    `lines`: after the last of them come lines that could not be read.
    """
    one = unsure[at]
    title = say("unsure-title", number=at + 1, rows=len(unsure))
    entries = _entries(one.entries[:MOST_ENTRIES])
    rows = (*_answers(draft, one), tuple(_steps(draft, len(unsure) + lines, at)))
    return reply(
        title,
        in_line(one.row),
        say(f"unsure-{one.why}".replace("_", "-")),
        entries,
        Buttons(rows, asks=True),
        replace=True,
    )


def _entries(entries: Sequence[Entry]) -> Table | None:
    rows: tuple[tuple[Fact, ...], ...] = tuple(
        (say("entry-number", number=one.number), say("day", at=one.when), in_list(one), signed(one.delta))
        for one in entries
    )
    columns = tuple(say(f"column-{name}") for name in ("number", "day", "what", "change"))
    return Table(columns, rows) if rows else None


def _answers(draft: str, one: Unsure) -> Iterator[tuple[Button, ...]]:
    line = f"import row {draft} {one.position}"
    same = one.entries[:MOST_ENTRIES] if one.why is not Doubt.TAKEN_OUT else ()
    for entry in same:
        yield (Button(say("button-same", number=entry.number), f"{line} {entry.number}"),)
    another = say("button-another" if same else "button-book-row")
    yield Button(another, f"{line} new"), Button(say("button-leave-row"), f"{line} out")


def _steps(draft: str, rows: int, at: int) -> Iterator[Button]:
    if at:
        yield Button(say("button-previous"), f"import unsure {draft} {at}")
    if at + 1 < rows:
        yield Button(say("button-next"), f"import unsure {draft} {at + 2}")
    yield Button(say("button-back"), f"import show {draft}")


def unread_lines(draft: str, lines: Sequence[str], show: str = "import show") -> Reply:
    """The lines of a page that could not be read, and a button that shows its preview."""
    shown: tuple[tuple[Fact, ...], ...] = tuple((beginning_of(line, LONGEST_LINE),) for line in lines[:MOST_LINES])
    rest = len(lines) - len(shown)
    back = Button(say("button-back"), f"{show} {draft}")
    return reply(
        Table((say("column-what"),), shown, say("unread-title", lines=len(lines))),
        say("unread-more", lines=rest) if rest else None,
        say("unread-help"),
        Buttons(((back,),)),
        replace=True,
    )
