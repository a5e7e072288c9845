"""Links between persons, each written in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import bindparam, insert, or_, select, update
from sqlmodel import col

from core.ledger.ports import Scope
from core.links.seal import sealed_link
from core.scheduling.task import next_morning
from core.shared.ids import LinkId, WalletId
from core.wallets.named import people_in
from core.wallets.people import Wallet
from core.wallets.ports import daily_review_name
from storage.sql.links.codec import link_row, read_link, read_review
from storage.sql.links.following import Following
from storage.sql.persons.persons import NO_IDENTITY, Persons
from storage.sql.session import Aggregate, reads, writes
from storage.sql.tables import ledger as t
from storage.sql.tables import links as k
from storage.sql.tables.codec import SETTINGS, UNSHARED_TEXT, read_settings
from storage.sql.tables.compiler import columns
from storage.writer.linking import linked, unforeseen, unlinked, wallets_fit

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import datetime

    from core.ledger.model import Snapshot
    from core.links.model import Link, LinkedBooks, LinkedSettings, LinkPlan, UnlinkPlan
    from core.promotions.merging import MergedClaim
    from core.shared.ids import PersonId
    from core.wallets.settings import Settings
    from storage.sql.journal import Journal
    from storage.sql.people import People
    from storage.sql.session import Connections, Session
    from storage.sql.subscriptions import Subscriptions
    from storage.sql.tables.compiler import Compiler
    from storage.sql.tasks import Tasks

CLOSED: Final = True
OPEN: Final = False


class LinkSql:
    """The statements on links."""

    def __init__(self, to_text: Compiler) -> None:
        every = select(*columns(k.Link, *k.Link.model_fields))
        theirs = or_(col(k.Link.kept) == bindparam("one"), col(k.Link.merged) == bindparam("other"))
        self.of_person = to_text(every.where(theirs), "one", "other")
        self.under = to_text(every.where(col(k.Link.key) == bindparam("name")), "name")
        this = col(k.Link.id) == bindparam("this")
        self.one = to_text(every.where(this), "this")
        new = tuple(name for name in k.Link.model_fields if name != "id")
        self.new = to_text(insert(k.Link).returning(col(k.Link.id)), *new, sets=new)
        self.seal = to_text(update(k.Link).where(this), "facts", "undone", "this", sets=("facts", "undone"))
        wallet = col(t.Wallet.id) == bindparam("this")
        self.close = to_text(update(t.Wallet).where(wallet), "closed", "this", sets=("closed",))
        own = col(t.Wallet.person) == bindparam("owner")
        self.own = to_text(select(*columns(t.Wallet, "id")).where(own, ~col(t.Wallet.closed)), "owner")
        group = select(*columns(t.Wallet, "id", *SETTINGS)).where(col(t.Wallet.chat).is_not(None))
        self.shared = to_text(group.where(col(t.Wallet.team) != bindparam("unshared")), "unshared")
        of_person = group.join(t.Member, col(t.Member.wallet) == col(t.Wallet.id))
        self.member_of = to_text(of_person.where(col(t.Member.person) == bindparam("this")), "this")


class Stores(NamedTuple):
    """The other aggregates that a link changes."""

    ledger: Journal
    people: People
    tasks: Tasks
    subscriptions: Subscriptions


class Links(Aggregate):
    """Implements `core.links.ports.Links`. Persons are locked first, then wallets in order of id."""

    def __init__(self, connections: Connections, stores: Stores) -> None:
        super().__init__(connections)
        to_text = connections.to_text
        self._sql, self._persons = to_text.compiled(LinkSql), Persons(to_text)
        self._ledger, self._people, self._tasks, subscriptions = stores
        self._following = Following(to_text, subscriptions)

    @writes(moves_wallets=True)
    def link(self, session: Session, plan: LinkPlan) -> Link | None:
        link = plan.link
        known = session.row(self._sql.under, link.key)
        if known is not None:
            return read_link(known)
        if not self._may_link(session, link):
            return None
        heads = self._heads(session, link, link.settings)
        stored = self._as_seen(session, heads, link.settings)
        decided = None if stored is None else linked(plan, heads)
        if decided is None or stored is None:
            return None
        self._connections.engine.append(decided)
        followed = self._merge(session, link)
        review = None if link.closed is None else self._close(session, link.closed.wallet)
        self._save_settings(session, link.settings, stored)
        self._recount(session, link.books)
        row = session.row(self._sql.new, *link_row(followed, review))
        return self._seal(session, followed._replace(id=LinkId(row[0])), review)

    @writes(moves_wallets=True)
    def unlink(self, session: Session, plan: UnlinkPlan) -> Link | None:
        stands = self._stand(session, plan.link)
        row = session.row(self._sql.one, plan.link.id)
        link = None if row is None else read_link(row)
        if link is None or link.undone is not None:
            return link
        if link.erased:  # somebody in it was forgotten
            return None
        heads = self._heads(session, link, plan.settings)
        stored = self._as_seen(session, heads, plan.settings) if stands else None
        decided = None if stored is None else unlinked(plan, heads)
        if decided is None or stored is None:
            return None
        if link.closed is not None:
            self._open(session, link.closed.wallet, read_review(row))
        self._connections.engine.append(decided)
        self._save_settings(session, plan.settings, stored)
        for books in (link.books, link.closed):
            self._recount(session, books)
        self._unmerge(session, link)
        return self._seal(session, link._replace(undone=plan.at), read_review(row))

    def _seal(self, session: Session, link: Link, review: datetime | None) -> Link:
        sealed = sealed_link(link)
        session.run(self._sql.seal, *link_row(sealed, review)[-2:], sealed.id)
        return sealed

    def _may_link(self, session: Session, link: Link) -> bool:
        """Whether both persons, whom nobody links meanwhile, are still those of the plan, and known where they were."""
        now = {one: self._persons.locked(session, one) for one in sorted({link.kept, *link.persons})}
        if now[link.kept] != link.kept or any(now[one] != link.merged for one in link.persons):
            return False
        closed, kept = (self._own(session, one) for one in (link.merged, link.kept))
        return (
            len(self._persons.names(session, now)) == len(now)  # nobody was forgotten
            and set(self._persons.same_as(session, link.merged)) == set(link.persons)
            and wallets_fit(link, closed, kept)
            and not unforeseen(link, self._groups_with(session, link.persons))
        )

    def _own(self, session: Session, person: PersonId) -> WalletId | None:
        row = session.row(self._sql.own, person)
        return None if row is None else WalletId(row[0])

    def _stand(self, session: Session, link: Link) -> bool:
        """Whether one person stands for all of a link, whom nobody links meanwhile."""
        now = {self._persons.locked(session, one) for one in sorted({link.kept, *link.persons})}
        return now == {link.kept}

    def _heads(self, session: Session, link: Link, settings: Iterable[LinkedSettings]) -> dict[WalletId, Snapshot]:
        """All wallets that are changed, locked, with the number of their imports. One that is closed is not locked."""
        books = [one.wallet for one in (link.books, link.closed) if one is not None]
        heads = dict(self._connections.engine.load({*books, *(one.wallet for one in settings)}))
        for wallet in books:
            head = heads.get(wallet) or self._ledger.base(session, wallet)
            if head is not None:
                heads[wallet] = self._ledger.widen(session, head, Scope(wallet, imports=True))
        return heads

    def _as_seen(
        self, session: Session, heads: Mapping[WalletId, Snapshot], settings: Iterable[LinkedSettings]
    ) -> dict[WalletId, Settings] | None:
        """The settings that are replaced; None if they are not those for which it was planned, or gone."""
        if any(one.wallet not in heads for one in settings):
            return None
        stored = {one.wallet: self._people.locked_settings(session, one.wallet) for one in settings}
        return stored if all(stored[one.wallet] == one.before for one in settings) else None

    def _save_settings(
        self, session: Session, settings: Iterable[LinkedSettings], stored: Mapping[WalletId, Settings]
    ) -> None:
        for one in settings:
            self._people.keep_settings(session, one.wallet, stored[one.wallet], one.after)

    def _recount(self, session: Session, books: LinkedBooks | None) -> None:
        if books is not None:
            self._people.recount(session, books.wallet)

    def _close(self, session: Session, wallet: WalletId) -> datetime | None:
        """Close a wallet. Returns when its daily review was due, which is dropped."""
        session.run(self._sql.close, CLOSED, wallet)
        return self._tasks.drop(session, daily_review_name(wallet))

    def _open(self, session: Session, wallet: WalletId, review: datetime | None) -> None:
        session.run(self._sql.close, OPEN, wallet)
        if review is not None:
            self._tasks.put(session, next_morning(daily_review_name(wallet), review))

    def _merge(self, session: Session, link: Link) -> Link:
        """Let one person stand for the other, with what follows from that."""
        kept, gone = (self._persons.identities(session, one) for one in (link.kept, link.merged))
        subscribed = self._following.merge_subscriptions(session, kept, gone)
        claims: tuple[MergedClaim, ...] = ()
        own = self._own(session, link.kept)
        if link.closed is not None and own is not None:
            everybody = {*self._persons.same_as(session, link.kept), *link.persons}
            claims = self._following.merge_claims(session, everybody, link.closed.wallet, own)
        for one in link.persons:
            self._persons.merge(session, one, link.kept)
        self._persons.use(session, link.kept, *map(str, (*kept, *gone)[:1]))
        return link._replace(subscribed=subscribed, claims=claims)

    def _unmerge(self, session: Session, link: Link) -> None:
        """Let both stand for themselves again."""
        both = self._persons.identities(session, link.kept)
        for one in link.persons:
            self._persons.merge(session, one, None if one == link.merged else link.merged)
        for one in (link.kept, link.merged):
            known = self._persons.identities(session, one)
            self._persons.use(session, one, str(known[0]) if len(known) > 1 else NO_IDENTITY)
        self._following.put_back_claims(session, link.claims)
        if link.subscribed is not None:
            self._following.put_back_subscriptions(session, link.subscribed, both)

    @reads
    def links_of(self, session: Session, person: PersonId) -> tuple[Link, ...]:
        same = self._persons.same_as(session, person)
        rows = {row for one in same for row in session.rows(self._sql.of_person, one, one)}
        return tuple(map(read_link, sorted(rows)))

    def _groups_with(self, session: Session, persons: Collection[PersonId]) -> tuple[Wallet, ...]:
        rows = {row for person in persons for row in session.rows(self._sql.member_of, person)}
        found = {row[0]: Wallet(WalletId(row[0]), read_settings(row[1:])) for row in rows}
        for row in session.rows(self._sql.shared, UNSHARED_TEXT):
            wallet = Wallet(WalletId(row[0]), read_settings(row[1:]))
            if not people_in(wallet.settings).isdisjoint(persons):
                found[row[0]] = wallet
        return tuple(wallet for _, wallet in sorted(found.items()))

    groups_with = reads(_groups_with)
