"""The whole store: the ports of every service, bundled for the composition root."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from core.announcements.ports import AnnouncementStore
from core.booking import BookStore
from core.forgetting.personal_data import DisclosureStore
from core.links.ports import LinkStore
from core.proposals.ports import ProposalStore

if TYPE_CHECKING:
    from core.forgetting.ports import Forgetting


class Store(AnnouncementStore, BookStore, DisclosureStore, LinkStore, ProposalStore, Protocol):
    """Everything that outlives the process. A service gets only the ports that it needs."""

    @property
    def forgetting(self) -> Forgetting:
        """What erases a person."""
        ...

    async def close(self) -> None:
        """Finish pending writes, then close the file or the connections."""
        ...
