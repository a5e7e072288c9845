"""Notifies the operators of each trouble once a day, and once when it is over.

The store keeps what is wrong and when it was last seen. So a restart neither repeats a notice nor forgets to report
the end of a trouble, and no process reports the end while another still sees the trouble.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from core.delivery.notice import Notice, Target
from core.shared.clock_steps import has_passed
from core.shared.refusals import Outage, UnavailableError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import TypeAlias

    from bot.base.background_jobs import Jobs
    from bot.delivery.live_platforms import LivePlatforms
    from core.shared.ports import Clock
    from core.store import Store

    Facts: TypeAlias = Mapping[str, str | int]

KEPT: Final = "alarm"
FAILURES: Final = 3
STUCK: Final = timedelta(minutes=15)
OUTAGE: Final = timedelta(minutes=5)
SETTLED_IN: Final = timedelta(minutes=1)
MINUTE: Final = timedelta(minutes=1)
UNSEEN: Final = timedelta(minutes=3)
"""A trouble that only another process has seen is over once nobody has seen it for so long."""


class Alarm:
    """Looks for trouble: jobs that keep failing, a refused token, notices that are stuck, an unavailable store."""

    def __init__(
        self, store: Store, clock: Clock, operators: Iterable[str], jobs: Jobs, live_platforms: LivePlatforms
    ) -> None:
        """Notify `operators`, identities such as `telegram:42`, in their private chats."""
        self._store, self._clock, self._jobs, self._live_platforms = store, clock, jobs, live_platforms
        people = (operator.partition(":") for operator in sorted(operators))
        self._to = tuple(Target(platform, user, direct=True) for platform, _, user in people)
        self._refused: set[str] = set()
        self._away: tuple[datetime, Outage] | None = None
        self._notified: set[str] = set()
        self._seen: set[str] = set()

    def refuse(self, platform: str) -> None:
        """Note that a platform refused its token."""
        self._refused.add(platform)

    async def check(self) -> int:
        """Look for trouble, and notify operators of what is new. Return how many troubles there are.

        Raises UnavailableError if the store is unavailable. What is known is written each time, even if nothing has
        changed, because only a write shows that the disk is full.
        """
        now = self._clock.now()
        try:
            kept = await self._store.notes.note(KEPT, now)
            known: dict[str, str] = {} if kept is None else json.loads(kept)
            await self._store.notes.put_note(KEPT, kept or "{}", None)
            wrong = dict(self._wrong(now))
            over = [name for name, seen in known.items() if name not in wrong and self._is_over(name, seen, now)]
            still = {**known, **dict.fromkeys(wrong, now.isoformat())}
            await self._notify([*self._back(now), *self._news(wrong, now), *self._ends(over, now)], now)
            left = {name: seen for name, seen in still.items() if name not in over}
            if left != known:
                await self._store.notes.put_note(KEPT, json.dumps(left, separators=(",", ":")), None)
        except UnavailableError as error:
            self._away = self._away or (now, error.why)
            raise
        self._away, self._seen = None, (self._seen | set(wrong)) - set(over)
        return len(wrong)

    def _wrong(self, now: datetime) -> Iterator[tuple[str, Facts]]:
        """What is wrong now. Jobs that fail only because the store is unavailable do not count."""
        for job, run in self._jobs.latest.items():
            if run.failed >= FAILURES and run.error != UnavailableError.__name__:
                yield f"job:{job}", {"kind": run.error, "times": run.failed, "id": run.fault}
        yield from self._failing_tasks()
        for platform in self._refused:
            yield f"platform:{platform}", {}
        for platform, live in self._live_platforms.items():
            since = live.sender.stuck_since
            if platform not in self._refused and since is not None and now - since >= STUCK:
                yield f"stuck:{platform}", {"minutes": (now - since) // MINUTE}

    def _failing_tasks(self) -> Iterator[tuple[str, Facts]]:
        """The parts of a job's work that keep failing while the rest goes on."""
        for job in self._jobs.all:
            for task in job.failing():
                if task.times >= FAILURES:
                    yield f"due:{task.name}", {"kind": task.kind, "times": task.times}

    def _is_over(self, name: str, seen: str, now: datetime) -> bool:
        """Whether a trouble, last seen at a time, is over. Another process may see one that this process cannot."""
        unseen = name in self._seen or has_passed(UNSEEN, datetime.fromisoformat(seen), now)
        return unseen and self._works(name, now)

    def _works(self, name: str, now: datetime) -> bool:
        """Whether it is known to work. After a restart, not knowing of a trouble is not enough."""
        kind, _, what = name.partition(":")
        if kind == "job":
            return what in self._jobs.latest and not self._jobs.latest[what].error
        if kind == "due":
            return all(task.name != what for job in self._jobs.all for task in job.failing())
        live = self._live_platforms.get(what)
        return live is not None and has_passed(SETTLED_IN, live.since, now)

    def _news(self, wrong: Mapping[str, Facts], now: datetime) -> Iterator[Notice]:
        for name, facts in wrong.items():
            yield self._notice("alarm", name, facts, f"{now:%Y-%m-%d}")

    def _ends(self, over: Iterable[str], now: datetime) -> Iterator[Notice]:
        for name in over:
            yield self._notice("alarm-over", name, {}, f"{now:%Y-%m-%d}")

    def _back(self, now: datetime) -> Iterator[Notice]:
        """The store was unavailable for long, and only now can a notice be written."""
        if self._away is not None and now - self._away[0] >= OUTAGE:
            since, why = self._away
            facts: dict[str, str | int] = {"why": str(why), "minutes": (now - since) // MINUTE}
            yield self._notice("alarm-over", "store:", facts, since.isoformat())

    def _notice(self, code: str, name: str, facts: Facts, when: str) -> Notice:
        kind, _, what = name.partition(":")
        return Notice(f"{code}:{name}:{when}", code, {"about": kind, "name": what, **facts}, urgent=True, to=self._to)

    async def _notify(self, notices: Iterable[Notice], now: datetime) -> None:
        new = [notice for notice in notices if notice.key not in self._notified]
        if new and self._to:
            await self._store.outbox.notify(new, now)
        self._notified.update(notice.key for notice in new)
