"""People and the bot on a clock of our own: what they do is a script, and time goes by from one event to the next."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from types import SimpleNamespace
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol
from zoneinfo import ZoneInfo

import pytest

from bot.base.background_jobs import BackgroundJob
from bot.jobs.health import Alarm

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection, Iterator, Sequence

    from bot.delivery.live_platforms import LivePlatform
    from tests.bot.stage import Bot

KYIV: Final = ZoneInfo("Europe/Kyiv")
YEAR: Final = 2026
HOUR: Final = timedelta(hours=1)
SOON: Final = timedelta(seconds=10)
EVERY_HOUR: Final = range(24)


class Event(NamedTuple):
    """Somebody does something; `who` has their name, a star for an admin, and the group, or it is a platform."""

    at: datetime
    who: str
    does: str


def script(text: str) -> list[Event]:
    """The events in the order of time, those of one minute in the order in which they stand."""
    lines = [line for line in text.splitlines() if line.strip() and line[0] not in "#@"]
    return sorted((_event(*map(str.strip, line.split("|", 2))) for line in lines), key=lambda event: event.at)


def _event(when: str, who: str, does: str) -> Event:
    at = datetime.strptime(f"{YEAR} {when}", "%Y %a %d %b %H:%M").replace(tzinfo=KYIV)
    assert at.strftime("%a") == when[:3], f"{when} is a {at:%A}"
    return Event(at.astimezone(UTC), who, does)


class Settles(Protocol):
    """Waits until nothing that the bot has begun is under way."""

    def __call__(self) -> Awaitable[None]:
        """Wait."""
        ...


class Living:
    """The bot lives: every hour its jobs run, and what is due is sent."""

    def __init__(
        self, bot: Bot, settle: Settles, operator: str, *live: LivePlatform, hours: Collection[int] = EVERY_HOUR
    ) -> None:
        """Be on some platforms, with the alarm beside the other jobs; `hours` are those in UTC at which jobs run."""
        self.bot, self._live, self._settle, self._hours = bot, live, settle, hours
        bot.live_platforms.update({one.carrier.name: one for one in live})
        self.alarm = Alarm(bot.store, bot.clock, [operator], bot.jobs, bot.live_platforms)
        bot.jobs.add(BackgroundJob("alarm", HOUR, self.alarm.check))

    async def through(self, events: Sequence[Event], act: Callable[[Event], Awaitable[None]]) -> None:
        """Let time go by from the first event until an hour after the last."""
        for event in events:
            await self._until(event.at)
            await act(event)
            await self._tick()
        await self._until(events[-1].at + HOUR)

    async def _until(self, at: datetime) -> None:
        """Move the clock hour by hour, and run what is due at each."""
        clock = self.bot.clock
        while (then := clock.now().replace(minute=0, second=0, microsecond=0) + HOUR) <= at:
            clock.at = then
            if then.hour in self._hours:
                await self._tick()
        clock.at = max(at, clock.at)

    async def _tick(self) -> None:
        """Run every job, send what is due, and run the tasks that fall due meanwhile, as the program does."""
        for job in self.bot.jobs.all:
            await self._run(job.name)
        await self._send()
        while (due := await self.bot.store.tasks.next_due_at()) is not None and due <= self.bot.clock.now() + SOON:
            self.bot.clock.at = max(due, self.bot.clock.at)
            await self._run("due")
            await self._send()

    async def _run(self, name: str) -> None:
        run = await self.bot.jobs.run_now(name)
        assert run is not None
        assert not run.error, f"{name}: {run.error}"
        await self._settle()  # a message may be changing

    async def _send(self) -> None:
        for sender in [one.sender for one in self._live]:
            while (due := await sender.step()) is not None and due <= self.bot.clock.now() + SOON:
                await sender.finish()
                await self._settle()
                self.bot.clock.at = max(due, self.bot.clock.at)


@contextmanager
def same_seeds() -> Iterator[None]:
    """The seeds of draws are the same each time."""
    seeds = count(1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "core.promotions.service.secrets", SimpleNamespace(token_hex=lambda size: f"{next(seeds):0{2 * size}x}")
        )
        yield
