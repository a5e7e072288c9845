"""The tables of notices, their deliveries, subscriptions, the sender of each platform, and the inbox."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import ForeignKeyConstraint, Index, PrimaryKeyConstraint, UniqueConstraint, false, text
from sqlmodel import Field

from storage.sql.tables.ledger import NO_ROWID, Id, Moment, Table

if TYPE_CHECKING:
    from datetime import datetime

PENDING = text("state = 'pending'")
SENDING = text("state = 'sending'")
URGENT = text("state = 'pending' AND urgent")
ABOUT = text("about <> ''")


class Notice(Table, table=True):
    """A message to be sent. `facts` is a JSON object. A notice for an audience has no wallet."""

    __table_args__: ClassVar[Any] = (
        PrimaryKeyConstraint("key", name="pk_notice"),
        ForeignKeyConstraint(["wallet"], ["wallet.id"], name="fk_notice_wallet"),
        Index("ix_notice_about", "about", sqlite_where=ABOUT, postgresql_where=ABOUT),
        Index("ix_notice_made", "made"),  # here and not on deliveries, so that no outcome has to update it
        NO_ROWID,
    )

    key: str = Field(primary_key=True)
    code: str
    facts: str
    wallet: int | None = Field(sa_type=Id)
    urgent: bool
    once: bool
    made: datetime = Field(sa_type=Moment)
    about: str = Field(default="", sa_column_kwargs={"server_default": ""})


class Delivery(Table, table=True):
    """A notice on its way to one chat. `epoch` is that of the sender that claimed it last (0: none did).

    `zone`, `locale` and `quiet` are the reader's (empty: the wallet's). `urgent` is copied from the notice.
    """

    __table_args__: ClassVar[Any] = (
        PrimaryKeyConstraint("id", name="pk_delivery"),
        ForeignKeyConstraint(["notice"], ["notice.key"], name="fk_delivery_notice"),
        UniqueConstraint("notice", "platform", "chat", name="uq_delivery_chat"),
        Index("ix_delivery_due", "platform", "due", "id", sqlite_where=PENDING, postgresql_where=PENDING),
        Index("ix_delivery_urgent", "platform", "due", "id", sqlite_where=URGENT, postgresql_where=URGENT),
        Index("ix_delivery_chat", "chat", "platform", sqlite_where=PENDING, postgresql_where=PENDING),
        Index("uq_delivery_in_flight", "platform", "chat", unique=True, sqlite_where=SENDING, postgresql_where=SENDING),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Id)
    notice: str
    platform: str
    chat: str
    direct: bool
    state: str
    due: datetime = Field(sa_type=Moment)
    tries: int
    epoch: int
    message: str
    why: str
    changed: datetime = Field(sa_type=Moment)
    place: str = Field(default="", sa_column_kwargs={"server_default": ""})
    zone: str = Field(default="", sa_column_kwargs={"server_default": ""})
    locale: str = Field(default="", sa_column_kwargs={"server_default": ""})
    quiet: str = Field(default="", sa_column_kwargs={"server_default": ""})
    urgent: bool = Field(default=False, sa_column_kwargs={"server_default": false()})


class Slice(Table, table=True):
    """A part of a notice's audience whose deliveries are not written yet. `readers` is a JSON array."""

    __table_args__: ClassVar[Any] = (
        PrimaryKeyConstraint("notice", "number", name="pk_slice"),
        ForeignKeyConstraint(["notice"], ["notice.key"], name="fk_slice_notice"),
        NO_ROWID,
    )

    notice: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    readers: str


class Subscription(Table, table=True):
    """A chat that gets announcements. `tags` are words, separated by blanks."""

    __table_args__: ClassVar[Any] = (
        PrimaryKeyConstraint("platform", "chat", name="pk_subscription"),
        ForeignKeyConstraint(["by"], ["person.id"], name="fk_subscription_by"),
        NO_ROWID,
    )

    platform: str = Field(primary_key=True)
    chat: str = Field(primary_key=True)
    direct: bool
    place: str
    since: datetime = Field(sa_type=Moment)
    by: int = Field(sa_type=Id)
    title: str
    zone: str
    locale: str
    tags: str
    gone: str
    quiet: str = Field(default="", sa_column_kwargs={"server_default": ""})


class Sender(Table, table=True):
    """The lease to send on a platform: its holder, and until when it lasts."""

    __table_args__: ClassVar[Any] = (PrimaryKeyConstraint("platform", name="pk_sender"), NO_ROWID)

    platform: str = Field(primary_key=True)
    holder: str
    epoch: int
    until: datetime = Field(sa_type=Moment)


class Inbox(Table, table=True):
    """An update that a platform will not send again. Once it is finished, it has no body."""

    __table_args__: ClassVar[Any] = (PrimaryKeyConstraint("platform", "number", name="pk_inbox"), NO_ROWID)

    platform: str = Field(primary_key=True)
    number: int = Field(primary_key=True, sa_type=Id)
    at: datetime = Field(sa_type=Moment)
    starts: int
    body: str | None
