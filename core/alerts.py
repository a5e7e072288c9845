"""What a wallet's holder is warned of: each a pure function, decided with what causes it and committed with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from core.budget import label_of, spent_at
from core.errors import Refusal
from core.model import Kind
from core.notices import Notice
from core.outlook import available
from core.people import Where
from core.reminders import still_drawn, still_due, still_ending, still_short

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from core.model import Budget, Change, Entry, Lot, Snapshot, WalletId
    from core.notices import Target
    from core.people import Alerts, Settings
    from core.rulebook import Rulebook

BUDGET_MARKS: Final = (100, 80)
"""Percent of a budget at which its holder is told; where several are reached at once, the first of these."""
ENDED_KEPT: Final = timedelta(days=30)
"""How long a snooze that has ended is remembered, for whoever looks now and again whether one has."""


class Alert(StrEnum):
    """What a holder is told of their wallet, by the codes of its notices: each can be silenced for a while."""

    LOW = "low"
    BUDGET = "budget"
    EXPIRING = "expiring"
    EXPIRED = "expired"
    RUNWAY = "runway"
    MONTHLY = "monthly"
    MISSING = "missing"
    PROMOTION_ENDING = "promotion-ending"
    PROMOTION_EVE = "promotion-eve"
    DIGEST = "digest"


SWITCHES: Final[Mapping[str, Callable[[Settings], bool]]] = {
    Alert.LOW: lambda settings: settings.threshold is not None,
    Alert.BUDGET: lambda settings: settings.budget is not None,
    Alert.EXPIRING: lambda settings: bool(settings.alerts.expiring),
    Alert.EXPIRED: lambda settings: bool(settings.alerts.expiring),
    Alert.RUNWAY: lambda settings: settings.alerts.runway is not None,
    Alert.MONTHLY: lambda settings: settings.alerts.monthly,
    Alert.MISSING: lambda settings: settings.alerts.monthly,
    Alert.PROMOTION_ENDING: lambda settings: settings.alerts.promotions,
    Alert.PROMOTION_EVE: lambda settings: settings.alerts.promotions,
    Alert.DIGEST: lambda settings: settings.alerts.digest,
}
"""Whether an alert is switched on. What has no switch is told always."""


def wanted(settings: Settings, code: str, now: datetime) -> bool:
    """Whether a wallet's holder wants to be told something now: it is neither switched off nor snoozed."""
    switch = SWITCHES.get(code)
    return (switch is None or switch(settings)) and settings.alerts.snoozed_until(code, now) is None


def snooze(alerts: Alerts, code: str, until: datetime, now: datetime) -> Alerts:
    """Tell nothing of an alert until a time; what ended long ago is forgotten."""
    others = tuple((name, end) for name, end in alerts.snoozed if name != code and end > now - ENDED_KEPT)
    return replace(alerts, snoozed=(*others, (code, until)))


def wake(alerts: Alerts, code: str) -> Alerts:
    """Tell of an alert again."""
    return replace(alerts, snoozed=tuple((name, end) for name, end in alerts.snoozed if name != code))


class Warned(NamedTuple):
    """A notice to be told (None: nothing), and whether the wallet is now known to have been told that it is low."""

    notice: Notice | None
    low: bool


def observe(before: Snapshot, outcome: Change | Refusal, book: Rulebook) -> Change | Refusal:
    """The change with the notices that it causes and whether its holder now knows that the balance is low."""
    if isinstance(outcome, Refusal):
        return outcome
    change, last = outcome, outcome.entries[-1]
    notice, low_known = low(before, last, book)
    notices: tuple[Notice, ...] = () if notice is None else (notice,)
    notices += tuple(expired(entry, last.balance) for entry in change.entries if entry.kind is Kind.EXPIRY)
    if change.budget is not None:
        notices += over_budget(before, change.budget, last)
    if not notices and low_known == change.low:
        return change
    return change._replace(notices=notices + change.notices, low=low_known)


def places(alerts: Alerts, group: Target, private: Sequence[Target]) -> tuple[Target, ...]:
    """Where a group's alerts are told, given the private chats of who asked for them; where there are none, in it."""
    if alerts.where is Where.GROUP or not private:
        return (group,)
    return tuple(private) if alerts.where is Where.PRIVATE else (group, *private)


def low(before: Snapshot, last: Entry, book: Rulebook) -> Warned:
    """The balance fell below the wallet's threshold: once for each crossing, armed again above a second threshold.

    The second one lies `alerts.rearm_percent` of the first higher, so that a balance that hovers about the threshold is
    told of once.
    """
    if before.threshold is None:
        return Warned(None, low=False)
    if before.low:
        armed_again = last.balance * 100 >= before.threshold * (100 + book.rearm_percent)
        return Warned(None, low=not armed_again)
    if last.balance >= before.threshold or last.balance > before.balance:
        return Warned(None, low=False)
    facts = {"connects": last.balance, "threshold": before.threshold}
    name = f"low:{before.wallet}"
    notice = Notice(
        f"{name}:{last.number}", Alert.LOW.value, facts, before.wallet, by=last.by, about=name, instead=True
    )
    return Warned(notice, low=True)


