"""Answers in spite of errors and rate limits of Telegram."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from core.wallets.people import ChatRef
from tests.loopback.telegram.wire import ApiError, bad_request, forbidden

if TYPE_CHECKING:
    from tests.bot.stages.telegram import TelegramPlayer, TelegramStage


async def retired(stage: TelegramStage, chat: int) -> str | None:
    known = await stage.bot.store.people.chat(ChatRef("telegram", str(chat)))
    return None if known is None else known.retired


class TestLimits:
    async def test_an_answer_waits_as_long_as_telegram_asks(self, stage: TelegramStage, ann: TelegramPlayer) -> None:
        stage.server.faults.rate_limit(7, method="sendMessage")
        assert "20 Connects are available." in (await ann.say("/balance")).text
        assert stage.pauses == [7]

    async def test_only_that_chat_waits(self, stage: TelegramStage, ann: TelegramPlayer) -> None:
        stage.held = asyncio.Event()
        stage.server.faults.rate_limit(30, method="sendMessage", chat=ann.chat)
        await ann.person.say("/spend 5")
        await stage.server.until(lambda: stage.pauses, "the pause")
        bob = await stage.person("Bob")
        await bob.person.say("/start")
        assert "20 free Connects" in (await bob.chat.next_message()).text
        assert len(ann.chat.sent) == 1
        stage.held.set()
        await stage.server.settled()
        assert "#2 booked" in ann.chat.last.text

    async def test_an_answer_that_would_wait_too_long_is_given_up(
        self, stage: TelegramStage, ann: TelegramPlayer
    ) -> None:
        stage.server.faults.rate_limit(3600, method="sendMessage")
        await ann.person.say("/spend 5")
        await stage.server.settled()
        assert stage.pauses == []
        assert "15 Connects are available." in (await ann.say("/balance")).text


class TestFailures:
    async def test_an_answer_of_which_the_api_says_that_it_failed_is_not_sent_twice(
        self, stage: TelegramStage, ann: TelegramPlayer
    ) -> None:
        stage.server.faults.fail_after(method="sendMessage")
        assert "15 Connects" in (await ann.say("/spend 5")).text
        assert len(ann.chat.sent) == 2
        assert stage.pauses == []

    @pytest.mark.parametrize("status", [400, 403, 404])
    async def test_an_answer_waits_while_a_proxy_refuses_it(
        self, stage: TelegramStage, ann: TelegramPlayer, status: int
    ) -> None:
        stage.server.faults.block(status, times=2, method="sendMessage")
        assert "15 Connects" in (await ann.say("/spend 5")).text
        assert len(ann.chat.sent) == 2
        assert len(stage.pauses) == 2
        assert await retired(stage, ann.chat.id) == ""

    async def test_an_answer_that_a_gateway_may_have_passed_on_is_not_sent_twice(
        self, stage: TelegramStage, ann: TelegramPlayer
    ) -> None:
        stage.server.faults.fail(502, method="sendMessage")
        await ann.person.say("/spend 5")
        await stage.server.called("sendMessage", 2)
        assert "15 Connects are available." in (await ann.say("/balance")).text
        assert len(ann.chat.sent) == 2

    async def test_an_edit_is_retried_whatever_happened(self, stage: TelegramStage, ann: TelegramPlayer) -> None:
        for number in range(1, 12):
            await ann.say(f"/adjust {number}")
        await ann.say("/history")
        stage.server.faults.fail(503, method="editMessageText")
        stage.server.faults.drop_after(method="editMessageText")
        assert "Entries #2 to #1" in (await ann.press("Older")).text
        assert stage.server.count()["editMessageText"] == 3

    async def test_a_connection_that_breaks_before_the_call_loses_nothing(
        self, stage: TelegramStage, ann: TelegramPlayer
    ) -> None:
        stage.server.faults.drop_before(method="sendMessage")
        await ann.person.say("/spend 5")
        await stage.server.called("sendMessage", 2)
        assert "15 Connects are available." in (await ann.say("/balance")).text

    async def test_a_connection_that_breaks_after_the_call_leaves_one_message(
        self, stage: TelegramStage, ann: TelegramPlayer
    ) -> None:
        stage.server.faults.drop_after(method="sendMessage")
        assert "#2 booked" in (await ann.say("/spend 5")).text
        assert len(ann.chat.sent) == 2
        assert "15 Connects are available." in (await ann.say("/balance")).text

    async def test_polling_goes_on_after_a_broken_connection(self, stage: TelegramStage, ann: TelegramPlayer) -> None:
        stage.server.faults.drop_before(method="getUpdates")
        assert "20 Connects are available." in (await ann.say("/balance")).text
        assert "20 Connects are available." in (await ann.say("/balance")).text


class TestPresses:
    async def test_a_press_is_acknowledged_before_the_work(self, stage: TelegramStage, ann: TelegramPlayer) -> None:
        await ann.say("/spend 5")
        await ann.press("Undo")
        order = [call.method for call in stage.server.log if call.method != "getUpdates"]
        assert order[-2:] == ["answerCallbackQuery", "sendMessage"]

    async def test_a_press_too_old_to_be_acknowledged_is_answered(
        self, stage: TelegramStage, ann: TelegramPlayer
    ) -> None:
        await ann.say("/spend 5")
        stage.server.faults.refuse(
            bad_request("query is too old and response timeout expired or query ID is invalid"),
            method="answerCallbackQuery",
        )
        await ann.person.press(ann.chat.last, "Undo")
        await stage.server.settled()
        assert "#2 is undone" in ann.chat.last.text

    async def test_paging_changes_the_message_in_place_and_the_same_page_again_is_no_trouble(
        self, stage: TelegramStage, ann: TelegramPlayer
    ) -> None:
        for number in range(1, 12):
            await ann.say(f"/adjust {number}")
        await ann.say("/history")
        before = len(ann.chat.sent)
        first, second = await ann.press_twice("Older")
        assert first == second
        assert "Entries #2 to #1" in first.text
        assert len(ann.chat.sent) == before
        assert stage.server.calls("editMessageText")[-1].status == 400

    async def test_a_message_that_cannot_be_edited_any_more_is_sent_again(
        self, stage: TelegramStage, ann: TelegramPlayer
    ) -> None:
        for number in range(1, 12):
            await ann.say(f"/adjust {number}")
        await ann.say("/history")
        stage.server.faults.refuse(bad_request("message can't be edited"), method="editMessageText")
        before = len(ann.chat.sent)
        assert "Entries #2 to #1" in (await ann.press("Older")).text
        assert len(ann.chat.sent) == before + 1


class TestUnreachable:
    async def test_someone_who_blocks_the_bot_is_retired_until_they_come_back(
        self, stage: TelegramStage, ann: TelegramPlayer
    ) -> None:
        ann.person.block()
        await stage.server.settled()
        assert await retired(stage, ann.chat.id) == "blocked"
        ann.person.unblock()
        await stage.server.settled()
        assert await retired(stage, ann.chat.id) == ""

    async def test_a_chat_that_refuses_an_answer_is_retired_until_it_writes(
        self, stage: TelegramStage, ann: TelegramPlayer
    ) -> None:
        stage.server.faults.refuse(forbidden("bot was blocked by the user"), method="sendMessage")
        await ann.person.say("/spend 5")
        await stage.server.settled()
        assert await retired(stage, ann.chat.id) == "blocked"
        assert "15 Connects are available." in (await ann.say("/balance")).text
        assert await retired(stage, ann.chat.id) == ""

    async def test_a_group_adds_and_removes_the_bot(self, stage: TelegramStage, ann: TelegramPlayer) -> None:
        group = stage.server.group("Team", admins=[ann.person], bot=False)
        assert await retired(stage, group.id) is None
        group.add_bot(ann.person)
        await stage.server.settled()
        assert await retired(stage, group.id) == ""
        group.remove_bot(ann.person)
        await stage.server.settled()
        assert await retired(stage, group.id) == "removed"


class TestMigration:
    async def test_the_wallet_follows_the_group(self, stage: TelegramStage) -> None:
        ann = await stage.member("Ann", "Team", admin=True)
        await ann.say("/start")
        await ann.say("/opening 300 free")
        ann.chat = ann.chat.migrate(ann.person)
        await stage.server.settled()
        assert "300 Connects are available." in (await ann.say("/balance")).text

    async def test_an_answer_follows_the_group(self, stage: TelegramStage) -> None:
        ann = await stage.member("Ann", "Team", admin=True)
        await ann.say("/start")
        await ann.say("/opening 300 free")
        new = stage.server.supergroup("Team", admins=[ann.person])
        upgraded = ApiError(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=new.id)
        stage.server.faults.refuse(upgraded, method="sendMessage", chat=ann.chat)
        await ann.person.say("/balance", ann.chat)
        assert "300 Connects are available." in (await new.next_message()).text
        ann.chat = new
        assert "300 Connects are available." in (await ann.say("/balance")).text


async def test_a_file_is_sent_with_its_caption_and_never_twice(stage: TelegramStage, ann: TelegramPlayer) -> None:
    stage.server.faults.drop_after(method="sendDocument")
    heard = await ann.say("/export")
    assert list(heard.files) == ["connects-2026-01-10.csv"]
    assert heard.text == "All time: 1 entry that comes to 20 Connects."
    assert stage.server.count()["sendDocument"] == 1
