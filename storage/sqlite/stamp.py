"""Tells whether a write-ahead log belongs to the database file beside it. SQLite applies whatever log lies there.

Somebody may copy a backup over the file and leave the log of newer books, which a crash kept from being moved into the
file. So the file carries a stamp, and its log another one that names it. Both are the number `PRAGMA user_version` on
the first page, so that they are copied and committed with the books:

- Before a checkpoint, a new stamp is committed. It holds a hash of the stamp that the file has until then.
- After it, when the file has the new stamp, the log gets its cover: the same number with the lowest bit set. A backup
  made by SQLite sees the newest commit and so carries the cover, which the file beside its log does not.
- A backup made by SQLite also has another number for its schema than its source (`PRAGMA schema_version`): 1, or one
  more. A change of the schema that is still in the log counts up from the file's.
"""

from __future__ import annotations

import secrets
import sqlite3
from contextlib import closing, suppress
from hashlib import blake2b
from pathlib import Path
from typing import Final, NamedTuple

from storage.errors import StorageError

COVERED: Final = 1
LINK_BITS: Final = 16
NONCE_BITS: Final = 15
OF_A_BACKUP: Final = 1
SIGN: Final = 1 << 31
STAMP: Final = "PRAGMA user_version"


class Stamp(NamedTuple):
    """The stamp of a database (0: it has none), and the number that SQLite counts up with each change of the schema."""

    number: int
    schema: int

    @property
    def base(self) -> int:
        """The stamp without its cover."""
        return self.number & ~COVERED

    @property
    def covered(self) -> bool:
        """Whether it is a cover, which only the log has."""
        return bool(self.number & COVERED)

    @property
    def hash(self) -> int:
        """What the stamp that comes after it holds of it."""
        return int.from_bytes(blake2b(self.base.to_bytes(4, "big"), digest_size=LINK_BITS // 8).digest(), "big")

    @property
    def link(self) -> int:
        """The hash of the stamp before it."""
        return self.number >> 1 & (1 << LINK_BITS) - 1


def belongs(file: Stamp, both: Stamp) -> bool:
    """Whether a log belongs to a file, by the stamp of the file alone and by that of file and log together.

    They are the same if another program has moved the log into the file.
    """
    if not both.number:
        return True  # an earlier version wrote it, without stamps
    if file.number == both.number and both.covered:
        return file.schema == both.schema
    if file.schema != both.schema and not OF_A_BACKUP < file.schema < both.schema:
        return False
    if file.base == both.base:
        return both.covered or not file.covered
    return not both.covered and both.link == file.hash


def log_of(file: Path) -> Path | None:
    """The write-ahead log beside a database file, if it has content."""
    real = file.resolve()
    log = real.with_name(f"{real.name}-wal")
    return log if log.exists() and log.stat().st_size else None


def check_log(file: Path) -> None:
    """Raise `StorageError` if a log with content lies beside a database file to which it does not belong.

    Nobody else may use the file meanwhile.
    """
    real, log = file.resolve(), log_of(file)
    if log is None:
        return
    if not real.exists() or not real.stat().st_size:
        raise StorageError(
            f"{log} holds the newest books of a database that is not there; put its file {file.name} back, "
            f"or move {log.name} away to begin anew"
        )
    try:
        unfit = not belongs(_stamp_of(real, "immutable=1"), _stamp_of(real, "mode=ro"))
    except sqlite3.Error:
        return  # whoever opens the file will report it
    if unfit:
        raise StorageError(
            f"{log} does not belong to {file}: it was left by other books, and would overwrite parts of these. If you "
            f"have put a backup there, move {log.name} and {real.name}-shm to another folder and start again; if not, "
            f"put back the {file.name} that was there before. Nothing was changed"
        )


def _stamp_of(file: Path, how: str) -> Stamp:
    """The stamp of a database. With "immutable=1" the log is left out, and with "mode=ro" nothing is moved out of it.

    The file is never opened past SQLite: closing it again would release the locks of every connection in this process.
    """
    with closing(sqlite3.connect(f"{file.as_uri()}?{how}", uri=True, isolation_level=None)) as connection:
        return _newest(connection)


def _newest(connection: sqlite3.Connection) -> Stamp:
    number, schema = (connection.execute(sql).fetchone()[0] for sql in (STAMP, "PRAGMA schema_version"))
    return Stamp(number % (2 * SIGN), schema)


def _in_file(connection: sqlite3.Connection) -> Stamp:
    """The stamp of the file that a connection has open, without its log."""
    file = connection.execute("PRAGMA database_list").fetchone()[2]
    return _stamp_of(Path(file), "immutable=1")


def next_stamp(connection: sqlite3.Connection) -> str:
    """The statement that sets a new stamp, which a checkpoint or a migration is to bring into the file.

    A new stamp that waits for its checkpoint already stays as it is: the log names the file that it was begun on.
    """
    newest, file = _newest(connection), _in_file(connection)
    if newest.covered or newest.base == file.base:
        nonce = 1 + secrets.randbelow((1 << NONCE_BITS) - 1)
        return _set((nonce << LINK_BITS | file.hash) << 1)
    return _set(newest.number)


def begin_checkpoint(connection: sqlite3.Connection) -> None:
    """Commit a new stamp. If that fails, the checkpoint is right without it."""
    with suppress(sqlite3.Error):
        connection.execute(next_stamp(connection))


def end_checkpoint(connection: sqlite3.Connection) -> None:
    """Commit the cover of the new stamp to the log, if the checkpoint has brought the stamp into the file."""
    with suppress(sqlite3.Error):
        newest = _newest(connection)
        if not newest.covered and newest == _in_file(connection):
            connection.execute(_set(newest.number | COVERED))


def _set(number: int) -> str:
    return f"{STAMP} = {number - 2 * SIGN if number & SIGN else number}"
