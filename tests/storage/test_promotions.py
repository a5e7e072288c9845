"""What every store promises about promotions: never more than the supply, and one claim for each person."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from core.delivery.notice import Audience, Notice, Target
from core.delivery.state import HOLD, State
from core.ledger.earning import once_key_of_promotion
from core.ledger.entry_builder import Intent
from core.ledger.model import Receipt, Source, supply_of
from core.ledger.ports import Key, Scope
from core.promotions.grant import grant_claim, take_back_prize
from core.promotions.model import Claim, ClaimState, Conditions, Promotion, Terms
from core.scheduling.task import Task
from core.shared.lifecycle import Status
from core.shared.refusals import AlreadyDone, LotUsed, Refusal, SoldOut
from core.wallets.people import ChatRef
from core.wallets.settings import Plan
from storage import open_store
from tests.storage.sender import HERE
from tests.storage.teller import BOOK, Teller, booked, open_teller, proven

if TYPE_CHECKING:
    from core.ledger.model import Change, Snapshot
    from core.store import Store
    from tests.clock import TestClock


def terms(
    clock: TestClock, *, supply: int | None = None, code: str = "", winners: int = 0, approval: bool = False
) -> Terms:
    now = clock.now()
    conditions = Conditions(30, Plan.PLUS, 1, 2, 3)
    audience = Audience(("telegram",), ("en",), ("design",))
    return Terms(
        "Bonus",
        "For all",
        20,
        now,
        now + timedelta(days=3),
        "Europe/Kyiv",
        conditions,
        supply,
        code,
        7,
        winners,
        audience,
        approval,
    )


async def promoted(teller: Teller, given: Terms) -> Promotion:
    return await teller.store.promotions.new_promotion(given, teller.person, "seed", teller.clock.now())


async def changed(teller: Teller, seen: Promotion, status: Status, *due: Task) -> bool:
    return await teller.store.promotions.change_promotion(seen, status, due, (), teller.clock.now())


async def entered(
    teller: Teller, promotion: Promotion, state: ClaimState = ClaimState.ENTERED, chat: ChatRef | None = None
) -> Claim | None:
    claim = Claim(promotion.id, 0, teller.person, teller.wallet, state, teller.clock.now(), chat=chat)
    return await teller.store.promotions.enter(promotion, claim)


async def asked(teller: Teller, promotion: Promotion, chat: ChatRef | None = None) -> Claim:
    claim = await entered(teller, promotion, ClaimState.ASKED, chat)
    assert claim is not None
    return claim


async def refused(teller: Teller, claim: Claim) -> bool:
    notice = Notice(f"refused:{claim.number}", "low", {"connects": 3}, claim.wallet)
    return await teller.store.promotions.settle_claim(claim, ClaimState.REFUSED, [notice], teller.clock.now())


async def claim(teller: Teller, promotion: Promotion, key: str = "", chat: ChatRef | None = None) -> Receipt | Refusal:
    name = Key(key or f"claim:{promotion.id}:{teller.person}", "same")
    intent = Intent(name, teller.clock.now(), teller.person, "Bonus")
    once_keys = (once_key_of_promotion(supply_of(promotion.id), teller.person),)
    scope = Scope(teller.wallet, once_keys=once_keys, promotion=promotion.id, claimant=teller.person)

    def decide(before: Snapshot) -> Change | Refusal:
        return grant_claim(before, intent, promotion, teller.person, BOOK, chat=chat)

    return await teller.store.ledger.write(scope, name, decide)


async def taken_back(teller: Teller, promotion: Promotion, won: Claim, notice: Notice) -> Receipt | Refusal:
    name = Key(f"{won.wallet}:back:{next(teller.numbers)}", "same")
    intent = Intent(name, teller.clock.now(), teller.person, "Bonus")
    once_keys = (once_key_of_promotion(supply_of(promotion.id), won.person),)
    scope = Scope(won.wallet, (won.entry or 0,), once_keys, None, promotion.id, won.person)

    def decide(before: Snapshot) -> Change | Refusal:
        return take_back_prize(before, intent, promotion=promotion, claim=won, rulebook=BOOK, notices=(notice,))

    return await teller.store.ledger.write(scope, name, decide)


class TestStored:
    async def test_it_is_stored_unchanged(self, teller: Teller) -> None:
        one = await promoted(teller, terms(teller.clock, supply=100, code="Summer", winners=2))
        two = await promoted(teller, terms(teller.clock))
        assert await teller.store.promotions.promotion(one.id) == one
        assert await teller.store.promotions.newest(5) == (two, one)
        assert await teller.store.promotions.newest(1) == (two,)

    async def test_a_change_based_on_an_older_version_is_refused(self, teller: Teller) -> None:
        seen = await promoted(teller, terms(teller.clock))
        assert await changed(teller, seen, Status.LIVE)
        assert not await changed(teller, seen, Status.CANCELLED, Task("promotion:1:end", teller.clock.now()))
        assert await teller.store.tasks.due_by(teller.clock.now(), 10) == ()
        kept = await teller.store.promotions.promotion(seen.id)
        assert kept == seen._replace(status=Status.LIVE, version=2)

    async def test_the_newest_live_one_is_found_by_its_code(self, teller: Teller) -> None:
        old, new = [await promoted(teller, terms(teller.clock, code="Summer")) for _ in range(2)]
        assert await teller.store.promotions.promotion_of("summer") is None
        await changed(teller, old, Status.LIVE)
        await changed(teller, new, Status.LIVE)
        found = await teller.store.promotions.promotion_of("SUMMER")
        assert found is not None
        assert found.id == new.id
        await promoted(teller, terms(teller.clock))
        assert await teller.store.promotions.promotion_of("") is None

    async def test_a_code_is_the_same_in_other_bytes(self, teller: Teller) -> None:
        first = await promoted(teller, terms(teller.clock, code="cafe\u0301 i"))
        await changed(teller, first, Status.LIVE)
        for code in ("CAF\u00c9 I", "caf\u00e9 \u0130", "\uff23afe\u0301\u00a0i", "c\u200bafe\u0301 i"):
            found = await teller.store.promotions.promotion_of(code)
            assert found is not None
            assert found.id == first.id
        assert await teller.store.promotions.promotion_of("cafe i") is None
        assert await teller.store.promotions.promotion_of("\u200b") is None

    async def test_its_tasks_and_its_deliveries_change_with_it(self, teller: Teller) -> None:
        seen = await promoted(teller, terms(teller.clock))
        now, due = teller.clock.now(), Task("promotion:1:end", teller.clock.now())
        await teller.store.outbox.notify([Notice("n1", "low", {"connects": 3}, teller.wallet, topic=seen.topic)], now)
        await teller.store.outbox.notify([Notice("n2", "low", {"connects": 3}, teller.wallet)], now)
        assert await teller.store.promotions.change_promotion(seen, Status.PAUSED, [due], [HOLD], now)
        assert await teller.store.tasks.due_by(now, 10) == (due,)
        states = [(await teller.store.outbox.deliveries(key))[0][1] for key in ("n1", "n2")]
        assert states == [State.HELD, State.PENDING]

    async def test_entering_a_promotion_that_was_changed_meanwhile_is_refused(self, teller: Teller) -> None:
        seen = await promoted(teller, terms(teller.clock, winners=1))
        await changed(teller, seen, Status.ENDED)
        assert await entered(teller, seen) is None
        assert await teller.store.promotions.claims_on(seen.id) == ()


async def test_terms_stored_before_there_were_approvals_need_none(url: str, clock: TestClock) -> None:
    async with open_store(url) as store:
        one = await promoted(await open_teller(store, clock, "ann"), terms(clock, approval=True))
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection, connection:
        connection.execute("UPDATE promotion SET terms = json_remove(terms, '$.approval')")
    async with open_store(url) as store:
        kept = await store.promotions.promotion(one.id)
        assert kept == one._replace(terms=replace(one.terms, approval=False))


class TestRevisions:
    async def test_new_terms_replace_the_ones_that_were_seen_together_with_the_tasks(self, teller: Teller) -> None:
        seen = await promoted(teller, terms(teller.clock, supply=100, code="Summer"))
        wanted = replace(seen.terms, title="Autumn", supply=None, code="Autumn", approval=True)
        due = Task("promotion:1:end", teller.clock.now())
        assert await revised(teller, seen, wanted, due)
        assert await teller.store.promotions.promotion(seen.id) == seen._replace(terms=wanted, version=2)
        assert await teller.store.tasks.due_by(teller.clock.now(), 10) == (due,)
        kept = await teller.store.promotions.promotion(seen.id)
        assert kept is not None
        assert await changed(teller, kept, Status.LIVE)
        assert (
            await teller.store.promotions.promotion_of("summer"),
            await teller.store.promotions.promotion_of("autumn"),
        ) != (None, None)
        assert await teller.store.promotions.promotion_of("summer") is None

    async def test_of_two_changes_at_once_the_later_is_refused(self, teller: Teller) -> None:
        seen = await promoted(teller, terms(teller.clock))
        titles = ("Autumn", "Winter")
        outcomes = [await revised(teller, seen, replace(seen.terms, title=title)) for title in titles]
        assert outcomes == [True, False]
        kept = await teller.store.promotions.promotion(seen.id)
        assert kept is not None
        assert kept.terms.title == "Autumn"

    async def test_its_supply_never_falls_below_what_it_gave(self, teller: Teller) -> None:
        seen = await promoted(teller, terms(teller.clock, supply=100))
        booked(await claim(teller, seen))
        assert not await revised(teller, seen, replace(seen.terms, supply=19))
        assert await revised(teller, seen, replace(seen.terms, supply=20))
        bob = await open_teller(teller.store, teller.clock, "bob")
        assert await claim(bob, seen) == SoldOut(seen.id, 0)
        await proven(teller.store)


async def revised(teller: Teller, seen: Promotion, wanted: Terms, *due: Task) -> bool:
    return await teller.store.promotions.change_promotion(seen, seen.status, due, (), teller.clock.now(), terms=wanted)


class TestClaims:
    async def test_what_it_gives_comes_out_of_its_supply_and_expires_by_its_terms(self, teller: Teller) -> None:
        promotion = await promoted(teller, terms(teller.clock, supply=30))
        receipt = booked(await claim(teller, promotion))
        lot = receipt.lots[-1]
        assert (lot.source, lot.size, lot.expires) == (Source.PROMOTION, 20, teller.clock.now() + timedelta(days=7))
        assert receipt.entry.counterpart == f"promotion:{promotion.id}"
        (kept,) = await teller.store.promotions.claims_on(promotion.id)
        assert (kept.state, kept.entry, kept.person) == (ClaimState.GIVEN, receipt.entry.number, teller.person)
        after = await teller.store.promotions.promotion(promotion.id)
        assert after is not None
        assert after.given == 20
        await proven(teller.store)

    async def test_once_for_each_person_whatever_the_key(self, teller: Teller) -> None:
        promotion = await promoted(teller, terms(teller.clock))
        first = booked(await claim(teller, promotion))
        again = booked(await claim(teller, promotion))
        assert (again.replayed, again.lots) == (True, first.lots)
        assert await teller.store.ledger.lots_at(teller.wallet, teller.clock.now()) == first.lots
        assert await claim(teller, promotion, "another") == AlreadyDone("promotion", first.entry.number)
        assert await teller.balance() == 20

    async def test_however_many_claim_at_once_it_gives_no_more_than_its_supply(
        self, store: Store, clock: TestClock
    ) -> None:
        tellers = [await open_teller(store, clock, f"p{number}") for number in range(60)]
        promotion = await promoted(tellers[0], terms(clock, supply=150))
        outcomes = await asyncio.gather(*(claim(teller, promotion) for teller in tellers))
        assert sum(isinstance(outcome, Receipt) for outcome in outcomes) == 7
        assert {type(outcome) for outcome in outcomes} == {Receipt, SoldOut}
        assert [claim.number for claim in await store.promotions.claims_on(promotion.id)] == list(range(1, 8))
        await proven(store)

    async def test_a_claim_that_was_given_stays_given(self, teller: Teller) -> None:
        promotion = await promoted(teller, terms(teller.clock))
        number = booked(await claim(teller, promotion)).entry.number
        refused = await teller.undo(number)
        assert isinstance(refused, Refusal)
        assert refused.facts() == {"number": number, "why": "promotion"}

    async def test_an_entry_in_a_contest_has_one_number_and_records_what_it_wins(self, teller: Teller) -> None:
        bob = await open_teller(teller.store, teller.clock, "bob")
        promotion = await promoted(teller, terms(teller.clock, winners=1))
        assert await teller.store.promotions.claim_of(promotion.id, teller.person) is None
        first = await entered(teller, promotion)
        assert await entered(teller, promotion) == first
        assert await teller.store.promotions.claim_of(promotion.id, teller.person) == first
        second = await entered(bob, promotion)
        assert second is not None
        assert second.number == 2
        assert await changed(teller, promotion, Status.ENDED)
        booked(await claim(teller, promotion))  # the seed draws the first entry
        assert await teller.store.promotions.settle_claims(promotion.id, ClaimState.ENTERED, ClaimState.LOST) == 1
        assert [one.state for one in await teller.store.promotions.claims_on(promotion.id)] == [
            ClaimState.GIVEN,
            ClaimState.LOST,
        ]
        await proven(teller.store)

    async def test_a_prize_that_is_taken_back_returns_to_the_supply_once(self, teller: Teller) -> None:
        store, bob = teller.store, await open_teller(teller.store, teller.clock, "bob")
        promotion = await promoted(teller, terms(teller.clock, winners=1, supply=20))
        await entered(teller, promotion)
        await entered(bob, promotion)
        assert await changed(teller, promotion, Status.ENDED)
        booked(await claim(teller, promotion))
        won, _ = await store.promotions.claims_on(promotion.id)
        notice = Notice("redrawn", "promotion-redrawn", {"title": "x"}, to=(Target(HERE, "team"),))
        booked(await taken_back(teller, promotion, won, notice))
        assert await teller.balance() == 0
        assert isinstance(await taken_back(teller, promotion, won, notice), AlreadyDone)
        assert await store.outbox.deliveries("redrawn")
        assert isinstance(await claim(bob, promotion), Receipt)  # the supply is there again
        now = await store.promotions.promotion(promotion.id)
        assert now is not None
        assert now.given == promotion.terms.gives
        forfeited, given = await store.promotions.claims_on(promotion.id)
        assert (forfeited.state, forfeited.entry) == (ClaimState.FORFEITED, won.entry)
        assert given.state is ClaimState.GIVEN
        await proven(store)

    async def test_a_prize_of_which_something_is_spent_is_not_taken_back(self, teller: Teller) -> None:
        promotion = await promoted(teller, terms(teller.clock, winners=1))
        await entered(teller, promotion)
        assert await changed(teller, promotion, Status.ENDED)
        booked(await claim(teller, promotion))
        (won,) = await teller.store.promotions.claims_on(promotion.id)
        booked(await teller.spend(1))
        notice = Notice("redrawn", "promotion-redrawn", {"title": "x"}, to=(Target(HERE, "team"),))
        assert isinstance(await taken_back(teller, promotion, won, notice), LotUsed)
        assert await teller.store.outbox.deliveries("redrawn") == ()
        await proven(teller.store)


class TestGroupOfAClaim:
    TEAM = ChatRef("telegram", "-7")

    async def test_a_claim_records_the_group_in_which_it_was_made(self, teller: Teller) -> None:
        bob = await open_teller(teller.store, teller.clock, "bob")
        promotion = await promoted(teller, terms(teller.clock))
        booked(await claim(teller, promotion, chat=self.TEAM))
        booked(await claim(bob, promotion))
        assert [one.chat for one in await teller.store.promotions.claims_on(promotion.id)] == [self.TEAM, None]

    async def test_a_claim_asked_for_in_a_group_stays_with_it_when_it_is_given_elsewhere(self, teller: Teller) -> None:
        promotion = await promoted(teller, terms(teller.clock, winners=1))
        first = await entered(teller, promotion, chat=self.TEAM)
        assert await entered(teller, promotion) == first
        booked(await claim(teller, promotion))
        (kept,) = await teller.store.promotions.claims_on(promotion.id)
        assert (kept.chat, kept.state) == (self.TEAM, ClaimState.GIVEN)


class TestApproval:
    async def test_nothing_is_given_that_was_not_asked_for(self, teller: Teller) -> None:
        promotion = await promoted(teller, terms(teller.clock, approval=True))
        assert await claim(teller, promotion) == AlreadyDone("claim_never", 0)
        await asked(teller, promotion)
        receipt = booked(await claim(teller, promotion))
        (kept,) = await teller.store.promotions.claims_on(promotion.id)
        assert (kept.number, kept.state, kept.entry) == (1, ClaimState.GIVEN, receipt.entry.number)
        ((target, state, _),) = await teller.store.outbox.deliveries(
            f"promotion:{promotion.id}:approved:{teller.wallet}"
        )
        assert (target, state) == (Target("test", "ann", direct=True), State.PENDING)
        await proven(teller.store)

    async def test_a_claim_is_given_or_refused_and_never_both(self, teller: Teller) -> None:
        promotion = await promoted(teller, terms(teller.clock, approval=True))
        one = await asked(teller, promotion)
        assert await refused(teller, one)
        assert not await refused(teller, one)
        assert await claim(teller, promotion) == AlreadyDone("claim_refused", 0)
        bob = await open_teller(teller.store, teller.clock, "bob")
        two = await asked(bob, promotion)
        booked(await claim(bob, promotion))
        assert not await refused(bob, two)
        states = [kept.state for kept in await teller.store.promotions.claims_on(promotion.id)]
        assert states == [ClaimState.REFUSED, ClaimState.GIVEN]
        assert (await teller.store.outbox.deliveries("refused:1"), await teller.store.outbox.deliveries("refused:2"))[
            1
        ] == ()

    async def test_however_many_decide_at_once_each_claim_ends_once(self, store: Store, clock: TestClock) -> None:
        tellers = [await open_teller(store, clock, f"p{number}") for number in range(20)]
        promotion = await promoted(tellers[0], terms(clock, approval=True))
        claims = [await asked(teller, promotion) for teller in tellers]
        pairs = zip(tellers, claims, strict=True)
        decisions = [(claim(teller, promotion), refused(teller, one)) for teller, one in pairs]
        outcomes = await asyncio.gather(*(decision for pair in decisions for decision in pair))
        given = [isinstance(outcome, Receipt) for outcome in outcomes[::2]]
        assert all(yes != no for yes, no in zip(given, outcomes[1::2], strict=True))
        ends = {True: ClaimState.GIVEN, False: ClaimState.REFUSED}
        assert [kept.state for kept in await store.promotions.claims_on(promotion.id)] == [ends[one] for one in given]
        await proven(store)
