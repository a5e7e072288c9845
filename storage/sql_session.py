"""Statements on a connection of either driver, within the transaction of the thread that owns it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from storage.rows import Row


class Rows(Protocol):
    """The rows that a statement gave."""

    def fetchone(self) -> Any:
        """The next row, None after the last."""
        ...

    def fetchall(self) -> list[Any]:
        """All rows that are left."""
        ...

    def fetchmany(self, size: int, /) -> list[Any]:
        """The next rows."""
        ...

    def close(self) -> None:
        """Let go of what is left."""
        ...

    def __iter__(self) -> Iterator[Any]: ...


class Connection(Protocol):
    """What the drivers of both databases have in common."""

    def execute(self, sql: str, values: Row = ..., /) -> Rows:
        """Run one statement."""
        ...


class Writable(Connection, Protocol):
    """A connection over which rows are written."""

    def executemany(self, sql: str, rows: Iterable[Row], /) -> object:
        """Run one statement for each row; what is wrong with one may only show at the next statement."""
        ...


class Session:
    """Runs statements with their values in order."""

    def __init__(self, connection: Writable) -> None:
        self._connection = connection

    def rows(self, sql: str, *values: Any) -> list[Any]:
        """All rows that a statement gives."""
        return self._connection.execute(sql, values).fetchall()

    def row(self, sql: str, *values: Any) -> Any:
        """The first row that a statement gives (None: there is none)."""
        return self._connection.execute(sql, values).fetchone()

    def stream(self, sql: str, *values: Any) -> Rows:
        """The rows of a statement, fetched as they are asked for."""
        return self._connection.execute(sql, values)

    def run(self, sql: str, *values: Any) -> None:
        """Run a statement that gives nothing."""
        self._connection.execute(sql, values)

    def run_many(self, sql: str, rows: Iterable[Row]) -> None:
        """Run a statement for each row; what is wrong with one may only show at the next statement."""
        self._connection.executemany(sql, rows)
