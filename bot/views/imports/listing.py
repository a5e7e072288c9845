"""What the line of an import in the history opens to: its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.reply.parts import Button, Fact, Reply, Table, buttons, reply, say
from bot.views.imports.rows import days_of, in_line

if TYPE_CHECKING:
    from core.ledger.sightings import Batch

PAGE: Final = 10


def rows_of(batch: Batch, first: int, *, undone: bool) -> Reply:
    """A page of the rows of an import, each with the entry that it is."""
    shown = batch.sightings[first - 1 : first - 1 + PAGE]
    rows: tuple[tuple[Fact, ...], ...] = tuple(
        (say("import-row", line=in_line(one), number=one.number),) for one in shown
    )
    last, every = first + len(shown) - 1, len(batch.sightings)
    title = say(
        "import-title",
        state="undone" if undone else "standing",
        number=batch.number,
        rows=every,
        days=days_of(batch),
        first=first,
        last=last,
    )
    newer = Button(say("button-newer"), f"import list {batch.number} {max(1, first - PAGE)}") if first > 1 else None
    older = Button(say("button-older"), f"import list {batch.number} {last + 1}") if last < every else None
    undo = None if undone else Button(say("button-undo-import"), f"import undo {batch.number}")
    return reply(Table((say("column-what"),), rows, title), buttons(newer, older, undo), replace=True)
