"""What can go wrong with a store as a whole. The text of each error is a sentence for the operator."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class StorageError(Exception):
    """A store cannot be used. Its text says why, and what to do."""


class UnsupportedUrlError(StorageError):
    """The address of the database is not of a kind that this program can open."""


class DatabaseNewerError(StorageError):
    """The database was written by a newer version of this program, so this one must not change it."""


class DatabaseBusyError(StorageError):
    """Another process already uses this database."""


class StoreClosedError(StorageError):
    """An operation was called on a store that is closed."""


class UnfitChangeError(StorageError, ValueError):
    """A decision would write something that the ledger cannot hold: a bug in a rule, never bad input."""


class Retry(Enum):
    """When it makes sense to retry what a database has refused."""

    NEVER = "never"
    AT_ONCE = "at once"
    LATER = "later"


class Diagnosis(NamedTuple):
    """The result of an attempt: the error for its caller (None: it succeeded), and when to retry."""

    error: Exception | None
    retry: Retry = Retry.NEVER
