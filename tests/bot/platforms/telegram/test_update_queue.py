"""The queue that is given to the library: what it holds, and how often it writes."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from telegram import Bot, Update

from bot.platforms.telegram.updates.inbox import UpdateQueue
from core.inbox import KeptUpdate
from core.shared.refusals import UnavailableError
from tests.bot.failing import Failing

if TYPE_CHECKING:
    from tests.bot import stage as stages

LIBRARY = Bot("4242:not-a-token")


@pytest.fixture
def plan(bot: stages.Bot) -> Failing:
    return Failing(bot.store)


def queue_on(plan: Failing, bot: stages.Bot, *, webhook: bool = True) -> UpdateQueue:
    """It does not wait for an update that hangs."""
    return UpdateQueue(plan.as_store().inbox, bot.clock, webhook=webhook, patience=0)


def numbers_in(updates: UpdateQueue) -> list[int]:
    found = []
    while not updates.empty():
        update = updates.get_nowait()
        assert isinstance(update, Update)
        found.append(update.update_id)
    return found


async def test_what_arrives_during_a_write_shares_the_next(bot: stages.Bot, plan: Failing) -> None:
    updates = queue_on(plan, bot)
    await asyncio.gather(*(updates.put(Update(number)) for number in range(64)))
    assert plan.calls.count("inbox.keep") <= 2
    assert numbers_in(updates) == list(range(64))


async def test_each_caller_of_a_write_that_fails_gets_the_error(bot: stages.Bot, plan: Failing) -> None:
    updates, plan.name = queue_on(plan, bot), "inbox.keep"
    errors = await asyncio.gather(*(updates.put(Update(number)) for number in range(3)), return_exceptions=True)
    assert [type(error) for error in errors] == [UnavailableError] * 3
    assert updates.empty()
    plan.name = ""
    await updates.put(Update(1))
    assert numbers_in(updates) == [1]


async def test_a_caller_that_is_gone_does_not_disturb_the_others(bot: stages.Bot, plan: Failing) -> None:
    updates = queue_on(plan, bot)
    gone, there = (asyncio.create_task(updates.put(Update(number))) for number in (1, 2))
    await asyncio.sleep(0)
    gone.cancel()
    await there
    assert numbers_in(updates) == [1, 2]  # it is on disk, so it is handled


async def test_what_is_under_way_is_not_put_again(bot: stages.Bot, plan: Failing) -> None:
    updates = queue_on(plan, bot)
    for _ in range(2):
        await updates.put(Update(1))
    assert numbers_in(updates) == [1]
    await updates.finish(Update(1))
    await updates.put(Update(1))
    assert updates.empty()


async def test_what_could_not_be_marked_as_finished_is_not_handled_again(bot: stages.Bot, plan: Failing) -> None:
    updates = queue_on(plan, bot)
    await updates.put(Update(1))
    plan.name = "inbox.finish"
    await updates.finish(Update(1))
    plan.name = ""
    await updates.put(Update(1))
    assert numbers_in(updates) == [1]


async def test_an_update_that_is_finished_while_it_is_written_does_not_stay(bot: stages.Bot, plan: Failing) -> None:
    updates = queue_on(plan, bot, webhook=False)
    await updates.put(Update(1))
    await asyncio.gather(updates.keep_rest(), updates.finish(Update(1)))
    assert await bot.store.inbox.unfinished("telegram") == ()


async def test_one_that_hangs_does_not_hold_up_the_start_for_ever(bot: stages.Bot, plan: Failing) -> None:
    kept = [KeptUpdate(number, Update(number).to_json(), bot.clock.now(), 1) for number in (1, 2)]
    await bot.store.inbox.keep("telegram", kept)
    updates = queue_on(plan, bot)
    await updates.recover(LIBRARY)
    assert numbers_in(updates) == [1, 2]
