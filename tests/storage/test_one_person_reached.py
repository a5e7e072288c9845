"""What every store promises about somebody on several platforms: they are notified once, and they claim once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from core.delivery.notice import Target
from core.delivery.outcome import Unreachable
from core.delivery.private import private_chat_of
from core.delivery.state import State
from core.links.model import Accounts
from core.promotions.model import Claim, ClaimState
from core.proposals.model import Filter
from core.shared.ids import PersonId
from core.shared.refusals import AlreadyDone
from core.wallets.people import Chat, ChatKind, ChatRef, Identity
from core.wallets.settings import Alerts, Settings, Where
from tests.storage.linking import plan_of
from tests.storage.one_person import one_person
from tests.storage.sender import Sender, about
from tests.storage.teller import Teller, booked, open_teller, proven
from tests.storage.test_promotions import asked, claim, promoted, terms
from tests.storage.test_proposals import bid, of

if TYPE_CHECKING:
    from core.store import Store
    from tests.clock import TestClock

TEAM = ChatRef("test", "team")
ANN, BOB = (Target("test", name, direct=True) for name in ("ann", "bob"))


@pytest.fixture
async def ann(store: Store, clock: TestClock) -> Teller:
    teller = await open_teller(store, clock, "ann")
    booked(await teller.buy(100))
    return teller


@pytest.fixture
async def bob(store: Store, clock: TestClock, ann: Teller) -> Teller:
    del ann
    return await open_teller(store, clock, "bob")


async def link(kept: Teller, merged: Teller) -> None:
    assert await kept.store.links.link(await plan_of(kept, merged)) is not None


async def acts(teller: Teller, name: str) -> None:
    await teller.store.people.person(Identity("test", name), name.title())


async def targets(teller: Teller, key: str, by: PersonId | None = None) -> list[Target]:
    """Where a notice about the kept wallet goes."""
    await teller.store.outbox.notify([about(teller.wallet, key)._replace(by=by)], teller.clock.now())
    return [target for target, _, _ in await teller.store.outbox.deliveries(key)]


async def block(teller: Teller, name: str) -> None:
    await teller.store.people.note_unreachable(ChatRef("test", name), ChatKind.PRIVATE, "blocked", teller.clock.now())


class TestAlerts:
    async def test_they_go_to_the_chat_that_was_used_last(self, store: Store, ann: Teller, bob: Teller) -> None:
        await link(ann, bob)
        assert await targets(ann, "first") == [ANN]
        await acts(ann, "bob")
        assert await targets(ann, "second") == [BOB]
        assert await private_chat_of(store.people, bob.person) == (BOB,)
        assert await private_chat_of(store.people, bob.person, known=True) == ()
        await block(ann, "bob")
        assert await targets(ann, "third") == [ANN]
        await block(ann, "ann")
        assert await targets(ann, "fourth") == []

    async def test_or_to_the_platform_that_was_chosen(self, store: Store, clock: TestClock, ann: Teller) -> None:
        person = await store.people.person(Identity("zulu", "there"), "There")
        wallet = await store.people.open_wallet(person.id, Settings())
        await link(ann, Teller(store, clock, wallet.id, person.id))
        settings = await store.people.settings_of(ann.wallet)
        await store.people.save_settings(ann.wallet, replace(settings, alerts=Alerts(platform="zulu")))
        await acts(ann, "ann")
        there = Target("zulu", "there", direct=True)
        assert await targets(ann, "first") == [there]
        assert await private_chat_of(store.people, person.id) == (there,)

    async def test_what_can_no_longer_be_sent_there_goes_to_the_other(
        self, store: Store, clock: TestClock, ann: Teller, bob: Teller
    ) -> None:
        await link(ann, bob)
        assert await targets(ann, "first") == [ANN]
        assert await targets(ann, "second") == [ANN]
        sender = Sender(store, clock)
        await sender.lease()
        (delivery,) = await sender.claim(1)
        await sender.settle(delivery, Unreachable("blocked"))
        for key in ("first", "second"):
            assert await store.outbox.deliveries(key) == ((ANN, State.GONE, "blocked"),)
            assert await store.outbox.deliveries(f"{key}:again") == ((BOB, State.PENDING, ""),)
        await block(ann, "bob")
        assert await store.outbox.deliveries("first:again") == ((BOB, State.GONE, "blocked"),)
        assert await store.outbox.deliveries("first:again:again") == ()

    async def test_whoever_caused_it_has_seen_it_already(self, ann: Teller, bob: Teller) -> None:
        await link(ann, bob)
        assert await targets(ann, "first", by=bob.person) == []
        assert await targets(ann, "second", by=PersonId(99)) == [ANN]

    async def test_those_of_a_group_come_to_one_chat_too(self, store: Store, ann: Teller, bob: Teller) -> None:
        alerts = Alerts(where=Where.PRIVATE, person=bob.person)
        group = replace(ann, wallet=(await store.people.open_wallet(TEAM, Settings(alerts=alerts))).id)
        await store.people.note_member(group.wallet, bob.person, ann.clock.now())
        assert await targets(group, "first") == [BOB]
        await link(ann, bob)
        assert await targets(group, "second") == [ANN]
        await store.people.note_reachable(Chat(ChatRef("test", "bob"), ChatKind.PRIVATE), ann.clock.now())
        assert await private_chat_of(store.people, ann.person, known=True) == (BOB,)


class TestClaims:
    async def test_what_one_was_given_the_other_is_not_given_again(
        self, store: Store, clock: TestClock, ann: Teller, bob: Teller
    ) -> None:
        promotion = await promoted(ann, terms(clock))
        booked(await claim(bob, promotion))
        await link(ann, bob)
        found = await store.promotions.claim_of(promotion.id, ann.person)
        assert found is not None
        assert (found.person, found.state) == (bob.person, ClaimState.GIVEN)
        assert await claim(ann, promotion) == AlreadyDone("promotion", 0)
        assert len(await store.promotions.claims_on(promotion.id)) == 1

    async def test_what_one_asked_for_the_other_does_not_ask_for_again(
        self, store: Store, clock: TestClock, ann: Teller, bob: Teller
    ) -> None:
        promotion = await promoted(ann, terms(clock, approval=True))
        first = await asked(bob, promotion)
        await link(ann, bob)
        again = await asked(ann, promotion)
        assert (again.number, again.person, again.wallet) == (first.number, bob.person, ann.wallet)
        late = Claim(promotion.id, 0, bob.person, bob.wallet, ClaimState.ASKED, clock.now())
        assert await store.promotions.enter(promotion, late) is None  # by whoever they are no more
        booked(await claim(replace(ann, person=bob.person), promotion))
        assert (await store.promotions.claims_on(promotion.id))[0].state is ClaimState.GIVEN

    async def test_what_is_given_after_a_link_is_proven(self, store: Store, clock: TestClock) -> None:
        both = await one_person(store, clock)
        first, second = [Teller(store, clock, one.wallet, one.person) for one in (both.first, both.second)]
        promotion = await promoted(first, terms(clock, approval=True))
        for teller in (second, first):
            await asked(teller, promotion)
        await both.link(Accounts.TWO)
        booked(await claim(replace(first, person=second.person), promotion))
        states = [one.state for one in await store.promotions.claims_on(promotion.id)]
        assert states == [ClaimState.GIVEN, ClaimState.MERGED]
        await proven(store)


async def test_proposals_of_whoever_they_were_are_found(store: Store, ann: Teller, bob: Teller) -> None:
    group = (await store.people.open_wallet(TEAM, Settings())).id
    one, other = replace(ann, wallet=group), replace(bob, wallet=group)
    booked(await one.buy(50))
    for teller in (one, other):
        await store.people.note_member(group, teller.person, ann.clock.now())
        await bid(teller, "Logo", 2)
    assert (await of(one).page(group, Filter(by=ann.person))).total == 1
    await link(ann, bob)
    assert (await of(one).page(group, Filter(by=ann.person))).total == 2
