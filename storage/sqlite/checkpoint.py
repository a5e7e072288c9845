"""Moves commits from the write-ahead log into the database file, without holding up the writer."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from threading import Event, Thread
from typing import Final

from storage.sqlite.stamp import begin_checkpoint, end_checkpoint

PAGES_BETWEEN: Final = 8000
PAGES_OF_A_COMMIT: Final = 6
ROWS_ON_A_PAGE: Final = 4


class Checkpointer:
    """A thread with its own connection moves most pages. The writer moves those that were added meanwhile.

    Only a log that was moved completely is written from its start again, and a log that does not grow is faster: the
    system need not write a new file length with each commit.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._pages = 0
        self._due = Event()
        self._closed = self._moved = self._wiping = False
        self._thread = Thread(target=self._run, name="checkpoint", daemon=True)
        self._thread.start()

    def written(self, rows: int, writer: sqlite3.Connection) -> None:
        """Called by the writer after each commit, with the rows that it changed."""
        if rows:
            self._pages += PAGES_OF_A_COMMIT + rows // ROWS_ON_A_PAGE
        if self._wiping:
            self._wiping = not wiped_now(writer)
        if self._moved:
            self._moved = False
            _checkpoint(writer)
            end_checkpoint(writer)
        elif self._pages >= PAGES_BETWEEN:
            self._pages = 0
            begin_checkpoint(writer)
            self._due.set()

    @property
    def is_wiped(self) -> bool:
        """Whether the log holds nothing of what was there when `wipe` was called."""
        return not self._wiping

    def wipe(self) -> None:
        """Empty the log after the next commit. If somebody still reads an older state, later commits try again."""
        self._wiping = True

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


def checkpoint_now(writer: sqlite3.Connection) -> None:
    """Move all commits at once, so that the file is stamped. Nothing is left in the log, unless somebody reads."""
    if not wiped_now(writer):
        _checkpoint(writer)
        end_checkpoint(writer)


def wiped_now(writer: sqlite3.Connection) -> bool:
    """Move all commits at once and empty the log; False if somebody still reads an older state. Nobody waits for it."""
    begin_checkpoint(writer)
    busy: int = True
    (patience,) = writer.execute("PRAGMA busy_timeout").fetchone()
    with suppress(sqlite3.Error):
        writer.execute("PRAGMA busy_timeout = 0")
        busy, _, _ = writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    writer.execute(f"PRAGMA busy_timeout = {patience}")
    end_checkpoint(writer)
    return not busy


def _checkpoint(connection: sqlite3.Connection) -> None:
    """Checkpoint, and ignore errors: all commits are on disk already, and a later checkpoint moves them."""
    with suppress(sqlite3.Error):
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
