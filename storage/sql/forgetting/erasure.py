"""Forgetting, in one transaction of the writer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, update
from sqlmodel import col

from core.forgetting.model import Forgotten
from storage.sql.session import Aggregate, writes
from storage.sql.tables import ledger as t

if TYPE_CHECKING:
    from datetime import datetime

    from core.shared.ids import PersonId
    from storage.sql.session import Connections, Session
    from storage.sql.tables.compiler import Compiler


class ErasureSql:
    """The statements that erase a person."""

    def __init__(self, to_text: Compiler) -> None:
        theirs = col(t.Identity.person) == bindparam("this")
        self.identities = to_text(delete(t.Identity).where(theirs).returning(col(t.Identity.platform)), "this")
        this = col(t.Person.id) == bindparam("this")
        self.name = to_text(update(t.Person).where(this), "name", "used", "this", sets=("name", "used"))


class Erasures(Aggregate):
    """Implements `core.forgetting.ports.Forgetting`."""

    def __init__(self, connections: Connections) -> None:
        super().__init__(connections)
        self._sql = connections.to_text.compiled(ErasureSql)

    @writes(moves_wallets=True)
    def forget(self, session: Session, person: PersonId, now: datetime) -> Forgotten:
        del now
        known = session.rows(self._sql.identities, person)
        session.run(self._sql.name, "", "", person)
        return Forgotten((person,), entries=0, in_groups=0, texts=0, chats=0, rows=len(known))
