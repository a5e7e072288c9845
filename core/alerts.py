"""What a wallet's holder is warned of: each a pure function, decided with what causes it and committed with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from core.model import Notice

if TYPE_CHECKING:
    from core.model import Entry, Lot, Snapshot, WalletId
    from core.rulebook import Rulebook

EXPIRY_MARKS: Final = (30, 14, 7, 1)
"""Days before a lot expires on which its holder is told."""


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
    if last.balance >= before.threshold:
        return Warned(None, low=False)
    facts = {"connects": last.balance, "threshold": before.threshold}
    notice = Notice(f"low:{before.wallet}:{last.number}", "low", facts, before.wallet, by=last.by)
    return Warned(notice, low=True)


def expiring(wallet: WalletId, lot: Lot, days: int) -> Notice:
    """A lot expires within so many days: once for each lot and each of the marks `EXPIRY_MARKS`."""
    facts: dict[str, str | int] = {"connects": lot.left, "days": days}
    if lot.expires is not None:
        facts["expires"] = lot.expires.isoformat()
    if lot.worth is not None:
        facts |= {"net": lot.worth.net, "tax": lot.worth.tax, "currency": lot.worth.currency}
    return Notice(f"expiring:{wallet}:{lot.number}:{days}", "expiring", facts, wallet)
