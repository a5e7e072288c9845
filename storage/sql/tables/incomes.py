"""The tables of incomes. They are no part of the journal, so their rows may be deleted."""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import BigInteger, ForeignKeyConstraint, PrimaryKeyConstraint
from sqlmodel import Field

from storage.sql.tables.ledger import NO_ROWID, Id, Table


class Income(Table, table=True):
    """What a client paid. `day` is such as 2026-01-31."""

    __table_args__: ClassVar[Any] = (
        PrimaryKeyConstraint("wallet", "ref", name="pk_income"),
        ForeignKeyConstraint(["wallet"], ["wallet.id"], name="fk_income_wallet"),
        NO_ROWID,
    )

    wallet: int = Field(primary_key=True, sa_type=Id)
    ref: str = Field(primary_key=True)
    day: str
    client: str
    about: str
    net: int = Field(sa_type=BigInteger)
    tax: int = Field(sa_type=BigInteger)
    currency: str


class NamedBid(Table, table=True):
    """The proposal that won a client, by its name such as "12"."""

    __tablename__ = "named_bid"
    __table_args__: ClassVar[Any] = (
        PrimaryKeyConstraint("wallet", "client", name="pk_named_bid"),
        ForeignKeyConstraint(["wallet"], ["wallet.id"], name="fk_named_bid_wallet"),
        NO_ROWID,
    )

    wallet: int = Field(primary_key=True, sa_type=Id)
    client: str = Field(primary_key=True)
    proposal: str
