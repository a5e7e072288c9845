"""Links between persons, each written in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, or_, select
from sqlmodel import col

from core.links.model import Accounts, Link
from core.shared.ids import LinkId, PersonId, WalletId
from core.wallets.named import people_in
from core.wallets.people import Wallet
from storage.sql.links.persons import Persons
from storage.sql.session import Aggregate, reads, writes
from storage.sql.tables import ledger as t
from storage.sql.tables import links as k
from storage.sql.tables.codec import SETTINGS, UNSHARED_TEXT, read_settings
from storage.sql.tables.compiler import columns
from storage.sql.tables.ledger import moment

if TYPE_CHECKING:
    from collections.abc import Collection

    from core.links.model import LinkPlan, UnlinkPlan
    from storage.sql.session import Connections, Session
    from storage.sql.tables.codec import Row
    from storage.sql.tables.compiler import Compiler


class LinkSql:
    """The statements on links."""

    def __init__(self, to_text: Compiler) -> None:
        every = select(*columns(k.Link, *k.Link.model_fields))
        theirs = or_(col(k.Link.kept) == bindparam("one"), col(k.Link.merged) == bindparam("other"))
        self.of_person = to_text(every.where(theirs), "one", "other")
        group = select(*columns(t.Wallet, "id", *SETTINGS)).where(col(t.Wallet.chat).is_not(None))
        self.shared = to_text(group.where(col(t.Wallet.team) != bindparam("unshared")), "unshared")
        self.member_of = to_text(
            group.join(t.Member, col(t.Member.wallet) == col(t.Wallet.id)).where(
                col(t.Member.person) == bindparam("this")
            ),
            "this",
        )


class Links(Aggregate):
    """Implements `core.links.ports.Links`."""

    def __init__(self, connections: Connections) -> None:
        super().__init__(connections)
        self._sql, self._persons = connections.to_text.compiled(LinkSql), Persons(connections.to_text)

    @writes(moves_wallets=True)
    def link(self, session: Session, plan: LinkPlan) -> Link | None:
        raise NotImplementedError

    @writes(moves_wallets=True)
    def unlink(self, session: Session, plan: UnlinkPlan) -> Link | None:
        raise NotImplementedError

    @reads
    def links_of(self, session: Session, person: PersonId) -> tuple[Link, ...]:
        same = self._persons.same_as(session, person)
        rows = {row for one in same for row in session.rows(self._sql.of_person, one, one)}
        return tuple(map(read_link, sorted(rows)))

    @reads
    def groups_with(self, session: Session, persons: Collection[PersonId]) -> tuple[Wallet, ...]:
        """Alerts that go to somebody in private are of a member: they asked for it in the group."""
        rows = {row for person in persons for row in session.rows(self._sql.member_of, person)}
        found = {row[0]: Wallet(WalletId(row[0]), read_settings(row[1:])) for row in rows}
        for row in session.rows(self._sql.shared, UNSHARED_TEXT):
            wallet = Wallet(WalletId(row[0]), read_settings(row[1:]))
            if not people_in(wallet.settings).isdisjoint(persons):
                found[row[0]] = wallet
        return tuple(wallet for _, wallet in sorted(found.items()))


def read_link(row: Row) -> Link:
    """A link from its columns."""
    number, at, key, accounts, kept, merged, _, undone = row
    who = PersonId(kept), PersonId(merged)
    when = None if undone is None else moment(undone)
    return Link(LinkId(number), moment(at), key, Accounts(accounts), *who, (who[1],), undone=when)
