"""The process that the benchmark of deliveries measures: it sends with our sender, or with the client library alone."""

from __future__ import annotations

import asyncio
import os
import time
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from telegram import Bot as TelegramBot
from telegram.request import HTTPXRequest

from bot.base.logs import set_up
from bot.base.platform_registry import Limit, Limits
from bot.config import Settings
from bot.delivery.limits.rate_limit import RateLimiter
from bot.delivery.sender import MOST_AT_ONCE, Sender
from bot.dispatch.dialog import Dialog
from bot.main import load_platform, open_bot, run, sender_for
from bot.platforms.discord.client import Client
from bot.platforms.discord.drawing.render import draw
from bot.platforms.discord.sending.calls import send as send_page
from bot.platforms.discord.sending.invalid import InvalidAnswers
from bot.platforms.discord.settings import point_at
from bot.platforms.supervisor import RestartBackoff, run_with_sender, supervise
from bot.platforms.telegram.drawing.render import render
from bot.platforms.telegram.library_logs import limit_library_logs
from bot.platforms.telegram.sending.send import send as send_payload
from bot.platforms.telegram.updates.incoming import Seat
from bot.reply.parts import Button, Buttons, reply, say
from bot.reply.words import FALLBACK_VOICE
from bot.views.notices import message
from core.delivery.outcome import Sent
from core.wallets.people import ChatKind
from tests.crash.sender import settled

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from multiprocessing.connection import Connection

    from bot.main import Bot
    from bot.platforms.port import Platform
    from bot.reply.parts import Reply
    from bot.reply.words import Voice
    from core.delivery.notice import Target
    from core.delivery.outcome import Outcome
    from tests.crash.sender import Errand

    Send = Callable[[int, str], Awaitable[object]]

POLL_SECONDS: Final = 0.05
UNLIMITED: Final = Limits(*[Limit(10**9, timedelta(microseconds=1))] * 2)
# What the sender sends, for the library alone to render once.
MESSAGE: Final = reply(
    say("alert-low", connects=1234, threshold=10_000),
    Buttons(tuple((Button(say(f"button-{name}"), name, f"0abcdefgh0{name}|{name}"),) for name in ("lots", "expiring"))),
)


class Cost(NamedTuple):
    """Seconds for a number of messages: wall time and processor time."""

    messages: int
    wall: float
    processor: float


class Meter:
    """Measures from the first message to the last."""

    def __init__(self) -> None:
        self._messages = 0
        self._began: tuple[float, float] | None = None
        self.cost = Cost(0, 0.0, 0.0)

    def begin(self) -> None:
        self._began = self._began or (time.perf_counter(), time.process_time())

    def end(self) -> None:
        assert self._began is not None  # noqa: S101 - the type checker cannot know
        self._messages += 1
        wall, processor = self._began
        self.cost = Cost(self._messages, time.perf_counter() - wall, time.process_time() - processor)


@dataclass
class Metered:
    """A platform whose sent messages are measured."""

    platform: Platform
    meter: Meter

    @property
    def name(self) -> str:
        return self.platform.name

    @property
    def idempotent(self) -> bool:
        return self.platform.idempotent

    async def run(self, stop: asyncio.Event) -> None:
        await self.platform.run(stop)

    async def calls(self, target: Target) -> int:
        return await self.platform.calls(target)

    async def is_admin(self, group: str, user: str) -> bool | None:
        return await self.platform.is_admin(group, user)

    async def is_member(self, group: str, user: str) -> bool | None:
        return await self.platform.is_member(group, user)

    async def lacks(self, target: Target) -> tuple[str, ...] | None:
        return await self.platform.lacks(target)

    def names(self, group: str) -> Mapping[str, str]:
        return self.platform.names(group)

    async def carry(self, target: Target, given: Reply, speak: Voice, nonce: str) -> Outcome:
        outcome = await self.platform.carry(target, given, speak, nonce)
        if isinstance(outcome, Sent):
            self.meter.begin()
            self.meter.end()
        return outcome

    async def amend(self, target: Target, message: str, given: Reply, speak: Voice) -> Outcome:
        return await self.platform.amend(target, message, given, speak)

    async def withdraw(self, target: Target, message: str) -> Outcome:
        return await self.platform.withdraw(target, message)


