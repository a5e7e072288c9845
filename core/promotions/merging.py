"""The claims of somebody who is on several platforms: one person claims once.

When two persons become one, their open claims on the same promotion fall to one. What was drawn or given stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from core.promotions.model import DRAWN, ClaimState
from core.shared.lifecycle import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from core.promotions.model import Claim
    from core.shared.ids import PersonId, PromotionId, WalletId

OPEN: Final = frozenset({ClaimState.ASKED, ClaimState.ENTERED})
"""The states of claims that somebody, or the draw, still decides."""
RUNNING: Final = frozenset({Status.LIVE, Status.PAUSED})


class MergedClaim(NamedTuple):
    """A claim as a link found it: its state, and the wallet that gets what it gives. `then` is the state it left."""

    promotion: PromotionId
    number: int
    state: ClaimState
    wallet: WalletId
    then: ClaimState


def one_of(claims: Iterable[Claim]) -> Claim | None:
    """The claim that counts of all those that one person made on a promotion: the furthest, or else the earliest."""
    return min(claims, key=lambda claim: (_is_behind(claim), claim.number), default=None)


def _is_behind(claim: Claim) -> int:
    if claim.state is ClaimState.MERGED:
        return 3
    return 0 if claim.state in DRAWN else 1 if claim.state in OPEN else 2


def claimed_by(person: PersonId, claims: Sequence[Claim]) -> Claim | None:
    """The claim that decides whether a person gets something: their own, or else the one that counts."""
    own = next((claim for claim in claims if claim.person == person), None)
    return one_of(claims) if own is None else own


def merged(claims: Sequence[Claim], old: WalletId, new: WalletId) -> tuple[MergedClaim, ...]:
    """What a link does to all claims that both made: those that wait go to the wallet `new`, or fall."""
    found = []
    for claim in claims:
        stays = one_of(other for other in claims if other.promotion == claim.promotion)
        falls = claim.state in OPEN and stays is not None and stays.number != claim.number
        waits = claim.wallet == old and claim.state in {*OPEN, ClaimState.WON}
        if falls or waits:
            then = ClaimState.MERGED if falls else claim.state
            found.append(MergedClaim(claim.promotion, claim.number, claim.state, claim.wallet, then))
    return tuple(found) if old != new else ()


def put_back(link: MergedClaim, now: Claim, status: Status) -> Claim | None:
    """The claim after the link was undone; None if it stays as it is.

    What was decided meanwhile stays. An entry of a contest that has ended comes back too late for its draw.
    """
    late = link.state is ClaimState.ENTERED and status not in RUNNING
    if now.state is not link.then or (link.then is ClaimState.MERGED and late):
        return None
    return now._replace(state=link.state, wallet=link.wallet)
