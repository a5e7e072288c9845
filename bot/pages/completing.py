"""Rows of a saved page's table get what only its data knows: the id, the second, the balance after the row, the job."""

from __future__ import annotations

from collections import defaultdict, deque
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from core.imports.dating import TODAY, YESTERDAY
from core.imports.model import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from bot.pages.page_data import Item

UNDATED: Final = date.min
"""Stands for a day that could not be read, because the page is in another language."""
BADGE: Final = "28"
WORDINGS: Final = {
    "3": "Applied to job",
    "30": "Connects bid for boosted proposal.",
    "35": "You bid to boost a proposal, but the job was closed",
    "7": "Job cancelled",
    "29": "Refunded Connects for Connects Award",
    BADGE: "Availability Badge",
}
"""Upwork's numbers of wordings, as far as they are known."""


def copied_on(rows: Sequence[Row], items: Sequence[Item]) -> date | None:
    """The day on which the page was made, by its newest data: of two possible days the one on which more rows agree."""
    called = [row for row in rows if row.day >= YESTERDAY]
    if not items or not called:
        return None
    newest = max(item.day for item in items)
    agreeing = {copied: _agreeing(called, copied, items) for copied in (newest, newest + timedelta(days=1))}
    best = max(agreeing.values())
    found = [copied for copied, rows in agreeing.items() if rows == best]
    return found[0] if best and len(found) == 1 else None


def _agreeing(rows: Iterable[Row], copied: date, items: Iterable[Item]) -> int:
    days = {TODAY: copied, YESTERDAY: copied - timedelta(days=1)}
    known = {(item.day, item.connects, item.job) for item in by_day(items)}
    return sum((days[row.day], row.connects, row.job) in known for row in rows)


def by_day(items: Iterable[Item]) -> list[Item]:
    """The items as the table shows them: what a badge cost on a day is one row, in the place of the newest."""
    shown: list[Item] = []
    places: dict[tuple[date, str], int] = {}
    for item in items:
        key = (item.day, item.member)
        if item.reason != BADGE:
            shown.append(item)
        elif key in places:
            first = shown[places[key]]
            shown[places[key]] = first._replace(connects=first.connects + item.connects)
        else:
            places[key] = len(shown)
            shown.append(item)
    return shown


def completed(rows: Sequence[Row], items: Sequence[Item]) -> list[Row]:
    """The rows, each with the item that it shows, if the data has it. Equal ones are paired in their order."""
    done = list(rows)
    left = by_day(items)
    places = list(range(len(rows)))
    for of_row, of_item in SAMENESS:
        waiting: defaultdict[object, deque[Item]] = defaultdict(deque)
        for item in left:
            waiting[of_item(item)].append(item)
        for place in places:
            found = waiting.get(of_row(rows[place]))
            if found:
                done[place] = _with(rows[place], found.popleft())
        places = [place for place in places if not done[place].row_id]
        given = {done[place].row_id for place in range(len(rows))}
        left = [item for item in left if item.id not in given]
    return done


def _with(row: Row, item: Item) -> Row:
    undated = row.day == UNDATED
    return row._replace(
        day=item.day if undated else row.day,
        wording=WORDINGS.get(item.reason, row.wording) if undated else row.wording,
        title=row.title or item.title,
        job=row.job or item.job,
        member=row.member or item.member or row.member,
        row_id=item.id,
        at=item.at,
        running=item.running,
    )


def row_of(item: Item) -> Row:
    """A row of the data alone."""
    wording = WORDINGS.get(item.reason) or f"reasonId {item.reason}"
    return Row(
        item.day, wording, item.connects, item.title, item.job, item.member or None, item.id, item.at, item.running
    )


def _growing_badge(row: Row) -> object:
    return row.day if row.wording == WORDINGS[BADGE] else None


SAMENESS: Final[Sequence[tuple[Callable[[Row], object], Callable[[Item], object]]]] = (
    (lambda row: (row.day, row.connects, row.job), lambda item: (item.day, item.connects, item.job)),
    (lambda row: (row.day, row.connects, row.title), lambda item: (item.day, item.connects, item.title)),
    (
        lambda row: (row.day == UNDATED, row.connects, row.job),
        lambda item: (True, item.connects, item.job),
    ),
    (
        lambda row: (row.day == UNDATED, row.connects, row.title),
        lambda item: (True, item.connects, item.title),
    ),
    # The data ends with its twentieth row, and may have only the newest part of what a badge cost on a day.
    (_growing_badge, lambda item: item.day if item.reason == BADGE else UNDATED),
)
"""How a row and an item are recognised as the same: the first way that fits."""
