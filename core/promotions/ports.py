"""What is asked of a store for promotions and what is claimed of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from core.delivery.notice import Notice
    from core.delivery.ports import Outbox, Subscriptions
    from core.delivery.state import Shift
    from core.ledger.ports import Ledger
    from core.promotions.model import Claim, ClaimState, Promotion, Terms
    from core.scheduling.task import Due
    from core.shared.ids import PersonId, PromotionId
    from core.shared.lifecycle import Status
    from core.wallets.ports import Directory


class Promotions(Protocol):
    """Promotions, and what was claimed of them."""

    async def new_promotion(self, terms: Terms, by: PersonId, seed: str, now: datetime) -> Promotion:
        """Keep a new one, as a draft."""
        ...

    async def change_promotion(
        self,
        seen: Promotion,
        status: Status,
        due: Sequence[Due],
        shifts: Sequence[Shift],
        now: datetime,
        *,
        terms: Terms | None = None,
    ) -> bool:
        """Move it on to another status, or to other terms; False where it was changed by another since it was seen.

        False also where it gave more meanwhile than a new supply holds. What falls due from now on, and what becomes
        of its deliveries, is kept in the same transaction.
        """
        ...

    async def promotion(self, number: PromotionId) -> Promotion | None:
        """One of them, as it is now."""
        ...

    async def promotion_of(self, code: str) -> Promotion | None:
        """The newest live one that is claimed by a code, in whatever letters."""
        ...

    async def newest(self, limit: int) -> tuple[Promotion, ...]:
        """The newest, newest first."""
        ...

    async def enter(self, seen: Promotion, claim: Claim) -> Claim | None:
        """A person's claim, kept under the next number where they had none; the one they had otherwise.

        None where the promotion was changed since it was seen.
        """
        ...

    async def settle_claim(self, seen: Claim, then: ClaimState, notices: Sequence[Notice], now: datetime) -> bool:
        """Move one claim on, with its notices; False where it is no longer as it was seen, such as given meanwhile."""
        ...

    async def claims_on(self, number: PromotionId) -> tuple[Claim, ...]:
        """All claims, in the order of their numbers."""
        ...

    async def claim_of(self, number: PromotionId, person: PersonId) -> Claim | None:
        """What one person claimed of it."""
        ...

    async def settle_claims(self, number: PromotionId, seen: ClaimState, then: ClaimState) -> int:
        """Move all claims on from a state; gives how many. That Connects were given is written with their entry."""
        ...


class PromotionStore(Protocol):
    """What promotions ask of a store."""

    @property
    def promotions(self) -> Promotions:
        """Promotions and the claims on them."""
        ...

    @property
    def subscriptions(self) -> Subscriptions:
        """The chats that get announcements."""
        ...

    @property
    def outbox(self) -> Outbox:
        """Notices and their deliveries."""
        ...

    @property
    def ledger(self) -> Ledger:
        """The journal and its projections."""
        ...

    @property
    def people(self) -> Directory:
        """People, chats, wallets and their settings."""
        ...
