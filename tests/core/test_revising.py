"""What can be changed in a promotion and when, and where its claims came from."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

import pytest

from core.promotions.model import Claim, ClaimState, Conditions, Promotion, Terms, by_chat
from core.promotions.qualify import fixed
from core.shared.ids import PersonId, PromotionId, WalletId
from core.shared.lifecycle import Status
from core.shared.refusals import NotChangeable
from core.wallets.people import ChatRef

if TYPE_CHECKING:
    from core.shared.refusals import Refusal

NOW: Final = datetime(2026, 1, 10, 9, tzinfo=UTC)
TERMS: Final = Terms("Bonus", "For all", 20, NOW, NOW + timedelta(days=3), supply=100)
LIVE: Final = Promotion(PromotionId(7), Status.LIVE, TERMS, PersonId(1), "seed", NOW, given=40)
ANYTHING: Final[tuple[dict[str, Any], ...]] = (
    {"gives": 25},
    {"starts": NOW + timedelta(hours=1)},
    {"winners": 2},
    {"approval": True},
    {"expires_days": 3},
    {"conditions": Conditions(new_days=3)},
)


@pytest.mark.parametrize("change", ANYTHING)
def test_a_draft_can_become_anything_and_what_was_launched_keeps_what_it_promised(change: dict[str, Any]) -> None:
    wanted = replace(TERMS, **change)
    assert fixed(LIVE._replace(status=Status.DRAFT), wanted, NOW) is None
    assert fixed(LIVE, wanted, NOW) == NotChangeable(next(iter(change)))


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"title": "Autumn", "text": "x", "code": "sun"}, None),
        ({"ends": TERMS.ends + timedelta(days=1)}, None),
        ({"ends": TERMS.ends - timedelta(seconds=1)}, NotChangeable("ends")),
        ({"supply": 40}, None),
        ({"supply": None}, None),
        ({"supply": 39}, NotChangeable("supply", 40)),
    ],
)
@pytest.mark.parametrize("status", [Status.LIVE, Status.PAUSED])
def test_a_launched_promotion_can_grow(status: Status, change: dict[str, Any], refusal: Refusal | None) -> None:
    assert fixed(LIVE._replace(status=status), replace(TERMS, **change), NOW) == refusal


@pytest.mark.parametrize(
    ("status", "now"),
    [(Status.ENDED, NOW), (Status.CANCELLED, NOW), (Status.LIVE, TERMS.ends), (Status.PAUSED, TERMS.ends)],
)
def test_what_is_over_stays_as_it_was(status: Status, now: datetime) -> None:
    wanted = replace(TERMS, ends=TERMS.ends + timedelta(days=9))
    refusal = fixed(LIVE._replace(status=status), wanted, now)
    assert refusal is not None
    assert refusal.facts() == {"what": "over", "given": 0}


def test_claims_are_counted_by_group_the_busiest_first() -> None:
    team, squad = ChatRef("telegram", "-7"), ChatRef("discord", "9")
    made = [(team, ClaimState.GIVEN), (None, ClaimState.ASKED), (squad, ClaimState.GIVEN), (team, ClaimState.REFUSED)]
    claims = [
        Claim(LIVE.id, number, PersonId(number), WalletId(number), state, NOW, chat=chat)
        for number, (chat, state) in enumerate(made, 1)
    ]
    assert by_chat(claims) == ((team, 2, 1), (None, 1, 0), (squad, 1, 1))
