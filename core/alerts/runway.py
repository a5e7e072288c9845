"""The Connects will not last for as long as wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.alerts.alert_type import AlertType
from core.alerts.forecast import burn_rate_in
from core.ledger.queries import available

if TYPE_CHECKING:
    from datetime import datetime

    from core.alerts.review_context import ReviewContext
    from core.delivery.notice import Notice
    from core.ledger.model import Snapshot

ARMED_AGAIN: Final = 1.5
"""How many times what is warned of Connects must last before their holder is warned again."""


def runway(facts: ReviewContext) -> tuple[Notice, ...]:
    """The Connects will not last for as long as wanted: once, until it is armed again, or a snooze of it ends."""
    mark, pace = facts.alerts.runway, facts.pace
    if mark is None or pace is None or facts.snoozed(RUNWAY.code) or pace.lasts(facts.connects).days >= mark:
        return ()
    told = {"connects": facts.connects, "mark": mark, **pace._asdict(), "needed": pace.needed(mark * ARMED_AGAIN)}
    return (facts.notice(crossing(facts), RUNWAY.code, told),)


def crossing(facts: ReviewContext) -> str:
    """What tells one warning of the runway from the next: since when it has been armed."""
    ended = facts.snooze_over(RUNWAY.code)
    return max(facts.armed, "" if ended is None else ended.isoformat()) or "first"


def armed_again(facts: ReviewContext) -> bool:
    """Whether the Connects last so long that their holder is to be warned once they no longer do."""
    mark, pace = facts.alerts.runway, facts.pace
    return mark is not None and pace is not None and pace.lasts(facts.connects).days >= mark * ARMED_AGAIN


def still_short(notice: Notice, _made: datetime, wallet: Snapshot, now: datetime) -> Notice | None:
    """The Connects still last less long than wanted, at the pace as it was."""
    connects, told = available(wallet.lots, now), notice.facts
    over = burn_rate_in(told).lasts(connects).days >= int(told["mark"])
    return None if over else notice._replace(facts={**told, "connects": connects})


RUNWAY: Final = AlertType("runway", lambda settings: settings.alerts.runway is not None, still_short, runway)
