"""Limits: what counts for which of them, what is left, and whether a spend would pass one.

A spend counts for whoever booked it, in the period in which it happened, in the zone of the wallet. What comes back of
it, or is undone of that, counts for the same person and period, whoever books it and however late. Money is what the
Connects did cost, tax included, in the currency of the limit; a cost that nobody has said counts as nothing until
somebody does. Adjustments and expiries are not spending. What an import books counts as well, but it is never refused.

Every spend in a wallet with limits goes through here, so the usual one is counted without asking twice.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from core.ledger.budget import SPENT_ON, month_after, month_of
from core.ledger.model import Kind, Purpose, expense_on
from core.shared.calendar import DAY, WEEK, beginning, day_in, last_monday
from core.shared.ids import PersonId
from core.shared.refusals import OverLimit, Refusal
from core.wallets.limits import NEAR_PERCENT, NOTHING_SPENT, Limits, tally_key
from core.wallets.team import Act, Period

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from core.ledger.model import Change, Entry, Snapshot
    from core.ledger.ports import Record
    from core.wallets.limits import TallyKey
    from core.wallets.team import Lift, Limit

BOOSTS: Final = expense_on(Purpose.BOOST)
HALF_A_DAY: Final = timedelta(hours=12)
QUARTER: Final = 900
"""Seconds. The days of all zones begin at a quarter of an hour, so that all moments of one have the same periods."""
PERIODS: Final = tuple(Period)


class Span(NamedTuple):
    """A period: when it begins, and when the next one does."""

    since: datetime
    until: datetime


Spans: TypeAlias = tuple[Span, ...]


def span_of(period: Period, at: datetime, zone: str) -> Span:
    """The calendar period of a moment in a zone, by its local midnights. A week begins on a Monday."""
    return spans_of(at, zone)[PERIODS.index(period)]


def spans_of(at: datetime, zone: str) -> Spans:
    """The periods of a moment in a zone, in the order of `Period`."""
    return _spans(zone, int(at.timestamp()) // QUARTER)


@lru_cache(maxsize=4096)
def _spans(zone: str, quarter: int) -> Spans:
    at = datetime.fromtimestamp(quarter * QUARTER, UTC)
    day, month = day_in(zone, at), month_of(at, zone)
    monday = last_monday(day)
    return (
        Span(beginning(day, zone), beginning(day + DAY, zone)),
        Span(beginning(monday, zone), beginning(monday + WEEK * DAY, zone)),
        Span(month, month_after(month, zone)),
    )


class Usage(NamedTuple):
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


def usages(limits: Limits | None, at: datetime, person: PersonId | None = None) -> tuple[Usage, ...]:
    """How the limits stand at a moment, in the order of their ids: all of them, or those for one person's spends.

    With a person, a limit for `each` member is that of this person; without one, that of each who has spent of it. If
    the clock has stepped back, the moment is that of the last entry.
    """
    if limits is None:
        return ()
    moment = at if limits.at is None else max(at, limits.at)
    rules = sorted(limits.rules.every, key=lambda rule: rule.id)
    return tuple(usage(limits, rule, one, moment) for rule in rules for one in _people(limits, rule, person))


def _people(limits: Limits, rule: Limit, person: PersonId | None) -> tuple[PersonId | None, ...]:
    if not rule.each:
        return (rule.person,) if person is None or rule.person in {None, person} else ()
    if person is not None:
        return (person,)
    return tuple(
        sorted(one for limit, one in map(read_tally_key, limits.spent) if limit == rule.id and one is not None)
    )


def read_tally_key(key: TallyKey) -> tuple[int, PersonId | None]:
    """The id of a limit, and whose spends count."""
    limit, _, person = key.partition(":")
    return int(limit), PersonId(int(person)) if person else None


def usage(limits: Limits, rule: Limit, person: PersonId | None, at: datetime) -> Usage:
    """How one limit stands at a moment."""
    since, until = span_of(rule.period, at, limits.zone)
    here = limits.at is not None and since <= limits.at < until
    spent = limits.spent.get(tally_key(rule.id, person), 0) if here else 0
    lifted = lifted_in(limits.lifts, rule.id, person, Span(since, until))
    amount = rule.amount + lifted
    return Usage(rule, person, amount, lifted, spent, amount - spent, since, until)


def lifted_in(lifts: Iterable[Lift], limit: int, person: PersonId | None, span: Span) -> int:
    """How much was allowed beyond a limit in a period, whatever the zone was then."""
    return sum(
        lift.amount
        for lift in lifts
        if (lift.limit, lift.person) == (limit, person) and span.since <= lift.since + HALF_A_DAY < span.until
    )


def after(before: Snapshot, entries: Sequence[Entry]) -> Limits | None:
    """The limits of a wallet after the entries of a change, which are all of one moment.

    Raises ValueError if one is about a spend that was not read, because then nobody could say whose it was.
    """
    limits = before.limits
    if limits is None:
        return None
    at = entries[-1].at
    spent, near = _still_counted(limits, at), False
    every: dict[int, Entry] = {}
    for entry in entries:
        if entry.kind is Kind.SPEND:
            near = _count(limits, spent, entry, entry.by) or near
            continue
        every = every or {one.number: one for one in (*before.related, *before.followers, *entries)}
        if (spend := spend_behind(entry, every.get)) is not None:
            near = _count_then(limits, spent, spans_of(at, limits.zone), entry, spend) or near
        elif entry.of is not None and any(beyond.account in SPENT_ON for _, beyond in entry.moves):
            raise ValueError(f"entry {entry.number} is about a spend that was not read")
    return Limits(limits.zone, limits.rules, limits.lifts, at, spent, near)


def _still_counted(limits: Limits, at: datetime) -> dict[TallyKey, int]:
    """What was spent in periods that are not over yet."""
    if limits.at is None or limits.at <= at < spans_of(limits.at, limits.zone)[0].until:
        return dict(limits.spent)
    lasting = {rule.id for rule in limits.rules.every if span_of(rule.period, limits.at, limits.zone).until > at}
    return {key: spent for key, spent in limits.spent.items() if read_tally_key(key)[0] in lasting}


def recounted(limits: Limits | None, at: datetime | None, entries: Iterable[Entry]) -> Limits | None:
    """The limits with what was spent in the periods of a moment (None: nothing was booked), counted from entries.

    They need only be those that happened since the earliest of these periods began (`counts_since`). What refers to an
    earlier spend has no place in them.
    """
    if limits is None or at is None:
        return None if limits is None else limits._replace(at=None, spent=NOTHING_SPENT)
    every = {entry.number: entry for entry in entries}
    spans, spent, near = spans_of(at, limits.zone), dict(NOTHING_SPENT), False
    for entry in every.values():
        if (spend := spend_behind(entry, every.get)) is not None:
            near = _count_then(limits, spent, spans, entry, spend) or near
    return limits._replace(at=at, spent=spent, near=near)


def counts_since(limits: Limits, at: datetime) -> datetime:
    """When the earliest of the periods began in which a moment counts."""
    return min(span_of(rule.period, at, limits.zone).since for rule in limits.rules.every)


def spend_behind(entry: Entry, find: Callable[[int], Entry | None]) -> Entry | None:
    """The spend that an entry books, gives back, undoes or recasts (None: there is none, or it is not found)."""
    behind: Entry | None = entry
    while behind is not None and behind.kind is not Kind.SPEND:
        behind = None if behind.of is None else find(behind.of)
    return behind


def _count(
    limits: Limits,
    spent: dict[TallyKey, int],
    entry: Entry,
    by: PersonId | None,
    periods: Collection[int] | None = None,
) -> bool:
    """Add what an entry says of a spend of somebody, which is in these of the periods (None: in all).

    Returns whether any limit may be nearly used up by it.
    """
    boost, amounts = _amounts(entry)
    near = False
    for currency, tallies in limits.rules.tallies(by, boost=boost):
        if not (amount := amounts.get(currency)):
            continue
        for tally in tallies:
            if periods is None or tally.period in periods:
                key = tally.key
                spent[key] = total = spent.get(key, 0) + amount
                if total >= tally.near:
                    near = True
                elif not total:
                    del spent[key]
    return near


def _count_then(limits: Limits, spent: dict[TallyKey, int], spans: Spans, entry: Entry, spend: Entry) -> bool:
    """The same of a spend that counts in those of the periods in which it happened."""
    happened = _counts_at(spend)
    periods = [place for place, (since, until) in enumerate(spans) if since <= happened < until]
    return bool(periods) and _count(limits, spent, entry, spend.by, periods)


def _amounts(entry: Entry) -> tuple[bool, Mapping[str, int]]:
    """Whether an entry is about a boost, and what it spent in Connects ("") and in each currency; below 0: got back."""
    amounts: dict[str, int] = {}
    boost = False
    for beyond in entry.postings[1::2]:
        if beyond.account in SPENT_ON:
            boost = boost or beyond.account == BOOSTS
            amounts[""] = amounts.get("", 0) + beyond.connects
            if (price := beyond.price) is not None:
                amounts[price.currency] = amounts.get(price.currency, 0) + price.net + price.tax
    return boost, amounts


def _counts_at(spend: Entry) -> datetime:
    """When a spend counts. Nothing counts before it is booked, although a page may date it later on its day."""
    return spend.at if spend.happened is None else min(spend.happened, spend.at)


def moments(entries: Iterable[Entry]) -> tuple[datetime, ...]:
    """When the spends among these entries count."""
    return tuple(sorted({_counts_at(entry) for entry in entries if entry.kind is Kind.SPEND}))


def within_limits(outcome: Change | Refusal) -> Change | Refusal:
    """What was decided, or the refusal if one of its spends of today would pass a limit that blocks."""
    if isinstance(outcome, Refusal) or (limits := outcome.limits) is None or not limits.near:
        return outcome
    return over_limit(limits, outcome.entries[-1].at, outcome.entries) or outcome


def within_limits_then(record: Record, outcome: Change | Refusal, *, over_limits: bool) -> Change | Refusal:
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


def over_limit(limits: Limits, at: datetime, entries: Sequence[Entry]) -> OverLimit | None:
    """The refusal if spends among these entries lead to limits, of the periods of a moment, that are passed by them.

    The tightest is the one of which the least part of what is asked for is left, or that is whole again last.
    """
    asked = recounted(limits, at, [entry for entry in entries if entry.kind is Kind.SPEND])
    rules = {rule.id: rule for rule in limits.rules.every if rule.act is Act.BLOCK}
    found: list[OverLimit] = []
    for key, amount in {} if asked is None else asked.spent.items():
        limit, person = read_tally_key(key)
        if limit in rules and (one := usage(limits, rules[limit], person, at)).over:
            found.append(_refusal(one, amount))
    return min(found, key=_tightness, default=None)


def _refusal(passed: Usage, asked: int) -> OverLimit:
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


def nearly_used_up(limits: Limits, at: datetime) -> Sequence[Usage]:
    """How those limits stand, in the periods of a moment, that are nearly used up or passed."""
    rules = {rule.id: rule for rule in limits.rules.every}
    found = (usage(limits, rules[limit], person, at) for limit, person in map(read_tally_key, limits.spent))
    return tuple(one for one in found if one.near)
