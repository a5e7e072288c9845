"""The loopback gateway breaks, and the real discord.py comes back, or does not."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest

from tests.loopback.discord import DiscordServer
from tests.loopback.discord.library import discord
from tests.loopback.discord_stage import PLAIN, Bot, running, stage


async def test_a_bot_identifies_once_over_a_compressed_stream() -> None:
    async with stage() as on:
        assert (on.server.gateway.identifies, on.server.gateway.resumes) == (1, 0)
        assert on.server.gateway.compressions[0] in ("zlib-stream", "zstd-stream")
        assert on.server.gateway.heartbeats == 1
        assert [guild.name for guild in on.bot.guilds] == ["Agency"]


async def test_a_bot_that_closes_leaves_the_gateway() -> None:
    async with stage() as on:
        await on.bot.close()
        await on.server.gateway.disconnected()
        assert on.server.requests.with_status(500) == []


async def test_a_wrong_token_is_refused_by_both_doors() -> None:
    async with DiscordServer() as server:
        bot = Bot(server, PLAIN)
        with pytest.raises(discord.LoginFailure):
            await bot.start("wrong")
        await bot.close()
        bot = Bot(server, PLAIN)
        await bot.login(server.token)
        bot.http.token = "wrong"
        with pytest.raises(discord.ConnectionClosed) as caught:
            await bot.connect()
        assert caught.value.code == 4004
        assert server.gateway.close_codes == [4004]


async def test_a_privileged_intent_that_was_not_granted_is_refused() -> None:
    async with DiscordServer() as server:
        server.gateway.granted = 0
        intents = discord.Intents(PLAIN.value)
        intents.message_content = True
        bot = Bot(server, intents)
        with pytest.raises(discord.PrivilegedIntentsRequired):
            await bot.start(server.token)
        await bot.close()


async def test_a_lost_connection_is_resumed_and_what_was_missed_comes_after_all() -> None:
    async with stage() as on:
        on.server.gateway.drop()
        await on.ann.say(on.ann.dm, "while you were out")
        await on.server.until(lambda: on.bot.heard, "the missed message")
        assert on.bot.heard[0].content == "while you were out"
        assert (on.server.gateway.identifies, on.server.gateway.resumes) == (1, 1)


async def test_a_request_to_reconnect_is_followed_by_a_resume() -> None:
    async with stage() as on:
        on.server.gateway.ask_to_reconnect()
        await on.bot.next_event("resumed")
        assert (on.server.gateway.identifies, on.server.gateway.resumes) == (1, 1)


async def test_a_dead_session_is_identified_anew() -> None:
    async with stage() as on:
        on.bot.events.clear()
        on.server.gateway.drop(resumable=False)
        await on.bot.next_event("ready")
        assert (on.server.gateway.identifies, on.server.gateway.resumes) == (2, 0)


async def test_an_invalidated_session_is_resumed_if_it_may_be_and_else_identified_anew() -> None:
    async with stage() as on:
        on.server.gateway.invalidate(resumable=True)
        await on.bot.next_event("resumed")
        on.bot.events.clear()
        on.server.gateway.invalidate()
        await on.bot.next_event("ready")
        assert (on.server.gateway.identifies, on.server.gateway.resumes) == (2, 1)


async def test_interactions_reach_the_bot_after_a_resume_and_their_answers_the_person() -> None:
    async with stage() as on:
        on.server.gateway.drop()
        interaction = await on.ann.slash(on.chat, "ask")
        assert (await interaction.answer()).content == "Sure?"


async def test_a_gateway_that_is_down_at_the_first_connect_crashes_the_client() -> None:
    async with DiscordServer() as server:
        server.gateway.refuse(times=1)
        bot = Bot(server, PLAIN)
        with pytest.raises(AttributeError, match="sequence"):
            await bot.start(server.token)
        await bot.close()
        assert server.gateway.refused == 1
        async with running(server, Bot(server, PLAIN)):
            await server.gateway.connected()


async def test_a_gateway_that_is_down_later_is_retried_by_the_client_itself() -> None:
    async with stage() as on:
        on.server.gateway.refuse(times=1)
        on.server.gateway.drop()
        await on.bot.next_event("resumed")
        assert (on.server.gateway.refused, on.server.gateway.resumes) == (1, 1)


async def test_a_kick_and_an_invitation_are_told() -> None:
    async with stage() as on:
        on.guild.kick_bot()
        await on.bot.next_event("guild_remove")
        with pytest.raises(discord.Forbidden) as caught:
            await on.bot.http.send_message(on.chat.id, params=_text("hello"))
        assert caught.value.code == 50001
        on.guild.invite_bot()
        await on.bot.next_event("guild_join")
        assert (await (await on.ann.slash(on.chat, "ask")).answer()).content == "Sure?"


async def test_an_outage_of_a_guild_is_no_kick() -> None:
    async with stage() as on:
        on.guild.go_down()
        await on.bot.next_event("guild_unavailable")
        on.bot.events.clear()
        on.guild.come_back()
        await on.bot.next_event("guild_available")
        assert "guild_remove" not in on.bot.events


async def test_new_and_deleted_channels_are_told() -> None:
    async with stage() as on:
        news = on.guild.channel("news")
        await on.bot.next_event("guild_channel_create")
        on.guild.delete_channel("news")
        await on.bot.next_event("guild_channel_delete")
        with pytest.raises(discord.NotFound) as caught:
            await on.bot.http.send_message(news.id, params=_text("hello"))
        assert caught.value.code == 10003


async def test_a_sharded_client_asks_how_many_shards_and_connects_each() -> None:
    async with DiscordServer(shards=2) as server:
        shards: dict[str, int] = {}
        while len(set(shards.values())) < 2:
            guild = server.guild(f"Guild {len(shards)}")
            shards[guild.name] = (guild.id >> 22) % 2
            server.manual_clock.advance(0.001)
        async with running(server, Sharded(server, intents=PLAIN, guild_ready_timeout=0.0)) as bot:
            await server.until(lambda: len(bot.named()) == len(shards), "all guilds")
            assert bot.named() == shards
            assert server.gateway.identifies == 2


async def test_a_client_that_talks_before_it_identified_is_cut_off() -> None:
    async with DiscordServer() as server, aiohttp.ClientSession() as session:
        for sent, code in (({"op": 3, "d": {}}, 4003), ("no json", 4002), ({"op": 6, "d": {"token": "x"}}, 4004)):
            async with session.ws_connect(f"{server.gateway.url}?v=10&encoding=json") as socket:
                assert (await socket.receive_json())["op"] == 10
                await (socket.send_str(sent) if isinstance(sent, str) else socket.send_json(sent))
                await socket.receive()
                assert socket.close_code == code


class Sharded(discord.AutoShardedClient):
    def __init__(self, server: DiscordServer, **options: Any) -> None:
        super().__init__(**options)
        self.server = server

    async def before_identify_hook(self, _shard_id: int | None, *, initial: bool = False) -> None:
        """The library waits 5 s between shards; here it need not."""

    def dispatch(self, event: str, /, *args: Any, **kwargs: Any) -> None:
        super().dispatch(event, *args, **kwargs)
        self.server.pulse.beat()

    def named(self) -> dict[str, int]:
        """The guilds that have come whole, and their shards."""
        return {guild.name: guild.shard_id for guild in self.guilds if guild.name}


def _text(content: str) -> discord.http.MultipartParameters:
    return discord.http.handle_message_parameters(content)
