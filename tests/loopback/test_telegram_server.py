"""The loopback Telegram with the real library: people, chats, messages, and what is kept of them."""

from __future__ import annotations

import struct
from datetime import timedelta
from typing import TYPE_CHECKING

import httpx
import pytest
from telegram import Bot, ForceReply, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, EndPointNotFound, InvalidToken
from telegram.request import HTTPXRequest

from tests.clock import TestClock
from tests.loopback.telegram import Answer, ImpossibleError, NothingHappenedError, TelegramServer
from tests.loopback.telegram.library import a_bot, polling

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 640, 480) + b"rest"
YES_NO = InlineKeyboardMarkup(
    [[InlineKeyboardButton("Yes", callback_data="/yes"), InlineKeyboardButton("No", callback_data="/no")]]
)


@pytest.fixture
async def server() -> AsyncGenerator[TelegramServer]:
    async with TelegramServer(clock=TestClock()) as running:
        yield running


@pytest.fixture
async def bot(server: TelegramServer) -> AsyncGenerator[Bot]:
    async with a_bot(server) as ready:
        yield ready


async def test_a_person_says_something_and_reads_the_answer(server: TelegramServer) -> None:
    ann = server.user("Ann", language_code="en")

    async def greet(update: Update, _: Bot) -> None:
        assert update.effective_user
        assert update.message
        assert update.message.date == server.clock.now()
        assert update.message.parse_entities() == {update.message.entities[0]: "/start"}
        await update.message.reply_html(f"<b>Hello</b>, {update.effective_user.first_name}", reply_markup=YES_NO)

    async with polling(server, greet):
        said = await ann.say("/start from-a-link")
        reply = await ann.private.next_message()
    assert said.update_id
    assert reply.text == "Hello, Ann"
    assert reply.html == "<b>Hello</b>, Ann"
    assert reply.entities == ({"type": "bold", "offset": 0, "length": 5},)
    assert reply.rows == [["Yes", "No"]]
    assert [button.data for button in reply.buttons] == ["/yes", "/no"]
    assert reply.id == said.id + 1
    assert reply.order > said.order


async def test_a_press_is_answered_and_the_message_edited(server: TelegramServer, bot: Bot) -> None:
    ann = server.user("Ann", started=True)

    async def obey(update: Update, _: Bot) -> None:
        query = update.callback_query
        assert query
        await query.answer(f"You chose {query.data}", show_alert=True)
        await query.edit_message_text("Done")

    async with polling(server, obey):
        await bot.send_message(ann.id, "Sure?", reply_markup=YES_NO)
        asked = await ann.private.next_message()
        press = await ann.press(asked, "Yes")
        assert await press.answered() == Answer("You chose /yes", show_alert=True)
        assert (await asked.edited()).text == "Done"
    assert [content.text for content in asked.history] == ["Sure?"]
    assert asked.rows == []
    with pytest.raises(ImpossibleError):
        await ann.press(asked, "Yes")


async def test_the_same_press_can_come_again_in_a_new_update(server: TelegramServer, bot: Bot) -> None:
    ann = server.user("Ann", started=True)
    await bot.send_message(ann.id, "Sure?", reply_markup=YES_NO)
    press = await ann.press(ann.private.last, "Yes")
    await ann.press(ann.private.last, "Yes", repeat=press)
    other = await ann.press(ann.private.last, "Yes")
    first, second, third = await bot.get_updates()
    assert first.callback_query
    assert second.callback_query
    assert third.callback_query
    assert len({first.update_id, second.update_id, third.update_id}) == 3
    assert press.update_ids == [first.update_id, second.update_id]
    assert first.callback_query.id == second.callback_query.id == press.id
    assert third.callback_query.id == other.id != press.id


async def test_a_button_that_an_edit_took_away_can_still_be_pressed_by_a_slow_client(
    server: TelegramServer, bot: Bot
) -> None:
    ann = server.user("Ann", started=True)
    sent = await bot.send_message(ann.id, "Sure?", reply_markup=YES_NO)
    await bot.edit_message_text("Too late", ann.id, sent.message_id)
    press = await ann.press(ann.private.last, "No", stale=True)
    assert press.button.data == "/no"


async def test_a_document_keeps_its_name_its_bytes_and_its_caption(server: TelegramServer, bot: Bot) -> None:
    ann = server.user("Ann", started=True)
    await bot.send_document(
        ann.id, b"id,amount\n", filename="journal.csv", caption="<i>All</i> of it", parse_mode=ParseMode.HTML
    )
    sent = await ann.private.next_message()
    assert sent.document
    assert (sent.document.name, sent.document.data) == ("journal.csv", b"id,amount\n")
    assert (sent.text, sent.html) == ("All of it", "<i>All</i> of it")
    await bot.send_document(ann.id, sent.document.id)
    assert ann.private.last.document is sent.document


