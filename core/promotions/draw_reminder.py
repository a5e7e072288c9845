"""The day before a contest's draw: who takes part hears of it in private, if they do not hear it anyway."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.alerts.promotions import PROMOTION_EVE
from core.delivery.notice import Notice
from core.promotions.model import ClaimState

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from core.promotions.model import Claim, Promotion
    from core.promotions.ports import PromotionStore

SLICE: Final = 50


async def remind_of_draw(store: PromotionStore, promotion: Promotion, now: datetime) -> None:
    """Tell all who entered, so many at a time, so that nobody who books meanwhile waits; done twice it is done once."""
    hearing = promotion.terms.audience.among(await store.subscriptions.subscribers())
    told = {one.by for one in hearing if one.target.direct}
    claims = [one for one in await store.promotions.claims_on(promotion.id) if one.state is ClaimState.ENTERED]
    entered = [claim for claim in claims if claim.person not in told]
    for at in range(0, len(entered), SLICE):
        await store.outbox.notify(await _notices(store, promotion, entered[at : at + SLICE]), now)


async def _notices(store: PromotionStore, promotion: Promotion, claims: Sequence[Claim]) -> list[Notice]:
    """A notice for each who wants to hear of promotions."""
    wanted = [claim for claim in claims if PROMOTION_EVE.enabled(await store.people.settings_of(claim.wallet))]
    return [_notice(promotion, claim) for claim in wanted]


def _notice(promotion: Promotion, claim: Claim) -> Notice:
    terms = promotion.terms
    facts: dict[str, str | int] = {"title": terms.title, "entry": claim.number, "ends": terms.ends.isoformat()}
    key = f"{promotion.topic}:eve:{claim.wallet}"
    return Notice(key, PROMOTION_EVE.code, facts, claim.wallet, topic=promotion.topic)
