"""Which calls are retried, after how long, and which must not be."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

import httpx
import pytest
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.platforms.telegram.sending.calls import Calls

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.bot.stage import Bot

E = TypeVar("E", bound=TelegramError)
pytestmark = pytest.mark.usefixtures("next_library_types")


@pytest.fixture
def next_library_types(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


def broken(error: E, cause: Exception) -> E:
    error.__cause__ = cause
    return error


UNSENT = broken(NetworkError("x"), httpx.ConnectError("refused"))
LOST = broken(NetworkError("x"), httpx.RemoteProtocolError("hung up"))
SAID_NO = NetworkError("Internal Server Error")
GATEWAY = broken(NetworkError("Bad Gateway"), TelegramError("Invalid server response"))
FIREWALL = broken(Forbidden("Forbidden (403)"), TelegramError("Invalid server response"))
LATE = broken(TimedOut(), httpx.ReadTimeout("late"))
UNCONNECTED = broken(TimedOut(), httpx.ConnectTimeout("late"))
CROWDED = broken(TimedOut(), httpx.PoolTimeout("full"))


@dataclass
class Telegram:
    """Fails as the test decides, and then returns the chat's id."""

    errors: Iterator[TelegramError]
    chats: list[int] = field(default_factory=list)

    async def call(self, chat: int) -> int:
        self.chats.append(chat)
        for error in self.errors:
            raise error
        return chat


@dataclass
class Trial:
    """A call that fails with these errors first."""

    bot: Bot
    pauses: list[float] = field(default_factory=list)

    async def make(self, *errors: TelegramError, idempotent: bool = False) -> list[int]:
        telegram = Telegram(iter(errors))
        calls = Calls(self.bot.desk, self._pause, asyncio.Event(), asyncio.Event())
        await calls.make(-5, telegram.call, idempotent=idempotent)
        return telegram.chats

    async def _pause(self, seconds: float) -> None:
        self.pauses.append(seconds)


@pytest.fixture
def trial(bot: Bot) -> Trial:
    return Trial(bot)


@pytest.mark.parametrize("error", [UNSENT, UNCONNECTED, CROWDED, FIREWALL])
async def test_a_call_without_effect_is_retried(trial: Trial, error: TelegramError) -> None:
    assert await trial.make(error, error, error) == [-5] * 4
    assert trial.pauses == [0.5, 1.0, 2.0]


@pytest.mark.parametrize("error", [LOST, GATEWAY, LATE, SAID_NO])
async def test_a_call_that_may_have_had_an_effect_is_retried_only_if_idempotent(
    trial: Trial, error: TelegramError
) -> None:
    assert await trial.make(error, idempotent=True) == [-5, -5]
    with pytest.raises(type(error)):
        await trial.make(error)


@pytest.mark.parametrize("error", [BadRequest("no"), Forbidden("Forbidden: no")])
async def test_a_refused_call_is_not_retried(trial: Trial, error: TelegramError) -> None:
    with pytest.raises(type(error)):
        await trial.make(error, idempotent=True)


async def test_the_number_of_tries_is_limited(trial: Trial) -> None:
    with pytest.raises(NetworkError):
        await trial.make(UNSENT, UNSENT, UNSENT, UNSENT)
    assert len(trial.pauses) == 3


async def test_a_retry_waits_as_long_as_telegram_asks(trial: Trial) -> None:
    assert await trial.make(RetryAfter(7), RetryAfter(60)) == [-5] * 3
    assert trial.pauses == [7, 60]


async def test_a_retry_waits_no_longer_than_a_minute(trial: Trial) -> None:
    with pytest.raises(RetryAfter):
        await trial.make(RetryAfter(61))
    assert trial.pauses == []


async def test_a_group_is_followed_to_its_new_id(trial: Trial) -> None:
    assert await trial.make(ChatMigrated(-100)) == [-5, -100]


async def test_a_group_that_moves_in_circles_is_given_up(trial: Trial) -> None:
    with pytest.raises(NetworkError):
        await trial.make(*[ChatMigrated(-100), ChatMigrated(-5)] * 3)
