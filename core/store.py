"""The whole store: the ports of every service, bundled for the composition root."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from core.announcements.ports import AnnouncementStore
from core.booking import BookStore
from core.incomes.ports import IncomeStore
from core.promotions.ports import PromotionStore
from core.proposals.ports import ProposalStore

if TYPE_CHECKING:
    from core.audit_log import AuditLog
    from core.forgetting.personal_data import PersonalData
    from core.forgetting.ports import Forgetting
    from core.inbox import Inbox
    from core.links.ports import Links


class Store(AnnouncementStore, BookStore, PromotionStore, ProposalStore, IncomeStore, Protocol):
    """Everything that outlives the process. A service gets only the ports that it needs."""

    @property
    def audit_log(self) -> AuditLog:
        """What operators and admins did."""
        ...

    @property
    def personal_data(self) -> PersonalData:
        """What is kept of somebody, for themselves to see."""
        ...

    @property
    def inbox(self) -> Inbox:
        """The updates that are not finished yet."""
        ...

    @property
    def forgetting(self) -> Forgetting:
        """What erases a person."""
        ...

    @property
    def links(self) -> Links:
        """Links between persons."""
        ...

    async def close(self) -> None:
        """Finish pending writes, then close the file or the connections."""
        ...
