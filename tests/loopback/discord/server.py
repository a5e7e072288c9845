"""The whole server: REST, gateway and people on one port of 127.0.0.1."""

# ruff: noqa: ASYNC109 - a timeout here bounds a failure, and tests name it at the call

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Self, TypeVar

from aiohttp import web

from tests.loopback.discord.check_commands import LOCALES
from tests.loopback.discord.clock import Clock, ManualClock, Snowflakes
from tests.loopback.discord.gateway import Gateway
from tests.loopback.discord.library import pointed_at
from tests.loopback.discord.messages import User
from tests.loopback.discord.people import Person
from tests.loopback.discord.pulse import Pulse
from tests.loopback.discord.rest import BASE, Rest
from tests.loopback.discord.shown import Shown, show
from tests.loopback.discord.state import State
from tests.loopback.discord.wire import NOT_FOUND
from tests.loopback.discord.wishes import ImpossibleError
from tests.loopback.discord.world import Chat, Guild
from tests.loopback.travel import Travel
from tests.patience import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.loopback.discord.interactions import Interaction

T = TypeVar("T")
TOKEN = "loopback-bot-token"
FORM_LIMIT = 64 * 1024 * 1024


class DiscordServer:
    """`async with DiscordServer() as server:` starts it and points discord.py at it."""

    def __init__(self, *, clock: Clock | None = None, token: str = TOKEN, shards: int = 1) -> None:
        self.manual_clock = ManualClock()
        """Stands still until `server.manual_clock.advance(seconds)`, unless the server was given another clock."""
        self.clock: Clock = clock or self.manual_clock
        self.token = token
        ids = Snowflakes(self.clock)
        self.gateway = Gateway()
        self.pulse = Pulse()
        self.bot = User(ids.make(), "Connects", is_bot=True)
        owner = User(ids.make(), "Owner of the bot")
        self.state = State(
            clock=self.clock,
            ids=ids,
            pulse=self.pulse,
            announce=self.gateway.announce,
            chats={},
            token=token,
            bot=self.bot,
            application_id=self.bot.id,
            owner=owner,
            users={self.bot.id: self.bot, owner.id: owner},
            shards=shards,
        )
        self.gateway.attach(self.state)
        rest = Rest(self.state)
        self.requests = rest.log
        self.faults = rest.faults
        self.limits = rest.limits
        self.invalid = rest.invalid
        """The answers of 401, 403 and 429; `invalid.limit` of them in ten minutes get the bot banned."""
        self.rate_limited = rest.rate_limited
        self.commands = self.state.commands
        self.travel = Travel()
        self._runner = web.AppRunner(self._application(rest), shutdown_timeout=1.0, access_log=None)
        self._pointed = ExitStack()
        self.api_url = ""

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        port = self._runner.addresses[0][1]
        self.api_url = f"http://127.0.0.1:{port}{BASE}"
        self.gateway.url = self.state.gateway_url = f"ws://127.0.0.1:{port}/gateway/"
        self.state.cdn_url = f"http://127.0.0.1:{port}/attachments"
        self._pointed.enter_context(pointed_at(self.api_url, self.gateway.url))
        return self

    async def __aexit__(self, *_: object) -> None:
        self._pointed.close()
        await self.gateway.close()
        await self._runner.cleanup()

    def person(self, name: str, *, locale: str = "en-US", blocks_dms: bool = False) -> Person:
        _check_locale(locale)
        person = Person(self.state.ids.make(), name, locale, blocks_dms=blocks_dms, state=self.state)
        self.state.users[person.id] = person
        return person

    def guild(self, name: str, *, owner: User | None = None, locale: str = "en-US") -> Guild:
        """A guild with the bot in it, and a channel `general`."""
        _check_locale(locale)
        guild = Guild(name, owner or self.state.owner, self.bot, self.state, locale)
        self.state.guilds[guild.id] = guild
        guild.channel("general")
        return guild

    def elsewhere(self, name: str, owner: User | None = None) -> Guild:
        """A guild without the bot, and a channel `general`."""
        guild = Guild(name, owner or self.state.owner, self.bot, self.state, bot_in=False)
        self.state.guilds[guild.id] = guild
        guild.channel("general")
        return guild

    def among(self, *people: User) -> Chat:
        """Direct messages of people with each other; of three or more it is a group."""
        chat = Chat(self.state.ids.make(), "a private chat", self.pulse, people=people)
        self.state.chats[chat.id] = chat
        return chat

    def deliver_again(self, what: Shown | Interaction) -> None:
        """Send the same event through the gateway once more, unchanged."""
        original = what.message if isinstance(what, Shown) else what
        assert original is not None
        event, data, chat = self.state.events[original.id]
        self.gateway.announce(event, data, chat)

    def unfurl(self, shown: Shown, title: str) -> None:
        """Add the preview of a link to a message, some moments after it was written; nobody has edited it."""
        assert shown.message is not None
        message = shown.message
        message.embeds = [{"type": "link", "title": title, "url": "https://example.org/"}]
        self.state.tell("MESSAGE_UPDATE", message, self.state.chats[message.channel_id])
        self.pulse.beat()

    async def until(self, probe: Callable[[], T | None], what: str, timeout: float = PATIENCE) -> T:
        """Wait for anything else: probe is asked again whenever something happens on the server."""
        return await self.pulse.until(probe, what, timeout)

    async def commands_registered(self, timeout: float = PATIENCE) -> None:
        await self.until(lambda: self.commands.writes, "the bot to register its commands", timeout)

    def pinging(self) -> list[Shown]:
        """The bot's messages that would have pinged anybody."""
        ours = [message for message in self.state.messages if message.author.is_bot]
        return [show(message) for message in ours if message.pings]

    def _application(self, rest: Rest) -> web.Application:
        application = web.Application(client_max_size=FORM_LIMIT, middlewares=[self.travel.middleware])
        application.router.add_get("/gateway/", self.gateway.serve)
        application.router.add_get("/gateway/resume/", self.gateway.serve)
        application.router.add_get("/attachments/{attachment_id}/{name}", self._attachment)
        rest.add_routes(application.router)
        return application

    async def _attachment(self, request: web.Request) -> web.Response:
        stored = self.state.stored.get(int(request.match_info["attachment_id"]))
        return web.Response(status=NOT_FOUND[0]) if stored is None else web.Response(body=stored.data)


def _check_locale(locale: str) -> None:
    """Nobody's Discord is set to a language that it does not have."""
    if locale not in LOCALES:
        raise ImpossibleError(f"Discord has no locale {locale!r}")
