"""The port by which documents are written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine
    from typing import Any

    from bot.documents.model import BookData, Document, DocumentOrder

    Pieces = Callable[[], AsyncIterator[BookData]]
    """Begins to read the books, once for each try to write them."""
    Progress = Callable[[float], None]
    """Is told how much is written, from 0 to 1. Whoever gives the pieces knows how much is read."""


class NotWrittenError(Exception):
    """A document could not be written. `number` is the fault's id in the log."""

    def __init__(self, number: str) -> None:
        """Carry the id."""
        super().__init__(number)
        self.number = number


class Publisher(Protocol):
    """Writes documents."""

    def write(self, order: DocumentOrder, pieces: Pieces, progress: Progress) -> Coroutine[Any, Any, Document]:
        """Write a document of all pieces. Whoever no longer wants it cancels the wait.

        Raises BusyError if too many wait already, and NotWrittenError.
        """
        ...
