"""How a delivery reaches its chat: as a message of its own, or as a change to one that was sent before."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.delivery.carrier import NO_MESSAGE
from core.delivery.notice import WITHDRAWAL
from core.delivery.outcome import Deferred, Failed, Obsolete
from core.delivery.state import State
from core.shared.refusals import UnavailableError

if TYPE_CHECKING:
    from bot.delivery.carrier import Carrier
    from bot.reply.parts import Reply
    from bot.reply.words import Voice
    from core.delivery.notice import Delivery
    from core.delivery.outcome import Outcome
    from core.delivery.ports import Outbox

SHORTLY: Final = Deferred(timedelta(seconds=5), alone=True)


async def handed_over(  # noqa: PLR0917 - those of `carry`, and what it is about
    carrier: Carrier, outbox: Outbox, delivery: Delivery, given: Reply, speak: Voice, nonce: str
) -> Outcome:
    """Send a reply as the message of a delivery or, if its notice mends another one, change the message of that one."""
    target, mended = delivery.target, delivery.notice.mends
    if not mended:
        return await carrier.carry(target, given, speak, nonce)
    try:
        standing = await outbox.standing(mended, target.platform, target.chat)
    except UnavailableError:
        return SHORTLY
    match standing:
        case None:
            return NO_MESSAGE
        case (State.SENT, message):
            return await _mended(carrier, delivery, message, given, speak)
        case (State.SENDING, _):
            return SHORTLY  # it has the words of before, if it arrives
        case _:
            return Obsolete("unsent")


async def _mended(carrier: Carrier, delivery: Delivery, message: str, given: Reply, speak: Voice) -> Outcome:
    """Change a message. One that can no longer be deleted is replaced by the line that says so."""
    target = delivery.target
    if delivery.notice.code == WITHDRAWAL:
        outcome = await carrier.withdraw(target, message)
        if not isinstance(outcome, Failed):
            return outcome
    return await carrier.amend(target, message, given, speak)
