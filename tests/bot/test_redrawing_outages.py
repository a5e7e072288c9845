"""Whichever operation of the store fails during a redraw, the posts alone prove who won, and nothing comes twice."""

from __future__ import annotations

import hashlib
import re
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

import pytest

from core.promotions.model import ClaimState
from tests.bot.carrier import FakeCarrier
from tests.bot.failing import Failing, Fault, bot_on
from tests.bot.promoting import look
from tests.bot.stage import a_bot
from tests.bot.stages.desk import DeskPlayer, DeskStage
from tests.bot.telling import deliver_all
from tests.bot.test_redrawing import NAMES, drawn, entry, states

if TYPE_CHECKING:
    from collections.abc import Sequence

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


async def passed_on(bot: Bot, boss: DeskPlayer, fault: Fault, at: int, again: int) -> bool:
    """Whether a redraw had an operation with this number, which failed; then the operator tries again at once."""
    order = await drawn(bot, boss, WINNERS)
    plan, carrier = Failing(bot.store, fault), FakeCarrier("desk")
    await deliver_all(bot, carrier)
    cut_off = DeskPlayer(bot_on(plan.as_store(), bot.clock), "boss")
    await cut_off.say("/promo redraw 1 claim=" + entry(order[0])[1])
    plan.calls.clear()
    plan.at = at
    await cut_off.press(f"{entry(order[WINNERS])} instead")
    failed, plan.at = len(plan.calls) >= at, 0
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
    return failed


@pytest.mark.parametrize("again", [0, 1])
@pytest.mark.parametrize(
    "fault",
    [Fault(), Fault(after=True), Fault(maybe=True, after=True), Fault(lasting=True)],
    ids=["before", "after", "unsure", "lasting"],
)
async def test_whatever_fails(fault: Fault, again: int) -> None:
    for at in count(1):
        async with a_bot(works=False) as bot:
            await DeskStage(bot).person("ann")
            boss = await DeskStage(bot).person("boss")
            await boss.say("/start")
            if not await passed_on(bot, boss, fault, at, again):
                break
