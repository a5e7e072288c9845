"""One sender at a time, and nothing lost or doubled when it freezes or the books are out of reach."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from core.delivery.state import State
from core.shared.refusals import Outage, UnavailableError
from tests.bot.office import Office

if TYPE_CHECKING:
    from bot.reply.parts import Reply
    from core.delivery.notice import Delivery

SECOND = timedelta(seconds=1)


@pytest.fixture
def office() -> Office:
    return Office()


class TestOutages:
    async def test_an_outcome_that_cannot_be_kept_is_owed_and_nothing_is_sent_twice(self, office: Office) -> None:
        ann = await office.person("ann")
        key = await office.notify(ann)
        office.store.outbox.away.add("settle")
        await office.turn()
        assert await office.state(key) == (State.SENDING, "")
        await office.turns(5)
        office.store.outbox.away.clear()
        await office.turn()
        assert await office.state(key) == (State.SENT, "")
        assert office.carrier.chats == ["ann"]

    async def test_a_claim_whose_answer_was_lost_is_not_lost(self, office: Office) -> None:
        keys = [
            await office.notify(await office.person("ann")),
            await office.notify(await office.person("b"), once=True),
        ]
        office.store.outbox.away.add("claim")
        with pytest.raises(UnavailableError):
            await office.sender.step()
        office.store.outbox.away.clear()
        await office.turns(14)
        assert office.carrier.carried == []
        await office.turns(3)
        assert office.carrier.chats == ["ann"]
        assert [await office.state(key) for key in keys] == [(State.SENT, ""), (State.UNKNOWN, "interrupted")]

    async def test_a_claim_lost_beside_a_message_under_way_waits_for_its_end(self, office: Office) -> None:
        first = await office.notify(await office.person("ann"))
        office.carrier.open.clear()
        await office.sender.step()
        await asyncio.sleep(0)
        await office.notify(await office.person("bob"))
        office.store.outbox.away.add("claim")
        with pytest.raises(UnavailableError):
            await office.sender.step()
        office.store.outbox.away.clear()
        office.clock.pass_(seconds=20)
        await office.sender.step()
        assert office.carrier.chats == ["ann"]
        office.carrier.open.set()
        await office.sender.finish()
        assert await office.state(first) == (State.SENT, "")
        await office.turns(1)
        assert office.carrier.chats == ["ann", "bob"]

    async def test_words_that_cannot_be_sealed_now_can_be_later(self, office: Office) -> None:
        key = await office.notify(await office.person("ann"))
        await office.turn(office.another("one", render=_out_of_reach))
        assert await office.state(key) == (State.PENDING, "later")
        assert office.carrier.carried == []


async def _out_of_reach(_delivery: Delivery) -> Reply:
    raise UnavailableError(Outage.LOST)


class TestLease:
    async def test_only_one_of_two_processes_sends(self, office: Office) -> None:
        other = office.another("two")
        await office.turn()
        await office.notify(await office.person("ann"))
        assert await office.turn(other) == office.clock.now() + SECOND
        assert office.carrier.carried == []
        await office.turn()
        assert office.carrier.chats == ["ann"]

    async def test_who_has_nothing_to_tell_asks_for_it_once_a_minute(self, office: Office) -> None:
        await office.turn()
        office.store.outbox.away.add("lease")
        for _ in range(59):
            office.clock.pass_(seconds=1)
            await office.turn()
        office.clock.pass_(seconds=1)
        with pytest.raises(UnavailableError):
            await office.turn()

    async def test_it_is_not_renewed_before_a_third_is_gone(self, office: Office) -> None:
        await office.turn()
        ann = await office.person("ann")
        office.store.outbox.away.add("lease")
        office.clock.pass_(seconds=4.999)
        await office.notify(ann)
        await office.turn()
        assert office.carrier.chats == ["ann"]
        office.clock.pass_(milliseconds=1)
        await office.notify(ann)
        with pytest.raises(UnavailableError):
            await office.turn()

    async def test_what_one_that_ended_left_open_is_found_within_a_minute_though_nothing_is_due(
        self, office: Office
    ) -> None:
        other = office.another("two")
        await office.turn(other)
        office.clock.pass_(seconds=16)
        await office.notify(await office.person("ann"))
        frozen = await office.freeze()
        office.clock.pass_(seconds=45)
        await office.turn(other)
        assert office.carrier.chats == ["ann", "ann"]
        frozen.set()

    async def test_it_passes_from_one_that_froze_and_what_was_open_is_settled(self, office: Office) -> None:
        alert = await office.notify(await office.person("ann"))
        promotion = await office.notify(await office.person("bob"), once=True)
        frozen = await office.freeze()
        other = office.another("two")
        await office.turn(other)
        assert sorted(office.carrier.chats) == ["ann", "bob"]
        office.clock.pass_(seconds=15)
        await office.turn(other)
        assert office.carrier.chats[2:] == ["ann"]
        assert [await office.state(key) for key in (alert, promotion)] == [
            (State.SENT, ""),
            (State.UNKNOWN, "interrupted"),
        ]
        frozen.set()
        await office.sender.finish()
        assert await office.state(promotion) == (State.SENT, "")  # an answer that comes late clears the doubt

    async def test_where_a_second_message_is_impossible_all_is_sent_again(self, office: Office) -> None:
        office.carrier.idempotent = True
        key = await office.notify(await office.person("bob"), once=True)
        frozen = await office.freeze()
        office.clock.pass_(seconds=15)
        await office.turn(office.another("two"))
        frozen.set()
        await office.sender.finish()
        assert office.carrier.chats == ["bob", "bob"]
        assert len({one.nonce for one in office.carrier.carried}) == 1
        assert await office.state(key) == (State.SENT, "")

    async def test_one_that_wakes_up_too_late_sends_nothing(self, office: Office) -> None:
        key = await office.notify(await office.person("ann"))
        await office.sender.step()  # claimed, and it freezes before it sends
        office.clock.pass_(seconds=15)
        other = office.another("two")
        await other.step()
        await office.sender.finish()
        await other.finish()
        assert office.carrier.chats == ["ann"]
        assert await office.state(key) == (State.SENT, "")

    async def test_one_that_wakes_up_too_late_alone_goes_on(self, office: Office) -> None:
        key = await office.notify(await office.person("ann"))
        await office.sender.step()
        office.clock.pass_(seconds=15)
        await office.sender.finish()
        assert office.carrier.carried == []
        await office.turns(2)
        assert await office.state(key) == (State.SENT, "")
