"""The plan's monthly Connects are due, or missing."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from core.alerts.alert_type import AlertType
from core.ledger.model import Kind, Source, income_from
from core.shared.calendar import DAY, beginning, day_in, last_of_cycle, nine_on

if TYPE_CHECKING:
    from datetime import date

    from core.alerts.review_context import ReviewContext
    from core.delivery.notice import Notice
    from core.ledger.model import Entry, Snapshot

WAITED: Final = timedelta(days=3)
"""How long after a monthly lot was due it is called missing."""
EARLY: Final = timedelta(days=7)
"""How long before its day a monthly lot may come."""


def monthly(facts: ReviewContext) -> tuple[Notice, ...]:
    """The plan's lot is due on this day; late, until it can be called missing."""
    due, lot = due_day(facts), facts.book.monthly(facts.settings.plan)
    if due is None or not lot or _came(facts, due):
        return ()
    if not facts.fell(nine_on(due, facts.zone)) or facts.now >= nine_on(due + WAITED, facts.zone):
        return ()
    return (facts.notice(due, MONTHLY.code, _lot_due(due, lot, today=due == facts.today)),)


def missing(facts: ReviewContext) -> tuple[Notice, ...]:
    """The plan's lot is not booked three days after it was due."""
    due, lot = due_day(facts), facts.book.monthly(facts.settings.plan)
    if due is None or not lot or _came(facts, due):
        return ()
    if not facts.fell(nine_on(due + WAITED, facts.zone)) or facts.began > nine_on(due, facts.zone):
        return ()
    return (facts.notice(due, MISSING.code, _lot_due(due, lot, today=False)),)


def _lot_due(due: date, lot: int, *, today: bool) -> dict[str, str | int]:
    return {"connects": lot, "due": due.isoformat(), "when": "today" if today else "past"}


def due_day(facts: ReviewContext) -> date | None:
    """When the plan's lot was last due, up to today: as it was set, or else as it last came (None: nobody knows)."""
    last = max((entry.at for entry in _lots_that_came(facts)), default=None)
    cycle = facts.alerts.cycle or (None if last is None else day_in(facts.zone, last).day)
    return None if cycle is None else last_of_cycle(cycle, facts.today)


def _came(facts: ReviewContext, due: date) -> bool:
    """Whether the lot of a day is booked, or none can be: only one is in a calendar month, by `core.ledger.earning`."""
    early = beginning(due - EARLY, facts.zone)
    return any(
        entry.at >= early or (entry.at.year, entry.at.month) == (facts.now.year, facts.now.month)
        for entry in _lots_that_came(facts)
    )


def _lots_that_came(facts: ReviewContext) -> list[Entry]:
    undone = {entry.of for entry in facts.entries if entry.kind is Kind.UNDO}
    account = income_from(Source.MONTHLY)
    return [
        entry
        for entry in facts.entries
        if entry.kind is Kind.GRANT and entry.counterpart == account and entry.number not in undone
    ]


def still_due(notice: Notice, made: datetime, wallet: Snapshot, now: datetime) -> Notice | None:
    """The plan's lot was not booked since it was due, as far as its lots tell; on another day it is due no more."""
    due = datetime.fromisoformat(f"{notice.facts['due']}T00:00+00:00") - EARLY
    if any(lot.source is Source.MONTHLY and lot.issued >= due for lot in wallet.lots):
        return None
    return notice._replace(facts={**notice.facts, "when": "past"}) if now - made > DAY / 2 else notice


MONTHLY: Final = AlertType("monthly", lambda settings: settings.alerts.monthly, still_due, monthly)
MISSING: Final = AlertType("missing", lambda settings: settings.alerts.monthly, still_due, missing)
