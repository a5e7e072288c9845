"""The reference store's promotions and claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.promotions.model import Claim, ClaimState, Promotion
from core.shared.ids import PromotionId
from core.shared.lifecycle import Status

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from core.delivery.notice import Notice
    from core.delivery.state import Shift
    from core.ledger.model import Change
    from core.ledger.ports import Scope
    from core.promotions.model import Terms
    from core.scheduling.task import Due, Guard
    from core.shared.ids import PersonId
    from storage.memory.outbox import MemoryOutbox
    from storage.memory.tables import Tables


class MemoryPromotions:
    """Promotions, and what was claimed of them."""

    def __init__(self, tables: Tables, outbox: MemoryOutbox) -> None:
        """Their notices go to `outbox`."""
        self._tables, self._outbox = tables, outbox

    async def new_promotion(self, terms: Terms, by: PersonId, seed: str, now: datetime) -> Promotion:
        """Keep a new one, as a draft."""
        number = PromotionId(len(self._tables.promotions) + 1)
        self._tables.claims[number] = {}
        made = self._tables.promotions[number] = Promotion(number, Status.DRAFT, terms, by, seed, now)
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
        kept = self._tables.promotions[seen.id]
        wanted = terms or kept.terms
        if kept.version != seen.version or (wanted.supply is not None and wanted.supply < kept.given):
            return False
        self._tables.promotions[seen.id] = kept._replace(status=status, version=kept.version + 1, terms=wanted)
        self._tables.due.update(due)
        for shift in shifts:
            await self._outbox.shift(seen.about, *shift, now)
        return True

    async def promotion(self, number: PromotionId) -> Promotion | None:
        """One of them, as it is now."""
        return self._tables.promotions.get(number)

    async def promotion_of(self, code: str) -> Promotion | None:
        """The newest live one that is claimed by a code."""
        wanted, newest = code.casefold(), reversed(self._tables.promotions.values())
        live = (one for one in newest if one.status is Status.LIVE and one.terms.code)
        return next((one for one in live if one.terms.code.casefold() == wanted), None)

    async def newest(self, limit: int) -> tuple[Promotion, ...]:
        """The newest, newest first."""
        return tuple(reversed(self._tables.promotions.values()))[:limit]

    def unchanged(self, guard: Guard) -> bool:
        """Whether it is still as it was seen."""
        return self._tables.promotions[PromotionId(guard.id)].version == guard.version

    async def enter(self, seen: Promotion, claim: Claim) -> Claim | None:
        """A person's claim, made where there was none; None where it was changed since it was seen."""
        if not self.unchanged(seen.guard):
            return None
        claims = self._tables.claims[seen.id]
        return claims.setdefault(claim.person, claim._replace(number=len(claims) + 1))

    async def settle_claim(self, seen: Claim, then: ClaimState, notices: Sequence[Notice], now: datetime) -> bool:
        """Move one claim on, with its notices; False where it is no longer as it was seen."""
        claims = self._tables.claims[seen.promotion]
        if claims[seen.person].state is not seen.state:
            return False
        claims[seen.person] = claims[seen.person]._replace(state=then)
        self._outbox.keep(notices, now)
        return True

    async def claims_on(self, number: PromotionId) -> tuple[Claim, ...]:
        """All claims, in the order of their numbers."""
        return tuple(self._tables.claims[number].values())

    async def claim_of(self, number: PromotionId, person: PersonId) -> Claim | None:
        """What one person claimed of it."""
        return self._tables.claims[number].get(person)

    async def settle_claims(self, number: PromotionId, seen: ClaimState, then: ClaimState) -> int:
        """Move all claims on from a state; gives how many."""
        those = [claim for claim in self._tables.claims[number].values() if claim.state is seen]
        self._tables.claims[number].update({claim.person: claim._replace(state=then) for claim in those})
        return len(those)

    def left(self, number: PromotionId | None) -> int | None:
        """How many Connects a promotion has left to give (None: there is no bound)."""
        promotion = None if number is None else self._tables.promotions.get(number)
        if promotion is None or promotion.terms.supply is None:
            return None
        return promotion.terms.supply - promotion.given

    def asked(self, scope: Scope) -> str:
        """How the claim of the claimant that a scope names stands (empty: there is none)."""
        if scope.promotion is None or scope.claimant is None:
            return ""
        claim = self._tables.claims.get(scope.promotion, {}).get(scope.claimant)
        return "" if claim is None else claim.state.value

    def give(self, change: Change) -> None:
        """Keep what a change gives of a promotion, and that the claim on it is settled."""
        if change.given is None:
            return
        number, person, connects, chat = change.given
        kept, entry, claims = self._tables.promotions[number], change.entries[-1], self._tables.claims[number]
        self._tables.promotions[number] = kept._replace(given=kept.given + connects)
        new = Claim(number, len(claims) + 1, person, entry.wallet, ClaimState.GIVEN, entry.at, chat=chat)
        claims[person] = claims.get(person, new)._replace(state=ClaimState.GIVEN, entry=entry.number)
