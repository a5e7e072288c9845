"""What every store promises about links between persons: whole or not at all, and back again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from core.ledger.model import Kind
from core.links.model import Accounts, BooksState, Link, LinkedBooks
from core.shared.refusals import RefusedError, Unknown
from core.wallets.people import ChatRef, Identity, Person, Wallet
from core.wallets.ports import daily_review_name
from core.wallets.settings import Settings
from core.wallets.team import TeamSettings
from storage.errors import UnfitChangeError
from tests.storage.importing import Seen, import_rows
from tests.storage.linking import plan_of, planned, undo_of
from tests.storage.teller import Teller, booked, open_teller, proven

if TYPE_CHECKING:
    from core.links.model import LinkPlan
    from core.store import Store
    from tests.clock import TestClock

TEAM = ChatRef("telegram", "-100")
ANN, BOB, EVE = (Identity("test", name) for name in ("ann", "bob", "eve"))


@pytest.fixture
async def ann(store: Store, clock: TestClock) -> Teller:
    """She opened her wallet first, and holds 85 Connects."""
    teller = await open_teller(store, clock, "ann")
    booked(await teller.buy(100))
    booked(await teller.spend(15))
    return teller


@pytest.fixture
async def bob(store: Store, clock: TestClock, ann: Teller) -> Teller:
    """He is Ann as well, and holds 32 Connects."""
    del ann
    teller = await open_teller(store, clock, "bob")
    booked(await teller.buy(40))
    booked(await teller.spend(8))
    return teller


async def linked(kept: Teller, merged: Teller, key: str = "pressed") -> Link:
    link = await kept.store.links.link(await plan_of(kept, merged, key))
    assert link is not None
    return link


async def unlinked(store: Store, clock: TestClock, link: Link) -> Link:
    undone = await store.links.unlink(await undo_of(store, clock, link))
    assert undone is not None
    assert undone.undone is not None
    return undone


async def everything(store: Store, *tellers: Teller) -> list[object]:
    """All that a link may change, to be compared."""
    persons = [teller.person for teller in tellers]
    found: list[object] = [await store.people.standing_for(persons), await store.people.names(persons)]
    for teller in tellers:
        found += [
            await store.ledger.record(teller.wallet),
            await store.people.settings_of(teller.wallet),
            await store.people.identities(teller.person),
            await store.people.wallet_of(teller.person),
            await store.links.links_of(teller.person),
        ]
    return [*found, await store.subscriptions.subscribers()]


class TestPersons:
    async def test_whoever_is_looked_up_is_the_one_who_stands(self, store: Store, ann: Teller, bob: Teller) -> None:
        await linked(ann, bob)
        people = store.people
        assert await people.person(BOB, "Bob") == Person(ann.person, "Ann")
        assert await people.person(BOB, "Robert") == Person(ann.person, "Ann")
        assert await people.names([ann.person, bob.person]) == {ann.person: "Ann", bob.person: "Ann"}
        assert await people.standing_for([ann.person, bob.person]) == {bob.person: ann.person}
        assert await people.same_as(bob.person) == (ann.person, bob.person)
        own = await people.wallet_of(ann.person)
        assert own == Wallet(ann.wallet, Settings(team=TeamSettings(same=((bob.person, ann.person),))))
        assert await people.wallet_of(bob.person) == own
        assert await people.open_wallet(bob.person, Settings(zone="Asia/Tokyo")) == own
        assert await people.person(ANN, "Anna") == Person(ann.person, "Anna")
        assert await people.names([bob.person]) == {bob.person: "Anna"}

    async def test_the_identity_that_was_used_last_comes_first(self, store: Store, ann: Teller, bob: Teller) -> None:
        people = store.people
        await people.person(BOB, "Bob")
        assert await people.identities(ann.person) == (ANN,)
        await linked(ann, bob)
        assert await people.identities(bob.person) == (ANN, BOB)
        await people.person(BOB, "Bob")
        assert await people.identities(ann.person) == await people.identities(bob.person) == (BOB, ANN)
        await people.person(ANN, "Ann")
        assert await people.identities(ann.person) == (ANN, BOB)

    async def test_links_follow_each_other_and_stay_flat(
        self, store: Store, clock: TestClock, ann: Teller, bob: Teller
    ) -> None:
        eve = await open_teller(store, clock, "eve")
        first = await linked(bob, eve, "first")
        second = await linked(ann, bob, "second")
        assert second.persons == (bob.person, eve.person)
        assert await store.people.same_as(eve.person) == (ann.person, bob.person, eve.person)
        assert await store.people.person(EVE, "Eve") == Person(ann.person, "Ann")
        assert await store.people.identities(bob.person) == (EVE, ANN, BOB)
        assert await store.links.links_of(eve.person) == (first, second)
        assert await store.links.unlink(await undo_of(store, clock, first)) is None  # the later one goes first
        await unlinked(store, clock, second)
        assert await store.people.same_as(eve.person) == (bob.person, eve.person)
        assert await store.people.identities(eve.person) == (BOB, EVE)
        await unlinked(store, clock, first)
        assert await store.people.same_as(eve.person) == (eve.person,)
        assert await store.people.identities(eve.person) == (EVE,)
        assert [link.undone is None for link in await store.links.links_of(bob.person)] == [False, False]

    async def test_people_without_books_are_linked_too(self, store: Store, clock: TestClock) -> None:
        one, other = await store.people.person(ANN, "Ann"), await store.people.person(BOB, "Bob")
        link = await store.links.link(await planned(store, clock, one.id, other.id))
        assert link is not None
        assert (link.accounts, link.books, link.closed) == (Accounts.ALONE, None, None)
        wallet = await store.people.open_wallet(other.id, Settings())
        assert await store.people.wallet_of(one.id) == wallet
        await unlinked(store, clock, link)
        assert await store.people.wallet_of(one.id) == wallet
        assert await store.people.wallet_of(other.id) is None

    async def test_a_group_counts_both_as_one_member(
        self, store: Store, clock: TestClock, ann: Teller, bob: Teller
    ) -> None:
        team = (await store.people.open_wallet(TEAM, Settings())).id
        for person in (ann.person, bob.person):
            await store.people.note_member(team, person, clock.now())
        link = await linked(ann, bob)
        assert await store.people.members(team) == (ann.person,)
        await unlinked(store, clock, link)
        assert await store.people.members(team) == (ann.person, bob.person)


class TestBooks:
    async def test_both_books_are_written_and_one_is_closed(self, store: Store, ann: Teller, bob: Teller) -> None:
        link = await linked(ann, bob)
        kept, closed = await store.ledger.record(ann.wallet), await store.ledger.record(bob.wallet)
        assert (kept.head.balance, closed.head.balance) == (117, 0)
        assert (link.books, link.closed) == (
            (ann.wallet, (2, 0, 85), (4, 1, 117)),
            (bob.wallet, (2, 0, 32), (3, 0, 0)),
        )
        assert [entry.kind for entry in closed.entries] == [Kind.PURCHASE, Kind.SPEND, Kind.ADJUSTMENT]
        assert await store.links.links_of(bob.person) == await store.links.links_of(ann.person) == (link,)
        assert (await proven(store)).entries == 7
        booked(await ann.spend(100))
        assert await ann.balance() == 17

    async def test_nothing_is_booked_in_a_closed_wallet(
        self, store: Store, clock: TestClock, ann: Teller, bob: Teller
    ) -> None:
        """Not even an expiry, nor a setting; but everything can be read."""
        first = booked(await bob.spend(1, "first"))
        await linked(ann, bob)
        assert await bob.spend(1) == Unknown("wallet", str(bob.wallet))
        assert booked(await bob.spend(1, "first")).entries == first.entries  # it was booked before
        with pytest.raises(RefusedError):
            await store.people.save_settings(bob.wallet, Settings(threshold=5))
        with pytest.raises(RefusedError):
            await store.people.replace_settings(bob.wallet, Settings(), Settings(threshold=5))
        far = clock.now() + timedelta(days=1000)
        assert await store.ledger.lapsed(far, 9) == (ann.wallet,)
        assert {one.wallet for one in await store.ledger.expiring(clock.now(), far, 9)} == {ann.wallet}
        assert len(await store.ledger.history(bob.wallet, None, 9)) == 4
        assert await bob.balance() == 0

    async def test_an_undo_brings_everything_back(
        self, store: Store, clock: TestClock, ann: Teller, bob: Teller
    ) -> None:
        link = await linked(ann, bob)
        await unlinked(store, clock, link)
        assert (await ann.balance(), await bob.balance()) == (85, 32)
        booked(await bob.spend(2))
        booked(await ann.spend(5))
        await proven(store)
        again = await linked(ann, bob, "again")
        assert again.id > link.id
        assert await ann.balance() == 110

    async def test_the_same_key_links_and_unlinks_once(
        self, store: Store, clock: TestClock, ann: Teller, bob: Teller
    ) -> None:
        plan = await plan_of(ann, bob)
        first = await store.links.link(plan)
        assert await store.links.link(plan) == first is not None
        undo = await undo_of(store, clock, first)
        undone = await store.links.unlink(undo)
        assert await store.links.unlink(undo) == undone
        assert await store.links.link(plan) == undone  # a late retry does not link again
        assert await store.people.standing_for([bob.person]) == {}

    async def test_an_empty_wallet_is_only_closed(self, store: Store, clock: TestClock, ann: Teller) -> None:
        eve = await open_teller(store, clock, "eve")
        link = await linked(ann, eve)
        assert link.closed == (eve.wallet, (0, 0, 0), (0, 0, 0))
        assert await eve.buy(5) == Unknown("wallet", str(eve.wallet))
        await unlinked(store, clock, link)
        booked(await eve.buy(5))

    async def test_the_budget_is_counted_and_one_daily_review_is_left(
        self, store: Store, clock: TestClock, ann: Teller, bob: Teller
    ) -> None:
        morning = clock.now() + timedelta(hours=12)
        await store.people.save_settings(ann.wallet, Settings(budget=200))
        for teller in (ann, bob):
            await store.people.open_wallet(teller.person, Settings(), morning)
        link = await linked(ann, bob)
        budget = (await store.ledger.holding(ann.wallet)).budget
        assert budget is not None
        assert budget.spent == 23
        due = [task.name for task in await store.tasks.due_by(morning, 9)]
        assert due == [daily_review_name(ann.wallet)]
        await unlinked(store, clock, link)
        assert (await store.ledger.holding(ann.wallet)).budget == budget._replace(spent=15)
        due = [task.name for task in await store.tasks.due_by(morning, 9)]
        assert due == [daily_review_name(ann.wallet), daily_review_name(bob.wallet)]


class TestNoLongerThose:
    """A plan is written only where it was made for."""

    async def refuse(self, store: Store, plan: LinkPlan, *tellers: Teller) -> None:
        before = await everything(store, *tellers)
        assert await store.links.link(plan) is None
        assert await everything(store, *tellers) == before

    async def test_the_books_have_moved(self, store: Store, ann: Teller, bob: Teller) -> None:
        for teller in (ann, bob):
            plan = await plan_of(ann, bob)
            booked(await teller.spend(1))
            await self.refuse(store, plan, ann, bob)
            plan = await plan_of(ann, bob)
            booked(await import_rows(teller, Seen(9, "Gift", day=223), key=f"import {teller.wallet}"))
            await self.refuse(store, plan, ann, bob)
        assert await store.links.link(await plan_of(ann, bob)) is not None

    async def test_the_persons_are_others(self, store: Store, clock: TestClock, ann: Teller, bob: Teller) -> None:
        eve = await open_teller(store, clock, "eve")
        plans = [await plan_of(ann, bob, "one"), await plan_of(bob, ann, "two"), await plan_of(bob, eve, "three")]
        await linked(ann, bob)
        for plan in plans:
            await self.refuse(store, plan, ann, bob, eve)

    async def test_one_of_them_has_opened_a_wallet(self, store: Store, clock: TestClock, ann: Teller) -> None:
        eve = (await store.people.person(EVE, "Eve")).id
        plan = await planned(store, clock, ann.person, eve)
        books = LinkedBooks(ann.wallet, BooksState(2, 0, 85), BooksState(2, 0, 85))
        plan = plan._replace(link=plan.link._replace(books=books))
        await self.refuse(store, plan, ann, await open_teller(store, clock, "eve"))

    async def test_the_settings_are_others(self, store: Store, clock: TestClock, ann: Teller, bob: Teller) -> None:
        await store.people.save_settings(bob.wallet, Settings(threshold=20))
        team = (await store.people.open_wallet(TEAM, Settings())).id
        plan = await plan_of(ann, bob)
        await store.people.save_settings(ann.wallet, Settings(quiet="off"))
        await self.refuse(store, plan, ann, bob)
        plan = await plan_of(ann, bob)
        await store.people.note_member(team, bob.person, clock.now())  # the group's settings would have to change
        await self.refuse(store, plan, ann, bob)
        assert await store.links.link(await plan_of(ann, bob)) is not None

    async def test_a_step_that_does_not_fit_leaves_nothing(self, store: Store, ann: Teller, bob: Teller) -> None:
        """It fails in the middle: the first steps are sound, the closing is not."""
        booked(await ann.spend(1, "taken"))
        before, plan = await everything(store, ann, bob), await plan_of(ann, bob)
        *steps, last = plan.steps
        entry = replace(last.change.entries[-1], key="taken")
        wrong = last._replace(key="taken", change=last.change._replace(entries=(entry,)))
        with pytest.raises(UnfitChangeError):
            await store.links.link(plan._replace(steps=(*steps, wrong)))
        assert await everything(store, ann, bob) == before
        off = plan.link.books
        assert off is not None
        late = plan._replace(link=plan.link._replace(books=off._replace(after=off.before)))
        with pytest.raises(UnfitChangeError):
            await store.links.link(late)
        assert await everything(store, ann, bob) == before
        booked(await bob.spend(1))
        await proven(store)

    async def test_what_was_booked_on_top_keeps_the_link(
        self, store: Store, clock: TestClock, ann: Teller, bob: Teller
    ) -> None:
        link = await linked(ann, bob)
        undo = await undo_of(store, clock, link)
        booked(await ann.spend(1))
        before = await everything(store, ann, bob)
        assert await store.links.unlink(undo) is None
        assert await everything(store, ann, bob) == before
