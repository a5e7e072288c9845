"""Editing notices on Telegram: refusals, rate limits and lost responses."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from structlog.testing import capture_logs
from telegram import Message

from bot.delivery.carrier import NOT_CONNECTED
from bot.reply.parts import reply, say
from core.delivery.outcome import Failed, Later, Sent, Uncertain, Unreachable
from tests.bot.carried import FILE, NOW, SPEAK, amend, carry
from tests.loopback.telegram.wire import ApiError, bad_request, forbidden

if TYPE_CHECKING:
    from core.delivery.outcome import Outcome
    from tests.bot.stages.telegram import TelegramPlayer, TelegramStage

EDIT = "editMessageText"
LONG = reply(*(say("balance-now", connects=number) for number in range(1, 250)))


@pytest.fixture
async def sent(stage: TelegramStage, ann: TelegramPlayer) -> Outcome:
    return await carry(stage, ann)


class TestNoMessage:
    async def test_a_deleted_message_fails(self, stage: TelegramStage, ann: TelegramPlayer, sent: Outcome) -> None:
        ann.chat.last.deleted = True
        assert await amend(stage, ann, sent) == Failed("no message")

    async def test_somebody_elses_message_fails(self, stage: TelegramStage, ann: TelegramPlayer) -> None:
        said = await ann.person.say("/balance", ann.chat)
        assert await amend(stage, ann, Sent(str(said.id))) == Failed("no message")

    async def test_a_message_that_is_too_old_fails(
        self, stage: TelegramStage, ann: TelegramPlayer, sent: Outcome
    ) -> None:
        stage.server.faults.refuse(bad_request("message can't be edited"), method=EDIT)
        assert await amend(stage, ann, sent) == Failed("no message")

    async def test_a_message_with_a_file_fails(self, stage: TelegramStage, ann: TelegramPlayer) -> None:
        sent = await stage.carrier.carry(ann.target, FILE, SPEAK, "n1")
        assert await amend(stage, ann, sent) == Failed("no message")

    async def test_an_invalid_id_fails_without_raising(self, stage: TelegramStage, ann: TelegramPlayer) -> None:
        assert await amend(stage, ann, Sent("somewhere")) == Failed("ValueError")


class TestWhatIsDrawn:
    async def test_of_several_parts_the_first_is_used(
        self, stage: TelegramStage, ann: TelegramPlayer, sent: Outcome
    ) -> None:
        assert await amend(stage, ann, sent, LONG) == sent
        assert ann.chat.last.text.startswith("1 Connect")
        assert len(ann.chat.sent) == 2

    async def test_an_empty_reply_and_a_file_fail(
        self, stage: TelegramStage, ann: TelegramPlayer, sent: Outcome
    ) -> None:
        assert await amend(stage, ann, sent, reply()) == Failed("empty")
        assert await amend(stage, ann, sent, FILE) == Failed("file")
        assert stage.server.calls(EDIT) == []


class TestTrouble:
    async def test_a_rate_limit_is_not_waited_out(
        self, stage: TelegramStage, ann: TelegramPlayer, sent: Outcome
    ) -> None:
        stage.server.faults.rate_limit(30, method=EDIT)
        assert await amend(stage, ann, sent) == Later(timedelta(seconds=30))
        assert stage.pauses == []
        assert await amend(stage, ann, sent) == sent

    async def test_after_a_lost_response_it_may_be_retried(
        self, stage: TelegramStage, ann: TelegramPlayer, sent: Outcome
    ) -> None:
        stage.server.faults.drop_after(method=EDIT)
        assert await amend(stage, ann, sent) == Uncertain("lost answer")
        assert await amend(stage, ann, sent) == sent
        assert ann.chat.last.text == "8 left"

    async def test_someone_who_blocks_the_bot_is_unreachable(
        self, stage: TelegramStage, ann: TelegramPlayer, sent: Outcome
    ) -> None:
        stage.server.faults.refuse(forbidden("bot was blocked by the user"), method=EDIT)
        assert await amend(stage, ann, sent) == Unreachable("blocked")

    async def test_a_refused_token_defers_everything(
        self, stage: TelegramStage, ann: TelegramPlayer, sent: Outcome
    ) -> None:
        stage.server.faults.refuse(ApiError(401, "Unauthorized"), method=EDIT)
        assert await amend(stage, ann, sent) == NOT_CONNECTED
        running, stage.running = stage.running, None
        assert running is not None
        with pytest.raises(ConnectionError):
            await running

    async def test_a_refused_message_fails_with_its_type(
        self, stage: TelegramStage, ann: TelegramPlayer, sent: Outcome
    ) -> None:
        stage.server.faults.refuse(bad_request("can't parse entities"), method=EDIT)
        assert await amend(stage, ann, sent, NOW) == Failed("BadRequest")

    async def test_an_unreadable_response_is_an_uncertain_outcome(
        self, stage: TelegramStage, ann: TelegramPlayer, sent: Outcome, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def unreadable(*_: object) -> None:
            raise KeyError("Secret client")

        monkeypatch.setattr(Message, "de_json", unreadable)
        with capture_logs() as logs:
            assert await amend(stage, ann, sent) == Uncertain("KeyError")
        assert "Secret" not in str(logs)
