"""Notices on the console: shown between the lines, while the user is in the chat that they are for."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

from structlog.testing import capture_logs

from bot.delivery.carrier import NOT_CONNECTED
from core.delivery.notice import Target
from core.delivery.outcome import Failed, Later, Sent
from core.shared.refusals import Outage, UnavailableError
from tests.bot.carried import FILE, NOW, SPEAK, TOLD
from tests.bot.stages.console import Talk, talk

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from core.delivery.outcome import Outcome
    from tests.bot.stage import Bot

ANN = Target("console", "ann", direct=True)
TEAM = Target("console", "#team")
ABSENT = Later(timedelta(hours=1))


async def carry(chat: Talk, target: Target = ANN) -> Outcome:
    return await chat.console.carry(target, TOLD, SPEAK, "n1")


async def test_it_is_shown_below_the_prompt_with_a_new_prompt_after_it(chat: Talk) -> None:
    assert isinstance(await carry(chat), Sent)
    assert chat.pipe.take() == "\n7 left\n  1) History\n\nAnn> "


async def test_its_buttons_are_numbered_on_from_those_of_the_answers(chat: Talk) -> None:
    await chat.line("/start")
    await carry(chat)
    assert "  4) History" in chat.pipe.take()
    assert "Entry #1" in await chat.line("4)")
    assert "How many Connects do you have now?" in await chat.line("2)")


async def test_two_messages_at_once_have_different_numbers(chat: Talk) -> None:
    await asyncio.gather(carry(chat), carry(chat))
    shown = chat.pipe.take()
    assert "  1) History" in shown
    assert "  2) History" in shown


async def test_files_are_saved_like_those_of_answers(chat: Talk, tmp_path: Path) -> None:
    await chat.console.carry(ANN, FILE, SPEAK, "n1")
    assert (tmp_path / "exports" / "connects.csv").read_bytes() == b"1,2\n"
    assert "Saved as " in chat.pipe.take()


async def test_an_edited_message_is_shown_again_below(chat: Talk) -> None:
    sent = await carry(chat)
    chat.pipe.take()
    assert isinstance(sent, Sent)
    assert await chat.console.amend(ANN, sent.message, NOW, SPEAK) == sent
    assert chat.pipe.take() == "\n8 left\n  2) Lots\n\nAnn> "


class TestAbsent:
    async def test_a_message_for_somebody_else_is_deferred(self, chat: Talk) -> None:
        assert await carry(chat, Target("console", "bob", direct=True)) == ABSENT
        await chat.line("/as bob")
        assert isinstance(await carry(chat, Target("console", "bob", direct=True)), Sent)
        assert await carry(chat) == ABSENT

    async def test_a_message_for_a_group_is_shown_once_the_group_is_open(self, chat: Talk) -> None:
        assert await carry(chat, TEAM) == ABSENT
        await chat.line("/in #team")
        assert isinstance(await carry(chat, TEAM), Sent)

    async def test_an_edit_for_somebody_else_is_deferred(self, chat: Talk) -> None:
        assert await chat.console.amend(TEAM, "1.1", NOW, SPEAK) == ABSENT

    async def test_a_private_message_waits_until_the_private_chat_is_open(self, chat: Talk) -> None:
        """Pressed in the group, its buttons would be for the group's wallet."""
        await chat.line("/in #team")
        assert await carry(chat) == ABSENT


class TestTrouble:
    async def test_before_the_start_and_after_the_end_everything_is_deferred(self, bot: Bot, tmp_path: Path) -> None:
        begun = talk(bot, tmp_path, "Ann")
        assert await carry(begun) == NOT_CONNECTED
        await begun.begin()
        await begun.end()
        assert await carry(begun) == NOT_CONNECTED

    async def test_if_buttons_cannot_be_stored_nothing_is_shown(
        self, chat: Talk, bot: Bot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def away(*_: object) -> None:
            raise UnavailableError(Outage.BUSY, maybe=False)

        monkeypatch.setattr(bot.store.notes, "put_note", away)
        chat.pipe.take()
        assert await carry(chat) == NOT_CONNECTED
        assert chat.pipe.take() == ""

    async def test_a_fault_is_logged_without_its_text(
        self, chat: Talk, bot: Bot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def broken(*_: object) -> None:
            raise KeyError("Secret client")

        monkeypatch.setattr(bot.store.notes, "put_note", broken)
        with capture_logs() as logs:
            assert await carry(chat) == Failed("KeyError")
        assert "Secret" not in str(logs)
