"""What the ledger asks of a store: one narrow write, and reads beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from core.ledger.model import Change, Entry, Lot, Receipt, Snapshot
    from core.shared.ids import PersonId, PromotionId, WalletId
    from core.shared.refusals import Refusal

    Decide = Callable[[Snapshot], Change | Refusal]


class Key(NamedTuple):
    """The sender's key of a fact, and the fingerprint of what was asked under it."""

    name: str
    body: str


class Scope(NamedTuple):
    """What a write concerns, named up front: the store locks and loads this and no more."""

    wallet: WalletId
    entries: tuple[int, ...] = ()
    marks: tuple[str, ...] = ()
    recent: datetime | None = None
    promotion: PromotionId | None = None
    claimant: PersonId | None = None


class Ledger(Protocol):
    """The journal and its projections."""

    async def write(self, scope: Scope, key: Key, decide: Decide) -> Receipt | Refusal:
        """Lock, look the key up, decide, commit whole; answer only when it is on disk.

        A known key with the same body gives the first receipt (`again`); with another body, `KeyReused`.
        `decide` is pure and may be called more than once. A wallet that does not exist is `Unknown`.
        """
        ...

    async def holding(self, wallet: WalletId) -> Snapshot:
        """The wallet now, with its open lots."""
        ...

    async def lots_at(self, wallet: WalletId, at: datetime) -> tuple[Lot, ...]:
        """Every lot issued up to `at`, with what the journal up to and including `at` left in it."""
        ...

    async def history(self, wallet: WalletId, before: int | None, limit: int) -> tuple[Entry, ...]:
        """Entries numbered below `before` (None: the newest), newest first."""
        ...

    async def entry(self, wallet: WalletId, number: int) -> Entry | None:
        """One entry by its number."""
        ...

    async def titles(self, wallet: WalletId, limit: int) -> tuple[str, ...]:
        """The latest distinct memos of the wallet's spends, newest first."""
        ...

    async def on_job(self, wallet: WalletId, job: str) -> tuple[Entry, ...]:
        """The wallet's spends on a job that are not undone, among its last thousand entries, newest first."""
        ...

    async def lapsed(self, now: datetime, limit: int) -> tuple[WalletId, ...]:
        """Wallets with a lot that has Connects left and expired by `now`, each once, through an index."""
        ...

    async def expiring(self, after: datetime, until: datetime, limit: int) -> tuple[Expiring, ...]:
        """Lots with Connects left that expire after a time and up to another, the soonest first, through an index."""
        ...


class Expiring(NamedTuple):
    """A lot that expires, whose it is, and how many days before they want to be told."""

    wallet: WalletId
    lot: Lot
    marks: tuple[int, ...]
