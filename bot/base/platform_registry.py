"""Every platform the bot can be on, as data: where it is loaded from, and how fast it may be written to."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

SECOND: Final = timedelta(seconds=1)


class Limit(NamedTuple):
    """At most so many messages in any span, which has its beginning and not its end."""

    most: int
    span: timedelta


class Limits(NamedTuple):
    """What a platform takes overall, in each chat, and besides in each chat that is a group (None: no less there)."""

    overall: Limit
    chat: Limit
    group: Limit | None = None


USUAL: Final = Limits(Limit(50, SECOND), Limit(5, 5 * SECOND))
LIMITS: Final[Mapping[str, Limits]] = {
    "telegram": Limits(Limit(30, SECOND), Limit(1, SECOND), Limit(20, 60 * SECOND)),
    "discord": USUAL,
}


def least_time(platform: str, messages: int) -> timedelta:
    """How long it takes at least until a platform has taken so many messages."""
    most, span = LIMITS.get(platform, USUAL).overall
    return span * (messages / most)
