"""One update dealt with to the end: what fails in it is noted and touches no other."""

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
from bot.platforms.telegram.lanes import InOrder, Lanes
from tests.bot.stages.telegram import TelegramStage, a_stage

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from core.wallets.people import Chat, ChatKind, ChatRef
    from tests.bot.stage import Bot


class Forgetful(Desk):
    """Cannot note down which chats there are."""

    @override
    async def seen(self, chat: Chat) -> None:
        raise OSError(chat.title)

    @override
    async def gone(self, ref: ChatRef, kind: ChatKind, why: str) -> None:
        raise OSError(why)


@pytest.fixture
async def forgetful(bot: Bot) -> AsyncGenerator[TelegramStage]:
    bot.desk = Forgetful(bot.store, bot.books, by_name(), Dialog(bot.store.notes))
    async with a_stage(bot) as stage:
        await stage.start()
        yield stage


async def test_what_cannot_be_noted_down_is_answered(forgetful: TelegramStage) -> None:
    with capture_logs() as events:
        ann = await forgetful.member("Ann", "Private-Team", admin=True)
        assert "is open and empty" in (await ann.say("/start")).text
    assert [event["kind"] for event in events if event["event"] == "update failed"] == ["OSError"]
    assert "Private-Team" not in repr(events)


async def test_one_bad_update_does_not_stop_the_next(forgetful: TelegramStage) -> None:
    ann = await forgetful.person("Ann")
    await ann.say("/start")
    with capture_logs() as events:
        ann.person.block()
        await forgetful.server.settled()
    assert [event["kind"] for event in events if event["event"] == "update failed"] == ["OSError"]
    ann.person.unblock()
    assert "20 Connects are available." in (await ann.say("/balance")).text


class TestLanes:
    async def test_who_comes_first_goes_first_and_a_lane_is_forgotten(self) -> None:
        lanes, order = Lanes(), list[int]()

        async def go(number: int) -> None:
            async with lanes.hold("one"):
                await asyncio.sleep(0)
                order.append(number)

        await asyncio.gather(*map(go, range(5)))
        assert order == [0, 1, 2, 3, 4]
        assert not lanes

    async def test_another_lane_does_not_wait(self) -> None:
        lanes = Lanes()
        async with lanes.hold("one"), lanes.hold("two"):
            assert len(lanes) == 2

    @pytest.mark.parametrize("update", [Update(1), object()])
    async def test_what_belongs_to_nobody_has_a_lane_too(self, update: Any) -> None:
        done = asyncio.Event()

        async def work() -> None:
            done.set()

        async with InOrder() as processor:
            await processor.process_update(update, work())
        assert done.is_set()
