"""What a team does at the same moment, on every platform: two spend together, and somebody loses a role meanwhile."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from core.shared.ids import WalletId
from tests.bot.stages.console import ConsolePlayer
from tests.bot.team.agency import WRITE

if TYPE_CHECKING:
    from tests.bot.stage import Addressee, Bot, CarryingStage

WALLET = WalletId(1)
LINK = "https://www.upwork.com/jobs/~022010000000000000042"
VIEWER = "As a viewer you can read and export everything here"


async def test_two_at_once_and_roles_that_are_taken_away_meanwhile(bot: Bot, stage: CarryingStage) -> None:
    lead = await stage.member("Lea", "Team", admin=True)
    two = {name: await stage.member(name, "Team") for name in ("Bob", "Ivan")}
    for line in ("/start", "/opening 300 free", "/limit amount=20 per=day member=together act=block"):
        await lead.say(line)
    await at_once(bot, two, "/spend 12 Logo", "That would be 24 of 20 Connects today (all together)")
    late = await at_once(bot, two, f"/spend 4 {LINK}", "Bid anyway?")
    early = next(name for name in two if name != late)

    await lead.say(f"/role who={late} to=viewer")
    assert VIEWER in (await two[late].press("Bid anyway")).text

    await two[early].say("/menu subject=books")
    asked = await two[early].press("Book a spend")
    assert "How many Connects" in asked.text
    in_form = WRITE in asked.buttons
    if in_form:
        await two[early].press(WRITE)
    await lead.say(f"/role who={early} to=viewer")
    heard = await (two[early].say("3") if in_form else two[early].press(asked.buttons[0]))
    assert VIEWER in heard.text
    assert "284 Connects" in (await lead.say("/balance")).text


async def at_once(bot: Bot, two: dict[str, Addressee], line: str, asked: str) -> str:
    """Two say the same at the same moment, as far as their platform has two keyboards; who was asked, not booked.

    A group on Telegram reads all answers, so the books tell whose spend it was.
    """
    before = await bot.books.newest(WALLET)
    if isinstance(two["Bob"], ConsolePlayer):
        heard = [await player.say(line) for player in two.values()]
    else:
        heard = list(await asyncio.gather(*(player.say(line) for player in two.values())))
    assert any(asked in one.text for one in heard)
    newest, *_ = history = await bot.books.history(WALLET)
    assert newest.number == before + 1
    assert newest.by is not None
    booked = (await bot.books.authors(history))[newest.by]
    return next(name for name in two if name != booked)
