"""What proposals need from a store: the cards that were derived, and what it takes to derive some of them again."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from core.ledger.ports import LedgerStore
from core.wallets.ports import PeopleStore

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from core.ledger.model import Entry
    from core.ledger.sightings import Batch
    from core.proposals.card_groups import CardGroup
    from core.proposals.listing import Tally, Wanted
    from core.proposals.model import Proposal
    from core.proposals.refs import Ref
    from core.shared.ids import WalletId


VERSION: Final = 4
"""The version of the rules by which cards are derived. Whoever changes these rules counts it up.

Cards that were derived by another version are derived again.
"""


MARK_BITS: Final = 30


class Mark(NamedTuple):
    """Up to which entry and import the cards of a wallet were derived, and by which version of the rules."""

    entries: int
    imports: int
    version: int


def passing_mark() -> Mark:
    """A mark that no cards have, and none had: as if another version had derived them.

    Whoever derived cards from what was there before it was set cannot store them any more.
    """
    return Mark(0, 0, -1 - secrets.randbits(MARK_BITS))


class Age(NamedTuple):
    """How old the cards of a wallet are: what they were derived from (None: there are none), and what there is now."""

    mark: Mark | None
    entries: int
    imports: int

    @property
    def now(self) -> Mark:
        """The mark of cards that are derived from all that there is."""
        return Mark(self.entries, self.imports, VERSION)

    @property
    def current(self) -> bool:
        """Whether the cards are up to date."""
        return self.mark == self.now


class NewFacts(NamedTuple):
    """What was booked after a mark: entries, and imports without their rows."""

    entries: tuple[Entry, ...]
    batches: tuple[Batch, ...]


class Cluster(NamedTuple):
    """Entries and lines of which some may belong together, and the proposals that they make. No others belong to these.

    `keys` are digests of the jobs and titles that they have in common. Each of `refs` has the `ref` of its proposal
    (empty: it is of none, or it is not clear of which). `id` follows from the keys and from what there is.
    """

    id: int
    keys: frozenset[int]
    refs: Mapping[Ref, str]
    proposals: tuple[Proposal, ...]


class Touched(NamedTuple):
    """What new facts are about: keys by their digests, entries and lines, and imports with all of their lines."""

    keys: frozenset[int]
    refs: frozenset[Ref]
    batches: frozenset[int]


class Known(NamedTuple):
    """The stored clusters (by their ids) that something touches, and all that concerns these.

    `unknown_lots` are all lots of the wallet of which nobody has said what they cost.
    """

    clusters: frozenset[int]
    entries: tuple[Entry, ...]
    batches: tuple[Batch, ...]
    unknown_lots: frozenset[int]


class Renewal(NamedTuple):
    """Clusters that were derived again, which brings the cards from the mark `seen` (None: none) to the mark `now`.

    They take the place of some stored ones, by their ids (None: of all).
    """

    seen: Mark | None
    now: Mark
    gone: frozenset[int] | None
    clusters: Sequence[Cluster]


class ProposalCards(Protocol):
    """The derived cards of all wallets. They can be derived again at any time, so losing them does no harm."""

    async def age(self, wallet: WalletId) -> Age:
        """How old the cards of a wallet are."""
        ...

    async def new_facts(self, wallet: WalletId, mark: Mark, now: Age) -> NewFacts:
        """What was booked between a mark and `now`."""
        ...

    async def known(self, wallet: WalletId, touched: Touched, mark: Mark, limit: int) -> Known | None:
        """The stored clusters that are touched, and what was booked up to the mark that concerns them.

        That is each of their entries, with what refers to it; the imports that saw one of these, or that have one of
        their lines, with no other sightings; all histories; and the undos of these. None: they have more than `limit`
        entries and lines.
        """
        ...

    async def clusters(self, wallet: WalletId) -> tuple[Cluster, ...]:
        """All stored clusters."""
        ...

    async def renew(self, wallet: WalletId, renewal: Renewal) -> bool:
        """Replace stored clusters by others; False if the cards are not those that were seen."""
        ...

    async def page(self, wallet: WalletId, wanted: Wanted, skip: int, limit: int) -> tuple[Proposal, ...]:
        """The proposals that are wanted, newest first, without the first `skip`."""
        ...

    async def by_ref(self, wallet: WalletId, after: Ref, limit: int) -> tuple[Proposal, ...]:
        """Every proposal in the order of what it is named after: those behind `after`, which is (0, 0) first."""
        ...

    async def tally(self, wallet: WalletId, wanted: Wanted, recent: datetime) -> tuple[Tally, ...]:
        """How many of the proposals that are wanted have which traits, those sent from `recent` on apart."""
        ...

    async def groups(self, wallet: WalletId, edges: Sequence[datetime]) -> tuple[CardGroup, ...]:
        """What was sent in each span between two edges, in no order, invitations included.

        Edges are in order; the first of two is included in their span. Cards of a span that are alike are one, and
        their `sent` is the edge with which the span begins.
        """
        ...

    async def named(self, wallet: WalletId, refs: Collection[Ref]) -> Mapping[Ref, Proposal]:
        """The proposals of these entries and lines. What is of none is left out."""
        ...


class ProposalStore(LedgerStore, PeopleStore, Protocol):
    """What the service needs from a store."""

    @property
    def proposals(self) -> ProposalCards:
        """The derived cards."""
        ...
