"""A clock that was ahead by an hour or a year, and was set right: within a minute everything goes on."""

from __future__ import annotations

import json
from collections import deque
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

import pytest
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.base.background_jobs import BackgroundJob, Jobs
from bot.base.platform_registry import USUAL
from bot.delivery.limits.rate_limit import RateLimiter
from bot.jobs.clock_jobs import _bring_forward, _repeat
from bot.options.times.cron import following
from bot.platforms.telegram.sending.limits import Limits
from core.announcements.recurring import RecurringService
from core.delivery.notice import Notice
from core.delivery.outcome import Later
from core.delivery.state import LEASE, State
from core.wallets.people import Identity
from storage.memory.store import MemoryStore
from tests.bot.carrier import FakeCarrier
from tests.bot.office import Office
from tests.bot.promoting import look
from tests.bot.stage import a_bot
from tests.bot.stages.desk import DeskStage
from tests.bot.telling import deliver
from tests.bot.test_health import Watch
from tests.bot.test_live_progress import Look, live_platform
from tests.bot.test_recurring import MONDAY, comes_next, started
from tests.clock import TestClock

if TYPE_CHECKING:
    from pathlib import Path

    from bot.delivery.sender import Sender
    from tests.bot.stage import Bot
    from tests.bot.stages.desk import DeskPlayer

SECOND, MINUTE, HOUR, YEAR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=365)
QUIET: Final = 23


@pytest.fixture(params=[HOUR, YEAR], ids=["an hour", "a year"])
def ahead(request: pytest.FixtureRequest) -> timedelta:
    """How far the clock is ahead for a while."""
    span: timedelta = request.param
    return span


class TestSender:
    @pytest.fixture
    def office(self) -> Office:
        return Office()

    @pytest.fixture(params=[False, True], ids=["running on", "restarted"])
    def heir(self, request: pytest.FixtureRequest, office: Office) -> Sender:
        """The sender that works once the clock is right: the same one, or that of a new process."""
        return office.another("two") if request.param else office.sender

    async def _all_sent_within_a_minute(self, office: Office, sender: Sender, *keys: str) -> None:
        end = office.clock.at + MINUTE
        while office.clock.at < end:
            await office.turn(sender)
            office.clock.pass_(seconds=1)
        assert [await office.state(key) for key in keys] == [(State.SENT, "")] * len(keys)

    async def test_notices_from_the_future_and_new_ones_are_sent(
        self, office: Office, heir: Sender, ahead: timedelta
    ) -> None:
        true_time, ann = office.clock.at, await office.person("ann")
        await office.turn()
        office.clock.at += ahead
        await office.turn()
        sent = await office.notify(ann)
        await office.turn()
        waiting = await office.notify(ann)
        office.clock.at = true_time
        new = await office.notify(await office.person("bob"))
        await self._all_sent_within_a_minute(office, heir, sent, waiting, new)

    @pytest.mark.parametrize("fate", [Later(5 * MINUTE), Later(5 * MINUTE, all=True), Later(SECOND, fault=True)])
    async def test_holds_are_over(self, office: Office, heir: Sender, ahead: timedelta, fate: Later) -> None:
        true_time, ann = office.clock.at, await office.person("ann")
        office.clock.at += ahead
        office.carrier.fates.append(fate)
        held = await office.notify(ann)
        await office.turn()
        assert (await office.state(held))[0] is State.PENDING
        office.clock.at = true_time
        new = await office.notify(ann)
        await self._all_sent_within_a_minute(office, heir, held, new)

    async def test_quiet_hours_of_the_wrong_time_are_over(self, office: Office, heir: Sender, ahead: timedelta) -> None:
        true_time = office.clock.at
        office.clock.at = (true_time + ahead).replace(hour=QUIET)
        waiting = await office.notify(await office.person("ann"))
        await office.turn()
        assert await office.state(waiting) == (State.PENDING, "later")
        office.clock.at = true_time
        await self._all_sent_within_a_minute(office, heir, waiting)

    async def test_a_message_claimed_ahead_is_not_sent_beside_a_new_holder(
        self, office: Office, ahead: timedelta
    ) -> None:
        true_time = office.clock.at
        office.clock.at += ahead
        key = await office.notify(await office.person("ann"))
        await office.sender.step()  # claimed, and it freezes before it sends
        office.clock.at, other = true_time, office.another("two")
        for _ in range(2):
            await other.step()
            office.clock.pass_(seconds=15)
        await office.sender.finish()
        assert office.carrier.chats == []
        await self._all_sent_within_a_minute(office, other, key)
        assert office.carrier.chats == ["ann"]

    async def test_trouble_counts_from_the_true_time(self, office: Office, ahead: timedelta) -> None:
        true_time = office.clock.at
        office.clock.at += ahead
        office.carrier.fates.extend([Later(SECOND)] * 2)
        await office.notify(await office.person("ann"))
        await office.turn()
        office.clock.at = true_time
        await office.turn()
        assert office.sender.stuck_since == true_time


