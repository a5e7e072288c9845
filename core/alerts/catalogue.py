"""Every alert there is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.alerts.alert_type import Alert
from core.alerts.budget import still_over_budget
from core.alerts.digest import digest
from core.alerts.expiring import still_expiring, with_what_is_left
from core.alerts.low import low_again, still_low
from core.alerts.monthly import missing, monthly, still_due
from core.alerts.promotions import promotion_ending, still_drawn, still_ending
from core.alerts.runway import runway, still_short

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from core.alerts.review_context import Facts
    from core.delivery.notice import Notice
    from core.ledger.model import Snapshot
    from core.wallets.settings import Settings

SWITCHES: Final[Mapping[str, Callable[[Settings], bool]]] = {
    Alert.LOW: lambda settings: settings.threshold is not None,
    Alert.BUDGET: lambda settings: settings.budget is not None,
    Alert.EXPIRING: lambda settings: bool(settings.alerts.expiring),
    Alert.EXPIRED: lambda settings: bool(settings.alerts.expiring),
    Alert.RUNWAY: lambda settings: settings.alerts.runway is not None,
    Alert.MONTHLY: lambda settings: settings.alerts.monthly,
    Alert.MISSING: lambda settings: settings.alerts.monthly,
    Alert.PROMOTION_ENDING: lambda settings: settings.alerts.promotions,
    Alert.PROMOTION_EVE: lambda settings: settings.alerts.promotions,
    Alert.DIGEST: lambda settings: settings.alerts.digest,
}
"""Whether an alert is switched on. What has no switch is told always."""


def wanted(settings: Settings, code: str, now: datetime) -> bool:
    """Whether a wallet's holder wants to be told something now: it is neither switched off nor snoozed."""
    switch = SWITCHES.get(code)
    return (switch is None or switch(settings)) and settings.alerts.snoozed_until(code, now) is None


def as_of(notice: Notice, made: datetime, wallet: Snapshot, now: datetime) -> Notice | None:
    """A notice that waited since it was made, with the facts of now; None where it is over.

    The facts of the time when it was made would contradict what the wallet shows by now.
    """
    return STILL[notice.code](notice, made, wallet, now) if notice.code in STILL else notice


STILL: Final[Mapping[str, Callable[[Notice, datetime, Snapshot, datetime], Notice | None]]] = {
    Alert.LOW: still_low,
    Alert.BUDGET: still_over_budget,
    Alert.EXPIRING: still_expiring,
    Alert.EXPIRED: with_what_is_left,
    Alert.RUNWAY: still_short,
    Alert.MONTHLY: still_due,
    Alert.MISSING: still_due,
    Alert.PROMOTION_ENDING: still_ending,
    Alert.PROMOTION_EVE: still_drawn,
}
MORNING: Final[tuple[Callable[[Facts], tuple[Notice, ...]], ...]] = (
    runway,
    monthly,
    missing,
    promotion_ending,
    low_again,
    digest,
)


def told_on(facts: Facts) -> tuple[Notice, ...]:
    """All that is told on a morning."""
    return tuple(notice for told in MORNING for notice in told(facts))
