"""What main asks of a platform."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final, Protocol

from core.notices import Later

if TYPE_CHECKING:
    import asyncio

    from bot.reply import Reply
    from bot.words import Voice
    from core.notices import Outcome, Target

NOT_CONNECTED: Final = Later(timedelta(seconds=5), all=True)


class RejectedError(Exception):
    """The platform does not accept the token: trying again would not help. The text says what would."""


class Carrier(Protocol):
    """Brings a message to a chat unasked. What goes wrong on the way becomes an outcome; nothing is raised."""

    @property
    def name(self) -> str:
        """The platform's part of identities: `telegram`, `discord`, `console`."""
        ...

    @property
    def again(self) -> bool:
        """Whether the same delivery sent twice makes one message only, for as long as it is fresh."""
        ...

    def calls(self, target: Target) -> int:
        """How many calls that count against its limit overall it takes to bring a message there."""
        ...

    async def carry(self, target: Target, given: Reply, speak: Voice, nonce: str) -> Outcome:
        """Draw a reply and send it; `Later(all=True)` while there is no connection."""
        ...

    async def amend(self, target: Target, message: str, given: Reply, speak: Voice) -> Outcome:
        """Put a reply in place of a message of ours, by the id that `Sent` gave; of several messages, the first.

        `Sent` with the same id also where nothing had changed; `Failed("no message")` where it is there no more or can
        no longer be changed. Changed twice it is the same, so that after any doubt it may be tried again.
        """
        ...


class Platform(Carrier, Protocol):
    """One chat platform: listens, hands what happens to the desk, and sends the answers."""

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop` is set, then finish the answers under way and return.

        Raises `RejectedError` where the token is refused, and anything else where the connection was lost for good:
        main starts it again after a pause. Must be able to run again after it raised.
        """
        ...
