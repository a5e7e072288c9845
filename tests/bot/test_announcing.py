"""Announcements: who gets them, and what their sender sees."""

from __future__ import annotations

import csv
import io
from collections import deque
from typing import TYPE_CHECKING

import pytest

from core.delivery.outcome import Sent, Uncertain, Unreachable
from tests.bot.carrier import FakeCarrier
from tests.bot.stages.desk import DeskStage
from tests.bot.telling import deliver

if TYPE_CHECKING:
    from core.delivery.outcome import Outcome
    from tests.bot.stage import Bot, CarryingStage
    from tests.bot.stages.desk import DeskPlayer

WATCHED = Sent("0")  # the progress message for the operator comes first
TEXT = "Free portfolio review\non Friday at noon"


async def sent(bot: Bot, *outcomes: Outcome) -> None:
    """Run the sender once, with these outcomes."""
    await deliver(bot, FakeCarrier("desk", fates=deque(outcomes)))


async def announced(boss: DeskPlayer, text: str = TEXT) -> str:
    """Draft and send an announcement."""
    await boss.say("/announce")
    await boss.say(text)
    return (await boss.press("Send to")).text


class TestOnEveryPlatform:
    async def test_a_group_gets_what_it_subscribed_to(self, bot: Bot, stage: CarryingStage, boss: DeskPlayer) -> None:
        lead = await stage.member("Lea", "Team", admin=True)
        assert "This chat will get announcements." in (await lead.say("/subscribe")).text
        await announced(boss)
        await deliver(bot, stage.carrier)
        heard = await lead.read()
        assert "on Friday at noon" in heard.text
        assert heard.buttons == ()

    async def test_a_person_gets_announcements_with_their_tags(
        self, bot: Bot, stage: CarryingStage, boss: DeskPlayer
    ) -> None:
        zoe = await stage.person("Zoe")
        assert (
            "This chat will get announcements about design, python" in (await zoe.say("/subscribe design, python")).text
        )
        await boss.say("/announce A new logo tags=design")
        await boss.press("Send to")
        await deliver(bot, stage.carrier)
        assert "A new logo" in (await zoe.read()).text

    async def test_one_press_unsubscribes(self, bot: Bot, stage: CarryingStage, boss: DeskPlayer) -> None:
        zoe = await stage.person("Zoe")
        await zoe.say("/subscribe")
        await announced(boss)
        await deliver(bot, stage.carrier)
        await zoe.read()
        assert "no more announcements" in (await zoe.press("Unsubscribe")).text
        assert "No matching chat has subscribed" in (await boss.say("/announce Once more")).text

    async def test_in_a_group_only_admins_may(self, stage: CarryingStage) -> None:
        await stage.member("Lea", "Team", admin=True)
        bob = await stage.member("Bob", "Team")
        assert "for admins" in (await bob.say("/subscribe")).text


