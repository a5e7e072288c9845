"""The journal by when facts happened, rather than in the order in which they were booked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, select
from sqlmodel import col

from core.ledger.flows import flows_of
from core.ledger.model import Kind
from storage.sql.session import Aggregate, reads
from storage.sql.tables import ledger as t
from storage.sql.tables.codec import read_entries
from storage.sql.tables.compiler import LIMIT, NONE_SKIPPED, WALLET, by_line, entries_with_postings
from storage.sql.tables.flows import FlowSql, read_movements
from storage.sql.tables.ledger import micros, moment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from core.ledger.flows import Flows
    from core.ledger.model import Entry
    from core.shared.ids import WalletId
    from storage.sql.session import Connections, Session
    from storage.sql.tables.compiler import Compiler


class ByTimeSql:
    """The statements that read entries by when they happened."""

    def __init__(self, to_text: Compiler) -> None:
        wallet, when = col(t.Entry.wallet) == WALLET, func.coalesce(col(t.Entry.happened), col(t.Entry.at))
        self.since = to_text(
            entries_with_postings().where(wallet, when >= bindparam("since")).order_by(*by_line()), "wallet", "since"
        )
        self.latest_moments = to_text(
            select(when)
            .where(wallet, col(t.Entry.kind) != bindparam("kind"))
            .order_by(when.desc())
            .limit(LIMIT)
            .offset(NONE_SKIPPED),
            "wallet", "kind", "limit",
        )  # fmt: skip


class JournalByTime(Aggregate):
    """The part of `core.ledger.ports.Ledger` that asks for what happened last."""

    def __init__(self, connections: Connections) -> None:
        super().__init__(connections)
        self._by_time = connections.to_text.compiled(ByTimeSql)
        self._flows = connections.to_text.compiled(FlowSql)

    @reads
    def happened_since(self, session: Session, wallet: WalletId, since: datetime) -> tuple[Entry, ...]:
        return happened_since(session, self._by_time, wallet, since)

    @reads
    def flows(self, session: Session, wallet: WalletId, edges: Sequence[datetime]) -> tuple[Flows, ...]:
        spans = max(len(edges) - 1, 0)
        if not spans:
            return ()
        sql, values = self._flows.statement(wallet, edges)
        return flows_of(read_movements(session.rows(sql, *values), edges), spans)

    @reads
    def latest(self, session: Session, wallet: WalletId, limit: int) -> tuple[Entry, ...]:
        moments = session.rows(self._by_time.latest_moments, wallet, Kind.RECAST.value, limit)
        return happened_since(session, self._by_time, wallet, moment(moments[-1][0])) if moments else ()


def happened_since(session: Session, sql: ByTimeSql, wallet: WalletId, since: datetime) -> tuple[Entry, ...]:
    """What happened from a moment on, oldest first, within a transaction. Served by an index."""
    found = read_entries(session.rows(sql.since, wallet, micros(since)))
    return tuple(sorted(found, key=lambda entry: (entry.when, entry.number)))
