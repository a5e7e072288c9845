"""Deliveries: how near to the platforms' rate limits they are sent, and their cost beyond the client library."""

from __future__ import annotations

import asyncio
import time
from contextlib import contextmanager
from datetime import timedelta
from http import HTTPStatus
from multiprocessing import Pipe, get_context
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final, NamedTuple

from benchmarks.figure import QUICK, Figure
from benchmarks.sending import Cost, send, send_bare
from bot.base.clock import SystemClock
from storage import open_store
from tests.crash.trial import Plan, errand_of, notices
from tests.crash.world import Discord, Telegram, discord, telegram
from tests.loopback.discord import POST_MESSAGE

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from contextlib import AbstractAsyncContextManager
    from multiprocessing.process import BaseProcess

    from tests.crash.sender import Errand

SECONDS: Final = 12 if QUICK else 60
TRAVEL: Final = 0.05
POLL_SECONDS: Final = 0.25
ROUNDS: Final = 3
COSTED: Final = 1_000 if QUICK else 3_000
CHATS: Final = 100
WORLDS: Final[dict[str, Callable[[int], AbstractAsyncContextManager[Telegram | Discord]]]] = {
    "telegram": telegram,
    "discord": discord,
}
PER_SECOND: Final = {"telegram": 30, "discord": 50}
NEAR: Final = 0.97
MARGIN: Final = 1.1
UNTIL_CONNECTED: Final = timedelta(seconds=6)
OWN: Final = get_context("forkserver")
OWN.set_forkserver_preload(["benchmarks.sending"])


class Paced(NamedTuple):
    """The share of the messages that the limit allows, and the number of calls that were refused with 429."""

    share: float
    refused: int


def figures() -> Iterator[Figure]:
    """Servers on this machine enforce their limits in sliding windows. A call takes 50 ms."""
    kinds = (
        ("Telegram, private chats", "telegram", False),
        (f"Telegram, {CHATS} groups", "telegram", True),
        (f"Discord, {CHATS} servers", "discord", True),
    )
    for name, platform, groups in kinds:
        with TemporaryDirectory(prefix="bench-", dir=".") as folder:
            paced = asyncio.run(_paced(platform, f"sqlite:///{folder}/paced.db", groups=groups))
        yield Figure(f"{name}, of {PER_SECOND[platform]} messages/s for {SECONDS} s", paced.share, NEAR)
        yield Figure(f"{name}, refused with 429", paced.refused, 0, at_most=True)
    for platform in PER_SECOND:
        yield from _costs(platform)


def _costs(platform: str) -> Iterator[Figure]:
    ours, bare = [], []
    for _ in range(ROUNDS):
        with TemporaryDirectory(prefix="bench-", dir=".") as folder:
            ours.append(asyncio.run(_cost(platform, f"sqlite:///{folder}/ours.db", bare=False)))
            bare.append(asyncio.run(_cost(platform, f"sqlite:///{folder}/bare.db", bare=True)))
    name = platform.capitalize()
    yield Figure(f"{name}, no limits, messages/s", median(one.messages / one.wall for one in ours))
    yield Figure(f"{name}, no limits, the library alone, messages/s", median(one.messages / one.wall for one in bare))
    whole, theirs = ([one.processor / one.messages * 1e6 for one in costs] for costs in (ours, bare))
    yield Figure(f"{name}, processor, us a message", median(whole))
    yield Figure(f"{name}, processor, the library alone, us a message", median(theirs))
    yield Figure(f"{name}, processor, ours, us a message", median(a - b for a, b in zip(whole, theirs, strict=True)))


async def _paced(platform: str, url: str, *, groups: bool) -> Paced:
    wanted = int(PER_SECOND[platform] * SECONDS * MARGIN)
    chats = CHATS if groups else wanted
    plan = Plan(platform, url, 2 * chats, -(-wanted // chats))
    async with WORLDS[platform](plan.chats) as world:
        errand = await _made(plan, world, groups=groups)
        world.server.travel.takes(TRAVEL)
        world.server.limits.enforce()
        source, sink = Pipe(duplex=False)
        with _running(send, errand, sink, paced=True) as process:
            while process.is_alive() and not _is_over(world):  # noqa: ASYNC110 - the end of a process sets none
                await asyncio.sleep(POLL_SECONDS)
        source.close()
        passed = _passed(world)
        through = sum(at < passed[0] + SECONDS for at in passed)
        return Paced(through / (PER_SECOND[platform] * SECONDS), _refused(world))


def _is_over(world: Telegram | Discord) -> bool:
    passed = _passed(world)
    return bool(passed) and time.time() > passed[0] + SECONDS


async def _cost(platform: str, url: str, *, bare: bool) -> Cost:
    plan = Plan(platform, url, 2 * CHATS, COSTED // CHATS)
    async with WORLDS[platform](plan.chats) as world:
        errand = await _made(plan, world, groups=True)
        source, sink = Pipe(duplex=False)
        how = (send_bare, {"each": plan.each}) if bare else (send, {"paced": False})
        with _running(how[0], errand, sink, **how[1]) as process:
            while not source.poll():
                if not process.is_alive():
                    raise RuntimeError(f"the sender ended with code {process.exitcode}")
                await asyncio.sleep(POLL_SECONDS)
            cost: Cost = source.recv()
        return cost


async def _made(plan: Plan, world: Telegram | Discord, *, groups: bool) -> Errand:
    """Notices to the groups or to the people of a world, due once the sender is connected."""
    world.groups, world.people = (world.groups, ()) if groups else ((), world.people)
    async with open_store(plan.url) as store:
        due = await notices(store, plan, world, SystemClock().now() + UNTIL_CONNECTED)
    return errand_of(plan, world, due)


@contextmanager
def _running(work: Callable[..., None], *given: object, **named: object) -> Generator[BaseProcess]:
    process = OWN.Process(target=work, args=given, kwargs=named, daemon=True)
    process.start()
    try:
        yield process
    finally:
        process.kill()
        process.join()


def _passed(world: Telegram | Discord) -> list[float]:
    """The times at which the server accepted messages."""
    if isinstance(world, Telegram):
        return [call.at.timestamp() for call in world.server.calls("sendMessage") if call.status == HTTPStatus.OK]
    return [call.at for call in world.server.requests.to(POST_MESSAGE) if call.status == HTTPStatus.OK]


def _refused(world: Telegram | Discord) -> int:
    if isinstance(world, Telegram):
        return world.server.too_many
    return sum(world.server.rate_limited.values())
