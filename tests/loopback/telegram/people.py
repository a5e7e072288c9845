"""A person at a keyboard: what a test lets people do."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from mimetypes import guess_type
from typing import TYPE_CHECKING

from tests.loopback.telegram.chats import ANONYMOUS, User
from tests.loopback.telegram.deep_links import DeepLink, read_link
from tests.loopback.telegram.markup import parse, utf16
from tests.loopback.telegram.messages import MEDIA, Content, ImpossibleError, Message, Press

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.loopback.telegram.chats import Chat
    from tests.loopback.telegram.state import State
    from tests.loopback.telegram.wire import Json

LONGEST = 4096
WRITTEN = re.compile(r"(?<![\w/@])(?:(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?)|(?P<mention>@\w{3,32}))\b")


@dataclass(eq=False, kw_only=True)
class Person(User):
    """Every act is checked as Telegram's own client would: what is not offered raises ImpossibleError."""

    state: State = field(repr=False)

    @property
    def private(self) -> Chat:
        """The private chat of this person with the bot."""
        return self.state.chats[self.id]

    async def say(
        self,
        text: str,
        chat: Chat | None = None,
        *,
        reply_to: Message | None = None,
        topic: int | None = None,
        anonymous: bool = False,
        html: bool = False,
    ) -> Message:
        """Write a message; without a chat, to the bot in private. Anonymous: as an admin who hides behind the group.
        Html: with bold, italics or links, written here as HTML; the bot gets them beside the text."""
        content = _formatted(text) if html else Content(text, entities=tuple(entities_of(text)))
        if not content.text.strip() or len(content.text) > LONGEST:
            raise ImpossibleError(f"a message has 1 to {LONGEST} characters")
        message = self._post(chat, content, reply_to, anonymous=anonymous)
        message.topic = self._opened(message.chat, topic)
        return self._deliver("channel_post" if message.chat.is_channel else "message", message)

    @staticmethod
    def _opened(chat: Chat, topic: int | None) -> int | None:
        if topic is not None and topic not in chat.topics:
            raise ImpossibleError(f"{chat.title} has no such topic")
        return topic

    async def paste(
        self, text: str, chat: Chat | None = None, *, hard: bool = False, order: Sequence[int] = ()
    ) -> list[Message]:
        """Paste a text, which a client sends in parts if it is long: `parts_of` says how. `order`: in which of them
        the updates reach the bot, by their places; without, as they were sent."""
        parts = [
            self._post(chat, Content(part, entities=tuple(entities_of(part))), None)
            for part in parts_of(text, hard=hard)
        ]
        for place in order or range(len(parts)):
            self._deliver("message", parts[place])
        return parts

    async def forward(self, message: Message, chat: Chat | None = None) -> Message:
        """Forward a message, which keeps the time at which it was written first."""
        copy = self._post(chat, message.content, None)
        copy.document, copy.origin = message.document, message.origin or message.date
        return self._deliver("message", copy)

    async def send(
        self,
        name: str,
        data: bytes,
        chat: Chat | None = None,
        *,
        caption: str = "",
        album: str = "",
        reply_to: Message | None = None,
    ) -> Message:
        """Send a file, whose kind a client tells by its name; a picture may come as one too. Files that are sent
        together share an `album`, and the caption is that of one of them."""
        message = self._post(chat, Content(caption, entities=tuple(entities_of(caption))), reply_to)
        message.document = self.state.keep(name, data, guess_type(name)[0] or "application/octet-stream")
        message.album = album
        return self._deliver("message", message)

    async def show(self, medium: str, chat: Chat | None = None, *, caption: str = "", album: str = "") -> Message:
        """Send a picture, a sound and so on, such as "photo" or "voice"; those of an album share its id."""
        if medium not in {"photo", *MEDIA} or (caption and medium in {"sticker", "video_note"}):
            raise ImpossibleError(f"nobody can send {medium!r} with {caption!r}")
        message = self._post(chat, Content(caption, entities=tuple(entities_of(caption))), None)
        file = self.state.keep(f"one.{medium}", b"...", "application/octet-stream", (320, 240))
        if medium == "photo":
            message.photo = file
        else:
            message.document, message.medium = replace(file, size=None), medium
        message.album = album
        return self._deliver("channel_post" if message.chat.is_channel else "message", message)

    async def say_linked(self, text: str, words: str, url: str, chat: Chat | None = None) -> Message:
        """Write a message in which some words carry a link."""
        before, found, _ = text.partition(words)
        if not found:
            raise ImpossibleError(f"{words!r} is not in {text!r}")
        link: Json = {"type": "text_link", "offset": utf16(before), "length": utf16(words), "url": url}
        message = self._post(chat, Content(text, entities=(*entities_of(text), link)), None)
        return self._deliver("channel_post" if message.chat.is_channel else "message", message)

    async def edit(self, message: Message, text: str) -> Message:
        """Change a message of one's own, or its caption; the bot gets edited_message."""
        if message.sender is not self and not (message.anonymous and message.chat.status(self.id) != "member"):
            raise ImpossibleError(f"{self.name} did not write {message.text!r}")
        message.history.append(message.content)
        message.content = Content(text, entities=tuple(entities_of(text)))
        message.edited_at = self.state.clock.now()
        return self._deliver("edited_channel_post" if message.chat.is_channel else "edited_message", message)

    async def get_preview(self, message: Message) -> Message:
        """The preview of a link in a message is loaded: the bot gets edited_message, without the time of an edit."""
        return self._deliver("edited_message", message)

    async def press(self, message: Message, label: str, *, repeat: Press | None = None, stale: bool = False) -> Press:
        """Press a button. `repeat` sends the same callback query again, in an update with a new id; `stale` presses
        a button that an edit has taken away meanwhile."""
        if message.deleted or (message.chat.is_group and not self._is_in(message.chat)):
            raise ImpossibleError(f"{self.name} does not see {message.text!r}")
        button = message.button(label, stale=stale)
        if button.data is None:
            raise ImpossibleError(f"{label!r} is a link, or copies something")
        press = repeat or self.state.new_press(message, button)
        query: Json = {
            "id": press.id,
            "from": self.wire,
            "message": message.wire(),
            "chat_instance": str(message.chat.id * 31),
            "data": press.button.data,
        }
        update_id = self.state.updates.push("callback_query", query, self.id)
        press.update_ids += [update_id] if update_id is not None else []
        return press

    async def follow(self, url: str) -> Message:
        """Open a link to the bot's private chat, and press Start there."""
        link = self._link(url)
        if link.chat:
            raise ImpossibleError(f"{url} does not lead to the private chat")
        return await self.say(f"/start {link.start}".strip())

    def add_by(self, url: str, chat: Chat) -> None:
        """Open a link that adds the bot to a chat, choose this one, and agree to the rights that it asks for."""
        link = self._link(url)
        if link.chat != ("channel" if chat.is_channel else "group"):
            raise ImpossibleError(f"{url} does not add the bot to {chat.title}")
        if chat.status(self.id) not in ("creator", "administrator"):
            raise ImpossibleError(f"{self.name} may not add a bot to {chat.title}")
        chat.bot_may_post = "post_messages" in link.rights
        chat.add_bot(self)
        if link.rights and not chat.is_channel:
            chat.promote(self.state.bot)

    def _link(self, url: str) -> DeepLink:
        link = read_link(url)
        if link is None or link.bot != self.state.username:
            raise ImpossibleError(f"{url} does not lead to this bot")
        return link

    def block(self) -> None:
        """From now on, "bot was blocked by the user"; the bot is told by my_chat_member."""
        self._set_blocked(blocked=True)

    def unblock(self) -> None:
        self._set_blocked(blocked=False)

    def delete_account(self) -> None:
        """The bot is not told; it learns it when it writes."""
        self.private.ended = "user is deactivated"

    def _set_blocked(self, *, blocked: bool) -> None:
        before = self.private.bot_status
        self.private.blocked = blocked
        self.private.members[self.state.bot.id] = "kicked" if blocked else "member"
        self.private.tell_bot_status(before, self)

    def _is_in(self, chat: Chat) -> bool:
        return chat.status(self.id) not in ("left", "kicked")

    def _post(
        self, chat: Chat | None, content: Content, reply_to: Message | None, *, anonymous: bool = False
    ) -> Message:
        place = chat or self.private
        if place.blocked or place.ended or place.migrated_to:
            raise ImpossibleError(f"nobody can write in {place.title} now")
        if (place is not self.private and not self._is_in(place)) or (not place.is_group and place is not self.private):
            raise ImpossibleError(f"{self.name} is not in {place.title}")
        if place.is_channel and place.status(self.id) not in ("creator", "administrator"):
            raise ImpossibleError(f"{self.name} only reads {place.title}")
        if anonymous and place.status(self.id) not in ("creator", "administrator"):
            raise ImpossibleError(f"{self.name} is no admin of {place.title}")
        place.started = True
        message = self.state.post(place, ANONYMOUS if anonymous else self, content, reply_to)
        message.anonymous = anonymous
        return message

    def _deliver(self, kind: str, message: Message) -> Message:
        if is_shown_to_bot(message):
            message.update_id = self.state.updates.push(kind, message.wire(), message.chat.id)
        return message


