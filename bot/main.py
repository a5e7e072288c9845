"""The composition root: settings -> store -> Books -> Desk, Post, platforms, with the schedule beside them."""

from __future__ import annotations

import asyncio
import secrets
import signal
import sys
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, TypeVar

import structlog

from bot.base.background_jobs import BackgroundJob, Jobs, Late
from bot.base.clock import SystemClock
from bot.base.waiting import first_of
from bot.commands import by_name
from bot.delivery.live_platforms import LivePlatform, LivePlatforms
from bot.delivery.rate_limit import rate_limiter_for
from bot.delivery.sender import Sender
from bot.dispatch.desk import Desk
from bot.dispatch.dialog import Dialog
from bot.jobs.health import Alarm
from bot.jobs.live_progress import LiveProgress
from bot.options.cron import following
from bot.platforms.supervisor import RestartBackoff, beside, supervise
from bot.reply.parts import say
from bot.views.notices import message_now
from core.alerts.daily_review import DailyReview
from core.alerts.expiry_scan import ExpiryScan
from core.announcements.recurring import RecurringService
from core.announcements.service import AnnouncementService
from core.books import Books
from core.ledger import rulebook
from core.promotions.service import PromotionService
from core.retention import Retention
from core.scheduling.runner import TaskRunner
from core.verification import verify
from storage import open_audit, open_store

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Coroutine, Generator, Mapping, Sequence

    from bot.config import Settings
    from bot.delivery.carrier import Carrier
    from bot.platforms.console import Terminal
    from bot.platforms.port import Platform
    from core.shared.ports import Clock, Notes
    from core.store import Store
    from core.verification import Verdict

    Load = Callable[[Settings, Desk, Notes], Platform]

T = TypeVar("T")
log = structlog.get_logger()


def _imported(place: str, settings: Settings, desk: Desk, notes: Notes) -> Platform:
    """Make a platform, whose library is only imported now."""
    module, _, name = place.partition(":")
    made: Platform = getattr(import_module(module), name)(settings, desk, notes)
    return made


# A platform NAME is on where the setting NAME_TOKEN has a token.
PLATFORMS: Final[Mapping[str, Load]] = {
    "telegram": partial(_imported, "bot.platforms.telegram:TelegramPlatform"),
    "discord": partial(_imported, "bot.platforms.discord:DiscordPlatform"),
}
SWEEP_EVERY: Final = timedelta(minutes=1)
LOOK_EVERY: Final = timedelta(hours=1)
TIDY_EVERY: Final = timedelta(days=1)
GRACE: Final = 25.0


class NoPlatformError(Exception):
    """No platform is left: each refused its token. The text says why."""


@dataclass(frozen=True, slots=True)
class Bot:
    """The bot without platforms."""

    settings: Settings
    store: Store
    books: Books
    desk: Desk
    jobs: Jobs
    clock: Clock
    live_platforms: LivePlatforms
    alarm: Alarm


@asynccontextmanager
async def assembled(settings: Settings, clock: Clock | None = None) -> AsyncGenerator[Bot]:
    """The bot on its store, which is closed at the end of the block.

    RulebookError or StorageError where one of them cannot be used.
    """
    book = rulebook.default() if settings.rulebook is None else rulebook.load(settings.rulebook)
    ticking = clock or SystemClock()
    async with open_store(settings.database_url) as store:
        books = Books(store, book, ticking)
        live_platforms: LivePlatforms = {}
        jobs = Jobs(jobs_on(store, books, live_platforms), store.notes, ticking)
        alarm = Alarm(store, ticking, settings.operators, jobs, live_platforms)
        jobs.add(
            BackgroundJob("alarm", SWEEP_EVERY, alarm.look, Late.SKIP)
        )  # after a sleep, everything seems to have waited
        desk = Desk(store, books, by_name(), Dialog(store.notes), operators=settings.operators, jobs=jobs)
        yield Bot(settings, store, books, desk, jobs, ticking, live_platforms, alarm)


def jobs_on(store: Store, books: Books, live_platforms: LivePlatforms | None = None) -> tuple[BackgroundJob, ...]:
    """What is done now and again; `live_platforms` are the platforms served here."""

    async def tidy() -> None:
        await Retention(store.outbox, store.audit_log, books.clock).tidy()
        await RecurringService(store, books.clock, following).recheck()

    async def forget() -> None:
        await store.notes.sweep_notes(books.clock.now())

    watch, duties = ExpiryScan(store, books.clock), task_runner(store, books, live_platforms)
    return (
        BackgroundJob("sweep", SWEEP_EVERY, books.sweep),
        BackgroundJob("forget", SWEEP_EVERY, forget, Late.SKIP),
        BackgroundJob("expiring", LOOK_EVERY, watch.run),
        BackgroundJob("due", SWEEP_EVERY, duties.run_due, next=duties.next, failing=duties.failing),
        BackgroundJob("tidy", TIDY_EVERY, tidy),
    )


