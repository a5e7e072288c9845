"""Rows of Upwork's pages in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.reply.parts import Hour, Say, say
from bot.views.entries import linked, signed
from bot.views.progress import beginning_of
from core.imports.model import RowKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from core.imports.model import KindSum, Row
    from core.ledger.sightings import Batch, Sighting

LONGEST_TITLE: Final = 28
LONGEST_WORDING: Final = 60
TOGETHER: Final[tuple[tuple[str, frozenset[RowKind]], ...]] = (
    ("rows-proposals", frozenset({RowKind.PROPOSAL})),
    ("rows-boosts", frozenset({RowKind.BOOST, RowKind.BOOST_CHARGE})),
    ("rows-badge", frozenset({RowKind.BADGE})),
    ("rows-ads", frozenset({RowKind.AD})),
    ("rows-back", frozenset({RowKind.PROPOSAL_BACK, RowKind.PARTLY_BACK, RowKind.BOOST_BACK})),
    ("rows-monthly", frozenset({RowKind.MONTHLY})),
    ("rows-rewards", frozenset({RowKind.REWARD})),
    ("rows-bought", frozenset({RowKind.PURCHASE})),
    ("rows-expired", frozenset({RowKind.EXPIRY})),
    ("rows-unexplained", frozenset({RowKind.UNCLASSIFIED})),
)
"""The kinds that a preview sums up in one line each, so that it fits on a phone's screen."""


def in_line(row: Row) -> Say:
    """A row in one line, such as "Jan 10, 2026 · Applied to job · Logo · -16"."""
    words = say("row-titled", wording=wording(row), title=short_title(row))
    what = words if row.title else say("raw", text=wording(row))
    return say("row-line", day=row.day, what=what, delta=signed(row.connects))


def sighted(seen: Sighting) -> Say:
    """What an import saw of a row, in one line: with its second, a link to its job, and its member, if it has them."""
    words = seen.title and say("row-titled", wording=wording(seen), title=linked(short_title(seen), seen.job))
    what = words or say("raw", text=linked(wording(seen), seen.job))
    if seen.member:
        what = say("row-of-member", what=what, member=beginning_of(seen.member, LONGEST_TITLE))
    day = seen.day if seen.at is None else Hour(seen.at)
    return say("row-line", day=day, what=what, delta=signed(seen.connects))


def under_wording(row: Row) -> Say:
    """A row in one line below its wording."""
    if not row.title:
        return say("row-untitled", day=row.day, delta=signed(row.connects))
    return say("row-line", day=row.day, what=short_title(row), delta=signed(row.connects))


def named(row: Row) -> Say:
    """A row within a sentence: its day, and its title or wording."""
    return say("row-named", day=row.day, what=beginning_of(row.title or row.wording, LONGEST_TITLE))


def days_of(batch: Batch) -> Say:
    """The days from which the rows of an import are."""
    every = [sighting.day for sighting in batch.sightings]
    return days(min(every, default=batch.first), max(every, default=batch.last))


def days(first: date | None, last: date | None) -> Say:
    """The days from one to another."""
    return say("days-one", day=first) if first == last else say("days-from", first=first, last=last)


def short_title(row: Row | Sighting) -> str:
    """The title of a row, cut if it is long."""
    return beginning_of(row.title, LONGEST_TITLE)


def wording(row: Row | Sighting) -> str:
    """The wording of a row, cut if it is long."""
    return beginning_of(row.wording, LONGEST_WORDING)


def sums(kinds: Iterable[KindSum]) -> Iterator[tuple[Say, Say]]:
    """A labelled line for all rows that belong together, with how many they are and what they add up to."""
    found = tuple(kinds)
    for name, some in TOGETHER:
        rows = sum(one.rows for one in found if one.kind in some)
        if rows:
            connects = sum(one.connects for one in found if one.kind in some)
            yield say(name), say("rows-sum", rows=rows, delta=signed(connects))
