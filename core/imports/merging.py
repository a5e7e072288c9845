"""Several pages of one drop become one: parts of a paste, files, the same page twice."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from core.imports.model import RowKind
from core.imports.rows.overlay import Edges
from core.imports.rows.runs import Run, completed, joined
from core.imports.wordings import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from core.imports.model import Page, Row


REPEATED: Final = 3
"""So many rows that follow each other twice were pasted twice; of fewer, that may be the truth."""


class Merged(NamedTuple):
    """The rows of a drop, newest first, each of them once.

    `balance` is that of `last` (None: no page shows it). `first` and `last` are the days that the drop covers, at most;
    None if it neither has rows nor says when it was copied. `runs` says for each day which rows stood together, as
    positions in `rows`, and where an edge may have cut them; badges are in none. `doubtful` are the positions of rows
    that may be another row of the drop over again. With `headless` a page of it begins inside.
    `spans` are the stretches of days that it covers without a gap, newest first.
    """

    rows: tuple[Row, ...]
    balance: int | None = None
    copied: date | None = None
    first: date | None = None
    last: date | None = None
    runs: Mapping[date, tuple[tuple[range, Edges], ...]] = {}
    doubtful: frozenset[int] = frozenset()
    unread: tuple[str, ...] = ()
    headless: bool = False
    spans: tuple[tuple[date, date], ...] = ()

    @property
    def cut(self) -> frozenset[date]:
        """The days that may have had more rows than the drop shows."""
        return frozenset(day for day, runs in self.runs.items() if not any(edges.whole for _, edges in runs))


def merged(pages: Sequence[Page]) -> Merged:
    """Everything that the pages of one drop say, each row once."""
    runs: defaultdict[date, list[Run]] = defaultdict(list)
    badges: defaultdict[date, list[Row]] = defaultdict(list)
    for run in (run for page in pages for run in _runs(page)):
        day = run.rows[0].day
        badges[day] += filter(is_badge, run.rows)
        runs[day].append(run._replace(rows=tuple(row for row in run.rows if not is_badge(row))))
    rows: list[Row] = []
    places: dict[date, tuple[tuple[range, Edges], ...]] = {}
    doubtful: set[int] = set()
    for day in sorted(runs, reverse=True):
        rows += _largest(badges[day])
        placed: list[tuple[range, Edges]] = []
        for run in joined(runs[day]):
            doubtful |= {len(rows) + position for position in run.doubtful}
            placed.append((range(len(rows), len(rows) + len(run.rows)), run.edges))
            rows += run.rows
        places[day] = tuple(placed)
    return _dated(pages, Merged(tuple(rows), runs=places, doubtful=frozenset(doubtful)))


def is_badge(row: Row) -> bool:
    """Whether a row is the sum of what a badge cost on a day."""
    return kind_of(row.wording, row.connects, {}) is RowKind.BADGE


def _dated(pages: Sequence[Page], drop: Merged) -> Merged:
    copied = [page.copied for page in pages if page.copied]
    shown = [page.copied for page in pages if page.copied and not page.top_cut]
    last = max([*shown, *drop.runs], default=None)
    newest = max((page for page in pages if page.balance is not None), key=_newness, default=None)
    return drop._replace(
        balance=newest.balance if newest and _reaches(newest, last) else None,
        copied=max(copied, default=None),
        first=min(drop.runs, default=last),
        last=last,
        spans=_spans(pages),
        headless=any(page.top_cut for page in pages),
        unread=tuple(dict.fromkeys(line for page in pages for line in page.unread)),
    )


def _spans(pages: Sequence[Page]) -> tuple[tuple[date, date], ...]:
    """The days from each copy's last row to its first, or to the day on which it was copied; what touches is one."""
    found: list[tuple[date, date]] = []
    covered = [
        (copy[-1].day, max(copy[0].day, page.copied or date.min) if number == 0 and not page.top_cut else copy[0].day)
        for page in pages
        for number, copy in enumerate(_copies(page.rows))
    ]
    for first, last in sorted(covered, key=lambda span: span[1], reverse=True):
        if found and last >= found[-1][0]:
            found[-1] = min(first, found[-1][0]), found[-1][1]
        else:
            found.append((first, last))
    return tuple(found)


def _newness(page: Page) -> tuple[date, date, int]:
    day = max((row.day for row in page.rows), default=date.min)
    moved = sum(abs(row.connects) if is_badge(row) else 1 for row in page.rows if row.day == day)
    return page.copied or date.min, day, moved


def _reaches(page: Page, last: date | None) -> bool:
    """Whether the page's balance is that of the drop's last day."""
    days = [row.day for row in page.rows]
    return last is None or max([*days, *([page.copied] if page.copied else [])], default=date.min) >= last


def _runs(page: Page) -> Iterator[Run]:
    """The rows of each day. Where a day follows an older one, another copy begins within the page."""
    copies = _copies(page.rows)
    for number, copy in enumerate(copies):
        days = [tuple(rows) for _, rows in groupby(copy, key=lambda row: row.day)]
        for place, rows in enumerate(days):
            above = place == 0 and (number > 0 or page.top_cut or page.copied is None or rows[0].day >= page.copied)
            below = place == len(days) - 1 and (page.bottom_cut or number < len(copies) - 1)
            yield Run(_once(rows), Edges(above, below))


def _copies(rows: Sequence[Row]) -> list[list[Row]]:
    """The copies that a page has of itself. If it has only one day, they are recognised by their length."""
    half = len(rows) // 2
    if half >= REPEATED and rows[:half] == rows[half:]:
        return [*_copies(rows[:half]), *_copies(rows[half:])]
    copies: list[list[Row]] = []
    for row in rows:
        if not copies or row.day > copies[-1][-1].day:
            copies.append([])
        copies[-1].append(row)
    return copies


def _once(rows: Iterable[Row]) -> tuple[Row, ...]:
    """The rows without those of which Upwork's id shows that they stand there twice."""
    return tuple({row.row_id or str(place): row for place, row in enumerate(rows)}.values())


def _largest(badges: Iterable[Row]) -> Iterator[Row]:
    """A badge's row is the sum of its day so far: of several the largest counts, for each member."""
    found: dict[str, Row] = {}
    for row in sorted(badges, key=lambda row: row.connects):
        said = found.setdefault(row.member or "", row)
        if said.connects == row.connects:
            found[row.member or ""] = completed(said, row)
    yield from found.values()
