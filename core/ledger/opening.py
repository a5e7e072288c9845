"""Booking what somebody held before the books began."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.ledger.entry_builder import Intent, builder_for
from core.ledger.model import Change, Kind, Snapshot, Source, income_from
from core.ledger.rules import price_out_of_range, undo_of
from core.shared.refusals import CostUnstated, OutOfRange, Refusal, TooLate

if TYPE_CHECKING:
    from core.ledger.rulebook import Rulebook
    from core.shared.money import Price


def opening(
    before: Snapshot, intent: Intent, connects: int, rulebook: Rulebook, *, price: Price | None, once_key: str
) -> Change | Refusal:
    """Book what somebody already holds, in place of the welcome bonus. No other entry may stand in the books.

    `price` is what the Connects cost, or `UNKNOWN` (None: that was not said, so it must be asked). `once_key` is that
    of the welcome ("" for a group, which has none). It is taken if it is free, so that no welcome follows.
    """
    builder = builder_for(before, intent, rulebook)
    welcome = next((lot for lot in before.lots if lot.source is Source.WELCOME and 0 < lot.left == lot.size), None)
    if builder.entries or _standing(before) > (0 if welcome is None else 1):
        return TooLate("opening", before.entries)
    low = 1 if welcome is None else 0
    if not low <= connects <= rulebook.grant_limit:
        return OutOfRange("opening", connects, low, rulebook.grant_limit)
    if connects and price is None:
        return CostUnstated(connects)
    if price is not None and (refusal := price_out_of_range(price, rulebook)):
        return refusal
    if welcome is not None:
        builder.take(welcome.number, welcome.left, income_from(Source.WELCOME))
    if connects:
        builder.issue(Source.OPENING, connects, price)
    builder.enter(Kind.GRANT)
    free = once_key and all(taken.name != once_key for taken in before.once_keys)
    return builder.change(once_key if free else None)


def _standing(before: Snapshot) -> int:
    """The number of entries that are neither undone nor an undo. Entries outside the scope count as not undone."""
    return before.entries - 2 * sum(undo_of(before, entry.number) is not None for entry in before.related)
