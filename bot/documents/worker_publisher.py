"""Writes documents in processes of their own, which are started on demand and ended when none is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.base.errors import noted
from bot.documents.publisher import NotWrittenError

if TYPE_CHECKING:
    from bot.documents.model import Document, DocumentOrder
    from bot.documents.publisher import Pieces, Progress


class WorkerPublisher:
    """Writes each document in a process; see `Publisher`."""

    async def write(self, order: DocumentOrder, pieces: Pieces, progress: Progress) -> Document:  # noqa: ARG002 - to come
        """Write a document."""
        raise NotWrittenError(noted(NotImplementedError(), "documents"))

    async def close(self) -> None:
        """End the processes."""
