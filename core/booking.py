"""Writing into the books: what a rule decides on a locked wallet, or what was planned from all that is known of it."""

from __future__ import annotations

import asyncio
import hashlib
from functools import partial
from typing import TYPE_CHECKING, Final, Protocol

from core.alerts.catalogue import observe, observe_past
from core.alerts.types.limit import over_limits_then
from core.ledger import rules
from core.ledger.bids import already_bid
from core.ledger.change_keys import own_key
from core.ledger.entry_builder import Intent, clock_behind
from core.ledger.limits import within_limits, within_limits_then
from core.ledger.past.pins import may_have_pins, sparing_pins
from core.ledger.ports import Key, LedgerStore, Scope
from core.ledger.seal import new_secret
from core.shared.calendar import day_in
from core.shared.refusals import BooksMoved, NotThatDay, Refusal, RefusedError
from core.wallets.ports import PeopleStore

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager
    from datetime import datetime

    from core.delivery.notice import Target
    from core.journal_reader import JournalReader
    from core.ledger.model import Change, Receipt, Snapshot
    from core.ledger.ports import Record
    from core.ledger.requests import Request
    from core.ledger.rulebook import Rulebook
    from core.shared.ids import PersonId, PromotionId
    from core.shared.ports import Clock

    Rule = Callable[[Snapshot, Intent], Change | Refusal]
    Plan = Callable[[Record, Intent], Change | Refusal]
    Asked = tuple[object, ...]

PLANS: Final = 5
"""How often the past is planned again, if others book meanwhile."""


class BookStore(LedgerStore, PeopleStore, Protocol):
    """What Books needs from a store."""

    def read_journal(self) -> AbstractAsyncContextManager[JournalReader]:
        """Read one consistent state of the whole journal, however many writes happen meanwhile."""
        ...


class Booking:
    """Writes into the books of all wallets. Refusals are raised as `RefusedError`."""

    def __init__(
        self, store: BookStore, rulebook: Rulebook, clock: Clock, secret: Callable[[], str] = new_secret
    ) -> None:
        """Keep the books in `store`, by the figures of `rulebook`; `clock` is the only source of time.

        `secret` is the only source of chance: it gives each change the secret of its texts.
        """
        self._store, self.rulebook, self.clock, self._secret = store, rulebook, clock, secret

    async def write(
        self,
        request: Request,
        asked: Asked,
        rule: Rule,
        *,
        memo: str = "",
        entries: tuple[int, ...] = (),
        once_keys: tuple[str, ...] = (),
        recent: datetime | None = None,
        claimed: tuple[PromotionId | None, PersonId | None] = (None, None),
        dated: bool = False,
        jobs: tuple[str, ...] = (),
    ) -> Receipt:
        """Write what a pure rule decides. Idempotent by the request's key; a refusal is raised.

        `asked` is the request as data: its fingerprint tells a retry from another request under the same key. The
        remaining arguments make up the scope, which must be known before the wallet is locked.
        """
        intent = self._intent(request, asked, memo)
        outcome = await self._store.ledger.write(
            Scope(request.wallet, entries, once_keys, recent, *claimed, dated=dated, jobs=jobs),
            intent.key,
            lambda before: (
                clock_behind(before, intent)
                or already_bid(before)
                or self._decided(before, rule(before, intent), request)
            ),
        )
        if isinstance(outcome, Refusal):
            raise RefusedError(outcome)
        return outcome

    def _decided(self, before: Snapshot, outcome: Change | Refusal, request: Request) -> Change | Refusal:
        """What a rule says, unless it is out of bounds, with what follows from it."""
        allowed = rules.bounded(outcome)
        if not request.over_limits:
            allowed = within_limits(allowed)
        return observe(before, allowed, self.rulebook, request.shown_in)

    async def write_or_restate(
        self, request: Request, asked: Asked, rule: Rule, plan: Plan, *, entries: tuple[int, ...] = ()
    ) -> Receipt:
        """Write what a rule decides, or, in a wallet where something was booked later than it happened, a plan."""

        def decide(before: Snapshot, intent: Intent) -> Change | Refusal:
            return BooksMoved() if before.dated else rule(before, intent)

        try:
            return await self.write(request, asked, decide, entries=entries, dated=True)
        except RefusedError as refused:
            if not isinstance(refused.refusal, BooksMoved):
                raise
        return await self.write_past(request, asked, plan)

    async def sparing_pins(self, request: Request, rule: Rule, since: datetime) -> Rule:
        """The rule, which refuses to break a pin (`BeforePin`) that is not older than `since`."""
        ledger = self._store.ledger
        if request.past_pins or not may_have_pins(await ledger.batches(request.wallet), since):
            return rule
        record = await ledger.record(request.wallet)
        return lambda before, intent: sparing_pins(record, rule(before, intent))

    async def write_past(
        self, request: Request, asked: Asked, plan: Plan, *, memo: str = "", jobs: tuple[str, ...] = ()
    ) -> Receipt:
        """Write what is planned from everything about a wallet. Idempotent by the request's key; a refusal is raised.

        What would break a pin is refused (`BeforePin`), unless the request says that it may.

        It is planned before the wallet is locked, so that others need not wait, and again if the books have moved.
        """
        intent = self._intent(request, asked, memo)
        for _ in range(PLANS):
            record = await self._store.ledger.record(request.wallet)
            planned = await asyncio.to_thread(_planned, plan, record, intent, request)
            decide = partial(self._unmoved, seen=record.head, planned=planned, shown_in=request.shown_in)
            outcome = await self._store.ledger.write(Scope(request.wallet, jobs=jobs), intent.key, decide)
            if not isinstance(outcome, BooksMoved):
                break
        if isinstance(outcome, Refusal):
            raise RefusedError(outcome)
        return outcome

    def _unmoved(
        self, before: Snapshot, seen: Snapshot, planned: Change | Refusal, shown_in: Target | None
    ) -> Change | Refusal:
        """What was planned for the books as they were seen, if they are still the same."""
        if (bid := already_bid(before)) is not None:
            return bid
        if _state(before) != _state(seen):
            return BooksMoved()
        return observe_past(before, rules.bounded(planned), self.rulebook, shown_in)

    async def past_day(self, request: Request, on: datetime | None) -> datetime | None:
        """The day of a fact of the past (None: it is of today, and booked as such). A day to come is refused."""
        if on is None:
            return None
        zone, now = (await self._store.people.settings_of(request.wallet)).zone, self.clock.now()
        day, today = day_in(zone, on), day_in(zone, now)
        if day > today:
            raise RefusedError(NotThatDay("future", on))
        return on if day < today else None

    def _intent(self, request: Request, asked: Asked, memo: str) -> Intent:
        key = Key(own_key(request.key), fingerprint(request.wallet, *asked))
        return Intent(key, self.clock.now(), request.by, memo, self._secret())


def _state(head: Snapshot) -> tuple[object, ...]:
    """What a plan goes by: the journal, and the limits."""
    return head.entries, head.seal, None if head.limits is None else head.limits.terms


def _planned(plan: Plan, record: Record, intent: Intent, request: Request) -> Change | Refusal:
    outcome = clock_behind(record.head, intent) or plan(record, intent)
    if not request.past_pins:
        outcome = sparing_pins(record, outcome)
    planned = within_limits_then(record, outcome, over_limits=request.over_limits)
    return planned if isinstance(planned, Refusal) else planned._replace(notices=over_limits_then(record, planned))


def fingerprint(*asked: object) -> str:
    """A hash of a request, in 16 hexadecimal digits."""
    return hashlib.blake2b(repr(asked).encode(), digest_size=8).hexdigest()
