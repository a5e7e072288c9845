"""What announcements need from a store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from core.delivery.ports import OutboxStore, SubscriptionStore
from core.scheduling.ports import TaskStore
from core.shared.ports import NoteStore
from core.wallets.ports import PeopleStore

if TYPE_CHECKING:
    from datetime import datetime

    from core.announcements.model import Announcement, Series
    from core.scheduling.task import Task
    from core.shared.lifecycle import Status


class RecurringStore(Protocol):
    """Recurring announcements."""

    async def new_series(self, series: Series) -> Series:
        """Insert a series; returns it with its id."""
        ...

    async def change_series(self, seen: Series, status: Status, task: Task | None) -> bool:
        """Change the status; False if the series has changed since it was `seen`.

        `task` is scheduled in the same transaction (None: its task stays as it was).
        """
        ...

    async def one_series(self, number: int) -> Series | None:
        """The series with this id, as it is now."""
        ...

    async def all_series(self, limit: int) -> tuple[Series, ...]:
        """The newest series, newest first, without drafts."""
        ...


class Announcements(Protocol):
    """Announcements, those of a series included."""

    async def new_announcement(self, one: Announcement) -> Announcement:
        """Insert an announcement; returns it with its number. Idempotent: one whose id is known is returned."""
        ...

    async def change_announcement(self, seen: Announcement, becomes: Announcement, task: Task | None) -> bool:
        """Store its new text, stage and time, as the next version; False if it has changed since it was `seen`.

        `task` is scheduled in the same transaction (None: its task stays as it was).
        """
        ...

    async def announcement(self, word: str) -> Announcement | None:
        """The announcement with this id or number."""
        ...

    async def newest_announcements(self, limit: int, skipped: int, since: datetime) -> tuple[Announcement, ...]:
        """The newest announcements after so many, newest first, without those that were discarded.

        Drafts made before `since` are left out, too.
        """
        ...

    async def discard_drafts(self, before: datetime) -> int:
        """Discard drafts made before a time, and erase the texts of all that were discarded and are as old.

        Returns how many that were. Their numbers stay taken, so that no old button is about another announcement.
        """
        ...


class AnnouncementStore(NoteStore, OutboxStore, PeopleStore, SubscriptionStore, TaskStore, Protocol):
    """The ports that announcements use."""

    @property
    def announcements(self) -> Announcements:
        """Announcements."""
        ...

    @property
    def recurring(self) -> RecurringStore:
        """Recurring announcements."""
        ...
