"""The weekly digest: what happened in the week before a Monday, the present state, and what is worth doing next."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from core.alerts.alert_type import AlertType
from core.forecast.advice import Grounds, Topic, advice_in, advised, as_facts, unwanted, without_advice
from core.forecast.burn_rate import LOOKED_BACK
from core.forecast.freshness import known_until
from core.forecast.monthly_lots import coming_lots, monthly_lots
from core.forecast.running_out import FARTHEST, Means
from core.ledger.queries import available, ending
from core.ledger.summary import sums
from core.shared.calendar import DAY, WEEK, beginning, last_monday, nine_on

if TYPE_CHECKING:
    from datetime import date, datetime

    from core.alerts.review_context import ReviewContext
    from core.delivery.notice import Notice
    from core.ledger.model import Snapshot
    from core.ledger.summary import Sums
    from core.shared.money import Price

SOON: Final = timedelta(days=30)
UNSEEN: Final = frozenset({Topic.IMPORT, Topic.NEWS})
"""What may have been done without an entry, so that a digest that is late does not advise it."""
LATE: Final = timedelta(hours=1)


def week_before(context: ReviewContext) -> Sums | None:
    """The sums of the week before the last Monday (None: it has no entries, or its digest is not due)."""
    monday = last_monday(context.today)
    if not context.fell_due(nine_on(monday, context.zone)):
        return None
    week = _sums(context, monday - WEEK * DAY, monday)
    return week if week.entries else None


def digest(context: ReviewContext) -> tuple[Notice, ...]:
    """A digest of the week before the last Monday, if it has entries.

    After the first Monday of a month it also sums up the month before.
    """
    week, monday = week_before(context), last_monday(context.today)
    if week is None:
        return ()
    facts = _as_facts(week, monday - WEEK * DAY, monday) | _state(context) | advice_facts(context)
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
    rate = context.burn_rate
    return {**_left(context.wallet, context.now), **({} if rate is None else rate._asdict())}


def _left(wallet: Snapshot, now: datetime) -> dict[str, str | int]:
    facts: dict[str, str | int] = {"connects": available(wallet.lots, now)}
    if soon := ending(wallet.lots, now, SOON):
        facts |= {"soon": sum(lot.left for _, lot in soon), "first": soon[0][0].isoformat()}
    return facts


def advice_facts(context: ReviewContext) -> dict[str, str | int]:
    """What is worth doing next."""
    return as_facts(next(iter(advised(grounds_of(context))), None))


def grounds_of(context: ReviewContext) -> Grounds:
    """What the advice of a digest is found from."""
    lots, facts = context.wallet.lots, context.monthly_facts
    coming = coming_lots(facts, context.today + FARTHEST)
    return Grounds(
        Means(lots, coming, context.zone, context.rulebook, context.now),
        context.burn_rate,
        monthly_lots(facts),
        context.wallet.budget,
        known_until(context.batches, context.entries, context.now),
        idle=context.burn_rate is None and context.now - context.began >= LOOKED_BACK,
        ends=context.ends,
        unwanted=unwanted(context.settings),
    )


def refresh_digest(notice: Notice, made: datetime, wallet: Snapshot, now: datetime) -> Notice:
    """The digest with the present state, and without advice that may have been followed by now."""
    facts = {name: value for name, value in notice.facts.items() if name not in {"soon", "first"}}
    return notice._replace(
        facts=(facts if advice_holds(notice, made, wallet, now) else without_advice(facts)) | _left(wallet, now)
    )


def advice_holds(notice: Notice, made: datetime, wallet: Snapshot, now: datetime) -> bool:
    """Whether what was advised is still worth doing."""
    if now - made >= DAY or (wallet.at is not None and wallet.at > made):
        return False
    advice = advice_in(notice.facts)
    return advice is None or advice.topic not in UNSEEN or now - made < LATE


DIGEST: Final = AlertType("digest", lambda settings: settings.alerts.digest, refresh_digest, review=digest, recap=True)
