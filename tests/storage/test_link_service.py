"""Two persons become one, and two again, on every store: with books of one account, of two, or of none."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from core.ledger.model import Receipt
from core.ledger.requests import Request
from core.links.model import Accounts
from core.links.preview import UNANSWERED
from core.shared.refusals import (
    BooksMoved,
    LinkBuiltOn,
    LinkedAlready,
    SamePerson,
    TwoAccountsAlready,
    Unknown,
)
from core.wallets.people import ChatRef, Identity
from core.wallets.settings import Settings
from tests.core.freelancer import booked, freelancer, outcome
from tests.storage.one_person import OnePerson, one_person, refused
from tests.storage.teller import proven

if TYPE_CHECKING:
    from core.store import Store
    from tests.clock import TestClock


@pytest.fixture
async def both(store: Store, clock: TestClock) -> OnePerson:
    return await one_person(store, clock)


async def test_two_accounts_stand_beside_each_other_and_come_apart_again(both: OnePerson) -> None:
    before = [await one.available() for one in (both.first, both.second)]
    assert (await both.preview()).accounts is None
    assert not (await both.preview()).ready
    shown = await both.preview(Accounts.TWO)
    assert (shown.kept.person, shown.merged.person) == (both.first.person, both.second.person)
    assert [shown.kept.balance, shown.merged.balance, shown.after] == [*before, sum(before)]
    done = await both.link(Accounts.TWO)
    assert (done.balance, done.replayed) == (sum(before), False)
    assert await both.now() == (both.first.person, both.first.person)
    assert (await proven(both.store)).links == 1
    assert await both.links.standing(both.second.person) == (done.link,)
    assert (await both.links.on_top(done.link)).nothing
    assert await refused(both.second.books.spend(both.second.new_request, 1)) == Unknown(
        "wallet", str(both.second.wallet)
    )
    undone = await both.unlink(done.link)
    assert [undone.kept, undone.merged] == before
    assert await both.now() == (both.first.person, both.second.person)
    assert (await proven(both.store)).links == 1
    assert await both.links.standing(both.second.person) == ()
    booked(await both.second.spend(1))
    assert (await both.unlink(undone.link)).replayed


async def test_what_is_on_top_is_named_and_goes_first(both: OnePerson) -> None:
    done = await both.link(Accounts.TWO)
    (spend,) = booked(await both.first.spend(5, "Later")).entries
    top = await both.links.on_top(done.link)
    assert (top.entries, top.imports, top.links) == ((spend,), (), ())
    assert await refused(both.unlink(done.link)) == LinkBuiltOn(1, 0, 0)
    booked(await both.first.undo(spend.number))
    await both.unlink(done.link)
    await proven(both.store)


@pytest.mark.parametrize("opened", [False, True])
async def test_somebody_without_books_is_simply_the_other_one(store: Store, clock: TestClock, opened: bool) -> None:  # noqa: FBT001 - one of the parameters
    both = await one_person(store, clock)
    new = await store.people.person(Identity("console", "ann"), "Ann")
    if opened:
        await store.people.open_wallet(new.id, Settings())
    shown = await both.links.preview(new.id, both.first.person)
    assert (shown.accounts, shown.kept.person, shown.ready) == (Accounts.ALONE, both.first.person, True)
    done = await both.links.link(new.id, both.first.person, None, UNANSWERED, stamp=shown.stamp, key="alone")
    assert (done.link.accounts, done.link.closed is not None, done.balance) == (Accounts.ALONE, opened, shown.after)
    await proven(store)
    booked(await both.first.spend(1))
    assert (await both.links.on_top(done.link)).nothing
    await both.links.unlink(new.id, done.link.id, "apart")
    assert (await store.people.person(Identity("console", "ann"), "Ann")).id == new.id
    await proven(store)


async def test_three_are_taken_apart_in_the_order_in_which_they_came_together(
    both: OnePerson, clock: TestClock
) -> None:
    first = await both.link(Accounts.TWO)
    third = await freelancer(both.first.books, clock, "ann", "console")
    persons = third.person, both.second.person
    assert await refused(both.links.preview(*persons, Accounts.SAME)) == TwoAccountsAlready()
    fourth = (await both.store.people.person(Identity("test", "ann"), "Ann")).id
    stamp = (await both.links.preview(fourth, both.second.person)).stamp
    second = await both.links.link(fourth, both.second.person, None, UNANSWERED, stamp=stamp, key="fourth")
    assert second.link.kept == both.first.person
    assert (await both.links.on_top(first.link)).links == (second.link,)
    assert await refused(both.unlink(first.link)) == LinkBuiltOn(0, 0, 1)
    await proven(both.store)
    await both.unlink(second.link)
    await both.unlink(first.link)
    await proven(both.store)


async def test_who_is_one_already_is_not_linked(both: OnePerson) -> None:
    one = both.first.person
    assert await refused(both.links.preview(one, one)) == SamePerson()
    done = await both.link(Accounts.TWO)
    assert await refused(both.preview()) == LinkedAlready()
    stranger = await freelancer(both.first.books, both.clock, "bob")
    assert await refused(both.links.unlink(stranger.person, done.link.id, "x")) == Unknown("link", str(done.link.id))


async def test_only_what_was_shown_is_linked(both: OnePerson) -> None:
    stamp = (await both.preview(Accounts.TWO)).stamp
    booked(await both.second.spend(1))
    persons = both.second.person, both.first.person
    stale = both.links.link(*persons, Accounts.TWO, UNANSWERED, stamp=stamp, key="press")
    assert await refused(stale) == BooksMoved()
    unasked = (await both.preview()).stamp
    assert await refused(both.links.link(*persons, None, UNANSWERED, stamp=unasked, key="press")) == BooksMoved()
    assert await both.links.standing(both.first.person) == ()
    await proven(both.store)


async def test_the_same_press_links_and_unlinks_once(both: OnePerson) -> None:
    done = await asyncio.gather(*(both.link(Accounts.TWO, key="press") for _ in range(3)), return_exceptions=True)
    links = {one.link for one in done if not isinstance(one, BaseException)}
    assert len(links) == 1
    (link,) = links
    stamp, persons = "whatever it was", (both.second.person, both.first.person)
    again = await both.links.link(*persons, Accounts.TWO, UNANSWERED, stamp=stamp, key="press")
    assert (again.link, again.replayed) == (link, True)
    apart = await asyncio.gather(*(both.links.unlink(both.first.person, link.id, "apart") for _ in range(3)))
    assert len({one.link for one in apart}) == 1
    await proven(both.store)


async def test_a_spend_during_a_link_is_in_the_books_or_refused(both: OnePerson) -> None:
    spending = outcome(both.second.books.spend(Request(both.second.wallet, "race", both.second.person), 2))
    before = sum([await one.available() for one in (both.first, both.second)])
    linked, spent = await asyncio.gather(both.link(Accounts.TWO), spending, return_exceptions=True)
    await proven(both.store)
    if isinstance(linked, BaseException):
        assert isinstance(spent, Receipt)
        linked = await both.link(Accounts.TWO)
    else:
        assert isinstance(spent, Receipt) or spent == Unknown("wallet", str(both.second.wallet))
    assert linked.balance == before - (2 if isinstance(spent, Receipt) else 0)
    await proven(both.store)


async def test_a_group_knows_one_person_and_both_again(both: OnePerson) -> None:
    team = await both.first.books.open(ChatRef("test", "team"), Settings(), "team", both.first.person)
    wallet = team.wallet.id
    for one in (both.first, both.second):
        await both.store.people.note_member(wallet, one.person, both.clock.now())
        await both.first.books.buy(Request(wallet, f"buy {one.person}", one.person), 20)
    await both.link(Accounts.TWO)
    assert dict((await both.store.people.settings_of(wallet)).team.same) == {both.second.person: both.first.person}
    (link,) = await both.links.standing(both.first.person)
    await proven(both.store)
    await both.unlink(link)
    assert (await both.store.people.settings_of(wallet)).team.same == ()
    await proven(both.store)


async def test_what_expired_on_both_sides_is_gone(both: OnePerson) -> None:
    both.clock.at += timedelta(days=366)
    booked(await both.first.buy(10))
    shown = await both.preview(Accounts.TWO)
    assert (shown.kept.balance, shown.merged.balance, shown.after) == (10, 0, 10)
    done = await both.link(Accounts.TWO)
    assert done.balance == 10
    await proven(both.store)
    await both.unlink(done.link)
    await proven(both.store)
