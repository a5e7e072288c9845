"""Editing notices on Discord: refusals, rate limits and lost responses."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from discord.http import HTTPClient
from structlog.testing import capture_logs

from bot.delivery.carrier import NO_MESSAGE, NOT_CONNECTED
from bot.reply.parts import reply, say
from core.delivery.outcome import Failed, Later, Sent, Uncertain
from tests.bot.carried import FILE, SPEAK, amend, carry
from tests.bot.stages.discord import ready, retired

if TYPE_CHECKING:
    from core.delivery.outcome import Outcome
    from tests.bot.stages.discord import DiscordPlayer, DiscordStage
    from tests.loopback.discord import Guild

EDIT = "PATCH /channels/{channel_id}/messages/{message_id}"
SHORTLY = Later(timedelta(seconds=5), fault=True)
LONG = reply(*(say("balance-now", connects=number) for number in range(1, 120)))


@pytest.fixture
async def sent(stage: DiscordStage, ann: DiscordPlayer) -> Outcome:
    sent = await carry(stage, ann)
    await ann.read()
    return sent


async def test_a_message_is_edited_in_its_own_channel(stage: DiscordStage, lead: DiscordPlayer, guild: Guild) -> None:
    offers = guild.channel("offers")
    await ready(stage)
    target = lead.target._replace(place=str(offers.id))
    sent = await stage.carrier.carry(target, FILE, SPEAK, "n1")
    shown = await offers.next_message()
    assert await amend(stage, lead, sent) == sent
    assert (shown.now().text, shown.now().files) == ("8 left", ())


async def test_of_several_pages_the_first_is_used(stage: DiscordStage, ann: DiscordPlayer, sent: Outcome) -> None:
    assert await amend(stage, ann, sent, LONG) == sent
    assert (await ann.read_again()).text.startswith("1 Connect")
    assert ann.chat.unread == []


class TestNoMessage:
    async def test_a_deleted_message_fails(self, stage: DiscordStage, ann: DiscordPlayer, sent: Outcome) -> None:
        ann.chat.messages[-1].deleted = True
        assert await amend(stage, ann, sent) == NO_MESSAGE

    async def test_a_message_in_a_deleted_channel_fails(
        self, stage: DiscordStage, lead: DiscordPlayer, guild: Guild
    ) -> None:
        sent = await carry(stage, lead)
        guild.delete_channel("general")
        assert await amend(stage, lead, sent) == NO_MESSAGE

    async def test_a_message_in_a_closed_channel_fails_without_retiring_the_server(
        self, stage: DiscordStage, lead: DiscordPlayer
    ) -> None:
        sent = await carry(stage, lead)
        lead.chat.bot_may_view = False
        assert await amend(stage, lead, sent) == NO_MESSAGE
        assert await retired(stage, lead.target.chat) == ""

    async def test_somebody_elses_message_fails(self, stage: DiscordStage, ann: DiscordPlayer) -> None:
        await ann.say("hello")
        theirs = next(one for one in reversed(ann.chat.messages) if one.author is ann.person)
        assert await amend(stage, ann, Sent(f"{ann.chat.id}/{theirs.id}")) == NO_MESSAGE

    @pytest.mark.parametrize("message", ["404", "1/", "here/1", ""])
    async def test_an_invalid_id_fails(self, stage: DiscordStage, ann: DiscordPlayer, message: str) -> None:
        assert await amend(stage, ann, Sent(message)) == NO_MESSAGE
        assert stage.server.requests.to(EDIT) == []


class TestTrouble:
    async def test_a_rate_limit_is_not_waited_out(self, stage: DiscordStage, ann: DiscordPlayer, sent: Outcome) -> None:
        stage.server.faults.rate_limit(20, route=EDIT)
        assert await amend(stage, ann, sent) == Later(timedelta(seconds=20))
        assert await amend(stage, ann, sent) == sent

    async def test_an_outage_is_not_waited_out(self, stage: DiscordStage, ann: DiscordPlayer, sent: Outcome) -> None:
        stage.server.faults.fail(502, route=EDIT)
        assert await amend(stage, ann, sent) == SHORTLY

    async def test_after_a_lost_response_it_may_be_retried(
        self, stage: DiscordStage, ann: DiscordPlayer, sent: Outcome
    ) -> None:
        stage.server.faults.drop_after(route=EDIT)
        assert await amend(stage, ann, sent) == Uncertain("lost answer")
        assert await amend(stage, ann, sent) == sent
        assert (await ann.read_again()).text == "8 left"

    async def test_a_refused_token_defers_everything(
        self, stage: DiscordStage, ann: DiscordPlayer, sent: Outcome
    ) -> None:
        stage.server.faults.refuse(0, route=EDIT)
        assert await amend(stage, ann, sent) == NOT_CONNECTED

    async def test_a_refused_message_fails_with_its_code(
        self, stage: DiscordStage, ann: DiscordPlayer, sent: Outcome
    ) -> None:
        stage.server.faults.refuse(50013, route=EDIT)
        assert await amend(stage, ann, sent) == Failed("refused with 50013")

    async def test_an_error_of_the_library_is_an_uncertain_outcome(
        self, stage: DiscordStage, ann: DiscordPlayer, sent: Outcome, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def broken(*_: object, **__: object) -> None:
            raise KeyError("Secret client")

        monkeypatch.setattr(HTTPClient, "edit_message", broken)
        with capture_logs() as logs:
            assert await amend(stage, ann, sent) == Uncertain("KeyError")
        assert "Secret" not in str(logs)
