"""The alert that the balance is low."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from core.alerts.alert_type import AlertType
from core.delivery.notice import Notice

if TYPE_CHECKING:
    from datetime import datetime

    from core.alerts.review_context import ReviewContext
    from core.ledger.model import Entry, Snapshot
    from core.ledger.rulebook import Rulebook


class Warned(NamedTuple):
    """A notice to send (None: none), and whether the warning of a low balance now counts as given."""

    notice: Notice | None
    low: bool


def low(before: Snapshot, last: Entry, rulebook: Rulebook) -> Warned:
    """A notice if the balance fell below the wallet's threshold: once, until it is re-armed above a second threshold.

    The second threshold is `alerts.rearm_percent` higher than the first, so that a balance that hovers about the first
    is reported only once.
    """
    if before.threshold is None:
        return Warned(None, low=False)
    if before.low:
        rearmed = last.balance * 100 >= before.threshold * (100 + rulebook.rearm_percent)
        return Warned(None, low=not rearmed)
    if last.balance >= before.threshold or last.balance > before.balance:
        return Warned(None, low=False)
    facts = {"connects": last.balance, "threshold": before.threshold}
    topic = f"low:{before.wallet}"
    notice = Notice(f"{topic}:{last.number}", LOW.code, facts, before.wallet, by=last.by, topic=topic, supersedes=True)
    return Warned(notice, low=True)


def refresh_low(notice: Notice, _made: datetime, wallet: Snapshot, _now: datetime) -> Notice | None:
    """The notice with the current balance and threshold; None if the balance is no longer below it."""
    if wallet.threshold is None or wallet.balance >= wallet.threshold:
        return None
    return notice._replace(facts={"connects": wallet.balance, "threshold": wallet.threshold})


def low_after_snooze(context: ReviewContext) -> tuple[Notice, ...]:
    """A notice if a snooze of this alert has just ended and the balance is still low."""
    ended, threshold = context.snooze_over(LOW.code), context.wallet.threshold
    if ended is None or not context.fell_due(ended) or context.snoozed(LOW.code):
        return ()
    if threshold is None or context.connects >= threshold:
        return ()
    return (context.notice(ended.isoformat(), LOW.code, {"connects": context.connects, "threshold": threshold}),)


LOW: Final = AlertType(
    "low", lambda settings: settings.threshold is not None, refresh_low, low_after_snooze, recap=True
)
