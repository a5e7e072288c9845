"""What is looked for now and again is told once, at each of its marks, however often one looks."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from core.alerts.expiry_scan import Watch
from core.announcements.model import KEPT as ANNOUNCEMENT_KEPT
from core.delivery.notice import Notice
from core.delivery.outcome import Sent
from core.delivery.state import STALE_AFTER, State
from core.retention import KEPT, SLICE, Retention
from core.wallets.settings import EXPIRY_MARKS, FARTHEST_MARK, Alerts, Settings
from tests.core.freelancer import booked, dollars, freelancer

if TYPE_CHECKING:
    from tests.clock import TestClock
    from tests.core.freelancer import Freelancer, OpenBooks


@pytest.fixture
def retention(books: OpenBooks, clock: TestClock) -> Retention:
    return Retention(books.store.outbox, books.store.audit_log, clock)


@pytest.fixture
def watch(books: OpenBooks, clock: TestClock) -> Watch:
    return Watch(books.store, clock)


async def told(books: OpenBooks, wallet: int, lot: int) -> list[int]:
    """The marks at which it was told that a lot expires."""
    return [days for days in EXPIRY_MARKS if await books.store.outbox.deliveries(f"expiring:{wallet}:{lot}:{days}")]


async def test_a_lot_is_told_of_at_each_mark_and_once(
    books: OpenBooks, clock: TestClock, ann: Freelancer, watch: Watch
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
        assert await told(books, ann.wallet, 1) == marks, day


async def test_a_machine_that_slept_catches_up_but_tells_nothing_stale(
    books: OpenBooks, clock: TestClock, ann: Freelancer, watch: Watch
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


async def test_the_notice_says_what_it_is_worth(
    books: OpenBooks, clock: TestClock, ann: Freelancer, watch: Watch
) -> None:
    booked(await ann.spend(20))
    booked(await ann.buy(60, dollars(900, tax=90)))
    clock.pass_(days=340)
    await watch.expiring()
    lease = await books.store.outbox.lease("test", "one", clock.now(), clock.now(), again=False)
    assert lease is not None
    (found,) = await books.store.outbox.claim("test", lease.epoch, clock.now(), 9)
    facts = dict(found.notice.facts)
    assert str(facts.pop("expires")).startswith("2027-01-10")
    assert facts == {"connects": 60, "days": 30, "net": 900, "tax": 90, "currency": "USD"}


async def test_lots_of_one_wallet_that_expire_together_are_one_notice(
    books: OpenBooks, clock: TestClock, ann: Freelancer, watch: Watch
) -> None:
    for _ in range(5):
        booked(await ann.buy(10, dollars(150)))
    clock.pass_(days=340)
    assert await watch.expiring() == 1
    assert await told(books, ann.wallet, 1) == [30]
    assert await told(books, ann.wallet, 2) == []


async def test_a_look_is_cut_short_never_amid_those_that_expire_at_one_moment(
    books: OpenBooks, clock: TestClock, ann: Freelancer, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.alerts.expiry_scan.MOST_AT_ONCE", 2)
    others = [await freelancer(books, clock, f"p{number}") for number in range(6)]
    clock.pass_(seconds=1)
    late = await freelancer(books, clock, "late")
    clock.pass_(days=340)
    for _ in range(4):
        await watch.expiring()
    for one in (ann, *others, late):
        assert await told(books, one.wallet, 1) == [30]


async def test_a_look_that_was_cut_short_tells_of_no_lot_twice(
    books: OpenBooks, clock: TestClock, ann: Freelancer, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.alerts.expiry_scan.MOST_AT_ONCE", 3)
    for _ in range(3):
        clock.pass_(seconds=1)
        booked(await ann.buy(10, dollars(150)))
    clock.pass_(days=340)
    for _ in range(3):
        await watch.expiring()
    lease = await books.store.outbox.lease("test", "one", clock.now(), clock.now() + STALE_AFTER, again=False)
    assert lease is not None
    told = []
    while found := await books.store.outbox.claim("test", lease.epoch, clock.now(), 9):
        told += [int(one.notice.facts["connects"]) for one in found]
        for one in found:
            await books.store.outbox.settle(one, lease.epoch, Sent("1"), clock.now())
    assert sum(told) == 20 + 3 * 10


async def test_what_nobody_can_send_is_given_up_and_then_forgotten(
    books: OpenBooks, clock: TestClock, ann: Freelancer, retention: Retention
) -> None:
    keys = [f"n{number}" for number in range(SLICE + 1)]
    await books.store.outbox.notify([Notice(key, "low", {}, ann.wallet) for key in keys], clock.now())
    clock.pass_(days=4)
    await retention.tidy()
    states = {state for key in keys for _, state, _ in await books.store.outbox.deliveries(key)}
    assert states == {State.CANCELLED}
    clock.pass_(days=91)
    await retention.tidy()
    assert [await books.store.outbox.deliveries(key) for key in keys] == [()] * len(keys)


async def test_what_is_forgotten_is_not_told_again(
    books: OpenBooks, clock: TestClock, ann: Freelancer, watch: Watch, retention: Retention
) -> None:
    booked(await ann.buy(60, dollars(900)))
    clock.pass_(days=335)
    assert await watch.expiring() == 1
    clock.pass_(days=4)
    await retention.tidy()
    clock.pass_(days=91)
    await retention.tidy()
    await books.store.notes.drop_note("watch:expiring")
    assert await watch.expiring() == 0


def test_a_notice_of_what_expires_is_kept_until_it_has_expired() -> None:
    assert timedelta(days=FARTHEST_MARK) < KEPT
    assert STALE_AFTER < KEPT


def test_what_was_sent_under_an_id_is_remembered_for_as_long_as_it_can_be_sent() -> None:
    assert ANNOUNCEMENT_KEPT <= KEPT


class TestOwnDays:
    @pytest.fixture
    async def bob(self, books: OpenBooks, clock: TestClock) -> Freelancer:
        return await freelancer(books, clock, "bob")

    @staticmethod
    async def chooses(one: Freelancer, *days: int) -> None:
        await one.books.store.people.save_settings(one.wallet, Settings(alerts=Alerts(expiring=days)))

    @staticmethod
    async def marks(one: Freelancer) -> list[int]:
        store = one.books.store
        return [days for days in range(60, 0, -1) if await store.outbox.deliveries(f"expiring:{one.wallet}:1:{days}")]

    async def test_each_is_told_on_the_days_they_chose(
        self, clock: TestClock, ann: Freelancer, bob: Freelancer, watch: Watch
    ) -> None:
        await self.chooses(ann, 60, 3, 2)
        for _ in range(366):
            clock.pass_(days=1)
            await watch.expiring()
        assert await self.marks(ann) == [60, 3, 2]
        assert await self.marks(bob) == [30, 14, 7, 1]

    async def test_who_chose_none_is_never_told(self, clock: TestClock, ann: Freelancer, watch: Watch) -> None:
        await self.chooses(ann)
        clock.pass_(days=340)
        assert await watch.expiring() == 0

    async def test_of_marks_passed_in_sleep_ones_own_nearest_speaks_for_all(
        self, clock: TestClock, ann: Freelancer, bob: Freelancer, watch: Watch
    ) -> None:
        await self.chooses(ann, 45, 20, 5)
        await watch.expiring()
        clock.pass_(days=355)  # ten days are left
        assert await watch.expiring() == 2
        assert await self.marks(ann) == [20]
        assert await self.marks(bob) == [14]

    async def test_a_day_chosen_late_counts_from_then_on(self, clock: TestClock, ann: Freelancer, watch: Watch) -> None:
        clock.pass_(days=355)
        await watch.expiring()
        await self.chooses(ann, 12, 8)
        assert await watch.expiring() == 0
        clock.pass_(days=3)
        assert await watch.expiring() == 1
        assert await self.marks(ann) == [14, 8]

    async def test_where_an_earlier_version_had_looked_one_goes_on(
        self, books: OpenBooks, clock: TestClock, ann: Freelancer, watch: Watch
    ) -> None:
        clock.pass_(days=340)
        for days in EXPIRY_MARKS:
            await books.store.notes.put_note(f"watch:expiring:{days}", clock.now().isoformat(), None)
        assert await watch.expiring() == 0
        clock.pass_(days=12)
        assert await watch.expiring() == 1
        assert await self.marks(ann) == [14]