def parts_of(text: str, *, hard: bool = False) -> list[str]:
    """A text as clients cut it into messages, each trimmed at its edges.

    Most cut at the last line break in the second half of what fits, and first at an empty line. With `hard`, the cut is
    wherever a message is full, which may be within a word.
    """
    parts, rest = [], text.strip()
    while len(rest) > LONGEST:
        cut = LONGEST
        if not hard:
            breaks = [rest.rfind(sign, LONGEST // 2, LONGEST) for sign in ("\n\n", "\n", " ")]
            cut = next((place for place in breaks if place > 0), LONGEST)
        parts.append(rest[:cut].strip())
        rest = rest[cut:].strip()
    return [part for part in (*parts, rest) if part]


def _formatted(source: str) -> Content:
    """What somebody wrote with a style, or as a link, besides the commands and mentions in it."""
    written = parse(source, "html")
    places = sorted((*written.entities, *entities_of(written.text)), key=lambda one: (one["offset"], -one["length"]))
    return Content(written.text, entities=tuple(places))


def entities_of(text: str) -> list[Json]:
    """The commands and mentions in a text that somebody typed."""
    return [
        {"type": found.lastgroup, "offset": utf16(text[: found.start()]), "length": utf16(found[0])}
        for found in WRITTEN.finditer(text)
    ]


def is_shown_to_bot(message: Message) -> bool:
    """In a group with privacy on, a bot sees commands, mentions of itself and replies to itself; as an admin, all."""
    state, chat = message.chat.state, message.chat
    if not chat.is_group:
        return True
    if chat.bot_status in ("left", "kicked"):
        return False
    if not state.privacy or chat.is_channel or chat.bot_status == "administrator":
        return True
    if message.reply_to and message.reply_to.sender is state.bot:
        return True
    words = [found[0] for found in WRITTEN.finditer(message.text)]
    mine = f"@{state.bot.username}".lower()
    return any(word.lower().endswith(mine) or (word.startswith("/") and "@" not in word) for word in words)
