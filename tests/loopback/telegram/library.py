"""The real library, pointed at the server."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, TypeAlias

from telegram import Bot, Update
from telegram.ext import Application, TypeHandler

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable

    from telegram.error import TelegramError

    from tests.loopback.telegram.server import TelegramServer

App: TypeAlias = Application[Any, Any, Any, Any, Any, Any]
Hears: TypeAlias = "Callable[[Update, Bot], Awaitable[object]]"


@asynccontextmanager
async def a_bot(server: TelegramServer) -> AsyncGenerator[Bot]:
    async with Bot(server.token, base_url=server.base_url, base_file_url=server.base_file_url) as bot:
        yield bot


def an_application(server: TelegramServer, hears: Hears) -> App:
    """Not yet started; every update goes to `hears`."""
    app: App = (
        Application.builder()
        .token(server.token)
        .base_url(server.base_url)
        .base_file_url(server.base_file_url)
        .job_queue(None)
        .build()
    )

    async def handle(update: Update, _: object) -> None:
        await hears(update, app.bot)

    app.add_handler(TypeHandler(Update, handle))
    return app


@asynccontextmanager
async def polling(server: TelegramServer, hears: Hears, *, allowed: list[str] | None = None) -> AsyncGenerator[App]:
    """An application that polls, from its start to its end."""
    app = an_application(server, hears)
    errors: list[TelegramError] = []
    async with app:
        assert app.updater
        await app.start()
        await app.updater.start_polling(allowed_updates=allowed, error_callback=errors.append)
        try:
            yield app
        finally:
            await app.updater.stop()
            await app.stop()
