"""What Telegram takes for received is on disk until it is finished, so that no crash loses it."""

from __future__ import annotations

import asyncio
import json
from io import BytesIO
from itertools import chain
from typing import TYPE_CHECKING

import aiohttp
import pytest
from structlog.testing import capture_logs
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update

from bot.platforms.telegram.updates import polling
from bot.platforms.telegram.updates.inbox import LONGEST
from core.inbox import MOST_STARTS, KeptUpdate
from core.shared.refusals import Outage
from tests.bot.failing import Failing, Fault, bot_on
from tests.bot.platforms.telegram.conftest import free_port
from tests.bot.stages.telegram import TelegramPlayer, TelegramStage, a_stage

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from tests.bot import stage as stages
    from tests.loopback.telegram.wire import Json

WORDS = "zebra-secret"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"


@pytest.fixture
def plan(bot: stages.Bot) -> Failing:
    """What fails in the store, which a test may change at any time."""
    return Failing(bot.store, Fault(why=Outage.BUSY))


@pytest.fixture
async def hooked(bot: stages.Bot, plan: Failing) -> AsyncGenerator[TelegramStage]:
    async with a_stage(bot_on(plan.as_store(), bot.clock), webhook_port=free_port()) as stage:
        await stage.start()
        yield stage


@pytest.fixture
async def stage(bot: stages.Bot, plan: Failing) -> AsyncGenerator[TelegramStage]:
    """It polls, and does not wait for answers before it asks for more."""
    async with a_stage(bot_on(plan.as_store(), bot.clock)) as stage:
        await stage.start()
        yield stage


@pytest.fixture(params=[True, False], ids=["webhook", "polling"])
async def either(request: pytest.FixtureRequest, bot: stages.Bot) -> AsyncGenerator[TelegramStage]:
    async with a_stage(bot, webhook_port=free_port() if request.param else 0) as stage:
        await stage.start()
        yield stage


async def unfinished(stage: TelegramStage) -> list[int]:
    return [one.number for one in await stage.bot.store.inbox.unfinished("telegram")]


async def over(stage: TelegramStage) -> None:
    """Until nothing is under way any more."""
    await stage.stop()
    assert await unfinished(stage) == []


async def post(stage: TelegramStage, update: Json, secret: str | None = None) -> int:
    """Send an update as Telegram would; the status that the bot answers."""
    known = stage.server.calls("setWebhook")[-1].payload["secret_token"]
    headers = {SECRET_HEADER: known if secret is None else secret, "Content-Type": "application/json"}
    body = BytesIO(json.dumps(update).encode())
    url = stage.settings.telegram_webhook_url
    async with aiohttp.ClientSession() as http, http.post(url, data=body, headers=headers) as answer:
        return answer.status


def update_of(ann: TelegramPlayer, number: int, text: str) -> Json:
    """What Telegram would send if Ann wrote this."""
    user = {"id": ann.person.id, "is_bot": False, "first_name": "Ann", "language_code": "en"}
    chat = {"id": ann.chat.id, "type": "private", "first_name": "Ann"}
    date = int(ann.stage.bot.clock.now().timestamp())
    return {
        "update_id": number,
        "message": {"message_id": 5000 + number, "date": date, "chat": chat, "from": user, "text": text},
    }


async def test_what_is_kept_is_what_came(stage: TelegramStage) -> None:
    """Nothing that a handler may look at is lost between the library's object and the disk."""
    await stage.stop()
    server, ann = stage.server, stage.server.user("Ann", username="ann_writes", language_code="uk")
    ann.private.started = True
    team, channel = server.group("Team", admins=[ann]), server.channel("News", admins=[ann])
    said = await ann.say("/spend 5 Logo\u00a0\U0001f3a8 https://www.upwork.com/jobs/~021", team)
    await ann.say("@connects_bot 16", team, reply_to=said)
    await ann.send("promotions.toml", b"x = 1", caption="/promote")
    await ann.say("/balance", channel)
    async with Bot(server.token, base_url=server.base_url) as library:
        button = InlineKeyboardButton("Yes", callback_data="v0:yes")
        await library.send_message(ann.id, "Really?", reply_markup=InlineKeyboardMarkup([[button]]))
        await ann.press(ann.private.last, "Yes")
        ann.block()
        team.migrate(by=ann)
        server.push_unknown()
        bodies = [pending.body for pending in server.updates.queue]
        for body in bodies:
            came = Update.de_json(body, library)
            again = Update.de_json(json.loads(came.to_json()), library)
            assert again.to_dict() == came.to_dict()
    assert {*chain.from_iterable(bodies)} == {
        *("update_id", "message", "channel_post", "callback_query", "my_chat_member", "hologram")
    }


