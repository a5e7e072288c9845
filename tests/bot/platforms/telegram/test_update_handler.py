"""Each update is handled completely; an error in one is logged and affects no other."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from structlog.testing import capture_logs
from telegram import Update
from typing_extensions import override

from bot.commands import by_name
from bot.dispatch.desk import Desk
from bot.dispatch.dialog import Dialog
from bot.platforms.telegram.updates.ordering import KeyedLocks, OrderedUpdates
from tests.bot.stages.telegram import TelegramStage, a_stage

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from core.wallets.people import ChatKind, ChatRef
    from tests.bot.stage import Bot


class Forgetful(Desk):
    """A desk that cannot note who left."""

    @override
    async def chat_left(self, ref: ChatRef, kind: ChatKind, why: str) -> None:
        raise OSError(why)


@pytest.fixture
async def forgetful(bot: Bot) -> AsyncGenerator[TelegramStage]:
    bot.desk = Forgetful(bot.store, bot.books, by_name(), Dialog(bot.store.notes))
    async with a_stage(bot) as stage:
        await stage.start()
        yield stage


async def test_one_bad_update_does_not_stop_the_next(forgetful: TelegramStage) -> None:
    ann = await forgetful.person("Ann")
    await ann.say("/start")
    with capture_logs() as events:
        ann.person.block()
        await forgetful.server.settled()
    assert [event["kind"] for event in events if event["event"] == "update failed"] == ["OSError"]
    ann.person.unblock()
    assert "20 Connects are available." in (await ann.say("/balance")).text


class TestKeyedLocks:
    async def test_waiters_get_the_lock_in_order_and_it_is_then_forgotten(self) -> None:
        locks, order = KeyedLocks(), list[int]()

        async def go(number: int) -> None:
            async with locks.hold("one"):
                await asyncio.sleep(0)
                order.append(number)

        await asyncio.gather(*map(go, range(5)))
        assert order == [0, 1, 2, 3, 4]
        assert not locks

    async def test_another_key_does_not_wait(self) -> None:
        locks = KeyedLocks()
        async with locks.hold("one"), locks.hold("two"):
            assert len(locks) == 2

    @pytest.mark.parametrize("update", [Update(1), object()])
    async def test_an_update_without_a_person_is_handled_too(self, update: Any) -> None:
        done = asyncio.Event()

        async def work() -> None:
            done.set()

        async with OrderedUpdates() as processor:
            await processor.process_update(update, work())
        assert done.is_set()
