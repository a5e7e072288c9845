"""The life of what operators run: promotions, and announcements that come again."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """How far a promotion has come. Whether a live one has begun or is over, its dates say."""

    DRAFT = "draft"
    LIVE = "live"
    PAUSED = "paused"
    CANCELLED = "cancelled"
    ENDED = "ended"
