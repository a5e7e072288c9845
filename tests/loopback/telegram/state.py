"""Everything the server knows."""

from __future__ import annotations

import asyncio
import itertools
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.loopback.telegram.chats import Chat, Status, User
from tests.loopback.telegram.faults import Faults
from tests.loopback.telegram.limits import Limits
from tests.loopback.telegram.messages import Content, File, Message, Press
from tests.loopback.telegram.people import Person
from tests.loopback.telegram.pulse import Pulse
from tests.loopback.telegram.updates import Updates

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from tests.loopback.telegram.chats import Kind
    from tests.loopback.telegram.keyboards import Button
    from tests.loopback.telegram.limits import Clock
    from tests.loopback.telegram.webhook import Webhook
    from tests.loopback.telegram.wire import Json


@dataclass(eq=False)
class Call:
    """One request as it came in, and how it was answered."""

    method: str
    payload: Json
    at: datetime
    chat_id: int | None
    status: int | None = None
    """None while it is under way."""
    description: str = ""
    dropped: str | None = None
    """ "before" or "after" it was carried out, where the connection was dropped."""


@dataclass(eq=False)
class State:
    clock: Clock
    token: str
    username: str
    privacy: bool
    webhook: Webhook | None = None
    logged_out: bool = False
    adds_media: bool = True
    """Whether the Bot API is recent enough to turn a text into a picture by an edit."""
    back_off: Callable[[float], Awaitable[None]] = asyncio.sleep
    """How to wait before a refused update is brought to the webhook again; a test may wait in its own way."""
    query_lifetime: float = 60.0
    """Seconds after which a press can no longer be answered."""
    pulse: Pulse = field(default_factory=Pulse)
    faults: Faults = field(default_factory=Faults)
    log: list[Call] = field(default_factory=list)
    users: dict[int, Person] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    presses: dict[str, Press] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    descriptions: dict[tuple[str, str], str] = field(default_factory=dict)
    """By "description" or "short_description", and the language."""
    _ids: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    def __post_init__(self) -> None:
        self.updates = Updates(self.pulse, self.clock)
        self.limits = Limits(self.clock)
        self.bot = User(id=int(self.token.split(":")[0]), name="Connects", username=self.username, is_bot=True)

    def open_user(self, name: str, user_id: int | None, username: str | None, language_code: str | None) -> Person:
        person = Person(
            id=user_id or 1000 + next(self._ids),
            name=name,
            username=username,
            language_code=language_code,
            state=self,
        )
        self.users[person.id] = person
        chat = Chat(state=self, id=person.id, kind="private", title=f"private chat of {name}", person=person)
        chat.members = {person.id: "member", self.bot.id: "member"}
        self.chats[person.id] = chat
        return person

    def open_group(self, title: str, kind: Kind, *, members: dict[int, Status], chat_id: int | None = None) -> Chat:
        number = next(self._ids)
        given = chat_id or (-4000 - number if kind == "group" else -1_002_000_000_000 - number)
        self.chats[given] = Chat(state=self, id=given, kind=kind, title=title, members=members)
        return self.chats[given]

    def post(
        self,
        chat: Chat,
        sender: User,
        content: Content,
        reply_to: Message | None = None,
        topic: int | None = None,
    ) -> Message:
        number, now = chat.next_message_id, self.clock.now()
        message = Message(chat, number, sender, now, next(self._ids), content, reply_to, topic)
        chat.next_message_id += 1
        chat.messages.append(message)
        self.pulse.beat()
        return message

    def service(self, chat: Chat, sender: User, service: Json) -> Message:
        """A message about the chat itself, which the bot always gets."""
        message = self.post(chat, sender, Content())
        message.service = service
        message.update_id = self.updates.push("message", message.wire(), chat.id)
        return message

    def keep(self, name: str, data: bytes, mime: str, size: tuple[int, int] | None = None) -> File:
        file = File(name, data, mime, f"file{next(self._ids):06}", size)
        self.files[file.id] = file
        return file

    def new_press(self, message: Message, button: Button) -> Press:
        press = Press(str(4_000_000_000 + next(self._ids)), message, button, self.clock.now())
        self.presses[press.id] = press
        return press

    def counted(self) -> Counter[str]:
        return Counter(call.method for call in self.log)

    @property
    def is_quiet(self) -> bool:
        """Every update has been received, and no call but a long poll is under way."""
        under_way = any(call.status is None and call.method != "getUpdates" for call in self.log)
        return not self.updates.queue and not under_way
