"""The bot on Discord: the real library against the loopback server, and people who see only what Discord shows."""

from __future__ import annotations

import asyncio
import re
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pydantic import SecretStr

from bot.command.declaration import UnfitError
from bot.commands import by_name
from bot.options.choice import Choice
from bot.options.numbers import Whole
from bot.options.place import Place
from bot.options.text import Text
from bot.platforms.discord import DiscordPlatform
from bot.reading.parser import words_of
from core.delivery.notice import Target
from core.wallets.people import ChatRef
from tests.bot.stage import Heard
from tests.loopback.discord import CALLBACK, MANAGE_GUILD, POST_MESSAGE, DiscordServer, Interaction
from tests.patience import PATIENCE

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable

    from bot.command.declaration import Option
    from tests.bot.stage import Bot, Stage
    from tests.clock import TestClock
    from tests.loopback.discord import Chat, Guild, Modal, Person, Shown

MARKUP = re.compile(r"\\([^0-9A-Za-z\s])|<(https?://[^>]+)>|\*\*|^-# |<t:(\d+):F> \(<t:\d+:R>\)", re.MULTILINE)


@dataclass(frozen=True)
class Settings:
    discord_token: SecretStr
    discord_api_url: str
    discord_gateway_url: str
    discord_operator_commands: frozenset[str] = frozenset()


@dataclass
class Hand:
    """The server's clock, driven by the bot's."""

    clock: TestClock

    def now(self) -> float:
        return self.clock.now().timestamp()


def plain(text: str) -> str:
    """The text that a person in UTC sees, without markdown."""
    return MARKUP.sub(_shown, text)


def _shown(found: re.Match[str]) -> str:
    if found[3]:
        return f"{datetime.fromtimestamp(int(found[3]), UTC):%b %-d, %Y %H:%M UTC}"
    return found[1] or found[2] or ""


def labels_of(shown: Shown) -> list[str]:
    """What can be pressed, whether it is a button or a choice of a menu, in the order in which it stands there."""
    menus = [label for select in shown.selects for label in select.options]
    return [*menus, *shown.labels]


def settings_of(
    server: DiscordServer, token: str | None = None, operators_at: frozenset[str] = frozenset()
) -> Settings:
    return Settings(SecretStr(token or server.token), server.api_url, server.gateway.url, operators_at)


def filled(line: str, guild: Guild | None = None) -> tuple[str, dict[str, object]] | None:
    """A line as a slash command that Discord's client would accept; None if it is none."""
    name, _, rest = line.lstrip("/").partition(" ")
    command = by_name().get(name.casefold())
    if command is None or (command.hidden and guild is None):
        return None
    try:
        words = words_of(command, rest)
        values = {option: native(command.option(option), text, guild) for option, text in words.items()}
    except (UnfitError, KeyError):
        return None
    if any(command.option(name).kind.hidden for name in values):
        return None
    if any(option.required and option.name not in values for option in command.options):
        return None
    return command.name, values


def native(option: Option, words: str, guild: Guild | None = None) -> object:
    """A value as a client sends it; KeyError if there is no such channel to pick."""
    match option.kind:
        case Place():
            return ({} if guild is None else guild.chats)[words.lstrip("#")]
        case Whole() | Choice() | Text():
            value = option.kind.read(words)
            return int(value) if isinstance(value, int) else str(value)
        case _:
            return words


