"""Reads the books in pieces for the process that writes a document. No piece holds up the chat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from bot.documents.model import BookData, Form, Subject
from bot.reply.parts import say
from bot.reply.words import voice
from core.statements.sightings import SightingReader

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence

    from bot.command.declaration import Call
    from bot.views.statements.query import DocumentQuery
    from core.books import Books
    from core.ledger.model import Entry
    from core.shared.ids import PersonId, WalletId

T = TypeVar("T")
ENTRIES: Final = 250
"""How many entries are read at a time: some milliseconds, in which nobody is answered."""
PROPOSALS: Final = 100
ALMOST: Final = 0.99
"""How much is read while only imports and proposals are left, of which nobody knows how many there are."""
WITH_PROPOSALS: Final = frozenset({(Subject.ENTRIES, Form.EXCEL), (Subject.REPORT, Form.PAGE)})
"""The documents that list proposals."""
WITHOUT_BOOKS: Final = frozenset({Subject.DATES})


async def at_one_moment(books: Books, wallet: WalletId, read: Callable[[], Awaitable[T]]) -> tuple[int, T]:
    """The newest entry of a wallet, and what is read of its books with it.

    If anything is booked meanwhile, all is read again: lots, sums and entries of two moments would not add up.
    """
    newest, found = await books.newest(wallet), await read()
    while newest != (newest := await books.newest(wallet)):
        found = await read()
    return newest, found


class Gathering:
    """Reads the books up to an entry, and knows how much of them it has read."""

    def __init__(self, call: Call, query: DocumentQuery, up_to: int, *, named: bool) -> None:
        """Read the books of the call's wallet, as far as the document needs them; `named`: with who booked what."""
        self._call, self._query, self._up_to, self._named = call, query, up_to, named
        self._read, self._ended = 0, False

    @classmethod
    async def of(cls, call: Call, query: DocumentQuery, up_to: int) -> Gathering:
        """Read the books of the call's wallet. Those of a group have the names of its people."""
        group = await call.store.people.group_of(call.open_wallet.id)
        return cls(call, query, up_to, named=group is not None)

    @property
    def share(self) -> float:
        """How much is read, from 0 to 1, which it is as soon as nothing is left to read."""
        return 1.0 if self._ended else min(self._read / max(self._up_to, 1), ALMOST)

    async def pieces(self) -> AsyncIterator[BookData]:
        """The books from the newest entry back to the first, then what imports saw, and proposals."""
        self._read, self._ended = 0, False
        if self._query.subject not in WITHOUT_BOOKS:
            async for piece in self._pieces():
                yield piece
        self._ended = True

    async def _names(self, entries: Sequence[Entry]) -> Mapping[PersonId, str]:
        """Who booked entries. Whoever has no name any more is someone."""
        call, someone = self._call, voice(self._call.locale, self._call.zone).say(say("someone"))
        nameless = {entry.by: someone for entry in entries if entry.by is not None}
        return {**nameless, **await call.books.authors(entries)}

    async def _pieces(self) -> AsyncIterator[BookData]:
        call, wallet = self._call, self._call.open_wallet.id
        sightings = SightingReader(wallet, await call.store.ledger.batches(wallet))
        before = self._up_to + 1
        while before > 1 and (entries := await call.books.history(wallet, before, ENTRIES)):
            sightings.note(entries)
            yield BookData(entries=entries, names=await self._names(entries) if self._named else {})
            before = entries[-1].number
            self._read = self._up_to + 1 - before
        if self._query.subject is not Subject.STATEMENT or self._named:
            async for rows in sightings.pages(call.store.ledger):
                yield BookData(sightings=rows)
        if self._query.subject is not Subject.STATEMENT:
            async for rows in sightings.payments(call.store.ledger):
                yield BookData(payments=rows)
        if (self._query.subject, self._query.form) in WITH_PROPOSALS:
            async for proposals in call.proposals.pages(wallet, PROPOSALS):
                yield BookData(proposals=proposals)
