"""One writer for each process: it decides many callers' wishes in memory and commits them together.

What an engine (SQLite, PostgreSQL) must do for it is the protocol `Engine`, and no more.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import sleep
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol, TypeAlias

from core.ledger.model import Change, Receipt, Snapshot
from core.shared.refusals import KeyReused, Outage, Refusal, RefusedError, UnavailableError, Unknown
from storage.errors import Diagnosis, Retry
from storage.writer.invariants import check_fits, narrow, settled

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from core.ledger.ports import Decide, Key, Scope
    from core.shared.ids import WalletId
    from storage.writer.worker import Job

MOST_HELD: Final = 2000
MOST_ATTEMPTS: Final = 10
PAUSES: Final = (0.05, 0.2, 0.5, 1.0, 2.0)
"""Seconds between the attempts while a database cannot be reached; a batch has them once, not each of its wishes."""


@dataclass(slots=True, eq=False)
class Booking:
    """A wish to book something in the journal."""

    scope: Scope
    key: Key
    decide: Decide


@dataclass(slots=True, eq=False)
class Errand:
    """Something else to be written; `moves_wallets` says that it changes what a decision may look at.

    One that is not `repeatable` has no key by which a second attempt would know of the first: where the answer to its
    commit is lost, its caller hears that.
    """

    run: Callable[[], Any]
    moves_wallets: bool = False
    repeatable: bool = True


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


class Found(NamedTuple):
    """What a transaction begins with: those of the keys that were booked, and those of the wallets that exist."""

    known: Mapping[str, Booked]
    wallets: Mapping[WalletId, Snapshot]


class Engine(Protocol):
    """What a database does for the writer, always on the writer's thread."""

    sole: bool
    """Whether no other process can write, so that a wallet may be remembered from one batch to the next."""

    def begin(self, keys: Sequence[str], wallets: Collection[WalletId]) -> Found:
        """Begin a transaction, lock the wallets in order of id, read them; then look up the keys."""
        ...

    def commit(self) -> None:
        """Bring the transaction to the disk."""
        ...

    def rollback(self) -> None:
        """Forget the transaction; harmless where there is none."""
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

    def diagnose(self, error: Exception) -> Diagnosis:
        """What an error of the driver means; any other error is its own meaning."""
        ...


class Writer:
    """Works on a batch of wishes: decides one after another, writes what was decided, commits once."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._held: dict[WalletId, Snapshot] = {}
        self._known: Mapping[str, Booked] = {}
        self._in_doubt: set[str] = set()
        self._unsure = False
        self._fresh: dict[str, tuple[Booking, Receipt]] = {}
        self._pending: list[Decided] = []

    def work(self, jobs: Sequence[Job[Wish]]) -> None:
        """Carry out a batch; where the database refuses it, each wish alone, so that a fault reaches its own caller."""
        try:
            self._together(jobs)
        except Exception as error:  # noqa: BLE001 - whatever it is, each wish is tried once more
            self._abandon()
            self._one_by_one(jobs, self._engine.diagnose(error))
            self._in_doubt.clear()
            self._unsure = False

    def _one_by_one(self, jobs: Sequence[Job[Wish]], found: Diagnosis) -> None:
        """Try each wish alone; while the database is out of reach all wait together, and then hear it together."""
        pauses = list(PAUSES)
        for job in jobs:
            job.outcome = job.error = None
            if self._unsure and not _repeatable(job.asked):
                job.error = UnavailableError(Outage.LOST, maybe=True)
                continue
            found = self._carry_through(job, found, pauses)
            if found.error is not None:
                job.error = self._told(job, found.error)

    def _carry_through(self, job: Job[Wish], found: Diagnosis, pauses: list[float]) -> Diagnosis:
        """Carry out one wish, again while that makes sense: its key makes it harmless."""
        if isinstance(found.error, UnavailableError) and found.retry is Retry.NEVER:
            return found
        for _ in range(MOST_ATTEMPTS):
            if found.retry is Retry.LATER:
                if not pauses:
                    return found
                sleep(pauses.pop(0))
            found = self._attempt(job)
            if found.retry is Retry.NEVER or (self._unsure and not _repeatable(job.asked)):
                return found
        return found

    def _attempt(self, job: Job[Wish]) -> Diagnosis:
        try:
            self._together([job])
        except Exception as error:  # noqa: BLE001 - whatever it is, it belongs to this caller
            self._abandon()
            job.outcome = None
            return self._engine.diagnose(error)
        return Diagnosis(job.error)

    def _told(self, job: Job[Wish], error: Exception) -> Exception:
        """What a caller hears; where a commit failed in an outage, it may have reached the disk all the same."""
        if not isinstance(error, UnavailableError):
            return error
        maybe = isinstance(job.asked, Booking) and job.asked.key.name in self._in_doubt
        told = UnavailableError(error.why, maybe=maybe)
        told.__cause__ = error.__cause__
        return told

    def _together(self, jobs: Sequence[Job[Wish]]) -> None:
        self._begin([job.asked for job in jobs if isinstance(job.asked, Booking)])
        for job in jobs:
            try:
                job.outcome = self._carry_out(job.asked)
            except _OwnFaultError as fault:
                job.error = fault.error
        self._flush()
        try:
            self._engine.commit()
        except Exception:
            self._in_doubt.update(self._fresh)
            self._unsure = True
            raise

    def _begin(self, bookings: Sequence[Booking]) -> None:
        self._fresh.clear()
        if not self._engine.sole or len(self._held) > MOST_HELD:
            self._held.clear()
        missing = {booking.scope.wallet for booking in bookings} - self._held.keys()
        self._known, found = self._engine.begin([booking.key.name for booking in bookings], missing)
        self._held.update(found)

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
            return self._given_again(booked, key.name) if same else KeyReused(key.name)
        return self._book(wish)

    def _given_again(self, booked: Booked, key: str) -> Receipt:
        """The receipt of a key; to its caller it is new where only the answer to our commit was lost."""
        return self._engine.receipt(booked)._replace(again=key not in self._in_doubt)

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


def _repeatable(wish: Wish) -> bool:
    return isinstance(wish, Booking) or wish.repeatable


class _OwnFaultError(Exception):
    """Carries a caller's own error past its neighbours; nothing was written for it."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error
