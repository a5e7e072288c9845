"""One person claims once, whoever they were when they claimed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.promotions.merging import OPEN, MergedClaim, claimed_by, merged, one_of, put_back
from core.promotions.model import DRAWN, Claim, ClaimState
from core.shared.ids import PersonId, PromotionId, WalletId
from core.shared.lifecycle import Status

ANN, BOB, ZOE = map(PersonId, (1, 2, 3))
KEPT, CLOSED = WalletId(11), WalletId(12)
NOW: Final = datetime(2026, 1, 14, 12, tzinfo=UTC)
WALLETS: Final = {ANN: KEPT, BOB: CLOSED, ZOE: CLOSED}
states = st.sampled_from([*ClaimState])


def claim(number: int, person: PersonId, state: ClaimState, promotion: int = 1) -> Claim:
    return Claim(PromotionId(promotion), number, person, WALLETS[person], state, NOW)


def after(claims: list[Claim]) -> list[Claim]:
    """The claims after a link."""
    found = {(one.promotion, one.number): one for one in merged(claims, CLOSED, KEPT)}
    changed = []
    for one in claims:
        change = found.get((one.promotion, one.number))
        wallet = KEPT if change is not None and one.wallet == CLOSED else one.wallet
        changed.append(one if change is None else one._replace(state=change.then, wallet=wallet))
    return changed


@given(states, states, states)
def test_one_of_them_at_most_waits_and_what_was_given_stays(
    first: ClaimState, second: ClaimState, third: ClaimState
) -> None:
    before = [claim(1, BOB, first), claim(2, ANN, second), claim(3, ZOE, third)]
    then = after(before)
    open_ones = [one for one in then if one.state in OPEN]
    assert len(open_ones) <= (0 if any(one.state in DRAWN for one in before) else 1)
    assert all(one.wallet == KEPT for one in then if one.state in {*OPEN, ClaimState.WON})
    for was, now in zip(before, then, strict=True):
        assert was.state == now.state or (was.state in OPEN and now.state is ClaimState.MERGED)
    assert after(then) == then
    if open_ones:
        assert one_of(then) == open_ones[0]
        assert open_ones[0].number == min(one.number for one in before if one.state in OPEN)


def test_those_on_other_promotions_stay() -> None:
    then = after([claim(1, BOB, ClaimState.ASKED), claim(1, ANN, ClaimState.ENTERED, promotion=2)])
    assert [one.state for one in then] == [ClaimState.ASKED, ClaimState.ENTERED]


def test_somebody_gets_what_their_own_claim_says() -> None:
    given_, won = claim(1, BOB, ClaimState.GIVEN), claim(2, ANN, ClaimState.WON)
    assert claimed_by(ANN, [given_, won]) == won
    assert claimed_by(ZOE, [won, claim(3, BOB, ClaimState.REFUSED)]) == won
    assert claimed_by(ZOE, []) is None


@pytest.mark.parametrize(
    ("before", "then", "now", "status", "back"),
    [
        (ClaimState.ASKED, ClaimState.MERGED, ClaimState.MERGED, Status.LIVE, ClaimState.ASKED),
        (ClaimState.ASKED, ClaimState.MERGED, ClaimState.MERGED, Status.ENDED, ClaimState.ASKED),
        (ClaimState.ENTERED, ClaimState.MERGED, ClaimState.MERGED, Status.PAUSED, ClaimState.ENTERED),
        (ClaimState.ENTERED, ClaimState.MERGED, ClaimState.MERGED, Status.ENDED, None),  # it is drawn without it
        (ClaimState.ASKED, ClaimState.ASKED, ClaimState.ASKED, Status.LIVE, ClaimState.ASKED),
        (ClaimState.ASKED, ClaimState.ASKED, ClaimState.REFUSED, Status.LIVE, None),
    ],
)
def test_what_was_decided_meanwhile_is_not_put_back(
    before: ClaimState, then: ClaimState, now: ClaimState, status: Status, back: ClaimState | None
) -> None:
    link = MergedClaim(PromotionId(1), 1, before, CLOSED, then)
    found = put_back(link, claim(1, BOB, now)._replace(wallet=KEPT), status)
    assert found == (None if back is None else claim(1, BOB, back))
