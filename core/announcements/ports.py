"""What is asked of a store for announcements that come again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from core.announcements.model import Series
    from core.delivery.ports import Outbox, Subscriptions
    from core.scheduling.ports import Agenda
    from core.scheduling.task import Due
    from core.shared.lifecycle import Status
    from core.shared.ports import Notes
    from core.wallets.ports import Directory


class Recurring(Protocol):
    """Announcements that come again."""

    async def new_series(self, series: Series) -> Series:
        """Keep a new one; gives it with its number."""
        ...

    async def change_series(self, seen: Series, status: Status, due: Due | None) -> bool:
        """Move it on to another status; False where it was changed by another since it was seen.

        When it falls due from now on is kept in the same transaction (None: as it was).
        """
        ...

    async def one_series(self, number: int) -> Series | None:
        """One of them, as it is now."""
        ...

    async def all_series(self, limit: int) -> tuple[Series, ...]:
        """The newest, newest first, but no drafts."""
        ...


class AnnouncementStore(Protocol):
    """What announcements ask of a store."""

    @property
    def notes(self) -> Notes:
        """Small texts that outlive a restart."""
        ...

    @property
    def outbox(self) -> Outbox:
        """Notices and their deliveries."""
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
    def people(self) -> Directory:
        """People, chats, wallets and their settings."""
        ...

    @property
    def tasks(self) -> Agenda:
        """What falls due when."""
        ...
