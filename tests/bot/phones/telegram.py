"""Phones with Telegram, on the real client library and the loopback server.

A script begins with its chats: `@ Team is a supergroup of Lea*, Bob with Billing, News` (topics), and a star stands
for an admin. Then `(verbs)` are what a thumb does beside writing a line and pressing a [Button]:
    (pastes) lines that are divided by semicolons,
    (html) a line with <b>bold</b> and links, (edits) the line written last, (replies) to what the bot said last,
    (anonymous) a line, (photo) with a caption or without, (file NAME) with what it holds, (follows) a link to the bot,
    (joins), (leaves), (blocks), (unblocks), (adds) and (removes) the bot, (makes) it an admin, (opens TOPIC),
    (closes TOPIC), (deletes TOPIC), (hides members), (hides admins), (hides) behind the group from now on,
    (upgrades) a group;
    and by Telegram itself, for the next message to a chat: (page) of a proxy, (restart) after it was sent.
"""

from __future__ import annotations

import asyncio
import re
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

import bot as package
from tests.bot.phone import Mark, Shown
from tests.bot.stages.telegram import TelegramStage, a_stage

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator

    from tests.bot.living import Event
    from tests.bot.stage import Bot
    from tests.loopback.telegram import Button, Chat, Content, Message, Person, Press

OURS: Final = str(Path(package.__file__).parent)
CHAT: Final = re.compile(
    r"@ (?P<name>\w+) is a (?P<kind>group|supergroup|channel) of (?P<people>[\w*, ]+?)(?: with (?P<topics>[\w, ]+))?"
)
VERB: Final = re.compile(r"\((?P<verb>[^)]+)\)\s*(?P<rest>.*)")
BUTTON: Final = re.compile(r"\[(.+)\]")
WRAPPED: Final = {
    "bold": ("**", "**"),
    "italic": ("_", "_"),
    "code": ("`", "`"),
    "date_time": ("<", ">"),
    "blockquote": ("“", "”"),
}
GENERAL: Final = "(general)"


@dataclass(frozen=True)
class Actor:
    """Somebody in a chat, and in one of its topics."""

    person: Person
    chat: Chat
    topic: int | None = None


