"""Where the books and a page part, and what is likely behind it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from core.imports.model import Cause, Parted
from core.ledger.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from core.imports.known import Known
    from core.imports.model import Row
    from core.imports.reconciling.openings import Derived
    from core.ledger.model import Entry


class Comparison(NamedTuple):
    """A page that is compared with the books: its rows, newest first, and those of them that are unsure.

    `unread`: lines of it could not be read.
    """

    rows: Sequence[Row]
    unsure: Sequence[Row]
    unread: bool
    first: date
    last: date


def parted(known: Known, derived: Derived, page: Comparison, connects: int) -> Parted:
    """Where a page has so many Connects more than the books, or fewer."""
    cause, entries = _cause(known, derived, page, connects)
    if entries:
        older, newer = _around(page.rows, [known.entries[number].when.date() for number in entries])
    else:
        older, newer = _between(derived, page.rows)
    return Parted(older, newer, connects, cause, entries)


def _between(derived: Derived, rows: Sequence[Row]) -> tuple[Row | None, Row | None]:
    """The rows between which the page's own balances have a step that the books do not have, if it shows any."""
    expired = list(_expired(derived))
    shown = [place for place, row in enumerate(rows) if row.running is not None]
    for newer, older in reversed(list(pairwise(shown))):
        moved = sum(row.connects for row in rows[newer:older])
        step = (rows[newer].running or 0) - (rows[older].running or 0) - moved
        known = sum(connects for day, connects in expired if rows[older].day <= day <= rows[newer].day)
        if step not in {0, -known}:
            return rows[newer + 1 : older + 1][-1], rows[newer]
    return None, rows[-1] if rows else None


def _around(rows: Sequence[Row], days: Sequence[date]) -> tuple[Row | None, Row | None]:
    """The last row up to these days, and the first after them."""
    older = next((row for row in rows if row.day <= min(days)), None)
    newer = next((row for row in reversed(rows) if row.day > max(days)), None)
    return older, newer


def _expired(derived: Derived) -> Iterator[tuple[date, int]]:
    for number, amount in derived.replay.expired.items():
        if (expires := derived.replay.lots[number].expires) is not None:
            yield expires.date(), -amount.connects


def _cause(known: Known, derived: Derived, page: Comparison, connects: int) -> tuple[Cause | None, tuple[int, ...]]:
    """What explains the difference; what does so exactly comes first."""
    if sum(row.connects for row in page.unsure) == connects:
        return Cause.UNSURE, ()
    unseen = list(_unseen(known, page))
    corrected = [entry for entry in unseen if entry.kind is Kind.ADJUSTMENT]
    typed = [entry for entry in unseen if entry.kind is not Kind.ADJUSTMENT]
    for cause, some in ((Cause.CORRECTED, corrected), (Cause.TYPED, typed)):
        if numbers := _adding_up(some, -connects):
            return cause, numbers
    if connects in {one for day, one in _expired(derived) if page.first <= day <= page.last}:
        return Cause.EXPIRED, ()
    if page.unread or corrected:
        return (Cause.UNREAD, ()) if page.unread else (Cause.CORRECTED, tuple(entry.number for entry in corrected))
    return (Cause.EXPIRED if connects < 0 and _falls_without_a_row(page.rows) else None), ()


def _adding_up(entries: Sequence[Entry], connects: int) -> tuple[int, ...]:
    """The entry that moved so many Connects, or all of them if they did so together (empty: neither)."""
    single = next((entry for entry in entries if entry.delta == connects), None)
    if single is not None:
        return (single.number,)
    together = bool(entries) and sum(entry.delta for entry in entries) == connects
    return tuple(entry.number for entry in entries) if together else ()


def _falls_without_a_row(rows: Sequence[Row]) -> bool:
    """Whether the page's own balances fall between two rows, as they do when Connects expire."""
    shown = [place for place, row in enumerate(rows) if row.running is not None]
    return any(
        (rows[newer].running or 0) - (rows[older].running or 0) < sum(row.connects for row in rows[newer:older])
        for newer, older in pairwise(shown)
    )


def _unseen(known: Known, page: Comparison) -> Iterable[Entry]:
    """What was typed on the page's days, and no page has."""
    openings = {entry.number for entry in known.typed_opening}
    derived = {entry.number for entry in known.derived}
    for entry in known.entries.values():
        typed = entry.delta and entry.number not in known.sightings and entry.number not in openings | derived
        if typed and entry.kind is not Kind.EXPIRY and page.first <= entry.when.date() <= page.last:
            yield entry
