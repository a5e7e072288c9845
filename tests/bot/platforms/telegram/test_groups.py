"""Groups: which messages are for the bot, who is an admin, and where answers go."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bot.stages.telegram import TelegramPlayer, TelegramStage, a_stage

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from tests.bot.stage import Bot


@pytest.fixture
async def open_group(bot: Bot) -> AsyncGenerator[TelegramStage]:
    """A stage on which the bot receives every message in a group."""
    async with a_stage(bot, privacy=False) as stage:
        await stage.start()
        yield stage


@pytest.fixture
async def ann(stage: TelegramStage) -> TelegramPlayer:
    """Ann, who has opened the wallet of her group."""
    ann = await stage.member("Ann", "Team", admin=True)
    await ann.say("/start")
    await ann.say("/opening 300 free")
    return ann


class TestAddressed:
    async def test_an_answer_replies_to_the_message(self, stage: TelegramStage, ann: TelegramPlayer) -> None:
        said = await ann.person.say("/balance", ann.chat)
        await stage.server.settled()
        assert ann.chat.last.reply_to is said

    async def test_an_answer_is_sent_even_if_the_message_is_deleted(
        self, stage: TelegramStage, ann: TelegramPlayer
    ) -> None:
        said = await ann.person.say("/balance", ann.chat)
        said.deleted = True
        await stage.server.settled()
        assert "300 Connects are available." in ann.chat.last.text
        assert ann.chat.last.reply_to is None

    async def test_a_command_with_the_bots_name_and_a_mention_are_answered(self, ann: TelegramPlayer) -> None:
        assert "295 Connects" in (await ann.say("/spend@connects_bot 5 Logo")).text
        assert "290 Connects" in (await ann.say("@connects_bot spend 5 Logo")).text

    async def test_talk_and_commands_for_other_bots_are_ignored(self, open_group: TelegramStage) -> None:
        ann = await open_group.member("Ann", "Team", admin=True)
        await ann.say("/start")
        for line in ("16", "spend 5", "/spend@other_bot 5", "/weather", "hello @somebody"):
            await ann.person.say(line, ann.chat)
        await open_group.server.settled()
        assert len(ann.chat.sent) == 1

    async def test_an_unknown_command_that_is_meant_for_this_bot_is_answered(self, ann: TelegramPlayer) -> None:
        assert "There is no command weather." in (await ann.say("/weather@connects_bot")).text
        heard = await ann.say("/ballance")
        assert "Did you mean /balance?" in heard.text
        assert "300 Connects" in (await ann.press("/balance")).text

    async def test_a_question_is_answered_by_replying_to_it(self, stage: TelegramStage, ann: TelegramPlayer) -> None:
        heard = await ann.say("/buy")
        assert "How many Connects did you buy?" in heard.text
        assert ann.chat.last.force_reply
        assert ann.chat.last.content.under.placeholder == "such as 16"
        assert "40 Connects bought" in (await ann.say("40")).text
        assert stage.server.calls("sendMessage")[-1].payload["reply_parameters"]["allow_sending_without_reply"]

    async def test_a_question_with_buttons_explains_how_to_type_an_answer(self, ann: TelegramPlayer) -> None:
        heard = await ann.say("/spend")
        assert "Press a button, or reply to this message: such as 16" in heard.text
        seen = len(ann.chat.sent)
        await ann.person.say("16", ann.chat, reply_to=ann.chat.last)
        await ann.stage.server.until(lambda: len(ann.chat.sent) > seen, "an answer to the reply")
        assert "16 Connects" in ann.chat.last.text

    async def test_a_question_after_a_press_mentions_the_person(self, ann: TelegramPlayer) -> None:
        await ann.say("/settings")
        heard = await ann.press("Change time zone")
        assert heard.text.startswith("Ann: Which time zone?")
        assert "Europe/Kyiv" in (await ann.say("Kyiv")).text


class TestAdmins:
    async def test_telegram_is_asked_once_a_minute(self, stage: TelegramStage) -> None:
        bob = await stage.member("Bob", "Team")
        assert "for admins" in (await bob.say("/start")).text
        assert "for admins" in (await bob.say("/start")).text
        assert stage.server.count()["getChatMember"] == 1
        bob.chat.promote(bob.person)
        stage.bot.clock.pass_(seconds=61)
        assert "is open and empty" in (await bob.say("/start")).text
        assert stage.server.count()["getChatMember"] == 2

    async def test_an_admin_who_writes_as_the_group_is_one(self, stage: TelegramStage) -> None:
        ann = await stage.member("Ann", "Team", admin=True)
        await ann.person.say("/start", ann.chat, anonymous=True)
        assert "is open and empty" in (await ann.chat.next_message()).text
        assert stage.server.count()["getChatMember"] == 0

    async def test_someone_who_is_not_found_is_not_an_admin(self, stage: TelegramStage) -> None:
        bob = await stage.member("Bob", "Team")
        del stage.server.state.users[bob.person.id]
        assert "for admins" in (await bob.say("/start")).text


async def test_a_personal_balance_stays_out_of_the_group(stage: TelegramStage, ann: TelegramPlayer) -> None:
    bob = await stage.person("Bob")
    await bob.say("/start")
    in_group = await stage.member("Bob", "Team")
    assert "300 Connects" in (await in_group.say("/balance")).text
    assert all("20" not in message.text.replace("2026", "") for message in ann.chat.sent)


async def test_a_plain_command_of_admins_is_answered_and_one_of_operators_only_if_said_to_the_bot(
    stage: TelegramStage,
) -> None:
    ann = await stage.member("Ann", "Team", admin=True)
    await ann.say("/start")
    assert "Ann /start (done)" in (await ann.say("/audit")).text
    seen = len(ann.chat.sent)
    for line in ("/jobs", "/announce Hello", "/promo list", "/promo@other_bot", "/audit@other_bot"):
        await ann.person.say(line, ann.chat)
    await stage.server.settled()
    assert len(ann.chat.sent) == seen
    assert "is for the operators of this bot" in (await ann.say("/jobs@connects_bot")).text
