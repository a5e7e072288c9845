"""The preview of a list of transactions: its figures, and what is asked about it."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Final, NamedTuple

from core.imports.model import Recosted
from core.ledger.budget import SPENT_ON

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.imports.transactions.matching import Doubtful, Pair
    from core.imports.transactions.model import Fee
    from core.imports.transactions.planning import Plan
    from core.ledger.model import Change
    from core.ledger.past.restate import Restated
    from core.shared.money import Price

MOST_PERCENT: Final = 30
"""The rulebook takes no higher tax."""


class TransactionsPreview(NamedTuple):
    """What a list of transactions would change. `change` is None if there is nothing to book.

    `changed` are the purchases that get another price, `known` counts those that have it. `before` and `after` are what
    the changed ones cost in the books and really, one price for each currency; of `unstated` of them nobody had said.
    `pinned` counts the changed ones from before the balance that was confirmed last. `recosted` are the earlier spends
    that follow, and `spends` their numbers. `tax_percent` is the tax on every fee of the file (None: it is not always
    the same). `stamp` identifies what is shown.
    """

    changed: tuple[Pair, ...]
    known: int
    doubtful: tuple[Doubtful, ...]
    missing: tuple[Fee, ...]
    older: tuple[Fee, ...]
    left: int
    before: tuple[Price, ...]
    after: tuple[Price, ...]
    unstated: int
    pinned: int
    recosted: Recosted
    spends: tuple[int, ...]
    tax_percent: int | None
    change: Change | None
    stamp: str


def preview_of(plan: Plan, fees: Iterable[Fee]) -> TransactionsPreview:
    """What a plan would book, in figures."""
    was = [pair.bought.price for pair in plan.changed if pair.bought.price is not None]
    shown = TransactionsPreview(
        plan.changed,
        len(plan.known),
        plan.matched.doubtful,
        plan.matched.missing,
        plan.matched.older,
        len(plan.matched.left),
        _sums(was),
        _sums(pair.price for pair in plan.changed),
        len(plan.changed) - len(was),
        len(plan.pinned),
        _recosted(plan.restated),
        () if plan.restated is None else tuple(entry.number for entry, _, _ in plan.restated.recosted),
        tax_percent([fee.paid for fee in fees]),
        plan.change,
        "",
    )
    return shown._replace(stamp=_stamp(shown, plan))


def _sums(prices: Iterable[Price]) -> tuple[Price, ...]:
    sums: dict[str, Price] = {}
    for price in prices:
        sums[price.currency] = sums.get(price.currency, price.none) + price
    return tuple(sums.values())


def _recosted(restated: Restated | None) -> Recosted:
    """The spends that follow, and by how much more all that was spent has cost, net of what came back.

    Connects that came back were spent again, so that the spends by themselves would count their cost twice.
    """
    if restated is None:
        return Recosted(0, ())
    legs = (beyond for entry in restated.change.entries for _, beyond in entry.moves if beyond.account in SPENT_ON)
    sums = _sums(leg.price for leg in legs if leg.price is not None and leg.price.known)
    return Recosted(len(restated.recosted), tuple(price for price in sums if any((price.net, price.tax))))


def tax_percent(prices: Iterable[Price]) -> int | None:
    """The tax in whole percent that is on each of these prices, to the cent (None: there is none, or it differs)."""
    paid = [price for price in prices if price.net]
    net = sum(price.net for price in paid)
    percent = round(100 * sum(price.tax for price in paid) / net) if net else 0
    alike = all(price.tax == (price.net * percent + 50) // 100 for price in paid)
    return percent if 0 < percent <= MOST_PERCENT and alike else None


def _stamp(shown: TransactionsPreview, plan: Plan) -> str:
    """What tells this preview from another one: all that it would book, and all its figures."""
    pairs = [(pair.fee, pair.bought.number, pair.bought.price, pair.price) for pair in shown.changed]
    figures = shown._replace(changed=(), change=None), pairs, [pair.bought.number for pair in plan.pinned]
    return hashlib.blake2b(json.dumps(figures, default=str).encode(), digest_size=8).hexdigest()