async def test_a_photo_and_an_action_are_kept(server: TelegramServer, bot: Bot) -> None:
    ann = server.user("Ann", started=True)
    await bot.send_chat_action(ann.id, ChatAction.UPLOAD_PHOTO)
    message = await bot.send_photo(ann.id, PNG, caption="The last month")
    assert (message.photo[0].width, message.photo[0].height) == (640, 480)
    assert ann.private.last.photo
    assert ann.private.last.photo.data == PNG
    assert ann.private.actions == ["upload_photo"]


async def test_a_file_of_a_person_can_be_fetched(server: TelegramServer, bot: Bot) -> None:
    ann = server.user("Ann")
    await ann.send("history.txt", b"pasted", caption="/import")
    (update,) = await bot.get_updates()
    assert update.message
    assert update.message.document
    file = await update.message.document.get_file()
    assert bytes(await file.download_as_bytearray()) == b"pasted"
    assert update.message.caption == "/import"
    assert update.message.document.mime_type == "text/plain"


async def test_a_forced_reply_is_kept_and_can_be_replied_to(server: TelegramServer, bot: Bot) -> None:
    ann = server.user("Ann", started=True)
    await bot.send_message(ann.id, "How many?", reply_markup=ForceReply(input_field_placeholder="16"))
    asked = await ann.private.next_message()
    assert asked.force_reply
    assert asked.content.under.placeholder == "16"
    await ann.say("16", reply_to=asked)
    (update,) = await bot.get_updates()
    assert update.message
    assert update.message.reply_to_message
    assert update.message.reply_to_message.message_id == asked.id


async def test_a_keyboard_can_be_changed_alone_and_a_message_deleted(server: TelegramServer, bot: Bot) -> None:
    ann = server.user("Ann", started=True)
    sent = await bot.send_message(ann.id, "Sure?", reply_markup=YES_NO)
    asked = ann.private.last
    await bot.edit_message_reply_markup(ann.id, sent.message_id)
    assert (asked.text, asked.rows) == ("Sure?", [])
    await bot.delete_message(ann.id, sent.message_id)
    assert asked.deleted
    assert ann.private.sent == []


async def test_the_log_keeps_every_request_and_its_time(server: TelegramServer, bot: Bot) -> None:
    ann = server.user("Ann", started=True)
    await bot.send_message(ann.id, "Sure?", reply_markup=YES_NO)
    (call,) = server.calls("sendMessage", ann.private)
    assert call.payload["text"] == "Sure?"
    assert call.payload["reply_markup"]["inline_keyboard"][0][0]["text"] == "Yes"
    assert (call.at, call.status) == (server.clock.now(), 200)
    assert server.count() == {"getMe": 1, "sendMessage": 1}


async def test_a_body_of_json_is_understood_as_a_form_is(server: TelegramServer) -> None:
    ann = server.user("Ann", started=True)
    async with httpx.AsyncClient() as client:
        body = {"chat_id": ann.id, "text": "plain & simple"}
        answer = await client.post(f"{server.base_url}{server.token}/sendMessage", json=body)
    assert answer.json()["result"]["text"] == "plain & simple"
    assert (ann.private.last.text, ann.private.last.html) == ("plain & simple", "plain &amp; simple")


async def test_a_wrong_token_and_an_unknown_method_are_refused(server: TelegramServer, bot: Bot) -> None:
    async with HTTPXRequest() as request:
        with pytest.raises(InvalidToken, match="Unauthorized"):
            await Bot("4242:wrong", base_url=server.base_url, request=request).get_me()
        with pytest.raises(InvalidToken, match="Not Found"):
            await Bot("malformed", base_url=server.base_url, request=request).get_me()
    with pytest.raises(EndPointNotFound, match="not found in Bot API"):
        await bot.do_api_request("sendTelegram")


async def test_after_a_log_out_nothing_is_answered(bot: Bot) -> None:
    assert await bot.close()
    assert await bot.log_out()
    with pytest.raises(BadRequest, match="Logged out"):
        await bot.get_me()


async def test_waiting_in_vain_fails_the_test_and_says_for_what(server: TelegramServer) -> None:
    ann = server.user("Ann")
    with pytest.raises(NothingHappenedError, match="a message in private chat of Ann"):
        await ann.private.next_message(patience=0.01)


async def test_an_edited_message_of_a_person_comes_as_such(server: TelegramServer, bot: Bot) -> None:
    ann = server.user("Ann")
    said = await ann.say("/spend 16")
    assert isinstance(server.clock, TestClock)
    server.clock.pass_(minutes=1)
    await ann.edit(said, "/spend 18")
    _, update = await bot.get_updates()
    assert update.edited_message
    assert update.edited_message.text == "/spend 18"
    assert update.edited_message.edit_date == said.date + timedelta(minutes=1)