@dataclass
class DiscordPlayer:
    server: DiscordServer
    person: Person
    chat: Chat
    form: Modal | None = None
    shown: list[Shown] = field(default_factory=list)
    acted: Interaction | None = None
    """What was done last, if that was no message."""

    async def say(self, line: str) -> Heard:
        return await self._read(await self._act(line))

    async def hand(self, name: str, content: bytes, caption: str = "") -> Heard:
        """Attach a file to a direct message or, in a server, to `/import`, as only slash commands are read there."""
        if self.chat.guild is not None:
            return await self._read(await self.person.slash(self.chat, caption.lstrip("/"), page=(name, content)))
        return await self._read(await self.person.say(self.chat, caption, (name, content)))

    async def paste(self, text: str, shows: str = "") -> Heard:  # noqa: ARG002 - the first answer is the last
        """A long text is sent as a file."""
        return await self._read(await self.person.say(self.chat, text))

    async def paste_more(self, text: str, shows: str) -> Heard:
        await self.person.say(self.chat, text)
        await self.server.until(lambda: shows in self.heard(self.shown[-1].now()).text, shows)
        return self.heard(self.shown[-1].now())

    async def read_later(self, shows: str) -> Heard:
        """It stands in a message that was read before, or in one of its own."""

        def showing() -> Shown | None:
            known = [one.now() for one in self.shown]
            return next((one for one in (*known, *self.chat.unread) if shows in plain(one.text)), None)

        return self._take(await self.server.until(showing, shows))

    async def press(self, label: str) -> Heard:
        return await self._read(await self._press(label))

    async def act(self, act: Interaction) -> Heard:
        """Whatever else somebody did, such as choosing from the menu of a message."""
        return await self._read(act)

    async def say_twice(self, line: str) -> tuple[Heard, Heard]:
        act = await self._act(line)
        self.server.deliver_again(act)
        first = await self._read(act)
        await self.server.until(self._answered_twice(act), "two answers to one message")
        return first, self.heard(self.shown[-1].now())

    async def press_twice(self, label: str) -> tuple[Heard, Heard]:
        message = self._message_with(label)
        first = await self._read(await self._press(label, message))
        return first, await self._read(await self._press(label, message))

    @property
    def target(self) -> Target:
        guild = self.chat.guild
        if guild is None:
            return Target("discord", str(self.person.id), direct=True)
        return Target("discord", str(guild.id), place=str(self.chat.id))

    async def read(self) -> Heard:
        return self._take(await self.chat.next_message())

    async def read_again(self) -> Heard:
        return self.heard(self.shown[-1].now())

    async def read_rest(self) -> Heard:
        """Read what follows the latest answer, which nobody else sees."""
        assert self.acted is not None
        return self._take(await self.acted.followup())

    async def _act(self, line: str) -> Interaction | Shown:
        """Submit the open form if there is one; otherwise use a slash command, or send a direct message."""
        form, self.form = self.form, None
        if form is not None and not line.startswith("/"):
            return await self.person.submit(form, {form.fields[0].label: line})
        wish = filled(line, self.chat.guild)
        if wish is not None:
            return await self.person.slash(self.chat, wish[0], **wish[1])
        assert self.chat.guild is None, f"nobody can say {line!r} to the bot in a server"
        return await self.person.say(self.chat, line)

    async def _press(self, label: str, message: Shown | None = None) -> Interaction:
        self.form = None
        on = message or self._message_with(label)
        full = next(name for name in labels_of(on) if name.startswith(label))
        return await (self.person.press(on, full) if full in on.labels else self.person.choose(on, full))

    def _message_with(self, label: str) -> Shown:
        now = (shown.now() for shown in reversed(self.shown))
        found = next((one for one in now if any(name.startswith(label) for name in labels_of(one))), None)
        assert found is not None, f"no button {label!r} stands anywhere"
        return found

    def _answered_twice(self, act: Interaction | Shown) -> Callable[[], bool]:
        number = getattr(act, "id", None)
        route = POST_MESSAGE if number is None else CALLBACK

        def look() -> bool:
            calls = [call for call in self.server.requests.to(route) if call.status is not None]
            return sum(number is None or call.params["interaction_id"] == str(number) for call in calls) >= 2

        return look

    async def _read(self, act: Interaction | Shown) -> Heard:
        self.acted = act if isinstance(act, Interaction) else None
        return self._take(await (self.chat.next_message() if self.acted is None else self.acted.answer()))

    def _take(self, shown: Shown) -> Heard:
        if shown.modal is not None:
            self.form = shown.modal
            return Heard(self.form_text(shown.modal))
        if shown.message not in [one.message for one in self.shown]:
            self.shown.append(shown)
        return self.heard(shown)

    def heard(self, shown: Shown) -> Heard:
        files = {file.name: file.data for file in shown.files}
        return Heard(plain(shown.text), tuple(labels_of(shown)), files)

    def form_text(self, form: Modal) -> str:
        opened = self.server.requests.to(CALLBACK)[-1].body["data"]["components"]
        above = [plain(row["content"]) for row in opened if "content" in row]
        return "\n".join([*above, form.title, *(f"{one.label} {one.placeholder}" for one in form.fields)])


