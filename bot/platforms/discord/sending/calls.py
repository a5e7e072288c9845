"""Calls to Discord: retried, but not for ever."""

from __future__ import annotations

import asyncio
import traceback
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, TypeVar

import aiohttp
import discord
import structlog

from bot.platforms.discord.drawing.components import as_new
from bot.platforms.discord.sending.fail_fast import TryLaterError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from bot.platforms.discord.drawing.render import Page

T = TypeVar("T")
log = structlog.get_logger()

PAUSES: Final = (0.5, 2.0)
LONGEST_SENDING: Final = 60.0
SLOWEST: Final = 250_000
"""How many bytes of a file are uploaded in a second, at least; the time that takes is added."""
UNAVAILABLE: Final = 503
ALREADY_ACKNOWLEDGED: Final = 40060
NO_PERMISSION: Final = 50013
LOST: Final = (discord.HTTPException, discord.RateLimited, TryLaterError, aiohttp.ClientError, OSError)


async def retry(call: Callable[[], Awaitable[T]]) -> T:
    """Retry a call if the connection broke or the service was unavailable; the library retries the other errors.

    This is safe: messages carry a nonce, an interaction accepts one response, and edits are idempotent.
    """
    for pause in PAUSES:
        try:
            return await call()
        except discord.DiscordServerError as error:
            if error.status != UNAVAILABLE:
                raise
        except (aiohttp.ClientError, OSError):
            pass
        await asyncio.sleep(pause)
    return await call()


async def acknowledge(call: Callable[[], Awaitable[object]]) -> bool:
    """Respond to an interaction; False if it already has a response, from another delivery of the same event."""
    try:
        await retry(call)
    except discord.HTTPException as error:
        if error.code != ALREADY_ACKNOWLEDGED:
            raise
        return False
    return True


def patience_for(*pages: Page) -> float:
    """How many seconds it may take to send these pages with their files."""
    return LONGEST_SENDING + sum(len(content) for page in pages for _, content in page.files) / SLOWEST


async def send_all(to: discord.abc.Messageable, pages: Sequence[Page], nonce: str) -> discord.Message:
    """Send the pages of an answer; the last message. If it is repeated, the nonces prevent further messages."""
    async with asyncio.timeout(patience_for(*pages)):
        return [await retry(send(to, page, nonce=f"{nonce}.{number}")) for number, page in enumerate(pages)][-1]


async def with_words(show: Callable[[Page], Awaitable[T]], page: Page) -> T:
    """Show a page; where no files may be attached, words have to do."""
    try:
        return await show(page)
    except discord.Forbidden as error:
        if error.code != NO_PERMISSION or not page.files:
            raise
    return await show(replace(page, files=(), content=page.refused))


def send(
    to: discord.abc.Messageable, page: Page, *, nonce: str, quiet: bool = False
) -> Callable[[], Awaitable[discord.Message]]:
    """The call that sends a page; if it is repeated, the nonce prevents a second message."""
    return lambda: to.send(**as_new(page), nonce=nonce, silent=quiet)


def about(error: BaseException | None) -> dict[str, Any]:
    """What may be logged of an error: its type, Discord's codes, and where it was raised; never its text."""
    facts: dict[str, Any] = {"kind": type(error).__name__}
    if isinstance(error, discord.HTTPException):
        return facts | {"status": error.status, "code": error.code}
    frames = traceback.extract_tb(None if error is None else error.__traceback__)
    return facts | {"where": [f"{frame.name}:{frame.lineno}" for frame in frames[-8:]]}


def note(event: str, error: Exception) -> None:
    """Log an error after which the work goes on."""
    log.error(event, platform="discord", **about(error))
