"""The reference store's forgetting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.forgetting.model import Forgotten

if TYPE_CHECKING:
    from datetime import datetime

    from core.shared.ids import PersonId
    from storage.memory.tables import Tables


class MemoryForgetting:
    """Implements `core.forgetting.ports.Forgetting`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def forget(self, person: PersonId, now: datetime) -> Forgotten:
        del now
        known = [identity for identity, who in self._tables.identities.items() if who == person]
        for identity in known:
            del self._tables.identities[identity]
        return Forgotten((person,), entries=0, in_groups=0, texts=0, chats=0, rows=len(known))
