"""Links that race with each other, with bookings and with a process that is killed: all of it, or nothing."""

from __future__ import annotations

import asyncio
import sys
from asyncio import create_subprocess_exec, subprocess
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

import pytest

from core.ledger.model import Receipt
from core.shared.refusals import Unknown
from core.wallets.people import Identity
from core.wallets.settings import Settings
from storage import open_store
from tests.clock import TestClock
from tests.storage.importing import Seen, import_rows
from tests.storage.linking import plan_of, planned
from tests.storage.teller import Teller, booked, open_teller, proven
from tests.storage.test_promotions import claim, promoted, terms

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from core.links.model import Link
    from core.shared.ids import PersonId
    from core.shared.refusals import Refusal
    from core.store import Store

TRIES = 20


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


@pytest.fixture
async def elsewhere(request: pytest.FixtureRequest, store: Store) -> AsyncGenerator[Store]:
    """The same database as another process has it, where there can be several; otherwise the store itself."""
    async with AsyncExitStack() as at_last:
        if "postgresql" in request.node.name:
            store = await at_last.enter_async_context(open_store(request.getfixturevalue("emptied")))
        yield store


async def link_at_last(kept: Teller, merged: Teller) -> Link:
    """Plan until the books have stood still for long enough, as a service does."""
    return await planned_at_last(kept, merged.person)


async def planned_at_last(kept: Teller, merged: PersonId) -> Link:
    for _ in range(TRIES):
        link = await kept.store.links.link(await planned(kept.store, kept.clock, kept.person, merged))
        if link is not None:
            return link
    raise AssertionError("the books moved each time")


def is_closed(outcome: Receipt | Refusal, teller: Teller) -> bool:
    """Whether it was refused because the wallet is closed; anything else must have been booked."""
    if isinstance(outcome, Receipt):
        return False
    assert outcome == Unknown("wallet", str(teller.wallet))
    return True


async def test_two_codes_at_once_make_one_link(store: Store, elsewhere: Store, ann: Teller, bob: Teller) -> None:
    plans = [await plan_of(ann, bob, "one"), await plan_of(ann, bob, "other"), await plan_of(bob, ann, "back")]
    stores = (store, elsewhere, elsewhere)
    links = await asyncio.gather(*(there.links.link(plan) for there, plan in zip(stores, plans, strict=True)))
    (link,) = (one for one in links if one is not None)
    assert await store.links.links_of(ann.person) == (link,)
    assert await ann.balance() + await bob.balance() == 140
    await proven(store)


async def test_a_spend_at_once_is_part_of_the_link_or_refused(
    store: Store, elsewhere: Store, ann: Teller, bob: Teller
) -> None:
    there = Teller(elsewhere, bob.clock, bob.wallet, bob.person)
    spends = (there.spend(1, f"spend {turn}") for turn in range(12))
    more = (ann.spend(1, f"kept {turn}") for turn in range(4))
    linking = asyncio.ensure_future(link_at_last(ann, bob))
    given = await asyncio.gather(*spends, *more)
    link = await linking
    spent = sum(not is_closed(one, bob) for one in given)
    assert (await ann.balance(), await bob.balance()) == (140 - spent, 0)
    assert (await store.links.links_of(bob.person)) == (link,)
    assert all(isinstance(one, Receipt) for one in given[12:])
    await proven(store)


@pytest.mark.parametrize("first", ["link", "claim"])
async def test_a_claim_at_once_is_part_of_the_link_or_refused(
    store: Store, elsewhere: Store, ann: Teller, bob: Teller, first: str
) -> None:
    promotion = await promoted(ann, terms(ann.clock))
    linking = asyncio.ensure_future(link_at_last(ann, bob)) if first == "link" else None
    claiming = asyncio.ensure_future(claim(Teller(elsewhere, bob.clock, bob.wallet, bob.person), promotion))
    await (linking or link_at_last(ann, bob))
    closed = is_closed(await claiming, bob)
    claims = [one.person for one in await store.promotions.claims_on(promotion.id)]
    assert (claims, await ann.balance()) == (([], 140) if closed else ([bob.person], 160))
    await proven(store)


async def test_an_import_at_once_is_part_of_the_link_or_refused(store: Store, ann: Teller, bob: Teller) -> None:
    imported, link = await asyncio.gather(
        import_rows(bob, Seen(9, "Gift", day=223), Seen(-2, "Logo", day=224)), link_at_last(ann, bob)
    )
    closed = is_closed(imported, bob)
    assert await ann.balance() == (140 if closed else 147)
    assert len(await store.ledger.batches(bob.wallet)) == (0 if closed else 1)
    assert link.closed is not None
    await proven(store)


async def test_a_wallet_that_is_opened_at_once_is_not_lost(store: Store, elsewhere: Store, ann: Teller) -> None:
    """Either the link knows it and closes it, or whoever opens it gets that of the one who stands for both."""
    eve = (await store.people.person(Identity("test", "eve"), "Eve")).id
    opening = (elsewhere.people.open_wallet(eve, Settings()) for _ in range(4))
    _, *opened = await asyncio.gather(planned_at_last(ann, eve), *opening)
    assert len(set(opened)) <= 2
    assert (await store.people.wallet_of(eve)) == await store.people.wallet_of(ann.person)
    await proven(store)


LINKS_UNTIL_KILLED = """
import asyncio, sys
from storage import open_store
from tests.clock import TestClock
from tests.storage.linking import plan_of, undo_of
from tests.storage.teller import open_teller

async def main():
    async with open_store(sys.argv[1]) as store:
        clock = TestClock()
        ann, bob = [await open_teller(store, clock, name) for name in ("ann", "bob")]
        await ann.buy(100)
        await bob.buy(40)
        turn = 0
        while True:
            turn += 1
            link = await store.links.link(await plan_of(ann, bob, f"press {turn}"))
            sys.stdout.write("linked\\n")
            sys.stdout.flush()
            await store.links.unlink(await undo_of(store, clock, link))

asyncio.run(main())
"""


@pytest.mark.parametrize("where", ["url", "postgres"])
async def test_a_process_that_is_killed_leaves_whole_links(request: pytest.FixtureRequest, where: str) -> None:
    url: str = request.getfixturevalue(where)
    child = await create_subprocess_exec(sys.executable, "-c", LINKS_UNTIL_KILLED, url, stdout=subprocess.PIPE)
    assert child.stdout is not None
    said = [await child.stdout.readline() for _ in range(3)]
    child.kill()
    said += [line async for line in child.stdout if line.endswith(b"\n")]
    await child.wait()
    async with open_store(url) as store:
        verdict = await proven(store)
        assert verdict.links >= len(said)
        clock = TestClock()
        ann, bob = [await open_teller(store, clock, name) for name in ("ann", "bob")]
        one = {ann.person, bob.person}
        assert await ann.balance() == (140 if len(one) == 1 else 100)
