"""Moves what was committed from the write-ahead log into the database file, beside the writer and out of its way."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from threading import Event, Thread
from typing import Final

PAGES_BETWEEN: Final = 4000
PAGES_AT_MOST: Final = 16_000
PAGES_OF_A_COMMIT: Final = 8


class Checkpointer:
    """A thread with a connection of its own. Only where it cannot keep up does the writer wait for a checkpoint."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._pages = 0
        self._due = Event()
        self._closed = self._behind = False
        self._thread = Thread(target=self._run, name="checkpoint", daemon=True)
        self._thread.start()

    def written(self, rows: int, writer: sqlite3.Connection) -> None:
        """Told by the writer after each commit, roughly how much it wrote."""
        if rows:
            self._pages += PAGES_OF_A_COMMIT + rows // 16
        if self._behind:
            self._behind = False
            with suppress(sqlite3.OperationalError):
                writer.execute("PRAGMA wal_checkpoint(RESTART)")
        if self._pages >= PAGES_BETWEEN:
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
            with suppress(sqlite3.OperationalError):  # busy: the next one will do
                _, logged, moved = self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
                self._behind = logged > PAGES_AT_MOST and moved < logged