@dataclass
class DiscordStage:
    bot: Bot
    server: DiscordServer
    patience: float = PATIENCE
    """Answers are deferred in the tests that are about it; a slow machine must not change what is seen elsewhere."""
    people: dict[str, Person] = field(default_factory=dict)
    guilds: dict[str, Guild] = field(default_factory=dict)
    players: dict[tuple[str, str], DiscordPlayer] = field(default_factory=dict)
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    running: asyncio.Task[None] | None = None
    platform: DiscordPlatform | None = None
    operators_at: frozenset[str] = frozenset()
    """Where operators' commands are offered, from the next start on."""

    @property
    def carrier(self) -> DiscordPlatform:
        assert self.platform is not None
        return self.platform

    async def person(self, name: str) -> DiscordPlayer:
        somebody = self._somebody(name)
        return self.players.setdefault((name, ""), DiscordPlayer(self.server, somebody, somebody.dm))

    async def member(self, name: str, group: str, *, admin: bool = False) -> DiscordPlayer:
        guild = await self._guild(group)
        somebody = self._somebody(name)
        guild.add(somebody, roles=(guild.role("Lead", MANAGE_GUILD),) if admin else ())
        player = DiscordPlayer(self.server, somebody, guild.channel("general"))
        return self.players.setdefault((name, group), player)

    async def guest(self, name: str, group: str) -> DiscordPlayer:
        """Somebody on a server without the bot, who has installed it for themselves."""
        if group not in self.guilds:
            self.guilds[group] = self.server.elsewhere(group)
        guild, somebody = self.guilds[group], self._somebody(name)
        guild.add(somebody)
        somebody.install()
        return self.players.setdefault((name, group), DiscordPlayer(self.server, somebody, guild.channel("general")))

    async def among(self, name: str, *others: str) -> DiscordPlayer:
        """Somebody who has installed the bot, in a private chat with others."""
        people = [self._somebody(one) for one in (name, *others)]
        people[0].install()
        return DiscordPlayer(self.server, people[0], self.server.among(*people))

    async def restart(self) -> None:
        await self.close()
        await self.start()

    async def start(self) -> None:
        self.stop = asyncio.Event()
        settings = settings_of(self.server, operators_at=self.operators_at)
        self.platform = DiscordPlatform(
            settings, self.bot.desk, self.bot.store, patience=self.patience, clock=self.bot.clock
        )
        self.running = asyncio.create_task(self.platform.run(self.stop))
        await self.server.gateway.connected()

    async def close(self) -> None:
        self.stop.set()
        if self.running is not None:
            await self.running
        await self.server.gateway.disconnected()

    def _somebody(self, name: str) -> Person:
        if name not in self.people:
            self.people[name] = self.server.person(name)
        return self.people[name]

    async def _guild(self, name: str) -> Guild:
        """A server that has been greeted, so that a test sees only its own messages.

        It shows every command to all its members, so that the bot's own refusals are seen.
        """
        if name not in self.guilds:
            self.guilds[name] = self.server.guild(name)
            self.guilds[name].offers_all = True
            await self.bot.store.notes.put_note(f"greeted:discord:{self.guilds[name].id}", "", None)
            self.guilds[name].invite_bot()
        return self.guilds[name]


@asynccontextmanager
async def discord_stage(bot: Bot, *, patience: float = PATIENCE) -> AsyncGenerator[DiscordStage]:
    """The stage with its server, for tests of this platform alone."""
    async with DiscordServer(clock=Hand(bot.clock)) as server:
        stage = DiscordStage(bot, server, patience)
        await stage.start()
        try:
            yield stage
        finally:
            await stage.close()


@asynccontextmanager
async def open_stage(bot: Bot) -> AsyncGenerator[Stage]:
    async with discord_stage(bot) as stage:
        yield stage


async def retired(stage: DiscordStage, chat: str) -> str | None:
    known = await stage.bot.store.people.chat(ChatRef("discord", chat))
    return None if known is None else known.retired


async def ready(stage: DiscordStage) -> None:
    """Wait until the platform has received every event that the gateway has sent."""
    bob = await stage.person("Bob")
    await bob.say("/help")


async def reconnected(stage: DiscordStage) -> None:
    """Let the same platform make a new connection, as the supervisor does when one is lost."""
    await stage.close()
    stage.stop = asyncio.Event()
    stage.running = asyncio.create_task(stage.carrier.run(stage.stop))
    await stage.server.gateway.connected()
    await ready(stage)
