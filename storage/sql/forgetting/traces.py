"""What is kept of somebody apart from the books: small texts, notices, acts, links and claims."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, delete, insert, select, update
from sqlmodel import col

from core.audit_log import AuditRecord
from core.forgetting import traces
from core.links.erased import link_keys, link_left
from core.promotions.model import ClaimState
from core.shared.ids import PersonId
from core.wallets.people import ChatRef
from storage.sql.delivery.fanout import READERS
from storage.sql.links.codec import link_row, read_link, read_review
from storage.sql.tables import delivery as n
from storage.sql.tables import ledger as t
from storage.sql.tables import links as k
from storage.sql.tables import promotions as p
from storage.sql.tables.codec import FACTS
from storage.sql.tables.compiler import columns
from storage.sql.tables.ledger import moment

if TYPE_CHECKING:
    from collections.abc import Collection

    from core.forgetting.mentions import Mentions
    from core.links.erased import LinkKeys
    from core.shared.ids import WalletId
    from storage.sql.session import Session
    from storage.sql.tables.codec import Row
    from storage.sql.tables.compiler import Compiler

KEY_OF_LINK: Final = 1
FACTS_OF_LINK: Final = -2


class TraceSql:
    """The statements that find and erase such traces. Each reads a whole table: whom a text names is no column."""

    def __init__(self, to_text: Compiler) -> None:
        self.notes = to_text(select(*columns(t.Note, "name", "text")))
        name = col(t.Note.name) == bindparam("this")
        self.drop_note = to_text(delete(t.Note).where(name), "this")
        self.set_note = to_text(update(t.Note).where(name), "text", "this", sets=("text",))
        body = col(n.Inbox.body)
        self.updates = to_text(select(*columns(n.Inbox, "platform", "number", "body")).where(body.is_not(None)))
        this = (col(n.Inbox.platform) == bindparam("on"), col(n.Inbox.number) == bindparam("nth"))
        self.finish = to_text(update(n.Inbox).where(*this), "body", "on", "nth", sets=("body",))
        self._acts(to_text)
        self._notices(to_text)

    def _acts(self, to_text: Compiler) -> None:
        self.actions = to_text(select(*columns(p.Action, *p.Action.model_fields)))
        left, this = ("key", "chat", "line"), col(p.Action.id) == bindparam("this")
        self.set_action = to_text(update(p.Action).where(this), *left, "this", sets=left)
        self.links = to_text(select(*columns(k.Link, *k.Link.model_fields)))
        link = update(k.Link).where(col(k.Link.id) == bindparam("this"))
        self.set_link = to_text(link, "key", "facts", "this", sets=("key", "facts"))
        asked = (col(p.Claim.person) == bindparam("who"), col(p.Claim.state) == bindparam("asked"))
        self.refuse = to_text(update(p.Claim).where(*asked), "state", "who", "asked", sets=("state",))

    def _notices(self, to_text: Compiler) -> None:
        self.notices = to_text(select(*columns(n.Notice, "key", "facts", "wallet")))
        key = col(n.Notice.key) == bindparam("this")
        self.set_facts = to_text(update(n.Notice).where(key), "facts", "this", sets=("facts",))
        of_it: Any = bindparam("of")
        self.drop_notice = tuple(
            to_text(delete(table).where(column == of_it), "of")
            for table, column in (
                (n.Delivery, col(n.Delivery.notice)),
                (n.Slice, col(n.Slice.notice)),
                (n.Notice, col(n.Notice.key)),
            )
        )
        here = (col(n.Delivery.platform) == bindparam("on"), col(n.Delivery.chat) == bindparam("at"))
        theirs = delete(n.Delivery).where(*here, col(n.Delivery.direct))
        self.drop_deliveries = to_text(theirs.returning(*columns(n.Delivery, "id")), "on", "at")
        self.slices = to_text(select(*columns(n.Slice, "notice", "number", "readers")))
        this = (col(n.Slice.notice) == of_it, col(n.Slice.number) == bindparam("nth"))
        self.drop_slice = to_text(delete(n.Slice).where(*this), "of", "nth")
        self.new_slice = to_text(insert(n.Slice), *n.Slice.model_fields)


class Traces:
    """Erases traces of somebody, within a transaction of the writer. What deletes rows returns how many they were."""

    def __init__(self, to_text: Compiler) -> None:
        self._sql = to_text.compiled(TraceSql)

    def erase(self, session: Session, mentions: Mentions, secret: str, wallets: Collection[WalletId]) -> int:
        """Erase all of them. `wallets` are those in whose books something was erased."""
        self._erase_acts(session, mentions, secret)
        return self._erase_notes(session, mentions) + self._erase_notices(session, mentions, wallets)

    def link_keys(self, session: Session, persons: frozenset[PersonId]) -> LinkKeys:
        """The keys of the links that concern any of these persons, undone ones included."""
        return link_keys(map(read_link, session.rows(self._sql.links)), persons)

    def _erase_notes(self, session: Session, mentions: Mentions) -> int:
        rows = [(name, text) for name, text in session.rows(self._sql.notes)]
        tokens = traces.questions_of(rows, mentions)
        dropped = 0
        for name, text in rows:
            left = traces.note_left(name, text, mentions, tokens)
            if left is None:
                session.run(self._sql.drop_note, name)
                dropped += 1
            elif left != text:
                session.run(self._sql.set_note, left, name)
        for platform, number, body in session.rows(self._sql.updates):
            if mentions.subject.sent(platform, body):
                session.run(self._sql.finish, None, platform, number)
                dropped += 1
        return dropped

    def _erase_notices(self, session: Session, mentions: Mentions, wallets: Collection[WalletId]) -> int:
        dropped = 0
        for platform, chat in sorted(mentions.subject.addresses):
            dropped += len(session.rows(self._sql.drop_deliveries, platform, chat))
        self._erase_readers(session, mentions)
        for key, text, wallet in session.rows(self._sql.notices):
            if wallet in mentions.subject.wallets or mentions.in_notice(key):
                for sql in self._sql.drop_notice:
                    session.run(sql, key)
                dropped += 1
            elif wallet in wallets or mentions.may_be_in(text):
                left = traces.facts_left(FACTS.value(text), mentions)
                if left is not None:
                    session.run(self._sql.set_facts, FACTS.text(left), key)
        return dropped

    def _erase_readers(self, session: Session, mentions: Mentions) -> None:
        """Take them out of audiences whose deliveries are not written yet."""
        for notice, number, text in session.rows(self._sql.slices):
            readers = READERS.value(text)
            left = [one for one in readers if not (one.direct and one[:2] in mentions.subject.addresses)]
            if left != readers:
                session.run(self._sql.drop_slice, notice, number)
                if left:
                    session.run(self._sql.new_slice, notice, number, READERS.text(left))

    def _erase_acts(self, session: Session, mentions: Mentions, secret: str) -> None:
        for row in session.rows(self._sql.actions):
            action = _action(row)
            left = traces.action_left(action, mentions, secret)
            if left != action:
                session.run(self._sql.set_action, left.key, left.chat.id, left.line, left.id)
        for row in session.rows(self._sql.links):
            link = read_link(row)
            left_of_link = link_left(link, mentions.subject.persons, secret)
            if left_of_link != link:
                columns_ = link_row(left_of_link, read_review(row))
                session.run(self._sql.set_link, columns_[KEY_OF_LINK], columns_[FACTS_OF_LINK], link.id)
        for person in sorted(mentions.subject.persons):
            session.run(self._sql.refuse, ClaimState.REFUSED.value, person, ClaimState.ASKED.value)


def _action(row: Row) -> AuditRecord:
    number, key, at, person, platform, chat, line, outcome = row
    return AuditRecord(key, moment(at), PersonId(person), ChatRef(platform, chat), line, outcome, number)
