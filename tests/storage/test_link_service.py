"""Two persons become one, and two again, on every store: with books of one account, of two, or of none."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from core.imports.model import Answers
from core.imports.service import Imports
from core.ledger import rulebook
from core.ledger.model import Receipt
from core.ledger.requests import Request
from core.links.model import Accounts
from core.links.preview import UNANSWERED, BalanceChoice, LinkAnswers
from core.links.service import LinkService
from core.shared.money import Price
from core.shared.refusals import (
    BooksMoved,
    CameWithLink,
    LinkBuiltOn,
    LinkedAlready,
    SamePerson,
    TwoAccountsAlready,
    Unknown,
)
from core.wallets.people import ChatRef, Identity
from core.wallets.settings import Settings
from storage import open_store
from tests.core.freelancer import OpenBooks, booked, freelancer, outcome
from tests.imports.keeper import APPLIED, BOUGHT, page, row, state_of
from tests.storage.one_person import OnePerson, one_person, refused
from tests.storage.teller import proven

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from core.store import Store
    from tests.clock import TestClock


@pytest.fixture
async def both(store: Store, clock: TestClock) -> OnePerson:
    return await one_person(store, clock)


@pytest.fixture
async def quick(clock: TestClock) -> AsyncGenerator[OnePerson]:
    """The same in the reference store alone, for what the service decides by itself."""
    async with open_store("memory://") as store:
        yield await one_person(store, clock)


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


async def test_what_is_on_top_is_named_and_goes_first(quick: OnePerson) -> None:
    done = await quick.link(Accounts.TWO)
    (spend,) = booked(await quick.first.spend(5, "Later")).entries
    top = await quick.links.on_top(done.link)
    assert (top.entries, top.imports, top.links) == ((spend,), (), ())
    assert await refused(quick.unlink(done.link)) == LinkBuiltOn(1, 0, 0)
    booked(await quick.first.undo(spend.number))
    await quick.unlink(done.link)
    await proven(quick.store)


@pytest.mark.parametrize("opened", [False, True])
async def test_somebody_without_books_is_simply_the_other_one(quick: OnePerson, opened: bool) -> None:  # noqa: FBT001 - one of the parameters
    people, first = quick.store.people, quick.first
    new = await people.person(Identity("console", "ann"), "Ann")
    if opened:
        await people.open_wallet(new.id, Settings())
    shown = await quick.links.preview(new.id, first.person)
    assert (shown.accounts, shown.kept.person, shown.ready) == (Accounts.ALONE, first.person, True)
    done = await quick.links.link(new.id, first.person, None, UNANSWERED, stamp=shown.stamp, key="alone")
    assert (done.link.accounts, done.link.closed is not None, done.balance) == (Accounts.ALONE, opened, shown.after)
    await proven(quick.store)
    booked(await first.spend(1))
    assert (await quick.links.on_top(done.link)).nothing
    await quick.links.unlink(new.id, done.link.id, "apart")
    assert (await people.person(Identity("console", "ann"), "Ann")).id == new.id
    await proven(quick.store)


async def test_three_are_taken_apart_in_the_order_in_which_they_came_together(
    quick: OnePerson, clock: TestClock
) -> None:
    first = await quick.link(Accounts.TWO)
    third = await freelancer(quick.first.books, clock, "ann", "console")
    booked(await third.spend(1))
    persons = third.person, quick.second.person
    assert await refused(quick.links.preview(*persons, Accounts.SAME)) == TwoAccountsAlready()
    fourth = (await quick.store.people.person(Identity("test", "ann"), "Ann")).id
    stamp = (await quick.links.preview(fourth, quick.second.person)).stamp
    second = await quick.links.link(fourth, quick.second.person, None, UNANSWERED, stamp=stamp, key="fourth")
    assert second.link.kept == quick.first.person
    assert (await quick.links.on_top(first.link)).links == (second.link,)
    assert await refused(quick.unlink(first.link)) == LinkBuiltOn(0, 0, 1)
    await proven(quick.store)
    await quick.unlink(second.link)
    await quick.unlink(first.link)
    await proven(quick.store)


async def test_who_is_one_already_is_not_linked(quick: OnePerson) -> None:
    one = quick.first.person
    assert await refused(quick.links.preview(one, one)) == SamePerson()
    done = await quick.link(Accounts.TWO)
    assert await refused(quick.preview()) == LinkedAlready()
    stranger = await freelancer(quick.first.books, quick.clock, "bob")
    assert await refused(quick.links.unlink(stranger.person, done.link.id, "x")) == Unknown("link", str(done.link.id))


async def test_only_what_was_shown_is_linked(quick: OnePerson) -> None:
    stamp = (await quick.preview(Accounts.TWO)).stamp
    booked(await quick.second.spend(1))
    persons = quick.second.person, quick.first.person
    stale = quick.links.link(*persons, Accounts.TWO, UNANSWERED, stamp=stamp, key="press")
    assert await refused(stale) == BooksMoved()
    unasked = (await quick.preview()).stamp
    assert await refused(quick.links.link(*persons, None, UNANSWERED, stamp=unasked, key="press")) == BooksMoved()
    assert await quick.links.standing(quick.first.person) == ()
    await proven(quick.store)


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


async def test_a_group_knows_one_person_and_both_again(quick: OnePerson) -> None:
    team = await quick.first.books.open(ChatRef("test", "team"), Settings(), "team", quick.first.person)
    wallet = team.wallet.id
    for one in (quick.first, quick.second):
        await quick.store.people.note_member(wallet, one.person, quick.clock.now())
        await quick.first.books.buy(Request(wallet, f"buy {one.person}", one.person), 20)
    await quick.link(Accounts.TWO)
    assert dict((await quick.store.people.settings_of(wallet)).team.same) == {quick.second.person: quick.first.person}
    (link,) = await quick.links.standing(quick.first.person)
    await proven(quick.store)
    await quick.unlink(link)
    assert (await quick.store.people.settings_of(wallet)).team.same == ()
    await proven(quick.store)


async def test_what_expired_on_both_sides_is_gone(quick: OnePerson) -> None:
    quick.clock.at += timedelta(days=366)
    booked(await quick.first.buy(10))
    shown = await quick.preview(Accounts.TWO)
    assert (shown.kept.balance, shown.merged.balance, shown.after) == (10, 0, 10)
    done = await quick.link(Accounts.TWO)
    assert done.balance == 10
    await proven(quick.store)
    await quick.unlink(done.link)
    await proven(quick.store)


async def test_one_account_is_put_together_as_an_import_would(store: Store, clock: TestClock) -> None:
    """Each of two wallets was given a part of the history, and both have the days in between."""
    books = OpenBooks(store, rulebook.default(), clock)
    first, second = [await freelancer(books, clock, "ann", platform) for platform in ("telegram", "discord")]
    both = OnePerson(store, clock, LinkService(store, books.rulebook, clock), first, second)
    rows = [row(9 - n, APPLIED, -2, f"Job {n}") for n in range(8)] + [row(1, BOUGHT, 40)]
    imports = Imports(store, books.rulebook, clock)
    for one, part in ((first, page(*rows[3:], balance=50, copied=6)), (second, page(*rows[:6], balance=44))):
        stamp = (await imports.preview(one.wallet, [part], Answers(), one.person)).stamp
        await imports.book(one.new_request, [part], Answers(), stamp)
    before = [await one.available() for one in (first, second)]
    shown = await both.preview(Accounts.SAME)
    assert (shown.same, len(shown.taken), shown.doubtful) == (3, 3, ())
    answers = LinkAnswers(BalanceChoice.MERGED) if shown.balances else LinkAnswers()
    done = await both.link(Accounts.SAME, answers)
    assert done.balance == 44
    await proven(store)
    again = await imports.preview(first.wallet, [page(*rows, balance=44)], Answers(), first.person)
    assert (again.new, again.known, again.after) == (0, 9, 44)
    came = (await store.ledger.batches(first.wallet))[1].number
    assert await refused(imports.undo(first.new_request, came)) == CameWithLink(came)
    await both.unlink(done.link)
    assert [await one.available() for one in (first, second)] == before
    await proven(store)


@pytest.mark.parametrize("accounts", [Accounts.SAME, Accounts.TWO])
async def test_a_price_of_what_was_undone_is_no_fact(both: OnePerson, accounts: Accounts) -> None:
    other = both.second
    number = booked(await other.buy(30)).entries[-1].number
    booked(await outcome(other.books.amend(other.new_request, {number: Price(500, 0, "USD")})))
    booked(await other.undo(number))
    link = (await both.link(accounts, LinkAnswers(BalanceChoice.TOGETHER, same=True))).link
    await proven(both.store)
    await both.unlink(link)
    await proven(both.store)


async def test_an_unused_wallet_is_put_to_books_of_two_accounts(both: OnePerson) -> None:
    await both.link(Accounts.TWO)
    available = await both.first.available()
    books = OpenBooks(both.store, rulebook.default(), both.clock)
    third, fourth = [await freelancer(books, both.clock, "ann", platform) for platform in ("console", "desk")]
    booked(await fourth.spend(1))
    people = third.person, both.first.person
    shown = await both.links.preview(*people)
    assert (shown.accounts, shown.ready, shown.after) == (Accounts.SAME, True, available)
    link = (await both.links.link(*people, None, UNANSWERED, stamp=shown.stamp, key="third")).link
    assert (link.kept, await both.first.available()) == (both.first.person, available)
    await proven(both.store)
    assert await refused(both.links.preview(fourth.person, third.person)) == TwoAccountsAlready()
    await both.unlink(link)
    assert [await one.available() for one in (both.first, third)] == [available, 20]
    await proven(both.store)


async def test_what_a_later_link_replaced_comes_back_and_goes_with_the_one_that_booked_it(quick: OnePerson) -> None:
    """Connects of which only their use is known are derived; a third wallet knows where they came from."""
    one, other, third = [await freelancer(quick.first.books, quick.clock, f"zoe{number}") for number in range(3)]
    booked(await third.buy(40))
    for spender, title in ((one, "Logo"), (other, "Shop")):
        quick.clock.pass_(hours=1)
        booked(await spender.spend(20, title))
    before = state_of(await quick.store.ledger.record(one.wallet))
    links = []
    for number, more in enumerate((other, third)):
        people, answers = (one.person, more.person), LinkAnswers(BalanceChoice.TOGETHER, same=True)
        shown = await quick.links.preview(*people, Accounts.SAME, answers)
        assert (shown.derived > 0) is (more is other)
        asked = Accounts.SAME, answers
        links.append((await quick.links.link(*people, *asked, stamp=shown.stamp, key=f"link {number}")).link)
    for link in reversed(links):
        assert (await quick.links.on_top(link)).nothing
        await quick.links.unlink(one.person, link.id, f"apart {link.id}")
        await proven(quick.store)
    assert state_of(await quick.store.ledger.record(one.wallet)) == before
    assert await one.available() == 0
