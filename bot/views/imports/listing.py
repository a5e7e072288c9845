"""What the line of an import in the history opens to: its rows."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final, TypeVar

from bot.reply.parts import Button, Buttons, Fact, Reply, Table, buttons, reply, say
from bot.views.entries import listed
from bot.views.imports.rows import days_of, sighted
from core.imports.model import RowKind
from core.imports.wordings import kind_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.reply.parts import Say
    from core.ledger.sightings import Batch, Sighting

T = TypeVar("T")
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
    title = say("import-title", rows=len(found), days=days_of(batch))
    return page_of(batch, found, _line, title, first, undone=undone)


def page_of(
    batch: Batch, every: Sequence[T], line: Callable[[T], Say], title: Say, first: int, *, undone: bool
) -> Reply:
    """A page of what an import saw, from the row `first`, with buttons to leaf through it and for the undo."""
    first = min(max(first, 1), len(every))
    shown = every[first - 1 : first - 1 + PAGE]
    rows: tuple[tuple[Fact, ...], ...] = tuple((line(one),) for one in shown)
    last = first + len(shown) - 1
    where = say(
        title.id, **title.facts, state="undone" if undone else "standing", number=batch.number, first=first, last=last
    )
    newer = Button(say("button-newer"), f"import list {batch.number} {max(1, first - PAGE)}") if first > 1 else None
    older = Button(say("button-older"), f"import list {batch.number} {last + 1}") if last < len(every) else None
    undo = None if undone else Button(say("button-undo-import"), f"import undo {batch.number}")
    return reply(Table((say("column-what"),), rows, where), buttons(newer, older, undo), replace=True)


def _line(some: Sequence[Sighting]) -> Say:
    return say("import-row", line=sighted(some[0]), entries=listed(one.number for one in some))


def _row(seen: Sighting) -> tuple[object, ...]:
    """Which row of the page it is. That of a badge stands for all of its day, which may be several entries."""
    if kind_of(seen.wording, seen.connects, {}) is RowKind.BADGE:
        return seen.day, seen.member
    return (seen.line,)
