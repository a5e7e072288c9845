"""What a wallet's holder is warned of: each a pure function, decided with what causes it and committed with it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from core.notices import Notice
from core.reminders import still_drawn, still_due, still_ending, still_short

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from core.model import Entry, Lot, Snapshot, WalletId
    from core.rulebook import Rulebook


class Warned(NamedTuple):
    """A notice to be told (None: nothing), and whether the wallet is now known to have been told that it is low."""

    notice: Notice | None
    low: bool


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
    notice = Notice(f"low:{before.wallet}:{last.number}", "low", facts, before.wallet, by=last.by)
    return Warned(notice, low=True)


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
    return Notice(f"expiring:{wallet}:{first.number}:{days}", "expiring", facts, wallet)


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


STILL: Final[Mapping[str, Callable[[Notice, datetime, Snapshot, datetime], Notice | None]]] = {
    "low": still_low,
    "expiring": still_expiring,
    "runway": still_short,
    "monthly": still_due,
    "missing": still_due,
    "promotion-ending": still_ending,
    "promotion-eve": still_drawn,
}
