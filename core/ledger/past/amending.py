"""A price that is learnt later: what all that an entry issued did cost, to the cent. What was spent of it follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.ledger.model import Kind, Source, issues, source_of
from core.ledger.past.replay import Short
from core.ledger.past.restate import restate
from core.ledger.past.standing import Standing
from core.ledger.rules import price_out_of_range
from core.shared.refusals import AlreadyDone, NotAmendable, NotEnoughThen, Refusal, Unknown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.ledger.entry_builder import Intent
    from core.ledger.model import Change, Entry
    from core.ledger.past.restate import Restated
    from core.ledger.ports import Record
    from core.ledger.rulebook import Rulebook
    from core.shared.money import Price


def amend(
    record: Record, intent: Intent, prices: Mapping[int, Price], rulebook: Rulebook
) -> Restated | Short | Refusal:
    """State what entries that issued Connects did cost in all, by their numbers, whatever was booked before.

    A price of 0 means that they were free. Each price that is another gets an entry (`Kind.AMENDMENT`). The change has
    no entries if none is. Whether the past allows it follows from the replay (`Short`), as for every change about it.
    """
    standing = Standing(record.entries)
    for number, price in sorted(prices.items()):
        if refusal := amendable(standing, number) or price_out_of_range(price, rulebook):
            return refusal
        if not price.known:
            return NotAmendable(number, "unknown")
    return restate(record, intent, rulebook, lifted=standing.lifted, amended=prices)


def amended(record: Record, intent: Intent, prices: Mapping[int, Price], rulebook: Rulebook) -> Change | Refusal:
    """The change of `amend` by itself, which must have something to book."""
    outcome = amend(record, intent, prices, rulebook)
    if isinstance(outcome, Refusal):
        return outcome
    if isinstance(outcome, Short):
        return NotEnoughThen(outcome.when, outcome.missing, 0, outcome.number or 0)
    return outcome.change if outcome.change.entries else NotAmendable(min(prices), "same")


def amendable(standing: Standing, number: int) -> Refusal | None:
    """The refusal if an entry issued nothing that can have cost something, or stands no more."""
    entry = standing.entries.get(number)
    if entry is None:
        return Unknown("entry", str(number))
    if not issues_for_money(entry):
        return NotAmendable(number, "kind")
    if number not in standing.facts:
        undone = (one.number for one in standing.entries.values() if one.kind is Kind.UNDO and one.of == number)
        return AlreadyDone("undo", next(undone))
    return NotAmendable(number, "lifted") if number in standing.lifted else None


def issues_for_money(entry: Entry) -> bool:
    """Whether an entry issued Connects that may have been paid for, rather than given by a promotion of a group."""
    sources = {
        source_of(beyond.account) for home, beyond in entry.moves if home.connects > 0 and issues(beyond.account)
    }
    return entry.kind in {Kind.GRANT, Kind.PURCHASE, Kind.ADJUSTMENT} and bool(sources - {None, Source.PROMOTION})