def task_runner(store: Store, books: Books, live_platforms: LivePlatforms | None = None) -> TaskRunner:
    """What falls due at a time of its own, and who sees to it."""
    served = {} if live_platforms is None else live_platforms
    dialog, announcements = Dialog(store.notes), AnnouncementService(store, books.clock)
    handlers = {
        "promotion": PromotionService(books, store).run,
        "wallet": DailyReview(store, books.rulebook).run,
        "series": RecurringService(store, books.clock, following).run,
        "progress": LiveProgress(store, books.clock, dialog, announcements, served).run,
    }
    return TaskRunner(store.tasks, store.outbox, books.clock, handlers)


def sender_for(bot: Bot, carrier: Carrier) -> Sender:
    """What sends unasked on a platform; its name as a sender is its own, so that after a crash it is a new one."""
    dialog, book = Dialog(bot.store.notes), bot.books.rulebook
    tell = partial(message_now, dialog=dialog, book=book, store=bot.store, clock=bot.clock)
    pacer, holder = rate_limiter_for(carrier.name), secrets.token_hex(8)
    post = Sender(bot.store.outbox, carrier, bot.clock, pacer=pacer, tell=tell, holder=holder)
    bot.live_platforms[carrier.name] = LivePlatform(carrier, pacer, post, bot.clock, bot.clock.now())
    return post


def chosen(settings: Settings, platforms: Mapping[str, Load] = PLATFORMS) -> tuple[str, ...]:
    """The platforms that have a token."""
    return tuple(name for name in platforms if settings.token(name))


async def serve(
    settings: Settings,
    stop: asyncio.Event,
    *,
    platforms: Mapping[str, Load] = PLATFORMS,
    pace: RestartBackoff | None = None,
    grace: float = GRACE,
) -> None:
    """Run the platforms that have a token until `stop` is set; answers under way get `grace` seconds to finish.

    NoPlatformError where no platform is left, because each refused its token.
    """
    from bot.jobs.clock_jobs import ticking

    async with assembled(settings) as bot, ticking(bot.jobs), asyncio.TaskGroup() as group:
        running = [
            group.create_task(
                keep_running(bot, platforms[name](settings, bot.desk, bot.store.notes), stop, pace or RestartBackoff())
            )
            for name in chosen(settings, platforms)
        ]
        log.info("started", platforms=chosen(settings, platforms))
        await _until(stop, running)
        await _finish(running, grace)
    refused = [task.result() for task in running if not task.cancelled()]
    log.info("stopped")
    if refused and all(refused):
        raise NoPlatformError("; ".join(filter(None, refused)))


async def keep_running(bot: Bot, platform: Platform, stop: asyncio.Event, pace: RestartBackoff) -> str | None:
    """Run a platform and its post; gives the platform's words on why it refuses the token, or None."""
    why = await beside(sender_for(bot, platform), stop, pace, partial(supervise, platform, backoff=pace))
    if why is not None:
        bot.alarm.refuse(platform.name)
    return why


async def _until(stop: asyncio.Event, running: Sequence[asyncio.Task[Any]]) -> None:
    """Wait for `stop`, or for the end of the last platform."""
    await first_of(stop.wait(), asyncio.wait(running))


async def _finish(running: Sequence[asyncio.Task[Any]], grace: float) -> None:
    """Give the platforms time to finish their answers; what hangs is cut off."""
    _, late = await asyncio.wait(running, timeout=grace)
    for task in late:
        log.warning("cut off", after=grace)
        task.cancel()


async def converse(settings: Settings, stop: asyncio.Event, terminal: Terminal, me: str, *, hints: bool) -> None:
    """Open the console; with `hints` it says how to get to a platform."""
    from bot.jobs.clock_jobs import ticking
    from bot.platforms.console import ConsolePlatform

    shown = ("console-intro", "console-roles", *(("console-telegram", "console-discord") if hints else ()))
    async with assembled(settings) as bot, ticking(bot.jobs):
        greeting = [say(name) for name in shown]
        console = ConsolePlatform(bot.desk, bot.store.notes, bot.clock, terminal, me=me, greeting=greeting)
        await beside(sender_for(bot, console), stop, RestartBackoff(), console.run)


def run(work: Callable[[asyncio.Event], Coroutine[Any, Any, T]], *, fast: bool = False) -> T:
    """Run until done, or until SIGTERM or SIGINT sets the event; a second signal ends at once.

    `fast`: on uvloop where there is one; its import would only slow down a conversation at the console.
    """

    async def guarded() -> T:
        stop = asyncio.Event()
        with _heeding(stop):
            return await work(stop)

    with asyncio.Runner(loop_factory=_loop_factory() if fast else None) as runner:
        return runner.run(guarded())


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop


@contextmanager
def _heeding(stop: asyncio.Event) -> Generator[None]:
    """Let the signals to end set `stop`."""
    loop = asyncio.get_running_loop()

    def told(number: int) -> None:
        stop.set()
        loop.remove_signal_handler(number)

    heeded = () if sys.platform == "win32" else (signal.SIGTERM, signal.SIGINT)  # there Ctrl-C ends the program
    for number in heeded:
        loop.add_signal_handler(number, told, number)
    try:
        yield
    finally:
        for number in heeded:
            loop.remove_signal_handler(number)


async def verdict(url: str) -> Verdict:
    """What verify finds in the books at an address, also while a bot keeps them."""
    async with open_audit(url) as audit:
        return await verify(audit)
