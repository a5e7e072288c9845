"""Phones with Discord, on the real client library and the loopback server.

A script begins with its chats. `@ Team is a server of Lea*, Bob with general, billing`: a star stands for the right
Manage Server, and the bot is not in it yet; its first channel is the one for the server's own messages.
`@ Trio is a chat of Ann, Bob, Kim`. Chats are named in the script as @Team/billing, @Team/THREAD or @Trio.
Then `(verbs)` are what a thumb does beside using a command, writing to the bot, and pressing a [Button]
or choosing from a [menu]:
    (looks) at the list of commands, (pastes) lines that are divided by semicolons,
    (says) a line to people, (fills) in the form that is open,
    (types COMMAND OPTION) the beginning of an option, (chooses COMMAND) from the menu of the message said last there,
    (edits) the line written last, (photo) with words or without, (file NAME) with what it holds, (large NAME) a file,
    (installs) the bot for oneself, (invites), (removes) the bot, (joins), (opens THREAD), (archives), (locks) the
    thread, (denies) the bot to send in a channel, (allows), (blocks) and (unblocks) direct messages;
and by Discord itself, for the next message to somebody: (page) of Cloudflare, (too fast) opening of direct messages.
"""

from __future__ import annotations

import asyncio
import re
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import bot as package
from tests.bot.phone import Shown
from tests.bot.phones.discord_screen import Screen, title_of
from tests.bot.stages.discord import DiscordStage, discord_stage, filled, labels_of
from tests.loopback.discord import EMBED_LINKS, MANAGE_GUILD, POST_MESSAGE, SEND_MESSAGES, SEND_MESSAGES_IN_THREADS
from tests.loopback.discord.library import discord
from tests.loopback.discord.shown import show

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator

    from tests.bot.living import Event
    from tests.bot.stage import Bot
    from tests.loopback.discord import Chat, Guild, Interaction, Modal, Person
    from tests.loopback.discord import Shown as Seen

OURS: Final = (str(Path(package.__file__).parent), str(Path(discord.__file__).parent))
CHAT: Final = re.compile(
    r"@ (?P<name>\w+) is a (?P<kind>server|chat) of (?P<people>[\w*, ]+?)(?: with (?P<channels>[\w, ]+))?"
)
VERB: Final = re.compile(r"\((?P<verb>[^)]+)\)\s*(?P<rest>.*)")
BUTTON: Final = re.compile(r"\[(.+)\]")
WRITING: Final = EMBED_LINKS | SEND_MESSAGES | SEND_MESSAGES_IN_THREADS
LARGE: Final = 300 * 1024
OPEN_DM: Final = "POST /users/@me/channels"


@dataclass(frozen=True)
class Actor:
    """Somebody in a chat."""

    person: Person
    chat: Chat


