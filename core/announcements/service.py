"""Announcements: drafted, sent once, followed, paused, resumed and stopped."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from core.announcements.model import KEPT, SOON, Announcement, Course, Tally
from core.delivery.notice import Audience
from core.delivery.state import HOLD, RELEASE, RESEND, STOP

if TYPE_CHECKING:
    from core.announcements.ports import AnnouncementStore
    from core.delivery.notice import Subscription
    from core.delivery.state import Shift
    from core.shared.ports import Clock


class AnnouncementService:
    """What an operator does with announcements. Each is sent at most once to a chat, whatever fails."""

    def __init__(self, store: AnnouncementStore, clock: Clock) -> None:
        """Keep announcements in `store`; `clock` is the only source of time."""
        self._store, self._clock = store, clock

    async def draft(self, announcement: Announcement) -> tuple[Subscription, ...]:
        """Keep a draft; returns the subscriptions it would go to now."""
        await self.keep(announcement)
        return announcement.audience.among(await self._store.subscriptions.subscribers())

    async def keep(self, announcement: Announcement) -> None:
        """Keep the text and the audience for `KEPT`."""
        fields = {
            "text": announcement.text,
            "audience": asdict(announcement.audience),
            "zone": announcement.zone,
        }
        text = json.dumps(fields, separators=(",", ":"))
        await self._store.notes.put_note(announcement.name, text, self._clock.now() + KEPT)

    async def find(self, number: str) -> Announcement | None:
        """The announcement with this id, as long as it is kept."""
        kept = await self._store.notes.note(Announcement(number, "", Audience()).name, self._clock.now())
        if kept is None:
            return None
        fields = json.loads(kept)
        audience = {name: tuple(words) for name, words in fields["audience"].items()}
        return Announcement(number, fields["text"], Audience(**audience), fields.get("zone", ""))

    async def discard(self, announcement: Announcement) -> None:
        """Forget a draft."""
        await self._store.notes.put_note(announcement.name, "", self._clock.now())

    async def send(self, announcement: Announcement) -> bool:
        """Send it once to every matching chat that has subscribed by now; False if it was sent before."""
        new = await self._store.outbox.notify([announcement.notice], self._clock.now())
        while await self._store.outbox.fan_out():
            pass
        return bool(new)

    async def course(self, announcement: Announcement) -> Course:
        """All its deliveries."""
        return Course(await self._store.outbox.deliveries(announcement.name))

    async def tally(self, number: str) -> Tally:
        """How far the announcement with this id has come."""
        tally = Tally(await self._store.outbox.tally(Announcement(number, "", Audience()).name))
        due = [await self._store.outbox.next_due(platform) for platform in tally.open]
        soonest = min((at for at in due if at is not None), default=None)
        return tally if soonest is None or soonest - self._clock.now() < SOON else tally._replace(asleep=soonest)

    async def pause(self, announcement: Announcement) -> int:
        """Hold what is not yet being sent; returns the number of deliveries."""
        return await self._shift(announcement, HOLD)

    async def resume(self, announcement: Announcement) -> int:
        """Release what was held; returns the number of deliveries."""
        return await self._shift(announcement, RELEASE)

    async def stop(self, announcement: Announcement) -> int:
        """Cancel what is not yet being sent; returns the number of deliveries."""
        return sum([await self._shift(announcement, shift) for shift in STOP])

    async def resend(self, announcement: Announcement) -> int:
        """Send it again to chats where it is unknown whether it arrived; returns the number of deliveries."""
        return await self._shift(announcement, RESEND)

    async def _shift(self, announcement: Announcement, shift: Shift) -> int:
        return await self._store.outbox.shift(announcement.name, *shift, self._clock.now())
