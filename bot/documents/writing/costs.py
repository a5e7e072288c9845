"""What the Connects of a line cost, and in which currencies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.shared.money import UNKNOWN, CostState, state_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from core.ledger.model import Lot
    from core.shared.money import Price
    from core.statements.model import BookLine, Move

NO_MONEY: Final = (None, None)


def states_of(lots: Iterable[Lot]) -> Mapping[int, CostState]:
    """What is known of the cost of each lot, by its number. Those that were taken back have lost their price, too."""
    return {lot.number: lot.cost_state for lot in lots if lot.size}


def cost_state(move: Move, states: Mapping[int, CostState]) -> CostState:
    """What is known of the cost of Connects: that of their lot, because a small share of a price may be none."""
    return states.get(move.lot) or state_of(move.price)


def currencies_of(lines: Iterable[BookLine]) -> tuple[str, ...]:
    """The currencies in which anything was paid, in the order of their codes."""
    found = {move.price.currency for line in lines for move in line.moves if move.price is not None}
    return tuple(sorted(found - {UNKNOWN.currency}))


def money_of(money: Mapping[str, Price], currencies: Iterable[str]) -> tuple[int | None, ...]:
    """Net and tax of each currency in turn (None: there is none in it)."""
    figures: list[int | None] = []
    for currency in currencies:
        price = money.get(currency)
        figures += NO_MONEY if price is None else price[:2]
    return tuple(figures)
