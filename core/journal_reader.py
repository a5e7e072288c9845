"""The port by which the whole journal is read: what is stored of each wallet, unchecked, for verification to prove."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping, Sequence
    from datetime import datetime

    from core.ledger.erased.witness import Erasure, Witness
    from core.ledger.model import Account, Entry, Posting, Snapshot
    from core.ledger.sightings import Batch, Sighting
    from core.shared.ids import PersonId, WalletId


class EntryRow(NamedTuple):
    """An entry as stored, unchecked; `first` is the number of the first entry of the same change."""

    wallet: int
    number: int
    at: datetime
    kind: str
    postings: tuple[Posting, ...]
    balance: int
    key: str
    body: str
    by: int | None
    memo: str
    job: str
    of: int | None
    seal: str
    first: int
    happened: datetime | None
    salt: str
    digest: str


class JournalSnapshot(NamedTuple):
    """Everything stored about one wallet, unchecked; the entries come in the order of their numbers.

    `owner` is the person to whom it belongs (None: it is a group's). `batches` are its imports in the order of their
    numbers, without their sightings of rows; these come with the number of their import, in the order of imports and
    lines. `witnesses` prove those of its entries and imports whose words were erased.
    """

    head: Snapshot
    entries: AsyncIterator[EntryRow]
    owner: PersonId | None
    batches: tuple[Batch, ...]
    sightings: AsyncIterator[tuple[int, Sighting]]
    witnesses: tuple[Witness, ...] = ()


class Grant(NamedTuple):
    """Connects that an entry brought from a promotion's account to a person."""

    account: Account
    person: PersonId | None
    wallet: WalletId
    number: int
    connects: int


class LinkTrace(NamedTuple):
    """What a link left in the books of a wallet: the import that lists what it took over, or the entry that closed it.

    `closing`: it is the latter. `number` is that of the import or the entry.
    """

    wallet: WalletId
    number: int
    closing: bool


class Totals(NamedTuple):
    """The number of rows in each table of the ledger, and a key that is used more than once (None: there is none).

    `given` is what each promotion is stored as having given, by its account.
    """

    wallets: int
    entries: int
    postings: int
    lots: int
    once_keys: int
    imports: int
    sightings: int
    proposal_sightings: int
    doubled_key: str | None
    given: Mapping[str, int]
    witnesses: int = 0


class JournalReader(Protocol):
    """The whole journal, wallet by wallet, read from one consistent state."""

    def snapshots(self) -> AsyncIterator[JournalSnapshot]:
        """Each wallet in the order of ids: its row with all its lots and once-keys, and its entries."""
        ...

    async def totals(self) -> Totals:
        """Count the rows of whole tables, so that a row that belongs to no wallet is found."""
        ...

    async def flaw_in_proposals(self, head: Snapshot, entries: Sequence[Entry]) -> str | None:
        """The first fault in the stored cards of a wallet whose entries were walked, without rows of other wallets.

        None: there is none, or the cards are not up to date, so that they will be derived again.
        """
        ...

    async def erasures(self) -> tuple[Erasure, ...]:
        """Every forgetting, in the order of their numbers."""
        ...

    async def flaw_in_promotions(self, grants: Sequence[Grant]) -> str | None:
        """What does not fit in the promotions and their claims, by the grants that the journal has (None: all fits)."""
        ...

    async def link_seals(self) -> tuple[str, ...]:
        """The seals of all links, in the order of their numbers."""
        ...

    async def flaw_in_links(self, traces: Sequence[LinkTrace]) -> str | None:
        """What does not fit in the links, by all that they left in the journal (None: all fits)."""
        ...

    async def flaw(self) -> str | None:
        """The database's own checks: damaged pages, broken constraints, missing triggers (None: all is well)."""
        ...
