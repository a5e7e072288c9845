"""The alert that a limit of a wallet is nearly used up, or passed.

The facts of its notices: `limit` is the id of the limit, `person` the id of the person whose spends count (0: those of
all together), `each` is 1 for a limit that holds for each member apart, `period` its period (day, week or month),
`boosts` 1 if only boosts count, `currency` its currency (empty: it is in Connects). `mark` says how it stands: near or
over. `act` is what the limit does: warn or block. `since` is when the period began (ISO 8601), and `percent` how much
is used up. Only a limit in Connects has `amount`, what may be spent with what was allowed beyond the limit, and
`spent`: members may not see money. `by` is the id of the person who caused it (0: nobody did), and `number` that of
the entry.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from core.alerts.alert_type import AlertType
from core.delivery.notice import Notice
from core.ledger.limits import moments, nearly_used_up, recounted, span_of, usage
from core.shared.ids import PersonId
from core.wallets.team import Act

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from core.ledger.limits import Usage
    from core.ledger.model import Change, Entry, Snapshot
    from core.ledger.ports import Record
    from core.wallets.limits import Limits

NEAR: Final = "near"
OVER: Final = "over"


def over_limits(before: Limits | None, after: Limits | None, entries: Sequence[Entry]) -> tuple[Notice, ...]:
    """A notice for each limit that the entries of a change have nearly used up, or that is passed now.

    It may have been passed before without one, by an import. Each notice is sent once, by its key: there is one of each
    mark for a limit, person and period, and one for each change that passes a limit that blocks: somebody said that it
    was spent already, and that the owner would hear of it.
    """
    at = entries[-1].at
    if before is None or after is None or not after.near:
        return ()
    return tuple(_notice(one, entries[-1]) for one in _reached(before, nearly_used_up(after, at), at))


def over_limits_then(record: Record, change: Change) -> tuple[Notice, ...]:
    """A notice for each limit that spends of earlier days pass in a period that is over by now."""
    limits, every = record.head.limits, (*record.entries, *change.entries)
    found: dict[str, Notice] = {}
    for when in () if limits is None else moments(change.entries):
        before, after = recounted(limits, when, record.entries), recounted(limits, when, every)
        last = change.entries[-1]
        if before is None or after is None:
            continue
        for one in _reached(before, nearly_used_up(after, when), when):
            if one.over and one.until <= last.at:
                notice = _notice(one, last)
                found[notice.key] = notice
    return tuple(found.values())


def _reached(before: Limits, near: Sequence[Usage], at: datetime) -> Iterator[Usage]:
    """Those limits, of the periods of a moment, that a change has nearly used up, or that are passed after it."""
    for one in near:
        earlier = usage(before, one.limit, one.person, at)
        if earlier.spent < one.spent and (one.over or _mark(earlier) != _mark(one)):
            yield one


def _mark(one: Usage) -> str:
    return OVER if one.over else NEAR if one.near else ""


def _passed_on_purpose(one: Usage) -> bool:
    return one.over and one.limit.act is Act.BLOCK


def _notice(one: Usage, last: Entry) -> Notice:
    limit, mark = one.limit, _mark(one)
    topic = f"limit:{last.wallet}:{limit.id}:{one.person or 0}"
    key = f"{topic}:{one.since:%Y-%m-%dT%H}:{one.amount}:{mark}"
    facts: dict[str, str | int] = {
        "limit": limit.id,
        "person": one.person or 0,
        "each": int(limit.each),
        "period": limit.period.value,
        "boosts": int(limit.boosts),
        "currency": limit.currency,
        "act": limit.act.value,
        "mark": mark,
        "since": one.since.isoformat(),
        "by": last.by or 0,
        "number": last.number,
    }
    own = f"{key}:{last.number}" if _passed_on_purpose(one) else key
    return Notice(own, LIMIT.code, facts | _figures(one), last.wallet, by=last.by, topic=topic, supersedes=True)


def _figures(one: Usage) -> dict[str, str | int]:
    figures: dict[str, str | int] = {"percent": one.percent}
    return figures if one.limit.currency else figures | {"amount": one.amount, "spent": one.spent}


def refresh_limit(notice: Notice, _made: datetime, wallet: Snapshot, now: datetime) -> Notice | None:
    """The notice with current figures; None if enough came back or was allowed, or the limit was taken away or changed.

    Once the period is over, what is nearly used up matters to nobody. That a limit was passed still does.
    """
    facts, limits = notice.facts, wallet.limits
    rule = None if limits is None else next((rule for rule in limits.rules.every if rule.id == facts["limit"]), None)
    if limits is None or rule is None or rule.period.value != facts["period"] or rule.currency != facts["currency"]:
        return None
    person = PersonId(int(facts["person"])) or None
    since = datetime.fromisoformat(str(facts["since"]))
    one = usage(limits, rule, person, since)
    if not one.spent and span_of(rule.period, now, limits.zone).since > since:
        return notice if facts["mark"] == OVER else None
    holds = one.over if facts["mark"] == OVER else one.near
    return notice._replace(facts={**facts, **_figures(one)}) if holds else None


LIMIT: Final = AlertType("limit", lambda settings: settings.alerts.limits, refresh_limit)
