"""The alerts that the plan's monthly Connects are due, or missing."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from core.alerts.alert_type import AlertType
from core.ledger.model import Kind, Source, income_from
from core.shared.calendar import DAY, beginning, day_in, last_of_cycle, month_in, nine_on

if TYPE_CHECKING:
    from datetime import date

    from core.alerts.review_context import ReviewContext
    from core.delivery.notice import Notice
    from core.ledger.model import Entry, Snapshot

MISSING_AFTER: Final = timedelta(days=3)
"""How long after its due day a monthly lot that is not booked is reported as missing."""
EARLY: Final = timedelta(days=7)
"""How long before its due day a monthly lot may be booked and still count for that day."""


def monthly(context: ReviewContext) -> tuple[Notice, ...]:
    """A notice that the plan's lot is due; a late review sends it until the lot is reported as missing."""
    due, lot = due_day(context), context.rulebook.monthly(context.settings.plan)
    if due is None or not lot or is_booked(context, due):
        return ()
    if not context.fell_due(nine_on(due, context.zone)) or context.now >= nine_on(due + MISSING_AFTER, context.zone):
        return ()
    return (context.notice(due, MONTHLY.code, _due_facts(due, lot, today=due == context.today)),)


def missing(context: ReviewContext) -> tuple[Notice, ...]:
    """A notice that the plan's lot is not booked three days after it was due."""
    due, lot = due_day(context), context.rulebook.monthly(context.settings.plan)
    if due is None or not lot or is_booked(context, due):
        return ()
    if not context.fell_due(nine_on(due + MISSING_AFTER, context.zone)) or context.began > nine_on(due, context.zone):
        return ()
    return (context.notice(due, MISSING.code, _due_facts(due, lot, today=False)),)


def _due_facts(due: date, lot: int, *, today: bool) -> dict[str, str | int]:
    return {"connects": lot, "due": due.isoformat(), "when": "today" if today else "past"}


def due_day(context: ReviewContext) -> date | None:
    """The latest due day of the plan's lot up to today (None: unknown), by the settings or else by the last lot."""
    last = max((entry.when for entry in _monthly_grants(context)), default=None)
    cycle = context.alerts.cycle or (None if last is None else day_in(context.zone, last).day)
    return None if cycle is None else last_of_cycle(cycle, context.today)


def is_booked(context: ReviewContext, due: date) -> bool:
    """Whether the lot of a day is booked, or cannot be: `core.ledger.earning` allows one in a calendar month."""
    early, month = beginning(due - EARLY, context.zone), month_in(context.zone, context.now)
    return any(entry.when >= early or month_in(context.zone, entry.when) == month for entry in _monthly_grants(context))


def _monthly_grants(context: ReviewContext) -> list[Entry]:
    undone = {entry.of for entry in context.entries if entry.kind is Kind.UNDO}
    account = income_from(Source.MONTHLY)
    return [
        entry
        for entry in context.entries
        if entry.kind is Kind.GRANT and entry.counterpart == account and entry.number not in undone
    ]


def refresh_monthly(notice: Notice, made: datetime, wallet: Snapshot, now: datetime) -> Notice | None:
    """The notice, reworded if it is half a day old; None if the wallet holds a lot that came for that day."""
    early = datetime.fromisoformat(f"{notice.facts['due']}T00:00+00:00") - EARLY
    if any(lot.source is Source.MONTHLY and lot.issued >= early for lot in wallet.lots):
        return None
    return notice._replace(facts={**notice.facts, "when": "past"}) if now - made > DAY / 2 else notice


MONTHLY: Final = AlertType("monthly", lambda settings: settings.alerts.monthly, refresh_monthly, monthly)
MISSING: Final = AlertType("missing", lambda settings: settings.alerts.monthly, refresh_monthly, missing)
