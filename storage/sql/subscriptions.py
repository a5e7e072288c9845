"""The chats that get announcements."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, delete, insert, select, tuple_, update
from sqlmodel import col

from core.delivery.notice import Subscription, Target
from core.shared.ids import PersonId
from storage.sql.session import Aggregate, reads, writes
from storage.sql.tables import delivery as n
from storage.sql.tables.compiler import LIMIT, NONE_SKIPPED, columns
from storage.sql.tables.ledger import micros, moment

if TYPE_CHECKING:
    from storage.sql.session import Connections, Session
    from storage.sql.tables.codec import Row
    from storage.sql.tables.compiler import Compiler

READ_AT_ONCE: Final = 500
BEFORE_ALL: Final = ("", "")


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
        self.gone = to_text(update(n.Subscription).where(*here), "gone", "on", "at", sets=("gone",))
        self.moved = to_text(update(n.Subscription).where(*here), "chat", "on", "at", sets=("chat",))


class Subscriptions(Aggregate):
    """Implements `core.delivery.ports.Subscriptions`."""

    def __init__(self, connections: Connections) -> None:
        super().__init__(connections)
        self._sql = connections.to_text.compiled(SubscriptionSql)

    @writes()
    def subscribe(self, session: Session, subscription: Subscription) -> None:
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

    @writes()
    def unsubscribe(self, session: Session, platform: str, chat: str) -> bool:
        known = self._known(session, platform, chat) is not None
        session.run(self._sql.drop, platform, chat)
        return known

    async def subscribers(self) -> tuple[Subscription, ...]:
        found: list[Subscription] = []
        after = BEFORE_ALL
        while page := await self._page(after, READ_AT_ONCE):
            found += page
            after = page[-1].target[:2]
        return tuple(found)

    def _known(self, session: Session, platform: str, chat: str) -> Subscription | None:
        return next(map(_subscription, session.rows(self._sql.one, platform, chat)), None)

    subscription = reads(_known)

    def page(self, session: Session, after: tuple[str, str], limit: int) -> tuple[Subscription, ...]:
        """The next subscriptions after a platform and chat, in that order."""
        return tuple(map(_subscription, session.rows(self._sql.page, *after, limit)))

    _page = reads(page)

    def lose(self, session: Session, platform: str, chat: str, why: str) -> None:
        """Note within a transaction that a chat cannot be reached any more."""
        session.run(self._sql.gone, why, platform, chat)

    def move(self, session: Session, platform: str, old: str, new: str) -> None:
        """Let a subscription follow a chat to its new id within a transaction, unless that id has one of its own."""
        if old != new and self._known(session, platform, new) is None:
            session.run(self._sql.moved, new, platform, old)


def _subscription(row: Row) -> Subscription:
    platform, chat, direct, place, since, by, title, zone, locale, tags, gone, quiet = row
    target = Target(platform, chat, bool(direct), place)
    return Subscription(target, moment(since), PersonId(by), title, zone, locale, tuple(tags.split()), gone, quiet)
