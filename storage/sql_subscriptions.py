"""Who hears announcements, over any driver's connection, within the transaction of its thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.audience import Subscription
from core.model import PersonId
from core.notices import Target
from storage.audience_statements import AudienceSql
from storage.tables import micros, moment

if TYPE_CHECKING:
    from storage.rows import Row
    from storage.sql_journal import Connection
    from storage.statements import Compiler


class Subscribers:
    """Reads and writes on one connection, by the thread that owns it."""

    def __init__(self, connection: Connection, to_text: Compiler) -> None:
        self._connection, self._sql = connection, to_text.compiled(AudienceSql)

    def _all(self, sql: str, *values: Any) -> list[Row]:
        return self._connection.execute(sql, values).fetchall()

    def subscribe(self, one: Subscription) -> None:
        """Keep a subscription, over what was kept of its chat."""
        self.unsubscribe(one.target.platform, one.target.chat)
        platform, chat, direct, place = one.target
        rest = (one.title, one.zone, one.locale, " ".join(one.tags), one.gone, one.quiet)
        self._connection.execute(self._sql.new, (platform, chat, direct, place, micros(one.since), one.by, *rest))

    def unsubscribe(self, platform: str, chat: str) -> bool:
        """End a chat's subscription; whether there was one."""
        known = self.subscription(platform, chat) is not None
        self._connection.execute(self._sql.drop, (platform, chat))
        return known

    def subscription(self, platform: str, chat: str) -> Subscription | None:
        """A chat's subscription."""
        return next(map(_subscription, self._all(self._sql.one, platform, chat)), None)

    def page(self, after: tuple[str, str], limit: int) -> tuple[Subscription, ...]:
        """So many of them after a platform and chat, in that order."""
        return tuple(map(_subscription, self._all(self._sql.page, *after, limit)))

    def gone(self, platform: str, chat: str, why: str) -> None:
        """Nothing can be sent there any more."""
        self._connection.execute(self._sql.gone, (why, platform, chat))

    def moved(self, platform: str, old: str, new: str) -> None:
        """A chat has another id; where that one has subscribed already, its own subscription counts."""
        if old != new and self.subscription(platform, new) is None:
            self._connection.execute(self._sql.moved, (new, platform, old))


def _subscription(row: Row) -> Subscription:
    platform, chat, direct, place, since, by, title, zone, locale, tags, gone, quiet = row
    target = Target(platform, chat, bool(direct), place)
    return Subscription(target, moment(since), PersonId(by), title, zone, locale, tuple(tags.split()), gone, quiet)
