"""The store over any SQL database: an aggregate for each port."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.sql_audit_log import AuditLog
from storage.sql_journal import Journal
from storage.sql_notes import Notes
from storage.sql_outbox import Outbox
from storage.sql_people import People
from storage.sql_promotions import Promotions
from storage.sql_recurring import Recurring
from storage.sql_subscriptions import Subscriptions
from storage.sql_tasks import Tasks

if TYPE_CHECKING:
    from storage.sql_connections import Connections


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
