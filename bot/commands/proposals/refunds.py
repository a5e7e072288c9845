"""The command that shows what should have come back and did not, and what to write to Upwork about it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Final

from bot.command.declaration import Call, command
from bot.options.choice import Choice
from bot.options.numbers import MOST_NUMBER, Whole
from bot.reply.parts import Reply
from bot.views.proposals.refunds import PAGE, Part, Shown, came_back, kept, owed, support
from core.proposals.refunds import refunds as found_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.options.choice import Synonyms
    from core.ledger.model import Entry
    from core.proposals.refunds import Refunds

PARTS: Final[Synonyms] = (
    (Part.OWED, ("missing", "open", "due")),
    (Part.TEXT, ("support", "support text", "letter", "for support")),
    (Part.RETURNED, ("came", "came back", "back", "received")),
    (Part.KEPT, ("never", "not returned", "not returnable", "why not")),
)


@command("refunds")
async def refunds(
    call: Call,
    show: Annotated[Part, Choice(of=Part, also=PARTS)] = Part.OWED,
    skip: Annotated[int, Whole(low=0, high=MOST_NUMBER, named=True, hidden=True)] = 0,
) -> Reply:
    """Show what of proposals should have come back and did not, what came back, and what never does."""
    wallet = call.open_wallet
    days = timedelta(days=call.books.rulebook.returns_due_days)
    proposals = await call.proposals.every(wallet.id)
    found = found_in(proposals, await call.imports.batches(wallet.id), call.at, days)
    match Part(show):
        case Part.OWED:
            return owed(Shown(found, call.at, days, skip))
        case Part.TEXT:
            return support(Shown(found, call.at, days, skip, await _entries(call, found, skip)))
        case Part.RETURNED:
            return came_back(Shown(found, call.at, days, skip, await _entries(call, found, skip)))
        case Part.KEPT:
            return kept(found)


async def _entries(call: Call, found: Refunds, skip: int) -> Mapping[int, Entry]:
    """The entries of the proposals that a page shows, whichever of the two it is."""
    shown = [*(one.proposal for one in found.owed[skip : skip + PAGE]), *found.came[skip : skip + PAGE]]
    numbers = {number for proposal in shown for number in proposal.entries}
    entries = [await call.books.entry(call.open_wallet.id, number) for number in sorted(numbers)]
    return {entry.number: entry for entry in entries if entry is not None}
