"""Receives updates from Telegram by polling or by webhook. Decides nothing."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import os
import re
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol, TypeAlias
from urllib.parse import urlsplit

import structlog
from telegram import Update
from telegram.constants import UpdateType
from telegram.error import Conflict, InvalidToken, TelegramError
from telegram.ext import Application, TypeHandler
from telegram.request import HTTPXRequest

from bot.base.clock import SystemClock
from bot.base.own_names import note_own_name
from bot.base.waiting import first_of
from bot.delivery.carrier import NOT_CONNECTED
from bot.platforms.identity import require_own
from bot.platforms.port import RejectedError
from bot.platforms.telegram.library_logs import limit_library_logs
from bot.platforms.telegram.menu import describe, menus_of, register
from bot.platforms.telegram.messenger import Messenger
from bot.platforms.telegram.sending.admins import AdminList
from bot.platforms.telegram.sending.answers import AnswerSender
from bot.platforms.telegram.sending.calls import Calls
from bot.platforms.telegram.sending.errors import is_foreign
from bot.platforms.telegram.sending.limits import Limits
from bot.platforms.telegram.sending.send import READ_TIMEOUT
from bot.platforms.telegram.update_handler import UpdateHandler
from bot.platforms.telegram.updates.finishing import Finisher
from bot.platforms.telegram.updates.inbox import UpdateQueue
from bot.platforms.telegram.updates.incoming import NAME
from bot.platforms.telegram.updates.ordering import OrderedUpdates
from bot.platforms.telegram.updates.polling import UpdatesRequest
from bot.reply.parts import say
from bot.reply.words import FALLBACK_VOICE
from core.inbox import InboxStore
from core.shared.ports import NoteStore

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import SecretStr
    from telegram import Bot

    from bot.dispatch.desk import Desk
    from bot.platforms.telegram.sending.calls import Pause
    from bot.reply.parts import Reply
    from bot.reply.words import Voice
    from core.delivery.notice import Target
    from core.delivery.outcome import Outcome
    from core.shared.ports import Clock

log = structlog.get_logger()

WANTED: Final = (
    UpdateType.MESSAGE,
    UpdateType.EDITED_MESSAGE,
    UpdateType.CHANNEL_POST,
    UpdateType.EDITED_CHANNEL_POST,
    UpdateType.CALLBACK_QUERY,
    UpdateType.MY_CHAT_MEMBER,
)

App: TypeAlias = Application[Any, Any, Any, Any, Any, Any]


class TelegramSettings(Protocol):
    """The settings that this platform needs."""

    @property
    def telegram_token(self) -> SecretStr:
        """The bot's token."""
        ...

    @property
    def telegram_api_url(self) -> str:
        """The address of the Bot API, without `/bot`."""
        ...

    @property
    def telegram_webhook_url(self) -> str:
        """The address to which Telegram sends updates; empty to poll instead."""
        ...

    @property
    def telegram_webhook_listen(self) -> str:
        """The local address to listen on."""
        ...

    @property
    def telegram_webhook_port(self) -> int:
        """The local port to listen on."""
        ...

    @property
    def telegram_webhook_secret(self) -> SecretStr:
        """The secret by which Telegram identifies itself; empty to derive it from the token."""
        ...


class TelegramStore(InboxStore, NoteStore, Protocol):
    """The ports of the store that this platform needs."""


class _Parts(NamedTuple):
    """What one run is made of."""

    app: App
    handler: UpdateHandler
    messenger: Messenger
    admins: AdminList


