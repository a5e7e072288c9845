"""Rows of a saved page's table get what only its data knows: the id, the second, the balance after the row, the job."""

from __future__ import annotations

from collections import defaultdict, deque
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from core.imports.model import Row
from core.imports.undated import TODAY, YESTERDAY

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
    """The day on which the page was made, by its newest data: of two possible days that on which more rows agree.

    If as many agree on each, the first row counts: it shows the newest data.
    """
    called = [row for row in rows if row.day >= YESTERDAY]
    if not items or not called:
        return None
    newest = max(item.day for item in items)
    following = newest + timedelta(days=1)
    today, later = _agreeing(called, newest, items), _agreeing(called, following, items)
    if today == later:
        return None if not today else newest if rows[0].day == TODAY else following
    return newest if today > later else following


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
    items_left, places_left = list(enumerate(by_day(items))), list(range(len(rows)))
    for of_row, of_item in SAMENESS:
        waiting: defaultdict[object, deque[tuple[int, Item]]] = defaultdict(deque)
        for number, item in items_left:
            waiting[of_item(item)].append((number, item))
        used: set[int] = set()
        still: list[int] = []
        for place in places_left:
            found = waiting.get(of_row(rows[place]))
            if found:
                number, item = found.popleft()
                done[place] = _with(rows[place], item)
                used.add(number)
            else:
                still.append(place)
        items_left = [(number, item) for number, item in items_left if number not in used]
        places_left = still
    return done


def _with(row: Row, item: Item) -> Row:
    if row.day == UNDATED:
        row = row._replace(day=item.day, wording=WORDINGS.get(item.reason, row.wording))
    if item.reason == BADGE:
        return row  # the sum of several rows: no id and no second is its own
    return row._replace(
        title=row.title or item.title,
        job=row.job or item.job,
        member=row.member or item.member or row.member,
        row_id=item.id,
        at=item.at,
        running=item.running,
    )


def rows_of(items: Sequence[Item]) -> list[Row]:
    """The rows of the data alone, for a page whose table is missing."""
    return completed([_bare(item) for item in by_day(items)], items)


def _bare(item: Item) -> Row:
    wording = WORDINGS.get(item.reason) or f"reasonId {item.reason}"
    return Row(item.day, wording, item.connects, item.title, item.job, item.member or None)


SAMENESS: Final[Sequence[tuple[Callable[[Row], object], Callable[[Item], object]]]] = (
    (lambda row: (row.day, row.connects, row.job), lambda item: (item.day, item.connects, item.job)),
    (lambda row: (row.day, row.connects, row.title), lambda item: (item.day, item.connects, item.title)),
    (lambda row: (row.day == UNDATED, row.connects, row.job), lambda item: (True, item.connects, item.job)),
    (lambda row: (row.day == UNDATED, row.connects, row.title), lambda item: (True, item.connects, item.title)),
)
"""How a row and an item are recognised as the same: the first way that fits."""
