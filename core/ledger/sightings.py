"""What imports saw: rows of Upwork's pages, and the entries that they are; and what became of proposals.

A row's identity is kept apart from the entries, because one row may be seen many times: as text that has only a day,
later in a saved page that has its second, its job and its number, and again after it was undone.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from datetime import date, datetime

    from core.shared.ids import PersonId, WalletId
    from core.shared.money import Price


UNLINKED: Final = re.compile(r":unlink:[0-9]+$")
"""How the keys end of the changes by which a link is undone."""


class BatchKind(StrEnum):
    """What came in: a page of Upwork's, or something that somebody said which moves no Connects."""

    HISTORY = "history"
    """The Connects History."""
    PROPOSALS = "proposals"
    """My proposals."""
    TRANSACTIONS = "transactions"
    """The CSV file of Upwork's transactions. Its sightings are fee rows: the purchase that each of them paid for."""
    TOLD = "told"
    """What somebody said of one proposal, with a button or in words."""
    PINNED = "pinned"
    """Somebody confirmed that the balance was Upwork's."""
    LIFTED = "lifted"
    """The pin that the import `lifts` set, by itself or in passing, no longer counts. Nothing else of it is undone."""
    LINKED = "linked"
    """The books of another wallet of the same account were taken over. Its sightings are all facts of that wallet, each
    with the entry that it is here; `row_id` is its number there, as WALLET:NUMBER. What has a moment (`at`), and was
    booked with the link, counts at that moment."""
    BESIDE = "beside"
    """The same of a wallet that stands for another account: all of its facts were booked here, beside the others."""


LISTS: Final = frozenset({BatchKind.LINKED, BatchKind.BESIDE})
"""The kinds by which links list what they took over. What these book was booked under other keys of the same link."""
MOVED: Final = "link:"
"""What the accounts begin with to which a closed wallet's Connects go: link:WALLET, by the wallet that has them now."""


class ProposalState(StrEnum):
    """What is known of a proposal: a stage that it reached, or how it ended."""

    INVITED = "invited"
    """The client asked first. An invitation is no proposal until it is accepted, and costs nothing."""
    SENT = "sent"
    VIEWED = "viewed"
    REPLIED = "replied"
    INTERVIEW = "interview"
    OFFERED = "offered"
    HIRED = "hired"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    """The freelancer took it back, or declined the invitation."""
    CLOSED = "closed"
    """The client closed the job, or Upwork removed it. Its Connects come back."""
    EXPIRED = "expired"
    """The job expired. Its Connects do not come back."""
    ARCHIVED = "archived"
    """It is over, and nothing says why."""


class Boosted(StrEnum):
    """What the page says of a proposal's boost."""

    NO = "no"
    YES = "yes"
    OUTBID = "outbid"


class ProposalSighting(NamedTuple):
    """What an import saw of a proposal, or what somebody said of one.

    `line` counts from 1 within the import. `day` is that on which the page says that the proposal was sent or received
    (None: it does not). Where somebody has said which proposal it is, `number` is an entry of it or, if it has none,
    `seen` another sighting of it, as (import, line). If both are None, `core.proposals` finds it by its ids, or by its
    title and day. `proposal` is Upwork's id of it, 19 digits, which is not that of the `job`. `profile` is the profile
    that it was sent from. `worth` is what a hire is worth. `afresh`: what was known of it until then no longer counts,
    because it was wrong. `tags` are all that somebody gives it, and replace those of before (None: says nothing of
    them). The texts (title, profile and tags) are sealed by their `digest` only.
    """

    line: int
    state: ProposalState
    day: date | None = None
    title: str = ""
    number: int | None = None
    seen: tuple[int, int] | None = None
    proposal: str = ""
    job: str = ""
    profile: str = ""
    boosted: Boosted | None = None
    viewed: bool = False
    worth: Price | None = None
    afresh: bool = False
    salt: str = ""
    digest: str = ""
    seal: str = ""
    tags: tuple[str, ...] | None = None

    @property
    def only_tags(self) -> bool:
        """Whether this gives tags, and says nothing else: neither its state nor a day counts then."""
        return self.tags is not None


