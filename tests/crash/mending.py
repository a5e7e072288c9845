"""An announcement that is corrected by a process that is killed again and again."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Final

from core.announcements.model import Announcement
from core.announcements.service import AnnouncementService
from core.delivery.notice import EVERYBODY, Subscription, Target
from core.wallets.people import Identity
from storage import open_store
from tests.crash.clock import a_clock
from tests.crash.sender import Errand
from tests.crash.trial import UNDER_WAY, killed, started, to_its_end, until
from tests.crash.world import WORLDS, Discord, Telegram, slowed

if TYPE_CHECKING:
    from core.announcements.model import Tally
    from core.store import Store
    from tests.crash.clock import SharedClock
    from tests.crash.trial import Plan
    from tests.crash.world import Standing, World

OLD: Final = "Running low: 2 Connects"
NEW: Final = "Running low: 3 Connects"


@dataclass(frozen=True)
class Mended:
    """What stands in the chats at the end, what is kept of it, and how many edits the platform has seen."""

    standing: list[Standing]
    tally: Tally
    edits: int


async def corrected(plan: Plan) -> Mended:
    """Announce something to every chat, correct it, and kill the process `plan.kills` times while it edits."""
    chance = Random(plan.seed)  # noqa: S311 - it is to be the same again, not a secret
    with a_clock() as clock:
        async with WORLDS[plan.platform](plan.chats, clock) as world:
            async with open_store(plan.url) as store:
                await _subscribe_all(store, plan, world, clock)
                announcements = AnnouncementService(store, clock)
                one = await announcements.keep(Announcement("a", OLD, EVERYBODY))
                assert await announcements.send(one)
            await to_its_end(started(_errand(plan, world, one.name), clock))
            async with open_store(plan.url) as store:
                announcements = AnnouncementService(store, clock)
                sent = await announcements.find("a")
                assert sent is not None
                assert await announcements.correct(sent, NEW)
            errand = _errand(plan, world, f"{one.name}:mend:1")
            for travel in slowed(world):
                travel.takes(UNDER_WAY, UNDER_WAY)
            for mark in sorted(chance.sample(range(plan.chats * 3 // 4), plan.kills)):
                await _kill_beyond(world, mark, errand, clock)
            await to_its_end(started(errand, clock))
            async with open_store(plan.url) as store:
                tally = await AnnouncementService(store, clock).tally("a")
            return Mended(world.standing(), tally, edits(world))


async def _subscribe_all(store: Store, plan: Plan, world: World, clock: SharedClock) -> None:
    by = await store.people.person(Identity(plan.platform, "0"), "Olga")
    for chat in (*world.groups, *world.people):
        target = Target(plan.platform, chat, chat in world.people, world.places.get(chat, ""))
        await store.subscriptions.subscribe(Subscription(target, clock.now(), by.id, quiet="off"))


def _errand(plan: Plan, world: World, key: str) -> Errand:
    settings = {"database_url": plan.url, **world.settings}
    return Errand(plan.platform, settings, (*world.groups, *world.people), (key,), world.wall)


async def _kill_beyond(world: World, mark: int, errand: Errand, clock: SharedClock) -> None:
    """Let it edit until more than so many messages were edited; then kill it."""
    process = started(errand, clock)
    try:
        await until(lambda: edits(world) > mark, process)
    finally:
        await killed(process)


def edits(world: World) -> int:
    """How many edits the platform has seen."""
    match world:
        case Telegram(server=telegram):
            return sum(len(one.history) for chat in telegram.state.chats.values() for one in chat.messages)
        case Discord(server=discord):
            return sum(one.edits for one in discord.state.messages)
    raise NotImplementedError
