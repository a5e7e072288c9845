"""What a wallet's holder is told of on a morning: each a pure function of what is known of the wallet, in MORNING.

A key says what it is about, so that whoever looks again, or later, tells nothing twice.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from core.days import DAY, beginning, day_in, last_of_cycle, nine_on
from core.digest import digest
from core.model import Kind, Source, income_from
from core.outlook import available, ending, pace_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from core.facts import Facts
    from core.model import Entry, Lot, Snapshot
    from core.notices import Notice

ARMED_AGAIN: Final = 1.5
"""How many times what is warned of Connects must last before their holder is warned again."""
WAITED: Final = timedelta(days=3)
"""How long after a monthly lot was due it is called missing."""
EARLY: Final = timedelta(days=7)
"""How long before its day a monthly lot may come."""
ENDING: Final = timedelta(days=3)


def runway(facts: Facts) -> tuple[Notice, ...]:
    """The Connects will not last for as long as wanted: once, until it is armed again, or a snooze of it ends."""
    mark, pace = facts.alerts.runway, facts.pace
    if mark is None or pace is None or facts.snoozed("runway") or pace.lasts(facts.connects).days >= mark:
        return ()
    told = {"connects": facts.connects, "mark": mark, **pace._asdict(), "needed": pace.needed(mark * ARMED_AGAIN)}
    return (facts.notice(crossing(facts), "runway", told),)


def crossing(facts: Facts) -> str:
    """What tells one warning of the runway from the next: since when it has been armed."""
    ended = facts.snooze_over("runway")
    return max(facts.armed, "" if ended is None else ended.isoformat()) or "first"


def armed_again(facts: Facts) -> bool:
    """Whether the Connects last so long that their holder is to be warned once they no longer do."""
    mark, pace = facts.alerts.runway, facts.pace
    return mark is not None and pace is not None and pace.lasts(facts.connects).days >= mark * ARMED_AGAIN


def monthly(facts: Facts) -> tuple[Notice, ...]:
    """The plan's lot is due on this day; late, until it can be called missing."""
    due, lot = due_day(facts), facts.book.monthly(facts.settings.plan)
    if due is None or not lot or not facts.alerts.monthly or _came(facts, due):
        return ()
    if not facts.fell(nine_on(due, facts.zone)) or facts.now >= nine_on(due + WAITED, facts.zone):
        return ()
    return (facts.notice(due, "monthly", _lot_due(due, lot, today=due == facts.today)),)


def missing(facts: Facts) -> tuple[Notice, ...]:
    """The plan's lot is not booked three days after it was due."""
    due, lot = due_day(facts), facts.book.monthly(facts.settings.plan)
    if due is None or not lot or not facts.alerts.monthly or _came(facts, due):
        return ()
    if not facts.fell(nine_on(due + WAITED, facts.zone)) or facts.began > nine_on(due, facts.zone):
        return ()
    return (facts.notice(due, "missing", _lot_due(due, lot, today=False)),)


def _lot_due(due: date, lot: int, *, today: bool) -> dict[str, str | int]:
    return {"connects": lot, "due": due.isoformat(), "when": "today" if today else "past"}


def due_day(facts: Facts) -> date | None:
    """When the plan's lot was last due, up to today: as it was set, or else as it last came (None: nobody knows)."""
    last = max((entry.at for entry in _lots_that_came(facts)), default=None)
    cycle = facts.alerts.cycle or (None if last is None else day_in(facts.zone, last).day)
    return None if cycle is None else last_of_cycle(cycle, facts.today)


def _came(facts: Facts, due: date) -> bool:
    """Whether the lot of a day is booked, or none can be: only one is in a calendar month, by `core.earning`."""
    early = beginning(due - EARLY, facts.zone)
    return any(
        entry.at >= early or (entry.at.year, entry.at.month) == (facts.now.year, facts.now.month)
        for entry in _lots_that_came(facts)
    )


def _lots_that_came(facts: Facts) -> list[Entry]:
    undone = {entry.of for entry in facts.entries if entry.kind is Kind.UNDO}
    account = income_from(Source.MONTHLY)
    return [
        entry
        for entry in facts.entries
        if entry.kind is Kind.GRANT and entry.counterpart == account and entry.number not in undone
    ]


def promotion_ending(facts: Facts) -> tuple[Notice, ...]:
    """What a promotion gave expires within three days, and was not told of as what expires."""
    if not facts.alerts.promotions:
        return ()
    lots = [(at, lot) for at, lot in promotional(facts.wallet, facts.now) if not _told_as_expiring(facts, at, lot)]
    return tuple(
        facts.notice(lot.number, "promotion-ending", _ending(lot, at, facts.titles.get(lot.number, "")))
        for at, lot in lots
    )


def promotional(wallet: Snapshot, now: datetime) -> list[tuple[datetime, Lot]]:
    """Lots out of promotions that expire within three days, the soonest first."""
    return [(at, lot) for at, lot in ending(wallet.lots, now, ENDING) if lot.source is Source.PROMOTION]


def _told_as_expiring(facts: Facts, expires: datetime, lot: Lot) -> bool:
    """Whether the lot was there when one of its holder's own marks within three days came (see `core.watch`)."""
    marks = [expires - timedelta(days=days) for days in facts.alerts.expiring if timedelta(days=days) <= ENDING]
    return any(lot.issued < mark <= facts.now for mark in marks)


def _ending(lot: Lot, expires: datetime, title: str) -> dict[str, str | int]:
    return {"lot": lot.number, "connects": lot.left, "expires": expires.isoformat(), "title": title}


def low_again(facts: Facts) -> tuple[Notice, ...]:
    """The balance is low, and a time in which nothing of that was to be heard has ended."""
    ended, mark = facts.snooze_over("low"), facts.wallet.threshold
    if ended is None or mark is None or not facts.fell(ended) or facts.snoozed("low") or facts.connects >= mark:
        return ()
    return (facts.notice(ended.isoformat(), "low", {"connects": facts.connects, "threshold": mark}),)


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


def still_short(notice: Notice, _made: datetime, wallet: Snapshot, now: datetime) -> Notice | None:
    """The Connects still last less long than wanted, at the pace as it was."""
    connects, told = available(wallet.lots, now), notice.facts
    over = pace_in(told).lasts(connects).days >= int(told["mark"])
    return None if over else notice._replace(facts={**told, "connects": connects})


def still_due(notice: Notice, made: datetime, wallet: Snapshot, now: datetime) -> Notice | None:
    """The plan's lot was not booked since it was due, as far as its lots tell; on another day it is due no more."""
    due = datetime.fromisoformat(f"{notice.facts['due']}T00:00+00:00") - EARLY
    if any(lot.source is Source.MONTHLY and lot.issued >= due for lot in wallet.lots):
        return None
    return notice._replace(facts={**notice.facts, "when": "past"}) if now - made > DAY / 2 else notice


def still_ending(notice: Notice, _made: datetime, wallet: Snapshot, now: datetime) -> Notice | None:
    """Something is left of what the promotion gave, and has not expired."""
    left = [lot.left for lot in wallet.lots if lot.number == notice.facts["lot"] and not lot.expired(now)]
    return notice._replace(facts={**notice.facts, "connects": left[0]}) if any(left) else None


def still_drawn(notice: Notice, _made: datetime, _wallet: Snapshot, now: datetime) -> Notice | None:
    """The draw is still to come."""
    return notice if now < datetime.fromisoformat(str(notice.facts["ends"])) else None
