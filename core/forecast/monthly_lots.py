"""The lots that a plan gives each month: when they are due, which have come, and which were missed.

A lot comes on the first day of the billing cycle. A cycle that began on the 29th to 31st renews on the 1st. Whoever
upgrades in the middle of a cycle gets a part of the lot at once, and the rest of the cycle stays as it is.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from core.forecast.coverage import covered_since
from core.ledger.model import Kind, Source, income_from
from core.shared.calendar import DAY, day_in, last_of_cycle, next_of_cycle, nine_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date, datetime

    from core.forecast.coverage import Span
    from core.ledger.model import Entry, Lot
    from core.ledger.rulebook import Rulebook
    from core.wallets.settings import Settings

MISSING_AFTER: Final = timedelta(days=3)
"""How long after its due day a monthly lot that is not booked counts as missed."""
EARLY: Final = timedelta(days=7)
"""How long before its due day a monthly lot may come and still count for that day."""
REMEMBERED: Final = timedelta(days=365)
"""How far back missed lots are named: an older one would have expired by now."""


class Arrival(NamedTuple):
    """A monthly lot that came: when, and how many Connects. The earliest sorts first."""

    at: datetime
    connects: int


class Due(NamedTuple):
    """A lot that is due on a day; `known` is when it was clear that it was missed (None: it was not)."""

    day: date
    connects: int
    known: datetime | None = None


class MonthlyLots(NamedTuple):
    """The lots of a plan: those missed, oldest first, the one that is due by now but has not come, and the next one.

    `came` is when the latest one came. None: there is none, or nobody can know.
    """

    missed: tuple[Due, ...] = ()
    due: Due | None = None
    next: Due | None = None
    came: Arrival | None = None


class Facts(NamedTuple):
    """What monthly lots are found from.

    `arrivals` are those that came, the oldest first, and `spans` the days that the books cover.
    """

    arrivals: Sequence[Arrival]
    spans: Sequence[Span]
    settings: Settings
    rulebook: Rulebook
    now: datetime

    @property
    def today(self) -> date:
        """The current date in the wallet's zone."""
        return day_in(self.settings.zone, self.now)

    def day_of(self, arrival: Arrival) -> date:
        """The date on which a lot came: in UTC, as pages have it, where an import shows it, else in the zone."""
        day = arrival.at.date()
        shown = any(span.imported and span.first <= day <= span.last for span in self.spans)
        return day if shown else day_in(self.settings.zone, arrival.at)


def arrivals_in(entries: Iterable[Entry]) -> tuple[Arrival, ...]:
    """The monthly lots among some entries that were not undone."""
    every = tuple(entries)
    undone = {entry.of for entry in every if entry.kind is Kind.UNDO}
    account = income_from(Source.MONTHLY)
    return tuple(
        sorted(
            Arrival(entry.when, entry.delta)
            for entry in every
            if entry.kind is Kind.GRANT and entry.counterpart == account and entry.number not in undone
        )
    )


def arrivals_of(lots: Iterable[Lot]) -> tuple[Arrival, ...]:
    """The monthly lots among all lots of a wallet. One that was undone has no size."""
    return tuple(sorted(Arrival(lot.issued, lot.size) for lot in lots if lot.source is Source.MONTHLY and lot.size))


def monthly_lots(facts: Facts) -> MonthlyLots:
    """Which monthly lots are due, and which were missed; nothing if the billing day or the plan's lot is not known."""
    billing, connects = billing_day(facts), expected(facts)
    came = facts.arrivals[-1] if facts.arrivals else None
    if billing is None or not connects:
        return MonthlyLots(came=came)
    missed: list[Due] = []
    due: Due | None = None
    days = list(_due_days(facts, billing))
    for day, after in pairwise(days):
        if _has_come(facts, day, after):
            continue
        if (known := _missed_since(facts, day)) is not None and known <= facts.now:
            missed.append(Due(day, connects, known))
        elif after == days[-1] and day > _first_day(facts):
            due = Due(day, connects)
    return MonthlyLots(tuple(missed), due, _next(facts, billing, days[-1], connects), came)


def coming_lots(facts: Facts, until: date) -> tuple[Due, ...]:
    """The lots that are still to come, up to a day. None if the last one was missed: then no plan may give any."""
    found = monthly_lots(facts)
    due, billing = found.next, billing_day(facts)
    if due is None or billing is None:
        return ()
    if found.missed and next_of_cycle(billing, found.missed[-1].day) >= due.day:
        return ()
    coming: list[Due] = []
    while due.day <= until:
        coming.append(due)
        due = Due(next_of_cycle(billing, due.day), due.connects)
    return tuple(coming)


def billing_day(facts: Facts) -> int | None:
    """The day of the month on which lots come: the one in the settings, or that of the last whole lot."""
    if facts.settings.alerts.cycle:
        return facts.settings.alerts.cycle
    last = next((one for one in reversed(facts.arrivals) if _is_whole(facts, one)), None)
    last = last or (facts.arrivals[-1] if facts.arrivals else None)
    return None if last is None else facts.day_of(last).day


def expected(facts: Facts) -> int:
    """How many Connects a lot has (0: none): those of the plan in the settings, or as many as came, if that is more.

    Many never say on which plan they are, but a page shows what came.
    """
    whole = (one.connects for one in reversed(facts.arrivals) if _is_whole(facts, one))
    return max(facts.rulebook.monthly(facts.settings.plan), next(whole, 0))


def _is_whole(facts: Facts, arrival: Arrival) -> bool:
    """Whether a lot is a plan's whole lot, and not the part that comes with an upgrade in the middle of a cycle."""
    figures = facts.rulebook.earning[Source.MONTHLY].values()
    return arrival.connects in figures or sum(arrival.connects == one.connects for one in facts.arrivals) > 1


def _due_days(facts: Facts, billing: int) -> Iterator[date]:
    """The days on which a lot was due, from where it could be known that it was missed, and the next one to come."""
    start = facts.today - REMEMBERED
    if not facts.settings.alerts.cycle and facts.arrivals:
        start = max(start, facts.day_of(facts.arrivals[0]) + EARLY)
    day = last_of_cycle(billing, max(start, _first_day(facts)))
    while day <= facts.today:
        yield day
        day = next_of_cycle(billing, day)
    yield day


def _first_day(facts: Facts) -> date:
    """The first day that the books cover, or today, if they cover none."""
    return min((span.first for span in facts.spans), default=facts.today)


def _has_come(facts: Facts, day: date, after: date) -> bool:
    """Whether anything came for a due day, before it is time for the next one. An upgrade counts as well.

    Until the month is over, any lot of the month counts, because the books take no second one (`core.ledger.earning`).
    """
    came = [facts.day_of(arrival) for arrival in facts.arrivals]
    if _month(day) == _month(facts.today) and any(_month(one) == _month(day) for one in came):
        return True
    return any(day - EARLY <= one < after - EARLY for one in came)


def _month(day: date) -> date:
    return day.replace(day=1)


def _missed_since(facts: Facts, day: date) -> datetime | None:
    """Since when it is known that the lot of a due day did not come (None: the books do not cover the days around it).

    Upwork's days are days in UTC, so that it may have come a day early.
    """
    known = covered_since(facts.spans, day - DAY, day + MISSING_AFTER)
    return None if known is None else max(known, nine_on(day + MISSING_AFTER, facts.settings.zone))


def _next(facts: Facts, billing: int, day: date, connects: int) -> Due:
    """The next lot to come: that of the next due day, unless it has come early."""
    following = next_of_cycle(billing, day)
    return Due(following if _has_come(facts, day, following) else day, connects)
