"""What moved in spans of time, by when it happened."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.ledger.model import Purpose, Source
    from core.shared.money import Price


class Flows(NamedTuple):
    """What moved in a span, in Connects, by when it happened.

    An entry that was undone counts as if it had not happened. `spent` is whatever was spent, `returned` what came back
    in this span, whenever it had been spent. `earned` is what was earned, without purchases, first balances and
    corrections. `adjusted` is by how much corrections raised (or lowered) the balance, `opened` what the wallet began
    with, with all else that came in by no known way. `delta` is by how much the balance changed.

    `paid` is the price of what was bought, `cost` that of what was spent and did not come back: one price for each
    currency, in the order of their codes. In a span in which more came back than was spent it is negative. `unknown`
    are Connects that were spent and did not come back, whose cost nobody has stated, so that it is not part of `cost`.
    `unpriced` are Connects that were bought at a price that nobody has stated.
    """

    spent: Mapping[Purpose, int]
    returned: int
    bought: int
    earned: Mapping[Source, int]
    opened: int
    expired: int
    adjusted: int
    delta: int
    paid: tuple[Price, ...] = ()
    cost: tuple[Price, ...] = ()
    unknown: int = 0
    unpriced: int = 0
