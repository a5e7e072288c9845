"""Commands that correct the books: return, undo, adjust."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from bot.command.declaration import Call, UnfitError, Who, command
from bot.commands.ledger.remarks import budget_after, low_after
from bot.options.numbers import MOST_CONNECTS, MOST_NUMBER, Whole
from bot.options.text import Text
from bot.reply.parts import Fact, Fields, Reply, Say, buttons, reply, say
from bot.views.entries import left, listed, named, signed, undo_button
from core.ledger.model import Kind
from core.shared.refusals import NotEnough, RefusedError

if TYPE_CHECKING:
    from core.ledger.model import Receipt


@command("undo")
async def undo(call: Call, number: Annotated[int | None, Whole(high=MOST_NUMBER)] = None) -> Reply:
    """Undo an entry, the latest if no number is given."""
    if call.group and not await _may_reverse(call, number):
        return reply(say("not-yours"))
    receipt = await call.books.undo(call.request, number)
    return reply(
        await _undone(call, receipt),
        Fields((left(receipt),)),
        low_after(call, receipt),
        await budget_after(call, receipt),
    )


async def _undone(call: Call, receipt: Receipt) -> Say:
    undos = [entry for entry in receipt.entries if entry.kind is Kind.UNDO]
    delta = signed(sum(entry.delta for entry in undos))
    if len(undos) > 1:
        return say("undo-several", entries=listed(entry.of for entry in undos), delta=delta)
    undone = await call.books.entry(call.request.wallet, receipt.entry.of or 0)
    what: Fact = None if undone is None else named(undone)
    return say("undo-done", of=receipt.entry.of, deed=what, delta=delta)


async def _may_reverse(call: Call, number: int | None) -> bool:
    """In a group everyone may undo their own entries, and admins all."""
    if number is not None:
        entry = await call.books.entry(call.request.wallet, number)
        if entry is None or entry.by == call.person.id:
            return True
    return await call.is_admin()


@command("adjust", who=Who.ADMINS)
async def adjust(
    call: Call,
    by: Annotated[int, Whole(low=-MOST_CONNECTS, high=MOST_CONNECTS, ruled=True)],
    reason: Annotated[str, Text()] = "",
) -> Reply:
    """Correct the balance if it differs from what Upwork shows."""
    try:
        receipt = await call.books.adjust(call.request, by, reason)
    except RefusedError as refused:
        if isinstance(refused.refusal, NotEnough):  # the usual answer offers to buy some, which would not help here
            raise UnfitError(say("adjust-too-low", available=refused.refusal.available)) from refused
        raise
    return reply(
        say("adjust-done", number=receipt.entry.number, delta=signed(by)),
        Fields((left(receipt),)),
        low_after(call, receipt),
        buttons(undo_button(receipt)),
    )
