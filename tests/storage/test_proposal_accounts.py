"""Every store reads of whole accounts what their proposals cost and how far they are, whatever the order of pages."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import pytest

from core.proposals.my_proposals import MyProposals, MyProposalsAnswers
from core.proposals.service import Proposals
from storage import open_store
from tests.imports.accounts import account
from tests.imports.keeper import keeper
from tests.imports.sample_truth import NAMES, SAVED, sample, truth
from tests.imports.windows import page, window
from tests.proposals.checks import check_costs
from tests.proposals.deriving import look
from tests.proposals.my_proposals import fates, shown
from tests.proposals.truth import of_cards, of_sample

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.proposals.model import Proposal
    from core.store import Store

SEED: Final = 6
DAYS: Final = 30
AGES: Final = (0, 6, 13)
"""How many days before the end each page was copied."""


@pytest.mark.parametrize("name", NAMES)
async def test_proposals_of_a_sample_cost_what_they_are_known_to_cost(store: Store, name: str) -> None:
    ann = await keeper(store)
    await ann.take(sample(name, SAVED)._replace(balance=truth(name)["balance"]))
    cards = await Proposals(store, ann.books.rulebook, ann.clock).every(ann.wallet)
    assert of_cards(cards) == of_sample(name)


async def test_proposals_cost_the_same_in_any_pieces(store: Store) -> None:
    await check_costs(1, (DAYS,), store)


async def test_an_older_page_takes_no_state_back(store: Store) -> None:
    cards = await _cards(store, AGES)
    assert {card.stage for card in cards} | {card.end for card in cards if card.end} > {"sent", "viewed"}
    async with open_store("memory://") as other:
        assert look(await _cards(other, AGES[::-1])) == look(cards)


async def _cards(store: Store, ages: Sequence[int]) -> tuple[Proposal, ...]:
    """The cards of an account after its history, and pages of "My proposals" of these ages."""
    lived = account(SEED, days=DAYS)
    ann = await keeper(store, lived.last + timedelta(hours=1))
    await ann.take(page(window(lived, lived.last, days=10_000), SAVED))
    for age in ages:
        at = lived.last - timedelta(days=age)
        seen = MyProposals(tuple(shown(fates(lived), at, saved=True)), at.date())
        found = await ann.imports.my_proposals.preview(ann.wallet, seen, MyProposalsAnswers())
        await ann.imports.my_proposals.book(ann.request, seen, MyProposalsAnswers(), found.stamp)
    return await Proposals(store, ann.books.rulebook, ann.clock).every(ann.wallet)
