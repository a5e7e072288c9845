"""The balance is low."""

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
    """A notice to be told (None: nothing), and whether the wallet is now known to have been told that it is low."""

    notice: Notice | None
    low: bool


def low(before: Snapshot, last: Entry, book: Rulebook) -> Warned:
    """The balance fell below the wallet's threshold: once for each crossing, armed again above a second threshold.

    The second one lies `alerts.rearm_percent` of the first higher, so that a balance that hovers about the threshold is
    told of once.
    """
    if before.threshold is None:
        return Warned(None, low=False)
    if before.low:
        armed_again = last.balance * 100 >= before.threshold * (100 + book.rearm_percent)
        return Warned(None, low=not armed_again)
    if last.balance >= before.threshold or last.balance > before.balance:
        return Warned(None, low=False)
    facts = {"connects": last.balance, "threshold": before.threshold}
    name = f"low:{before.wallet}"
    notice = Notice(f"{name}:{last.number}", LOW.code, facts, before.wallet, by=last.by, topic=name, supersedes=True)
    return Warned(notice, low=True)


def still_low(notice: Notice, _made: datetime, wallet: Snapshot, _now: datetime) -> Notice | None:
    """The balance is still below the threshold, which may be another one by now."""
    if wallet.threshold is None or wallet.balance >= wallet.threshold:
        return None
    return notice._replace(facts={"connects": wallet.balance, "threshold": wallet.threshold})


def low_again(facts: ReviewContext) -> tuple[Notice, ...]:
    """The balance is low, and a time in which nothing of that was to be heard has ended."""
    ended, mark = facts.snooze_over(LOW.code), facts.wallet.threshold
    if ended is None or mark is None or not facts.fell(ended) or facts.snoozed(LOW.code) or facts.connects >= mark:
        return ()
    return (facts.notice(ended.isoformat(), LOW.code, {"connects": facts.connects, "threshold": mark}),)


LOW: Final = AlertType("low", lambda settings: settings.threshold is not None, still_low, low_again, recap=True)
