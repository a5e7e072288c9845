"""Who was linked and parted again is forgotten alone: nothing of theirs is left in the other's books, which stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.ledger.erased.keys import is_erased_key
from core.links.model import Accounts
from core.links.preview import BalanceChoice, LinkAnswers
from tests.core.freelancer import freelancer
from tests.storage.importing import Seen, import_rows
from tests.storage.one_person import OnePerson, one_person
from tests.storage.teller import Teller, booked, proven

if TYPE_CHECKING:
    from core.shared.ids import WalletId
    from core.store import Store
    from tests.clock import TestClock

TOGETHER = LinkAnswers(BalanceChoice.TOGETHER, same=False)


async def parted(store: Store, clock: TestClock, accounts: Accounts) -> OnePerson:
    """Both have a page, the words on which are theirs alone."""
    both = await one_person(store, clock)
    for one, title, job in ((both.first, "Firstpage", "~a"), (both.second, "Secondpage", "~b")):
        teller = Teller(store, clock, one.wallet, one.person)
        rows = Seen(5, day=300), Seen(-3, title, day=301, job=job, member="Annmember")
        booked(await import_rows(teller, *rows, key=title))
    link = (await both.link(accounts, TOGETHER)).link
    await both.unlink(link)
    return both


async def words(store: Store, wallet: WalletId) -> set[str]:
    record = await store.ledger.record(wallet)
    rows = {word for batch in record.batches for row in batch.sightings for word in (row.title, row.member or "")}
    return rows | {entry.memo for entry in record.entries}


@pytest.mark.parametrize("accounts", [Accounts.SAME, Accounts.TWO])
async def test_the_words_that_a_link_took_over_go(store: Store, clock: TestClock, accounts: Accounts) -> None:
    both = await parted(store, clock, accounts)
    assert {"Secondpage", "Shop"} <= await words(store, both.first.wallet)
    before = await proven(store)
    gone = await store.forgetting.forget(both.second.person, clock.now())
    assert gone.in_groups == 0
    left = await words(store, both.first.wallet)
    assert {"Firstpage", "Logo"} <= left
    assert left.isdisjoint({"Secondpage", "Shop"})
    assert await words(store, both.second.wallet) == {""}
    assert (await proven(store)).fingerprint == before.fingerprint


@pytest.mark.parametrize("accounts", [Accounts.SAME, Accounts.TWO])
async def test_the_other_keeps_books_that_are_proven(store: Store, clock: TestClock, accounts: Accounts) -> None:
    both = await parted(store, clock, accounts)
    before = await words(store, both.second.wallet)
    gone = await store.forgetting.forget(both.first.person, clock.now())
    assert gone.in_groups == 0
    assert await words(store, both.first.wallet) == {""}
    assert await words(store, both.second.wallet) == before
    (link,) = await store.links.links_of(both.second.person)
    assert is_erased_key(link.key)
    await proven(store)
    booked(await both.second.spend(1, "Later"))
    await store.forgetting.forget(both.second.person, clock.now())
    assert await words(store, both.second.wallet) == {""}
    await proven(store)


async def test_whoever_confirmed_a_link_of_others_is_forgotten_without_its_key(store: Store, clock: TestClock) -> None:
    both = await one_person(store, clock)
    third = await freelancer(both.first.books, clock, "zoe")
    first, second = both.first.person, both.second.person
    links = []
    for number, other in enumerate((second, third.person), 1):
        one = first if number == 1 else second  # who is the first one by then, and confirms the link with the third
        shown = await both.links.preview(one, other, Accounts.SAME, TOGETHER)
        done = await both.links.link(one, other, Accounts.SAME, TOGETHER, stamp=shown.stamp, key=f"link:{number}")
        links.append(done.link.id)
    for link in reversed(links):
        await both.links.unlink(first, link, f"apart {link}")
    await store.forgetting.forget(second, clock.now())
    await proven(store)
