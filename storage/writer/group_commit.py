"""Group commit: one writer for each process decides the queued writes of many callers and commits them together.

All that it needs of a database (SQLite, PostgreSQL) is the protocol `Engine`.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import sleep
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol, TypeAlias

from core.ledger.model import Change, Receipt, Snapshot
from core.shared.refusals import KeyReused, Outage, Refusal, RefusedError, UnavailableError, Unknown
from storage.errors import Diagnosis, Retry
from storage.writer.bids import BidsInBatch
from storage.writer.invariants import check_fits, narrow, wallet_after

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from core.ledger.model import Entry
    from core.ledger.ports import Decide, Key, Scope
    from core.shared.ids import WalletId
    from storage.writer.bids import OnJob
    from storage.writer.worker import Call

MOST_CACHED: Final = 2000
MOST_ATTEMPTS: Final = 10
PAUSES: Final = (0.05, 0.2, 0.5, 1.0, 2.0)
"""Back-off in seconds while a database cannot be reached. All writes of a batch share it."""


@dataclass(slots=True, eq=False)
class JournalWrite:
    """A queued write to the journal. Its key makes it idempotent, so that it can be retried."""

    scope: Scope
    key: Key
    decide: Decide


@dataclass(slots=True, eq=False)
class PlainWrite:
    """Any other queued write. `moves_wallets`: it changes what a decision may depend on, so no cached wallet survives.

    One that is not `idempotent` is never retried after its commit may have succeeded. If the answer to that commit is
    lost, its caller gets an error that says so.
    """

    run: Callable[[], Any]
    moves_wallets: bool = False
    idempotent: bool = True


QueuedWrite: TypeAlias = JournalWrite | PlainWrite


class Booked(NamedTuple):
    """Where a key was booked. The entries of its change are numbered from `first` to `number`."""

    wallet: WalletId
    first: int
    number: int
    body: str


class Decided(NamedTuple):
    """A change, the snapshot that it was decided on, and the wallet after it."""

    before: Snapshot
    change: Change
    after: Snapshot


class Found(NamedTuple):
    """What a transaction begins with: the keys that are booked already, and the wallets that exist."""

    known: Mapping[str, Booked]
    wallets: Mapping[WalletId, Snapshot]


class Engine(Protocol):
    """What a database does for the writer. All of it runs on the writer's thread."""

    sole: bool
    """No other process can write, so a wallet may be cached from one batch to the next."""

    def begin(self, keys: Sequence[str], wallets: Collection[WalletId]) -> Found:
        """Begin a transaction, lock the wallets in order of id and read them, like `load`. Then look up the keys."""
        ...

    def commit(self) -> None:
        """Commit the transaction. When this returns, it is on disk."""
        ...

    def rollback(self) -> None:
        """Roll the transaction back. Does nothing if there is none."""
        ...

    def load(self, wallets: Collection[WalletId]) -> Mapping[WalletId, Snapshot]:
        """Lock wallets in order of id, and read each with its open lots. Unknown and closed ones are left out."""
        ...

    def widen(self, base: Snapshot, scope: Scope) -> Snapshot:
        """Add what a scope names to a snapshot, as the transaction sees it, but for the bids on its jobs."""
        ...

    def bids(self, wanted: Collection[OnJob]) -> Mapping[OnJob, tuple[Entry, ...]]:
        """The bids on jobs as the transaction sees them, for each of the jobs that are asked for."""
        ...

    def receipt(self, booked: Booked, key: str) -> Receipt:
        """The receipt as it was when the entry was booked under a key. That of an import has its last entry only."""
        ...

    def import_under(self, key: str) -> tuple[WalletId, int] | None:
        """The wallet and the number of the import that was booked under a key (None: there is none)."""
        ...

    def append(self, decided: Sequence[Decided]) -> None:
        """Write decided changes, in their order."""
        ...

    def diagnose(self, error: Exception) -> Diagnosis:
        """What an error of the driver means. Any other error is passed through."""
        ...


