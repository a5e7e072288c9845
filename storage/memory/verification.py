"""The reference store's whole journal, as it was at one moment."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from core.journal_reader import EntryRow, JournalSnapshot, Totals
from core.ledger.model import supply_of
from core.ledger.ports import Record
from core.links.proof import StoredLinks
from core.links.proof import first_fault as first_fault_in_links
from core.promotions.proof import StoredPromotion, first_fault
from core.proposals.ports import Age

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Sequence

    from core.journal_reader import Grant, LinkTrace
    from core.ledger.erased.witness import Erasure
    from core.ledger.model import Entry, Snapshot
    from core.ledger.sightings import Batch, Sighting
    from core.promotions.model import Claim
    from core.shared.ids import PersonId, WalletId
    from storage.memory.book import Book
    from storage.memory.tables import Tables


class MemoryJournalReader:
    """Implements `core.journal_reader.JournalReader` over copies."""

    def __init__(self, tables: Tables) -> None:
        self._once_keys = sorted(tables.once_keys.values(), key=lambda key: key.name)
        self._first = {key: booked.first for key, booked in tables.booked.items()}
        self._books = [
            replace(book, entries=list(book.entries), lots=dict(book.lots), batches=list(book.batches))
            for book in tables.books.values()
        ]
        self._witnesses, self._erasures = tuple(tables.witnesses), tuple(tables.erasures)
        self._given = {str(supply_of(one.id)): one.given for one in tables.promotions.values() if one.given}
        self._promotions = [
            StoredPromotion(
                promotion,
                promotion.terms.supply,
                tuple((claim, _owner_of(claim, tables)) for claim in tables.claims[number].values()),
            )
            for number, promotion in tables.promotions.items()
        ]
        self._links = _stored_links(tables)

    async def snapshots(self) -> AsyncIterator[JournalSnapshot]:
        for book in sorted(self._books, key=lambda book: book.id):
            taken = tuple(key for key in self._once_keys if key.wallet == book.id)
            head, owner = book.head(book.lots.values())._replace(once_keys=taken), _person(book)
            heads = tuple(batch._replace(sightings=()) for batch in book.batches)
            rows, sightings = self._rows(book.entries), self._sightings(book.batches)
            witnesses = tuple(one for one in self._witnesses if one.wallet == book.id)
            yield JournalSnapshot(head, rows, owner, heads, sightings, witnesses)

    async def totals(self) -> Totals:
        entries = [entry for book in self._books for entry in book.entries]
        keys = Counter(entry.key for entry in entries)
        return Totals(
            wallets=len(self._books),
            entries=len(entries),
            postings=sum(len(entry.postings) for entry in entries),
            lots=sum(len(book.lots) for book in self._books),
            once_keys=len(self._once_keys),
            imports=sum(len(book.batches) for book in self._books),
            sightings=sum(len(batch.sightings) for book in self._books for batch in book.batches),
            proposal_sightings=sum(len(batch.proposals) for book in self._books for batch in book.batches),
            doubled_key=next((key for key, times in keys.items() if times > 1), None),
            given=self._given,
            witnesses=len(self._witnesses),
        )

    async def flaw_in_proposals(self, head: Snapshot, entries: Sequence[Entry]) -> str | None:
        book = next(book for book in self._books if book.id == head.wallet)
        if not Age(book.cards.mark, len(entries), len(book.batches)).current:
            return None
        from core.proposals.proof import flaw_in_cards

        return flaw_in_cards(book.cards.clusters.values(), Record(head, tuple(entries), tuple(book.batches)))

    async def erasures(self) -> tuple[Erasure, ...]:
        return self._erasures

    async def flaw_in_promotions(self, grants: Sequence[Grant]) -> str | None:
        return first_fault(self._promotions, grants)

    async def link_seals(self) -> tuple[str, ...]:
        return tuple(link.erased or link.seal for link in self._links.links)

    async def flaw_in_links(self, traces: Sequence[LinkTrace]) -> str | None:
        return first_fault_in_links(self._links, traces, self._record)

    async def flaw(self) -> str | None:
        """Nothing: memory has neither pages nor guards that could be damaged."""
        return None

    def _record(self, wallet: WalletId) -> Record:
        book = next(book for book in self._books if book.id == wallet)
        return Record(book.head(()), tuple(book.entries), tuple(book.batches))

    async def _sightings(self, batches: Iterable[Batch]) -> AsyncIterator[tuple[int, Sighting]]:
        for batch in batches:
            for sighting in batch.sightings:
                yield batch.number, sighting

    async def _rows(self, entries: Iterable[Entry]) -> AsyncIterator[EntryRow]:
        for entry in entries:
            fields = {name: getattr(entry, name) for name in EntryRow._fields if name != "first"}
            yield EntryRow(**fields, first=self._first[entry.key])


def _stored_links(tables: Tables) -> StoredLinks:
    owners = {book.id: owner for book in tables.books.values() if (owner := _person(book)) is not None}
    return StoredLinks(
        tuple(link for _, link in sorted(tables.links.items())),
        dict(tables.into),
        owners,
        frozenset(book.id for book in tables.books.values() if book.closed),
        frozenset(number for number, person in tables.persons.items() if not person.name),
    )


def _owner_of(claim: Claim, tables: Tables) -> PersonId | None:
    """The person to whom the wallet of a claim belongs: the claimant, if they are the same."""
    owner, into = _person(tables.books[claim.wallet]), tables.into
    same = owner is not None and into.get(owner, owner) == into.get(claim.person, claim.person)
    return claim.person if same else owner


def _person(book: Book) -> PersonId | None:
    """The person to whom a wallet belongs (None: it is a group's)."""
    return book.owner if isinstance(book.owner, int) else None
