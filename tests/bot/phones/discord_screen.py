"""What Discord's app shows on a phone."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from tests.bot.phone import WIDE, Box, Shown
from tests.bot.phones.markdown import Drawn, drawn
from tests.loopback.discord.shown import BUTTON, SELECT, readable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.shared.ports import Clock
    from tests.loopback.discord import Chat, DiscordServer, Modal, Person
    from tests.loopback.discord.messages import Message
    from tests.loopback.discord.wire import Json

BESIDE: Final = 3
"""Characters that the frame of a button and the gap beside it take."""


def title_of(chat: Chat) -> str:
    """What stands above a chat."""
    if chat.guild is None:
        names = " and ".join(one.name for one in chat.people)
        return names if chat.recipient is None else f"{chat.recipient.name}, in private"
    if chat.parent is None:
        return f"{chat.guild.name} #{chat.name}"
    return f"{chat.guild.name} #{chat.parent.name}, thread {chat.name}"


@dataclass
class Screen:
    """All messages of the server, as those see them who are in their chats."""

    server: DiscordServer
    clock: Clock
    _seen: dict[int, str] = field(default_factory=dict)
    """What is known of each message."""
    _looked: tuple[int, int, int] = (0, 0, 0)
    """What the server had done when all messages were looked at: what else changes them?"""

    def news(self) -> Iterator[Shown]:
        """The messages that are new or have changed."""
        server = self.server
        done = len(server.requests), len(server.state.messages), server.gateway.events
        if done == self._looked:
            return
        self._looked = done
        for message in list(self.server.state.messages):
            now = _as_kept(message)
            if self._seen.get(message.id) == now:
                continue
            edited = message.id in self._seen
            self._seen[message.id] = now
            yield self._shown(message, edited=edited)

    def _shown(self, message: Message, *, edited: bool) -> Shown:
        chat = self.server.state.chats[message.channel_id]
        now, name = self.clock.now(), _name(message)
        if message.deleted:
            return Shown(now, title_of(chat), f"— {name} deletes “{message.content[:30]}…” —")
        is_bots = message.author.is_bot
        words = drawn(message.content, now) if is_bots else Drawn(message.content, ())
        return Shown(
            now if edited else datetime.fromtimestamp(message.sent, UTC),
            title_of(chat),
            f"{name} (edited)" if edited else name,
            words.text,
            words.marks,
            tuple(f"{one.name}, {len(one.data)} bytes" for one in message.attachments),
            tuple(line for row in message.components for line in _buttons(row)),
            boxes=tuple(_box(embed, now) for embed in message.embeds),
            menus=tuple(menu for row in message.components for menu in _menus(row)),
            flowing=True,
        )

    def form(self, modal: Modal) -> Shown:
        """A form, which covers the chat."""
        by, now = modal.opened_by, self.clock.now()
        opened = [call.body["data"] for call in self.server.requests if _opens(call.body, modal)][-1]
        above = [drawn(row["content"], now).text for row in opened["components"] if "content" in row]
        one = modal.fields[0]
        text = "\n".join((modal.title, *above, f"{one.label}: {one.value}"))
        return Shown(now, title_of(by.chat), f"a form, to {by.user.name} alone", text, prompt=one.placeholder)

    @staticmethod
    def is_seen_by(message: Message, person: Person) -> bool:
        """Whether somebody in the chat sees a message."""
        return not message.ephemeral or _viewer(message)["id"] == str(person.id)


def _viewer(message: Message) -> Json:
    assert message.interaction is not None
    user: Json = message.interaction["user"]
    return user


def _name(message: Message) -> str:
    name = "Bot" if message.author.is_bot else message.author.name
    return f"{name} (only {_viewer(message)['global_name']} sees this)" if message.ephemeral else name


def _as_kept(message: Message) -> str:
    files = [one.id for one in message.attachments]
    return json.dumps([message.deleted, message.content, message.embeds, message.components, files])


def _box(embed: Json, now: datetime) -> Box:
    words = drawn(readable(embed), now)
    return Box(words.text, words.marks)


def _buttons(row: Json) -> Iterator[tuple[str, ...]]:
    """The buttons of a row, which a phone puts below each other as soon as the screen is full."""
    line: tuple[str, ...] = ()
    for part in row["components"]:
        if part["type"] == BUTTON:
            label = f"{part['label']} ↗" if part.get("url") else str(part["label"])
            if line and sum(len(one) + BESIDE for one in (*line, label)) > WIDE:
                yield line
                line = ()
            line = (*line, label)
    if line:
        yield line


def _menus(row: Json) -> Iterator[tuple[str, ...]]:
    for part in row["components"]:
        if part["type"] == SELECT:
            yield (part.get("placeholder") or "…", *(option["label"] for option in part["options"]))


def _opens(body: object, modal: Modal) -> bool:
    data = body.get("data") if isinstance(body, dict) else None
    return isinstance(data, dict) and data.get("custom_id") == modal.custom_id