class TelegramPlatform:
    """The bot on Telegram."""

    name: Final = NAME
    idempotent: Final = False  # Telegram cannot recognise a message that is sent twice

    def __init__(
        self,
        settings: TelegramSettings,
        desk: Desk,
        store: TelegramStore,
        *,
        clock: Clock | None = None,
        pause: Pause = asyncio.sleep,
    ) -> None:
        """Serve `desk`. Tests replace `clock` and `pause`."""
        self._settings, self._desk, self._notes, self._inbox = settings, desk, store.notes, store.inbox
        self._clock, self._pause = clock or SystemClock(), pause
        self._messenger: Messenger | None = None
        self._admins: AdminList | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop` is set, then finish the answers in progress.

        Raises RejectedError if the token is refused at the start, OSError or TelegramError if there is no connection
        at the start. Later network errors are waited out by the library.
        """
        limit_library_logs()
        os.environ.setdefault("PTB_TIMEDELTA", "true")  # the library's switch to the types of its next version
        ending, refused = asyncio.Event(), asyncio.Event()
        app, handler, messenger, admins = self._application(ending, refused)
        menu: asyncio.Task[None] | None = None
        try:
            await self._start(app)
            self._messenger, self._admins = messenger, admins
            menu = asyncio.create_task(self._register(app.bot))
            await first_of(stop.wait(), refused.wait())
        finally:
            self._messenger = self._admins = None
            ending.set()
            if menu is not None:
                menu.cancel()
                await asyncio.gather(menu, return_exceptions=True)
            await handler.finish()
            await messenger.finish()
            await _close(app)
        if refused.is_set() and not stop.is_set():
            raise ConnectionError(
                "Telegram stopped accepting the token"
            )  # the next start finds out whether it is refused for good

    async def calls(self, target: Target) -> int:  # noqa: ARG002 - the same for every target
        """Sending always takes one call."""
        return 1

    async def is_admin(self, group: str, user: str) -> bool | None:
        """Whether a user is an admin of a group, by Telegram's answer of the last minute.

        An anonymous admin writes as the group, which has a number below 0 and no private chat.
        """
        admins = self._admins
        return None if admins is None else int(user) > 0 and await admins.is_admin_now(int(group), int(user))

    async def is_member(self, group: str, user: str) -> bool | None:
        """Whether a user is in a group, by Telegram's answer of the last minute; None if it does not say."""
        admins = self._admins
        return None if admins is None else await admins.is_member_now(int(group), int(user))

    async def lacks(self, target: Target) -> tuple[str, ...] | None:
        """What the bot lacks to write to a place; None if Telegram cannot say now."""
        messenger = self._messenger
        return None if messenger is None else await messenger.lacks(target)

    def names(self, group: str) -> Mapping[str, str]:  # noqa: ARG002 - the same for every group
        """Telegram tells bots no names of topics."""
        return {}

    async def carry(self, target: Target, given: Reply, speak: Voice, nonce: str) -> Outcome:  # noqa: ARG002 - Telegram has no nonce
        """Send a reply, once."""
        messenger = self._messenger
        return NOT_CONNECTED if messenger is None else await messenger.carry(target, given, speak)

    async def amend(self, target: Target, message: str, given: Reply, speak: Voice) -> Outcome:
        """Edit a message, once."""
        messenger = self._messenger
        return NOT_CONNECTED if messenger is None else await messenger.amend(target, message, given, speak)

    async def withdraw(self, target: Target, message: str) -> Outcome:
        """Delete a message, once."""
        messenger = self._messenger
        return NOT_CONNECTED if messenger is None else await messenger.withdraw(target, message)

    def _application(self, ending: asyncio.Event, refused: asyncio.Event) -> _Parts:
        base = self._settings.telegram_api_url.rstrip("/")
        updates = UpdateQueue(self._inbox, self._clock, webhook=bool(self._settings.telegram_webhook_url))
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
        handler = UpdateHandler(app.bot, self._desk, answers, admins, calls=calls)
        app.add_handler(TypeHandler(Update, Finisher(updates, handler, self._pause, ending).handle))
        return _Parts(app, handler, Messenger(app.bot, self._desk, Limits(self._clock), refused), admins)

    async def _start(self, app: App) -> None:
        try:
            await app.initialize()
            await require_own(self._notes, NAME, str(app.bot.id))
            await note_own_name(self._notes, NAME, f"@{app.bot.username}", self._clock.now())
            await app.start()
            assert isinstance(app.update_queue, UpdateQueue)  # noqa: S101 - given to the builder; for the type checker
            await app.update_queue.recover(app.bot)
            await self._listen(app)
        except InvalidToken as error:
            if is_foreign(error):
                raise ConnectionError("something between the bot and Telegram refuses its calls") from None
            words = FALLBACK_VOICE.say(say("telegram-token-refused"))
            raise RejectedError(words) from None  # the library's error has the token in its text
        log.info("connected", platform=NAME, webhook=bool(self._settings.telegram_webhook_url))

    async def _listen(self, app: App) -> None:
        assert app.updater is not None  # noqa: S101 - the builder sets one; this is for the type checker
        url = self._settings.telegram_webhook_url
        if not url:
            await app.updater.start_polling(allowed_updates=WANTED, error_callback=_polling_trouble)
            return
        await app.updater.start_webhook(
            listen=self._settings.telegram_webhook_listen,
            port=self._settings.telegram_webhook_port,
            url_path=re.escape(urlsplit(url).path),  # the library treats it as a pattern
            webhook_url=url,
            secret_token=_webhook_secret(self._settings),
            allowed_updates=WANTED,
        )

    async def _register(self, bot: Bot) -> None:
        """Register the menu and the descriptions in the background: the bot works without them, too."""
        menus = menus_of(self._desk.commands)
        for what, registering in (
            ("menu", partial(register, bot, menus, self._notes, self._clock)),
            ("description", partial(describe, bot, self._notes, self._clock)),
        ):
            try:
                changed = await registering()
            except TelegramError as error:
                log.warning("not registered", platform=NAME, what=what, kind=type(error).__name__)
            else:
                log.info("registered", platform=NAME, what=what, changed=changed)


async def _close(app: App) -> None:
    """Stop receiving, finish what was received, close the connections, however far the start had come."""
    if app.updater is not None and app.updater.running:
        with suppress(InvalidToken):  # which may already have ended polling
            await app.updater.stop()
    if app.running:
        await app.stop()
    await app.shutdown()
    await app.bot.shutdown()  # the application does not if the start failed half way


def _polling_trouble(error: TelegramError) -> None:
    """Log an error of polling, which the library retries. Its own log record would contain private data."""
    if isinstance(error, Conflict):
        log.error("another program polls with the same token", platform=NAME)
    else:
        log.warning("polling interrupted", platform=NAME, kind=type(error).__name__)


def _webhook_secret(settings: TelegramSettings) -> str:
    """The secret from the settings, or one derived from the token, so that every webhook call is checked."""
    token = settings.telegram_token.get_secret_value()
    made = hmac.new(token.encode(), b"webhook", hashlib.sha256).hexdigest()
    return settings.telegram_webhook_secret.get_secret_value() or made
