"""What was spent of limits, counted in the plainest way: spend by spend, from the whole journal."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from core.ledger.model import Kind
from core.wallets.team import Period

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from core.ledger.model import Entry
    from core.shared.ids import PersonId
    from core.wallets.settings import Settings
    from core.wallets.team import Limit

    Counted = dict[tuple[int, PersonId | None], int]


def naive(entries: Sequence[Entry], settings: Settings, at: datetime) -> Counted:
    """What was spent of each limit in the period of a moment; what comes to nothing is left out."""
    found: Counted = {}
    for limit in settings.team.limits:
        now = label(limit.period, at, settings.zone)
        for spend in (entry for entry in entries if entry.kind is Kind.SPEND):
            counts = limit.person in {None, spend.by} and not (limit.each and spend.by is None)
            if counts and label(limit.period, min(spend.when, spend.at), settings.zone) == now:
                whose = limit.id, spend.by if limit.each else limit.person
                found[whose] = found.get(whose, 0) + net(limit, spend, entries)
    return {whose: spent for whose, spent in found.items() if spent}


def label(period: Period, at: datetime, zone: str) -> tuple[int, ...]:
    local = at.astimezone(ZoneInfo(zone))
    if period is Period.WEEK:
        return local.isocalendar()[:2]
    return (local.year, local.month) if period is Period.MONTH else (local.year, local.month, local.day)


def net(limit: Limit, spend: Entry, entries: Iterable[Entry]) -> int:
    """What is left of a spend, in the unit of a limit."""
    account = spend.counterpart
    if limit.boosts and account != "expense:boost":
        return 0
    about = {spend.number}
    total = 0
    for entry in entries:
        if entry.number in about or entry.of in about:
            about.add(entry.number)
            for leg in (leg for leg in entry.postings if leg.account == account):
                if not limit.currency:
                    total += leg.connects
                elif leg.price is not None and leg.price.currency == limit.currency:
                    total += leg.price.net + leg.price.tax
    return total
