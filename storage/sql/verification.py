"""Streams the whole journal from one read transaction. Memory holds one page and the lots of one wallet at most."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, literal_column, select
from sqlmodel import col

from core.ledger.model import supply_of
from core.shared.ids import PromotionId
from core.verification import EntryRow, JournalSnapshot, Totals
from storage.sql.tables import ledger as t
from storage.sql.tables import promotions as p
from storage.sql.tables.codec import read_head, read_lot, read_once_key, read_unchecked
from storage.sql.tables.compiler import (
    HEAD,
    LIMIT,
    LOT,
    NONE_SKIPPED,
    ONCE_KEY,
    WALLET,
    by_line,
    columns,
    entries_with_postings,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from core.ledger.model import Snapshot
    from storage.sql.session import Connection, Rows
    from storage.sql.tables.codec import Row
    from storage.sql.tables.compiler import Compiler

    Ask = Callable[[Callable[[], Any]], Awaitable[Any]]

    Stream = Callable[[str, Row], Rows]

    Examine = Callable[[], str | None]

WALLETS_AT_ONCE = 100
POSTINGS_AT_ONCE = 2000


class AuditSql:
    """The statements that `verify` needs: all of one wallet after another, and the number of rows in each table."""

    def __init__(self, to_text: Compiler) -> None:
        self.heads = to_text(
            select(*HEAD)
            .where(col(t.Wallet.id) > bindparam("after"))
            .order_by(col(t.Wallet.id))
            .limit(LIMIT)
            .offset(NONE_SKIPPED),
            "after", "limit",
        )  # fmt: skip
        self.lots = to_text(select(*LOT).where(col(t.Lot.wallet) == WALLET).order_by(col(t.Lot.number)), "wallet")
        self.once_keys = to_text(
            select(*ONCE_KEY).where(col(t.Mark.wallet) == WALLET).order_by(col(t.Mark.name)), "wallet"
        )
        self.entries = to_text(
            entries_with_postings().where(col(t.Entry.wallet) == WALLET).order_by(*by_line()), "wallet"
        )
        self.counts = tuple(
            to_text(select(func.count()).select_from(table)) for table in (t.Wallet, t.Entry, t.Posting, t.Lot, t.Mark)
        )
        self.doubled = to_text(
            select(col(t.Entry.key))
            .group_by(col(t.Entry.key))
            .having(func.count() > literal_column("1"))
            .limit(literal_column("1"))
            .offset(NONE_SKIPPED)
        )
        given = columns(p.Promotion, "id", "given")
        self.given = to_text(select(*given).where(col(p.Promotion.given) > literal_column("0")))


class SqlJournalReader:
    """Implements `core.verification.JournalReader` on a connection of its own, with a transaction open.

    `ask` runs a function on the connection's thread. `stream` runs a statement whose rows are fetched page by page.
    `examine` gives the first fault that the database finds in itself.
    """

    def __init__(self, connection: Connection, to_text: Compiler, ask: Ask, stream: Stream, examine: Examine) -> None:
        self._connection, self._sql, self._ask = connection, to_text.compiled(AuditSql), ask
        self._stream, self._examine = stream, examine

    async def snapshots(self) -> AsyncIterator[JournalSnapshot]:
        after = 0
        while heads := await self._ask(partial(self._heads, after)):
            for row in heads:
                after = row[0]
                head = await self._ask(partial(self._head, row))
                yield JournalSnapshot(head, self._entries(after))

    def _heads(self, after: int) -> list[Row]:
        return self._connection.execute(self._sql.heads, (after, WALLETS_AT_ONCE)).fetchall()

    def _head(self, row: Row) -> Snapshot:
        lots = self._connection.execute(self._sql.lots, row[:1]).fetchall()
        once_keys = self._connection.execute(self._sql.once_keys, row[:1]).fetchall()
        return read_head(row, tuple(map(read_lot, lots)), tuple(map(read_once_key, once_keys)))

    async def _entries(self, wallet: int) -> AsyncIterator[EntryRow]:
        rows: Rows = await self._ask(partial(self._stream, self._sql.entries, (wallet,)))
        held: EntryRow | None = None
        while page := await self._ask(partial(_page, rows)):
            for row in page:
                if held is not None and held.number == row.number:  # the page ended between its postings
                    held = held._replace(postings=held.postings + row.postings)
                    continue
                if held is not None:
                    yield held
                held = row
        await self._ask(rows.close)
        if held is not None:
            yield held

    async def totals(self) -> Totals:
        return Totals(*await self._ask(self._count))

    async def flaw(self) -> str | None:
        found: str | None = await self._ask(self._examine)
        return found

    def _count(self) -> tuple[Any, ...]:
        counts = [self._connection.execute(sql).fetchone()[0] for sql in self._sql.counts]
        doubled = self._connection.execute(self._sql.doubled).fetchone()
        rows = self._connection.execute(self._sql.given).fetchall()
        given = {str(supply_of(PromotionId(number))): connects for number, connects in rows}
        return (*counts, None if doubled is None else doubled[0], given)


def _page(rows: Rows) -> list[EntryRow]:
    return list(read_unchecked(rows.fetchmany(POSTINGS_AT_ONCE)))
