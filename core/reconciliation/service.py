"""The service that keeps the books beside the balance that Upwork shows: it compares, confirms, and lifts."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, NamedTuple

from core.alerts.catalogue import observe
from core.booking import fingerprint
from core.ledger.change_keys import own_key
from core.ledger.entry_builder import Intent, clock_behind
from core.ledger.past.pins import pins
from core.ledger.ports import Key, Scope
from core.ledger.rules import bounded
from core.ledger.seal import new_secret
from core.ledger.sightings import Batch, standing
from core.reconciliation import confirming
from core.shared.refusals import Refusal, RefusedError, Unknown

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.booking import Asked, BookStore
    from core.ledger.model import Change, Snapshot
    from core.ledger.past.pins import Pin
    from core.ledger.requests import Request
    from core.ledger.rulebook import Rulebook
    from core.shared.ids import WalletId
    from core.shared.ports import Clock

    Rule = Callable[[Snapshot, Intent], Change | Refusal]


class Confirmed(NamedTuple):
    """A confirmation, the lifting of one, or the undo of either, as it was booked.

    `stands`: it has not been undone since, which only a replayed one can have been.
    """

    batch: Batch
    replayed: bool
    stands: bool


class Reconciliation:
    """Compares the books with what Upwork shows. Refusals are raised as `RefusedError`."""

    def __init__(
        self, store: BookStore, rulebook: Rulebook, clock: Clock, secret: Callable[[], str] = new_secret
    ) -> None:
        """Look into `store`, by the figures of `rulebook`; `secret` gives each change the secret of its texts."""
        self._store, self.rulebook, self.clock, self._secret = store, rulebook, clock, secret

    async def pins(self, wallet: WalletId) -> tuple[Pin, ...]:
        """The pins of a wallet that nobody has lifted, oldest first, with what has become of each."""
        record = await self._store.ledger.record(wallet)
        return await asyncio.to_thread(pins, record.batches, record.entries) if record.batches else ()

    async def confirm(self, request: Request, balance: int) -> Confirmed:
        """Pin the balance that Upwork shows. Refused (`BalanceMoved`) if the books have another one."""
        return await self._write(
            request,
            ("confirm", balance),
            lambda before, intent: confirming.confirm(before, intent, balance, self.rulebook),
        )

    async def lift(self, request: Request, number: int) -> Confirmed:
        """Lift the pin that the import with this number set."""
        refusal = confirming.cannot_lift(await self._store.ledger.batches(request.wallet), number)
        return await self._write(
            request, ("lift", number), lambda before, intent: refusal or confirming.lift(before, intent, number)
        )

    async def take_back(self, request: Request, number: int) -> Confirmed:
        """Undo a confirmation, or the lifting of one, by its number."""
        found = confirming.to_take_back(await self._store.ledger.batches(request.wallet), number)

        def rule(before: Snapshot, intent: Intent) -> Change | Refusal:
            return found if isinstance(found, Refusal) else confirming.take_back(before, intent, found)

        return await self._write(request, ("take back", number), rule)

    async def _write(self, request: Request, asked: Asked, rule: Rule) -> Confirmed:
        key = Key(own_key(request.key), fingerprint(request.wallet, *asked))
        intent = Intent(key, self.clock.now(), request.by, secret=self._secret())
        outcome = await self._store.ledger.write(
            Scope(request.wallet, imports=True),
            key,
            lambda before: (
                clock_behind(before, intent) or observe(before, bounded(rule(before, intent)), self.rulebook)
            ),
        )
        if isinstance(outcome, Refusal):
            raise RefusedError(outcome)
        batches = await self._store.ledger.batches(request.wallet)
        batch = next((one for one in batches if one.key == key.name), None)
        if batch is None:
            raise RefusedError(Unknown("pin", key.name))
        return Confirmed(batch, outcome.replayed, stands=batch.of is not None or batch in standing(batches))
