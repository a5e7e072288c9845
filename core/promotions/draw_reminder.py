"""The reminder that goes to a contest's participants the day before the draw."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.alerts.types.promotions import PROMOTION_EVE
from core.delivery.notice import Notice
from core.promotions.model import ClaimState

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from core.promotions.model import Claim, Promotion
    from core.promotions.ports import PromotionStore

BATCH: Final = 50


async def remind_of_draw(store: PromotionStore, promotion: Promotion, now: datetime) -> None:
    """Notify everybody who entered, except those whose private chat gets the public reminder anyway.

    Idempotent. It works in batches, so that no booking has to wait for all of them.
    """
    subscribers = promotion.terms.audience.among(await store.subscriptions.subscribers())
    reminded = {subscription.by for subscription in subscribers if subscription.target.direct}
    claims = await store.promotions.claims_on(promotion.id)
    now_is = await store.people.standing_for({*reminded, *(claim.person for claim in claims)})
    people = {now_is.get(person, person) for person in reminded}
    entered = [
        claim
        for claim in claims
        if claim.state is ClaimState.ENTERED and now_is.get(claim.person, claim.person) not in people
    ]
    for at in range(0, len(entered), BATCH):
        await store.outbox.notify(await _notices(store, promotion, entered[at : at + BATCH]), now)


async def _notices(store: PromotionStore, promotion: Promotion, claims: Sequence[Claim]) -> list[Notice]:
    """A notice for each claimant whose settings want those about promotions."""
    wanted = [claim for claim in claims if PROMOTION_EVE.enabled(await store.people.settings_of(claim.wallet))]
    return [_notice(promotion, claim) for claim in wanted]


def _notice(promotion: Promotion, claim: Claim) -> Notice:
    terms = promotion.terms
    facts: dict[str, str | int] = {"title": terms.title, "entry": claim.number, "ends": terms.ends.isoformat()}
    key = f"{promotion.topic}:eve:{claim.wallet}"
    return Notice(key, PROMOTION_EVE.code, facts, claim.wallet, topic=promotion.topic)
