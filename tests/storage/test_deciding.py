"""Two processes on one PostgreSQL database decide the same claims and change the same promotion at the same time."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from core.ledger.model import Receipt
from core.promotions.model import ClaimState
from core.shared.refusals import AlreadyDone
from storage import open_store
from tests.storage.teller import Teller, open_teller, proven
from tests.storage.test_promotions import asked, claim, promoted, refused, revised, terms

if TYPE_CHECKING:
    from core.store import Store
    from tests.clock import TestClock


def at(teller: Teller, store: Store) -> Teller:
    """The same teller in another process."""
    return Teller(store, teller.clock, teller.wallet, teller.person)


async def test_each_claim_is_either_given_or_refused(postgres: str, clock: TestClock) -> None:
    async with open_store(postgres) as here, open_store(postgres) as there:
        tellers = [await open_teller(here, clock, f"p{number}") for number in range(30)]
        promotion = await promoted(tellers[0], terms(clock, approval=True))
        claims = [await asked(teller, promotion) for teller in tellers]
        given = asyncio.gather(*(claim(teller, promotion) for teller in tellers))
        pairs = zip(tellers, claims, strict=True)
        denied = asyncio.gather(*(refused(at(teller, there), one) for teller, one in pairs))
        receipts, refusals = await given, await denied
        for receipt, no in zip(receipts, refusals, strict=True):
            assert isinstance(receipt, Receipt) is not no
            assert isinstance(receipt, Receipt) or receipt == AlreadyDone("claim_refused", 0)
        ends = {False: ClaimState.GIVEN, True: ClaimState.REFUSED}
        assert [kept.state for kept in await here.promotions.claims_on(promotion.id)] == [ends[no] for no in refusals]
        await proven(here)


async def test_a_supply_that_is_cut_during_claims_covers_what_was_given(postgres: str, clock: TestClock) -> None:
    async with open_store(postgres) as here, open_store(postgres) as there:
        tellers = [await open_teller(here, clock, f"p{number}") for number in range(20)]
        promotion = await promoted(tellers[0], terms(clock, supply=400))
        given = asyncio.gather(*(claim(teller, promotion) for teller in tellers))
        cut = revised(at(tellers[0], there), promotion, replace(promotion.terms, supply=200))
        receipts, was_cut = await given, await cut
        total = 20 * sum(isinstance(receipt, Receipt) for receipt in receipts)
        kept = await there.promotions.promotion(promotion.id)
        assert kept is not None
        assert kept.given == total <= (200 if was_cut else 400)
        await proven(here)
