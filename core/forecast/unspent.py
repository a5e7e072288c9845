"""What will expire unspent at the present pace: the lots are drawn in the order of use, each until it expires."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from core.forecast.burn_rate import THOUSANDTHS
from core.ledger.entry_builder import order_of_use
from core.shared.calendar import DAY
from core.shared.money import CostState

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from core.forecast.burn_rate import BurnRate
    from core.ledger.model import Lot
    from core.ledger.rulebook import Rulebook
    from core.shared.money import Price

ONE: Final = THOUSANDTHS * (DAY // timedelta.resolution)
"""A Connect in the unit of `_left_over`."""


class Estimate(NamedTuple):
    """Connects at the usual pace, and at the paces that leave the least and the most."""

    usual: int
    least: int
    most: int


class LeftOver(NamedTuple):
    """How many Connects of a lot will expire unspent."""

    lot: Lot
    connects: Estimate

    @property
    def cost(self) -> Price | None:
        """What those cost at the usual pace (None: nothing, or nobody has said)."""
        return _cost(self.lot, self.connects.usual)


class Loss(NamedTuple):
    """Connects that will expire unspent at one pace, and what they cost.

    `costs` has one price for each currency, in the order of their codes; `unknown` are Connects whose cost nobody has
    stated. The rest was free.
    """

    connects: int
    costs: tuple[Price, ...]
    unknown: int


class Unspent(NamedTuple):
    """What will expire unspent: the lots of which something may, in the order of use, and all of it at each pace."""

    lots: tuple[LeftOver, ...]
    usual: Loss
    least: Loss
    most: Loss


def unspent(lots: Iterable[Lot], rate: BurnRate | None, now: datetime, rulebook: Rulebook) -> Unspent | None:
    """What will expire unspent of these lots, if nothing is added; None if the pace is not known."""
    if rate is None:
        return None
    live = sorted(
        (lot for lot in lots if lot.left and not lot.expired(now)), key=lambda lot: order_of_use(lot, rulebook)
    )
    paces = zip(*(_left_over(live, pace, now) for pace in (rate.usual, rate.fast, rate.slow)), strict=True)
    over = tuple(LeftOver(lot, Estimate(*pace)) for lot, pace in zip(live, paces, strict=True) if max(pace))
    return Unspent(
        over, *(_loss([(one.lot, one.connects[pace]) for one in over]) for pace in range(len(Estimate._fields)))
    )


def _loss(lots: Sequence[tuple[Lot, int]]) -> Loss:
    costs: dict[str, Price] = {}
    for lot, connects in lots:
        if (cost := _cost(lot, connects)) is not None:
            costs[cost.currency] = costs.get(cost.currency, cost.none) + cost
    unknown = sum(connects for lot, connects in lots if lot.cost_state is CostState.UNKNOWN)
    return Loss(sum(connects for _, connects in lots), tuple(costs[one] for one in sorted(costs)), unknown)


def _cost(lot: Lot, connects: int) -> Price | None:
    return lot.cost_of(connects) if lot.cost_state is CostState.PAID and connects else None


def _left_over(lots: Sequence[Lot], pace: int, now: datetime) -> list[int]:
    """What each of the lots, in the order of use, still holds when it expires, at so many thousandths a day.

    `drawn` is what they give, in thousandths of a Connect times the microseconds of a day: in whole numbers, so that
    nothing is rounded before the end.
    """
    over: list[int] = []
    drawn = 0
    for lot in lots:
        held = lot.left * ONE
        if lot.expires is None:
            given = held
        else:
            given = min(held, max(pace * ((lot.expires - now) // timedelta.resolution) - drawn, 0))
        drawn += given
        over.append(0 if lot.expires is None else lot.left - given // ONE)
    return over
