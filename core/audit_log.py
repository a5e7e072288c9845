"""The audit log: what operators and admins of groups did, one record for each action."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from core.shared.ids import PersonId
    from core.wallets.people import ChatRef


class AuditRecord(NamedTuple):
    """An action: the sender's key, when, who, where, the command line as typed, and the outcome.

    `outcome` is a word, followed by a blank and a detail if there is one: `done`, `refused unknown`, `fault 1f2e3d4c`.
    `id` is 0 until the record is stored.
    """

    key: str
    at: datetime
    person: PersonId
    chat: ChatRef
    line: str
    outcome: str
    id: int = 0


class AuditLog(Protocol):
    """Append-only, but for records that are too old."""

    async def record(self, action: AuditRecord) -> None:
        """Append a record. Idempotent: a known key adds nothing."""
        ...

    async def records(
        self, limit: int, before: int | None = None, chat: ChatRef | None = None, person: PersonId | None = None
    ) -> tuple[AuditRecord, ...]:
        """Records with ids below `before` (None: the newest), newest first; only of `chat` or by `person`, if given."""
        ...

    async def forget(self, before: datetime, limit: int) -> int:
        """Delete records older than `before`, `limit` at most; returns the number deleted."""
        ...
