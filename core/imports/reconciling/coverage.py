"""Which days imports cover, and the balances that pages and people stated: the fixed points of the past."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from core.imports.known import OPENED, WELCOMED
from core.imports.model import RowKind
from core.imports.wordings import kind_of
from core.ledger.past.standing import Standing
from core.ledger.sightings import LISTS, link_of, standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from core.imports.known import Known
    from core.imports.model import Row
    from core.ledger.model import Entry
    from core.ledger.sightings import Sighting

DAY: Final = timedelta(days=1)


class Cover(NamedTuple):
    """What an import covers, and the balance that its page showed as of `last`, if it showed one.

    `seen` are the entries that it has as rows: their numbers, or -1, -2, ... for the new facts in their order. `booked`
    is the moment of the import. `later` are the Connects that a badge of the last day cost after the page was copied.
    `linked`: it came with a link, so that nobody can say at which moment of its last day the page was copied.
    """

    first: date
    last: date
    balance: int | None
    booked: datetime
    seen: frozenset[int]
    later: int = 0
    linked: bool = False


class Anchor(NamedTuple):
    """A balance that was stated: by a page (`cover`), or by somebody or by the welcome at the moment `at`."""

    day: date
    connects: int
    cover: Cover | None = None
    at: datetime | None = None


class Beginning(NamedTuple):
    """How the books begin: `lifted` are the typed openings that a derived one replaces, `replaced` their Connects.

    `stands` is the moment of a typed opening that stays (None: there is none).
    """

    lifted: frozenset[int] = frozenset()
    replaced: int = 0
    stands: Anchor | None = None
    anchor: Anchor | None = None


def covers_of(known: Known) -> list[Cover]:
    """What the standing imports cover."""
    links = {link_of(batch.key) for batch in standing(known.record.batches, *LISTS)}
    return [
        Cover(
            batch.first,
            batch.last,
            batch.balance,
            batch.at,
            frozenset(known.current(seen.number) for seen in batch.sightings),
            badge_later(known, batch.last, ((seen.number, seen) for seen in batch.sightings)),
            link_of(batch.key) in links,
        )
        for batch in known.batches
        if batch.first is not None and batch.last is not None
    ]


def badge_later(known: Known, day: date, rows: Iterable[tuple[int, Row | Sighting]]) -> int:
    """What the badge's entries of a day have beyond its row, which is the sum of the day so far."""
    shown: dict[str, int] = {}
    booked: dict[int, int] = {}
    for number, row in rows:
        if row.day == day and kind_of(row.wording, row.connects, {}) is RowKind.BADGE:
            shown[row.member or ""] = row.connects
            if (entry := known.entries.get(known.current(number))) is not None:
                booked[entry.number] = entry.delta
    return sum(booked.values()) - sum(shown.values()) if booked else 0


def beginning(known: Known, covers: Sequence[Cover]) -> Beginning:
    """What becomes of a typed opening, or of the welcome, if imports cover these days.

    If they reach back to its day, an opening before them takes its place. What it states still holds, unless a page
    states a balance from then on; a page of earlier days knows better than the welcome only.
    """
    openings = known.typed_opening
    if not openings:
        return Beginning()
    first = openings[-1]
    anchor = Anchor(first.at.date(), sum(entry.delta for entry in openings), at=first.at)
    reaching = [cover for cover in covers if cover.first <= anchor.day]
    if not reaching:
        return Beginning(stands=anchor)
    stated = any(beyond.account == OPENED for _, beyond in first.moves)
    beaten = any(cover.balance is not None and (not stated or anchor.day <= cover.last) for cover in reaching)
    return Beginning(_lifted(openings), anchor.connects, anchor=None if beaten else anchor)


def _lifted(openings: Sequence[Entry]) -> frozenset[int]:
    """The openings whose Connects are in the books: a welcome in whose place an opening was typed has none."""
    gone = {home.lot for entry in openings for home, _ in entry.moves if home.connects < 0}
    return frozenset(
        entry.number
        for entry in openings
        if any(
            home.connects > 0 and home.lot not in gone
            for home, beyond in entry.moves
            if beyond.account in {OPENED, WELCOMED}
        )
    )


def lifted_now(known: Known) -> frozenset[int]:
    """The typed openings whose Connects are out of the books, because a derived one replaced them."""
    return Standing(known.record.entries).lifted & {entry.number for entry in known.typed_opening}


def anchors_of(covers: Iterable[Cover], start: Beginning) -> list[Anchor]:
    """The balances that count, in the order of time. Of two pages of a day, the later one has more rows."""
    pages = [Anchor(cover.last, cover.balance, cover) for cover in covers if cover.balance is not None]
    stated = [anchor for anchor in (start.stands, start.anchor) if anchor is not None]
    return sorted([*pages, *stated], key=lambda one: (one.day, one.at is not None, _rows_on_last_day(one)))


def _rows_on_last_day(anchor: Anchor) -> tuple[int, float]:
    cover = anchor.cover
    return (0, 0.0) if cover is None else (len(cover.seen), cover.booked.timestamp())


def gap_between(one: Anchor, other: Anchor, covers: Iterable[Cover]) -> date | None:
    """The day at the end of the last stretch between two anchors that no import covers (None: all is covered).

    A page that begins on the day on which another one ends goes on after that one's balance.
    """
    reach, seen = one.day, frozenset[int]()
    end: date | None = None
    for cover in sorted(covers, key=lambda cover: (cover.first, cover.last)):
        if cover.first > other.day:
            break
        if cover.first == other.day and other.cover not in {None, cover}:
            continue
        if cover.last <= reach:
            seen |= cover.seen if cover.last == reach else frozenset()
            continue
        joined = cover.first < reach or (cover.first == reach and seen & cover.seen)
        if not joined:
            end = max(cover.first - DAY, reach)
        reach, seen = cover.last, cover.seen
    return max(other.day - DAY, reach) if reach < other.day else end
