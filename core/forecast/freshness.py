"""Up to which day the books know what happened, if they live from imports."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from core.ledger.model import Kind
from core.ledger.sightings import BatchKind, standing
from core.shared.calendar import DAY

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from core.ledger.model import Entry
    from core.ledger.sightings import Batch

LATELY: Final = timedelta(days=7)
"""How long a history that was imported counts as recent."""
KEEPING: Final = frozenset({Kind.SPEND, Kind.PURCHASE, Kind.GRANT, Kind.RETURN})
"""The kinds of entries by which somebody keeps the books. The bot alone books others."""


def last_imported(batches: Sequence[Batch]) -> date | None:
    """The last day of the histories that were imported, in UTC (None: none was)."""
    histories = standing(tuple(batches), BatchKind.HISTORY)
    return max((batch.last for batch in histories if batch.last is not None), default=None)


def known_until(batches: Sequence[Batch], entries: Iterable[Entry], now: datetime) -> date | None:
    """The last day that the books know of, if that is no longer recent. None: they are up to date.

    They are if they are kept by hand, or have been since: then an entry is younger than what was imported. `entries`
    are those since the last import, at least.
    """
    last = last_imported(batches)
    if last is None or now - end_of(last) < LATELY:
        return None
    kept = any(entry.kind in KEEPING and entry.when.date() > last for entry in entries)
    return None if kept else last


def end_of(day: date) -> datetime:
    """The end of a page's day, which is a day in UTC."""
    return datetime.combine(day + DAY, time(), UTC)
