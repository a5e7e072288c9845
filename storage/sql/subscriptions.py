"""The chats that the bot has seen, and the subscriptions of those that get announcements."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, bindparam, delete, insert, literal_column, select, tuple_, update
from sqlmodel import col

from core.delivery import reach
from core.delivery.notice import Subscription, Target
from core.shared.ids import PersonId
from core.wallets.people import Chat, ChatKind, address, heard_from, retired
from storage.sql.session import Aggregate, reads, writes
from storage.sql.tables import delivery as n
from storage.sql.tables import ledger as t
from storage.sql.tables.compiler import LIMIT, NONE_SKIPPED, columns
from storage.sql.tables.ledger import micros, moment

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.sql.elements import ColumnElement

    from core.wallets.people import ChatRef
    from storage.sql.session import Connections, Session
    from storage.sql.tables.codec import Row
    from storage.sql.tables.compiler import Compiler

READ_AT_ONCE: Final = 500
BEFORE_ALL: Final = ("", "")
EMPTY: Final[ColumnElement[str]] = literal_column("''")


class SubscriptionSql:
    """The statements on subscriptions."""

    def __init__(self, to_text: Compiler) -> None:
        here = (col(n.Subscription.platform) == bindparam("on"), col(n.Subscription.chat) == bindparam("at"))
        every = select(*columns(n.Subscription, *n.Subscription.model_fields))
        self.new = to_text(insert(n.Subscription), *n.Subscription.model_fields)
        self.drop = to_text(delete(n.Subscription).where(*here), "on", "at")
        self.one = to_text(every.where(*here), "on", "at")
        place = tuple_(col(n.Subscription.platform), col(n.Subscription.chat))
        self.page = to_text(
            every.where(place > tuple_(bindparam("on"), bindparam("at")))
            .order_by(col(n.Subscription.platform), col(n.Subscription.chat))
            .limit(LIMIT)
            .offset(NONE_SKIPPED),
            "on", "at", "limit",
        )  # fmt: skip
        first, last = tuple_(bindparam("on"), bindparam("at")), tuple_(bindparam("to"), bindparam("last"))
        between = and_(place >= first, place <= last)
        lost = and_(col(n.Subscription.gone) != EMPTY, col(n.Subscription.gone) != bindparam("but"))
        self.unreached = to_text(
            select(*columns(n.Subscription, "platform", "chat")).where(between, lost), "on", "at", "to", "last", "but"
        )
        self.gone = to_text(update(n.Subscription).where(*here), "gone", "on", "at", sets=("gone",))
        self.moved = to_text(update(n.Subscription).where(*here), "chat", "on", "at", sets=("chat",))


class ChatSql:
    """The statements on chats."""

    def __init__(self, to_text: Compiler) -> None:
        this = (col(t.Chat.platform) == bindparam("on"), col(t.Chat.id) == bindparam("as"))
        self.chat = to_text(select(*columns(t.Chat, "kind", "title", "retired", "since")).where(*this), "on", "as")
        self.drop = to_text(delete(t.Chat).where(*this), "on", "as")
        self.new = to_text(insert(t.Chat), *t.Chat.model_fields)


class Subscriptions(Aggregate):
    """Implements `core.delivery.ports.Subscriptions`, and keeps chats and their subscriptions in step."""

    def __init__(self, connections: Connections) -> None:
        super().__init__(connections)
        to_text = connections.to_text
        self._sql, self._chats = to_text.compiled(SubscriptionSql), to_text.compiled(ChatSql)

    def save(self, session: Session, subscription: Subscription) -> None:
        """Insert or replace a subscription within a transaction."""
        platform, chat, direct, place = subscription.target
        session.run(self._sql.drop, platform, chat)
        rest = (
            subscription.title,
            subscription.zone,
            subscription.locale,
            " ".join(subscription.tags),
            subscription.gone,
            subscription.quiet,
        )
        session.run(self._sql.new, platform, chat, direct, place, micros(subscription.since), subscription.by, *rest)

    subscribe = writes()(save)

    def drop(self, session: Session, platform: str, chat: str) -> bool:
        """Delete a subscription within a transaction; False if there is none."""
        known = self.one(session, platform, chat) is not None
        session.run(self._sql.drop, platform, chat)
        return known

    unsubscribe = writes()(drop)

    async def subscribers(self) -> tuple[Subscription, ...]:
        found: list[Subscription] = []
        after = BEFORE_ALL
        while page := await self._page(after, READ_AT_ONCE):
            found += page
            after = page[-1].target[:2]
        return tuple(found)

    def one(self, session: Session, platform: str, chat: str) -> Subscription | None:
        """The subscription of a chat, read within a transaction."""
        return next(map(_subscription, session.rows(self._sql.one, platform, chat)), None)

    subscription = reads(one)

    def page(self, session: Session, after: tuple[str, str], limit: int) -> tuple[Subscription, ...]:
        """The next subscriptions after a platform and chat, in that order."""
        return tuple(map(_subscription, session.rows(self._sql.page, *after, limit)))

    _page = reads(page)

    @writes()
    def restore_place(self, session: Session, platform: str, chat: str, now: datetime) -> bool:
        one = self.one(session, platform, chat)
        if one is None or not self._mark(session, one, reach.place_back(one.gone)):
            return False
        known = self.chat(session, one.target.ref)
        if known is not None:
            self.save_chat(session, replace(known, since=now))
        return True

    def _mark(self, session: Session, one: Subscription, gone: str) -> bool:
        """Write what becomes of a subscription; False if it stays as it is."""
        if gone != one.gone:
            session.run(self._sql.gone, gone, *one.target[:2])
        return gone != one.gone

    def chat(self, session: Session, ref: ChatRef) -> Chat | None:
        """A chat, read within a transaction."""
        row = session.row(self._chats.chat, ref.platform, ref.id)
        if row is None:
            return None
        kind, title, why, since = row
        return Chat(ref, ChatKind(kind), title, why, None if since is None else moment(since))

    def save_chat(self, session: Session, chat: Chat) -> None:
        """Insert or replace a chat within a transaction."""
        self.drop_chat(session, chat.ref)
        since = None if chat.since is None else micros(chat.since)
        session.run(self._chats.new, *_key(chat.ref), chat.kind.value, chat.title, chat.retired, since)

    def drop_chat(self, session: Session, ref: ChatRef) -> None:
        """Delete a chat within a transaction."""
        session.run(self._chats.drop, *_key(ref))

    def is_as_known(self, session: Session, chat: Chat) -> bool:
        """Whether there is nothing new in that something was received from a chat."""
        one = self.one(session, chat.ref.platform, address(chat.ref, chat.kind))
        return self.chat(session, chat.ref) == chat and (one is None or reach.back(one.gone) == one.gone)

    def note_reachable(self, session: Session, chat: Chat, now: datetime) -> None:
        """Note within a transaction that a chat can be written to."""
        known = heard_from(self.chat(session, chat.ref), chat, now)
        one = self.one(session, chat.ref.platform, address(chat.ref, chat.kind))
        if one is not None and self._mark(session, one, reach.back(one.gone)):
            known = replace(known, since=now)
        self.save_chat(session, known)

    def lose(self, session: Session, ref: ChatRef, kind: ChatKind, why: str, at: datetime) -> None:
        """Note within a transaction that a chat cannot be reached any more."""
        self.save_chat(session, retired(self.chat(session, ref), ref, kind, why, at))
        one = self.one(session, ref.platform, address(ref, kind))
        if one is not None:
            self._mark(session, one, reach.lost(one.gone, why))

    def lose_place(self, session: Session, target: Target, why: str) -> None:
        """Note within a transaction that a place of a chat cannot be written to."""
        one = self.one(session, *target[:2])
        if one is not None and one.target.place == target.place:
            self._mark(session, one, reach.place_lost(one.gone, why))

    def is_lost(self, session: Session, target: Target) -> bool:
        """Whether nothing can be sent to a chat."""
        chat = self.chat(session, target.ref)
        return chat is not None and bool(chat.retired)

    def unreached(self, session: Session, first: tuple[str, str], last: tuple[str, str]) -> frozenset[tuple[str, str]]:
        """Those subscriptions between two of them, by platform and chat, to which nothing is sent."""
        rows = session.rows(self._sql.unreached, *first, *last, reach.RESTORED)
        return frozenset((platform, chat) for platform, chat in rows)

    def move(self, session: Session, platform: str, old: str, new: str) -> None:
        """Let a subscription follow a chat to its new id within a transaction, unless that id has one of its own."""
        if old != new and self.one(session, platform, new) is None:
            session.run(self._sql.moved, new, platform, old)


def _key(ref: ChatRef) -> tuple[str, str]:
    return ref.platform, ref.id


def _subscription(row: Row) -> Subscription:
    platform, chat, direct, place, since, by, title, zone, locale, tags, gone, quiet = row
    target = Target(platform, chat, bool(direct), place)
    return Subscription(target, moment(since), PersonId(by), title, zone, locale, tuple(tags.split()), gone, quiet)
