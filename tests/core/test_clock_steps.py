"""A clock that was ahead by an hour or a year, and was set right: reviews, scans, snoozes and retries go on at once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from core.alerts.expiry_scan import ExpiryScan
from core.scheduling.runner import FIRST_RETRY, TaskRunner
from core.scheduling.task import Task, TaskResult
from core.shared.calendar import next_nine
from core.shared.clock_steps import SLACK, has_passed, lasts, was_ahead
from core.wallets.settings import LONGEST_SNOOZE, Alerts, snooze
from storage.memory.store import MemoryStore
from tests.core.freelancer import booked, dollars

if TYPE_CHECKING:
    from tests.clock import TestClock
    from tests.core.dawn import Dawn
    from tests.core.freelancer import Freelancer, OpenBooks

NOW = datetime(2026, 1, 10, 9, tzinfo=UTC)
SECOND, HOUR, DAY, YEAR = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1), timedelta(days=365)
BY = pytest.mark.parametrize("ahead", [HOUR, YEAR], ids=["an hour", "a year"])


class TestRules:
    def test_a_little_ahead_is_no_wrong_clock(self) -> None:
        assert SLACK == 30 * SECOND
        assert not was_ahead(NOW + SLACK, NOW)
        assert was_ahead(NOW + SLACK + SECOND, NOW)

    @pytest.mark.parametrize(
        ("since", "expected"),
        [(-HOUR, True), (-HOUR + SECOND, False), (SECOND, False), (SLACK, False), (SLACK + SECOND, True), (YEAR, True)],
    )
    def test_a_span_since_the_future_is_over(self, since: timedelta, *, expected: bool) -> None:
        assert has_passed(HOUR, NOW + since, NOW) is expected

    @pytest.mark.parametrize(
        ("until", "expected"),
        [(-SECOND, False), (0 * SECOND, False), (SECOND, True), (HOUR, True), (HOUR + SECOND, False), (YEAR, False)],
    )
    def test_nothing_lasts_longer_than_it_can(self, until: timedelta, *, expected: bool) -> None:
        assert lasts(NOW + until, NOW, HOUR) is expected


class TestDailyReview:
    @BY
    async def test_it_comes_on_the_next_morning_again(self, dawn: Dawn, ahead: timedelta) -> None:
        true_time = dawn.clock.at
        dawn.clock.at = next_nine("UTC", true_time + ahead)
        await dawn.review()
        dawn.clock.at = true_time + SECOND
        await dawn.review()
        assert await dawn.next() == next_nine("UTC", true_time)
        assert "digest" in (await dawn.days(7))[12]

    async def test_the_first_one_in_true_time_reports_what_is_due_that_day(self, dawn: Dawn) -> None:
        booked(await dawn.ann.spend(1))
        true_time = dawn.clock.at + 2 * DAY  # nine on a Monday
        dawn.clock.at = next_nine("UTC", true_time + YEAR)
        await dawn.review()
        dawn.clock.at = true_time + SECOND
        assert [notice.code for notice in await dawn.review()] == ["digest"]


class TestExpiryScan:
    @BY
    async def test_what_comes_near_its_expiry_is_announced_on_the_day(
        self, books: OpenBooks, clock: TestClock, ann: Freelancer, ahead: timedelta
    ) -> None:
        scan, true_time = ExpiryScan(books.store, clock), clock.at
        clock.at += ahead
        await scan.run()
        clock.at = true_time
        await scan.run()
        booked(await ann.buy(60, dollars(900)))
        for _ in range(336):
            clock.pass_(days=1)
            await scan.run()
        assert await books.store.outbox.deliveries(f"expiring:{ann.wallet}:1:30")


class TestRetries:
    @BY
    async def test_a_task_that_failed_is_run_again_at_once(self, clock: TestClock, ahead: timedelta) -> None:
        store, true_time, fails, runs = MemoryStore(), clock.at, [True], list[datetime]()

        async def run(_task: Task, now: datetime) -> TaskResult:
            runs.append(now)
            if fails:
                raise ValueError
            return TaskResult()

        runner = TaskRunner(store.tasks, store.outbox, clock, {"row": run})
        await store.tasks.schedule(Task("row:1", true_time))
        clock.at += ahead
        for _ in range(3):
            clock.pass_(minutes=5)
            with pytest.raises(ExceptionGroup):
                await runner.run_due()
        assert [task.times for task in runner.failing()] == [3]
        clock.at = true_time + SECOND
        assert runner.failing() == () or ahead == HOUR
        fails.clear()
        assert await runner.run_due() == 1
        assert runs[-1] == clock.at
        assert runner.failing() == ()

    async def test_a_failure_that_another_process_ended_is_forgotten(self, clock: TestClock) -> None:
        store, true_time = MemoryStore(), clock.at
        runner = TaskRunner(store.tasks, store.outbox, clock, {})
        await store.tasks.schedule(Task("row:1", true_time))
        clock.at += YEAR
        with pytest.raises(ExceptionGroup):
            await runner.run_due()
        assert runner.failing()
        clock.at = true_time + FIRST_RETRY
        assert runner.failing() == ()


async def test_no_note_lasts_longer_than_four_hundred_days_from_a_sweep() -> None:
    notes = MemoryStore().notes
    await notes.put_note("ahead", "text", NOW + 401 * DAY)
    await notes.sweep_notes(NOW)
    assert [await notes.note("ahead", NOW + 400 * DAY - late) for late in (SECOND, 0 * SECOND)] == ["text", None]


class TestSnoozes:
    def test_one_of_a_week_that_was_asked_for_a_year_ahead_is_over(self) -> None:
        ahead = NOW + YEAR
        alerts = snooze(Alerts(), "low", ahead + 7 * DAY, ahead)
        assert alerts.snoozed_until("low", ahead) == ahead + 7 * DAY
        assert alerts.snoozed_until("low", NOW) is None

    def test_the_longest_one_lasts(self) -> None:
        alerts = snooze(Alerts(), "low", NOW + LONGEST_SNOOZE, NOW)
        assert alerts.snoozed_until("low", NOW) == NOW + LONGEST_SNOOZE
