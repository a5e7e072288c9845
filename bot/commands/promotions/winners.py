"""Who has won a contest, with the prize of each, and how much of what a promotion gives is taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.reply.parts import Fact, Say, say
from core.promotions.draw import draw
from core.promotions.model import DRAWN, Claim, ClaimState, Promotion
from core.shared.lifecycle import Status
from core.shared.names import SOMEONE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.command.declaration import Call

SHOWN: Final = 20
"""How many winners a card shows; the report has all of them."""


async def winners(call: Call, promotion: Promotion, claims: Sequence[Claim]) -> list[tuple[Say, Fact]]:
    """A row for each winner, in the order of the draw, with the prize and whether it is booked."""
    drawn = {claim.number: claim for claim in claims if claim.state in DRAWN} if promotion.terms.contest else {}
    order = draw(promotion.seed, drawn, SHOWN)
    names = await call.store.people.names(drawn[number].person for number in order)
    rows: list[tuple[Say, Fact]] = [
        (
            say("field-winner", number=number, name=names.get(drawn[number].person, SOMEONE)),
            say("winner-prize", connects=promotion.terms.gives, state=drawn[number].state.value),
        )
        for number in order
    ]
    if rest := len(drawn) - len(order):
        rows.append((say("field-winners-more"), rest))
    return rows


def prizes(promotion: Promotion) -> list[tuple[Say, Fact]]:
    """What each person gets or, of a contest that is not drawn yet, how many win and what."""
    each = say("connects", connects=promotion.terms.gives)
    if not promotion.terms.contest:
        return [(say("field-each"), each)]
    if promotion.status is Status.ENDED:
        return []
    return [(say("field-winners"), say("winners-each", winners=promotion.terms.winners, prize=each))]


def taken(promotion: Promotion, states: Mapping[ClaimState, int]) -> list[tuple[Say, Fact]]:
    """How many of the prizes are booked or, of a promotion with a supply, how many of its claims are made."""
    terms, given = promotion.terms, states.get(ClaimState.GIVEN, 0)
    if terms.contest:
        drawn = given + states.get(ClaimState.WON, 0)
        return [(say("field-prizes"), say("mended-of", done=given, all=drawn))] if drawn else []
    if terms.supply is None:
        return []
    return [(say("field-taken"), say("mended-of", done=given, all=terms.supply // terms.gives))]
