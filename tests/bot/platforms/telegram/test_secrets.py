"""Neither the token nor what people write is ever logged."""

from __future__ import annotations

import io
import logging
from dataclasses import replace
from typing import TYPE_CHECKING

import aiohttp
import pytest
from pydantic import SecretStr
from structlog.testing import capture_logs

from bot.platforms.port import RejectedError
from tests.bot.stages.telegram import a_stage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.bot.stage import Bot
    from tests.bot.stages.telegram import TelegramStage

WORDS = "zebra-secret"


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """Everything that libraries log to the root logger, at the most verbose level."""
    stream, root = io.StringIO(), logging.getLogger()
    handler, level = logging.StreamHandler(stream), root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield stream
    finally:
        root.removeHandler(handler)
        root.setLevel(level)


async def test_neither_token_nor_words_are_logged(bot: Bot, logged: io.StringIO) -> None:
    async with a_stage(bot) as stage:
        with capture_logs() as events:
            await _much_goes_wrong(stage)
        told = logged.getvalue() + repr(events)
        assert {"connected", "answered", "answer not delivered"} <= {event["event"] for event in events}
        for secret in (stage.server.token, stage.server.token.partition(":")[2], WORDS, "4242:other"):
            assert secret not in told


async def _much_goes_wrong(stage: TelegramStage) -> None:
    await stage.start()
    ann = await stage.person("Ann")
    await ann.say("/start")
    await ann.say(f"/spend 5 {WORDS}")
    for method in ("sendMessage", "getUpdates"):
        stage.server.faults.fail(502, method=method)
    await ann.person.say(f"/spend 1 {WORDS}")
    await stage.server.called("sendMessage", 3)
    await ann.say("/balance")
    await stage.stop()
    right = stage.settings
    stage.settings = replace(right, telegram_token=SecretStr("4242:other"))
    with pytest.raises(RejectedError):
        await stage.start()
    stage.settings = right


async def test_an_update_that_cannot_be_read_is_not_logged(hooked: TelegramStage, logged: io.StringIO) -> None:
    """By webhook, the library would log all of it."""
    secret = hooked.server.calls("setWebhook")[-1].payload["secret_token"]
    broken = {"update_id": 1, "message": {"message_id": WORDS}}
    with capture_logs() as events:
        async with (
            aiohttp.ClientSession() as http,
            http.post(
                hooked.settings.telegram_webhook_url,
                json=broken,
                headers={"X-Telegram-Bot-Api-Secret-Token": secret},
            ) as answer,
        ):
            assert answer.status == 400
    assert [event["kind"] for event in events if event["event"] == "library"] == ["KeyError"]
    assert WORDS not in logged.getvalue() + repr(events)