@dataclass
class TelegramPhones:
    """Everybody's phone."""

    stage: TelegramStage
    people: dict[str, Person] = field(default_factory=dict)
    chats: dict[str, Chat] = field(default_factory=dict)
    topics: dict[tuple[int, int], str] = field(default_factory=dict)
    written: dict[tuple[int, int], Message] = field(default_factory=dict)
    """What each wrote last in each chat."""
    presses: list[tuple[Actor, Press]] = field(default_factory=list)
    happened: list[Shown] = field(default_factory=list)
    _seen: dict[tuple[int, int], Content | None] = field(default_factory=dict)
    """What is known of each message; None if it was deleted."""

    @property
    def carrier(self) -> object:
        return self.stage.carrier

    @property
    def operator(self) -> str:
        return f"telegram:{self.people['boss'].id}"

    # What people do

    async def act(self, event: Event) -> None:
        who, does = event.who, event.does
        verb, pressed = VERB.fullmatch(does), BUTTON.fullmatch(does)
        if who.startswith("Telegram"):
            assert verb is not None
            self._trouble(self._chat(who.partition("@")[2].strip()), verb["verb"])
            return
        actor = self._actor(who)
        if verb is not None:
            await self._do(actor, verb["verb"], verb["rest"])
        elif pressed is not None:
            await self._press(actor, pressed[1])
        else:
            await self._say(actor, does)

    def _actor(self, who: str) -> Actor:
        name, _, place = map(str.strip, who.partition("@"))
        person = self.people[name]
        if not place:
            return Actor(person, person.private)
        chat, _, topic = place.partition("/")
        number = next((number for (_, number), title in self.topics.items() if title == topic), None)
        return Actor(person, self._chat(chat), number)

    def _chat(self, name: str) -> Chat:
        return self.chats[name] if name in self.chats else self.people[name].private

    async def _say(
        self, actor: Actor, line: str, *, html: bool = False, anonymous: bool = False, below: Message | None = None
    ) -> None:
        """Write a line, in the input field that a client opens for the answer to a question."""
        last = self._last(actor)
        below = last if below is None and last is not None and last.force_reply else below
        self.written[actor.person.id, actor.chat.id] = await actor.person.say(
            line, actor.chat, reply_to=below, topic=actor.topic, html=html, anonymous=anonymous
        )

    @staticmethod
    def _last(actor: Actor) -> Message | None:
        """The bot's last message there."""
        return next((one for one in reversed(actor.chat.sent) if one.topic == actor.topic), None)

    async def _press(self, actor: Actor, label: str) -> None:
        message, button = self._with_button(actor, label)
        if button.data is not None:
            self.presses.append((actor, await actor.person.press(message, button.label)))
            self._happens(actor, f"{actor.person.name} presses [{button.label}]")
            return
        self._happens(actor, f"{actor.person.name} presses [{button.label}]: {button.url or button.copied}")
        if button.url is not None and "?start=" in button.url:
            await actor.person.follow(button.url)

    def _with_button(self, actor: Actor, label: str) -> tuple[Message, Button]:
        for message in reversed(actor.chat.sent):
            for button in message.buttons:
                if button.label.startswith(label) and actor.topic in (None, message.topic):
                    return message, button
        raise AssertionError(f"{actor.person.name} sees no [{label}] in {actor.chat.title}")

    async def _do(self, actor: Actor, verb: str, rest: str) -> None:
        person, chat = actor.person, actor.chat
        word, _, more = verb.partition(" ")
        link = f"https://t.me/{self.stage.server.state.username}?start={rest}"
        speaking: dict[str, Callable[[], Awaitable[object]]] = {
            "html": lambda: self._say(actor, rest, html=True),
            "anonymous": lambda: self._say(actor, rest, anonymous=True),
            "replies": lambda: self._say(actor, rest, below=self._last(actor)),
            "edits": lambda: person.edit(self.written[person.id, chat.id], rest),
            "photo": lambda: person.show("photo", chat, caption=rest),
            "file": lambda: person.send(more, rest.encode(), chat),
            "pastes": lambda: self._say(actor, rest.replace("; ", "\n")),
            "follows": lambda: person.follow(link),
        }
        if word in speaking:
            await speaking[word]()
            return
        changing: dict[str, Callable[[], object]] = {
            "joins": lambda: chat.join(person),
            "leaves": lambda: chat.leave(person),
            "hides": lambda: self._hide(actor, more),
            "blocks": person.block,
            "unblocks": person.unblock,
            "adds": lambda: chat.add_bot(person),
            "removes": lambda: chat.remove_bot(person),
            "makes": lambda: chat.promote(self.stage.server.bot),
            "opens": lambda: self._open(chat, more),
            "closes": lambda: chat.close_topic(self._topic(more)),
            "deletes": lambda: chat.delete_topic(self._topic(more)),
            "upgrades": lambda: self._upgrade(actor),
        }
        self._happens(actor, f"{person.name} {verb}")
        changing[word]()

    def _topic(self, name: str) -> int:
        return next(number for (_, number), title in self.topics.items() if title == name)

    def _open(self, chat: Chat, name: str) -> None:
        self.topics[chat.id, chat.open_topic()] = name

    @staticmethod
    def _hide(actor: Actor, what: str) -> None:
        """Hide the members of a group, also its admins, or oneself as an anonymous admin."""
        if what in ("members", "admins"):
            actor.chat.hides_members, actor.chat.hides_admins = True, what == "admins"
        else:
            actor.chat.anonymous.add(actor.person.id)

    def _upgrade(self, actor: Actor) -> None:
        name = next(name for name, chat in self.chats.items() if chat is actor.chat)
        self.chats[name] = actor.chat.migrate(actor.person)

    def _trouble(self, chat: Chat, what: str) -> None:
        """Something goes wrong with the next message to a chat."""
        faults = self.stage.server.faults
        if what == "page":
            faults.block(method="sendMessage", chat=chat)
        else:
            faults.fail_after(what, method="sendMessage", chat=chat)

    def _happens(self, actor: Actor, what: str) -> None:
        self.happened.append(Shown(self.stage.bot.clock.now(), self._title(actor.chat, actor.topic), f"— {what} —"))

    # What the phones show

    async def settle(self) -> None:
        """A message that is under way is waited for, also one that the bot sends beside its answers."""
        while True:
            await self.stage.server.settled()
            if not (working := self._working()):
                break
            await asyncio.wait(working)

    def _working(self) -> set[asyncio.Task[object]]:
        """The bot's own tasks, besides the platform itself."""
        lasting = {asyncio.current_task(), self.stage.running}
        return {task for task in asyncio.all_tasks() - lasting if _code_of(task).startswith(OURS)}

    def news(self) -> list[Shown]:
        found = [*self.happened, *(shown for chat in list(self._everywhere()) for shown in self._new_in(chat))]
        found += [self._answer(actor, press) for actor, press in self.presses if _says_something(press)]
        self.happened.clear()
        self.presses.clear()
        return found

    def _everywhere(self) -> Iterator[Chat]:
        yield from (person.private for person in self.people.values())
        yield from self.chats.values()

    def _new_in(self, chat: Chat) -> Iterator[Shown]:
        for message in chat.messages:
            key, now = (chat.id, message.id), None if message.deleted else message.content
            if message.service or (key in self._seen and self._seen[key] == now):
                continue
            edited = key in self._seen
            self._seen[key] = now
            yield self._shown(message, edited=edited)

    def _shown(self, message: Message, *, edited: bool) -> Shown:
        is_bots = message.sender is self.stage.server.bot
        name = self._name(message) if not is_bots else "Bot"
        if message.deleted:
            where = self._title(message.chat, message.topic)
            return Shown(self.stage.bot.clock.now(), where, f"— {name} deletes “{message.text[:30]}…” —")
        files = [f"{one.name}, {len(one.data)} bytes" for one in (message.document, message.photo) if one is not None]
        under = message.content.under
        return Shown(
            (message.edited_at or message.date) if edited else message.date,
            self._title(message.chat, message.topic),
            f"{name} (edited)" if edited else name,
            message.text,
            tuple(_marks(message)) if is_bots else (),
            tuple(files),
            tuple(tuple(_label(button) for button in row) for row in under.rows),
            under.placeholder if under.force_reply else None,
        )

    @staticmethod
    def _name(message: Message) -> str:
        if message.anonymous or message.chat.is_channel:
            return message.chat.title
        return message.sender.name

    def _title(self, chat: Chat, topic: int | None) -> str:
        if chat.person is not None:
            return f"{chat.person.name}, in private"
        return chat.title if topic is None else f"{chat.title}, topic {self.topics.get((chat.id, topic), GENERAL)}"

    def _answer(self, actor: Actor, press: Press) -> Shown:
        """What only the one who pressed sees."""
        chat, over = (
            self._title(press.message.chat, press.message.topic),
            f"over the chat, to {actor.person.name} alone",
        )
        if press.answer is None:
            return Shown(press.at, chat, over, "(the button never rests)")
        shown = press.answer
        how = "" if shown.show_alert or shown.url else "(fades) "
        return Shown(press.at, chat, over, how + (shown.text or f"opens {shown.url}"))