class TestWebhook:
    async def test_an_update_that_was_taken_is_on_disk_until_it_is_finished(self, hooked: TelegramStage) -> None:
        ann = await hooked.person("Ann")
        slow = hooked.server.faults.slow(method="sendMessage")
        said = await ann.person.say(f"/start {WORDS}")
        await hooked.server.until(lambda: slow.hits > 0 and not hooked.server.updates.queue, "the update to be taken")
        (kept,) = await hooked.bot.store.inbox.unfinished("telegram")
        assert (kept.number, kept.starts, kept.at) == (said.update_id, 0, hooked.bot.clock.now())
        assert WORDS in kept.body
        slow.release()
        await over(hooked)

    async def test_while_the_store_is_out_of_reach_telegram_keeps_the_update(
        self, hooked: TelegramStage, plan: Failing
    ) -> None:
        ann = await hooked.person("Ann")
        await ann.say("/start")
        plan.name, hook = "inbox.keep", hooked.server.webhook
        assert hook is not None
        attempts = hook.attempts
        with capture_logs() as events:
            await ann.person.say(f"/spend 5 {WORDS}")
            await hooked.server.until(lambda: hook.attempts > attempts + 1, "two attempts")
        assert "500" in hook.last_error
        assert {event["why"] for event in events if event["event"] == "update refused"} == {"busy"}
        assert WORDS not in repr(events)
        assert len(ann.chat.sent) == 1
        plan.name = ""
        await hooked.server.until(lambda: len(ann.chat.sent) > 1, "the answer")
        assert "15 Connects" in ann.chat.last.text
        await over(hooked)

    async def test_one_that_comes_twice_is_answered_once(self, hooked: TelegramStage) -> None:
        ann = await hooked.person("Ann")
        await ann.say("/start")
        with hooked.server.deliver_twice("same update"):
            await ann.person.say("/spend 5")
        await hooked.server.until(lambda: len(ann.chat.sent) > 1, "the answer")
        await hooked.server.settled()
        await over(hooked)
        assert len(ann.chat.sent) == 2

    async def test_one_whose_200_was_lost_is_answered_once(self, hooked: TelegramStage) -> None:
        ann = await hooked.person("Ann")
        await ann.say("/start")
        update = update_of(ann, 7, "/spend 5")
        assert await post(hooked, update) == 200
        await hooked.server.called("sendMessage", 2)
        await hooked.restart()
        assert "15 Connects are available." in (await ann.say("/balance")).text
        assert await post(hooked, update) == 200
        await over(hooked)
        assert len(ann.chat.sent) == 3

    async def test_what_came_later_than_its_successor_is_booked_too(self, hooked: TelegramStage) -> None:
        """A date that a clock shows, or a number: neither decides whether an update is new."""
        ann = await hooked.person("Ann")
        await ann.say("/start")
        older = update_of(ann, 7, "/spend 5")
        hooked.bot.clock.pass_(minutes=3)
        for update in (update_of(ann, 8, "/spend 2"), older, older):
            assert await post(hooked, update) == 200
        await hooked.server.called("sendMessage", 3)
        assert "13 Connects are available." in (await ann.say("/balance")).text
        await over(hooked)

    @pytest.mark.parametrize("secret", ["", "guessed"])
    async def test_nothing_is_written_without_the_secret(
        self, hooked: TelegramStage, plan: Failing, secret: str
    ) -> None:
        ann = await hooked.person("Ann")
        assert await post(hooked, update_of(ann, 7, "/start"), secret) == 403
        assert "inbox.keep" not in plan.calls

    async def test_nothing_is_written_of_what_is_far_too_long(self, hooked: TelegramStage, plan: Failing) -> None:
        ann = await hooked.person("Ann")
        assert await post(hooked, update_of(ann, 7, "x" * LONGEST)) == 500
        assert "inbox.keep" not in plan.calls


