"""What a promotion gives is booked once, expires by its terms, and cannot be undone."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from core.ledger.model import Receipt, Source, source_of
from core.promotions.model import Promotion, Terms
from core.promotions.service import PromotionService
from core.shared.lifecycle import Status
from core.shared.refusals import NotUndoable, SoldOut
from tests.core.freelancer import outcome

if TYPE_CHECKING:
    from tests.core.freelancer import Freelancer


async def promoted(ann: Freelancer, *, lasts: int | None = None, supply: int | None = None) -> Promotion:
    """A promotion of 20 Connects that began just now."""
    now = ann.clock.now()
    terms = Terms("Bonus", "For all", 20, now, now + timedelta(days=3), supply=supply, expires_days=lasts)
    offers = PromotionService(ann.books, ann.books.store)
    draft = await offers.draft(terms, ann.person)
    assert await offers.launch(draft)
    kept = await ann.books.store.promotions.promotion(draft.id)
    assert kept is not None
    assert kept.status is Status.LIVE
    return kept


async def test_a_lot_lasts_as_long_as_the_terms_say(ann: Freelancer) -> None:
    receipt = await outcome(
        PromotionService(ann.books, ann.books.store).grant_claim(await promoted(ann, lasts=7), ann.person, ann.wallet)
    )
    assert isinstance(receipt, Receipt)
    lot = receipt.lots[-1]
    assert (lot.source, lot.left, lot.expires) == (Source.PROMOTION, 20, ann.clock.now() + timedelta(days=7))
    assert source_of(receipt.entry.counterpart) is Source.PROMOTION


async def test_without_a_term_it_lasts_as_long_as_any_lot(ann: Freelancer) -> None:
    receipt = await outcome(
        PromotionService(ann.books, ann.books.store).grant_claim(await promoted(ann), ann.person, ann.wallet)
    )
    assert isinstance(receipt, Receipt)
    assert receipt.lots[-1].expires == ann.clock.now().replace(year=ann.clock.now().year + 1)


async def test_it_cannot_be_undone(ann: Freelancer) -> None:
    receipt = await outcome(
        PromotionService(ann.books, ann.books.store).grant_claim(await promoted(ann), ann.person, ann.wallet)
    )
    assert isinstance(receipt, Receipt)
    number = receipt.entry.number
    assert await outcome(ann.books.undo(ann.new_request, number)) == NotUndoable(number, "promotion")


async def test_it_is_sold_out_if_the_supply_is_too_small(ann: Freelancer) -> None:
    promotion = await promoted(ann, supply=19)
    assert await outcome(
        PromotionService(ann.books, ann.books.store).grant_claim(promotion, ann.person, ann.wallet)
    ) == SoldOut(promotion.id, 19)
