"""The sender while it runs: when it looks again, how it rests, how it ends, how it survives trouble."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot.delivery.sender import MOST_DOUBTS
from core.delivery.state import State
from tests.bot.office import Office
from tests.patience import PATIENCE

SECOND = timedelta(seconds=1)


@pytest.fixture
def office() -> Office:
    return Office()


class TestLooking:
    async def test_it_tells_when_to_look_again(self, office: Office) -> None:
        now, ann = office.clock.now(), await office.person("ann")
        assert await office.turn() is None
        await office.notify(ann)
        assert await office.turn() == now
        assert await office.turn() is None
        await office.notify(ann)
        await office.turn()
        assert await office.turn() == now + SECOND

    async def test_while_a_chat_has_one_under_way_it_does_not_spin(self, office: Office) -> None:
        ann = await office.person("ann")
        await office.notify(ann)
        await office.notify(ann)
        office.carrier.open.clear()
        assert await office.sender.step() == office.clock.now()
        assert await office.sender.step() == office.clock.now() + SECOND
        office.carrier.open.set()
        await office.sender.finish()


class TestRunning:
    async def test_it_sends_until_it_is_stopped_and_rests_a_second_at_most(self, office: Office) -> None:
        stop, rests = asyncio.Event(), []
        ann = await office.person("ann")

        async def pause(seconds: float) -> None:
            rests.append(seconds)
            office.clock.pass_(seconds=seconds)
            if len(rests) == 2:
                await office.notify(ann)
            if len(rests) == 6:
                stop.set()
            await asyncio.sleep(0)

        await office.sender.run(stop, pause)
        assert office.carrier.chats == ["ann"]
        assert rests[:2] == [1, 1]
        assert max(rests) == 1

    async def test_being_woken_ends_a_rest(self, office: Office) -> None:
        stop = asyncio.Event()
        running = asyncio.create_task(office.sender.run(stop, _for_ever))
        await asyncio.sleep(0)
        await office.notify(await office.person("ann"))
        office.sender.wake()
        while not office.carrier.carried:  # noqa: ASYNC110 - it takes a few turns of the loop
            await asyncio.sleep(0)
        stop.set()
        await asyncio.wait_for(running, PATIENCE)

    async def test_what_is_under_way_is_finished_and_the_right_to_send_let_go(self, office: Office) -> None:
        stop = asyncio.Event()
        key = await office.notify(await office.person("ann"))
        office.carrier.open.clear()
        running = asyncio.create_task(office.sender.run(stop, _for_ever))
        while not office.carrier.under_way:  # noqa: ASYNC110 - it takes a few turns of the loop
            await asyncio.sleep(0)
        stop.set()
        await asyncio.sleep(0)
        office.carrier.open.set()
        await asyncio.wait_for(running, PATIENCE)
        assert await office.state(key) == (State.SENT, "")
        other = office.another("two")
        await office.notify(await office.person("bob"))
        await office.turn(other)
        assert office.carrier.chats == ["ann", "bob"]

    async def test_one_that_is_cut_off_leaves_nothing_running(self, office: Office) -> None:
        key = await office.notify(await office.person("ann"))
        office.carrier.open.clear()
        running = asyncio.create_task(office.sender.run(asyncio.Event(), _for_ever))
        while not office.carrier.under_way:  # noqa: ASYNC110 - it takes a few turns of the loop
            await asyncio.sleep(0)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        assert office.carrier.under_way == []
        assert await office.state(key) == (State.SENDING, "")

    @pytest.mark.parametrize("away", ["lease", "claim"])
    async def test_an_outage_is_waited_out_and_told_once(self, office: Office, away: str) -> None:
        stop, rests = asyncio.Event(), 0
        await office.notify(await office.person("ann"))
        office.store.outbox.away.add(away)

        async def pause(seconds: float) -> None:
            nonlocal rests
            rests += 1
            office.clock.pass_(seconds=seconds)
            if rests == 5:
                office.store.outbox.away.clear()
            if rests == 40:
                stop.set()
            await asyncio.sleep(0)

        with capture_logs() as logs:
            await office.sender.run(stop, pause)
        assert office.carrier.chats == ["ann"]
        assert [event["why"] for event in logs if event["event"] == "deliveries wait"] == ["lost"]

    async def test_a_fault_is_noted_once_while_it_lasts_and_what_cannot_be_kept_ends_nothing(
        self, office: Office
    ) -> None:
        stop, rests = asyncio.Event(), 0
        keys = [await office.notify(await office.person(name)) for name in ("ann", "bob")]
        office.store.outbox.broken = {"claim", "settle"}

        async def pause(seconds: float) -> None:
            nonlocal rests
            rests += 1
            office.clock.pass_(seconds=seconds)
            if rests == 5:
                office.store.outbox.broken.remove("claim")
            if rests == 40:
                stop.set()
            await asyncio.sleep(0)

        with capture_logs() as logs:
            await office.sender.run(stop, pause)
        assert sorted(office.carrier.chats) == ["ann", "bob"]
        faults = [event["kind"] for event in logs if event["event"] == "fault"]
        assert faults == ["RuntimeError"] * (1 + 2 * MOST_DOUBTS)
        assert [await office.state(key) for key in keys] == [(State.SENDING, "interrupted")] * 2

    async def test_an_outcome_that_cannot_be_kept_at_first_is_kept_later_and_sent_once(self, office: Office) -> None:
        key = await office.notify(await office.person("ann"))
        office.store.outbox.broken = {"settle"}
        await office.turn()
        office.store.outbox.broken.clear()
        office.clock.pass_(seconds=1)
        await office.turn()
        assert office.carrier.chats == ["ann"]
        assert await office.state(key) == (State.SENT, "")


async def _for_ever(_seconds: float) -> None:
    await asyncio.Event().wait()
