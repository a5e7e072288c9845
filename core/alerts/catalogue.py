"""The list of all alerts, and the functions that apply to every one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.alerts.feed import feed_notices
from core.alerts.types.budget import BUDGET, over_budget
from core.alerts.types.digest import DIGEST
from core.alerts.types.expiring import EXPIRED, EXPIRING, expired
from core.alerts.types.limit import LIMIT, over_limits
from core.alerts.types.low import LOW, low
from core.alerts.types.monthly import MISSING, MONTHLY
from core.alerts.types.promotions import PROMOTION_ENDING, PROMOTION_EVE
from core.alerts.types.runway import RUNWAY
from core.alerts.types.stale import STALE
from core.alerts.types.team_week import TEAM_WEEK
from core.alerts.types.unfed import UNFED
from core.ledger.model import Kind
from core.shared.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from core.alerts.alert_type import AlertType
    from core.alerts.review_context import ReviewContext
    from core.delivery.notice import Notice, Target
    from core.ledger.model import Change, Entry, Snapshot
    from core.ledger.rulebook import Rulebook
    from core.wallets.settings import Settings

ALERTS: Final = (
    LOW,
    BUDGET,
    LIMIT,
    EXPIRING,
    EXPIRED,
    RUNWAY,
    MONTHLY,
    MISSING,
    PROMOTION_ENDING,
    PROMOTION_EVE,
    UNFED,
    STALE,
    DIGEST,
    TEAM_WEEK,
)
BY_CODE: Final[Mapping[str, AlertType]] = {alert.code: alert for alert in ALERTS}
REVIEWED: Final = tuple(
    (alert, alert.review) for alert in sorted(ALERTS, key=lambda alert: alert.recap) if alert.review is not None
)


def wanted(settings: Settings, code: str, now: datetime) -> bool:
    """Whether a wallet's holder wants notices of a code now. A notice that is not an alert is always wanted."""
    alert = BY_CODE.get(code)
    return (alert is None or alert.enabled(settings)) and settings.alerts.snoozed_until(code, now) is None


def as_of(notice: Notice, made: datetime, wallet: Snapshot, now: datetime) -> Notice | None:
    """A delayed notice with current facts, or None if it no longer holds.

    The facts with which it was made could contradict what the wallet shows by now.
    """
    alert = BY_CODE.get(notice.code)
    return notice if alert is None or alert.refresh is None else alert.refresh(notice, made, wallet, now)


def due_alerts(context: ReviewContext) -> tuple[Notice, ...]:
    """The notices that the daily review sends, recaps last."""
    return tuple(notice for alert, review in REVIEWED if alert.enabled(context.settings) for notice in review(context))


def observe(
    before: Snapshot, outcome: Change | Refusal, rulebook: Rulebook, shown_in: Target | None = None
) -> Change | Refusal:
    """The change with the notices that it causes, and with the flag that the warning of a low balance was given.

    `shown_in`: see `core.ledger.requests.Request`.
    """
    if isinstance(outcome, Refusal) or not outcome.entries:
        return outcome
    gone = [entry for entry in outcome.entries if entry.kind is Kind.EXPIRY]
    return _noticed(before, outcome, rulebook, gone, shown_in)


def observe_past(
    before: Snapshot, outcome: Change | Refusal, rulebook: Rulebook, shown_in: Target | None = None
) -> Change | Refusal:
    """The same for a change about the past: of what has expired, only what nobody knew to be gone is reported."""
    if isinstance(outcome, Refusal) or not outcome.entries:
        return outcome
    at = outcome.entries[-1].at
    due = {lot.number for lot in before.lots if lot.left and lot.expired(at)}
    gone = [one for one in outcome.entries if one.kind is Kind.EXPIRY and one.delta < 0 and one.postings[0].lot in due]
    return _noticed(before, outcome, rulebook, gone, shown_in)


def _noticed(
    before: Snapshot, change: Change, rulebook: Rulebook, gone: Sequence[Entry], shown_in: Target | None
) -> Change:
    last = change.entries[-1]
    notice, warned = low(before, last, rulebook)
    notices: tuple[Notice, ...] = () if notice is None else (notice,)
    notices += tuple(expired(entry, last.balance) for entry in gone)
    if change.budget is not None:
        notices += over_budget(before, change.budget, last)
    if change.limits is not None:
        notices += over_limits(before.limits, change.limits, change.entries)
    notices += feed_notices(before, change, gone, shown_in)
    if not notices and warned == change.low:
        return change
    return change._replace(notices=notices + change.notices, low=warned)
