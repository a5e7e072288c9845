"""What every store promises about notices: kept with what causes them, each once, on their way one at a time."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from core.model import Notice
from core.notices import Failed, Gone, Later, Moved, Outcome, PutOff, Sent, State, Target, Unknown
from core.people import ChatRef, Identity, Settings
from tests.storage.teller import Teller, booked, proven

if TYPE_CHECKING:
    from core.model import WalletId
    from core.notices import Delivery
    from core.ports import Store
    from tests.clock import TestClock

HERE = "test"
SPAN = timedelta(seconds=15)
ANN = Target(HERE, "ann", direct=True)


def about(wallet: WalletId, key: str = "n1", *, urgent: bool = False, once: bool = False) -> Notice:
    return Notice(key, "low", {"connects": 3, "threshold": 20}, wallet, urgent=urgent, once=once)


class Sender:
    """A process that sends."""

    def __init__(self, store: Store, clock: TestClock, name: str = "one", *, again: bool = False) -> None:
        self.store, self.clock, self.name, self.again, self.epoch = store, clock, name, again, 0

    async def lease(self) -> bool:
        now = self.clock.now()
        lease = await self.store.lease(HERE, self.name, now, now + SPAN, again=self.again)
        self.epoch = self.epoch if lease is None else lease.epoch
        return lease is not None

    async def claim(self, limit: int = 10) -> tuple[Delivery, ...]:
        return await self.store.claim(HERE, self.epoch, self.clock.now(), limit)

    async def settle(self, delivery: Delivery, outcome: Outcome) -> None:
        await self.store.settle(delivery, self.epoch, outcome, self.clock.now())


@pytest.fixture
async def sender(store: Store, clock: TestClock) -> Sender:
    sender = Sender(store, clock)
    assert await sender.lease()
    return sender


async def state(teller: Teller, key: str = "n1") -> tuple[State, str]:
    ((_, state, why),) = await teller.store.deliveries(key)
    return state, why


class TestLow:
    @pytest.fixture
    async def teller(self, teller: Teller) -> Teller:
        await teller.store.save_settings(teller.wallet, Settings(threshold=20))
        booked(await teller.buy(30))
        return teller

    async def test_a_crossing_is_told_with_what_caused_it_and_once(self, teller: Teller, sender: Sender) -> None:
        teller.person = (await teller.store.person(Identity("elsewhere", "bob"), "Bob")).id
        booked(await teller.spend(5))
        assert await sender.claim() == ()
        booked(await teller.spend(6))
        booked(await teller.spend(6))
        (told,) = await sender.claim()
        assert (told.notice.code, told.notice.facts) == ("low", {"connects": 19, "threshold": 20})
        assert (told.target, told.zone, told.tries, told.made) == (ANN, "UTC", 0, sender.clock.now())
        await proven(teller.store)

    async def test_it_is_told_again_only_once_the_balance_was_well_above_the_threshold(
        self, teller: Teller, sender: Sender
    ) -> None:
        teller.person = (await teller.store.person(Identity("elsewhere", "bob"), "Bob")).id
        for bought in (3, 3, 12):  # 21 and 22 are above 20, but not by a quarter of it; 29 is
            booked(await teller.spend((await teller.balance()) - 18))
            booked(await teller.buy(bought))
        booked(await teller.spend((await teller.balance()) - 18))
        (first,) = await sender.claim()
        await sender.settle(first, Sent("1"))
        (second,) = await sender.claim()
        await sender.settle(second, Sent("2"))
        assert await sender.claim() == ()

    async def test_who_caused_it_is_not_told_in_private_what_the_answer_said(
        self, teller: Teller, sender: Sender
    ) -> None:
        booked(await teller.spend(25))
        assert await sender.claim() == ()
        assert (await teller.store.holding(teller.wallet)).low

    async def test_a_rise_is_no_warning_and_a_new_mark_is_told_anew(self, teller: Teller, sender: Sender) -> None:
        await teller.store.save_settings(teller.wallet, Settings(threshold=100))
        booked(await teller.buy(3))
        assert not (await teller.store.holding(teller.wallet)).low
        booked(await teller.spend(1))
        assert (await teller.store.holding(teller.wallet)).low
        await teller.store.save_settings(teller.wallet, Settings(threshold=100, zone="Europe/Kyiv"))
        assert (await teller.store.holding(teller.wallet)).low
        await teller.store.save_settings(teller.wallet, Settings(threshold=30))
        teller.person = (await teller.store.person(Identity("elsewhere", "bob"), "Bob")).id
        booked(await teller.spend(5))
        (told,) = await sender.claim()
        assert told.notice.facts == {"connects": 27, "threshold": 30}

    async def test_a_refused_spend_tells_nothing(self, teller: Teller, sender: Sender) -> None:
        assert not hasattr(await teller.spend(99), "entry")
        assert await sender.claim() == ()


async def test_a_group_is_told_where_it_is(store: Store, sender: Sender, teller: Teller) -> None:
    wallet = await store.open_wallet(ChatRef(HERE, "team"), Settings(zone="Europe/Kyiv"))
    assert await store.notify([about(wallet.id)], teller.clock.now()) == 1
    (told,) = await sender.claim()
    assert (told.target, told.zone) == (Target(HERE, "team"), "Europe/Kyiv")


async def test_a_notice_whose_key_is_known_adds_nothing(teller: Teller, sender: Sender) -> None:
    now = teller.clock.now()
    assert await teller.store.notify([about(teller.wallet), about(teller.wallet, "n2")], now) == 2
    assert await teller.store.notify([about(teller.wallet)], now) == 0
    (told,) = await sender.claim()
    await sender.settle(told, Sent("7"))
    assert await teller.store.notify([about(teller.wallet)], now) == 0
    assert await state(teller) == (State.SENT, "")


async def test_one_at_a_time_is_under_way_to_a_chat_the_urgent_first(teller: Teller, sender: Sender) -> None:
    notices = [about(teller.wallet, "n1"), about(teller.wallet, "n2"), about(teller.wallet, "n3", urgent=True)]
    await teller.store.notify(notices, teller.clock.now())
    order = []
    for _ in notices:
        (told,) = await sender.claim()
        assert await sender.claim() == ()
        order.append(told.notice.key)
        await sender.settle(told, Sent(told.notice.key))
    assert order == ["n3", "n1", "n2"]
    assert await teller.store.next_due(HERE) is None


@pytest.mark.parametrize(
    ("outcome", "once", "expected"),
    [
        (Sent("42"), False, (State.SENT, "")),
        (Gone("blocked"), False, (State.GONE, "blocked")),
        (Failed("too long"), False, (State.FAILED, "too long")),
        (Unknown("lost answer"), True, (State.UNKNOWN, "lost answer")),
        (Unknown("lost answer"), False, (State.PENDING, "lost answer")),
        (Later(timedelta(seconds=30)), True, (State.PENDING, "later")),
        (PutOff(timedelta(seconds=30)), True, (State.PENDING, "later")),
    ],
)
async def test_what_became_of_it_is_kept(
    teller: Teller, sender: Sender, outcome: Outcome, expected: tuple[State, str], *, once: bool
) -> None:
    await teller.store.notify([about(teller.wallet, once=once)], teller.clock.now())
    (told,) = await sender.claim()
    await sender.settle(told, outcome)
    assert await state(teller) == expected
    assert await sender.claim() == ()
    teller.clock.pass_(seconds=31)
    assert await sender.lease()
    assert len(await sender.claim()) == (expected[0] is State.PENDING)


class TestWaiting:
    HOUR = timedelta(hours=1)

    @pytest.mark.parametrize("outcome", [Later(HOUR), PutOff(HOUR)])
    async def test_what_is_behind_it_in_its_chat_waits_too_and_the_order_stays(
        self, teller: Teller, sender: Sender, outcome: Outcome
    ) -> None:
        names = ("n1", "u1", "n2", "u2", "n3")
        for name in names:
            await teller.store.notify([about(teller.wallet, name, urgent=name[0] == "u")], teller.clock.now())
            teller.clock.pass_(seconds=1)
        (first,) = await sender.claim()
        await sender.settle(first, outcome)
        assert await teller.store.next_due(HERE) == teller.clock.now() + self.HOUR
        assert await sender.claim() == ()
        teller.clock.pass_(hours=1)
        order = []
        for _ in names:
            (told,) = await sender.claim()
            order.append(told.notice.key)
            await sender.settle(told, Sent("1"))
        assert order == ["u1", "u2", "n1", "n2", "n3"]

    async def test_what_is_more_urgent_does_not_wait_with_it(self, teller: Teller, sender: Sender) -> None:
        await teller.store.notify([about(teller.wallet)], teller.clock.now())
        (told,) = await sender.claim()
        await teller.store.notify([about(teller.wallet, "u1", urgent=True)], teller.clock.now())
        await sender.settle(told, PutOff(self.HOUR))
        (told,) = await sender.claim()
        assert told.notice.key == "u1"

    async def test_what_is_to_wait_longer_does_so_and_other_chats_do_not(
        self, teller: Teller, sender: Sender, store: Store
    ) -> None:
        now, team = teller.clock.now(), await store.open_wallet(ChatRef(HERE, "team"), Settings())
        await store.notify([about(teller.wallet)], now)
        (told,) = await sender.claim()
        await sender.settle(told, PutOff(2 * self.HOUR))
        await store.notify([about(teller.wallet, "u1", urgent=True), about(team.id, "n2")], now)
        told, other = await sender.claim()
        await sender.settle(told, PutOff(self.HOUR))
        await sender.settle(other, PutOff(3 * self.HOUR))
        for hours, keys in ((1, ["u1"]), (1, ["n1"]), (1, ["n2"])):
            teller.clock.pass_(hours=hours)
            await sender.lease()
            claimed = await sender.claim()
            assert [one.notice.key for one in claimed] == keys
            await sender.settle(claimed[0], Sent("1"))

    @pytest.mark.parametrize(
        ("outcome", "waits"),
        [
            (Later(SPAN), [15, 15, 15, 15, 15]),
            (Later(SPAN, fault=True), [15, 30, 60, 120, 240, 480, 600, 600]),
            (Unknown("lost"), [5, 10, 20, 40, 80, 160, 320, 600, 600]),
        ],
    )
    async def test_what_failed_waits_longer_each_time(
        self, teller: Teller, sender: Sender, outcome: Outcome, waits: list[int]
    ) -> None:
        await teller.store.notify([about(teller.wallet)], teller.clock.now())
        for seconds in waits:
            await sender.lease()
            (told,) = await sender.claim()
            await sender.settle(told, outcome)
            assert await teller.store.next_due(HERE) == teller.clock.now() + timedelta(seconds=seconds)
            teller.clock.pass_(seconds=seconds)

    async def test_only_what_was_tried_counts_as_a_try(self, teller: Teller, sender: Sender) -> None:
        await teller.store.notify([about(teller.wallet)], teller.clock.now())
        tries = []
        for outcome in (PutOff(SPAN), Later(SPAN), PutOff(SPAN), Unknown("lost"), Later(SPAN)):
            (told,) = await sender.claim()
            tries.append(told.tries)
            await sender.settle(told, outcome)
            teller.clock.pass_(seconds=15)
            await sender.lease()
        assert tries == [0, 0, 1, 1, 2]


async def test_what_waited_for_days_is_told_no_more(teller: Teller, sender: Sender) -> None:
    await teller.store.notify([about(teller.wallet)], teller.clock.now())
    teller.clock.pass_(days=3, seconds=1)
    assert await sender.lease()
    await teller.store.notify([about(teller.wallet, "n2")], teller.clock.now())
    (told,) = await sender.claim()
    assert told.notice.key == "n2"
    assert await state(teller) == (State.CANCELLED, "stale")


async def test_a_chat_that_is_gone_is_gone_for_all_that_waits(teller: Teller, sender: Sender) -> None:
    await teller.store.notify([about(teller.wallet), about(teller.wallet, "n2")], teller.clock.now())
    (told,) = await sender.claim()
    await sender.settle(told, Gone("blocked"))
    assert await state(teller, "n2") == (State.GONE, "blocked")


async def test_a_chat_that_moved_is_followed_by_all_that_waits(store: Store, sender: Sender, teller: Teller) -> None:
    wallet = await store.open_wallet(ChatRef(HERE, "team"), Settings())
    await store.notify([about(wallet.id), about(wallet.id, "n2")], teller.clock.now())
    (told,) = await sender.claim()
    await sender.settle(told, Moved("supergroup"))
    for _ in range(2):
        (told,) = await sender.claim()
        assert told.target == Target(HERE, "supergroup")
        await sender.settle(told, Sent("1"))


class TestLease:
    async def test_one_sends_at_a_time(self, store: Store, clock: TestClock, sender: Sender) -> None:
        other = Sender(store, clock, "two")
        assert not await other.lease()
        clock.pass_(seconds=14)
        assert await sender.lease()
        clock.pass_(seconds=14)
        assert not await other.lease()
        clock.pass_(seconds=1)
        assert await other.lease()
        assert other.epoch == sender.epoch + 1
        assert not await sender.lease()

    @pytest.mark.parametrize(
        ("once", "again", "expected"),
        [(True, False, State.UNKNOWN), (False, False, State.PENDING), (True, True, State.PENDING)],
    )
    async def test_what_the_one_before_left_open_is_settled(
        self, teller: Teller, sender: Sender, expected: State, *, once: bool, again: bool
    ) -> None:
        await teller.store.notify([about(teller.wallet, once=once)], teller.clock.now())
        (told,) = await sender.claim()
        teller.clock.pass_(seconds=16)
        heir = Sender(teller.store, teller.clock, "two", again=again)
        assert await heir.lease()
        assert await state(teller) == (expected, "interrupted")
        assert await sender.claim() == ()
        await sender.settle(told, Gone("late"))
        assert await state(teller) == (expected, "interrupted")

    async def test_a_late_success_clears_its_doubt(self, teller: Teller, sender: Sender) -> None:
        await teller.store.notify([about(teller.wallet, once=True)], teller.clock.now())
        (told,) = await sender.claim()
        teller.clock.pass_(seconds=16)
        assert await Sender(teller.store, teller.clock, "two").lease()
        await sender.settle(told, Sent("42"))
        assert await state(teller) == (State.SENT, "")
