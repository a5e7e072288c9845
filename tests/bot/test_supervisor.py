"""The supervisor: what ends a platform, and the back-off before it is started again."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from bot.platforms import supervisor
from bot.platforms.port import RejectedError
from bot.platforms.supervisor import (
    FIRST_PAUSE,
    GOOD_STRETCH,
    LONGEST_PAUSE,
    RestartBackoff,
    pause_after,
    run_with_sender,
    supervise,
)
from core.delivery.state import State
from tests.bot.carrier import Mute
from tests.bot.office import Office
from tests.patience import PATIENCE

if TYPE_CHECKING:
    from bot.platforms.port import Platform


@dataclass
class Time:
    """Time that passes only in pauses and while a platform runs."""

    seconds: float = 0.0
    pauses: list[float] = field(default_factory=list)

    async def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.seconds += seconds

    def backoff(self, chance: float = 0.0) -> RestartBackoff:
        return RestartBackoff(self.sleep, lambda: self.seconds, lambda: chance)


@dataclass
class Flaky(Mute):
    """A platform that follows a script: each error after so many seconds, and then it serves."""

    time: Time
    fates: list[tuple[float, Exception | None]]
    name: str = "flaky"
    starts: int = 0

    async def run(self, stop: asyncio.Event) -> None:
        self.starts += 1
        if not self.fates:
            stop.set()
            return
        seconds, error = self.fates.pop(0)
        self.time.seconds += seconds
        if error is not None:
            raise error


async def supervised(platform: Platform, time: Time) -> str | None:
    return await supervise(platform, asyncio.Event(), time.backoff())


async def test_a_lost_connection_is_restored_with_back_off() -> None:
    time = Time()
    platform = Flaky(time, [(0, ConnectionError("no route"))] * 4)
    assert await supervised(platform, time) is None
    assert platform.starts == 5
    assert time.pauses == [1, 2, 4, 8]


async def test_after_a_good_stretch_earlier_failures_no_longer_count() -> None:
    time = Time()
    await supervised(Flaky(time, [(0, OSError())] * 3 + [(GOOD_STRETCH, OSError()), (0, OSError())]), time)
    assert time.pauses == [1, 2, 4, 1, 2]


async def test_a_platform_that_returns_by_itself_is_started_again() -> None:
    time = Time()
    platform = Flaky(time, [(0, None)])
    await supervised(platform, time)
    assert platform.starts == 2


async def test_a_refused_token_is_not_tried_again() -> None:
    time = Time()
    platform = Flaky(time, [(0, OSError()), (0, RejectedError("Get another token."))])
    assert await supervised(platform, time) == "Get another token."
    assert platform.starts == 2


async def test_nothing_starts_after_a_stop() -> None:
    time, stop = Time(), asyncio.Event()
    stop.set()
    platform = Flaky(time, [(0, OSError())])
    assert await supervise(platform, stop, time.backoff()) is None
    assert platform.starts == 0


async def test_a_stop_ends_a_pause() -> None:
    stop, time = asyncio.Event(), Time()

    async def for_ever(_seconds: float) -> None:
        stop.set()
        await asyncio.Event().wait()

    backoff = RestartBackoff(for_ever, lambda: 0.0, lambda: 0.0)
    assert await asyncio.wait_for(supervise(Flaky(time, [(0, OSError())]), stop, backoff), timeout=PATIENCE) is None


async def test_being_cancelled_is_not_a_failure() -> None:
    started = asyncio.Event()

    class Endless(Mute):
        name = "endless"

        async def run(self, stop: asyncio.Event) -> None:
            started.set()
            await stop.wait()

    running = asyncio.create_task(supervise(Endless(), asyncio.Event(), RestartBackoff()))
    await started.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running


class TestBeside:
    """A platform with its sender."""

    async def test_the_sender_stops_first_and_messages_in_progress_are_still_sent(self) -> None:
        office, stop = Office(), asyncio.Event()
        key = await office.notify(await office.person("ann"))
        office.carrier.open.clear()

        async def serve(last: asyncio.Event) -> str:
            while not office.carrier.under_way:  # noqa: ASYNC110 - the sender takes its turns meanwhile
                await asyncio.sleep(0)
            stop.set()
            await asyncio.sleep(0)
            assert not last.is_set()
            office.carrier.open.set()
            await last.wait()
            assert await office.state(key) == (State.SENT, "")
            return "the token's fault"

        assert (
            await asyncio.wait_for(run_with_sender(office.sender, stop, RestartBackoff(), serve), PATIENCE)
            == "the token's fault"
        )

    async def test_a_platform_that_ends_stops_its_sender(self) -> None:
        office = Office()

        async def serve(_last: asyncio.Event) -> str:
            return "rejected"

        assert (
            await asyncio.wait_for(run_with_sender(office.sender, asyncio.Event(), RestartBackoff(), serve), PATIENCE)
            == "rejected"
        )
        assert len(asyncio.all_tasks()) == 1

    async def test_a_platform_that_fails_stops_its_sender(self) -> None:
        async def serve(_last: asyncio.Event) -> None:
            raise OSError("no route")

        with pytest.raises(OSError, match="no route"):
            await asyncio.wait_for(run_with_sender(Office().sender, asyncio.Event(), RestartBackoff(), serve), PATIENCE)
        assert len(asyncio.all_tasks()) == 1

    async def test_a_sender_that_hangs_is_cancelled(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(supervisor, "SENDER_GRACE", 0.01)
        office, stop = Office(), asyncio.Event()
        key = await office.notify(await office.person("ann"))
        office.carrier.open.clear()

        async def serve(last: asyncio.Event) -> None:
            while not office.carrier.under_way:  # noqa: ASYNC110 - the sender takes its turns meanwhile
                await asyncio.sleep(0)
            stop.set()
            await last.wait()

        await asyncio.wait_for(run_with_sender(office.sender, stop, RestartBackoff(), serve), PATIENCE)
        assert await office.state(key) == (State.SENDING, "")
        assert len(asyncio.all_tasks()) == 1


class TestPauses:
    def test_they_double_up_to_a_limit(self) -> None:
        assert pause_after(1, 0) == FIRST_PAUSE
        assert pause_after(5, 0) == 16 * FIRST_PAUSE
        assert pause_after(10_000, 0) == LONGEST_PAUSE

    def test_jitter_shortens_them_by_up_to_a_half(self) -> None:
        assert pause_after(4, 1.0) == pause_after(4, 0.0) / 2
