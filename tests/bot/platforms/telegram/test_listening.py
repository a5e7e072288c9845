"""Receiving updates by polling and by webhook: redelivery, order, starting and stopping."""

from __future__ import annotations

import asyncio
import traceback
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import aiohttp
import pytest
from pydantic import SecretStr
from telegram.error import Forbidden, NetworkError

from bot.platforms.identity import release, require_own
from bot.platforms.port import RejectedError
from bot.platforms.telegram import TelegramPlatform
from tests.bot.stages.telegram import a_stage, settings_of
from tests.loopback.telegram import Button, TelegramServer
from tests.loopback.telegram.keyboards import Under

if TYPE_CHECKING:
    from tests.bot.stage import Bot
    from tests.bot.stages.telegram import TelegramStage

HOWS: tuple[Literal["same update", "new update"], ...] = ("same update", "new update")
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"


class TestTwice:
    @pytest.mark.parametrize("how", HOWS)
    async def test_a_line_delivered_twice_books_once(
        self, stage: TelegramStage, how: Literal["same update", "new update"]
    ) -> None:
        ann = await stage.person("Ann")
        await ann.say("/start")
        with stage.server.deliver_twice(how):
            await ann.person.say("/spend 5 Logo redesign")
        await stage.server.settled()
        assert "15 Connects are available." in (await ann.say("/balance")).text

    @pytest.mark.parametrize("how", HOWS)
    async def test_a_press_delivered_twice_books_once(
        self, stage: TelegramStage, how: Literal["same update", "new update"]
    ) -> None:
        ann = await stage.person("Ann")
        await ann.say("/start")
        await ann.say("5")
        with stage.server.deliver_twice(how):
            await ann.person.press(ann.chat.last, "Spent on a proposal")
        await stage.server.settled()
        assert "15 Connects are available." in (await ann.say("/balance")).text


class TestOldButtons:
    async def test_a_button_of_an_older_question_does_not_answer_a_newer_one(self, stage: TelegramStage) -> None:
        ann = await stage.person("Ann")
        await ann.say("/start")
        await ann.say("/spend")
        old = ann.chat.last
        stage.bot.clock.pass_(minutes=1)
        await ann.say("/earn")
        press = await ann.person.press(old, "16 Connects")
        await press.answered()
        await stage.server.settled()
        assert "That question is closed" in ann.chat.last.text
        assert "20 Connects are available." in (await ann.say("/balance")).text

    async def test_a_button_that_is_not_ours_is_answered_with_words(self, stage: TelegramStage) -> None:
        ann = await stage.person("Ann")
        await ann.say("/start")
        message = ann.chat.last
        message.content = replace(message.content, under=Under(rows=((Button("Old", "v0:undo:3"),),)))
        assert "too old" in (await ann.press("Old")).text


async def test_unknown_updates_do_no_harm(stage: TelegramStage) -> None:
    ann = await stage.person("Ann")
    stage.server.push_unknown("message", {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "hologram"}})
    await ann.person.say("/start")
    await stage.server.settled()
    assert len(ann.chat.sent) == 1
    assert "20 Connects are available." in (await ann.say("/balance")).text


async def test_the_lines_of_one_person_are_answered_in_order(stage: TelegramStage) -> None:
    ann = await stage.person("Ann")
    await ann.say("/start")
    for number in range(1, 13):
        await ann.person.say(f"/adjust {number}")
    await stage.server.settled()
    answers = [message.text.partition(" ")[0] for message in ann.chat.sent[1:]]
    assert answers == [f"#{number}" for number in range(2, 14)]


async def test_an_update_is_confirmed_only_when_it_is_answered(stage: TelegramStage) -> None:
    """After a crash the interrupted update is delivered again, and booked once."""
    ann = await stage.person("Ann")
    slow = stage.server.faults.slow(method="sendMessage")
    await ann.person.say("/start")
    await stage.server.until(lambda: slow.hits > 0, "the answer to be under way")
    assert len(stage.server.updates.queue) == 1
    slow.release()
    await stage.server.settled()
    assert stage.server.updates.queue == []


class TestStopping:
    async def test_an_answer_in_progress_is_finished(self, stage: TelegramStage) -> None:
        ann = await stage.person("Ann")
        slow = stage.server.faults.slow(method="sendMessage")
        await ann.person.say("/start")
        await stage.server.until(lambda: slow.hits > 0, "the answer to be under way")
        running = stage.ask_to_stop()
        await stage.server.until(lambda: not stage.server.updates.is_polled, "the polling to end")
        assert not running.done()
        slow.release()
        await running
        assert "20 free Connects" in ann.chat.last.text

    async def test_a_pause_is_cut_short_for_one_last_try(self, stage: TelegramStage) -> None:
        ann = await stage.person("Ann")
        stage.held = asyncio.Event()
        stage.server.faults.rate_limit(30, method="sendMessage")
        await ann.person.say("/start")
        await stage.server.until(lambda: stage.pauses, "the pause")
        await stage.stop()
        assert "20 free Connects" in ann.chat.last.text

    async def test_nothing_is_left_behind(self, stage: TelegramStage) -> None:
        before = asyncio.all_tasks()
        await stage.stop()
        left = {getattr(task.get_coro(), "__qualname__", "") for task in asyncio.all_tasks() - before}
        assert left <= {"RequestHandler.start"}  # the server's own

    async def test_a_cancelled_run_ends_just_as_cleanly(self, stage: TelegramStage) -> None:
        running, stage.running = stage.running, None
        assert running is not None
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        await stage.start()
        ann = await stage.person("Ann")
        assert "20 free Connects" in (await ann.say("/start")).text


