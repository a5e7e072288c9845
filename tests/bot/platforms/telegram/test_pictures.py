"""A picture is shown as one, or its words alone where the bot may not send pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.bot.stages.telegram import TelegramPlayer, TelegramStage


async def test_it_is_shown_at_once(ann: TelegramPlayer) -> None:
    await ann.say("/import")
    shown = ann.chat.sent[-1]
    assert shown.photo is not None
    assert shown.text.startswith("1. Open your Connects History")
    assert [button.label for button in shown.buttons] == ["Open Connects History", "Open My proposals"]


async def test_where_it_may_send_none_the_words_are_there(stage: TelegramStage) -> None:
    lea = await stage.member("Lea", "Team", admin=True)
    lea.chat.mute_bot("photos")
    heard = await lea.say("/import")
    assert "1. Open your Connects History" in heard.text
    assert not heard.files
    assert lea.chat.sent[-1].photo is None
