"""What the line of an import in the history opens to: its rows."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from bot.reply.parts import Button, Buttons, Fact, Reply, Table, buttons, reply, say
from bot.views.entries import listed
from bot.views.imports.rows import days_of, sighted
from core.imports.model import RowKind
from core.imports.wordings import kind_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.reply.parts import Say
    from core.ledger.sightings import Batch, Sighting

PAGE: Final = 10
MOST: Final = 5
"""How many imports are offered at a time."""


def imports_of(batches: Sequence[Batch]) -> Reply:
    """The latest imports, each with a button that shows its rows."""
    if not batches:
        return reply(say("imports-none"), buttons(Button(say("button-how-to-import"), "import")))
    rows = tuple((Button(_named(batch), f"import list {batch.number}"),) for batch in batches[: -MOST - 1 : -1])
    return reply(say("imports-latest"), Buttons(rows))


def _named(batch: Batch) -> Say:
    return say("import-named", number=batch.number, kind=batch.kind.value, day=batch.last or batch.at)


def rows_of(batch: Batch, first: int, *, undone: bool) -> Reply:
    """A page of the rows of an import, each with the entry that it is, or the entries."""
    found = [tuple(some) for _, some in groupby(batch.sightings, _row)]
    first = min(max(first, 1), len(found))
    shown = found[first - 1 : first - 1 + PAGE]
    rows: tuple[tuple[Fact, ...], ...] = tuple(
        (say("import-row", line=sighted(some[0]), entries=listed(one.number for one in some)),) for some in shown
    )
    last, every = first + len(shown) - 1, len(found)
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


def _row(seen: Sighting) -> tuple[object, ...]:
    """Which row of the page it is. That of a badge stands for all of its day, which may be several entries."""
    if kind_of(seen.wording, seen.connects, {}) is RowKind.BADGE:
        return seen.day, seen.member
    return (seen.line,)
