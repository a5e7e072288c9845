"""What promotions need from a store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from core.delivery.ports import OutboxStore, SubscriptionStore
from core.ledger.ports import LedgerStore
from core.scheduling.ports import TaskStore
from core.wallets.ports import PeopleStore

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from core.delivery.notice import Notice
    from core.delivery.state import Shift
    from core.promotions.model import Claim, ClaimState, Promotion, Terms
    from core.scheduling.task import Task
    from core.shared.ids import PersonId, PromotionId
    from core.shared.lifecycle import Status


class Promotions(Protocol):
    """Promotions and the claims on them."""

    async def new_promotion(self, terms: Terms, by: PersonId, seed: str, now: datetime) -> Promotion:
        """Insert a promotion, as a draft."""
        ...

    async def change_promotion(
        self,
        seen: Promotion,
        status: Status,
        tasks: Sequence[Task],
        shifts: Sequence[Shift],
        now: datetime,
        *,
        terms: Terms | None = None,
    ) -> bool:
        """Change the status, the terms or both; False if the promotion has changed since it was `seen`.

        False also if it has by now given more than a new supply holds. The tasks are scheduled and its deliveries
        shifted in the same transaction.
        """
        ...

    async def promotion(self, number: PromotionId) -> Promotion | None:
        """The promotion with this id, as it is now."""
        ...

    async def promotion_of(self, code: str) -> Promotion | None:
        """The newest live promotion with this code, ignoring case."""
        ...

    async def newest(self, limit: int) -> tuple[Promotion, ...]:
        """The newest promotions, newest first."""
        ...

    async def enter(self, seen: Promotion, claim: Claim) -> Claim | None:
        """Store a person's claim under the next number; if they have one already, return that one instead.

        It may be of anybody who is the same person since they were linked. None if the promotion has changed since it
        was `seen`, or another person stands for the claimant by now.
        """
        ...

    async def settle_claim(self, seen: Claim, state: ClaimState, notices: Sequence[Notice], now: datetime) -> bool:
        """Move a claim to another state and store the notices; False if it has changed since it was `seen`."""
        ...

    async def claims_on(self, number: PromotionId) -> tuple[Claim, ...]:
        """All claims on a promotion, in the order of their numbers."""
        ...

    async def claim_of(self, number: PromotionId, person: PersonId) -> Claim | None:
        """The claim on a promotion of a person, or of anybody who is the same one.

        Of several, `core.promotions.merging.one_of` says which.
        """
        ...

    async def settle_claims(self, number: PromotionId, old: ClaimState, new: ClaimState) -> int:
        """Move all claims from one state to another; returns their number.

        Not used for `given`, which is written together with the ledger's entry.
        """
        ...


class PromotionStore(LedgerStore, OutboxStore, PeopleStore, SubscriptionStore, TaskStore, Protocol):
    """The ports that promotions use."""

    @property
    def promotions(self) -> Promotions:
        """Promotions and the claims on them."""
        ...
