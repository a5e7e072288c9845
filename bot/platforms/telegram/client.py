"""Listens to Telegram, by polling or by webhook. Decides nothing."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import os
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeAlias
from urllib.parse import urlsplit

import structlog
from telegram import Update
from telegram.constants import UpdateType
from telegram.error import Conflict, InvalidToken, TelegramError
from telegram.ext import Application, TypeHandler
from telegram.request import HTTPXRequest

from bot.base.clock import SystemClock
from bot.base.waiting import first_of
from bot.delivery.carrier import NOT_CONNECTED
from bot.platforms.port import RejectedError
from bot.platforms.telegram.admins import AdminList
from bot.platforms.telegram.answers import AnswerSender
from bot.platforms.telegram.calls import Calls
from bot.platforms.telegram.incoming import NAME
from bot.platforms.telegram.library_logs import limit_library_logs
from bot.platforms.telegram.limits import Limits
from bot.platforms.telegram.menu import menus_of, register
from bot.platforms.telegram.messenger import Messenger
from bot.platforms.telegram.ordering import OrderedUpdates
from bot.platforms.telegram.polling import UpdatesRequest
from bot.platforms.telegram.update_handler import UpdateHandler
from bot.reply.parts import say
from bot.reply.words import FALLBACK, voice

if TYPE_CHECKING:
    from pydantic import SecretStr
    from telegram import Bot

    from bot.dispatch.desk import Desk
    from bot.platforms.telegram.calls import Pause
    from bot.reply.parts import Reply
    from bot.reply.words import Voice
    from core.delivery.notice import Target
    from core.delivery.outcome import Outcome
    from core.shared.ports import Clock, Notes

log = structlog.get_logger()

WANTED: Final = (
    UpdateType.MESSAGE,
    UpdateType.CHANNEL_POST,
    UpdateType.CALLBACK_QUERY,
    UpdateType.MY_CHAT_MEMBER,
)
READ_TIMEOUT: Final = 20.0  # an answer that comes later counts as lost and is not sent again

App: TypeAlias = Application[Any, Any, Any, Any, Any, Any]


class TelegramSettings(Protocol):
    """What must be known of the settings."""

    @property
    def telegram_token(self) -> SecretStr:
        """The bot's token."""
        ...

    @property
    def telegram_api_url(self) -> str:
        """Where the Bot API is, without `/bot`."""
        ...

    @property
    def telegram_webhook_url(self) -> str:
        """Where Telegram delivers updates (empty: they are polled)."""
        ...

    @property
    def telegram_webhook_listen(self) -> str:
        """The address to listen on."""
        ...

    @property
    def telegram_webhook_port(self) -> int:
        """The port to listen on."""
        ...

    @property
    def telegram_webhook_secret(self) -> SecretStr:
        """What Telegram proves itself with (empty: made of the token)."""
        ...


