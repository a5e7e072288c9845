"""What is stored of a promotion is proved by its terms, by the journal's grants, and by what was published of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.journal_reader import Grant
from core.ledger.model import supply_of
from core.promotions.draw import commitment, draw
from core.promotions.model import Claim, ClaimState, Promotion, Terms
from core.promotions.proof import StoredPromotion, first_fault, states_under
from core.shared.ids import PersonId, PromotionId, WalletId
from core.shared.lifecycle import Status

NOW = datetime(2026, 1, 10, 9, tzinfo=UTC)
TERMS = Terms("Bonus", "For all", 20, NOW, NOW + timedelta(days=3))
CONTEST = replace(TERMS, winners=2)
GIVEN, LOST, ENTERED, WON = ClaimState.GIVEN, ClaimState.LOST, ClaimState.ENTERED, ClaimState.WON
FORFEITED = ClaimState.FORFEITED
DRAWN = (GIVEN, LOST, GIVEN)
"""What the seed "seed" makes of three entries if two of them win."""


def stored(terms: Terms = TERMS, *states: ClaimState, status: Status = Status.ENDED, **changes: Any) -> StoredPromotion:
    """A promotion on which people 1, 2, ... have claims in these states, booked by the entry 7 of their wallets."""
    claims = tuple(
        (
            Claim(
                PromotionId(5),
                person,
                PersonId(person),
                WalletId(person + 10),
                state,
                NOW,
                7 * (state is GIVEN) or None,
            ),
            PersonId(person),
        )
        for person, state in enumerate(states, 1)
    )
    given = terms.gives * states.count(GIVEN)
    promotion = Promotion(PromotionId(5), status, terms, PersonId(1), "seed", NOW, 1, given)._replace(**changes)
    return StoredPromotion(promotion, terms.supply, claims)


def grants_of(one: StoredPromotion) -> list[Grant]:
    """What the journal has if all is well."""
    account = supply_of(one.promotion.id)
    terms = one.promotion.terms
    return [
        Grant(account, claim.person, claim.wallet, claim.entry, terms.gives)
        for claim, _ in one.claims
        if claim.entry is not None
    ]


def fault(one: StoredPromotion, grants: list[Grant] | None = None) -> str | None:
    found = first_fault([one], grants_of(one) if grants is None else grants)
    return found and found.removeprefix("promotion 5: ")


def with_claim(one: StoredPromotion, **changes: Any) -> StoredPromotion:
    """The promotion with its first claim changed."""
    (claim, owner), *others = one.claims
    return one._replace(claims=((claim._replace(**changes), owner), *others))


APPROVED = replace(TERMS, approval=True)


@pytest.mark.parametrize(
    "whole",
    [
        stored(),
        stored(TERMS, GIVEN, GIVEN, GIVEN),
        stored(replace(TERMS, supply=60), GIVEN, GIVEN, GIVEN, status=Status.CANCELLED),
        stored(APPROVED, ClaimState.ASKED, GIVEN, ClaimState.REFUSED, status=Status.LIVE),
        stored(CONTEST, ENTERED, ENTERED, ENTERED, status=Status.LIVE),
        stored(CONTEST, ENTERED, ENTERED, ENTERED),
        stored(CONTEST, *DRAWN),
        stored(CONTEST, WON, LOST, GIVEN),
        stored(CONTEST, GIVEN),
        stored(CONTEST, ENTERED, GIVEN, ENTERED),  # the draw was interrupted
        stored(CONTEST, FORFEITED, GIVEN, GIVEN),
        stored(CONTEST, FORFEITED, ENTERED, GIVEN),  # the redraw was interrupted
    ],
)
def test_what_fits_has_no_fault(whole: StoredPromotion) -> None:
    assert fault(whole) is None
    published: dict[str, str | int] = {
        "hash": commitment("seed") if whole.promotion.terms.contest else "",
        "gives": 20,
        "title": "Old",
    }
    drawn: dict[str, str | int] = {"winners": "#2 Bob, #3 Eve", "hash": published["hash"]}
    assert fault(whole._replace(published=(published, drawn))) is None


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        (stored(replace(TERMS, gives=0)), "its terms contradict each other"),
        (stored(replace(TERMS, winners=-1)), "its terms contradict each other"),
        (stored(replace(TERMS, ends=NOW)), "its terms contradict each other"),
        (stored(replace(TERMS, supply=40))._replace(supply=41), "its supply is stored as 41, but its terms say 40"),
        (stored(replace(TERMS, supply=59), GIVEN, GIVEN, GIVEN), "it has given 60 of a supply of 59"),
        (stored(seed=""), "its seed is missing"),
        (
            stored(CONTEST, *DRAWN)._replace(published=({"hash": "0f"},)),
            f"the hash of its seed is {commitment('seed')}, but 0f was published",
        ),
        (stored()._replace(published=({}, {"gives": 30})), 'its "gives" is 20, but 30 was published'),
        (stored()._replace(published=({"winners": 2},)), 'its "winners" is 0, but 2 was published'),
        (with_claim(stored(TERMS, GIVEN), number=2), "claim 1 is missing: it is followed by claim 2"),
        (with_claim(stored(TERMS, GIVEN, GIVEN), person=2), "claim 1 is not the only one of person 2"),
        (with_claim(stored(TERMS, GIVEN), person=2), "claim 1 is of person 2, but its wallet 11 belongs to 1"),
        (stored(TERMS, ClaimState.ASKED), "claim 1 is asked, which its terms do not allow"),
        (stored(APPROVED, ENTERED), "claim 1 is entered, which its terms do not allow"),
        (stored(CONTEST, ClaimState.REFUSED), "claim 1 is refused, which its terms do not allow"),
        (with_claim(stored(APPROVED, GIVEN), state=ClaimState.ASKED), "claim 1 is asked, but its entry is stored as 7"),
        (with_claim(stored(TERMS, GIVEN), entry=None), "claim 1 is given, but its entry is stored as None"),
        (stored(TERMS, GIVEN, given=30), "it is stored as having given 30 Connects, but the journal gives 20"),
        (stored(CONTEST, *DRAWN, status=Status.LIVE), "it is live, but its claims are decided"),
        (stored(CONTEST, ENTERED, LOST, status=Status.PAUSED), "it is paused, but its claims are decided"),
        (stored(CONTEST, LOST, GIVEN, GIVEN), "its seed does not draw its winners: claim 1 is lost"),
        (stored(CONTEST, GIVEN, GIVEN, LOST), "its seed does not draw its winners: claim 2 is given"),
        (stored(CONTEST, FORFEITED, LOST, GIVEN), "its seed does not draw its winners: claim 2 is lost"),
        (stored(CONTEST, GIVEN, FORFEITED, GIVEN), "claim 2 is forfeited, but its seed had never drawn it"),
        (stored(TERMS, FORFEITED), "claim 1 is forfeited, which its terms do not allow"),
        (
            with_claim(stored(CONTEST, FORFEITED, GIVEN, GIVEN, given=60), entry=7),
            "claim 1 is forfeited, but that is not what the journal has of its prize",
        ),
        (stored(CONTEST, GIVEN, LOST, LOST), "its seed does not draw its winners: claim 3 is lost"),
    ],
)
def test_what_does_not_fit_is_named(broken: StoredPromotion, words: str) -> None:
    assert fault(broken) == words


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            {"wallet": WalletId(12)},
            "claim 1 is stored as booked by entry 7 of wallet 11, but the journal has it as entry 7 of wallet 12",
        ),
        (
            {"number": 8},
            "claim 1 is stored as booked by entry 7 of wallet 11, but the journal has it as entry 8 of wallet 11",
        ),
        ({"connects": 21}, "claim 1 was given 21 Connects, but the terms say 20"),
        ({"person": PersonId(2)}, "claim 1 names entry 7 of wallet 11, which did not book it"),
        ({"account": supply_of(PromotionId(6))}, "claim 1 names entry 7 of wallet 11, which did not book it"),
    ],
)
def test_a_claim_is_booked_by_its_entry(change: dict[str, Any], words: str) -> None:
    whole = stored(TERMS, GIVEN)
    (grant,) = grants_of(whole)
    assert fault(whole, [grant._replace(**change)]) == words


def test_a_prize_that_was_taken_back_is_forfeited_and_no_other() -> None:
    whole = with_claim(stored(CONTEST, FORFEITED, GIVEN, GIVEN), entry=7)
    back = Grant(supply_of(PromotionId(5)), PersonId(9), WalletId(11), 8, -20)
    assert fault(whole, [*grants_of(whole), back]) is None
    kept = stored(CONTEST, *DRAWN, given=20)
    words = "claim 1 is given, but that is not what the journal has of its prize"
    assert fault(kept, [*grants_of(kept), back]) == words
    stray = back._replace(wallet=WalletId(19))
    words = "entry 8 of wallet 19 came from it, but there is no claim for it"
    assert fault(kept, [*grants_of(kept), stray]) == words


@given(st.integers(2, 9), st.integers(1, 4), st.lists(st.integers(0, 9), max_size=8), st.text("0123456789abcdef"))
def test_however_often_a_prize_passes_on_the_seed_decides(
    entries: int, winners: int, passed: list[int], seed: str
) -> None:
    """Each time one of the winners forfeits, the next by the seed wins; whatever was booked is taken back or not."""
    seed = seed or "seed"
    order = draw(seed, range(1, entries + 1), entries)
    forfeited: list[int] = []
    for choice in passed:
        left = [number for number in order if number not in forfeited]
        if len(left) <= winners:
            break
        forfeited.append(left[choice % winners])
    won = [number for number in order if number not in forfeited][:winners]
    states = [FORFEITED if n in forfeited else GIVEN if n in won else LOST for n in range(1, entries + 1)]
    whole = stored(replace(TERMS, winners=winners), *states, seed=seed)
    assert fault(whole) is None
    wrong = [GIVEN if state is LOST else LOST if state is GIVEN else state for state in states]
    assert LOST not in states or fault(stored(replace(TERMS, winners=winners), *wrong, seed=seed)) is not None


def test_an_entry_has_its_claim() -> None:
    whole = stored(TERMS, GIVEN)
    more = Grant(supply_of(PromotionId(5)), PersonId(2), WalletId(12), 3, 20)
    assert fault(whole, [*grants_of(whole), more]) == "entry 3 of wallet 12 came from it, but there is no claim for it"


def test_the_first_promotion_with_a_fault_is_named() -> None:
    other = stored(seed="")
    assert first_fault([stored(), other, stored(given=1)], []) == "promotion 5: its seed is missing"


def test_a_contest_that_waits_for_approval_may_have_both_kinds_of_states() -> None:
    both = states_under(replace(CONTEST, approval=True))
    assert both == states_under(CONTEST) | states_under(APPROVED)
