"""The nouns of links: what becomes one, the plan that is written whole or not at all, and what is kept of it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime

    from core.delivery.notice import Subscription
    from core.ledger.model import Change, Snapshot
    from core.promotions.merging import MergedClaim
    from core.shared.ids import LinkId, PersonId, WalletId
    from core.wallets.settings import Settings


class Accounts(StrEnum):
    """Whether two wallets stand for the same account on Upwork."""

    SAME = "same"
    """For the same: what matches is one fact, and one balance is true."""
    TWO = "two"
    """For two: everything of both is kept side by side, and the balance is the sum."""
    ALONE = "alone"
    """At most one of the two persons had books, so nothing has to be put together."""


class BooksState(NamedTuple):
    """The state of a wallet's books: how many entries and imports it has, and its balance in Connects."""

    entries: int
    imports: int
    balance: int


class LinkedBooks(NamedTuple):
    """What a link did to the books of one wallet: their state before it and after it."""

    wallet: WalletId
    before: BooksState
    after: BooksState


class LinkedSettings(NamedTuple):
    """Settings as a link found and left them. An undo puts `before` back where `after` still stands."""

    wallet: WalletId
    before: Settings
    after: Settings


class LinkedSubscriptions(NamedTuple):
    """The subscriptions of both persons' private chats as a link found them, and the one that it left."""

    before: tuple[Subscription, ...]
    after: Subscription


class Link(NamedTuple):
    """A link, standing or undone.

    `kept` is the person who stands for both since then, `merged` the one who is that person now; `persons` are all
    whom it concerned: `merged`, and those for whom `merged` stood until then. `books` are those of `kept`; `closed` are
    those of `merged`, in which nothing is booked as long as the link stands (None: there was none). `key` is that
    of the action that confirmed it: the changes of the kept books are booked under `KEY:link:1`, `KEY:link:2` and so
    on, the last of which seals the list of what was taken over (`BatchKind.LINKED` or `BESIDE`); the closing under
    `KEY:close`. `settings`, `subscribed` (None: at most one of them had subscribed) and `claims` are what an undo puts
    back. `seal` covers all of it (`core.links.seal.sealed_link`); the store sets it whenever it writes the row.
    `erased` is the seal that it had before somebody in it was forgotten (empty: nobody was).
    """

    id: LinkId
    at: datetime
    key: str
    accounts: Accounts
    kept: PersonId
    merged: PersonId
    persons: tuple[PersonId, ...]
    books: LinkedBooks | None = None
    closed: LinkedBooks | None = None
    settings: tuple[LinkedSettings, ...] = ()
    subscribed: LinkedSubscriptions | None = None
    claims: tuple[MergedClaim, ...] = ()
    undone: datetime | None = None
    seal: str = ""
    erased: str = ""


class Step(NamedTuple):
    """A change of a plan, with the key under which it is booked and the snapshot on which it was decided."""

    key: str
    before: Snapshot
    change: Change


class LinkPlan(NamedTuple):
    """What linking would write. Its `link` has no number yet (0).

    The steps follow each other: those of the kept wallet, then the closing of the other.
    """

    link: Link
    steps: tuple[Step, ...] = ()


class UnlinkPlan(NamedTuple):
    """What undoing a link would write: the steps of the kept wallet, then the opening of the closed one.

    `settings` are put back where they still stand as the link left them.
    """

    link: Link
    at: datetime
    key: str
    steps: tuple[Step, ...] = ()
    settings: tuple[LinkedSettings, ...] = ()
