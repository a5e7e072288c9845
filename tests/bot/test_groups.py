"""Groups: who booked what, and who may undo it."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from core.shared.ids import WalletId
from tests.bot.stages.desk import DeskStage

if TYPE_CHECKING:
    from tests.bot.stage import Bot
    from tests.bot.stages.desk import DeskPlayer


class TestWhoBookedWhat:
    async def test_is_shown_in_the_history_of_a_group(self, lead: DeskPlayer, bob: DeskPlayer) -> None:
        await bob.say("/spend 16 Logo redesign")
        lines = (await lead.say("/history")).text.splitlines()
        assert lines[1:] == [
            "#2 · 09:00 · \u221216 · Logo redesign · Bob · 284 left",
            "#1 · 09:00 · +300 · Opening balance · Lea · 300 left",
        ]

    async def test_is_shown_in_the_export_of_a_group(self, lead: DeskPlayer, bob: DeskPlayer) -> None:
        await bob.say("/spend 16 Logo redesign")
        (content,) = (await lead.say("/export postings=yes")).files.values()
        rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
        assert [row["by_name"] for row in rows] == ["Lea", "Lea", "Bob", "Bob"]

    async def test_is_not_shown_in_a_private_chat(self, ann: DeskPlayer) -> None:
        assert "ann" not in (await ann.say("/history")).text
        (content,) = (await ann.say("/export postings=yes")).files.values()
        assert "ann" not in content.decode("utf-8-sig")


class TestWhatSomebodyElseBooked:
    async def test_can_be_returned_and_undone_only_by_them_or_an_admin(self, lead: DeskPlayer, bob: DeskPlayer) -> None:
        await lead.say("/spend 16 Logo redesign")
        for line in ("/return 2", "/return 2 5", "/undo 2", "/undo"):
            assert "you can return and undo what you booked yourself" in (await bob.say(line)).text
        assert "284 Connects are available." in (await bob.say("/balance")).text
        await bob.say("/spend 4 Landing page")
        assert "4 Connects returned from #3" in (await bob.say("/return #3")).text
        assert "#4 is undone" in (await lead.say("/undo 4")).text

    async def test_the_latest_of_ones_own_is_offered(self, lead: DeskPlayer, bob: DeskPlayer) -> None:
        await bob.say("/spend 4 Landing page")
        await lead.say("/spend 16 Logo redesign")
        assert (await bob.say("/undo")).buttons == ("Undo #2 · Proposal: Landing page",)
        assert "#2 is undone" in (await bob.press("Undo #2")).text
        assert "you can return and undo what you booked yourself" in (await bob.say("/undo")).text

    async def test_is_refused_if_it_does_not_exist(self, bob: DeskPlayer) -> None:
        assert "There is no entry #99." in (await bob.say("/return 99")).text


class TestWords:
    async def test_of_the_opening_balance_mention_no_welcome_bonus(self, bot: Bot) -> None:
        ann = await DeskStage(bot).member("Ann", "Team", admin=True)
        await ann.say("/start")
        heard = await ann.say("/opening 87 free")
        assert "Booked: the group starts with 87 Connects." in heard.text
        assert "welcome" not in heard.text

    async def test_of_the_help_suggest_nothing_that_a_group_ignores(self, bob: DeskPlayer, ann: DeskPlayer) -> None:
        assert "A bare number" not in (await bob.say("/help")).text
        assert "A bare number or a pasted job link works too." in (await ann.say("/help")).text


class TestTwoBidsOnOneJob:
    LINK = "https://www.upwork.com/jobs/Logo_~022010000000000000042/"

    async def test_are_asked_about_with_the_name_of_the_first_bidder(self, lead: DeskPlayer, bob: DeskPlayer) -> None:
        assert "#2 booked" in (await lead.say(f"/spend 4 {self.LINK}")).text
        asked = await bob.say(f"/spend 5 {self.LINK}")
        assert asked.text == "Lea bid 4 on this job today at 09:00, see #2. Bid anyway?"
        first, second = await bob.press_twice("Bid anyway")
        assert first.text == second.text
        assert first.text.startswith("#3 booked: 5 Connects · Proposal: Logo")
        assert (
            "You bid 5 on this job today at 09:00, see #3. Bid again?" in (await bob.say(f"/spend 4 {self.LINK}")).text
        )

    async def test_are_not_asked_about_for_a_boost_or_after_an_undo(self, ann: DeskPlayer) -> None:
        await ann.say(f"/spend 4 {self.LINK}")
        assert "#3 booked" in (await ann.say(f"/spend 4 boost {self.LINK}")).text
        await ann.say("/undo 2")
        assert "#5 booked" in (await ann.say(f"/spend 4 {self.LINK}")).text
        assert "You bid 4 on this job" in (await ann.say(f"/spend 4 {self.LINK}")).text

    async def test_are_not_asked_about_when_a_message_comes_twice(self, ann: DeskPlayer) -> None:
        first, second = await ann.say_twice(f"/spend 4 {self.LINK}")
        assert first.text == second.text
        assert "#2 booked" in first.text

    async def test_are_asked_about_before_any_of_several_is_booked(self, ann: DeskPlayer, bot: Bot) -> None:
        await ann.say(f"/spend 4 {self.LINK}")
        other = "~022010000000000000043"
        assert "You bid 4 on this job" in (await ann.say(f"/spend 2 {other}\n/spend 3 {self.LINK}")).text
        assert await bot.books.newest(WalletId(1)) == 2
        assert "#3 to #4 booked: 2 bids, 5 Connects" in (await ann.press("Bid anyway")).text
