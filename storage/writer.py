"""One writer for each process: it decides many callers' wishes in memory and commits them together.

What an engine (SQLite, later PostgreSQL) must do for it is the protocol `Engine`, and no more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeAlias

from core.errors import KeyReused, Refusal, RefusedError, Unknown
from core.model import Change, Receipt, Snapshot, WalletId
from storage.fitness import check_fits, narrow, settled

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from core.ports import Decide, Key, Scope
    from storage.worker import Job

MOST_HELD = 2000


@dataclass(slots=True, eq=False)
class Booking:
    """A wish to book something in the journal."""

    scope: Scope
    key: Key
    decide: Decide


@dataclass(slots=True, eq=False)
class Errand:
    """Something else to be written; `moves_wallets` says that it changes what a decision may look at."""

    run: Callable[[], Any]
    moves_wallets: bool = False


Wish: TypeAlias = Booking | Errand


class Booked(NamedTuple):
    """Where a key was booked: the entries of its change run from `first` to `number`."""

    wallet: WalletId
    first: int
    number: int
    body: str


class Decided(NamedTuple):
    """A change, what it was decided on, and the wallet after it."""

    before: Snapshot
    change: Change
    after: Snapshot


class Engine(Protocol):
    """What a database does for the writer, always on the writer's thread."""

    sole: bool
    """Whether no other process can write, so that a wallet may be remembered from one batch to the next."""

    def begin(self) -> None:
        """Begin a transaction."""
        ...

    def commit(self) -> None:
        """Bring the transaction to the disk."""
        ...

    def rollback(self) -> None:
        """Forget the transaction; harmless where there is none."""
        ...

    def known(self, keys: Sequence[str]) -> Mapping[str, Booked]:
        """Those of the keys that were booked."""
        ...

    def load(self, wallets: Collection[WalletId]) -> Mapping[WalletId, Snapshot]:
        """Lock wallets, in order of id, and read each with its open lots."""
        ...

    def widen(self, base: Snapshot, scope: Scope) -> Snapshot:
        """Add what a scope names, as the transaction sees it."""
        ...

    def receipt(self, booked: Booked) -> Receipt:
        """The receipt that was given when the entry was booked."""
        ...

    def append(self, decided: Sequence[Decided]) -> None:
        """Write changes in their order."""
        ...


class Writer:
    """Works on a batch of wishes: decides one after another, writes what was decided, commits once."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._held: dict[WalletId, Snapshot] = {}
        self._known: Mapping[str, Booked] = {}
        self._fresh: dict[str, tuple[Booking, Receipt]] = {}
        self._pending: list[Decided] = []

    def work(self, jobs: Sequence[Job[Wish]]) -> None:
        """Carry out a batch; where the database refuses it, each wish alone, so that a fault reaches its own caller."""
        try:
            self._together(jobs)
        except Exception:
            self._abandon()
            if len(jobs) == 1:
                raise
        else:
            return
        for job in jobs:
            self._alone(job)

    def _alone(self, job: Job[Wish]) -> None:
        job.outcome = job.error = None
        try:
            self._together([job])
        except Exception as error:  # noqa: BLE001 - whatever it is, it belongs to this caller
            self._abandon()
            job.error = error

    def _together(self, jobs: Sequence[Job[Wish]]) -> None:
        self._begin([job.asked for job in jobs if isinstance(job.asked, Booking)])
        for job in jobs:
            try:
                job.outcome = self._carry_out(job.asked)
            except _OwnFaultError as fault:
                job.error = fault.error
        self._flush()
        self._engine.commit()

    def _begin(self, bookings: Sequence[Booking]) -> None:
        self._engine.begin()
        self._fresh.clear()
        if not self._engine.sole or len(self._held) > MOST_HELD:
            self._held.clear()
        self._known = self._engine.known([booking.key.name for booking in bookings])
        missing = {booking.scope.wallet for booking in bookings} - self._held.keys()
        if missing:
            self._held.update(self._engine.load(missing))

    def _abandon(self) -> None:
        self._pending.clear()
        self._held.clear()
        self._engine.rollback()

    def _carry_out(self, wish: Wish) -> Any:
        if isinstance(wish, Errand):
            return self._run(wish)
        key = wish.key
        if (fresh := self._fresh.get(key.name)) is not None:
            first, receipt = fresh
            same = first.key.body == key.body and first.scope.wallet == wish.scope.wallet
            return receipt._replace(again=True) if same else KeyReused(key.name)
        if (booked := self._known.get(key.name)) is not None:
            same = booked.body == key.body and booked.wallet == wish.scope.wallet
            return self._engine.receipt(booked) if same else KeyReused(key.name)
        return self._book(wish)

    def _run(self, errand: Errand) -> Any:
        self._flush()
        try:
            return errand.run()
        except RefusedError as error:
            raise _OwnFaultError(error) from error
        finally:
            if errand.moves_wallets:
                self._held.clear()

    def _book(self, wish: Booking) -> Receipt | Refusal:
        before = self._before(wish.scope)
        if before is None:
            return Unknown("wallet", str(wish.scope.wallet))
        try:
            outcome = wish.decide(before)
            if isinstance(outcome, Refusal):
                return outcome
            check_fits(before, outcome, wish.key.name)
        except Exception as error:
            raise _OwnFaultError(error) from error
        after = self._held[before.wallet] = settled(before, outcome)
        self._pending.append(Decided(before, outcome, after))
        receipt = Receipt(outcome.entries[-1], outcome.lots)
        self._fresh[wish.key.name] = wish, receipt
        return receipt

    def _before(self, scope: Scope) -> Snapshot | None:
        base = self._held.get(scope.wallet)
        if base is None:
            base = self._engine.load((scope.wallet,)).get(scope.wallet)
        if base is None or narrow(scope):
            return base
        self._flush()
        return self._engine.widen(base, scope)

    def _flush(self) -> None:
        if self._pending:
            self._engine.append(self._pending)
            self._pending.clear()


class _OwnFaultError(Exception):
    """Carries a caller's own error past its neighbours; nothing was written for it."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error
