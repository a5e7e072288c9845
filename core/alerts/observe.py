"""What a change to a wallet causes its holder to be warned of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.alerts.budget import over_budget
from core.alerts.expiring import expired
from core.alerts.low import low
from core.ledger.model import Kind
from core.shared.refusals import Refusal

if TYPE_CHECKING:
    from core.delivery.notice import Notice
    from core.ledger.model import Change, Snapshot
    from core.ledger.rulebook import Rulebook


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
