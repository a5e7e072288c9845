"""Asks before a second bid on a job is booked: who has bid on it, when and how much. See decision 0064."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.command.declaration import DoubtError
from bot.reply.parts import Button, say
from bot.views.entries import proposal_button
from bot.views.proposals.earlier import EarlierBid, earlier_bids
from core.ledger.bids import bids_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.command.declaration import Call


async def doubt_about(call: Call, jobs: Iterable[str], anyway: str) -> DoubtError | None:
    """The question about the latest bid on each of these jobs; None if they are all undone by now.

    `anyway` is the line that books the new ones all the same.
    """
    ledger, wallet = call.store.ledger, call.open_wallet.id
    latest = [bids[0] for job in dict.fromkeys(jobs) if (bids := bids_in(await ledger.on_job(wallet, job)))]
    if not latest:
        return None
    cards = await call.proposals.of_entries(wallet, [bid.number for bid in latest])
    names = await call.store.people.names({card.by for card in cards.values() if card.by is not None})
    found = [EarlierBid(bid, cards.get(bid.number)) for bid in latest]
    shown = proposal_button(latest[0]) if len(latest) == 1 else Button(say("button-proposals"), "proposals")
    sentence = earlier_bids(found, names, call.at, me=call.team.all_who_are(call.person.id), group=call.group)
    return DoubtError(sentence, Button(say("button-bid-anyway"), anyway), *filter(None, [shown]))
