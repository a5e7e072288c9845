"""What is kept of a person and no other port tells: the port by which it is read, and its nouns."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from core.inbox import InboxStore
from core.incomes.ports import IncomeStore
from core.promotions.ports import PromotionStore

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from core.announcements.model import Announcement, Series
    from core.audit_log import AuditLog
    from core.delivery.state import State
    from core.ledger.model import Entry
    from core.promotions.model import Claim
    from core.shared.ids import PersonId, WalletId


class KeptNote(NamedTuple):
    """A small text that outlives a restart, and until when it is kept (None: for good)."""

    name: str
    text: str
    until: datetime | None


class KeptPerson(NamedTuple):
    """A person as they were last seen themselves, whoever stands for them now.

    `used` is the account that they used last, if they have several (empty: they have one).
    """

    number: PersonId
    name: str
    used: str


class KeptMessage(NamedTuple):
    """A notice to a private chat: what it says, when it was made, and how far it got by `changed`."""

    platform: str
    chat: str
    code: str
    facts: Mapping[str, str | int]
    made: datetime
    state: State
    changed: datetime


class PersonalData(Protocol):
    """Reads what is kept of somebody. Each page is read alone, so that nobody waits for all of it."""

    async def person(self, person: PersonId) -> KeptPerson | None:
        """A person under their own name; None if there is none."""
        ...

    async def groups_since(self, person: PersonId) -> Mapping[WalletId, datetime]:
        """The wallets of groups in which a person has written, and since when."""
        ...

    async def announced_by(self, person: PersonId) -> tuple[Announcement, ...]:
        """The announcements that a person made, oldest first: drafts as well, but not those of a series."""
        ...

    async def series_by(self, person: PersonId) -> tuple[Series, ...]:
        """The recurring announcements that a person made, oldest first: drafts as well."""
        ...

    async def notes(self, after: str, limit: int) -> tuple[KeptNote, ...]:
        """Small texts by their names: those behind `after`, which is empty first. Also those that have expired."""
        ...

    async def count_by(self, wallet: WalletId, person: PersonId) -> int:
        """How many entries of a wallet a person booked."""
        ...

    async def booked_by(self, wallet: WalletId, person: PersonId, before: int, limit: int) -> tuple[Entry, ...]:
        """The entries of a wallet that a person booked: those numbered below `before`, newest first."""
        ...

    async def claims_of(self, person: PersonId) -> tuple[Claim, ...]:
        """A person's claims on promotions, in the order of these."""
        ...

    async def messages_to(self, chats: Sequence[tuple[str, str]]) -> tuple[KeptMessage, ...]:
        """The notices to private chats, by platform and address, oldest first. Ended ones are kept for a while."""
        ...


class DisclosureStore(IncomeStore, InboxStore, PromotionStore, Protocol):
    """What a disclosure needs from a store."""

    @property
    def audit_log(self) -> AuditLog:
        """What operators and admins did."""
        ...

    @property
    def personal_data(self) -> PersonalData:
        """What is kept of somebody, and no other port tells."""
        ...
