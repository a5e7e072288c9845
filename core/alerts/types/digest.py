"""The weekly digest: what happened in the week before a Monday, and the wallet's present state."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from core.alerts.alert_type import AlertType
from core.ledger.queries import ending
from core.ledger.summary import sums
from core.shared.calendar import DAY, WEEK, beginning, last_monday, nine_on

if TYPE_CHECKING:
    from datetime import date

    from core.alerts.review_context import ReviewContext
    from core.delivery.notice import Notice
    from core.ledger.summary import Sums
    from core.shared.money import Price

SOON: Final = timedelta(days=30)


def digest(context: ReviewContext) -> tuple[Notice, ...]:
    """A digest of the week before the last Monday, if it has entries.

    After the first Monday of a month it also sums up the month before.
    """
    monday = last_monday(context.today)
    if not context.fell_due(nine_on(monday, context.zone)):
        return ()
    week = _sums(context, monday - WEEK * DAY, monday)
    if not week.entries:
        return ()
    facts = _as_facts(week, monday - WEEK * DAY, monday) | _state(context)
    if monday.day <= WEEK:
        facts |= _month_before(context, monday.replace(day=1))
    return (context.notice(monday, DIGEST.code, facts),)


def _month_before(context: ReviewContext, after: date) -> dict[str, str | int]:
    """The sums of the month before a day; empty if it has no entries, for instance because the books began later."""
    first = (after - DAY).replace(day=1)
    month = _sums(context, first, after)
    return {f"month-{name}": value for name, value in _as_facts(month, first, after).items()} if month.entries else {}


def _sums(context: ReviewContext, first: date, after: date) -> Sums:
    return sums(context.entries, beginning(first, context.zone), beginning(after, context.zone), context.unknown_lots)


def _as_facts(totals: Sums, first: date, after: date) -> dict[str, str | int]:
    """The sums of a span of days as facts of a notice, without those that are 0."""
    facts: dict[str, str | int] = {f"spent-{purpose}": connects for purpose, connects in totals.spent.items()}
    facts |= {name: getattr(totals, name) for name in ("returned", "bought", "earned", "expired")}
    facts |= {"proposals": totals.proposals, "interviews": totals.interviews}
    facts |= _price("paid", totals.paid) | _price("cost", totals.cost) | {"cost-unknown": max(totals.unknown, 0)}
    span = {"from": first.isoformat(), "until": (after - DAY).isoformat()}
    return span | {name: value for name, value in facts.items() if value}


def _price(name: str, price: Price | None) -> dict[str, str | int]:
    if price is None:
        return {}
    return {f"{name}-net": price.net, f"{name}-tax": price.tax, f"{name}-currency": price.currency}


def _state(context: ReviewContext) -> dict[str, str | int]:
    """The Connects that are left, the burn rate, and what expires soon."""
    facts: dict[str, str | int] = {"connects": context.connects}
    if context.burn_rate is not None:
        facts |= context.burn_rate._asdict()
    if soon := ending(context.wallet.lots, context.now, SOON):
        facts |= {"soon": sum(lot.left for _, lot in soon), "first": soon[0][0].isoformat()}
    return facts


DIGEST: Final = AlertType("digest", lambda settings: settings.alerts.digest, review=digest, recap=True)
