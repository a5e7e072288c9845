"""What follows a person on every store when two become one, and goes back when they part."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from core.delivery.notice import Subscription, Target
from core.promotions.model import Claim, ClaimState
from core.wallets.people import ChatRef
from core.wallets.settings import Alerts, Settings, Where
from core.wallets.team import Limit, Period, Role, TeamSettings
from tests.storage.linking import plan_of, undo_of
from tests.storage.teller import Teller, booked, open_teller
from tests.storage.test_promotions import claim, promoted, terms

if TYPE_CHECKING:
    from core.links.model import Link
    from core.promotions.model import Promotion
    from core.store import Store
    from tests.clock import TestClock

TEAM = ChatRef("telegram", "-100")


@pytest.fixture
async def ann(store: Store, clock: TestClock) -> Teller:
    teller = await open_teller(store, clock, "ann")
    booked(await teller.buy(100))
    return teller


@pytest.fixture
async def bob(store: Store, clock: TestClock, ann: Teller) -> Teller:
    del ann
    teller = await open_teller(store, clock, "bob")
    booked(await teller.buy(40))
    return teller


async def linked(kept: Teller, merged: Teller) -> Link:
    link = await kept.store.links.link(await plan_of(kept, merged))
    assert link is not None
    return link


async def part(teller: Teller, link: Link) -> None:
    assert await teller.store.links.unlink(await undo_of(teller.store, teller.clock, link)) is not None


class TestSettings:
    async def test_those_of_groups_name_one_person_and_go_back(self, store: Store, ann: Teller, bob: Teller) -> None:
        limits = (Limit(1, 30, Period.DAY, bob.person), Limit(2, 40, Period.WEEK))
        shared = Settings(
            alerts=Alerts(where=Where.PRIVATE, person=bob.person),
            team=TeamSettings(((bob.person, Role.MANAGER),), limits=limits, made=2),
        )
        team = (await store.people.open_wallet(TEAM, shared)).id
        await store.people.open_wallet(ChatRef("discord", "7"), Settings())  # nobody is known there
        assert [wallet.id for wallet in await store.links.groups_with([bob.person])] == [team]
        assert await store.links.groups_with([ann.person]) == ()
        link = await linked(ann, bob)
        now = await store.people.settings_of(team)
        assert now.team.roles == ((ann.person, Role.MANAGER),)
        assert now.team.same == ((bob.person, ann.person),)
        assert (now.alerts.person, now.team.limits[0].person) == (ann.person, ann.person)
        assert {one.wallet for one in link.settings} == {ann.wallet, team}
        await part(ann, link)
        assert await store.people.settings_of(team) == shared

    async def test_what_was_spent_of_limits_is_counted_again(
        self, store: Store, clock: TestClock, ann: Teller, bob: Teller
    ) -> None:
        team = (await store.people.open_wallet(TEAM, Settings())).id
        each = TeamSettings(limits=(Limit(1, 30, Period.DAY, each=True),), made=1)
        await store.people.save_settings(team, Settings(team=each))
        for teller, connects in ((ann, 3), (bob, 4)):
            await store.people.note_member(team, teller.person, clock.now())
            there = replace(teller, wallet=team)
            booked(await there.buy(10, key=f"buy {connects}"))
            booked(await there.spend(connects, f"spend {connects}"))
        link = await linked(ann, bob)
        limits = (await store.ledger.holding(team)).limits
        assert limits is not None
        assert list(limits.spent.values()) == [7]
        await part(ann, link)
        assert (await store.people.settings_of(team)).team == each

    async def test_the_own_ones_are_taken_over_where_nothing_was_chosen(
        self, store: Store, ann: Teller, bob: Teller
    ) -> None:
        await store.people.save_settings(ann.wallet, Settings(zone="Europe/Kyiv"))
        await store.people.save_settings(bob.wallet, Settings(zone="Asia/Tokyo", threshold=20, quiet="22-7"))
        link = await linked(ann, bob)
        now = await store.people.settings_of(ann.wallet)
        assert (now.zone, now.threshold, now.quiet) == ("Europe/Kyiv", 20, "22-7")
        await part(ann, link)
        assert await store.people.settings_of(ann.wallet) == Settings(zone="Europe/Kyiv")
        assert (await store.people.settings_of(bob.wallet)).zone == "Asia/Tokyo"

    async def test_what_was_changed_since_stays(self, store: Store, ann: Teller, bob: Teller) -> None:
        await store.people.save_settings(bob.wallet, Settings(threshold=20))
        link = await linked(ann, bob)
        now = await store.people.settings_of(ann.wallet)
        await store.people.save_settings(ann.wallet, replace(now, threshold=30))
        undo = await undo_of(store, ann.clock, link)
        await store.people.save_settings(ann.wallet, replace(now, threshold=31))
        assert await store.links.unlink(undo) is None  # planned for other settings
        await part(ann, link)
        assert (await store.people.settings_of(ann.wallet)).threshold == 31


class TestSubscriptions:
    async def test_both_become_one_with_the_tags_of_both(
        self, store: Store, clock: TestClock, ann: Teller, bob: Teller
    ) -> None:
        before = []
        for teller, name, tag in ((ann, "ann", "design"), (bob, "bob", "news")):
            one = Subscription(Target("test", name, direct=True), clock.now(), teller.person, name, tags=(tag,))
            await store.subscriptions.subscribe(one)
            before.append(one)
        link = await linked(ann, bob)
        (left,) = await store.subscriptions.subscribers()
        assert (left.target.chat, set(left.tags)) == ("ann", {"design", "news"})
        assert link.subscribed is not None
        assert link.subscribed.before == tuple(before)
        assert (await store.links.links_of(bob.person))[0] == link
        await part(ann, link)
        assert await store.subscriptions.subscribers() == tuple(before)


class TestClaims:
    @pytest.fixture
    async def asked(self, store: Store, clock: TestClock, ann: Teller, bob: Teller) -> Promotion:
        """Both wait for an operator."""
        promotion = await promoted(ann, terms(clock, approval=True))
        for teller in (bob, ann):
            asks = Claim(promotion.id, 0, teller.person, teller.wallet, ClaimState.ASKED, clock.now())
            assert await store.promotions.enter(promotion, asks) is not None
        return promotion

    async def test_open_ones_fall_to_one_that_goes_to_the_kept_wallet(
        self, store: Store, ann: Teller, bob: Teller, asked: Promotion
    ) -> None:
        before = await store.promotions.claims_on(asked.id)
        link = await linked(ann, bob)
        first, second = await store.promotions.claims_on(asked.id)
        assert (first.person, first.wallet, first.state) == (bob.person, ann.wallet, ClaimState.ASKED)
        assert (second.person, second.state) == (ann.person, ClaimState.MERGED)
        assert (await store.links.links_of(ann.person))[0].claims == link.claims
        await part(ann, link)
        assert await store.promotions.claims_on(asked.id) == before

    async def test_what_was_decided_meanwhile_stays_decided(
        self, store: Store, clock: TestClock, ann: Teller, bob: Teller, asked: Promotion
    ) -> None:
        link = await linked(ann, bob)
        first, _ = await store.promotions.claims_on(asked.id)
        assert await store.promotions.settle_claim(first, ClaimState.REFUSED, (), clock.now())
        await part(ann, link)
        states = [one.state for one in await store.promotions.claims_on(asked.id)]
        assert states == [ClaimState.REFUSED, ClaimState.ASKED]

    async def test_what_both_were_given_stays(self, store: Store, clock: TestClock, ann: Teller, bob: Teller) -> None:
        promotion = await promoted(ann, terms(clock))
        for teller in (ann, bob):
            booked(await claim(teller, promotion))
        link = await linked(ann, bob)
        assert link.claims == ()
        assert {one.state for one in await store.promotions.claims_on(promotion.id)} == {ClaimState.GIVEN}
        assert await ann.balance() == 180
