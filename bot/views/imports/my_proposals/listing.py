"""What an import of "My proposals" saw, line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.reply.parts import say
from bot.views.imports.listing import page_of
from bot.views.imports.my_proposals.previews import state_name
from bot.views.progress import beginning_of

if TYPE_CHECKING:
    from bot.reply.parts import Reply, Say
    from core.ledger.sightings import Batch, ProposalSighting

LONGEST_TITLE: Final = 40


def lines_of(batch: Batch, first: int, *, undone: bool) -> Reply:
    """A page of the lines of an import."""
    title = say("my-proposals-title", proposals=len(batch.proposals), day=batch.last or batch.at)
    return page_of(batch, batch.proposals, _line, title, first, undone=undone)


def _line(seen: ProposalSighting) -> Say:
    what = say("my-proposals-line", title=beginning_of(seen.title, LONGEST_TITLE), state=state_name(seen.state))
    return what if seen.day is None else say("my-proposals-line-dated", day=seen.day, what=what)
