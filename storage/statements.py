"""Every statement of the journal, compiled once for an engine's own driver from the SQLModel tables.

A statement lists the names of its parameters in the order in which the driver wants their values.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar

from sqlalchemy import (
    BigInteger,
    and_,
    bindparam,
    case,
    cast,
    delete,
    exists,
    func,
    insert,
    literal_column,
    select,
    update,
)
from sqlmodel import SQLModel, col

from storage import tables as t

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Delete, Dialect, Insert, Select, Update
    from sqlalchemy.sql.elements import ColumnElement

    Statement: TypeAlias = Select[Any] | Insert | Update | Delete

Statements = TypeVar("Statements")

NONE_SKIPPED: Final[ColumnElement[int]] = literal_column("0")
ONE: Final[ColumnElement[int]] = literal_column("1")
WALLET: Final[ColumnElement[int]] = bindparam("wallet")
NUMBER: Final[ColumnElement[int]] = bindparam("number")
LIMIT: Final[ColumnElement[int]] = bindparam("limit")
BIRTHS: Final = ("income:", "promotion:")


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


class ReadSql:
    """What is read from the journal and its projections."""

    def __init__(self, to_text: Compiler) -> None:
        self._of_wallets(to_text)
        self._of_the_journal(to_text)
        self._of_lots(to_text)

    def _of_wallets(self, to_text: Compiler) -> None:
        open_lots = and_(col(t.Lot.wallet) == col(t.Wallet.id), col(t.Lot.open))
        self.head = to_text(
            select(*HEAD, *LOT)
            .select_from(t.Wallet)
            .outerjoin(t.Lot, open_lots)
            .where(col(t.Wallet.id) == WALLET)
            .order_by(col(t.Lot.number)),
            "wallet",
        )
        self.newest = to_text(select(col(t.Wallet.entries)).where(col(t.Wallet.id) == WALLET), "wallet")
        self.mark = to_text(select(*MARK).where(col(t.Mark.name) == bindparam("name")), "name")
        self.marks = to_text(
            select(*MARK).where(col(t.Mark.wallet) == WALLET, col(t.Mark.number) == NUMBER), "wallet", "number"
        )

    def _of_the_journal(self, to_text: Compiler) -> None:
        wallet, number = col(t.Entry.wallet) == WALLET, col(t.Entry.number)
        self.key = to_text(select(*KEY).where(col(t.Entry.key) == bindparam("name")), "name")
        self.entries = to_text(
            _legs().where(wallet, number.between(bindparam("low"), bindparam("high"))).order_by(*_by_line()),
            "wallet", "low", "high",
        )  # fmt: skip
        self.referring = to_text(select(number).where(wallet, col(t.Entry.of) == NUMBER), "wallet", "number")
        self.lots_at = to_text(_lots_after(col(t.Entry.at) <= bindparam("at")), "wallet", "at", "wallet")
        self.lots_upto = to_text(_lots_after(number <= NUMBER), "wallet", "number", "wallet")
        self.memos = to_text(
            select(col(t.Entry.memo))
            .where(wallet, number > bindparam("above"), col(t.Entry.kind) == bindparam("kind"))
            .order_by(number.desc()),
            "wallet", "above", "kind",
        )  # fmt: skip
        later = t.METADATA.tables["entry"].alias("later")
        undone = exists().where(
            later.c.wallet == col(t.Entry.wallet), later.c.of == number, later.c.kind == bindparam("undo")
        )
        self.on_job = to_text(
            select(number)
            .where(wallet, number > bindparam("above"), col(t.Entry.kind) == bindparam("kind"))
            .where(col(t.Entry.job) == bindparam("on"), ~undone)
            .order_by(number.desc()),
            "wallet", "above", "kind", "on", "undo",
        )  # fmt: skip

    def _of_lots(self, to_text: Compiler) -> None:
        lot = col(t.Lot.wallet) == WALLET
        self.lot = to_text(select(*LOT).where(lot, col(t.Lot.number) == NUMBER), "wallet", "number")
        self.recent = to_text(select(*LOT).where(lot, col(t.Lot.issued) >= bindparam("since")), "wallet", "since")
        expires = col(t.Lot.expires)
        self.expiring = to_text(
            select(col(t.Lot.wallet), *columns(t.Wallet, "alerts"), *LOT)
            .join(t.Wallet, col(t.Wallet.id) == col(t.Lot.wallet))
            .where(col(t.Lot.open), expires > bindparam("after"), expires <= bindparam("until"))
            .order_by(expires, col(t.Lot.wallet), col(t.Lot.number))
            .limit(LIMIT)
            .offset(NONE_SKIPPED),
            "after", "until", "limit",
        )  # fmt: skip
        owner: ColumnElement[int] = literal_column("+lot.wallet")  # without the plus, SQLite would walk all lots
        self.lapsed = to_text(
            select(owner)
            .select_from(t.Lot)
            .where(col(t.Lot.open), col(t.Lot.expires) <= bindparam("now"))
            .group_by(owner)
            .order_by(func.min(col(t.Lot.expires)), owner)
            .limit(LIMIT)
            .offset(NONE_SKIPPED),
            "now", "limit",
        )  # fmt: skip


def _legs() -> Select[Any]:
    """Entries with their postings: a row for each posting, and one for an entry that has lost them."""
    return select(*ENTRY, *LEG).select_from(t.Entry).outerjoin(t.Posting, col(t.Posting.entry) == col(t.Entry.id))


def _by_line() -> tuple[Any, ...]:
    return col(t.Entry.number), col(t.Posting.line)


def _lots_after(entries: ColumnElement[bool]) -> Select[Any]:
    """A wallet's lots with what these entries moved: in all, and out of income only."""
    moved = (
        select(col(t.Posting.lot), *(column.label(name) for name, column in _moved().items()))
        .join(t.Entry, col(t.Posting.entry) == col(t.Entry.id))
        .where(col(t.Entry.wallet) == WALLET, entries)
        .group_by(col(t.Posting.lot))
        .subquery("moved")
    )
    return (
        select(*LOT, *(moved.c[name] for name in _moved()))
        .select_from(t.Lot)
        .outerjoin(moved, moved.c.lot == col(t.Lot.number))
        .where(col(t.Lot.wallet) == WALLET)
        .order_by(col(t.Lot.number))
    )


