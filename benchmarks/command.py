"""The cost of a whole command beyond the client library: desk, ledger and rendering, on the memory store."""

from __future__ import annotations

import asyncio
import json
import os
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.constants import ParseMode
from telegram.ext import Application, TypeHandler
from telegram.request import BaseRequest

from benchmarks.figure import QUICK, Figure
from benchmarks.till import event_loop
from bot.base.logs import set_up
from bot.command.incoming import Incoming, Typed, action_key
from bot.platforms.discord.drawing.render import draw
from bot.platforms.telegram.sending.admins import AdminList
from bot.platforms.telegram.sending.answers import AnswerSender
from bot.platforms.telegram.sending.calls import Calls
from bot.platforms.telegram.update_handler import UpdateHandler
from bot.platforms.telegram.updates.inbox import Arrival
from core.ledger.requests import Request
from core.shared.ids import PersonId, WalletId
from core.wallets.people import ChatRef, Identity
from tests.bot.stage import a_bot

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Iterator

    from telegram.request import RequestData

    from tests.bot.stage import Bot

PEOPLE: Final = 100
ROUNDS: Final = 5
EACH: Final = 2 * PEOPLE if QUICK else 5 * PEOPLE
MOST: Final = 300
LINE: Final = "/spend 1 Logo redesign"
SHOWN: Final = "#2 booked: 1 Connect · Proposal: Logo redesign"
BUTTONS: Final = InlineKeyboardMarkup([[InlineKeyboardButton("Undo", callback_data="v0:undo 2")]])
ME: Final = {"id": 42, "is_bot": True, "first_name": "Connects", "username": "connects_bot"}


class Instant(BaseRequest):
    """A Bot API that answers at once, without a network."""

    @property
    def read_timeout(self) -> float:
        return 1.0

    async def initialize(self) -> None:
        pass

    async def shutdown(self) -> None:
        pass

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *timeouts: Any, **more: Any
    ) -> tuple[int, bytes]:
        del method, timeouts, more
        if url.endswith("/getMe"):
            return 200, json.dumps({"ok": True, "result": ME}).encode()
        chat = 0 if request_data is None else request_data.parameters["chat_id"]
        sent = {"message_id": 7, "date": 0, "chat": {"id": chat, "type": "private"}, "from": ME, "text": SHOWN}
        return 200, json.dumps({"ok": True, "result": sent}).encode()


def figures() -> Iterator[Figure]:
    """Microseconds for each update, as the median of rounds in which the library alone and the whole bot took turns."""
    with Path(os.devnull).open("w") as nowhere, asyncio.Runner(loop_factory=event_loop()) as runner:
        set_up("INFO", "console", stream=nowhere)  # writing a log line for each answer is part of the cost
        rounds = runner.run(_rounds())
    ledger = median(rounds.ledger)
    beyond = median(mine - theirs for mine, theirs in zip(rounds.whole, rounds.alone, strict=True)) - ledger
    yield Figure("python-telegram-bot alone, us an update", median(rounds.alone))
    yield Figure("the ledger in memory, us a spend", ledger)
    yield Figure("Telegram, a command beyond library and ledger, us", beyond, MOST, at_most=True)
    yield Figure("Discord, desk and rendering beyond the ledger, us", median(rounds.desk) - ledger, MOST, at_most=True)


@dataclass
class Rounds:
    """Microseconds, round by round: the library alone, the whole bot, desk and rendering, the ledger alone."""

    alone: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    desk: list[float] = field(default_factory=list)
    ledger: list[float] = field(default_factory=list)


