"""What main asks of a platform."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from bot.delivery.carrier import Carrier

if TYPE_CHECKING:
    import asyncio


class RejectedError(Exception):
    """The platform does not accept the token: trying again would not help. The text says what would."""


class Platform(Carrier, Protocol):
    """One chat platform: listens, hands what happens to the desk, and sends the answers."""

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop` is set, then finish the answers under way and return.

        Raises `RejectedError` where the token is refused, and anything else where the connection was lost for good:
        main starts it again after a pause. Must be able to run again after it raised.
        """
        ...
