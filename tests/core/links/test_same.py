"""Two wallets of one account become one: nothing is booked twice, nothing is lost, and the undo leaves no trace."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

import pytest

from core.imports.known import Known
from core.imports.model import Answers
from core.ledger.model import Kind, Purpose, Source, source_of
from core.ledger.past.facts import timed_entries
from core.ledger.past.pins import pins
from core.ledger.past.standing import Standing
from core.ledger.requests import Spend
from core.ledger.sightings import BatchKind, ProposalSighting, ProposalState, standing
from core.links.preview import BalanceChoice, LinkAnswers
from core.promotions.service import PromotionService
from core.proposals.deriving import derive
from core.proposals.refreshing import facts_of
from core.proposals.service import Proposals
from core.shared.money import CostState, Price
from core.shared.refusals import AlreadyDone, RefusedError
from core.wallets.settings import Plan
from storage import open_store
from tests.core.freelancer import outcome
from tests.core.links.same_books import Halves, halves, live, of_days
from tests.core.links.same_walks import walk
from tests.core.test_granting import OFFER
from tests.imports.accounts import account
from tests.imports.keeper import APPLIED, BOUGHT, CANCELLED, page, row

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from core.ledger.ports import Record
    from tests.imports.keeper import Keeper

SAME = LinkAnswers(BalanceChoice.TOGETHER, same=True)
JOB = "~021234567890123456789"


@pytest.fixture
async def both() -> AsyncIterator[Halves]:
    """Two wallets with their welcomes, some days later."""
    async with open_store("memory://") as store:
        found = await halves(store)
        found.clock.pass_(days=4)
        yield found


async def bid(who: Keeper, connects: int, title: str = "", job: str = "") -> None:
    await who.books.spend_all(who.request, [Spend(connects, Purpose.PROPOSAL, title, job)])


def bids(record: Record) -> list[int]:
    """What was spent on proposals, as it stands."""
    facts = Standing(record.entries).facts.values()
    return sorted(-entry.delta for entry in facts if entry.kind is Kind.SPEND)


def cards(record: Record) -> list[tuple[object, ...]]:
    """The proposals, without what tells whose they are and how they are numbered."""
    found = derive(facts_of(record))
    return sorted((one.title, one.job, one.base, one.boost, one.back, repr(one.net)) for one in found)


async def test_pages_give_the_same_books_wherever_they_came_in() -> None:
    lived = account(306, days=40)
    async with open_store("memory://") as store:
        here = await halves(store, lived.first)
        await live(here, lived, Random(306))  # noqa: S311 - deeds from a seed are wanted, not a secret
        before = await here.state()
        _, link = await here.link(SAME)
        assert await here.kept.state() == await here.whole.state()
        assert cards(await here.kept.record()) == cards(await here.whole.record())
        await here.unlink(link)
        assert await here.state() == before


async def test_what_is_typed_here_and_there_happened_once_on_its_day() -> None:
    lived = account(300, days=40)
    async with open_store("memory://") as store:
        here = await halves(store, lived.first)
        await live(here, lived, Random(300), typed=0.4)  # noqa: S311 - as above
        await here.link(SAME)
        assert of_days(await here.kept.record()) == of_days(await here.whole.record())


async def test_what_no_page_of_the_other_books_has_costs_what_it_would_in_one_wallet() -> None:
    lived = account(307, days=40)
    async with open_store("memory://") as store:
        here = await halves(store, lived.first)
        await live(here, lived, Random(307), typed=0.4)  # noqa: S311 - as above
        await here.link(SAME)
        assert timed_entries(await here.kept.record())
        assert await here.kept.state() == await here.whole.state()


async def test_whatever_happened_a_link_can_be_undone() -> None:
    async with open_store("memory://") as store:
        done = await walk(store, 3, steps=10)
    assert done["linked"]


async def test_rows_and_what_is_typed_become_one(both: Halves) -> None:
    await both.kept.take(page(row(5, APPLIED, -8, "Logo"), row(4, APPLIED, -4, "Shop"), balance=60, copied=6))
    await both.merged.take(page(row(6, CANCELLED, 4, "Shop"), row(5, APPLIED, -8, "Logo"), balance=64, copied=6))
    await bid(both.merged, 2, "Bakery", JOB)
    before = await both.state()
    plan, link = await both.link(SAME)
    assert bids(await both.kept.record()) == [2, 4, 8]
    assert (plan.shown.same, len(plan.shown.taken)) == (1, 2)
    await both.unlink(link)
    assert await both.state() == before


async def test_every_fact_has_its_line(both: Halves) -> None:
    await bid(both.kept, 4, "Logo", JOB)
    await bid(both.merged, 4, "Logo", JOB)
    await bid(both.merged, 6, "Shop")
    plan, _ = await both.link(SAME)
    (listed,) = standing((await both.kept.record()).batches, BatchKind.LINKED)
    welcome, known, new = listed.sightings
    assert (known.number, known.booked) == (2, False)
    assert (new.connects, new.booked) == (-6, True)
    assert not welcome.booked
    assert [entry.number for entry in plan.shown.dropped] == [1]


async def test_what_is_doubtful_is_asked_once_and_is_one_or_two(both: Halves) -> None:
    await bid(both.kept, 4, "Logo")
    await bid(both.merged, 4, "Logo")
    asked = await both.plan(LinkAnswers(BalanceChoice.KEPT))
    assert [(one.entry.number, len(one.candidates)) for one in asked.shown.doubtful] == [(2, 1)]
    assert not asked.shown.ready
    one, two = await both.plan(LinkAnswers(16, same=True)), await both.plan(LinkAnswers(16, same=False))
    assert one.shown.ready
    assert (bids(one.kept), bids(two.kept)) == ([4], [4, 4])


async def test_what_is_typed_here_and_there_on_one_day_counts_at_its_moment() -> None:
    async with open_store("memory://") as store:
        both = await halves(store)
        for who, connects in ((both.merged, 12), (both.kept, 5), (both.merged, 3)):
            both.clock.pass_(hours=1)
            await bid(who, connects)
            await bid(both.whole, connects)
        before = await both.state()
        asked = await both.plan(LinkAnswers())
        assert asked.shown.balances == {BalanceChoice.KEPT: 15, BalanceChoice.MERGED: 5, BalanceChoice.TOGETHER: 0}
        plan, link = await both.link(SAME)
        assert not plan.shown.derived
        assert await both.kept.state() == await both.whole.state()
        await both.unlink(link)
        assert await both.state() == before


async def test_what_happened_at_one_moment_counts_as_it_was_booked(both: Halves) -> None:
    await both.merged.books.buy(both.merged.request, 40, Price(600, 0, "USD"))
    for who in (both.merged, both.kept):
        await bid(who, 8, "Logo")
        await bid(who, 9, "Shop", JOB)
        await who.books.give_back(who.request, (await who.record()).head.entries)
    for connects in (1, 2):
        await bid(both.merged, connects)
    plan, _ = await both.link(LinkAnswers(BalanceChoice.TOGETHER, same=False))
    assert (plan.shown.after, plan.shown.derived) == (41, 0)


async def test_what_is_said_at_once_keeps_its_order(both: Halves) -> None:
    jobs = {"Logo": JOB, "Shop": JOB[:-1] + "8"}
    for who in (both.merged, both.whole):
        await who.books.buy(who.request, 40, Price(600, 0, "USD"))
        await who.books.spend_all(who.request, [Spend(15, Purpose.PROPOSAL, *one) for one in jobs.items()])
    both.clock.pass_(days=1)
    rows = row(7, APPLIED, -2), *(row(6, APPLIED, -15, title, job=job) for title, job in reversed(jobs.items()))
    for who in (both.merged, both.whole):
        taken = await who.take(page(*rows, copied=7), answers=Answers(same={2: 4, 3: 3}))
        assert (taken.preview.new, taken.preview.known) == (1, 2)
    await both.link(SAME)
    assert await both.kept.state() == await both.whole.state()


async def test_a_balance_is_chosen_and_pinned(both: Halves) -> None:
    await bid(both.kept, 4, "Logo", JOB)
    asked = await both.plan(LinkAnswers())
    assert asked.shown.balances == {BalanceChoice.KEPT: 16, BalanceChoice.MERGED: 20, BalanceChoice.TOGETHER: 16}
    assert not asked.shown.ready
    assert asked.shown.after is None
    plan, link = await both.link(LinkAnswers(37))
    assert (plan.shown.after, plan.shown.difference) == (37, 21)
    record = await both.kept.record()
    assert record.head.balance == 37
    assert [pin.balance for pin in pins(record.batches, record.entries) if not pin.moved] == [37]
    await both.unlink(link)
    record = await both.kept.record()
    assert record.head.balance == 16
    assert not pins(record.batches, record.entries)


async def test_nothing_is_asked_if_all_agree(both: Halves) -> None:
    plan = await both.plan(LinkAnswers())
    assert plan.shown.ready
    assert (plan.shown.after, plan.shown.balances) == (20, {})


async def test_what_is_earned_once_is_earned_once_in_both(both: Halves) -> None:
    async def earn(who: Keeper, name: str) -> None:
        await who.books.earn(who.request, Source.ASSESSMENT, plan=Plan.BASIC, name=name)

    await earn(both.kept, "Rust")
    both.clock.pass_(days=2)
    await earn(both.merged, "rust")
    await earn(both.merged, "Go")
    plan, link = await both.link(SAME)
    assert (plan.shown.same, len(plan.shown.taken)) == (1, 1)
    for name in ("Rust", "Go"):
        with pytest.raises(RefusedError) as refused:
            await earn(both.kept, name)
        assert isinstance(refused.value.refusal, AlreadyDone)
    await both.unlink(link)
    await earn(both.kept, "Go")
    await both.kept.verify()


async def test_a_price_that_was_learnt_in_either_counts(both: Halves) -> None:
    bought = page(row(5, APPLIED, -30, "Logo"), row(4, BOUGHT, 60), balance=50, copied=6)
    for who in (both.kept, both.merged):
        await who.take(bought)
    purchase = next(one for one in (await both.merged.record()).entries if one.kind is Kind.PURCHASE)
    await both.merged.books.amend(both.merged.request, {purchase.number: Price(777, 33, "USD")})
    before = await both.state()
    plan, link = await both.link(SAME)
    assert plan.shown.recosted
    lots = (await both.kept.record()).head.lots
    assert [lot.price for lot in lots if lot.source is Source.PURCHASE and lot.size] == [Price(777, 33, "USD")]
    await both.unlink(link)
    assert await both.state() == before


async def test_what_an_opening_cost_is_not_forgotten(both: Halves) -> None:
    await both.merged.books.opening(both.merged.request, 80, Price(1200, 0, "USD"))
    await bid(both.merged, 60, "Logo", JOB)
    plan, _ = await both.link(LinkAnswers(BalanceChoice.MERGED))
    assert plan.shown.derived == 40
    lots = (await both.kept.record()).head.lots
    assert [lot.price for lot in lots if lot.source is Source.OPENING and lot.size] == [Price(600, 0, "USD")]


async def test_what_was_given_by_a_promotion_is_counted_once_for_it(both: Halves) -> None:
    offers = PromotionService(both.merged.books, both.store)
    now = both.clock.now()
    draft = await offers.draft(replace(OFFER.terms, starts=now, ends=now + timedelta(days=3)), both.merged.person)
    assert await offers.launch(draft)
    offer = await both.store.promotions.promotion(draft.id)
    assert offer is not None
    await outcome(offers.grant_claim(offer, both.merged.person, both.merged.wallet))
    both.clock.pass_(days=1)
    _, link = await both.link(SAME)
    given = [one for one in (await both.kept.record()).entries if source_of(one.counterpart) is Source.PROMOTION]
    assert [(one.delta, one.counterpart) for one in given] == [(20, "income:promotion")]
    await both.unlink(link)


async def test_what_was_told_of_proposals_comes_along(both: Halves) -> None:
    await bid(both.merged, 4, "Logo", JOB)
    proposals = Proposals(both.store, both.merged.books.rulebook, both.clock)
    await proposals.tell(both.merged.request, ProposalSighting(1, ProposalState.REPLIED, number=2))
    await both.link(SAME)
    (card,) = await proposals.every(both.kept.wallet)
    assert (card.job, card.stage) == (JOB, ProposalState.REPLIED)


async def test_the_job_that_somebody_typed_is_known_of_the_row(both: Halves) -> None:
    await both.kept.take(page(row(6, APPLIED, -4, "Logo"), balance=16, copied=6))
    await bid(both.merged, 4, "Logo", JOB)
    await both.link(SAME)
    (card,) = derive(facts_of(await both.kept.record()))
    assert card.job == JOB


async def test_what_came_back_by_hand_comes_back_once(both: Halves) -> None:
    for who in (both.kept, both.merged):
        await bid(who, 8, "Logo", JOB)
        await who.books.give_back(who.request, 2)
    await bid(both.merged, 6, "Shop")
    await both.merged.books.give_back(both.merged.request, 4, 2)
    plan, _ = await both.link(SAME)
    assert [entry.kind for entry in plan.shown.taken] == [Kind.SPEND, Kind.RETURN]
    assert (await both.kept.record()).head.balance == 16


async def test_a_later_page_recognises_what_was_typed_in_the_closed_books(both: Halves) -> None:
    await bid(both.merged, 4, "Logo")
    await both.merged.books.adjust(both.merged.request, 5)
    await both.link(LinkAnswers(BalanceChoice.MERGED, same=True))
    preview = await both.kept.preview(page(row(6, APPLIED, -4, "Logo"), balance=21, copied=6))
    assert [one.entries[0].memo for one in preview.unsure] == ["Logo"]
    assert not Known(await both.kept.record()).derived


async def test_a_cost_that_nobody_knows_stays_unknown(both: Halves) -> None:
    await both.merged.books.opening(both.merged.request, 80, CostState.UNKNOWN)
    await bid(both.merged, 60, "Logo", JOB)
    await both.link(LinkAnswers(BalanceChoice.MERGED))
    spent = Standing((await both.kept.record()).entries)
    lots = {lot.number: lot for lot in (await both.kept.record()).head.lots}
    (number,) = [number for number, one in spent.facts.items() if one.kind is Kind.SPEND]
    states = {lots[lot].cost_state for lot, _ in spent.legs[number]}
    assert states == {CostState.FREE, CostState.UNKNOWN}
