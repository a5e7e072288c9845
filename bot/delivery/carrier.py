"""What the sender asks of a platform."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final, Protocol

from core.delivery.outcome import Later

if TYPE_CHECKING:
    from bot.reply.parts import Reply
    from bot.reply.words import Voice
    from core.delivery.notice import Target
    from core.delivery.outcome import Outcome

NOT_CONNECTED: Final = Later(timedelta(seconds=5), all=True)


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
