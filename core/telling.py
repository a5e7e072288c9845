"""What is asked of a store for promotions: due times, the promotions, and what was claimed of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from core.audience import Subscription
    from core.model import Lot, PersonId, PromotionId, WalletId
    from core.notices import Notice, Shift
    from core.promotions import Claim, ClaimState, Promotion, Status, Terms


class Due(NamedTuple):
    """Something that falls due at a time, under a name such as `promotion:7:start`."""

    name: str
    at: datetime


class Guard(NamedTuple):
    """What a task is about, as it was seen, such as `promotion`, 7, version 2.

    If it has changed since, the task stays due and nothing of it is kept.
    """

    kind: str
    id: int
    version: int


class Expiring(NamedTuple):
    """A lot that expires, whose it is, and how many days before they want to be told."""

    wallet: WalletId
    lot: Lot
    marks: tuple[int, ...]


def look_at(wallet: WalletId) -> str:
    """The name under which the daily look at a wallet falls due."""
    return f"wallet:{wallet}:look"


class Agenda(Protocol):
    """What falls due when. A due time is won by whoever still finds it as it was seen: once, whoever looks."""

    async def put_due(self, due: Due) -> None:
        """Let something fall due at a time, in place of the time it had."""
        ...

    async def due_by(self, now: datetime, limit: int) -> tuple[Due, ...]:
        """What is due by now, the longest due first, through an index."""
        ...

    async def take_due(
        self,
        due: Due,
        notices: Sequence[Notice],
        now: datetime,
        then: datetime | None = None,
        *,
        guard: Guard | None = None,
    ) -> bool:
        """Take what is due and keep its notices, in one transaction; False where another has taken it.

        With `then` it falls due again at that time. If what `guard` names has changed, it stays due and nothing is kept.
        """
        ...

    async def next_due_at(self) -> datetime | None:
        """When the next of all falls due (None: nothing does), through an index."""
        ...


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


class Subscriptions(Protocol):
    """The chats that want to hear announcements."""

    async def subscribe(self, one: Subscription) -> None:
        """Keep a subscription, over what was kept of its chat."""
        ...

    async def unsubscribe(self, platform: str, chat: str) -> bool:
        """End a chat's subscription; whether there was one."""
        ...

    async def subscription(self, platform: str, chat: str) -> Subscription | None:
        """A chat's subscription, also one that is gone."""
        ...

    async def subscribers(self) -> tuple[Subscription, ...]:
        """All of them, by platform and chat, those that are gone too."""
        ...
