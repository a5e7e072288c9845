"""What takes long on Telegram: stages stand in one message, until files take its place."""

from __future__ import annotations

import asyncio
import dataclasses
from typing import TYPE_CHECKING

import pytest

from bot.reply.parts import File, joined, reply, say
from tests.bot.easel import DRAWING, STOPPED, Easel, document, picture, png

if TYPE_CHECKING:
    from tests.bot.stages.telegram import TelegramPlayer, TelegramStage
    from tests.loopback.telegram import Message

EDITS = ("editMessageText", "editMessageMedia", "editMessageCaption")


def file_of(message: Message) -> bytes | None:
    return None if message.document is None else message.document.data


class TestFiles:
    async def test_a_file_takes_one_edit(self, stage: TelegramStage, ann: TelegramPlayer, easel: Easel) -> None:
        await ann.say("/sketch")
        shown = ann.chat.last
        easel.give(document("books.csv"))
        await ann.read_later("Your books.")
        assert (ann.chat.last, file_of(shown), shown.rows) == (shown, b"books.csv", [["In words"]])
        made = stage.server.count()
        assert (made["editMessageMedia"], made["sendDocument"]) == (1, 0)

    async def test_of_several_the_first_takes_its_place_and_the_others_follow(
        self, ann: TelegramPlayer, easel: Easel
    ) -> None:
        await ann.say("/sketch")
        shown = ann.chat.last
        easel.give(document("one.csv", "other.csv"))
        await ann.stage.server.until(lambda: file_of(ann.chat.last) == b"other.csv", "the other file")
        assert (file_of(shown), shown.rows, ann.chat.last.rows) == (b"one.csv", [], [["In words"]])

    async def test_words_before_files_take_its_place(self, ann: TelegramPlayer, easel: Easel) -> None:
        await ann.say("/sketch")
        shown = ann.chat.last
        easel.give(joined(reply(say("raw", text="It comes in 2 parts.")), document("one.zip", "other.zip")))
        await ann.stage.server.until(lambda: file_of(ann.chat.last) == b"other.zip", "the files")
        assert [(one.text, file_of(one)) for one in ann.chat.sent[-3:]] == [
            ("It comes in 2 parts.", None),
            ("Your books.", b"one.zip"),
            ("Your books.", b"other.zip"),
        ]
        assert ann.chat.sent[-3] is shown

    @pytest.mark.parametrize(("words", "messages"), [("It has 3 lines.", 1), ("word " * 300, 2)])
    async def test_words_after_it_stand_in_its_caption_if_there_is_room(
        self, ann: TelegramPlayer, easel: Easel, words: str, messages: int
    ) -> None:
        await ann.say("/sketch")
        files = document("books.csv")
        easel.give(dataclasses.replace(files, parts=(files.parts[0], say("raw", text=words), *files.parts[1:])))
        await ann.stage.server.until(lambda: len(ann.chat.sent) == messages, "all of it")
        await ann.read_later(words.strip())
        assert "\n\n".join(one.text for one in ann.chat.sent) == f"Your books.\n\n{words.strip()}"
        assert ann.chat.last.rows == [["In words"]]

    async def test_a_long_caption_goes_on_below(self, ann: TelegramPlayer, easel: Easel) -> None:
        await ann.say("/sketch")
        easel.give(document("books.csv", caption="word " * 400))
        await ann.stage.server.until(lambda: len(ann.chat.sent) == 2, "the rest")
        caption, rest = (one.text for one in ann.chat.sent)
        assert len(caption) <= 1024
        assert f"{caption} {rest}".split() == ["word"] * 400

    async def test_it_is_never_taken_away(self, ann: TelegramPlayer, easel: Easel) -> None:
        await ann.say("/sketch")
        easel.give(document("books.csv"))
        await ann.read_later("Your books.")
        shown = ann.chat.last
        assert (await ann.press("In words")).text == "In words: 300."
        assert (ann.chat.last is shown, file_of(shown), shown.text) == (False, b"books.csv", "Your books.")
        assert not ann.stage.server.calls("editMessageText")

    async def test_with_an_old_bot_api_it_is_sent_and_the_words_are_taken_away(
        self, stage: TelegramStage, ann: TelegramPlayer, easel: Easel
    ) -> None:
        stage.server.state.adds_media = False
        await ann.say("/sketch")
        shown = ann.chat.last
        easel.give(document("books.csv"))
        await stage.server.until(lambda: shown.deleted, "the words to be deleted")
        assert file_of(ann.chat.last) == b"books.csv"

    async def test_where_no_files_may_be_sent_that_is_said(self, stage: TelegramStage, easel: Easel) -> None:
        lea = await stage.member("Lea", "Team", admin=True)
        lea.chat.withhold("documents")
        await lea.say("/sketch@connects_bot")
        shown = lea.chat.last
        easel.give(document("books.csv"))
        heard = await lea.read_later("Your books.")
        assert "I may not send files here, so “books.csv” is missing." in heard.text
        assert (lea.chat.last, heard.buttons) == (shown, ("In words",))

    async def test_nobody_waits_while_it_is_uploaded(
        self, stage: TelegramStage, ann: TelegramPlayer, easel: Easel
    ) -> None:
        await ann.say("/sketch")
        upload = stage.server.faults.slow(method="editMessageMedia")
        content = b"x" * 1_000_000
        easel.give(reply(File("books.csv", content, say("raw", text="Your books."))))
        await stage.server.until(lambda: upload.hits, "the upload")
        assert "20 free Connects" in (await ann.say("/start")).text
        assert (await (await stage.person("Bob")).say("/help")).text
        upload.release()
        assert (await ann.read_later("Your books.")).files == {"books.csv": content}


