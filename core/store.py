"""Everything that outlives the process, as one bundle of ports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

    from core.announcements.ports import Recurring
    from core.audit_log import Actions
    from core.delivery.ports import Outbox, Subscriptions
    from core.ledger.ports import Ledger
    from core.promotions.ports import Promotions
    from core.scheduling.ports import Agenda
    from core.shared.ports import Notes
    from core.verification import Audit
    from core.wallets.ports import Directory


class Store(Protocol):
    """Everything that outlives the process: a port for each use. Whoever needs one of them is given that one alone."""

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
    def tasks(self) -> Agenda:
        """What falls due when."""
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
    def recurring(self) -> Recurring:
        """Announcements that come again."""
        ...

    @property
    def audit_log(self) -> Actions:
        """What operators and admins did."""
        ...

    def audit(self) -> AbstractAsyncContextManager[Audit]:
        """Hold one consistent state of the whole journal, however many write meanwhile."""
        ...

    async def close(self) -> None:
        """Finish what is under way, then let go of the file or the connections."""
        ...
