"""Copies all tables from one database to another. Rows are copied as they are; nothing is booked again."""

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
SEQUENCES: Final = (
    ("person", "person_id_seq", 1),
    ("wallet", "wallet_id_seq", 1),
    ("delivery", "delivery_id_seq", 1),
    ("promotion", "promotion_id_seq", 1),
    ("announcement", "announcement_id_seq", 1),
    ("series", "series_id_seq", 1),
    ("action", "action_id_seq", 1),
    ("link", "link_id_seq", 1),
    ("entry", SEQUENCE, BLOCK),
)


def copy_all(source: Engine, target: Engine) -> dict[str, int]:
    """Copy every table, in one transaction on each side. Returns the number of rows of each."""
    try:
        with source.connect() as origin, target.begin() as destination:
            if origin.dialect.name == "postgresql":
                origin.execution_options(isolation_level="REPEATABLE READ")  # one state, even while others write
            _refuse_unless_empty(destination)
            copied = {original.name: _copy(origin, destination, original) for original in METADATA.sorted_tables}
            if destination.dialect.name == "postgresql":
                _advance_sequences(destination)
            return copied
    finally:
        source.dispose()
        target.dispose()


def _refuse_unless_empty(destination: Connection) -> None:
    for original in METADATA.sorted_tables:
        if destination.execute(select(text("1")).select_from(original).limit(1)).first() is not None:
            raise StorageError("the database to copy to already has data; it must be empty")


def _copy(origin: Connection, destination: Connection, original: Table) -> int:
    plain, number = _plain(original), 0
    statement = insert(plain)
    for rows in _pages(origin, _in_order(original, plain)):
        destination.execute(statement, rows)
        number += len(rows)
    return number


def _plain(original: Table) -> TableClause:
    """The table with the columns' own database types, so that times stay integers."""
    return table(original.name, *(column(one.name, _stored(one.type)) for one in original.columns))


def _stored(kind: Any) -> Any:
    return kind.impl if isinstance(kind, TypeDecorator) else kind if isinstance(kind, Boolean) else type(kind)()


def _in_order(original: Table, plain: TableClause) -> Select[Any]:
    """Rows in an order in which an entry follows the one that it refers to, whatever their ids."""
    order = ("wallet", "number") if original.name == "entry" else tuple(one.name for one in original.primary_key)
    return select(plain).order_by(*(plain.c[name] for name in order))


def _pages(origin: Connection, statement: Select[Any]) -> Iterator[list[dict[str, Any]]]:
    rows = origin.execution_options(stream_results=True, yield_per=ROWS_AT_ONCE).execute(statement)
    for page in rows.mappings().partitions(ROWS_AT_ONCE):
        yield [dict(row) for row in page]


def _advance_sequences(destination: Connection) -> None:
    """Let the server's sequences continue after the copied ids."""
    for name, sequence, block in SEQUENCES:
        highest = destination.scalar(select(func.max(METADATA.tables[name].columns["id"])))
        if highest is not None:
            destination.execute(select(func.setval(sequence, -(-highest // block))))
