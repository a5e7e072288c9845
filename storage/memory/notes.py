"""The reference store's notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.shared.ports import LONGEST_NOTE

if TYPE_CHECKING:
    from datetime import datetime

    from storage.memory.tables import Tables


class MemoryNotes:
    """Implements `core.shared.ports.Notes`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def note(self, name: str, now: datetime) -> str | None:
        text, until = self._tables.notes.get(name, (None, None))
        return None if until is not None and until <= now else text

    async def take_note(self, name: str, now: datetime) -> str | None:
        text = await self.note(name, now)
        self._tables.notes.pop(name, None)
        return text

    async def put_note(self, name: str, text: str, until: datetime | None) -> None:
        self._tables.notes[name] = (text, until)

    async def sweep_notes(self, now: datetime) -> None:
        self._tables.notes = {
            name: (text, None if until is None else min(until, now + LONGEST_NOTE))
            for name, (text, until) in self._tables.notes.items()
            if until is None or until > now
        }
