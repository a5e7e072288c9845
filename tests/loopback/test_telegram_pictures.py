"""The loopback Telegram changes pictures and files as the service does, and refuses what it refuses, in its words."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaDocument, InputMediaPhoto
from telegram.constants import ParseMode
from telegram.error import BadRequest, NetworkError, RetryAfter

from tests.clock import TestClock
from tests.loopback.telegram import Person, TelegramServer
from tests.loopback.telegram.library import a_bot

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator


def png(width: int = 640, height: int = 480, rest: bytes = b"rest") -> bytes:
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height) + rest


ONE, OTHER = png(rest=b"one"), png(rest=b"other")
KEYS = InlineKeyboardMarkup([[InlineKeyboardButton("More", callback_data="more")]])


@pytest.fixture
async def server() -> AsyncGenerator[TelegramServer]:
    async with TelegramServer(clock=TestClock()) as running:
        yield running


@pytest.fixture
async def bot(server: TelegramServer) -> AsyncGenerator[Bot]:
    async with a_bot(server) as ready:
        yield ready


@pytest.fixture
def ann(server: TelegramServer) -> Person:
    return server.user("Ann", started=True)


def photo(ann: Person) -> bytes | None:
    shown = ann.private.last.photo
    return None if shown is None else shown.data


async def test_a_photo_becomes_another_with_its_caption_and_buttons(bot: Bot, ann: Person) -> None:
    sent = await bot.send_photo(ann.id, ONE, caption="One", reply_markup=KEYS)
    media = InputMediaPhoto(OTHER, "<b>Other</b>", ParseMode.HTML, filename="other.png")
    edited = await sent.edit_media(media, reply_markup=KEYS)
    assert not isinstance(edited, bool)
    assert (edited.caption, len(edited.photo)) == ("Other", 1)
    shown = ann.private.last
    assert (shown.text, shown.rows, photo(ann)) == ("Other", [["More"]], OTHER)
    await sent.edit_caption("Changed")
    assert (ann.private.last.text, ann.private.last.rows, photo(ann)) == ("Changed", [], OTHER)


async def test_a_text_becomes_a_photo_but_never_the_other_way_round(
    server: TelegramServer, bot: Bot, ann: Person
) -> None:
    sent = await bot.send_message(ann.id, "Wait")
    with pytest.raises(BadRequest, match="There is no caption in the message to edit"):
        await sent.edit_caption("Well")
    server.state.adds_media = False
    with pytest.raises(BadRequest, match="There is no media in the message to edit"):
        await sent.edit_media(InputMediaPhoto(ONE))
    server.state.adds_media = True
    await sent.edit_media(InputMediaPhoto(ONE, "One"))
    assert (ann.private.last.text, photo(ann)) == ("One", ONE)
    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await sent.edit_text("Words")


async def test_an_edit_must_change_the_picture_its_words_or_its_buttons(bot: Bot, ann: Person) -> None:
    sent = await bot.send_photo(ann.id, ONE, caption="One")
    with pytest.raises(BadRequest, match="Message is not modified"):
        await sent.edit_media(InputMediaPhoto(ONE, "One"))
    with pytest.raises(BadRequest, match="Message is not modified"):
        await sent.edit_caption("One")
    await sent.edit_media(InputMediaPhoto(ONE, "One"), reply_markup=KEYS)


@pytest.mark.parametrize(
    ("content", "caption", "reason"),
    [
        (png(9_000, 1_001), "", "Photo_invalid_dimensions"),
        (png(2_100, 100), "", "Photo_invalid_dimensions"),
        (b"no picture", "", "Image_process_failed"),
        (png(rest=b"x" * 10 * 1024 * 1024), "", "File is too big for a photo"),
        (ONE, "c" * 1025, "Message caption is too long"),
    ],
)
async def test_what_is_no_proper_photo_changes_nothing(
    bot: Bot, ann: Person, content: bytes, caption: str, reason: str
) -> None:
    sent = await bot.send_message(ann.id, "Wait")
    with pytest.raises(BadRequest, match=reason):
        await sent.edit_media(InputMediaPhoto(content, caption))
    with pytest.raises(BadRequest, match=reason):
        await bot.send_photo(ann.id, content, caption)
    assert ann.private.last.text == "Wait"


async def test_a_caption_is_counted_after_its_markup_is_read(bot: Bot, ann: Person) -> None:
    sent = await bot.send_photo(ann.id, ONE, f"<b>{'c' * 1024}</b>", parse_mode=ParseMode.HTML)
    await sent.edit_media(InputMediaPhoto(OTHER, f"<i>{'d' * 1024}</i>", ParseMode.HTML))
    assert ann.private.last.text == "d" * 1024


async def test_where_no_photos_may_be_sent_none_can_be_put_in(server: TelegramServer, bot: Bot, ann: Person) -> None:
    team = server.group("Team", members=[ann])
    sent = await bot.send_message(team.id, "Wait")
    team.withhold("photos")
    with pytest.raises(BadRequest, match="Not enough rights to send photos to the chat"):
        await sent.edit_media(InputMediaPhoto(ONE))
    await sent.edit_text("Words")


async def test_edits_are_limited_and_what_is_gone_cannot_be_edited(
    server: TelegramServer, bot: Bot, ann: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    sent = await bot.send_photo(ann.id, ONE)
    server.faults.rate_limit(7, method="editMessageMedia")
    with pytest.raises(RetryAfter):
        await sent.edit_media(InputMediaPhoto(OTHER))
    await sent.delete()
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await sent.edit_media(InputMediaPhoto(OTHER))


class TestDocuments:
    async def test_a_text_becomes_a_file_with_its_name_caption_and_buttons(self, bot: Bot, ann: Person) -> None:
        sent = await bot.send_message(ann.id, "Wait")
        media = InputMediaDocument(b"1,2", "<b>Books</b>", ParseMode.HTML, filename="books.csv")
        edited = await sent.edit_media(media, reply_markup=KEYS)
        assert not isinstance(edited, bool)
        assert edited.document is not None
        assert (edited.caption, edited.document.file_name, edited.document.file_size) == ("Books", "books.csv", 3)
        assert (ann.private.last.rows, ann.private.last.photo) == ([["More"]], None)
        await sent.edit_media(InputMediaPhoto(ONE))
        assert (ann.private.last.document, photo(ann)) == (None, ONE)

    async def test_it_is_no_text_any_more(self, bot: Bot, ann: Person) -> None:
        sent = await bot.send_message(ann.id, "Wait")
        await sent.edit_media(InputMediaDocument(b"1,2", "Books", filename="books.csv"))
        with pytest.raises(BadRequest, match="Message is not modified"):
            await sent.edit_media(InputMediaDocument(b"1,2", "Books", filename="books.csv"))
        with pytest.raises(BadRequest, match="There is no text in the message to edit"):
            await sent.edit_text("Words")
        await sent.edit_caption("Other words")
        assert ann.private.last.text == "Other words"

    @pytest.mark.parametrize(
        ("content", "caption", "reason"),
        [(b"", "", "File must be non-empty"), (b"1,2", "c" * 1025, "Message caption is too long")],
    )
    async def test_what_is_no_proper_file_changes_nothing(
        self, bot: Bot, ann: Person, content: bytes, caption: str, reason: str
    ) -> None:
        sent = await bot.send_message(ann.id, "Wait")
        with pytest.raises(BadRequest, match=reason):
            await sent.edit_media(InputMediaDocument(content, caption, filename="books.csv"))
        assert ann.private.last.text == "Wait"

    async def test_where_no_files_may_be_sent_none_can_be_put_in(
        self, server: TelegramServer, bot: Bot, ann: Person
    ) -> None:
        team = server.group("Team", members=[ann])
        sent = await bot.send_message(team.id, "Wait")
        team.withhold("documents")
        with pytest.raises(BadRequest, match="Not enough rights to send documents to the chat"):
            await sent.edit_media(InputMediaDocument(b"1,2", filename="books.csv"))
        await sent.edit_media(InputMediaPhoto(ONE))

    async def test_a_call_has_at_most_fifty_megabytes(self, bot: Bot, ann: Person) -> None:
        sent = await bot.send_message(ann.id, "Wait")
        with pytest.raises(NetworkError, match="Request Entity Too Large"):
            await sent.edit_media(InputMediaDocument(bytes(50 * 1024 * 1024 + 1), filename="books.csv"))
        assert ann.private.last.text == "Wait"
