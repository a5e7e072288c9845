"""Adding the bot to groups and channels, and commands in channels."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Literal

import pytest

from core.delivery.outcome import Sent
from core.wallets.people import ChatRef
from tests.bot.carried import amend, carry, overheard
from tests.bot.stages.telegram import TelegramPlayer
from tests.loopback.telegram.wire import forbidden

if TYPE_CHECKING:
    from tests.bot.stages.telegram import TelegramStage
    from tests.loopback.telegram import Chat


async def retired(stage: TelegramStage, chat: Chat) -> str | None:
    known = await stage.bot.store.people.chat(ChatRef("telegram", str(chat.id)))
    return None if known is None else known.retired


@pytest.fixture
async def ann(stage: TelegramStage) -> TelegramPlayer:
    """Ann, the admin of a channel, in the channel."""
    person = (await stage.person("Ann")).person
    return TelegramPlayer(stage, person, stage.server.channel("News", admins=[person]))


class TestGreeting:
    async def test_a_group_is_greeted_once(self, stage: TelegramStage) -> None:
        ann = (await stage.person("Ann")).person
        team = stage.server.group("Team", admins=[ann], bot=False)
        team.add_bot(ann)
        greeting = await team.next_message()
        assert "/subscribe" in greeting.text
        assert greeting.rows == [["Start", "What can you do?"]]
        team.promote(stage.server.bot)
        team.remove_bot(ann)
        team.add_bot(ann)
        await stage.server.settled()
        assert len(team.sent) == 1

    async def test_its_button_opens_the_wallet_for_an_admin_only(self, stage: TelegramStage) -> None:
        ann, bob = (await stage.person("Ann")).person, (await stage.person("Bob")).person
        team = stage.server.group("Team", admins=[ann], members=[bob], bot=False)
        team.add_bot(ann)
        await team.next_message()
        assert "Only an admin" in (await TelegramPlayer(stage, bob, team).press("Start")).text
        assert len(team.sent) == 1  # which nobody but Bob reads
        assert "The wallet of Team is open" in (await TelegramPlayer(stage, ann, team).press("Start")).text

    async def test_a_group_that_removes_the_bot_at_once_is_retired(self, stage: TelegramStage) -> None:
        ann = (await stage.person("Ann")).person
        team = stage.server.group("Team", admins=[ann], bot=False)
        stage.server.faults.refuse(forbidden("bot was kicked from the group chat"), method="sendMessage")
        team.add_bot(ann)
        await stage.server.called("sendMessage")
        await stage.server.settled()
        assert await retired(stage, team) == "removed"

    async def test_a_channel_is_greeted_too(self, stage: TelegramStage) -> None:
        ann = (await stage.person("Ann")).person
        news = stage.server.channel("News", admins=[ann], bot=False)
        news.add_bot(ann)
        greeting = await news.next_message()
        assert greeting.text.endswith("To get announcements of promotions in this channel, post /subscribe here.")
        assert greeting.rows == []
        news.let_bot_post(ann, allowed=False)
        await stage.server.settled()
        assert await retired(stage, news) == "removed"

    async def test_a_channel_that_comes_back_is_told_how_announcements_do(self, ann: TelegramPlayer) -> None:
        await ann.say("/subscribe")
        ann.chat.remove_bot(ann.person)
        ann.chat.add_bot(ann.person)
        await ann.stage.server.until(lambda: len(ann.chat.sent) > 1, "the question")
        assert ann.chat.last.text.endswith("To get them here again, post /subscribe.")
        assert ann.chat.last.rows == []


class TestUpgrade:
    @pytest.mark.parametrize("noticed", ["first", "between", "last"])
    @pytest.mark.parametrize("waits", [True, False])
    async def test_a_group_that_becomes_a_supergroup_is_greeted_once(
        self, stage: TelegramStage, noticed: Literal["first", "between", "last"], *, waits: bool
    ) -> None:
        ann = (await stage.person("Ann")).person
        team = stage.server.group("Team", admins=[ann], bot=False)
        team.add_bot(ann)
        await team.next_message()
        lead = TelegramPlayer(stage, ann, team)
        await lead.say("/start")
        await lead.say("/opening 300 free")
        stage.held = asyncio.Event()
        moved = lead.chat = team.migrate(ann, noticed=noticed)
        if waits:
            await stage.server.settled()
        else:
            await stage.server.until(lambda: stage.pauses or noticed != "first", "the pause")
            await stage.server.settled()
        stage.held.set()
        assert "300 Connects are available." in (await lead.say("/balance")).text
        await stage.stop()
        assert len(moved.sent) == 1

    async def test_a_supergroup_is_greeted_too(self, stage: TelegramStage) -> None:
        ann = (await stage.person("Ann")).person
        team = stage.server.supergroup("Team", admins=[ann], bot=False)
        team.add_bot(ann)
        assert "/subscribe" in (await team.next_message()).text
        assert stage.pauses == [3.0]

    async def test_one_that_removes_the_bot_at_once_is_not_greeted(self, stage: TelegramStage) -> None:
        ann = (await stage.person("Ann")).person
        team = stage.server.supergroup("Team", admins=[ann], bot=False)
        stage.held = asyncio.Event()
        team.add_bot(ann)
        await stage.server.until(lambda: stage.pauses, "the pause")
        team.remove_bot(ann)
        await stage.server.settled()
        stage.held.set()
        await stage.stop()
        assert stage.server.calls("sendMessage") == []
        assert await retired(stage, team) == "removed"

    async def test_a_greeting_that_waits_is_sent_before_the_end(self, stage: TelegramStage) -> None:
        ann = (await stage.person("Ann")).person
        team = stage.server.supergroup("Team", admins=[ann], bot=False)
        stage.held = asyncio.Event()
        team.add_bot(ann)
        await stage.server.until(lambda: stage.pauses, "the pause")
        await stage.stop()
        assert len(team.sent) == 1


class TestChannel:
    async def test_a_command_is_answered_by_a_reply(self, ann: TelegramPlayer) -> None:
        assert "The wallet of News is open" in (await ann.say("/start@connects_bot")).text
        assert ann.chat.last.reply_to is ann.chat.messages[0]
        await ann.say("/opening 300 free")
        assert "300 Connects are available." in (await ann.say("/balance")).text

    async def test_ordinary_posts_are_ignored(self, stage: TelegramStage, ann: TelegramPlayer) -> None:
        await ann.say("/start")
        for line in ("16", "spend 5", "/spend@other_bot 5", "/weather", "hello @connects_bot"):
            await ann.person.say(line, ann.chat)
        await stage.server.settled()
        assert len(ann.chat.sent) == 1

    async def test_the_channel_is_an_admin_and_a_reader_is_not(
        self, stage: TelegramStage, ann: TelegramPlayer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        heard = overheard(stage.bot.desk, monkeypatch)
        bob = (await stage.person("Bob")).person
        ann.chat.join(bob)
        await ann.say("/start")
        await carry(stage, ann)
        await TelegramPlayer(stage, bob, ann.chat).press("History")
        assert [str(one.chat) for one in heard] == [f"telegram:{ann.chat.id}"] * 2
        assert [one.who.user for one in heard] == [str(ann.chat.id), str(bob.id)]
        assert [one.name for one in heard] == ["News", "Bob"]
        assert [await one.admin() for one in heard] == [True, False]

    async def test_a_question_opens_no_form(self, ann: TelegramPlayer) -> None:
        await ann.say("/start")
        heard = await ann.say("/opening")
        assert "How many Connects" in heard.text
        assert "reply" not in heard.text

    async def test_a_notice_is_sent_to_it_and_edited(self, stage: TelegramStage, ann: TelegramPlayer) -> None:
        sent = await carry(stage, ann)
        assert isinstance(sent, Sent)
        assert await amend(stage, ann, sent) == sent
        assert ann.chat.last.text == "8 left"