@dataclass
class DiscordPhones:
    """Everybody's phone."""

    stage: DiscordStage
    people: dict[str, Person] = field(default_factory=dict)
    guilds: dict[str, Guild] = field(default_factory=dict)
    chats: dict[str, Chat] = field(default_factory=dict)
    written: dict[tuple[int, int], Seen] = field(default_factory=dict)
    """What each wrote last in each chat."""
    forms: dict[int, Modal] = field(default_factory=dict)
    """What each has open."""
    acts: list[Interaction] = field(default_factory=list)
    happened: list[Shown] = field(default_factory=list)
    lasting: set[asyncio.Task[object]] = field(default_factory=set)
    arrived: int = 0
    """How many of the events have been handed to the bot for sure."""
    screen: Screen = field(init=False)

    def __post_init__(self) -> None:
        self.screen = Screen(self.stage.server, self.stage.bot.clock)

    @property
    def carrier(self) -> object:
        return self.stage.carrier

    @property
    def operator(self) -> str:
        return f"discord:{self.people['boss'].id}"

    # What people do

    async def act(self, event: Event) -> None:
        verb, pressed = VERB.fullmatch(event.does), BUTTON.fullmatch(event.does)
        if event.who.startswith("Discord"):
            assert verb is not None
            self._trouble(self.people[event.who.partition("@")[2].strip()], verb["verb"])
            return
        actor = self._actor(event.who)
        if verb is not None:
            await self._do(actor, verb["verb"], verb["rest"])
        elif pressed is not None:
            await self._press(actor, pressed[1])
        else:
            await self._say(actor, event.does)

    def _actor(self, who: str) -> Actor:
        name, _, place = map(str.strip, who.partition("@"))
        server, _, channel = place.partition("/")
        chat = self.people[name].dm if not place else self.chats.get(server)
        return Actor(self.people[name], chat or self.guilds[server].chats[channel])

    async def _say(self, actor: Actor, line: str) -> None:
        """Use a command, or write to the bot what is none."""
        wish = filled(line, actor.chat.guild) if line.startswith("/") else None
        if wish is None:
            assert actor.chat is actor.person.dm, f"nobody can say {line!r} to the bot in {actor.chat.name}"
            self.written[actor.person.id, actor.chat.id] = await actor.person.say(actor.chat, line)
            return
        command, values = wish
        await self._use(actor, command, **values)

    async def _use(self, actor: Actor, command: str, **values: object) -> None:
        given = [f"{name}:{_value(value)}" for name, value in values.items()]
        self._happens(actor, f"{actor.person.name} uses {' '.join((f'/{command}', *given))}")
        self.acts.append(await actor.person.slash(actor.chat, command, **values))

    async def _press(self, actor: Actor, label: str) -> None:
        message, full = self._with_label(actor, label)
        if full not in message.labels:
            self._happens(actor, f"{actor.person.name} chooses {full}")
            self.acts.append(await actor.person.choose(message, full))
            return
        self._happens(actor, f"{actor.person.name} presses [{full}]")
        if message.button(full).url is None:
            self.acts.append(await actor.person.press(message, full))

    def _with_label(self, actor: Actor, label: str) -> tuple[Seen, str]:
        for message in reversed(actor.chat.messages):
            if message.deleted or not self.screen.is_seen_by(message, actor.person):
                continue
            seen = show(message)
            for full in labels_of(seen):
                if full.startswith(label):
                    return seen, full
        raise AssertionError(f"{actor.person.name} sees no [{label}] in {title_of(actor.chat)}")

    async def _do(self, actor: Actor, verb: str, rest: str) -> None:
        word, _, more = verb.partition(" ")
        if (speaking := self._speaking(actor, word, more, rest)) is not None:
            await speaking
            return
        self._happens(actor, f"{actor.person.name} {verb}")
        self._changing(actor, more)[word]()

    def _speaking(self, actor: Actor, word: str, more: str, rest: str) -> Awaitable[None] | None:
        found: dict[str, Callable[[], Awaitable[None]]] = {
            "looks": lambda: self._look(actor),
            "says": lambda: self._write(actor, rest),
            "photo": lambda: self._write(actor, rest, ("one.png", b"png")),
            "file": lambda: self._write(actor, "", (more, rest.replace("; ", "\n").encode())),
            "large": lambda: self._write(actor, rest, (more, b"1,2\n" * (LARGE // 4))),
            "edits": lambda: actor.person.edit(self.written[actor.person.id, actor.chat.id], rest),
            "pastes": lambda: self._write(actor, rest.replace("; ", "\n")),
            "fills": lambda: self._fill(actor, rest),
            "types": lambda: self._type(actor, more, rest),
            "chooses": lambda: self._choose(actor, more),
        }
        return found[word]() if word in found else None

    def _changing(self, actor: Actor, more: str) -> dict[str, Callable[[], object]]:
        person, chat, guild = actor.person, actor.chat, actor.chat.guild
        own: dict[str, Callable[[], object]] = {
            "installs": person.install,
            "blocks": lambda: setattr(person, "blocks_dms", True),
            "unblocks": lambda: setattr(person, "blocks_dms", False),
        }
        if guild is None:
            return own
        return own | {
            "invites": guild.invite_bot,
            "removes": guild.kick_bot,
            "joins": lambda: guild.add(person),
            "opens": lambda: guild.thread(more, chat),
            "archives": lambda: guild.archive(chat.name),
            "locks": lambda: guild.archive(chat.name, locked=True),
            "denies": lambda: guild.deny_bot(chat.name, WRITING),
            "allows": lambda: guild.deny_bot(chat.name, 0),
        }

    async def _look(self, actor: Actor) -> None:
        offered = actor.person.menu(actor.chat).items()
        self._happens(actor, f"{actor.person.name} types /", "\n".join(f"/{name}: {about}" for name, about in offered))

    async def _write(self, actor: Actor, line: str, *files: tuple[str, bytes]) -> None:
        self.written[actor.person.id, actor.chat.id] = await actor.person.say(actor.chat, line, *files)

    async def _fill(self, actor: Actor, words: str) -> None:
        form = self.forms.pop(actor.person.id)
        self._happens(actor, f"{actor.person.name} writes “{words}” and submits")
        self.acts.append(await actor.person.submit(form, {form.fields[0].label: words}))

    async def _type(self, actor: Actor, what: str, words: str) -> None:
        command, _, option = what.partition(" ")
        values: dict[str, Any] = {option: words}
        offers = await actor.person.autocomplete(actor.chat, command, focused=option, **values)
        found = "\n".join(offer.name for offer in offers)
        self._happens(actor, f"{actor.person.name} types /{command} {option}:{words}", found)

    async def _choose(self, actor: Actor, command: str) -> None:
        said = next(one for one in reversed(actor.chat.messages) if not one.author.is_bot)
        self._happens(actor, f"{actor.person.name} chooses “{command}” for “{said.content[:40]}…”")
        self.acts.append(await actor.person.apply(command, show(said)))

    def _trouble(self, person: Person, what: str) -> None:
        """Something goes wrong with the next message to somebody."""
        faults = self.stage.server.faults
        if what == "page":
            faults.fail(403, route=POST_MESSAGE, chat=person.dm)
        else:
            faults.refuse(40003, route=OPEN_DM)

    def _happens(self, actor: Actor, what: str, text: str = "") -> None:
        self.happened.append(Shown(self.stage.bot.clock.now(), title_of(actor.chat), f"— {what} —", text))

    # What the phones show

    async def settle(self) -> None:
        """An event that was sent before another is handed to the bot before it: here, before somebody's typing."""
        sent = self.stage.server.gateway.events
        if sent != self.arrived:
            other = self.people[""]
            await other.autocomplete(other.dm, "spend", focused="title")
            self.arrived = sent + 1
        while working := self._working():
            await asyncio.wait(working)

    def _working(self) -> set[asyncio.Task[object]]:
        """The tasks of the bot and the library, besides those of the connection itself."""
        lasting = {asyncio.current_task(), *self.lasting}
        return {task for task in asyncio.all_tasks() - lasting if _code_of(task).startswith(OURS)}

    def news(self) -> list[Shown]:
        found = [*self.happened]
        for act in self.acts:
            if act.modal is not None:
                self.forms[act.user.id] = act.modal
                found.append(self.screen.form(act.modal))
            elif act.acknowledged is None:
                now, where = self.stage.bot.clock.now(), title_of(act.chat)
                found.append(Shown(now, where, f"Discord, to {act.user.name} alone", "The application did not respond"))
        self.happened.clear()
        self.acts.clear()
        return [*found, *self.screen.news()]


def _value(value: object) -> str:
    return f"#{value.name}" if hasattr(value, "name") else str(value)


def _code_of(task: asyncio.Task[object]) -> str:
    coroutine = task.get_coro()
    return str(coroutine.cr_code.co_filename) if hasattr(coroutine, "cr_code") else ""


@asynccontextmanager
async def open_phones(bot: Bot, people: str) -> AsyncGenerator[DiscordPhones]:
    """Everybody of a script, and its chats; the bot is in none of these yet."""
    async with discord_stage(bot) as stage:
        phones = DiscordPhones(stage)
        lines = [found for line in people.splitlines() if (found := CHAT.fullmatch(line.strip()))]
        named = (name.strip("* ") for one in lines for name in one["people"].split(","))
        for name in sorted({"", *_names_in(people), *named}):
            phones.people[name] = stage.server.person(name)
        bot.operators.add(phones.operator)
        for one in lines:
            _open_chat(phones, one)
        await stage.server.commands_registered()
        phones.lasting = asyncio.all_tasks()
        yield phones
        assert not stage.server.pinging(), "the bot must never mention anybody"


def _names_in(people: str) -> Iterator[str]:
    for line in people.splitlines():
        if line.strip() and line[0] not in "#@":
            name = line.split("|")[1].partition("@")[0].strip()
            if name != "Discord":
                yield name


def _open_chat(phones: DiscordPhones, one: re.Match[str]) -> None:
    server, names = phones.stage.server, [name.strip() for name in one["people"].split(",")]
    if one["kind"] == "chat":
        phones.chats[one["name"]] = server.among(*(phones.people[name] for name in names))
        return
    guild = phones.guilds[one["name"]] = server.elsewhere(one["name"])
    channels = [name.strip() for name in one["channels"].split(",")]
    for name in channels:
        guild.channel(name)
    guild.greet_in(channels[0])
    for name in names:
        roles = (guild.role("Manager", MANAGE_GUILD),) if name.endswith("*") else ()
        guild.add(phones.people[name.rstrip("*")], roles=roles)
