"""What somebody says that Upwork shows, beside the books."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.command.permissions import may
from bot.reply.parts import say
from bot.views.reconciling import difference_reply, equal_reply
from core.shared.refusals import OutOfRange, RefusedError

if TYPE_CHECKING:
    from bot.command.declaration import Call
    from bot.options.correction import Correction
    from bot.reply.parts import Reply, Say


async def compared(call: Call, stated: Correction, note: Say | None = None) -> Reply:
    """Whether the books agree with what somebody says that Upwork shows, and if not, what may be the cause."""
    shown, most = stated.total or 0, call.books.rulebook.grant_limit
    found = await call.reconciliation.compare(call.open_wallet.id, shown)
    if abs(found.difference) > most:
        raise RefusedError(OutOfRange("adjustment", found.difference, -most, most))
    corrects = await may(call, "reconcile")
    if not found.difference:
        return equal_reply(found, confirms=corrects)
    if note is None and stated.was not in {None, found.balance}:
        note = say("adjust-was", said=stated.was, was=found.balance)
    return difference_reply(found, note, stated.reason, corrects=corrects)
