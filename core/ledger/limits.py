"""Limits: what counts for which of them, what is left, and whether a spend would pass one.

A spend counts for whoever booked it, in the period in which it happened, in the zone of the wallet. What comes back of
it, or is undone of that, counts for the same person and period, whoever books it and however late. Money is what the
Connects did cost, tax included, in the currency of the limit; a cost that nobody has said counts as nothing until
somebody does. Adjustments and expiries are not spending. What an import books counts as well, but it is never refused.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from core.ledger.budget import SPENT_ON, month_after, month_of
from core.ledger.model import Kind, Purpose, expense_on
from core.shared.calendar import DAY, WEEK, beginning, day_in, last_monday
from core.shared.refusals import OverLimit, Refusal
from core.wallets.limits import NOTHING_SPENT, Tally
from core.wallets.team import Act, Period

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from core.ledger.model import Change, Entry, Snapshot
    from core.ledger.ports import Record
    from core.shared.ids import PersonId
    from core.wallets.limits import Limits, Whose
    from core.wallets.team import Limit

NEAR_PERCENT: Final = 80
"""Percent of a limit from which on it is nearly used up."""
BOOSTS: Final = expense_on(Purpose.BOOST)
HALF_A_DAY: Final = timedelta(hours=12)
QUARTER: Final = 900
"""Seconds. The days of all zones begin at a quarter of an hour, so that all moments of one have the same periods."""


class Span(NamedTuple):
    """A period: when it begins, and when the next one does."""

    since: datetime
    until: datetime


def span_of(period: Period, at: datetime, zone: str) -> Span:
    """The calendar period of a moment in a zone, by its local midnights. A week begins on a Monday."""
    return _spans(zone, int(at.timestamp()) // QUARTER)[period]


@lru_cache(maxsize=4096)
def _spans(zone: str, quarter: int) -> Mapping[Period, Span]:
    at = datetime.fromtimestamp(quarter * QUARTER, UTC)
    day, month = day_in(zone, at), month_of(at, zone)
    monday = last_monday(day)
    return {
        Period.DAY: Span(beginning(day, zone), beginning(day + DAY, zone)),
        Period.WEEK: Span(beginning(monday, zone), beginning(monday + WEEK * DAY, zone)),
        Period.MONTH: Span(month, month_after(month, zone)),
    }


class Standing(NamedTuple):
    """How a limit stands in a period for one person, or (None) for all together.

    `amount` is what may be spent, of which `lifted` was allowed beyond the limit. `left` is below 0 if it was passed.
    At `until` it is whole again.
    """

    limit: Limit
    person: PersonId | None
    amount: int
    lifted: int
    spent: int
    left: int
    since: datetime
    until: datetime

    @property
    def over(self) -> bool:
        """Whether more was spent than may be."""
        return self.left < 0

    @property
    def near(self) -> bool:
        """Whether most of it is used up, or all of it."""
        return self.spent > 0 and self.spent * 100 >= NEAR_PERCENT * self.amount

    @property
    def percent(self) -> int:
        """How much of it is used up."""
        return max(self.spent, 0) * 100 // max(self.amount, 1)


def standings(limits: Limits | None, at: datetime, person: PersonId | None = None) -> tuple[Standing, ...]:
    """How the limits stand at a moment, in the order of their ids: all of them, or those for one person's spends.

    With a person, a limit for `each` member is that of this person; without one, that of each who has spent of it. If
    the clock has stepped back, the moment is that of the last entry's period.
    """
    if limits is None:
        return ()
    moment = max((tally.since for tally in limits.tallies.values()), default=at)
    moment = max(moment, at)
    rules = sorted(limits.rules, key=lambda rule: rule.id)
    return tuple(standing(limits, rule, whose, moment) for rule in rules for whose in _whose(limits, rule, person))


def _whose(limits: Limits, rule: Limit, person: PersonId | None) -> tuple[PersonId | None, ...]:
    if not rule.each:
        return (rule.person,) if person is None or rule.person in {None, person} else ()
    if person is not None:
        return (person,)
    return tuple(sorted(one for limit, one in limits.tallies if limit == rule.id and one is not None))


def standing(limits: Limits, rule: Limit, whose: PersonId | None, at: datetime) -> Standing:
    """How one limit stands at a moment."""
    since, until = span_of(rule.period, at, limits.zone)
    tally = limits.tallies.get((rule.id, whose))
    spent = tally.spent if tally is not None and tally.since == since else 0
    lifted = sum(
        lift.amount
        for lift in limits.lifts
        if (lift.limit, lift.person) == (rule.id, whose)
        and span_of(rule.period, lift.since + HALF_A_DAY, limits.zone).since == since  # whatever the zone was then
    )
    amount = rule.amount + lifted
    return Standing(rule, whose, amount, lifted, spent, amount - spent, since, until)


def after(limits: Limits | None, entries: Sequence[Entry], known: Iterable[Entry] = ()) -> Limits | None:
    """The limits after these entries, oldest first. `known` are those that they may refer to.

    Raises ValueError if one is about a spend that is not known, because then nobody could say whose it was.
    """
    if limits is None:
        return None
    every = {entry.number: entry for entry in (*known, *entries)} if any(entry.of for entry in entries) else {}
    at = entries[-1].at
    since = _since(limits, at)
    tallies = {whose: tally for whose, tally in limits.tallies.items() if tally.since == since.get(whose[0])}
    for entry in entries:
        spend = spend_behind(entry, every.get)
        if spend is not None:
            _count(limits, tallies, since, entry, spend)
        elif any(beyond.account in SPENT_ON for _, beyond in entry.moves):
            raise ValueError(f"entry {entry.number} is about a spend that was not read")
    return limits._replace(tallies=tallies)


def recounted(limits: Limits | None, at: datetime | None, entries: Iterable[Entry]) -> Limits | None:
    """The limits with what was spent in the periods of a moment (None: nothing was booked), counted from entries.

    They need only be those that happened since the earliest of these periods began (`counts_since`). What refers to an
    earlier spend has no place in them.
    """
    if limits is None or at is None:
        return None if limits is None else limits._replace(tallies=NOTHING_SPENT)
    every = {entry.number: entry for entry in entries}
    since = _since(limits, at)
    tallies: dict[Whose, Tally] = {}
    for entry in every.values():
        if (spend := spend_behind(entry, every.get)) is not None:
            _count(limits, tallies, since, entry, spend)
    return limits._replace(tallies=tallies)


def counts_since(limits: Limits, at: datetime) -> datetime:
    """When the earliest of the periods began in which a moment counts."""
    return min(_since(limits, at).values())


def _since(limits: Limits, at: datetime) -> dict[int, datetime]:
    """When the period of each limit began."""
    spans = _spans(limits.zone, int(at.timestamp()) // QUARTER)
    return {rule.id: spans[rule.period].since for rule in limits.rules}


def spend_behind(entry: Entry, find: Callable[[int], Entry | None]) -> Entry | None:
    """The spend that an entry books, gives back, undoes or recasts (None: there is none, or it is not found)."""
    behind: Entry | None = entry
    while behind is not None and behind.kind is not Kind.SPEND:
        behind = None if behind.of is None else find(behind.of)
    return behind


def _count(
    limits: Limits, tallies: dict[Whose, Tally], since: Mapping[int, datetime], entry: Entry, spend: Entry
) -> None:
    """Add to the tallies what an entry says of a spend."""
    happened, by = _counts_at(spend), spend.by
    for rule in limits.rules:
        begins = since[rule.id]
        if happened < begins or (rule.person != by if rule.person is not None else rule.each and by is None):
            continue
        amount = _amount(rule, entry)
        if amount:
            whose = rule.id, by if rule.each else rule.person
            spent = amount + (tallies[whose].spent if whose in tallies else 0)
            tallies[whose] = Tally(begins, spent)
            if not spent:
                del tallies[whose]


def _amount(rule: Limit, entry: Entry) -> int:
    """What an entry spent, in the unit of a limit; below 0 if it brought some back."""
    amount = 0
    for _, beyond in entry.moves:
        if beyond.account == BOOSTS if rule.boosts else beyond.account in SPENT_ON:
            if not rule.currency:
                amount += beyond.connects
            elif beyond.price is not None and beyond.price.currency == rule.currency:
                amount += beyond.price.total
    return amount


def within_limits(before: Snapshot, outcome: Change | Refusal) -> Change | Refusal:
    """What was decided, or the refusal if one of its spends of today would pass a limit that blocks."""
    if before.limits is None or isinstance(outcome, Refusal) or outcome.limits is None:
        return outcome
    return over_limit(outcome.limits, outcome.entries[-1].at, outcome.entries) or outcome


def recorded(record: Record, outcome: Change | Refusal, *, over_limits: bool) -> Change | Refusal:
    """What was planned from everything about a wallet, with what will be spent of its limits.

    Or the refusal if one of its spends would pass a limit that blocks, in the period in which it happened; not if they
    may be `over_limits`.
    """
    limits = record.head.limits
    if limits is None or isinstance(outcome, Refusal) or not outcome.entries:
        return outcome
    entries = (*record.entries, *outcome.entries)
    for when in () if over_limits else moments(outcome.entries):
        then = recounted(limits, when, entries)
        if then is not None and (refusal := over_limit(then, when, outcome.entries)) is not None:
            return refusal
    return outcome._replace(limits=recounted(limits, outcome.entries[-1].at, entries))


def moments(entries: Iterable[Entry]) -> tuple[datetime, ...]:
    """When the spends among these entries count."""
    return tuple(sorted({_counts_at(entry) for entry in entries if entry.kind is Kind.SPEND}))


def _counts_at(spend: Entry) -> datetime:
    """When a spend counts. Nothing counts before it is booked, although a page may date it later on its day."""
    return min(spend.when, spend.at)


def over_limit(limits: Limits, at: datetime, entries: Sequence[Entry]) -> OverLimit | None:
    """The refusal if spends among these entries lead to limits, of the periods of a moment, that are passed by them.

    The tightest is the one of which the least part of what is asked for is left, or that is whole again last.
    """
    passed = [one for one in _pressed(limits, at, 100) if one.limit.act is Act.BLOCK and one.over]
    if not passed:
        return None
    spends = [entry for entry in entries if entry.kind is Kind.SPEND]
    asked = recounted(limits, at, spends)
    sums = {} if asked is None else asked.tallies
    found = [_refusal(one, sums[whose].spent) for one in passed if (whose := (one.limit.id, one.person)) in sums]
    return min(found, key=_tightness, default=None)


def _refusal(passed: Standing, asked: int) -> OverLimit:
    rule = passed.limit
    return OverLimit(
        limit=rule.id,
        person=passed.person,
        each=rule.each,
        amount=passed.amount,
        currency=rule.currency,
        period=rule.period.value,
        boosts=rule.boosts,
        spent=passed.spent - asked,
        lifted=passed.lifted,
        left=passed.left + asked,
        asked=asked,
        since=passed.since,
        whole=passed.until,
    )


def _tightness(refusal: OverLimit) -> tuple[Fraction, float]:
    return Fraction(refusal.left, refusal.asked), -refusal.whole.timestamp()


def pressed(limits: Limits, at: datetime) -> tuple[Standing, ...]:
    """The limits that are nearly used up, or passed, in the periods of a moment."""
    return tuple(one for one in _pressed(limits, at, NEAR_PERCENT) if one.near)


def _pressed(limits: Limits, at: datetime, percent: int) -> Iterator[Standing]:
    """How those limits stand of which so much percent is used up, if nothing was lifted. There are few, or none."""
    rules = {rule.id: rule for rule in limits.rules}
    for (limit, whose), tally in limits.tallies.items():
        rule = rules[limit]
        if tally.spent * 100 >= rule.amount * percent:
            yield standing(limits, rule, whose, at)
