"""The loopback Telegram with the real library: how updates get to the bot."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from typing import TYPE_CHECKING, Literal

import pytest
from aiohttp import web
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import ChatAction
from telegram.error import BadRequest, Conflict

from tests.clock import TestClock
from tests.loopback.telegram import ImpossibleError, TelegramServer
from tests.loopback.telegram.library import a_bot, an_application, polling

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from telegram import Bot, Update

SECRET = "a-secret_1"


@pytest.fixture
async def server() -> AsyncGenerator[TelegramServer]:
    async with TelegramServer(clock=TestClock()) as running:
        yield running


@pytest.fixture
async def bot(server: TelegramServer) -> AsyncGenerator[Bot]:
    async with a_bot(server) as ready:
        yield ready


class Ears:
    """What a bot has heard; it shows that it listens, so that a test can wait for that."""

    def __init__(self) -> None:
        self.updates: list[Update] = []

    async def __call__(self, update: Update, bot: Bot) -> None:
        self.updates.append(update)
        if update.effective_chat:
            await bot.send_chat_action(update.effective_chat.id, ChatAction.TYPING)

    @property
    def texts(self) -> list[str]:
        return [one.effective_message.text or "" for one in self.updates if one.effective_message]


async def test_a_poll_waits_until_there_is_something(server: TelegramServer, bot: Bot) -> None:
    ann = server.user("Ann")
    poll = asyncio.create_task(bot.get_updates(timeout=30))
    await server.until(lambda: server.updates.is_polled, "a poll")
    assert not poll.done()
    await ann.say("hello")
    (update,) = await poll
    assert update.message
    assert update.message.text == "hello"


async def test_a_poll_without_news_ends_empty(bot: Bot) -> None:
    assert await bot.get_updates(timeout=0) == ()


async def test_updates_come_again_until_the_offset_confirms_them(server: TelegramServer, bot: Bot) -> None:
    ann = server.user("Ann")
    for text in ("one", "two", "three"):
        await ann.say(text)
    first, *_ = await bot.get_updates()
    assert len(await bot.get_updates(limit=2)) == 2
    assert len(await bot.get_updates(offset=first.update_id + 1)) == 2
    (last,) = await bot.get_updates(offset=-1)
    assert last.update_id == first.update_id + 2
    assert await bot.get_updates(offset=last.update_id + 1) == ()


async def test_only_what_was_asked_for_is_kept(server: TelegramServer, bot: Bot) -> None:
    ann = server.user("Ann")
    await bot.get_updates(allowed_updates=["callback_query"])
    assert (await ann.say("hello")).update_id is None
    await bot.get_updates()
    assert (await ann.say("hello")).update_id is None
    await bot.get_updates(allowed_updates=[])
    assert (await ann.say("hello")).update_id


async def test_a_second_poll_ends_the_first(server: TelegramServer, bot: Bot) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=30))
    await server.until(lambda: server.updates.is_polled, "a poll")
    async with a_bot(server) as other:
        assert await other.get_updates() == ()
    with pytest.raises(Conflict, match="terminated by other getUpdates request"):
        await first


async def test_what_a_stopped_bot_did_not_confirm_comes_after_its_restart(server: TelegramServer) -> None:
    ann, ears = server.user("Ann"), Ears()
    async with polling(server, ears):
        await ann.say("one")
        await server.called("sendChatAction")
    await ann.say("two")
    async with polling(server, ears):
        await server.called("sendChatAction", times=2)
        await server.settled()
    assert ears.texts == ["one", "two"]


async def test_the_same_update_can_be_delivered_twice(server: TelegramServer) -> None:
    ann, ears = server.user("Ann"), Ears()
    async with polling(server, ears):
        with server.deliver_twice():
            await ann.say("hello")
        await server.called("sendChatAction", times=2)
        await ann.say("bye")
        await server.called("sendChatAction", times=3)
    assert ears.texts == ["hello", "hello", "bye"]
    assert ears.updates[0].update_id == ears.updates[1].update_id


async def test_the_same_message_can_come_in_a_second_update(server: TelegramServer) -> None:
    ann, ears = server.user("Ann"), Ears()
    async with polling(server, ears):
        with server.deliver_twice("new update"):
            await ann.say("hello")
        await server.called("sendChatAction", times=2)
    first, second = ears.updates
    assert first.update_id != second.update_id
    assert first.message == second.message


async def test_an_update_of_an_unknown_kind_does_not_stop_the_next_one(server: TelegramServer) -> None:
    ann, ears = server.user("Ann"), Ears()
    async with polling(server, ears):
        server.push_unknown("hologram", {"depth": 3})
        await ann.say("hello")
        await server.called("sendChatAction")
    assert [one.effective_message is None for one in ears.updates] == [True, False]
    assert ears.updates[0].api_kwargs == {"hologram": {"depth": 3}}


@pytest.mark.parametrize("noticed", ["first", "between", "last"])
async def test_a_group_that_moves_says_so_to_the_bot(
    server: TelegramServer, bot: Bot, noticed: Literal["first", "between", "last"]
) -> None:
    ann = server.user("Ann")
    team = server.group("Team", admins=[ann])
    moved = team.migrate(by=ann, noticed=noticed)
    updates = list(await bot.get_updates())
    added = updates.pop(("first", "between", "last").index(noticed)).my_chat_member
    assert added
    assert (added.chat.id, added.new_chat_member.status) == (moved.id, "member")
    old, new = [one.message for one in updates]
    assert old
    assert (old.chat_id, old.migrate_to_chat_id) == (team.id, moved.id)
    assert new
    assert (new.chat_id, new.migrate_from_chat_id) == (moved.id, team.id)


async def test_a_caption_may_stand_under_anything(server: TelegramServer, bot: Bot) -> None:
    ann = server.user("Ann")
    for medium in ("photo", "video", "audio", "voice", "animation"):
        await ann.show(medium, caption="/spend 16", album="7")
    await ann.show("sticker")
    *shown, sticker = [one.message for one in await bot.get_updates()]
    assert [(one.caption, one.media_group_id) for one in shown if one] == [("/spend 16", "7")] * 5
    assert all(one.effective_attachment for one in shown if one)
    assert shown[-1]
    assert shown[-1].document
    assert sticker
    assert sticker.sticker
    with pytest.raises(ImpossibleError):
        await ann.show("sticker", caption="/spend 16")


async def test_a_preview_changes_a_message_without_the_time_of_an_edit(server: TelegramServer, bot: Bot) -> None:
    ann = server.user("Ann")
    said = await ann.say_linked("/spend 16 Logo", "Logo", "https://example.org")
    await ann.get_preview(said)
    await ann.edit(said, "/spend 17")
    first, preview, edit = await bot.get_updates()
    assert first.message
    assert first.message.entities[-1].url == "https://example.org"
    assert preview.edited_message
    assert preview.edited_message.edit_date is None
    assert edit.edited_message
    assert edit.edited_message.edit_date


def a_listener() -> socket.socket:
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0)
    return listener


async def test_a_webhook_of_the_library_gets_updates_under_the_secret(server: TelegramServer) -> None:
    ann, ears, listener = server.user("Ann"), Ears(), a_listener()
    app = an_application(server, ears)
    async with app:
        assert app.updater
        await app.start()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/hook"
        await app.updater.start_webhook(unix=listener, url_path="hook", webhook_url=url, secret_token=SECRET)
        with server.deliver_twice():
            await ann.say("hello")
        await server.called("sendChatAction", times=2)
        info = await app.bot.get_webhook_info()
        await app.updater.stop()
        await app.stop()
    assert ears.texts == ["hello", "hello"]
    assert (info.url, info.pending_update_count) == (url, 0)


async def test_a_webhook_of_the_library_refuses_another_secret(server: TelegramServer, bot: Bot) -> None:
    ann, ears, listener = server.user("Ann"), Ears(), a_listener()
    app = an_application(server, ears)
    async with app:
        assert app.updater
        await app.start()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/hook"
        await app.updater.start_webhook(unix=listener, url_path="hook", webhook_url=url, secret_token=SECRET)
        await bot.set_webhook(url, secret_token="another")
        await ann.say("hello")
        await server.until(lambda: server.webhook and server.webhook.attempts >= 2, "two attempts")
        assert ears.texts == []
        assert "403" in ((await bot.get_webhook_info()).last_error_message or "")
        await bot.set_webhook(url, secret_token=SECRET)
        await server.called("sendChatAction")
        await app.updater.stop()
        await app.stop()
    assert ears.texts == ["hello"]


async def test_a_webhook_that_fails_gets_the_update_again_and_the_chat_stays_in_order(
    server: TelegramServer, bot: Bot
) -> None:
    ann, bob, seen = server.user("Ann"), server.user("Bob"), list[str]()

    async def hook(request: web.Request) -> web.Response:
        assert request.headers["X-Telegram-Bot-Api-Secret-Token"] == SECRET
        text = (await request.json())["message"]["text"]
        seen.append(text)
        return web.Response(status=500 if seen.count("a1") < 3 and text == "a1" else 204)

    application = web.Application()
    application.router.add_post("/", hook)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    await bot.set_webhook(f"http://127.0.0.1:{runner.addresses[0][1]}/", secret_token=SECRET)
    await ann.say("a1")
    await ann.say("a2")
    await bob.say("b1")
    await server.settled()
    await bot.delete_webhook()
    await runner.cleanup()
    assert [text for text in seen if text.startswith("a")] == ["a1", "a1", "a1", "a2"]
    assert "b1" in seen


async def test_a_press_passes_a_message_that_is_refused_and_is_given_up_soon(server: TelegramServer, bot: Bot) -> None:
    ann, seen, refuses = server.user("Ann"), list[str](), {"message"}

    async def hook(request: web.Request) -> web.Response:
        (kind,) = (await request.json()).keys() - {"update_id"}
        seen.append(kind)
        return web.Response(status=500 if kind in refuses else 200)

    application = web.Application()
    application.router.add_post("/", hook)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    await ann.say("hello")
    await bot.get_updates()
    buttons = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="yes")]])
    await bot.send_message(ann.id, "Really?", reply_markup=buttons)
    await bot.set_webhook(f"http://127.0.0.1:{runner.addresses[0][1]}/")
    await ann.press(ann.private.last, "Yes")
    await server.until(lambda: len(server.updates.queue) == 1, "the press to be taken")
    refuses.add("callback_query")
    await ann.press(ann.private.last, "Yes")
    await server.until(lambda: seen.count("callback_query") > 2, "two attempts")
    clock = server.clock
    assert isinstance(clock, TestClock)
    clock.pass_(seconds=151)
    await server.until(lambda: len(server.updates.queue) == 1, "the press to be given up")
    refuses.clear()
    await server.settled()
    await bot.delete_webhook()
    await runner.cleanup()


async def test_a_webhook_excludes_polls_and_wants_https_and_a_plain_secret(server: TelegramServer, bot: Bot) -> None:
    with pytest.raises(BadRequest, match=r"(?i)an https url must be provided"):
        await bot.set_webhook("http://example.org/hook")
    with pytest.raises(BadRequest, match="unallowed characters"):
        await bot.set_webhook("https://127.0.0.1/hook", secret_token="not allowed!")
    await bot.set_webhook("http://127.0.0.1:9/hook")
    with pytest.raises(Conflict, match="webhook is active"):
        await bot.get_updates()
    await server.user("Ann").say("hello")
    await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates() == ()


async def test_a_server_that_comes_back_is_at_the_same_address(server: TelegramServer, bot: Bot) -> None:
    ann = server.user("Ann")
    poll = asyncio.create_task(bot.get_updates(timeout=30))
    await server.until(lambda: server.updates.is_polled, "a poll")
    await server.stop()
    with contextlib.suppress(Conflict):
        await poll
    await server.start()
    await ann.say("hello")
    assert len(await bot.get_updates()) == 1
