"""Recurring announcements."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, insert, literal_column, select, update
from sqlmodel import col

from core.announcements.model import Series
from core.shared.ids import PersonId
from core.shared.lifecycle import Status
from storage.sql.session import Aggregate, reads, writes
from storage.sql.tables import promotions as p
from storage.sql.tables.codec import AUDIENCE
from storage.sql.tables.compiler import LIMIT, NONE_SKIPPED, columns
from storage.sql.tables.ledger import micros, moment

if TYPE_CHECKING:
    from sqlalchemy.sql.elements import ColumnElement

    from core.scheduling.task import Task
    from storage.sql.session import Connections, Session
    from storage.sql.tables.codec import Row
    from storage.sql.tables.compiler import Compiler
    from storage.sql.tasks import Tasks

DRAFT: Final[ColumnElement[str]] = literal_column(f"'{Status.DRAFT}'")


class SeriesSql:
    """The statements on series."""

    def __init__(self, to_text: Compiler) -> None:
        sets = tuple(name for name in p.Series.model_fields if name != "id")
        self.new = to_text(insert(p.Series).returning(col(p.Series.id)), *sets, sets=sets)
        every = select(*columns(p.Series, *p.Series.model_fields))
        this, seen = col(p.Series.id) == bindparam("this"), col(p.Series.version) == bindparam("seen")
        self.one = to_text(every.where(this), "this")
        begun = every.where(col(p.Series.status) != DRAFT).order_by(col(p.Series.id).desc())
        self.all = to_text(begun.limit(LIMIT).offset(NONE_SKIPPED), "limit")
        moved = update(p.Series).where(this, seen).returning(col(p.Series.id))
        self.move = to_text(moved, "status", "version", "this", "seen", sets=("status", "version"))


class Recurring(Aggregate):
    """Implements `core.announcements.ports.RecurringStore`."""

    def __init__(self, connections: Connections, tasks: Tasks) -> None:
        super().__init__(connections)
        self._sql, self._tasks = connections.to_text.compiled(SeriesSql), tasks

    @writes()
    def new_series(self, session: Session, series: Series) -> Series:
        when, audience = (series.status.value, series.cron, series.zone), AUDIENCE.text(series.audience)
        row = (*when, series.text, audience, series.by, micros(series.made), series.version)
        ((number,),) = session.rows(self._sql.new, *row)
        return series._replace(id=number)

    @writes()
    def change_series(self, session: Session, seen: Series, status: Status, task: Task | None) -> bool:
        if not session.rows(self._sql.move, status.value, seen.version + 1, seen.id, seen.version):
            return False
        if task is not None:
            self._tasks.put(session, task)
        return True

    @reads
    def one_series(self, session: Session, number: int) -> Series | None:
        return next(map(_series, session.rows(self._sql.one, number)), None)

    @reads
    def all_series(self, session: Session, limit: int) -> tuple[Series, ...]:
        return tuple(map(_series, session.rows(self._sql.all, limit)))


def _series(row: Row) -> Series:
    number, status, cron, zone, text, audience, by, made, version = row
    what = text, AUDIENCE.value(audience)
    return Series(number, Status(status), cron, zone, *what, PersonId(by), moment(made), version)
