"""The statements that read and replace the cards of proposals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import String, and_, bindparam, cast, delete, func, insert, literal_column, or_, select, tuple_, update
from sqlmodel import col

from core.ledger.sightings import BatchKind
from core.proposals.listing import MOST_WORDS
from core.shared.money import UNKNOWN
from storage.sql.imports import BATCH, PROPOSAL, SIGHTING
from storage.sql.tables import imports as i
from storage.sql.tables import ledger as t
from storage.sql.tables import proposals as p
from storage.sql.tables.compiler import LIMIT, NONE_SKIPPED, NUMBER, WALLET, ZERO, columns

if TYPE_CHECKING:
    from sqlalchemy.sql.elements import ColumnElement
    from sqlmodel import SQLModel

    from storage.sql.tables.compiler import Compiler

ESCAPE: Final = "!"
WORDS: Final = tuple(f"word{number}" for number in range(MOST_WORDS))
WANTED: Final = ("wallet", "mask", "since", "before", "by", "called", "job", *WORDS)
HISTORY: Final[ColumnElement[str]] = literal_column(f"'{BatchKind.HISTORY}'")
UNSTATED: Final[ColumnElement[str]] = literal_column(f"'{UNKNOWN.currency}'")


class CardSql:
    """The statements on the cards, and on the keys by which they are found."""

    def __init__(self, to_text: Compiler) -> None:
        mark = columns(p.ProposalMark, "entries", "imports", "version")
        last = select(func.max(col(i.Batch.number))).where(col(i.Batch.wallet) == col(t.Wallet.id)).scalar_subquery()
        self.age = to_text(
            select(col(t.Wallet.entries), last, *mark)
            .select_from(t.Wallet)
            .outerjoin(p.ProposalMark, col(p.ProposalMark.wallet) == col(t.Wallet.id))
            .where(col(t.Wallet.id) == WALLET),
            "wallet",
        )
        this = col(t.Wallet.id) == WALLET
        self.lock = to_text(select(col(t.Wallet.id)).where(this).with_for_update(key_share=True), "wallet")
        self.mark = to_text(select(*mark).where(col(p.ProposalMark.wallet) == WALLET), "wallet")
        self._of_lists(to_text)
        self._of_clusters(to_text)
        self._of_replacing(to_text)

    def _of_lists(self, to_text: Compiler) -> None:
        sent, batch, number, body = columns(p.Proposal, "sent", "batch", "number", "body")
        newest_first = (sent.desc(), batch > ZERO, batch.desc(), number.desc())
        self.page = to_text(
            select(body).where(_wanted()).order_by(*newest_first).limit(LIMIT).offset(bindparam("skipped")),
            *WANTED, "limit", "skipped",
        )  # fmt: skip
        ref = (batch, number)
        behind = tuple_(*ref) > tuple_(bindparam("in"), NUMBER)
        self.by_ref = to_text(
            select(body).where(_in_wallet(p.Proposal), behind).order_by(*ref).limit(LIMIT).offset(NONE_SKIPPED),
            "wallet", "in", "number", "limit",
        )  # fmt: skip
        traits = columns(p.Proposal, "traits")
        counted = select(*traits, (sent >= bindparam("recent")).label("is_recent"), func.count())
        groups = counted.where(_wanted()).group_by(*traits, literal_column("is_recent"))
        self.tally = to_text(groups, "recent", *WANTED)
        here = _in_wallet(p.Proposal)
        between = sent >= bindparam("since"), sent < bindparam("before")
        self.between = to_text(select(sent, body).where(here, *between), "wallet", "since", "before")
        self.card = to_text(
            select(body).where(here, batch == bindparam("in"), number == NUMBER), "wallet", "in", "number"
        )

    def _of_clusters(self, to_text: Compiler) -> None:
        cluster = columns(p.ProposalKey, "cluster")
        keyed = select(*cluster).where(_in_wallet(p.ProposalKey), col(p.ProposalKey.key) == bindparam("key"))
        self.with_key = to_text(keyed, "wallet", "key")
        cluster = columns(p.ProposalRef, "cluster")
        batch, number = (col(p.ProposalRef.batch), col(p.ProposalRef.number))
        here, of_batch = _in_wallet(p.ProposalRef), batch == bindparam("in")
        at = here, of_batch, number == NUMBER
        self.with_ref = to_text(select(*cluster).where(*at), "wallet", "in", "number")
        self.with_batch = to_text(select(*cluster).distinct().where(here, of_batch), "wallet", "in")
        in_cluster = here, cluster[0] == bindparam("cluster")
        self.refs = to_text(select(*columns(p.ProposalRef, "batch", "number")).where(*in_cluster), "wallet", "cluster")
        self.owner = to_text(select(*columns(p.ProposalRef, "of")).where(*at), "wallet", "in", "number")

        every = columns(p.Proposal, *p.Proposal.model_fields)
        self.listed = to_text(select(*every).where(_in_wallet(p.Proposal)), "wallet")
        self.everything = (
            to_text(select(*columns(p.Proposal, "cluster", "body")).where(_in_wallet(p.Proposal)), "wallet"),
            to_text(
                select(*columns(p.ProposalRef, "cluster", "batch", "number", "of")).where(_in_wallet(p.ProposalRef)),
                "wallet",
            ),
            to_text(select(*columns(p.ProposalKey, "cluster", "key")).where(_in_wallet(p.ProposalKey)), "wallet"),
        )

    def _of_replacing(self, to_text: Compiler) -> None:
        tables = p.Proposal, p.ProposalRef, p.ProposalKey
        self.clear = tuple(to_text(delete(table).where(_in_wallet(table)), "wallet") for table in tables)
        self.drop = tuple(
            to_text(
                delete(table).where(_in_wallet(table), columns(table, "cluster")[0] == bindparam("cluster")),
                "wallet", "cluster",
            )
            for table in tables
        )  # fmt: skip
        fields = ("entries", "imports", "version")
        marked = update(p.ProposalMark).where(col(p.ProposalMark.wallet) == bindparam("this"))
        self.set_mark = to_text(marked, *fields, "this", sets=fields)
        self.add_card, self.add_ref, self.add_key, self.add_mark = (
            to_text(insert(table), *table.model_fields) for table in (*tables, p.ProposalMark)
        )


class FactSql:
    """The statements that read what some cards are derived from."""

    def __init__(self, to_text: Compiler) -> None:
        here, number = col(i.Batch.wallet) == WALLET, col(i.Batch.number)
        between = number.between(bindparam("low"), bindparam("high"))
        self.batches = to_text(select(*BATCH).where(here, between).order_by(number), "wallet", "low", "high")
        upto = number <= bindparam("high")
        self.histories = to_text(select(*BATCH).where(here, col(i.Batch.kind) == HISTORY, upto), "wallet", "high")
        self.undo = to_text(select(*BATCH).where(here, col(i.Batch.of) == NUMBER, upto), "wallet", "number", "high")
        self.sightings = to_text(
            select(col(i.Sighting.batch), *SIGHTING).where(
                col(i.Sighting.wallet) == WALLET, col(i.Sighting.number) == NUMBER
            ),
            "wallet", "number",
        )  # fmt: skip
        one = col(i.ProposalSighting.wallet) == WALLET, col(i.ProposalSighting.batch) == bindparam("in")
        self.line = to_text(
            select(*PROPOSAL).where(*one, col(i.ProposalSighting.line) == NUMBER), "wallet", "in", "number"
        )
        self.proposals = to_text(
            select(col(i.ProposalSighting.batch), *PROPOSAL)
            .where(
                col(i.ProposalSighting.wallet) == WALLET,
                col(i.ProposalSighting.batch).between(bindparam("low"), bindparam("high")),
            )
            .order_by(col(i.ProposalSighting.batch), col(i.ProposalSighting.line)),
            "wallet", "low", "high",
        )  # fmt: skip
        self.unknown_lots = to_text(
            select(col(t.Lot.number)).where(col(t.Lot.wallet) == WALLET, col(t.Lot.currency) == UNSTATED), "wallet"
        )


def _in_wallet(table: type[SQLModel]) -> ColumnElement[bool]:
    condition: ColumnElement[bool] = columns(table, "wallet")[0] == WALLET
    return condition


def _wanted() -> ColumnElement[bool]:
    """What a filter asks for. A job without a name asks nothing."""
    sent, traits, title, by, member, job = columns(p.Proposal, "sent", "traits", "title", "by", "member", "job")
    no_name: ColumnElement[str] = literal_column("''")
    blank: ColumnElement[str] = literal_column("' '")
    before: ColumnElement[str] = literal_column("'%,'", String)
    listed: ColumnElement[str] = before + cast(by, String) + literal_column("',%'", String)
    return and_(
        _in_wallet(p.Proposal),
        traits.op("&")(bindparam("mask")) != ZERO,
        sent >= bindparam("since"),
        sent < bindparam("before"),
        or_(bindparam("by").like(listed), (member + blank).like(bindparam("called"), escape=ESCAPE)),
        bindparam("job").in_([no_name, job]),
        *(title.like(bindparam(word), escape=ESCAPE) for word in WORDS),
    )


def containing(word: str) -> str:
    """The pattern of a text that has a word in it."""
    return f"%{_plain(word)}%"


def called(name: str, *, anybody: bool) -> str:
    """The pattern of names, each with a blank behind it, that are this one or begin with it."""
    return f"{_plain(name)} %" if name else "%" if anybody else ""


def _plain(word: str) -> str:
    for letter in (ESCAPE, "%", "_"):
        word = word.replace(letter, ESCAPE + letter)
    return word