class TelegramPlatform:
    """The bot on Telegram."""

    name: Final = NAME
    idempotent: Final = False  # a message that is sent twice stands there twice

    def __init__(
        self,
        settings: TelegramSettings,
        desk: Desk,
        notes: Notes,
        *,
        clock: Clock | None = None,
        pause: Pause = asyncio.sleep,
    ) -> None:
        """Serve `desk`; keep in `notes` what was registered. Tests bring a clock, and pauses that take no time."""
        self._settings, self._desk, self._notes = settings, desk, notes
        self._clock, self._pause = clock or SystemClock(), pause
        self._messenger: Messenger | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop` is set, then finish the answers under way.

        Raises `RejectedError` where the token is refused at the start, and OSError or TelegramError where there is no
        connection at the start; later trouble is waited out by the library.
        """
        limit_library_logs()
        os.environ.setdefault("PTB_TIMEDELTA", "true")  # the library's own switch to its coming types
        ending, refused = asyncio.Event(), asyncio.Event()
        app, messenger = self._application(ending, refused)
        menu: asyncio.Task[None] | None = None
        try:
            await self._start(app)
            self._messenger = messenger
            menu = asyncio.create_task(self._register_menu(app.bot))
            await first_of(stop.wait(), refused.wait())
        finally:
            self._messenger = None
            ending.set()
            if menu is not None:
                menu.cancel()
                await asyncio.gather(menu, return_exceptions=True)
            await messenger.finish()
            await _close(app)
        if refused.is_set() and not stop.is_set():
            raise ConnectionError("Telegram stopped accepting the token")  # the next start finds out whether for good

    def calls(self, target: Target) -> int:  # noqa: ARG002 - it takes one wherever it goes
        """One."""
        return 1

    async def carry(self, target: Target, given: Reply, speak: Voice, nonce: str) -> Outcome:  # noqa: ARG002 - see again
        """Draw a reply and send it, once."""
        messenger = self._messenger
        return NOT_CONNECTED if messenger is None else await messenger.carry(target, given, speak)

    async def amend(self, target: Target, message: str, given: Reply, speak: Voice) -> Outcome:
        """Change a message, once."""
        messenger = self._messenger
        return NOT_CONNECTED if messenger is None else await messenger.amend(target, message, given, speak)

    def _application(self, ending: asyncio.Event, refused: asyncio.Event) -> tuple[App, Messenger]:
        base = self._settings.telegram_api_url.rstrip("/")
        updates: asyncio.Queue[object] = asyncio.Queue()
        app = (
            Application.builder()
            .token(self._settings.telegram_token.get_secret_value())
            .base_url(f"{base}/bot")
            .base_file_url(f"{base}/file/bot")
            .job_queue(None)
            .concurrent_updates(OrderedUpdates())
            .update_queue(updates)
            .request(HTTPXRequest(connection_pool_size=256, read_timeout=READ_TIMEOUT))
            .get_updates_request(UpdatesRequest(updates, refused))
            .build()
        )
        calls = Calls(self._desk, self._pause, ending, refused)
        answers, admins = AnswerSender(app.bot, self._desk, calls), AdminList(app.bot, calls, self._clock)
        handler = UpdateHandler(app.bot, self._desk, answers, admins, self._clock)
        app.add_handler(TypeHandler(Update, handler.take))
        return app, Messenger(app.bot, handler, Limits(self._clock), refused)

    async def _start(self, app: App) -> None:
        try:
            await app.initialize()
            await app.start()
            await self._listen(app)
        except InvalidToken:
            words = voice(FALLBACK, "UTC").say(say("telegram-token-refused"))
            raise RejectedError(words) from None  # the library's error has the token in its text
        log.info("connected", platform=NAME, webhook=bool(self._settings.telegram_webhook_url))

    async def _listen(self, app: App) -> None:
        assert app.updater is not None  # noqa: S101 - the builder makes one; this tells the type checker
        url = self._settings.telegram_webhook_url
        if not url:
            await app.updater.start_polling(allowed_updates=WANTED, error_callback=_polling_trouble)
            return
        await app.updater.start_webhook(
            listen=self._settings.telegram_webhook_listen,
            port=self._settings.telegram_webhook_port,
            url_path=re.escape(urlsplit(url).path),  # the library takes it for a pattern
            webhook_url=url,
            secret_token=_webhook_secret(self._settings),
            allowed_updates=WANTED,
        )

    async def _register_menu(self, bot: Bot) -> None:
        """Register the menu beside everything else: without one the bot works as well."""
        try:
            changed = await register(bot, menus_of(self._desk.commands), self._notes, self._clock)
        except TelegramError as error:
            log.warning("menu not registered", platform=NAME, kind=type(error).__name__)
        else:
            log.info("menu", platform=NAME, changed=changed)


async def _close(app: App) -> None:
    """Stop listening, finish what was received, let go of the connections; from whichever state the start reached."""
    if app.updater is not None and app.updater.running:
        with suppress(InvalidToken):  # with which polling may have ended
            await app.updater.stop()
    if app.running:
        await app.stop()
    await app.shutdown()
    await app.bot.shutdown()  # where the start failed half way, the application does not


def _polling_trouble(error: TelegramError) -> None:
    """The library tries again by itself; its own record would hold more than a log should."""
    if isinstance(error, Conflict):
        log.error("another program polls with the same token", platform=NAME)
    else:
        log.warning("polling interrupted", platform=NAME, kind=type(error).__name__)


def _webhook_secret(settings: TelegramSettings) -> str:
    """The secret that is set, or one that only who knows the token can make: no webhook goes unchecked."""
    token = settings.telegram_token.get_secret_value()
    made = hmac.new(token.encode(), b"webhook", hashlib.sha256).hexdigest()
    return settings.telegram_webhook_secret.get_secret_value() or made