async def _rounds() -> Rounds:
    rounds, numbers = Rounds(), count(1)
    async with a_bot() as bot, _app() as theirs, _app() as ours:
        theirs.add_handler(TypeHandler(Update, _bare(theirs)))
        calls = Calls(bot.desk, asyncio.sleep, asyncio.Event(), asyncio.Event())
        answers, admins = AnswerSender(ours.bot, bot.desk, calls), AdminList(ours.bot, calls, bot.clock)
        handler = UpdateHandler(ours.bot, bot.desk, answers, admins, calls=calls)
        ours.add_handler(TypeHandler(Update, _whole(handler, bot)))
        for person in range(PEOPLE):
            for line in ("/start", "/opening 5000 free"):
                await ours.process_update(update_of(ours, person, next(numbers), line))
                await bot.desk.answer(_incoming(bot, person, next(numbers), line))
        for _ in range(ROUNDS):
            rounds.alone.append(
                await _took(lambda n: theirs.process_update(update_of(theirs, n % PEOPLE, n, LINE)), numbers)
            )
            rounds.whole.append(
                await _took(lambda n: ours.process_update(update_of(ours, n % PEOPLE, n, LINE)), numbers)
            )
            rounds.desk.append(await _took(lambda n: _drawn(bot, n), numbers))
            rounds.ledger.append(await _took(lambda n: _spent(bot, n), numbers))
    return rounds


def _app() -> Application[Any, Any, Any, Any, Any, Any]:
    return (
        Application.builder().token("42:fake").request(Instant()).get_updates_request(Instant()).job_queue(None).build()
    )


def _bare(app: Application[Any, Any, Any, Any, Any, Any]) -> Callable[[Update, Any], Coroutine[Any, Any, None]]:
    """The smallest possible bot: it sends an answer of the same kind."""

    async def answer(update: Update, _: Any) -> None:
        assert update.effective_chat is not None  # noqa: S101 - the type checker cannot know
        await app.bot.send_message(update.effective_chat.id, SHOWN, parse_mode=ParseMode.HTML, reply_markup=BUTTONS)

    return answer


def _whole(handler: UpdateHandler, bot: Bot) -> Callable[[Update, Any], Coroutine[Any, Any, None]]:
    async def answer(update: Update, _: Any) -> None:
        await handler.handle(Arrival(update, bot.clock.now(), kept=False))

    return answer


def update_of(app: Application[Any, Any, Any, Any, Any, Any], person: int, number: int, line: str) -> Update:
    user = {"id": 1000 + person, "is_bot": False, "first_name": "Ann", "language_code": "en"}
    command = {"type": "bot_command", "offset": 0, "length": len(line.partition(" ")[0])}
    message = {
        "message_id": number, "date": 1_768_035_600, "chat": {"id": 1000 + person, "type": "private"}, "from": user,
        "text": line, "entities": [command],
    }  # fmt: skip
    made = Update.de_json({"update_id": number, "message": message}, app.bot)
    assert made is not None  # noqa: S101 - the type checker cannot know
    return made


def _incoming(bot: Bot, person: int, number: int, line: str) -> Incoming:
    now, chat = bot.clock.now(), ChatRef("discord", f"dm {person}")
    who = Identity("discord", str(person))
    return Incoming(action_key(now, chat, str(number)), now, who, "Ann", chat, Typed(line), _nobody)


async def _nobody() -> bool:
    return False


async def _drawn(bot: Bot, number: int) -> object:
    answer = await bot.desk.answer(_incoming(bot, number % PEOPLE, number, LINE))
    assert answer is not None  # noqa: S101 - the type checker cannot know
    return draw(answer.reply, answer.voice)


async def _spent(bot: Bot, number: int) -> object:
    wallet = WalletId(number % PEOPLE + 1)
    return await bot.books.spend(Request(wallet, f"bench:{number}", PersonId(1)), 1, memo="Logo redesign")


async def _took(act: Callable[[int], Awaitable[object]], numbers: Iterator[int]) -> float:
    """The median of the microseconds for each act."""
    each = []
    for _ in range(EACH):
        number = next(numbers)
        start = perf_counter()
        await act(number)
        each.append(perf_counter() - start)
    return median(each) * 1e6
