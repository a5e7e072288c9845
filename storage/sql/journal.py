"""The journal and its projections: reads, and the statements that write a batch."""

from __future__ import annotations

from heapq import merge
from itertools import groupby, islice
from typing import TYPE_CHECKING, Final

from sqlalchemy import (
    String,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    literal_column,
    select,
    update,
)
from sqlmodel import col

from core.ledger.model import Kind, Receipt
from core.ledger.ports import Expiring, Record
from core.shared.ids import WalletId
from core.shared.refusals import RefusedError, Unknown
from storage.sql.imports import ImportReads, batches_of
from storage.sql.session import reads
from storage.sql.tables import ledger as t
from storage.sql.tables.codec import (
    HEAD_WIDTH,
    read_entries,
    read_expiry_days,
    read_head,
    read_lot,
    read_once_key,
    read_past_lot,
)
from storage.sql.tables.compiler import (
    HEAD,
    KEY,
    LIMIT,
    LOT,
    NONE_SKIPPED,
    NUMBER,
    ONCE_KEY,
    WALLET,
    by_line,
    columns,
    entries_with_postings,
)
from storage.sql.tables.ledger import micros, moment
from storage.sql.tables.past_lots import happened_by, lots_after
from storage.writer.group_commit import Booked, JournalWrite

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import datetime

    from sqlalchemy.sql.elements import ColumnElement
    from sqlmodel import SQLModel

    from core.ledger.model import Entry, Lot, OnceKey, Snapshot
    from core.ledger.ports import Decide, Key, Scope
    from core.shared.refusals import Refusal
    from storage.sql.session import Connections, Session
    from storage.sql.tables.compiler import Compiler

RECENT_SPENDS: Final = 1000


