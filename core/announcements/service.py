"""Announcements: drafted, sent once, at once or later, followed, paused, resumed, stopped, corrected and withdrawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from core.announcements.model import MAX_LATENESS, SOON, UNSENT, Announcement, Course, MendingTally, Stage, Tally
from core.delivery.notice import Audience, Notice, Target
from core.delivery.state import HOLD, RELEASE, RESEND, STOP
from core.scheduling.task import Task, TaskResult
from core.wallets.people import Identity

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from core.announcements.ports import AnnouncementStore
    from core.delivery.state import Shift
    from core.shared.ports import Clock


DRAFTS_LISTED: Final = timedelta(days=14)
"""How long a draft that nobody sends stays in the list. It can be sent by its number after that, too."""
TAKEN_UP: Final = timedelta(days=30)
"""How long after the decision it may still be sent; its notice is kept for longer, so that it cannot be sent twice."""


class AnnouncementService:
    """What an operator does with announcements. Each is sent at most once to a chat, whatever fails."""

    def __init__(self, store: AnnouncementStore, clock: Clock, operators: Iterable[str] = ()) -> None:
        """Keep announcements in `store`; `clock` is the only source of time.

        `operators`, such as `telegram:42`, hear of an announcement whose writer is none of them any more.
        """
        self._store, self._clock, self._operators = store, clock, frozenset(operators)

    async def keep(self, announcement: Announcement) -> Announcement:
        """Store an announcement under the next number. Idempotent by its id."""
        return await self._store.announcements.new_announcement(replace(announcement, made=self._clock.now()))

    async def find(self, word: str) -> Announcement | None:
        """The announcement with this id or number, unless it was discarded."""
        one = await self._store.announcements.announcement(word)
        return None if one is None or one.stage is Stage.DISCARDED else one

    async def newest(self, limit: int, skipped: int = 0) -> tuple[Announcement, ...]:
        """The newest announcements after so many, newest first, without drafts that nobody has touched for long."""
        return await self._store.announcements.newest_announcements(limit, skipped, self._clock.now() - DRAFTS_LISTED)

    async def discard(self, seen: Announcement) -> bool:
        """Discard what has not been sent; False if it was sent, or has just changed."""
        return seen.stage in UNSENT and await self._become(seen, stage=Stage.DISCARDED)

    async def schedule(self, seen: Announcement, at: datetime) -> bool:
        """Send it at a time, to every chat that matches then; False if it was sent, or has just changed."""
        return seen.stage in UNSENT and await self._become(seen, Task(seen.name, at), stage=Stage.SCHEDULED, at=at)

    async def rewrite(self, seen: Announcement, text: str) -> bool:
        """Change the text of what has not been sent; False if it was sent, or has just changed."""
        return seen.stage in UNSENT and await self._become(seen, text=text)

    async def send(self, seen: Announcement) -> bool:
        """Send it once to every matching chat that has subscribed by now; False if it was sent before.

        Its task is scheduled with the decision, and sends it if this process ends here.
        """
        now = self._clock.now()
        if seen.stage in UNSENT and not await self._become(seen, Task(seen.name, now), stage=Stage.SENT, at=now):
            return False
        one = await self.find(seen.id)
        if one is None or one.stage is not Stage.SENT or one.at is None or now - one.at > TAKEN_UP:
            return False
        new = await self._store.outbox.notify([one.notice], now)
        await self._fan_out()
        return bool(new)

    async def correct(self, seen: Announcement, text: str) -> bool:
        """Change what was sent, in place, and what still waits; False if that cannot be done, or it has just changed.

        The messages are edited as deliveries of their own, after all other notices. A later correction takes the place
        of what is left of an earlier one.
        """
        now = self._clock.now()
        if seen.stage is not Stage.SENT or not await self._become(
            seen, Task(seen.name, now), text=text, mends=seen.mends + 1
        ):
            return False
        await self._mend(seen.id, now)
        return True

    async def withdraw(self, seen: Announcement) -> bool:
        """Stop what waits, and delete what was sent; False if that cannot be done, or it has just changed."""
        now = self._clock.now()
        if seen.stage is not Stage.SENT or not await self._become(
            seen, Task(seen.name, now), stage=Stage.WITHDRAWN, mends=seen.mends + 1
        ):
            return False
        await self._mend(seen.id, now)
        return True

    async def run(self, task: Task, now: datetime) -> TaskResult:
        """Send what is due, or take up what an interrupted process had begun. Idempotent.

        What is more than an hour late is not sent: its writer is asked.
        """
        one = await self.find(task.name.partition(":")[2])
        if one is None:
            return TaskResult()
        if one.stage is Stage.SCHEDULED and one.at is not None:
            return await self._fallen_due(one, one.at, now)
        if one.stage is Stage.DRAFT and one.at is not None and one.at <= now:
            return TaskResult((await self._asked(one),))
        if one.stage is Stage.SENT and one.at is not None and now - one.at <= TAKEN_UP:
            await self._store.outbox.notify([one.notice], now)
        if one.mends:
            await self._mend(one.id, now)
        return TaskResult()

    async def _fallen_due(self, one: Announcement, at: datetime, now: datetime) -> TaskResult:
        """Send what was to be sent at a time; the decision is on disk before it is, so that it is taken once."""
        if at > now:
            return TaskResult(next_at=at)
        late = now - at > MAX_LATENESS
        if not await self._become(one, stage=Stage.DRAFT if late else Stage.SENT):
            return TaskResult(next_at=now)  # it has just changed: the next run decides again
        return TaskResult((await self._asked(one),) if late else (one.notice, await self._told(one)))

    async def _become(self, seen: Announcement, task: Task | None = None, **changes: Any) -> bool:
        return await self._store.announcements.change_announcement(seen, replace(seen, **changes), task)

    async def _mend(self, id: str, now: datetime) -> None:  # noqa: A002 - as everywhere here
        """Change or delete its messages, as it says by now. Idempotent by the version."""
        one = await self.find(id)
        if one is None:
            return
        if one.stage is Stage.WITHDRAWN:
            await self.stop(one)
        await self._store.outbox.mend(one.mending, one.facts, now)
        await self._fan_out()

    async def _asked(self, one: Announcement) -> Notice:
        """The question to its writer whether something should be sent that is late."""
        at = "" if one.at is None else one.at.isoformat()
        facts: dict[str, str | int] = {"number": one.number, "text": one.text, "at": at, "zone": one.zone}
        return Notice(f"{one.name}:late:{at}", "announcement-late", facts, urgent=True, to=await self._by(one))

    async def _told(self, one: Announcement) -> Notice:
        """What its writer hears when it is sent at the time that they chose."""
        reached = "yes" if one.audience.among(await self._store.subscriptions.subscribers()) else "no"
        facts: dict[str, str | int] = {"number": one.number, "text": one.text, "reached": reached}
        return Notice(f"{one.name}:sent", "announcement-sent", facts, to=await self._by(one))

    async def _by(self, one: Announcement) -> tuple[Target, ...]:
        """The private chats of its writer or, if that is no operator any more, of all operators."""
        identities = () if one.by is None else await self._store.people.identities(one.by)
        if self._operators and self._operators.isdisjoint(map(str, identities)):
            identities = tuple(Identity(*operator.split(":", 1)) for operator in sorted(self._operators))
        return tuple(Target(identity.platform, identity.user, direct=True) for identity in identities)

    async def _fan_out(self) -> None:
        while await self._store.outbox.fan_out():
            pass

    async def course(self, announcement: Announcement) -> Course:
        """All its deliveries."""
        return Course(await self._store.outbox.deliveries(announcement.name))

    async def mended(self, announcement: Announcement) -> Course:
        """What became of each message that was to be changed or deleted."""
        return Course(await self._store.outbox.deliveries(announcement.mending.key))

    async def tally(self, id: str) -> Tally:  # noqa: A002 - as everywhere here
        """How far the announcement with this id has come."""
        one = await self.find(id)
        sent = await self._store.outbox.tally(Announcement(id, "", Audience()).name)
        tally = Tally(sent, mending=await self._mending(one))
        due = [await self._store.outbox.next_due(platform) for platform in tally.open]
        soonest = min((at for at in due if at is not None), default=None)
        return tally if soonest is None or soonest - self._clock.now() < SOON else replace(tally, asleep=soonest)

    async def _mending(self, one: Announcement | None) -> MendingTally | None:
        rows = () if one is None else await self._store.outbox.tally(one.mending.key)
        return None if one is None or not rows else MendingTally(rows, one.stage is Stage.WITHDRAWN)

    async def pause(self, announcement: Announcement) -> int:
        """Hold what is not yet being sent; returns the number of deliveries."""
        return await self._shift(announcement, HOLD)

    async def resume(self, announcement: Announcement) -> int:
        """Release what was held; returns the number of deliveries."""
        return await self._revive(announcement, RELEASE)

    async def stop(self, announcement: Announcement) -> int:
        """Cancel what is not yet being sent; returns the number of deliveries."""
        return sum([await self._shift(announcement, shift) for shift in STOP])

    async def resend(self, announcement: Announcement) -> int:
        """Send it again to chats where it is unknown whether it arrived; returns the number of deliveries."""
        return await self._revive(announcement, RESEND)

    async def _revive(self, announcement: Announcement, shift: Shift) -> int:
        """Let it be sent again, unless somebody withdraws it at the same moment."""
        number, current = await self._shift(announcement, shift), await self.find(announcement.id)
        if current is None or current.stage is not Stage.WITHDRAWN:
            return number
        await self.stop(announcement)
        return 0

    async def _shift(self, announcement: Announcement, shift: Shift) -> int:
        return await self._store.outbox.shift(announcement.name, *shift, self._clock.now())
