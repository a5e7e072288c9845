"""Reads what is stored of links for their proof, on the connection on which the whole journal is verified."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select
from sqlmodel import col

from core.ledger.ports import Record
from core.shared.ids import PersonId, WalletId
from core.verification import UNREADABLE, FaultError
from storage.sql.imports import ImportSql, read_heads, with_rows
from storage.sql.links.codec import read_link
from storage.sql.tables import ledger as t
from storage.sql.tables import links as k
from storage.sql.tables.codec import read_entries, read_head
from storage.sql.tables.compiler import HEAD, WALLET, by_line, columns, entries_with_postings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from core.journal_reader import LinkTrace
    from core.links.model import Link
    from storage.sql.session import Connection
    from storage.sql.tables.codec import Row
    from storage.sql.tables.compiler import Compiler


class LinkProofSql:
    """The statements that the proof of links needs."""

    def __init__(self, to_text: Compiler) -> None:
        wallet, person = col(t.Wallet.id), col(t.Wallet.person)
        self.links = to_text(select(*columns(k.Link, *k.Link.model_fields)).order_by(col(k.Link.id)))
        self.merged = to_text(select(*columns(t.Person, "id", "into")).where(col(t.Person.into).is_not(None)))
        self.closed = to_text(
            select(*columns(t.Wallet, "id", "person"), *columns(t.Person, "name"))
            .select_from(t.Wallet)
            .outerjoin(t.Person, col(t.Person.id) == person)
            .where(col(t.Wallet.closed))
        )
        self.owner = to_text(select(person).where(wallet == WALLET), "wallet")
        self.head = to_text(select(*HEAD).where(wallet == bindparam("wallet")), "wallet")
        self.entries = to_text(
            entries_with_postings().where(col(t.Entry.wallet) == WALLET).order_by(*by_line()), "wallet"
        )


class LinkProof:
    """All that is stored of links, read on one connection, within its transaction."""

    def __init__(self, connection: Connection, to_text: Compiler) -> None:
        self._connection = connection
        self._sql, self._imports = to_text.compiled(LinkProofSql), to_text.compiled(ImportSql)

    def seals(self) -> tuple[str, ...]:
        """The seals of all links, in the order of their numbers."""
        return tuple(link.erased or link.seal for link in self._links())

    def first_fault(self, traces: Sequence[LinkTrace]) -> str | None:
        """What is wrong with the links (None: nothing is)."""
        from core.links.proof import StoredLinks, first_fault  # which knows rules of the past that no start needs

        closed = self._all(self._sql.closed)
        owners = {WalletId(wallet): person for wallet, person, _ in closed}
        links = tuple(self._links())
        for books in (books for link in links for books in (link.books, link.closed) if books is not None):
            owners.update((books.wallet, person) for (person,) in self._all(self._sql.owner, books.wallet))
        stored = StoredLinks(
            links,
            {PersonId(person): PersonId(into) for person, into in self._all(self._sql.merged)},
            {wallet: PersonId(person) for wallet, person in owners.items() if person is not None},
            frozenset(WalletId(wallet) for wallet, _, _ in closed),
            frozenset(PersonId(person) for _, person, name in closed if name == ""),
        )
        return first_fault(stored, traces, self._record)

    def _links(self) -> Iterator[Link]:
        for row in self._all(self._sql.links):
            try:
                yield read_link(row)
            except UNREADABLE as error:
                raise FaultError(f"link {row[0]} cannot be read") from error  # the error shows what was stored

    def _record(self, wallet: WalletId) -> Record:
        """The entries and the imports of a wallet, without its lots."""
        (head,) = self._all(self._sql.head, wallet)
        entries = tuple(read_entries(self._all(self._sql.entries, wallet)))
        heads = read_heads(self._all(self._imports.batches, wallet), self._all(self._imports.proposals, wallet))
        return Record(read_head(head), entries, with_rows(heads, self._all(self._imports.sightings, wallet)))

    def _all(self, sql: str, *asked: int) -> list[Row]:
        return self._connection.execute(sql, asked).fetchall()
