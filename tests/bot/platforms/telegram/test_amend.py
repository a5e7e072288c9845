"""What Telegram refuses, delays or loses where a message that was told unasked is changed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from structlog.testing import capture_logs
from telegram import Message

from bot.delivery.carrier import NOT_CONNECTED
from bot.reply.parts import reply, say
from core.delivery.outcome import Failed, Gone, Later, Sent, Unknown
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
    async def test_one_that_was_deleted(self, stage: TelegramStage, ann: TelegramPlayer, sent: Outcome) -> None:
        ann.chat.last.deleted = True
        assert await amend(stage, ann, sent) == Failed("no message")

    async def test_one_that_is_not_ours(self, stage: TelegramStage, ann: TelegramPlayer) -> None:
        said = await ann.person.say("/balance", ann.chat)
        assert await amend(stage, ann, Sent(str(said.id))) == Failed("no message")

    async def test_one_that_is_too_old(self, stage: TelegramStage, ann: TelegramPlayer, sent: Outcome) -> None:
        stage.server.faults.refuse(bad_request("message can't be edited"), method=EDIT)
        assert await amend(stage, ann, sent) == Failed("no message")

    async def test_a_file(self, stage: TelegramStage, ann: TelegramPlayer) -> None:
        sent = await stage.carrier.carry(ann.target, FILE, SPEAK, "n1")
        assert await amend(stage, ann, sent) == Failed("no message")

    async def test_what_is_no_id_raises_nothing(self, stage: TelegramStage, ann: TelegramPlayer) -> None:
        assert await amend(stage, ann, Sent("somewhere")) == Failed("ValueError")


class TestWhatIsDrawn:
    async def test_the_first_of_several_parts(self, stage: TelegramStage, ann: TelegramPlayer, sent: Outcome) -> None:
        assert await amend(stage, ann, sent, LONG) == sent
        assert ann.chat.last.text.startswith("1 Connect")
        assert len(ann.chat.sent) == 2

    async def test_nothing_and_a_file_are_no_text(
        self, stage: TelegramStage, ann: TelegramPlayer, sent: Outcome
    ) -> None:
        assert await amend(stage, ann, sent, reply()) == Failed("empty")
        assert await amend(stage, ann, sent, FILE) == Failed("file")
        assert stage.server.calls(EDIT) == []


class TestTrouble:
    async def test_a_limit_is_not_waited_for(self, stage: TelegramStage, ann: TelegramPlayer, sent: Outcome) -> None:
        stage.server.faults.rate_limit(30, method=EDIT)
        assert await amend(stage, ann, sent) == Later(timedelta(seconds=30))
        assert stage.pauses == []
        assert await amend(stage, ann, sent) == sent

    async def test_after_a_lost_answer_it_may_be_tried_again(
        self, stage: TelegramStage, ann: TelegramPlayer, sent: Outcome
    ) -> None:
        stage.server.faults.drop_after(method=EDIT)
        assert await amend(stage, ann, sent) == Unknown("lost answer")
        assert await amend(stage, ann, sent) == sent
        assert ann.chat.last.text == "8 left"

    async def test_who_blocks_the_bot_is_gone(self, stage: TelegramStage, ann: TelegramPlayer, sent: Outcome) -> None:
        stage.server.faults.refuse(forbidden("bot was blocked by the user"), method=EDIT)
        assert await amend(stage, ann, sent) == Gone("blocked")

    async def test_a_token_that_is_no_longer_taken_holds_all(
        self, stage: TelegramStage, ann: TelegramPlayer, sent: Outcome
    ) -> None:
        stage.server.faults.refuse(ApiError(401, "Unauthorized"), method=EDIT)
        assert await amend(stage, ann, sent) == NOT_CONNECTED
        running, stage.running = stage.running, None
        assert running is not None
        with pytest.raises(ConnectionError):
            await running

    async def test_what_telegram_does_not_take_fails_by_its_kind(
        self, stage: TelegramStage, ann: TelegramPlayer, sent: Outcome
    ) -> None:
        stage.server.faults.refuse(bad_request("can't parse entities"), method=EDIT)
        assert await amend(stage, ann, sent, NOW) == Failed("BadRequest")

    async def test_an_answer_that_the_library_cannot_read_is_unknown(
        self, stage: TelegramStage, ann: TelegramPlayer, sent: Outcome, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def unreadable(*_: object) -> None:
            raise KeyError("Secret client")

        monkeypatch.setattr(Message, "de_json", unreadable)
        with capture_logs() as logs:
            assert await amend(stage, ann, sent) == Unknown("KeyError")
        assert "Secret" not in str(logs)
