"""The declaration of an alert."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from core.alerts.review_context import ReviewContext
    from core.delivery.notice import Notice
    from core.ledger.model import Snapshot
    from core.wallets.settings import Settings


@dataclass(frozen=True, slots=True)
class AlertType:
    """An alert: it is declared once, in the file of its subject, and listed in `core.alerts.catalogue.ALERTS`.

    `code` is the code of its notices, as it is kept on disk, and the name under which the alert is snoozed. `enabled`
    says whether the settings switch it on. `refresh` takes a notice, the time at which it was made, the wallet and the
    current time; it returns the notice with current facts, or None if the notice no longer holds. Without `refresh`, a
    delayed notice is sent as it was made. `review` returns the notices that the daily review sends while the alert is
    enabled. A `recap` comes after the other notices of a review.
    """

    code: str
    enabled: Callable[[Settings], bool]
    refresh: Callable[[Notice, datetime, Snapshot, datetime], Notice | None] | None = None
    review: Callable[[ReviewContext], tuple[Notice, ...]] | None = None
    recap: bool = False
