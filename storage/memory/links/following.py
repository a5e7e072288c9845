"""What follows a person in the reference store when two become one: claims and subscriptions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.links.following import subscriptions_linked, subscriptions_unlinked
from core.promotions.merging import merged, put_back

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from core.delivery.notice import Subscription
    from core.links.model import LinkedSubscriptions
    from core.promotions.merging import MergedClaim
    from core.promotions.model import Claim
    from core.shared.ids import PersonId, WalletId
    from core.wallets.people import Identity
    from storage.memory.tables import Tables


class MemoryFollowing:
    """Moves claims and subscriptions to whoever somebody is from now on, and back."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def merge_claims(self, persons: Collection[PersonId], old: WalletId, new: WalletId) -> tuple[MergedClaim, ...]:
        theirs = [
            claim
            for _, claims in sorted(self._tables.claims.items())
            for claim in sorted(claims.values(), key=lambda claim: claim.number)
            if claim.person in persons
        ]
        found = merged(theirs, old, new)
        for one in found:
            wallet = new if one.wallet == old else one.wallet
            self._save(self._claim(one)._replace(state=one.then, wallet=wallet))
        return found

    def _claim(self, one: MergedClaim) -> Claim:
        return next(claim for claim in self._tables.claims[one.promotion].values() if claim.number == one.number)

    def _save(self, claim: Claim) -> None:
        self._tables.claims[claim.promotion][claim.person] = claim

    def put_back_claims(self, claims: Iterable[MergedClaim]) -> None:
        for one in claims:
            back = put_back(one, self._claim(one), self._tables.promotions[one.promotion].status)
            if back is not None:
                self._save(back)

    def merge_subscriptions(self, kept: Iterable[Identity], gone: Iterable[Identity]) -> LinkedSubscriptions | None:
        found = subscriptions_linked(self._subscribed(kept), self._subscribed(gone))
        if found is not None:
            for one in found.before:
                del self._tables.subscriptions[one.target[:2]]
            self._tables.subscriptions[found.after.target[:2]] = found.after
        return found

    def put_back_subscriptions(self, link: LinkedSubscriptions, both: Iterable[Identity]) -> None:
        for one in subscriptions_unlinked(link, self._subscribed(both)):
            self._tables.subscriptions[one.target[:2]] = one

    def _subscribed(self, known: Iterable[Identity]) -> tuple[Subscription, ...]:
        found = (self._tables.subscriptions.get((one.platform, one.user)) for one in known)
        return tuple(one for one in found if one is not None and one.target.direct)
