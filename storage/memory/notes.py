"""The reference store's notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from storage.memory.tables import Tables


class MemoryNotes:
    """Small texts under a name."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def note(self, name: str, now: datetime) -> str | None:
        """The text under a name, while its time lasts."""
        text, until = self._tables.notes.get(name, (None, None))
        return None if until is not None and until <= now else text

    async def put_note(self, name: str, text: str, until: datetime | None) -> None:
        """Keep a text under a name, over what was there."""
        self._tables.notes[name] = (text, until)

    async def drop_note(self, name: str) -> None:
        """Forget a name; harmless where there is none."""
        self._tables.notes.pop(name, None)

    async def sweep_notes(self, now: datetime) -> None:
        """Forget the notes whose time is over."""
        self._tables.notes = {
            name: kept for name, kept in self._tables.notes.items() if kept[1] is None or kept[1] > now
        }
