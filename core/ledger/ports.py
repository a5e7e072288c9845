"""What the ledger needs from a store: one narrow write, and reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from core.ledger.flows import Flows
    from core.ledger.model import Change, Entry, Lot, Receipt, Snapshot
    from core.ledger.sightings import Batch, Sighting
    from core.shared.ids import PersonId, PromotionId, WalletId
    from core.shared.refusals import Refusal

    Decide = Callable[[Snapshot], Change | Refusal]


class Key(NamedTuple):
    """The sender's key of a fact, and the fingerprint of the request made under it."""

    name: str
    body: str


class Scope(NamedTuple):
    """What a write concerns, stated up front: the store locks and loads this and no more.

    `imports`: it is about an import. Only then may the change have a batch. `dated`: it must be known whether anything
    was booked later than it happened. `jobs`: it must be known who has bid on them.
    """

    wallet: WalletId
    entries: tuple[int, ...] = ()
    once_keys: tuple[str, ...] = ()
    recent: datetime | None = None
    promotion: PromotionId | None = None
    claimant: PersonId | None = None
    imports: bool = False
    dated: bool = False
    jobs: tuple[str, ...] = ()


class Record(NamedTuple):
    """Everything about one wallet: its state with all of its lots and once-keys, its entries and its imports."""

    head: Snapshot
    entries: tuple[Entry, ...]
    batches: tuple[Batch, ...]


class Ledger(Protocol):
    """The journal and its projections."""

    async def write(self, scope: Scope, key: Key, decide: Decide) -> Receipt | Refusal:
        """Lock the wallet, look the key up, decide, commit everything at once; return only when it is on disk.

        Idempotent: a known key with the same body gives the first receipt, marked `replayed`; with another body it is
        refused as `KeyReused`. `decide` is pure and may be called more than once. A wallet that does not exist is
        refused as `Unknown`. The receipt of an import, replayed, has its last entry at most: it is not read again.
        """
        ...

    async def holding(self, wallet: WalletId) -> Snapshot:
        """The wallet now, with its open lots."""
        ...

    async def record(self, wallet: WalletId) -> Record:
        """Everything about a wallet, as of one moment. A wallet that does not exist is refused as `Unknown`."""
        ...

    async def lots(self, wallet: WalletId) -> tuple[Lot, ...]:
        """Every lot of a wallet as it stands, by its number, also those that are used up or were taken back."""
        ...

    async def lots_at(self, wallet: WalletId, at: datetime) -> tuple[Lot, ...]:
        """Every lot issued up to `at`, with what was left in it by then (`at` included), by when facts happened.

        Where anything was booked later than it happened, lots have the price that they have in the end,
        and what was undone never was.
        """
        ...

    async def history(self, wallet: WalletId, before: int | None, limit: int) -> tuple[Entry, ...]:
        """Entries numbered below `before` (None: the newest), newest first."""
        ...

    async def happened_since(self, wallet: WalletId, since: datetime) -> tuple[Entry, ...]:
        """What happened from `since` on, whenever it was booked, oldest first; of one moment in the order of booking.

        What refers to one of these entries is among them, because nothing happens before what it refers to.
        """
        ...

    async def latest(self, wallet: WalletId, limit: int) -> tuple[Entry, ...]:
        """The last `limit` entries by when they happened, oldest first, with all others of the first one's moment.

        Recasts are not counted.
        """
        ...

    async def flows(self, wallet: WalletId, edges: Sequence[datetime]) -> tuple[Flows, ...]:
        """What moved in each span between two edges, the first of which is included in it. Edges are in order.

        The balance at an edge is that of now less all deltas from it on, if the last edge is later than everything.
        """
        ...

    async def entry(self, wallet: WalletId, number: int) -> Entry | None:
        """One entry by its number."""
        ...

    async def booked(self, wallet: WalletId, key: str) -> tuple[Entry, ...]:
        """The entries of the change that was booked in this wallet under a key (`own_key`), in order; empty if none."""
        ...

    async def imported(self, wallet: WalletId, key: str) -> Batch | None:
        """The import, or the undo of one, that was booked in this wallet under a key (`own_key`; None: there is none).

        It comes with what it saw of proposals, but without its rows.
        """
        ...

    async def batches(self, wallet: WalletId) -> tuple[Batch, ...]:
        """The wallet's imports and undos, oldest first, with what they saw of proposals but without their rows."""
        ...

    async def sightings(self, wallet: WalletId, after: tuple[int, int], limit: int) -> tuple[tuple[int, Sighting], ...]:
        """Rows that imports saw, undone ones included, by (import, line): those behind `after`, which is (0, 0) first.

        Each comes with the number of its import. `core.statements.sightings` tells what they say of entries.
        """
        ...

    async def titles(self, wallet: WalletId, limit: int) -> tuple[str, ...]:
        """The distinct memos of the wallet's latest thousand spends that are not undone, newest first.

        What is newest goes by when it happened, here and in `on_job`.
        """
        ...

    async def on_job(self, wallet: WalletId, job: str) -> tuple[Entry, ...]:
        """The wallet's spends on a job that are not undone, newest first.

        The job may be known only from what an import saw that was not undone.
        """
        ...

    async def lapsed(self, now: datetime, limit: int) -> tuple[WalletId, ...]:
        """Wallets with a lot that expired by `now` with Connects left, each once. Served by an index."""
        ...

    async def expiring(self, after: datetime, until: datetime, limit: int) -> tuple[Expiring, ...]:
        """Lots with Connects left that expire after `after` and by `until`, the soonest first. Served by an index."""
        ...


class Expiring(NamedTuple):
    """A lot that expires, its wallet, and how many days ahead the holder wants to be notified."""

    wallet: WalletId
    lot: Lot
    days: tuple[int, ...]


class LedgerStore(Protocol):
    """A store that has this port."""

    @property
    def ledger(self) -> Ledger:
        """The journal and its projections."""
        ...
