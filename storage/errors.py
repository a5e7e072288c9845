"""What can go wrong with a store as a whole. The text of each error is a sentence for whoever runs the program."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class StorageError(Exception):
    """A store cannot be used; its text says why and what to do."""


class UnsupportedUrlError(StorageError):
    """The address of the database names something that this program cannot open."""


class DatabaseNewerError(StorageError):
    """The database was written by a newer version of this program, which this one must not touch."""


class DatabaseBusyError(StorageError):
    """Another process keeps the books in this database already."""


class StoreClosedError(StorageError):
    """Something was asked of a store that was closed."""


class UnfitChangeError(StorageError, ValueError):
    """A decision wants something written that the ledger cannot hold: a fault in a rule, never in a wish."""


class Retry(Enum):
    """When it makes sense to try again what a database would not do."""

    NEVER = "never"
    AT_ONCE = "at once"
    LATER = "later"


class Diagnosis(NamedTuple):
    """What became of an attempt: what the caller is told (None: nothing is wrong), and when to try again."""

    error: Exception | None
    retry: Retry = Retry.NEVER