class TestWriting:
    @pytest.mark.parametrize(
        "words",
        [
            "tags=-design",
            'tags="no design"',
            "tags=!design",
            'tags="all but design"',
            "platforms=-desk",
            "languages=-en",
        ],
    )
    async def test_nobody_can_be_left_out(self, boss: DeskPlayer, ann: DeskPlayer, words: str) -> None:
        await ann.say("/subscribe design")
        heard = await boss.say(f"/announce Hello {words}")
        assert "I cannot leave anybody out" in heard.text
        assert "Discard" not in heard.buttons

    async def test_only_those_who_are_named_get_it(self, boss: DeskPlayer, ann: DeskPlayer) -> None:
        await ann.say("/subscribe design")
        assert "Goes to: design or art: 1 chat" in (await boss.say('/announce Hello tags="only design or art"')).text

    @pytest.mark.parametrize("words", ["tags=all", "tags=everyone", "platforms=any", "languages=all", "tags=*"])
    async def test_all_is_everybody(self, boss: DeskPlayer, ann: DeskPlayer, words: str) -> None:
        await ann.say("/subscribe design")
        assert "Goes to: everybody who subscribed: 1 chat" in (await boss.say(f"/announce Hello {words}")).text

    async def test_nothing_is_sent_before_its_preview_is_confirmed(
        self, bot: Bot, boss: DeskPlayer, ann: DeskPlayer
    ) -> None:
        await ann.say("/subscribe")
        await boss.say("/announce")
        heard = await boss.say(TEXT)
        assert heard.text.splitlines() == [
            "This is how it will look. Nothing has been sent yet.",
            "Free portfolio review",
            "on Friday at noon",
            "Goes to: everybody who subscribed: 1 chat",
            "Desk chats: 1",
            "Takes at least: 1 second",
            "Length: 39 of 1,900 characters",
        ]
        assert heard.buttons == ("Send to 1 chat", "Discard")
        assert await bot.store.outbox.next_due("desk") is None

    async def test_it_reaches_only_the_chosen_audience(self, boss: DeskPlayer, ann: DeskPlayer) -> None:
        await ann.say("/subscribe design, python")
        assert "No matching chat has subscribed" in (await boss.say("/announce New crate tags=rust")).text
        assert "No matching chat has subscribed" in (await boss.say("/announce New crate platforms=discord")).text
        assert "No matching chat has subscribed" in (await boss.say("/announce New crate languages=uk")).text
        heard = await boss.say("/announce New logo tags=#Design,rust languages=en platforms=desk")
        assert "New logo" in heard.text
        assert heard.buttons[0] == "Send to 1 chat"

    async def test_its_preview_says_whom_it_goes_to_in_words(self, boss: DeskPlayer, ann: DeskPlayer) -> None:
        await ann.say("/subscribe design, python")
        heard = await boss.say("/announce New logo tags=design,dezign languages=English,uk platforms=desk,tg")
        assert "Goes to: design or dezign, in English or Ukrainian, on Desk or Telegram: 1 chat" in heard.text
        assert "No match: no chat has chosen dezign; some have design." in heard.text
        assert "No match: no chat reads Ukrainian." in heard.text
        assert "No match: no chat on telegram has subscribed." in heard.text
        heard = await boss.say("/announce New crate tags=rust")
        assert heard.text.splitlines()[1:] == ["No match: no chat has chosen rust."]
        assert "Send to 1 chat" in (await boss.press("Write to everybody instead")).buttons

    async def test_it_says_who_gets_it_after_their_night(self, bot: Bot, boss: DeskPlayer, ann: DeskPlayer) -> None:
        await ann.say("/settings zone=Kyiv")
        await ann.say("/subscribe")
        bot.clock.pass_(hours=12)
        heard = await boss.say("/announce New logo")
        assert "At night: 1 chat has quiet hours then, and gets it at Sun, Jan 11, 2026 06:00 UTC." in heard.text

    async def test_a_discarded_draft_is_gone(self, boss: DeskPlayer, ann: DeskPlayer) -> None:
        await ann.say("/subscribe")
        await boss.say("/announce New logo")
        send = boss.buttons["Send to 1 chat"]
        assert (await boss.press("Discard")).text == "The draft is discarded. Nothing was sent."
        boss.buttons["Send to 1 chat"] = send
        assert "I do not know this announcement." in (await boss.press("Send to")).text

    async def test_what_was_sent_is_no_draft(self, boss: DeskPlayer, ann: DeskPlayer) -> None:
        await ann.say("/subscribe")
        await boss.say("/announce New logo")
        discard = boss.buttons["Discard"]
        await boss.press("Send to")
        boss.buttons["Discard"] = discard
        assert "It has been sent already, so it is no longer a draft." in (await boss.press("Discard")).text

    async def test_one_that_is_too_long_is_refused(self, boss: DeskPlayer, ann: DeskPlayer) -> None:
        await ann.say("/subscribe")
        assert "the limit is 1,900" in (await boss.say(f"/announce {'x' * 1901}")).text

    async def test_a_link_in_it_stays_whole(self, boss: DeskPlayer, ann: DeskPlayer) -> None:
        await ann.say("/subscribe")
        link = "https://example.com/?text=a&tags=b"
        assert link in (await boss.say(f"/announce See {link} tags=design")).text
        link = "https://example.com/?code=b"
        assert link in (await boss.say(f"/promote x gives=2 ends=2026-12-01 text={link}")).text

    async def test_the_text_may_begin_below_the_command(self, boss: DeskPlayer, ann: DeskPlayer) -> None:
        await ann.say("/subscribe")
        heard = await boss.say(f"/announce\n{TEXT} tags=design")
        assert TEXT in heard.text
        assert heard.buttons[0] == "Send to 1 chat"

    async def test_invalid_tags_are_refused(self, ann: DeskPlayer) -> None:
        assert "with commas between" in (await ann.say(f"/subscribe {'x' * 33}")).text

    async def test_only_operators_may_use_it(self, ann: DeskPlayer, lead: DeskPlayer) -> None:
        for player in (ann, lead):
            assert "for the operators of this bot" in (await player.say("/announce Free Connects")).text
            assert "for the operators of this bot" in (await player.say("/announcement show 0t8n5xkabcdef")).text

    async def test_an_unknown_one_is_refused(self, boss: DeskPlayer) -> None:
        assert "I do not know this announcement" in (await boss.say("/announcement show 0t8n5xkabcdef")).text


