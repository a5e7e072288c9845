"""The reference store's whole journal, as it was at one moment."""

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
    """Implements `core.verification.JournalReader` over copies. `first`: where the change of a key begins."""

    def __init__(
        self, books: Iterable[Book], once_keys: Iterable[OnceKey], first: Mapping[str, int], given: Mapping[str, int]
    ) -> None:
        self._once_keys = sorted(once_keys, key=lambda key: key.name)
        self._first, self._given = dict(first), dict(given)
        self._books = [replace(book, entries=list(book.entries), lots=dict(book.lots)) for book in books]

    async def snapshots(self) -> AsyncIterator[JournalSnapshot]:
        for book in sorted(self._books, key=lambda book: book.id):
            taken = tuple(key for key in self._once_keys if key.wallet == book.id)
            yield JournalSnapshot(book.head(book.lots.values())._replace(once_keys=taken), self._rows(book.entries))

    async def totals(self) -> Totals:
        entries = [entry for book in self._books for entry in book.entries]
        keys = Counter(entry.key for entry in entries)
        return Totals(
            wallets=len(self._books),
            entries=len(entries),
            postings=sum(len(entry.postings) for entry in entries),
            lots=sum(len(book.lots) for book in self._books),
            once_keys=len(self._once_keys),
            doubled_key=next((key for key, times in keys.items() if times > 1), None),
            given=self._given,
        )

    async def flaw(self) -> str | None:
        """Nothing: memory has neither pages nor guards that could be damaged."""
        return None

    async def _rows(self, entries: Iterable[Entry]) -> AsyncIterator[EntryRow]:
        for entry in entries:
            fields = {name: getattr(entry, name) for name in EntryRow._fields if name != "first"}
            yield EntryRow(**fields, first=self._first[entry.key])