def reached(budget: Budget, at: datetime) -> int | None:
    """The mark of a budget that was reached in the month of a moment."""
    return next((mark for mark in BUDGET_MARKS if spent_at(budget, at) * 100 >= mark * budget.limit), None)


def over_budget(before: Snapshot, budget: Budget, last: Entry) -> tuple[Notice, ...]:
    """What was spent in the month came to a mark of the budget: once for each mark, month and budget."""
    spent = 0 if before.budget is None else spent_at(before.budget, last.at)
    for mark in BUDGET_MARKS:
        if spent * 100 < mark * budget.limit <= budget.spent * 100:
            name, month = f"budget:{before.wallet}", label_of(budget, last.at)
            facts = {"spent": budget.spent, "limit": budget.limit, "mark": mark}
            key = f"{name}:{month}:{budget.limit}:{mark}"
            return (Notice(key, Alert.BUDGET.value, facts, before.wallet, by=last.by, about=name, instead=True),)
    return ()


def expiring(wallet: WalletId, lots: Sequence[Lot], days: int) -> Notice:
    """Lots of one wallet, the soonest first, expire within so many days: once for each of the marks `EXPIRY_MARKS`.

    What they cost is said where all that was paid was paid in one currency.
    """
    first = lots[0]
    facts: dict[str, str | int] = {"connects": sum(lot.left for lot in lots), "days": days}
    if first.expires is not None:
        facts["expires"] = first.expires.isoformat()
    paid = [lot.worth for lot in lots if lot.worth is not None]
    if len({price.currency for price in paid}) == 1:
        net, tax = sum(price.net for price in paid), sum(price.tax for price in paid)
        facts |= {"net": net, "tax": tax, "currency": paid[0].currency}
    return Notice(f"expiring:{wallet}:{first.number}:{days}", Alert.EXPIRING.value, facts, wallet)


def expired(entry: Entry, left: int) -> Notice:
    """Connects have expired, and an entry books them out: once, whoever was the first to book it."""
    facts: dict[str, str | int] = {"connects": -entry.delta, "expired": entry.at.isoformat(), "left": left}
    return Notice(f"expired:{entry.wallet}:{entry.number}", Alert.EXPIRED.value, facts, entry.wallet)


def as_of(notice: Notice, made: datetime, wallet: Snapshot, now: datetime) -> Notice | None:
    """A notice that waited since it was made, with the facts of now; None where it is over.

    The facts of the time when it was made would contradict what the wallet shows by now.
    """
    return STILL[notice.code](notice, made, wallet, now) if notice.code in STILL else notice


def still_low(notice: Notice, _made: datetime, wallet: Snapshot, _now: datetime) -> Notice | None:
    """The balance is still below the threshold, which may be another one by now."""
    if wallet.threshold is None or wallet.balance >= wallet.threshold:
        return None
    return notice._replace(facts={"connects": wallet.balance, "threshold": wallet.threshold})


def still_over_budget(notice: Notice, _made: datetime, wallet: Snapshot, now: datetime) -> Notice | None:
    """What was spent is still at the mark, in a month that has not ended, and the budget is the same."""
    budget, facts = wallet.budget, notice.facts
    if budget is None or budget.limit != facts["limit"]:
        return None
    spent = spent_at(budget, now)
    return (
        notice._replace(facts={**facts, "spent": spent}) if spent * 100 >= int(facts["mark"]) * budget.limit else None
    )


def still_expiring(notice: Notice, made: datetime, wallet: Snapshot, now: datetime) -> Notice | None:
    """Of the lots that were within the mark, some still hold Connects and have not expired."""
    days, first = int(notice.facts["days"]), str(notice.facts["expires"])
    left = [
        (lot.expires, lot.number, lot)
        for lot in wallet.lots
        if lot.left and lot.expires is not None and now < lot.expires <= made + timedelta(days=days)
    ]
    lots = [lot for expires, _, lot in sorted(left) if expires.isoformat() >= first]
    return notice._replace(facts=expiring(wallet.wallet, lots, days).facts) if lots else None


def with_what_is_left(notice: Notice, _made: datetime, wallet: Snapshot, now: datetime) -> Notice:
    """They have expired for good; what is left may be another number by now."""
    return notice._replace(facts={**notice.facts, "left": available(wallet.lots, now)})


STILL: Final[Mapping[str, Callable[[Notice, datetime, Snapshot, datetime], Notice | None]]] = {
    Alert.LOW: still_low,
    Alert.BUDGET: still_over_budget,
    Alert.EXPIRING: still_expiring,
    Alert.EXPIRED: with_what_is_left,
    Alert.RUNWAY: still_short,
    Alert.MONTHLY: still_due,
    Alert.MISSING: still_due,
    Alert.PROMOTION_ENDING: still_ending,
    Alert.PROMOTION_EVE: still_drawn,
}
