"""The platforms that this process runs, for the jobs that edit messages on them or watch over them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from bot.base.errors import noted
from bot.delivery.carrier import PATIENCE
from core.delivery.outcome import Later, Uncertain

if TYPE_CHECKING:
    from datetime import datetime

    from bot.delivery.carrier import Carrier
    from bot.delivery.limits.rate_limit import RateLimiter
    from bot.delivery.sender import Sender
    from bot.reply.parts import Reply
    from bot.reply.words import Voice
    from core.delivery.notice import Target
    from core.delivery.outcome import Outcome
    from core.shared.ports import Clock


@dataclass(frozen=True, slots=True)
class LivePlatform:
    """A running platform with its rate limiter and its sender, and the time `since` which it runs."""

    carrier: Carrier
    limiter: RateLimiter
    sender: Sender
    clock: Clock
    since: datetime

    async def amend(self, target: Target, message: str, given: Reply, speak: Voice) -> Outcome | None:
        """Replace a message of the bot with a reply. This counts against the rate limit like a new message.

        None if the rate limit has no room for it now, because notices go first. Raises nothing.
        """
        now, group = self.clock.now(), not target.direct
        if self.limiter.pause(now) or self.limiter.wait(target.chat, now, group=group):
            return None
        self.limiter.sent(target.chat, now, group=group)
        try:
            async with asyncio.timeout(PATIENCE):
                outcome = await self.carrier.amend(target, message, given, speak)
        except Exception as error:  # noqa: BLE001 - a message that cannot be edited must not end the job
            noted(error, self.carrier.name)
            return Uncertain(type(error).__name__)
        if isinstance(outcome, Later):
            self.limiter.hold(None if outcome.all else target.chat, self.clock.now(), outcome.wait)
        return outcome


LivePlatforms: TypeAlias = dict[str, LivePlatform]
