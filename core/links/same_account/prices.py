"""Prices that only the closed books have learnt: they are no less true of the same facts in the kept ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.imports.reconciling.costs import costs_of
from core.ledger.model import Kind
from core.ledger.past.amending import issued_by, issues_for_money
from core.shared.money import CostState, state_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.imports.known import Known
    from core.ledger.model import Entry
    from core.shared.money import Price


def learnt_prices(merged: Known, kept: Known, numbers: Mapping[int, int]) -> Mapping[int, Price]:
    """What entries of the kept books did cost, as far as the closed ones know that better."""
    found: dict[int, Price] = {}
    theirs, ours = _amended(merged), _amended(kept)
    for number, there in numbers.items():
        one, other = merged.entries.get(number), kept.entries.get(there)
        if one is None or other is None or not (issues_for_money(one) and issues_for_money(other)):
            continue
        if issued_by(one) != issued_by(other) or there in found:
            continue
        price, had = _price(merged, one), _price(kept, other)
        if price is None or price == had or state_of(price) is CostState.UNKNOWN:
            continue
        if _learnt(merged, one, price, amended=number in theirs) > _learnt(kept, other, had, amended=there in ours):
            found[there] = price
    return found


def _learnt(known: Known, entry: Entry, price: Price | None, *, amended: bool) -> int:
    """How well a price is known: stated later, typed, or taken from the list because a page does not say it."""
    if price is None or state_of(price) is CostState.UNKNOWN:
        return 0
    return 3 if amended else 1 if entry.number in known.rows else 2


def _amended(known: Known) -> set[int]:
    return {entry.of or 0 for entry in known.entries.values() if entry.kind is Kind.AMENDMENT}


def _price(known: Known, entry: Entry) -> Price | None:
    """What all that an entry issued did cost, if that is one price."""
    parts = costs_of(known.record, [entry], known.entries.values())
    prices = [part.price for part in parts]
    if not prices or len({price.currency for price in prices}) > 1 or not all(price.known for price in prices):
        return None
    return sum(prices[1:], prices[0])
