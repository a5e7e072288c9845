"""Forgetting, in one transaction of the writer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, delete, select, update
from sqlmodel import col

from core.forgetting import traces
from core.forgetting.data_subject import DataSubject
from core.forgetting.erasing import forgotten
from core.forgetting.mentions import Mentions
from core.ledger.seal import new_secret
from core.shared.ids import WalletId
from core.wallets.people import Identity
from core.wallets.ports import daily_review_name
from core.wallets.settings import Settings
from storage.sql.forgetting.books import ErasedBooks
from storage.sql.forgetting.drafts import Drafts
from storage.sql.forgetting.traces import Traces
from storage.sql.persons.persons import NO_IDENTITY, Persons
from storage.sql.session import Aggregate, writes
from storage.sql.tables import delivery as n
from storage.sql.tables import incomes as i
from storage.sql.tables import ledger as t
from storage.sql.tables import promotions as p
from storage.sql.tables.codec import SETTINGS, read_settings
from storage.sql.tables.compiler import WALLET, columns

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from core.forgetting.model import Forgotten
    from core.shared.ids import PersonId
    from storage.sql.journal import Journal
    from storage.sql.people import People
    from storage.sql.session import Connections, Session
    from storage.sql.tables.compiler import Compiler

NAMELESS: Final = ""
CLOSED: Final = True


class ErasureSql:
    """The statements that erase what has a column for the person, their chat or their wallet."""

    def __init__(self, to_text: Compiler) -> None:
        parameters: list[Any] = [bindparam("who"), bindparam("on"), bindparam("at")]
        who, on, at = parameters
        this = col(t.Person.id) == who
        self.name = to_text(select(*columns(t.Person, "name")).where(this).with_for_update(), "who")
        self.identities = to_text(
            delete(t.Identity).where(col(t.Identity.person) == who).returning(*columns(t.Identity, "user")), "who"
        )
        self.known_as = to_text(
            select(*columns(t.Identity, "platform", "user")).where(col(t.Identity.person) == who), "who"
        )
        self.blank = to_text(update(t.Person).where(this), "name", "used", "who", sets=("name", "used"))
        self.chat = to_text(
            delete(t.Chat).where(col(t.Chat.platform) == on, col(t.Chat.id) == at).returning(col(t.Chat.id)), "on", "at"
        )
        subscribed = (col(n.Subscription.platform) == on, col(n.Subscription.chat) == at, col(n.Subscription.direct))
        self.subscription = to_text(
            delete(n.Subscription).where(*subscribed).returning(*columns(n.Subscription, "chat")), "on", "at"
        )
        self.member = to_text(
            delete(t.Member).where(col(t.Member.person) == who).returning(*columns(t.Member, "wallet")), "who"
        )
        self._wallets(to_text)

    def _wallets(self, to_text: Compiler) -> None:
        wallet = col(t.Wallet.id) == WALLET
        self.settings = to_text(select(*columns(t.Wallet, *SETTINGS)).where(wallet), "wallet")
        in_groups = select(*columns(t.Wallet, "id", *SETTINGS)).where(col(t.Wallet.chat).is_not(None))
        self.groups = to_text(in_groups)
        self.close = to_text(update(t.Wallet).where(wallet), "closed", "wallet", sets=("closed",))
        self.of_wallet = tuple(
            to_text(delete(table).where(column == WALLET).returning(column), "wallet")
            for table, column in ((i.Income, col(i.Income.wallet)), (i.NamedBid, col(i.NamedBid.wallet)))
        )
        due = delete(p.Due).where(col(p.Due.name) == bindparam("task")).returning(*columns(p.Due, "name"))
        self.task = to_text(due, "task")


class Erasures(Aggregate):
    """Implements `core.forgetting.ports.Forgetting`. Persons are locked first, then wallets in order of id."""

    def __init__(self, connections: Connections, ledger: Journal, people: People) -> None:
        super().__init__(connections)
        to_text = connections.to_text
        self._sql, self._persons = to_text.compiled(ErasureSql), Persons(to_text)
        self._books, self._traces, self._people = ErasedBooks(to_text, ledger), Traces(to_text), people
        self._drafts = Drafts(to_text)

    async def forget(self, person: PersonId, now: datetime) -> Forgotten:
        await self._connections.wipe(copies=True)  # before, because nobody would come back to it after a crash
        forgotten = await self._forget(person, now)
        await self.wipe()
        return forgotten

    async def wipe(self) -> None:
        await self._connections.wipe(copies=False)

    @writes(moves_wallets=True)
    def _forget(self, session: Session, person: PersonId, now: datetime) -> Forgotten:
        persons, secret = sorted(self._persons.same_as(session, person)), new_secret()
        mentions = self._mentions_of(session, persons)
        erased = self._books.erase(session, mentions, secret, now)
        texts = frozenset[str]().union(*(rows.texts for rows in erased))
        mentions = mentions._replace(texts=texts)
        deleted = self._close(session, mentions.subject.wallets) + sum(len(rows.once_keys) for rows in erased)
        groups = self._leave_groups(session, mentions)
        deleted += self._traces.erase(session, mentions, secret, {rows.wallet for rows in erased})
        chats = sum(
            len(session.rows(self._sql.chat, one.platform, one.id)) for one in sorted(mentions.subject.chats, key=str)
        )
        deleted += self._forget_people(session, mentions, persons)
        return forgotten(mentions, erased, groups, chats, deleted)

    def _mentions_of(self, session: Session, persons: Iterable[PersonId]) -> Mentions:
        named = [row for one in persons if (row := session.row(self._sql.name, one)) is not None]
        identities = frozenset(Identity(*row) for one in persons for row in session.rows(self._sql.known_as, one))
        subject = DataSubject(frozenset(persons), identities, self._books.owned(session, list(persons)))
        names = frozenset(name for (name,) in named if name)
        return Mentions(subject, names, frozenset(), *self._traces.link_keys(session, subject.persons))

    def _close(self, session: Session, wallets: Iterable[WalletId]) -> int:
        deleted = 0
        for wallet in sorted(wallets):
            stored = read_settings(session.row(self._sql.settings, wallet))
            self._people.keep_settings(session, wallet, stored, Settings())
            session.run(self._sql.close, CLOSED, wallet)
            rows = [row for sql in self._sql.of_wallet for row in session.rows(sql, wallet)]
            deleted += len(rows) + len(session.rows(self._sql.task, daily_review_name(wallet)))
        return deleted

    def _leave_groups(self, session: Session, mentions: Mentions) -> list[WalletId]:
        """Take them out of the settings of all groups; which wallets these have."""
        rows = session.rows(self._sql.groups)
        for row in rows:
            wallet, stored = WalletId(row[0]), read_settings(row[1:])
            left = traces.settings_left(stored, mentions.subject.persons)
            if left != stored:
                self._people.keep_settings(session, wallet, stored, left)
        return [WalletId(row[0]) for row in rows]

    def _forget_people(self, session: Session, mentions: Mentions, persons: Iterable[PersonId]) -> int:
        addresses = sorted(mentions.subject.addresses)
        deleted = sum(len(session.rows(self._sql.subscription, *address)) for address in addresses)
        for one in persons:
            deleted += len(session.rows(self._sql.member, one)) + len(session.rows(self._sql.identities, one))
            self._drafts.erase(session, one)
            session.run(self._sql.blank, NAMELESS, NO_IDENTITY, one)
        return deleted
