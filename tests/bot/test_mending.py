"""Announcements that were sent are corrected and withdrawn, at the platform's pace, whatever happens meanwhile."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from core.announcements.service import AnnouncementService
from core.delivery.outcome import Failed, Later, Sent, Uncertain, Unreachable
from core.scheduling.task import Task
from tests.bot.carrier import Amended, FakeCarrier
from tests.bot.stages.desk import DeskStage
from tests.bot.telling import deliver, deliver_all, sender_on

if TYPE_CHECKING:
    from core.delivery.outcome import Outcome
    from tests.bot.stage import Addressee, Bot, CarryingStage
    from tests.bot.stages.desk import DeskPlayer

OLD, NEW = "The review is on Friday", "The review is on Monday"
GONE = "This announcement was withdrawn."


class TestOnEveryPlatform:
    @pytest.fixture
    async def zoe(self, bot: Bot, stage: CarryingStage, boss: DeskPlayer) -> Addressee:
        """Zoe, who has got the announcement."""
        zoe = await stage.person("Zoe")
        await zoe.say("/subscribe")
        await boss.say(f"/announce {OLD}")
        await boss.press("Send to 1 chat")
        await deliver(bot, stage.carrier)
        assert OLD in (await zoe.read()).text
        return zoe

    async def test_it_is_corrected_in_place(
        self, bot: Bot, stage: CarryingStage, boss: DeskPlayer, zoe: Addressee
    ) -> None:
        await boss.say(f"/announcement correct 1 {NEW}")
        assert "The announcement is being corrected" in (await boss.press("Correct it")).text
        await deliver(bot, stage.carrier)
        heard = await zoe.read_again()
        assert NEW in heard.text
        assert heard.buttons == ("Unsubscribe",)
        assert "Corrected: 1 of 1" in (await boss.say("/announcement 1")).text
        assert "no more announcements" in (await zoe.press("Unsubscribe")).text

    async def test_it_is_withdrawn(self, bot: Bot, stage: CarryingStage, boss: DeskPlayer, zoe: Addressee) -> None:
        await boss.say("/announcement withdraw 1")
        await boss.press("Withdraw it")
        await deliver(bot, stage.carrier)
        if stage.carrier.name == "console":  # a terminal cannot take back what it has shown
            assert GONE in (await zoe.read_again()).text
        assert "Withdrawn: 1 of 1" in (await boss.say("/announcement 1")).text


class TestOnTheDesk:
    @pytest.fixture
    async def readers(self, bot: Bot) -> list[DeskPlayer]:
        """Four people who have subscribed."""
        people = [await DeskStage(bot).person(name) for name in ("ann", "bob", "col", "dan")]
        for one in people:
            await one.say("/subscribe")
        return people

    @pytest.fixture
    async def desk(self, bot: Bot, boss: DeskPlayer, readers: list[DeskPlayer]) -> FakeCarrier:  # noqa: ARG002 - they subscribe
        """It was sent to all of them but one, who waits, and one of whom that is unknown."""
        await boss.say(f"/announce {OLD}")
        await boss.press("Send to 4 chats")
        fates: list[Outcome | Exception] = [
            Sent("0"),
            Sent("m1"),
            Sent("m2"),
            Uncertain("lost"),
            Later(timedelta(hours=1)),
        ]
        carrier = FakeCarrier("desk", fates=deque(fates))
        await deliver(bot, carrier)
        return carrier

    async def test_the_preview_says_what_will_change(self, boss: DeskPlayer, desk: FakeCarrier) -> None:
        heard = await boss.say(f"/announcement correct 1 {NEW}")
        assert heard.text.splitlines() == [
            "The text now:",
            OLD,
            "The text after the correction:",
            NEW,
            "To be changed in place: 2",
            "Get the new text at once: 1",
            "Not possible: 1 message of which I do not know whether it arrived",
        ]
        assert heard.buttons == ("Correct it", "Leave it as it is")
        assert desk.amended == []

    @pytest.mark.usefixtures("desk")
    async def test_it_is_asked_for_the_text_by_a_button(self, boss: DeskPlayer) -> None:
        await boss.say("/announcement 1")
        assert "What should it say instead?" in (await boss.press("Correct")).text
        assert "The text after the correction:\nMonday\nat noon" in (await boss.say("Monday\nat noon")).text

    @pytest.mark.usefixtures("desk")
    async def test_lines_are_kept(self, boss: DeskPlayer) -> None:
        assert (
            "The text after the correction:\nMonday\nat noon, tags=all"
            in (await boss.say("/announcement correct 1 Monday\nat noon, tags=all")).text
        )

    async def test_what_waits_is_sent_with_the_new_text(self, bot: Bot, boss: DeskPlayer, desk: FakeCarrier) -> None:
        await boss.say(f"/announcement correct 1 {NEW}")
        await boss.press("Correct it")
        await deliver_all(bot, desk)
        assert desk.amended == [Amended("ann", "m1", NEW), Amended("bob", "m2", NEW)]
        bot.clock.pass_(hours=1)
        await deliver_all(bot, desk)
        assert (desk.carried[-1].chat, desk.carried[-1].text) == ("dan", NEW)
        assert len(desk.amended) == 2
        heard = await boss.say("/announcement 1")
        assert "Sent: 3" in heard.text
        assert "Uncertain: it may have arrived: 1" in heard.text
        assert "Corrected: 2 of 2" in heard.text

    async def test_what_cannot_be_is_counted(self, bot: Bot, boss: DeskPlayer, desk: FakeCarrier) -> None:
        desk.turns = deque([Failed("no message"), Unreachable("blocked")])
        await boss.say(f"/announcement correct 1 {NEW}")
        await boss.press("Correct it")
        await deliver_all(bot, desk)
        heard = await boss.say("/announcement 1")
        assert "Corrected: 0 of 2" in heard.text
        assert "Not possible: 1 message, which is gone or cannot be changed any more" in heard.text
        assert "Not possible: 1 message in a chat that I cannot reach any more" in heard.text
        files = (await boss.say("/announcement report 1")).files
        assert sorted(files) == ["announcement.csv", "changes.csv"]
        assert "no message" in files["changes.csv"].decode("utf-8-sig")

    async def test_a_rate_limit_and_a_doubt_are_waited_out(self, bot: Bot, boss: DeskPlayer, desk: FakeCarrier) -> None:
        desk.turns = deque([Later(timedelta(seconds=3)), Uncertain("lost"), RuntimeError()])
        await boss.say(f"/announcement correct 1 {NEW}")
        await boss.press("Correct it")
        for _ in range(8):
            await deliver_all(bot, desk)
            bot.clock.pass_(seconds=10)
        assert "Corrected: 2 of 2" in (await boss.say("/announcement 1")).text

    async def test_at_night_it_does_not_wait_with_what_waits_for_the_morning(
        self, bot: Bot, boss: DeskPlayer, desk: FakeCarrier
    ) -> None:
        bot.clock.pass_(hours=16)
        await boss.say(f"/announcement correct 1 {NEW}")
        await boss.press("Correct it")
        await boss.say("/announce Another")
        await boss.press("Send to 4 chats")
        await deliver_all(bot, desk)
        assert "Corrected: 2 of 2" in (await boss.say("/announcement 1")).text
        assert "Another" not in {one.text for one in desk.carried}

    async def test_a_later_correction_wins(self, bot: Bot, boss: DeskPlayer, desk: FakeCarrier) -> None:
        for text in (NEW, "It is on Tuesday"):
            await boss.say(f"/announcement correct 1 {text}")
            await boss.press("Correct it")
        await deliver_all(bot, desk)
        assert {one.text for one in desk.amended} == {"It is on Tuesday"}
        assert len(desk.amended) == 2

    async def test_a_process_that_ends_after_the_decision_has_not_lost_it(self, bot: Bot, desk: FakeCarrier) -> None:
        service, now = AnnouncementService(bot.store, bot.clock), bot.clock.now()
        one = await service.find("1")
        assert one is not None
        task = Task(one.name, now)
        assert await bot.store.announcements.change_announcement(one, replace(one, text=NEW, mends=1), task)
        for _ in range(2):
            await service.run(task, now)
        await deliver_all(bot, desk)
        assert [one.text for one in desk.amended] == [NEW, NEW]

    @pytest.mark.usefixtures("desk")
    async def test_of_two_operators_the_second_sees_what_the_first_did(self, boss: DeskPlayer) -> None:
        await boss.say(f"/announcement correct 1 {NEW}")
        pressed = dict(boss.buttons)
        await boss.say("/announcement correct 1 It is on Tuesday")
        await boss.press("Correct it")
        boss.buttons = pressed
        heard = await boss.press("Correct it")
        assert heard.text.startswith("Somebody has just changed the announcement.")
        assert "The text now:\nIt is on Tuesday" in heard.text

    async def test_a_press_that_comes_twice_corrects_once(self, bot: Bot, boss: DeskPlayer, desk: FakeCarrier) -> None:
        await boss.say(f"/announcement correct 1 {NEW}")
        await boss.press_twice("Correct it")
        await deliver_all(bot, desk)
        assert len(desk.amended) == 2

    @pytest.mark.usefixtures("desk")
    async def test_other_notices_go_first(self, bot: Bot, boss: DeskPlayer) -> None:
        await boss.say(f"/announcement correct 1 {NEW}")
        await boss.press("Correct it")
        bot.clock.pass_(seconds=1)
        await boss.say("/announce Something else")
        await boss.press("Send to 4 chats")
        ((first, *_),) = [await bot.store.outbox.claim("desk", await _epoch(bot), bot.clock.now(), 1)]
        assert not first.notice.mends

    async def test_an_interrupted_edit_is_made_again(self, bot: Bot, boss: DeskPlayer, desk: FakeCarrier) -> None:
        await boss.say(f"/announcement correct 1 {NEW}")
        await boss.press("Correct it")
        await bot.store.outbox.claim("desk", await _epoch(bot), bot.clock.now(), 9)  # and then the process ends
        bot.clock.pass_(minutes=2)
        await deliver(bot, desk)
        assert "Corrected: 2 of 2" in (await boss.say("/announcement 1")).text

    @pytest.mark.usefixtures("readers")
    async def test_what_was_being_sent_is_corrected_when_it_arrives(self, bot: Bot, boss: DeskPlayer) -> None:
        await boss.say(f"/announce {OLD}")
        await boss.press("Send to 4 chats")
        desk = FakeCarrier("desk")
        await deliver(bot, FakeCarrier("nowhere"))
        desk.open.clear()
        sender = sender_on(bot, desk)
        await sender.step()
        await boss.say(f"/announcement correct 1 {NEW}")
        await boss.press("Correct it")
        desk.open.set()
        await sender.finish()
        bot.clock.pass_(minutes=1)
        await deliver_all(bot, desk)
        late = {one.chat for one in desk.carried if one.text == OLD}
        assert late
        assert {one.chat for one in desk.amended} == late

    @pytest.mark.usefixtures("readers")
    async def test_what_may_be_there_after_a_lost_answer_is_corrected_once_it_is_known(
        self, bot: Bot, boss: DeskPlayer
    ) -> None:
        await boss.say(f"/announce {OLD}")
        await boss.press("Send to 4 chats")
        desk = FakeCarrier("desk", fates=deque([Sent("0"), Later(timedelta(seconds=5), doubt=True)]))
        await deliver(bot, desk)
        doubted = desk.carried[1].chat
        await boss.say(f"/announcement correct 1 {NEW}")
        await boss.press("Correct it")
        for _ in range(3):
            await deliver_all(bot, desk)
        assert desk.chats.count(doubted) == 2
        assert {one.chat for one in desk.amended} == {"ann", "bob", "col", "dan"}
        assert "Corrected: 4 of 4" in (await boss.say("/announcement 1")).text

    async def test_withdrawing_stops_what_waits_and_deletes_the_rest(
        self, bot: Bot, boss: DeskPlayer, desk: FakeCarrier
    ) -> None:
        heard = await boss.say("/announcement withdraw 1")
        assert f"Really withdraw “{OLD}”?" in heard.text
        assert "To be deleted: 2\nNot sent any more: 1" in heard.text
        await boss.press("Withdraw it")
        desk.turns = deque([Failed("too old"), Sent("m1"), Sent("m2")])
        bot.clock.pass_(hours=1)
        await deliver_all(bot, desk)
        assert desk.withdrawn == [("ann", "m1"), ("bob", "m2")]
        assert desk.amended == [Amended("ann", "m1", GONE)]
        assert "dan" not in desk.chats[4:] or len(desk.carried) == 5
        heard = await boss.say("/announcement 1")
        assert "Withdrawn: 2 of 2" in heard.text
        assert "Send again" not in heard.buttons
        assert (await boss.say("/announcement resend 1")).text.startswith("The announcement has been withdrawn.")
        assert (await boss.say("/announcement send 1")).text.startswith("It was sent before")
        assert "announcements" not in (await boss.say(f"/announcement correct 1 {NEW}")).buttons

    async def test_what_is_withdrawn_at_the_same_moment_is_not_sent_again(self, bot: Bot, desk: FakeCarrier) -> None:
        service = AnnouncementService(bot.store, bot.clock)
        seen = await service.find("1")
        assert seen is not None
        await service.pause(seen)
        assert await service.withdraw(seen)
        assert (await service.resume(seen), await service.resend(seen)) == (0, 0)
        before = desk.chats
        bot.clock.pass_(hours=1)
        await deliver_all(bot, desk)
        assert desk.chats == before

    @pytest.mark.usefixtures("desk")
    async def test_after_90_days_nothing_can_be_changed(self, bot: Bot, boss: DeskPlayer) -> None:
        bot.clock.pass_(days=100)
        await bot.store.outbox.give_up(bot.clock.now(), 99)
        bot.clock.pass_(seconds=1)
        await bot.store.outbox.forget(bot.clock.now(), 99, doubts=bot.clock.now())
        assert "for 90 days. After that" in (await boss.say(f"/announcement correct 1 {NEW}")).text
        assert "It was sent before" in (await boss.say("/announcement send 1")).text
        assert await bot.store.outbox.tally("announcement:1") == ()
        for line in ("", "send ", "discard ", "stop "):
            heard = await boss.say(f"/announcement {line}1")
            assert "It was sent at Sat, Jan 10, 2026" in heard.text
            assert "not been sent" not in heard.text

    async def test_only_a_number_is_a_number(self, boss: DeskPlayer) -> None:
        assert "is not the number of an announcement" in (await boss.say("/announcement id=1.5")).text
        assert "I do not know this announcement" in (await boss.say("/announcement 9")).text


async def _epoch(bot: Bot) -> int:
    now = bot.clock.now() + timedelta(minutes=1)
    lease = await bot.store.outbox.lease("desk", "other", now, now, idempotent=False)
    assert lease is not None
    return lease.epoch
