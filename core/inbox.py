"""The inbox: updates that a platform will not send again, and that are not finished yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet
    from datetime import datetime

MOST_STARTS: Final = 3
"""After a crash an update is begun again, but not more often than this: it may be what makes the process crash."""


class KeptUpdate(NamedTuple):
    """An update as it was received. `starts` counts how often it was begun again after the process had ended."""

    number: int
    """The platform's id of the update, which grows."""
    body: str
    """What the platform sent. It is private: it is deleted when the update is finished, and never logged."""
    at: datetime
    starts: int = 0


class Inbox(Protocol):
    """Updates by platform and number. Numbers stay known for a time after their updates are finished."""

    async def keep(self, platform: str, updates: Sequence[KeptUpdate]) -> AbstractSet[int]:
        """Keep updates that are new; they are on disk when this returns.

        Idempotent. Returns the numbers that are to be handled, which are those that are not finished.
        """
        ...

    async def unfinished(self, platform: str) -> tuple[KeptUpdate, ...]:
        """The updates of a platform that are not finished, oldest first."""
        ...

    async def begin(self, platform: str, numbers: Sequence[int]) -> None:
        """Count a start of each of these updates."""
        ...

    async def finish(self, platform: str, numbers: Sequence[int]) -> None:
        """Delete the bodies of updates. Idempotent: what is unknown or finished is left alone."""
        ...

    async def forget(self, before: datetime, stale: datetime, later: datetime, limit: int) -> int:
        """Delete updates, `limit` at most; returns their number.

        These are the finished ones that were received before `before`, or after `later` by a clock that was ahead, and
        the unfinished ones that were received before `stale`. The number of a deleted update counts as new again.
        """
        ...


class InboxStore(Protocol):
    """A store that has this port."""

    @property
    def inbox(self) -> Inbox:
        """The updates that are not finished yet."""
        ...
