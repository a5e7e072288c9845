"""Scripted faults and enforced limits of the loopback Discord, as the real discord.py meets them."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest

from tests.loopback.discord import CALLBACK, POST_MESSAGE, DiscordServer, ManualClock, SystemClock
from tests.loopback.discord.library import discord
from tests.loopback.discord.limits import Limits
from tests.loopback.discord_stage import PLAIN, Bot, stage
from tests.loopback.skipping import skip

PATCH_ORIGINAL = "PATCH /webhooks/{webhook_id}/{token}/messages/{message_id}"


async def test_a_429_is_waited_for_and_then_the_message_goes_out_once() -> None:
    async with stage() as on:
        fault = on.server.faults.rate_limit(0.01, times=2, route=POST_MESSAGE)
        await (await on.channel()).send("hello")
        assert [shown.content for shown in on.chat.unread] == ["hello"]
        assert fault.hits == 2
        assert on.server.rate_limited == {POST_MESSAGE: 2}
        assert [request.status for request in on.server.requests.to(POST_MESSAGE)] == [429, 429, 200]
        assert on.server.requests.with_status(429)[0].answer == {
            "message": "You are being rate limited.",
            "retry_after": 0.01,
            "global": False,
        }


async def test_a_429_without_via_is_taken_for_a_ban_and_raised_at_once() -> None:
    async with stage() as on:
        on.server.faults.rate_limit(0.01, via=False)
        with pytest.raises(discord.HTTPException) as caught:
            await (await on.channel()).send("hello")
        assert caught.value.status == 429
        assert on.chat.unread == []


async def test_a_long_429_is_raised_when_the_client_was_told_not_to_sleep_so_long() -> None:
    async with stage(max_ratelimit_timeout=30.0) as on:
        channel = await on.channel()
        on.server.faults.rate_limit(31.0)
        with pytest.raises(discord.RateLimited) as caught:
            await channel.send("hello")
        assert caught.value.retry_after == 31.0


async def test_a_channels_own_429_holds_that_channel_only() -> None:
    async with stage() as on:
        on.server.faults.rate_limit(3600.0, chat=on.chat)
        slow = asyncio.create_task(_post(on.bot, on.chat.id))
        await on.server.until(lambda: on.server.rate_limited, "the 429")
        await _post(on.bot, on.guild.channel("other").id)
        assert not slow.done()
        skip(3600)
        await slow


async def test_a_global_429_holds_every_channel() -> None:
    async with stage(clock=SystemClock()) as on:
        on.server.faults.rate_limit(0.2, chat=on.chat, is_global=True)
        slow = asyncio.create_task(_post(on.bot, on.chat.id))
        await on.server.until(lambda: on.server.rate_limited, "the 429")
        await on.bot.fetch_user(on.ann.id)
        await _post(on.bot, on.guild.channel("other").id)
        limited, *later = on.server.requests.to(POST_MESSAGE)
        assert limited.answer["global"]
        assert all(request.at - limited.at > 0.15 for request in later)
        await slow


async def test_a_500_is_retried_and_a_503_raised_at_once() -> None:
    async with stage() as on:
        channel = await on.channel()
        on.server.faults.fail(500, route=POST_MESSAGE)
        await channel.send("hello")
        assert len(on.server.requests.to(POST_MESSAGE)) == 2
        on.server.faults.fail(503, route=POST_MESSAGE)
        with pytest.raises(discord.DiscordServerError) as caught:
            await channel.send("hello again")
        assert caught.value.status == 503
        assert len(on.server.requests.to(POST_MESSAGE)) == 3


@pytest.mark.parametrize(
    ("code", "error"), [(50001, discord.Forbidden), (50007, discord.Forbidden), (10003, discord.NotFound)]
)
async def test_refusals_come_with_their_codes_for_the_named_chat_only(
    code: int, error: type[discord.HTTPException]
) -> None:
    async with stage() as on:
        on.server.faults.refuse(code, chat=on.chat)
        await _post(on.bot, on.guild.channel("other").id)
        with pytest.raises(error) as caught:
            await _post(on.bot, on.chat.id)
        assert caught.value.code == code
        await _post(on.bot, on.chat.id)


async def test_people_and_channels_can_be_closed_to_the_bot() -> None:
    async with stage() as on:
        ben = on.server.person("Ben", blocks_dms=True)
        with pytest.raises(discord.Forbidden) as caught:
            await (await on.bot.fetch_user(ben.id)).send("hello")
        assert caught.value.code == 50007
        channel = await on.channel()
        on.chat.bot_may_send = False
        with pytest.raises(discord.Forbidden) as caught:
            await channel.send("hello")
        assert caught.value.code == 50013


async def test_a_line_that_drops_before_acting_leaves_nothing_behind() -> None:
    async with stage() as on:
        channel = await on.channel()
        on.server.faults.drop_before(route=POST_MESSAGE)
        with pytest.raises(aiohttp.ServerDisconnectedError):
            await channel.send("hello", nonce="n-1")
        assert on.chat.unread == []
        await channel.send("hello", nonce="n-1")
        assert [shown.content for shown in on.chat.unread] == ["hello"]


async def test_a_lost_answer_and_a_resend_with_the_same_nonce_make_one_message() -> None:
    async with stage() as on:
        channel = await on.channel()
        on.server.faults.drop_after(route=POST_MESSAGE)
        with pytest.raises(aiohttp.ServerDisconnectedError):
            await channel.send("hello", nonce="n-1")
        again = await channel.send("hello", nonce="n-1")
        first = await on.chat.next_message()
        assert first.message is not None
        assert (again.id, on.chat.unread) == (first.message.id, [])
        on.server.manual_clock.advance(301)
        await channel.send("hello", nonce="n-1")
        assert len(on.chat.unread) == 1


async def test_a_nonce_used_in_another_channel_counts_as_well() -> None:
    async with stage() as on:
        channel = await on.channel()
        other = on.guild.channel("other")
        await channel.send("hello", nonce="n-1")
        again = await on.bot.http.send_message(
            other.id, params=discord.http.handle_message_parameters("hello", nonce="n-1")
        )
        assert (again["channel_id"], other.unread) == (str(on.chat.id), [])


async def test_a_nonce_that_is_not_enforced_or_not_given_makes_a_new_message_each_time() -> None:
    async with stage() as on:
        route = discord.http.Route("POST", "/channels/{channel_id}/messages", channel_id=on.chat.id)
        for body in ({"content": "a", "nonce": "n-1"}, {"content": "a", "nonce": "n-1"}, {"content": "a"}):
            await on.bot.http.request(route, json=body)
        assert len(on.chat.unread) == 3


async def test_a_callback_after_three_seconds_finds_no_interaction() -> None:
    async with stage() as on:
        fault = on.server.faults.rate_limit(0.01, route=CALLBACK)
        interaction = await on.ann.slash(on.chat, "ask")
        await on.server.until(lambda: fault.hits, "the first callback")
        on.server.manual_clock.advance(3.1)
        await on.server.until(lambda: on.server.requests.with_status(404), "the late callback")
        assert on.server.requests.with_status(404)[0].answer == {"message": "Unknown interaction", "code": 10062}
        assert interaction.is_too_late


async def test_an_interactions_token_dies_after_a_quarter_of_an_hour() -> None:
    async with stage() as on:
        await (await on.ann.slash(on.chat, "ask")).answer()
        asked = on.bot.interactions[0]
        await asked.edit_original_response(content="Still there?")
        await (await asked.original_response()).reply("So it is.")
        on.server.manual_clock.advance(901)
        for late in (asked.edit_original_response(content="late"), asked.followup.send("late")):
            with pytest.raises(discord.HTTPException) as caught:
                await late
            assert (caught.value.status, caught.value.code) == (401, 50027)


async def test_the_original_response_can_be_deleted() -> None:
    async with stage() as on:
        answer = await (await on.ann.slash(on.chat, "ask")).answer()
        await on.bot.interactions[0].delete_original_response()
        assert answer.now().deleted
        with pytest.raises(discord.NotFound):
            await on.bot.interactions[0].delete_original_response()


async def test_followups_can_be_faulted_like_any_route() -> None:
    async with stage() as on:
        on.server.faults.fail(500, route=PATCH_ORIGINAL)
        interaction = await on.ann.slash(on.chat, "report")
        assert (await interaction.answer()).content == "Your report:"
        assert [request.status for request in on.server.requests.to(PATCH_ORIGINAL)] == [500, 200]


async def test_enforced_limits_speak_through_headers_and_429s() -> None:
    async with stage(clock=SystemClock()) as on:
        on.server.limits.enforce(per_route=(2, 0.3))
        await asyncio.gather(*(_post(on.bot, on.chat.id) for _ in range(5)))
        assert len(on.chat.unread) == 5
        assert on.server.requests.counts()[POST_MESSAGE] == 5 + on.server.rate_limited.get(POST_MESSAGE, 0)


async def test_the_global_limit_counts_all_channels_but_no_interactions() -> None:
    async with stage() as on:
        on.server.limits.enforce(per_second=3)
        chats = [on.guild.channel(f"chat-{number}") for number in range(5)]
        posts = asyncio.gather(*(_post(on.bot, chat.id) for chat in chats))
        await on.server.until(lambda: on.server.rate_limited.get(POST_MESSAGE) == 2, "the 429s")
        on.server.manual_clock.advance(1)
        await posts
        assert all(len(chat.unread) == 1 for chat in chats)
        assert on.server.rate_limited[POST_MESSAGE] == 2
        assert any(request.answer["global"] for request in on.server.requests.with_status(429))
        for _ in range(4):
            await (await on.ann.slash(on.chat, "ask")).answer()
        assert CALLBACK not in on.server.rate_limited


def test_the_global_limit_holds_in_any_second_and_counts_only_what_it_let_through() -> None:
    clock = ManualClock(0.0)
    limits = Limits(clock)
    limits.enforce(per_second=2)

    def through(seconds: float) -> bool:
        clock.advance(seconds)
        return limits.admit(POST_MESSAGE, f"{clock.now()}").retry_after is None

    assert [through(gap) for gap in (0.0, 0.75, 0.25, 0.25, 0.5, 0.125)] == [True, True, True, False, True, False]


async def test_calls_without_the_bots_token_are_refused() -> None:
    async with DiscordServer() as server, aiohttp.ClientSession() as session:
        async with session.get(f"{server.api_url}/users/@me") as answer:
            assert answer.status == 401
            assert answer.headers["Content-Type"] == "application/json"
        async with session.get(f"{server.api_url}/nowhere", headers={"Authorization": f"Bot {server.token}"}) as answer:
            assert await answer.json() == {"message": "404: Not Found", "code": 0}
        bot = Bot(server, PLAIN)
        await bot.login(server.token)
        assert bot.application is not None
        assert bot.application.owner.id == server.state.owner.id
        await bot.close()


async def _post(bot: Bot, chat_id: int) -> None:
    await bot.http.send_message(chat_id, params=discord.http.handle_message_parameters("hello"))
