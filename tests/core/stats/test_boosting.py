"""When it can be told that boosts brought nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from core.forecast.advice import Boosts
from core.proposals.model import NetCost
from core.stats.boosting import boosts_in
from tests.core.stats.cards import NOW, RECENT, S, bids

if TYPE_CHECKING:
    from core.ledger.sightings import ProposalState
    from core.proposals.figures import CardFigures


def boosted(times: int, stage: ProposalState = S.SENT, **more: Any) -> list[CardFigures]:
    """Bids of 10 Connects with a boost of 6."""
    return bids(times, stage, **{"boosted": True, "boost": 6, "net": NetCost(paid=16), **more})


def test_none_of_twenty_is_enough_to_tell() -> None:
    assert boosts_in(boosted(20), RECENT) == Boosts(20, 0, 120)
    assert boosts_in(boosted(19), RECENT) is None
    assert boosts_in([*boosted(20), *boosted(1, S.REPLIED)], RECENT) is None


def test_fewer_than_of_plain_ones_are_told_if_it_is_no_chance() -> None:
    plain = [*bids(20, S.REPLIED), *bids(20)]
    assert boosts_in([*plain, *boosted(38), *boosted(2, S.REPLIED)], RECENT) == Boosts(40, 2, 240, fewer=True)
    assert boosts_in([*plain, *boosted(24), *boosted(16, S.REPLIED)], RECENT) is None


def test_only_what_is_known_and_old_enough_counts() -> None:
    assert boosts_in(boosted(40, heard=False), RECENT) is None
    assert boosts_in(boosted(40, sent=NOW - timedelta(days=3)), RECENT) is None


def test_what_came_back_has_cost_nothing() -> None:
    back = boosted(10, back=6, net=NetCost(paid=10)) + boosted(10, back=16, net=NetCost())
    assert boosts_in([*boosted(20), *back], RECENT) == Boosts(40, 0, 120)
