"""What the sender asks of a platform."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final, Protocol

from core.delivery.outcome import Failed, Later

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.reply.parts import Reply
    from bot.reply.words import Voice
    from core.delivery.notice import Target
    from core.delivery.outcome import Outcome

NOT_CONNECTED: Final = Later(timedelta(seconds=5), all=True)
NO_MESSAGE: Final = Failed("no message")
"""There is no message to change: it is gone, or can no longer be edited."""
RIGHTS: Final = ("view", "send", "threads", "embeds", "files", "post", "topic", "unknown")
"""What the bot may lack in a place: to see it, to send messages, to send them in threads, to show embeds, to attach
files, to post (in a channel of Telegram), to write in a closed topic; or that the chat has such a place at all. The
sentence `right-WORD` names each."""
PATIENCE: Final = 60.0
"""How many seconds a platform may take to send or to replace a message; after that, whether it did is uncertain."""


class Carrier(Protocol):
    """Sends notices on a platform. Whatever goes wrong becomes an outcome; no method raises."""

    @property
    def name(self) -> str:
        """The platform's name, which is its part of identities: `telegram`, `discord`, `console`."""
        ...

    @property
    def idempotent(self) -> bool:
        """Whether a delivery that is sent twice, soon enough, makes only one message."""
        ...

    async def calls(self, target: Target) -> int:
        """How many calls a message to `target` takes. Each counts against the platform's overall limit."""
        ...

    async def is_admin(self, group: str, user: str) -> bool | None:
        """Whether a user is an admin of a group now, by the platform's ids; None if the platform cannot say now."""
        ...

    async def is_member(self, group: str, user: str) -> bool | None:
        """Whether a user is in a group now, by the platform's ids; None if the platform does not say."""
        ...

    async def lacks(self, target: Target) -> tuple[str, ...] | None:
        """What the bot lacks to write to a place: words of `RIGHTS`, none if it may; None if nobody can say now."""
        ...

    def names(self, group: str) -> Mapping[str, str]:
        """The names of the parts of a group in which people write, by the platform's ids, as the platform shows them.

        Empty if the group has no parts, or if the platform does not tell their names.
        """
        ...

    async def carry(self, target: Target, given: Reply, speak: Voice, nonce: str) -> Outcome:
        """Render a reply and send it. `Later(all=True)` if there is no connection."""
        ...

    async def amend(self, target: Target, message: str, given: Reply, speak: Voice) -> Outcome:
        """Replace a message of the bot, named by the id that `Sent` gave, with a reply; of several messages the first.

        `Sent` with the same id if it was replaced or nothing changed, `NO_MESSAGE` if there is none any
        more. The call is idempotent, so it may be retried after any doubt.
        """
        ...

    async def withdraw(self, target: Target, message: str) -> Outcome:
        """Delete a message of the bot, named by the id that `Sent` gave; of several messages the first.

        `Sent` with the same id if it is deleted or was already, `Failed` if it can no longer be deleted, after which it
        may still be edited. The call is idempotent, so it may be retried after any doubt.
        """
        ...
