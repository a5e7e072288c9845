"""Rows whose day a page calls "Today" or "Yesterday", while nobody knows on which day it was copied."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from core.imports.model import Page

TODAY: Final = date.max
"""Stands for the day on which a page was copied, until that day is known."""
YESTERDAY: Final = TODAY - timedelta(days=1)


def is_undated(page: Page) -> bool:
    """Whether the page has rows of "Today" or "Yesterday", and nothing says which days these are."""
    return any(row.day >= YESTERDAY for row in page.rows)


def earliest_copy(page: Page) -> date | None:
    """The first day on which the page can have been copied, by the days that it names (None: it names none)."""
    named = max((row.day for row in page.rows if row.day < YESTERDAY), default=None)
    if named is None:
        return None
    return named + timedelta(days=2)  # the page would call a later day "Yesterday" or "Today"


def dated(page: Page, copied: date) -> Page | None:
    """The page with its days, if it was copied on that day. None if the days that it names do not allow that."""
    earliest = earliest_copy(page)
    if earliest is not None and copied < earliest:
        return None
    days = {TODAY: copied, YESTERDAY: copied - timedelta(days=1)}
    rows = tuple(row._replace(day=days.get(row.day, row.day)) for row in page.rows)
    return page._replace(rows=rows, copied=copied)
