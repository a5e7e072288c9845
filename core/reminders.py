"""What a wallet's holder is told of on a morning: each a pure function of what is known of the wallet, in MORNING.

A key says what it is about, so that whoever looks again, or later, tells nothing twice.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from core.days import DAY, WEEK, beginning, day_in, last_monday, last_of_cycle, nine_on
from core.model import Kind, Source, income_from
from core.notices import Notice
from core.outlook import Pace, available, ending, sums

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from core.model import Entry, Lot, Snapshot
    from core.money import Price
    from core.outlook import Sums
    from core.people import Alerts, Settings
    from core.rulebook import Rulebook

ARMED_AGAIN: Final = 1.5
"""How many times what is warned of Connects must last before their holder is warned again."""
WAITED: Final = timedelta(days=3)
"""How long after a monthly lot was due it is called missing."""
EARLY: Final = timedelta(days=7)
"""How long before its day a monthly lot may come."""
ENDING: Final = timedelta(days=3)
SOON: Final = timedelta(days=30)
MADE_GOOD: Final = timedelta(days=1)
"""How long before a look something may have fallen due that it tells of: another one may have been left out, as where
a wallet's zone was changed."""


class Facts(NamedTuple):
    """What is known of one wallet on a morning.

    `entries` are those of the last weeks, oldest first; `began` is when its books begin, as far as they were read.
    `since` is when this look was due. `armed` is when it was last armed again to warn that Connects will not last long.
    `titles` names the promotions that lots came out of.
    """

    wallet: Snapshot
    settings: Settings
    book: Rulebook
    entries: tuple[Entry, ...]
    began: datetime
    pace: Pace | None
    since: datetime
    now: datetime
    armed: str = ""
    titles: Mapping[int, str] = {}

    @property
    def alerts(self) -> Alerts:
        """What its holder wants to hear."""
        return self.settings.alerts

    @property
    def zone(self) -> str:
        """Where its holder lives."""
        return self.settings.zone

    @property
    def today(self) -> date:
        """Which day it is there."""
        return day_in(self.zone, self.now)

    @property
    def connects(self) -> int:
        """What can be spent."""
        return available(self.wallet.lots, self.now)

    def fell(self, at: datetime) -> bool:
        """Whether something fell due that no look has told of yet."""
        return self.since - MADE_GOOD <= at <= self.now

    def notice(self, key: object, code: str, facts: Mapping[str, str | int]) -> Notice:
        """A notice of this wallet under a key of its code."""
        return Notice(f"{code}:{self.wallet.wallet}:{key}", code, facts, self.wallet.wallet)

    def snooze_over(self, code: str) -> datetime | None:
        """When a time in which nothing of a code was to be heard ended, if one did."""
        return max((until for name, until in self.alerts.snoozed if name == code and until <= self.now), default=None)

    def snoozed(self, code: str) -> bool:
        """Whether nothing of a code is to be heard at present."""
        return any(name == code and until > self.now for name, until in self.alerts.snoozed)


def runway(facts: Facts) -> tuple[Notice, ...]:
    """The Connects will not last for as long as wanted: once, until it is armed again, or a snooze of it ends."""
    mark, pace = facts.alerts.runway, facts.pace
    if mark is None or pace is None or facts.snoozed("runway") or pace.lasts(facts.connects).days >= mark:
        return ()
    told = {"connects": facts.connects, "mark": mark, **_rates(pace), "needed": pace.needed(mark * ARMED_AGAIN)}
    return (facts.notice(crossing(facts), "runway", told),)


def crossing(facts: Facts) -> str:
    """What tells one warning of the runway from the next: since when it has been armed."""
    ended = facts.snooze_over("runway")
    return max(facts.armed, "" if ended is None else ended.isoformat()) or "first"


def armed_again(facts: Facts) -> bool:
    """Whether the Connects last so long that their holder is to be warned once they no longer do."""
    mark, pace = facts.alerts.runway, facts.pace
    return mark is not None and pace is not None and pace.lasts(facts.connects).days >= mark * ARMED_AGAIN


def _rates(pace: Pace) -> dict[str, int]:
    return {"usual": pace.usual, "slow": pace.slow, "fast": pace.fast}


def pace_in(facts: Mapping[str, str | int]) -> Pace:
    """The pace that stands in the facts of a notice."""
    return Pace(int(facts["usual"]), int(facts["slow"]), int(facts["fast"]))


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
    return any(lot.issued <= mark <= facts.now for mark in marks)


def _ending(lot: Lot, expires: datetime, title: str) -> dict[str, str | int]:
    return {"lot": lot.number, "connects": lot.left, "expires": expires.isoformat(), "title": title}


def still_low(facts: Facts) -> tuple[Notice, ...]:
    """The balance is low, and a time in which nothing of that was to be heard has ended."""
    ended, mark = facts.snooze_over("low"), facts.wallet.threshold
    if ended is None or mark is None or not facts.fell(ended) or facts.snoozed("low") or facts.connects >= mark:
        return ()
    return (facts.notice(ended.isoformat(), "low", {"connects": facts.connects, "threshold": mark}),)


def digest(facts: Facts) -> tuple[Notice, ...]:
    """What happened in the week before this Monday, if anything did; on a month's first one, in the month as well."""
    monday = last_monday(facts.today)
    if not facts.alerts.digest or not facts.fell(nine_on(monday, facts.zone)):
        return ()
    week = _sums(facts, monday - WEEK * DAY, monday)
    if not week.entries:
        return ()
    told = {
        "from": (monday - WEEK * DAY).isoformat(),
        "until": (monday - DAY).isoformat(),
        **_flat(week),
        **_now(facts),
    }
    if monday.day <= WEEK:
        told |= _month_before(facts, monday.replace(day=1))
    return (facts.notice(monday, "digest", told),)


def _month_before(facts: Facts, after: date) -> dict[str, str | int]:
    last = after - DAY
    first = last.replace(day=1)
    found = {"from": first.isoformat(), "until": last.isoformat(), **_flat(_sums(facts, first, after))}
    return {f"month-{name}": value for name, value in found.items()}


def _sums(facts: Facts, first: date, after: date) -> Sums:
    return sums(facts.entries, beginning(first, facts.zone), beginning(after, facts.zone))


def _flat(given: Sums) -> dict[str, str | int]:
    """The sums as facts of a notice; what is nothing is left out."""
    found: dict[str, str | int] = {f"spent-{purpose}": connects for purpose, connects in given.spent.items()}
    found |= {name: getattr(given, name) for name in ("returned", "bought", "earned", "expired")}
    found |= {"proposals": given.proposals, "interviews": given.interviews}
    found |= _price("paid", given.paid) | _price("cost", given.cost)
    return {name: value for name, value in found.items() if value}


def _price(name: str, price: Price | None) -> dict[str, str | int]:
    if price is None:
        return {}
    return {f"{name}-net": price.net, f"{name}-tax": price.tax, f"{name}-currency": price.currency}


def _now(facts: Facts) -> dict[str, str | int]:
    """How the wallet stands: what is left, how long it lasts, what expires soon."""
    found: dict[str, str | int] = {"connects": facts.connects}
    if facts.pace is not None:
        found |= _rates(facts.pace)
    if soon := ending(facts.wallet.lots, facts.now, SOON):
        found |= {"soon": sum(lot.left for _, lot in soon), "first": soon[0][0].isoformat()}
    return found


MORNING: Final[tuple[Callable[[Facts], tuple[Notice, ...]], ...]] = (
    runway,
    monthly,
    missing,
    promotion_ending,
    still_low,
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
