"""What the chat notices of a large export: somebody exports many entries while the loop beats and another one asks."""

from __future__ import annotations

import asyncio
import gc
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Final

from benchmarks.figure import Figure
from benchmarks.till import BOOK
from bot.base.clock import SystemClock
from bot.command.incoming import Incoming, Pressed, Typed, action_key
from bot.commands import by_name
from bot.dispatch.desk import Desk
from bot.dispatch.dialog import Dialog
from bot.documents.documents import Documents
from bot.documents.worker_publisher import WorkerPublisher
from bot.reply.parts import Buttons, File
from core.books import Books
from core.ledger.requests import Request, Spend
from core.wallets.people import ChatRef, Identity
from core.wallets.settings import Settings
from storage import open_store, upgrade

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.command.incoming import Said
    from bot.dispatch.desk import Answer
    from core.store import Store

BATCH: Final = 100
BEAT: Final = 0.001
STALL: Final = 100
"""Nobody waits longer for the loop than so many milliseconds, as with imports."""
MILLISECONDS: Final = 1000
PAGES_OF_A_MEGABYTE: Final = 256
LINES: Final = ("/export", "/export excel", "/export hledger")


@dataclass(slots=True)
class Noticed:
    """Milliseconds: how late the loop came back, as far as this process was busy, and what another one waited for.

    `memory` is how many megabytes this process had at most.
    """

    stalls: list[float] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    memory: float = 0


class Chat:
    """Two people who talk with the bot."""

    def __init__(self, store: Store, documents: Documents) -> None:
        self.clock = SystemClock()
        self.books = Books(store, BOOK, self.clock)
        self.desk = Desk(store, self.books, by_name(), Dialog(store.notes), documents=documents)
        self._numbers = count(1)

    async def say(self, name: str, said: Said) -> Answer:
        now, chat = self.clock.now(), ChatRef("bench", f"with {name}")
        key = action_key(now, chat, str(next(self._numbers)))
        answer = await self.desk.answer(Incoming(key, now, Identity("bench", name), name, chat, said, _nobody))
        if answer is None:
            raise TypeError(name)
        return answer

    async def live(self, entries: int) -> None:
        """Open a wallet, and spend so often."""
        person = (await self.books.person(Identity("bench", "ann"), "ann")).id
        wallet = (await self.books.open(person, Settings(), "open:ann", person)).wallet.id
        await self.books.buy(Request(wallet, "buy:ann"), BOOK.purchase_limit)
        for number in range(entries // BATCH):
            spends = [Spend(1, memo=f"Job {number} of {place}") for place in range(BATCH)]
            await self.books.spend_all(Request(wallet, f"spend:{number:09}"), spends)

    @asynccontextmanager
    async def beside(self) -> AsyncIterator[Noticed]:
        """What is noticed meanwhile."""
        noticed = Noticed(memory=megabytes())
        tasks = [asyncio.create_task(_beat(noticed)), asyncio.create_task(self._ask(noticed.waits))]
        yield noticed
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _ask(self, waits: list[float]) -> None:
        while True:
            start = perf_counter()
            await self.say("bob", Typed("/balance"))
            waits.append((perf_counter() - start) * MILLISECONDS)
            await asyncio.sleep(10 * BEAT)

    async def export(self, line: str) -> None:
        """Until the document is there."""
        answer = await self.say("ann", Typed(line))
        while answer.coming is not None:
            answer = await answer.coming
        if not any(isinstance(part, File) for part in answer.reply.parts):
            raise TypeError(answer.reply)

    async def stop(self, line: str) -> float:
        """Milliseconds from the press of Cancel to the answer that says that it is stopped."""
        answer = await self.say("ann", Typed(line))
        await asyncio.sleep(1)
        cancel = next(part.rows[0][0] for part in answer.reply.parts if isinstance(part, Buttons))
        start = perf_counter()
        await self.say("ann", Pressed(cancel.press))
        if answer.coming is not None:
            await answer.coming
        return (perf_counter() - start) * MILLISECONDS


async def noticed(url: str, entries: int) -> list[Figure]:
    """The figures of every export."""
    upgrade(url)
    async with open_store(url) as store:
        publisher = WorkerPublisher()
        documents = Documents(publisher, grace=0)
        try:
            return [figure async for figure in _figures(Chat(store, documents), entries)]
        finally:
            await documents.close()
            await publisher.close()


async def _figures(chat: Chat, entries: int) -> AsyncIterator[Figure]:
    await chat.live(entries)
    await chat.say("bob", Typed("/start"))
    async with chat.beside() as alone:
        await asyncio.sleep(1)
    yield Figure("longest stall of the loop without an export, ms", max(alone.stalls))
    yield Figure("longest wait of another person without an export, ms", max(alone.waits))
    for line in LINES:
        gc.collect()
        before = megabytes()
        async with chat.beside() as seen:
            start = perf_counter()
            await chat.export(line)
            took = perf_counter() - start
        what = f"{line[1:]} of {entries:,} entries"
        yield Figure(f"{what}, s", took)
        yield Figure(f"{what}, longest stall of the loop, ms", max(seen.stalls), STALL, at_most=True)
        yield Figure(f"{what}, longest wait of another person, ms", max(seen.waits), STALL, at_most=True)
        yield Figure(f"{what}, memory of the bot, MB more", seen.memory - before)
    yield Figure("from Cancel to its answer, ms", await chat.stop("/export excel"), STALL, at_most=True)


def megabytes() -> float:
    """What this process has in memory."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) / PAGES_OF_A_MEGABYTE


async def _nobody() -> bool:
    return False


async def _beat(noticed: Noticed) -> None:
    """The loop waits for the processor time that this process takes, and no longer than it really did."""
    while True:
        start, worked = perf_counter(), process_time()
        await asyncio.sleep(BEAT)
        late, busy = perf_counter() - start - BEAT, process_time() - worked
        noticed.stalls.append(min(late, busy) * MILLISECONDS)
        noticed.memory = max(noticed.memory, megabytes())
