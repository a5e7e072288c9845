"""Which days the books really cover: nothing can be missed on a day of which they know nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from core.ledger.sightings import BatchKind, standing
from core.shared.calendar import DAY, day_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from core.ledger.sightings import Batch


class Span(NamedTuple):
    """Days that the books cover, both ends included; `known` is when that was so for the first time.

    `imported`: a page shows them, so that they are days in UTC.
    """

    first: date
    last: date
    known: datetime
    imported: bool = False


class Typing(NamedTuple):
    """The books as somebody keeps them by hand: since when, and when a lot of the kind in question came last."""

    since: datetime | None
    last: date | None


def spans_of(batches: Sequence[Batch], typing: Typing, zone: str, now: datetime) -> tuple[Span, ...]:
    """The days that imports cover, and those on which the books are kept by hand.

    Who imports books the monthly lots that way: then the days after the last import are not known yet. Only if a lot
    was typed since, they are.
    """
    histories = standing(tuple(batches), BatchKind.HISTORY)
    spans = [
        Span(batch.first, batch.last, batch.at, imported=True)
        for batch in histories
        if batch.first is not None and batch.last is not None
    ]
    imported = max((span.last for span in spans), default=None)
    typed = imported is None or (typing.last is not None and typing.last > imported)
    if typing.since is not None and typed:
        spans.append(Span(day_in(zone, typing.since), day_in(zone, now), typing.since))
    return tuple(spans)


def covered_since(spans: Iterable[Span], first: date, last: date) -> datetime | None:
    """Since when the books have covered all days from `first` to `last` (None: they do not)."""
    near = sorted((span for span in spans if span.first <= last and span.last >= first), key=lambda span: span.known)
    for number, span in enumerate(near, 1):
        if _cover(near[:number], first, last):
            return span.known
    return None


def _cover(spans: Iterable[Span], first: date, last: date) -> bool:
    """Whether the spans together cover these days. One that begins on the day after another ends goes on with it."""
    reached = first - DAY
    for span in sorted(spans):
        if span.first <= reached + DAY:
            reached = max(reached, span.last)
    return reached >= last
