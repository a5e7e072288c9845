"""The days of a freelancer in the tests: each begins with the look at nine, and what is told on it is heard."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from core.alerts.daily_review import Morning
from core.delivery.outcome import Sent
from core.promotions.service import Offers
from core.scheduling.runner import Duties
from core.shared.calendar import clock_of, next_nine

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

    async def look(self) -> list[Notice]:
        """See to what is due now, and hear what is told."""
        store = self.books.store
        morning = Morning(store, self.books.rulebook)
        handlers = {"wallet": morning.see_to, "promotion": Offers(self.books, self.books.store).see_to}
        await Duties(store.tasks, store.outbox, self.clock, handlers).see_to()
        return await self.hear()

    async def hear(self) -> list[Notice]:
        store, now = self.books.store, self.clock.now()
        lease = await store.outbox.lease(TEST, "one", now, now + timedelta(minutes=1), again=False)
        assert lease is not None
        heard: list[Notice] = []
        while claimed := await store.outbox.claim(TEST, lease.epoch, now, 99):
            for delivery in claimed:
                heard.append(delivery.notice)
                await store.outbox.settle(delivery, lease.epoch, Sent("m"), now)
        return heard

    async def days(self, days: int) -> dict[int, list[str]]:
        """Live so many days, with a look each morning; gives the codes told, by the day of the month."""
        told: dict[int, list[str]] = {}
        zone = (await self.settings()).zone
        for _ in range(days):
            self.clock.at = next_nine(zone, self.clock.at)
            if heard := await self.look():
                told[self.clock.at.astimezone(clock_of(zone)).day] = [notice.code for notice in heard]
        return told

    async def settings(self) -> Settings:
        return await self.books.store.people.settings_of(self.ann.wallet)

    async def wish(self, **changes: object) -> None:
        """Change the settings, or with the names of alerts what is to be told."""
        kept = await self.settings()
        fields = {name: value for name, value in changes.items() if name in kept.__slots__}
        alerts = replace(kept.alerts, **{name: value for name, value in changes.items() if name not in fields})  # type: ignore[arg-type] # the tests know what they say
        wanted = replace(kept, alerts=alerts, **fields)  # type: ignore[arg-type] # the same
        await self.books.change_settings(self.ann.wallet, lambda _: wanted)

    async def next(self) -> datetime:
        (due,) = await self.books.store.tasks.due_by(self.clock.now() + timedelta(days=99), 9)
        return due.at
