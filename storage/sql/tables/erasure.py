"""The tables of what was erased, and what the journal's triggers let through for it: blanking words, and no more.

Each guarded table has columns that may be emptied, and a `key` that may become a digest. All others stay as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final, NamedTuple

from sqlalchemy import ForeignKeyConstraint, PrimaryKeyConstraint
from sqlmodel import Field

from core.ledger.erased import witness as w
from core.shared.ids import WalletId
from storage.sql.tables.ledger import METADATA, NO_ROWID, Id, Moment, Table, moment

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from storage.sql.tables.codec import Row


class Erasure(Table, table=True):
    """Each forgetting; append-only."""

    __table_args__: ClassVar[Any] = (PrimaryKeyConstraint("number", name="pk_erasure"), NO_ROWID)

    number: int = Field(primary_key=True)
    at: datetime = Field(sa_type=Moment)
    witnesses: int
    seal: str


class Witness(Table, table=True):
    """What proves entries and imports whose words were erased; append-only."""

    __table_args__: ClassVar[Any] = (
        PrimaryKeyConstraint("wallet", "kind", "number", "erasure", name="pk_witness"),
        ForeignKeyConstraint(["wallet"], ["wallet.id"], name="fk_witness_wallet"),
        ForeignKeyConstraint(["erasure"], ["erasure.number"], name="fk_witness_erasure"),
        NO_ROWID,
    )

    wallet: int = Field(primary_key=True, sa_type=Id)
    kind: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    seal: str
    erasure: int = Field(primary_key=True)


def read_witness(row: Row) -> w.Witness:
    """A witness from its columns."""
    wallet, *rest = row
    return w.Witness(WalletId(wallet), *rest)


def read_erasure(row: Row) -> w.Erasure:
    """A forgetting from its columns."""
    number, at, witnesses, seal = row
    return w.Erasure(number, moment(at), witnesses, seal)


APPENDED: Final = ("erasure", "witness")
"""The tables whose rows are never changed."""
ERASED_TAG: Final = "-"
"""What a tag is stored as once it was erased. Their number is sealed, so it stays."""


class Erasable(NamedTuple):
    """What may be erased of a table: what becomes empty, what becomes null, and of which kind its witnesses are."""

    emptied: tuple[str, ...] = ()
    nulled: tuple[str, ...] = ()
    with_key: tuple[str, ...] = ()
    """What becomes empty together with the key (the key itself is not named)."""
    witness: str = ""
    tags: str = ""


ERASABLE: Final = {
    "entry": Erasable(emptied=("memo", "salt"), with_key=("body",), witness=w.ENTRY),
    "batch": Erasable(witness=w.IMPORT),
    "sighting": Erasable(emptied=("wording", "title", "salt"), nulled=("member",)),
    "proposal_sighting": Erasable(emptied=("title", "profile", "salt"), tags="tags"),
}


def allowed(table: str, same: str, matches: Callable[[str], str], only_tags: str) -> str:
    """The condition under which an update of a guarded table only erases.

    `same` compares two values that may be null, `matches` says that a column has the form of an erased key, and
    `only_tags` that a column holds nothing but erased tags.
    """
    one, name = ERASABLE[table], '"{}"'.format
    every = [column.name for column in METADATA.tables[table].columns]
    free = {*one.emptied, *one.nulled, *one.with_key, one.tags, *(["key"] if one.witness else ())}

    def stays(*columns: str) -> str:
        return " AND ".join(f"NEW.{name(column)} {same} OLD.{name(column)}" for column in columns)

    rules = [stays(*(column for column in every if column not in free))]
    if gone := [*(f"NEW.{name(c)} = ''" for c in one.emptied), *(f"NEW.{name(c)} IS NULL" for c in one.nulled)]:
        rules.append(f"({stays(*one.emptied, *one.nulled)} OR {' AND '.join(gone)})")
    if one.tags:
        rules.append(f"({stays(one.tags)} OR NEW.{name(one.tags)} {only_tags})")
    if one.witness:
        empty = "".join(f" AND NEW.{name(column)} = ''" for column in one.with_key)
        proven = (
            f"EXISTS (SELECT 1 FROM witness WHERE witness.wallet = OLD.wallet AND witness.kind = '{one.witness}'"
            " AND witness.number = OLD.number)"
        )
        rules.append(f"({stays('key', *one.with_key)} OR {matches('key')}{empty} AND {proven})")
    return " AND ".join(rules)
