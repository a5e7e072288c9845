"""The tables of the ledger and of people, as SQLModel classes. Every constraint has a name.

Columns that hold a word of core take any word, so that a new kind of entry needs no migration. `verify` reports a word
that core does not know.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar, Final

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Dialect,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    TypeDecorator,
    UniqueConstraint,
    false,
    text,
)
from sqlmodel import Field, SQLModel

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND: Final = timedelta(microseconds=1)
METADATA: Final = MetaData()
NO_ROWID: Final = {"sqlite_with_rowid": False}
JOURNAL: Final = ("entry", "posting", "batch", "sighting", "proposal_sighting", "erasure", "witness")
GUARDED: Final = ("update", "delete")
SAFE: Final = "the journal is append-only"
"""What the triggers that guard the journal say."""
OPEN: Final = text("open = 1")
REFERS: Final = text('"of" IS NOT NULL')
DATED: Final = text("happened IS NOT NULL")
ON_A_JOB: Final = text("job <> ''")
MERGED: Final = text('"into" IS NOT NULL')


def micros(at: datetime) -> int:
    """A moment as whole microseconds since 1970 in UTC. A naive one raises `ValueError`."""
    if at.tzinfo is None:
        raise ValueError("a time without a zone cannot be stored")
    return (at - EPOCH) // MICROSECOND


def moment(stored: int) -> datetime:
    """The moment, in UTC, of a number of microseconds."""
    return EPOCH + timedelta(microseconds=stored)


class Moment(TypeDecorator[datetime]):
    """An aware datetime, stored as whole microseconds in UTC."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Convert on the way to the database."""
        del dialect
        return None if value is None else micros(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """Convert on the way from the database."""
        del dialect
        return None if value is None else moment(value)


class Id(TypeDecorator[int]):
    """The number of a row. SQLite assigns numbers to plain INTEGER columns only."""

    impl = BigInteger().with_variant(Integer(), "sqlite")
    cache_ok = True


class Table(SQLModel):
    """What all tables share."""

    metadata: ClassVar[MetaData] = METADATA


class Person(Table, table=True):
    """A human being, who may have identities on several platforms.

    `into` is the person who stands for this one since both were linked (NULL: nobody does). `used` is the identity that
    they used last, such as `telegram:42`, if they have several (empty: they have one).
    """

    __table_args__: ClassVar[Any] = (
        PrimaryKeyConstraint("id", name="pk_person"),
        Index("ix_person_into", "into", sqlite_where=MERGED, postgresql_where=MERGED),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Id)
    name: str
    into: int | None = Field(default=None, sa_type=Id)
    used: str = Field(default="", sa_column_kwargs={"server_default": ""})


class Identity(Table, table=True):
    """A user of a platform, and the person behind it."""

    __table_args__: ClassVar[Any] = (
        PrimaryKeyConstraint("platform", "user", name="pk_identity"),
        ForeignKeyConstraint(["person"], ["person.id"], name="fk_identity_person"),
        Index("ix_identity_person", "person"),
        NO_ROWID,
    )

    platform: str = Field(primary_key=True)
    user: str = Field(primary_key=True)
    person: int = Field(sa_type=Id)


class Chat(Table, table=True):
    """A chat that the bot has seen; `since` when it was lost or came back."""

    __table_args__: ClassVar[Any] = (PrimaryKeyConstraint("platform", "id", name="pk_chat"), NO_ROWID)

    platform: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    kind: str
    title: str
    retired: str
    since: datetime | None = Field(default=None, sa_type=Moment)


class Note(Table, table=True):
    """A small text under a name."""

    __table_args__: ClassVar[Any] = (PrimaryKeyConstraint("name", name="pk_note"), NO_ROWID)

    name: str = Field(primary_key=True)
    text: str
    until: datetime | None = Field(sa_type=Moment)


class Wallet(Table, table=True):
    """A wallet: its owner, its settings, and the state that its journal has led to.

    `closed`: nothing is booked there any more, because its person is another one now, or was forgotten.
    `spent` counts the Connects spent since `month` began, and `tallies` is a JSON object of what was spent of
    each limit in its period. `alerts`, `figures` and `team` are JSON objects of what differs from the defaults.
    """

    __table_args__: ClassVar[Any] = (
        PrimaryKeyConstraint("id", name="pk_wallet"),
        ForeignKeyConstraint(["person"], ["person.id"], name="fk_wallet_person"),
        UniqueConstraint("person", name="uq_wallet_person"),
        UniqueConstraint("platform", "chat", name="uq_wallet_chat"),
        CheckConstraint(
            "(person IS NULL) = (chat IS NOT NULL) AND (platform IS NULL) = (chat IS NULL)", name="ck_wallet_owner"
        ),
        CheckConstraint("balance >= 0", name="ck_wallet_balance"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Id)
    person: int | None = Field(sa_type=Id)
    platform: str | None
    chat: str | None
    zone: str
    currency: str
    plan: str
    threshold: int | None
    entries: int = 0
    lots_made: int = 0
    balance: int = 0
    seal: str = ""
    at: datetime | None = Field(default=None, sa_type=Moment)
    low: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    budget: int | None = None
    quiet: str = Field(default="", sa_column_kwargs={"server_default": ""})
    alerts: str = Field(default="{}", sa_column_kwargs={"server_default": "{}"})
    month: datetime | None = Field(default=None, sa_type=Moment)
    spent: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    figures: str = Field(default="{}", sa_column_kwargs={"server_default": "{}"})
    team: str = Field(default="{}", sa_column_kwargs={"server_default": "{}"})
    tallies: str = Field(default="{}", sa_column_kwargs={"server_default": "{}"})
    closed: bool = Field(default=False, sa_column_kwargs={"server_default": false()})


class JoinedGroup(Table, table=True):
    """A group that uses the wallet of another group."""

    __table_args__: ClassVar[Any] = (
        PrimaryKeyConstraint("platform", "chat", name="pk_joined_group"),
        ForeignKeyConstraint(["wallet"], ["wallet.id"], name="fk_joined_group_wallet"),
        Index("ix_joined_group_wallet", "wallet"),
        NO_ROWID,
    )
    __tablename__ = "joined_group"

    platform: str = Field(primary_key=True)
    chat: str = Field(primary_key=True)
    wallet: int = Field(sa_type=Id)


class Member(Table, table=True):
    """Somebody who has written in a group that has a wallet; `since` when."""

    __table_args__: ClassVar[Any] = (
        PrimaryKeyConstraint("wallet", "person", name="pk_member"),
        ForeignKeyConstraint(["wallet"], ["wallet.id"], name="fk_member_wallet"),
        ForeignKeyConstraint(["person"], ["person.id"], name="fk_member_person"),
        NO_ROWID,
    )

    wallet: int = Field(primary_key=True, sa_type=Id)
    person: int = Field(primary_key=True, sa_type=Id)
    since: datetime = Field(sa_type=Moment)


class Lot(Table, table=True):
    """Connects that were issued together. `open`: some are left, so its index changes only when the last one goes."""

    __table_args__: ClassVar[Any] = (
        PrimaryKeyConstraint("wallet", "number", name="pk_lot"),
        ForeignKeyConstraint(["wallet"], ["wallet.id"], name="fk_lot_wallet"),
        CheckConstraint('"left" >= 0 AND "left" <= size', name="ck_lot_left"),
        CheckConstraint('open = ("left" > 0)', name="ck_lot_open"),
        CheckConstraint(
            "(price_net IS NULL) = (currency IS NULL) AND (price_tax IS NULL) = (currency IS NULL)"
            " AND (worth_net IS NULL) = (currency IS NULL) AND (worth_tax IS NULL) = (currency IS NULL)",
            name="ck_lot_money",
        ),
        Index("ix_lot_expires", "expires", "wallet", sqlite_where=OPEN, postgresql_where=text("open")),
        NO_ROWID,
    )

    wallet: int = Field(primary_key=True, sa_type=Id)
    number: int = Field(primary_key=True)
    source: str
    issued: datetime = Field(sa_type=Moment)
    expires: datetime | None = Field(sa_type=Moment)
    size: int
    left: int
    open: bool
    currency: str | None
    price_net: int | None = Field(sa_type=BigInteger)
    price_tax: int | None = Field(sa_type=BigInteger)
    worth_net: int | None = Field(sa_type=BigInteger)
    worth_tax: int | None = Field(sa_type=BigInteger)


class Entry(Table, table=True):
    """The journal, append-only. `by` is no foreign key: a person may be deleted, but the journal stays.

    `first` is the number of the first entry of the same change, so that its receipt can be made again.
    """

    __table_args__: ClassVar[Any] = (
        PrimaryKeyConstraint("id", name="pk_entry"),
        ForeignKeyConstraint(["wallet"], ["wallet.id"], name="fk_entry_wallet"),
        ForeignKeyConstraint(["wallet", "of"], ["entry.wallet", "entry.number"], name="fk_entry_of"),
        UniqueConstraint("wallet", "number", name="uq_entry_number"),
        UniqueConstraint("key", name="uq_entry_key"),
        CheckConstraint("balance >= 0", name="ck_entry_balance"),
        Index("ix_entry_of", "wallet", "of", sqlite_where=REFERS, postgresql_where=REFERS),
        Index("ix_entry_happened", "wallet", "happened", "number", sqlite_where=DATED, postgresql_where=DATED),
        Index("ix_entry_job", "wallet", "job", sqlite_where=ON_A_JOB, postgresql_where=ON_A_JOB),
    )

    id: int = Field(primary_key=True, sa_type=Id, sa_column_kwargs={"autoincrement": False})
    wallet: int = Field(sa_type=Id)
    number: int
    at: datetime = Field(sa_type=Moment)
    kind: str
    balance: int
    key: str
    body: str
    by: int | None = Field(sa_type=Id)
    memo: str
    job: str
    of: int | None
    seal: str
    first: int
    happened: datetime | None = Field(default=None, sa_type=Moment)
    salt: str = Field(default="", sa_column_kwargs={"server_default": ""})
    digest: str = Field(default="", sa_column_kwargs={"server_default": ""})


class Posting(Table, table=True):
    """The postings of the journal's entries, append-only."""

    __table_args__: ClassVar[Any] = (
        PrimaryKeyConstraint("entry", "line", name="pk_posting"),
        ForeignKeyConstraint(["entry"], ["entry.id"], name="fk_posting_entry"),
        CheckConstraint(
            "(net IS NULL) = (currency IS NULL) AND (tax IS NULL) = (currency IS NULL)", name="ck_posting_money"
        ),
        NO_ROWID,
    )

    entry: int = Field(primary_key=True, sa_type=Id)
    line: int = Field(primary_key=True)
    account: str
    connects: int
    lot: int
    net: int | None = Field(sa_type=BigInteger)
    tax: int | None = Field(sa_type=BigInteger)
    currency: str | None


class Mark(Table, table=True):
    """A once-key: a fact that can happen once, and the entry that took it."""

    __table_args__: ClassVar[Any] = (
        PrimaryKeyConstraint("name", name="pk_mark"),
        ForeignKeyConstraint(["wallet", "number"], ["entry.wallet", "entry.number"], name="fk_mark_entry"),
        Index("ix_mark_entry", "wallet", "number"),
        NO_ROWID,
    )

    name: str = Field(primary_key=True)
    wallet: int = Field(sa_type=Id)
    number: int
