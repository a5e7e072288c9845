"""Writes documents in processes of their own, which are started on demand and ended when none is wanted.

The books go over piece by piece, no faster than they are taken, so that they are never in the bot's memory as a whole.
"""

from __future__ import annotations

import pickle
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING, Final, TypeVar

import structlog

from bot.base.errors import noted
from bot.documents.model import BookData, Document, Subject
from bot.documents.publisher import NotWrittenError
from bot.processes.errors import EndedError, NoAnswerError, WorkError
from bot.processes.on_demand import IDLE, MOST_WAITING, ProcessOnDemand
from bot.processes.process import Program

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Sequence

    from bot.documents.model import DocumentOrder
    from bot.documents.publisher import Pieces, Progress

T = TypeVar("T")
log = structlog.get_logger()
WORKER: Final = "bot.documents.worker"
SILENCE: Final = 60.0
"""Seconds that may pass without progress before a document is given up. There is no other limit in time."""
PATIENCE: Final = 5
"""How many times as long a large document may be silent: it is sorted before its first row is written."""
MOST_BYTES: Final = 200_000_000
"""The length of the largest document that is read."""
LARGE: Final = 10_000
"""With more entries than this, books make a large document."""
SLICE: Final = 500
"""How many entries, or the like, are pickled at a time: some milliseconds, in which nobody is answered."""


class WorkerPublisher:
    """Writes one document after another, in the order in which they were asked for, and large ones beside small ones.

    So there are two processes at most, and nobody waits behind a large document but for another large one. Its process
    ends with it, because its memory is large too.
    """

    def __init__(
        self, worker: str = WORKER, *, idle: float = IDLE, silence: float = SILENCE, most: int = MOST_WAITING
    ) -> None:
        """Write in processes that run the module `worker`. Nothing is started before the first document."""
        program = Program(worker, "connects-writing", MOST_BYTES, silence)
        self._small = ProcessOnDemand(program, idle=idle, most=most)
        self._large = ProcessOnDemand(program._replace(silence=PATIENCE * silence), idle=0, most=most)

    @property
    def pids(self) -> tuple[int | None, int | None]:
        """The ids of the process that writes small documents and of that for large ones (None: there is none now)."""
        return self._small.pid, self._large.pid

    async def write(self, order: DocumentOrder, pieces: Pieces, progress: Progress) -> Document:
        """Write a document of all pieces; see `Publisher`."""
        process = self._large if _large(order) else self._small
        async with process.turn():
            began = perf_counter()
            try:
                document = await process.ask(partial(_parts, order, pieces), _document, progress)
            except WorkError as error:
                number = noted(error, "documents")
                log.error("writing failed", id=number, where=str(error))  # noqa: TRY400 - its trace is in the process
                raise NotWrittenError(number) from error
            except (EndedError, NoAnswerError, OSError) as error:  # others come from reading the books
                raise NotWrittenError(noted(error, "documents")) from error
        took = round((perf_counter() - began) * 1000, 1)
        log.info(
            "written", subject=order.subject.value, form=order.form.value, rows=document.rows,
            bytes=len(document.content), ms=took,
        )  # fmt: skip
        return document

    async def close(self) -> None:
        """End the processes; a later document would start another one."""
        await self._small.close()
        await self._large.close()


def _large(order: DocumentOrder) -> bool:
    return order.up_to > LARGE and order.subject is not Subject.DATES


async def _parts(order: DocumentOrder, pieces: Pieces) -> AsyncIterator[bytes]:
    """What is sent: the order, its lots in slices, an empty slice that ends them, and the books in slices."""
    yield pickle.dumps(order._replace(lots=()))
    for lots in _slices(order.lots):
        yield pickle.dumps(lots)
    yield pickle.dumps(())
    async for piece in pieces():
        for part in _sliced(piece):
            yield pickle.dumps(part)


def _sliced(piece: BookData) -> Iterator[BookData]:
    if piece.names:
        yield BookData(names=piece.names)
    yield from (BookData(entries=some) for some in _slices(piece.entries))
    yield from (BookData(sightings=some) for some in _slices(piece.sightings))
    yield from (BookData(proposals=some) for some in _slices(piece.proposals))
    yield from (BookData(payments=some) for some in _slices(piece.payments))
    if piece.disclosed:
        yield BookData(disclosed=piece.disclosed)


def _slices(items: Sequence[T]) -> Iterator[Sequence[T]]:
    return (items[start : start + SLICE] for start in range(0, len(items), SLICE))


def _document(parts: Sequence[bytes]) -> Document:
    """The document that came back."""
    try:
        suffix, rows, content, data = parts
        return Document(suffix.decode(), content, int(rows), data)
    except ValueError as error:
        raise NoAnswerError from error
