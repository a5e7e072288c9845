"""Whichever operation of the store fails during a redraw, the posts alone prove who won, and nothing comes twice."""

from __future__ import annotations

import hashlib
import pickle
import re
from typing import TYPE_CHECKING, NamedTuple

import pytest

from core.promotions.model import ClaimState
from storage.memory.store import MemoryStore
from tests.bot.carrier import FakeCarrier
from tests.bot.failing import Failing, Fault, Watching, bot_on
from tests.bot.promoting import look
from tests.bot.stages.desk import DeskPlayer
from tests.bot.telling import deliver_all
from tests.bot.test_redrawing import NAMES, drawn, entry, states
from tests.clock import TestClock

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from tests.bot.carrier import Carried
    from tests.bot.stage import Bot

WINNERS = 2


class Proof(NamedTuple):
    """Who has won by the posts, and whether each redraw named the next one by the seed."""

    winners: set[int]
    holds: bool


def proof(posts: Sequence[str]) -> Proof:
    """Follows the draw by what was posted, as anybody could."""
    result, *redrawn = posts
    (entries,), (seed,) = re.findall(r"(\d+) took part", result), re.findall(r"seed was (\w+)", result)
    order = sorted(range(1, int(entries) + 1), key=lambda one: hashlib.sha256(f"{seed}:{one}".encode()).hexdigest())
    winners = set(map(int, re.findall(r"#(\d+)", result)))
    holds = winners == {*order[:WINNERS]}
    for post in redrawn:
        out, following = map(int, re.findall(r"#(\d+)", post)[:2])
        holds = holds and out in winners
        order.remove(out)
        winners = (winners - {out}) | {following}
        holds = holds and winners == {*order[:WINNERS]}
    return Proof(winners, holds)


async def have_won(bot: Bot) -> set[int]:
    return {NAMES.index(name) + 1 for name, state in (await states(bot)).items() if state is ClaimState.GIVEN}


class Drawn(NamedTuple):
    """A contest whose operator was asked whether the first prize passes on: everything as it was stored then."""

    store: bytes
    now: datetime
    order: Sequence[str]
    carried: Sequence[Carried]
    buttons: Mapping[str, str]


async def about_to_redraw() -> Drawn:
    store, clock = MemoryStore(), TestClock()
    bot = bot_on(store, clock)
    boss, carrier = DeskPlayer(bot, "boss"), FakeCarrier("desk")
    await boss.say("/start")
    order = await drawn(bot, boss, WINNERS)
    await deliver_all(bot, carrier)
    await boss.say("/promo redraw 1 claim=" + entry(order[0])[1])
    return Drawn(pickle.dumps(store), clock.now(), order, carrier.carried, boss.buttons)


async def operations(before: Drawn) -> Watching:
    """Those of a redraw in which nothing fails."""
    watching = Watching(pickle.loads(before.store))  # noqa: S301 - made above
    boss = DeskPlayer(bot_on(watching.as_store(), TestClock(before.now)), "boss", buttons={**before.buttons})
    await boss.press(f"{entry(before.order[WINNERS])} instead")
    return watching


async def passed_on(before: Drawn, fault: Fault, at: int, again: int) -> None:
    """One operation of a redraw fails; then the operator tries again at once."""
    bot, order = bot_on(pickle.loads(before.store), TestClock(before.now)), before.order  # noqa: S301 - made above
    plan, carrier = Failing(bot.store, fault, at=at), FakeCarrier("desk", carried=[*before.carried])
    boss = DeskPlayer(bot, "boss")
    cut_off = DeskPlayer(bot_on(plan.as_store(), bot.clock), "boss", buttons={**before.buttons})
    await cut_off.press(f"{entry(order[WINNERS])} instead")
    assert len(plan.calls) >= at
    plan.at = 0
    assert (await bot.books.verify()).fault is None
    if "cannot be undone" in (await boss.say("/promo redraw 1 claim=" + entry(order[again])[1])).text:
        await boss.press("#")
    bot.clock.pass_(minutes=2)
    await look(bot)
    await deliver_all(bot, carrier)
    posts = [one.text for one in carrier.carried if one.chat == "ann" and "SHA-256" in one.text]
    assert proof(posts) == Proof(await have_won(bot), holds=True)
    told = [one.chat for one in carrier.carried if "You won" in one.text]
    assert len(told) == len({*told})
    assert (await bot.books.verify()).fault is None


@pytest.mark.parametrize("again", [0, 1])
@pytest.mark.parametrize(
    "fault",
    [Fault(), Fault(after=True), Fault(maybe=True, after=True), Fault(lasting=True)],
    ids=["before", "after", "unsure", "lasting"],
)
async def test_whatever_fails(fault: Fault, again: int) -> None:
    before = await about_to_redraw()
    for at in (await operations(before)).places(fault):
        await passed_on(before, fault, at, again)
