"""What the answer about an entry adds to it: a warning, or a note on an earlier entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.reply.parts import say
from bot.views.entries import warning
from core.alerts.budget import reached
from core.ledger.model import Purpose, expense_on

if TYPE_CHECKING:
    from bot.command.declaration import Call
    from bot.reply.parts import Say
    from core.ledger.model import Entry, Receipt


def low_after(call: Call, receipt: Receipt) -> Say | None:
    """The warning to show if an entry has left the balance low.

    A group gets a separate notice instead, because not everybody sees this answer.
    """
    return None if call.group else warning(call.open_wallet.settings, receipt.entry.balance)


async def budget_after(call: Call, receipt: Receipt) -> Say | None:
    """The warning to show while most of the month's budget is spent; a group gets a separate notice instead."""
    if call.group or call.open_wallet.settings.budget is None:
        return None
    budget = (await call.store.ledger.holding(receipt.entry.wallet)).budget
    percent = None if budget is None else reached(budget, receipt.entry.at)
    if budget is None or percent is None:
        return None
    return say("alert-budget", spent=budget.spent, limit=budget.limit, mark=percent)


async def bid_before(call: Call, spent: Entry) -> Say | None:
    """A note if the same job already had a proposal; in a group, whose that was."""
    if not spent.job or spent.counterpart != expense_on(Purpose.PROPOSAL):
        return None
    earlier = await call.books.bid_before(spent)
    if earlier is None:
        return None
    names = await call.books.authors([earlier]) if call.group and earlier.by != spent.by else {}
    for name in names.values():
        return say("bid-before-by", number=earlier.number, name=name)
    return say("bid-before", number=earlier.number)
