"""Updates in the Bot API's JSON, and the events in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from telegram import Update

from bot.command.incoming import Incoming, Pressed, Typed, action_key
from bot.platforms.telegram.updates.incoming import Event, Joined, Left, Me, Moved, Received, Seat, event_of
from core.wallets.people import Chat, ChatKind, ChatRef, Identity

NOW = datetime(2026, 1, 10, 9, 0, tzinfo=UTC)
SENT = datetime(2026, 1, 10, 8, 59, tzinfo=UTC)
ME = Me(99, "ConnectsBot")
ANN = {"id": 7, "is_bot": False, "first_name": "Ann", "last_name": "Lee", "language_code": "uk"}
BOT = {"id": 99, "is_bot": True, "first_name": "Connects", "username": "ConnectsBot"}
PRIVATE = {"id": 7, "type": "private", "first_name": "Ann"}
GROUP = {"id": -5, "type": "group", "title": "Team"}
CHANNEL = {"id": -9, "type": "channel", "title": "News"}
FORUM = {"id": -100, "type": "supergroup", "title": "Forum", "is_forum": True}
RIGHTS = {"can_be_edited": False, "is_anonymous": False} | dict.fromkeys(
    (
        "can_manage_chat",
        "can_delete_messages",
        "can_manage_video_chats",
        "can_restrict_members",
        "can_promote_members",
        "can_change_info",
        "can_invite_users",
        "can_post_stories",
        "can_edit_stories",
        "can_delete_stories",
    ),
    True,
)
POSTS = RIGHTS | {"can_post_messages": True}

Json = dict[str, Any]


@dataclass
class Roll:
    """Who is an admin, and who was asked about."""

    admins: frozenset[int] = frozenset()
    asked: list[tuple[int, int]] = field(default_factory=list)
    anonymous: frozenset[tuple[int, int]] = frozenset()

    async def is_admin(self, chat: int, user: int) -> bool:
        self.asked.append((chat, user))
        return user in self.admins

    async def is_anonymous(self, chat: int, user: int, *, channel: bool = False) -> bool:
        return channel or (chat, user) in self.anonymous


def event(admins: Roll | None = None, /, *, update_id: int = 1, **kinds: Json) -> Event | None:
    update = Update.de_json({"update_id": update_id, **kinds}, None)
    return event_of(update, ME, admins or Roll(), NOW)


def message(text: str | None = "hello", chat: Json = PRIVATE, by: Json = ANN, **more: Any) -> Json:
    sent = {"message_id": 12, "date": int(SENT.timestamp()), "chat": chat, "from": by, **more}
    return sent if text is None else sent | {"text": text}


def heard(found: Event | None) -> Received:
    assert isinstance(found, Received)
    return found


def typed(text: str, **more: Any) -> Typed | None:
    """The event of a line in a group."""
    found = event(message=message(text, GROUP, **more))
    if found is None:
        return None
    said = heard(found).incoming.said
    assert isinstance(said, Typed)
    return said


def press(chat: Json = PRIVATE, **more: Any) -> Json:
    pressed = {"message_id": 30, "date": int(SENT.timestamp()), "chat": chat, "from": BOT, "text": "x"}
    return {"id": "q1", "from": ANN, "chat_instance": "c", "message": pressed, "data": "token|undo", **more}


def said_by(found: Event | None) -> Incoming:
    return heard(found).incoming


class TestPrivate:
    def test_a_line_is_received_as_it_was_written(self) -> None:
        found = heard(event(message=message("spend 16 <b>")))
        incoming = found.incoming
        assert incoming.said == Typed("spend 16 <b>")
        assert (incoming.who, incoming.name, incoming.locale) == (Identity("telegram", "7"), "Ann Lee", "uk")
        assert (incoming.chat, incoming.group, incoming.title) == (ChatRef("telegram", "7"), False, "")
        assert incoming.at == SENT
        assert found.seat == Seat(7, ChatKind.PRIVATE)

    def test_the_key_is_made_of_the_message_whatever_the_update(self) -> None:
        first, second = (said_by(event(update_id=n, message=message())) for n in (1, 2))
        assert first.key == second.key == action_key(SENT, ChatRef("telegram", "7"), "m12")

    def test_a_person_without_a_language_is_spoken_to_in_english(self) -> None:
        nobody = {key: value for key, value in ANN.items() if key != "language_code"}
        assert said_by(event(message=message(by=nobody))).locale == "en"

    def test_a_press_happens_now_and_names_its_message(self) -> None:
        found = heard(event(callback_query=press()))
        assert found.incoming.said == Pressed("token|undo")
        assert found.incoming.at == NOW
        assert found.query == "q1"
        assert found.seat == Seat(7, ChatKind.PRIVATE, pressed=30)

    def test_a_press_on_a_message_too_old_to_edit(self) -> None:
        old = {"chat": PRIVATE, "message_id": 3, "date": 0}
        assert heard(event(callback_query=press(message=old))).seat.pressed is None


@pytest.mark.parametrize(
    "kinds",
    [
        {"edited_message": message()},
        {"channel_post": message(chat=CHANNEL, sender_chat=CHANNEL)},
        {"channel_post": message(None, chat=CHANNEL, sender_chat=CHANNEL)},
        {"channel_post": message("@ConnectsBot spend 16", chat=CHANNEL, sender_chat=CHANNEL)},
        {"channel_post": message("/spend@OtherBot 16", chat=CHANNEL, sender_chat=CHANNEL)},
        {"message": message(None, sticker=None)},
        {"message": message(by=ANN | {"is_bot": True})},
        {"message": message(chat=GROUP, sender_chat={"id": -1, "type": "channel", "title": "News"})},
        {"callback_query": {key: value for key, value in press().items() if key != "data"}},
        {"callback_query": {key: value for key, value in press().items() if key != "message"}},
        {"poll_answer": {"poll_id": "1", "option_ids": [], "option_persistent_ids": [], "user": ANN}},
        {"something_new": {"a": 1}},
    ],
)
def test_what_does_not_concern_the_bot_is_ignored(kinds: Json) -> None:
    assert event(**kinds) is None


class TestGroups:
    def test_a_line_in_a_group_is_answered_below_it(self) -> None:
        found = heard(event(message=message("/balance", GROUP)))
        assert (found.incoming.group, found.incoming.title) == (True, "Team")
        assert found.seat == Seat(-5, ChatKind.GROUP, below=12)

    def test_a_line_in_a_topic_is_answered_there(self) -> None:
        found = heard(event(message=message("/balance", FORUM, message_thread_id=4, is_topic_message=True)))
        assert found.seat.topic == 4
        assert found.incoming.place == "4"

    def test_a_press_in_a_group_is_answered_below_the_message_and_names_who_is_asked(self) -> None:
        seat = heard(event(callback_query=press(GROUP))).seat
        assert seat == Seat(-5, ChatKind.GROUP, below=30, pressed=30, asked=("7", "Ann Lee"))

    def test_a_press_in_a_topic_is_answered_there(self) -> None:
        in_topic = press(FORUM)
        in_topic["message"] |= {"message_thread_id": 4, "is_topic_message": True}
        assert heard(event(callback_query=in_topic)).seat.topic == 4

    def test_talk_is_not_direct(self) -> None:
        assert typed("16 of them") == Typed("16 of them", direct=False)

    def test_a_command_for_this_bot_loses_its_name(self) -> None:
        assert typed("/spend@connectsBOT 16 Logo") == Typed("/spend 16 Logo")

    def test_a_command_for_another_bot_is_ignored(self) -> None:
        assert typed("/spend@OtherBot 16") is None

    def test_a_command_for_nobody_in_particular_may_be_meant_for_another_bot(self) -> None:
        assert typed("/spend 16") == Typed("/spend 16", direct=False)

    def test_a_mention_makes_a_line_direct_and_is_taken_off(self) -> None:
        assert typed("@connectsbot spend 16") == Typed("spend 16")
        assert typed("spend 16 @ConnectsBot") == Typed("spend 16")

    @pytest.mark.parametrize("text", ["@ConnectsBots 16", "me@ConnectsBot 16", "@Other 16"])
    def test_what_only_looks_like_a_mention_is_not_one(self, text: str) -> None:
        assert typed(text) == Typed(text, direct=False)

    def test_a_reply_to_the_bots_own_message_is_direct(self) -> None:
        mine = message("How many?", GROUP, BOT)
        assert typed("16", reply_to_message=mine) == Typed("16")

    def test_a_reply_to_somebody_elses_message_is_not_direct(self) -> None:
        other = message("How many?", GROUP)
        assert typed("16", reply_to_message=other) == Typed("16", direct=False)

    async def test_whether_a_person_is_an_admin_is_asked_when_it_matters(self) -> None:
        roll = Roll(frozenset({7}))
        incoming = said_by(event(roll, message=message("/start", GROUP)))
        assert roll.asked == []
        assert await incoming.admin()
        assert roll.asked == [(-5, 7)]

    async def test_an_anonymous_admin_writes_as_the_group(self) -> None:
        roll = Roll()
        anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
        incoming = said_by(event(roll, message=message("/start", GROUP, anonymous, sender_chat=GROUP)))
        assert incoming.who == Identity("telegram", "-5")
        assert await incoming.admin()
        assert roll.asked == []


class TestChannels:
    @pytest.mark.parametrize("text", ["/subscribe", "/subscribe@ConnectsBot"])
    async def test_a_command_is_the_channels_own_and_it_is_an_admin(self, text: str) -> None:
        roll = Roll()
        found = heard(event(roll, channel_post=message(text, CHANNEL, sender_chat=CHANNEL)))
        incoming = found.incoming
        assert isinstance(incoming.said, Typed)
        assert incoming.said.line == "/subscribe"
        assert (incoming.who, incoming.name) == (Identity("telegram", "-9"), "News")
        assert (incoming.chat, incoming.group, incoming.title) == (ChatRef("telegram", "-9"), True, "News")
        assert await incoming.admin()
        assert roll.asked == []
        assert found.seat == Seat(-9, ChatKind.GROUP, below=12, channel=True)

    async def test_a_press_is_a_persons(self) -> None:
        roll = Roll()
        found = heard(event(roll, callback_query=press(CHANNEL)))
        assert (found.incoming.who, found.incoming.name) == (Identity("telegram", "7"), "Ann Lee")
        assert (found.incoming.chat, found.incoming.group) == (ChatRef("telegram", "-9"), True)
        assert found.seat.channel
        assert not await found.incoming.admin()
        assert roll.asked == [(-9, 7)]


class TestMembership:
    @pytest.mark.parametrize(
        ("chat", "status", "more", "expected"),
        [
            (GROUP, "member", {}, Joined(Chat(ChatRef("telegram", "-5"), ChatKind.GROUP, "Team"), "uk")),
            (PRIVATE, "member", {}, Joined(Chat(ChatRef("telegram", "7"), ChatKind.PRIVATE), "uk")),
            (GROUP, "left", {}, Left(ChatRef("telegram", "-5"), ChatKind.GROUP, "removed")),
            (GROUP, "kicked", {"until_date": 0}, Left(ChatRef("telegram", "-5"), ChatKind.GROUP, "removed")),
            (PRIVATE, "kicked", {"until_date": 0}, Left(ChatRef("telegram", "7"), ChatKind.PRIVATE, "blocked")),
            (
                CHANNEL,
                "administrator",
                POSTS,
                Joined(Chat(ChatRef("telegram", "-9"), ChatKind.GROUP, "News"), "uk", channel=True),
            ),
            (
                FORUM,
                "member",
                {},
                Joined(Chat(ChatRef("telegram", "-100"), ChatKind.GROUP, "Forum"), "uk", upgraded=True),
            ),
            (CHANNEL, "administrator", RIGHTS, Left(ChatRef("telegram", "-9"), ChatKind.GROUP, "removed")),
            (CHANNEL, "left", {}, Left(ChatRef("telegram", "-9"), ChatKind.GROUP, "removed")),
            ({"id": -1, "type": "sender"}, "member", {}, None),
        ],
    )
    def test_the_bot_is_added_and_removed(self, chat: Json, status: str, more: Json, expected: Event | None) -> None:
        changed = {
            "chat": chat,
            "from": ANN,
            "date": int(SENT.timestamp()),
            "old_chat_member": {"user": BOT, "status": "left"},
            "new_chat_member": {"user": BOT, "status": status, **more},
        }
        assert event(my_chat_member=changed) == expected


class TestMigration:
    def test_the_old_group_says_where_it_went(self) -> None:
        found = event(message=message(None, GROUP, migrate_to_chat_id=-100))
        assert found == Moved(ChatRef("telegram", "-5"), ChatRef("telegram", "-100"))

    def test_the_new_group_says_where_it_came_from(self) -> None:
        found = event(message=message(None, FORUM, migrate_from_chat_id=-5))
        assert found == Moved(ChatRef("telegram", "-5"), ChatRef("telegram", "-100"))
