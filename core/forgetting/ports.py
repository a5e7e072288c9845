"""What forgetting needs from a store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from core.forgetting.model import Forgotten
    from core.shared.ids import PersonId


class Forgetting(Protocol):
    """Erases a person from the database, in one transaction, and from whatever copies the bot itself keeps."""

    async def forget(self, person: PersonId, now: datetime) -> Forgotten:
        """Erase a person and all for whom they stand. Idempotent: whoever is forgotten has nothing left to erase.

        Their wallets take no more entries. When this returns, none of their words is in the database's files, its log
        of writes or its copies from before migrations.
        """
        ...

    async def wipe(self) -> None:
        """Let nothing that was deleted so far stay in the database's log of writes, or in its free pages."""
        ...
