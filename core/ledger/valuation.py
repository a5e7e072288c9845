"""What somebody states about a cost, at once or later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.ledger.entry_builder import Intent, builder_for
from core.ledger.model import Change, Kind, Snapshot
from core.ledger.rules import price_of, price_out_of_range
from core.shared.money import UNKNOWN, CostState, Price
from core.shared.refusals import CostKnown, OutOfRange, Refusal

if TYPE_CHECKING:
    from core.ledger.rulebook import Rulebook


def stated_price(cost: Price | CostState, connects: int, rulebook: Rulebook) -> Price:
    """The price of Connects of which somebody says what they cost."""
    match cost:
        case CostState.PAID:
            return price_of(connects, rulebook)
        case CostState.FREE:
            return price_of(0, rulebook)
        case CostState.UNKNOWN:
            return UNKNOWN
        case Price():
            return cost


def value(
    before: Snapshot, intent: Intent, connects: int | None, cost: Price | CostState, rulebook: Rulebook
) -> Change | Refusal:
    """Give Connects of unknown cost their price, in the order of use (None: all that are left).

    They leave their lot and are issued again, as a lot that is as old and expires on the same day. So a lot has one
    price from its beginning to its end, and what was spent before keeps the cost with which it was booked.
    """
    builder = builder_for(before, intent, rulebook)
    lots = [lot for lot in builder.spendable if lot.cost_state is CostState.UNKNOWN]
    unknown = sum(lot.left for lot in lots)
    number = unknown if connects is None else connects
    if not unknown or number > unknown:
        return CostKnown(unknown)
    if number < 1:
        return OutOfRange("cost", number, 1, unknown)
    rest = stated_price(cost, number, rulebook)
    if refusal := price_out_of_range(rest, rulebook):
        return refusal
    for lot in lots:
        if part := min(number, lot.left):
            price = rest.share(part, number)
            builder.value(lot.number, part, price)
            number, rest = number - part, rest - price
    builder.enter(Kind.VALUATION)
    return builder.change()
