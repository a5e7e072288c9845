"""The expiry scan announces each lot once on each of its days, however often it runs."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from core.alerts.expiry_scan import ExpiryScan, chosen, next_smaller
from core.announcements.model import KEPT as ANNOUNCEMENT_KEPT
from core.delivery.notice import Notice
from core.delivery.outcome import Sent
from core.delivery.state import STALE_AFTER, State
from core.ledger.model import Lot, Source
from core.ledger.ports import Expiring
from core.retention import BATCH, KEPT, Retention
from core.shared.ids import WalletId
from core.wallets.settings import EXPIRY_DAYS, FARTHEST_EXPIRY_DAY, Alerts, Settings
from tests.core.freelancer import booked, dollars, freelancer

if TYPE_CHECKING:
    from tests.clock import TestClock
    from tests.core.freelancer import Freelancer, OpenBooks


@pytest.fixture
def retention(books: OpenBooks, clock: TestClock) -> Retention:
    return Retention(books.store.outbox, books.store.audit_log, books.store.inbox, clock)


@pytest.fixture
def scan(books: OpenBooks, clock: TestClock) -> ExpiryScan:
    return ExpiryScan(books.store, clock)


async def announced(books: OpenBooks, wallet: int, lot: int) -> list[int]:
    """Those of the default days before a lot's expiry on which a notice was stored."""
    return [days for days in EXPIRY_DAYS if await books.store.outbox.deliveries(f"expiring:{wallet}:{lot}:{days}")]


async def test_a_lot_is_announced_once_on_each_of_its_days(
    books: OpenBooks, clock: TestClock, ann: Freelancer, scan: ExpiryScan
) -> None:
    booked(await ann.buy(60, dollars(900)))
    expected = {334: [], 336: [30], 350: [30], 352: [30, 14], 359: [30, 14, 7], 363: [30, 14, 7], 365: [30, 14, 7, 1]}
    day = 0
    for until, days in expected.items():
        while day < until:
            day += 1
            clock.pass_(days=1)
            await scan.run()
            await scan.run()
        assert await announced(books, ann.wallet, 1) == days, day


async def test_a_scan_after_a_long_sleep_catches_up_but_sends_nothing_stale(
    books: OpenBooks, clock: TestClock, ann: Freelancer, scan: ExpiryScan
) -> None:
    await scan.run()
    clock.pass_(days=355)
    assert await scan.run() > 0
    assert await announced(books, ann.wallet, 1) == [14]
    clock.pass_(days=30)
    assert await scan.run() == 0


async def test_spent_lots_are_not_announced(clock: TestClock, ann: Freelancer, scan: ExpiryScan) -> None:
    booked(await ann.spend(20))
    clock.pass_(days=340)
    assert await scan.run() == 0


async def test_the_notice_gives_what_was_paid(
    books: OpenBooks, clock: TestClock, ann: Freelancer, scan: ExpiryScan
) -> None:
    booked(await ann.spend(20))
    booked(await ann.buy(60, dollars(900, tax=90)))
    clock.pass_(days=340)
    await scan.run()
    lease = await books.store.outbox.lease("test", "one", clock.now(), clock.now(), idempotent=False)
    assert lease is not None
    (found,) = await books.store.outbox.claim("test", lease.epoch, clock.now(), 9)
    facts = dict(found.notice.facts)
    assert str(facts.pop("expires")).startswith("2027-01-10")
    assert facts == {"connects": 60, "days": 30, "net": 900, "tax": 90, "currency": "USD"}


async def test_lots_of_one_wallet_that_expire_together_are_one_notice(
    books: OpenBooks, clock: TestClock, ann: Freelancer, scan: ExpiryScan
) -> None:
    for _ in range(5):
        booked(await ann.buy(10, dollars(150)))
    clock.pass_(days=340)
    assert await scan.run() == 1
    assert await announced(books, ann.wallet, 1) == [30]
    assert await announced(books, ann.wallet, 2) == []


