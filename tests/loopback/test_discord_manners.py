"""What the real service does that its documentation says only in passing, as the real library meets it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import aiohttp
import pytest

from tests.loopback.discord import (
    ATTACH_FILES,
    EMBED_LINKS,
    MANAGE_THREADS,
    POST_MESSAGE,
    SEND_MESSAGES_IN_THREADS,
    DiscordServer,
    ImpossibleError,
)
from tests.loopback.discord.library import discord
from tests.loopback.discord.shown import show
from tests.loopback.discord_stage import PLAIN, Bot, Stage, running, stage

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable

NO_LOCALES = ("ar", "ur", "bn", "sr", "fil", "fa", "he")


@pytest.fixture
async def on() -> AsyncGenerator[Stage]:
    async with stage() as on:
        yield on


async def refused(work: Awaitable[object]) -> tuple[int, int]:
    """With which status and code a call was refused."""
    with pytest.raises(discord.HTTPException) as refusal:
        await work
    return refusal.value.status, refusal.value.code


async def test_a_page_of_the_firewall_is_a_403_without_a_code(on: Stage) -> None:
    on.server.faults.fail(403, route=POST_MESSAGE)
    with pytest.raises(discord.Forbidden) as refusal:
        await (await on.channel()).send("Hello")
    assert (refusal.value.code, refusal.value.response.headers["Content-Type"][:9]) == (0, "text/html")


async def test_a_failure_may_have_acted(on: Stage) -> None:
    channel = await on.channel()
    on.server.faults.fail(503, route=POST_MESSAGE, acts=True)
    with pytest.raises(discord.DiscordServerError):
        await channel.send("Hello", nonce="1")
    await channel.send("Hello", nonce="1")
    assert len(on.chat.messages) == 1


async def test_an_archived_thread_leaves_the_cache_and_opens_when_it_is_written_to(on: Stage) -> None:
    thread = on.guild.thread("offers", on.chat)
    on.guild.archive("offers")
    await on.bot.next_event("thread_update")
    assert on.bot.get_channel(thread.id) is None
    found = await on.bot.fetch_channel(thread.id)
    assert isinstance(found, discord.Thread)
    assert found.archived
    await found.send("Hello")
    await on.server.until(lambda: on.bot.get_channel(thread.id), "the thread to open")
    assert not thread.archived


async def test_an_archived_thread_is_not_described_at_the_start() -> None:
    async with DiscordServer() as server:
        guild = server.guild("Agency")
        threads = [guild.thread(name, guild.channel("general")) for name in ("open", "old")]
        guild.archive("old")
        async with running(server, Bot(server, PLAIN)) as bot:
            await server.until(lambda: bot.get_channel(threads[0].id), "the description of the guild")
            assert bot.get_channel(threads[1].id) is None


async def test_a_locked_thread_takes_no_message_but_of_who_manages_threads(on: Stage) -> None:
    thread = on.guild.thread("offers", on.chat)
    on.guild.archive("offers", locked=True)
    found = await on.bot.fetch_channel(thread.id)
    assert isinstance(found, discord.Thread)
    assert await refused(found.send("Hello")) == (400, 160005)
    on.guild.allow_everybody(MANAGE_THREADS)
    await found.send("Hello")


async def test_to_write_in_threads_and_to_attach_files_are_rights_of_their_own(on: Stage) -> None:
    channel, thread = await on.channel(), on.guild.thread("offers", on.chat)
    found = await on.bot.fetch_channel(thread.id)
    assert isinstance(found, discord.Thread)
    on.guild.deny_bot("general", SEND_MESSAGES_IN_THREADS | ATTACH_FILES)
    assert await refused(found.send("Hello")) == (403, 50013)
    await channel.send("Hello")
    assert await refused(channel.send(file=discord.File(__file__))) == (403, 50013)


async def test_an_embed_is_left_out_in_silence(on: Stage) -> None:
    channel = await on.channel()
    on.guild.deny_bot("general", EMBED_LINKS)
    await channel.send("Hello", embed=discord.Embed(title="Lots"))
    assert on.chat.messages[-1].embeds == []


async def test_who_opens_many_private_chats_is_refused_for_a_while(on: Stage) -> None:
    people = [on.server.person(f"P{number}") for number in range(11)]
    for person in people[:-1]:
        await on.bot.create_dm(discord.Object(person.id))
    assert await refused(on.bot.create_dm(discord.Object(people[-1].id))) == (400, 40003)
    on.server.manual_clock.advance(60)
    await on.bot.create_dm(discord.Object(people[-1].id))


async def test_too_many_refusals_get_the_address_banned(on: Stage) -> None:
    channel = await on.channel()
    on.server.invalid.limit = 3
    on.server.faults.refuse(50013, route=POST_MESSAGE, times=3)
    for _ in range(3):
        assert await refused(channel.send("Hello")) == (403, 50013)
    assert await refused(channel.send("Hello")) == (429, 0)
    on.server.manual_clock.advance(600)
    await channel.send("Hello")


@pytest.mark.parametrize(("shards", "code"), [(2, None), (3, 4011)])
async def test_a_connection_without_shards_is_closed_from_2500_guilds_on(shards: int, code: int | None) -> None:
    async with DiscordServer(shards=shards) as server:
        client = discord.Client(intents=PLAIN)
        async with client:
            await client.login(server.token)
            if code is None:
                connecting = asyncio.create_task(client.connect())
                await server.gateway.connected()
                await client.close()
                await connecting
            else:
                with pytest.raises(discord.ConnectionClosed):
                    await client.connect()
    assert server.gateway.close_codes == ([] if code is None else [code])


async def test_an_edit_and_a_preview_arrive_as_the_same_event(on: Stage) -> None:
    said = await on.ann.say(on.ann.dm, "spend 5")
    on.server.unfurl(said, "A job")
    await on.bot.next_event("raw_message_edit")
    assert said.message is not None
    assert (said.message.edited, len(said.message.embeds)) == (None, 1)
    await on.ann.edit(said, "spend 7")
    assert said.message.edited is not None
    bot_says = await (await on.bot.fetch_user(on.ann.id)).send("Hello")
    ours = next(message for message in on.ann.dm.messages if message.id == bot_says.id)
    with pytest.raises(ImpossibleError):
        await on.ann.edit(show(ours), "spend 9")


@pytest.mark.parametrize("locale", NO_LOCALES)
async def test_these_locales_it_has_not(on: Stage, locale: str) -> None:
    with pytest.raises(ImpossibleError):
        on.server.person("Eve", locale=locale)
    with pytest.raises(ImpossibleError):
        on.server.guild("Team", locale=locale)
    command = {"name": "spend", "description": "Spend", "type": 1, "description_localizations": {locale: "Spend"}}
    url = f"{on.server.api_url}/applications/{on.server.state.application_id}/commands"
    async with (
        aiohttp.ClientSession(headers={"Authorization": f"Bot {on.server.token}"}) as session,
        session.put(url, json=[command]) as response,
    ):
        assert response.status == 400
        assert locale in (await response.json())["errors"]["0"]["description_localizations"]
