"""Answers that Discord refuses, delays or loses, and what must never be logged."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest
import structlog
from discord.gateway import DiscordWebSocket

from bot.commands import by_name
from bot.dispatch.desk import Desk
from bot.dispatch.dialog import Dialog
from bot.platforms.discord.settings import OWN_GATEWAY, point_at
from core.wallets.people import ChatRef
from tests.bot.stages.discord import Settings, retired, settings_of
from tests.loopback.discord import CALLBACK, POST_MESSAGE

if TYPE_CHECKING:
    from core.wallets.people import Chat
    from tests.bot.stages.discord import DiscordPlayer, DiscordStage
    from tests.loopback.discord import Guild


async def chat_of(stage: DiscordStage, player: DiscordPlayer) -> Chat:
    chat = await stage.bot.store.people.chat(ChatRef("discord", f"dm{player.person.id}"))
    assert chat is not None
    return chat


async def test_a_short_rate_limit_is_waited_out(stage: DiscordStage, ann: DiscordPlayer) -> None:
    fault = stage.server.faults.rate_limit(0.01, route=POST_MESSAGE)
    await ann.person.say(ann.chat, "spend 5 Logo")
    assert "#2 booked" in (await ann.chat.next_message()).text
    assert fault.hits == 1


async def test_a_long_rate_limit_is_not_waited_out_and_the_booking_stays(
    stage: DiscordStage, ann: DiscordPlayer
) -> None:
    with structlog.testing.capture_logs() as logs:
        stage.server.faults.rate_limit(120, route=POST_MESSAGE)
        await ann.person.say(ann.chat, "spend 5 Logo")
        await ann.person.say(ann.chat, "balance")
        assert "15 Connects are available." in (await ann.chat.next_message()).text
    assert [entry["kind"] for entry in logs if entry["event"] == "answer_lost"] == ["RateLimited"]


async def test_a_rate_limit_on_an_answer_to_a_command_is_waited_out(stage: DiscordStage, ann: DiscordPlayer) -> None:
    stage.server.faults.rate_limit(0.01, route=CALLBACK)
    assert "#2 booked" in (await ann.say("/spend 5 Logo")).text


async def test_an_answer_that_fails_for_a_moment_is_sent_again(stage: DiscordStage, ann: DiscordPlayer) -> None:
    for status, route in ((503, POST_MESSAGE), (502, CALLBACK)):
        stage.server.faults.fail(status, route=route)
    await ann.person.say(ann.chat, "spend 5 Logo")
    assert "#2 booked" in (await ann.chat.next_message()).text
    assert "#3 booked" in (await ann.say("/spend 5 Logo")).text


async def test_a_broken_connection_loses_and_doubles_nothing(stage: DiscordStage, ann: DiscordPlayer) -> None:
    faults = stage.server.faults
    for number, drop in ((2, faults.drop_before), (3, faults.drop_after)):
        drop(route=POST_MESSAGE)
        await ann.person.say(ann.chat, "spend 1 Logo")
        assert f"#{number} booked" in (await ann.chat.next_message()).text
    for number, drop in ((4, faults.drop_before), (5, faults.drop_after)):
        drop(route=CALLBACK)
        assert f"#{number} booked" in (await ann.say("/spend 1 Logo")).text
    assert ann.chat.unread == []


async def test_someone_who_blocks_the_bot_is_retired_until_they_write(stage: DiscordStage) -> None:
    bob = await stage.person("Bob")
    bob.person.blocks_dms = True
    await bob.person.say(bob.chat, "start")
    await stage.server.until(lambda: stage.server.requests.with_status(403), "the refusal")
    await stage.restart()
    assert (await chat_of(stage, bob)).retired == "blocked"
    bob.person.blocks_dms = False
    assert "20 Connects are available." in (await bob.say("/start")).text
    await stage.restart()
    assert (await chat_of(stage, bob)).retired == ""


@pytest.mark.parametrize("code", [40333, 40002, 40004, 40006, 50001, 50013, 59999])
async def test_a_refusal_that_does_not_speak_of_the_person_retires_nobody(
    stage: DiscordStage, ann: DiscordPlayer, code: int
) -> None:
    with structlog.testing.capture_logs() as logs:
        stage.server.faults.refuse(code, route=POST_MESSAGE)
        await ann.person.say(ann.chat, "balance")
        await stage.server.until(lambda: stage.server.requests.with_status(403), "the refusal")
        await stage.restart()
    assert (await chat_of(stage, ann)).retired == ""
    assert [entry["code"] for entry in logs if entry["event"] == "answer_lost"] == [code]


async def test_a_page_of_the_firewall_retires_nobody(stage: DiscordStage, ann: DiscordPlayer) -> None:
    stage.server.faults.fail(403, route=POST_MESSAGE)
    await ann.person.say(ann.chat, "balance")
    await stage.server.until(lambda: stage.server.requests.with_status(403), "the refusal")
    await stage.restart()
    assert (await chat_of(stage, ann)).retired == ""


async def test_a_refused_answer_in_a_server_does_not_retire_it(stage: DiscordStage, lead: DiscordPlayer) -> None:
    stage.server.faults.refuse(50001, route=CALLBACK)
    await lead.person.slash(lead.chat, "balance")
    await stage.server.until(lambda: stage.server.requests.with_status(403), "the refusal")
    await stage.restart()
    assert await retired(stage, lead.target.chat) == ""


async def test_an_answer_that_comes_too_late_is_logged(stage: DiscordStage, ann: DiscordPlayer) -> None:
    with structlog.testing.capture_logs() as logs:
        act = await ann.person.slash(ann.chat, "spend", connects=5, title="Secret client")
        stage.bot.clock.pass_(seconds=5)
        await stage.server.until(lambda: stage.server.requests.with_status(404), "the refusal")
        assert act.is_too_late
        assert "15 Connects are available." in (await ann.say("/balance")).text
    (lost,) = [entry for entry in logs if entry["event"] == "answer_lost"]
    assert (lost["status"], lost["code"]) == (404, 10062)


class BrokenDesk(Desk):
    """A desk that answers, but fails at everything else."""

    async def suggest(self, *_: object) -> tuple[tuple[str, str], ...]:
        raise RuntimeError("Secret client")

    async def chat_left(self, *_: object) -> None:
        raise RuntimeError("Secret client")


async def test_an_error_beside_an_answer_is_logged_without_its_text(stage: DiscordStage, guild: Guild) -> None:
    stage.bot.desk = BrokenDesk(stage.bot.store, stage.bot.books, by_name(), Dialog(stage.bot.store.notes))
    with structlog.testing.capture_logs() as logs:
        await stage.restart()
        bob = await stage.person("Bob")
        assert "Hello Bob!" in (await bob.say("/start")).text
        guild.kick_bot()
        assert await bob.person.autocomplete(bob.chat, "spend", focused="title", title="a") == []
        await stage.restart()
    faults = [(entry["kind"], entry["handler"]) for entry in logs if entry["event"] == "fault"]
    assert faults == [("RuntimeError", "on_guild_remove"), ("RuntimeError", "suggest")]
    assert "Secret" not in str(logs)


async def test_neither_token_nor_words_are_logged(
    stage: DiscordStage, ann: DiscordPlayer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with structlog.testing.capture_logs() as logs:
        stage.server.faults.rate_limit(0.01, route=POST_MESSAGE)
        stage.server.gateway.drop()
        await ann.say("/spend 5 Secret client")
        await ann.person.say(ann.chat, "spend 5 Secret client")
        await ann.chat.next_message()
        await stage.restart()
    written = caplog.text + str(logs)
    assert "answered" in written
    assert stage.server.token not in written
    assert "Secret client" not in written


def test_an_empty_gateway_means_discords_own(monkeypatch: pytest.MonkeyPatch, stage: DiscordStage) -> None:
    settings = settings_of(stage.server)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", DiscordWebSocket.DEFAULT_GATEWAY)
    point_at(Settings(settings.discord_token, settings.discord_api_url, ""))
    assert DiscordWebSocket.DEFAULT_GATEWAY == OWN_GATEWAY
