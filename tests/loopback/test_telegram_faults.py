"""The loopback Telegram with the real library: what goes wrong when a test wants it to."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from telegram.constants import ChatAction
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from tests.clock import TestClock
from tests.loopback.skipping import skip
from tests.loopback.telegram import Person, TelegramServer
from tests.loopback.telegram.library import a_bot, polling

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from telegram import Bot, Update


@pytest.fixture(autouse=True)
def spans_are_timedeltas(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without this, the library warns whenever it makes a RetryAfter."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
async def server(clock: TestClock) -> AsyncGenerator[TelegramServer]:
    async with TelegramServer(clock=clock) as running:
        yield running


@pytest.fixture
async def bot(server: TelegramServer) -> AsyncGenerator[Bot]:
    async with a_bot(server) as ready:
        yield ready


@pytest.fixture
def ann(server: TelegramServer) -> Person:
    return server.user("Ann", started=True)


@pytest.fixture
def bob(server: TelegramServer) -> Person:
    return server.user("Bob", started=True)


async def test_a_chat_can_be_rate_limited_for_some_calls(
    server: TelegramServer, bot: Bot, ann: Person, bob: Person
) -> None:
    fault = server.faults.rate_limit(7, times=2, chat=ann.private)
    await bot.send_message(bob.id, "hello")
    for _ in range(2):
        with pytest.raises(RetryAfter) as limited:
            await bot.send_message(ann.id, "hello")
        assert limited.value.retry_after == timedelta(seconds=7)
    await bot.send_message(ann.id, "hello")
    assert (fault.hits, server.too_many) == (2, 2)
    assert [call.status for call in server.calls("sendMessage", ann.private)] == [429, 429, 200]


async def test_all_chats_can_be_rate_limited_for_one_method(
    server: TelegramServer, bot: Bot, ann: Person, bob: Person
) -> None:
    server.faults.rate_limit(3, times=2, method="sendMessage")
    await bot.send_chat_action(ann.id, ChatAction.TYPING)
    for person in (ann, bob):
        with pytest.raises(RetryAfter):
            await bot.send_message(person.id, "hello")


@pytest.mark.parametrize("status", [500, 502])
async def test_the_service_can_fail(server: TelegramServer, bot: Bot, ann: Person, status: int) -> None:
    server.faults.fail(status)
    with pytest.raises(NetworkError):
        await bot.send_message(ann.id, "hello")
    assert ann.private.sent == []
    await bot.send_message(ann.id, "hello")


@pytest.mark.parametrize("said", ["restart", "sent message was immediately deleted and can't be returned"])
async def test_the_service_can_fail_after_it_has_sent(server: TelegramServer, bot: Bot, ann: Person, said: str) -> None:
    server.faults.fail_after(said)
    with pytest.raises(NetworkError, match=said):
        await bot.send_message(ann.id, "hello")
    assert ann.private.last.text == "hello"


@pytest.mark.parametrize(("status", "raised"), [(400, BadRequest), (403, Forbidden), (401, InvalidToken)])
async def test_a_proxy_answers_with_a_page(
    server: TelegramServer, bot: Bot, ann: Person, status: int, raised: type[TelegramError]
) -> None:
    server.faults.block(status)
    with pytest.raises(raised) as page:
        await bot.send_message(ann.id, "hello")
    assert isinstance(page.value.__cause__, TelegramError)
    assert ann.private.sent == []


async def test_a_call_can_be_refused_as_from_a_kicked_bot(server: TelegramServer, bot: Bot) -> None:
    team = server.group("Team")
    server.faults.kicked(chat=team)
    with pytest.raises(Forbidden, match="bot was kicked from the group chat"):
        await bot.send_message(team.id, "hello")


async def test_a_group_that_moved_says_where_to(server: TelegramServer, bot: Bot, ann: Person) -> None:
    team = server.group("Team", admins=[ann])
    moved = team.migrate(by=ann)
    with pytest.raises(ChatMigrated) as told:
        await bot.send_message(team.id, "hello")
    assert told.value.new_chat_id == moved.id
    await bot.send_message(moved.id, "hello")
    assert moved.last.text == "hello"


async def test_a_line_that_drops_before_leaves_nothing_done(server: TelegramServer, bot: Bot, ann: Person) -> None:
    server.faults.drop_before(method="sendMessage")
    with pytest.raises(NetworkError) as lost:
        await bot.send_message(ann.id, "hello")
    assert not isinstance(lost.value, TimedOut)
    assert ann.private.sent == []
    assert [call.dropped for call in server.calls("sendMessage")] == ["before"]


async def test_a_line_that_drops_after_has_done_it_all_the_same(server: TelegramServer, bot: Bot, ann: Person) -> None:
    server.faults.drop_after(method="sendMessage")
    with pytest.raises(NetworkError):
        await bot.send_message(ann.id, "hello")
    assert [one.text for one in ann.private.sent] == ["hello"]
    (call,) = server.calls("sendMessage")
    assert (call.status, call.dropped) == (200, "after")


async def test_a_slow_answer_comes_when_it_is_released(server: TelegramServer, bot: Bot, ann: Person) -> None:
    slow = server.faults.slow(chat=ann.private)
    sending = asyncio.create_task(bot.send_message(ann.id, "hello"))
    await ann.private.next_message()
    assert not sending.done()
    slow.release()
    assert (await sending).text == "hello"


async def test_an_answer_that_is_too_slow_leaves_the_message_there(
    server: TelegramServer, bot: Bot, ann: Person
) -> None:
    server.faults.slow(chat=ann.private)
    sending = asyncio.create_task(bot.send_message(ann.id, "hello", read_timeout=3600))
    await ann.private.next_message()
    skip(3600)
    with pytest.raises(TimedOut):
        await sending
    assert [one.text for one in ann.private.sent] == ["hello"]


async def test_a_poll_goes_on_after_a_lost_answer_and_loses_no_update(server: TelegramServer, ann: Person) -> None:
    async def echo(update: Update, bot: Bot) -> None:
        assert update.effective_message
        await bot.send_message(ann.id, update.effective_message.text or "")

    server.faults.drop_after(method="getUpdates")
    async with polling(server, echo):
        await ann.say("hello")
        assert (await ann.private.next_message()).text == "hello"
        await server.settled()
    assert [one.text for one in ann.private.sent] == ["hello"]


async def test_the_limits_are_off_unless_a_test_switches_them_on(server: TelegramServer, bot: Bot, ann: Person) -> None:
    for number in range(3):
        await bot.send_message(ann.id, str(number))
    server.limits.enforce()
    await bot.send_message(ann.id, "3")
    with pytest.raises(RetryAfter):
        await bot.send_message(ann.id, "4")
    server.limits.relax()
    await bot.send_message(ann.id, "5")


async def test_one_chat_gets_one_message_a_second(
    server: TelegramServer, bot: Bot, ann: Person, bob: Person, clock: TestClock
) -> None:
    server.limits.enforce()
    await bot.send_message(ann.id, "one")
    await bot.send_message(bob.id, "one")
    with pytest.raises(RetryAfter) as limited:
        await bot.send_message(ann.id, "two")
    assert limited.value.retry_after == timedelta(seconds=1)
    clock.pass_(seconds=1)
    await bot.send_message(ann.id, "two")
    assert server.too_many == 1


async def test_one_group_gets_twenty_messages_in_any_minute(server: TelegramServer, bot: Bot, clock: TestClock) -> None:
    server.limits.enforce()
    team = server.group("Team")
    for number in range(20):
        await bot.send_message(team.id, str(number))
        clock.pass_(seconds=2)
    with pytest.raises(RetryAfter) as limited:
        await bot.send_message(team.id, "20")
    assert limited.value.retry_after == timedelta(seconds=20)
    clock.pass_(seconds=20)
    await bot.send_message(team.id, "20")
    with pytest.raises(RetryAfter):
        await bot.send_message(team.id, "21")


async def test_all_chats_together_get_thirty_messages_a_second(
    server: TelegramServer, bot: Bot, clock: TestClock
) -> None:
    server.limits.enforce()
    people = [server.user(f"P{number}", started=True) for number in range(31)]
    for person in people[:30]:
        await bot.send_message(person.id, "hello")
    with pytest.raises(RetryAfter):
        await bot.send_message(people[30].id, "hello")
    clock.pass_(seconds=1)
    await bot.send_message(people[30].id, "hello")
    assert server.count()["sendMessage"] == 32
