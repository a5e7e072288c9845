"""The reference store, for tests and for trying the bot. Nothing outlives the process."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from storage.memory.announcements import MemoryAnnouncements, MemoryRecurring
from storage.memory.audit_log import MemoryAuditLog
from storage.memory.forgetting import MemoryForgetting
from storage.memory.inbox import MemoryInbox
from storage.memory.incomes import MemoryIncomes
from storage.memory.ledger import MemoryLedger
from storage.memory.links.links import MemoryLinks
from storage.memory.notes import MemoryNotes
from storage.memory.outbox import MemoryOutbox
from storage.memory.people import MemoryPeople
from storage.memory.personal_data import MemoryPersonalData
from storage.memory.promotions import MemoryPromotions
from storage.memory.proposals import MemoryProposals
from storage.memory.subscriptions import MemorySubscriptions
from storage.memory.tables import Tables
from storage.memory.tasks import MemoryTasks
from storage.memory.verification import MemoryJournalReader

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from core.journal_reader import JournalReader


class MemoryStore:
    """Implements `core.store.Store` over one set of dictionaries."""

    def __init__(self) -> None:
        self.tables = tables = Tables()
        self.notes = MemoryNotes(tables)
        self.audit_log = MemoryAuditLog(tables)
        self.announcements = MemoryAnnouncements(tables)
        self.inbox = MemoryInbox(tables)
        self.incomes = MemoryIncomes(tables)
        self.personal_data = MemoryPersonalData(tables)
        self.recurring = MemoryRecurring(tables)
        self.subscriptions = MemorySubscriptions(tables)
        self.outbox = MemoryOutbox(tables, self.subscriptions)
        self.people = MemoryPeople(tables, self.subscriptions, self.outbox)
        self.promotions = MemoryPromotions(tables, self.outbox)
        self.proposals = MemoryProposals(tables)
        self.tasks = MemoryTasks(tables, self.outbox, self.promotions)
        self.ledger = MemoryLedger(tables, self.outbox, self.promotions)
        self.forgetting = MemoryForgetting(tables)
        self.links = MemoryLinks(tables, self.ledger, self.people)

    @asynccontextmanager
    async def read_journal(self) -> AsyncGenerator[JournalReader]:
        yield MemoryJournalReader(self.tables)

    async def close(self) -> None:
        self.tables.closed = True