class TestSending:
    @pytest.fixture
    async def readers(self, bot: Bot) -> list[DeskPlayer]:
        """Four people who subscribed."""
        players = [await DeskStage(bot).person(name) for name in ("ann", "bob", "col", "dan")]
        for player in players:
            await player.say("/subscribe")
        return players

    async def test_its_progress_is_shown(self, bot: Bot, boss: DeskPlayer, readers: list[DeskPlayer]) -> None:
        assert await announced(boss) == "It is on its way to 4 chats. The message below shows the progress."
        heard = await boss.press("Refresh")
        assert heard.text.splitlines() == ["\u2591" * 10 + " 0 of 4", "Waiting: 4", "Time left (at least): 1 second"]
        await sent(bot, WATCHED, Sent("1"), Sent("2"), Unreachable("blocked"), Uncertain("lost"))
        heard = await boss.press("Refresh")
        assert heard.text.splitlines() == [
            "\u2588" * 10 + " 4 of 4",
            "Sent: 2",
            "Unreachable: the bot was removed or blocked: 1",
            "Uncertain: it may have arrived: 1",
        ]
        assert heard.buttons == ("Send again", "Report", "Correct", "Withdraw")
        (content,) = (await boss.press("Report")).files.values()
        rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
        assert [(row["chat"], row["state"], row["why"]) for row in rows] == [
            ("ann", "sent", ""),
            ("bob", "sent", ""),
            ("col", "gone", "blocked"),
            ("dan", "unknown", "lost"),
        ]
        assert len(readers) == len(rows)

    async def test_in_the_night_its_progress_says_until_when_it_waits(
        self, bot: Bot, boss: DeskPlayer, readers: list[DeskPlayer]
    ) -> None:
        bot.clock.pass_(hours=14)
        await announced(boss)
        await sent(bot, WATCHED)
        heard = await boss.press("Refresh")
        assert heard.text.splitlines()[1:] == [
            f"Waiting: {len(readers)}",
            "Waits for the morning; next at: Jan 11, 2026 08:00 UTC",
        ]

    async def test_uncertain_deliveries_are_sent_again_only_on_request(
        self, bot: Bot, boss: DeskPlayer, readers: list[DeskPlayer]
    ) -> None:
        await announced(boss)
        await sent(bot, WATCHED, *(Uncertain("lost") for _ in readers))
        await sent(bot)
        await boss.press("Refresh")
        assert "sent again to 4 chats" in (await boss.press("Send again")).text
        await sent(bot)
        assert "Sent: 4" in (await boss.press("Refresh")).text

    async def test_it_can_be_paused_resumed_and_stopped(
        self, bot: Bot, boss: DeskPlayer, readers: list[DeskPlayer]
    ) -> None:
        await announced(boss)
        assert f"{len(readers)} chats wait until you resume." in (await boss.press("Pause")).text
        await sent(bot)
        assert "0 of 4" in (await boss.press("Refresh")).text
        assert "Resumed for 4 chats" in (await boss.press("Resume")).text
        assert "Stopped: 4 chats do not get it." in (await boss.press("Stop")).text
        await sent(bot)
        assert await bot.store.outbox.next_due("desk") is None

    @pytest.mark.usefixtures("readers")
    async def test_when_all_of_it_is_sent_nothing_is_paused_or_stopped(self, bot: Bot, boss: DeskPlayer) -> None:
        await announced(boss)
        await sent(bot)
        for do, said in (("pause", "nothing to pause"), ("resume", "Nothing of it is paused"), ("stop", "to stop")):
            assert said in (await boss.say(f"/announcement {do} 1")).text

    async def test_sent_twice_it_goes_to_no_chat_twice(
        self, bot: Bot, boss: DeskPlayer, readers: list[DeskPlayer]
    ) -> None:
        await boss.say(f"/announce {TEXT}")
        first, second = await boss.press_twice("Send to 4 chats")
        assert "It is on its way to 4 chats" in first.text
        assert "It was sent before, and no chat gets it twice." in second.text
        await sent(bot)
        (content,) = (await boss.press("Report")).files.values()
        assert content.count(b',"sent",') == len(readers)

    async def test_sent_from_a_group_it_is_shown_there_and_in_private(
        self, bot: Bot, readers: list[DeskPlayer]
    ) -> None:
        boss = await DeskStage(bot).member("boss", "Team", admin=True)
        text = await announced(boss, f"/announce {TEXT}")
        assert "A message in your private chat with me, if it is open, shows the progress." in text
        assert f"0 of {len(readers)}" in text

    async def test_without_any_recipient_left_the_answer_says_so(self, boss: DeskPlayer) -> None:
        await boss.say("/subscribe")
        await boss.say(f"/announce {TEXT}")
        with_send = dict(boss.buttons)
        await boss.say("/unsubscribe")
        boss.buttons = with_send
        assert (await boss.press("Send to 1 chat")).text == "Nobody got it, because no matching chat had subscribed."

    async def test_someone_who_unsubscribed_before_it_was_sent_does_not_get_it(
        self, bot: Bot, boss: DeskPlayer, readers: list[DeskPlayer]
    ) -> None:
        await announced(boss)
        await readers[0].say("/unsubscribe")
        await sent(bot)
        assert {"Sent: 3", "Stopped: 1"} <= set((await boss.press("Refresh")).text.splitlines())

    async def test_one_that_was_paused_for_days_can_be_resumed(
        self, bot: Bot, boss: DeskPlayer, readers: list[DeskPlayer]
    ) -> None:
        await announced(boss)
        await boss.press("Pause")
        bot.clock.pass_(days=4)
        await boss.press("Resume")
        await sent(bot)
        assert f"Sent: {len(readers)}" in (await boss.press("Refresh")).text

    async def test_a_discarded_one_is_not_sent(self, boss: DeskPlayer, readers: list[DeskPlayer]) -> None:
        await boss.say(f"/announce to {len(readers)}")
        send = boss.buttons["Send to 4 chats"]
        assert "Nothing has been sent yet." in (await boss.say(f"/announcement show {send.split()[-1]}")).text


class TestAnswering:
    """The text of an announcement as the answer to the question for it."""

    async def test_its_options_are_understood(self, boss: DeskPlayer, ann: DeskPlayer) -> None:
        await ann.say("/subscribe design")
        await boss.say("/announce")
        heard = await boss.say("A new logo\nfor us tags=design")
        assert heard.text.splitlines()[1:3] == ["A new logo", "for us"]

    async def test_an_unknown_option_is_asked_about(self, boss: DeskPlayer, ann: DeskPlayer) -> None:
        await ann.say("/subscribe design")
        await boss.say("/announce tags=design")
        assert "Did you mean languages=?" in (await boss.say("A new logo language=en")).text
        heard = await boss.press("/announce A new logo languages=en")
        assert "A new logo" in heard.text
        assert heard.buttons[0] == "Send to 1 chat"
