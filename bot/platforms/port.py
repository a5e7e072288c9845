"""The port that every chat platform implements."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from bot.delivery.carrier import Carrier

if TYPE_CHECKING:
    import asyncio


class RejectedError(Exception):
    """The platform does not accept the token, so retrying would not help. The text explains what would."""


class Platform(Carrier, Protocol):
    """A chat platform: receives what people do, passes it to the desk, and sends the answers."""

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop` is set, then finish the answers in progress and return.

        Raises RejectedError if the token is refused, and any other error if the connection is lost for good; it is then
        started again after a pause, so `run` must be repeatable.
        """
        ...
