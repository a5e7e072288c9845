"""The reference store's audit log."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from core.audit_log import AuditRecord
    from core.shared.ids import PersonId
    from core.wallets.people import ChatRef
    from storage.memory.tables import Tables


class MemoryAuditLog:
    """Implements `core.audit_log.AuditLog`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def record(self, action: AuditRecord) -> None:
        if action.key not in self._tables.actions:
            self._tables.actions_made += 1
            self._tables.actions[action.key] = action._replace(id=self._tables.actions_made)

    async def records(
        self, limit: int, before: int | None = None, chat: ChatRef | None = None, person: PersonId | None = None
    ) -> tuple[AuditRecord, ...]:
        those = [one for one in reversed(self._tables.actions.values()) if before is None or one.id < before]
        those = [one for one in those if chat in {None, one.chat} and person in {None, one.person}]
        return tuple(those[:limit])

    async def forget(self, before: datetime, limit: int) -> int:
        old = [key for _, key in sorted((one.at, one.key) for one in self._tables.actions.values() if one.at < before)]
        for key in old[:limit]:
            del self._tables.actions[key]
        return len(old[:limit])
