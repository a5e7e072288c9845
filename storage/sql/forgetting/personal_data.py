"""What is kept of somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, select
from sqlmodel import col

from core.delivery.state import State
from core.forgetting.personal_data import KeptMessage, KeptNote, KeptPerson
from core.shared.ids import WalletId
from storage.sql.announcements import read_announcement, read_series
from storage.sql.promotions import read_claim
from storage.sql.session import Aggregate, reads
from storage.sql.tables import delivery as n
from storage.sql.tables import ledger as t
from storage.sql.tables import promotions as p
from storage.sql.tables.codec import FACTS, read_entries
from storage.sql.tables.compiler import (
    LIMIT,
    NONE_SKIPPED,
    NUMBER,
    WALLET,
    by_line,
    columns,
    entries_with_postings,
)
from storage.sql.tables.ledger import moment

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from core.announcements.model import Announcement, Series
    from core.ledger.model import Entry
    from core.promotions.model import Claim
    from core.shared.ids import PersonId
    from storage.sql.session import Connections, Session
    from storage.sql.tables.codec import Row
    from storage.sql.tables.compiler import Compiler


class PersonalDataSql:
    """The statements that read what is kept of somebody."""

    def __init__(self, to_text: Compiler) -> None:
        behind = select(*columns(t.Note, "name", "text", "until")).where(col(t.Note.name) > bindparam("after"))
        in_order = behind.order_by(col(t.Note.name)).limit(LIMIT).offset(NONE_SKIPPED)
        self.notes = to_text(in_order, "after", "limit")
        booked = (col(t.Entry.wallet) == WALLET, col(t.Entry.by) == bindparam("who"))
        self.count = to_text(select(func.count()).select_from(t.Entry).where(*booked), "wallet", "who")
        below = col(t.Entry.number) < NUMBER
        page = select(col(t.Entry.id)).where(*booked, below).order_by(col(t.Entry.number).desc())
        among = page.limit(LIMIT).offset(NONE_SKIPPED).subquery()
        self.booked = to_text(
            entries_with_postings().where(col(t.Entry.id).in_(select(among.c.id))).order_by(*by_line()),
            "wallet", "who", "number", "limit",
        )  # fmt: skip
        claims = select(*columns(p.Claim, *p.Claim.model_fields)).where(col(p.Claim.person) == bindparam("who"))
        self.claims = to_text(claims.order_by(col(p.Claim.promotion), col(p.Claim.number)), "who")
        self._persons(to_text)
        here = (col(n.Delivery.platform) == bindparam("on"), col(n.Delivery.chat) == bindparam("at"))
        self.messages = to_text(
            select(
                *columns(n.Delivery, "platform", "chat"),
                *columns(n.Notice, "code", "facts", "made"),
                *columns(n.Delivery, "state", "changed"),
            )
            .join(n.Notice, col(n.Notice.key) == col(n.Delivery.notice))
            .where(*here, col(n.Delivery.direct))
            .order_by(col(n.Delivery.id)),
            "on", "at",
        )  # fmt: skip

    def _persons(self, to_text: Compiler) -> None:
        who: Any = bindparam("who")
        self.person = to_text(select(*columns(t.Person, "name", "used")).where(col(t.Person.id) == who), "who")
        known = select(*columns(t.Member, "wallet", "since")).where(col(t.Member.person) == who)
        self.since = to_text(known.order_by(col(t.Member.wallet)), "who")
        announced = select(*columns(p.Announcement, *p.Announcement.model_fields)).where(col(p.Announcement.by) == who)
        self.announced = to_text(announced.order_by(col(p.Announcement.id)), "who")
        series = select(*columns(p.Series, *p.Series.model_fields)).where(col(p.Series.by) == who)
        self.series = to_text(series.order_by(col(p.Series.id)), "who")


class PersonalDataRows(Aggregate):
    """Implements `core.forgetting.personal_data.PersonalData`."""

    def __init__(self, connections: Connections) -> None:
        super().__init__(connections)
        self._sql = connections.to_text.compiled(PersonalDataSql)

    @reads
    def person(self, session: Session, person: PersonId) -> KeptPerson | None:
        row = session.row(self._sql.person, person)
        return None if row is None else KeptPerson(person, *row)

    @reads
    def groups_since(self, session: Session, person: PersonId) -> Mapping[WalletId, datetime]:
        return {WalletId(wallet): moment(since) for wallet, since in session.rows(self._sql.since, person)}

    @reads
    def announced_by(self, session: Session, person: PersonId) -> tuple[Announcement, ...]:
        return tuple(map(read_announcement, session.rows(self._sql.announced, person)))

    @reads
    def series_by(self, session: Session, person: PersonId) -> tuple[Series, ...]:
        return tuple(map(read_series, session.rows(self._sql.series, person)))

    @reads
    def notes(self, session: Session, after: str, limit: int) -> tuple[KeptNote, ...]:
        rows = session.rows(self._sql.notes, after, limit)
        return tuple(KeptNote(name, text, None if until is None else moment(until)) for name, text, until in rows)

    @reads
    def count_by(self, session: Session, wallet: WalletId, person: PersonId) -> int:
        return int(session.row(self._sql.count, wallet, person)[0])

    @reads
    def booked_by(
        self, session: Session, wallet: WalletId, person: PersonId, before: int, limit: int
    ) -> tuple[Entry, ...]:
        return tuple(read_entries(session.rows(self._sql.booked, wallet, person, before, limit)))[::-1]

    @reads
    def claims_of(self, session: Session, person: PersonId) -> tuple[Claim, ...]:
        return tuple(map(read_claim, session.rows(self._sql.claims, person)))

    @reads
    def messages_to(self, session: Session, chats: Sequence[tuple[str, str]]) -> tuple[KeptMessage, ...]:
        rows = (row for chat in sorted(chats) for row in session.rows(self._sql.messages, *chat))
        return tuple(sorted(map(_message, rows), key=lambda one: one.made))


def _message(row: Row) -> KeptMessage:
    platform, chat, code, facts, made, state, changed = row
    return KeptMessage(platform, chat, code, FACTS.value(facts), moment(made), State(state), moment(changed))
