"""Small texts under a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, insert, or_, select, update
from sqlmodel import col

from core.shared.ports import LONGEST_NOTE
from storage.sql.session import Aggregate, reads, writes
from storage.sql.tables import ledger as t
from storage.sql.tables.compiler import columns
from storage.sql.tables.ledger import micros

if TYPE_CHECKING:
    from datetime import datetime

    from storage.sql.session import Connections, Session
    from storage.sql.tables.compiler import Compiler


class NoteSql:
    """The statements on notes."""

    def __init__(self, to_text: Compiler) -> None:
        name = col(t.Note.name) == bindparam("this")
        lasts = or_(col(t.Note.until).is_(None), col(t.Note.until) > bindparam("now"))
        self.note = to_text(select(*columns(t.Note, "text")).where(name, lasts), "this", "now")
        self.drop = to_text(delete(t.Note).where(name), "this")
        self.take = to_text(delete(t.Note).where(name).returning(*columns(t.Note, "text", "until")), "this")
        self.new = to_text(insert(t.Note), *t.Note.model_fields)
        self.sweep = to_text(delete(t.Note).where(col(t.Note.until) <= bindparam("now")), "now")
        too_long = update(t.Note).where(col(t.Note.until) > bindparam("longest"))
        self.shorten = to_text(too_long, "until", "longest", sets=("until",))


class Notes(Aggregate):
    """Implements `core.shared.ports.Notes`."""

    def __init__(self, connections: Connections) -> None:
        super().__init__(connections)
        self._sql = connections.to_text.compiled(NoteSql)

    @reads
    def note(self, session: Session, name: str, now: datetime) -> str | None:
        row = session.row(self._sql.note, name, micros(now))
        return None if row is None else str(row[0])

    @writes(idempotent=False)
    def take_note(self, session: Session, name: str, now: datetime) -> str | None:
        row = session.row(self._sql.take, name)
        return None if row is None or (row[1] is not None and row[1] <= micros(now)) else str(row[0])

    @writes()
    def put_note(self, session: Session, name: str, text: str, until: datetime | None) -> None:
        session.run(self._sql.drop, name)
        session.run(self._sql.new, name, text, None if until is None else micros(until))

    @writes()
    def sweep_notes(self, session: Session, now: datetime) -> None:
        session.run(self._sql.sweep, micros(now))
        longest = micros(now + LONGEST_NOTE)
        session.run(self._sql.shorten, longest, longest)