class Sighting(NamedTuple):
    """A row that an import saw, and the number of the entry that it is.

    `line` counts from 1 within the import. `booked`: this import booked the entry; otherwise it recognised one that was
    there. `day` is the page's, which is a day in UTC. `connects` are added (+) or spent (-). What a page did not say is
    empty: `job`, `row_id` (Upwork's id of the row) and `at` (its second). `member` is None if the page names no
    members, and empty if it says that there was none. `seal` covers it all, but the texts (wording, title and member)
    only by their `digest`, which was made with the `salt`: so they can be erased, together with the salt.
    """

    line: int
    number: int
    booked: bool
    day: date
    wording: str
    connects: int
    title: str = ""
    job: str = ""
    member: str | None = None
    row_id: str = ""
    at: datetime | None = None
    salt: str = ""
    digest: str = ""
    seal: str = ""


class Batch(NamedTuple):
    """An import, or the undo of one (`of` is its number then, and it has no sightings; it is of the same kind).

    `number` counts from 1 within the wallet, `key` is that of its change. A history covers the days from `first` to
    `last` (None: an undo); of other kinds `last` is the day, in UTC, as of which they hold (None: it is that of `at`).
    `balance` is what the page showed, or somebody confirmed, as the balance of that moment (None: nothing). `seal`
    chains it to the batch before it and covers its sightings. `salt` is the secret of the change until the batch is
    sealed (`core.ledger.seal.sealed_batch`): each sighting's own salt is derived from it. It is stored nowhere.
    """

    wallet: WalletId
    number: int
    at: datetime
    key: str
    by: PersonId | None = None
    first: date | None = None
    last: date | None = None
    balance: int | None = None
    of: int | None = None
    sightings: tuple[Sighting, ...] = ()
    salt: str = ""
    seal: str = ""
    kind: BatchKind = BatchKind.HISTORY
    lifts: int | None = None
    proposals: tuple[ProposalSighting, ...] = ()


def of_kind(batches: tuple[Batch, ...], kind: BatchKind) -> tuple[Batch, ...]:
    """The imports of a kind, and the undos of such, oldest first."""
    return tuple(batch for batch in batches if batch.kind is kind)


def undone(batches: tuple[Batch, ...]) -> frozenset[int]:
    """The numbers of the imports that were undone."""
    return frozenset(batch.of for batch in batches if batch.of is not None)


def without_parted(batches: tuple[Batch, ...]) -> tuple[Batch, ...]:
    """The imports but for those that were taken back with a link: what they saw was never seen here, not even once."""
    parted = {batch.of for batch in batches if batch.of is not None and UNLINKED.search(batch.key)}
    return tuple(batch for batch in batches if batch.number not in parted)


def taken_over(batches: tuple[Batch, ...]) -> frozenset[int]:
    """The entries that standing links booked, because the books that they closed had them."""
    there = standing(batches, BatchKind.LINKED, BatchKind.BESIDE)
    return frozenset(line.number for batch in there for line in batch.sightings if line.booked)


def standing(batches: tuple[Batch, ...], *kinds: BatchKind) -> tuple[Batch, ...]:
    """The imports of these kinds (none: of all) that were not undone, oldest first."""
    gone = undone(batches)
    return tuple(
        batch
        for batch in batches
        if batch.of is None and batch.number not in gone and (not kinds or batch.kind in kinds)
    )


def link_of(key: str) -> str:
    """The beginning that the keys of all changes of a link have in common."""
    return key.rpartition(":")[0]


def came_with_link(batches: tuple[Batch, ...], key: str) -> bool:
    """Whether the change with this key is one of those that a standing link booked."""
    return link_of(key) in {link_of(one.key) for one in standing(batches, *LISTS)}
