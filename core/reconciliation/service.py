"""The service that keeps the books beside the balance that Upwork shows: it compares, confirms, and lifts."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from core.alerts.catalogue import observe
from core.booking import PLANS, fingerprint
from core.ledger.change_keys import own_key
from core.ledger.entry_builder import Intent, clock_behind
from core.ledger.model import Kind
from core.ledger.past.dated_rules import undo_then
from core.ledger.past.pins import latest, pins, placed_pins
from core.ledger.past.pools import beside_of
from core.ledger.ports import Key, Scope
from core.ledger.queries import available
from core.ledger.rules import bounded
from core.ledger.seal import new_secret
from core.ledger.sightings import Batch, standing
from core.reconciliation import confirming
from core.reconciliation.causes import Books, Cause, CauseKind, causes
from core.reconciliation.monthly import missing_lot
from core.reconciliation.owed import owed_returns
from core.shared.refusals import BalanceOfTwo, BooksMoved, Refusal, RefusedError, Unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from core.booking import Asked, BookStore
    from core.ledger.model import Change, Entry, Snapshot
    from core.ledger.past.pins import Pin, PlacedPin
    from core.ledger.ports import Record
    from core.ledger.requests import Request
    from core.ledger.rulebook import Rulebook
    from core.shared.ids import WalletId
    from core.shared.ports import Clock
    from core.wallets.settings import Settings

    Rule = Callable[[Snapshot, Intent], Change | Refusal]
    KnowingRule = Callable[[Sequence[Batch], Snapshot, Intent], Change | Refusal]


DEFAULT_UNFED: Final = 7
"""After how many days an import is old, for those who want no reminder of it."""


class Confirmed(NamedTuple):
    """A confirmation, the lifting of one, or the undo of either, as it was booked.

    `stands`: it has not been undone since, which only a replayed one can have been.
    """

    batch: Batch
    replayed: bool
    stands: bool


class Compared(NamedTuple):
    """The books beside the balance that Upwork shows.

    `agreed` is the latest pin that holds, or else the latest that there is (None: there is none). `causes` are why they
    may differ (none: they do not), and `entries` those that the causes are about, by number.
    """

    balance: int
    shown: int
    agreed: Pin | None
    causes: tuple[Cause, ...]
    entries: Mapping[int, Entry]

    @property
    def difference(self) -> int:
        """How many Connects Upwork has more (+) or fewer (-)."""
        return self.shown - self.balance


class Agreed(NamedTuple):
    """When the books and Upwork agreed.

    `pins` are those that nobody has lifted, oldest first. `last` is the latest that holds, or else the latest that
    there is (None: there is none); `entries` and `delta` are how many entries were booked after it, and their sum.
    `of_two`: the books are of two accounts, so that they agree with no page.
    """

    pins: tuple[PlacedPin, ...] = ()
    last: Pin | None = None
    entries: int = 0
    delta: int = 0
    of_two: bool = False


class Reconciliation:
    """Compares the books with what Upwork shows. Refusals are raised as `RefusedError`."""

    def __init__(
        self, store: BookStore, rulebook: Rulebook, clock: Clock, secret: Callable[[], str] = new_secret
    ) -> None:
        """Look into `store`, by the figures of `rulebook`; `secret` gives each change the secret of its texts."""
        self._store, self.rulebook, self.clock, self._secret = store, rulebook, clock, secret

    async def agreed(self, wallet: WalletId) -> Agreed:
        """When the books and Upwork agreed, and what was booked since."""
        record = await self._store.ledger.record(wallet)
        return await asyncio.to_thread(_agreed, record)

    async def pins(self, wallet: WalletId) -> tuple[Pin, ...]:
        """The pins of a wallet that nobody has lifted, oldest first, with what has become of each."""
        record = await self._store.ledger.record(wallet)
        return await asyncio.to_thread(pins, record.batches, record.entries) if record.batches else ()

    async def compare(self, wallet: WalletId, shown: int) -> Compared:
        """Compare the books with what Upwork shows, and find the likely causes if they differ.

        Refused (`BalanceOfTwo`) if they are those of two accounts.
        """
        record = await self._store.ledger.record(wallet)
        if beside_of(record.batches) is not None:
            raise RefusedError(BalanceOfTwo())
        settings = await self._store.people.settings_of(wallet)
        return await asyncio.to_thread(self._compared, record, settings, shown)

    def _compared(self, record: Record, settings: Settings, shown: int) -> Compared:
        now = self.clock.now()
        balance, agreed = available(record.head.lots, now), latest(pins(record.batches, record.entries))
        known = Books(
            record.entries,
            record.batches,
            record.head.lots,
            now,
            settings.zone,
            agreed=None if agreed is None or agreed.moved else agreed.at,
            unfed=settings.alerts.unfed or DEFAULT_UNFED,
            bundles=self.rulebook.bundles,
            monthly=missing_lot(record, settings, self.rulebook, now),
            owed=owed_returns(record) if shown > balance else (),
        )
        found = tuple(one for one in causes(known, shown - balance) if self._closes(record, one))
        named = {number for one in found for number in one.numbers}
        return Compared(balance, shown, agreed, found, {number: record.entries[number - 1] for number in named})

    def _closes(self, record: Record, cause: Cause) -> bool:
        """Whether mending a cause does what it says. An undo in the past may let other Connects expire."""
        if cause.kind is not CauseKind.TWICE or all(entry.happened is None for entry in record.entries):
            return True
        intent = Intent(Key("undo", ""), self.clock.now())
        undone = undo_then(record, intent, cause.numbers[-1], self.rulebook)
        return not isinstance(undone, Refusal) and sum(one.delta for one in undone.entries) == cause.connects

    async def confirm(self, request: Request, balance: int) -> Confirmed:
        """Pin the balance that Upwork shows. Refused (`BalanceMoved`) if the books have another one.

        Those of two accounts have none that a page shows (`BalanceOfTwo`).
        """

        def rule(batches: Sequence[Batch], before: Snapshot, intent: Intent) -> Change | Refusal:
            two = beside_of(batches) is not None
            return BalanceOfTwo() if two else confirming.confirm(before, intent, balance, self.rulebook)

        return await self._write_knowing(request, ("confirm", balance), rule)

    async def lift(self, request: Request, number: int) -> Confirmed:
        """Lift the pin that the import with this number set."""

        def rule(batches: Sequence[Batch], before: Snapshot, intent: Intent) -> Change | Refusal:
            return confirming.cannot_lift(batches, number) or confirming.lift(before, intent, number)

        return await self._write_knowing(request, ("lift", number), rule)

    async def take_back(self, request: Request, number: int) -> Confirmed:
        """Undo a confirmation, or the lifting of one, by its number."""

        def rule(batches: Sequence[Batch], before: Snapshot, intent: Intent) -> Change | Refusal:
            found = confirming.to_take_back(batches, number)
            return found if isinstance(found, Refusal) else confirming.take_back(before, intent, found)

        return await self._write_knowing(request, ("take back", number), rule)

    async def _write_knowing(self, request: Request, asked: Asked, rule: KnowingRule) -> Confirmed:
        """Book what a rule decides that knows all imports. If another one comes meanwhile, it decides again."""
        for _ in range(PLANS):
            batches = await self._store.ledger.batches(request.wallet)
            decide = partial(_decided, rule, batches)
            try:
                return await self._write(request, asked, decide)
            except RefusedError as refused:
                if not isinstance(refused.refusal, BooksMoved):
                    raise
        raise RefusedError(BooksMoved())

    async def _write(self, request: Request, asked: Asked, rule: Rule) -> Confirmed:
        key = Key(own_key(request.key), fingerprint(request.wallet, *asked))
        intent = Intent(key, self.clock.now(), request.by, secret=self._secret())
        outcome = await self._store.ledger.write(
            Scope(request.wallet, imports=True),
            key,
            lambda before: (
                clock_behind(before, intent)
                or observe(before, bounded(rule(before, intent)), self.rulebook, request.shown_in)
            ),
        )
        if isinstance(outcome, Refusal):
            raise RefusedError(outcome)
        batches = await self._store.ledger.batches(request.wallet)
        batch = next((one for one in batches if one.key == key.name), None)
        if batch is None:
            raise RefusedError(Unknown("pin", key.name))
        return Confirmed(batch, outcome.replayed, stands=batch.of is not None or batch in standing(batches))


def _decided(rule: KnowingRule, batches: Sequence[Batch], before: Snapshot, intent: Intent) -> Change | Refusal:
    return rule(batches, before, intent) if before.imports == len(batches) else BooksMoved()


def _agreed(record: Record) -> Agreed:
    found = placed_pins(record.batches, record.entries)
    last = latest(one.pin for one in found)
    later = next((record.entries[one.last :] for one in found if one.pin is last), ())
    booked, delta = sum(one.kind is not Kind.RECAST for one in later), sum(one.delta for one in later)
    return Agreed(found, last, booked, delta, beside_of(record.batches) is not None)
