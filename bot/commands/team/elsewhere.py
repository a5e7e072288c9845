"""Notes in the audit log of another group what was done to its books outside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.audit_log import AuditRecord

if TYPE_CHECKING:
    from bot.command.declaration import Call
    from core.wallets.people import ChatRef


async def note_elsewhere(call: Call, group: ChatRef, line: str) -> None:
    """Note it there; where it was said, it is recorded like every command, if that is a group."""
    record = AuditRecord(f"{call.key}:other", call.at, call.person.id, group, line, "done")
    await call.store.audit_log.record(record)
