"""The reference store's promotions and claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.promotions.merging import claimed_by, one_of
from core.promotions.model import Claim, ClaimState, Promotion
from core.shared.bounds import MOST
from core.shared.ids import PromotionId
from core.shared.lifecycle import Status
from core.shared.names import folded
from storage.writer.invariants import check_figures

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from core.delivery.notice import Notice
    from core.delivery.state import Shift
    from core.ledger.model import Change
    from core.ledger.ports import Scope
    from core.promotions.model import Terms
    from core.scheduling.task import Guard, Task
    from core.shared.ids import PersonId
    from storage.memory.outbox import MemoryOutbox
    from storage.memory.tables import Tables


class MemoryPromotions:
    """Implements `core.promotions.ports.Promotions`."""

    def __init__(self, tables: Tables, outbox: MemoryOutbox) -> None:
        """`outbox` takes the notices of claims."""
        self._tables, self._outbox = tables, outbox

    async def new_promotion(self, terms: Terms, by: PersonId, seed: str, now: datetime) -> Promotion:
        check_figures(supply=terms.supply)
        number = PromotionId(len(self._tables.promotions) + 1)
        self._tables.claims[number] = {}
        made = self._tables.promotions[number] = Promotion(number, Status.DRAFT, terms, by, seed, now)
        return made

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
        check_figures(supply=None if terms is None else terms.supply)
        stored = self._tables.promotions.get(seen.id)
        if stored is None or stored.version != seen.version:
            return False
        wanted = terms or stored.terms
        if wanted.supply is not None and wanted.supply < stored.given:
            return False
        self._tables.promotions[seen.id] = stored._replace(status=status, version=stored.version + 1, terms=wanted)
        self._tables.due.update({task.name: task for task in tasks})
        for shift in shifts:
            await self._outbox.shift(seen.topic, *shift, now)
        return True

    async def promotion(self, number: PromotionId) -> Promotion | None:
        return self._tables.promotions.get(number)

    async def promotion_of(self, code: str) -> Promotion | None:
        wanted, newest = folded(code), reversed(self._tables.promotions.values())
        live = (one for one in newest if one.status is Status.LIVE and wanted)
        return next((one for one in live if folded(one.terms.code) == wanted), None)

    async def newest(self, limit: int) -> tuple[Promotion, ...]:
        return tuple(reversed(self._tables.promotions.values()))[:limit]

    def unchanged(self, guard: Guard) -> bool:
        """Whether a promotion still has the version that was seen."""
        promotion = self._tables.promotions.get(PromotionId(guard.id))
        return promotion is not None and promotion.version == guard.version

    async def enter(self, seen: Promotion, claim: Claim) -> Claim | None:
        if claim.person in self._tables.into or not self.unchanged(seen.guard):
            return None
        claims = self._tables.claims[seen.id]
        if not self._theirs(seen.id, claim.person):
            claims[claim.person] = claim._replace(number=len(claims) + 1)
        return one_of(self._theirs(seen.id, claim.person))

    def _theirs(self, number: PromotionId, person: PersonId) -> list[Claim]:
        """The claims on a promotion of all who are the same person."""
        into, claims = self._tables.into, self._tables.claims.get(number, {})
        now = into.get(person, person)
        return [claim for one, claim in claims.items() if into.get(one, one) == now]

    async def settle_claim(self, seen: Claim, state: ClaimState, notices: Sequence[Notice], now: datetime) -> bool:
        claims = self._tables.claims.get(seen.promotion, {})
        if seen.person not in claims or claims[seen.person].state is not seen.state:
            return False
        claims[seen.person] = claims[seen.person]._replace(state=state)
        self._outbox.store(notices, now)
        return True

    async def claims_on(self, number: PromotionId) -> tuple[Claim, ...]:
        return tuple(self._tables.claims.get(number, {}).values())

    async def claim_of(self, number: PromotionId, person: PersonId) -> Claim | None:
        return one_of(self._theirs(number, person))

    async def settle_claims(self, number: PromotionId, old: ClaimState, new: ClaimState) -> int:
        claims = self._tables.claims.get(number, {})
        those = [claim for claim in claims.values() if claim.state is old]
        claims.update({claim.person: claim._replace(state=new) for claim in those})
        return len(those)

    def left(self, number: PromotionId | None) -> int | None:
        """The Connects that a promotion has left to give (None: no promotion is asked for)."""
        promotion = None if number is None else self._tables.promotions.get(number)
        if promotion is None:
            return None if number is None else 0
        return (MOST if promotion.terms.supply is None else promotion.terms.supply) - promotion.given

    def claimed(self, scope: Scope) -> str:
        """The state of the claim that a scope names (empty: there is none)."""
        if scope.promotion is None or scope.claimant is None:
            return ""
        claim = claimed_by(scope.claimant, self._theirs(scope.promotion, scope.claimant))
        return "" if claim is None else claim.state.value

    def draw(self, change: Change) -> None:
        """Store what a change draws from the supply of a promotion, and set the claim to `given`, or to `forfeited`."""
        if change.supply_draw is None:
            return
        number, person, connects, chat = change.supply_draw
        stored, entry, claims = self._tables.promotions[number], change.entries[-1], self._tables.claims[number]
        self._tables.promotions[number] = stored._replace(given=stored.given + connects)
        if connects < 0:
            claims[person] = claims[person]._replace(state=ClaimState.FORFEITED)
            return
        new = Claim(number, len(claims) + 1, person, entry.wallet, ClaimState.GIVEN, entry.at, chat=chat)
        claims[person] = claims.get(person, new)._replace(state=ClaimState.GIVEN, entry=entry.number)
