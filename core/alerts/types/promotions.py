"""The alerts that a promotion's Connects expire soon, and that the draw of a contest is near."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from core.alerts.alert_type import AlertType
from core.ledger.model import Source
from core.ledger.queries import ending

if TYPE_CHECKING:
    from core.alerts.review_context import ReviewContext
    from core.delivery.notice import Notice
    from core.ledger.model import Lot, Snapshot

ENDING: Final = timedelta(days=3)
"""How long before their expiry a promotion's Connects are announced."""


def promotion_ending(context: ReviewContext) -> tuple[Notice, ...]:
    """A notice of each lot from a promotion that expires within three days, unless the expiry scan announces it."""
    return tuple(
        context.notice(lot.number, PROMOTION_ENDING.code, _ending_facts(lot, at, context.titles.get(lot.number, "")))
        for at, lot in promotional(context.wallet, context.now)
        if not _announced_as_expiring(context, at, lot)
    )


def promotional(wallet: Snapshot, now: datetime) -> list[tuple[datetime, Lot]]:
    """Lots from promotions that expire within three days, the soonest first."""
    return [(at, lot) for at, lot in ending(wallet.lots, now, ENDING) if lot.source is Source.PROMOTION]


def _announced_as_expiring(context: ReviewContext, expires: datetime, lot: Lot) -> bool:
    """Whether `expiry_scan` has announced the lot by now on one of its holder's own days within the last three."""
    announced = [expires - timedelta(days=days) for days in context.alerts.expiring if timedelta(days=days) <= ENDING]
    return any(lot.issued < at <= context.now for at in announced)


def _ending_facts(lot: Lot, expires: datetime, title: str) -> dict[str, str | int]:
    return {"lot": lot.number, "connects": lot.left, "expires": expires.isoformat(), "title": title}


def refresh_promotion_ending(notice: Notice, _made: datetime, wallet: Snapshot, now: datetime) -> Notice | None:
    """The notice with the Connects that are left of the lot; None if there are none or it has expired."""
    left = [lot.left for lot in wallet.lots if lot.number == notice.facts["lot"] and not lot.expired(now)]
    return notice._replace(facts={**notice.facts, "connects": left[0]}) if any(left) else None


def refresh_draw_reminder(notice: Notice, _made: datetime, _wallet: Snapshot, now: datetime) -> Notice | None:
    """The notice, or None if the time of the draw has come."""
    return notice if now < datetime.fromisoformat(str(notice.facts["ends"])) else None


PROMOTION_ENDING: Final = AlertType(
    "promotion-ending", lambda settings: settings.alerts.promotions, refresh_promotion_ending, promotion_ending
)
PROMOTION_EVE: Final = AlertType("promotion-eve", lambda settings: settings.alerts.promotions, refresh_draw_reminder)
