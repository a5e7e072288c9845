"""Ports that many packages use: a clock, and notes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from datetime import datetime

LONGEST_NOTE: Final = timedelta(days=400)
"""How long a note that expires may last; one that lasts longer was stored by a clock that was ahead."""


class Clock(Protocol):
    """The only source of the current time."""

    def now(self) -> datetime:
        """The current time: timezone-aware, in UTC."""
        ...


class Notes(Protocol):
    """Small texts that outlive a restart: a key-value store with expiry."""

    async def note(self, name: str, now: datetime) -> str | None:
        """The text under a name (None: there is none, or it has expired)."""
        ...

    async def take_note(self, name: str, now: datetime) -> str | None:
        """The text under a name, which is deleted: of several who take it at once, one gets it."""
        ...

    async def put_note(self, name: str, text: str, until: datetime | None) -> None:
        """Store a text under a name until a time (None: for good), in place of what was there."""
        ...

    async def sweep_notes(self, now: datetime) -> None:
        """Delete the notes that have expired, and shorten those that would last longer than `LONGEST_NOTE` from now."""
        ...


class NoteStore(Protocol):
    """A store that has this port."""

    @property
    def notes(self) -> Notes:
        """Small texts that outlive a restart."""
        ...