class TestOutageMeanwhile:
    """An update that is on disk will be handled. Nobody is asked to send it again, because both would be booked."""

    @pytest.mark.parametrize("line", ["/spend 5", "/alerts low 3"])
    async def test_it_is_retried_until_the_store_is_back(self, hooked: TelegramStage, plan: Failing, line: str) -> None:
        ann = await hooked.person("Ann")
        await ann.say("/start")
        plan.name = "people.person"
        await ann.person.say(line)
        await hooked.server.until(lambda: len(hooked.pauses) > 2, "some pauses")
        assert hooked.pauses[:3] == [1, 2, 4]
        plan.name = ""
        await hooked.server.called("sendMessage", 2)
        assert "cannot reach" not in ann.chat.last.text
        assert "Another program" not in ann.chat.last.text
        await over(hooked)
        assert len(ann.chat.sent) == 2

    async def test_at_the_end_it_stays_for_the_next_start(self, hooked: TelegramStage, plan: Failing) -> None:
        ann = await hooked.person("Ann")
        await ann.say("/start")
        plan.name = "people.person"
        said = await ann.person.say("/spend 5")
        await hooked.server.until(lambda: len(hooked.pauses) > 0, "a pause")
        await hooked.stop()
        assert await unfinished(hooked) == [said.update_id]
        plan.name = ""
        await hooked.start()
        await hooked.server.called("sendMessage", 2)
        assert "15 Connects" in ann.chat.last.text

    async def test_a_mark_that_could_not_be_written_is_written_with_the_next(
        self, hooked: TelegramStage, plan: Failing
    ) -> None:
        ann = await hooked.person("Ann")
        plan.name = "inbox.finish"
        await ann.say("/start")
        await hooked.server.until(lambda: "inbox.finish" in plan.calls, "the mark")
        assert len(await unfinished(hooked)) == 1
        plan.name = ""
        await ann.say("/spend 5")
        await over(hooked)

    async def test_one_that_is_not_on_disk_is_answered(self, stage: TelegramStage, plan: Failing) -> None:
        ann = await stage.person("Ann")
        plan.name = "people.person"
        assert "Another program is using my books" in (await ann.say("/start")).text


