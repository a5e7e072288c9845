"""What the alerts ask of a store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from core.delivery.ports import Outbox
    from core.ledger.ports import Ledger
    from core.shared.ports import Notes
    from core.wallets.ports import Directory


class AlertStore(Protocol):
    """The parts of a store that the daily review and the expiry scan use."""

    @property
    def people(self) -> Directory:
        """People, chats, wallets and their settings."""
        ...

    @property
    def ledger(self) -> Ledger:
        """The journal and its projections."""
        ...

    @property
    def notes(self) -> Notes:
        """Small texts that outlive a restart."""
        ...

    @property
    def outbox(self) -> Outbox:
        """Notices and their deliveries."""
        ...
