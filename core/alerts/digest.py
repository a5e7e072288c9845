"""The weekly digest: what happened in the week before a Monday, and how the wallet stands."""

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


def digest(facts: ReviewContext) -> tuple[Notice, ...]:
    """What happened in the week before this Monday, if anything did; on a month's first one, in the month as well."""
    monday = last_monday(facts.today)
    if not facts.fell(nine_on(monday, facts.zone)):
        return ()
    week = _sums(facts, monday - WEEK * DAY, monday)
    if not week.entries:
        return ()
    told = _flat(week, monday - WEEK * DAY, monday) | _now(facts)
    if monday.day <= WEEK:
        told |= _month_before(facts, monday.replace(day=1))
    return (facts.notice(monday, DIGEST.code, told),)


def _month_before(facts: ReviewContext, after: date) -> dict[str, str | int]:
    """The sums of the month before a day; nothing where nothing happened in it, as where the books began later."""
    first = (after - DAY).replace(day=1)
    month = _sums(facts, first, after)
    return {f"month-{name}": value for name, value in _flat(month, first, after).items()} if month.entries else {}


def _sums(facts: ReviewContext, first: date, after: date) -> Sums:
    return sums(facts.entries, beginning(first, facts.zone), beginning(after, facts.zone))


def _flat(given: Sums, first: date, after: date) -> dict[str, str | int]:
    """The sums of a span as facts of a notice; what is nothing is left out."""
    found: dict[str, str | int] = {f"spent-{purpose}": connects for purpose, connects in given.spent.items()}
    found |= {name: getattr(given, name) for name in ("returned", "bought", "earned", "expired")}
    found |= {"proposals": given.proposals, "interviews": given.interviews}
    found |= _price("paid", given.paid) | _price("cost", given.cost)
    span = {"from": first.isoformat(), "until": (after - DAY).isoformat()}
    return span | {name: value for name, value in found.items() if value}


def _price(name: str, price: Price | None) -> dict[str, str | int]:
    if price is None:
        return {}
    return {f"{name}-net": price.net, f"{name}-tax": price.tax, f"{name}-currency": price.currency}


def _now(facts: ReviewContext) -> dict[str, str | int]:
    """How the wallet stands: what is left, how long it lasts, what expires soon."""
    found: dict[str, str | int] = {"connects": facts.connects}
    if facts.pace is not None:
        found |= facts.pace._asdict()
    if soon := ending(facts.wallet.lots, facts.now, SOON):
        found |= {"soon": sum(lot.left for _, lot in soon), "first": soon[0][0].isoformat()}
    return found


DIGEST: Final = AlertType("digest", lambda settings: settings.alerts.digest, review=digest, recap=True)
