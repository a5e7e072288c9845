"""The reference store's whole journal, held as it stood at one moment."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from core.verification import EntryRow, JournalSnapshot, Totals

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Mapping

    from core.ledger.model import Entry, OnceKey
    from storage.memory.book import Book


class MemoryJournalReader:
    """A copy of the lists; what they hold never changes. `first` has, for each key, where its change began."""

    def __init__(
        self, books: Iterable[Book], marks: Iterable[OnceKey], first: Mapping[str, int], given: Mapping[str, int]
    ) -> None:
        self._marks = sorted(marks, key=lambda mark: mark.name)
        self._first, self._given = dict(first), dict(given)
        self._books = [replace(book, entries=list(book.entries), lots=dict(book.lots)) for book in books]

    async def snapshots(self) -> AsyncIterator[JournalSnapshot]:
        """Each wallet in order of id."""
        for book in sorted(self._books, key=lambda book: book.id):
            marks = tuple(mark for mark in self._marks if mark.wallet == book.id)
            yield JournalSnapshot(book.head(book.lots.values())._replace(once_keys=marks), self._rows(book.entries))

    async def totals(self) -> Totals:
        """Count what is there."""
        entries = [entry for book in self._books for entry in book.entries]
        keys = Counter(entry.key for entry in entries)
        return Totals(
            wallets=len(self._books),
            entries=len(entries),
            postings=sum(len(entry.postings) for entry in entries),
            lots=sum(len(book.lots) for book in self._books),
            once_keys=len(self._marks),
            doubled_key=next((key for key, times in keys.items() if times > 1), None),
            given=self._given,
        )

    async def flaw(self) -> str | None:
        """Nothing: what is held in memory has no pages, and no guards."""
        return None

    async def _rows(self, entries: Iterable[Entry]) -> AsyncIterator[EntryRow]:
        for entry in entries:
            kept = {name: getattr(entry, name) for name in EntryRow._fields if name != "first"}
            yield EntryRow(**kept, first=self._first[entry.key])