async def test_a_batch_never_ends_between_lots_that_expire_together(
    books: OpenBooks, clock: TestClock, ann: Freelancer, scan: ExpiryScan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.alerts.expiry_scan.MOST_AT_ONCE", 2)
    others = [await freelancer(books, clock, f"p{number}") for number in range(6)]
    clock.pass_(seconds=1)
    late = await freelancer(books, clock, "late")
    clock.pass_(days=340)
    for _ in range(4):
        await scan.run()
    for holder in (ann, *others, late):
        assert await announced(books, holder.wallet, 1) == [30]


async def test_the_last_lots_of_a_full_batch_wait_for_those_that_expire_with_them(
    books: OpenBooks, clock: TestClock, ann: Freelancer, scan: ExpiryScan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.alerts.expiry_scan.MOST_AT_ONCE", 2)
    clock.pass_(seconds=1)
    others = [await freelancer(books, clock, f"p{number}") for number in range(2)]
    clock.pass_(days=340)
    assert await scan.run() == 3
    for holder in (ann, *others):
        assert await announced(books, holder.wallet, 1) == [30]


@pytest.mark.parametrize(
    ("days", "left", "lasted", "found"),
    [
        (14, timedelta(days=7), 365, False),  # seven days are left, which are announced as such
        (14, timedelta(days=7) + timedelta.resolution, 365, True),
        (30, timedelta(days=20), 365, False),  # that is none of the holder's days
        (7, timedelta(0), 365, False),
        (7, timedelta.resolution, 365, True),
        (14, timedelta(days=10), 14, False),  # it came with fourteen days left
        (14, timedelta(days=10), 15, True),
    ],
)
def test_a_lot_is_announced_on_the_nearest_of_its_holders_days(
    clock: TestClock, days: int, left: timedelta, lasted: int, *, found: bool
) -> None:
    expires = clock.now() + left
    lot = Lot(1, Source.WELCOME, expires - timedelta(days=lasted), expires, 20, 20)
    one = Expiring(WalletId(1), lot, (14, 7))
    assert chosen([one], days, clock.now()) == [one] * found


def test_the_next_smaller_day_is_none_or_the_largest_below() -> None:
    assert [next_smaller((30, 14, 7), days).days for days in (60, 30, 15, 14, 7)] == [30, 14, 14, 7, 0]


async def test_no_lot_is_announced_twice_across_batches(
    books: OpenBooks, clock: TestClock, ann: Freelancer, scan: ExpiryScan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.alerts.expiry_scan.MOST_AT_ONCE", 3)
    for _ in range(3):
        clock.pass_(seconds=1)
        booked(await ann.buy(10, dollars(150)))
    clock.pass_(days=340)
    for _ in range(3):
        await scan.run()
    lease = await books.store.outbox.lease("test", "one", clock.now(), clock.now() + STALE_AFTER, idempotent=False)
    assert lease is not None
    connects = []
    while found := await books.store.outbox.claim("test", lease.epoch, clock.now(), 9):
        connects += [int(delivery.notice.facts["connects"]) for delivery in found]
        for delivery in found:
            await books.store.outbox.settle(delivery, lease.epoch, Sent("1"), clock.now())
    assert sum(connects) == 20 + 3 * 10


async def test_undeliverable_notices_are_given_up_and_then_deleted(
    books: OpenBooks, clock: TestClock, ann: Freelancer, retention: Retention
) -> None:
    keys = [f"n{number}" for number in range(BATCH + 1)]
    await books.store.outbox.notify([Notice(key, "low", {}, ann.wallet) for key in keys], clock.now())
    clock.pass_(days=4)
    await retention.tidy()
    states = {state for key in keys for _, state, _ in await books.store.outbox.deliveries(key)}
    assert states == {State.CANCELLED}
    clock.pass_(days=91)
    await retention.tidy()
    assert [await books.store.outbox.deliveries(key) for key in keys] == [()] * len(keys)


async def test_a_deleted_notice_is_not_sent_again(
    books: OpenBooks, clock: TestClock, ann: Freelancer, scan: ExpiryScan, retention: Retention
) -> None:
    booked(await ann.buy(60, dollars(900)))
    clock.pass_(days=335)
    assert await scan.run() == 1
    clock.pass_(days=4)
    await retention.tidy()
    clock.pass_(days=91)
    await retention.tidy()
    await books.store.notes.put_note("watch:expiring", "", clock.now())
    assert await scan.run() == 0


def test_an_expiring_notice_is_kept_until_its_lots_have_expired() -> None:
    assert timedelta(days=FARTHEST_EXPIRY_DAY) < KEPT
    assert STALE_AFTER < KEPT


def test_a_notice_is_kept_for_as_long_as_its_announcement_can_be_sent() -> None:
    assert ANNOUNCEMENT_KEPT <= KEPT


class TestOwnDays:
    @pytest.fixture
    async def bob(self, books: OpenBooks, clock: TestClock) -> Freelancer:
        return await freelancer(books, clock, "bob")

    @staticmethod
    async def choose(holder: Freelancer, *days: int) -> None:
        await holder.books.store.people.save_settings(holder.wallet, Settings(alerts=Alerts(expiring=days)))

    @staticmethod
    async def announced(holder: Freelancer) -> list[int]:
        store = holder.books.store
        return [
            days for days in range(60, 0, -1) if await store.outbox.deliveries(f"expiring:{holder.wallet}:1:{days}")
        ]

    async def test_everybody_is_notified_on_the_days_they_chose(
        self, clock: TestClock, ann: Freelancer, bob: Freelancer, scan: ExpiryScan
    ) -> None:
        await self.choose(ann, 60, 3, 2)
        for _ in range(366):
            clock.pass_(days=1)
            await scan.run()
        assert await self.announced(ann) == [60, 3, 2]
        assert await self.announced(bob) == [30, 14, 7, 1]

    async def test_somebody_who_chose_no_days_is_never_notified(
        self, clock: TestClock, ann: Freelancer, scan: ExpiryScan
    ) -> None:
        await self.choose(ann)
        clock.pass_(days=340)
        assert await scan.run() == 0

    async def test_of_several_missed_days_only_the_nearest_is_announced(
        self, clock: TestClock, ann: Freelancer, bob: Freelancer, scan: ExpiryScan
    ) -> None:
        await self.choose(ann, 45, 20, 5)
        await scan.run()
        clock.pass_(days=355)  # ten days are left
        assert await scan.run() == 2
        assert await self.announced(ann) == [20]
        assert await self.announced(bob) == [14]

    async def test_a_day_chosen_later_counts_from_then_on(
        self, clock: TestClock, ann: Freelancer, scan: ExpiryScan
    ) -> None:
        clock.pass_(days=355)
        await scan.run()
        await self.choose(ann, 12, 8)
        assert await scan.run() == 0
        clock.pass_(days=3)
        assert await scan.run() == 1
        assert await self.announced(ann) == [14, 8]

    async def test_it_continues_from_the_scans_of_an_earlier_version(
        self, books: OpenBooks, clock: TestClock, ann: Freelancer, scan: ExpiryScan
    ) -> None:
        clock.pass_(days=340)
        for days in EXPIRY_DAYS:
            await books.store.notes.put_note(f"watch:expiring:{days}", clock.now().isoformat(), None)
        assert await scan.run() == 0
        clock.pass_(days=12)
        assert await scan.run() == 1
        assert await self.announced(ann) == [14]
