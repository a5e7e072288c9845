"""The checks that every store makes before it writes a change, and the snapshot that the change leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.ledger.model import Change, Snapshot
from core.shared.bounds import MOST, MOST_MONEY
from storage.errors import UnfitChangeError

if TYPE_CHECKING:
    from core.ledger.ports import Scope
    from core.ledger.sightings import Batch
    from core.wallets.settings import Settings


def check_fits(before: Snapshot, change: Change, key: str) -> None:
    """Raise `UnfitChangeError` unless the change continues the wallet and stays within its bounds."""
    if change.batch is not None:
        _check_batch(before, change.batch, key)
    if not change.entries:
        alone = Change((), (), low=change.low, budget=change.budget, batch=change.batch, limits=change.limits)
        if change.batch is None or change != alone:
            raise UnfitChangeError(f"the change decided for the key {key} has no entries, but is not only an import")
        return
    last = change.entries[-1]
    if last.key != key:
        raise UnfitChangeError(f"an entry decided for the key {key} carries the key {last.key}")
    if last.wallet != before.wallet or last.number != before.entries + len(change.entries):
        raise UnfitChangeError(f"entry {last.number} does not follow entry {before.entries} of wallet {before.wallet}")
    if not 0 <= last.balance <= MOST:
        raise UnfitChangeError(f"wallet {before.wallet} would hold {last.balance} Connects")
    for lot in change.lots:
        if not 0 <= lot.left <= lot.size <= MOST:
            raise UnfitChangeError(f"lot {lot.number} of wallet {before.wallet} would hold {lot.left} of {lot.size}")
        if lot.price is not None and max(lot.price.net, lot.price.tax) > MOST_MONEY:
            raise UnfitChangeError(f"lot {lot.number} of wallet {before.wallet} would cost {lot.price}")


def _check_batch(before: Snapshot, batch: Batch, key: str) -> None:
    if batch.key != key:
        raise UnfitChangeError(f"an import decided for the key {key} carries the key {batch.key}")
    if before.imports is None:
        raise UnfitChangeError("an import was decided in a scope that is not about imports")
    if batch.wallet != before.wallet or batch.number != before.imports + 1:
        raise UnfitChangeError(
            f"import {batch.number} does not follow import {before.imports} of wallet {before.wallet}"
        )
    if not batch.seal:
        raise UnfitChangeError(f"import {batch.number} of wallet {before.wallet} is not sealed")


def check_settings(settings: Settings) -> None:
    """Raise `UnfitChangeError` unless every database can hold the settings of a wallet."""
    check_figures(threshold=settings.threshold, budget=settings.budget)


def check_figures(**figures: int | None) -> None:
    """Raise `UnfitChangeError` unless every database can hold these figures (None: there is none)."""
    for name, figure in figures.items():
        if figure is not None and not -MOST <= figure <= MOST:
            raise UnfitChangeError(f"{name} would be {figure}; no figure may be larger than {MOST}")


def narrow(scope: Scope) -> bool:
    """Whether a scope asks for no more than the wallet and its open lots, apart from the bids on its jobs."""
    named = scope.entries or scope.once_keys or scope.imports or scope.dated
    return not named and scope.recent is None and scope.promotion is None


def wallet_after(before: Snapshot, change: Change) -> Snapshot:
    """The wallet after a change, with its open lots and without anything that a scope had added."""
    touched = {lot.number: lot for lot in change.lots}
    lots = [touched.pop(lot.number, lot) for lot in before.lots]
    lots.extend(touched.values())
    made = max(before.lots_made, *touched) if touched else before.lots_made
    still_open = tuple([lot for lot in lots if lot.left])
    if not change.entries:
        return before._replace(
            lots=still_open, related=(), followers=(), once_keys=(), left=None, claimed="", imports=None, bids=()
        )
    last = change.entries[-1]
    return Snapshot(
        before.wallet,
        last.number,
        made,
        last.balance,
        last.seal,
        last.at,
        before.threshold,
        change.low,
        change.budget,
        still_open,
        limits=change.limits,
        feed=before.feed,
    )
