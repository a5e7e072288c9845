"""The lots: what of them will expire unspent, past ones, pages, and monthly lots that did not come."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from core.wallets.settings import Plan
from tests.bot.stages.desk import DeskStage

if TYPE_CHECKING:
    from tests.bot.stage import Bot
    from tests.bot.stages.desk import DeskPlayer


class TestUnspent:
    async def test_is_not_claimed_while_the_pace_is_not_known(self, ann: DeskPlayer) -> None:
        heard = await ann.say("/lots")
        assert heard.text == (
            "20 Connects, used in this order\n"
            "20 Connects \u00b7 Welcome bonus \u00b7 free \u00b7 expires Jan 10, 2027\n"
            "I cannot say what will expire unspent, because I do not know your pace. That takes a week of entries, "
            "with a spend in the last four weeks."
        )

    async def test_is_said_of_each_lot_and_in_money(self, ann: DeskPlayer, bot: Bot) -> None:
        await ann.say("/buy 1000 $150")
        await ann.say("/spend 27 Logo")
        bot.clock.pass_(days=14)
        await ann.say("/spend 1 Web")
        assert (await ann.say("/lots")).text == (
            "992 Connects, used in this order\n"
            "992 of 1,000 Connects \u00b7 Purchase \u00b7 $148.80 \u00b7 expires Jan 10, 2027 \u00b7 "
            "about 290 will expire unspent ($43.50)\n"
            "At the pace of your last four weeks, about 290 Connects will expire unspent, for which you paid $43.50. "
            "Going by your fastest and your slowest week, it may be anything from 0 to 943 ($141.45)."
        )

    async def test_is_said_in_connects_alone_in_a_group(self, bot: Bot) -> None:
        lead = await DeskStage(bot).member("Lea", "Team", admin=True)
        for line in ("/start", "/buy 1000 $150", "/spend 27 Logo"):
            await lead.say(line)
        bot.clock.pass_(days=14)
        await lead.say("/spend 1 Web")
        heard = await lead.say("/lots")
        assert "about 270 will expire unspent\n" in heard.text
        assert "about 270 Connects will expire unspent. Going by your fastest" in heard.text
        assert "$40.50" not in heard.text

    async def test_names_what_is_of_unknown_cost(self, ann: DeskPlayer, bot: Bot) -> None:
        await ann.say("/opening 300 unknown")
        await ann.say("/spend 7 Logo")
        bot.clock.pass_(days=7)
        text = (await ann.say("/lots")).text
        assert "about 1 Connect will expire unspent" not in text
        assert "At the pace of your last four weeks, nothing will expire unspent." in text
        await ann.say("/buy 400 $60")
        heard = await ann.say("/lots")
        assert "about 328 Connects will expire unspent, for which you paid $49.20." in heard.text
        assert "Say what 293 of them cost" in heard.buttons
        assert "of your Connects cost. What did they cost you in total?" in (await ann.press("Say what 293")).text


class TestPast:
    async def test_what_expired_is_named(self, ann: DeskPlayer, bot: Bot) -> None:
        assert (await ann.say("/lots expired")).text == "No Connects have expired."
        await ann.say("/spend 5 Logo")
        bot.clock.pass_(days=370)
        await bot.books.sweep()
        await ann.say("/buy 40 $6")
        heard = await ann.say("/lots expired")
        assert heard.text == (
            "15 Connects have expired\n"
            "20 Connects \u00b7 Welcome bonus \u00b7 Jan 10, 2026 \u00b7 free \u00b7 15 expired on Jan 10, 2027"
        )
        assert "40 Connects, used in this order" in (await ann.press("Lots")).text
        assert (await ann.press("All lots")).text == (
            "2 lots, newest first\n"
            "40 Connects \u00b7 Purchase \u00b7 Jan 15, 2027 \u00b7 $6.00 \u00b7 40 left\n"
            "20 Connects \u00b7 Welcome bonus \u00b7 Jan 10, 2026 \u00b7 free \u00b7 15 expired on Jan 10, 2027"
        )

    async def test_many_come_in_pages(self, ann: DeskPlayer, bot: Bot) -> None:
        for _ in range(11):
            await ann.say("/earn reward 30")
            bot.clock.pass_(hours=1)
        await ann.say("/spend 25 Logo")
        heard = await ann.say("/lots")
        assert heard.text.count(" \u00b7 Reward \u00b7 ") == 10
        assert heard.buttons == ("Next lots", "All lots, with past ones")
        heard = await ann.press("Next lots")
        assert heard.text.startswith("325 Connects, used in this order\n30 Connects \u00b7 Reward \u00b7 ")
        assert heard.buttons == ("Previous lots", "All lots, with past ones")
        heard = await ann.press("All lots")
        assert heard.text.startswith("12 lots, newest first\n")
        heard = await ann.press("Next lots")
        assert (
            heard.text.splitlines()[-1]
            == "20 Connects \u00b7 Welcome bonus \u00b7 Jan 10, 2026 \u00b7 free \u00b7 all spent"
        )
        assert heard.buttons == ("Previous lots", "Lots")

    @pytest.mark.parametrize("words", ["all", "past", "old"])
    async def test_people_call_them_by_many_names(self, ann: DeskPlayer, words: str) -> None:
        assert (await ann.say(f"/lots {words}")).text.startswith("Your only lot\n")


class TestMonthly:
    async def late(self, ann: DeskPlayer, bot: Bot, zone: str = "UTC") -> None:
        """A wallet on Freelancer Plus since January 10, whose lot of February 5 nobody has booked by March 1."""
        await ann.say(f"/settings plan={Plan.PLUS} zone={zone}")
        await ann.say("/alerts cycle=5")
        bot.clock.at = datetime(2026, 3, 1, 12, tzinfo=UTC)

    @pytest.mark.parametrize("zone", ["UTC", "Pacific/Auckland", "America/Los_Angeles"])
    async def test_one_that_did_not_come_is_named_and_booked_on_its_day(
        self, ann: DeskPlayer, bot: Bot, zone: str
    ) -> None:
        await self.late(ann, bot, zone)
        heard = await ann.say("/lots")
        assert "Your plan's Connects that were due on Feb 5, 2026 are not in the books." in heard.text
        assert heard.text.endswith("The next 100 Connects of your plan are due on Mar 5, 2026.")
        assert heard.buttons == ("100 came on Feb 5, 2026: book them",)
        done = await ann.press("100 came on Feb 5, 2026")
        assert "Booked on Thursday, Feb 5, 2026.\nExpires: Feb 5, 2027\nLeft: 120 Connects" in done.text
        heard = await ann.say("/lots")
        assert "not in the books" not in heard.text
        assert (await bot.books.verify()).fault is None
        again = await ann.say("/earn monthly 100 came=2026-02-06")
        assert again.text == "The Connects of that month are already booked, as #2."

    async def test_one_that_is_due_by_now_is_no_reproach(self, ann: DeskPlayer, bot: Bot) -> None:
        await self.late(ann, bot)
        bot.clock.at = datetime(2026, 2, 6, 12, tzinfo=UTC)
        heard = await ann.say("/lots")
        assert "Your plan's 100 Connects were due on Feb 5, 2026, and are not in the books yet." in heard.text
        assert heard.buttons == ("100 came on Feb 5, 2026: book them",)

    async def test_in_a_group_only_admins_get_the_buttons(self, bot: Bot) -> None:
        stage = DeskStage(bot)
        lead, max_ = await stage.member("Lea", "Team", admin=True), await stage.member("Max", "Team")
        await lead.say("/start")
        await lead.say("/opening 30 free")
        await self.late(lead, bot)
        for one, book in ((lead, ("100 came on Feb 5, 2026: book them",)), (max_, ())):
            heard = await one.say("/lots")
            assert "due on Feb 5, 2026 are not in the books" in heard.text
            assert heard.buttons == book

    async def test_nothing_else_that_was_earned_is_booked_on_another_day(self, ann: DeskPlayer) -> None:
        heard = await ann.say("/earn reward 20 came=2026-01-09")
        assert heard.text.startswith("Only monthly Connects can be booked on an earlier day.")
