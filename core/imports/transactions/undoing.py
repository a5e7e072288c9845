"""The undo of a list of transactions: the purchases get back the prices that they had without it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.imports.model import UndoneImport
from core.imports.planning import finished
from core.imports.undoing import Undoing, undo_of
from core.ledger.change_keys import change_key
from core.ledger.model import Kind
from core.ledger.past.replay import Short
from core.ledger.past.restate import restate
from core.ledger.past.standing import Standing
from core.shared.refusals import NotEnoughThen, RefusedError

if TYPE_CHECKING:
    from core.ledger.entry_builder import Intent
    from core.ledger.ports import Record
    from core.ledger.rulebook import Rulebook
    from core.ledger.sightings import Batch


def plan_undo(record: Record, intent: Intent, rulebook: Rulebook, target: Batch) -> Undoing:
    """Plan the undo: the past without the amendments that this list booked and that still stand."""
    past = Standing(record.entries)
    going = [
        number
        for number, entry in past.facts.items()
        if entry.kind is Kind.AMENDMENT and change_key(entry.key) == target.key
    ]
    restated = restate(record, intent, rulebook, withdrawn=going, lifted=past.lifted)
    if isinstance(restated, Short):
        raise RefusedError(NotEnoughThen(restated.when, restated.missing, 0, restated.number or 0))
    balance = record.head.balance
    undone = UndoneImport(target, len(target.sightings), (), balance, balance)
    return Undoing(finished(record, restated.change, undo_of(record, intent, target), rulebook), undone)
