"""The connection: lost and restored, refused, and the registration of commands."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from structlog.testing import capture_logs

from bot.commands import by_name
from bot.dispatch.desk import Desk
from bot.dispatch.dialog import Dialog
from bot.platforms.discord import DiscordPlatform
from bot.platforms.port import RejectedError
from core.wallets.people import ChatRef
from tests.bot.stages.discord import DiscordPlayer, DiscordStage, Hand, settings_of
from tests.loopback.discord import CALLBACK, MANAGE_GUILD, DiscordServer
from tests.patience import PATIENCE

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable

    from core.wallets.people import Chat
    from tests.bot.stage import Bot

REGISTER = "PUT /applications/{application_id}/commands"


@asynccontextmanager
async def supervised(platform: DiscordPlatform, failures: list[Exception]) -> AsyncGenerator[None]:
    """Run it as main does, but without pauses."""
    stop = asyncio.Event()

    async def serve() -> None:
        while not stop.is_set():
            try:
                await platform.run(stop)
            except ConnectionError as error:
                failures.append(error)

    serving = asyncio.create_task(serve())
    try:
        yield
    finally:
        stop.set()
        await serving


async def eventually(probe: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not await probe():  # noqa: ASYNC110 - a store rings no bell
            await asyncio.sleep(0)


async def test_events_missed_meanwhile_are_answered_after_a_resume(stage: DiscordStage, ann: DiscordPlayer) -> None:
    stage.server.gateway.drop()
    assert "#2 booked" in (await ann.say("/spend 5 Logo")).text
    assert (stage.server.gateway.identifies, stage.server.gateway.resumes) == (1, 1)


async def test_a_request_to_reconnect_is_followed(stage: DiscordStage, ann: DiscordPlayer) -> None:
    stage.server.gateway.ask_to_reconnect()
    await stage.server.until(lambda: stage.server.gateway.resumes, "a resume")
    assert "#2 booked" in (await ann.say("/spend 5 Logo")).text


async def test_a_gateway_that_is_down_at_first_is_tried_again(bot: Bot) -> None:
    failures: list[Exception] = []
    async with DiscordServer(clock=Hand(bot.clock)) as server:
        server.gateway.refuse(1)
        platform = DiscordPlatform(settings_of(server), bot.desk, bot.store)
        async with supervised(platform, failures):
            await server.gateway.connected()
            ann = server.person("Ann")
            assert "20 free Connects" in (await (await ann.slash(ann.dm, "start")).answer()).text
    assert [str(failure) for failure in failures] == ["Discord's gateway cannot be reached"]


async def test_a_wrong_token_is_rejected_with_the_name_of_its_setting(bot: Bot) -> None:
    async with DiscordServer(clock=Hand(bot.clock)) as server:
        platform = DiscordPlatform(settings_of(server, "not-the-token"), bot.desk, bot.store)
        with pytest.raises(RejectedError, match="DISCORD_TOKEN") as caught:
            await platform.run(asyncio.Event())
        assert "not-the-token" not in str(caught.value)


async def test_a_token_that_was_reset_is_rejected_too(stage: DiscordStage) -> None:
    stage.server.state.token = "another"
    stage.server.gateway.drop()
    assert stage.running is not None
    with pytest.raises(RejectedError, match="DISCORD_TOKEN"):
        await stage.running
    stage.running = None


@pytest.mark.parametrize(
    ("code", "reason", "advice"),
    [
        (4004, "Authentication failed.", "DISCORD_TOKEN"),
        (4010, "Invalid shard.", "code 4010.*latest version"),
        (4011, "Sharding required.", "more than 2,500 servers.*second application"),
        (4012, "Invalid API version.", "code 4012.*latest version"),
        (4013, "Invalid intent(s).", "code 4013.*latest version"),
        (4014, "Disallowed intent(s).", "code 4014.*Developer Portal"),
    ],
)
async def test_a_connection_that_is_refused_for_good_ends_with_words(
    bot: Bot, code: int, reason: str, advice: str
) -> None:
    async with DiscordServer(clock=Hand(bot.clock)) as server:
        server.gateway.turn_away(code, reason)
        with pytest.raises(RejectedError, match=advice):
            await DiscordPlatform(settings_of(server), bot.desk, bot.store).run(asyncio.Event())
        assert (server.gateway.identifies, server.gateway.close_codes) == (1, [code])


@pytest.mark.parametrize("shards", [1, 2, 3])
async def test_the_way_to_2500_servers_is_announced_and_its_end_has_words(bot: Bot, shards: int) -> None:
    async with DiscordServer(clock=Hand(bot.clock), shards=shards) as server:
        stop, platform = asyncio.Event(), DiscordPlatform(settings_of(server), bot.desk, bot.store)
        with capture_logs() as logs:
            running = asyncio.create_task(platform.run(stop))
            if shards > 2:
                with pytest.raises(RejectedError, match=r"2,500 servers"):
                    await running
            else:
                await server.gateway.connected()
            stop.set()
            await asyncio.gather(running, return_exceptions=True)
    warned = [entry["advice"] for entry in logs if entry["event"] == "many_servers"]
    assert [f"recommends {shards} shards" in advice for advice in warned] == [True] * (shards > 1)


async def test_another_bot_than_the_one_of_the_database_is_refused_before_it_connects(bot: Bot) -> None:
    async with DiscordServer(clock=Hand(bot.clock)) as server:
        mine = server.bot.id
        for _ in range(2):  # the same bot is welcome again
            async with supervised(DiscordPlatform(settings_of(server), bot.desk, bot.store), []):
                await server.gateway.connected()
            await server.gateway.disconnected()
    bot.clock.pass_(seconds=1)  # ids are made of the time
    async with DiscordServer(clock=Hand(bot.clock)) as server:
        platform = DiscordPlatform(settings_of(server), bot.desk, bot.store)
        with pytest.raises(RejectedError, match=rf"id {mine}.*bot {server.bot.id}.*connects adopt discord"):
            await platform.run(asyncio.Event())
        assert (server.gateway.identifies, server.commands.writes) == (0, 0)


async def test_no_privileged_intent_is_asked_for(bot: Bot) -> None:
    async with DiscordServer(clock=Hand(bot.clock)) as server:
        server.gateway.granted = 0
        async with supervised(DiscordPlatform(settings_of(server), bot.desk, bot.store), []):
            await server.gateway.connected()
        assert server.gateway.close_codes == []


async def test_stopping_before_the_connection_is_ready_is_clean(bot: Bot) -> None:
    async with DiscordServer(clock=Hand(bot.clock)) as server:
        stop = asyncio.Event()
        stop.set()
        await DiscordPlatform(settings_of(server), bot.desk, bot.store).run(stop)
        assert not server.gateway.is_connected


async def test_commands_are_registered_only_when_they_changed(stage: DiscordStage) -> None:
    await stage.restart()
    assert stage.server.commands.writes == 1
    fewer = {name: found for name, found in by_name().items() if found.name != "adjust"}
    stage.bot.desk = Desk(stage.bot.store, stage.bot.books, fewer, Dialog(stage.bot.store.notes))
    await stage.restart()
    assert stage.server.commands.writes == 2
    ann = await stage.person("Ann")
    assert "adjust" not in ann.person.menu(ann.chat)


async def test_commands_that_cannot_be_registered_are_registered_at_the_next_start(bot: Bot) -> None:
    async with DiscordServer(clock=Hand(bot.clock)) as server:
        server.faults.rate_limit(3600, route=REGISTER)
        platform = DiscordPlatform(settings_of(server), bot.desk, bot.store)
        async with supervised(platform, []):
            await server.gateway.connected()
        assert server.commands.writes == 0
        await server.gateway.disconnected()
        async with supervised(platform, []):
            await server.gateway.connected()
        assert server.commands.writes == 1


async def test_servers_that_come_and_go_are_noted(stage: DiscordStage, ann: DiscordPlayer) -> None:
    await ann.say("/balance")
    guild = stage.server.guild("Team")
    ref = ChatRef("discord", str(guild.id))

    async def known(fits: Callable[[Chat], bool]) -> bool:
        chat = await stage.bot.store.people.chat(ref)
        return chat is not None and fits(chat)

    guild.invite_bot()
    await eventually(lambda: known(lambda chat: (chat.title, chat.retired) == ("Team", "")))
    guild.kick_bot()
    await eventually(lambda: known(lambda chat: chat.retired == "removed"))
    guild.invite_bot()
    await eventually(lambda: known(lambda chat: chat.retired == ""))


async def test_a_server_is_greeted_once(stage: DiscordStage, ann: DiscordPlayer) -> None:
    await ann.say("/balance")
    guild = stage.server.guild("Agency")
    guild.invite_bot()
    greeting = await guild.channel("general").next_message()
    assert "/subscribe" in greeting.text
    assert greeting.labels == ["Start", "What can you do?"]
    guild.kick_bot()
    guild.invite_bot()
    await stage.restart()
    await ann.say("/balance")
    assert guild.channel("general").unread == []
    guild.add(ann.person, roles=(guild.role("Lead", MANAGE_GUILD),))
    opened = await (await ann.person.press(greeting, "Start")).answer()
    assert "The wallet of Agency is open" in opened.text


async def test_an_outage_of_a_server_does_not_count_as_a_removal(stage: DiscordStage, lead: DiscordPlayer) -> None:
    guild = stage.guilds["Team"]
    guild.go_down()
    guild.come_back()
    await lead.say("/balance")
    chat = await stage.bot.store.people.chat(ChatRef("discord", str(guild.id)))
    assert chat is not None
    assert chat.retired == ""


async def test_every_call_goes_to_the_addresses_in_the_settings(stage: DiscordStage, ann: DiscordPlayer) -> None:
    await ann.say("/spend 5 Logo")
    assert stage.server.requests.to(CALLBACK)
    assert stage.server.gateway.identifies == 1
