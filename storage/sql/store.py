"""The store over any SQL database: an aggregate for each port."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from core.ledger.bids import bids_in
from storage.sql.announcements import Announcements, Recurring
from storage.sql.audit_log import AuditLog
from storage.sql.delivery.outbox import Outbox
from storage.sql.forgetting.erasure import Erasures
from storage.sql.forgetting.personal_data import PersonalDataRows
from storage.sql.inbox import Inbox
from storage.sql.incomes import Incomes
from storage.sql.journal import Journal
from storage.sql.links.links import Links, Stores
from storage.sql.notes import Notes
from storage.sql.people import People
from storage.sql.promotions import Promotions
from storage.sql.proposals.cards import ProposalCards
from storage.sql.subscriptions import Subscriptions
from storage.sql.tasks import Tasks
from storage.writer.bids import OnJob

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from core.ledger.model import Change, Entry, Receipt, Snapshot
    from core.ledger.ports import Scope
    from core.shared.ids import WalletId
    from storage.sql.session import Connections, Session
    from storage.sql.tables.codec import Row
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
        self.personal_data = PersonalDataRows(connections)
        self.incomes = Incomes(connections)
        self.forgetting = Erasures(connections, self.ledger, self.people)
        self.links = Links(connections, Stores(self.ledger, self.people, self.tasks, self.subscriptions))


class SqlEngine:
    """What both databases share of `storage.writer.group_commit.Engine`. All of it runs in the writer's transaction."""

    def __init__(self, session: Session, store: SqlStore) -> None:
        self._session = session
        self._journal, self._outbox, self._promotions = store.ledger, store.outbox, store.promotions

    def widen(self, base: Snapshot, scope: Scope) -> Snapshot:
        return self._promotions.widen(self._session, self._journal.widen(self._session, base, scope), scope)

    def bids(self, wanted: Collection[OnJob]) -> Mapping[OnJob, tuple[Entry, ...]]:
        found: dict[OnJob, tuple[Entry, ...]] = dict.fromkeys(wanted, ())
        rows = sorted(self.on_jobs(wanted), key=itemgetter(0, 1))
        for (wallet, job), numbers in groupby(rows, key=itemgetter(0, 1)):
            spends = self._journal.standing_spends(self._session, wallet, {row[2] for row in numbers})
            found[OnJob(wallet, job)] = bids_in(spends)
        return found

    def on_jobs(self, wanted: Collection[OnJob]) -> Iterable[Row]:
        """The numbers of the entries on these jobs, each as (wallet, job, number), by one statement for all of them."""
        raise NotImplementedError

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
