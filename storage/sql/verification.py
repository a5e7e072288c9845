"""Streams the whole journal from one read transaction. Memory holds one page and one wallet at most."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, case, exists, func, literal_column, select
from sqlmodel import col

from core.journal_reader import EntryRow, JournalSnapshot, Totals
from core.ledger.model import supply_of
from core.ledger.ports import Record
from core.promotions.proof import StoredPromotion, first_fault
from core.proposals.ports import Age, Mark
from core.shared.ids import PersonId, PromotionId
from core.verification import UNREADABLE, FaultError
from storage.sql.delivery.fanout import HAS_TOPIC
from storage.sql.imports import ImportSql, read_heads, with_rows
from storage.sql.links.proof import LinkProof
from storage.sql.promotions import read_claim, read_promotion
from storage.sql.proposals.statements import CardSql
from storage.sql.tables import delivery as n
from storage.sql.tables import erasure as e
from storage.sql.tables import imports as i
from storage.sql.tables import ledger as t
from storage.sql.tables import promotions as p
from storage.sql.tables.codec import FACTS, read_head, read_lot, read_once_key, read_unchecked
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
from storage.sql.tables.erasure import read_erasure, read_witness
from storage.sql.tables.imports import read_sighting
from storage.sql.tables.proposals import ill_listed, read_clusters

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence

    from sqlalchemy import ForeignKeyConstraint, Select, Table

    from core.journal_reader import Grant, LinkTrace
    from core.ledger.erased.witness import Erasure
    from core.ledger.model import Entry, Snapshot
    from core.ledger.sightings import Batch, Sighting
    from storage.sql.session import Connection, Rows
    from storage.sql.tables.codec import Row
    from storage.sql.tables.compiler import Compiler

    Ask = Callable[[Callable[[], Any]], Awaitable[Any]]

    Stream = Callable[[str, Row], Rows]

    Examine = Callable[[], str | None]

WALLETS_AT_ONCE = 100
PROMOTIONS_AT_ONCE = 100
POSTINGS_AT_ONCE = 2000
SIGHTINGS_AT_ONCE = 1000


class AuditSql:
    """The statements that `verify` needs: all of one wallet after another, and the number of rows in each table."""

    def __init__(self, to_text: Compiler) -> None:
        self.heads = to_text(
            select(*HEAD, *columns(t.Wallet, "person"))
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
            to_text(select(func.count()).select_from(table))
            for table in (t.Wallet, t.Entry, t.Posting, t.Lot, t.Mark, i.Batch, i.Sighting, i.ProposalSighting)
        )
        self.witness_count = to_text(select(func.count()).select_from(e.Witness))
        fields = columns(e.Witness, *e.Witness.model_fields)
        self.witnesses = to_text(select(*fields).where(col(e.Witness.wallet) == WALLET), "wallet")
        self.erasures = to_text(select(*columns(e.Erasure, *e.Erasure.model_fields)).order_by(col(e.Erasure.number)))
        self.doubled = to_text(
            select(col(t.Entry.key))
            .group_by(col(t.Entry.key))
            .having(func.count() > literal_column("1"))
            .limit(literal_column("1"))
            .offset(NONE_SKIPPED)
        )
        given = columns(p.Promotion, "id", "given")
        self.given = to_text(select(*given).where(col(p.Promotion.given) > literal_column("0")))
        self._promotions(to_text)

    def _promotions(self, to_text: Compiler) -> None:
        number = col(p.Promotion.id)
        fields = columns(p.Promotion, "id", "status", "terms", "by", "seed", "made", "version", "given", "supply")
        self.promotions = to_text(
            select(*fields)
            .where(number > bindparam("after"))
            .order_by(number)
            .limit(LIMIT)
            .offset(NONE_SKIPPED),
            "after", "limit",
        )  # fmt: skip
        own, holder = (t.METADATA.tables["person"].alias(name) for name in ("own", "holder"))
        same = func.coalesce(own.c.into, own.c.id) == func.coalesce(holder.c.into, holder.c.id)
        owner = case((same, col(p.Claim.person)), else_=col(t.Wallet.person))
        self.claims = to_text(
            select(*columns(p.Claim, *p.Claim.model_fields), owner)
            .select_from(p.Claim)
            .outerjoin(t.Wallet, col(t.Wallet.id) == col(p.Claim.wallet))
            .outerjoin(own, own.c.id == col(p.Claim.person))
            .outerjoin(holder, holder.c.id == col(t.Wallet.person))
            .where(col(p.Claim.promotion) == bindparam("this"))
            .order_by(col(p.Claim.number)),
            "this",
        )
        about = col(n.Notice.about) == bindparam("about")
        self.published = to_text(select(*columns(n.Notice, "facts")).where(HAS_TOPIC, about), "about")


class SqlJournalReader:
    """Implements `core.journal_reader.JournalReader` on a connection of its own, with a transaction open.

    `ask` runs a function on the connection's thread. `stream` runs a statement whose rows are fetched page by page.
    `examine` gives the first fault that the database finds in itself.
    """

    def __init__(self, connection: Connection, to_text: Compiler, ask: Ask, stream: Stream, examine: Examine) -> None:
        self._connection, self._sql, self._ask = connection, to_text.compiled(AuditSql), ask
        self._imports, self._cards = to_text.compiled(ImportSql), to_text.compiled(CardSql)
        self._stream, self._examine = stream, examine
        self._links = LinkProof(connection, to_text)

    async def snapshots(self) -> AsyncIterator[JournalSnapshot]:
        after = 0
        while heads := await self._ask(partial(self._heads, after)):
            for row in heads:
                after = row[0]
                *columns_, person = row
                head = await self._ask(partial(self._head, tuple(columns_)))
                owner = None if person is None else PersonId(person)
                imports = await self._ask(partial(self._batches, after))
                rows = await self._ask(partial(self._all, self._sql.witnesses, after))
                witnesses = tuple(map(read_witness, rows))
                yield JournalSnapshot(head, self._entries(after), owner, imports, self._sightings(after), witnesses)

    def _heads(self, after: int) -> list[Row]:
        return self._connection.execute(self._sql.heads, (after, WALLETS_AT_ONCE)).fetchall()

    def _head(self, row: Row) -> Snapshot:
        lots = self._connection.execute(self._sql.lots, row[:1]).fetchall()
        once_keys = self._connection.execute(self._sql.once_keys, row[:1]).fetchall()
        return read_head(row, tuple(map(read_lot, lots)), tuple(map(read_once_key, once_keys)))

    def _batches(self, wallet: int) -> tuple[Batch, ...]:
        return read_heads(self._all(self._imports.batches, wallet), self._all(self._imports.proposals, wallet))

    async def _sightings(self, wallet: int) -> AsyncIterator[tuple[int, Sighting]]:
        rows: Rows = await self._ask(partial(self._stream, self._imports.sightings, (wallet,)))
        while page := await self._ask(partial(rows.fetchmany, SIGHTINGS_AT_ONCE)):
            for row in page:
                yield row[0], read_sighting(row[1:])
        await self._ask(rows.close)

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

    async def flaw_in_proposals(self, head: Snapshot, entries: Sequence[Entry]) -> str | None:
        found: str | None = await self._ask(partial(self._flaw_in_proposals, head, entries))
        return found

    def _flaw_in_proposals(self, head: Snapshot, entries: Sequence[Entry]) -> str | None:
        from core.proposals.proof import flaw_in_cards  # which knows all rules; a start of the bot needs none of them

        wallet = head.wallet
        batches = with_rows(self._batches(wallet), self._all(self._imports.sightings, wallet))
        mark = next((Mark(*row) for row in self._all(self._cards.mark, wallet)), None)
        if not Age(mark, len(entries), len(batches)).current:
            return None
        stored = read_clusters(*(self._all(sql, wallet) for sql in self._cards.everything))
        flaw = flaw_in_cards(stored, Record(head, tuple(entries), batches))
        return flaw or ill_listed(self._all(self._cards.listed, wallet))

    def _all(self, sql: str, wallet: int) -> list[Row]:
        return self._connection.execute(sql, (wallet,)).fetchall()

    async def erasures(self) -> tuple[Erasure, ...]:
        rows: list[Row] = await self._ask(lambda: self._connection.execute(self._sql.erasures, ()).fetchall())
        return tuple(map(read_erasure, rows))

    async def flaw_in_promotions(self, grants: Sequence[Grant]) -> str | None:
        found: str | None = await self._ask(lambda: first_fault(self._promotions(), grants))
        return found

    def _promotions(self) -> Iterator[StoredPromotion]:
        after = 0
        while rows := self._connection.execute(self._sql.promotions, (after, PROMOTIONS_AT_ONCE)).fetchall():
            for row in rows:
                after = row[0]
                try:
                    yield self._promotion(row)
                except UNREADABLE as error:
                    raise FaultError(f"promotion {after} cannot be read: {error}") from error

    def _promotion(self, row: Row) -> StoredPromotion:
        *fields, supply = row
        promotion = read_promotion(tuple(fields))
        claims = self._connection.execute(self._sql.claims, (promotion.id,)).fetchall()
        published = self._connection.execute(self._sql.published, (promotion.topic,)).fetchall()
        return StoredPromotion(
            promotion,
            supply,
            tuple((read_claim(row[:-1]), row[-1]) for row in claims),
            tuple(FACTS.value(facts) for (facts,) in published),
        )

    async def link_seals(self) -> tuple[str, ...]:
        found: tuple[str, ...] = await self._ask(self._links.seals)
        return found

    async def flaw_in_links(self, traces: Sequence[LinkTrace]) -> str | None:
        found: str | None = await self._ask(partial(self._links.first_fault, traces))
        return found

    async def flaw(self) -> str | None:
        found: str | None = await self._ask(self._examine)
        return found

    def _count(self) -> tuple[Any, ...]:
        counts = [self._connection.execute(sql).fetchone()[0] for sql in self._sql.counts]
        doubled = self._connection.execute(self._sql.doubled).fetchone()
        rows = self._connection.execute(self._sql.given).fetchall()
        given = {str(supply_of(PromotionId(number))): connects for number, connects in rows}
        witnesses = self._connection.execute(self._sql.witness_count).fetchone()[0]
        return (*counts, None if doubled is None else doubled[0], given, witnesses)


def _page(rows: Rows) -> list[EntryRow]:
    return list(read_unchecked(rows.fetchmany(POSTINGS_AT_ONCE)))


def faulty_guard(there: Mapping[str, object], guards: Mapping[str, object]) -> str | None:
    """The first trigger that is missing, another than it should be, or not ours, by what each trigger does."""
    for name, guard in guards.items():
        if name not in there:
            return f"the guard {name} is missing, so the books are not protected from changes"
        if there[name] != guard:
            return f"the guard {name} was replaced, so the books are not protected from changes"
    strange = sorted(there.keys() - guards.keys())
    return f"the trigger {strange[0]} does not belong to this program" if strange else None


def orphans(connection: Connection, to_text: Compiler) -> Iterator[str]:
    """Rows that refer to a row that does not exist, which a database allows while its foreign keys are off."""
    for name, refers_to, sql in to_text.compiled(OrphanSql).all:
        if connection.execute(sql).fetchone() is not None:
            yield f"a row of {name} refers to a row of {refers_to} that does not exist"


class OrphanSql:
    """A statement for each foreign key, which finds a row that has no parent."""

    def __init__(self, to_text: Compiler) -> None:
        self.all = tuple(
            (table.name, key.referred_table.name, to_text(_without_parent(table, key)))
            for table in t.METADATA.sorted_tables
            for key in sorted(table.foreign_key_constraints, key=lambda key: str(key.name))
        )


def _without_parent(table: Table, key: ForeignKeyConstraint) -> Select[Any]:
    child, parent = table.alias("child"), key.referred_table.alias("parent")
    pairs = [(child.c[one.parent.name], parent.c[one.column.name]) for one in key.elements]
    there = exists(literal_column("1")).where(*(refers == referred for refers, referred in pairs))
    return (
        select(literal_column("1"))
        .select_from(child)
        .where(*(refers.is_not(None) for refers, _ in pairs), ~there)
        .limit(literal_column("1"))
        .offset(NONE_SKIPPED)
    )
