"""The two who become one, with all that is known of their books, and who of them stands for both."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from core.ledger.model import Source, source_of
from core.ledger.past.pools import beside_of
from core.ledger.past.standing import Standing
from core.ledger.queries import available
from core.ledger.sightings import standing
from core.links.model import BooksState
from core.links.preview import Side

if TYPE_CHECKING:
    from datetime import datetime

    from core.ledger.ports import Record
    from core.shared.ids import PersonId
    from core.wallets.people import Wallet


class Party(NamedTuple):
    """One of two who become one: the person, all whom they are already, and their wallet with its books, if any."""

    person: PersonId
    persons: tuple[PersonId, ...]
    wallet: Wallet | None = None
    record: Record | None = None

    @property
    def books(self) -> Record | None:
        """The books, if anything was ever booked or imported there."""
        record = self.record
        return record if record is not None and (record.entries or record.batches) else None

    @property
    def of_two_accounts(self) -> bool:
        """Whether the books hold two accounts already."""
        return self.books is not None and beside_of(self.books.batches) is not None

    @property
    def is_unused(self) -> bool:
        """Whether nothing stands in the books but a welcome."""
        record = self.record
        if record is None:
            return True
        facts = Standing(record.entries).facts.values()
        return not standing(record.batches) and all(source_of(one.counterpart) is Source.WELCOME for one in facts)

    def side(self, now: datetime) -> Side:
        """What is shown of it."""
        if self.record is None:
            return Side(self.person)
        head, entries = self.record.head, self.record.entries
        since = min((entry.when for entry in entries), default=None)
        return Side(self.person, head.wallet, available(head.lots, now), head.entries, since)


class Parties(NamedTuple):
    """Two who become one: who stands for both, and the other one."""

    kept: Party
    merged: Party


def in_order(one: Party, other: Party) -> Parties:
    """Whoever opened their wallet earlier stands for both, if anything is booked there; books of two accounts stay."""
    return Parties(*sorted((one, other), key=_seniority))


def _seniority(party: Party) -> tuple[bool, bool, bool, int, int]:
    """With books of two accounts comes first, with books, then with a wallet, then by age."""
    return (
        not party.of_two_accounts,
        party.books is None,
        party.wallet is None,
        party.wallet.id if party.wallet else 0,
        party.person,
    )


def state_of(record: Record) -> BooksState:
    """The state of a wallet's books."""
    return BooksState(record.head.entries, len(record.batches), record.head.balance)
