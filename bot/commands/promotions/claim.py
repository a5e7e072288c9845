"""/claim: people claim what a promotion gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

from bot.command.declaration import Call, UnfitError, command
from bot.options.figures import whole_number
from bot.options.numbers import MOST_NUMBER
from bot.options.text import Text
from bot.reply.parts import Fields, Reply, reply, say
from bot.views.entries import left
from core.promotions.draw import commitment
from core.promotions.model import Claim, ClaimState, Promotion
from core.shared.ids import PromotionId
from core.shared.lifecycle import Status
from core.shared.names import folded
from core.shared.refusals import NotQualified, RefusedError
from core.wallets.people import require_wallet

if TYPE_CHECKING:
    from core.ledger.model import Receipt

CLAIMED: Final = {
    ClaimState.ENTERED: "claim-entered",
    ClaimState.ASKED: "claim-asked",
    ClaimState.GIVEN: "claim-approved",
    ClaimState.REFUSED: "claim-refused",
    ClaimState.WON: "claim-won",
    ClaimState.LOST: "claim-lost",
    ClaimState.FORFEITED: "claim-forfeited",
}


@command("claim", needs_wallet=False, ephemeral=True)
async def claim(call: Call, what: Annotated[str, Text(most=40)]) -> Reply:
    """Claim what a promotion gives, by its number or its code. In a group, too, it goes to the person's own wallet."""
    promotion = await _promotion(call, what.strip("#"))
    wallet = require_wallet(await call.books.wallet_of(call.person.id), group=False)
    chat = call.chat if call.group else None
    try:
        claimed = await call.promotions.claim(promotion, call.person.id, wallet, chat)
    except RefusedError as refused:
        if call.group and isinstance(refused.refusal, NotQualified):  # what they lack is shown to them in private only
            raise UnfitError(say("claim-others", what=what)) from refused
        raise
    return _confirmed(call, promotion, claimed)


async def _promotion(call: Call, what: str) -> Promotion:
    """The promotion with this number or code; one that has a code cannot be claimed by its number."""
    store, number = call.store, whole_number(what)
    numbered = (
        await store.promotions.promotion(PromotionId(number))
        if number is not None and 0 < number <= MOST_NUMBER
        else None
    )
    found = numbered if numbered is not None and not numbered.terms.code else await _with_code(call, what)
    if found is None or found.status is Status.DRAFT:
        raise UnfitError(say("claim-code" if numbered is not None and numbered.terms.code else "claim-unknown"))
    return found


async def _with_code(call: Call, what: str) -> Promotion | None:
    """The live promotion with this code; one that an earlier version kept may not be folded."""
    promotions = call.store.promotions
    return await promotions.promotion_of(folded(what)) or await promotions.promotion_of(what)


def _confirmed(call: Call, promotion: Promotion, claimed: Receipt | Claim) -> Reply:
    name, title = call.person.name, promotion.terms.title
    if isinstance(claimed, Claim):
        answer = say(CLAIMED[claimed.state], name=name, number=claimed.number, title=title)
        contest = promotion.terms.contest
        return reply(answer, say("claim-hash", hash=commitment(promotion.seed)) if contest else None)
    lot = claimed.lots[-1]
    sentence = "claim-again" if claimed.replayed else "claim-done"
    done = say(sentence, name=name, connects=lot.size, title=title, expires=lot.expires or "never")
    return reply(done, None if call.group else Fields((left(claimed),)))
