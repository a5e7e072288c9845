"""The loopback Telegram with the real library: who is in a chat, who may write there, and what the bot sees of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    ChatMemberRestricted,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
)
from telegram.error import BadRequest, Forbidden

from tests.clock import TestClock
from tests.loopback.telegram import ImpossibleError, TelegramServer
from tests.loopback.telegram.library import a_bot

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

BUTTON = InlineKeyboardButton("Yes", callback_data="yes")


@pytest.fixture
async def server() -> AsyncGenerator[TelegramServer]:
    async with TelegramServer(clock=TestClock()) as running:
        yield running


@pytest.fixture
async def bot(server: TelegramServer) -> AsyncGenerator[Bot]:
    async with a_bot(server) as ready:
        yield ready


async def test_with_privacy_on_a_group_shows_only_what_is_meant_for_the_bot(server: TelegramServer, bot: Bot) -> None:
    ann, bob = server.user("Ann"), server.user("Bob")
    team = server.group("Team", admins=[ann], members=[bob])
    await bot.send_message(team.id, "Welcome")
    shown = [
        await bob.say("/balance", team),
        await bob.say("/balance@connects_bot", team),
        await bob.say("what does @Connects_Bot say?", team),
        await bob.say("16", team, reply_to=team.last),
    ]
    hidden = [await bob.say("hello all", team), await bob.say("/ban@other_bot", team)]
    assert [update.update_id for update in await bot.get_updates()] == [one.update_id for one in shown]
    assert [one.update_id for one in hidden] == [None, None]
    team.promote(server.bot)
    assert (await bob.say("hello all", team)).update_id


async def test_an_admin_can_write_as_the_group_itself(server: TelegramServer, bot: Bot) -> None:
    ann, bob = server.user("Ann"), server.user("Bob")
    team = server.supergroup("Team", admins=[ann], members=[bob])
    await ann.say("/budget", team, anonymous=True)
    (update,) = await bot.get_updates()
    assert update.message
    assert update.message.from_user
    assert update.message.from_user.username == "GroupAnonymousBot"
    assert update.message.sender_chat
    assert update.message.sender_chat.id == team.id
    with pytest.raises(ImpossibleError):
        await bob.say("/budget", team, anonymous=True)


async def test_the_bot_hears_that_it_was_added_and_removed(server: TelegramServer, bot: Bot) -> None:
    ann = server.user("Ann")
    team = server.group("Team", admins=[ann], bot=False)
    with pytest.raises(Forbidden, match="bot is not a member of the group chat"):
        await bot.send_message(team.id, "hello")
    team.add_bot(by=ann)
    await bot.send_message(team.id, "hello")
    team.remove_bot(by=ann)
    with pytest.raises(Forbidden, match="bot was kicked from the group chat"):
        await bot.send_message(team.id, "hello")
    updates = await bot.get_updates()
    statuses = [one.my_chat_member.new_chat_member.status for one in updates if one.my_chat_member]
    assert statuses == ["member", "kicked"]
    assert [bool(one.message) for one in updates] == [False, True, False, True]


async def test_a_channel_speaks_for_its_admins(server: TelegramServer, bot: Bot) -> None:
    ann, bob = server.user("Ann"), server.user("Bob")
    news = server.channel("News", admins=[ann], members=[bob], bot=False)
    with pytest.raises(Forbidden, match="bot is not a member of the channel chat"):
        await bot.send_message(news.id, "hello")
    news.add_bot(by=ann)
    await ann.say("/subscribe", news)
    with pytest.raises(ImpossibleError):
        await bob.say("/subscribe", news)
    sent = await bot.send_message(news.id, "hello", reply_markup=InlineKeyboardMarkup.from_button(BUTTON))
    await bob.press(news.last, "Yes")
    met, post, press = await bot.get_updates()
    assert met.my_chat_member
    assert (met.my_chat_member.new_chat_member.status, met.my_chat_member.chat.type) == ("administrator", "channel")
    for said in (post.channel_post, sent):
        assert said
        assert said.sender_chat
        assert (said.from_user, said.sender_chat.id) == (None, news.id)
    assert press.callback_query
    assert (press.callback_query.from_user.id, press.callback_query.data) == (bob.id, "yes")


async def test_in_a_channel_a_bot_needs_the_right_to_post_and_opens_no_input(server: TelegramServer, bot: Bot) -> None:
    ann = server.user("Ann")
    news = server.channel("News", admins=[ann])
    with pytest.raises(BadRequest, match="Inline keyboard expected"):
        await bot.send_message(news.id, "Which?", reply_markup=ForceReply())
    news.let_bot_post(ann, allowed=False)
    with pytest.raises(BadRequest, match="Need administrator rights in the channel chat"):
        await bot.send_message(news.id, "hello")
    (update,) = await bot.get_updates()
    assert update.my_chat_member
    assert update.my_chat_member.new_chat_member.to_dict()["can_post_messages"] is False


async def test_a_forum_has_topics(server: TelegramServer, bot: Bot) -> None:
    ann = server.user("Ann")
    team = server.supergroup("Team", admins=[ann])
    with pytest.raises(BadRequest, match="Message thread not found"):
        await bot.send_message(team.id, "hello", message_thread_id=4)
    topic = team.open_topic()
    await ann.say("/balance", team, topic=topic)
    (update,) = await bot.get_updates()
    assert update.message
    assert (update.message.message_thread_id, update.message.is_topic_message) == (topic, True)
    sent = await bot.send_message(team.id, "hello", message_thread_id=topic)
    assert sent.message_thread_id == topic
    team.close_topic(topic)
    with pytest.raises(BadRequest, match="Topic_closed"):
        await bot.send_message(team.id, "hello", message_thread_id=topic)
    team.delete_topic(topic)
    assert team.sent == []
    with pytest.raises(ImpossibleError):
        await ann.say("/balance", team, topic=topic)
    with pytest.raises(ImpossibleError):
        server.group("Small").open_topic()


async def test_who_blocks_the_bot_cannot_be_written_to_until_they_come_back(server: TelegramServer, bot: Bot) -> None:
    ann = server.user("Ann", started=True)
    ann.block()
    for _ in range(2):
        with pytest.raises(Forbidden, match="bot was blocked by the user"):
            await bot.send_message(ann.id, "hello")
    ann.unblock()
    await bot.send_message(ann.id, "hello")
    statuses = [one.my_chat_member.new_chat_member.status for one in await bot.get_updates() if one.my_chat_member]
    assert statuses == ["kicked", "member"]


async def test_a_deleted_account_or_group_cannot_be_written_to(server: TelegramServer, bot: Bot) -> None:
    ann = server.user("Ann", started=True)
    team = server.group("Team", admins=[ann])
    ann.delete_account()
    team.delete()
    for chat, words in ((ann.private, "user is deactivated"), (team, "the group chat was deleted")):
        with pytest.raises(Forbidden, match=words):
            await bot.send_message(chat.id, "hello")
        with pytest.raises(ImpossibleError):
            await ann.say("hello", chat)


async def test_nobody_is_written_to_who_has_not_written_first(server: TelegramServer, bot: Bot) -> None:
    ann, stranger = server.user("Ann"), server.user("Stranger")
    server.group("Team", admins=[ann])
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await bot.send_message(ann.id, "hello")
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(stranger.id, "hello")
    await ann.say("/start")
    await bot.send_message(ann.id, "hello")


async def test_chats_and_members_can_be_looked_up_and_left(server: TelegramServer, bot: Bot) -> None:
    ann, bob, eve = server.user("Ann"), server.user("Bob", username="bob"), server.user("Eve")
    team = server.group("Team", admins=[ann, bob])
    assert (await bot.get_chat(team.id)).title == "Team"
    found = await bot.get_chat_administrators(team.id)
    assert [(one.user.first_name, one.status) for one in found] == [("Ann", "creator"), ("Bob", "administrator")]
    assert (await bot.get_chat_member(team.id, bob.id)).user.username == "bob"
    assert (await bot.get_chat_member(team.id, eve.id)).status == "left"
    with pytest.raises(BadRequest, match="Participant_id_invalid"):
        await bot.get_chat_member(team.id, 7)
    await bot.leave_chat(team.id)
    with pytest.raises(Forbidden, match="not a member"):
        await bot.get_chat(team.id)


async def test_a_group_can_withhold_what_its_members_send_and_mute_the_bot(server: TelegramServer, bot: Bot) -> None:
    team = server.supergroup("Team", admins=[server.user("Ann")])
    team.withhold("documents")
    permissions = (await bot.get_chat(team.id)).permissions
    assert permissions
    assert (permissions.can_send_messages, permissions.can_send_documents) == (True, False)
    with pytest.raises(BadRequest, match="Not enough rights to send documents to the chat"):
        await bot.send_document(team.id, b"1,2", filename="one.csv")
    team.mute_bot("text messages")
    mine = await bot.get_chat_member(team.id, bot.id)
    assert isinstance(mine, ChatMemberRestricted)
    assert (mine.is_member, mine.can_send_messages) == (True, False)
    with pytest.raises(BadRequest, match="Not enough rights to send text messages to the chat"):
        await bot.send_message(team.id, "hello")
    team.promote(server.bot)
    await bot.send_message(team.id, "hello")


async def test_members_and_admins_can_be_hidden_and_admins_be_anonymous(server: TelegramServer, bot: Bot) -> None:
    ann, bob = server.user("Ann"), server.user("Bob")
    team = server.supergroup("Team", admins=[ann, bob])
    team.anonymous.add(bob.id)
    team.hides_members = True
    with pytest.raises(BadRequest, match="Chat_admin_required"):
        await bot.get_chat_member(team.id, ann.id)
    found = await bot.get_chat_administrators(team.id)
    assert [getattr(one, "is_anonymous", None) for one in found] == [False, True]
    team.hides_admins = True
    with pytest.raises(BadRequest, match="Chat_admin_required"):
        await bot.get_chat_administrators(team.id)


async def test_menus_are_kept_for_each_scope_and_language(server: TelegramServer, bot: Bot) -> None:
    team = server.group("Team")
    await bot.set_my_commands([BotCommand("balance", "How many are left"), BotCommand("spend", "Note a proposal")])
    await bot.set_my_commands([BotCommand("balance", "Wie viele noch da sind")], language_code="de")
    await bot.set_my_commands([BotCommand("team", "The team")], scope=BotCommandScopeChat(team.id))
    assert server.commands() == {"balance": "How many are left", "spend": "Note a proposal"}
    assert server.commands(language="de") == {"balance": "Wie viele noch da sind"}
    assert server.commands(f"chat {team.id}") == {"team": "The team"}
    assert await bot.get_my_commands(language_code="de") == (BotCommand("balance", "Wie viele noch da sind"),)
    await bot.delete_my_commands(language_code="de")
    assert await bot.get_my_commands(language_code="de") == ()
