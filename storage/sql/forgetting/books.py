"""The books without somebody's words: which wallets hold any, and how their rows are replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, insert, select, update
from sqlmodel import col

from core.forgetting.erasing import ErasedRows, Erasing
from core.forgetting.traces import MEMBERS, members_in
from core.ledger.erased.witness import ORDER, latest, sealed_erasure
from core.proposals.ports import passing_mark
from core.shared.ids import WalletId
from storage.sql.proposals.statements import CardSql
from storage.sql.tables import erasure as e
from storage.sql.tables import imports as i
from storage.sql.tables import ledger as t
from storage.sql.tables import proposals as p
from storage.sql.tables.compiler import NONE_SKIPPED, ONE, WALLET, columns
from storage.sql.tables.erasure import read_erasure, read_witness
from storage.sql.tables.imports import proposal_rows
from storage.sql.tables.ledger import micros

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from sqlmodel import SQLModel

    from core.forgetting.mentions import Mentions
    from storage.sql.journal import Journal
    from storage.sql.session import Session
    from storage.sql.tables.compiler import Compiler

TAGS_OF_ROW = -1
"""Where the row of a proposal's sighting has its tags."""


class ErasedBookSql:
    """The statements that find somebody's words in the books, and that blank them."""

    def __init__(self, to_text: Compiler) -> None:
        tables = t.Entry, i.Batch
        self.by_person = tuple(to_text(_wallets(table, "by", like=False), "part") for table in tables)
        self.naming = tuple(to_text(_wallets(table, "key", like=True), "part") for table in tables)
        self.owned = to_text(select(*columns(t.Wallet, "id")).where(col(t.Wallet.person) == bindparam("who")), "who")
        self.members = to_text(select(*columns(t.Note, "text")).where(col(t.Note.name) == bindparam("of")), "of")
        named = select(*columns(t.Note, "name", "text")).where(col(t.Note.name).like(bindparam("like")))
        self.all_members = to_text(named, "like")
        this = col(t.Wallet.id) == bindparam("this")
        self.lock = to_text(select(*columns(t.Wallet, "id")).where(this).with_for_update(key_share=True), "this")
        self._rows(to_text)

    def _rows(self, to_text: Compiler) -> None:
        parameters: list[Any] = [bindparam("of"), bindparam("nth"), bindparam("row")]
        of, number, line = parameters
        entry = update(t.Entry).where(col(t.Entry.wallet) == of, col(t.Entry.number) == number)
        left = ("key", "body", "memo", "salt")
        self.entry = to_text(entry, *left, "of", "nth", sets=left)
        batch = update(i.Batch).where(col(i.Batch.wallet) == of, col(i.Batch.number) == number)
        self.batch = to_text(batch, "key", "of", "nth", sets=("key",))
        texts = ("wording", "title", "member", "salt")
        seen = update(i.Sighting).where(col(i.Sighting.wallet) == of, col(i.Sighting.batch) == number)
        self.sighting = to_text(seen.where(col(i.Sighting.line) == line), *texts, "of", "nth", "row", sets=texts)
        told = update(i.ProposalSighting).where(
            col(i.ProposalSighting.wallet) == of, col(i.ProposalSighting.batch) == number
        )
        texts = ("title", "profile", "salt", "tags")
        of_line = told.where(col(i.ProposalSighting.line) == line)
        self.proposal = to_text(of_line, *texts, "of", "nth", "row", sets=texts)
        self.witness = to_text(insert(e.Witness), *e.Witness.model_fields)
        known = select(*columns(e.Witness, *e.Witness.model_fields)).where(col(e.Witness.wallet) == WALLET)
        self.witnesses = to_text(known, "wallet")
        self.erasure = to_text(insert(e.Erasure), *e.Erasure.model_fields)
        last = select(*columns(e.Erasure, *e.Erasure.model_fields)).order_by(col(e.Erasure.number).desc())
        self.last = to_text(last.limit(ONE).offset(NONE_SKIPPED))
        self.once_key = to_text(delete(t.Mark).where(col(t.Mark.name) == bindparam("gone")), "gone")
        self.mark = to_text(delete(p.ProposalMark).where(col(p.ProposalMark.wallet) == WALLET), "wallet")


def _wallets(table: type[SQLModel], name: str, *, like: bool) -> Any:
    """The wallets in whose rows a column is like a pattern, or is equal to a number."""
    wallet, column = columns(table, "wallet", name)
    part: Any = bindparam("part")
    return select(wallet).where(column.like(part) if like else column == part).distinct()


