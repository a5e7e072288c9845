"""In a group, the answer to a press on Claim is an alert that only one person sees; nothing is posted."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bot.platforms.telegram import update_handler
from tests.bot.promoting import launched, look
from tests.bot.stages.desk import DeskPlayer, DeskStage
from tests.bot.stages.telegram import TelegramPlayer
from tests.bot.telling import deliver
from tests.loopback.telegram.editing import TOO_OLD
from tests.loopback.telegram.wire import bad_request

if TYPE_CHECKING:
    from bot.command.incoming import Incoming
    from bot.dispatch.desk import Answer
    from tests.bot.stage import Bot
    from tests.bot.stages.telegram import TelegramStage
    from tests.loopback.telegram.messages import Answer as Shown

BONUS = 'Bonus gives=30 ends="3 days"'


@pytest.fixture
async def boss(bot: Bot) -> DeskPlayer:
    bot.operators.add("desk:boss")
    return await DeskStage(bot).person("boss")


@pytest.fixture
async def team(stage: TelegramStage, ann: TelegramPlayer) -> TelegramPlayer:
    """Ann in a group that is subscribed to promotions."""
    del ann
    lead = await stage.member("Lea", "Team", admin=True)
    await lead.say("/subscribe")
    return await stage.member("Ann", "Team")


async def offered(stage: TelegramStage, boss: DeskPlayer, line: str) -> None:
    await launched(boss, line)
    await look(stage.bot)
    await deliver(stage.bot, stage.carrier)


async def pressed(stage: TelegramStage, player: TelegramPlayer, label: str = "Claim") -> Shown:
    """The alert after a press on the latest message."""
    press = await player.person.press(player.chat.last, label)
    shown = await press.answered()
    await stage.server.settled()
    return shown


async def test_a_claim_is_answered_by_an_alert_and_nothing_is_posted(
    stage: TelegramStage, boss: DeskPlayer, team: TelegramPlayer
) -> None:
    await offered(stage, boss, BONUS)
    posted = len(team.chat.sent)
    shown = await pressed(stage, team)
    assert shown.text == "30 Connects for Ann from “Bonus”. They expire on Jan 10, 2027."
    assert shown.show_alert
    again = await pressed(stage, team)
    assert again.text.startswith("Already claimed by Ann: 30 Connects")
    assert len(team.chat.sent) == posted


@pytest.mark.parametrize(
    ("name", "line", "answer"),
    [
        ("Ann", f"{BONUS} feedback=3", "That one is not open to you. To see why, write /claim 1 to me in private."),
        ("Eve", f"{BONUS} plan=plus", "That one is not open to you."),
    ],
)
async def test_a_refusal_is_an_alert_too(  # noqa: PLR0917 - fixtures and what is tried
    stage: TelegramStage, boss: DeskPlayer, team: TelegramPlayer, name: str, line: str, answer: str
) -> None:
    await offered(stage, boss, line)
    player, posted = await stage.member(name, "Team"), len(team.chat.sent)
    assert (await pressed(stage, player)).text.startswith(answer)
    assert len(team.chat.sent) == posted


async def test_if_the_answer_is_too_long_its_first_part_is_the_alert(
    stage: TelegramStage, boss: DeskPlayer, team: TelegramPlayer
) -> None:
    await offered(stage, boss, f"Winter draw of our guild of designers, writers and many others, {BONUS} winners=1")
    told = (await pressed(stage, team, "Take part")).text
    assert told == (
        "Ann takes part in “Winter draw of our guild of designers, writers and many others, Bonus” as entry #1."
        " Winners are posted by name."
    )


async def test_a_channel_gets_alerts_too(stage: TelegramStage, boss: DeskPlayer, ann: TelegramPlayer) -> None:
    lead = (await stage.person("Lea")).person
    news = stage.server.channel("News", admins=[lead])
    news.join(ann.person)
    await TelegramPlayer(stage, lead, news).say("/subscribe")
    await offered(stage, boss, BONUS)
    posted = len(news.sent)
    assert "30 Connects for Ann" in (await pressed(stage, TelegramPlayer(stage, ann.person, news))).text
    assert len(news.sent) == posted


async def test_in_private_the_answer_is_an_ordinary_message(
    stage: TelegramStage, boss: DeskPlayer, ann: TelegramPlayer
) -> None:
    await ann.say("/subscribe")
    await offered(stage, boss, BONUS)
    shown = await pressed(stage, ann)
    assert (shown.text, shown.show_alert) == ("", False)
    assert "50 Connects" in ann.chat.last.text


async def test_an_answer_that_cannot_be_an_alert_any_more_is_posted(
    stage: TelegramStage, boss: DeskPlayer, team: TelegramPlayer
) -> None:
    await offered(stage, boss, BONUS)
    stage.server.faults.refuse(bad_request(TOO_OLD), method="answerCallbackQuery")
    assert "30 Connects for Ann" in (await team.press("Claim")).text


async def test_an_answer_that_is_too_long_is_posted_and_the_spinner_stops(
    stage: TelegramStage, boss: DeskPlayer, team: TelegramPlayer
) -> None:
    await offered(stage, boss, f'{"Long " * 15}gives=30 ends="3 days" approval=yes')
    team.person.name = "Ann with a name that has no end, as some people like to have it"
    shown = await pressed(stage, team, "Apply")
    assert (shown.text, shown.show_alert) == ("", False)
    assert "asked for “Long Long" in team.chat.last.text


async def test_to_an_anonymous_admin_it_is_cut_and_never_posted(
    stage: TelegramStage, boss: DeskPlayer, ann: TelegramPlayer
) -> None:
    lead = await stage.person("Lea")
    await lead.say("/start")
    forum = stage.server.supergroup("Forum", admins=[lead.person], members=[ann.person])
    forum.anonymous.add(lead.person.id)
    await TelegramPlayer(stage, lead.person, forum).say("/subscribe")
    await offered(stage, boss, f'{"Long " * 15}gives=30 ends="3 days" approval=yes')
    lead.person.name = "Lea with a name that has no end, as some people like to have it"
    posted = len(forum.sent)
    shown = await pressed(stage, TelegramPlayer(stage, lead.person, forum), "Apply")
    assert shown.text.endswith("For more, write to me in private: t.me/connects_bot")
    assert len(forum.sent) == posted


async def test_an_answer_that_takes_long_is_posted(
    stage: TelegramStage, boss: DeskPlayer, team: TelegramPlayer, monkeypatch: pytest.MonkeyPatch
) -> None:
    await offered(stage, boss, BONUS)
    going, answer = asyncio.Event(), stage.bot.desk.answer

    async def slow(incoming: Incoming) -> Answer | None:
        await going.wait()
        return await answer(incoming)

    monkeypatch.setattr(stage.bot.desk, "answer", slow)
    monkeypatch.setattr(update_handler, "PATIENCE", 0.01)
    press = await team.person.press(team.chat.last, "Claim")
    assert (await press.answered()).text == ""
    going.set()
    await stage.server.settled()
    assert "30 Connects for Ann" in team.chat.last.text
