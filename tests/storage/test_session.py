from __future__ import annotations

from threading import current_thread
from typing import TYPE_CHECKING

import pytest

from core.shared.refusals import Outage, UnavailableError
from storage.sql.session import Aggregate, Connections, reads, writes
from storage.sql.store import SqlStore
from storage.sqlite.checkpoint import Checkpointer
from storage.sqlite.engine import READING, TO_TEXT, SqliteEngine, connect, connect_writer, meaning_of

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path

    from storage.sql.session import Session

CHANGES = "UPDATE sender SET epoch = epoch"


class Probe(Aggregate):
    """Returns the name of the thread that runs an operation. A change needs the connection that writes."""

    @reads
    def read(self, session: Session, *, change: bool = False) -> str:
        """Read, or try to write."""
        return self.run(session, change=change)

    @writes()
    def write(self, session: Session, *, change: bool = False) -> str:
        """Write."""
        return self.run(session, change=change)

    def run(self, session: Session, *, change: bool) -> str:
        """Do what both operations do."""
        if change:
            session.run(CHANGES)
        return current_thread().name


@pytest.fixture
async def probe(file: Path) -> AsyncGenerator[Probe]:
    writing, reading = connect_writer(file), connect(file, *READING, read_only=True)
    connections, checkpointer = Connections(reading, writing, TO_TEXT, meaning_of), Checkpointer(connect(file))
    connections.start(SqliteEngine(writing, checkpointer, SqlStore(connections)))
    yield Probe(connections)
    await connections.close()
    checkpointer.close()
    for connection in (reading, writing):
        connection.close()


async def test_an_operation_runs_on_the_thread_of_its_connection(probe: Probe) -> None:
    assert (await probe.read(), await probe.write(change=True)) == ("reader", "writer")


async def test_a_reading_operation_cannot_write(probe: Probe) -> None:
    with pytest.raises(UnavailableError) as refused:
        await probe.read(change=True)
    assert refused.value.why is Outage.READ_ONLY


def test_an_operation_keeps_its_name_and_its_docstring() -> None:
    assert (Probe.write.__name__, Probe.write.__doc__) == ("write", "Write.")