class TestFacts:
    """A notice from the future says what was true by the wrong time. By the right one 20 Connects are not low."""

    @pytest.fixture
    async def low(self, bot: Bot, ann: DeskPlayer, ahead: timedelta) -> Notice:
        await ann.say("/settings low=10")
        wallet = await bot.books.wallet_of((await bot.books.person(Identity("desk", "ann"), "ann")).id)
        assert wallet is not None
        low = Notice("low", "low", {"connects": 3, "threshold": 10}, wallet.id)
        await bot.store.outbox.notify([low], bot.clock.at + ahead)
        return low

    async def test_they_are_looked_at_again_before_they_are_sent(self, bot: Bot, low: Notice) -> None:
        carrier = FakeCarrier("desk")
        await deliver(bot, carrier)
        assert carrier.carried == []
        assert [state for _, state, _ in await bot.store.outbox.deliveries(low.key)] == [State.CANCELLED]

    async def test_so_they_are_after_a_crash_under_the_wrong_time(
        self, bot: Bot, low: Notice, ahead: timedelta
    ) -> None:
        gone, carrier = bot.clock.at + ahead, FakeCarrier("desk")
        lease = await bot.store.outbox.lease("desk", "gone", gone, gone + LEASE, idempotent=False)
        assert lease is not None
        assert await bot.store.outbox.claim("desk", lease.epoch, gone, 9)
        for _ in range(12):
            await deliver(bot, carrier)
        assert carrier.carried == []
        assert [state for _, state, _ in await bot.store.outbox.deliveries(low.key)] == [State.CANCELLED]


class TestMemory:
    def test_a_hold_from_the_future_does_not_count_nor_does_it_hide_a_new_one(self, ahead: timedelta) -> None:
        limiter, now = RateLimiter(USUAL), TestClock().at
        limiter.hold("a", now + ahead, 7 * SECOND)
        assert not limiter.wait("a", now, group=False)
        limiter.hold("a", now, 3 * SECOND)
        assert limiter.wait("a", now, group=False) == 3 * SECOND
        limiter.pause(now + 3 * SECOND)
        assert len(limiter) == 0

    def test_a_limit_from_the_future_does_not_make_the_next_one_the_whole_bots(self, ahead: timedelta) -> None:
        clock = TestClock()
        limits = Limits(clock)
        clock.at += ahead
        limits.hit(1, 5.0)
        clock.at -= ahead
        assert limits.hit(2, 5.0) == Later(5 * SECOND)
        assert limits.hit(3, 5.0) == Later(5 * SECOND, all=True)

    async def test_runs_of_jobs_are_kept_again(self, ahead: timedelta) -> None:
        clock, store = TestClock(), MemoryStore()

        async def nothing() -> None:
            """A job without a result."""

        jobs = Jobs([BackgroundJob("work", MINUTE, nothing)], store.notes, clock)
        clock.at += ahead
        await jobs.run_now("work")
        clock.at -= ahead
        await jobs.run_now("work")
        kept = await Jobs(jobs.all, store.notes, clock).last("work")
        assert kept is not None
        assert kept.began == clock.at


class TestSchedule:
    @pytest.mark.parametrize("every", [MINUTE, HOUR])
    def test_a_job_is_woken_though_its_turn_was_set_ahead(self, every: timedelta, ahead: timedelta) -> None:
        async def nothing() -> None:
            """A job that is not run here."""

        jobs = Jobs([BackgroundJob("work", every, nothing)], MemoryStore().notes, TestClock())
        scheduler = AsyncIOScheduler(timezone=UTC)
        _repeat(scheduler, jobs, jobs.all[0])
        now = datetime.now(UTC)
        (job,) = scheduler.get_jobs()
        job.modify(next_run_time=now + every)
        _bring_forward(scheduler, jobs, now)
        assert job.next_run_time == now + every
        job.modify(next_run_time=now + ahead + every)
        _bring_forward(scheduler, jobs, now)
        assert job.next_run_time == now