def _moved() -> dict[str, ColumnElement[int]]:
    """Sums over postings, by the column of the lot that they give.

    Connects come into being out of income and out of promotions (`core.model.issues`), where they are counted below 0.
    """
    side = func.substr(col(t.Posting.account), literal_column("1"), literal_column("7"))

    def total(unit: Any, *prefixes: str) -> ColumnElement[int]:
        counted = case(
            (side.in_([literal_column(f"'{one[:7]}'") for one in prefixes]), unit), else_=literal_column("0")
        )
        return cast(func.sum(counted), BigInteger)

    connects, net, tax = col(t.Posting.connects), col(t.Posting.net), col(t.Posting.tax)
    return {
        "size": total(-connects, *BIRTHS),
        "left": total(connects, "wallet:"),
        "price_net": total(-net, *BIRTHS),
        "price_tax": total(-tax, *BIRTHS),
        "worth_net": total(net, "wallet:"),
        "worth_tax": total(tax, "wallet:"),
    }


class WriteSql:
    """What is written to the journal and its projections."""

    def __init__(self, to_text: Compiler) -> None:
        self.entry = to_text(insert(t.Entry), *_names(t.Entry))
        self.posting = to_text(insert(t.Posting), *_names(t.Posting))
        self.born = to_text(insert(t.Lot), *_names(t.Lot))
        this_lot = and_(col(t.Lot.wallet) == bindparam("in_wallet"), col(t.Lot.number) == bindparam("lot"))
        drawn = ("left", "worth_net", "worth_tax")
        self.drawn = to_text(update(t.Lot).where(this_lot), *drawn, "in_wallet", "lot", sets=drawn)
        changed = ("size", "left", "open", "price_net", "price_tax", "worth_net", "worth_tax")
        self.changed = to_text(update(t.Lot).where(this_lot), *changed, "in_wallet", "lot", sets=changed)
        stands = ("entries", "lots_made", "balance", "seal", "at", "low")
        this_wallet = col(t.Wallet.id) == bindparam("this")
        self.wallet = to_text(update(t.Wallet).where(this_wallet), *stands, "this", sets=stands)
        spent = ("month", "spent")
        self.spent = to_text(update(t.Wallet).where(this_wallet), *spent, "this", sets=spent)
        self.mark = to_text(insert(t.Mark), *_names(t.Mark))
        self.release = to_text(delete(t.Mark).where(col(t.Mark.name) == bindparam("gone")), "gone")
        self.last_id = to_text(select(func.max(col(t.Entry.id))))


def _names(table: type[SQLModel]) -> tuple[str, ...]:
    return tuple(table.model_fields)


class AuditSql:
    """What verify reads: everything of one wallet after the other, and the number of rows in each table."""

    def __init__(self, to_text: Compiler) -> None:
        self.heads = to_text(
            select(*HEAD)
            .where(col(t.Wallet.id) > bindparam("after"))
            .order_by(col(t.Wallet.id))
            .limit(LIMIT)
            .offset(NONE_SKIPPED),
            "after", "limit",
        )  # fmt: skip
        self.lots = to_text(select(*LOT).where(col(t.Lot.wallet) == WALLET).order_by(col(t.Lot.number)), "wallet")
        self.marks = to_text(select(*MARK).where(col(t.Mark.wallet) == WALLET).order_by(col(t.Mark.name)), "wallet")
        self.entries = to_text(_legs().where(col(t.Entry.wallet) == WALLET).order_by(*_by_line()), "wallet")
        self.counts = tuple(
            to_text(select(func.count()).select_from(table)) for table in (t.Wallet, t.Entry, t.Posting, t.Lot, t.Mark)
        )
        self.doubled = to_text(
            select(col(t.Entry.key))
            .group_by(col(t.Entry.key))
            .having(func.count() > literal_column("1"))
            .limit(literal_column("1"))
            .offset(NONE_SKIPPED)
        )
