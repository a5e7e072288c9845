"""Announcements that are sent later, once; and the list of all announcements."""

from __future__ import annotations

import re
from collections import deque
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from core.announcements.service import AnnouncementService
from core.scheduling.runner import TaskRunner
from core.scheduling.task import Task, TaskResult
from tests.bot.carrier import FakeCarrier
from tests.bot.stage import a_bot
from tests.bot.stages.desk import DeskPlayer, DeskStage
from tests.bot.telling import deliver, deliver_all

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from core.announcements.model import Announcement
    from tests.bot.stage import Bot, CarryingStage

TEXT = "The review is tomorrow"


@pytest.fixture
async def bot() -> AsyncGenerator[Bot]:
    """A bot without background jobs, so that only the test runs what falls due."""
    async with a_bot(works=False) as bot:
        yield bot


@pytest.fixture
async def boss(bot: Bot, ann: DeskPlayer) -> DeskPlayer:
    """An operator in Kyiv; Ann has subscribed."""
    await ann.say("/subscribe")
    boss = await DeskStage(bot).person("boss")
    await boss.say("/start")
    await boss.say("/settings zone=Europe/Kyiv")
    return boss


def runner(bot: Bot) -> TaskRunner:

    async def idle(_task: Task, _now: datetime) -> TaskResult:
        return TaskResult()

    announcements = AnnouncementService(bot.store, bot.clock, bot.operators)
    handlers = {"announcement": announcements.run, "progress": idle, "wallet": idle}
    return TaskRunner(bot.store.tasks, bot.store.outbox, bot.clock, handlers)


async def run(bot: Bot) -> list[str]:
    """What the desk's chats get from what falls due now."""
    await runner(bot).run_due()
    carrier = FakeCarrier("desk", fates=deque())
    await deliver(bot, carrier)
    return [f"{one.chat}: {one.text}" for one in carrier.carried]


class TestOnEveryPlatform:
    async def test_it_is_scheduled_changed_listed_and_corrected(self, bot: Bot, stage: CarryingStage) -> None:
        olga = await stage.person("Olga")
        known = re.search(r"\w+:\w+", (await olga.say("/whoami")).text)
        assert known is not None
        bot.operators.add(known[0])
        zoe = await stage.person("Zoe")
        await zoe.say("/subscribe")
        heard = await olga.say(f'/announce at="tomorrow 9:00" {TEXT}')
        assert "Sun, Jan 11, 2026 09:00 UTC" in heard.text
        await olga.press("Send on")
        await olga.press("Change the time")
        assert "The announcement will be sent on" in (await olga.say("in 3 hours")).text
        assert "waits until Sat, Jan 10, 2026" in (await olga.say("/announcements")).text
        if stage.carrier.name == "console":
            return  # one terminal shows one chat at a time
        bot.clock.pass_(hours=3)
        await runner(bot).run_due()
        await deliver_all(bot, stage.carrier)
        assert TEXT in (await zoe.read()).text
        assert "Announcement 1 is on its way" in (await olga.read()).text
        await olga.press("Show 1")
        await olga.press("Correct")
        assert "The text after the correction:" in (await olga.say("The review is on Monday")).text
        await olga.press("Correct it")
        await deliver_all(bot, stage.carrier)
        assert "The review is on Monday" in (await zoe.read_again()).text