class TestAlarm:
    async def test_the_end_of_a_trouble_is_told(self, ahead: timedelta) -> None:
        watch = Watch()
        true_time = watch.office.clock.at
        watch.office.clock.at += ahead
        await watch.fail(3, ValueError())
        await watch.alarm.check()
        await watch.told()
        watch.office.clock.at = true_time
        watch.restart()
        await watch.fail(1, None)
        await watch.alarm.check()
        assert await watch.told() == ["The job work works again."]

    async def test_a_platform_that_is_live_since_the_future_counts_as_settled(self, ahead: timedelta) -> None:
        office = Office()
        true_time = office.clock.at
        kept = json.dumps({"stuck:telegram": (true_time - HOUR).isoformat()})
        await office.store.notes.put_note("alarm", kept, None)
        office.clock.at += ahead
        watch = Watch(office)
        office.clock.at = true_time
        await watch.alarm.check()
        assert await watch.told() == ["Messages on Telegram go out again."]


class TestProgress:
    async def test_the_message_keeps_itself_up_to_date(self, bot: Bot, boss: DeskPlayer, ahead: timedelta) -> None:
        zoe = await DeskStage(bot).person("zoe")
        await zoe.say("/subscribe")
        watch, carrier, true_time = Look(bot), FakeCarrier("desk"), bot.clock.at
        live_platform(bot, carrier)
        bot.clock.at += ahead
        await boss.say("/announce Hello")
        await boss.press("Send")
        await watch.now()
        for back in (true_time, true_time + 6 * SECOND):
            bot.clock.at = back
            assert await watch.now() >= 1
            due = await bot.store.tasks.next_due_at()
            assert due is not None
            assert due <= back + MINUTE


class TestSeries:
    async def test_it_comes_at_its_next_time_again(self, bot: Bot, ann: DeskPlayer, boss: DeskPlayer) -> None:
        await ann.say("/subscribe")
        true_time = bot.clock.at
        bot.clock.at += YEAR
        await started(boss)
        bot.clock.at = true_time
        await look(bot)
        assert await comes_next(bot) == MONDAY
        series = await bot.store.recurring.one_series(1)
        assert series is not None
        assert await RecurringService(bot.store, bot.clock, following).past(series) == ()
        bot.clock.at = MONDAY
        assert await look(bot) == 1


class TestRestart:
    async def test_a_bot_on_the_same_database_goes_on(self, tmp_path: Path, ahead: timedelta) -> None:
        """Another process wrote to it while the clock was ahead, and is gone."""
        url, true_time = f"sqlite:///{tmp_path}/books.db", TestClock().at
        async with a_bot(url, TestClock(true_time + ahead)) as bot:
            stage = DeskStage(bot)
            ann, boss = await stage.person("ann"), await stage.person("boss")
            for line in ("/start", "/subscribe", "/alerts test"):
                await ann.say(line)
            await boss.say("/announce Hello")
            await boss.press("Send")
            await deliver(bot, FakeCarrier("desk", fates=deque([Later(HOUR)] * 3)))
            for job in bot.jobs.all:
                await bot.jobs.run_now(job.name)
            await ann.say("/alerts test")
        async with a_bot(url, TestClock(true_time)) as bot:
            carrier, bob = FakeCarrier("desk"), await DeskStage(bot).person("bob")
            await bob.say("/start")
            assert "#2 booked" in (await bob.say("/spend 5")).text
            ann = await DeskStage(bot).person("ann")
            answer = (await ann.say("/spend 5")).text
            assert ("#2 booked" in answer) == (ahead == HOUR)
            assert ("they can restore a backup from before" in answer) == (ahead == YEAR)
            while bot.clock.at < true_time + MINUTE:
                for job in bot.jobs.all:
                    run = await bot.jobs.run_now(job.name)
                    assert run is not None
                    assert not run.error
                await deliver(bot, carrier)
            assert sorted(one.text.splitlines()[0] for one in carrier.carried if one.chat == "ann") == [
                "Hello",
                "This is a test: alerts arrive here.",
                "This is a test: alerts arrive here.",
            ]
