"""What imports saw: reads, and the statements that write an import with its change."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import String, bindparam, insert, literal_column, select, tuple_
from sqlmodel import col

from core.shared.ids import WalletId
from storage.sql.by_time import JournalByTime
from storage.sql.session import reads
from storage.sql.tables import imports as i
from storage.sql.tables.compiler import LIMIT, NONE_SKIPPED, NUMBER, ONE, WALLET, columns
from storage.sql.tables.imports import read_batch, read_proposal, read_sighting
from storage.sql.tables.on_jobs import undone

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.ledger.sightings import Batch, ProposalSighting, Sighting
    from storage.sql.session import Connections, Session
    from storage.sql.tables.codec import Row
    from storage.sql.tables.compiler import Compiler

BATCH: Final = columns(i.Batch, *i.Batch.model_fields)
SIGHTING: Final = columns(i.Sighting, *(name for name in i.Sighting.model_fields if name not in {"wallet", "batch"}))
PROPOSAL: Final = columns(
    i.ProposalSighting, *(name for name in i.ProposalSighting.model_fields if name not in {"wallet", "batch"})
)


class ImportSql:
    """The statements about imports."""

    def __init__(self, to_text: Compiler) -> None:
        of_wallet = col(i.Batch.wallet) == WALLET
        self.batches = to_text(select(*BATCH).where(of_wallet).order_by(col(i.Batch.number)), "wallet")
        self.sightings = to_text(
            select(col(i.Sighting.batch), *SIGHTING)
            .where(col(i.Sighting.wallet) == WALLET)
            .order_by(col(i.Sighting.batch), col(i.Sighting.line)),
            "wallet",
        )
        place = tuple_(col(i.Sighting.batch), col(i.Sighting.line))
        self.sightings_after = to_text(
            select(col(i.Sighting.batch), *SIGHTING)
            .where(col(i.Sighting.wallet) == WALLET, place > tuple_(bindparam("in"), bindparam("line")))
            .order_by(col(i.Sighting.batch), col(i.Sighting.line))
            .limit(LIMIT)
            .offset(NONE_SKIPPED),
            "wallet", "in", "line", "limit",
        )  # fmt: skip
        self.proposals = to_text(
            select(col(i.ProposalSighting.batch), *PROPOSAL)
            .where(col(i.ProposalSighting.wallet) == WALLET)
            .order_by(col(i.ProposalSighting.batch), col(i.ProposalSighting.line)),
            "wallet",
        )
        self.proposals_in = to_text(
            select(*PROPOSAL)
            .where(col(i.ProposalSighting.wallet) == WALLET, col(i.ProposalSighting.batch) == NUMBER)
            .order_by(col(i.ProposalSighting.line)),
            "wallet", "number",
        )  # fmt: skip
        newest = select(*columns(i.Batch, "number", "seal", "at")).where(of_wallet).order_by(col(i.Batch.number).desc())
        self.last = to_text(newest.limit(ONE).offset(NONE_SKIPPED), "wallet")
        key = col(i.Batch.key) == bindparam("name")
        self.key = to_text(select(*columns(i.Batch, "wallet", "number")).where(key), "name")
        self.under = to_text(select(*BATCH).where(key), "name")
        self.on_job = _on_job(to_text)
        self.batch = to_text(insert(i.Batch), *i.Batch.model_fields)
        self.sighting = to_text(insert(i.Sighting), *i.Sighting.model_fields)
        self.proposal = to_text(insert(i.ProposalSighting), *i.ProposalSighting.model_fields)


def _on_job(to_text: Compiler) -> str:
    """The entries whose job is known from a standing import."""
    job = col(i.Sighting.job)
    statement: Any = select(col(i.Sighting.number)).where(
        col(i.Sighting.wallet) == WALLET, job == bindparam("on"), job != literal_column("''", String), ~undone()
    )
    return to_text(statement, "wallet", "on")


def batches_of(session: Session, sql: ImportSql, wallet: WalletId) -> tuple[Batch, ...]:
    """All imports of a wallet with their sightings, oldest first."""
    return with_rows(heads_of(session, sql, wallet), session.rows(sql.sightings, wallet))


def with_rows(heads: Iterable[Batch], rows: Iterable[Row]) -> tuple[Batch, ...]:
    """Imports with their sightings, which are in order."""
    seen = {number: tuple(read_sighting(row[1:]) for row in some) for number, some in groupby(rows, lambda row: row[0])}
    return tuple(head._replace(sightings=seen.get(head.number, ())) for head in heads)


def heads_of(session: Session, sql: ImportSql, wallet: WalletId) -> tuple[Batch, ...]:
    """All imports of a wallet with what they saw of proposals, but without their sightings of rows, oldest first."""
    return read_heads(session.rows(sql.batches, wallet), session.rows(sql.proposals, wallet))


def proposals_in(session: Session, sql: ImportSql, wallet: WalletId, number: int) -> tuple[ProposalSighting, ...]:
    """What one import saw of proposals, in order."""
    return tuple(map(read_proposal, session.rows(sql.proposals_in, wallet, number)))


def read_heads(batches: Iterable[Row], proposals: Iterable[Row]) -> tuple[Batch, ...]:
    """Imports from their rows, and from those of what they saw of proposals, in order."""
    told = {
        number: tuple(read_proposal(row[1:]) for row in some) for number, some in groupby(proposals, lambda row: row[0])
    }
    heads = map(read_batch, batches)
    return tuple(head._replace(proposals=told.get(head.number, ())) for head in heads)


class ImportReads(JournalByTime):
    """The part of `core.ledger.ports.Ledger` that asks for imports."""

    def __init__(self, connections: Connections) -> None:
        super().__init__(connections)
        self._imports = connections.to_text.compiled(ImportSql)

    @reads
    def imported(self, session: Session, wallet: WalletId, key: str) -> Batch | None:
        found = next(map(read_batch, session.rows(self._imports.under, key)), None)
        if found is None or found.wallet != wallet:
            return None
        return found._replace(proposals=proposals_in(session, self._imports, wallet, found.number))

    @reads
    def batches(self, session: Session, wallet: WalletId) -> tuple[Batch, ...]:
        return heads_of(session, self._imports, wallet)

    @reads
    def sightings(
        self, session: Session, wallet: WalletId, after: tuple[int, int], limit: int
    ) -> tuple[tuple[int, Sighting], ...]:
        rows = session.rows(self._imports.sightings_after, wallet, *after, limit)
        return tuple((row[0], read_sighting(row[1:])) for row in rows)

    def import_under(self, session: Session, key: str) -> tuple[WalletId, int] | None:
        """The wallet and the number of the import that was booked under a key (None: there is none)."""
        row = session.row(self._imports.key, key)
        return None if row is None else (WalletId(row[0]), row[1])
