"""The bids on the jobs that the writes of one batch are about, kept up with what the batch books."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from core.ledger.bids import bids_in
from core.ledger.model import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from core.ledger.model import Change, Entry
    from core.ledger.ports import Scope
    from core.shared.ids import WalletId


class OnJob(NamedTuple):
    """A job, as the wallet of one team sees it."""

    wallet: WalletId
    job: str


class BidsInBatch:
    """Reads the bids for a whole batch at once, so that what it books need not be written before it is seen."""

    def __init__(
        self, read: Callable[[Collection[OnJob]], Mapping[OnJob, tuple[Entry, ...]]], flush: Callable[[], None]
    ) -> None:
        """`read` finds the bids that the database has, `flush` writes what was decided so far."""
        self._read, self._flush = read, flush
        self._found: dict[OnJob, tuple[Entry, ...]] = {}

    def begin(self, scopes: Iterable[Scope]) -> None:
        """Read the bids for the scopes of a new batch, whose wallets are locked."""
        wanted = {key for scope in scopes for key in _keys(scope)}
        self._found = dict(self._read(wanted)) if wanted else {}

    def on(self, scope: Scope) -> tuple[Entry, ...]:
        """The bids on a scope's jobs, newest first."""
        keys = _keys(scope)
        if missing := [key for key in keys if key not in self._found]:
            self._flush()
            self._found.update(self._read(missing))
        bids = [bid for key in keys for bid in self._found[key]]
        return bids_in(bids) if len(bids) > 1 else tuple(bids)

    def booked(self, wallet: WalletId, change: Change) -> None:
        """Take up what was decided. What an undo or an import means for bids is read again when it is asked for."""
        if not self._found:
            return
        if change.batch is not None or any(entry.kind is Kind.UNDO for entry in change.entries):
            self._found = {key: bids for key, bids in self._found.items() if key.wallet != wallet}
            return
        for bid in bids_in(change.entries):
            if (key := OnJob(wallet, bid.job)) in self._found:
                self._found[key] = (*self._found[key], bid)

    def forget(self) -> None:
        """Read everything again when it is asked for."""
        self._found.clear()


def _keys(scope: Scope) -> list[OnJob]:
    return [OnJob(scope.wallet, job) for job in dict.fromkeys(scope.jobs)]
