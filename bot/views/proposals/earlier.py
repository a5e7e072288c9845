"""The question whether to bid on a job on which somebody has bid already."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bot.reply.parts import Then, say
from bot.views.entries import named
from bot.views.proposals.listing import sender
from core.ledger.sightings import ProposalState

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from bot.reply.parts import Say
    from core.ledger.model import Entry
    from core.proposals.model import Proposal
    from core.shared.ids import PersonId


class EarlierBid(NamedTuple):
    """A bid that stands, and the card of its proposal."""

    entry: Entry
    card: Proposal | None

    @property
    def became(self) -> str:
        """What speaks for another one: that it was withdrawn, or that its Connects came back."""
        if self.card is None:
            return "open"
        if self.card.end is ProposalState.WITHDRAWN:
            return "withdrawn"
        return "open" if self.card.base_left else "returned"


def earlier_bids(
    bids: Sequence[EarlierBid], names: Mapping[PersonId, str], now: datetime, *, me: Collection[PersonId], group: bool
) -> Say:
    """Who bid, when and how much; and whether to bid all the same."""
    every = [_earlier(bid, names, now, me=me if group else None, several=len(bids) > 1) for bid in bids]
    said = every[0]
    for more in every[1:]:
        said = say("bids-before-more", bids=said, bid=more)
    own = all(one.facts["who"] == "you" for one in every)
    return say("bid-again" if own else "bid-again-by", bids=said)


def _earlier(
    bid: EarlierBid, names: Mapping[PersonId, str], now: datetime, *, me: Collection[PersonId] | None, several: bool
) -> Say:
    """`me` is who asks, under every number that was theirs (None: all bids are their own)."""
    entry, card = bid
    by = entry.by if card is None else card.by
    name = "" if card is None else sender(card, names)
    who = "you" if me is None or by in me else "known" if name else "nobody"
    exact = entry.happened is None if card is None else card.exact
    return say(
        "bid-before",
        who=who,
        name=name,
        connects=-entry.delta,
        several="yes" if several else "no",
        job=named(entry),
        when=Then(entry.when, now, day=not exact),
        became=bid.became,
        number=entry.number,
    )