class ErasedBooks:
    """Erases words from the journal of all wallets, within a transaction of the writer."""

    def __init__(self, to_text: Compiler, ledger: Journal) -> None:
        self._sql, self._cards = to_text.compiled(ErasedBookSql), to_text.compiled(CardSql)
        self._ledger = ledger

    def owned(self, session: Session, persons: Sequence[int]) -> frozenset[WalletId]:
        """The wallets of persons, also those that are closed."""
        return frozenset(WalletId(row[0]) for one in persons for row in session.rows(self._sql.owned, one))

    def erase(self, session: Session, mentions: Mentions, secret: str, now: datetime) -> list[ErasedRows]:
        """Erase somebody's words wherever they are; what changed, by wallet. Wallets are locked in order of id."""
        wallets = sorted({*mentions.subject.wallets, *self._with_mentions(session, mentions)})
        for wallet in wallets:
            session.row(self._sql.lock, wallet)
        erased = [self._rows_of(session, wallet, mentions, secret) for wallet in wallets]
        self._keep_witnesses(session, erased, now)
        for rows in erased:
            self._write(session, rows)
            if rows.entries or rows.batches or rows.wallet in mentions.subject.wallets:
                for sql in (*self._cards.clear, self._sql.mark):  # the cards are derived again, without the words
                    session.run(sql, rows.wallet)
                session.run(self._cards.add_mark, rows.wallet, *passing_mark())  # those under way are not stored
        return erased

    def _with_mentions(self, session: Session, mentions: Mentions) -> Iterator[WalletId]:
        """The wallets in which they did something, links of theirs wrote, or keys or names of members may be theirs."""
        subject = mentions.subject
        users = (f"%:{part}:%" for one in subject.identities for part in (one.user, *_chats(mentions)))
        names = (f"%{_plain(name)}%" for name in mentions.names)
        links = (f"{_plain(key)}:%" for key in mentions.links)
        for pattern in (*users, *names, *links):
            for sql in self._sql.naming:
                yield from (WalletId(row[0]) for row in session.rows(sql, pattern))
        for person in sorted(subject.persons):
            for sql in self._sql.by_person:
                yield from (WalletId(row[0]) for row in session.rows(sql, person))
        for name, text in session.rows(self._sql.all_members, f"{MEMBERS}:%"):
            if not subject.persons.isdisjoint(members_in(text).values()):
                yield WalletId(int(name.rpartition(":")[2]))

    def _rows_of(self, session: Session, wallet: WalletId, mentions: Mentions, secret: str) -> ErasedRows:
        note = session.row(self._sql.members, f"{MEMBERS}:{wallet}")
        people = members_in(None if note is None else note[0])
        ranks = latest(map(read_witness, session.rows(self._sql.witnesses, wallet)), ORDER)
        record = self._ledger.record_in(session, wallet)
        return Erasing(record, mentions, secret, people, ranks, own=wallet in mentions.subject.wallets).rows()

    def _keep_witnesses(self, session: Session, erased: Sequence[ErasedRows], now: datetime) -> None:
        """Before the rows change, because the journal's guards ask for the witnesses."""
        witnesses = [one for rows in erased for one in rows.witnesses]
        if not witnesses:
            return
        last = session.row(self._sql.last)
        erasure = sealed_erasure(None if last is None else read_erasure(last), now, witnesses)
        session.run(self._sql.erasure, erasure.number, micros(erasure.at), erasure.witnesses, erasure.seal)
        session.run_many(self._sql.witness, [(*one[:3], erasure.number, one.seal) for one in witnesses])

    def _write(self, session: Session, rows: ErasedRows) -> None:
        of = rows.wallet
        left = [(one.key, one.body, one.memo, one.salt, of, one.number) for one in rows.entries]
        session.run_many(self._sql.entry, left)
        session.run_many(self._sql.batch, [(batch.key, of, batch.number) for batch in rows.batches])
        for batch in rows.batches:
            seen = [
                (one.wording, one.title, one.member, one.salt, of, batch.number, one.line) for one in batch.sightings
            ]
            session.run_many(self._sql.sighting, seen)
            tags = [row[TAGS_OF_ROW] for row in proposal_rows(batch)]
            told = [
                (one.title, one.profile, one.salt, tag, of, batch.number, one.line)
                for one, tag in zip(batch.proposals, tags, strict=True)
            ]
            session.run_many(self._sql.proposal, told)
        session.run_many(self._sql.once_key, [(name,) for name in rows.once_keys])


def _chats(mentions: Mentions) -> Iterator[str]:
    return (chat.id for chat in mentions.subject.chats)


def _plain(name: str) -> str:
    """A name in a pattern: what stands for other signs there stands for one of any kind."""
    return name.replace("%", "_").replace("\\", "_")
