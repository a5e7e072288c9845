"""The processes that write: how many there are, what goes over, and what becomes of a document if one ends."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from typing import TYPE_CHECKING, Final

import pytest
from structlog.testing import capture_logs

from bot.documents.publisher import NotWrittenError
from bot.documents.worker_publisher import LARGE, WorkerPublisher
from bot.processes.errors import BusyError, NoAnswerError
from bot.processes.process import Program, WorkerProcess
from core.shared.refusals import Outage, UnavailableError
from tests.bot.documents.scribe import MODULE, SMALL, books, order, pieces
from tests.bot.processes import held, in_it, let_go
from tests.bot.test_process import ROOT, surroundings

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator
    from pathlib import Path

    from bot.documents.model import BookData, Document

pytestmark = pytest.mark.usefixtures("folders")
BIG: Final = LARGE + 1
KILLED: Final = """
import asyncio
from bot.documents.worker_publisher import WorkerPublisher
from tests.bot.documents.scribe import MODULE, order, pieces
asyncio.run(WorkerPublisher(MODULE).write(order("hang {}"), pieces, print))
"""


@pytest.fixture
async def publisher() -> AsyncGenerator[WorkerPublisher]:
    made = WorkerPublisher(MODULE)
    yield made
    await made.close()


async def one_piece() -> AsyncIterator[BookData]:
    yield books(1)


def unheard(_done: float) -> None:
    pass


def process_of(document: Document) -> int:
    return int(document.content.split()[-1])


def started(publisher: WorkerPublisher, title: str, up_to: int = SMALL) -> asyncio.Task[Document]:
    return asyncio.create_task(publisher.write(order(title, up_to), one_piece, unheard))


async def test_books_go_over_in_slices_and_how_much_is_written_comes_back(publisher: WorkerPublisher) -> None:
    told: list[float] = []
    assert publisher.pids == (None, None), "there is none before the first document"
    with capture_logs() as logs:
        document = await publisher.write(order("Ann's books"), pieces, told.append)
    assert document.content.startswith(b"Ann's books: 1200 lots, 1200 entries, 700 rows, 3 proposals, 1 names")
    assert (document.suffix, document.rows) == (".csv", 1200)
    assert told == [0.5]
    assert [line["event"] for line in logs] == ["written"]
    assert "Ann" not in repr(logs)
    assert process_of(await started(publisher, "next")) == process_of(document)


class TestTwoProcesses:
    async def test_a_small_document_does_not_wait_behind_a_large_one(
        self, publisher: WorkerPublisher, pipe: Path
    ) -> None:
        large = started(publisher, f"hang {pipe}", BIG)
        opened = await held(pipe)
        other = started(publisher, "large too", BIG)
        small = await started(publisher, "small")
        assert process_of(small) == publisher.pids[0]
        assert not other.done()
        large.cancel()
        await let_go(opened)
        assert process_of(await other) != process_of(small)
        await asyncio.sleep(0)
        assert publisher.pids == (process_of(small), None), "that for large ones ends with the document"

    async def test_only_so_many_wait(self, pipe: Path) -> None:
        publisher = WorkerPublisher(MODULE, most=1)
        writing = started(publisher, f"hang {pipe}")
        opened = await held(pipe)
        with pytest.raises(BusyError):
            await started(publisher, "second")
        writing.cancel()
        await let_go(opened)
        await publisher.close()


class TestEnding:
    async def test_it_ends_in_the_middle_of_a_document_when_the_bot_is_killed(self, pipe: Path, folders: Path) -> None:
        bot = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", KILLED.format(pipe)), cwd=ROOT, env=surroundings(TMPDIR=str(folders)),
            stdout=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        opened = await held(pipe)
        bot.kill()
        await let_go(opened)
        await bot.wait()
        assert in_it(folders) == ["pipe"]

    async def test_who_cancels_while_the_books_are_read_ends_it_at_once(
        self, publisher: WorkerPublisher, folders: Path
    ) -> None:
        reading = asyncio.Event()

        async def stuck() -> AsyncIterator[BookData]:
            yield books(1)
            reading.set()
            await asyncio.Event().wait()

        writing = asyncio.create_task(publisher.write(order("hers"), stuck, unheard))
        await reading.wait()
        writing.cancel()
        with pytest.raises(asyncio.CancelledError):
            await writing
        await publisher.close()
        assert in_it(folders) == []


class TestFaults:
    async def test_the_books_are_read_again_if_the_process_ends_meanwhile(self, publisher: WorkerPublisher) -> None:
        reads: list[int | None] = []

        async def dying() -> AsyncIterator[BookData]:
            reads.append(publisher.pids[0])
            yield books(1)
            if len(reads) == 1:
                os.kill(reads[0] or 0, signal.SIGKILL)
            for number in range(2, SMALL + 1):
                yield books(1, first=number)

        with capture_logs() as logs:
            document = await publisher.write(order("hers"), dying, unheard)
        assert document.rows == SMALL
        assert [line["event"] for line in logs] == ["process ended", "written"]
        assert len(set(reads)) == 2

    async def test_it_is_given_up_if_that_one_ends_too(self, publisher: WorkerPublisher) -> None:
        with capture_logs() as logs, pytest.raises(NotWrittenError) as failed:
            await started(publisher, "die")
        assert [line.get("again") for line in logs] == [True, False, None]
        assert logs[-1]["id"] == failed.value.number

    async def test_an_error_has_an_id_and_its_text_stays_unknown(self, publisher: WorkerPublisher) -> None:
        before = process_of(await started(publisher, "before"))
        with capture_logs() as logs, pytest.raises(NotWrittenError) as failed:
            await started(publisher, "fail Ann's books")
        assert [line["id"] for line in logs] == [failed.value.number] * 2
        assert logs[-1]["where"].startswith("ValueError in scribe.py:")
        assert "Ann" not in repr(logs)
        assert process_of(await started(publisher, "after")) == before

    async def test_books_that_cannot_be_read_are_the_fault_of_the_store(self, publisher: WorkerPublisher) -> None:
        async def unreadable() -> AsyncIterator[BookData]:
            yield books(1)
            raise UnavailableError(Outage.LOST)

        with pytest.raises(UnavailableError):
            await publisher.write(order("hers"), unreadable, unheard)
        assert publisher.pids == (None, None), "half an order is never answered"

    async def test_what_is_no_document_is_not_handed_out(self, publisher: WorkerPublisher) -> None:
        with pytest.raises(NotWrittenError):
            await started(publisher, "odd")

    async def test_a_document_without_progress_is_given_up(self, pipe: Path) -> None:
        publisher = WorkerPublisher(MODULE, silence=0)
        with pytest.raises(NotWrittenError):
            await started(publisher, f"hang {pipe}")
        assert publisher.pids == (None, None)
        await publisher.close()

    async def test_an_answer_that_is_too_long_is_not_read(self) -> None:
        process = await WorkerProcess.start(Program("tests.bot.documents.boaster", "connects-writing", 10, 60))
        with pytest.raises(NoAnswerError):
            await process.ask(nothing(), unheard)
        process.kill()
        await process.end()


async def nothing() -> AsyncIterator[bytes]:
    for part in list[bytes]():
        yield part
