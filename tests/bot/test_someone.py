"""Whoever has no name any more is someone, wherever people are named, and never a number."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.delivery.live_platforms import LivePlatforms
from bot.main import task_runner
from bot.reply.parts import say
from bot.reply.words import FALLBACK_VOICE
from core.shared.names import SOMEONE
from tests.bot.stages.desk import DeskPlayer, DeskStage

if TYPE_CHECKING:
    from tests.bot.stage import Bot


@pytest.fixture
def stage(bot: Bot) -> DeskStage:
    return DeskStage(bot)


@pytest.fixture
async def ann(stage: DeskStage) -> DeskPlayer:
    """Ann, the owner of a group's books in which Ben books, too."""
    ann, ben = await stage.member("Ann", "Team", admin=True), await stage.member("Ben", "Team")
    for line in ("/start", "/opening 100 free", "/role me owner"):
        await ann.say(line)
    await ben.say("/spend 8 Mural")
    for line in ("/role Ben owner", "/limit Ben 50 a week", "/target Ben 9 bids this month"):
        await ann.say(line)
    return ann


async def forgotten(stage: DeskStage, name: str) -> None:
    person = await stage.person(name)
    await person.say("/forgetme")
    await person.press("Forget me")
    assert "You are forgotten." in (await person.say("forget")).text


def test_the_word_stands_in_texts_in_the_readers_language() -> None:
    assert FALLBACK_VOICE.say(say("raw", text=f"#3 {SOMEONE}, #5 Bob")) == "#3 someone, #5 Bob"
    assert FALLBACK_VOICE.text(SOMEONE) == "someone"


@pytest.mark.parametrize("line", ["/history", "/team", "/limit", "/target", "/role", "/audit", "/proposals", "/stats"])
async def test_no_list_of_a_group_names_them(stage: DeskStage, ann: DeskPlayer, line: str) -> None:
    ben = await stage.member("Ben", "Team")
    await ben.say("/role Ann owner")
    assert "Ben" in (await ann.say("/team")).text
    await forgotten(stage, "Ben")
    heard = await ann.say(line)
    assert "Ben" not in heard.text
    assert "#2" not in heard.text.replace("#2 \u00b7", "").replace("Entries #", "")
    if line in {"/history", "/team", "/audit", "/proposals"}:
        assert "someone" in heard.text


async def test_files_of_a_group_say_someone(stage: DeskStage, bot: Bot, ann: DeskPlayer) -> None:
    await forgotten(stage, "Ben")
    await ann.say("/export")
    order, books = bot.publisher.orders[-1], bot.publisher.books[-1]
    names = {**order.names, **books.names}
    assert sorted(names.values()) == ["Ann", "someone"]


async def test_a_winner_who_is_gone_is_someone(stage: DeskStage, bot: Bot) -> None:
    boss, ben = await stage.person("boss"), await stage.person("Ben")
    await boss.say("/promote Raffle gives=30 winners=1 ends=2 days text=Welcome")
    await boss.press("Launch")
    await ben.say("/start")
    await ben.say("/claim 1")
    bot.clock.at += timedelta(days=3)
    await task_runner(bot.store, bot.books, LivePlatforms(), ["desk:boss"]).run_due()
    assert "Ben" in (await boss.say("/promo show 1")).text
    await forgotten(stage, "Ben")
    assert "Winner #1 someone: 30 Connects" in (await boss.say("/promo show 1")).text