class ReadSql:
    """The statements that read the journal and its projections."""

    def __init__(self, to_text: Compiler) -> None:
        self._of_wallets(to_text)
        self._of_the_journal(to_text)
        self._of_lots(to_text)

    def _of_wallets(self, to_text: Compiler) -> None:
        open_lots = and_(col(t.Lot.wallet) == col(t.Wallet.id), col(t.Lot.open))
        head = select(*HEAD, *LOT).select_from(t.Wallet).outerjoin(t.Lot, open_lots).where(col(t.Wallet.id) == WALLET)
        self.head = to_text(head.order_by(col(t.Lot.number)), "wallet")
        self.open_head = to_text(head.where(~col(t.Wallet.closed)).order_by(col(t.Lot.number)), "wallet")
        self.newest = to_text(select(col(t.Wallet.entries)).where(col(t.Wallet.id) == WALLET), "wallet")
        self.once_key = to_text(select(*ONCE_KEY).where(col(t.Mark.name) == bindparam("name")), "name")
        self.keys_of_wallet = to_text(
            select(*ONCE_KEY).where(col(t.Mark.wallet) == WALLET).order_by(col(t.Mark.name)), "wallet"
        )
        self.once_keys = to_text(
            select(*ONCE_KEY).where(col(t.Mark.wallet) == WALLET, col(t.Mark.number) == NUMBER), "wallet", "number"
        )

    def _of_the_journal(self, to_text: Compiler) -> None:
        wallet, number = col(t.Entry.wallet) == WALLET, col(t.Entry.number)
        self.key = to_text(select(*KEY).where(col(t.Entry.key) == bindparam("name")), "name")
        between = number.between(bindparam("low"), bindparam("high"))
        self.entries = to_text(
            entries_with_postings().where(wallet, between).order_by(*by_line()),
            "wallet", "low", "high",
        )  # fmt: skip
        self.referring = to_text(select(number).where(wallet, col(t.Entry.of) == NUMBER), "wallet", "number")
        self.lots_at = to_text(
            lots_after(happened_by(bindparam("at"))), "wallet", "at", "wallet", "wallet", "wallet", "at", "wallet"
        )
        is_dated = col(t.Entry.happened).is_not(None)
        self.dated = to_text(
            select(number).where(wallet, is_dated).limit(LIMIT).offset(NONE_SKIPPED), "wallet", "limit"
        )
        self.lots_upto = to_text(lots_after(number <= NUMBER), "wallet", "number", "wallet")
        self._of_spends(to_text)

    def _of_spends(self, to_text: Compiler) -> None:
        """The newest spends come from two statements, because each is served by an index of its own."""
        number, at, happened = columns(t.Entry, "number", "at", "happened")
        later = t.METADATA.tables["entry"].alias("later")
        undone = exists().where(
            later.c.wallet == col(t.Entry.wallet), later.c.of == number, later.c.kind == bindparam("undo")
        )
        spends = (col(t.Entry.wallet) == WALLET, col(t.Entry.kind) == bindparam("kind"), ~undone)
        memo, names = col(t.Entry.memo), ("wallet", "kind", "undo", "limit")
        undated = select(memo, at, number).where(*spends, happened.is_(None)).order_by(number.desc())
        self.memos = to_text(undated.limit(LIMIT).offset(NONE_SKIPPED), *names)
        dated = select(memo, happened, number).where(*spends, happened.is_not(None))
        dated = dated.order_by(happened.desc(), number.desc())
        self.dated_memos = to_text(dated.limit(LIMIT).offset(NONE_SKIPPED), *names)
        job, no_job = col(t.Entry.job), literal_column("''", String)
        self.on_job = to_text(
            select(number).where(col(t.Entry.wallet) == WALLET, job == bindparam("on"), job != no_job), "wallet", "on"
        )

    def _of_lots(self, to_text: Compiler) -> None:
        lot = col(t.Lot.wallet) == WALLET
        self.lot = to_text(select(*LOT).where(lot, col(t.Lot.number) == NUMBER), "wallet", "number")
        self.all_lots = to_text(select(*LOT).where(lot).order_by(col(t.Lot.number)), "wallet")
        self.recent = to_text(select(*LOT).where(lot, col(t.Lot.issued) >= bindparam("since")), "wallet", "since")
        expires = col(t.Lot.expires)
        self.expiring = to_text(
            select(col(t.Lot.wallet), *columns(t.Wallet, "alerts"), *LOT)
            .join(t.Wallet, col(t.Wallet.id) == col(t.Lot.wallet))
            .where(col(t.Lot.open), expires > bindparam("after"), expires <= bindparam("until"), ~col(t.Wallet.closed))
            .order_by(expires, col(t.Lot.wallet), col(t.Lot.number))
            .limit(LIMIT)
            .offset(NONE_SKIPPED),
            "after", "until", "limit",
        )  # fmt: skip
        owner: ColumnElement[int] = literal_column("+lot.wallet")  # without the plus, SQLite would scan all lots
        self.lapsed = to_text(
            select(owner)
            .select_from(t.Lot)
            .join(t.Wallet, col(t.Wallet.id) == col(t.Lot.wallet))
            .where(col(t.Lot.open), col(t.Lot.expires) <= bindparam("now"), ~col(t.Wallet.closed))
            .group_by(owner)
            .order_by(func.min(col(t.Lot.expires)), owner)
            .limit(LIMIT)
            .offset(NONE_SKIPPED),
            "now", "limit",
        )  # fmt: skip


