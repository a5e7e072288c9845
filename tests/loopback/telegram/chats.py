"""Users and chats: who is in them, what was said in them, and what the bot may do there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from tests.loopback.telegram.messages import ImpossibleError, Message
from tests.patience import PATIENCE

if TYPE_CHECKING:
    from tests.loopback.telegram.people import Person
    from tests.loopback.telegram.pulse import Pulse
    from tests.loopback.telegram.state import State
    from tests.loopback.telegram.wire import Json

Kind: TypeAlias = Literal["private", "group", "supergroup", "channel"]
Status: TypeAlias = Literal["creator", "administrator", "member", "left", "kicked"]
RIGHTS = (
    "can_be_edited",
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
)


SENDING = {
    "text messages": "can_send_messages",
    "audios": "can_send_audios",
    "documents": "can_send_documents",
    "photos": "can_send_photos",
    "videos": "can_send_videos",
    "video notes": "can_send_video_notes",
    "voice notes": "can_send_voice_notes",
    "polls": "can_send_polls",
    "stickers": "can_send_other_messages",
    "previews": "can_add_web_page_previews",
    "reactions": "can_react_to_messages",
}
MEMBERS = ("can_change_info", "can_invite_users", "can_pin_messages", "can_manage_topics", "can_edit_tag")


def permissions_without(withheld: frozenset[str]) -> Json:
    """The object ChatPermissions."""
    return {name: what not in withheld for what, name in SENDING.items()} | dict.fromkeys(MEMBERS, False)


@dataclass(eq=False, kw_only=True)
class User:
    id: int
    name: str
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False

    @property
    def wire(self) -> Json:
        shown: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.name}
        if self.username:
            shown["username"] = self.username
        if self.language_code:
            shown["language_code"] = self.language_code
        return shown


ANONYMOUS = User(id=1_087_968_824, name="Group", username="GroupAnonymousBot", is_bot=True)


@dataclass(eq=False, kw_only=True)
class Chat:
    """A chat keeps every message, of people and of the bot, in order."""

    state: State = field(repr=False)
    id: int
    kind: Kind
    title: str
    person: Person | None = field(default=None, repr=False)
    """Of a private chat."""
    started: bool = False
    """Whether the bot may write to the person: they have written first."""
    blocked: bool = False
    ended: str = ""
    """Why nobody can write there any more, in Telegram's words."""
    bot_may_post: bool = True
    """Of a channel, where the bot is an admin."""
    withheld: frozenset[str] = frozenset()
    """Of a group: what its members may not send, such as "text messages"; admins may send everything."""
    muted: frozenset[str] = frozenset()
    """Of a group: what the bot itself may not send, which is then "restricted"."""
    hides_members: bool = False
    """Of a group: only admins may ask about a member."""
    hides_admins: bool = False
    """Only admins may ask who the admins are."""
    anonymous: set[int] = field(default_factory=set)
    """The admins who act in the group's name."""
    migrated_to: Chat | None = field(default=None, repr=False)
    members: dict[int, Status] = field(default_factory=dict)
    actions: list[str] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list, repr=False)
    topics: dict[int, bool] = field(default_factory=dict)
    """Of a forum: whether each topic is open."""
    next_message_id: int = 1
    _read: int = field(default=0, repr=False)

    @property
    def pulse(self) -> Pulse:
        return self.state.pulse

    @property
    def is_group(self) -> bool:
        return self.kind != "private"

    @property
    def is_channel(self) -> bool:
        return self.kind == "channel"

    @property
    def sent(self) -> list[Message]:
        """What the bot has sent here, and was not deleted."""
        return [one for one in self.messages if one.sender is self.state.bot and not one.deleted and not one.service]

    @property
    def last(self) -> Message:
        if not self.sent:
            raise ImpossibleError(f"the bot has said nothing in {self.title}")
        return self.sent[-1]

    async def next_message(self, patience: float = PATIENCE) -> Message:
        """The bot's next message here that no test has read yet."""
        found = await self.pulse.until(self._unread, f"a message in {self.title}", patience)
        self._read = found.id
        return found

    def _unread(self) -> Message | None:
        return next((one for one in self.sent if one.id > self._read), None)

    def message(self, message_id: int) -> Message | None:
        return next((one for one in self.messages if one.id == message_id and not one.deleted), None)

    @property
    def wire(self) -> Json:
        if self.person:
            named: Json = {"first_name": self.person.name}
            return {"id": self.id, "type": self.kind, **named} | (
                {"username": self.person.username} if self.person.username else {}
            )
        forum: Json = {"is_forum": True} if self.topics else {}
        return {"id": self.id, "type": self.kind, "title": self.title} | forum

    def open_topic(self) -> int:
        """Make it a forum, if it is none yet, and open a topic in it: its message_thread_id."""
        if self.kind != "supergroup":
            raise ImpossibleError(f"{self.title} cannot have topics")
        topic = self.next_message_id
        self.next_message_id += 1
        self.topics[topic] = True
        return topic

    def close_topic(self, topic: int) -> None:
        """From now on only admins may write in it."""
        self.topics[topic] = False

    def delete_topic(self, topic: int) -> None:
        del self.topics[topic]
        for message in self.messages:
            message.deleted = message.deleted or message.topic == topic

    def status(self, user_id: int) -> Status:
        return self.members.get(user_id, "left")

    def member_wire(self, user: User, status: Status | None = None) -> Json:
        status = status or self.status(user.id)
        shown: Json = {"status": status, "user": user.wire}
        hidden = {"is_anonymous": user.id in self.anonymous}
        if status == "creator":
            return shown | hidden
        if status == "administrator":
            posts: Json = {"can_post_messages": self.bot_may_post} if self.is_channel else {}
            return shown | hidden | dict.fromkeys(RIGHTS, True) | posts
        if status == "member" and self.muted and user is self.state.bot:
            return (
                shown | permissions_without(self.muted) | {"status": "restricted", "is_member": True, "until_date": 0}
            )
        return shown | {"until_date": 0} if status == "kicked" else shown

    def mute_bot(self, *what: str) -> None:
        """From now on it may not send this, such as "text messages" and "documents"; the bot is told."""
        self.muted = frozenset(what)
        self.tell_bot_status(self.bot_status, None)

    def withhold(self, *what: str) -> None:
        """From now on no member may send this; nobody is told."""
        self.withheld = frozenset(what)

    def may_send(self, what: str) -> bool:
        """Whether the bot may send it here."""
        return self.bot_status == "administrator" or what not in self.muted | self.withheld

    @property
    def bot_status(self) -> Status:
        return self.status(self.state.bot.id)

    def join(self, *people: Person) -> None:
        """Become members, unseen by the bot."""
        self.members.update(dict.fromkeys((one.id for one in people), "member"))

    def leave(self, person: Person) -> None:
        self.members.pop(person.id, None)

    def promote(self, person: User, status: Status = "administrator") -> None:
        """Change a status; the bot is told only about its own."""
        before = self.status(person.id)
        self.members[person.id] = status
        if person is self.state.bot:
            self.tell_bot_status(before, None)

    def add_bot(self, by: Person) -> None:
        """The bot is told: my_chat_member and the service message. In a channel it can only be an admin."""
        self._change_bot(
            "administrator" if self.is_channel else "member", by, {"new_chat_members": [self.state.bot.wire]}
        )

    def remove_bot(self, by: Person) -> None:
        """Kicked, and told so; every call for this chat is answered with 403 from now on."""
        self._change_bot("kicked", by, {"left_chat_member": self.state.bot.wire})

    def _change_bot(self, status: Status, by: Person, service: Json) -> None:
        before, self.members[self.state.bot.id] = self.bot_status, status
        self.tell_bot_status(before, by)
        if not self.is_channel:
            self.state.service(self, by, service)

    def let_bot_post(self, by: Person, *, allowed: bool) -> None:
        """Change its right to post in a channel; the bot is told."""
        self.bot_may_post = allowed
        self.tell_bot_status(self.bot_status, by)

    def tell_bot_status(self, before: Status, by: User | None) -> None:
        """The update my_chat_member."""
        change: Json = {
            "chat": self.wire,
            "from": (by or self.state.bot).wire,
            "date": int(self.state.clock.now().timestamp()),
            "old_chat_member": self.member_wire(self.state.bot, before),
            "new_chat_member": self.member_wire(self.state.bot),
        }
        self.state.updates.push("my_chat_member", change, self.id)

    def delete(self) -> None:
        """The owner deletes the group."""
        self.ended = "the group chat was deleted"

    def migrate(self, by: Person, *, noticed: Literal["first", "between", "last"] = "first") -> Chat:
        """Become a supergroup, with another id: the new chat.

        The bot gets both service messages and, before, between or after them, my_chat_member of the new chat.
        """
        if self.kind != "group":
            raise ImpossibleError(f"{self.title} is no group")
        moved = self.state.open_group(self.title, "supergroup", members=dict(self.members))
        for step in ("first", "to", "between", "from", "last"):
            if step == "to":
                self.state.service(self, by, {"migrate_to_chat_id": moved.id})
            elif step == "from":
                self.state.service(moved, by, {"migrate_from_chat_id": self.id})
            elif step == noticed:
                moved.tell_bot_status("left", by)
        self.migrated_to = moved
        return moved