class TestStages:
    async def test_a_limit_is_waited_out_once_and_then_the_newest_is_shown(
        self, stage: TelegramStage, ann: TelegramPlayer, easel: Easel
    ) -> None:
        await ann.say("/sketch")
        shown = ann.chat.last
        stage.held = asyncio.Event()
        stage.server.faults.rate_limit(300, method="editMessageText")
        easel.stage(10)
        await stage.server.until(lambda: 300 in stage.pauses, "a pause")
        for percent in (20, 30):
            easel.stage(percent)
            await stage.server.settled()
        easel.give(document("books.csv"))
        assert shown.text == DRAWING
        stage.held.set()
        await ann.read_later("Your books.")
        assert [text.text for text in shown.history] == [DRAWING]
        assert file_of(shown) == b"books.csv"

    async def test_what_does_not_change_is_no_error(
        self, stage: TelegramStage, ann: TelegramPlayer, easel: Easel
    ) -> None:
        await ann.say("/sketch")
        for _ in range(2):
            easel.stage(40)
            await ann.read_later("40 %")
        await stage.server.called("editMessageText", 2)
        easel.give(picture("30 days"))
        await ann.read_later("The last 30 days.")
        assert len(ann.chat.sent) == 1

    async def test_a_message_that_was_deleted_comes_back_only_with_what_was_asked_for(
        self, stage: TelegramStage, ann: TelegramPlayer, easel: Easel
    ) -> None:
        await ann.say("/sketch")
        ann.chat.last.deleted = True
        easel.stage(40)
        await stage.server.called("editMessageText")
        await stage.server.settled()
        assert not ann.chat.sent
        easel.give(document("books.csv"))
        await ann.read_later("Your books.")
        assert file_of(ann.chat.last) == b"books.csv"

    async def test_below_a_picture_they_stand_in_its_caption(self, ann: TelegramPlayer, easel: Easel) -> None:
        await ann.say("/sketch now")
        shown = ann.chat.last
        await ann.press("90 days")
        easel.stage(40)
        await ann.read_later("40 %")
        easel.give(picture("90 days"))
        await ann.read_later("The last 90 days.")
        assert shown.photo is not None
        assert (ann.chat.last, shown.photo.data) == (shown, png("90 days"))

    async def test_at_the_end_it_is_stopped_and_says_so(
        self, stage: TelegramStage, ann: TelegramPlayer, easel: Easel
    ) -> None:
        await ann.say("/sketch")
        easel.stage(40)
        await ann.read_later("40 %")
        shown = ann.chat.last
        await stage.restart()
        assert easel.waiting.cancelled()
        assert (shown.text, shown.rows) == (STOPPED, [["Try again"]])
