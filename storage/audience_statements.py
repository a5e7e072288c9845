"""The statements on subscriptions, compiled like those of the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, insert, select, tuple_, update
from sqlmodel import col

from storage import notice_tables as n
from storage.statements import LIMIT, NONE_SKIPPED, columns

if TYPE_CHECKING:
    from storage.statements import Compiler


class AudienceSql:
    """What is written and read of who hears announcements."""

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