def _says_something(press: Press) -> bool:
    return press.answer is None or bool(press.answer.text or press.answer.url)


def _code_of(task: asyncio.Task[object]) -> str:
    coroutine = task.get_coro()
    return str(coroutine.cr_code.co_filename) if hasattr(coroutine, "cr_code") else ""


def _label(button: Button) -> str:
    return f"{button.label} ↗" if button.url else f"{button.label} ⧉" if button.copied else button.label


def _marks(message: Message) -> Iterator[Mark]:
    """Entities are counted in UTF-16 units."""
    encoded = message.text.encode("utf-16-le")

    def place(units: int) -> int:
        return len(encoded[: 2 * units].decode("utf-16-le"))

    for entity in message.entities:
        start, end = place(entity["offset"]), place(entity["offset"] + entity["length"])
        if entity["type"] == "text_link":
            yield Mark(start, end, "[", f"]({entity['url']})")
        elif entity["type"] == "text_mention":
            yield Mark(start, end, "@", "")
        else:
            yield Mark(start, end, *WRAPPED.get(entity["type"], (f"<{entity['type']}>", "</>")))


@asynccontextmanager
async def open_phones(bot: Bot, people: str) -> AsyncGenerator[TelegramPhones]:
    """Everybody of a script, and its chats; the bot is in none of these yet."""
    async with a_stage(bot) as stage:
        phones = TelegramPhones(stage)
        lines = [found for line in people.splitlines() if (found := CHAT.fullmatch(line.strip()))]
        names = sorted({*_names_in(people), *(name.strip("* ") for one in lines for name in one["people"].split(","))})
        for name in names:
            phones.people[name] = stage.server.user(name, language_code="en")
        bot.operators.add(phones.operator)
        for one in lines:
            _open_chat(phones, one)
        await stage.start()
        yield phones


def _names_in(people: str) -> Iterator[str]:
    for line in people.splitlines():
        if line.strip() and line[0] not in "#@":
            name = line.split("|")[1].partition("@")[0].strip()
            if name != "Telegram":
                yield name


def _open_chat(phones: TelegramPhones, one: re.Match[str]) -> None:
    names = [name.strip() for name in one["people"].split(",")]
    admins = [phones.people[name.rstrip("*")] for name in names if name.endswith("*")]
    members = [phones.people[name] for name in names if not name.endswith("*")]
    server = phones.stage.server
    making = {"group": server.group, "supergroup": server.supergroup, "channel": server.channel}
    chat = making[one["kind"]](one["name"], admins=admins, members=members, bot=False)
    phones.chats[one["name"]] = chat
    for topic in (one["topics"] or "").split(", "):
        if topic:
            phones.topics[chat.id, chat.open_topic()] = topic
