"""The alerts that Connects expire soon, or have expired."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from core.alerts.alert_type import AlertType
from core.delivery.notice import Notice
from core.ledger.queries import available
from core.shared.money import CostState

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from core.ledger.model import Entry, Lot, Snapshot
    from core.shared.ids import WalletId


def expiring(wallet: WalletId, lots: Sequence[Lot], days: int) -> Notice:
    """A notice that lots of one wallet, the soonest first, expire within so many days.

    It gives their cost if everything paid for them was paid in one currency, and says of how many the cost is unknown.
    """
    first = lots[0]
    facts: dict[str, str | int] = {"connects": sum(lot.left for lot in lots), "days": days}
    if first.expires is not None:
        facts["expires"] = first.expires.isoformat()
    paid = [lot.worth for lot in lots if lot.worth is not None and lot.cost_state is CostState.PAID]
    if len({price.currency for price in paid}) == 1:
        net, tax = sum(price.net for price in paid), sum(price.tax for price in paid)
        facts |= {"net": net, "tax": tax, "currency": paid[0].currency}
    if unknown := sum(lot.left for lot in lots if lot.cost_state is CostState.UNKNOWN):
        facts["unknown"] = unknown
    return Notice(f"expiring:{wallet}:{first.number}:{days}", EXPIRING.code, facts, wallet)


def expired(entry: Entry, left: int) -> Notice:
    """A notice of the entry that books out expired Connects."""
    facts: dict[str, str | int] = {"connects": -entry.delta, "expired": entry.when.isoformat(), "left": left}
    return Notice(f"expired:{entry.wallet}:{entry.number}", EXPIRED.code, facts, entry.wallet)


def refresh_expiring(notice: Notice, made: datetime, wallet: Snapshot, now: datetime) -> Notice | None:
    """The notice with the lots it was about that still hold Connects and have not expired; None if there are none."""
    days, first = int(notice.facts["days"]), str(notice.facts["expires"])
    remaining = [
        (lot.expires, lot.number, lot)
        for lot in wallet.lots
        if lot.left and lot.expires is not None and now < lot.expires <= made + timedelta(days=days)
    ]
    lots = [lot for expires, _, lot in sorted(remaining) if expires.isoformat() >= first]
    return notice._replace(facts=expiring(wallet.wallet, lots, days).facts) if lots else None


def refresh_expired(notice: Notice, _made: datetime, wallet: Snapshot, now: datetime) -> Notice:
    """The notice with the current balance: an expiry is final, but the balance may have changed since."""
    return notice._replace(facts={**notice.facts, "left": available(wallet.lots, now)})


EXPIRING: Final = AlertType("expiring", lambda settings: bool(settings.alerts.expiring), refresh_expiring)
EXPIRED: Final = AlertType("expired", lambda settings: bool(settings.alerts.expiring), refresh_expired)
