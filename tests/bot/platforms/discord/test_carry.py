"""Sending notices on Discord: refusals, rate limits, lost responses, and the choice of a server's channel."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from discord import RateLimited
from discord.http import HTTPClient
from structlog.testing import capture_logs

from bot.delivery.carrier import NOT_CONNECTED
from bot.platforms.discord.sending.fail_fast import limit_of
from bot.reply.parts import Fields, reply, say
from core.delivery.notice import Target
from core.delivery.outcome import Failed, Later, Sent, Unreachable
from tests.bot.carried import SPEAK, carry
from tests.bot.stages.discord import ready, retired
from tests.loopback.discord import EMBED_LINKS, POST_MESSAGE, SEND_MESSAGES, VIEW_CHANNEL

if TYPE_CHECKING:
    from tests.bot.stages.discord import DiscordPlayer, DiscordStage
    from tests.loopback.discord import Guild

OPEN_DM = "POST /users/@me/channels"
SHORTLY = Later(timedelta(seconds=5), fault=True)
LONG = reply(*(say("balance-now", connects=number) for number in range(1, 120)))
BOXED = reply(Fields(((say("button-lots"), 1),)))


class TestTryLater:
    async def test_a_rate_limit_is_not_waited_out(self, stage: DiscordStage, ann: DiscordPlayer) -> None:
        stage.server.faults.rate_limit(20, route=POST_MESSAGE)
        assert await carry(stage, ann) == Later(timedelta(seconds=20))
        assert ann.chat.unread == []
        assert isinstance(await carry(stage, ann), Sent)

    async def test_a_long_rate_limit_is_not_waited_out(self, stage: DiscordStage, ann: DiscordPlayer) -> None:
        stage.server.faults.rate_limit(120, route=POST_MESSAGE)
        assert await carry(stage, ann) == Later(timedelta(seconds=120))

    async def test_a_rate_limit_of_one_chat_does_not_delay_others(
        self, stage: DiscordStage, ann: DiscordPlayer
    ) -> None:
        bob = await stage.person("Bob")
        stage.server.faults.rate_limit(20, route=POST_MESSAGE, chat=ann.chat)
        assert isinstance(await carry(stage, ann), Later)
        assert isinstance(await carry(stage, bob, "n2"), Sent)

    async def test_a_global_rate_limit_delays_all_notices_but_no_answer(
        self, stage: DiscordStage, ann: DiscordPlayer
    ) -> None:
        stage.server.faults.rate_limit(20, route=POST_MESSAGE, is_global=True)
        assert await carry(stage, ann) == Later(timedelta(seconds=20), all=True)
        assert "20 Connects are available." in (await ann.say("/balance")).text

    async def test_what_looks_like_a_ban_delays_all(self, stage: DiscordStage, ann: DiscordPlayer) -> None:
        stage.server.faults.rate_limit(20, route=POST_MESSAGE, via=False)
        assert await carry(stage, ann) == Later(timedelta(seconds=20), all=True)

    def test_a_rate_limit_with_a_date_counts_as_a_minute(self) -> None:
        headers = {"Via": "1.1 google", "Retry-After": "Sat, 10 Jan 2026 09:00:00 GMT"}
        assert limit_of(headers) == Later(timedelta(minutes=1))

    async def test_a_rate_limit_that_the_library_knows_is_not_waited_out(
        self, stage: DiscordStage, ann: DiscordPlayer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def limited(*_: object, **__: object) -> None:
            raise RateLimited(40)

        monkeypatch.setattr(HTTPClient, "send_message", limited)
        assert await carry(stage, ann) == Later(timedelta(seconds=40))

    @pytest.mark.parametrize("status", [500, 502, 503, 504])
    async def test_an_outage_is_not_waited_out(self, stage: DiscordStage, ann: DiscordPlayer, status: int) -> None:
        stage.server.faults.fail(status, route=POST_MESSAGE)
        assert await carry(stage, ann) == SHORTLY
        assert isinstance(await carry(stage, ann), Sent)
        assert len(stage.server.requests.to(POST_MESSAGE)) == 2

    async def test_direct_messages_opened_too_fast_do_not_retire_the_person(
        self, stage: DiscordStage, ann: DiscordPlayer
    ) -> None:
        await stage.restart()
        await ready(stage)
        stage.server.faults.refuse(40003, route=OPEN_DM)
        assert await carry(stage, ann) == Later(timedelta(minutes=10))
        assert await retired(stage, f"dm{ann.person.id}") == ""


class TestOnce:
    async def test_the_same_nonce_is_the_same_message(self, stage: DiscordStage, ann: DiscordPlayer) -> None:
        first, second = await carry(stage, ann), await carry(stage, ann)
        assert first == second
        await ann.chat.next_message()
        assert ann.chat.unread == []

    async def test_a_lost_response_is_asked_for_again(self, stage: DiscordStage, ann: DiscordPlayer) -> None:
        stage.server.faults.drop_after(route=POST_MESSAGE)
        assert await carry(stage, ann) == SHORTLY
        sent = await carry(stage, ann)
        assert isinstance(sent, Sent)
        assert (await ann.chat.next_message()).message is not None
        assert ann.chat.unread == []

    async def test_a_connection_that_breaks_before_the_call_loses_nothing(
        self, stage: DiscordStage, ann: DiscordPlayer
    ) -> None:
        stage.server.faults.drop_before(route=POST_MESSAGE)
        assert await carry(stage, ann) == SHORTLY
        assert isinstance(await carry(stage, ann), Sent)
        assert len(ann.chat.unread) == 1

    async def test_each_page_has_its_own_nonce_and_is_sent_once(self, stage: DiscordStage, ann: DiscordPlayer) -> None:
        nonce = "n" * 25
        faults = [
            stage.server.faults.drop_after(route=POST_MESSAGE),
            stage.server.faults.drop_after(route=POST_MESSAGE),
        ]
        for _ in faults:
            assert await stage.carrier.carry(ann.target, LONG, SPEAK, nonce) == SHORTLY
        sent = await stage.carrier.carry(ann.target, LONG, SPEAK, nonce)
        pages = ann.chat.unread
        assert len(pages) == 2
        assert sent == Sent(f"{ann.chat.id}/{pages[0].message.id if pages[0].message else 0}")
        assert {len(str(call.body["nonce"])) for call in stage.server.requests.to(POST_MESSAGE)} == {24, 25}


class TestUnreachable:
    async def test_someone_who_accepts_no_messages_is_retired_until_they_write(
        self, stage: DiscordStage, ann: DiscordPlayer
    ) -> None:
        ann.person.blocks_dms = True
        assert await carry(stage, ann) == Unreachable("refused with 50007")
        assert await retired(stage, f"dm{ann.person.id}") == "refused with 50007"
        ann.person.blocks_dms = False
        await ann.say("/balance")
        await ready(stage)
        assert await retired(stage, f"dm{ann.person.id}") == ""

    @pytest.mark.usefixtures("ann")
    async def test_an_unknown_person_is_unreachable(self, stage: DiscordStage) -> None:
        target = Target("discord", "404", direct=True)
        assert await stage.carrier.carry(target, LONG, SPEAK, "n1") == Unreachable("deleted")

    @pytest.mark.usefixtures("ann")
    async def test_a_server_without_the_bot_is_unreachable(self, stage: DiscordStage) -> None:
        assert await stage.carrier.carry(Target("discord", "404"), LONG, SPEAK, "n1") == Unreachable("removed")
        assert await retired(stage, "404") == "removed"

    async def test_a_refusal_before_the_gateways_event_retires_the_server(
        self, stage: DiscordStage, lead: DiscordPlayer
    ) -> None:
        lead.chat.bot_may_send = False
        assert await carry(stage, lead) == Unreachable("refused with 50013")
        assert await retired(stage, lead.target.chat) == "refused with 50013"

    async def test_if_the_store_is_out_of_reach_the_outcome_stands(
        self, stage: DiscordStage, ann: DiscordPlayer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def away(*_: object) -> None:
            raise OSError("Secret client")

        monkeypatch.setattr(stage.bot.desk, "chat_unreachable", away)
        ann.person.blocks_dms = True
        with capture_logs() as logs:
            assert await carry(stage, ann) == Unreachable("refused with 50007")
        assert [entry["event"] for entry in logs] == ["chat_not_noted"]
        assert "Secret" not in str(logs)


class TestServers:
    async def told_in(self, stage: DiscordStage, lead: DiscordPlayer, guild: Guild) -> list[str]:
        assert isinstance(await carry(stage, lead), Sent)
        return [name for name, chat in guild.chats.items() if chat.unread]

    async def test_the_first_channel_is_used(self, stage: DiscordStage, lead: DiscordPlayer, guild: Guild) -> None:
        guild.channel("random")
        assert await self.told_in(stage, lead, guild) == ["general"]

    async def test_the_system_channel_is_preferred(
        self, stage: DiscordStage, lead: DiscordPlayer, guild: Guild
    ) -> None:
        guild.greet_in("welcome")
        await ready(stage)
        assert await self.told_in(stage, lead, guild) == ["welcome"]

    @pytest.mark.parametrize("lacking", [SEND_MESSAGES, VIEW_CHANNEL])
    async def test_a_channel_that_is_closed_to_the_bot_is_skipped(
        self, stage: DiscordStage, lead: DiscordPlayer, guild: Guild, lacking: int
    ) -> None:
        guild.channel("random")
        guild.deny_bot("general", lacking)
        await ready(stage)
        assert await self.told_in(stage, lead, guild) == ["random"]

    async def test_an_embed_goes_to_a_channel_that_shows_it(
        self, stage: DiscordStage, lead: DiscordPlayer, guild: Guild
    ) -> None:
        guild.channel("random")
        guild.deny_bot("general", EMBED_LINKS)
        await ready(stage)
        assert await self.told_in(stage, lead, guild) == ["general"]
        await stage.carrier.carry(lead.target, BOXED, SPEAK, "n2")
        assert len(guild.channel("random").unread) == 1

    async def test_if_no_channel_is_open_the_server_is_retired(
        self, stage: DiscordStage, lead: DiscordPlayer, guild: Guild
    ) -> None:
        guild.deny_bot("general", SEND_MESSAGES)
        await ready(stage)
        assert await carry(stage, lead) == Unreachable("no channel")
        assert await retired(stage, lead.target.chat) == "no channel"

    async def test_an_outage_of_a_server_is_waited_out(
        self, stage: DiscordStage, lead: DiscordPlayer, guild: Guild
    ) -> None:
        guild.go_down()
        await ready(stage)
        assert await carry(stage, lead) == SHORTLY
        guild.come_back()
        await ready(stage)
        assert isinstance(await carry(stage, lead), Sent)

    async def test_a_channel_that_was_just_deleted_is_skipped(self, stage: DiscordStage, lead: DiscordPlayer) -> None:
        stage.server.faults.refuse(10003, route=POST_MESSAGE)
        assert await carry(stage, lead) == SHORTLY
        assert isinstance(await carry(stage, lead), Sent)


class TestTrouble:
    async def test_before_the_first_connection_everything_is_deferred(
        self, stage: DiscordStage, ann: DiscordPlayer
    ) -> None:
        await stage.close()
        assert await carry(stage, ann) == NOT_CONNECTED
        await stage.start()

    async def test_a_refused_token_defers_everything(self, stage: DiscordStage, ann: DiscordPlayer) -> None:
        stage.server.faults.refuse(0, route=POST_MESSAGE)
        assert await carry(stage, ann) == NOT_CONNECTED

    async def test_a_refused_message_fails_with_its_code(self, stage: DiscordStage, ann: DiscordPlayer) -> None:
        assert await stage.carrier.carry(ann.target, LONG, SPEAK, "n" * 26) == Failed("refused with 50035")

    async def test_an_error_of_the_library_is_an_uncertain_outcome(
        self, stage: DiscordStage, ann: DiscordPlayer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def broken(*_: object, **__: object) -> None:
            raise KeyError("Secret client")

        monkeypatch.setattr(HTTPClient, "send_message", broken)
        with capture_logs() as logs:
            assert str(await carry(stage, ann)) == "Uncertain(why='KeyError')"
        assert "Secret" not in str(logs)

    async def test_a_stop_waits_for_calls_in_progress(self, stage: DiscordStage, ann: DiscordPlayer) -> None:
        stage.stop.set()
        assert isinstance(await stage.carrier.carry(ann.target, LONG, SPEAK, "n1"), Sent)
        await stage.close()
        await stage.start()

    async def test_nobody_is_mentioned(self, stage: DiscordStage, ann: DiscordPlayer) -> None:
        given = reply(say("opt-title"), Fields(((say("button-lots"), "@everyone <@1>"),)))
        assert isinstance(await stage.carrier.carry(ann.target, given, SPEAK, "n1"), Sent)
        assert stage.server.requests.to(POST_MESSAGE)[-1].body["allowed_mentions"]["parse"] == []