class Writer:
    """Takes a batch of queued writes, decides them one after another, writes what was decided and commits once."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._cached: dict[WalletId, Snapshot] = {}
        self._booked: Mapping[str, Booked] = {}
        self._in_doubt: set[str] = set()
        self._commit_in_doubt = False
        self._fresh: dict[str, tuple[JournalWrite, Receipt]] = {}
        self._pending: list[Decided] = []
        self._bids = BidsInBatch(engine.bids, self._flush)

    def work(self, calls: Sequence[Call[QueuedWrite]]) -> None:
        """Commit a batch. If the database refuses it, run each write alone, so that a fault reaches its own caller."""
        try:
            self._commit_together(calls)
        except Exception as error:  # noqa: BLE001 - whatever it is, each write is tried alone
            self._abandon()
            self._commit_one_by_one(calls, self._engine.diagnose(error))
            self._in_doubt.clear()
            self._commit_in_doubt = False

    def _commit_one_by_one(self, calls: Sequence[Call[QueuedWrite]], found: Diagnosis) -> None:
        """Run each write alone. During an outage they share one back-off, and then all of them fail."""
        pauses = list(PAUSES)
        for call in calls:
            call.outcome = call.error = None
            if self._commit_in_doubt and not _idempotent(call.asked):
                call.error = UnavailableError(Outage.LOST, maybe=True)
                continue
            found = self._retry(call, found, pauses)
            if found.error is not None:
                call.error = self._error_for(call, found.error)

    def _retry(self, call: Call[QueuedWrite], found: Diagnosis, pauses: list[float]) -> Diagnosis:
        """Run one write, and retry it while the diagnosis allows that. `pauses` loses those that were slept."""
        if isinstance(found.error, UnavailableError) and found.retry is Retry.NEVER:
            return found
        for _ in range(MOST_ATTEMPTS):
            if found.retry is Retry.LATER:
                if not pauses:
                    return found
                sleep(pauses.pop(0))
            found = self._attempt(call)
            if found.retry is Retry.NEVER or (self._commit_in_doubt and not _idempotent(call.asked)):
                return found
        return found

    def _attempt(self, call: Call[QueuedWrite]) -> Diagnosis:
        try:
            self._commit_together([call])
        except Exception as error:  # noqa: BLE001 - whatever it is, it belongs to this caller
            self._abandon()
            call.outcome = None
            return self._engine.diagnose(error)
        return Diagnosis(call.error)

    def _error_for(self, call: Call[QueuedWrite], error: Exception) -> Exception:
        """The error that a caller gets. If a commit failed in an outage, it may have reached the disk all the same."""
        if not isinstance(error, UnavailableError):
            return error
        maybe = call.asked.key.name in self._in_doubt if isinstance(call.asked, JournalWrite) else self._commit_in_doubt
        own = UnavailableError(error.why, maybe=maybe)
        own.__cause__ = error.__cause__
        return own

    def _commit_together(self, calls: Sequence[Call[QueuedWrite]]) -> None:
        self._begin([call.asked for call in calls if isinstance(call.asked, JournalWrite)])
        for call in calls:
            try:
                call.outcome = self._carry_out(call.asked)
            except _OwnFaultError as fault:
                call.error = fault.error
        self._flush()
        try:
            self._engine.commit()
        except Exception:
            self._in_doubt.update(self._fresh)
            self._commit_in_doubt = True
            raise

    def _begin(self, writes: Sequence[JournalWrite]) -> None:
        self._fresh.clear()
        if not self._engine.sole or len(self._cached) > MOST_CACHED:
            self._cached.clear()
        missing = {write.scope.wallet for write in writes} - self._cached.keys()
        self._booked, found = self._engine.begin([write.key.name for write in writes], missing)
        self._cached.update(found)
        self._bids.begin([write.scope for write in writes if write.scope.jobs and write.key.name not in self._booked])

    def _abandon(self) -> None:
        self._pending.clear()
        self._cached.clear()
        self._engine.rollback()

    def _carry_out(self, write: QueuedWrite) -> Any:
        if isinstance(write, PlainWrite):
            return self._run(write)
        key = write.key
        if (fresh := self._fresh.get(key.name)) is not None:
            first, receipt = fresh
            same = first.key.body == key.body and first.scope.wallet == write.scope.wallet
            return receipt._replace(replayed=True) if same else KeyReused(key.name)
        if (booked := self._booked.get(key.name)) is not None:
            same = booked.body == key.body and booked.wallet == write.scope.wallet
            return self._replayed(booked, key.name) if same else KeyReused(key.name)
        if write.scope.imports and (found := self._engine.import_under(key.name)) is not None:
            same = found[0] == write.scope.wallet
            return Receipt((), (), replayed=key.name not in self._in_doubt) if same else KeyReused(key.name)
        return self._book(write)

    def _replayed(self, booked: Booked, key: str) -> Receipt:
        """The first receipt of a key. If only the answer to our own commit was lost, it is new to its caller."""
        return self._engine.receipt(booked, key)._replace(replayed=key not in self._in_doubt)

    def _run(self, write: PlainWrite) -> Any:
        self._flush()
        try:
            return write.run()
        except RefusedError as error:
            raise _OwnFaultError(error) from error
        finally:
            if write.moves_wallets:
                self._cached.clear()
                self._bids.forget()

    def _book(self, write: JournalWrite) -> Receipt | Refusal:
        before = self._before(write.scope)
        if before is None:
            return Unknown("wallet", str(write.scope.wallet))
        try:
            outcome = write.decide(before)
            if isinstance(outcome, Refusal):
                return outcome
            check_fits(before, outcome, write.key.name)
        except Exception as error:
            raise _OwnFaultError(error) from error
        after = self._cached[before.wallet] = wallet_after(before, outcome)
        self._pending.append(Decided(before, outcome, after))
        self._bids.booked(before.wallet, outcome)
        receipt = Receipt(outcome.entries, outcome.lots)
        self._fresh[write.key.name] = write, receipt
        return receipt

    def _before(self, scope: Scope) -> Snapshot | None:
        base = self._cached.get(scope.wallet)
        if base is None:
            base = self._engine.load((scope.wallet,)).get(scope.wallet)
        if base is not None and not narrow(scope):
            self._flush()
            base = self._engine.widen(base, scope)
        return base._replace(bids=self._bids.on(scope)) if base is not None and scope.jobs else base

    def _flush(self) -> None:
        if self._pending:
            self._engine.append(self._pending)
            self._pending.clear()


def _idempotent(write: QueuedWrite) -> bool:
    return isinstance(write, JournalWrite) or write.idempotent


class _OwnFaultError(Exception):
    """Carries a caller's own error past the rest of its batch. Nothing was written for that caller."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error