class WriteSql:
    """The statements that write the journal and its projections."""

    def __init__(self, to_text: Compiler) -> None:
        self.entry = to_text(insert(t.Entry), *_names(t.Entry))
        self.posting = to_text(insert(t.Posting), *_names(t.Posting))
        self.new_lot = to_text(insert(t.Lot), *_names(t.Lot))
        this_lot = and_(col(t.Lot.wallet) == bindparam("in_wallet"), col(t.Lot.number) == bindparam("lot"))
        drawn = ("left", "worth_net", "worth_tax")
        self.drawn_lot = to_text(update(t.Lot).where(this_lot), *drawn, "in_wallet", "lot", sets=drawn)
        changed = ("size", "left", "open", "price_net", "price_tax", "worth_net", "worth_tax")
        self.changed_lot = to_text(update(t.Lot).where(this_lot), *changed, "in_wallet", "lot", sets=changed)
        stands = ("entries", "lots_made", "balance", "seal", "at", "low", "tallies")
        this_wallet = col(t.Wallet.id) == bindparam("this")
        self.wallet = to_text(update(t.Wallet).where(this_wallet), *stands, "this", sets=stands)
        spent = ("month", "spent")
        self.spent = to_text(update(t.Wallet).where(this_wallet), *spent, "this", sets=spent)
        self.once_key = to_text(insert(t.Mark), *_names(t.Mark))
        self.release = to_text(delete(t.Mark).where(col(t.Mark.name) == bindparam("gone")), "gone")
        self.last_id = to_text(select(func.max(col(t.Entry.id))))


def _names(table: type[SQLModel]) -> tuple[str, ...]:
    return tuple(table.model_fields)


