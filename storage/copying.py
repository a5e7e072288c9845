"""Copies all tables from one database to another, row by row as they are; the journal is not booked again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Boolean, Select, TableClause, TypeDecorator, column, func, insert, select, table, text

from storage.errors import StorageError
from storage.postgres.statements import BLOCK, SEQUENCE
from storage.sql.tables.ledger import METADATA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Engine, Table

ROWS_AT_ONCE: Final = 5000
COUNTERS: Final = (
    ("person", "person_id_seq", 1),
    ("wallet", "wallet_id_seq", 1),
    ("delivery", "delivery_id_seq", 1),
    ("promotion", "promotion_id_seq", 1),
    ("series", "series_id_seq", 1),
    ("action", "action_id_seq", 1),
    ("entry", SEQUENCE, BLOCK),
)


def copy_all(source: Engine, target: Engine) -> dict[str, int]:
    """Copy every table within one transaction on each side; gives the rows of each."""
    try:
        with source.connect() as given, target.begin() as taken:
            if given.dialect.name == "postgresql":
                given.execution_options(isolation_level="REPEATABLE READ")  # one state, whoever writes meanwhile
            _refuse_unless_empty(taken)
            copied = {kept.name: _copy(given, taken, kept) for kept in METADATA.sorted_tables}
            if taken.dialect.name == "postgresql":
                _go_on_counting(taken)
            return copied
    finally:
        source.dispose()
        target.dispose()


def _refuse_unless_empty(taken: Connection) -> None:
    for kept in METADATA.sorted_tables:
        if taken.execute(select(text("1")).select_from(kept).limit(1)).first() is not None:
            raise StorageError("the database to copy to has something in it already; it must be empty")


def _copy(given: Connection, taken: Connection, kept: Table) -> int:
    plain, number = _plain(kept), 0
    statement = insert(plain)
    for rows in _pages(given, _in_order(kept, plain)):
        taken.execute(statement, rows)
        number += len(rows)
    return number


def _plain(kept: Table) -> TableClause:
    """The table with columns as the database has them: moments stay whole numbers."""
    return table(kept.name, *(column(one.name, _stored(one.type)) for one in kept.columns))


def _stored(kind: Any) -> Any:
    return kind.impl if isinstance(kind, TypeDecorator) else kind if isinstance(kind, Boolean) else type(kind)()


def _in_order(kept: Table, plain: TableClause) -> Select[Any]:
    """An entry comes after the one that it refers to, whoever numbered the rows."""
    order = ("wallet", "number") if kept.name == "entry" else tuple(one.name for one in kept.primary_key)
    return select(plain).order_by(*(plain.c[name] for name in order))


def _pages(given: Connection, statement: Select[Any]) -> Iterator[list[dict[str, Any]]]:
    rows = given.execution_options(stream_results=True, yield_per=ROWS_AT_ONCE).execute(statement)
    for page in rows.mappings().partitions(ROWS_AT_ONCE):
        yield [dict(row) for row in page]


def _go_on_counting(taken: Connection) -> None:
    """The server's counters go on where the copied numbers end."""
    for name, counter, block in COUNTERS:
        highest = taken.scalar(select(func.max(METADATA.tables[name].columns["id"])))
        if highest is not None:
            taken.execute(select(func.setval(counter, -(-highest // block))))
