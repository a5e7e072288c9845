"""The table of links between persons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import ForeignKeyConstraint, PrimaryKeyConstraint, UniqueConstraint
from sqlmodel import Field

from storage.sql.tables.ledger import Id, Moment, Table

if TYPE_CHECKING:
    from datetime import datetime


class Link(Table, table=True):
    """A link, standing or undone. `facts` is a JSON object of everything else that `core.links.model.Link` has."""

    __table_args__: ClassVar[Any] = (
        PrimaryKeyConstraint("id", name="pk_link"),
        ForeignKeyConstraint(["kept"], ["person.id"], name="fk_link_kept"),
        ForeignKeyConstraint(["merged"], ["person.id"], name="fk_link_merged"),
        UniqueConstraint("key", name="uq_link_key"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Id)
    at: datetime = Field(sa_type=Moment)
    key: str
    accounts: str
    kept: int = Field(sa_type=Id)
    merged: int = Field(sa_type=Id)
    facts: str
    undone: datetime | None = Field(default=None, sa_type=Moment, nullable=True)
