"""The entries on many jobs at once, whether the job was typed or is known from a standing import."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import String, exists, literal_column, select, union_all
from sqlmodel import col

from storage.sql.tables import imports as i
from storage.sql.tables import ledger as t

if TYPE_CHECKING:
    from sqlalchemy import CompoundSelect, FromClause
    from sqlalchemy.sql.elements import ColumnElement


def on_jobs(asked: FromClause, wallet: ColumnElement[int], job: ColumnElement[str]) -> CompoundSelect[Any]:
    """For each row that is `asked` for, the numbers of its entries: `wallet` and `job` are columns of that row."""
    no_job = literal_column("''", String)
    typed = select(wallet, job, col(t.Entry.number)).select_from(asked)
    typed = typed.join(t.Entry, (col(t.Entry.wallet) == wallet) & (col(t.Entry.job) == job))
    seen = select(wallet, job, col(i.Sighting.number)).select_from(asked)
    seen = seen.join(i.Sighting, (col(i.Sighting.wallet) == wallet) & (col(i.Sighting.job) == job))
    return union_all(typed.where(col(t.Entry.job) != no_job), seen.where(col(i.Sighting.job) != no_job, ~undone()))


def undone() -> ColumnElement[bool]:
    """Whether the import of a sighting is undone."""
    undo = t.METADATA.tables["batch"].alias("undo")
    same = (undo.c.wallet == col(i.Sighting.wallet), undo.c.of == col(i.Sighting.batch))
    return exists(literal_column("1")).where(*same)
