"""Persons, and who is the same person as whom, within a transaction."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import Select, and_, bindparam, func, insert, or_, select, update
from sqlmodel import col

from core.shared.ids import PersonId
from core.wallets.people import Identity, Person
from storage.sql.tables import ledger as t
from storage.sql.tables.compiler import identities_of_person

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from storage.sql.session import Session
    from storage.sql.tables.compiler import Compiler

NO_IDENTITY: Final = ""


class Known(NamedTuple):
    """Whom an identity belongs to.

    `own` is the person that it was first seen as, `now` the one who stands for them (themselves, mostly). `used` is the
    identity that this one used last, if they have several (empty: they have one).
    """

    own: Person
    now: Person
    used: str


class PersonSql:
    """The statements on persons and their identities."""

    def __init__(self, to_text: Compiler) -> None:
        own, now = (t.METADATA.tables["person"].alias(name) for name in ("own", "now"))
        stands = and_(now.c.id == own.c.into)
        self.known = to_text(
            select(own.c.id, own.c.name, now.c.id, now.c.name, func.coalesce(now.c.used, own.c.used))
            .select_from(t.Identity)
            .join(own, own.c.id == col(t.Identity.person))
            .outerjoin(now, stands)
            .where(col(t.Identity.platform) == bindparam("on"), col(t.Identity.user) == bindparam("as")),
            "on", "as",
        )  # fmt: skip
        self.name = to_text(
            select(func.coalesce(now.c.name, own.c.name))
            .select_from(own)
            .outerjoin(now, stands)
            .where(own.c.id == bindparam("this")),
            "this",
        )
        self.now = to_text(stands_for(), "this")
        self.locked = to_text(stands_for().with_for_update(), "this")
        id_, into = col(t.Person.id), col(t.Person.into)
        same = select(id_).where(or_(id_ == bindparam("this"), into == bindparam("now"))).order_by(id_)
        self.same = to_text(same, "this", "now")
        self.new = to_text(insert(t.Person).returning(id_), "name", "used", sets=("name", "used"))
        self.new_identity = to_text(insert(t.Identity), "platform", "user", "person")
        self.identities = to_text(identities_of_person(), "person")
        this = id_ == bindparam("this")
        self.rename = to_text(update(t.Person).where(this), "name", "this", sets=("name",))
        self.use = to_text(update(t.Person).where(this), "used", "this", sets=("used",))
        self.merge = to_text(update(t.Person).where(this), "into", "this", sets=("into",))


def stands_for() -> Select[Any]:
    """The id of whoever stands for a person."""
    id_ = col(t.Person.id)
    return select(func.coalesce(col(t.Person.into), id_)).where(id_ == bindparam("this"))


class Persons:
    """Reads and writes persons."""

    def __init__(self, to_text: Compiler) -> None:
        self._sql = to_text.compiled(PersonSql)

    def behind(self, session: Session, identity: Identity) -> Known | None:
        """Whom an identity belongs to (None: it is new)."""
        row = session.row(self._sql.known, identity.platform, identity.user)
        if row is None:
            return None
        own = Person(PersonId(row[0]), row[1])
        return Known(own, own if row[2] is None else Person(PersonId(row[2]), row[3], own.id), row[4])

    def seen(self, session: Session, identity: Identity, name: str) -> Person:
        """Write what is new about an identity, and return whoever is behind it."""
        known = self.behind(session, identity)
        if known is None:
            number = PersonId(session.row(self._sql.new, name, NO_IDENTITY)[0])
            session.run(self._sql.new_identity, identity.platform, identity.user, number)
            return Person(number, name)
        if known.own.name != name:
            session.run(self._sql.rename, name, known.own.id)
        if known.used not in {NO_IDENTITY, str(identity)}:
            session.run(self._sql.use, str(identity), known.now.id)
        return replace(known.now, name=name) if known.now == known.own else known.now

    def now(self, session: Session, person: PersonId) -> PersonId | None:
        """Whoever stands for a person (None: there is no such person)."""
        row = session.row(self._sql.now, person)
        return None if row is None else PersonId(row[0])

    def locked(self, session: Session, person: PersonId) -> PersonId | None:
        """The same. Nobody else can change it until the commit."""
        row = session.row(self._sql.locked, person)
        return None if row is None else PersonId(row[0])

    def same_as(self, session: Session, person: PersonId) -> tuple[PersonId, ...]:
        """Whoever stands for a person, and then all for whom that one stands."""
        now = self.now(session, person)
        if now is None:
            return (person,)
        rows = session.rows(self._sql.same, now, now)
        return (now, *(PersonId(row[0]) for row in rows if row[0] != now))

    def names(self, session: Session, ids: Iterable[PersonId]) -> dict[PersonId, str]:
        """The names of persons, or of those who stand for them; whoever was forgotten has none."""
        rows = ((number, session.row(self._sql.name, number)) for number in sorted(set(ids)))
        return {number: row[0] for number, row in rows if row is not None and row[0]}

    def identities(self, session: Session, person: PersonId) -> tuple[Identity, ...]:
        """All identities of whoever stands for a person: the one that was used last comes first."""
        return tuple(Identity(*row) for row in session.rows(self._sql.identities, person))

    def merge(self, session: Session, person: PersonId, into: PersonId | None) -> None:
        """Let one person stand for another (None: nobody does any more)."""
        session.run(self._sql.merge, into, person)

    def use(self, session: Session, person: PersonId, identity: str) -> None:
        """Note the identity that somebody used last (empty: they have one only)."""
        session.run(self._sql.use, identity, person)
