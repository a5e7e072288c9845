"""The question on which day a page was saved, if its rows are of "Today" and "Yesterday"."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.reply.parts import Button, Buttons, Reply, reply, say
from core.imports.undated import earliest_copy

if TYPE_CHECKING:
    from datetime import date

    from core.imports.model import Page

MOST_DAYS: Final = 4


def ask_day(draft: str, page: Page, today: date) -> Reply:
    """Ask for the day, with a button for each of the latest that it can have been."""
    earliest = earliest_copy(page)
    days = [today - timedelta(days=ago) for ago in range(MOST_DAYS)]
    possible = [day for day in days if earliest is None or day >= earliest]
    rows = tuple((Button(say("raw-day", day=day), f"import day {draft} {day}"),) for day in possible)
    other = Button(say("button-other-day"), f"import day {draft}")
    leave = Button(say("button-leave-import"), f"import leave {draft}")
    return reply(say("import-day-question"), Buttons((*rows, (other,), (leave,)), asks=True), replace=True)
