"""The reference store's promotions, claims and due times."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.model import PromotionId
from core.promotions import Claim, ClaimState, Promotion, Status
from core.telling import Due
from storage.memory_outbox import MemoryOutbox

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from core.model import Change, PersonId
    from core.notices import Notice, Shift
    from core.ports import Scope
    from core.promotions import Terms


class MemoryPromotions(MemoryOutbox):
    """What falls due, promotions, and claims."""

    def __init__(self) -> None:
        super().__init__()
        self._promotions: dict[PromotionId, Promotion] = {}
        self._claims: dict[PromotionId, dict[PersonId, Claim]] = {}

    async def put_due(self, due: Due) -> None:
        """Let something fall due at a time, in place of the time it had."""
        self._due[due.name] = due.at

    async def due_by(self, now: datetime, limit: int) -> tuple[Due, ...]:
        """What is due by now, the longest due first."""
        due = sorted((at, name) for name, at in self._due.items() if at <= now)
        return tuple(Due(name, at) for at, name in due)[:limit]

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
        if self._due.get(due.name) != due.at or (seen is not None and not self._stands(seen)):
            return False
        del self._due[due.name]
        if then is not None:
            self._due[due.name] = then
        self._notify(notices, now)
        return True

    async def next_due_at(self) -> datetime | None:
        """When the next of all falls due."""
        return min(self._due.values(), default=None)

    async def new_promotion(self, terms: Terms, by: PersonId, seed: str, now: datetime) -> Promotion:
        """Keep a new one, as a draft."""
        number = PromotionId(len(self._promotions) + 1)
        self._claims[number] = {}
        made = self._promotions[number] = Promotion(number, Status.DRAFT, terms, by, seed, now)
        return made

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
        """Move it on, with what falls due and its deliveries; False where it was changed by another."""
        kept = self._promotions[seen.id]
        wanted = terms or kept.terms
        if kept.version != seen.version or (wanted.supply is not None and wanted.supply < kept.given):
            return False
        self._promotions[seen.id] = kept._replace(status=status, version=kept.version + 1, terms=wanted)
        self._due.update(due)
        for shift in shifts:
            await self.shift(seen.about, *shift, now)
        return True

    async def promotion(self, number: PromotionId) -> Promotion | None:
        """One of them, as it is now."""
        return self._promotions.get(number)

    async def promotion_of(self, code: str) -> Promotion | None:
        """The newest live one that is claimed by a code."""
        wanted, newest = code.casefold(), reversed(self._promotions.values())
        live = (one for one in newest if one.status is Status.LIVE and one.terms.code)
        return next((one for one in live if one.terms.code.casefold() == wanted), None)

    async def newest(self, limit: int) -> tuple[Promotion, ...]:
        """The newest, newest first."""
        return tuple(reversed(self._promotions.values()))[:limit]

    def _stands(self, seen: Promotion) -> bool:
        return self._promotions[seen.id].version == seen.version

    async def enter(self, seen: Promotion, claim: Claim) -> Claim | None:
        """A person's claim, made where there was none; None where it was changed since it was seen."""
        if not self._stands(seen):
            return None
        claims = self._claims[seen.id]
        return claims.setdefault(claim.person, claim._replace(number=len(claims) + 1))

    async def settle_claim(self, seen: Claim, then: ClaimState, notices: Sequence[Notice], now: datetime) -> bool:
        """Move one claim on, with its notices; False where it is no longer as it was seen."""
        claims = self._claims[seen.promotion]
        if claims[seen.person].state is not seen.state:
            return False
        claims[seen.person] = claims[seen.person]._replace(state=then)
        self._notify(notices, now)
        return True

    async def claims_on(self, number: PromotionId) -> tuple[Claim, ...]:
        """All claims, in the order of their numbers."""
        return tuple(self._claims[number].values())

    async def claim_of(self, number: PromotionId, person: PersonId) -> Claim | None:
        """What one person claimed of it."""
        return self._claims[number].get(person)

    async def settle_claims(self, number: PromotionId, seen: ClaimState, then: ClaimState) -> int:
        """Move all claims on from a state; gives how many."""
        those = [claim for claim in self._claims[number].values() if claim.state is seen]
        self._claims[number].update({claim.person: claim._replace(state=then) for claim in those})
        return len(those)

    def _left(self, number: PromotionId | None) -> int | None:
        promotion = None if number is None else self._promotions.get(number)
        if promotion is None or promotion.terms.supply is None:
            return None
        return promotion.terms.supply - promotion.given

    def _asked(self, scope: Scope) -> str:
        """How the claim of the claimant that a scope names stands (empty: there is none)."""
        if scope.promotion is None or scope.claimant is None:
            return ""
        claim = self._claims.get(scope.promotion, {}).get(scope.claimant)
        return "" if claim is None else claim.state.value

    def _give(self, change: Change) -> None:
        if change.given is None:
            return
        number, person, connects, chat = change.given
        kept, entry, claims = self._promotions[number], change.entries[-1], self._claims[number]
        self._promotions[number] = kept._replace(given=kept.given + connects)
        new = Claim(number, len(claims) + 1, person, entry.wallet, ClaimState.GIVEN, entry.at, chat=chat)
        claims[person] = claims.get(person, new)._replace(state=ClaimState.GIVEN, entry=entry.number)