class Journal(ImportReads):
    """Implements `core.ledger.ports.Ledger`. Writes go through the writer and its engine; nothing is decided here."""

    def __init__(self, connections: Connections) -> None:
        super().__init__(connections)
        self._sql = connections.to_text.compiled(ReadSql)

    async def write(self, scope: Scope, key: Key, decide: Decide) -> Receipt | Refusal:
        return await self._connections.book(JournalWrite(scope, key, decide))

    def base(self, session: Session, wallet: WalletId) -> Snapshot | None:
        """A wallet with its open lots, within a transaction (None: it does not exist)."""
        return self._head(session, self._sql.head, wallet)

    def _head(self, session: Session, sql: str, wallet: WalletId) -> Snapshot | None:
        rows = session.rows(sql, wallet)
        if not rows:
            return None
        lots = tuple(read_lot(row[HEAD_WIDTH:]) for row in rows if row[HEAD_WIDTH] is not None)
        return read_head(rows[0][:HEAD_WIDTH], lots)

    def load(self, session: Session, wallets: Collection[WalletId]) -> dict[WalletId, Snapshot]:
        """Wallets in which something can be booked, with their open lots. Unknown ids and closed ones are left out."""
        found = ((wallet, self._head(session, self._sql.open_head, wallet)) for wallet in sorted(wallets))
        return {wallet: base for wallet, base in found if base is not None}

    @reads
    def holding(self, session: Session, wallet: WalletId) -> Snapshot:
        base = self.base(session, wallet)
        if base is None:
            raise RefusedError(Unknown("wallet", str(wallet)))
        return base

    def widen(self, session: Session, base: Snapshot, scope: Scope) -> Snapshot:
        """Add the entries that a scope names, those that refer to them, their lots and once-keys, and recent lots."""
        related = self._numbered(session, base.wallet, scope.entries)
        imports, import_seal, import_at = self._last_import(session, base.wallet) if scope.imports else (None, "", None)
        followers = self._followers(session, base.wallet, scope.entries)
        return base._replace(
            lots=self._lots(session, base, (*related, *followers), scope.recent),
            related=related,
            followers=followers,
            once_keys=self._once_keys(session, scope),
            imports=imports,
            import_seal=import_seal,
            import_at=import_at,
            dated=session.row(self._sql.dated, base.wallet, 1) is not None if scope.dated else None,
        )

    def with_followers(self, session: Session, wallet: WalletId, numbers: Iterable[int]) -> tuple[Entry, ...]:
        """The entries with these numbers, those that refer to them, and those that refer to those, in order."""
        asked = set(numbers)
        followers = {entry.number: entry for entry in self._followers(session, wallet, asked)}
        followers |= {entry.number: entry for entry in self._numbered(session, wallet, asked)}
        return tuple(followers[number] for number in sorted(followers))

    def _last_import(self, session: Session, wallet: WalletId) -> tuple[int, str, datetime | None]:
        """The number, the seal and the time of a wallet's last import (0: it has none)."""
        number, seal, at = session.row(self._imports.last, wallet) or (0, "", None)
        return number, seal, None if at is None else moment(at)

    def _numbered(self, session: Session, wallet: WalletId, numbers: Iterable[int]) -> tuple[Entry, ...]:
        """The entries with these numbers, in order. Those that follow each other are read together."""
        found: list[Entry] = []
        for _, run in groupby(enumerate(sorted(set(numbers))), lambda place: place[1] - place[0]):
            (_, low), *more = run
            found.extend(self.entries(session, wallet, low, more[-1][1] if more else low))
        return tuple(found)

    def _followers(self, session: Session, wallet: WalletId, numbers: Iterable[int]) -> tuple[Entry, ...]:
        first = self._referring(session, wallet, set(numbers))
        return self._numbered(session, wallet, first | self._referring(session, wallet, first))

    def _referring(self, session: Session, wallet: WalletId, numbers: Iterable[int]) -> set[int]:
        return {row[0] for number in numbers for row in session.rows(self._sql.referring, wallet, number)}

    def _lots(
        self, session: Session, base: Snapshot, related: Iterable[Entry], recent: datetime | None
    ) -> tuple[Lot, ...]:
        lots = {lot.number: lot for lot in base.lots}
        rows = [] if recent is None else session.rows(self._sql.recent, base.wallet, micros(recent))
        for number in {leg.lot for entry in related for leg in entry.postings} - lots.keys():
            rows.extend(session.rows(self._sql.lot, base.wallet, number))
        lots.update({row[0]: read_lot(row) for row in rows})
        return tuple(lots[number] for number in sorted(lots))

    def _once_keys(self, session: Session, scope: Scope) -> tuple[OnceKey, ...]:
        rows = [row for name in scope.once_keys for row in session.rows(self._sql.once_key, name)]
        for number in scope.entries:
            rows.extend(session.rows(self._sql.once_keys, scope.wallet, number))
        return tuple(read_once_key(row) for row in sorted(set(rows)))

    def known(self, session: Session, keys: Sequence[str]) -> dict[str, Booked]:
        """Where each of these keys was booked. A new key is left out."""
        rows = (session.row(self._sql.key, key) for key in keys)
        return {row[0]: Booked(*row[1:]) for row in rows if row is not None}

    def receipt(self, session: Session, booked: Booked, key: str) -> Receipt:
        """The receipt as it was when the entry was booked, with the lots as the journal left them then.

        That of an import has the last entry only, because reading all of them would keep other writes waiting.
        """
        if self.import_under(session, key) is not None:
            return Receipt(self._numbered(session, booked.wallet, [booked.number]), (), replayed=True)
        entries = tuple(self.entries(session, booked.wallet, booked.first, booked.number))
        rows = session.rows(self._sql.lots_upto, booked.wallet, booked.number, booked.wallet)
        lots = {row[0]: read_past_lot(row) for row in rows}
        touched = dict.fromkeys(leg.lot for entry in entries for leg in entry.postings)
        return Receipt(entries, tuple(lots[number] for number in touched), replayed=True)

    @reads
    def lots(self, session: Session, wallet: WalletId) -> tuple[Lot, ...]:
        return tuple(read_lot(row) for row in session.rows(self._sql.all_lots, wallet))

    @reads
    def lots_at(self, session: Session, wallet: WalletId, at: datetime) -> tuple[Lot, ...]:
        rows = session.rows(self._sql.lots_at, wallet, micros(at), wallet, wallet, wallet, micros(at), wallet)
        return tuple(lot for lot in map(read_past_lot, rows) if lot.issued <= at)

    def entries(self, session: Session, wallet: WalletId, low: int, high: int) -> Iterator[Entry]:
        """The entries numbered from `low` to `high`, in order."""
        return read_entries(session.rows(self._sql.entries, wallet, low, high))

    @reads
    def history(self, session: Session, wallet: WalletId, before: int | None, limit: int) -> tuple[Entry, ...]:
        newest = self._newest(session, wallet)
        high = newest if before is None else min(before - 1, newest)
        return tuple(self.entries(session, wallet, high - limit + 1, high))[::-1]

    @reads
    def entry(self, session: Session, wallet: WalletId, number: int) -> Entry | None:
        return next(self.entries(session, wallet, number, number), None)

    @reads
    def booked(self, session: Session, wallet: WalletId, key: str) -> tuple[Entry, ...]:
        booked = self.known(session, [key]).get(key)
        if booked is None or booked.wallet != wallet:
            return ()
        return tuple(self.entries(session, wallet, booked.first, booked.number))

    def record_in(self, session: Session, wallet: WalletId) -> Record:
        """Everything about a wallet. A transaction that has locked it sees it as it is."""
        while True:
            base = self.base(session, wallet)
            if base is None:
                raise RefusedError(Unknown("wallet", str(wallet)))
            lots = tuple(read_lot(row) for row in session.rows(self._sql.all_lots, wallet))
            keys = tuple(read_once_key(row) for row in session.rows(self._sql.keys_of_wallet, wallet))
            entries = tuple(self.entries(session, wallet, 1, base.entries))
            batches = batches_of(session, self._imports, wallet)
            if self.base(session, wallet) == base:  # nobody has booked meanwhile, so all of it is of one moment
                last = batches[-1].at if batches else None
                return Record(base._replace(lots=lots, once_keys=keys, import_at=last), entries, batches)

    record = reads(record_in)

    @reads
    def titles(self, session: Session, wallet: WalletId, limit: int) -> tuple[str, ...]:
        asked = wallet, Kind.SPEND.value, Kind.UNDO.value, RECENT_SPENDS
        found = (session.stream(sql, *asked) for sql in (self._sql.memos, self._sql.dated_memos))
        newest_first = merge(*found, key=lambda row: row[1:], reverse=True)
        memos: dict[str, None] = {}
        for memo, _, _ in islice(newest_first, RECENT_SPENDS):
            if memo:
                memos[memo] = None
            if len(memos) >= limit:
                break
        return tuple(memos)

    @reads
    def on_job(self, session: Session, wallet: WalletId, job: str) -> tuple[Entry, ...]:
        if not job:
            return ()
        statements = self._sql.on_job, self._imports.on_job
        numbers = {row[0] for sql in statements for row in session.rows(sql, wallet, job)}
        return self.standing_spends(session, wallet, numbers)

    def standing_spends(self, session: Session, wallet: WalletId, numbers: Iterable[int]) -> tuple[Entry, ...]:
        """The spends among these entries that are not undone, newest first by when they happened."""
        spends = [entry for entry in self._numbered(session, wallet, numbers) if entry.kind is Kind.SPEND]
        undone = {entry.of for entry in self._followers(session, wallet, [spend.number for spend in spends])
                  if entry.kind is Kind.UNDO}  # fmt: skip
        standing = [spend for spend in spends if spend.number not in undone]
        return tuple(sorted(standing, key=lambda spend: (spend.when, spend.number), reverse=True))

    @reads
    def lapsed(self, session: Session, now: datetime, limit: int) -> tuple[WalletId, ...]:
        return tuple(row[0] for row in session.rows(self._sql.lapsed, micros(now), limit))

    @reads
    def expiring(self, session: Session, after: datetime, until: datetime, limit: int) -> tuple[Expiring, ...]:
        rows = session.rows(self._sql.expiring, micros(after), micros(until), limit)
        return tuple(Expiring(WalletId(row[0]), read_lot(row[2:]), read_expiry_days(row[1])) for row in rows)

    def _newest(self, session: Session, wallet: WalletId) -> int:
        row = session.row(self._sql.newest, wallet)
        return 0 if row is None else int(row[0])
