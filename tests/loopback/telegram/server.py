"""The server as a test holds it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal, TypeVar

from aiohttp import web

from tests.loopback.telegram.door import Door
from tests.loopback.telegram.limits import SystemClock
from tests.loopback.telegram.state import State
from tests.loopback.travel import Travel
from tests.patience import PATIENCE

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterator, Sequence
    from typing import Self

    from tests.loopback.telegram.chats import Chat, Kind, Status, User
    from tests.loopback.telegram.faults import Faults
    from tests.loopback.telegram.limits import Clock, Limits
    from tests.loopback.telegram.people import Person
    from tests.loopback.telegram.state import Call
    from tests.loopback.telegram.updates import Updates
    from tests.loopback.telegram.webhook import Webhook
    from tests.loopback.telegram.wire import Json

T = TypeVar("T")
TOKEN = "4242:loopback-token"


class TelegramServer:
    """`async with TelegramServer() as server: ...`, or `start` and `stop`, also several times over."""

    def __init__(
        self,
        *,
        clock: Clock | None = None,
        token: str = TOKEN,
        username: str = "connects_bot",
        privacy: bool = True,
    ) -> None:
        self.state = State(clock or SystemClock(), token, username, privacy)
        self.travel = Travel()
        self._runner: web.AppRunner | None = None
        self._port = 0

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listen; after a `stop`, at the same address as before."""
        application = Door(self.state).application(self.travel)
        self._runner = web.AppRunner(
            application, access_log=None, handler_cancellation=True, shutdown_timeout=1.0, handle_signals=False
        )
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        self._port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        self.faults.clear()
        self.updates.end_poll("close")
        if self.state.webhook:
            await self.state.webhook.stop()
        if self._runner:
            await self._runner.cleanup()
        self._runner = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    @property
    def base_url(self) -> str:
        return f"{self.url}/bot"

    @property
    def base_file_url(self) -> str:
        return f"{self.url}/file/bot"

    @property
    def token(self) -> str:
        return self.state.token

    @property
    def bot(self) -> User:
        return self.state.bot

    @property
    def clock(self) -> Clock:
        return self.state.clock

    @property
    def faults(self) -> Faults:
        return self.state.faults

    @property
    def limits(self) -> Limits:
        return self.state.limits

    @property
    def updates(self) -> Updates:
        return self.state.updates

    @property
    def webhook(self) -> Webhook | None:
        return self.state.webhook

    @property
    def log(self) -> list[Call]:
        """Every request with a valid token, in order."""
        return self.state.log

    def user(
        self,
        name: str,
        *,
        user_id: int | None = None,
        username: str | None = None,
        language_code: str | None = None,
        started: bool = False,
    ) -> Person:
        """Somebody. Until they write to the bot in private it cannot write to them, unless `started`."""
        person = self.state.open_user(name, user_id, username, language_code)
        person.private.started = started
        return person

    def group(
        self,
        title: str,
        *,
        admins: Sequence[Person] = (),
        members: Sequence[Person] = (),
        bot: bool = True,
        chat_id: int | None = None,
    ) -> Chat:
        """A group in which the bot already is, unless bot=False; its first admin has created it."""
        return self._group(title, "group", admins, members, bot=bot, chat_id=chat_id)

    def supergroup(
        self,
        title: str,
        *,
        admins: Sequence[Person] = (),
        members: Sequence[Person] = (),
        bot: bool = True,
        chat_id: int | None = None,
    ) -> Chat:
        return self._group(title, "supergroup", admins, members, bot=bot, chat_id=chat_id)

    def channel(
        self, title: str, *, admins: Sequence[Person] = (), members: Sequence[Person] = (), bot: bool = True
    ) -> Chat:
        """A channel, in which only admins write, and as the channel itself; the bot is one of them."""
        chat = self._group(title, "channel", admins, members, bot=False, chat_id=None)
        if bot:
            chat.members[self.bot.id] = "administrator"
        return chat

    def _group(
        self,
        title: str,
        kind: Kind,
        admins: Sequence[Person],
        members: Sequence[Person],
        *,
        bot: bool,
        chat_id: int | None,
    ) -> Chat:
        inside: dict[int, Status] = {one.id: "member" for one in members}
        inside |= {one.id: "administrator" if place else "creator" for place, one in enumerate(admins)}
        if bot:
            inside[self.bot.id] = "member"
        return self.state.open_group(title, kind, members=inside, chat_id=chat_id)

    @contextmanager
    def deliver_twice(self, how: Literal["same update", "new update"] = "same update") -> Iterator[None]:
        """What is said or pressed in this block comes twice: under the same update_id, or in an update of its own."""
        self.updates.twice = how
        try:
            yield
        finally:
            self.updates.twice = None

    def push_unknown(self, kind: str = "hologram", content: Json | None = None) -> int:
        """An update of a kind that the library has never heard of."""
        update_id = self.updates.push(kind, content or {"depth": 3}, 0)
        if update_id is None:
            raise ValueError(f"{kind} is a kind that the bot did not ask for")
        return update_id

    def commands(self, scope: str = "default", language: str = "") -> dict[str, str]:
        """The menu of a scope ("default", "all_private_chats", "chat -4001", ...): names and descriptions."""
        return {one["command"]: one["description"] for one in self.state.commands.get((scope, language), [])}

    def calls(self, method: str, chat: Chat | None = None) -> list[Call]:
        return [one for one in self.log if one.method == method and (chat is None or one.chat_id == chat.id)]

    def count(self) -> Counter[str]:
        """How often each method was called."""
        return self.state.counted()

    @property
    def too_many(self) -> int:
        """How many calls were answered with 429."""
        return sum(one.status == 429 for one in self.log)

    async def called(
        self, method: str, times: int = 1, chat: Chat | None = None, patience: float = PATIENCE
    ) -> list[Call]:
        """Until a method has been called and answered so many times in all."""

        def answered() -> list[Call] | None:
            found = [one for one in self.calls(method, chat) if one.status is not None]
            return found if len(found) >= times else None

        return await self.until(answered, f"{times} x {method}", patience)

    async def settled(self, patience: float = PATIENCE) -> None:
        """Until every update has been received and every call answered. What the bot still thinks about is not known
        here: await its message, its answer or its call."""
        await self.until(lambda: self.state.is_quiet, "all updates to be received", patience)

    async def until(self, probe: Callable[[], T | None], what: str, patience: float = PATIENCE) -> T:
        """Until a condition holds; it is looked at after everything that happens here."""
        return await self.state.pulse.until(probe, what, patience)
