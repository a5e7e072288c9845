"""A picture with buttons is changed in its message, wherever Telegram can do that."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest

from bot.dispatch.desk import Desk
from bot.dispatch.dialog import Dialog
from tests.bot.easel import DRAWING, STOPPED, Easel, picture, png
from tests.bot.stages.telegram import TelegramPlayer, TelegramStage, open_stage
from tests.loopback.telegram.wire import bad_request

if TYPE_CHECKING:
    from tests.bot.stage import Bot
    from tests.loopback.telegram import Message

WORDS = "The last 30 days."


def photo(message: Message) -> bytes | None:
    return None if message.photo is None else message.photo.data


class TestAtOnce:
    async def test_a_text_becomes_a_picture(self, ann: TelegramPlayer) -> None:
        await ann.say("/sketch words")
        shown = ann.chat.last
        await ann.press("As a picture")
        assert (ann.chat.last, shown.text, photo(shown)) == (shown, WORDS, png("30 days"))
        assert shown.rows in ([["90 days"], ["In words"]], [["90 days", "In words"]])

    async def test_with_an_old_bot_api_it_is_sent_below(self, stage: TelegramStage, ann: TelegramPlayer) -> None:
        stage.server.state.adds_media = False
        await ann.say("/sketch words")
        shown = ann.chat.last
        await ann.press("As a picture")
        await ann.read_later(WORDS)
        assert (ann.chat.last is shown, photo(ann.chat.last), shown.text) == (False, png("30 days"), "In words: 300.")

    async def test_words_are_sent_below_and_the_picture_stays(self, stage: TelegramStage, ann: TelegramPlayer) -> None:
        await ann.say("/sketch now")
        shown = ann.chat.last
        assert (await ann.press("In words")).text == "In words: 300."
        assert (ann.chat.last is shown, photo(shown), shown.text) == (False, png("30 days"), WORDS)
        assert not stage.server.calls("editMessageText")

    async def test_a_limit_is_waited_out(self, stage: TelegramStage, ann: TelegramPlayer) -> None:
        await ann.say("/sketch words")
        stage.server.faults.rate_limit(7, method="editMessageMedia")
        await ann.press("As a picture")
        await ann.read_later(WORDS)
        assert 7 in stage.pauses
        assert photo(ann.chat.last) == png("30 days")

    async def test_the_same_picture_again_changes_nothing(self, ann: TelegramPlayer) -> None:
        await ann.say("/sketch words")
        first, second = await ann.press_twice("As a picture")
        assert first == second
        assert len(ann.chat.sent) == 1

    @pytest.mark.parametrize("reason", ["PHOTO_INVALID_DIMENSIONS", "IMAGE_PROCESS_FAILED"])
    async def test_what_telegram_cannot_show_is_said_in_its_words(
        self, stage: TelegramStage, ann: TelegramPlayer, reason: str
    ) -> None:
        await ann.say("/sketch words")
        shown = ann.chat.last
        stage.server.faults.refuse(bad_request(reason), method="editMessageMedia")
        await ann.press("As a picture")
        await ann.read_later(WORDS)
        assert (ann.chat.last, photo(shown)) == (shown, None)

    async def test_where_no_picture_may_be_sent_the_words_take_its_place(self, stage: TelegramStage) -> None:
        lea = await stage.member("Lea", "Team", admin=True)
        await lea.say("/sketch@connects_bot words")
        lea.chat.withhold("photos")
        shown = lea.chat.last
        await lea.press("As a picture")
        await lea.read_later(WORDS)
        assert (lea.chat.last, photo(shown)) == (shown, None)


class TestLater:
    async def test_it_takes_one_edit(self, stage: TelegramStage, ann: TelegramPlayer, easel: Easel) -> None:
        await ann.say("/sketch")
        shown = ann.chat.last
        easel.give(picture("30 days"))
        await ann.read_later(WORDS)
        assert (ann.chat.last, photo(shown)) == (shown, png("30 days"))
        await ann.press("90 days")
        assert (ann.chat.last, photo(shown), shown.text) == (shown, png("30 days"), DRAWING)
        easel.give(picture("90 days"))
        await ann.read_later("The last 90 days.")
        assert (ann.chat.last, photo(shown)) == (shown, png("90 days"))
        made = stage.server.count()
        assert (made["editMessageMedia"], made["editMessageCaption"], made["editMessageText"]) == (2, 1, 0)

    async def test_what_was_asked_for_last_stays(self, ann: TelegramPlayer, easel: Easel) -> None:
        """Two presses at once: what the first of them draws does not take the place of what the second has shown."""
        await ann.say("/sketch now")
        shown = ann.chat.last
        await ann.person.press(shown, "90 days")
        await ann.stage.server.settled()
        first = easel.waiting
        await ann.person.press(shown, "90 days", stale=True)
        await ann.stage.server.settled()
        easel.give(picture("90 days"))
        await ann.read_later("The last 90 days.")
        assert first.cancelled()
        assert (photo(shown), ann.chat.last) == (png("90 days"), shown)

    async def test_words_that_come_stand_below_the_picture(self, ann: TelegramPlayer, easel: Easel) -> None:
        await ann.say("/sketch now")
        shown = ann.chat.last
        await ann.press("90 days")
        easel.give(RuntimeError())
        await ann.read_later("Something went wrong")
        assert (ann.chat.last, photo(shown)) == (shown, png("30 days"))

    async def test_it_is_sent_if_what_it_would_replace_was_deleted(self, ann: TelegramPlayer, easel: Easel) -> None:
        await ann.say("/sketch")
        ann.chat.last.deleted = True
        easel.give(picture("30 days"))
        await ann.read_later(WORDS)
        assert photo(ann.chat.last) == png("30 days")

    async def test_with_an_old_bot_api_what_was_shown_meanwhile_is_taken_away(
        self, stage: TelegramStage, ann: TelegramPlayer, easel: Easel
    ) -> None:
        stage.server.state.adds_media = False
        await ann.say("/sketch")
        shown = ann.chat.last
        easel.give(picture("30 days"))
        await ann.read_later(WORDS)
        await stage.server.until(lambda: shown.deleted, "what was shown to be deleted")
        assert photo(ann.chat.last) == png("30 days")

    async def test_where_no_picture_may_be_sent_the_words_come(self, stage: TelegramStage, easel: Easel) -> None:
        lea = await stage.member("Lea", "Team", admin=True)
        lea.chat.withhold("photos")
        await lea.say("/sketch@connects_bot")
        shown = lea.chat.last
        easel.give(picture("30 days"))
        assert (await lea.read_later(WORDS)).buttons == ("90 days", "In words")
        assert lea.chat.last is shown

    async def test_nothing_is_drawn_for_somebody_who_has_blocked_the_bot(
        self, stage: TelegramStage, ann: TelegramPlayer, easel: Easel
    ) -> None:
        await ann.say("/sketch now")
        stage.server.faults.refuse(bad_request("chat not found"), method="editMessageCaption")
        stage.server.faults.refuse(bad_request("chat not found"), method="sendMessage")
        await ann.person.press(ann.chat.last, "90 days")
        await stage.server.called("sendMessage")
        await stage.server.until(easel.waiting.cancelled, "the drawing to end")

    async def test_the_update_is_finished_while_it_is_drawn(self, bot: Bot, easel: Easel) -> None:
        async with open_stage(easel.at(bot)) as stage:
            ann = await stage.person("Ann")
            await ann.say("/sketch")
            await stage.server.settled()
            assert not await bot.store.inbox.unfinished("telegram")
            assert not easel.waiting.done()

    async def test_nothing_is_drawn_if_only_an_alert_is_shown(self, bot: Bot, easel: Easel) -> None:
        shown_to_one = {"sketch": dataclasses.replace(easel.command, ephemeral=True)}
        desk = Desk(bot.store, bot.books, shown_to_one, Dialog(bot.store.notes))
        async with open_stage(dataclasses.replace(bot, desk=desk)) as stage:
            lea = await stage.member("Lea", "Team", admin=True)
            await lea.say("/sketch@connects_bot new")
            assert (await lea.press("Anew")).text == DRAWING
            await stage.server.until(easel.waiting.cancelled, "the drawing to end")

    async def test_at_the_end_it_is_stopped_and_says_so(
        self, stage: TelegramStage, ann: TelegramPlayer, easel: Easel
    ) -> None:
        await ann.say("/sketch")
        shown = ann.chat.last
        await stage.restart()
        assert easel.waiting.cancelled()
        assert (shown.text, shown.rows) == (STOPPED, [["Try again"]])
        assert (await ann.press("Try again")).text == DRAWING
