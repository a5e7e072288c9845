"""The plan of a list of transactions: which purchases get their true price, and what follows from it. It is pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from core.imports.planning import finished
from core.imports.transactions.matching import match
from core.ledger.past.amending import amend
from core.ledger.past.batches import next_batch
from core.ledger.past.pins import covers, pins
from core.ledger.past.replay import Short
from core.ledger.past.standing import Standing
from core.ledger.sightings import Batch, BatchKind, Sighting
from core.shared.refusals import NotEnoughThen, Refusal, RefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.imports.transactions.matching import Bought, Matched, Pair
    from core.imports.transactions.model import Transactions
    from core.ledger.entry_builder import Intent
    from core.ledger.model import Change
    from core.ledger.past.pins import Pin
    from core.ledger.past.restate import Restated
    from core.ledger.ports import Record
    from core.ledger.rulebook import Rulebook

WORDING: Final = "Fees for additional Connects"


class Asked(NamedTuple):
    """What is to be booked: a list, what somebody said of its fees, and how.

    `settled` has the purchase of a fee by the fee's number (0: it is left alone). `pinned`: purchases of a time whose
    balance is confirmed are booked, too.
    """

    transactions: Transactions
    settled: Mapping[str, int]
    intent: Intent
    pinned: bool = True


class Plan(NamedTuple):
    """A list of transactions as it would be booked. `change` is None if there is nothing to book.

    `changed` are those whose price is another one than in the books, with those in `pinned`, which are not later than
    the balance that was confirmed last (`pin`). `known` are the others.
    """

    matched: Matched
    changed: tuple[Pair, ...]
    known: tuple[Pair, ...]
    pinned: tuple[Pair, ...]
    pin: Pin | None
    restated: Restated | None
    change: Change | None


def plan(record: Record, asked: Asked, rulebook: Rulebook) -> Plan:
    """Plan what a list of transactions changes in a wallet's books as they are."""
    matched = match(record, Standing(record.entries), asked.transactions.fees, asked.settled)
    changed = tuple(pair for pair in matched.pairs if pair.price != pair.bought.price)
    known = tuple(pair for pair in matched.pairs if pair.price == pair.bought.price)
    holding = (pin for pin in pins(record.batches, record.entries) if not pin.moved)
    pin = max(holding, key=lambda pin: pin.at, default=None)
    pinned = tuple(pair for pair in changed if pin is not None and _is_pinned(pair.bought, pin))
    planned = Plan(matched, changed, known, pinned, pin, None, None)
    booked = tuple(pair for pair in changed if asked.pinned or pair not in pinned)
    if not booked:
        return planned
    restated = _amended(record, asked.intent, booked, rulebook)
    batch = _batch(record, asked.intent, sorted((*booked, *known), key=lambda pair: (pair.fee.day, pair.fee.ref)))
    return planned._replace(restated=restated, change=finished(record, restated.change, batch, rulebook))


def _is_pinned(bought: Bought, pin: Pin) -> bool:
    return covers(pin, bought.when, dated=bought.imported)


def _amended(record: Record, intent: Intent, pairs: Sequence[Pair], rulebook: Rulebook) -> Restated:
    outcome = amend(record, intent, {pair.bought.number: pair.price for pair in pairs}, rulebook)
    if isinstance(outcome, Short):
        raise RefusedError(NotEnoughThen(outcome.when, outcome.missing, 0, outcome.number or 0))
    if isinstance(outcome, Refusal):
        raise RefusedError(outcome)
    return outcome


def _batch(record: Record, intent: Intent, pairs: Sequence[Pair]) -> Batch:
    """The import that tells which purchase each fee paid for, so that the same file adds nothing later."""
    return next_batch(record.head, intent, len(record.batches), BatchKind.TRANSACTIONS)._replace(
        sightings=tuple(
            Sighting(line, bought.number, False, fee.day, WORDING, fee.connects, row_id=fee.ref)  # noqa: FBT003 - its place
            for line, (fee, bought, _) in enumerate(pairs, 1)
        ),
    )
