"""When it can be told that boosts brought nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from core.proposals.model import NetCost
from core.stats.boosting import cost_of_boosts, useless_in
from tests.bot.carded import LOGO
from tests.core.stats.cards import NOW, RECENT, S, bids

if TYPE_CHECKING:
    from core.ledger.sightings import ProposalState
    from core.proposals.card_groups import CardGroup


def boosted(times: int, stage: ProposalState = S.SENT, **more: Any) -> list[CardGroup]:
    return bids(times, stage, **{"boosted": True, **more})


def told(cards: list[CardGroup]) -> tuple[int, int, bool] | None:
    """How many boosted bids, how many answered, and whether they are fewer than of plain ones."""
    found = useless_in(cards, RECENT)
    return None if found is None else (found.boosted.of, found.boosted.hits, found.significant)


def test_none_of_twenty_is_enough_to_tell() -> None:
    assert told(boosted(20)) == (20, 0, False)
    assert told(boosted(19)) is None
    assert told([*boosted(20), *boosted(1, S.REPLIED)]) is None


def test_fewer_than_of_plain_ones_are_told_if_it_is_no_chance() -> None:
    plain = [*bids(20, S.REPLIED), *bids(20)]
    assert told([*plain, *boosted(38), *boosted(2, S.REPLIED)]) == (40, 2, True)
    assert told([*plain, *boosted(24), *boosted(16, S.REPLIED)]) is None


def test_only_what_is_known_and_old_enough_counts() -> None:
    assert told(boosted(40, heard=False)) is None
    assert told(boosted(40, sent=NOW - timedelta(days=3))) is None


def test_what_came_back_has_cost_nothing() -> None:
    bid = LOGO._replace(base=10, boost=6, boosted=True, net=NetCost(paid=16))
    back = bid._replace(back=6, net=NetCost(paid=10)), bid._replace(back=16, net=NetCost())
    assert cost_of_boosts([bid, bid, *back, bid._replace(boosted=False)]) == 12
