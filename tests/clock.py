"""A clock that the test owns."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class TestClock:
    """Stands still until a test moves it."""

    __test__ = False

    def __init__(self, at: datetime = datetime(2026, 1, 10, 9, 0, tzinfo=UTC)) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def pass_(self, **span: float) -> None:
        """Let time go by: `clock.pass_(days=3)`."""
        self.at += timedelta(**span)
