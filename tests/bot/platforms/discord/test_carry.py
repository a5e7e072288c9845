"""Sending notices on Discord: refusals, rate limits, lost responses, and the choice of a server's channel."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from discord import RateLimited
from discord.http import HTTPClient
from structlog.testing import capture_logs

from bot.delivery.carrier import NOT_CONNECTED
from bot.platforms.discord.sending.fail_fast import limit_of
from bot.platforms.discord.sending.invalid import InvalidAnswers
from bot.reply.parts import Fields, reply, say
from core.delivery.notice import Target
from core.delivery.outcome import Failed, Later, Sent, Unreachable
from tests.bot.carried import SPEAK, TOLD, amend, carry
from tests.bot.stages.discord import ready, reconnected, retired
from tests.loopback.discord import POST_MESSAGE

if TYPE_CHECKING:
    from tests.bot.stages.discord import DiscordPlayer, DiscordStage
    from tests.loopback.discord import Guild

OPEN_DM = "POST /users/@me/channels"
SHORTLY = Later(timedelta(seconds=5), fault=True)
IN_DOUBT = Later(timedelta(seconds=5), fault=True, doubt=True)
SUPPRESS_NOTIFICATIONS = 1 << 12
LONG = reply(*(say("balance-now", connects=number) for number in range(1, 120)))


async def test_what_can_wait_makes_no_sound(stage: DiscordStage, ann: DiscordPlayer) -> None:
    for quiet in (True, False):
        await stage.carrier.carry(ann.target, replace(TOLD, quiet=quiet), SPEAK, f"n{quiet}")
        message = (await ann.chat.next_message()).message
        assert message is not None
        assert bool(message.flags & SUPPRESS_NOTIFICATIONS) == quiet


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

    @pytest.mark.parametrize("status", [500, 502, 503, 504, 524])
    async def test_an_outage_is_not_waited_out(self, stage: DiscordStage, ann: DiscordPlayer, status: int) -> None:
        stage.server.faults.fail(status, route=POST_MESSAGE)
        assert await carry(stage, ann) == (SHORTLY if status == 503 else IN_DOUBT)
        assert isinstance(await carry(stage, ann), Sent)
        assert len(stage.server.requests.to(POST_MESSAGE)) == 2

    async def test_direct_messages_opened_too_fast_do_not_retire_the_person(self, stage: DiscordStage) -> None:
        await ready(stage)
        stage.server.faults.refuse(40003, route=OPEN_DM)
        cat = Target("discord", str(stage.server.person("Cat").id), direct=True)
        assert await stage.carrier.carry(cat, TOLD, SPEAK, "n1") == Later(timedelta(minutes=10), opening=True)
        assert await retired(stage, f"dm{cat.chat}") is None

    async def test_a_bot_that_is_taken_for_a_spammer_rests(self, stage: DiscordStage, ann: DiscordPlayer) -> None:
        stage.server.faults.refuse(20026, route=POST_MESSAGE)
        assert await carry(stage, ann) == Later(timedelta(hours=1), all=True)
        assert await retired(stage, f"dm{ann.person.id}") == ""


class TestTheBotItselfIsRefused:
    """It says nothing about those whom it writes to: nobody is retired, and everything waits, longer each time."""

    @pytest.mark.parametrize("code", [0, 40333, 40002, 40004, 40006])
    async def test_everything_waits_longer_and_longer(
        self, stage: DiscordStage, ann: DiscordPlayer, lead: DiscordPlayer, code: int
    ) -> None:
        waits = []
        for to in (ann, lead, ann):
            refuse(stage, code)
            outcome = await carry(stage, to)
            assert isinstance(outcome, Later)
            assert (outcome.all, outcome.fault) == (True, True)
            waits.append(outcome.wait)
            stage.bot.clock.pass_(seconds=outcome.wait.total_seconds())
        assert waits == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)]
        assert isinstance(await carry(stage, ann), Sent)
        refuse(stage, code)
        assert await carry(stage, lead, "n2") == Later(timedelta(minutes=1), all=True, fault=True)
        assert [await retired(stage, chat) for chat in (f"dm{ann.person.id}", lead.target.chat)] == ["", ""]

    async def test_those_under_way_at_the_first_refusal_do_not_make_it_longer(
        self, stage: DiscordStage, ann: DiscordPlayer
    ) -> None:
        refuse(stage, 0, times=3)
        outcomes = [await carry(stage, ann, f"n{number}") for number in range(3)]
        assert outcomes == [Later(timedelta(minutes=1), all=True, fault=True)] * 3

    async def test_an_edit_waits_too(self, stage: DiscordStage, ann: DiscordPlayer) -> None:
        sent = await carry(stage, ann)
        stage.server.faults.fail(403)
        assert await amend(stage, ann, sent) == Later(timedelta(minutes=1), all=True, fault=True)

    async def test_a_page_of_another_status_is_about_nobody(self, stage: DiscordStage, ann: DiscordPlayer) -> None:
        stage.server.faults.fail(404, route=POST_MESSAGE)
        assert await carry(stage, ann) == SHORTLY

    async def test_an_unheard_of_refusal_fails_and_is_reported(
        self, stage: DiscordStage, ann: DiscordPlayer, lead: DiscordPlayer
    ) -> None:
        for to in (ann, lead):
            stage.server.faults.refuse(59999, route=POST_MESSAGE)
            with capture_logs() as logs:
                assert await carry(stage, to) == Failed("refused with 59999")
            assert [(entry["status"], entry["code"]) for entry in logs if entry["event"] == "refused"] == [(403, 59999)]
        assert [await retired(stage, chat) for chat in (f"dm{ann.person.id}", lead.target.chat)] == ["", ""]


def refuse(stage: DiscordStage, code: int, times: int = 1) -> None:
    """Refuse messages with a code; 0 is a page that is no JSON."""
    if code:
        stage.server.faults.refuse(code, route=POST_MESSAGE, times=times)
    else:
        stage.server.faults.fail(403, route=POST_MESSAGE, times=times)


class TestInvalidAnswers:
    """So many answers of 401, 403 and 429 get the bot banned, so it stops before."""

    async def test_notices_wait_first_and_answers_later(
        self, stage: DiscordStage, ann: DiscordPlayer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(stage.carrier, "_invalid", InvalidAnswers(stage.bot.clock, notices=3, answers=5))
        await reconnected(stage)
        stage.server.invalid.limit = 6
        stage.server.faults.refuse(59999, route=POST_MESSAGE, times=5)
        with capture_logs() as logs:
            outcomes = [await carry(stage, ann, f"n{number}") for number in range(4)]
        assert outcomes == [Failed("refused with 59999")] * 3 + [Later(timedelta(minutes=10), all=True)]
        assert [entry["event"] for entry in logs].count("too_many_invalid_answers") == 1
        assert len(stage.server.requests.to(POST_MESSAGE)) == 3
        for _ in range(2):
            await ann.person.say(ann.chat, "balance")
        await stage.server.until(lambda: stage.server.faults.hits() == 5, "the refusals")
        assert len(stage.server.invalid) == 5
        stage.bot.clock.pass_(minutes=10)
        assert isinstance(await carry(stage, ann), Sent)


class TestOnce:
    async def test_the_same_nonce_is_the_same_message(self, stage: DiscordStage, ann: DiscordPlayer) -> None:
        first, second = await carry(stage, ann), await carry(stage, ann)
        assert first == second
        await ann.chat.next_message()
        assert ann.chat.unread == []

    async def test_a_lost_response_is_asked_for_again(self, stage: DiscordStage, ann: DiscordPlayer) -> None:
        stage.server.faults.drop_after(route=POST_MESSAGE)
        assert await carry(stage, ann) == IN_DOUBT
        sent = await carry(stage, ann)
        assert isinstance(sent, Sent)
        assert (await ann.chat.next_message()).message is not None
        assert ann.chat.unread == []

    async def test_a_connection_that_breaks_before_the_call_loses_nothing(
        self, stage: DiscordStage, ann: DiscordPlayer
    ) -> None:
        stage.server.faults.drop_before(route=POST_MESSAGE)
        assert await carry(stage, ann) == IN_DOUBT
        assert isinstance(await carry(stage, ann), Sent)
        assert len(ann.chat.unread) == 1

    async def test_each_page_has_its_own_nonce_and_is_sent_once(self, stage: DiscordStage, ann: DiscordPlayer) -> None:
        nonce = "n" * 25
        faults = [
            stage.server.faults.drop_after(route=POST_MESSAGE),
            stage.server.faults.drop_after(route=POST_MESSAGE),
        ]
        for _ in faults:
            assert await stage.carrier.carry(ann.target, LONG, SPEAK, nonce) == IN_DOUBT
        sent = await stage.carrier.carry(ann.target, LONG, SPEAK, nonce)
        pages = ann.chat.unread
        assert len(pages) == 2
        assert sent == Sent(f"{ann.chat.id}/{pages[0].message.id if pages[0].message else 0}")
        assert {len(str(call.body["nonce"])) for call in stage.server.requests.to(POST_MESSAGE)} == {24, 25}

    @pytest.mark.parametrize("status", [500, 502, 504, 524])
    async def test_a_failure_after_which_the_message_is_there_makes_no_second_one(
        self, stage: DiscordStage, ann: DiscordPlayer, status: int
    ) -> None:
        stage.server.faults.fail(status, route=POST_MESSAGE, acts=True)
        assert await carry(stage, ann) == IN_DOUBT
        assert isinstance(await carry(stage, ann), Sent)
        assert len(ann.chat.unread) == 1

    async def test_what_stops_the_second_page_leaves_the_whole_in_doubt(
        self, stage: DiscordStage, ann: DiscordPlayer
    ) -> None:
        stage.server.faults.rate_limit(20, route=POST_MESSAGE, after=1)
        outcome = await stage.carrier.carry(ann.target, LONG, SPEAK, "n1")
        assert outcome == Later(timedelta(seconds=20), doubt=True)


class TestUnreachable:
    async def test_someone_who_accepts_no_messages_is_retired_until_they_write(
        self, stage: DiscordStage, ann: DiscordPlayer
    ) -> None:
        ann.person.blocks_dms = True
        assert await carry(stage, ann) == Unreachable("blocked")
        assert await retired(stage, f"dm{ann.person.id}") == "blocked"
        ann.person.blocks_dms = False
        await ann.say("/balance")
        await ready(stage)
        assert await retired(stage, f"dm{ann.person.id}") == ""

    @pytest.mark.parametrize(
        ("code", "why"), [(50007, "blocked"), (50278, "blocked"), (10013, "deleted"), (50033, "deleted")]
    )
    async def test_these_refusals_speak_of_the_person(
        self, stage: DiscordStage, ann: DiscordPlayer, code: int, why: str
    ) -> None:
        stage.server.faults.refuse(code, route=POST_MESSAGE)
        assert await carry(stage, ann) == Unreachable(why)

    @pytest.mark.usefixtures("ann")
    async def test_an_unknown_person_is_unreachable(self, stage: DiscordStage) -> None:
        target = Target("discord", "404", direct=True)
        assert await stage.carrier.carry(target, LONG, SPEAK, "n1") == Unreachable("deleted")

    @pytest.mark.usefixtures("ann")
    async def test_a_server_without_the_bot_is_unreachable(self, stage: DiscordStage) -> None:
        assert await stage.carrier.carry(Target("discord", "404"), LONG, SPEAK, "n1") == Unreachable("removed")
        assert await retired(stage, "404") == "removed"

    async def test_if_the_store_is_out_of_reach_the_outcome_stands(
        self, stage: DiscordStage, ann: DiscordPlayer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def away(*_: object) -> None:
            raise OSError("Secret client")

        monkeypatch.setattr(stage.bot.desk, "chat_unreachable", away)
        ann.person.blocks_dms = True
        with capture_logs() as logs:
            assert await carry(stage, ann) == Unreachable("blocked")
        assert [entry["event"] for entry in logs] == ["chat_not_noted"]
        assert "Secret" not in str(logs)


class TestServers:
    async def test_an_outage_of_a_server_is_waited_out(
        self, stage: DiscordStage, lead: DiscordPlayer, guild: Guild
    ) -> None:
        guild.go_down()
        await ready(stage)
        assert await carry(stage, lead) == SHORTLY
        guild.come_back()
        await ready(stage)
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
