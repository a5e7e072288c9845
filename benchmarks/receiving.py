"""What it costs to have an update on disk before Telegram gets its answer, against the same bot without."""

from __future__ import annotations

import asyncio
import os
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

from telegram import Update
from telegram.ext import Application, TypeHandler

from benchmarks.command import LINE, Instant, update_of
from benchmarks.figure import QUICK, Figure, ratio
from benchmarks.till import MANY, event_loop
from bot.base.logs import set_up
from bot.platforms.telegram.sending.admins import AdminList
from bot.platforms.telegram.sending.answers import AnswerSender
from bot.platforms.telegram.sending.calls import Calls
from bot.platforms.telegram.update_handler import UpdateHandler
from bot.platforms.telegram.updates.finishing import Finisher
from bot.platforms.telegram.updates.inbox import UpdateQueue
from bot.platforms.telegram.updates.ordering import OrderedUpdates
from tests.bot.stage import a_bot
from tests.postgres import MissingError, running

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Iterator

    from tests.bot.stage import Bot

ROUNDS: Final = 5 if QUICK else 15
ALONE: Final = 100 if QUICK else 200
TOGETHER: Final = 10 if QUICK else 20
"""Updates of each of the many in a round."""


@dataclass
class Receiver:
    """A whole bot on Telegram without a network, whose queue is `updates`."""

    app: Application[Any, Any, Any, Any, Any, Any]
    updates: UpdateQueue
    numbers: Iterator[int]
    taken: list[float] = field(default_factory=list)
    """The seconds until each update could have been answered with 200."""

    async def handle(self, person: int, line: str = LINE) -> None:
        """Receive one update, and wait until it is finished."""
        update = update_of(self.app, person, next(self.numbers), line)
        start = perf_counter()
        await self.updates.put(update)
        self.taken.append(perf_counter() - start)
        await self.updates.arrival(update).over.wait()

    async def rate(self, people: int, each: int) -> float:
        """Updates a second, by people who each wait for one answer before they write again."""
        start = perf_counter()
        await asyncio.gather(*(self._often(person, each) for person in range(people)))
        return people * each / (perf_counter() - start)

    async def _often(self, person: int, times: int) -> None:
        for _ in range(times):
            await self.handle(person)


@dataclass
class Rounds:
    """Updates a second, round by round, with the disk and without: of one person, and of many at once."""

    alone: dict[bool, list[float]] = field(default_factory=lambda: {True: [], False: []})
    together: dict[bool, list[float]] = field(default_factory=lambda: {True: [], False: []})
    taken: list[float] = field(default_factory=list)


def figures() -> Iterator[Figure]:
    """Ratios are medians over rounds in which both took turns. No figures of PostgreSQL if it is not installed."""
    with TemporaryDirectory(prefix="bench-", dir=".") as folder:
        yield from _figures("SQLite", f"sqlite:///{Path(folder) / 'store.db'}")
    try:
        with running({}) as server:
            yield from _figures("PostgreSQL", server.make("receiving"))
    except MissingError:
        return


def _figures(name: str, url: str) -> Iterator[Figure]:
    with Path(os.devnull).open("w") as nowhere, asyncio.Runner(loop_factory=event_loop()) as runner:
        set_up("INFO", "console", stream=nowhere)
        rounds = runner.run(_rounds(url))
    more = median(
        1e6 / kept - 1e6 / queued for kept, queued in zip(rounds.alone[True], rounds.alone[False], strict=True)
    )
    yield Figure(f"{name}, an update on disk before it is confirmed, us", median(rounds.taken) * 1e6)
    yield Figure(f"{name}, what that and its deletion add to a command, us", more)
    yield Figure(f"{name}, {MANY} updates at once, updates/s", median(rounds.together[True]))
    yield Figure(f"{name}, the same without the disk, updates/s", median(rounds.together[False]))
    yield Figure(f"{name}, with the disk against without", ratio(rounds.together[True], rounds.together[False]))


async def _rounds(url: str) -> Rounds:
    rounds, numbers = Rounds(), count(1)
    async with (
        a_bot(url, works=False) as bot,
        _receiver(bot, numbers, webhook=True) as kept,
        _receiver(bot, numbers, webhook=False) as queued,
    ):
        for person in range(MANY):
            for line in ("/start", "/opening 5000 free"):
                await kept.handle(person, line)
        for receiver in (kept, queued):
            await receiver.rate(MANY, TOGETHER)
        for _ in range(ROUNDS):
            for receiver in (kept, queued):
                receiver.taken.clear()
                rounds.alone[receiver is kept].append(await receiver.rate(1, ALONE))
                if receiver is kept:
                    rounds.taken += receiver.taken
                rounds.together[receiver is kept].append(await receiver.rate(MANY, TOGETHER))
    return rounds


@asynccontextmanager
async def _receiver(bot: Bot, numbers: Iterator[int], *, webhook: bool) -> AsyncGenerator[Receiver]:
    updates = UpdateQueue(bot.store.inbox, bot.clock, webhook=webhook)
    builder = Application.builder().token("42:fake").request(Instant()).get_updates_request(Instant()).job_queue(None)
    app = builder.concurrent_updates(OrderedUpdates()).update_queue(updates).build()
    ending = asyncio.Event()
    calls = Calls(bot.desk, asyncio.sleep, ending, asyncio.Event())
    answers, admins = AnswerSender(app.bot, bot.desk, calls), AdminList(app.bot, calls, bot.clock)
    handler = UpdateHandler(app.bot, bot.desk, answers, admins, calls=calls)
    app.add_handler(TypeHandler(Update, Finisher(updates, handler, asyncio.sleep, ending).handle))
    async with app:
        await app.start()
        try:
            yield Receiver(app, updates, numbers)
        finally:
            await app.stop()
