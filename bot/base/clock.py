"""The computer's clock."""

from __future__ import annotations

from datetime import UTC, datetime


class SystemClock:
    """Tells the time of this computer, in UTC."""

    def now(self) -> datetime:
        """Tell this moment."""
        return datetime.now(UTC)