class TestScheduling:
    async def test_the_preview_says_when_in_the_operators_zone(self, boss: DeskPlayer) -> None:
        heard = await boss.say(f'/announce at="tomorrow 9:00" {TEXT}')
        assert heard.text.splitlines()[:3] == [
            "This is how it will look. Nothing has been sent yet.",
            TEXT,
            "Will be sent: Sun, Jan 11, 2026 09:00 EET",
        ]
        assert heard.buttons[0].startswith("Send on Sun, Jan 11")
        assert (await boss.press("Send on")).text.startswith("The announcement will be sent on Sun, Jan 11, 2026 09:00")

    async def test_a_draft_is_shown_again_with_its_time(self, bot: Bot, boss: DeskPlayer) -> None:
        await boss.say(f'/announce at="tomorrow 9:00" {TEXT}')
        heard = await boss.say("/announcement 1")
        assert "Will be sent: Sun, Jan 11, 2026 09:00 EET" in heard.text
        assert heard.buttons == ("Send on Sun, Jan 11, 2026 09:00 EET", "Discard")
        assert await run(bot) == []
        bot.clock.pass_(days=2)  # nobody has pressed it, so it is neither sent nor asked about
        assert await run(bot) == []
        assert (await boss.say("/announcement 1")).buttons == ("Send to 1 chat", "Discard")

    @pytest.mark.parametrize(
        ("at", "answer"),
        [
            ("2020-01-01 9:00", "has passed"),
            ("2027-06-01", "more than a year ahead"),
            ("sometime", "I do not know"),
        ],
    )
    async def test_a_time_that_cannot_be_is_refused(self, boss: DeskPlayer, at: str, answer: str) -> None:
        heard = await boss.say(f'/announce at="{at}" {TEXT}')
        assert answer in heard.text or "time" in heard.text
        assert "Discard" not in heard.buttons

    @pytest.mark.parametrize(
        ("wall", "meant"), [("2026-03-29 03:30", "04:30 EEST"), ("2026-10-25 03:30", "03:30 EEST")]
    )
    async def test_a_time_that_does_not_exist_or_comes_twice_is_shown_as_it_is_meant(
        self, boss: DeskPlayer, wall: str, meant: str
    ) -> None:
        assert meant in (await boss.say(f'/announce at="{wall}" {TEXT}')).text.splitlines()[2]

    async def test_a_time_and_a_repetition_exclude_each_other(self, boss: DeskPlayer) -> None:
        heard = await boss.say(f'/announce at=18:00 cron="every monday at 9" {TEXT}')
        assert "not both" in heard.text

    async def test_a_time_before_a_colon_is_asked_about(self, boss: DeskPlayer) -> None:
        heard = await boss.say(f"/announce tomorrow at 9: {TEXT} tags=design")
        assert heard.text == "Should I send this at “tomorrow at 9”, or does the text begin with it?"
        buttons = dict(boss.buttons)
        assert "Will be sent: Sun, Jan 11, 2026 09:00 EET" in (await boss.press("Send it at: tomorrow at 9")).text
        boss.buttons = buttons
        assert f"tomorrow at 9: {TEXT}" in (await boss.press("Just text: tomorrow at 9")).text
        assert "Should I send" not in (await boss.say(f"/announce News: {TEXT}")).text

    async def test_it_is_sent_once_to_those_who_subscribe_by_then(self, bot: Bot, boss: DeskPlayer) -> None:
        await boss.say(f"/announce at=18:00 {TEXT}")
        await boss.press("Send on")
        zoe = DeskPlayer(bot, "zoe")
        await zoe.say("/subscribe")
        assert await run(bot) == []
        one = await bot.store.announcements.announcement("1")
        assert one is not None
        assert one.at is not None
        bot.clock.at = one.at
        heard = await run(bot)
        assert f"ann: {TEXT}" in heard
        assert f"zoe: {TEXT}" in heard
        assert f"boss: Announcement 1 is on its way: “{TEXT}”" in heard
        assert await run(bot) == []
        assert "Sent: 2" in (await boss.say("/announcement 1")).text

    async def test_two_processes_send_it_once(self, bot: Bot, boss: DeskPlayer) -> None:
        await boss.say(f"/announce at=1h {TEXT}")
        await boss.press("Send on")
        bot.clock.pass_(hours=1)
        first, second = runner(bot), runner(bot)
        assert await first.run_due() + await second.run_due() == 1
        assert [line for line in await run(bot) if TEXT in line and line.startswith("ann")] == [f"ann: {TEXT}"]

    async def test_a_process_that_ends_after_the_decision_has_not_lost_it(self, bot: Bot, boss: DeskPlayer) -> None:
        await boss.say(f"/announce at=1h {TEXT}")
        await boss.press("Send on")
        bot.clock.pass_(hours=1)
        one = await bot.store.announcements.announcement("1")
        assert one is not None
        service = AnnouncementService(bot.store, bot.clock)
        await service.run(Task(one.name, bot.clock.now()), bot.clock.now())  # what it gives is lost
        assert f"ann: {TEXT}" in await run(bot)

    async def test_what_is_late_is_asked_about(self, bot: Bot, boss: DeskPlayer) -> None:
        await boss.say(f"/announce at=1h {TEXT}")
        await boss.press("Send on")
        bot.clock.pass_(hours=2, seconds=1)
        (heard,) = await run(bot)
        begins = f"boss: Announcement 1 (“{TEXT}”) was to be sent on Sat, Jan 10, 2026 12:00 EET, but I could not"
        assert heard.startswith(begins)
        assert await run(bot) == []
        await boss.say("/announcement send 1")
        assert f"ann: {TEXT}" in await run(bot)

    async def test_what_is_late_is_asked_of_the_operators_if_its_writer_is_none(
        self, bot: Bot, boss: DeskPlayer
    ) -> None:
        await boss.say(f"/announce at=1h {TEXT}")
        await boss.press("Send on")
        bot.operators.clear()
        bot.operators.add("desk:eve")
        bot.clock.pass_(hours=2, seconds=1)
        (heard,) = await run(bot)
        assert heard.startswith("eve: Announcement 1")

    async def test_an_hour_late_is_not_too_late(self, bot: Bot, boss: DeskPlayer) -> None:
        await boss.say(f"/announce at=1h {TEXT}")
        await boss.press("Send on")
        bot.clock.pass_(hours=2)
        assert f"ann: {TEXT}" in await run(bot)

    async def test_its_text_and_its_time_can_be_changed(self, bot: Bot, boss: DeskPlayer) -> None:
        await boss.say(f"/announce at=1h {TEXT}")
        heard = await boss.press("Send on")
        assert heard.buttons == ("Change the text", "Change the time", "Send now", "Cancel")
        assert "What should it say instead?" in (await boss.press("Change the text")).text
        assert "The text is changed." in (await boss.say("It is on Monday")).text
        assert "When should it be sent?" in (await boss.press("Change the time")).text
        assert "The announcement will be sent on" in (await boss.say("in 3 hours")).text
        bot.clock.pass_(hours=1)
        assert await run(bot) == []
        bot.clock.pass_(hours=2)
        assert "ann: It is on Monday" in await run(bot)

    async def test_it_can_be_cancelled(self, bot: Bot, boss: DeskPlayer) -> None:
        await boss.say(f"/announce at=1h {TEXT}")
        await boss.press("Send on")
        assert (await boss.press("Cancel")).text == "The announcement is cancelled, and will not be sent."
        bot.clock.pass_(hours=1)
        assert await run(bot) == []
        assert "There are no announcements yet." in (await boss.say("/announcements")).text

    async def test_what_is_to_be_sent_now_can_be_sent_by_a_button(self, boss: DeskPlayer) -> None:
        heard = await boss.say(f"/announce at=now {TEXT}")
        assert heard.buttons == ("Send to 1 chat", "Discard")
        await boss.say("/announcement later 1 at=1h")
        await boss.press("Change the time")
        heard = await boss.say("now")
        assert heard.text.startswith("To send it now, please press the button.")
        assert "It is on its way" in (await boss.press("Send now")).text

    @pytest.mark.parametrize("pressed", ["Send to 1 chat", "Send on"])
    async def test_nobody_sends_what_somebody_else_has_written_since(
        self, bot: Bot, boss: DeskPlayer, pressed: str
    ) -> None:
        await boss.say(f"/announce {TEXT}" if "to" in pressed else f"/announce at=1h {TEXT}")
        preview = dict(boss.buttons)
        await boss.say("/announcement correct 1 It is on Monday")
        boss.buttons = preview
        heard = await boss.press(pressed)
        assert heard.text.startswith("Somebody has just changed the announcement.")
        assert "It is on Monday" in heard.text
        bot.clock.pass_(hours=1)
        assert await run(bot) == []

    async def test_a_time_is_exact_to_the_second(self, bot: Bot, boss: DeskPlayer) -> None:
        bot.clock.pass_(seconds=30)
        await boss.say(f"/announce at=1min {TEXT}")
        bot.clock.pass_(seconds=40)
        assert (await boss.press("Send on")).text.startswith("The announcement will be sent on")
        bot.clock.pass_(seconds=20)
        assert f"ann: {TEXT}" in await run(bot)

    async def test_a_time_in_the_hour_that_comes_twice_is_one_to_come(self, bot: Bot, boss: DeskPlayer) -> None:
        bot.clock.at = datetime(2026, 10, 25, 1, 45, tzinfo=UTC)  # 03:45 in Kyiv, for the second time
        assert "Sun, Oct 25, 2026 03:50 EET" in (await boss.say(f"/announce at=03:50 {TEXT}")).text

    async def test_whoever_wrote_what_reaches_nobody_hears_that(
        self, bot: Bot, boss: DeskPlayer, ann: DeskPlayer
    ) -> None:
        await boss.say(f"/announce at=1h {TEXT}")
        await boss.press("Send on")
        await ann.say("/unsubscribe")
        bot.clock.pass_(hours=1)
        (heard,) = await run(bot)
        assert "no matching chat has subscribed, so nobody gets it" in heard
        assert (await boss.say("/announcement 1")).text == "It is about to be sent."
        bot.clock.pass_(minutes=2)
        nobody = "Nobody got it, because no matching chat had subscribed."
        assert (await boss.say("/announcement 1")).text == nobody
        assert (await boss.say("/announcement withdraw 1")).text == nobody
        assert (await boss.say("/announcement discard 1")).text.endswith(f"no longer a draft.\n{nobody}")

    @pytest.mark.parametrize("line", ["correct 1 Other", "later 1 at=3h", "discard 1", "withdraw 1", "send 1"])
    async def test_what_is_sent_at_this_very_moment_is_no_draft(
        self, bot: Bot, boss: DeskPlayer, line: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await boss.say(f"/announce at=1h {TEXT}")
        await boss.press("Send on")
        bot.clock.pass_(hours=1)
        change = bot.store.announcements.change_announcement

        async def meanwhile(seen: Announcement, becomes: Announcement, task: Task | None) -> bool:
            monkeypatch.undo()
            await runner(bot).run_due()
            return await change(seen, becomes, task)

        monkeypatch.setattr(bot.store.announcements, "change_announcement", meanwhile)
        heard = await boss.say(f"/announcement {line}")
        assert "Nothing has been sent yet" not in heard.text
        assert heard.text.startswith(("It has been sent already", "It was sent before"))
        assert [one for one in await run(bot) if one.startswith("ann")] == [f"ann: {TEXT}"]

    async def test_a_change_of_another_operator_is_not_overwritten(self, bot: Bot, boss: DeskPlayer) -> None:
        await boss.say(f"/announce at=1h {TEXT}")
        await boss.press("Send on")
        service = AnnouncementService(bot.store, bot.clock)
        seen = await service.find("1")
        assert seen is not None
        assert await service.rewrite(seen, "Of another")
        assert not await service.rewrite(seen, "Other")
        assert not await service.schedule(seen, bot.clock.now() + timedelta(hours=1))
        assert not await service.discard(seen)


class TestListing:
    async def test_there_are_none(self, boss: DeskPlayer) -> None:
        assert (await boss.say("/announcements")).text == "There are no announcements yet. /announce writes one."

    async def test_they_are_listed_with_their_states(self, bot: Bot, boss: DeskPlayer) -> None:
        await boss.say("/announce A draft")
        await boss.say("/announce at=1h For later")
        await boss.press("Send on")
        for text in ("Corrected", "Withdrawn", "Stopped", "On its way"):
            await boss.say(f"/announce {text}")
            await boss.press("Send to")
            if text != "On its way":
                await (boss.say("/announcement stop 5") if text == "Stopped" else deliver(bot, FakeCarrier("desk")))
        await boss.say("/announcement correct 3 Put right")
        await boss.press("Correct it")
        await boss.say("/announcement withdraw 4")
        await boss.press("Withdraw it")
        heard = await boss.say("/announcements")
        assert heard.text.splitlines() == [
            "Announcements",
            "6: On its way (being sent, 0 of 1)",
            "5: Stopped (stopped, 0 of 1)",
            "4: Withdrawn (withdrawn)",
            "3: Put right (sent, 1 of 1, being corrected)",
            "2: For later (waits until Sat, Jan 10, 2026 12:00 EET)",
            "1: A draft (draft, not sent)",
        ]
        assert "0 of 1" in (await boss.press("Show 6")).text

    async def test_a_long_list_has_pages(self, boss: DeskPlayer) -> None:
        for number in range(10):
            await boss.say(f"/announce Number {number}")
        heard = await boss.say("/announcements")
        assert "Older" in heard.buttons
        heard = await boss.press("Older")
        assert [line.split()[0] for line in heard.text.splitlines()[1:]] == ["2:", "1:"]
        assert "10:" in (await boss.press("Newer")).text

    async def test_forgotten_drafts_are_shown_for_a_while(self, bot: Bot, boss: DeskPlayer) -> None:
        await boss.say("/announce A draft")
        bot.clock.pass_(days=13)
        assert "A draft" in (await boss.say("/announcements")).text
        bot.clock.pass_(days=20)
        assert "A draft" not in (await boss.say("/announcements")).text
