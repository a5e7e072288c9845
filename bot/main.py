"""The composition root: it opens the store, builds the bot on it, and runs platforms, their senders and jobs."""

from __future__ import annotations

import asyncio
import secrets
import signal
import sys
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Any, Final, TypeVar

import structlog

from bot.base.background_jobs import BackgroundJob, Jobs, Late
from bot.base.clock import SystemClock
from bot.base.platform_registry import PLATFORMS
from bot.base.waiting import first_of
from bot.commands import by_name
from bot.delivery.groups.admins import GroupAdmins
from bot.delivery.groups.lost_places import LostPlaces
from bot.delivery.groups.places import GroupPlaces
from bot.delivery.groups.private_alerts import PrivateAlerts
from bot.delivery.limits.rate_limit import rate_limiter_for
from bot.delivery.live_platforms import LivePlatform, LivePlatforms
from bot.delivery.sender import Sender
from bot.dispatch.desk import Desk
from bot.dispatch.dialog import Dialog
from bot.documents.documents import open_documents
from bot.jobs.health import Alarm
from bot.jobs.live_progress import LiveProgress
from bot.jobs.team_weeks import TeamWeeks
from bot.options.times.cron import following
from bot.pictures.drawings import open_drawings
from bot.platforms.identity import release
from bot.platforms.supervisor import RestartBackoff, run_with_sender, supervise
from bot.reply.parts import say
from bot.views.notices import message_now
from core.alerts.daily_review import DailyReview
from core.alerts.expiry_scan import ExpiryScan
from core.announcements.model import KEPT as DRAFTS_KEPT
from core.announcements.recurring import RecurringService
from core.announcements.service import AnnouncementService
from core.books import Books
from core.ledger import rulebook
from core.promotions.service import PromotionService
from core.proposals.service import Proposals
from core.retention import Retention
from core.scheduling.runner import TaskRunner
from core.stats.boosting import LooseEndsWithBoosts
from core.verification import verify
from storage import check_books, open_journal, open_store

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Coroutine, Generator, Iterable, Sequence

    from bot.config import Settings
    from bot.delivery.carrier import Carrier
    from bot.platforms.console import Terminal
    from bot.platforms.port import Platform
    from core.shared.ports import Clock
    from core.store import Store
    from core.verification import Verdict

T = TypeVar("T")
log = structlog.get_logger()
MINUTE: Final = timedelta(minutes=1)
HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)
GRACE: Final = 25.0  # seconds that answers under way get at the end


class NoPlatformError(Exception):
    """Every platform refused its token, so none is left to run. The text says why."""


@dataclass(frozen=True, slots=True)
class Bot:
    """The bot without its platforms."""

    settings: Settings
    store: Store
    books: Books
    desk: Desk
    jobs: Jobs
    clock: Clock
    live_platforms: LivePlatforms
    alarm: Alarm


@asynccontextmanager
async def open_bot(settings: Settings, clock: Clock | None = None) -> AsyncGenerator[Bot]:
    """Open the store and build the bot on it; the end of the block closes the store.

    Raises RulebookError or StorageError if the rulebook or the database cannot be used.
    """
    figures = rulebook.default() if settings.rulebook is None else rulebook.load(settings.rulebook)
    clock = clock or SystemClock()
    async with (
        open_store(settings.database_url) as store,
        open_drawings() as drawings,
        open_documents() as documents,
    ):
        books = Books(store, figures, clock)
        live_platforms: LivePlatforms = {}
        jobs = Jobs(jobs_on(store, books, live_platforms, settings.operators), store.notes, clock)
        alarm = Alarm(store, clock, settings.operators, jobs, live_platforms)
        jobs.add(alarm_job(alarm))
        desk = Desk(
            store,
            books,
            by_name(),
            Dialog(store.notes),
            operators=settings.operators,
            jobs=jobs,
            drawings=drawings,
            documents=documents,
            admins=GroupAdmins(store.people, live_platforms),
            places=GroupPlaces(live_platforms),
        )
        yield Bot(settings, store, books, desk, jobs, clock, live_platforms, alarm)


