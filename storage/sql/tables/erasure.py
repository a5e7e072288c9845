"""The tables of forgettings, and what the journal's triggers let through for them: that words are blanked, no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final, NamedTuple

from sqlalchemy import ForeignKeyConstraint, PrimaryKeyConstraint
from sqlmodel import Field

from core.ledger.erased import witness as w
from core.shared.ids import WalletId
from storage.sql.tables.ledger import METADATA, NO_ROWID, Id, Moment, Table, moment

if TYPE_CHECKING:
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
    erasure: int = Field(primary_key=True)
    seal: str


def read_witness(row: Row) -> w.Witness:
    """A witness from its columns."""
    wallet, kind, number, erasure, seal = row
    return w.Witness(WalletId(wallet), kind, number, seal, erasure)


def read_erasure(row: Row) -> w.Erasure:
    """A forgetting from its columns."""
    number, at, witnesses, seal = row
    return w.Erasure(number, moment(at), witnesses, seal)


PROVEN: Final = (
    "EXISTS (SELECT 1 FROM witness WHERE witness.wallet = OLD.wallet AND witness.kind = 'KIND'"
    " AND witness.number = OLD.number)"
)


class Erasable(NamedTuple):
    """What may be erased of a table: what becomes empty (or null), and of which kind its witnesses are (empty: none).

    Where there are witnesses, the key may become a digest, and what is in `with_key` empty together with it. `tags` are
    replaced one by one, because their number is sealed.
    """

    emptied: tuple[str, ...] = ()
    nulled: tuple[str, ...] = ()
    with_key: tuple[str, ...] = ()
    witness: str = ""
    tags: tuple[str, ...] = ()


ERASABLE: Final = {
    "entry": Erasable(emptied=("memo", "salt"), with_key=("body",), witness=w.ENTRY),
    "batch": Erasable(witness=w.IMPORT),
    "sighting": Erasable(emptied=("wording", "title", "salt"), nulled=("member",)),
    "proposal_sighting": Erasable(emptied=("title", "profile", "salt"), tags=("tags",)),
}
"""The tables of the journal of which words may be erased."""


def erases(table: str, same: str, has_form: str, only_tags: str) -> str:
    """The condition under which an update of a table does nothing but erase.

    In a database's own words: `same` compares two values that may be null, `has_form` tells the form of an erased key,
    and `only_tags` that nothing but erased tags is left.
    """
    one, every = ERASABLE[table], [column.name for column in METADATA.tables[table].columns]
    key = ("key", *one.with_key) if one.witness else ()
    texts = (*one.emptied, *one.nulled)

    def stays(*columns: str) -> str:
        return " AND ".join(f'NEW."{column}" {same} OLD."{column}"' for column in columns)

    rules = [stays(*(column for column in every if column not in {*texts, *key, *one.tags}))]
    if texts:
        empty = [f"NEW.\"{column}\" = ''" for column in one.emptied]
        gone = " AND ".join([*empty, *(f'NEW."{column}" IS NULL' for column in one.nulled)])
        rules.append(f"({stays(*texts)} OR {gone})")
    rules += [f'({stays(column)} OR NEW."{column}" {only_tags})' for column in one.tags]
    if one.witness:
        emptied = "".join(f" AND NEW.\"{column}\" = ''" for column in one.with_key)
        proven = PROVEN.replace("KIND", one.witness)
        rules.append(f'({stays(*key)} OR NEW."key" {has_form}{emptied} AND {proven})')
    return " AND ".join(rules)
