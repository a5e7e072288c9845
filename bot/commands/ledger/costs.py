"""The cost of Connects whose cost was unknown: the command that states it, and the question that is asked once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from bot.command.declaration import Call, MissingOptionError, Who, command
from bot.options.cost import COST, CostedNumber, Paid
from bot.options.numbers import MOST_CONNECTS
from bot.reply.parts import Buttons, Fields, Reply, buttons, reply, say
from bot.views.costs import cost_choices, cost_question, stated, taxed
from bot.views.entries import total_price, undo_button
from core.ledger.model import Source
from core.shared.money import CostState, Price
from core.shared.refusals import CostKnown, RefusedError, UnavailableError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.reply.parts import Fact
    from core.ledger.model import Lot, Receipt


@command("cost", who=Who.ADMINS, read_only=("",))
async def cost(
    call: Call,
    connects: Annotated[int | None, CostedNumber(high=MOST_CONNECTS, ruled=True)] = None,
    cost: Annotated[CostState | Paid | None, COST] = None,
) -> Reply:
    """State the cost of Connects whose cost is unknown: of so many, or of all that are left."""
    unknown = (await call.books.balance(call.open_wallet.id)).unknown
    number = unknown if connects is None else connects
    if cost is None:
        if not 0 < number <= unknown:
            raise RefusedError(CostKnown(unknown))
        raise MissingOptionError(
            "cost", say("cost-question", connects=number), cost_choices(number, call.books.rulebook)
        )
    if cost is CostState.UNKNOWN:
        return reply(say("cost-stays-unknown"))
    return _done(await call.books.value(call.request, connects, stated(call, number, cost, f"cost {number}")))


def _done(receipt: Receipt) -> Reply:
    lots = {lot.number: lot for lot in receipt.lots}
    legs = [leg for leg, _ in receipt.entry.moves]
    spent = sum(lots[leg.lot].size - lots[leg.lot].left for leg in legs if leg.connects < 0)
    return reply(
        say("cost-done", number=receipt.entry.number, connects=sum(leg.connects for leg in legs if leg.connects > 0)),
        Fields(((say("field-cost"), _stated(receipt)),)),
        say("cost-spent-before", connects=spent) if spent else None,
        buttons(undo_button(receipt)),
    )


def _stated(receipt: Receipt) -> Fact:
    price = total_price(receipt.entry)
    return say("free") if isinstance(price, Price) and not price.total else taxed(price)


async def asking_once(call: Call, lots: Iterable[Lot], given: Reply) -> Reply:
    """The answer, with the question what the opening balance cost unless somebody has been asked that before.

    That is so for openings that were booked before the question came with them. In a group, admins are asked.
    """
    opened = sum(lot.left for lot in lots if lot.source is Source.OPENING and lot.cost_state is CostState.UNKNOWN)
    notes = call.store.notes
    if not opened or await notes.note(_asked(call), call.at) is not None or (call.group and not await call.is_admin()):
        return given
    if not await note_asked(call):
        return given
    question, choices = cost_question(opened, call.books.rulebook)
    rows = tuple(row for part in given.parts if isinstance(part, Buttons) for row in part.rows)
    return reply(
        *(part for part in given.parts if not isinstance(part, Buttons)), question, Buttons((*choices.rows, *rows))
    )


async def note_asked(call: Call) -> bool:
    """Note that it was asked what this wallet's opening balance cost; False if nothing can be written right now."""
    try:
        await call.store.notes.put_note(_asked(call), "", None)
    except UnavailableError:
        return False
    return True


def _asked(call: Call) -> str:
    return f"cost-asked:{call.open_wallet.id}"
