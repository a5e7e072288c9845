"""What falls due when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, func, insert, select
from sqlmodel import col

from core.scheduling.task import Due
from storage.sql.session import Aggregate, reads, writes
from storage.sql.tables import promotions as p
from storage.sql.tables.compiler import LIMIT, NONE_SKIPPED, columns
from storage.sql.tables.ledger import micros, moment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from core.delivery.notice import Notice
    from core.scheduling.task import Guard
    from storage.sql.fanout import Slices
    from storage.sql.outbox import Outbox
    from storage.sql.session import Connections, Session
    from storage.sql.tables.compiler import Compiler


class TaskSql:
    """The statements on due times, and on the version of what they are about."""

    def __init__(self, to_text: Compiler) -> None:
        this = col(p.Due.name) == bindparam("this")
        self.new = to_text(insert(p.Due), *p.Due.model_fields)
        self.drop = to_text(delete(p.Due).where(this), "this")
        seen = col(p.Due.at) == bindparam("seen")
        self.take = to_text(delete(p.Due).where(this, seen).returning(col(p.Due.name)), "this", "seen")
        self.next = to_text(select(func.min(col(p.Due.at))))
        soon = select(*columns(p.Due, "name", "at")).where(col(p.Due.at) <= bindparam("now"))
        self.due = to_text(
            soon.order_by(col(p.Due.at), col(p.Due.name)).limit(LIMIT).offset(NONE_SKIPPED), "now", "limit"
        )
        version = select(*columns(p.Promotion, "version")).where(col(p.Promotion.id) == bindparam("this"))
        self.versions = {"promotion": to_text(version.with_for_update(), "this")}


class Tasks(Aggregate):
    """Due times by the names of what falls due."""

    def __init__(self, connections: Connections, outbox: Outbox) -> None:
        super().__init__(connections)
        self._sql, self._outbox = connections.to_text.compiled(TaskSql), outbox

    @writes()
    def put_due(self, session: Session, due: Due) -> None:
        """Let something fall due at a time, in place of the time it had."""
        self.put(session, due)

    def put(self, session: Session, due: Due) -> None:
        """Let something fall due, within a transaction."""
        session.run(self._sql.drop, due.name)
        session.run(self._sql.new, due.name, micros(due.at))

    @reads
    def due_by(self, session: Session, now: datetime, limit: int) -> tuple[Due, ...]:
        """What is due by now, the longest due first."""
        return tuple(Due(name, moment(at)) for name, at in session.rows(self._sql.due, micros(now), limit))

    @reads
    def next_due_at(self, session: Session) -> datetime | None:
        """When the next of all falls due."""
        ((at,),) = session.rows(self._sql.next)
        return None if at is None else moment(at)

    async def take_due(
        self,
        due: Due,
        notices: Sequence[Notice],
        now: datetime,
        then: datetime | None = None,
        *,
        guard: Guard | None = None,
    ) -> bool:
        """Take what is due and keep its notices; False where another has taken it, or it is not as it was seen."""
        slices = await self._outbox.sliced(notices)
        return await self._take(due, notices, now, then, guard=guard, slices=slices)

    @writes()
    def _take(
        self,
        session: Session,
        due: Due,
        notices: Sequence[Notice],
        now: datetime,
        then: datetime | None,
        *,
        guard: Guard | None,
        slices: Slices,
    ) -> bool:
        if guard is not None and not self.unchanged(session, guard):
            return False
        if not session.rows(self._sql.take, due.name, micros(due.at)):
            return False
        if then is not None:
            session.run(self._sql.new, due.name, micros(then))
        self._outbox.keep(session, notices, now, slices)
        return True

    def unchanged(self, session: Session, guard: Guard) -> bool:
        """Whether something is still as it was seen; it is locked, so that it stays so."""
        kept = session.row(self._sql.versions[guard.kind], guard.id)
        return kept is not None and bool(kept[0] == guard.version)