def jobs_on(
    store: Store, books: Books, live_platforms: LivePlatforms, operators: Iterable[str] = ()
) -> tuple[BackgroundJob, ...]:
    """The background jobs except the alarm, which watches over the others."""

    async def forget_notes() -> None:
        await store.notes.sweep_notes(books.clock.now())

    async def tidy() -> None:
        await Retention(store.outbox, store.audit_log, store.inbox, books.clock).tidy()
        await store.announcements.discard_drafts(books.clock.now() - DRAFTS_KEPT)
        await store.forgetting.wipe()
        await RecurringService(store, books.clock, following).recheck()

    expiry, tasks = ExpiryScan(store, books.clock), task_runner(store, books, live_platforms, operators)
    return (
        BackgroundJob("sweep", MINUTE, books.sweep),
        BackgroundJob("forget", MINUTE, forget_notes, Late.SKIP),
        BackgroundJob("expiring", HOUR, expiry.run),
        BackgroundJob("due", MINUTE, tasks.run_due, next=tasks.next, failing=tasks.failing),
        BackgroundJob("tidy", DAY, tidy),
    )


def alarm_job(alarm: Alarm) -> BackgroundJob:
    """The job that looks for trouble. It skips missed turns: after the computer slept, everything seems to be late."""
    return BackgroundJob("alarm", MINUTE, alarm.check, Late.SKIP)


def task_runner(store: Store, books: Books, live_platforms: LivePlatforms, operators: Iterable[str] = ()) -> TaskRunner:
    """The runner of due tasks, with a handler for each first part of their names."""
    dialog, announcements = Dialog(store.notes), AnnouncementService(store, books.clock, operators)
    proposals = Proposals(store, books.rulebook, books.clock)
    handlers = {
        "promotion": PromotionService(books, store).run,
        "wallet": DailyReview(
            store, books.rulebook, LooseEndsWithBoosts(store, proposals), TeamWeeks(store, books.clock)
        ).run,
        "announcement": announcements.run,
        "series": RecurringService(store, books.clock, following).run,
        "progress": LiveProgress(store, books.clock, dialog, announcements, live_platforms).run,
    }
    return TaskRunner(store.tasks, store.outbox, books.clock, handlers)


def sender_for(bot: Bot, carrier: Carrier) -> Sender:
    """Make the sender of a platform, and list the platform as live.

    Each process holds the lease under a name of its own, so that a restart after a crash counts as another holder.
    """
    dialog = Dialog(bot.store.notes)
    render = partial(message_now, dialog=dialog, rulebook=bot.books.rulebook, store=bot.store, clock=bot.clock)
    admins = GroupAdmins(bot.store.people, bot.live_platforms)
    limiter = rate_limiter_for(carrier.name, bot.settings.openings(carrier.name))
    sender = Sender(
        bot.store.outbox,
        carrier,
        bot.clock,
        limiter=limiter,
        render=render,
        check=PrivateAlerts(bot.books, bot.store, admins).check,
        learn=LostPlaces(bot.books, bot.store, admins, GroupPlaces(bot.live_platforms)).learn,
        holder=secrets.token_hex(8),
    )
    bot.live_platforms[carrier.name] = LivePlatform(carrier, limiter, sender, bot.clock, bot.clock.now())
    return sender


def enabled_platforms(settings: Settings) -> tuple[str, ...]:
    """The names of the platforms that have a token."""
    return tuple(name for name in PLATFORMS if settings.token(name))


def load_platform(name: str, bot: Bot) -> Platform:
    """Import a platform with its library, and make it."""
    platform: Platform = resolve_name(PLATFORMS[name].loader)(bot.settings, bot.desk, bot.store)
    return platform


