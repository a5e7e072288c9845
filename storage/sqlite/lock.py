"""Lets one process at a time open a database file: two writers would block each other for seconds."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from storage.errors import DatabaseBusyError, StorageError
from storage.sqlite.stamp import check_log, log_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _try_lock(handle: int) -> None:
        os.lseek(handle, 1 << 20, os.SEEK_SET)  # past the process id, which stays readable
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _try_lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


class FileLock:
    """A lock on a file beside the database. The system releases it when the process ends."""

    def __init__(self, file: Path) -> None:
        """Take the lock. `DatabaseBusyError` names the process that has it."""
        real = file.resolve()  # one lock for all names of the file
        path = real.with_name(f"{real.name}.lock")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            self._handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise StorageError(f"the folder {file.parent} cannot be written to: {error.strerror}") from error
        try:
            _try_lock(self._handle)
        except OSError as error:
            holder = os.pread(self._handle, 20, 0).decode(errors="replace").strip() if hasattr(os, "pread") else ""
            os.close(self._handle)
            raise DatabaseBusyError(
                f"{file} is in use by another process{f' ({holder})' if holder else ''}; "
                "only one process at a time can use the file, so stop that one first"
            ) from error
        os.ftruncate(self._handle, 0)
        os.write(self._handle, f"{os.getpid()}\n".encode())

    def release(self) -> None:
        """Give the lock back."""
        os.close(self._handle)


def check_place(file: Path) -> None:
    """Raise `StorageError` if a database cannot be created or written there. Creates nothing."""
    folder = next(parent for parent in file.parents if parent.exists())
    if not (folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)):
        raise StorageError(f"the folder {file.parent} cannot be written to")
    if file.exists() and not os.access(file, os.R_OK | os.W_OK):
        raise StorageError(f"{file} cannot be written to")


def check_log_if_free(file: Path) -> None:
    """Raise `StorageError` if a database lies beside the log of other books, which whoever has the lock has checked."""
    if log_of(file) is None:
        return
    try:
        lock = FileLock(file)
    except StorageError:
        return
    try:
        check_log(file)
    finally:
        lock.release()


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Hold the lock for the length of a block. The file must not lie beside the log of other books."""
    lock = FileLock(file)
    try:
        check_log(file)
        yield
    finally:
        lock.release()