class TestPolling:
    async def test_what_is_answered_soon_is_never_written(self, stage: TelegramStage, plan: Failing) -> None:
        ann = await stage.person("Ann")
        await ann.say("/start")
        await ann.say("/spend 5")
        assert "inbox.keep" not in plan.calls

    async def test_what_takes_long_is_on_disk_before_it_is_confirmed(
        self, stage: TelegramStage, plan: Failing, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(polling, "PATIENCE", 0)
        ann = await stage.person("Ann")
        slow = stage.server.faults.slow(method="sendMessage")
        said = await ann.person.say("/start")
        await stage.server.until(lambda: slow.hits > 0 and not stage.server.updates.queue, "the confirmation")
        assert await unfinished(stage) == [said.update_id]
        slow.release()
        await over(stage)
        assert plan.calls.count("inbox.keep") == 1

    async def test_while_the_store_is_out_of_reach_nothing_is_confirmed(
        self, stage: TelegramStage, plan: Failing, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(polling, "PATIENCE", 0)
        ann = await stage.person("Ann")
        plan.name, slow = "inbox.keep", stage.server.faults.slow(method="sendMessage")
        await ann.person.say("/start")
        await stage.server.until(lambda: slow.hits > 0, "the answer to be under way")
        await stage.server.until(lambda: "inbox.keep" in plan.calls, "a try to keep it")
        assert len(stage.server.updates.queue) == 1
        assert await unfinished(stage) == []
        slow.release()
        await stage.server.settled()


class TestStart:
    """What an earlier process has left is begun again first."""

    async def left(self, stage: TelegramStage, *updates: Json, starts: int = 0) -> None:
        now = stage.bot.clock.now()
        kept = [KeptUpdate(one["update_id"], json.dumps(one), now, starts) for one in updates]
        await stage.bot.store.inbox.keep("telegram", kept)

    async def test_in_the_order_in_which_it_came(self, either: TelegramStage) -> None:
        ann, bob = await either.person("Ann"), await either.person("Bob")
        for one in (ann, bob):
            await one.say("/start")
        await either.stop()
        lines = [update_of(ann, 9, "/adjust 9"), update_of(bob, 8, "/adjust 8"), update_of(ann, 7, "/adjust 7")]
        await self.left(either, *lines)
        await either.start()
        await either.server.called("sendMessage", 5)
        assert [message.text.partition(" ")[0] for message in ann.chat.sent[1:]] == ["#2", "#3"]
        assert "36 Connects are available." in (await ann.say("/balance")).text
        await over(either)

    async def test_what_was_booked_before_the_crash_is_not_booked_again(self, hooked: TelegramStage) -> None:
        ann = await hooked.person("Ann")
        await ann.say("/start")
        update = update_of(ann, 7, "/spend 5")
        assert await post(hooked, update) == 200
        await hooked.server.called("sendMessage", 2)
        await hooked.stop()
        await self.left(hooked, update | {"update_id": 8})  # as if it had not been marked as finished
        await hooked.start()
        await hooked.server.called("sendMessage", 3)
        assert "15 Connects are available." in (await ann.say("/balance")).text

    async def test_a_press_that_is_too_old_to_be_acknowledged_is_answered_by_a_message(
        self, hooked: TelegramStage, plan: Failing
    ) -> None:
        ann = await hooked.person("Ann")
        await ann.say("/start")
        await ann.say("/spend 5")
        plan.name = "people.person"
        await ann.person.press(ann.chat.last, "Undo")
        await hooked.server.until(lambda: len(hooked.pauses) > 0, "a pause")
        await hooked.stop()
        plan.name = ""
        hooked.bot.clock.pass_(hours=3)
        with capture_logs() as events:
            await hooked.start()
            await hooked.server.called("sendMessage", 3)
        assert "is undone" in ann.chat.last.text
        assert not [event for event in events if event["log_level"] in {"warning", "error"}]
        assert [call.status for call in hooked.server.calls("answerCallbackQuery")][-1] == 400

    async def test_one_that_ends_the_process_again_and_again_is_given_up(self, hooked: TelegramStage) -> None:
        ann = await hooked.person("Ann")
        await hooked.stop()
        await self.left(hooked, update_of(ann, 7, f"/start {WORDS}"), starts=MOST_STARTS)
        with capture_logs() as events:
            await hooked.start()
        given_up = [event for event in events if event["event"] == "update given up"]
        assert [(event["update"], event["starts"], event["log_level"]) for event in given_up] == [
            (7, MOST_STARTS, "error")
        ]
        assert WORDS not in repr(events)
        assert ann.chat.sent == []
        await over(hooked)

    async def test_one_that_cannot_be_read_is_given_up(self, hooked: TelegramStage) -> None:
        await hooked.stop()
        await self.left(hooked, {"update_id": 7, "message": {"message_id": WORDS}})
        with capture_logs() as events:
            await hooked.start()
        assert [event["update"] for event in events if event["event"] == "update given up"] == [7]
        assert WORDS not in repr(events)
        await over(hooked)

    async def test_what_may_have_ended_a_process_is_begun_one_at_a_time(self, hooked: TelegramStage) -> None:
        """So nobody else's update uses up its starts beside the one that does it."""
        ann, bob = await hooked.person("Ann"), await hooked.person("Bob")
        await hooked.stop()
        await self.left(hooked, update_of(ann, 7, "/start"), update_of(bob, 8, "/start"), starts=1)
        await self.left(hooked, update_of(ann, 9, "/balance"))
        slow = hooked.server.faults.slow(method="sendMessage")
        starting = asyncio.create_task(hooked.start())
        await hooked.server.until(lambda: slow.hits > 0, "the first answer to be under way")
        kept = await hooked.bot.store.inbox.unfinished("telegram")
        assert [(one.number, one.starts) for one in kept] == [(7, 2), (8, 1), (9, 0)]
        assert hooked.server.count()["setWebhook"] == 1
        slow.release()
        await starting
        await hooked.server.called("sendMessage", 3)
        await over(hooked)
