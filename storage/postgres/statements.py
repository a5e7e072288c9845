"""PostgreSQL's own statements. Each reads or writes the rows of a whole batch, given as one array for each column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import BigInteger, String, and_, bindparam, cast, func, insert, select, update
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql.psycopg import dialect
from sqlmodel import SQLModel, col

from storage.sql.tables import imports as i
from storage.sql.tables import ledger as t
from storage.sql.tables.compiler import HEAD, KEY, LOT, Compiler, columns
from storage.sql.tables.on_jobs import on_jobs

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sqlalchemy import Dialect
    from sqlalchemy.sql.elements import ColumnElement

    from storage.sql.tables.codec import Row

DIALECT: Final[Dialect] = dialect(paramstyle="format")  # type: ignore[no-untyped-call] # its maker has no types
TO_TEXT: Final = Compiler(DIALECT)
STATE: Final = ("entries", "lots_made", "balance", "seal", "at", "low", "tallies")
CHANGED: Final = ("size", "left", "open", "price_net", "price_tax", "worth_net", "worth_tax")
SEQUENCE: Final = "entry_block"
BLOCK: Final = 1000
"""Ids of journal rows that a process reserves at once. A value of the sequence is the number of such a block."""


class BatchSql:
    """The statements of a batch. Each takes an array for each column, in the order of the rows that `codec` makes."""

    def __init__(self, to_text: Compiler) -> None:
        wallets = cast(bindparam("wallets"), ARRAY(BigInteger))
        self.lock = to_text(
            select(*HEAD)
            .where(col(t.Wallet.id) == func.any(wallets), ~col(t.Wallet.closed))
            .order_by(col(t.Wallet.id))
            .with_for_update(key_share=True),
            "wallets",
        )
        self.lots = to_text(
            select(col(t.Lot.wallet), *LOT)
            .where(col(t.Lot.wallet) == func.any(wallets), col(t.Lot.open))
            .order_by(col(t.Lot.wallet), col(t.Lot.number)),
            "wallets",
        )
        keys = cast(bindparam("keys"), ARRAY(String))
        given = func.unnest(cast(bindparam("of"), ARRAY(BigInteger)), cast(bindparam("on"), ARRAY(String)))
        jobs = given.table_valued("wallet", "job").render_derived()
        self.on_jobs = to_text(on_jobs(jobs, jobs.c.wallet, jobs.c.job), "of", "on", "of", "on")
        self.keys = to_text(select(*KEY).where(col(t.Entry.key) == func.any(keys)), "keys")
        self.entries = _inserted(to_text, t.Entry)
        self.postings = _inserted(to_text, t.Posting)
        self.new_lots = _inserted(to_text, t.Lot)
        self.batches, self.sightings = _inserted(to_text, i.Batch), _inserted(to_text, i.Sighting)
        self.proposals = _inserted(to_text, i.ProposalSighting)
        self.changed_lots = _updated(to_text, t.Lot, CHANGED, ("wallet", "number"))
        self.wallets = _updated(to_text, t.Wallet, STATE, ("id",))
        self.spent = _updated(to_text, t.Wallet, ("month", "spent"), ("id",))


def _inserted(to_text: Compiler, table: type[SQLModel]) -> str:
    names = tuple(table.model_fields)
    given = [_array(table, name) for name in names]
    return to_text(insert(table).from_select(names, select(*given)), *names)


def _updated(to_text: Compiler, table: type[SQLModel], names: tuple[str, ...], keys: tuple[str, ...]) -> str:
    given = select(*(_array(table, name).label(name) for name in (*names, *keys))).subquery("given")
    same = [column == given.c[name] for name, column in zip(keys, columns(table, *keys), strict=True)]
    changed = update(table).values({name: given.c[name] for name in names}).where(and_(*same))
    return to_text(changed, *names, *keys)


def _array(table: type[SQLModel], name: str) -> ColumnElement[Any]:
    (column,) = columns(table, name)
    return func.unnest(cast(bindparam(name), ARRAY(column.type)))


def arrays(rows: Iterable[Row]) -> tuple[str, ...]:
    """The columns of rows, each as the text of a PostgreSQL array. The driver's own lists are much slower."""
    return tuple(map(array, zip(*rows, strict=True)))


def array(values: Collection[Any]) -> str:
    """Integers, booleans or strings as the text of a PostgreSQL array."""
    if None in values:
        return f"{{{','.join(map(_item, values))}}}"
    if isinstance(next(iter(values), 0), str):
        return _texts(values)
    return f"{{{','.join(map(str, values))}}}"


def _item(value: Any) -> str:
    if value is None:
        return "NULL"
    return _texts((value,))[1:-1] if isinstance(value, str) else str(value)


def _texts(values: Iterable[str]) -> str:
    """Escape all strings at once, joined by the null character, which no text of PostgreSQL can hold."""
    inside = "\0".join(values).replace("\\", r"\\").replace('"', r"\"").replace("\0", '","')
    return f'{{"{inside}"}}'
