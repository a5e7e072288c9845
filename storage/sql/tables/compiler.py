"""Statements are made from the SQLModel tables and compiled for a driver; what several of them share is here.

A statement lists the names of its parameters in the order in which the driver wants their values.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

from sqlalchemy import bindparam, literal_column, select
from sqlmodel import SQLModel, col

from storage.sql.tables import ledger as t

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from sqlalchemy import Delete, Dialect, Insert, Select, Update
    from sqlalchemy.sql.elements import ColumnElement

    Statement: TypeAlias = Select[Any] | Insert | Update | Delete

Statements = TypeVar("Statements")
NONE_SKIPPED: Final[ColumnElement[int]] = literal_column("0")
ONE: Final[ColumnElement[int]] = literal_column("1")
WALLET: Final[ColumnElement[int]] = bindparam("wallet")
NUMBER: Final[ColumnElement[int]] = bindparam("number")
LIMIT: Final[ColumnElement[int]] = bindparam("limit")


def columns(table: type[SQLModel], *names: str) -> tuple[ColumnElement[Any], ...]:
    """Columns of a table by their names."""
    kept = t.METADATA.tables[table.__name__.lower()].columns
    return tuple(kept[name] for name in names)


STANDS: Final = ("id", "entries", "lots_made", "balance", "seal", "at", "threshold", "low")
BUDGET: Final = ("budget", "zone", "month", "spent")
HEAD: Final = columns(t.Wallet, *STANDS, *BUDGET)
LOT: Final = columns(
    t.Lot,
    "number",
    "source",
    "issued",
    "expires",
    "size",
    "left",
    "currency",
    "price_net",
    "price_tax",
    "worth_net",
    "worth_tax",
)
ENTRY: Final = columns(
    t.Entry, "wallet", "number", "at", "kind", "balance", "key", "body", "by", "memo", "job", "of", "seal", "first"
)
KEY: Final = columns(t.Entry, "key", "wallet", "first", "number", "body")
LEG: Final = columns(t.Posting, "account", "connects", "lot", "net", "tax", "currency")
MARK: Final = columns(t.Mark, "name", "wallet", "number")


class Compiler:
    """Turns statements into text for one driver. Compiling is slow, so each set is compiled once in a process."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._compiled: dict[Callable[[Compiler], Any], Any] = {}

    def compiled(self, kind: Callable[[Compiler], Statements]) -> Statements:
        """A set of statements, compiled the first time that it is asked for."""
        if kind not in self._compiled:
            self._compiled[kind] = kind(self)
        statements: Statements = self._compiled[kind]
        return statements

    def __call__(self, statement: Statement, *names: str, sets: tuple[str, ...] | None = None) -> str:
        """The text; `names` are its parameters in order, `sets` the columns that an insert or an update gives."""
        compiled = statement.compile(dialect=self._dialect, column_keys=sets)
        found = tuple(getattr(compiled, "positiontup", None) or ())
        if found != names:
            raise TypeError(f"{compiled} takes {found}, not {names}")
        return str(compiled)


def legs() -> Select[Any]:
    """Entries with their postings: a row for each posting, and one for an entry that has lost them."""
    return select(*ENTRY, *LEG).select_from(t.Entry).outerjoin(t.Posting, col(t.Posting.entry) == col(t.Entry.id))


def by_line() -> tuple[Any, ...]:
    """The order in which `legs` are read."""
    return col(t.Entry.number), col(t.Posting.line)
