"""Shows the card of a proposal: loads its rows and what may be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.command.permissions import corrects_others, may
from bot.views.proposals.card import PLAIN, Shown, Ways, card
from bot.views.proposals.listing import sender
from core.ledger.model import Kind
from core.ledger.sightings import BatchKind, standing
from core.ledger.summary import net_spends

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.command.declaration import Call
    from bot.reply.parts import Reply
    from core.ledger.model import Entry
    from core.ledger.sightings import Batch, ProposalSighting
    from core.proposals.model import Proposal


async def card_of(call: Call, proposal: Proposal, ways: Ways = PLAIN) -> Reply:
    """The card of a proposal, for whoever calls."""
    wallet = call.open_wallet
    entries = await _entries(call, proposal.entries)
    mine = await may_tell(call, proposal)
    shown = Shown(
        proposal,
        entries,
        call.at,
        wallet.settings.alerts.answer,
        name=await _sender(call, proposal),
        told=await last_told(call, proposal) if mine else None,
        owed=_owed(entries) if mine else (),
        mine=mine,
        loose=await _entries(call, (piece.number for piece in proposal.unclear if piece.number is not None)),
    )
    return card(shown, ways)


async def _entries(call: Call, numbers: Iterable[int]) -> tuple[Entry, ...]:
    found = [await call.books.entry(call.open_wallet.id, number) for number in numbers]
    return tuple(entry for entry in found if entry is not None)


async def may_tell(call: Call, proposal: Proposal) -> bool:
    """Whether whoever calls may say what became of it: in a group members of their own, and managers of all."""
    if not await may(call, "outcome"):
        return False
    if call.team.now(proposal.by) == call.person.id or await corrects_others(call):
        return True
    if proposal.entries:
        return False
    batches = {batch.number: call.team.now(batch.by) for batch in await call.imports.batches(call.open_wallet.id)}
    return all(batches.get(number) == call.person.id for number, _ in proposal.seen)


async def _sender(call: Call, proposal: Proposal) -> str:
    """Who sent it; empty in a private chat, where that goes without saying."""
    if not call.of_group:
        return "" if call.team.now(proposal.by) == call.person.id else proposal.member
    names = {} if proposal.by is None else await call.store.people.names({proposal.by})
    return sender(proposal, names)


async def last_told(call: Call, proposal: Proposal) -> int | None:
    """The import that is the last thing that somebody said of it, apart from tags; None if nobody has."""
    if not proposal.seen:
        return None
    batches = await call.imports.batches(call.open_wallet.id)
    told = [one for one in standing(batches, BatchKind.TOLD) if not any(said.only_tags for said in one.proposals)]
    return next((batch.number for batch in reversed(told) if is_of(batch, proposal)), None)


def is_of(batch: Batch, proposal: Proposal) -> bool:
    """Whether somebody said something of this proposal, and an import has it."""
    return any(_names(said, batch, proposal) for said in batch.proposals)


def _names(said: ProposalSighting, batch: Batch, proposal: Proposal) -> bool:
    return said.number in proposal.entries or {(batch.number, said.line), said.seen} & set(proposal.seen) != set()


def _owed(entries: Sequence[Entry]) -> tuple[int, ...]:
    """The spends of it of which something has not come back."""
    return tuple(spend.entry.number for spend in net_spends(_booked(entries)) if spend.connects > 0)


def _booked(entries: Sequence[Entry]) -> Iterable[Entry]:
    return (entry for entry in entries if entry.kind is not Kind.RECAST)
