"""The computer's clock."""

from __future__ import annotations

from datetime import UTC, datetime


class SystemClock:
    """The clock of this computer, in UTC."""

    def now(self) -> datetime:
        """The current time."""
        return datetime.now(UTC)
