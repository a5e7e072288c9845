"""What an import of "My proposals" saw, line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.reply.parts import Button, Fact, Reply, Table, buttons, reply, say
from bot.views.imports.my_proposals.previews import state_name
from bot.views.progress import beginning_of

if TYPE_CHECKING:
    from bot.reply.parts import Say
    from core.ledger.sightings import Batch, ProposalSighting

PAGE: Final = 10
LONGEST_TITLE: Final = 40


def lines_of(batch: Batch, first: int, *, undone: bool) -> Reply:
    """A page of the lines of an import."""
    every = len(batch.proposals)
    first = min(max(first, 1), every)
    shown = batch.proposals[first - 1 : first - 1 + PAGE]
    rows: tuple[tuple[Fact, ...], ...] = tuple((_line(seen),) for seen in shown)
    last = first + len(shown) - 1
    title = say(
        "my-proposals-title",
        state="undone" if undone else "standing",
        number=batch.number,
        proposals=every,
        day=batch.last or batch.at,
        first=first,
        last=last,
    )
    newer = Button(say("button-newer"), f"import list {batch.number} {max(1, first - PAGE)}") if first > 1 else None
    older = Button(say("button-older"), f"import list {batch.number} {last + 1}") if last < every else None
    undo = None if undone else Button(say("button-undo-import"), f"import undo {batch.number}")
    return reply(Table((say("column-what"),), rows, title), buttons(newer, older, undo), replace=True)


def _line(seen: ProposalSighting) -> Say:
    what = say("my-proposals-line", title=beginning_of(seen.title, LONGEST_TITLE), state=state_name(seen.state))
    return what if seen.day is None else say("my-proposals-line-dated", day=seen.day, what=what)
