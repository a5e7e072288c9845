"""Compiles statements on the SQLModel tables for a driver, and holds the parts that several statements share.

Each statement is given with the names of its parameters, in the order in which the driver takes their values.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

from sqlalchemy import BigInteger, BindParameter, Integer, String, bindparam, case, func, literal_column, or_, select
from sqlalchemy.sql.visitors import iterate
from sqlmodel import SQLModel, col

from storage.sql.tables import ledger as t

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from sqlalchemy import CompoundSelect, Delete, Dialect, Insert, Select, Update
    from sqlalchemy.sql.elements import ColumnElement

    Statement: TypeAlias = Select[Any] | CompoundSelect[Any] | Insert | Update | Delete | ColumnElement[Any]

Statements = TypeVar("Statements")
NONE_SKIPPED: Final[ColumnElement[int]] = literal_column("0")
ZERO: Final[ColumnElement[int]] = literal_column("0")
ONE: Final[ColumnElement[int]] = literal_column("1")
WALLET: Final[ColumnElement[int]] = bindparam("wallet")
NUMBER: Final[ColumnElement[int]] = bindparam("number")
LIMIT: Final[ColumnElement[int]] = bindparam("limit")


def columns(table: type[SQLModel], *names: str) -> tuple[ColumnElement[Any], ...]:
    """Columns of a table by their names."""
    every = t.METADATA.tables[str(table.__tablename__)].columns
    return tuple(every[name] for name in names)


STATE: Final = ("id", "entries", "lots_made", "balance", "seal", "at", "threshold", "low")
BUDGET: Final = ("budget", "zone", "month", "spent")
LIMITS: Final = ("team", "tallies")
HEAD: Final = columns(t.Wallet, *STATE, *BUDGET, *LIMITS)
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
    t.Entry, "wallet", "number", "at", "kind", "balance", "key", "body", "by", "memo", "job", "of", "seal", "first",
    "happened", "salt", "digest",
)  # fmt: skip
KEY: Final = columns(t.Entry, "key", "wallet", "first", "number", "body")
POSTING: Final = columns(t.Posting, "account", "connects", "lot", "net", "tax", "currency")
ONCE_KEY: Final = columns(t.Mark, "name", "wallet", "number")


class Compiler:
    """Compiles statements to SQL text for one driver. That is slow, so each set is compiled once in a process."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._compiled: dict[Callable[[Compiler], Any], Any] = {}

    def compiled(self, kind: Callable[[Compiler], Statements]) -> Statements:
        """A set of statements, compiled when it is first asked for."""
        if kind not in self._compiled:
            self._compiled[kind] = kind(self)
        statements: Statements = self._compiled[kind]
        return statements

    def __call__(self, statement: Statement, *names: str, sets: tuple[str, ...] | None = None) -> str:
        """The SQL text of a statement, or of a part of one.

        `names` are the parameters in order, `sets` the columns that an insert or an update writes.
        """
        for part in iterate(statement):
            if isinstance(part, BindParameter) and type(part.type) is Integer:
                part.type = BigInteger()  # so that a question may have a number that is too large for the column
        compiled = statement.compile(dialect=self._dialect, column_keys=sets)
        found = tuple(getattr(compiled, "positiontup", None) or ())
        if found != names:
            raise TypeError(f"{compiled} takes the parameters {found}, not {names}")
        return str(compiled)


def identities_of_person() -> Select[Any]:
    """All identities of whoever stands for a person: the one that was used last comes first."""
    asked, now, own = (t.METADATA.tables["person"].alias(name) for name in ("asked", "now", "own"))
    identity = columns(t.Identity, "platform", "user")
    used = case((identity[0] + literal_column("':'", String) + identity[1] == now.c.used, ZERO), else_=ONE)
    return (
        select(*identity)
        .select_from(asked)
        .join(now, now.c.id == func.coalesce(asked.c.into, asked.c.id))
        .join(own, or_(own.c.id == now.c.id, own.c.into == now.c.id))
        .join(t.Identity, col(t.Identity.person) == own.c.id)
        .where(asked.c.id == bindparam("person"))
        .order_by(used, *identity)
    )


def entries_with_postings() -> Select[Any]:
    """Entries, with a row for each posting. An entry that has lost its postings still gives one row."""
    return select(*ENTRY, *POSTING).select_from(t.Entry).outerjoin(t.Posting, col(t.Posting.entry) == col(t.Entry.id))


def by_line() -> tuple[Any, ...]:
    """The order in which `entries_with_postings` are read."""
    return col(t.Entry.number), col(t.Posting.line)
