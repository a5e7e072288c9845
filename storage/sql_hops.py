"""The part of the SQL store that keeps promotions: each call one hop to the reader's or the writer's thread."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from core.model import PersonId, PromotionId
    from core.notices import Notice, Shift
    from core.promotions import Claim, ClaimState, Promotion, Status, Terms
    from core.telling import Due
    from storage.sql_fanout import Slices
    from storage.sql_promotions import Promoting

T = TypeVar("T")


class SqlPromotions:
    """What falls due, promotions, and claims."""

    _offered: Promoting
    _offering: Promoting

    async def _read(self, run: Callable[[], T]) -> T:
        raise NotImplementedError

    async def _keep(self, run: Callable[[], T], *, moves_wallets: bool = False, repeatable: bool = True) -> T:
        raise NotImplementedError

    async def _sliced(self, notices: Sequence[Notice]) -> Slices:
        raise NotImplementedError

    async def put_due(self, due: Due) -> None:
        """Let something fall due at a time, in place of the time it had."""
        await self._keep(partial(self._offering.put_due, due))

    async def due_by(self, now: datetime, limit: int) -> tuple[Due, ...]:
        """What is due by now, the longest due first."""
        return await self._read(partial(self._offered.due_by, now, limit))

    async def take_due(
        self,
        due: Due,
        notices: Sequence[Notice],
        now: datetime,
        then: datetime | None = None,
        *,
        seen: Promotion | None = None,
    ) -> bool:
        """Take what is due and keep its notices; False where another has taken it, or it is not as it was seen."""
        slices = await self._sliced(notices)
        return await self._keep(partial(self._offering.take_due, due, notices, now, then, slices, seen=seen))

    async def next_due_at(self) -> datetime | None:
        """When the next of all falls due."""
        return await self._read(self._offered.next_due_at)

    async def new_promotion(self, terms: Terms, by: PersonId, seed: str, now: datetime) -> Promotion:
        """Keep a new one, as a draft."""
        return await self._keep(partial(self._offering.new_promotion, terms, by, seed, now))

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
        """Move it on to another status or other terms; False where it was changed by another since it was seen."""
        return await self._keep(partial(self._offering.change_promotion, seen, status, due, shifts, now, terms=terms))

    async def promotion(self, number: PromotionId) -> Promotion | None:
        """One of them, as it is now."""
        return await self._read(partial(self._offered.promotion, number))

    async def promotion_of(self, code: str) -> Promotion | None:
        """The newest live one that is claimed by a code."""
        return await self._read(partial(self._offered.promotion_of, code))

    async def newest(self, limit: int) -> tuple[Promotion, ...]:
        """The newest, newest first."""
        return await self._read(partial(self._offered.promotions, limit))

    async def enter(self, seen: Promotion, claim: Claim) -> Claim | None:
        """A person's claim, made where there was none; None where it was changed since it was seen."""
        return await self._keep(partial(self._offering.enter, seen, claim))

    async def settle_claim(self, seen: Claim, then: ClaimState, notices: Sequence[Notice], now: datetime) -> bool:
        """Move one claim on, with its notices; False where it is no longer as it was seen."""
        return await self._keep(partial(self._offering.settle_claim, seen, then, notices, now))

    async def claims_on(self, number: PromotionId) -> tuple[Claim, ...]:
        """All claims, in the order of their numbers."""
        return await self._read(partial(self._offered.claims, number))

    async def claim_of(self, number: PromotionId, person: PersonId) -> Claim | None:
        """What one person claimed of it."""
        return await self._read(partial(self._offered.claim_of, number, person))

    async def settle_claims(self, number: PromotionId, seen: ClaimState, then: ClaimState) -> int:
        """Move all claims on from a state; gives how many."""
        return await self._keep(partial(self._offering.settle_claims, number, seen, then))
