"""The platforms that are served here, as whoever keeps messages up to date or watches over them needs them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from bot.base.errors import noted
from core.delivery.outcome import Later, Unknown

if TYPE_CHECKING:
    from datetime import datetime

    from bot.delivery.carrier import Carrier
    from bot.delivery.rate_limit import Pacer
    from bot.delivery.sender import Post
    from bot.reply.parts import Reply
    from bot.reply.words import Voice
    from core.delivery.notice import Target
    from core.delivery.outcome import Outcome
    from core.shared.ports import Clock

PATIENCE: Final = 60.0


@dataclass(frozen=True, slots=True)
class Outlet:
    """A platform, its pace and its post; `since` when it is served."""

    carrier: Carrier
    pacer: Pacer
    post: Post
    clock: Clock
    since: datetime

    async def amend(self, target: Target, message: str, given: Reply, speak: Voice) -> Outcome | None:
        """Put a reply in place of a message of ours, which counts like one that is sent; raises nothing.

        None where the pace has no room for it now: what is to be sent goes first.
        """
        now, group = self.clock.now(), not target.direct
        if self.pacer.pause(now) or self.pacer.wait(target.chat, now, group=group):
            return None
        self.pacer.sent(target.chat, now, group=group)
        try:
            async with asyncio.timeout(PATIENCE):
                outcome = await self.carrier.amend(target, message, given, speak)
        except Exception as error:  # noqa: BLE001 - a message that cannot be changed must end nothing
            noted(error, self.carrier.name)
            return Unknown(type(error).__name__)
        if isinstance(outcome, Later):
            self.pacer.hold(None if outcome.all else target.chat, self.clock.now() + outcome.wait)
        return outcome


Outlets: TypeAlias = dict[str, Outlet]
