"""Recurring announcements: drafted, started, sent once each time, paused, ended, reported."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.options.times.cron import following
from core.announcements.recurring import RecurringService
from core.scheduling.task import Task
from tests.bot.carrier import FakeCarrier
from tests.bot.promoting import look
from tests.bot.telling import deliver

if TYPE_CHECKING:
    from tests.bot.stage import Bot, CarryingStage
    from tests.bot.stages.desk import DeskPlayer

WEEKLY = '/announce Weekly tips cron="every monday at 9" zone=Kyiv'
MONDAY = datetime(2026, 1, 12, 7, 0, tzinfo=UTC)  # nine in Kyiv


async def started(boss: DeskPlayer, line: str = WEEKLY) -> str:
    await boss.say(line)
    return (await boss.press("Start")).text


async def told(bot: Bot, *ids: str) -> list[int]:
    """How many chats were notified of each occurrence."""
    return [len(await bot.store.outbox.deliveries(f"announcement:series-{one}")) for one in ids]


async def comes_next(bot: Bot) -> datetime | None:
    """When the first series is due."""
    due = await bot.store.tasks.due_by(bot.clock.now() + timedelta(days=30), 100)
    return next((one.at for one in due if one.name.startswith("series:")), None)


@pytest.fixture
async def reader(ann: DeskPlayer) -> DeskPlayer:
    await ann.say("/subscribe")
    return ann


class TestOnEveryPlatform:
    async def test_subscribed_chats_get_it(self, bot: Bot, stage: CarryingStage, boss: DeskPlayer) -> None:
        zoe = await stage.person("Zoe")
        await zoe.say("/subscribe")
        await started(boss)
        bot.clock.at = MONDAY
        assert await look(bot) == 1
        bot.clock.pass_(hours=1)  # at nine in Kyiv it is still night for her
        await deliver(bot, stage.carrier)
        assert "Weekly tips" in (await zoe.read()).text
        bot.clock.at = MONDAY + timedelta(days=7)
        await look(bot)
        bot.clock.pass_(hours=1)
        await deliver(bot, stage.carrier)
        assert "Weekly tips" in (await zoe.read()).text
        assert await told(bot, "1-202601120700", "1-202601190700") == [1, 1]


class TestStarting:
    @pytest.mark.usefixtures("reader")
    async def test_it_starts_with_a_preview(self, bot: Bot, boss: DeskPlayer) -> None:
        heard = await boss.say(WEEKLY)
        assert heard.text.splitlines() == [
            "This is how it will look each time. It has not been started yet.",
            "Weekly tips",
            "Repeats: every Monday at 09:00 Kyiv time",
            "Next: Mon, Jan 12, 2026 09:00 EET",
            "After that: Mon, Jan 19, 2026 09:00 EET",
            "And then: Mon, Jan 26, 2026 09:00 EET",
            "Goes to: everybody who subscribed: 1 chat",
            "Desk chats: 1",
            "Takes at least: 1 second",
            "At night: 1 chat has quiet hours then, and gets it at Mon, Jan 12, 2026 10:00 EET.",
        ]
        assert heard.buttons == ("Start", "Discard")
        bot.clock.at = MONDAY
        assert await look(bot) == 0
        assert "There are no recurring announcements yet" in (await boss.say("/series")).text

    async def test_a_discarded_draft_is_never_started(self, boss: DeskPlayer) -> None:
        await boss.say(WEEKLY)
        start, discard = boss.buttons["Start"], boss.buttons["Discard"]
        assert (await boss.press("Discard")).text == "The draft is discarded. Nothing was sent."
        boss.buttons.update({"Start": start, "Discard": discard})
        assert "not possible in its present state" in (await boss.press("Start")).text
        boss.buttons["Discard"] = discard
        assert "It is no longer a draft." in (await boss.press("Discard")).text

    async def test_a_missing_time_is_asked_for_and_the_text_is_kept(self, boss: DeskPlayer) -> None:
        heard = await boss.say("/announce Weekly tips cron=every monday")
        assert heard.text.splitlines()[0] == "At what time, “every monday”?"
        heard = await boss.press("every monday at 9:00")
        assert "Weekly tips\nRepeats: every Monday at 09:00 UTC" in heard.text

    async def test_without_a_zone_it_follows_the_operators(self, boss: DeskPlayer) -> None:
        await boss.say("/start")
        await boss.say("/settings zone=Tokyo")
        assert "every day at 08:00 Tokyo time" in (await boss.say('/announce Morning! cron="daily 8"')).text

    async def test_an_invalid_time_is_asked_for_again(self, boss: DeskPlayer) -> None:
        assert "I do not understand the schedule" in (await boss.say("/announce Tips cron=sometimes")).text
        assert "every day at 09:00 UTC" in (await boss.say("daily 9")).text
        assert "That date never comes" in (await boss.say('/announce Tips cron="0 9 30 2 *"')).text

    @pytest.mark.usefixtures("reader")
    async def test_started_twice_it_is_started_once(self, bot: Bot, boss: DeskPlayer) -> None:
        await boss.say(WEEKLY)
        first, second = await boss.press_twice("Start")
        assert "It is live" in first.text
        assert "not possible in its present state" in second.text
        bot.clock.at = MONDAY
        assert [await look(bot), await look(bot)] == [1, 0]

    async def test_only_operators_may_use_it(self, ann: DeskPlayer) -> None:
        assert "for the operators of this bot" in (await ann.say("/series")).text

    async def test_its_number_alone_shows_it(self, boss: DeskPlayer) -> None:
        await boss.say('/announce Tips cron="every monday at 9"')
        assert await boss.say("/series 1") == await boss.say("/series show 1")

    async def test_an_unknown_one_is_refused(self, boss: DeskPlayer) -> None:
        assert "There is no series 7." in (await boss.say("/series show 7")).text


class TestWhenDue:
    @pytest.mark.usefixtures("reader")
    async def test_a_task_that_runs_twice_or_in_two_processes_announces_it_once(
        self, bot: Bot, boss: DeskPlayer
    ) -> None:
        await started(boss)
        bot.clock.at = MONDAY
        repeats, due = RecurringService(bot.store, bot.clock, following), Task("series:1", MONDAY)
        both = [await repeats.run(due, bot.clock.now()) for _ in range(2)]
        won = [await bot.store.tasks.take(due, one.notices, bot.clock.now(), one.next_at) for one in both]
        assert won == [True, False]
        assert await look(bot) == 0
        await bot.store.tasks.schedule(due)  # as if it had been lost and scheduled again
        assert await look(bot) == 1
        assert await told(bot, "1-202601120700") == [1]
        assert await comes_next(bot) == MONDAY + timedelta(days=7)

    @pytest.mark.usefixtures("reader")
    async def test_up_to_an_hour_late_it_is_announced_once(self, bot: Bot, boss: DeskPlayer) -> None:
        await started(boss)
        bot.clock.at = MONDAY + timedelta(minutes=59)
        assert await look(bot) == 1
        assert await told(bot, "1-202601120700") == [1]

    @pytest.mark.usefixtures("reader")
    async def test_more_than_an_hour_late_it_is_skipped(self, bot: Bot, boss: DeskPlayer) -> None:
        await started(boss)
        bot.clock.at = MONDAY + timedelta(hours=1)
        assert await look(bot) == 1
        assert await told(bot, "1-202601120700") == [0]
        assert await comes_next(bot) == MONDAY + timedelta(days=7)
        assert (
            "Mon, Jan 12, 2026 09:00 EET: skipped: it would have been more than an hour late"
            in (await boss.say("/series show 1")).text
        )

    @pytest.mark.usefixtures("reader")
    async def test_after_three_weeks_of_sleep_it_goes_on_with_the_next(self, bot: Bot, boss: DeskPlayer) -> None:
        await started(boss)
        bot.clock.at = MONDAY + timedelta(days=21, minutes=5)
        assert [await look(bot), await look(bot)] == [1, 0]
        assert await told(bot, "1-202601120700", "1-202601190700", "1-202602020700") == [0, 0, 1]

    @pytest.mark.usefixtures("reader")
    async def test_an_error_that_delays_it_does_not_change_which_occurrence_it_is(
        self, bot: Bot, boss: DeskPlayer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await started(boss)
        bot.clock.at = MONDAY

        async def broken(*_: object) -> None:
            raise ZeroDivisionError

        with monkeypatch.context() as patched:
            patched.setattr(bot.store.notes, "put_note", broken)
            with pytest.raises(ExceptionGroup):
                await look(bot)
        bot.clock.pass_(minutes=1)
        assert await look(bot) == 1
        assert await told(bot, "1-202601120700") == [1]


class TestRunning:
    @pytest.mark.usefixtures("reader")
    async def test_it_can_be_paused_resumed_and_ended(self, bot: Bot, boss: DeskPlayer) -> None:
        heard = await started(boss)
        assert heard.splitlines()[:4] == [
            "It is live, and will be sent at these times.",
            "Weekly tips",
            "State: live",
            "Repeats: every Monday at 09:00 Kyiv time",
        ]
        assert "It is paused" in (await boss.press("Pause")).text
        bot.clock.at = MONDAY
        await look(bot)
        bot.clock.pass_(minutes=30)
        assert "It is live" in (await boss.press("Resume")).text
        assert await look(bot) == 0
        bot.clock.at = MONDAY + timedelta(days=7)
        assert await look(bot) == 1
        assert "It has ended" in (await boss.press("End")).text
        bot.clock.pass_(days=7)
        await look(bot)
        assert await told(bot, "1-202601120700", "1-202601190700", "1-202601260700") == [0, 1, 0]
        assert "not possible in its present state" in (await boss.say("/series start 1")).text

    @pytest.mark.usefixtures("reader")
    async def test_each_occurrence_has_its_report(self, bot: Bot, boss: DeskPlayer) -> None:
        await started(boss)
        for weeks in range(2):
            bot.clock.at = MONDAY + timedelta(days=7 * weeks)
            await look(bot)
            bot.clock.pass_(hours=1)
            await deliver(bot, FakeCarrier("desk"))
        assert "Weekly tips (every Monday at 09:00 Kyiv time; live)" in (await boss.say("/series")).text
        heard = await boss.press("Show 1")
        assert "Mon, Jan 19, 2026 09:00 EET: 1 of 1 chat" in heard.text
        assert heard.buttons[2:] == (
            "Report: Mon, Jan 19, 2026 09:00 EET",
            "Report: Mon, Jan 12, 2026 09:00 EET",
        )
        assert "Sent: 1" in (await boss.press("Report: Mon, Jan 12")).text
        assert b"desk" in next(iter((await boss.press("Report")).files.values()))

    @pytest.mark.usefixtures("reader")
    async def test_nine_stays_nine_when_the_clocks_change(self, bot: Bot, boss: DeskPlayer) -> None:
        bot.clock.at = datetime(2026, 3, 24, 12, tzinfo=UTC)
        await started(boss)
        dues = []
        for _ in range(2):
            due = await comes_next(bot)
            assert due is not None
            dues.append(due)
            bot.clock.at = due
            await look(bot)
        assert [f"{due:%d %b %H:%M}" for due in dues] == ["30 Mar 06:00", "06 Apr 06:00"]
        assert await told(bot, "1-202603300600", "1-202604060600") == [1, 1]
