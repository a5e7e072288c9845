"""Deliveries sent by a process that is killed again and again, and what came of each."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field
from multiprocessing import get_context
from random import Random
from typing import TYPE_CHECKING, Final

from bot.delivery.sender import MOST_AT_ONCE
from core.delivery.notice import Notice, Target
from core.delivery.state import State
from core.wallets.people import Identity
from core.wallets.settings import Settings
from storage import open_store
from tests.crash.clock import a_clock
from tests.crash.sender import Errand, send
from tests.crash.world import WORLDS, Standing, slowed
from tests.patience import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime
    from multiprocessing.process import BaseProcess

    from core.store import Store
    from tests.crash.clock import SharedClock
    from tests.crash.world import World

UNDER_WAY: Final = 0.01
LOOK: Final = 0.005
NEVER_TWICE: Final = ("discord",)  # not even alerts, for it knows a message that is sent again
# A process that makes processes which have imported and prepared everything; each is one of its own all the same.
NURSERY: Final = get_context("forkserver")
NURSERY.set_forkserver_preload(
    [
        "tests.crash.sender",
        "tests.crash.prepared",
        "telegram.ext",
        "bot.platforms.telegram",
        "bot.platforms.discord",
        "storage.postgres.store",
        "uvloop",
        "anyio._backends._asyncio",
    ]
)


@dataclass(frozen=True)
class Plan:
    """`chats` get `each` deliveries each, every other one at most once; the sender is killed `kills` times."""

    platform: str
    url: str
    chats: int = 200
    each: int = 10
    kills: int = 20
    seed: int = 1


@dataclass(frozen=True)
class Told:
    """A delivery: where its message must stand and by which number, and whether it is told at most once."""

    key: str
    standing: Standing
    once: bool


@dataclass(frozen=True)
class Verdict:
    """What came of all deliveries; doubled and lost by their keys."""

    plan: Plan
    seconds: float
    deliveries: int
    stray: list[Standing] = field(default_factory=list)
    doubled: dict[bool, list[str]] = field(default_factory=dict)
    """By whether they are told at most once."""
    lost: list[str] = field(default_factory=list)
    """Neither there nor shown as unknown; alerts: not there."""
    wrong: list[str] = field(default_factory=list)
    """Kept as something else than became of it."""
    unknown: int = 0

    @property
    def good(self) -> bool:
        """Whether nothing was lost and nothing came twice that must not, as little as a crash may do."""
        never = self.doubled[True] + (self.doubled[False] if self.plan.platform in NEVER_TWICE else [])
        return not (never or self.lost or self.wrong or self.stray)

    def __str__(self) -> str:
        plan, store = self.plan, self.plan.url.partition(":")[0]
        twice = f"doubled {len(self.doubled[True])} promotions, {len(self.doubled[False])} alerts"
        return (
            f"{plan.platform} on {store}: {self.deliveries:,} deliveries, {plan.kills} kills, {twice}, "
            f"lost {len(self.lost)}, wrong {len(self.wrong)}, unknown {self.unknown}, {self.seconds:.1f} s"
        )


async def carry_out(plan: Plan) -> Verdict:
    """Play a plan to its end."""
    began, chance = time.monotonic(), Random(plan.seed)  # noqa: S311 - it is to be the same again, not a secret
    with a_clock() as clock:
        async with WORLDS[plan.platform](plan.chats, clock) as world:
            async with open_store(plan.url) as store:
                told = await notices(store, plan, world, clock.now())
            errand = errand_of(plan, world, told)
            for travel in slowed(world):
                travel.takes(UNDER_WAY, UNDER_WAY)
            for mark in _marks(plan, len(told), chance):
                await _kill_beyond(world, mark, started(errand, clock), chance)
            await to_its_end(started(errand, clock))
            async with open_store(plan.url) as store:
                return await judged(store, plan, told, world.standing(), time.monotonic() - began)


def _marks(plan: Plan, deliveries: int, chance: Random) -> list[int]:
    """After how many messages to kill. All that is under way at a kill and told at most once may never arrive."""
    sure = deliveries * 19 // 20 - plan.kills * MOST_AT_ONCE // 2
    if sure < plan.kills:
        raise ValueError(f"{plan.kills} kills are too many for {deliveries} deliveries")
    return sorted(chance.sample(range(sure), plan.kills))


async def notices(store: Store, plan: Plan, world: World, now: datetime) -> list[Told]:
    """Store notices for every chat in turn, each with a number of its own; returns what should arrive."""
    for name, text in world.notes.items():
        await store.notes.put_note(name, text, None)
    targets = [Target(plan.platform, chat, place=world.places.get(chat, "")) for chat in world.groups]
    targets += [Target(plan.platform, chat, direct=True) for chat in world.people]
    author = await store.people.person(Identity(plan.platform, "author"), "Author")  # who gets no notice of his own
    wallet = (await store.people.open_wallet(author.id, Settings())).id
    told: list[Told] = []
    kept = []
    for turn in range(plan.each):
        for target in targets:
            number, once = len(told) + 2, turn % 2 == 0
            facts = {"text": f"Running low: {number:,} Connects"}
            notice = Notice(f"n{number}", "announcement", facts, wallet, urgent=True, at_most_once=once, by=author.id)
            kept.append(notice._replace(to=(target,)))
            told.append(Told(f"n{number}", Standing(target.chat, number), once))
    await store.outbox.notify(kept, now)
    return told


def errand_of(plan: Plan, world: World, told: Iterable[Told]) -> Errand:
    settings = {"database_url": plan.url, **world.settings}
    chats, keys = (*world.groups, *world.people), tuple(one.key for one in told)
    return Errand(plan.platform, settings, chats, keys, world.wall)


def started(errand: Errand, clock: SharedClock, *, for_ever: bool = False) -> BaseProcess:
    process = NURSERY.Process(target=send, args=(errand, clock), kwargs={"for_ever": for_ever}, daemon=True)
    process.start()
    return process


async def until_there(world: World, messages: int, process: BaseProcess) -> None:
    """Until more than so many messages have arrived; the process must live that long."""
    await until(lambda: world.arrived() > messages, process)


async def until(true: Callable[[], bool], process: BaseProcess) -> None:
    """Until something is true; the process must live that long."""
    async with asyncio.timeout(PATIENCE):
        while not true():
            assert process.is_alive(), f"it ended by itself, with code {process.exitcode}"
            await asyncio.sleep(LOOK)


async def _kill_beyond(world: World, mark: int, process: BaseProcess, chance: Random) -> None:
    """Let it send until more than so many messages have arrived, and a moment longer; then kill it."""
    try:
        await until_there(world, mark, process)
        await asyncio.sleep(chance.uniform(0, 2 * UNDER_WAY))
    finally:
        await killed(process)


async def killed(process: BaseProcess) -> None:
    process.kill()
    await asyncio.to_thread(process.join)


async def to_its_end(process: BaseProcess) -> None:
    """Until a sender has sent all there is."""
    try:
        await asyncio.to_thread(process.join, PATIENCE)
        assert process.exitcode == 0, f"the last sender ended with code {process.exitcode}"
    finally:
        await killed(process)


async def judged(store: Store, plan: Plan, told: list[Told], standing: list[Standing], seconds: float) -> Verdict:
    """Compare what is kept of each delivery with what stands in the chats."""
    there, known = Counter(standing), {one.standing for one in told}
    verdict = Verdict(plan, seconds, len(told), [one for one in there if one not in known], {True: [], False: []})
    unknown = 0
    for one in told:
        ((_, state, _),) = await store.outbox.deliveries(one.key)
        times, in_doubt = there[one.standing], one.once and state is State.UNKNOWN
        unknown += in_doubt
        if times > 1:
            verdict.doubled[one.once].append(one.key)
        if times == 0 and not in_doubt:
            verdict.lost.append(one.key)
        if state is not State.SENT and not in_doubt:
            verdict.wrong.append(f"{one.key}: {state}")
    return Verdict(plan, seconds, len(told), verdict.stray, verdict.doubled, verdict.lost, verdict.wrong, unknown)
