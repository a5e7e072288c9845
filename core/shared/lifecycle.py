"""The lifecycle of what operators run: promotions and recurring announcements."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """The status of a promotion or a series. Its dates say whether a live promotion has begun or is over."""

    DRAFT = "draft"
    LIVE = "live"
    PAUSED = "paused"
    CANCELLED = "cancelled"
    ENDED = "ended"
