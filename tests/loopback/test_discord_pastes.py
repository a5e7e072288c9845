"""What Discord's client does with what people paste, forward and send as files, as the real library gets it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.loopback.discord import DiscordServer, ImpossibleError
from tests.loopback.discord_stage import PLAIN, Bot, running

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from tests.loopback.discord import Person
    from tests.loopback.discord.library import discord

LONG = "x" * 2001


@pytest.fixture
async def server() -> AsyncGenerator[DiscordServer]:
    async with DiscordServer() as running:
        yield running


@pytest.fixture
async def bot(server: DiscordServer) -> AsyncGenerator[Bot]:
    async with running(server, Bot(server, PLAIN)) as bot:
        yield bot


@pytest.fixture
def ann(server: DiscordServer) -> Person:
    return server.person("Ann")


async def heard(bot: Bot, messages: int = 1) -> discord.Message:
    """The last of so many messages."""
    await bot.server.until(lambda: len(bot.heard) == messages, "a message")
    return bot.heard[-1]


async def test_what_is_too_long_for_a_message_comes_as_a_file(bot: Bot, ann: Person) -> None:
    await ann.say(ann.dm, LONG)
    message = await heard(bot)
    (file,) = message.attachments
    assert (message.content, file.filename, file.content_type) == ("", "message.txt", "text/plain; charset=utf-8")
    assert await file.read() == LONG.encode()


async def test_who_pays_may_write_more(bot: Bot, ann: Person) -> None:
    ann.nitro = True
    await ann.say(ann.dm, LONG)
    assert (await heard(bot)).content == LONG


async def test_a_forwarded_message_comes_as_a_snapshot(bot: Bot, ann: Person) -> None:
    said = await ann.say(ann.dm, "hello", ("page.txt", b"page"))
    first = await heard(bot)
    await ann.forward(ann.dm, said)
    message = await heard(bot, 2)
    (snapshot,) = message.message_snapshots
    assert (message.content, snapshot.content) == ("", "hello")
    assert abs(snapshot.created_at - first.created_at) < timedelta(milliseconds=2)  # an id has no finer time
    assert [file.filename for file in snapshot.attachments] == ["page.txt"]


async def test_a_client_sends_no_file_of_more_than_10_megabytes(ann: Person) -> None:
    with pytest.raises(ImpossibleError, match="10 files"):
        await ann.say(ann.dm, "", ("page.html", b"x" * (10 * 1024 * 1024 + 1)))
