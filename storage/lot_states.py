"""The last state of each lot that a batch touched: what becomes of it in between is written by nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from core.model import Change, Lot, Snapshot, WalletId

    Lots: TypeAlias = dict[tuple[WalletId, int], Lot]


class LotStates:
    """Lots by wallet and number: born in the batch, only drawn from, or changed otherwise."""

    def __init__(self) -> None:
        self.born: Lots = {}
        self.drawn: Lots = {}
        self.changed: Lots = {}

    def add(self, before: Snapshot, change: Change) -> None:
        """Take in the next change."""
        known = {lot.number: lot for lot in before.lots}
        for lot in change.lots:
            at = (before.wallet, lot.number)
            earlier = known.get(lot.number)
            if earlier is None or at in self.born:
                self.born[at] = lot
            elif lot.left and earlier.left and lot.size == earlier.size and at not in self.changed:
                self.drawn[at] = lot
            else:
                self.drawn.pop(at, None)
                self.changed[at] = lot
