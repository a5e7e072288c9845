"""Sending notices on Telegram: refusals, rate limits and lost responses. Each call is made once."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from structlog.testing import capture_logs
from telegram import Message

from bot.delivery.carrier import NOT_CONNECTED
from bot.platforms.telegram.sending.limits import Limits
from bot.reply.parts import reply, say
from core.delivery.notice import Target
from core.delivery.outcome import Failed, Later, Moved, PlaceLost, Sent, Uncertain, Unreachable
from core.wallets.people import ChatRef
from tests.bot.carried import SPEAK, TOLD, carry
from tests.bot.stages.telegram import a_stage
from tests.clock import TestClock
from tests.loopback.telegram.wire import ApiError, bad_request, forbidden

if TYPE_CHECKING:
    from tests.bot.stage import Bot
    from tests.bot.stages.telegram import TelegramPlayer, TelegramStage

SEND = "sendMessage"
LONG = reply(*(say("balance-now", connects=number) for number in range(1, 250)))


@pytest.fixture
async def bob(stage: TelegramStage) -> TelegramPlayer:
    bob = await stage.person("Bob")
    await bob.say("/start")
    return bob


async def retired(stage: TelegramStage, chat: int) -> str | None:
    known = await stage.bot.store.people.chat(ChatRef("telegram", str(chat)))
    return None if known is None else known.retired


async def test_what_can_wait_makes_no_sound(stage: TelegramStage, ann: TelegramPlayer) -> None:
    for quiet in (True, False):
        await stage.carrier.carry(ann.target, replace(TOLD, quiet=quiet), SPEAK, f"n{quiet}")
        assert ann.chat.last.silent == quiet


class TestLimits:
    async def test_a_rate_limit_is_not_waited_out(self, stage: TelegramStage, ann: TelegramPlayer) -> None:
        stage.server.faults.rate_limit(30, method=SEND)
        assert await carry(stage, ann) == Later(timedelta(seconds=30))
        assert stage.pauses == []
        assert isinstance(await carry(stage, ann), Sent)

    async def test_a_rate_limit_of_one_chat_does_not_delay_others(
        self, stage: TelegramStage, ann: TelegramPlayer, bob: TelegramPlayer
    ) -> None:
        stage.server.faults.rate_limit(30, method=SEND, chat=ann.chat)
        assert await carry(stage, ann) == Later(timedelta(seconds=30))
        assert isinstance(await carry(stage, bob), Sent)

    async def test_rate_limits_of_two_chats_in_a_row_delay_all(
        self, stage: TelegramStage, ann: TelegramPlayer, bob: TelegramPlayer
    ) -> None:
        stage.server.faults.rate_limit(30, method=SEND, times=2)
        assert await carry(stage, ann) == Later(timedelta(seconds=30))
        assert await carry(stage, bob) == Later(timedelta(seconds=30), all=True)

    async def test_the_servers_own_rate_limits_are_respected(self, stage: TelegramStage, ann: TelegramPlayer) -> None:
        stage.server.limits.enforce()
        assert isinstance(await carry(stage, ann), Sent)
        assert await carry(stage, ann) == Later(timedelta(seconds=1))


class TestWhoseLimit:
    @pytest.fixture
    def clock(self) -> TestClock:
        return TestClock()

    @pytest.fixture
    def limits(self, clock: TestClock) -> Limits:
        return Limits(clock)

    def test_two_limits_of_one_chat_are_still_its_own(self, limits: Limits) -> None:
        limits.hit(1, 30)
        assert limits.hit(1, 30) == Later(timedelta(seconds=30))

    def test_a_message_that_goes_through_ends_the_limit_of_the_bot(self, limits: Limits) -> None:
        limits.hit(1, 30)
        limits.passed()
        assert limits.hit(2, 30) == Later(timedelta(seconds=30))

    def test_a_limit_that_is_over_no_longer_counts(self, limits: Limits, clock: TestClock) -> None:
        limits.hit(1, 30)
        clock.pass_(seconds=30)
        assert limits.hit(2, 30) == Later(timedelta(seconds=30))


class TestOnce:
    @pytest.mark.parametrize("said", ["restart", "sent message was immediately deleted and can't be returned"])
    async def test_a_call_that_the_api_says_has_failed_may_have_been_carried_out(
        self, stage: TelegramStage, ann: TelegramPlayer, said: str
    ) -> None:
        stage.server.faults.fail_after(said, method=SEND)
        assert await carry(stage, ann) == Uncertain("lost answer")
        assert len(ann.chat.sent) == 2

    @pytest.mark.parametrize("status", [502, 503, 504])
    async def test_a_call_that_a_gateway_may_have_passed_on_is_uncertain(
        self, stage: TelegramStage, ann: TelegramPlayer, status: int
    ) -> None:
        stage.server.faults.fail(status, method=SEND)
        assert await carry(stage, ann) == Uncertain("lost answer")

    async def test_a_lost_response_is_uncertain(self, stage: TelegramStage, ann: TelegramPlayer) -> None:
        stage.server.faults.drop_after(method=SEND)
        assert await carry(stage, ann) == Uncertain("lost answer")
        assert len(ann.chat.sent) == 2

    async def test_a_broken_connection_is_uncertain(self, stage: TelegramStage, ann: TelegramPlayer) -> None:
        stage.server.faults.drop_before(method=SEND)
        assert await carry(stage, ann) == Uncertain("lost answer")
        assert len(ann.chat.sent) == 1

    async def test_an_unreachable_server_defers_everything(self, stage: TelegramStage, ann: TelegramPlayer) -> None:
        await stage.server.stop()
        assert await carry(stage, ann) == NOT_CONNECTED
        await stage.server.start()
        assert isinstance(await carry(stage, ann), Sent)

    async def test_a_message_of_several_parts_has_the_id_of_the_first(
        self, stage: TelegramStage, ann: TelegramPlayer
    ) -> None:
        outcome = await stage.carrier.carry(ann.target, LONG, SPEAK, "n1")
        first, second = ann.chat.sent[1:]
        assert outcome == Sent(str(first.id))
        assert second.text

    async def test_once_the_first_part_is_sent_the_message_counts_as_sent(
        self, stage: TelegramStage, ann: TelegramPlayer
    ) -> None:
        slow = stage.server.faults.slow(0, method=SEND)
        stage.server.faults.rate_limit(30, method=SEND)
        assert isinstance(await stage.carrier.carry(ann.target, LONG, SPEAK, "n1"), Sent)
        assert slow.hits == 1
        assert len(ann.chat.sent) == 2


class TestUnreachable:
    async def test_someone_who_blocks_the_bot_is_retired_until_they_write(
        self, stage: TelegramStage, ann: TelegramPlayer
    ) -> None:
        stage.server.faults.refuse(forbidden("bot was blocked by the user"), method=SEND)
        assert await carry(stage, ann) == Unreachable("blocked")
        assert await retired(stage, ann.chat.id) == "blocked"
        await ann.say("/balance")
        assert await retired(stage, ann.chat.id) == ""

    @pytest.mark.parametrize(
        ("refusal", "why"),
        [
            (forbidden("bot was kicked from the supergroup chat"), "removed"),
            (forbidden("bot is not a member of the group chat"), "removed"),
            (forbidden("user is deactivated"), "deleted"),
            (forbidden("bot was kicked from the channel chat"), "removed"),
            (forbidden("the group chat was deleted"), "deleted"),
            (bad_request("chat not found"), "deleted"),
            (bad_request("group chat was deactivated"), "deleted"),
        ],
    )
    async def test_the_reason_why_a_chat_is_unreachable_is_kept(
        self, stage: TelegramStage, ann: TelegramPlayer, refusal: ApiError, why: str
    ) -> None:
        stage.server.faults.refuse(refusal, method=SEND)
        assert await carry(stage, ann) == Unreachable(why)

    async def test_a_deleted_account_and_a_deleted_group_are_unreachable(
        self, stage: TelegramStage, ann: TelegramPlayer
    ) -> None:
        lead = await stage.member("Lea", "Team", admin=True)
        await lead.say("/start")
        ann.person.delete_account()
        lead.chat.delete()
        for one in (ann, lead):
            assert await carry(stage, one) == Unreachable("deleted")
            assert await retired(stage, one.chat.id) == "deleted"

    @pytest.mark.usefixtures("ann")
    async def test_a_chat_that_telegram_does_not_know_is_unreachable(self, stage: TelegramStage) -> None:
        target = Target("telegram", "-404")
        assert await stage.carrier.carry(target, TOLD, SPEAK, "n1") == Unreachable("deleted")
        assert await retired(stage, -404) == "deleted"

    async def test_if_the_store_is_out_of_reach_the_outcome_stands(
        self, stage: TelegramStage, ann: TelegramPlayer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def away(*_: object) -> None:
            raise OSError("Secret client")

        monkeypatch.setattr(stage.bot.desk, "chat_unreachable", away)
        stage.server.faults.refuse(forbidden("bot was blocked by the user"), method=SEND)
        with capture_logs() as logs:
            assert await carry(stage, ann) == Unreachable("blocked")
        assert [entry["event"] for entry in logs] == ["chat not noted"]
        assert "Secret" not in str(logs)


class TestNobodyIsRetired:
    @pytest.mark.parametrize("status", [400, 401, 403, 404])
    async def test_by_a_page_of_a_proxy(self, stage: TelegramStage, ann: TelegramPlayer, status: int) -> None:
        stage.server.faults.block(status, method=SEND)
        assert await carry(stage, ann) == Later(timedelta(seconds=5), all=True, fault=True)
        assert await retired(stage, ann.chat.id) == ""
        assert isinstance(await carry(stage, ann), Sent)

    async def test_by_json_that_is_not_the_bot_apis(self, stage: TelegramStage, ann: TelegramPlayer) -> None:
        stage.server.faults.refuse(ApiError(403, "Your address is not on the list"), method=SEND)
        assert await carry(stage, ann) == Later(timedelta(seconds=5), all=True, fault=True)
        assert await retired(stage, ann.chat.id) == ""

    @pytest.mark.parametrize(
        ("said", "code"),
        [("bot can't initiate conversation with a user", ""), ("USER_IS_BOT", "USER_IS_BOT"), ("bot was blocked", "")],
    )
    async def test_by_a_refusal_that_is_not_known(
        self, stage: TelegramStage, ann: TelegramPlayer, said: str, code: str
    ) -> None:
        stage.server.faults.refuse(forbidden(said), method=SEND)
        with capture_logs() as logs:
            assert await carry(stage, ann) == Failed("Forbidden")
        assert await retired(stage, ann.chat.id) == ""
        assert logs == [
            {
                "event": "message refused",
                "platform": "telegram",
                "kind": "Forbidden",
                "code": code,
                "log_level": "error",
            }
        ]

    @pytest.mark.parametrize(
        ("refusal", "why"),
        [
            (bad_request("not enough rights to send text messages to the chat"), "rights"),
            (bad_request("not enough rights to send documents to the chat"), "rights"),
            (bad_request("CHAT_WRITE_FORBIDDEN"), "rights"),
            (forbidden("CHAT_WRITE_FORBIDDEN"), "rights"),
            (bad_request("need administrator rights in the channel chat"), "rights"),
            (bad_request("have no rights to send a message"), "rights"),
            (bad_request("TOPIC_CLOSED"), "closed"),
            (bad_request("TOPIC_DELETED"), "unknown"),
            (bad_request("message thread not found"), "unknown"),
        ],
    )
    async def test_by_a_place_in_which_the_bot_may_not_write(
        self, stage: TelegramStage, ann: TelegramPlayer, refusal: ApiError, why: str
    ) -> None:
        stage.server.faults.refuse(refusal, method=SEND)
        assert await carry(stage, ann) == PlaceLost(why)
        assert await retired(stage, ann.chat.id) == ""

    async def test_by_a_group_that_mutes_the_bot(self, stage: TelegramStage) -> None:
        lead = await stage.member("Lea", "Team", admin=True)
        await lead.say("/start")
        lead.chat.mute_bot("text messages")
        await stage.server.settled()
        assert await carry(stage, lead) == PlaceLost("rights")
        assert await retired(stage, lead.chat.id) == ""
        lead.chat.mute_bot()
        lead.chat.withhold("text messages")
        assert await carry(stage, lead) == PlaceLost("rights")

    async def test_by_a_channel_in_which_the_bot_may_not_post(self, stage: TelegramStage) -> None:
        lead = await stage.person("Lea")
        news = stage.server.channel("News", admins=[lead.person])
        news.bot_may_post = False
        target = Target("telegram", str(news.id))
        assert await stage.carrier.carry(target, TOLD, SPEAK, "n1") == PlaceLost("rights")


class TestMigration:
    async def test_a_message_to_a_moved_group_is_not_sent_but_its_new_id_is_returned(
        self, stage: TelegramStage
    ) -> None:
        lead = await stage.member("Lea", "Team", admin=True)
        await lead.say("/start")
        await lead.say("/opening 300 free")
        new = stage.server.supergroup("Team", admins=[lead.person])
        upgraded = ApiError(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=new.id)
        stage.server.faults.refuse(upgraded, method=SEND, chat=lead.chat)
        assert await carry(stage, lead) == Moved(str(new.id))
        lead.chat = new
        assert isinstance(await carry(stage, lead), Sent)
        assert (await lead.read()).buttons == ("History",)
        assert "300 Connects are available." in (await lead.say("/balance")).text


class TestTrouble:
    async def test_before_the_start_everything_is_deferred(self, bot: Bot) -> None:
        async with a_stage(bot) as stage:
            ann = await stage.person("Ann")
            assert await stage.platform.carry(ann.target, TOLD, SPEAK, "n1") == NOT_CONNECTED

    async def test_a_token_that_is_revoked_ends_the_run(self, stage: TelegramStage, ann: TelegramPlayer) -> None:
        stage.server.faults.refuse(ApiError(401, "Unauthorized"), method=SEND)
        assert await carry(stage, ann) == NOT_CONNECTED
        running, stage.running = stage.running, None
        assert running is not None
        with pytest.raises(ConnectionError):
            await running

    async def test_a_refused_message_fails_with_its_type(self, stage: TelegramStage, ann: TelegramPlayer) -> None:
        stage.server.faults.refuse(bad_request("message is too long"), method=SEND)
        assert await carry(stage, ann) == Failed("BadRequest")
        assert await retired(stage, ann.chat.id) == ""

    async def test_an_unreadable_response_is_an_uncertain_outcome(
        self, stage: TelegramStage, ann: TelegramPlayer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def unreadable(*_: object) -> None:
            raise KeyError("Secret client")

        monkeypatch.setattr(Message, "de_json", unreadable)
        with capture_logs() as logs:
            assert await carry(stage, ann) == Uncertain("KeyError")
        assert "Secret" not in str(logs)
        assert len(ann.chat.sent) == 2

    async def test_an_empty_reply_is_not_sent(self, stage: TelegramStage, ann: TelegramPlayer) -> None:
        assert await stage.carrier.carry(ann.target, reply(), SPEAK, "n1") == Failed("empty")

    async def test_a_stop_waits_for_calls_in_progress(self, stage: TelegramStage, ann: TelegramPlayer) -> None:
        slow = stage.server.faults.slow(method=SEND)
        carrying = asyncio.create_task(carry(stage, ann))
        await stage.server.until(lambda: slow.hits, "the message")
        ending = stage.ask_to_stop()
        await asyncio.wait({ending}, timeout=0.2)  # it would be over by then, and the connection with it
        slow.release()
        assert isinstance(await carrying, Sent)
        await ending
