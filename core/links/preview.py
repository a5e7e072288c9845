"""What a link would do, as it is shown before anybody confirms it, and what its service answers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from core.ledger.model import Entry
    from core.ledger.sightings import Batch
    from core.links.model import Accounts, Link
    from core.shared.ids import PersonId, WalletId


class BalanceChoice(StrEnum):
    """Whose balance is the true one, if both wallets stand for the same account."""

    KEPT = "kept"
    MERGED = "merged"
    TOGETHER = "together"
    """What all that is known from both gives."""


@dataclass(frozen=True, slots=True)
class LinkAnswers:
    """What somebody answered about a link of the same account (None: not asked yet, or not answered).

    balance: the balance that is true, one of those that were offered, or a figure of their own.
    same: whether what is doubtful in both books is one fact each (True), or two; one answer stands for all of it.
    """

    balance: BalanceChoice | int | None = None
    same: bool | None = None


UNANSWERED = LinkAnswers()
"""Nothing was answered yet."""


class Side(NamedTuple):
    """One of the two persons, with the state of their books. `wallet` is None if they have none."""

    person: PersonId
    wallet: WalletId | None = None
    balance: int = 0
    entries: int = 0
    since: datetime | None = None
    """When the first of what is booked happened (None: nothing is)."""


class Doubtful(NamedTuple):
    """An entry of the merged books that may be one of these in the kept books, or another fact."""

    entry: Entry
    candidates: tuple[Entry, ...]


class LinkPreview(NamedTuple):
    """What a link would do. Exactly that is written under this `stamp`, if nothing has changed meanwhile.

    `accounts` is None if it must be asked first whether both wallets stand for the same account; nothing else is
    planned then. `same` counts the facts that are in both books already. `taken` are the entries of the merged books
    that the kept books get, `dropped` those that they do not, such as a second welcome, if they still gave anything.
    `doubtful` must be answered if there is any. `balances` are what can be chosen from (empty: nothing has to be
    chosen). `after` is the balance in the end (None: it is still to be chosen), and `difference` by how much it is more
    than all that is known gives.
    `derived` are Connects that must have been there so that all could be spent, and `recosted` counts the earlier
    spends whose cost changes. `ready`: no question is open. `stamp` identifies all that is shown.
    """

    kept: Side
    merged: Side
    accounts: Accounts | None
    stamp: str
    same: int = 0
    taken: tuple[Entry, ...] = ()
    dropped: tuple[Entry, ...] = ()
    doubtful: tuple[Doubtful, ...] = ()
    balances: Mapping[BalanceChoice, int] = {}
    after: int | None = None
    difference: int = 0
    derived: int = 0
    recosted: int = 0
    ready: bool = False


class Linked(NamedTuple):
    """A link that was written, and the balance of the kept wallet now (None: there are no books)."""

    link: Link
    balance: int | None
    replayed: bool = False


class OnTop(NamedTuple):
    """What was booked on top of a link, so that it cannot be undone before: all of it in the kept books, oldest first.

    `links` are later ones, which have to be undone first.
    """

    entries: tuple[Entry, ...] = ()
    imports: tuple[Batch, ...] = ()
    links: tuple[Link, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether the link can be undone."""
        return not (self.entries or self.imports or self.links)


class Parted(NamedTuple):
    """The balances of both wallets if a link is undone (None: that person has no books)."""

    kept: int | None
    merged: int | None


class Unlinked(NamedTuple):
    """A link that was undone, and the balances of both wallets now (None: that person has no books)."""

    link: Link
    kept: int | None
    merged: int | None
    replayed: bool = False
