"""Keeps a copy of a database file before it is migrated."""

from __future__ import annotations

import glob
import logging
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from storage.errors import StorageError
from storage.schema import HEAD
from storage.sqlite.engine import connect

if TYPE_CHECKING:
    from pathlib import Path

log = logging.getLogger(__name__)


def delete_copies(file: Path) -> None:
    """Delete the copies from before migrations: somebody was forgotten whose words are in them."""
    real = file.resolve()
    for copy in real.parent.glob(f"{glob.escape(real.name)}.before-*"):
        try:
            copy.unlink(missing_ok=True)
        except OSError:
            log.exception("a copy of the database holds words of somebody who was forgotten; delete it: %s", copy)
        else:
            log.info("deleted the copy of the database from before a migration: %s", copy)


def copy_before_migration(file: Path) -> None:
    """Copy a database file to one beside it, named after the schema that it will have; an earlier one is replaced.

    `StorageError` says why that is not possible. Then the file must not be migrated.
    """
    real = file.resolve()
    copy = real.with_name(f"{real.name}.before-{HEAD}")
    unfinished = copy.with_name(f"{copy.name}.unfinished")
    try:
        unfinished.unlink(missing_ok=True)
        unfinished.touch(mode=0o600)
        with closing(connect(real)) as source, closing(connect(unfinished)) as target:
            source.backup(target)
        unfinished.replace(copy)
    except (OSError, sqlite3.Error) as error:
        for name in (unfinished.name, f"{unfinished.name}-journal", f"{unfinished.name}-wal"):
            real.with_name(name).unlink(missing_ok=True)
        raise StorageError(
            f"{file} was not migrated, because no copy of it could be kept as {copy.name} ({error}); "
            "make room in its folder and start again. Nothing was changed"
        ) from error
    log.info("kept a copy of the database before its migration: %s", copy)
