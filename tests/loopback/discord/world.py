"""Guilds, roles and chats: where messages stand."""

# ruff: noqa: ASYNC109 - a timeout here bounds a failure, and tests name it at the call

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.loopback.discord import permissions
from tests.loopback.discord.clock import iso
from tests.loopback.discord.shown import Shown, show
from tests.patience import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.loopback.discord.clock import Clock, Snowflakes
    from tests.loopback.discord.messages import Message, User
    from tests.loopback.discord.pulse import Pulse
    from tests.loopback.discord.wire import Json

    Announce = Callable[[str, Json, "Chat | Guild"], None]

TEXT, DM, GROUP_DM, ANNOUNCEMENTS, THREAD = 0, 1, 3, 5, 11
OF_MEMBER = 1
PAIR = 2


@dataclass(eq=False)
class Chat:
    """A text channel of a guild or a thread in one, a person's direct messages with the bot, or those of people."""

    id: int
    name: str
    pulse: Pulse = field(repr=False)
    guild: Guild | None = None
    recipient: User | None = None
    """Of the bot's direct messages."""
    people: tuple[User, ...] = ()
    """Those who write to each other in it without the bot."""
    messages: list[Message] = field(default_factory=list, repr=False)
    bot_may_view: bool = True
    bot_may_send: bool = True
    denied: int = 0
    """What an overwrite of this channel takes from the bot; `Guild.deny_bot` tells the bot of it."""
    kind: int = TEXT
    parent: Chat | None = None
    """Of a thread."""
    archived: bool = False
    locked: bool = False
    """Of a thread: only who may manage threads can write to it, and so open it again."""

    @property
    def has_bot(self) -> bool:
        """Whether the bot itself is here; an interaction reaches it from elsewhere too."""
        return self.recipient is not None if self.guild is None else self.guild.bot_in

    @property
    def unread(self) -> list[Shown]:
        """What the bot has said for all to see and no test has yet taken, oldest first."""
        return [show(message) for message in self.messages if self._is_news(message)]

    async def next_message(self, timeout: float = PATIENCE) -> Shown:
        """The oldest message of the bot not yet taken; ephemeral ones come by `interaction.answer()` alone."""
        what = f"a message of the bot in {self.name!r}"
        found = await self.pulse.until(lambda: next(filter(self._is_news, self.messages), None), what, timeout)
        found.taken = True
        return show(found)

    def message(self, message_id: int) -> Message | None:
        return next((one for one in self.messages if one.id == message_id and not one.deleted), None)

    @staticmethod
    def _is_news(message: Message) -> bool:
        hidden = message.ephemeral or message.loading or message.deleted
        return message.author.is_bot and not message.taken and not hidden

    def payload(self, bits: int | None = None) -> Json:
        last = str(self.messages[-1].id) if self.messages else None
        body: Json = {"id": str(self.id), "last_message_id": last, "flags": 0}
        if bits is not None:
            body["permissions"] = str(bits)
        if self.guild is None:
            among = self.people if self.recipient is None else (self.recipient,)
            kind = GROUP_DM if len(self.people) > PAIR else DM
            return body | {"type": kind, "recipients": [user.payload() for user in among]}
        if self.parent is not None:
            return body | self._as_thread(self.guild, self.parent)
        return body | {
            "type": self.kind,
            "guild_id": str(self.guild.id),
            "name": self.name,
            "position": 0,
            "permission_overwrites": self.guild.overwrites(self),
            "topic": None,
            "nsfw": False,
            "parent_id": None,
            "rate_limit_per_user": 0,
        }

    def _as_thread(self, guild: Guild, parent: Chat) -> Json:
        now = iso(guild.tools.clock.now())
        return {
            "type": THREAD,
            "guild_id": str(guild.id),
            "name": self.name,
            "parent_id": str(parent.id),
            "owner_id": str(guild.owner.id),
            "message_count": len(self.messages),
            "member_count": 1,
            "rate_limit_per_user": 0,
            "thread_metadata": {
                "archived": self.archived,
                "auto_archive_duration": 1440,
                "archive_timestamp": now,
                "locked": self.locked,
            },
        }


@dataclass(eq=False)
class Role:
    id: int
    name: str
    bits: int

    def payload(self) -> Json:
        return {
            "id": str(self.id),
            "name": self.name,
            "permissions": str(self.bits),
            "position": 0,
            "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
            "hoist": False,
            "managed": False,
            "mentionable": True,
            "flags": 0,
        }


