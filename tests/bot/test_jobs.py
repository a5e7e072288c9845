"""Jobs: what came of a run is kept, none runs twice at once, a fault stays its own."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from structlog.testing import capture_logs

from bot.base.background_jobs import Job, Jobs
from core.shared.refusals import Outage, UnavailableError
from storage.memory.notes import MemoryNotes
from storage.memory.tables import Tables
from tests.clock import TestClock

MINUTE = timedelta(minutes=1)


@dataclass
class Work:
    """A job that takes its time, fails while it is told to, and waits for its gate."""

    clock: TestClock
    fault: Exception | None = None
    begun: int = 0
    gate: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.gate.set()

    async def __call__(self) -> int:
        self.begun += 1
        await self.gate.wait()
        self.clock.pass_(seconds=2)
        if self.fault is not None:
            raise self.fault
        return 3


class Notes(MemoryNotes):
    """Notes that can be out of reach, and count how often they are written."""

    away, written = False, 0

    def __init__(self) -> None:
        super().__init__(Tables())

    async def put_note(self, name: str, text: str, until: datetime | None) -> None:
        if self.away:
            raise UnavailableError(Outage.LOST)
        self.written += 1
        await super().put_note(name, text, until)


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
def work(clock: TestClock) -> Work:
    return Work(clock)


@pytest.fixture
def notes() -> Notes:
    return Notes()


@pytest.fixture
def jobs(work: Work, notes: Notes, clock: TestClock) -> Jobs:
    return another(work, notes, clock)


def another(work: Work, notes: Notes, clock: TestClock) -> Jobs:
    """The jobs as a process that was started anew knows them."""
    return Jobs([Job("work", MINUTE, work)], notes, clock)


async def test_before_its_first_run_nothing_is_known(jobs: Jobs) -> None:
    assert (await jobs.last("work"), jobs.next("work"), jobs.running("work")) == (None, None, False)
    with pytest.raises(KeyError):
        await jobs.run_now("play")


async def test_what_came_of_a_run_outlives_a_restart(jobs: Jobs, work: Work, notes: Notes, clock: TestClock) -> None:
    began = clock.now()
    run = await jobs.run_now("work")
    assert run is not None
    assert (run.began, run.took, run.number, run.error, run.failed) == (began, timedelta(seconds=2), 3, "", 0)
    clock.pass_(days=1000)
    assert await another(work, notes, clock).last("work") == run


async def test_failures_in_a_row_are_counted_over_restarts(
    jobs: Jobs, work: Work, notes: Notes, clock: TestClock
) -> None:
    work.fault = ValueError("private words")
    await jobs.run_now("work")
    jobs = another(work, notes, clock)
    with capture_logs() as logs:
        run = await jobs.run_now("work")
    assert run is not None
    assert (run.number, run.error, run.failed) == (None, "ValueError", 2)
    fault, failed = logs
    assert (failed["event"], failed["job"], failed["id"]) == ("job failed", "work", fault["id"])
    assert run.fault == fault["id"]
    assert "private" not in f"{logs}{await notes.note('job:work', clock.now())}"
    work.fault = None
    well = await jobs.run_now("work")
    assert well is not None
    assert (well.error, well.failed) == ("", 0)


async def test_it_never_runs_twice_at_once(jobs: Jobs, work: Work) -> None:
    work.gate.clear()
    jobs.tick("work")
    await asyncio.sleep(0)
    assert jobs.running("work")
    assert await jobs.run_now("work") is None
    jobs.tick("work")
    work.gate.set()
    await jobs.finish()
    assert (work.begun, jobs.running("work")) == (1, False)
    assert await jobs.run_now("work") is not None


async def test_it_goes_on_when_nobody_waits_for_it_any_more(jobs: Jobs, work: Work) -> None:
    work.gate.clear()
    waiting = asyncio.create_task(jobs.run_now("work"))
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.wait([waiting])
    assert jobs.running("work")
    work.gate.set()
    await jobs.finish()
    run = await jobs.last("work")
    assert run is not None
    assert run.number == 3


async def test_each_tick_says_when_the_next_one_is(jobs: Jobs, clock: TestClock) -> None:
    jobs.tick("work")
    assert jobs.next("work") == clock.now() + MINUTE
    await jobs.finish()
    due = jobs.next("work")
    await jobs.run_now("work")
    assert jobs.next("work") == due


async def test_while_the_store_is_away_runs_are_known_here(
    jobs: Jobs, work: Work, notes: Notes, clock: TestClock
) -> None:
    await jobs.run_now("work")
    notes.away, work.fault = True, UnavailableError(Outage.LOST)
    with capture_logs() as logs:
        await jobs.run_now("work")
        await jobs.run_now("work")
    assert [line["kind"] for line in logs if line["event"] == "run not kept"] == ["UnavailableError"] * 2
    here, elsewhere = await jobs.last("work"), await another(work, notes, clock).last("work")
    assert here is not None
    assert elsewhere is not None
    assert (here.failed, elsewhere.failed) == (2, 0)


async def test_a_clock_that_is_set_back_makes_no_run_shorter_than_nothing(notes: Notes, clock: TestClock) -> None:
    async def back() -> None:
        clock.pass_(hours=-1)

    run = await Jobs([Job("back", MINUTE, back)], notes, clock).run_now("back")
    assert run is not None
    assert run.took == timedelta(0)


async def test_one_that_looks_each_second_and_finds_nothing_writes_once_a_minute(clock: TestClock) -> None:
    found = iter([0] * 90 + [1, 0])

    async def look() -> int:
        return next(found)

    notes = Notes()
    jobs = Jobs([Job("look", timedelta(seconds=1), look)], notes, clock)
    for _ in range(90):
        await jobs.run_now("look")
        clock.pass_(seconds=1)
    assert notes.written == 2
    await jobs.run_now("look")
    assert notes.written == 3
    last = await Jobs((), notes, clock).last("look")
    assert last is not None
    assert last.number == 1


class Errand:
    """Something to do at a time of its own."""

    def __init__(self, clock: TestClock) -> None:
        self.clock, self.at, self.done, self.fails = clock, clock.now() + timedelta(minutes=40), 0, False
        self.away = False

    async def look(self) -> int:
        if self.fails:
            raise ValueError
        if self.at > self.clock.now():
            return 0
        self.at, self.done = self.clock.now() + timedelta(days=1), self.done + 1
        return 1

    async def next(self) -> datetime | None:
        if self.away:
            raise UnavailableError(Outage.LOST)
        return self.at

    def on(self, notes: Notes) -> Jobs:
        return Jobs([Job("errand", timedelta(hours=1), self.look, next=self.next)], notes, self.clock)


class TestCalled:
    async def test_it_is_called_when_there_is_something_to_do(self, notes: Notes, clock: TestClock) -> None:
        errand, armed = Errand(clock), list[datetime | None]()
        jobs = errand.on(notes)
        jobs.arm_by(lambda _name, at: armed.append(at))
        jobs.tick("errand")
        await jobs.finish()
        assert armed == [errand.at]
        assert jobs.next("errand") == errand.at
        clock.at = errand.at
        jobs.call("errand")
        await jobs.finish()
        assert (errand.done, armed[-1]) == (1, errand.at)
        assert jobs.next("errand") == clock.now() + timedelta(minutes=20)  # its turn comes before that

    async def test_what_comes_sooner_than_was_known_is_looked_for_at_once(self, notes: Notes, clock: TestClock) -> None:
        errand = Errand(clock)
        jobs = errand.on(notes)
        errand.at = clock.now()
        jobs.wake()
        await jobs.finish()
        assert errand.done == 1

    async def test_what_comes_while_it_looks_is_not_overlooked(self, notes: Notes, clock: TestClock) -> None:
        errand = Errand(clock)
        jobs = errand.on(notes)
        jobs.tick("errand")
        await asyncio.sleep(0)
        errand.at = clock.now()
        jobs.wake()
        await jobs.finish()
        assert errand.done == 1

    async def test_what_cannot_be_done_is_not_tried_without_a_pause(self, notes: Notes, clock: TestClock) -> None:
        errand = Errand(clock)
        jobs = errand.on(notes)
        errand.at, errand.fails = clock.now(), True
        await jobs.run_now("errand")
        assert jobs.next("errand") == clock.now() + timedelta(seconds=1)

    async def test_while_nobody_knows_when_its_turn_comes_all_the_same(self, notes: Notes, clock: TestClock) -> None:
        errand = Errand(clock)
        jobs = errand.on(notes)
        errand.away = True
        jobs.tick("errand")
        with capture_logs() as logs:
            await jobs.finish()
        assert [line["event"] for line in logs] == ["next time not known"]
        assert jobs.next("errand") == clock.now() + timedelta(hours=1)
