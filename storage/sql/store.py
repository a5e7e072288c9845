"""The store over any SQL database: an aggregate for each port."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.sql.audit_log import AuditLog
from storage.sql.journal import Journal
from storage.sql.notes import Notes
from storage.sql.outbox import Outbox
from storage.sql.people import People
from storage.sql.promotions import Promotions
from storage.sql.recurring import Recurring
from storage.sql.subscriptions import Subscriptions
from storage.sql.tasks import Tasks

if TYPE_CHECKING:
    from storage.sql.session import Connections


class SqlStore:
    """Everything of `Store` but the audit and the close, which are the engine's own."""

    def __init__(self, connections: Connections) -> None:
        self.ledger = Journal(connections)
        self.notes = Notes(connections)
        self.subscriptions = Subscriptions(connections)
        self.outbox = Outbox(connections, self.subscriptions)
        self.tasks = Tasks(connections, self.outbox)
        self.people = People(connections, self.subscriptions, self.tasks)
        self.promotions = Promotions(connections, self.outbox, self.tasks)
        self.recurring = Recurring(connections, self.tasks)
        self.audit_log = AuditLog(connections)
