"""The heart of two weeks of a team (tests/bot/team.txt) on every platform: roles, a limit, one job for two, figures."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.main import task_runner
from tests.bot.stages.telegram import TelegramPlayer
from tests.bot.telling import deliver, live_on

if TYPE_CHECKING:
    from tests.bot.stage import Addressee, Bot, CarryingStage

FRIDAY = datetime(2026, 1, 16, 9, tzinfo=UTC)
LOGO, APP = "https://www.upwork.com/jobs/~022010000000000000042", "https://www.upwork.com/jobs/~022010000000000000043"


async def test_a_team(bot: Bot, stage: CarryingStage) -> None:
    live_on(bot, stage.carrier)
    lea = await stage.member("Lea", "Studio", admin=True)
    people = {name: await stage.member(name, "Studio") for name in ("Max", "Ivan", "Mara", "Nils")}
    for line in ("/start", "/buy 200 $30", "/alerts digest=off runway=off days=off", "/settings weekly=on"):
        await lea.say(line)
    for player in people.values():
        assert "200 Connects" in (await player.say("/balance")).text
    await roles_are_given(lea, people)
    await two_bid_on_one_job(lea, people)
    await a_limit_is_passed_and_allowed(bot, stage, lea, people["Ivan"])
    await each_sees_what_is_theirs_to_see(stage, lea, people)
    await friday_comes(bot, stage, lea)


async def roles_are_given(lea: Addressee, people: dict[str, Addressee]) -> None:
    """The first owner is named, and from then on nobody else is one."""
    for who, role, said in (
        ("Lea", "owner", "an owner"),
        ("Max", "manager", "a manager"),
        ("Nils", "viewer", "a viewer"),
    ):
        assert f"{who} is now {said}." in (await lea.say(f"/role who={who} to={role}")).text
    assert "#2 booked: 60 Connects bought" in (await people["Max"].say("/buy 60 $9")).text
    refused = await people["Ivan"].say("/buy 20 $3")
    assert "Only owners and managers can use /buy here. Lea is the owner." in refused.text
    assert "As a viewer you can read and export everything here" in (await people["Nils"].say("/spend 4 Fax")).text


async def two_bid_on_one_job(lea: Addressee, people: dict[str, Addressee]) -> None:
    await lea.say("/limit amount=20 per=week member=Ivan boosts=on act=block")
    assert "16 Connects and a boost of 12" in (await people["Ivan"].say(f"/spend 16 {LOGO} boost=12")).text
    asked = await people["Mara"].say(f"/spend 16 {LOGO}")
    assert "Ivan bid 16 on this job today at 09:00, see #3. Bid anyway?" in asked.text
    assert "#5 booked: 16 Connects" in (await people["Mara"].press("Bid anyway")).text


async def a_limit_is_passed_and_allowed(bot: Bot, stage: CarryingStage, lea: Addressee, ivan: Addressee) -> None:
    asked = await ivan.say(f"/spend 8 {APP} boost=10")
    assert "That would be 22 of 20 Connects for boosts this week (Ivan). 8 are left." in asked.text
    assert "You have spent 22 of 20 Connects for boosts this week" in (await ivan.press("Already sent")).text
    await deliver(bot, stage.carrier)
    assert "22 of 20 Connects are spent on boosts." in (await lea.read()).text
    assert "2 Connects" in (await lea.press("Allow this")).text
    assert "22 spent, nothing left" in (await ivan.say("/limit")).text


async def each_sees_what_is_theirs_to_see(stage: CarryingStage, lea: Addressee, people: dict[str, Addressee]) -> None:
    """The owner sees all, a member their own, and only a viewer the money, where nobody else reads it."""
    whole = (await lea.say("/team")).text
    assert all(figures in whole for figures in ("46 Connects, 74 %", "16 Connects, 26 %", "62 Connects"))
    own = await people["Mara"].say("/team")
    assert "46 Connects" not in own.text
    assert "16 Connects, 26 %" in own.text
    assert "Only owners, managers and viewers" in (await people["Mara"].press("In money")).text
    await people["Nils"].say("/team")
    assert "62 Connects ($9.30)" in await in_money(stage, people["Nils"])


async def in_money(stage: CarryingStage, viewer: Addressee) -> str:
    """The figures in money, which Telegram shows in the private chat: the press opens it there."""
    if not isinstance(viewer, TelegramPlayer):
        return (await viewer.press("In money")).text
    press = await viewer.person.press(viewer.chat.last, "In money")
    start = (await press.answered()).url.partition("start=")[2]
    return (await (await stage.person("Nils")).say(f"/start {start}")).text


async def friday_comes(bot: Bot, stage: CarryingStage, lea: Addressee) -> None:
    bot.clock.at = FRIDAY
    await task_runner(bot.store, bot.books, bot.live_platforms).run_due()
    await deliver(bot, stage.carrier)
    week = (await lea.read()).text
    assert "The team's week, Jan 9, 2026 to Jan 15, 2026" in week
    assert all(row in week for row in ("46 Connects, 2 bids", "16 Connects, 1 bid", "62 Connects, 3 bids"))
