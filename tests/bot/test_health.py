"""Those who run the bot hear of trouble once for each trouble and day, and once that it is over."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.base.background_jobs import BackgroundJob, Jobs
from bot.delivery.carrier import NOT_CONNECTED
from bot.delivery.limits.rate_limit import rate_limiter_for
from bot.delivery.live_platforms import LivePlatform
from bot.jobs.health import Alarm
from core.scheduling.runner import TaskRunner
from core.scheduling.task import Task, TaskResult
from core.shared.refusals import Outage, UnavailableError
from tests.bot.carrier import FakeCarrier
from tests.bot.office import Office
from tests.bot.telling import deliver

START = datetime(2026, 1, 1, tzinfo=UTC)

if TYPE_CHECKING:
    from bot.delivery.live_platforms import LivePlatforms
    from tests.bot.stage import Bot, CarryingStage


@dataclass
class Watch:
    """An office with a job, an alarm, and two who run the bot: one on the platform, one elsewhere."""

    office: Office = field(default_factory=Office)
    fault: Exception | None = None
    live_platforms: LivePlatforms = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        office = self.office
        self.jobs = Jobs([BackgroundJob("work", timedelta(minutes=1), self._work)], office.store.notes, office.clock)
        self.alarm = Alarm(office.store, office.clock, {"telegram:1", "other:2"}, self.jobs, self.live_platforms)
        limiter = rate_limiter_for(office.carrier.name)
        self.live_platforms["telegram"] = LivePlatform(
            office.carrier, limiter, office.sender, office.clock, office.clock.now()
        )

    async def _work(self) -> None:
        if self.fault is not None:
            raise self.fault

    async def fail(self, times: int, fault: Exception | None) -> None:
        self.fault = fault
        for _ in range(times):
            await self.jobs.run_now("work")

    async def told(self) -> list[str]:
        """What is read by who is on the platform, since it was asked last."""
        before = len(self.office.carrier.carried)
        await self.office.turns(10)
        return [one.text for one in self.office.carrier.carried[before:] if one.chat == "1"]


@pytest.fixture
def watch() -> Watch:
    return Watch()


class TestJobs:
    async def test_one_that_fails_three_times_in_a_row_is_told_of_once_and_its_end_too(self, watch: Watch) -> None:
        await watch.fail(2, ValueError("private words"))
        assert await watch.alarm.check() == 0
        await watch.fail(1, ValueError("private words"))
        assert [await watch.alarm.check(), await watch.alarm.check()] == [1, 1]
        run = watch.jobs.latest["work"]
        (told,) = await watch.told()
        assert told == (
            f"Trouble: the job work failed 3 times in a row, with ValueError. The log has details under {run.fault}."
        )
        await watch.fail(4, ValueError())
        await watch.alarm.check()
        assert await watch.told() == []
        await watch.fail(1, None)
        assert await watch.alarm.check() == 0
        assert await watch.told() == ["The job work works again."]

    async def test_on_another_day_it_is_told_again(self, watch: Watch) -> None:
        await watch.fail(3, ValueError())
        await watch.alarm.check()
        assert len(await watch.told()) == 1
        watch.office.clock.pass_(days=1)
        await watch.alarm.check()
        assert len(await watch.told()) == 1

    async def test_a_restart_neither_tells_it_anew_nor_forgets_to_tell_its_end(self, watch: Watch) -> None:
        await watch.fail(3, ValueError())
        await watch.alarm.check()
        assert len(await watch.told()) == 1
        watch.restart()
        await watch.alarm.check()
        assert await watch.told() == []
        await watch.fail(1, ValueError())
        await watch.alarm.check()
        assert await watch.told() == []
        watch.restart()
        await watch.fail(1, None)
        watch.office.clock.pass_(minutes=3)
        await watch.alarm.check()
        assert await watch.told() == ["The job work works again."]

    async def test_everybody_who_runs_the_bot_is_told_at_night_too(self, watch: Watch) -> None:
        watch.office.clock.pass_(hours=16)
        await watch.fail(3, ValueError())
        await watch.alarm.check()
        key = f"alarm:job:work:{watch.office.clock.now():%Y-%m-%d}"
        targets = [target for target, _, _ in await watch.office.store.outbox.deliveries(key)]
        assert [(one.platform, one.chat, one.direct) for one in targets] == [
            ("other", "2", True),
            ("telegram", "1", True),
        ]
        assert len(await watch.told()) == 1


class TestWhatFallsDue:
    async def test_what_fails_three_times_is_told_of_while_the_rest_goes_on(self, watch: Watch) -> None:
        clock, store = watch.office.clock, watch.office.store

        async def badly(_due: Task, _now: datetime) -> TaskResult:
            if clock.now() < ends:
                raise ValueError
            return TaskResult()

        duties, ends = TaskRunner(store.tasks, store.outbox, clock, {"row": badly}), clock.now() + timedelta(minutes=6)
        watch.jobs.add(
            BackgroundJob("due", timedelta(minutes=1), duties.run_due, next=duties.next, failing=duties.failing)
        )
        await store.tasks.schedule(Task("row:1", clock.now()))
        troubles, told = [], []
        for _ in range(9):
            await watch.jobs.run_now("due")
            troubles.append(await watch.alarm.check())
            told += await watch.told()
            clock.pass_(seconds=50)
        assert troubles == [0, 0, 0, 1, 1, 1, 1, 0, 0]
        assert told == [
            (
                "Trouble: the task row:1 failed 3 times, the last with ValueError. It will be retried; "
                'nothing else is affected. The log has details under "job failed".'
            ),
            "The task row:1 no longer fails.",
        ]


class TestBooks:
    async def test_an_outage_is_told_of_when_it_is_over(self, watch: Watch) -> None:
        notes = watch.office.store.notes
        notes.away = True
        for _ in range(7):
            with pytest.raises(UnavailableError):
                await watch.alarm.check()
            await watch.fail(1, UnavailableError(Outage.FULL))
            watch.office.clock.pass_(minutes=1)
        notes.away = False
        assert await watch.alarm.check() == 0
        assert await watch.told() == [
            "The books were out of reach for 7 minutes (full), and nothing could be booked meanwhile. They work again."
        ]
        await watch.alarm.check()
        assert await watch.told() == []

    async def test_a_short_one_is_not(self, watch: Watch) -> None:
        notes = watch.office.store.notes
        notes.away = True
        with pytest.raises(UnavailableError):
            await watch.alarm.check()
        watch.office.clock.pass_(minutes=4)
        notes.away = False
        await watch.alarm.check()
        assert await watch.told() == []


class TestPlatforms:
    async def test_a_refused_token_is_told_of_elsewhere(self, watch: Watch) -> None:
        watch.live_platforms["discord"] = LivePlatform(
            FakeCarrier("discord"),
            rate_limiter_for("discord"),
            watch.office.another("two"),
            watch.office.clock,
            watch.office.clock.now(),
        )
        watch.alarm.refuse("discord")
        assert await watch.alarm.check() == 1
        (told,) = await watch.told()
        assert told.startswith("Trouble: Discord does not let the bot in.")
        watch.restart()
        await watch.alarm.check()
        assert await watch.told() == []  # it has not been served long enough to know
        watch.office.clock.pass_(minutes=3)
        await watch.alarm.check()
        assert await watch.told() == ["The bot is back on Discord."]

    async def test_messages_that_wait_are_told_of_when_they_go_out_again(self, watch: Watch) -> None:
        office = watch.office
        await office.notify(await office.person("ann"))
        office.carrier.fates.extend([NOT_CONNECTED] * 300)
        await office.turns(14 * 60)
        assert await watch.alarm.check() == 0
        await office.turns(2 * 60)
        assert await watch.alarm.check() == 1
        office.carrier.fates.clear()
        assert await watch.told() == [
            (
                "Trouble: messages on Telegram have been waiting for 16 minutes, and none could be sent meanwhile. "
                "The log has a line for each attempt."
            )
        ]
        assert await watch.alarm.check() == 0
        assert await watch.told() == ["Messages on Telegram go out again."]

    async def test_what_waits_for_the_morning_is_no_trouble(self, watch: Watch) -> None:
        office = watch.office
        office.clock.pass_(hours=14)
        await office.notify(await office.person("ann"))
        await office.turns(3600)
        assert office.sender.stuck_since is None
        assert await watch.alarm.check() == 0


async def test_it_is_read_on_every_platform(bot: Bot, stage: CarryingStage) -> None:
    olga = await stage.person("Olga")
    await olga.say("/start")

    async def fails() -> None:
        raise ValueError

    bot.jobs.add(BackgroundJob("work", timedelta(minutes=1), fails))
    for _ in range(3):
        await bot.jobs.run_now("work")
    operators = {f"{olga.target.platform}:{olga.target.chat}"}
    bot.operators |= operators
    await Alarm(bot.store, bot.clock, operators, bot.jobs, {}).check()
    await deliver(bot, stage.carrier)
    heard = await olga.read()
    assert "Trouble: the job work failed 3 times in a row" in heard.text
    assert "work" in (await olga.press("All jobs")).text


class TestTwoProcesses:
    async def test_one_that_sees_no_trouble_does_not_say_that_it_is_over_for_the_other(self, watch: Watch) -> None:
        office = watch.office
        live_platforms = {
            "telegram": LivePlatform(office.carrier, rate_limiter_for("telegram"), office.sender, office.clock, START)
        }
        other = Alarm(
            office.store, office.clock, {"telegram:1"}, Jobs([], office.store.notes, office.clock), live_platforms
        )
        watch.alarm.refuse("telegram")
        for _ in range(10):
            assert [await watch.alarm.check(), await other.check()] == [1, 0]
            office.clock.pass_(minutes=1)
        assert [one.partition(" ")[0] for one in await watch.told()] == ["Trouble:"]
        office.clock.pass_(minutes=4)  # the one that saw it is gone
        await other.check()
        assert await watch.told() == ["The bot is back on Telegram."]
