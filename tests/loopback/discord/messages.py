"""Messages as the server keeps them."""

from __future__ import annotations

from dataclasses import dataclass, field
from mimetypes import guess_type
from typing import TYPE_CHECKING

from tests.loopback.discord.clock import iso
from tests.loopback.discord.mentions import Pings, pings_of

if TYPE_CHECKING:
    from tests.loopback.discord.wire import Json

EPHEMERAL = 1 << 6
LOADING = 1 << 7
ORDINARY, REPLY, SLASH_ANSWER = 0, 19, 20


@dataclass(eq=False)
class User:
    """An account: a person or the bot. A person with blocks_dms takes no message from the bot (50007)."""

    id: int
    name: str
    locale: str = "en-US"
    is_bot: bool = False
    blocks_dms: bool = False

    def payload(self) -> Json:
        handle = "".join(self.name.lower().split())
        return {
            "id": str(self.id),
            "username": handle,
            "global_name": self.name,
            "discriminator": "0",
            "avatar": None,
            "bot": self.is_bot,
            "public_flags": 0,
        }


@dataclass(frozen=True)
class Upload:
    """A file as it came: its place in the form, its name and its bytes."""

    index: int
    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class Attachment:
    """A file of a message."""

    id: int
    name: str
    data: bytes = field(repr=False)
    url: str
    description: str | None = None

    def payload(self) -> Json:
        return {
            "id": str(self.id),
            "filename": self.name,
            "description": self.description,
            "size": len(self.data),
            "url": self.url,
            "proxy_url": self.url,
            "content_type": _content_type(self.name),
        }


@dataclass(eq=False)
class Message:
    """One message, and what its author asked for: `pings` says whom it would have pinged."""

    id: int
    channel_id: int
    author: User
    sent: float
    content: str = ""
    embeds: list[Json] = field(default_factory=list)
    components: list[Json] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    flags: int = 0
    kind: int = ORDINARY
    nonce: str | int | None = None
    edited: float | None = None
    deleted: bool = False
    reference: Message | None = None
    forwarded: Message | None = None
    application_id: int | None = None
    interaction: Json | None = None
    allowed_mentions: Json | None = None
    pings: Pings = field(default_factory=Pings)
    edits: int = 0
    taken: bool = False
    """A test has seen it: through an interaction's answer or as a chat's next message."""
    mentioned: list[User] = field(default_factory=list)

    @property
    def ephemeral(self) -> bool:
        return bool(self.flags & EPHEMERAL)

    @property
    def loading(self) -> bool:
        return bool(self.flags & LOADING)

    @property
    def is_empty(self) -> bool:
        return not (self.content.strip() or self.embeds or self.components or self.attachments or self.forwarded)

    def write(self, data: Json) -> None:
        """Take over the fields that data names; those it does not name stay."""
        if "content" in data:
            self.content = data["content"] or ""
        if "embeds" in data:
            self.embeds = [{"type": "rich", **embed} for embed in data["embeds"] or []]
        if "components" in data:
            self.components = data["components"] or []
        self.allowed_mentions = data.get("allowed_mentions")
        replied_to = None if self.reference is None else self.reference.author.id
        self.pings = self.pings | pings_of(self.content, self.allowed_mentions, replied_to)

    def payload(self) -> Json:
        body: Json = {
            "id": str(self.id),
            "channel_id": str(self.channel_id),
            "type": self.kind,
            "author": self.author.payload(),
            "content": self.content,
            "timestamp": iso(self.sent),
            "edited_timestamp": None if self.edited is None else iso(self.edited),
            "tts": False,
            "pinned": False,
            "mention_everyone": self.pings.everyone,
            "mentions": [user.payload() for user in self.mentioned],
            "mention_roles": [str(role) for role in sorted(self.pings.roles)],
            "attachments": [attachment.payload() for attachment in self.attachments],
            "embeds": self.embeds,
            "components": self.components,
            "flags": self.flags,
        }
        return body | self._extras()

    def _extras(self) -> Json:
        extras: Json = {}
        if self.nonce is not None:
            extras["nonce"] = self.nonce
        if self.application_id is not None:
            extras["application_id"] = extras["webhook_id"] = str(self.application_id)
        if self.interaction is not None:
            extras["interaction_metadata"] = self.interaction
        if self.forwarded is not None:
            extras |= _forwarded(self.forwarded)
        if self.reference is not None:
            extras["message_reference"] = {
                "message_id": str(self.reference.id),
                "channel_id": str(self.reference.channel_id),
            }
        return extras


def _content_type(name: str) -> str:
    kind = guess_type(name)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


SNAPSHOT = (
    "type",
    "content",
    "embeds",
    "attachments",
    "timestamp",
    "edited_timestamp",
    "flags",
    "mentions",
    "components",
)


def _forwarded(message: Message) -> Json:
    """How a message stands in another that forwards it: without its author."""
    snapshot = {name: value for name, value in message.payload().items() if name in SNAPSHOT}
    named = {"type": 1, "message_id": str(message.id), "channel_id": str(message.channel_id)}
    return {"message_snapshots": [{"message": snapshot}], "message_reference": named}
