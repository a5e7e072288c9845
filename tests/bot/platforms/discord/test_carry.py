"""What Discord refuses, delays or loses of what the bot says unasked, and where in a server it says it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from discord import RateLimited
from discord.http import HTTPClient
from structlog.testing import capture_logs

from bot.delivery.carrier import NOT_CONNECTED
from bot.platforms.discord.patience import limit_of
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


class TestPutOff:
    async def test_a_limit_is_not_slept_through(self, stage: DiscordStage, ann: DiscordPlayer) -> None:
        stage.server.faults.rate_limit(20, route=POST_MESSAGE)
        assert await carry(stage, ann) == Later(timedelta(seconds=20))
        assert ann.chat.unread == []
        assert isinstance(await carry(stage, ann), Sent)

    async def test_nor_is_a_long_one(self, stage: DiscordStage, ann: DiscordPlayer) -> None:
        stage.server.faults.rate_limit(120, route=POST_MESSAGE)
        assert await carry(stage, ann) == Later(timedelta(seconds=120))

    async def test_a_limit_of_one_chat_holds_no_other(self, stage: DiscordStage, ann: DiscordPlayer) -> None:
        bob = await stage.person("Bob")
        stage.server.faults.rate_limit(20, route=POST_MESSAGE, chat=ann.chat)
        assert isinstance(await carry(stage, ann), Later)
        assert isinstance(await carry(stage, bob, "n2"), Sent)

    async def test_a_limit_for_the_whole_bot_holds_all_and_no_answer(
        self, stage: DiscordStage, ann: DiscordPlayer
    ) -> None:
        stage.server.faults.rate_limit(20, route=POST_MESSAGE, is_global=True)
        assert await carry(stage, ann) == Later(timedelta(seconds=20), all=True)
        assert "20 Connects are available." in (await ann.say("/balance")).text

    async def test_what_looks_like_a_ban_holds_all(self, stage: DiscordStage, ann: DiscordPlayer) -> None:
        stage.server.faults.rate_limit(20, route=POST_MESSAGE, via=False)
        assert await carry(stage, ann) == Later(timedelta(seconds=20), all=True)

    def test_a_limit_until_a_date_is_one_of_a_minute(self) -> None:
        headers = {"Via": "1.1 google", "Retry-After": "Sat, 10 Jan 2026 09:00:00 GMT"}
        assert limit_of(headers) == Later(timedelta(minutes=1))

    async def test_a_limit_that_the_library_knows_of_is_not_slept_through(
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

    async def test_direct_messages_opened_too_fast_are_not_the_persons_fault(
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

    async def test_a_lost_answer_is_asked_for_again(self, stage: DiscordStage, ann: DiscordPlayer) -> None:
        stage.server.faults.drop_after(route=POST_MESSAGE)
        assert await carry(stage, ann) == SHORTLY
        sent = await carry(stage, ann)
        assert isinstance(sent, Sent)
        assert (await ann.chat.next_message()).message is not None
        assert ann.chat.unread == []

    async def test_a_line_that_drops_before_the_act_loses_nothing(
        self, stage: DiscordStage, ann: DiscordPlayer
    ) -> None:
        stage.server.faults.drop_before(route=POST_MESSAGE)
        assert await carry(stage, ann) == SHORTLY
        assert isinstance(await carry(stage, ann), Sent)
        assert len(ann.chat.unread) == 1

    async def test_each_page_has_a_nonce_of_its_own_and_comes_once(
        self, stage: DiscordStage, ann: DiscordPlayer
    ) -> None:
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


class TestGone:
    async def test_who_takes_no_messages_is_retired_until_heard_from_again(
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
    async def test_who_was_never_there_is_gone(self, stage: DiscordStage) -> None:
        target = Target("discord", "404", direct=True)
        assert await stage.carrier.carry(target, LONG, SPEAK, "n1") == Unreachable("deleted")

    @pytest.mark.usefixtures("ann")
    async def test_a_server_that_the_bot_is_not_in_is_gone(self, stage: DiscordStage) -> None:
        assert await stage.carrier.carry(Target("discord", "404"), LONG, SPEAK, "n1") == Unreachable("removed")
        assert await retired(stage, "404") == "removed"

    async def test_a_refusal_that_the_gateway_has_not_told_of_retires_the_server(
        self, stage: DiscordStage, lead: DiscordPlayer
    ) -> None:
        lead.chat.bot_may_send = False
        assert await carry(stage, lead) == Unreachable("refused with 50013")
        assert await retired(stage, lead.target.chat) == "refused with 50013"

    async def test_where_the_books_are_out_of_reach_the_outcome_stands(
        self, stage: DiscordStage, ann: DiscordPlayer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def away(*_: object) -> None:
            raise OSError("Secret client")

        monkeypatch.setattr(stage.bot.desk, "gone", away)
        ann.person.blocks_dms = True
        with capture_logs() as logs:
            assert await carry(stage, ann) == Unreachable("refused with 50007")
        assert [entry["event"] for entry in logs] == ["chat_not_noted"]
        assert "Secret" not in str(logs)


class TestServers:
    async def told_in(self, stage: DiscordStage, lead: DiscordPlayer, guild: Guild) -> list[str]:
        assert isinstance(await carry(stage, lead), Sent)
        return [name for name, chat in guild.chats.items() if chat.unread]

    async def test_the_first_channel_is_told(self, stage: DiscordStage, lead: DiscordPlayer, guild: Guild) -> None:
        guild.channel("random")
        assert await self.told_in(stage, lead, guild) == ["general"]

    async def test_the_system_channel_goes_before_it(
        self, stage: DiscordStage, lead: DiscordPlayer, guild: Guild
    ) -> None:
        guild.greet_in("welcome")
        await ready(stage)
        assert await self.told_in(stage, lead, guild) == ["welcome"]

    @pytest.mark.parametrize("lacking", [SEND_MESSAGES, VIEW_CHANNEL])
    async def test_a_channel_that_is_closed_to_the_bot_is_passed_over(
        self, stage: DiscordStage, lead: DiscordPlayer, guild: Guild, lacking: int
    ) -> None:
        guild.channel("random")
        guild.deny_bot("general", lacking)
        await ready(stage)
        assert await self.told_in(stage, lead, guild) == ["random"]

    async def test_a_box_goes_where_it_would_be_seen(
        self, stage: DiscordStage, lead: DiscordPlayer, guild: Guild
    ) -> None:
        guild.channel("random")
        guild.deny_bot("general", EMBED_LINKS)
        await ready(stage)
        assert await self.told_in(stage, lead, guild) == ["general"]
        await stage.carrier.carry(lead.target, BOXED, SPEAK, "n2")
        assert len(guild.channel("random").unread) == 1

    async def test_where_no_channel_is_open_the_server_is_retired(
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

    async def test_a_channel_that_was_just_deleted_is_not_the_last(
        self, stage: DiscordStage, lead: DiscordPlayer
    ) -> None:
        stage.server.faults.refuse(10003, route=POST_MESSAGE)
        assert await carry(stage, lead) == SHORTLY
        assert isinstance(await carry(stage, lead), Sent)


class TestTrouble:
    async def test_before_the_first_connection_all_must_wait(self, stage: DiscordStage, ann: DiscordPlayer) -> None:
        await stage.close()
        assert await carry(stage, ann) == NOT_CONNECTED
        await stage.start()

    async def test_a_token_that_is_no_longer_taken_holds_all(self, stage: DiscordStage, ann: DiscordPlayer) -> None:
        stage.server.faults.refuse(0, route=POST_MESSAGE)
        assert await carry(stage, ann) == NOT_CONNECTED

    async def test_what_discord_does_not_take_fails_by_its_code(self, stage: DiscordStage, ann: DiscordPlayer) -> None:
        assert await stage.carrier.carry(ann.target, LONG, SPEAK, "n" * 26) == Failed("refused with 50035")

    async def test_a_fault_of_the_library_is_an_outcome(
        self, stage: DiscordStage, ann: DiscordPlayer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def broken(*_: object, **__: object) -> None:
            raise KeyError("Secret client")

        monkeypatch.setattr(HTTPClient, "send_message", broken)
        with capture_logs() as logs:
            assert str(await carry(stage, ann)) == "Uncertain(why='KeyError')"
        assert "Secret" not in str(logs)

    async def test_a_stop_lets_what_is_under_way_arrive(self, stage: DiscordStage, ann: DiscordPlayer) -> None:
        stage.stop.set()
        assert isinstance(await stage.carrier.carry(ann.target, LONG, SPEAK, "n1"), Sent)
        await stage.close()
        await stage.start()

    async def test_nobody_is_mentioned(self, stage: DiscordStage, ann: DiscordPlayer) -> None:
        given = reply(say("opt-title"), Fields(((say("button-lots"), "@everyone <@1>"),)))
        assert isinstance(await stage.carrier.carry(ann.target, given, SPEAK, "n1"), Sent)
        assert stage.server.requests.to(POST_MESSAGE)[-1].body["allowed_mentions"]["parse"] == []
