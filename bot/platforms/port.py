"""The port of a chat platform: what `bot.main` and the supervisor call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from bot.delivery.carrier import Carrier

if TYPE_CHECKING:
    import asyncio


class RejectedError(Exception):
    """The platform refused the bot for good, so a retry would not help. The text says what would."""


class Platform(Carrier, Protocol):
    """A chat platform: it listens, passes what happens to the desk, and sends the answers and notices."""

    async def run(self, stop: asyncio.Event) -> None:
        """Listen until `stop` is set, then finish the answers under way and return.

        Raises `RejectedError` if the bot is refused for good, as with a wrong token, and anything else if the
        connection is lost. The supervisor then calls it again after a pause, so it must be able to run again.
        """
        ...
