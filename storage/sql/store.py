"""The store over any SQL database: an aggregate for each port."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.ledger.bids import bids_in
from storage.sql.announcements import Announcements, Recurring
from storage.sql.audit_log import AuditLog
from storage.sql.delivery.outbox import Outbox
from storage.sql.inbox import Inbox
from storage.sql.incomes import Incomes
from storage.sql.journal import Journal
from storage.sql.notes import Notes
from storage.sql.people import People
from storage.sql.promotions import Promotions
from storage.sql.proposals.cards import ProposalCards
from storage.sql.subscriptions import Subscriptions
from storage.sql.tasks import Tasks

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from core.ledger.model import Change, Entry, Receipt, Snapshot
    from core.ledger.ports import Scope
    from core.shared.ids import WalletId
    from storage.sql.session import Connections, Session
    from storage.writer.bids import OnJob
    from storage.writer.group_commit import Booked


class SqlStore:
    """All of `core.store.Store` except `read_journal` and `close`, which each engine has of its own."""

    def __init__(self, connections: Connections) -> None:
        self.ledger = Journal(connections)
        self.proposals = ProposalCards(connections, self.ledger)
        self.notes = Notes(connections)
        self.subscriptions = Subscriptions(connections)
        self.outbox = Outbox(connections, self.subscriptions)
        self.tasks = Tasks(connections, self.outbox)
        self.people = People(connections, self.outbox, self.tasks)
        self.promotions = Promotions(connections, self.outbox, self.tasks)
        self.announcements = Announcements(connections, self.tasks)
        self.recurring = Recurring(connections, self.tasks)
        self.audit_log = AuditLog(connections)
        self.inbox = Inbox(connections)
        self.incomes = Incomes(connections)


class SqlEngine:
    """What both databases share of `storage.writer.group_commit.Engine`. All of it runs in the writer's transaction."""

    def __init__(self, session: Session, store: SqlStore) -> None:
        self._session = session
        self._journal, self._outbox, self._promotions = store.ledger, store.outbox, store.promotions

    def widen(self, base: Snapshot, scope: Scope) -> Snapshot:
        return self._promotions.widen(self._session, self._journal.widen(self._session, base, scope), scope)

    def bids(self, wanted: Collection[OnJob]) -> Mapping[OnJob, tuple[Entry, ...]]:
        return {key: bids_in(self._journal.spends_on(self._session, *key)) for key in wanted}

    def receipt(self, booked: Booked, key: str) -> Receipt:
        return self._journal.receipt(self._session, booked, key)

    def import_under(self, key: str) -> tuple[WalletId, int] | None:
        return self._journal.import_under(self._session, key)

    def write_effects(self, change: Change) -> None:
        """Write what a change does outside the journal: its notices, and what it draws from a promotion."""
        if change.notices:
            self._outbox.store(self._session, change.notices, change.entries[-1].at)
        if change.supply_draw is not None:
            self._promotions.draw(self._session, change)
