"""What a promotion gives is booked once, expires by its terms, and cannot be undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from core.delivery.notice import Subscription, Target
from core.ledger import rulebook
from core.ledger.entry_builder import Intent
from core.ledger.model import Change, Receipt, Snapshot, Source, source_of
from core.ledger.ports import Key
from core.promotions.draw_reminder import remind_of_draw
from core.promotions.grant import grant_claim
from core.promotions.model import ClaimState, Promotion, Terms
from core.promotions.service import PromotionService
from core.shared.ids import PersonId, PromotionId, WalletId
from core.shared.lifecycle import Status
from core.shared.refusals import AlreadyDone, NotUndoable, SoldOut
from core.wallets.settings import Alerts, Settings
from tests.core.freelancer import freelancer, outcome

if TYPE_CHECKING:
    from tests.core.dawn import Dawn
    from tests.core.freelancer import Freelancer

NOW = datetime(2026, 1, 10, 9, tzinfo=UTC)
INTENT, BOOK = Intent(Key("key", "body"), NOW), rulebook.default()
OFFER = Promotion(
    PromotionId(7), Status.LIVE, Terms("Bonus", "", 20, NOW, NOW + timedelta(days=3)), PersonId(1), "seed", NOW
)


async def promoted(ann: Freelancer, *, lasts: int | None = None, supply: int | None = None) -> Promotion:
    """A promotion of 20 Connects that began just now."""
    now = ann.clock.now()
    terms = Terms("Bonus", "For all", 20, now, now + timedelta(days=3), supply=supply, expires_days=lasts)
    offers = PromotionService(ann.books, ann.books.store)
    draft = await offers.draft(terms, ann.person)
    assert await offers.launch(draft)
    kept = await ann.books.store.promotions.promotion(draft.id)
    assert kept is not None
    assert (draft.version, kept.version) == (1, 2)
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


@pytest.mark.parametrize(("left", "sold_out"), [(19, True), (20, False), (21, False), (None, False)])
@pytest.mark.parametrize("claimed", ["", ClaimState.ASKED])
def test_the_last_of_a_supply_is_given(left: int | None, claimed: str, *, sold_out: bool) -> None:
    given = grant_claim(Snapshot(WalletId(1), left=left, claimed=claimed), INTENT, OFFER, PersonId(1), BOOK)
    assert isinstance(given, SoldOut) is sold_out


@pytest.mark.parametrize(
    ("claimed", "refusal"),
    [
        ("", AlreadyDone("claim_never", 0)),
        (ClaimState.REFUSED, AlreadyDone("claim_refused", 0)),
        (ClaimState.GIVEN, AlreadyDone("claim_given", 0)),
    ],
)
def test_only_what_was_asked_for_is_approved(claimed: str, refusal: AlreadyDone) -> None:
    asked = OFFER._replace(terms=replace(OFFER.terms, approval=True))
    assert grant_claim(Snapshot(WalletId(1), claimed=claimed), INTENT, asked, PersonId(1), BOOK) == refusal


@pytest.mark.parametrize("approval", [True, False])
def test_the_claimant_hears_of_an_approval(*, approval: bool) -> None:
    offer = OFFER._replace(terms=replace(OFFER.terms, approval=approval))
    change = grant_claim(Snapshot(WalletId(1), claimed=ClaimState.ASKED), INTENT, offer, PersonId(1), BOOK)
    assert isinstance(change, Change)
    assert [notice.code for notice in change.notices] == ["promotion-approved"] * approval


async def test_everybody_who_entered_is_reminded_of_the_draw_once(
    ann: Freelancer, dawn: Dawn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All but those who get the public reminder in private, and those who switched such notices off."""
    monkeypatch.setattr("core.promotions.draw_reminder.BATCH", 2)
    store, now = ann.books.store, ann.clock.now()
    contest = OFFER._replace(terms=replace(OFFER.terms, winners=1))
    offers = PromotionService(ann.books, store)
    assert await offers.launch(await offers.draft(contest.terms, ann.person))
    (contest,) = await store.promotions.newest(1)
    people = [ann, *[await freelancer(ann.books, ann.clock, f"p{number}") for number in range(5)]]
    for one in people:
        wallet = (await ann.books.open(one.person, Settings(), "again", one.person)).wallet
        await offers.claim(contest, one.person, wallet)
    await store.people.save_settings(people[4].wallet, Settings(alerts=Alerts(promotions=False)))
    for direct, one in ((True, people[5]), (False, people[3])):
        await store.subscriptions.subscribe(
            Subscription(Target("test", f"{one.person}", direct=direct), now, one.person)
        )
    await dawn.receive()
    for _ in range(2):
        await remind_of_draw(store, contest, now)
    reminded = [notice.wallet for notice in await dawn.receive() if notice.code == "promotion-eve"]
    assert sorted(filter(None, reminded)) == [one.wallet for one in people[:4]]


async def test_it_is_sold_out_if_the_supply_is_too_small(ann: Freelancer) -> None:
    promotion = await promoted(ann, supply=19)
    assert await outcome(
        PromotionService(ann.books, ann.books.store).grant_claim(promotion, ann.person, ann.wallet)
    ) == SoldOut(promotion.id, 19)
