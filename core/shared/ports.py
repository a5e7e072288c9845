"""What many packages ask of the world: a clock, and small texts that outlive a restart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime


class Clock(Protocol):
    """Tells the time, aware and in UTC."""

    def now(self) -> datetime:
        """Tell this moment."""
        ...


class Notes(Protocol):
    """Small texts under a name that outlive a restart, each until a time (None: for good)."""

    async def note(self, name: str, now: datetime) -> str | None:
        """The text under a name, while its time lasts."""
        ...

    async def put_note(self, name: str, text: str, until: datetime | None) -> None:
        """Keep a text under a name, over what was there."""
        ...

    async def drop_note(self, name: str) -> None:
        """Forget a name; harmless where there is none."""
        ...

    async def sweep_notes(self, now: datetime) -> None:
        """Forget the notes whose time is over."""
        ...
