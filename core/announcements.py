"""Announcements to those who subscribed: written, looked over, sent once, and watched on their way."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from core.audience import Audience
from core.notices import GO_ON, HOLD, RESEND, STOP, Notice, State

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.audience import Subscription
    from core.notices import Shift, Target
    from core.ports import AnnouncementStore, Clock

KEPT: Final = timedelta(days=90)
WAITING: Final = frozenset({State.PENDING, State.SENDING, State.HELD})


@dataclass(frozen=True, slots=True)
class Announcement:
    """A text for an audience, under an id of its own."""

    id: str
    text: str
    audience: Audience

    @property
    def name(self) -> str:
        """The key of its notice, what its notice is about, and the note in which it is kept."""
        return f"announcement:{self.id}"

    @property
    def notice(self) -> Notice:
        """What is told of it, at most once to a chat."""
        return Notice(
            self.name, "announcement", {"text": self.text}, once=True, about=self.name, audience=self.audience
        )


class Tally(NamedTuple):
    """How far an announcement has come: how many deliveries stand how on each platform."""

    rows: tuple[tuple[str, State, int], ...]

    @property
    def counts(self) -> Mapping[State, int]:
        """How many deliveries stand how."""
        counts: Counter[State] = Counter()
        for _, state, number in self.rows:
            counts[state] += number
        return counts

    @property
    def all(self) -> int:
        """How many deliveries there are."""
        return sum(number for _, _, number in self.rows)

    @property
    def open(self) -> Mapping[str, int]:
        """How many are still to be sent on each platform."""
        counts: Counter[str] = Counter()
        for platform, state, number in self.rows:
            if state in WAITING:
                counts[platform] += number
        return counts

    @property
    def waiting(self) -> int:
        """How many are still to be sent."""
        return sum(self.open.values())


class Course(NamedTuple):
    """What became of an announcement: where it goes, how each delivery stands and why it came no further."""

    deliveries: tuple[tuple[Target, State, str], ...]


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
