"""The tables of tasks, promotions, claims, announcements and the audit log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, PrimaryKeyConstraint, UniqueConstraint
from sqlmodel import Field

from storage.sql.tables.ledger import NO_ROWID, Id, Moment, Table

if TYPE_CHECKING:
    from datetime import datetime


class Due(Table, table=True):
    """A task, and when it falls due. `reckoned` is when the bot chose that time by itself (null: a person did)."""

    __table_args__: ClassVar[Any] = (
        PrimaryKeyConstraint("name", name="pk_due"),
        Index("ix_due_at", "at"),
        Index("ix_due_reckoned", "reckoned"),
        NO_ROWID,
    )

    name: str = Field(primary_key=True)
    at: datetime = Field(sa_type=Moment)
    reckoned: datetime | None = Field(sa_type=Moment, nullable=True)


class Promotion(Table, table=True):
    """A promotion. `terms` is a JSON object, `given` the number of Connects that were drawn from its supply."""

    __table_args__: ClassVar[Any] = (
        PrimaryKeyConstraint("id", name="pk_promotion"),
        ForeignKeyConstraint(["by"], ["person.id"], name="fk_promotion_by"),
        CheckConstraint("supply IS NULL OR given <= supply", name="ck_promotion_supply"),
        Index("ix_promotion_code", "code", "status"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Id)
    status: str
    code: str
    terms: str
    by: int = Field(sa_type=Id)
    seed: str
    made: datetime = Field(sa_type=Moment)
    version: int
    supply: int | None
    given: int


class Claim(Table, table=True):
    """One person's claim on a promotion."""

    __table_args__: ClassVar[Any] = (
        PrimaryKeyConstraint("promotion", "number", name="pk_claim"),
        ForeignKeyConstraint(["promotion"], ["promotion.id"], name="fk_claim_promotion"),
        ForeignKeyConstraint(["wallet"], ["wallet.id"], name="fk_claim_wallet"),
        UniqueConstraint("promotion", "person", name="uq_claim_person"),
        NO_ROWID,
    )

    promotion: int = Field(primary_key=True, sa_type=Id)
    number: int = Field(primary_key=True)
    person: int = Field(sa_type=Id)
    wallet: int = Field(sa_type=Id)
    state: str
    at: datetime = Field(sa_type=Moment)
    entry: int | None
    platform: str = Field(default="", sa_column_kwargs={"server_default": ""})
    chat: str = Field(default="", sa_column_kwargs={"server_default": ""})


class Series(Table, table=True):
    """An announcement that recurs by a cron expression. `audience` is a JSON object."""

    __table_args__: ClassVar[Any] = (
        PrimaryKeyConstraint("id", name="pk_series"),
        ForeignKeyConstraint(["by"], ["person.id"], name="fk_series_by"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Id)
    status: str
    cron: str
    zone: str
    text: str
    audience: str
    by: int = Field(sa_type=Id)
    made: datetime = Field(sa_type=Moment)
    version: int


class Announcement(Table, table=True):
    """An announcement. `audience` is a JSON object; `at` is when it is or was to be sent."""

    __table_args__: ClassVar[Any] = (
        PrimaryKeyConstraint("id", name="pk_announcement"),
        ForeignKeyConstraint(["by"], ["person.id"], name="fk_announcement_by"),
        UniqueConstraint("name", name="uq_announcement_name"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Id)
    name: str
    text: str
    audience: str
    zone: str
    by: int | None = Field(sa_type=Id)
    stage: str
    made: datetime | None = Field(sa_type=Moment, nullable=True)
    at: datetime | None = Field(sa_type=Moment, nullable=True)
    version: int
    mends: int


class Action(Table, table=True):
    """An act of an operator or of a group's admin. `line` is the command, without its private parts."""

    __table_args__: ClassVar[Any] = (
        PrimaryKeyConstraint("id", name="pk_action"),
        ForeignKeyConstraint(["person"], ["person.id"], name="fk_action_person"),
        UniqueConstraint("key", name="uq_action_key"),
        Index("ix_action_at", "at"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Id)
    key: str
    at: datetime = Field(sa_type=Moment)
    person: int = Field(sa_type=Id)
    platform: str
    chat: str
    line: str
    outcome: str
