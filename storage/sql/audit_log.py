"""The audit log: what operators and admins of groups did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, delete, insert, select
from sqlmodel import col

from core.audit_log import AuditRecord
from core.shared.ids import PersonId
from core.wallets.people import ChatRef
from storage.sql.session import Aggregate, reads, writes
from storage.sql.tables import promotions as p
from storage.sql.tables.compiler import LIMIT, NONE_SKIPPED, columns
from storage.sql.tables.ledger import micros, moment

if TYPE_CHECKING:
    from datetime import datetime

    from storage.sql.session import Connections, Session
    from storage.sql.tables.codec import Row
    from storage.sql.tables.compiler import Compiler

HIGHEST: Final = 2**62


class ActionSql:
    """The statements on actions, as the table calls records of the audit log."""

    def __init__(self, to_text: Compiler) -> None:
        sets = tuple(name for name in p.Action.model_fields if name != "id")
        self.new = to_text(insert(p.Action), *sets, sets=sets)
        self.known = to_text(select(*columns(p.Action, "id")).where(col(p.Action.key) == bindparam("name")), "name")
        below = select(*columns(p.Action, *p.Action.model_fields)).where(col(p.Action.id) < bindparam("before"))
        by = {True: (col(p.Action.person) == bindparam("who"),), False: ()}
        here = {True: (col(p.Action.platform) == bindparam("on"), col(p.Action.chat) == bindparam("at")), False: ()}
        self.actions = {
            (chat, person): to_text(
                below.where(*here[chat], *by[person])
                .order_by(col(p.Action.id).desc())
                .limit(LIMIT)
                .offset(NONE_SKIPPED),
                *("before", *(("on", "at") if chat else ()), *(("who",) if person else ()), "limit"),
            )
            for chat in here
            for person in by
        }
        old = select(*columns(p.Action, "id")).where(col(p.Action.at) < bindparam("until")).order_by(col(p.Action.at))
        self.old = to_text(old.limit(LIMIT).offset(NONE_SKIPPED), "until", "limit")
        self.forget = to_text(delete(p.Action).where(col(p.Action.id) == bindparam("this")), "this")


class AuditLog(Aggregate):
    """Implements `core.audit_log.AuditLog`. Its ids are the order in which actions were recorded."""

    def __init__(self, connections: Connections) -> None:
        super().__init__(connections)
        self._sql = connections.to_text.compiled(ActionSql)

    @writes()
    def record(self, session: Session, action: AuditRecord) -> None:
        if not session.rows(self._sql.known, action.key):
            where = action.chat.platform, action.chat.id
            row = (action.key, micros(action.at), action.person, *where, action.line, action.outcome)
            session.run(self._sql.new, *row)

    @reads
    def records(
        self,
        session: Session,
        limit: int,
        before: int | None = None,
        chat: ChatRef | None = None,
        person: PersonId | None = None,
    ) -> tuple[AuditRecord, ...]:
        here = () if chat is None else (chat.platform, chat.id)
        who = () if person is None else (person,)
        sql = self._sql.actions[chat is not None, person is not None]
        return tuple(map(_action, session.rows(sql, HIGHEST if before is None else before, *here, *who, limit)))

    @writes()
    def forget(self, session: Session, before: datetime, limit: int) -> int:
        old = session.rows(self._sql.old, micros(before), limit)
        for (number,) in old:
            session.run(self._sql.forget, number)
        return len(old)


def _action(row: Row) -> AuditRecord:
    number, key, at, person, platform, chat, line, outcome = row
    return AuditRecord(key, moment(at), PersonId(person), ChatRef(platform, chat), line, outcome, number)
