"""What the answer about an entry adds to it: a warning, or a note on an earlier entry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from bot.command.permissions import may
from bot.reply.parts import Button, Say, say
from bot.views.entries import warning
from bot.views.money.visibility import shows_money
from bot.views.reconciling import broken_pin
from bot.views.team.limits import Reader, limit_remark
from core.alerts.types.budget import reached
from core.ledger.limits import BOOSTS, usages
from core.ledger.past.pools import beside_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.command.declaration import Call
    from core.ledger.model import Entry, Receipt
    from core.shared.ids import WalletId

MOST_PRESSING: Final = 2
"""How many limits are named beside a receipt."""


def low_after(call: Call, receipt: Receipt) -> Say | None:
    """The warning to show if an entry has left the balance low.

    A group gets a separate notice instead, because not everybody sees this answer.
    """
    return None if call.group else warning(call.open_wallet.settings, receipt.balance)


async def budget_after(call: Call, receipt: Receipt) -> Say | None:
    """The warning to show while most of the month's budget is spent; a group gets a separate notice instead."""
    if call.group or call.open_wallet.settings.budget is None:
        return None
    budget = (await call.store.ledger.holding(receipt.entry.wallet)).budget
    percent = None if budget is None else reached(budget, receipt.entry.at)
    if budget is None or percent is None:
        return None
    return say("alert-budget", spent=budget.spent, limit=budget.limit, mark=percent)


async def limits_after(call: Call, receipt: Receipt, booked: Sequence[Entry]) -> tuple[Say, ...]:
    """What to say of the limits that these spends have nearly used up, or passed, the most used first."""
    if not call.team.limits:
        return ()
    limits = (await call.store.ledger.holding(receipt.entry.wallet)).limits
    boosted = any(entry.counterpart == BOOSTS for entry in booked)
    found = [
        one
        for one in usages(limits, receipt.entry.at, call.person.id)
        if one.near and (boosted or not one.limit.boosts)
    ]
    reader = Reader({}, shows_money(call), call.at, call.zone, call.person.id, alone=not call.group)
    return tuple(limit_remark(one, reader) for one in sorted(found, key=lambda one: -one.percent)[:MOST_PRESSING])


async def limit_beside(call: Call, available: int) -> Say | None:
    """The tightest limit of whoever asks what there is to spend, if it leaves less than that."""
    if not call.team.limits or call.viewed_as is not None:
        return None
    found = usages((await call.store.ledger.holding(call.open_wallet.id)).limits, call.at, call.person.id)
    own = [one for one in found if not (one.limit.boosts or one.limit.currency) and one.left < available]
    reader = Reader({}, shows_money(call), call.at, call.zone, call.person.id, alone=not call.group)
    return limit_remark(min(own, key=lambda one: one.left), reader) if own else None


async def unpinned(call: Call, receipt: Receipt) -> Say | None:
    """Says which confirmation no longer holds, if something was booked although it is about the time before one."""
    if not call.past_pins:
        return None
    moved = [pin for pin in await call.reconciliation.pins(receipt.entry.wallet) if pin.moved]
    pin = max(moved, key=lambda pin: pin.at, default=None)
    return None if pin is None else broken_pin(pin)


class Difference(NamedTuple):
    """A balance that Upwork showed and that differs from the books: the sentence, and the button that takes it over.

    There is no button for somebody who may not correct the balance.
    """

    sentence: Say
    button: Button | None


async def of_two_accounts(call: Call, wallet: WalletId) -> bool:
    """Whether books are of two accounts: what Upwork shows is the balance of one, so it must differ."""
    return beside_of(await call.store.ledger.batches(wallet)) is not None


async def differs(call: Call, receipt: Receipt, booked: Sequence[Entry], shown: int | None) -> Difference | None:
    """What to say if Upwork showed another balance than the books had; it may have been copied before or after."""
    after = receipt.balance
    before = after - sum(entry.delta for entry in booked)
    if shown is None or shown in {before, after} or await of_two_accounts(call, receipt.entry.wallet):
        return None
    now = shown - (before - after)
    corrects = await may(call, "adjust")
    button = Button(say("button-adjust-is", connects=now), f"adjust is {now}") if corrects else None
    return Difference(say("shown-differs", shown=shown, before=before), button)
