"""What a proposal cost net: of each lot, what its pieces drew and what did not come back."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from core.proposals.deriving.pieces import OURS
from core.proposals.model import NetCost
from core.shared.money import UNKNOWN, Price

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from core.proposals.deriving.pieces import Piece


class _Drawn:
    """What was drawn from one lot."""

    __slots__ = ("connects", "net", "paid", "tax", "unknown")

    def __init__(self) -> None:
        self.connects = self.net = self.tax = 0
        self.unknown = self.paid = False


def net_of(pieces: Iterable[Piece], unknown_lots: AbstractSet[int] = frozenset()) -> NetCost:
    """The net cost of pieces. `unknown_lots` are lots of unknown cost whose postings have none at all."""
    drawn: defaultdict[tuple[int, str], _Drawn] = defaultdict(_Drawn)
    for piece in pieces:
        for entry in piece.legs:
            for leg in entry.postings[1::2]:
                if leg.account in OURS:
                    price = leg.price
                    lot = drawn[leg.lot, "" if price is None else price.currency]
                    lot.connects += leg.connects
                    if price is not None:
                        lot.net += price.net
                        lot.tax += price.tax
                        lot.paid = lot.paid or bool(price.net or price.tax)
                    lot.unknown = price == UNKNOWN or leg.lot in unknown_lots
    return _summed(drawn)


def _summed(drawn: defaultdict[tuple[int, str], _Drawn]) -> NetCost:
    free = paid = unknown = 0
    money: dict[str, Price] = {}
    for (_, currency), lot in drawn.items():
        if lot.unknown:
            unknown += lot.connects
        elif lot.paid:
            paid += lot.connects
            money[currency] = money.get(currency, Price(0, 0, currency)) + Price(lot.net, lot.tax, currency)
        else:
            free += lot.connects
    return NetCost(free, paid, unknown, tuple(price for _, price in sorted(money.items()) if price.total))
