"""Claims that a group's moderators decide on: those that its members made there, on promotions that allow it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.delivery.notice import Notice, Target, places
from core.delivery.private import private_chat_of
from core.promotions.model import ClaimState
from core.shared.names import SOMEONE
from core.wallets.settings import Alerts
from core.wallets.team import UNSHARED, Role

if TYPE_CHECKING:
    from datetime import datetime

    from core.promotions.model import Claim, Promotion
    from core.promotions.ports import PromotionStore
    from core.shared.ids import PersonId
    from core.wallets.people import ChatRef
    from core.wallets.team import TeamSettings

ASKED: Final = "promotion-asked"
"""The code of the notice that a claim waits."""
DECIDE: Final = (Role.MODERATOR, Role.OWNER)
"""The roles that decide, those first whose task it is."""


async def notify_moderators(store: PromotionStore, promotion: Promotion, claim: Claim, now: datetime) -> None:
    """Notify those who decide on this claim, unless an earlier one waits, of which they were notified. Idempotent.

    That goes to their private chats or, if none is known in which they can be reached, to the group.
    """
    group = claim.chat
    if not promotion.terms.moderators or group is None or claim.state is not ClaimState.ASKED:
        return
    claims = await store.promotions.claims_on(promotion.id)
    if any(one.state is claim.state and one.chat == group and one.number < claim.number for one in claims):
        return
    chat = await store.people.chat(group)
    facts: dict[str, str | int] = {
        "number": promotion.id,
        "name": (await store.people.names([claim.person])).get(claim.person, SOMEONE),
        "title": promotion.terms.title,
        "group": "" if chat is None else chat.title,
    }
    to = await _decide_there(store, group, claim.person)
    await store.outbox.notify([Notice(f"{promotion.topic}:asked:{claim.number}", ASKED, facts, to=to)], now)


async def _decide_there(store: PromotionStore, group: ChatRef, claimant: PersonId) -> tuple[Target, ...]:
    """The private chats of moderators, or else of owners; if there are none, the group's place for alerts."""
    wallet = await store.people.wallet_of(group)
    team, alerts = (UNSHARED, Alerts()) if wallet is None else (wallet.settings.team, wallet.settings.alerts)
    for role in DECIDE:
        people = _with(role, team, claimant)
        private = [one for person in people for one in await private_chat_of(store.people, person, known=True)]
        if private:
            return tuple(private)
    return places(alerts, Target(group.platform, group.id), ())


def _with(role: Role, team: TeamSettings, claimant: PersonId) -> list[PersonId]:
    """Who has a role, without the claimant: nobody decides on their own claim."""
    return [person for person, given in team.roles if given is role and person != team.now(claimant)]
