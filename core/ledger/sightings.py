"""What imports saw: rows of Upwork's pages, and the entries that they are.

A row's identity is kept apart from the entries, because one row may be seen many times: as text that has only a day,
later in a saved page that has its second, its job and its number, and again after it was undone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date, datetime

    from core.shared.ids import PersonId, WalletId


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
    """An import, or the undo of one (`of` is its number then, and it has no sightings).

    `number` counts from 1 within the wallet, `key` is that of its change. It covers the days from `first` to `last`
    (None: an undo). `balance` is what the page showed as the balance of that moment (None: it showed none). `seal`
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


def undone(batches: tuple[Batch, ...]) -> frozenset[int]:
    """The numbers of the imports that were undone."""
    return frozenset(batch.of for batch in batches if batch.of is not None)


def standing(batches: tuple[Batch, ...]) -> tuple[Batch, ...]:
    """The imports that were not undone, oldest first."""
    gone = undone(batches)
    return tuple(batch for batch in batches if batch.of is None and batch.number not in gone)
