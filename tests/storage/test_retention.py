"""What every store promises about retention: notices that have ended stay for a time, and are then deleted."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from core.delivery.outcome import Failed, Obsolete, Outcome, Sent, Uncertain, Unreachable
from core.delivery.state import State
from core.wallets.people import ChatRef
from core.wallets.settings import Settings
from tests.storage.sender import HERE, Sender, about, state

if TYPE_CHECKING:
    from tests.storage.teller import Teller


class TestRetention:
    async def forget(self, teller: Teller, limit: int = 10) -> int:
        now = teller.clock.now()
        return await teller.store.outbox.forget(now - timedelta(days=90), limit, doubts=now - timedelta(days=365))

    async def tell(self, teller: Teller, sender: Sender, outcome: Outcome, key: str = "n1") -> None:
        await sender.lease()
        await teller.store.outbox.notify([about(teller.wallet, key, once=True)], teller.clock.now())
        (delivery,) = await sender.claim()
        await sender.settle(delivery, outcome)

    @pytest.mark.parametrize(
        ("outcome", "days"),
        [
            (Sent("1"), 90),
            (Unreachable("blocked"), 90),
            (Failed("long"), 90),
            (Obsolete(), 90),
            (Uncertain("lost"), 365),
        ],
    )
    async def test_a_notice_that_ended_long_ago_is_deleted(
        self, teller: Teller, sender: Sender, outcome: Outcome, days: int
    ) -> None:
        await self.tell(teller, sender, outcome)
        teller.clock.pass_(days=days)
        assert await self.forget(teller) == 0
        assert len(await teller.store.outbox.deliveries("n1")) == 1
        teller.clock.pass_(seconds=1)
        assert await self.forget(teller) == 1
        assert await teller.store.outbox.deliveries("n1") == ()
        assert await teller.store.outbox.notify([about(teller.wallet)], teller.clock.now()) == 1

    async def test_it_counts_from_the_end_and_not_from_the_beginning(self, teller: Teller, sender: Sender) -> None:
        await teller.store.outbox.notify([about(teller.wallet)], teller.clock.now())
        teller.clock.pass_(days=2)
        await sender.lease()
        (delivery,) = await sender.claim()
        await sender.settle(delivery, Sent("1"))
        teller.clock.pass_(days=89)
        assert await self.forget(teller) == 0
        teller.clock.pass_(days=2)
        assert await self.forget(teller) == 1

    async def test_a_notice_pending_for_one_chat_stays_for_all(self, teller: Teller, sender: Sender) -> None:
        team = (await teller.store.people.open_wallet(ChatRef(HERE, "team"), Settings())).id
        await self.tell(teller, sender, Sent("1"))
        await teller.store.outbox.notify([about(team, "n2")], teller.clock.now())
        await sender.claim()
        teller.clock.pass_(days=400)
        assert await self.forget(teller) == 1
        assert [state for _, state, _ in await teller.store.outbox.deliveries("n2")] == [State.SENDING]

    async def test_a_notice_for_nobody_is_deleted_too(self, teller: Teller) -> None:
        own = about(teller.wallet)._replace(by=teller.person)
        await teller.store.outbox.notify([own], teller.clock.now())
        teller.clock.pass_(days=91)
        assert await self.forget(teller) == 1
        assert await self.forget(teller) == 0

    async def test_a_limited_number_is_deleted_at_once_the_oldest_first(self, teller: Teller, sender: Sender) -> None:
        for key in ("n3", "n1", "n2"):
            await self.tell(teller, sender, Sent("1"), key)
            teller.clock.pass_(seconds=1)
        teller.clock.pass_(days=91)
        assert await self.forget(teller, 2) == 2
        assert [len(await teller.store.outbox.deliveries(key)) for key in ("n1", "n2", "n3")] == [0, 1, 0]
        assert await self.forget(teller, 2) == 1

    async def test_stale_deliveries_are_cancelled_even_if_nobody_sends(self, teller: Teller, sender: Sender) -> None:
        for key in ("n1", "n2", "n3"):
            await teller.store.outbox.notify([about(teller.wallet, key)], teller.clock.now())
            teller.clock.pass_(days=1)
        assert await teller.store.outbox.give_up(teller.clock.now(), 10) == 0
        teller.clock.pass_(days=1, seconds=1)
        assert await teller.store.outbox.give_up(teller.clock.now(), 1) == 1
        assert await teller.store.outbox.give_up(teller.clock.now(), 10) == 1
        states = [await state(teller, key) for key in ("n1", "n2", "n3")]
        assert states == [(State.CANCELLED, "stale")] * 2 + [(State.PENDING, "")]
        await sender.lease()
        (delivery,) = await sender.claim()
        assert delivery.notice.key == "n3"
        assert await teller.store.outbox.give_up(teller.clock.now(), 10) == 0  # it is under way

    async def test_deliveries_left_under_way_are_settled_even_if_nobody_sends(
        self, teller: Teller, sender: Sender
    ) -> None:
        team = (await teller.store.people.open_wallet(ChatRef(HERE, "team"), Settings())).id
        await teller.store.outbox.notify([about(teller.wallet), about(team, "n2", once=True)], teller.clock.now())
        await sender.lease()
        teller.clock.pass_(days=2)
        (alert, promotion) = await sender.claim()
        teller.clock.pass_(days=3)
        assert await teller.store.outbox.give_up(teller.clock.now(), 10) == 0
        teller.clock.pass_(seconds=1)
        assert [await teller.store.outbox.give_up(teller.clock.now(), 1) for _ in range(3)] == [1, 1, 0]
        assert await state(teller) == (State.CANCELLED, "stale")
        assert await state(teller, "n2") == (State.UNKNOWN, "interrupted")
        for delivery in (alert, promotion):
            await sender.settle(delivery, Sent("1"))  # the sender had only been frozen
        assert await state(teller) == (State.CANCELLED, "stale")
        assert await state(teller, "n2") == (State.SENT, "")
