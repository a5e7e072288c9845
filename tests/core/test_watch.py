"""What is looked for now and again is told once, at each of its marks, however often one looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.alerts import EXPIRY_MARKS
from core.watch import Watch
from tests.core.freelancer import booked, dollars

if TYPE_CHECKING:
    from core.books import Books
    from tests.clock import TestClock
    from tests.core.freelancer import Freelancer


@pytest.fixture
def watch(books: Books, clock: TestClock) -> Watch:
    return Watch(books.store, clock)


async def told(books: Books, wallet: int, lot: int) -> list[int]:
    """The marks at which it was told that a lot expires."""
    return [days for days in EXPIRY_MARKS if await books.store.deliveries(f"expiring:{wallet}:{lot}:{days}")]


async def test_a_lot_is_told_of_at_each_mark_and_once(
    books: Books, clock: TestClock, ann: Freelancer, watch: Watch
) -> None:
    booked(await ann.buy(60, dollars(900)))
    expected = {334: [], 336: [30], 350: [30], 352: [30, 14], 359: [30, 14, 7], 363: [30, 14, 7], 365: [30, 14, 7, 1]}
    day = 0
    for until, marks in expected.items():
        while day < until:
            day += 1
            clock.pass_(days=1)
            await watch.expiring()
            await watch.expiring()
        assert await told(books, ann.wallet, 2) == marks, day


async def test_a_machine_that_slept_catches_up_but_tells_nothing_stale(
    books: Books, clock: TestClock, ann: Freelancer, watch: Watch
) -> None:
    await watch.expiring()
    clock.pass_(days=355)
    assert await watch.expiring() > 0
    assert await told(books, ann.wallet, 1) == [14]
    clock.pass_(days=30)
    assert await watch.expiring() == 0


async def test_what_was_spent_is_not_told_of(clock: TestClock, ann: Freelancer, watch: Watch) -> None:
    booked(await ann.spend(20))
    clock.pass_(days=340)
    assert await watch.expiring() == 0


async def test_the_notice_says_what_it_is_worth(books: Books, clock: TestClock, ann: Freelancer, watch: Watch) -> None:
    booked(await ann.spend(20))
    booked(await ann.buy(60, dollars(900, tax=90)))
    clock.pass_(days=340)
    await watch.expiring()
    lease = await books.store.lease("test", "one", clock.now(), clock.now(), again=False)
    assert lease is not None
    (found,) = await books.store.claim("test", lease.epoch, clock.now(), 9)
    facts = dict(found.notice.facts)
    assert str(facts.pop("expires")).startswith("2027-01-10")
    assert facts == {"connects": 60, "days": 30, "net": 900, "tax": 90, "currency": "USD"}
