"""Tells those who run the bot what goes wrong, once for each trouble and day, and once that it is over.

It looks now and again, and keeps what is wrong and when that was last seen, so that a restart neither tells it anew
nor forgets to say its end, and no process says it is over while another sees it.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from core.delivery.notice import Notice, Target
from core.shared.refusals import Outage, UnavailableError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import TypeAlias

    from bot.base.background_jobs import Jobs
    from bot.delivery.live_platforms import Outlets
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
"""How long a trouble that only another process has seen must not have been seen before it is over."""


class Alarm:
    """Looks for trouble: a job that fails again and again, a refused token, messages that wait, books out of reach."""

    def __init__(self, store: Store, clock: Clock, operators: Iterable[str], jobs: Jobs, outlets: Outlets) -> None:
        """Tell `operators`, identities such as `telegram:42`, in private."""
        self._store, self._clock, self._jobs, self._outlets = store, clock, jobs, outlets
        people = (one.partition(":") for one in sorted(operators))
        self._to = tuple(Target(platform, user, direct=True) for platform, _, user in people)
        self._refused: set[str] = set()
        self._away: tuple[datetime, Outage] | None = None
        self._told: set[str] = set()
        self._seen: set[str] = set()

    def refuse(self, platform: str) -> None:
        """A platform does not accept its token."""
        self._refused.add(platform)

    async def look(self) -> int:
        """Look, and tell what is new; gives how many troubles there are. UnavailableError while the books are away.

        What is known is written each time, also where nothing has changed: so a full disk is noticed, and its end.
        """
        now = self._clock.now()
        try:
            kept = await self._store.notes.note(KEPT, now)
            known: dict[str, str] = {} if kept is None else json.loads(kept)
            await self._store.notes.put_note(KEPT, kept or "{}", None)
            wrong = dict(self._wrong(now))
            over = [name for name, seen in known.items() if name not in wrong and self._is_over(name, seen, now)]
            still = {**known, **dict.fromkeys(wrong, now.isoformat())}
            await self._tell([*self._back(now), *self._news(wrong, now), *self._ends(over, now)], now)
            left = {name: seen for name, seen in still.items() if name not in over}
            if left != known:
                await self._store.notes.put_note(KEPT, json.dumps(left, separators=(",", ":")), None)
        except UnavailableError as error:
            self._away = self._away or (now, error.why)
            raise
        self._away, self._seen = None, (self._seen | set(wrong)) - set(over)
        return len(wrong)

    def _wrong(self, now: datetime) -> Iterator[tuple[str, Facts]]:
        """What is wrong now; jobs that fail only because the books are away are not."""
        for job, run in self._jobs.latest.items():
            if run.failed >= FAILURES and run.error != UnavailableError.__name__:
                yield f"job:{job}", {"kind": run.error, "times": run.failed, "id": run.fault}
        yield from self._tried_again()
        for platform in self._refused:
            yield f"platform:{platform}", {}
        for platform, outlet in self._outlets.items():
            since = outlet.post.stuck_since
            if platform not in self._refused and since is not None and now - since >= STUCK:
                yield f"stuck:{platform}", {"minutes": (now - since) // MINUTE}

    def _tried_again(self) -> Iterator[tuple[str, Facts]]:
        """What a job cannot do while the rest of its work goes on."""
        for job in self._jobs.all:
            for one in job.failing():
                if one.times >= FAILURES:
                    yield f"due:{one.name}", {"kind": one.kind, "times": one.times}

    def _is_over(self, name: str, seen: str, now: datetime) -> bool:
        """Whether what was wrong, last seen at a time, is over; another process may see what this one cannot."""
        unseen = name in self._seen or now - datetime.fromisoformat(seen) >= UNSEEN
        return unseen and self._works(name, now)

    def _works(self, name: str, now: datetime) -> bool:
        """Whether what was wrong is known to be well, and not only not known to be wrong since a restart."""
        kind, _, what = name.partition(":")
        if kind == "job":
            return what in self._jobs.latest and not self._jobs.latest[what].error
        if kind == "due":
            return all(one.name != what for job in self._jobs.all for one in job.failing())
        outlet = self._outlets.get(what)
        return outlet is not None and now - outlet.since >= SETTLED_IN

    def _news(self, wrong: Mapping[str, Facts], now: datetime) -> Iterator[Notice]:
        for name, facts in wrong.items():
            yield self._notice("alarm", name, facts, f"{now:%Y-%m-%d}")

    def _ends(self, over: Iterable[str], now: datetime) -> Iterator[Notice]:
        for name in over:
            yield self._notice("alarm-over", name, {}, f"{now:%Y-%m-%d}")

    def _back(self, now: datetime) -> Iterator[Notice]:
        """The books were away for long, which could not be told before."""
        if self._away is not None and now - self._away[0] >= OUTAGE:
            since, why = self._away
            facts: dict[str, str | int] = {"why": str(why), "minutes": (now - since) // MINUTE}
            yield self._notice("alarm-over", "store:", facts, since.isoformat())

    def _notice(self, code: str, name: str, facts: Facts, when: str) -> Notice:
        kind, _, what = name.partition(":")
        return Notice(f"{code}:{name}:{when}", code, {"about": kind, "name": what, **facts}, urgent=True, to=self._to)

    async def _tell(self, notices: Iterable[Notice], now: datetime) -> None:
        new = [notice for notice in notices if notice.key not in self._told]
        if new and self._to:
            await self._store.outbox.notify(new, now)
        self._told.update(notice.key for notice in new)