def send(errand: Errand, report: Connection, *, paced: bool) -> None:
    """Send with our sender until all deliveries are settled, and report the cost."""
    _quietly(partial(_with_sender, errand, report, paced))


def send_bare(errand: Errand, report: Connection, each: int) -> None:
    """Send as many messages with the same text by the library alone, and report the cost."""
    _quietly(
        {
            "telegram": partial(_bare_telegram, errand, report, each),
            "discord": partial(_bare_discord, errand, report, each),
        }[errand.platform]
    )


def _quietly(work: Callable[[asyncio.Event], Any]) -> None:
    with Path(os.devnull).open("w") as nowhere:
        set_up("INFO", "console", stream=nowhere)  # writing a log line for each message is part of the cost
        run(work, fast=True)


async def _with_sender(errand: Errand, report: Connection, paced: bool, stop: asyncio.Event) -> None:  # noqa: FBT001 - bound above
    async with open_bot(_settings(errand)) as bot:
        meter = Meter()
        platform = Metered(load_platform(errand.platform, bot), meter)
        sender = sender_for(bot, platform) if paced else _unlimited(bot, platform)
        watching = asyncio.create_task(_watch(bot, errand, stop))
        await run_with_sender(sender, stop, RestartBackoff(), partial(supervise, platform, backoff=RestartBackoff()))
        await watching
        report.send(meter.cost)


def _settings(errand: Errand) -> Settings:
    given: dict[str, Any] = {**errand.settings, "_env_file": None}
    return Settings(**given)


def _unlimited(bot: Bot, platform: Platform) -> Sender:
    render_notice = partial(message, dialog=Dialog(bot.store.notes), rulebook=bot.books.rulebook)
    return Sender(
        bot.store.outbox, platform, bot.clock, limiter=RateLimiter(UNLIMITED), render=render_notice, holder="bench"
    )


async def _watch(bot: Bot, errand: Errand, stop: asyncio.Event) -> None:
    while not await settled(bot.store, errand):  # noqa: ASYNC110 - the store sets no event
        await asyncio.sleep(POLL_SECONDS)
    stop.set()


async def _bare_telegram(errand: Errand, report: Connection, each: int, _stop: asyncio.Event) -> None:
    limit_library_logs()
    base = f"{errand.settings['telegram_api_url']}/bot"
    (payload, *_) = render(MESSAGE, FALLBACK_VOICE, group=False)
    async with TelegramBot(
        errand.settings["telegram_token"], base_url=base, request=HTTPXRequest(connection_pool_size=256)
    ) as bot:
        await _side_by_side(
            errand, report, each, lambda chat, _: send_payload(bot, chat, payload, Seat(chat, ChatKind.PRIVATE))
        )


async def _bare_discord(errand: Errand, report: Connection, each: int, _stop: asyncio.Event) -> None:
    async with open_bot(_settings(errand)) as ours:
        point_at(ours.settings)
        (page, *_) = draw(MESSAGE, FALLBACK_VOICE)
        async with Client(ours.desk, ours.store.notes, ours.clock, InvalidAnswers(ours.clock)) as client:
            await client.login(errand.settings["discord_token"])
            connected = asyncio.create_task(client.connect())
            while not all(_there(client, chat) for chat in errand.chats):  # noqa: ASYNC110 - nor does the library
                await asyncio.sleep(POLL_SECONDS)

            async def post(chat: int, nonce: str) -> object:
                guild = client.get_guild(chat)
                assert guild is not None  # noqa: S101 - the loop above has found it
                return await send_page(guild.text_channels[0], page, nonce=nonce)()

            await _side_by_side(errand, report, each, post)
            connected.cancel()
            await asyncio.gather(connected, return_exceptions=True)


def _there(client: Client, chat: str) -> bool:
    guild = client.get_guild(int(chat))
    return guild is not None and not guild.unavailable


async def _side_by_side(errand: Errand, report: Connection, each: int, post: Send) -> None:
    """Send as many at the same time as our sender does."""
    meter, left = Meter(), [(int(chat), f"{chat[-8:]}.{turn}") for turn in range(each) for chat in errand.chats]
    left.reverse()

    async def work() -> None:
        while left:
            meter.begin()
            await post(*left.pop())
            meter.end()

    await asyncio.gather(*(work() for _ in range(MOST_AT_ONCE)))
    report.send(meter.cost)
