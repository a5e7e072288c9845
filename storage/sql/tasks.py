"""Tasks, and when they fall due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, bindparam, delete, func, insert, select
from sqlmodel import col

from core.scheduling.task import Task
from core.shared.clock_steps import SLACK
from storage.sql.session import Aggregate, reads, writes
from storage.sql.tables import promotions as p
from storage.sql.tables.compiler import LIMIT, NONE_SKIPPED, ZERO, columns
from storage.sql.tables.ledger import micros, moment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from core.delivery.notice import Notice
    from core.scheduling.task import Guard
    from storage.sql.delivery.fanout import Slices
    from storage.sql.delivery.outbox import Outbox
    from storage.sql.session import Connections, Session
    from storage.sql.tables.compiler import Compiler


class TaskSql:
    """The statements on due times, and on the versions that guard them."""

    def __init__(self, to_text: Compiler) -> None:
        this = col(p.Due.name) == bindparam("this")
        self.new = to_text(insert(p.Due), *p.Due.model_fields)
        self.drop = to_text(delete(p.Due).where(this), "this")
        self.one = to_text(select(*columns(p.Due, "at")).where(this), "this")
        seen = col(p.Due.at) == bindparam("seen")
        self.take = to_text(delete(p.Due).where(this, seen).returning(col(p.Due.name)), "this", "seen")
        self.next = to_text(select(func.min(col(p.Due.at))))
        soon = select(*columns(p.Due, "name", "at")).where(col(p.Due.at) <= bindparam("now"))
        in_order = soon.order_by(col(p.Due.at), col(p.Due.name))
        self.due = to_text(in_order.limit(LIMIT).offset(NONE_SKIPPED), "now", "limit")
        # With the addition, `at` cannot lead to an index, which would scan all that is not due yet.
        waiting = and_(col(p.Due.reckoned) > bindparam("later"), col(p.Due.at) + ZERO > bindparam("now"))
        ahead = select(*columns(p.Due, "name", "at")).where(waiting).order_by(col(p.Due.reckoned), col(p.Due.name))
        self.ahead = to_text(ahead.limit(LIMIT).offset(NONE_SKIPPED), "later", "now", "limit")
        version = select(*columns(p.Promotion, "version")).where(col(p.Promotion.id) == bindparam("this"))
        self.versions = {"promotion": to_text(version.with_for_update(), "this")}


class Tasks(Aggregate):
    """Implements `core.scheduling.ports.TaskQueue`."""

    def __init__(self, connections: Connections, outbox: Outbox) -> None:
        super().__init__(connections)
        self._sql, self._outbox = connections.to_text.compiled(TaskSql), outbox

    def put(self, session: Session, task: Task) -> None:
        """Schedule a task within a transaction."""
        session.run(self._sql.drop, task.name)
        session.run(self._sql.new, task.name, micros(task.at), task.reckoned and micros(task.reckoned))

    schedule = writes()(put)

    def drop(self, session: Session, name: str) -> datetime | None:
        """Drop a task within a transaction. Returns when it was due (None: there is none)."""
        row = session.row(self._sql.one, name)
        session.run(self._sql.drop, name)
        return None if row is None else moment(row[0])

    @reads
    def due_by(self, session: Session, now: datetime, limit: int) -> tuple[Task, ...]:
        due = session.rows(self._sql.due, micros(now), limit)
        if len(due) < limit:
            due = [*due, *session.rows(self._sql.ahead, micros(now + SLACK), micros(now), limit - len(due))]
        return tuple(Task(name, moment(at)) for name, at in due)

    @reads
    def next_due_at(self, session: Session) -> datetime | None:
        ((at,),) = session.rows(self._sql.next)
        return None if at is None else moment(at)

    async def take(
        self,
        task: Task,
        notices: Sequence[Notice],
        now: datetime,
        next_at: datetime | None = None,
        *,
        guard: Guard | None = None,
    ) -> bool:
        slices = await self._outbox.sliced(notices)
        return await self._take(task, notices, now, next_at, guard=guard, slices=slices)

    @writes()
    def _take(
        self,
        session: Session,
        task: Task,
        notices: Sequence[Notice],
        now: datetime,
        next_at: datetime | None,
        *,
        guard: Guard | None,
        slices: Slices,
    ) -> bool:
        if guard is not None and not self.unchanged(session, guard):
            return False
        if not session.rows(self._sql.take, task.name, micros(task.at)):
            return False
        if next_at is not None:
            session.run(self._sql.new, task.name, micros(next_at), micros(now))
        self._outbox.store(session, notices, now, slices)
        return True

    def unchanged(self, session: Session, guard: Guard) -> bool:
        """Whether a guarded row still has the version that was seen. It is locked, so that it stays so."""
        row = session.row(self._sql.versions[guard.kind], guard.id)
        return row is not None and bool(row[0] == guard.version)
