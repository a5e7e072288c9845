"""The steps that a link writes: each is planned on the books as the step before it leaves them. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from core.ledger import rules
from core.ledger.change_keys import change_key
from core.ledger.entry_builder import Intent, builder_for, dated
from core.ledger.limits import within_limits_then
from core.ledger.model import Account, Change, Kind
from core.ledger.past.replay import Short
from core.ledger.ports import Key
from core.ledger.seal import sealed_batch
from core.ledger.sightings import MOVED
from core.links.model import Step
from core.shared.refusals import NotEnoughThen, Refusal, RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from core.ledger.model import Snapshot
    from core.ledger.past.restate import Restated
    from core.ledger.ports import Record
    from core.ledger.rulebook import Rulebook
    from core.ledger.sightings import Batch
    from core.links.preview import LinkPreview
    from core.shared.ids import PersonId, WalletId


class LinkAction(NamedTuple):
    """The action that links or unlinks: who does it, when, under which key. `secret` gives a new secret each time."""

    key: str
    body: str
    at: datetime
    by: PersonId | None
    secret: Callable[[], str]

    def intent(self, suffix: str, memo: str = "") -> Intent:
        """The intent of one of its steps."""
        return Intent(Key(f"{self.key}:{suffix}", self.body), self.at, self.by, memo, self.secret())

    def after(self, *records: Record) -> LinkAction:
        """The same, not before what was booked last in some books: the clock may have stepped back."""
        moments = (moment for one in records for moment in (one.head.at, one.head.import_at) if moment is not None)
        return self._replace(at=max((self.at, *moments)))


class StepBuilder:
    """Steps of one wallet under KEY:WORD:1, KEY:WORD:2 and so on, each planned on what the one before it leaves."""

    def __init__(self, record: Record, act: LinkAction, word: str) -> None:
        self.record, self._act, self._word = record, act, word
        self.steps: list[Step] = []

    def intent(self) -> Intent:
        """The intent of the next step."""
        return self._act.intent(f"{self._word}:{len(self.steps) + 1}")

    def moment(self, intent: Intent) -> datetime:
        """The date of what the next step books."""
        return dated(self.record.head, intent)

    def add(self, change: Change, intent: Intent) -> None:
        """Add a step."""
        step = step_of(self.record, change, intent)
        self.steps.append(step)
        self.record = record_after(self.record, step.change)

    @property
    def head(self) -> Snapshot:
        """The wallet before the next step, with all that a rule about imports asks for."""
        return head_of(self.record)

    def add_batch(self, batch: Batch) -> Batch:
        """Add a step that books nothing but an import, whose place, key and moment are filled in here."""
        intent, record = self.intent(), self.record
        numbered = batch._replace(
            wallet=record.head.wallet,
            number=len(record.batches) + 1,
            at=dated(record.head, intent),
            key=intent.key.name,
            salt=intent.secret,
        )
        sealed = sealed_batch(record.batches[-1].seal if record.batches else "", numbered)
        self.add(Change((), (), low=record.head.low, batch=sealed), intent)
        return sealed

    def steps_and(self, last: Step | None) -> tuple[Step, ...]:
        """All of them, and then the one of the other wallet (None: there is none)."""
        return (*self.steps, *(() if last is None else (last,)))


@dataclass(frozen=True, slots=True)
class BooksPlan:
    """What is written into both books, and both wallets as that leaves them.

    The steps are those of the kept wallet, then that of the other one, if there is any.
    """

    steps: tuple[Step, ...]
    kept: Record
    merged: Record


@dataclass(frozen=True, slots=True)
class ShownPlan(BooksPlan):
    """What a link writes into both books, and what is shown of it."""

    shown: LinkPreview


def head_of(record: Record) -> Snapshot:
    """A wallet, with all that a rule about imports asks for."""
    batches = record.batches
    return record.head._replace(imports=len(batches), import_seal=batches[-1].seal if batches else "")


def step_of(record: Record, change: Change, intent: Intent) -> Step:
    """A change as a step. It tells nobody anything, because those who link see what comes of it."""
    planned = within_limits_then(record, rules.bounded(change), over_limits=True)
    if isinstance(planned, Refusal):
        raise RefusedError(planned)
    planned = planned._replace(notices=(), low=record.head.low if change.notices else change.low)
    if not planned.entries:
        planned = planned._replace(budget=record.head.budget, limits=record.head.limits)
    return Step(intent.key.name, head_of(record), planned)


def possible(outcome: Restated | Short) -> Restated:
    """A past as it can be restated. Refused if something in it finds too little."""
    if isinstance(outcome, Short):
        raise RefusedError(NotEnoughThen(outcome.when, outcome.missing, 0, outcome.number or 0))
    return outcome


def record_after(record: Record, change: Change) -> Record:
    """Everything about a wallet as a change leaves it."""
    head, batches = record.head, record.batches
    if change.batch is not None:
        batches, head = (*batches, change.batch), head._replace(import_at=change.batch.at)
    if not change.entries:
        return record._replace(head=head, batches=batches)
    last, lots = change.entries[-1], {lot.number: lot for lot in (*head.lots, *change.lots)}
    keys = [key for key in head.once_keys if key.name not in change.released]
    head = head._replace(
        entries=last.number,
        lots_made=len(lots),
        balance=last.balance,
        seal=last.seal,
        at=last.at,
        low=change.low,
        budget=change.budget,
        limits=change.limits,
        lots=tuple(lot for _, lot in sorted(lots.items())),
        once_keys=tuple(sorted((*keys, *change.once_keys))),
    )
    return record._replace(head=head, entries=(*record.entries, *change.entries), batches=batches)


def account_of_link(kept: WalletId) -> Account:
    """The account to which everything goes that is closed, because another wallet holds it now."""
    return Account(f"{MOVED}{kept}")


def closing(record: Record, act: LinkAction, kept: WalletId, rulebook: Rulebook) -> Step | None:
    """The step that books all that is left out of a wallet (None: there is nothing to book)."""
    intent = act.intent("close")
    change = _closed(record, intent, kept, rulebook)
    return None if change is None else step_of(record, change, intent)


def _closed(record: Record, intent: Intent, kept: WalletId, rulebook: Rulebook) -> Change | None:
    builder = builder_for(record.head, intent, rulebook)
    if not builder.balance:
        expired = rules.expire(record.head, intent, rulebook)
        return None if isinstance(expired, Refusal) else expired
    builder.draw(builder.balance, account_of_link(kept))
    builder.enter(Kind.ADJUSTMENT)
    return builder.change()._replace(low=record.head.low)


def reopening(record: Record, act: LinkAction, key: str, rulebook: Rulebook) -> Step | None:
    """The step that undoes the closing that was booked under a key (None: there was nothing to book out)."""
    closed = [entry for entry in record.entries if change_key(entry.key) == key and entry.kind is Kind.ADJUSTMENT]
    if not closed:
        return None
    intent = act.intent("open")
    change = rules.undo(record.head._replace(related=tuple(closed)), intent, closed[-1].number, rulebook)
    if isinstance(change, Refusal):
        raise RefusedError(change)
    return step_of(record, change._replace(low=record.head.low), intent)


def after_step(record: Record, step: Step | None) -> Record:
    """Everything about a wallet as a step leaves it (None: as it is)."""
    return record if step is None else record_after(record, step.change)
