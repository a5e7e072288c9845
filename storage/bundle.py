"""A store that is all of its ports at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Self


class Bundle:
    """Gives itself for each port of `core.ports.Store`."""

    @property
    def ledger(self) -> Self:
        """The journal and its projections."""
        return self

    @property
    def people(self) -> Self:
        """People, chats, wallets and their settings."""
        return self

    @property
    def notes(self) -> Self:
        """Small texts that outlive a restart."""
        return self

    @property
    def outbox(self) -> Self:
        """Notices and their deliveries."""
        return self

    @property
    def tasks(self) -> Self:
        """What falls due when."""
        return self

    @property
    def promotions(self) -> Self:
        """Promotions and the claims on them."""
        return self

    @property
    def subscriptions(self) -> Self:
        """The chats that get announcements."""
        return self

    @property
    def recurring(self) -> Self:
        """Announcements that come again."""
        return self

    @property
    def audit_log(self) -> Self:
        """What operators and admins did."""
        return self
