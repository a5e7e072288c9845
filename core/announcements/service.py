"""Announcements to those who subscribed: written, looked over, sent once, and watched on their way."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from core.announcements.model import KEPT, Announcement, Course, Tally
from core.delivery.notice import Audience
from core.delivery.state import GO_ON, HOLD, RESEND, STOP

if TYPE_CHECKING:
    from core.announcements.ports import AnnouncementStore
    from core.delivery.notice import Subscription
    from core.delivery.state import Shift
    from core.shared.ports import Clock


class Announcements:
    """What an operator does with announcements. Each is sent at most once to a chat, whatever fails."""

    def __init__(self, store: AnnouncementStore, clock: Clock) -> None:
        """Keep them in `store`; the time is asked of `clock` and of nothing else."""
        self._store, self._clock = store, clock

    async def draft(self, one: Announcement) -> tuple[Subscription, ...]:
        """Keep what was written; gives who would hear it now."""
        await self.keep(one)
        return one.audience.among(await self._store.subscriptions.subscribers())

    async def keep(self, one: Announcement) -> None:
        """Keep what was written."""
        text = json.dumps({"text": one.text, "audience": asdict(one.audience)}, separators=(",", ":"))
        await self._store.notes.put_note(one.name, text, self._clock.now() + KEPT)

    async def find(self, number: str) -> Announcement | None:
        """What was written under an id, as long as it is kept."""
        kept = await self._store.notes.note(Announcement(number, "", Audience()).name, self._clock.now())
        if kept is None:
            return None
        given = json.loads(kept)
        audience = {name: tuple(words) for name, words in given["audience"].items()}
        return Announcement(number, given["text"], Audience(**audience))

    async def send(self, one: Announcement) -> bool:
        """Send it to all who subscribed by now, each once; False where that was done before."""
        new = await self._store.outbox.notify([one.notice], self._clock.now())
        while await self._store.outbox.spread():
            pass
        return bool(new)

    async def course(self, one: Announcement) -> Course:
        """What became of it."""
        return Course(await self._store.outbox.deliveries(one.name))

    async def tally(self, number: str) -> Tally:
        """How far the one with an id has come."""
        return Tally(await self._store.outbox.tally(Announcement(number, "", Audience()).name))

    async def pause(self, one: Announcement) -> int:
        """Hold what is not under way yet; gives how many deliveries that are."""
        return await self._shift(one, HOLD)

    async def resume(self, one: Announcement) -> int:
        """Go on with what was held."""
        return await self._shift(one, GO_ON)

    async def stop(self, one: Announcement) -> int:
        """Send no more of it; what is under way cannot be called back."""
        return sum([await self._shift(one, shift) for shift in STOP])

    async def resend(self, one: Announcement) -> int:
        """Send it again where nobody knows whether it arrived."""
        return await self._shift(one, RESEND)

    async def _shift(self, one: Announcement, shift: Shift) -> int:
        return await self._store.outbox.shift(one.name, *shift, self._clock.now())
