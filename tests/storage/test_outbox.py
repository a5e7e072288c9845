"""What every store promises about notices: stored once each, and sent to a chat one at a time."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from core.delivery.notice import Target
from core.delivery.outcome import Deferred, Failed, Later, Moved, Obsolete, Outcome, Sent, Uncertain, Unreachable
from core.delivery.state import State
from core.wallets.people import ChatRef
from core.wallets.settings import Settings
from tests.storage.sender import HERE, SPAN, Sender, about, state

SECOND = timedelta(seconds=1)

if TYPE_CHECKING:
    from core.store import Store
    from tests.clock import TestClock
    from tests.storage.teller import Teller


async def test_a_group_gets_its_notices_in_its_own_chat(store: Store, sender: Sender, teller: Teller) -> None:
    wallet = await store.people.open_wallet(ChatRef(HERE, "team"), Settings(zone="Europe/Kyiv"))
    assert await store.outbox.notify([about(wallet.id)], teller.clock.now()) == 1
    (delivery,) = await sender.claim()
    assert (delivery.target, delivery.zone) == (Target(HERE, "team"), "Europe/Kyiv")


async def test_a_notice_whose_key_is_known_adds_nothing(teller: Teller, sender: Sender) -> None:
    now = teller.clock.now()
    assert await teller.store.outbox.notify([about(teller.wallet), about(teller.wallet, "n2")], now) == 2
    assert await teller.store.outbox.notify([about(teller.wallet)], now) == 0
    (delivery,) = await sender.claim()
    await sender.settle(delivery, Sent("7"))
    assert await teller.store.outbox.notify([about(teller.wallet)], now) == 0
    assert await state(teller) == (State.SENT, "")


async def test_a_chat_has_one_delivery_under_way_at_a_time_the_urgent_first(teller: Teller, sender: Sender) -> None:
    notices = [about(teller.wallet, "n1"), about(teller.wallet, "n2"), about(teller.wallet, "n3", urgent=True)]
    await teller.store.outbox.notify(notices, teller.clock.now())
    order = []
    for _ in notices:
        (delivery,) = await sender.claim()
        assert await sender.claim() == ()
        order.append(delivery.notice.key)
        await sender.settle(delivery, Sent(delivery.notice.key))
    assert order == ["n3", "n1", "n2"]
    assert await teller.store.outbox.next_due(HERE) is None


@pytest.mark.parametrize(
    ("outcome", "once", "expected"),
    [
        (Sent("42"), False, (State.SENT, "")),
        (Unreachable("blocked"), False, (State.GONE, "blocked")),
        (Failed("too long"), False, (State.FAILED, "too long")),
        (Obsolete(), False, (State.CANCELLED, "over")),
        (Uncertain("lost answer"), True, (State.UNKNOWN, "lost answer")),
        (Uncertain("lost answer"), False, (State.PENDING, "lost answer")),
        (Later(timedelta(seconds=30)), True, (State.PENDING, "later")),
        (Deferred(timedelta(seconds=30)), True, (State.PENDING, "later")),
    ],
)
async def test_the_outcome_decides_the_next_state(
    teller: Teller, sender: Sender, outcome: Outcome, expected: tuple[State, str], *, once: bool
) -> None:
    await teller.store.outbox.notify([about(teller.wallet, once=once)], teller.clock.now())
    (delivery,) = await sender.claim()
    await sender.settle(delivery, outcome)
    assert await state(teller) == expected
    assert await sender.claim() == ()
    teller.clock.pass_(seconds=31)
    assert await sender.lease()
    assert len(await sender.claim()) == (expected[0] is State.PENDING)


class TestWaiting:
    HOUR = timedelta(hours=1)

    @pytest.mark.parametrize("outcome", [Later(HOUR), Deferred(HOUR)])
    async def test_later_deliveries_of_its_chat_wait_with_it_in_their_order(
        self, teller: Teller, sender: Sender, outcome: Outcome
    ) -> None:
        names = ("n1", "u1", "n2", "u2", "n3")
        for name in names:
            await teller.store.outbox.notify([about(teller.wallet, name, urgent=name[0] == "u")], teller.clock.now())
            teller.clock.pass_(seconds=1)
        (first,) = await sender.claim()
        await sender.settle(first, outcome)
        assert await teller.store.outbox.next_due(HERE) == teller.clock.now() + self.HOUR
        assert await sender.claim() == ()
        teller.clock.pass_(hours=1)
        order = []
        for _ in names:
            (delivery,) = await sender.claim()
            order.append(delivery.notice.key)
            await sender.settle(delivery, Sent("1"))
        assert order == ["u1", "u2", "n1", "n2", "n3"]

    async def test_a_more_urgent_delivery_does_not_wait_with_it(self, teller: Teller, sender: Sender) -> None:
        await teller.store.outbox.notify([about(teller.wallet)], teller.clock.now())
        (delivery,) = await sender.claim()
        await teller.store.outbox.notify([about(teller.wallet, "u1", urgent=True)], teller.clock.now())
        await sender.settle(delivery, Deferred(self.HOUR))
        (delivery,) = await sender.claim()
        assert delivery.notice.key == "u1"

    async def test_a_longer_wait_stays_and_other_chats_do_not_wait(
        self, teller: Teller, sender: Sender, store: Store
    ) -> None:
        now, team = teller.clock.now(), await store.people.open_wallet(ChatRef(HERE, "team"), Settings())
        await store.outbox.notify([about(teller.wallet)], now)
        (delivery,) = await sender.claim()
        await sender.settle(delivery, Deferred(2 * self.HOUR))
        await store.outbox.notify([about(teller.wallet, "u1", urgent=True), about(team.id, "n2")], now)
        delivery, other = await sender.claim()
        await sender.settle(delivery, Deferred(self.HOUR))
        await sender.settle(other, Deferred(3 * self.HOUR))
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
            (Uncertain("lost"), [5, 10, 20, 40, 80, 160, 320, 600, 600]),
        ],
    )
    async def test_each_failure_backs_off_for_longer(
        self, teller: Teller, sender: Sender, outcome: Outcome, waits: list[int]
    ) -> None:
        await teller.store.outbox.notify([about(teller.wallet)], teller.clock.now())
        for seconds in waits:
            await sender.lease()
            (delivery,) = await sender.claim()
            await sender.settle(delivery, outcome)
            assert await teller.store.outbox.next_due(HERE) == teller.clock.now() + timedelta(seconds=seconds)
            teller.clock.pass_(seconds=seconds)

    async def test_a_deferred_delivery_does_not_count_as_a_try(self, teller: Teller, sender: Sender) -> None:
        await teller.store.outbox.notify([about(teller.wallet)], teller.clock.now())
        tries = []
        for outcome in (Deferred(SPAN), Later(SPAN), Deferred(SPAN), Uncertain("lost"), Later(SPAN)):
            (delivery,) = await sender.claim()
            tries.append(delivery.tries)
            await sender.settle(delivery, outcome)
            teller.clock.pass_(seconds=15)
            await sender.lease()
        assert tries == [0, 0, 1, 1, 2]


async def test_a_delivery_pending_for_days_is_cancelled(teller: Teller, sender: Sender) -> None:
    await teller.store.outbox.notify([about(teller.wallet)], teller.clock.now())
    teller.clock.pass_(days=3, seconds=1)
    assert await sender.lease()
    await teller.store.outbox.notify([about(teller.wallet, "n2")], teller.clock.now())
    (delivery,) = await sender.claim()
    assert delivery.notice.key == "n2"
    assert await state(teller) == (State.CANCELLED, "stale")


async def test_all_pending_deliveries_of_a_lost_chat_end(teller: Teller, sender: Sender) -> None:
    await teller.store.outbox.notify([about(teller.wallet), about(teller.wallet, "n2")], teller.clock.now())
    (delivery,) = await sender.claim()
    await sender.settle(delivery, Unreachable("blocked"))
    assert await state(teller, "n2") == (State.GONE, "blocked")


async def test_all_pending_deliveries_follow_a_chat_that_moved(store: Store, sender: Sender, teller: Teller) -> None:
    wallet = await store.people.open_wallet(ChatRef(HERE, "team"), Settings())
    await store.outbox.notify([about(wallet.id), about(wallet.id, "n2")], teller.clock.now())
    (delivery,) = await sender.claim()
    await sender.settle(delivery, Moved("supergroup"))
    for _ in range(2):
        (delivery,) = await sender.claim()
        assert delivery.target == Target(HERE, "supergroup")
        await sender.settle(delivery, Sent("1"))


class TestLease:
    async def test_one_holder_at_a_time_may_send(self, store: Store, clock: TestClock, sender: Sender) -> None:
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
        ("once", "idempotent", "expected"),
        [(True, False, State.UNKNOWN), (False, False, State.PENDING), (True, True, State.PENDING)],
    )
    async def test_deliveries_that_the_last_holder_left_open_are_settled(
        self, teller: Teller, sender: Sender, expected: State, *, once: bool, idempotent: bool
    ) -> None:
        await teller.store.outbox.notify([about(teller.wallet, once=once)], teller.clock.now())
        (delivery,) = await sender.claim()
        why = f"doubt {teller.clock.now().isoformat()}" if once and idempotent else "interrupted"
        teller.clock.pass_(seconds=16)
        heir = Sender(teller.store, teller.clock, "two", idempotent=idempotent)
        assert await heir.lease()
        assert await state(teller) == (expected, why)
        assert await sender.claim() == ()
        await sender.settle(delivery, Unreachable("late"))
        assert await state(teller) == (expected, why)

    async def test_since_when_a_delivery_is_in_doubt_is_known_at_the_next_claim(
        self, teller: Teller, sender: Sender
    ) -> None:
        await teller.store.outbox.notify([about(teller.wallet, once=True)], teller.clock.now())
        began = teller.clock.now()
        for doubted, outcome in (
            (None, Later(5 * SECOND, fault=True, doubt=True)),
            (began, Later(5 * SECOND)),
            (began, Deferred(5 * SECOND)),
        ):
            (delivery,) = await sender.claim()
            assert delivery.doubted == doubted
            await sender.settle(delivery, outcome)
            assert await state(teller) == (State.PENDING, f"doubt {began.isoformat()}")
            teller.clock.pass_(seconds=10)
        (delivery,) = await sender.claim()
        await sender.settle(delivery, Later(timedelta(minutes=3)))
        assert await state(teller) == (State.UNKNOWN, "lost answer")

    async def test_a_send_too_old_for_the_platform_to_deduplicate_is_in_doubt(
        self, teller: Teller, sender: Sender
    ) -> None:
        now = teller.clock.now()
        await teller.store.outbox.notify([about(teller.wallet, once=True), about(teller.wallet, "n2")], now)
        (delivery,) = await sender.claim()
        assert delivery.notice.key == "n1"
        teller.clock.pass_(minutes=4)
        assert await Sender(teller.store, teller.clock, "two", idempotent=True).lease()
        assert await state(teller) == (State.UNKNOWN, "interrupted")

    async def test_a_late_success_clears_the_doubt(self, teller: Teller, sender: Sender) -> None:
        await teller.store.outbox.notify([about(teller.wallet, once=True)], teller.clock.now())
        (delivery,) = await sender.claim()
        teller.clock.pass_(seconds=16)
        assert await Sender(teller.store, teller.clock, "two").lease()
        await sender.settle(delivery, Sent("42"))
        assert await state(teller) == (State.SENT, "")
