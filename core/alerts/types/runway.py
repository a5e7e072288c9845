"""The alert that the Connects will not last for as many days as the settings say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.alerts.alert_type import AlertType
from core.forecast.burn_rate import burn_rate_in
from core.ledger.queries import available

if TYPE_CHECKING:
    from datetime import datetime

    from core.alerts.review_context import ReviewContext
    from core.delivery.notice import Notice
    from core.ledger.model import Snapshot

REARM_FACTOR: Final = 1.5
"""How many times as long as the limit the Connects must last before the alert is re-armed."""


def runway(context: ReviewContext) -> tuple[Notice, ...]:
    """A notice if the Connects last fewer days than wanted: once, until it is re-armed or a snooze of it ends."""
    limit, rate = context.alerts.runway, context.burn_rate
    if limit is None or rate is None or context.snoozed(RUNWAY.code) or rate.lasts(context.connects).days >= limit:
        return ()
    needed = rate.needed(limit * REARM_FACTOR)
    facts = {"connects": context.connects, "mark": limit, **rate._asdict(), "needed": needed}
    return (context.notice(crossing(context), RUNWAY.code, facts),)


def crossing(context: ReviewContext) -> str:
    """The time since which the alert has been armed; it distinguishes one warning from the next."""
    ended = context.snooze_over(RUNWAY.code)
    return max(context.rearmed, "" if ended is None else ended.isoformat()) or "first"


def is_enough_to_rearm(context: ReviewContext) -> bool:
    """Whether the Connects last so long that the next crossing of the limit is worth another warning."""
    limit, rate = context.alerts.runway, context.burn_rate
    return limit is not None and rate is not None and rate.lasts(context.connects).days >= limit * REARM_FACTOR


def refresh_runway(notice: Notice, _made: datetime, wallet: Snapshot, now: datetime) -> Notice | None:
    """The notice with the current balance; None if that lasts long enough at the burn rate of the notice."""
    connects, facts = available(wallet.lots, now), notice.facts
    enough = burn_rate_in(facts).lasts(connects).days >= int(facts["mark"])
    return None if enough else notice._replace(facts={**facts, "connects": connects})


RUNWAY: Final = AlertType("runway", lambda settings: settings.alerts.runway is not None, refresh_runway, runway)
