"""The Friday summary of a team: who spent what in the seven days before, what came of it, and what is worth doing.

The facts of its notice: `from` and `until` are the first and the last day, and its lines (`core.delivery.gathering`)
have a word `row` each. `member` and `others` (those with the least, together) and `whole` say how many `connects` were
spent, and how many `bids`, `replies` and `hires` there were. `cost` is what the spent ones had cost, in one currency.
`target` says how many `bids` of `goal` were sent until the day `last`, and `limit` by how much one is passed. `by` is
whoever a line is about, and `page` what a page calls them.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from core.alerts.alert_type import AlertType
from core.alerts.types.digest import advice_facts, advice_holds
from core.delivery.gathering import in_lines
from core.forecast.advice import without_advice
from core.ledger.limits import usages
from core.shared.calendar import DAY, WEEK, nine_on
from core.team.report import whole_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from core.alerts.ports import TeamWeek
    from core.alerts.review_context import ReviewContext
    from core.delivery.notice import Notice
    from core.ledger.model import Snapshot
    from core.shared.ids import PersonId
    from core.team.model import MemberRow, TeamReport
    from core.wallets.settings import Settings
    from core.wallets.team import Target

    Days = tuple[date, date]
    Line = dict[str, str | int]

FRIDAY: Final = 4
MOST_MEMBERS: Final = 10
"""How many members are named. The others are summed up, so that the message stays short."""


def last_friday(day: date) -> date:
    """The latest Friday up to a day."""
    return day - timedelta(days=(day.weekday() - FRIDAY) % WEEK)


def week_due(context: ReviewContext) -> Days | None:
    """The first and the last of the seven days to sum up (None: nobody wants that, or it is not due)."""
    friday = last_friday(context.today)
    wanted = TEAM_WEEK.enabled(context.settings) and context.fell_due(nine_on(friday, context.zone))
    return (friday - WEEK * DAY, friday - DAY) if wanted else None


def targets_in(settings: Settings, days: Days) -> tuple[Target, ...]:
    """The targets that were to be reached, or pursued, in some days."""
    first, last = days
    return tuple(target for target in settings.team.targets if target.first <= last and target.last >= first)


def team_week(context: ReviewContext) -> tuple[Notice, ...]:
    """The summary of the seven days before the last Friday, if anything was spent or sent in them."""
    days, week = week_due(context), context.team
    if days is None or week is None or not week.report.rows:
        return ()
    first, last = days
    lines = (*_members(week.report), *_targets(context.settings, week, days), *_limits(context))
    facts = {"from": first.isoformat(), "until": last.isoformat(), **in_lines(lines), **advice_facts(context)}
    return (context.notice(last + DAY, TEAM_WEEK.code, facts),)


def _members(report: TeamReport) -> Iterator[Line]:
    """Who spent what, and all together, if it is not one alone."""
    named, others = report.rows[:MOST_MEMBERS], report.rows[MOST_MEMBERS:]
    for row in named:
        yield _who(row.who.person, row.who.name) | _sums("member", row)
    if others:
        yield _sums("others", whole_of(others)) | {"members": len(others)}
    if len(report.rows) > 1:
        yield _sums("whole", report.whole)
    for price in report.whole.money:
        yield {"row": "cost", "net": price.net, "tax": price.tax, "currency": price.currency}


def _targets(settings: Settings, week: TeamWeek, days: Days) -> Iterator[Line]:
    for target in targets_in(settings, days):
        progress: Line = {"bids": week.bids.get(target.id, 0), "goal": target.bids}
        yield _who(target.person) | {"row": "target", "last": target.last.isoformat()} | progress


def _limits(context: ReviewContext) -> Iterator[Line]:
    """The limits that are passed, without money: one in money by percent only."""
    for one in usages(context.wallet.limits, context.now):
        if one.over:
            in_connects: Line = {} if one.limit.currency else {"spent": one.spent, "amount": one.amount}
            limit: Line = {"row": "limit", "period": one.limit.period.value, "percent": one.percent}
            limit |= {"boosts": int(one.limit.boosts)}
            yield _who(one.person) | limit | in_connects


def _who(person: PersonId | None, name: str = "") -> Line:
    return {"page": name} if person is None else {"by": person}


def _sums(word: str, row: MemberRow) -> Line:
    came = row.outcomes
    so_far = {"replies": came.replies_so_far, "hires": came.hires_so_far}
    return {"row": word, "connects": row.connects, "bids": came.bids, **so_far}


def refresh_team_week(notice: Notice, made: datetime, wallet: Snapshot, now: datetime) -> Notice:
    """The summary, without advice that may have been followed by now."""
    holds = advice_holds(notice, made, wallet, now)
    return notice if holds else notice._replace(facts=without_advice(notice.facts))


TEAM_WEEK: Final = AlertType(
    "team-week", lambda settings: settings.team.weekly, refresh_team_week, review=team_week, recap=True
)
