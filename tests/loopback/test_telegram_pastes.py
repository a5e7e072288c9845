"""What Telegram's clients do with what people paste, forward and send as files, as the real library gets it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from telegram.error import BadRequest

from tests.clock import TestClock
from tests.loopback.telegram import TelegramServer
from tests.loopback.telegram.library import a_bot
from tests.loopback.telegram.people import LONGEST, parts_of

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from telegram import Bot

LINES = "\n".join(f"line {number}" for number in range(2000))


@pytest.fixture
async def server() -> AsyncGenerator[TelegramServer]:
    async with TelegramServer(clock=TestClock()) as running:
        yield running


@pytest.fixture
async def bot(server: TelegramServer) -> AsyncGenerator[Bot]:
    async with a_bot(server) as ready:
        yield ready


def test_a_paste_is_cut_at_line_breaks_or_where_a_message_is_full() -> None:
    assert "\n".join(parts_of(LINES)) == LINES
    assert max(map(len, parts_of(LINES))) <= LONGEST
    assert len(parts_of(LINES, hard=True)[0]) == LONGEST
    assert parts_of("  a\n") == ["a"]


async def test_the_parts_of_a_paste_may_come_out_of_order(server: TelegramServer, bot: Bot) -> None:
    await server.user("Ann").paste(LINES[:10_000], order=(2, 0, 1))
    messages = [update.message for update in await bot.get_updates()]
    numbers = [message.message_id for message in messages if message is not None]
    assert [numbers.index(number) for number in sorted(numbers)] == [1, 2, 0]


async def test_a_forwarded_message_says_when_it_was_written(server: TelegramServer, bot: Bot) -> None:
    ann = server.user("Ann")
    first = await ann.say("hello")
    first.date = datetime(2026, 1, 5, tzinfo=UTC)
    await ann.forward(first)
    *_, update = await bot.get_updates()
    assert update.message is not None
    assert update.message.forward_origin is not None
    assert update.message.forward_origin.date == first.date
    assert update.message.date != first.date


async def test_a_bot_fetches_no_more_than_20_megabytes(server: TelegramServer, bot: Bot) -> None:
    message = await server.user("Ann").send("page.html", b"x" * (20 * 1024 * 1024 + 1))
    assert message.document is not None
    with pytest.raises(BadRequest, match="File is too big"):
        await bot.get_file(message.document.id)
