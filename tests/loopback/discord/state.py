"""Everything the server remembers, and how a message comes to stand in a chat."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.loopback.discord.commands import Commands
from tests.loopback.discord.limits import Sliding
from tests.loopback.discord.mentions import USER
from tests.loopback.discord.messages import Attachment, Message, Upload, User
from tests.loopback.discord.permissions import (
    ATTACH_FILES,
    EMBED_LINKS,
    MANAGE_THREADS,
    SEND_MESSAGES,
    SEND_MESSAGES_IN_THREADS,
    VIEW_CHANNEL,
)
from tests.loopback.discord.wire import (
    CANNOT_DM,
    EMPTY_MESSAGE,
    MISSING_ACCESS,
    MISSING_PERMISSIONS,
    THREAD_LOCKED,
    ApiError,
)
from tests.loopback.discord.world import Chat, Guild, Tools

if TYPE_CHECKING:
    from tests.loopback.discord.interactions import Interaction
    from tests.loopback.discord.wire import Json

MOST_OPENINGS, OPENINGS_SPAN = 10, 60.0


@dataclass
class State(Tools):
    token: str
    bot: User
    application_id: int
    owner: User
    users: dict[int, User] = field(default_factory=dict)
    guilds: dict[int, Guild] = field(default_factory=dict)
    direct: dict[int, Chat] = field(default_factory=dict)
    commands: Commands = field(default_factory=Commands)
    interactions: dict[str, Interaction] = field(default_factory=dict)
    events: dict[int, tuple[str, Json, Chat | Guild]] = field(default_factory=dict)
    """By the id of the message or interaction: what was sent through the gateway, for a second delivery."""
    messages: list[Message] = field(default_factory=list)
    cdn_url: str = ""
    gateway_url: str = ""
    shards: int = 1
    """How many Discord recommends; with three, a connection that names no shard of its own is closed with 4011."""
    openings: Sliding = field(default_factory=lambda: Sliding(MOST_OPENINGS, OPENINGS_SPAN))
    """How many direct message channels a bot may open; Discord gives no figure, so this one is small."""
    installed: set[int] = field(default_factory=set)
    """Who has installed the bot for themselves, by id."""
    user_install: bool = True
    """Whether the Developer Portal allows that."""
    stored: dict[int, Attachment] = field(default_factory=dict)

    def dm(self, user: User) -> Chat:
        if user.id not in self.direct:
            chat = Chat(self.ids.make(), f"direct messages of {user.name}", self.pulse, recipient=user)
            self.direct[user.id] = self.chats[chat.id] = chat
        return self.direct[user.id]

    def owners(self, user: User, chat: Chat) -> Json:
        """For whom the bot is installed where this person acts: `authorizing_integration_owners`."""
        owners: Json = {}
        if chat.has_bot:
            owners["0"] = "0" if chat.guild is None else str(chat.guild.id)
        if user.id in self.installed:
            owners["1"] = str(user.id)
        return owners

    def check_bot_may_send(self, chat: Chat, *, files: bool = False) -> None:
        self.check_bot_may_view(chat)
        if chat.recipient is not None and chat.recipient.blocks_dms:
            raise ApiError(*CANNOT_DM)
        if chat.guild is None:
            return
        needed = SEND_MESSAGES if chat.parent is None else SEND_MESSAGES_IN_THREADS
        needed |= ATTACH_FILES if files else 0
        bits = chat.guild.bot_bits(chat)
        if not chat.bot_may_send or needed & ~bits:
            raise ApiError(*MISSING_PERMISSIONS)
        if chat.locked and not bits & MANAGE_THREADS:
            raise ApiError(*THREAD_LOCKED)

    def check_bot_may_view(self, chat: Chat) -> None:
        unseen = chat.guild is not None and not chat.guild.bot_bits(chat) & VIEW_CHANNEL
        if not chat.bot_may_view or not chat.has_bot or unseen:
            raise ApiError(*MISSING_ACCESS)

    @staticmethod
    def as_shown(chat: Chat, data: Json) -> Json:
        """Without the permission, Discord leaves the embeds of a message out and says nothing about it."""
        if chat.guild is None or chat.guild.bot_bits(chat) & EMBED_LINKS:
            return data
        return {**data, "embeds": []}

    def store(self, name: str, data: bytes, description: str | None = None) -> Attachment:
        number = self.ids.make()
        attachment = Attachment(number, name, data, f"{self.cdn_url}/{number}/{name}", description)
        self.stored[number] = attachment
        return attachment

    def post(self, message: Message, data: Json, uploads: list[Upload]) -> Message:
        """Let a new message stand in its chat and tell the gateway. An archived thread opens by it."""
        chat = self.chats[message.channel_id]
        self._write(message, data, uploads)
        if chat.guild is not None and chat.archived:
            chat.guild.reopen(chat)
        chat.messages.append(message)
        self.messages.append(message)
        if not message.ephemeral:
            self.tell("MESSAGE_CREATE", message, chat)
        self.pulse.beat()
        return message

    def edit(self, message: Message, data: Json, uploads: list[Upload]) -> Message:
        self._write(message, data, uploads)
        if not message.loading:
            message.edited = self.clock.now()
        message.edits += 1
        if not message.ephemeral:
            self.tell("MESSAGE_UPDATE", message, self.chats[message.channel_id])
        self.pulse.beat()
        return message

    def delete(self, message: Message) -> None:
        message.deleted = True
        chat = self.chats[message.channel_id]
        if not message.ephemeral:
            body = {"id": str(message.id), "channel_id": str(chat.id)}
            self.announce("MESSAGE_DELETE", body | guild_field(chat), chat)
        self.pulse.beat()

    def tell(self, event: str, message: Message, chat: Chat) -> None:
        body = message.payload() | guild_field(chat)
        if chat.guild is not None and message.author.id in chat.guild.members:
            member = chat.guild.member(message.author)
            body["member"] = {key: value for key, value in member.items() if key != "user"}
        if event == "MESSAGE_CREATE":
            self.events[message.id] = (event, body, chat)
        self.announce(event, body, chat)

    def _write(self, message: Message, data: Json, uploads: list[Upload]) -> None:
        kept = message.attachments
        described = {str(one["id"]): one for one in data.get("attachments") or []}
        if "attachments" in data:
            kept = [attachment for attachment in kept if str(attachment.id) in described]
        new = [self._take(upload, described.get(str(upload.index), {})) for upload in uploads]
        before = (message.content, message.embeds, message.components, message.attachments)
        message.write(data)
        message.attachments = kept + new
        if message.is_empty and not message.loading:
            message.content, message.embeds, message.components, message.attachments = before
            raise ApiError(*EMPTY_MESSAGE)
        named = map(int, USER.findall(message.content))
        message.mentioned = [self.users[number] for number in dict.fromkeys(named) if number in self.users]

    def _take(self, upload: Upload, described: Json) -> Attachment:
        return self.store(described.get("filename") or upload.name, upload.data, described.get("description"))


def guild_field(chat: Chat) -> Json:
    return {} if chat.guild is None else {"guild_id": str(chat.guild.id)}