class TestStarting:
    @pytest.mark.parametrize("token", ["4242:another", "malformed"])
    async def test_a_wrong_token_is_reported_without_showing_it(self, bot: Bot, token: str) -> None:
        async with a_stage(bot) as stage:
            stage.settings = replace(stage.settings, telegram_token=SecretStr(token))
            with pytest.raises(RejectedError, match="TELEGRAM_TOKEN") as raised:
                await stage.start()
            assert token not in "".join(traceback.format_exception(raised.value))

    @pytest.mark.parametrize("status", [401, 403, 404])
    async def test_a_page_of_a_proxy_says_nothing_about_the_token(self, bot: Bot, status: int) -> None:
        async with a_stage(bot) as stage:
            stage.server.faults.block(status, method="getMe")
            with pytest.raises((ConnectionError, Forbidden)):
                await stage.start()
            await stage.start()

    async def test_without_a_connection_it_raises_and_can_be_run_again(self, bot: Bot) -> None:
        async with a_stage(bot) as stage:
            await stage.server.stop()
            platform = stage.platform
            with pytest.raises(NetworkError):
                await platform.run(asyncio.Event())
            await stage.server.start()
            stop = asyncio.Event()
            running = asyncio.create_task(platform.run(stop))
            await stage.server.until(lambda: stage.server.updates.is_polled, "the bot to listen")
            stop.set()
            await running

    async def test_a_token_revoked_meanwhile_ends_the_run_and_the_next_one_says_why(self, stage: TelegramStage) -> None:
        stage.server.state.token = "4242:renewed"
        stage.server.updates.end_poll("a test's")
        running, stage.running = stage.running, None
        assert running is not None
        stage.server.push_unknown()
        with pytest.raises(ConnectionError):
            await running
        with pytest.raises(RejectedError):
            await stage.start()


class TestAnotherBot:
    """The database belongs to the bot that was there first."""

    async def test_it_is_refused_before_it_reads_or_writes_anything(self, bot: Bot, stage: TelegramStage) -> None:
        await stage.stop()
        async with TelegramServer(clock=bot.clock, token="5151:another-token") as server:
            platform = TelegramPlatform(settings_of(server), bot.desk, bot.store)
            with pytest.raises(RejectedError, match=r"id 4242.*bot 5151.*connects adopt telegram") as raised:
                await platform.run(asyncio.Event())
            assert "another-token" not in str(raised.value)
            assert set(server.count()) == {"getMe"}

    async def test_a_new_token_of_the_same_bot_is_welcome(self, bot: Bot, stage: TelegramStage) -> None:
        await stage.stop()
        stage.server.state.token = "4242:renewed"
        stage.settings = settings_of(stage.server)
        await stage.start()
        ann = await stage.person("Ann")
        assert "20 free Connects" in (await ann.say("/start")).text
        await release(bot.store.notes, "telegram")
        await require_own(bot.store.notes, "telegram", "5151")
        await stage.stop()
        with pytest.raises(RejectedError):
            await stage.start()


class TestWebhook:
    async def test_a_conversation_works_by_webhook(self, hooked: TelegramStage) -> None:
        ann = await hooked.person("Ann")
        assert "20 free Connects" in (await ann.say("/start")).text
        assert "15 Connects" in (await ann.say("/spend 5")).text
        await ann.person.press(ann.chat.last, "Undo")
        await hooked.server.called("sendMessage", 3)
        assert "#2 is undone" in ann.chat.last.text
        assert hooked.server.count()["getUpdates"] == 0

    @pytest.mark.parametrize("headers", [{}, {SECRET_HEADER: "guessed"}])
    async def test_a_request_without_the_secret_is_refused(
        self, hooked: TelegramStage, headers: dict[str, str]
    ) -> None:
        ann = await hooked.person("Ann")
        await ann.say("/start")
        forged = {"update_id": 1, "message": ann.chat.messages[0].wire() | {"message_id": 999, "text": "/spend 20"}}
        async with (
            aiohttp.ClientSession() as http,
            http.post(hooked.settings.telegram_webhook_url, json=forged, headers=headers) as answer,
        ):
            assert answer.status == 403
        assert "20 Connects are available." in (await ann.say("/balance")).text

    async def test_the_secret_from_the_settings_is_used(self, hooked: TelegramStage) -> None:
        made = hooked.server.calls("setWebhook")[-1].payload["secret_token"]
        assert len(made) == 64
        await hooked.stop()
        hooked.settings = replace(hooked.settings, telegram_webhook_secret=SecretStr("a-secret_1"))
        await hooked.start()
        assert hooked.server.calls("setWebhook")[-1].payload["secret_token"] == "a-secret_1"
        ann = await hooked.person("Ann")
        assert "20 free Connects" in (await ann.say("/start")).text

    @pytest.mark.parametrize("path", ["", "/", "/bots/team-1/hook", "/bots/team-1/hook/"])
    async def test_the_address_may_have_any_path(self, hooked: TelegramStage, path: str) -> None:
        await hooked.stop()
        place = hooked.settings.telegram_webhook_url.removesuffix("/hook-1.2")
        hooked.settings = replace(hooked.settings, telegram_webhook_url=place + path)
        await hooked.start()
        ann = await hooked.person("Ann")
        assert "20 free Connects" in (await ann.say("/start")).text

    async def test_polling_takes_over_from_a_webhook(self, hooked: TelegramStage) -> None:
        await hooked.stop()
        hooked.settings = replace(hooked.settings, telegram_webhook_url="")
        await hooked.start()
        ann = await hooked.person("Ann")
        assert "20 free Connects" in (await ann.say("/start")).text
        assert hooked.server.webhook is None
