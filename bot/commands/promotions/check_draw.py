"""/draw: what anyone needs to check the draw of a contest."""

from __future__ import annotations

from typing import Annotated

from bot.command.declaration import Call, UnfitError, command
from bot.options.numbers import MOST_NUMBER, Whole
from bot.reply.parts import Reply, reply, say
from core.promotions.draw import commitment
from core.shared.ids import PromotionId
from core.shared.lifecycle import Status


@command("draw", hidden=True, needs_wallet=False, ephemeral=True)
async def draw(call: Call, number: Annotated[int, Whole(low=1, high=MOST_NUMBER)]) -> Reply:
    """Show the hash of a contest's seed in full, and the seed itself once nobody can enter any more."""
    promotion = await call.store.promotions.promotion(PromotionId(number))
    if promotion is None or promotion.status is Status.DRAFT or not promotion.terms.contest:
        raise UnfitError(say("claim-unknown"))
    title, full = promotion.terms.title, commitment(promotion.seed)
    over = promotion.status is Status.ENDED
    return reply(
        say("draw-hash", title=title, hash=full), say("draw-over", seed=promotion.seed) if over else say("draw-open")
    )
