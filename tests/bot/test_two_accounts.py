"""A wallet with the books of two accounts: no page proves its balance, and it says so wherever one is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.links.model import Accounts
from core.links.preview import UNANSWERED
from core.links.service import LinkService
from core.shared.ids import PersonId
from tests.bot.handing import handed
from tests.bot.stages.desk import DeskStage

if TYPE_CHECKING:
    from tests.bot.stage import Bot

SUM = "This wallet has the books of two Upwork accounts, so its balance is the sum of both."


async def test_what_upwork_shows_of_one_account_is_compared_with_nothing(bot: Bot) -> None:
    stage = DeskStage(bot)
    ann, bob = [await stage.person(name) for name in ("Ann", "Bob")]
    for one in (ann, bob):
        await one.say("/start")
    links, both = LinkService(bot.store, bot.books.rulebook, bot.clock), (PersonId(1), PersonId(2))
    shown = await links.preview(*both, Accounts.TWO)
    await links.link(*both, Accounts.TWO, UNANSWERED, stamp=shown.stamp, key="together")
    bot.clock.pass_(days=3)
    for line in ("/reconcile 20", "/reconcile", "/balance is 20"):
        assert SUM in (await ann.say(line)).text
    assert "both accounts together" in (await handed(bot, ann, "d1")).text
    booked = await ann.press("Book all 3")
    assert "3 entries booked" in booked.text
    assert "as Upwork says" not in booked.text
    assert "Left:" in (await ann.say("/spend 4 Logo")).text