async def serve(
    settings: Settings,
    stop: asyncio.Event,
    *,
    load: Callable[[str, Bot], Platform] = load_platform,
    backoff: RestartBackoff | None = None,
    grace: float = GRACE,
) -> None:
    """Run every platform that has a token until `stop` is set. Answers under way then get `grace` seconds to finish.

    Raises NoPlatformError if every platform has refused its token.
    """
    from bot.jobs.clock_jobs import ticking

    enabled = enabled_platforms(settings)
    async with open_bot(settings) as bot, ticking(bot.jobs), asyncio.TaskGroup() as group:
        running = [
            group.create_task(run_platform(bot, load(name, bot), stop, backoff or RestartBackoff())) for name in enabled
        ]
        log.info("started", platforms=enabled)
        await first_of(stop.wait(), asyncio.wait(running))
        await _finish(running, grace)
    refused = [task.result() for task in running if not task.cancelled()]
    log.info("stopped")
    if refused and all(refused):
        raise NoPlatformError("; ".join(filter(None, refused)))


async def run_platform(bot: Bot, platform: Platform, stop: asyncio.Event, backoff: RestartBackoff) -> str | None:
    """Run a platform and its sender. If the platform refuses its token, return its explanation, otherwise None."""
    supervised = partial(supervise, platform, backoff=backoff)
    refusal = await run_with_sender(sender_for(bot, platform), stop, backoff, supervised)
    if refusal is not None:
        bot.alarm.refuse(platform.name)
    return refusal


async def _finish(running: Sequence[asyncio.Task[Any]], grace: float) -> None:
    """Give the platforms time to finish their answers, then cancel those that hang."""
    _, late = await asyncio.wait(running, timeout=grace)
    for task in late:
        log.warning("cut off", after=grace)
        task.cancel()


async def converse(settings: Settings, stop: asyncio.Event, terminal: Terminal, me: str, *, hints: bool) -> None:
    """Run the console for the person `me`. With `hints` it first says how to add each of the other platforms."""
    from bot.jobs.clock_jobs import ticking
    from bot.platforms.console import ConsolePlatform

    greeting = [say("console-intro"), say("console-roles"), *(say(f"console-{name}") for name in PLATFORMS if hints)]
    async with open_bot(settings) as bot, ticking(bot.jobs):
        console = ConsolePlatform(bot.desk, bot.store.notes, bot.clock, terminal, me=me, greeting=greeting)
        await run_with_sender(sender_for(bot, console), stop, RestartBackoff(), console.run)


def run(work: Callable[[asyncio.Event], Coroutine[Any, Any, T]], *, fast: bool = False) -> T:
    """Run `work` in an event loop. The first SIGTERM or SIGINT sets its event, a second one ends it at once.

    `fast` takes uvloop if it is installed. A conversation at the console would only wait longer for its import.
    """

    async def stoppable() -> T:
        stop = asyncio.Event()
        with _set_by_signals(stop):
            return await work(stop)

    with asyncio.Runner(loop_factory=_loop_factory() if fast else None) as runner:
        return runner.run(stoppable())


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop


@contextmanager
def _set_by_signals(stop: asyncio.Event) -> Generator[None]:
    """Let the signals that end a program set `stop`, each only the first time it comes."""
    loop = asyncio.get_running_loop()

    def on_signal(number: int) -> None:
        stop.set()
        loop.remove_signal_handler(number)

    signals = () if sys.platform == "win32" else (signal.SIGTERM, signal.SIGINT)  # there, Ctrl-C ends the program
    for number in signals:
        loop.add_signal_handler(number, on_signal, number)
    try:
        yield
    finally:
        for number in signals:
            loop.remove_signal_handler(number)


async def release_platform(url: str, platform: str) -> str:
    """Let another bot go on with a database on a platform; returns the id of the former one (or "").

    StorageError if there are no books there: they would be created, which is not what is asked for.
    """
    await asyncio.to_thread(check_books, url)
    async with open_store(url) as store:
        return await release(store.notes, platform)


async def verdict(url: str) -> Verdict:
    """Verify the books in a database. A bot may write to them meanwhile."""
    async with open_journal(url) as journal:
        return await verify(journal)
