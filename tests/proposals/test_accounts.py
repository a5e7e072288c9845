"""Whatever the account, the order and the form of its pages: its proposals come out as they are."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tests.imports.keeper import keeper
from tests.imports.sample_truth import NAMES, PHONE, SAVED, WIDE, sample, truth
from tests.proposals.checks import check_clusters, check_costs, check_states
from tests.proposals.deriving import cards_of
from tests.proposals.truth import as_text, of_cards, of_sample

if TYPE_CHECKING:
    from tests.proposals.truth import Truth
from storage import open_store

DAYS = (30, 60)


@pytest.mark.parametrize("seed", [*range(8), 21])
async def test_what_proposals_cost_comes_out_in_any_pieces(seed: int) -> None:
    await check_costs(seed, DAYS)


@pytest.mark.parametrize("seed", range(8))
async def test_what_became_of_proposals_comes_out_in_any_order_of_pages(seed: int) -> None:
    await check_states(seed, DAYS)


@pytest.mark.parametrize("seed", range(3))
async def test_no_other_proposal_has_a_say_in_one(seed: int) -> None:
    await check_clusters(seed, DAYS)


@pytest.mark.parametrize("name", NAMES)
async def test_the_samples_are_what_they_are_known_to_be(name: str) -> None:
    known = of_sample(name)
    async with open_store("memory://") as store:
        ann = await keeper(store)
        for form in (PHONE, WIDE, SAVED):
            await ann.take(sample(name, form)._replace(balance=truth(name)["balance"]))
            cards = cards_of(await ann.record())
            assert len(cards) == known.total()
            clear = of_cards(card for card in cards if not card.unclear)
            if form == SAVED:
                assert clear == known
            else:
                assert not as_text(clear) - as_text(known), "a card says something that is not so"
                assert not as_text(_unlike_any(known, form)) - as_text(clear), "what is like no other is left open"


def _unlike_any(known: Counter[Truth], form: str) -> Counter[Truth]:
    """Those of which a form can know everything, because no other has their title, or their title and member."""
    titles = Counter((one.title, one.member if form == WIDE else "") for one in known)
    return Counter(one for one in known if titles[one.title, one.member if form == WIDE else ""] == 1)
