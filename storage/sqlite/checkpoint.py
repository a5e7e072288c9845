"""Moves what was committed from the write-ahead log into the database file, beside the writer and out of its way."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from threading import Event, Thread
from typing import Final

PAGES_BETWEEN: Final = 8000
PAGES_OF_A_COMMIT: Final = 6
ROWS_ON_A_PAGE: Final = 4


class Checkpointer:
    """A thread with a connection of its own moves most of it; the writer moves what was added meanwhile.

    Only a log that was moved to its end is written from its start again. A log that does not grow is the faster one:
    the system has no new length of the file to bring to the disk with each commit.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._pages = 0
        self._due = Event()
        self._closed = self._moved = False
        self._thread = Thread(target=self._run, name="checkpoint", daemon=True)
        self._thread.start()

    def written(self, rows: int, writer: sqlite3.Connection) -> None:
        """Told by the writer after each commit, roughly how much it wrote."""
        if rows:
            self._pages += PAGES_OF_A_COMMIT + rows // ROWS_ON_A_PAGE
        if self._moved:
            self._moved = False
            _checkpoint(writer)
        elif self._pages >= PAGES_BETWEEN:
            self._pages = 0
            self._due.set()

    def close(self) -> None:
        """End the thread."""
        self._closed = True
        self._due.set()
        self._thread.join()
        self._connection.close()

    def _run(self) -> None:
        while self._due.wait() and not self._closed:
            self._due.clear()
            _checkpoint(self._connection)
            self._moved = True


def _checkpoint(connection: sqlite3.Connection) -> None:
    """What was committed is on the disk already: whatever fails here, the next one will do, or the next start."""
    with suppress(sqlite3.Error):
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
