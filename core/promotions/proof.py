"""Proves what is stored of a promotion by its own terms, by the grants in the journal, and by what was published."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from core.ledger.model import supply_of
from core.promotions.draw import commitment, draw
from core.promotions.model import DRAWN, OUT_OF_DRAW, ClaimState
from core.shared.lifecycle import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from core.journal_reader import Grant
    from core.ledger.model import Account
    from core.promotions.model import Claim, Promotion, Terms
    from core.shared.ids import PersonId

DECIDED: Final = DRAWN | {ClaimState.LOST, ClaimState.FORFEITED}
ASKED: Final = frozenset({ClaimState.ASKED, ClaimState.REFUSED, ClaimState.MERGED})


class StoredPromotion(NamedTuple):
    """A promotion, and what is stored of it apart from its terms.

    `claims` come in the order of their numbers, each with the person to whom its wallet belongs: the claimant, if they
    are the same person since they were linked. `supply` is that of its own column. `published` has the facts of each
    announcement that is still kept.
    """

    promotion: Promotion
    supply: int | None
    claims: tuple[tuple[Claim, PersonId | None], ...]
    published: tuple[Mapping[str, str | int], ...] = ()


def first_fault(promotions: Iterable[StoredPromotion], grants: Iterable[Grant]) -> str | None:
    """The first thing that is wrong with all promotions (None: all fits), by all grants in the journal."""
    given: defaultdict[Account, list[Grant]] = defaultdict(list)
    for grant in grants:
        given[grant.account].append(grant)
    for stored in promotions:
        theirs, number = given[supply_of(stored.promotion.id)], stored.promotion.id
        for check in CHECKS:
            for fault in check(stored, theirs):
                return f"promotion {number}: {fault}"
    return None


def _terms(stored: StoredPromotion, _: list[Grant]) -> Iterator[str]:
    terms, given = stored.promotion.terms, stored.promotion.given
    if terms.gives < 1 or terms.winners < 0 or terms.starts >= terms.ends:
        yield "its terms contradict each other"
    if terms.supply != stored.supply:
        yield f"its supply is stored as {stored.supply}, but its terms say {terms.supply}"
    if stored.supply is not None and given > stored.supply:
        yield f"it has given {given} of a supply of {stored.supply}"


def _published(stored: StoredPromotion, _: list[Grant]) -> Iterator[str]:
    """What an announcement said and no edit can change. The seed of a contest was published as its hash."""
    terms, seed = stored.promotion.terms, stored.promotion.seed
    if not seed:
        yield "its seed is missing"
    said = {"hash": commitment(seed) if terms.contest else "", "gives": terms.gives, "winners": terms.winners}
    for facts in stored.published:
        for name, value in said.items():
            if name in facts and isinstance(facts[name], type(value)) and facts[name] != value:
                what = "the hash of its seed" if name == "hash" else f'its "{name}"'
                yield f"{what} is {value}, but {facts[name]} was published"


def _claims(stored: StoredPromotion, grants: list[Grant]) -> Iterator[str]:
    booked = {grant.person: grant for grant in grants if grant.connects > 0}
    taken_back = Counter((grant.wallet, grant.connects) for grant in grants if grant.connects < 0)
    people = Counter(claim.person for claim, _ in stored.claims)
    possible = states_under(stored.promotion.terms)
    for number, (claim, owner) in enumerate(stored.claims, 1):
        which = f"claim {claim.number}"
        if claim.number != number:
            yield f"claim {number} is missing: it is followed by {which}"
        if people[claim.person] > 1:
            yield f"{which} is not the only one of person {claim.person}"
        if claim.person != owner:
            yield f"{which} is of person {claim.person}, but its wallet {claim.wallet} belongs to {owner or 'a group'}"
        if claim.state not in possible:
            yield f"{which} is {claim.state}, which its terms do not allow"
        yield from (f"{which} {fault}" for fault in _booking(claim, booked.get(claim.person), stored.promotion.terms))
        if taken_back[claim.wallet, -stored.promotion.terms.gives] != _is_taken_back(claim):
            yield f"{which} is {claim.state}, but that is not what the journal has of its prize"


def states_under(terms: Terms) -> frozenset[ClaimState]:
    """The states that a claim can have under these terms."""
    if terms.contest:
        return DECIDED | {ClaimState.ENTERED, ClaimState.MERGED, *(ASKED if terms.approval else ())}
    return frozenset({ClaimState.GIVEN, *(ASKED if terms.approval else ())})


def _is_taken_back(claim: Claim) -> bool:
    """Whether an entry of its wallet has put its prize back into the supply."""
    return claim.state is ClaimState.FORFEITED and claim.entry is not None


def _booking(claim: Claim, grant: Grant | None, terms: Terms) -> Iterator[str]:
    """A claim is given if and only if an entry of its wallet has booked it."""
    if claim.state is not ClaimState.FORFEITED and (claim.state is ClaimState.GIVEN) is not (claim.entry is not None):
        yield f"is {claim.state}, but its entry is stored as {claim.entry}"
    if grant is None:
        if claim.entry is not None:
            yield f"names entry {claim.entry} of wallet {claim.wallet}, which did not book it"
        return
    if (claim.wallet, claim.entry) != (grant.wallet, grant.number):
        yield (
            f"is stored as booked by entry {claim.entry} of wallet {claim.wallet}, "
            f"but the journal has it as entry {grant.number} of wallet {grant.wallet}"
        )
    if grant.connects != terms.gives:
        yield f"was given {grant.connects} Connects, but the terms say {terms.gives}"


def _grants(stored: StoredPromotion, grants: list[Grant]) -> Iterator[str]:
    claimed = {claim.person for claim, _ in stored.claims}
    wallets = {claim.wallet for claim, _ in stored.claims}
    for grant in grants:
        if grant.person not in claimed if grant.connects > 0 else grant.wallet not in wallets:
            yield f"entry {grant.number} of wallet {grant.wallet} came from it, but there is no claim for it"
    if (total := sum(grant.connects for grant in grants)) != stored.promotion.given:
        yield f"it is stored as having given {stored.promotion.given} Connects, but the journal gives {total}"


def _draw(stored: StoredPromotion, _: list[Grant]) -> Iterator[str]:
    """A contest is decided after its end only, and by its seed: the first who have not forfeited their prizes win."""
    promotion, terms = stored.promotion, stored.promotion.terms
    states = {claim.number: claim.state for claim, _ in stored.claims}
    if not terms.contest or not DECIDED & {*states.values()}:
        return
    if promotion.status is not Status.ENDED:
        yield f"it is {promotion.status}, but its claims are decided"
    elif ClaimState.ENTERED not in states.values():  # otherwise the draw is under way
        forfeited = {number for number, state in states.items() if state is ClaimState.FORFEITED}
        out = {number for number, state in states.items() if state in OUT_OF_DRAW}
        drawn = {*draw(promotion.seed, states.keys() - out, terms.winners)}
        order = draw(promotion.seed, states, len(states))
        never = order[max((order.index(number) for number in drawn), default=0) :]  # drawn after the last winner
        if won := drawn ^ {number for number, state in states.items() if state in DRAWN}:
            yield f"its seed does not draw its winners: claim {min(won)} is {states[min(won)]}"
        elif early := forfeited.intersection(never):
            yield f"claim {min(early)} is forfeited, but its seed had never drawn it"


CHECKS: Final[tuple[Callable[[StoredPromotion, list[Grant]], Iterator[str]], ...]] = (
    _terms,
    _published,
    _claims,
    _grants,
    _draw,
)
