"""The two who become one, with all that is known of their books, and who of them stands for both."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from core.ledger.queries import available
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
    """Whoever opened their wallet earlier stands for both, if anything is booked there."""
    return Parties(*sorted((one, other), key=_seniority))


def _seniority(party: Party) -> tuple[bool, bool, int, int]:
    """With books comes first, then with a wallet, then by age."""
    return party.books is None, party.wallet is None, party.wallet.id if party.wallet else 0, party.person


def state_of(record: Record) -> BooksState:
    """The state of a wallet's books."""
    return BooksState(record.head.entries, len(record.batches), record.head.balance)
