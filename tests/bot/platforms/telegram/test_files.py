"""Files that people attach on Telegram are fetched only if a command needs them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.bot.stages.telegram import TelegramPlayer, TelegramStage

FILE = b'title = "Bonus"\ntext = "Sun"\ngives = 20\nends = "3 days"\n'


@pytest.fixture
async def chief(stage: TelegramStage, ann: TelegramPlayer) -> TelegramPlayer:
    """Ann, an operator."""
    stage.bot.operators.add(f"telegram:{ann.person.id}")
    return ann


async def test_it_is_fetched_only_if_needed(stage: TelegramStage, ann: TelegramPlayer) -> None:
    await ann.hand("bonus.toml", FILE, "/balance")
    assert stage.server.calls("getFile") == []
    stage.bot.operators.add(f"telegram:{ann.person.id}")
    assert "1 promotion saved as a draft." in (await ann.hand("bonus.toml", FILE)).text
    assert len(stage.server.calls("getFile")) == 1


async def test_one_that_is_too_large_is_not_even_fetched(stage: TelegramStage, chief: TelegramPlayer) -> None:
    assert "at most" not in (await chief.hand("bonus.toml", FILE)).text
    assert "That file is too large" in (await chief.hand("bonus.toml", b"#" * 5_000_001)).text
    assert len(stage.server.calls("getFile")) == 1


async def test_one_that_cannot_be_fetched_may_be_sent_again(stage: TelegramStage, chief: TelegramPlayer) -> None:
    stage.server.faults.fail(500, method="getFile", times=9)
    assert "I could not fetch that file." in (await chief.hand("bonus.toml", FILE)).text
    stage.server.faults.clear()
    assert "1 promotion saved as a draft." in (await chief.hand("bonus.toml", FILE)).text


async def test_in_a_group_a_file_without_a_caption_is_ignored(stage: TelegramStage, chief: TelegramPlayer) -> None:
    member = await stage.member("Ann", "Team", admin=True)
    await chief.person.send("bonus.toml", FILE, member.chat)
    await chief.person.send("bonus.toml", FILE, member.chat, caption="have a look")
    await stage.server.settled()
    assert member.chat.sent == []
    assert "1 promotion saved as a draft." in (await member.hand("bonus.toml", FILE, "/promote@connects_bot")).text
