"""The whole store: one port for each use, bundled for the composition root."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

    from core.announcements.ports import RecurringStore
    from core.audit_log import AuditLog
    from core.delivery.ports import Outbox, Subscriptions
    from core.ledger.ports import Ledger
    from core.promotions.ports import Promotions
    from core.scheduling.ports import TaskQueue
    from core.shared.ports import Notes
    from core.verification import JournalReader
    from core.wallets.ports import Directory


class Store(Protocol):
    """Everything that outlives the process. A service gets only the ports it needs."""

    @property
    def ledger(self) -> Ledger:
        """The journal and its projections."""
        ...

    @property
    def people(self) -> Directory:
        """People, chats, wallets and their settings."""
        ...

    @property
    def notes(self) -> Notes:
        """Small texts that outlive a restart."""
        ...

    @property
    def outbox(self) -> Outbox:
        """Notices and their deliveries."""
        ...

    @property
    def tasks(self) -> TaskQueue:
        """Scheduled tasks."""
        ...

    @property
    def promotions(self) -> Promotions:
        """Promotions and the claims on them."""
        ...

    @property
    def subscriptions(self) -> Subscriptions:
        """The chats that get announcements."""
        ...

    @property
    def recurring(self) -> RecurringStore:
        """Recurring announcements."""
        ...

    @property
    def audit_log(self) -> AuditLog:
        """What operators and admins did."""
        ...

    def audit(self) -> AbstractAsyncContextManager[JournalReader]:
        """Read one consistent state of the whole journal, however many writes happen meanwhile."""
        ...

    async def close(self) -> None:
        """Finish pending writes, then close the file or the connections."""
        ...
