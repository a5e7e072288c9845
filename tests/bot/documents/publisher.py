"""A publisher without a process: a document comes at once, or when the test says so."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.documents.model import together
from bot.documents.writing import write

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.documents.model import BookData, Document, DocumentOrder
    from bot.documents.publisher import Pieces, Progress


class InProcessPublisher:
    """Writes every document as the real process would, and keeps the orders with their books.

    error: is raised instead. document: is given instead. reading_done: the books of an order have been read.
    `tell`, after `hold`, says how much of the latest order is done.
    """

    def __init__(self) -> None:
        self.orders: list[DocumentOrder] = []
        self.books: list[BookData] = []
        self.error: Exception | None = None
        self.document: Document | None = None
        self.tell: Progress = _nobody
        self.reading_done = asyncio.Event()
        self._open, self._reading = asyncio.Event(), asyncio.Event()
        self.release()

    async def write(self, order: DocumentOrder, pieces: Pieces, progress: Progress) -> Document:
        self.orders.append(order)
        self.tell = progress
        books = together([piece async for piece in self._read(pieces)])
        self.books.append(books)
        self.reading_done.set()
        if not self._open.is_set():
            await self._open.wait()
        if self.error is not None:
            raise self.error
        return self.document or write(order, books, progress)

    async def _read(self, pieces: Pieces) -> AsyncIterator[BookData]:
        async for piece in pieces():
            await self._reading.wait()
            yield piece

    def hold(self) -> None:
        """Let documents take until `release`."""
        self._open.clear()

    def hold_reading(self) -> None:
        """Let reading take until `release`."""
        self._reading.clear()

    def release(self) -> None:
        self._open.set()
        self._reading.set()


def _nobody(_done: float) -> None:
    pass
