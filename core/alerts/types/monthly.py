"""The alerts that the plan's monthly Connects are due, or missing."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from core.alerts.alert_type import AlertType
from core.forecast.monthly_lots import EARLY, MISSING_AFTER, monthly_lots
from core.ledger.model import Source
from core.shared.calendar import DAY, nine_on

if TYPE_CHECKING:
    from core.alerts.review_context import ReviewContext
    from core.delivery.notice import Notice
    from core.forecast.monthly_lots import Due
    from core.ledger.model import Snapshot

NEWS: Final = timedelta(days=10)
"""How long after its due day a lot is still reported as missing, such as when an import shows it late."""


def monthly(context: ReviewContext) -> tuple[Notice, ...]:
    """A notice that the plan's lot is due; a late review sends it until the lot is reported as missing."""
    due = monthly_lots(context.monthly_facts).due
    if due is None or not context.fell_due(nine_on(due.day, context.zone)):
        return ()
    if context.now >= nine_on(due.day + MISSING_AFTER, context.zone):
        return ()
    return (context.notice(due.day, MONTHLY.code, _due_facts(due, today=due.day == context.today)),)


def missing(context: ReviewContext) -> tuple[Notice, ...]:
    """A notice that the plan's lot did not come, as soon as that is known; `/lots` names earlier ones."""
    missed = [due for due in monthly_lots(context.monthly_facts).missed if due.day >= context.today - NEWS]
    return tuple(
        context.notice(due.day, MISSING.code, _due_facts(due, today=False))
        for due in missed
        if due.known is not None and context.fell_due(due.known)
    )


def _due_facts(due: Due, *, today: bool) -> dict[str, str | int]:
    return {"connects": due.connects, "due": due.day.isoformat(), "when": "today" if today else "past"}


def refresh_monthly(notice: Notice, made: datetime, wallet: Snapshot, now: datetime) -> Notice | None:
    """The notice, reworded if it is half a day old; None if the wallet holds a lot that came for that day."""
    early = datetime.fromisoformat(f"{notice.facts['due']}T00:00+00:00") - EARLY
    if any(lot.source is Source.MONTHLY and lot.issued >= early for lot in wallet.lots):
        return None
    return notice._replace(facts={**notice.facts, "when": "past"}) if now - made > DAY / 2 else notice


MONTHLY: Final = AlertType("monthly", lambda settings: settings.alerts.monthly, refresh_monthly, monthly)
MISSING: Final = AlertType("missing", lambda settings: settings.alerts.monthly, refresh_monthly, missing)
