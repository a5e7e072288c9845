"""What an alert is."""

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

    `code` is the code of its notices, as it is kept on disk; by it every alert can be snoozed. `enabled` says if
    settings switch it on. `refresh` gives a notice that waited since it was made with the facts of now, or None if it
    no longer holds; without it, such a notice is sent as it was made. `review` gives what the daily review sends while
    the alert is enabled. What is a `recap` comes after the news of a morning.
    """

    code: str
    enabled: Callable[[Settings], bool]
    refresh: Callable[[Notice, datetime, Snapshot, datetime], Notice | None] | None = None
    review: Callable[[ReviewContext], tuple[Notice, ...]] | None = None
    recap: bool = False
