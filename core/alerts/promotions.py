"""What a promotion gave expires soon, or a contest is about to be drawn."""

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


def promotion_ending(facts: ReviewContext) -> tuple[Notice, ...]:
    """What a promotion gave expires within three days, and was not told of as what expires."""
    lots = [(at, lot) for at, lot in promotional(facts.wallet, facts.now) if not _told_as_expiring(facts, at, lot)]
    return tuple(
        facts.notice(lot.number, PROMOTION_ENDING.code, _ending(lot, at, facts.titles.get(lot.number, "")))
        for at, lot in lots
    )


def promotional(wallet: Snapshot, now: datetime) -> list[tuple[datetime, Lot]]:
    """Lots out of promotions that expire within three days, the soonest first."""
    return [(at, lot) for at, lot in ending(wallet.lots, now, ENDING) if lot.source is Source.PROMOTION]


def _told_as_expiring(facts: ReviewContext, expires: datetime, lot: Lot) -> bool:
    """Whether the lot was there when one of its holder's own days within three came (see `expiry_scan`)."""
    marks = [expires - timedelta(days=days) for days in facts.alerts.expiring if timedelta(days=days) <= ENDING]
    return any(lot.issued < mark <= facts.now for mark in marks)


def _ending(lot: Lot, expires: datetime, title: str) -> dict[str, str | int]:
    return {"lot": lot.number, "connects": lot.left, "expires": expires.isoformat(), "title": title}


def still_ending(notice: Notice, _made: datetime, wallet: Snapshot, now: datetime) -> Notice | None:
    """Something is left of what the promotion gave, and has not expired."""
    left = [lot.left for lot in wallet.lots if lot.number == notice.facts["lot"] and not lot.expired(now)]
    return notice._replace(facts={**notice.facts, "connects": left[0]}) if any(left) else None


def still_drawn(notice: Notice, _made: datetime, _wallet: Snapshot, now: datetime) -> Notice | None:
    """The draw is still to come."""
    return notice if now < datetime.fromisoformat(str(notice.facts["ends"])) else None


PROMOTION_ENDING: Final = AlertType(
    "promotion-ending", lambda settings: settings.alerts.promotions, still_ending, promotion_ending
)
PROMOTION_EVE: Final = AlertType("promotion-eve", lambda settings: settings.alerts.promotions, still_drawn)
