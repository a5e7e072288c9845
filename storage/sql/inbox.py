"""The inbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, bindparam, delete, insert, null, or_, select, update
from sqlmodel import col

from core.inbox import KeptUpdate
from storage.sql.session import Aggregate, reads, writes
from storage.sql.tables import delivery as n
from storage.sql.tables.compiler import LIMIT, NONE_SKIPPED, ONE, columns
from storage.sql.tables.ledger import micros, moment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from storage.sql.session import Connections, Session
    from storage.sql.tables.compiler import Compiler


class InboxSql:
    """The statements on updates."""

    def __init__(self, to_text: Compiler) -> None:
        here = col(n.Inbox.platform) == bindparam("here")
        this = and_(here, col(n.Inbox.number) == bindparam("this"))
        finished = col(n.Inbox.body).is_(None)
        number = col(n.Inbox.number)
        among = and_(here, number >= bindparam("first"), number <= bindparam("last"))
        known = select(*columns(n.Inbox, "number"), finished).where(among)
        self.known = to_text(known, "here", "first", "last")
        self.new = to_text(insert(n.Inbox), *n.Inbox.model_fields)
        kept = select(*columns(n.Inbox, "number", "body", "at", "starts")).where(here, ~finished)
        self.unfinished = to_text(kept.order_by(col(n.Inbox.number)), "here")
        again = update(n.Inbox).where(this).values(starts=col(n.Inbox.starts) + ONE)
        self.begin = to_text(again, "here", "this")
        self.finish = to_text(update(n.Inbox).where(this).values(body=null()), "here", "this")
        at = col(n.Inbox.at)
        over = and_(finished, or_(at < bindparam("before"), at > bindparam("later")))
        old = select(*columns(n.Inbox, "platform", "number")).where(or_(over, at < bindparam("stale")))
        in_order = old.order_by(col(n.Inbox.platform), col(n.Inbox.number))
        self.old = to_text(in_order.limit(LIMIT).offset(NONE_SKIPPED), "before", "later", "stale", "limit")
        self.forget = to_text(delete(n.Inbox).where(this), "here", "this")


class Inbox(Aggregate):
    """Implements `core.inbox.Inbox`."""

    def __init__(self, connections: Connections) -> None:
        super().__init__(connections)
        self._sql = connections.to_text.compiled(InboxSql)

    @writes()
    def keep(self, session: Session, platform: str, updates: Sequence[KeptUpdate]) -> AbstractSet[int]:
        """However many they are, the database is asked once: the rows are written together with what follows."""
        new = {one.number: one for one in reversed(updates)}
        if not new:
            return set()
        known = session.rows(self._sql.known, platform, min(new), max(new))
        finished = {number for number, over in known if over}
        wanted = new.keys() - finished
        for number, _ in known:
            new.pop(number, None)
        rows = [(platform, one.number, micros(one.at), one.starts, one.body) for one in new.values()]
        session.run_many(self._sql.new, rows)
        return wanted

    @reads
    def unfinished(self, session: Session, platform: str) -> tuple[KeptUpdate, ...]:
        rows = session.rows(self._sql.unfinished, platform)
        return tuple(KeptUpdate(number, body, moment(at), starts) for number, body, at, starts in rows)

    @writes()
    def begin(self, session: Session, platform: str, numbers: Sequence[int]) -> None:
        session.run_many(self._sql.begin, [(platform, number) for number in numbers])

    @writes()
    def finish(self, session: Session, platform: str, numbers: Sequence[int]) -> None:
        session.run_many(self._sql.finish, [(platform, number) for number in numbers])

    @writes()
    def forget(self, session: Session, before: datetime, stale: datetime, later: datetime, limit: int) -> int:
        old = session.rows(self._sql.old, micros(before), micros(later), micros(stale), limit)
        session.run_many(self._sql.forget, [tuple(row) for row in old])
        return len(old)
