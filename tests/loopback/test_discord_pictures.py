"""The loopback Discord changes files as the service does, and refuses what it refuses."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from tests.loopback.discord import ATTACH_FILES
from tests.loopback.discord.library import discord
from tests.loopback.discord_stage import Stage, stage

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable


@pytest.fixture
async def on() -> AsyncGenerator[Stage]:
    async with stage() as on:
        yield on


def picture(content: bytes) -> discord.File:
    return discord.File(io.BytesIO(content), "picture.png")


async def refused(work: Awaitable[object]) -> tuple[int, int]:
    with pytest.raises(discord.HTTPException) as refusal:
        await work
    return refusal.value.status, refusal.value.code


async def test_the_files_of_an_edit_take_the_place_of_the_earlier_ones(on: Stage) -> None:
    sent = await (await on.channel()).send("One", file=picture(b"one"))
    await sent.edit(content="Other", attachments=[picture(b"other")])
    (message,) = on.chat.messages
    assert [file.data for file in message.attachments] == [b"other"]
    await sent.edit(content="Words")
    assert [file.data for file in message.attachments] == [b"other"]
    await sent.edit(attachments=[])
    assert (message.content, message.attachments) == ("Words", [])


async def test_where_none_may_be_attached_no_edit_attaches_one(on: Stage) -> None:
    sent = await (await on.channel()).send("Words")
    on.guild.deny_bot(on.chat.name, ATTACH_FILES)
    assert await refused(sent.edit(attachments=[picture(b"one")])) == (403, 50013)
    await sent.edit(content="More words")


async def test_a_message_has_at_most_ten_files_each_with_a_limit_of_its_own(on: Stage) -> None:
    """The limit is that of each file, not of all together."""
    sent = await (await on.channel()).send("Words")
    large = [picture(b"x" * 6 * 1024 * 1024) for _ in range(2)]
    await sent.edit(attachments=large)
    assert await refused(sent.edit(attachments=[picture(b"one") for _ in range(11)])) == (400, 50035)


async def test_a_file_has_at_most_ten_mebibytes(on: Stage) -> None:
    channel = await on.channel()
    sent = await channel.send("Words", file=picture(b"x" * 10 * 1024 * 1024))
    assert await refused(sent.edit(attachments=[picture(b"x" * (10 * 1024 * 1024 + 1))])) == (413, 40005)
