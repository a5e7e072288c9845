"""Plays the days of a freelancer: each begins with the daily review at nine, whose notices are received."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from core.alerts.daily_review import DailyReview
from core.delivery.outcome import Sent
from core.promotions.service import PromotionService
from core.proposals.service import Proposals
from core.scheduling.runner import TaskRunner
from core.shared.calendar import next_nine, tzinfo_of

if TYPE_CHECKING:
    from datetime import datetime

    from core.delivery.notice import Notice
    from core.wallets.settings import Settings
    from tests.clock import TestClock
    from tests.core.freelancer import Freelancer, OpenBooks

TEST = "test"


@dataclass
class Dawn:
    books: OpenBooks
    clock: TestClock
    ann: Freelancer

    async def review(self) -> list[Notice]:
        """Run what is due now, and receive the notices."""
        store = self.books.store
        reviews = DailyReview(store, self.books.rulebook, Proposals(store, self.books.rulebook, self.clock))
        handlers = {"wallet": reviews.run, "promotion": PromotionService(self.books, self.books.store).run}
        await TaskRunner(store.tasks, store.outbox, self.clock, handlers).run_due()
        return await self.receive()

    async def receive(self) -> list[Notice]:
        store, now = self.books.store, self.clock.now()
        lease = await store.outbox.lease(TEST, "one", now, now + timedelta(minutes=1), idempotent=False)
        assert lease is not None
        received: list[Notice] = []
        while claimed := await store.outbox.claim(TEST, lease.epoch, now, 99):
            for delivery in claimed:
                received.append(delivery.notice)
                await store.outbox.settle(delivery, lease.epoch, Sent("m"), now)
        return received

    async def days(self, days: int) -> dict[int, list[str]]:
        """Live so many days, with a review each morning; returns the codes received, by the day of the month."""
        codes: dict[int, list[str]] = {}
        zone = (await self.settings()).zone
        for _ in range(days):
            self.clock.at = next_nine(zone, self.clock.at)
            if received := await self.review():
                codes[self.clock.at.astimezone(tzinfo_of(zone)).day] = [notice.code for notice in received]
        return codes

    async def settings(self) -> Settings:
        return await self.books.store.people.settings_of(self.ann.wallet)

    async def change_settings(self, **changes: object) -> None:
        """Change fields of the settings or, if the settings have no such field, of the alert settings."""
        kept = await self.settings()
        fields = {name: value for name, value in changes.items() if name in kept.__slots__}
        alerts = replace(kept.alerts, **{name: value for name, value in changes.items() if name not in fields})  # type: ignore[arg-type] # the tests name existing fields
        wanted = replace(kept, alerts=alerts, **fields)  # type: ignore[arg-type] # the same
        await self.books.change_settings(self.ann.wallet, lambda _: wanted)

    async def next(self) -> datetime:
        (task,) = await self.books.store.tasks.due_by(self.clock.now() + timedelta(days=99), 9)
        return task.at
