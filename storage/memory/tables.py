"""The dictionaries that the ports of the reference store share. One event loop is their lock."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from core.delivery.state import State

if TYPE_CHECKING:
    from datetime import datetime

    from core.announcements.model import Announcement, Series
    from core.audit_log import AuditRecord
    from core.delivery.notice import Notice, Subscription, Target
    from core.delivery.ports import Lease
    from core.delivery.state import Next
    from core.inbox import KeptUpdate
    from core.incomes.model import Income
    from core.ledger.erased.witness import Erasure, Witness
    from core.ledger.model import OnceKey
    from core.links.model import Link
    from core.promotions.model import Claim, Promotion
    from core.scheduling.task import Task
    from core.shared.ids import LinkId, PersonId, PromotionId, WalletId
    from core.wallets.people import Chat, ChatRef, Identity, Owner, Person
    from storage.memory.book import Book


@dataclass(frozen=True, slots=True)
class Booked:
    """Where a key was booked. The entries of its change are numbered from `first` to `number`."""

    wallet: WalletId
    first: int
    number: int


@dataclass(slots=True)
class StoredDelivery:
    """A delivery and its state. `made` is when its notice was made."""

    id: int
    notice: Notice
    target: Target
    made: datetime
    due: datetime
    changed: datetime
    state: State = State.PENDING
    tries: int = 0
    epoch: int = 0
    message: str = ""
    why: str = ""
    zone: str = ""
    locale: str = "en"
    quiet: str = ""

    def enter(self, then: Next, now: datetime) -> None:
        """Enter the next state."""
        self.state, self.why, self.message, self.changed = then.state, then.why, then.message, now
        if then.retry is not None:
            self.due, self.tries = then.retry


@dataclass(slots=True)
class Tables:
    """Everything that is stored. The ids of wallets, deliveries and actions are counted, so that none is used twice."""

    closed: bool = False
    persons: dict[PersonId, Person] = field(default_factory=dict)
    identities: dict[Identity, PersonId] = field(default_factory=dict)
    into: dict[PersonId, PersonId] = field(default_factory=dict)
    """Who stands for whom since they were linked."""
    used: dict[PersonId, Identity] = field(default_factory=dict)
    """The identity that somebody used last, of those who have several."""
    links: dict[LinkId, Link] = field(default_factory=dict)
    reviews: dict[LinkId, datetime] = field(default_factory=dict)
    """When the daily reviews of the wallets were due that links have closed."""
    chats: dict[ChatRef, Chat] = field(default_factory=dict)
    books: dict[WalletId, Book] = field(default_factory=dict)
    incomes: dict[WalletId, dict[str, Income]] = field(default_factory=dict)
    named_bids: dict[WalletId, dict[str, str]] = field(default_factory=dict)
    owned: dict[Owner, WalletId] = field(default_factory=dict)
    joined: dict[ChatRef, WalletId] = field(default_factory=dict)
    """The groups that use the wallet of another group."""
    wallets_made: int = 0
    members: dict[WalletId, dict[PersonId, datetime]] = field(default_factory=dict)
    booked: dict[str, Booked] = field(default_factory=dict)
    once_keys: dict[str, OnceKey] = field(default_factory=dict)
    notes: dict[str, tuple[str, datetime | None]] = field(default_factory=dict)
    due: dict[str, Task] = field(default_factory=dict)
    notices: dict[str, datetime] = field(default_factory=dict)
    """When each notice was made, by its key."""
    deliveries: dict[int, StoredDelivery] = field(default_factory=dict)
    deliveries_made: int = 0
    senders: dict[str, tuple[str, Lease]] = field(default_factory=dict)
    subscriptions: dict[tuple[str, str], Subscription] = field(default_factory=dict)
    promotions: dict[PromotionId, Promotion] = field(default_factory=dict)
    claims: dict[PromotionId, dict[PersonId, Claim]] = field(default_factory=dict)
    announcements: dict[str, Announcement] = field(default_factory=dict)
    series: dict[int, Series] = field(default_factory=dict)
    actions: dict[str, AuditRecord] = field(default_factory=dict)
    actions_made: int = 0
    inbox: dict[tuple[str, int], tuple[KeptUpdate, bool]] = field(default_factory=dict)
    """Updates by platform and number, and whether each is finished."""
    erasures: list[Erasure] = field(default_factory=list)
    witnesses: list[Witness] = field(default_factory=list)
