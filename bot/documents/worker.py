"""`python -m bot.documents.worker FOLDER`: a process that writes. Its parent hands over books and gets documents."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Any

from bot.documents.model import together
from bot.processes import worker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.documents.model import BookData, Document, DocumentOrder

    Write = Callable[[DocumentOrder, BookData, worker.Progress], Document]


def main() -> None:
    """Write documents."""
    serve(_writing)


def _writing() -> Write:
    from bot.documents.writing import write

    return write


def serve(writing: Callable[[], Write]) -> None:
    """Write what the parent orders, by what `writing` imports."""

    def load() -> worker.Work:
        write = writing()

        def work(parts: Iterator[Any], progress: worker.Progress) -> tuple[bytes, ...]:
            order, books = _ordered(parts)
            gc.disable()
            try:
                return _answer(write(order, books, progress))
            finally:
                gc.enable()

        return work

    worker.serve(load)


def _ordered(parts: Iterator[Any]) -> tuple[DocumentOrder, BookData]:
    """An order, its lots, and the books, as `WorkerPublisher` hands them over.

    They are millions of objects, and none of them is garbage. Python would look through them again and again, which
    takes longer than to read them. So its collector rests while they arrive, and while they are written.
    """
    gc.disable()
    try:
        order, lots = next(parts), []
        while piece := next(parts):
            lots += piece
        return order._replace(lots=tuple(lots)), together(parts)
    finally:
        gc.enable()


def _answer(document: Document) -> tuple[bytes, ...]:
    return document.suffix.encode(), str(document.rows).encode(), document.content, document.data


if __name__ == "__main__":
    main()
