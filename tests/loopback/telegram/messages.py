"""Messages and what they carry, as a chat keeps them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.loopback.telegram.keyboards import Button, Under
from tests.patience import PATIENCE

if TYPE_CHECKING:
    from datetime import datetime

    from tests.loopback.telegram.chats import Chat, User
    from tests.loopback.telegram.wire import Json

MEDIA: dict[str, Json] = {
    "animation": {"width": 320, "height": 240, "duration": 2},
    "audio": {"duration": 60},
    "sticker": {"width": 512, "height": 512, "type": "regular", "is_animated": False, "is_video": False},
    "video": {"width": 320, "height": 240, "duration": 9},
    "video_note": {"length": 240, "duration": 9},
    "voice": {"duration": 4},
}
"""The fields that each kind of media has beside those of a file."""


class ImpossibleError(AssertionError):
    """What a test asked for cannot be done in the real client."""


@dataclass(frozen=True)
class File:
    name: str
    data: bytes
    mime: str
    id: str
    size: tuple[int, int] | None = None
    """Width and height of a photo."""

    @property
    def wire(self) -> Json:
        known: Json = {"file_id": self.id, "file_unique_id": f"u{self.id}", "file_size": len(self.data)}
        if self.size:
            return known | {"width": self.size[0], "height": self.size[1]}
        return known | {"file_name": self.name, "mime_type": self.mime}


@dataclass(frozen=True)
class Content:
    """What an edit can change."""

    text: str = ""
    """Plain, as a person reads it: the text, or the caption of a file."""
    html: str = ""
    """As the bot wrote it."""
    entities: tuple[Json, ...] = ()
    under: Under = field(default_factory=Under)

    def shows_as(self, other: Content) -> bool:
        mine = (self.text, self.entities, self.under.rows)
        return mine == (other.text, other.entities, other.under.rows)


@dataclass(eq=False)
class Message:
    chat: Chat
    id: int
    sender: User
    date: datetime
    order: int
    """Counts over all chats."""
    content: Content = field(default_factory=Content)
    reply_to: Message | None = None
    topic: int | None = None
    document: File | None = None
    photo: File | None = None
    medium: str = ""
    """Which field holds `document` if it is a picture that moves, a sound and so on, such as "voice"."""
    album: str = ""
    origin: datetime | None = None
    """When it was written first, if it was forwarded."""
    service: Json = field(default_factory=dict)
    anonymous: bool = False
    silent: bool = False
    history: list[Content] = field(default_factory=list)
    """What it said before each edit."""
    deleted: bool = False
    edited_at: datetime | None = None
    update_id: int | None = None
    """Of a person's message: the update that brings it to the bot; None if the bot does not get to see it."""
    _edits_seen: int = 0

    @property
    def text(self) -> str:
        return self.content.text

    @property
    def html(self) -> str:
        return self.content.html

    @property
    def entities(self) -> tuple[Json, ...]:
        return self.content.entities

    @property
    def rows(self) -> list[list[str]]:
        """The labels of the buttons under it."""
        return [[button.label for button in row] for row in self.content.under.rows]

    @property
    def buttons(self) -> list[Button]:
        return [button for row in self.content.under.rows for button in row]

    @property
    def force_reply(self) -> bool:
        return self.content.under.force_reply

    def button(self, label: str, *, stale: bool = False) -> Button:
        """The button with this label, or the only one whose label begins so. Stale: of an earlier edit, too."""
        for content in [self.content, *reversed(self.history)] if stale else [self.content]:
            all_of_it = [button for row in content.under.rows for button in row]
            exact = [one for one in all_of_it if one.label == label]
            alike = exact or [one for one in all_of_it if one.label.startswith(label)]
            if len({one.label for one in alike}) == 1:
                return alike[0]
        raise ImpossibleError(f"no single button {label!r} under {self.text!r}: {self.rows}")

    async def edited(self, patience: float = PATIENCE) -> Content:
        """The next edit that was not asked for yet; what it says now."""
        wanted = self._edits_seen + 1
        await self.chat.pulse.until(lambda: len(self.history) >= wanted, f"edit {wanted} of {self.text!r}", patience)
        self._edits_seen = wanted
        return [*self.history, self.content][wanted]

    def wire(self, *, with_reply: bool = True) -> Json:
        shown: Json = {
            "message_id": self.id,
            "date": int(self.date.timestamp()),
            "chat": self.chat.wire,
            **self.service,
        }
        if self.anonymous or self.chat.is_channel:
            shown["sender_chat"] = self.chat.wire
        if not self.chat.is_channel:
            shown["from"] = self.sender.wire
        if self.topic is not None:
            shown |= {"message_thread_id": self.topic, "is_topic_message": True}
        if self.reply_to and with_reply:
            shown["reply_to_message"] = self.reply_to.wire(with_reply=False)
        if self.origin:
            origin = {"type": "hidden_user", "date": int(self.origin.timestamp()), "sender_user_name": "Somebody"}
            shown["forward_origin"] = origin
        if self.edited_at:
            shown["edit_date"] = int(self.edited_at.timestamp())
        return shown | self._body()

    def _body(self) -> Json:
        body: Json = {}
        if self.document:
            body[self.medium or "document"] = self.document.wire | MEDIA.get(self.medium, {})
        if self.document and self.medium == "animation":
            body["document"] = self.document.wire  # as well, for programs from before animations
        if self.photo:
            body["photo"] = [self.photo.wire]
        prefix = "caption" if body else "text"
        if self.album:
            body["media_group_id"] = self.album
        if self.text:
            body[prefix] = self.text
        if self.entities:
            body["caption_entities" if prefix == "caption" else "entities"] = list(self.entities)
        if self.content.under.wire:
            body["reply_markup"] = self.content.under.wire
        return body


@dataclass(frozen=True)
class Answer:
    """What pops up after a press."""

    text: str
    show_alert: bool
    url: str = ""
    """Opened by the client at once, if there is no text to show."""


@dataclass(eq=False)
class Press:
    """A callback query."""

    id: str
    message: Message
    button: Button
    at: datetime
    update_ids: list[int] = field(default_factory=list)
    answer: Answer | None = None

    async def answered(self, patience: float = PATIENCE) -> Answer:
        """What the bot answered to the press."""
        pulse = self.message.chat.pulse
        return await pulse.until(lambda: self.answer, f"an answer to {self.button.label!r}", patience)
