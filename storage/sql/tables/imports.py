"""The tables of imports, and how their rows are read and written. Days are stored as text, such as 2026-01-31."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar, Final

from sqlalchemy import ForeignKeyConstraint, Index, PrimaryKeyConstraint, UniqueConstraint
from sqlmodel import Field

from core.ledger import sightings
from core.ledger.sightings import BatchKind
from core.shared.ids import PersonId, WalletId
from core.shared.money import Price
from storage.sql.tables.ledger import NO_ROWID, ON_A_JOB, Id, Moment, Table, micros, moment

if TYPE_CHECKING:
    from storage.sql.tables.codec import Row


ERASED_TAG: Final = "-"
"""What a tag is stored as that was erased. Their number is sealed, so it stays."""


class Batch(Table, table=True):
    """Imports, and undos of imports; append-only."""

    __table_args__: ClassVar[Any] = (
        PrimaryKeyConstraint("wallet", "number", name="pk_batch"),
        ForeignKeyConstraint(["wallet"], ["wallet.id"], name="fk_batch_wallet"),
        ForeignKeyConstraint(["wallet", "of"], ["batch.wallet", "batch.number"], name="fk_batch_of"),
        UniqueConstraint("wallet", "of", name="uq_batch_of"),
        UniqueConstraint("key", name="uq_batch_key"),
        NO_ROWID,
    )

    wallet: int = Field(primary_key=True, sa_type=Id)
    number: int = Field(primary_key=True)
    at: datetime = Field(sa_type=Moment)
    key: str
    by: int | None = Field(sa_type=Id)
    first: str | None
    last: str | None
    balance: int | None
    of: int | None
    seal: str
    kind: str = Field(default=BatchKind.HISTORY.value, sa_column_kwargs={"server_default": BatchKind.HISTORY.value})
    lifts: int | None


class Sighting(Table, table=True):
    """The rows that imports saw; append-only."""

    __table_args__: ClassVar[Any] = (
        PrimaryKeyConstraint("wallet", "batch", "line", name="pk_sighting"),
        ForeignKeyConstraint(["wallet", "batch"], ["batch.wallet", "batch.number"], name="fk_sighting_batch"),
        ForeignKeyConstraint(["wallet", "number"], ["entry.wallet", "entry.number"], name="fk_sighting_entry"),
        Index("ix_sighting_entry", "wallet", "number"),
        Index("ix_sighting_job", "wallet", "job", "number", sqlite_where=ON_A_JOB, postgresql_where=ON_A_JOB),
        NO_ROWID,
    )

    wallet: int = Field(primary_key=True, sa_type=Id)
    batch: int = Field(primary_key=True)
    line: int = Field(primary_key=True)
    number: int
    booked: bool
    day: str
    wording: str
    connects: int
    title: str
    job: str
    member: str | None
    row_id: str
    at: datetime | None = Field(sa_type=Moment)
    salt: str
    digest: str
    seal: str


class ProposalSighting(Table, table=True):
    """What imports saw of proposals, and what people said of them; append-only.

    `seen` is such as "7-3", `tags` such as "design logo".
    """

    __tablename__ = "proposal_sighting"
    __table_args__: ClassVar[Any] = (
        PrimaryKeyConstraint("wallet", "batch", "line", name="pk_proposal_sighting"),
        ForeignKeyConstraint(["wallet", "batch"], ["batch.wallet", "batch.number"], name="fk_proposal_sighting_batch"),
        ForeignKeyConstraint(["wallet", "number"], ["entry.wallet", "entry.number"], name="fk_proposal_sighting_entry"),
        NO_ROWID,
    )

    wallet: int = Field(primary_key=True, sa_type=Id)
    batch: int = Field(primary_key=True)
    line: int = Field(primary_key=True)
    state: str
    day: str | None
    title: str
    number: int | None
    seen: str | None
    proposal: str
    job: str
    profile: str
    boosted: str | None
    viewed: bool
    net: int | None
    tax: int | None
    currency: str | None
    afresh: bool
    salt: str
    digest: str
    seal: str
    tags: str | None


def batch_row(batch: sightings.Batch) -> Row:
    """An import to insert."""
    first, last = (None if day is None else day.isoformat() for day in (batch.first, batch.last))
    about = batch.wallet, batch.number, micros(batch.at), batch.key, batch.by
    return (*about, first, last, batch.balance, batch.of, batch.seal, batch.kind.value, batch.lifts)


def read_batch(row: Row) -> sightings.Batch:
    """An import from its columns, still without its sightings."""
    wallet, number, at, key, by, first, last, balance, of, seal, kind, lifts = row
    return sightings.Batch(
        WalletId(wallet),
        number,
        moment(at),
        key,
        None if by is None else PersonId(by),
        None if first is None else date.fromisoformat(first),
        None if last is None else date.fromisoformat(last),
        balance,
        of,
        seal=seal,
        kind=BatchKind(kind),
        lifts=lifts,
    )


def sighting_rows(batch: sightings.Batch) -> list[Row]:
    """The sightings of an import, to insert. From the wording to the id of the row, fields are stored as they are."""
    where = batch.wallet, batch.number
    return [
        (*where, one.line, one.number, one.booked, one.day.isoformat(), *one[4:10], _stored(one.at), *one[11:])
        for one in batch.sightings
    ]


def proposal_rows(batch: sightings.Batch) -> list[Row]:
    """What an import saw of proposals, to insert."""
    return [(batch.wallet, batch.number, *_proposal_row(one)) for one in batch.proposals]


def _proposal_row(one: sightings.ProposalSighting) -> Row:
    day = None if one.day is None else one.day.isoformat()
    seen = None if one.seen is None else "{}-{}".format(*one.seen)
    boosted = None if one.boosted is None else one.boosted.value
    worth = (None, None, None) if one.worth is None else tuple(one.worth)
    known = one.proposal, one.job, one.profile, boosted, one.viewed
    tags = None if one.tags is None else " ".join(tag or ERASED_TAG for tag in one.tags)
    proof = one.salt, one.digest, one.seal
    return (one.line, one.state.value, day, one.title, one.number, seen, *known, *worth, one.afresh, *proof, tags)


def read_proposal(row: Row) -> sightings.ProposalSighting:
    """What an import saw of a proposal, from its columns, those of its import left out."""
    line, state, day, title, number, seen, proposal, job, profile, boosted, viewed, *worth, afresh = row[:-4]
    salt, digest, seal, tags = row[-4:]
    earlier, _, place = (seen or "").partition("-")
    return sightings.ProposalSighting(
        line,
        sightings.ProposalState(state),
        None if day is None else date.fromisoformat(day),
        title,
        number,
        (int(earlier), int(place)) if seen else None,
        proposal,
        job,
        profile,
        None if boosted is None else sightings.Boosted(boosted),
        bool(viewed),
        None if worth[0] is None else Price(*worth),
        bool(afresh),
        salt,
        digest,
        seal,
        None if tags is None else tuple("" if tag == ERASED_TAG else tag for tag in tags.split()),
    )


def _stored(at: datetime | None) -> int | None:
    return None if at is None else micros(at)


def read_sighting(row: Row) -> sightings.Sighting:
    """A sighting from its columns, those of its import left out."""
    line, number, booked, day, wording, connects, title, job, member, row_id, at, *proof = row
    return sightings.Sighting(
        line,
        number,
        bool(booked),
        date.fromisoformat(day),
        wording,
        connects,
        title,
        job,
        member,
        row_id,
        None if at is None else moment(at),
        *proof,
    )