class Guild:
    """A server of Discord, with its members; the bot is in it until `kick_bot`."""

    def __init__(
        self, name: str, owner: User, bot: User, tools: Tools, locale: str = "en-US", *, bot_in: bool = True
    ) -> None:
        self.id = tools.ids.make()
        self.name = name
        self.owner = owner
        self.bot = bot
        self.locale = locale
        self.bot_in = bot_in
        self.offers_all = False
        """Whether Server Settings > Integrations gives everybody every command, whatever the bot asks for."""
        self.chats: dict[str, Chat] = {}
        self.system: Chat | None = None
        self.roles = {self.id: Role(self.id, "@everyone", permissions.ORDINARY)}
        self.members: dict[int, tuple[User, set[int]]] = {}
        self.tools = tools
        self.add(owner)
        if bot_in:
            self.add(bot)

    def add(self, *users: User, roles: tuple[Role, ...] = ()) -> None:
        for user in users:
            self.members[user.id] = (user, {role.id for role in roles})

    def remove(self, user: User) -> None:
        del self.members[user.id]

    def role(self, name: str, bits: int = 0) -> Role:
        role = Role(self.tools.ids.make(), name, bits)
        self.roles[role.id] = role
        self.tools.announce("GUILD_ROLE_CREATE", {"guild_id": str(self.id), "role": role.payload()}, self)
        return role

    def channel(self, name: str, kind: int = TEXT) -> Chat:
        """The text channel of that name, made when it is first asked for."""
        return self.chats[name] if name in self.chats else self._open("CHANNEL_CREATE", name, kind)

    def thread(self, name: str, parent: Chat) -> Chat:
        """A public thread in a channel."""
        return self._open("THREAD_CREATE", name, THREAD, parent)

    def archive(self, name: str, *, locked: bool = False) -> None:
        """A thread that nobody has written to for a while leaves the list of threads; writing to it opens it again."""
        thread = self.chats[name]
        thread.archived, thread.locked = True, locked
        self.tools.announce("THREAD_UPDATE", thread.payload(), self)

    def reopen(self, thread: Chat) -> None:
        thread.archived = False
        self.tools.announce("THREAD_UPDATE", thread.payload(), self)

    def _open(self, event: str, name: str, kind: int, parent: Chat | None = None) -> Chat:
        chat = Chat(self.tools.ids.make(), name, self.tools.pulse, guild=self, kind=kind, parent=parent)
        self.chats[name] = self.tools.chats[chat.id] = chat
        self.tools.announce(event, chat.payload(), self)
        return chat

    def delete_channel(self, name: str) -> None:
        chat = self.chats.pop(name)
        del self.tools.chats[chat.id]
        event = "CHANNEL_DELETE" if chat.parent is None else "THREAD_DELETE"
        self.tools.announce(event, chat.payload(), self)

    def deny_bot(self, name: str, bits: int) -> None:
        """From now on the bot lacks these permissions in a channel, and knows it."""
        chat = self.channel(name)
        chat.denied = bits
        self.tools.announce("CHANNEL_UPDATE", chat.payload(), self)

    def allow_everybody(self, bits: int) -> None:
        """Give everybody in the guild these permissions, and so the bot."""
        role = self.roles[self.id]
        role.bits |= bits
        self.tools.announce("GUILD_ROLE_UPDATE", {"guild_id": str(self.id), "role": role.payload()}, self)

    def overwrites(self, chat: Chat) -> list[Json]:
        if not chat.denied:
            return []
        return [{"id": str(self.bot.id), "type": OF_MEMBER, "allow": "0", "deny": str(chat.denied)}]

    def greet_in(self, name: str) -> None:
        """Make a channel the one for the server's own messages."""
        self.system = self.channel(name)
        apart = ("channels", "members", "threads", "presences", "joined_at", "member_count", "large")
        payload = {key: value for key, value in self.payload().items() if key not in apart}
        self.tools.announce("GUILD_UPDATE", payload, self)

    def kick_bot(self) -> None:
        self.tools.announce("GUILD_DELETE", {"id": str(self.id)}, self)
        self.bot_in = False

    def invite_bot(self) -> None:
        self.bot_in = True
        self.add(self.bot)
        self.tools.announce("GUILD_CREATE", self.payload(), self)

    def go_down(self) -> None:
        """An outage of this guild: it is gone, but the bot is not out of it."""
        self.tools.announce("GUILD_DELETE", {"id": str(self.id), "unavailable": True}, self)

    def come_back(self) -> None:
        self.tools.announce("GUILD_CREATE", self.payload() | {"unavailable": False}, self)

    def bits(self, user: User) -> int:
        if user is self.owner:
            return permissions.EVERYTHING
        held = self.members[user.id][1] | {self.id}
        return permissions.combined(self.roles[role].bits for role in held)

    def bot_bits(self, chat: Chat) -> int:
        """What the bot may do in a channel; what an overwrite denies in a channel is denied in its threads."""
        if not self.bot_in:
            return 0
        return self.bits(self.bot) & ~(chat.parent or chat).denied

    def member(self, user: User) -> Json:
        return {
            "user": user.payload(),
            "roles": [str(role) for role in self.members[user.id][1]],
            "nick": None,
            "avatar": None,
            "joined_at": iso(self.tools.clock.now()),
            "premium_since": None,
            "communication_disabled_until": None,
            "deaf": False,
            "mute": False,
            "pending": False,
            "flags": 0,
        }

    def payload(self) -> Json:
        return {
            "id": str(self.id),
            "name": self.name,
            "owner_id": str(self.owner.id),
            "preferred_locale": self.locale,
            "system_channel_id": None if self.system is None else str(self.system.id),
            "member_count": len(self.members),
            "large": False,
            "joined_at": iso(self.tools.clock.now()),
            "roles": [role.payload() for role in self.roles.values()],
            "channels": [chat.payload() for chat in self.chats.values() if chat.parent is None],
            "threads": [
                chat.payload() for chat in self.chats.values() if chat.parent is not None and not chat.archived
            ],
            "members": [self.member(user) for user, _ in self.members.values()],
            **{key: [] for key in ("presences", "voice_states", "emojis", "stickers", "features")},
            **{key: [] for key in ("stage_instances", "guild_scheduled_events", "soundboard_sounds")},
            **dict.fromkeys(("verification_level", "default_message_notifications", "nsfw_level"), 0),
            **dict.fromkeys(("explicit_content_filter", "mfa_level", "afk_timeout", "premium_tier"), 0),
        }


@dataclass
class Tools:
    """What guilds need of the server around them."""

    clock: Clock
    ids: Snowflakes
    pulse: Pulse
    announce: Announce
    chats: dict[int, Chat]
