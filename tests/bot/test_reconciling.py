"""People compare the books with what Upwork shows, confirm that they agree, and are asked before that changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bot.handing import BID, BOUGHT, OLDER, PAGE, handed, row
from tests.bot.stage import PLATFORMS, Bot, Stage, on_stage

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from tests.bot.stages.desk import DeskPlayer

LINK = "https://www.upwork.com/jobs/Logo_~022010000000000000000/"


@pytest.fixture(params=PLATFORMS)
async def stage(request: pytest.FixtureRequest, bot: Bot) -> AsyncGenerator[Stage]:
    async with on_stage(request.param, bot) as stage:
        yield stage


async def test_a_difference_is_found_mended_confirmed_and_guarded(stage: Stage, bot: Bot) -> None:
    ann = await stage.person("Ann")
    await ann.say("/start")
    bot.clock.pass_(days=3)
    await ann.say("/spend 16 Logo")
    heard = await ann.say("/reconcile 20")
    assert "Upwork shows 20 and my books have 4: +16. Nothing is booked yet." in heard.text
    assert "#2 (Proposal: Logo) may have come back. That would explain it." in heard.text
    heard = await ann.press("16 came back from #2")
    assert "16 Connects returned from #2" in heard.text
    assert "Your books and Upwork agree on 20 Connects." in heard.text
    assert "Confirmed: your books and Upwork agree on 20 Connects." in (await ann.press("Confirm 20")).text
    bot.clock.pass_(days=2)
    heard = await ann.say("/spend 4 title=Shop on=2026-01-12")
    assert "Your balance was confirmed on Jan 13, 2026: 20, as Upwork said." in heard.text
    heard = await ann.press("Book it all the same")
    assert "The confirmation of Jan 13, 2026 no longer holds: my books now say 16" in heard.text
    assert "20 was confirmed, which no longer holds" in (await ann.say("/history")).text
    await ann.say("/undo")
    assert "20 confirmed, as Upwork says" in (await ann.say("/history")).text


@pytest.fixture
async def eve(bot: Bot, ann: DeskPlayer) -> DeskPlayer:
    """Ann, whose books began with 20 Connects, confirmed 10 of them 9 days later; that is 5 days ago, on Jan 19."""
    await ann.say("/spend 10 Site")
    bot.clock.pass_(days=9)
    await ann.say("/reconcile 10")
    bot.clock.pass_(days=5)
    return ann


class TestConfirming:
    async def test_what_was_typed_is_confirmed_at_once_and_undone(self, ann: DeskPlayer) -> None:
        assert "Nobody has confirmed yet" in (await ann.say("/reconcile")).text
        heard = await ann.say("/reconcile Upwork shows 20")
        assert "Confirmed: your books and Upwork agree on 20 Connects." in heard.text
        assert "Agreed with Upwork: Jan 10, 2026, on 20 (today)" in (await ann.say("/reconcile")).text
        await ann.say("/reconcile 20")
        first, second = await ann.press_twice("Undo")
        assert first.text == second.text == "That confirmation is withdrawn. Nothing else has changed."

    @pytest.mark.parametrize("line", ["is 20", "my balance is 20", "/balance 20", "Upwork shows 20 connects"])
    async def test_what_was_only_said_takes_a_tap(self, ann: DeskPlayer, line: str) -> None:
        heard = await ann.say(line)
        assert (heard.text, heard.buttons) == ("Your books and Upwork agree on 20 Connects.", ("Confirm 20",))
        assert "Nobody has confirmed yet" in (await ann.say("/reconcile")).text
        await ann.say(line)
        await ann.press("Confirm 20")
        assert "Agreed with Upwork" in (await ann.say("/reconcile")).text

    async def test_a_balance_that_has_moved_is_compared_anew(self, ann: DeskPlayer) -> None:
        await ann.say("is 20")
        confirm = dict(ann.buttons)
        await ann.say("/spend 16 Logo")
        ann.buttons = confirm
        assert "Upwork shows 20 and my books have 4: +16." in (await ann.press("Confirm 20")).text

    async def test_it_is_withdrawn_and_counts_again(self, eve: DeskPlayer) -> None:
        shown = await eve.say("/reconcile")
        assert "Agreed with Upwork: Jan 19, 2026, on 10 (5 days ago)" in shown.text
        assert "Booked since: nothing booked" in shown.text
        assert "no longer counts" in (await eve.press("Withdraw the 10 of Jan 19, 2026")).text
        assert "Nobody has confirmed yet" in (await eve.say("/reconcile")).text
        assert "confirmed" not in (await eve.say("/history")).text
        assert "was already" in (await eve.say("/reconcile lift=1")).text
        assert "counts again" in (await eve.say("/reconcile back=2")).text
        assert "Agreed with Upwork" in (await eve.say("/reconcile")).text
        assert "There is no" in (await eve.say("/reconcile back=9")).text

    @pytest.mark.parametrize("words", ["logo", "16 or 17", "20 because of Logo"])
    async def test_what_is_no_balance_is_not_taken_for_one(self, ann: DeskPlayer, words: str) -> None:
        assert "is not a balance" in (await ann.say(f"/reconcile {words}")).text

    async def test_in_a_group_only_admins_confirm_and_mend(self, lead: DeskPlayer, bob: DeskPlayer) -> None:
        assert "for admins" in (await bob.say("/reconcile 300")).text
        assert (await bob.say("/balance is 300")).buttons == ()
        assert (await bob.say("/balance is 310")).buttons == ()
        assert "Confirmed" in (await lead.say("/reconcile 300")).text


class TestCauses:
    async def test_a_bid_that_was_not_typed_asks_for_its_link(self, ann: DeskPlayer) -> None:
        await ann.say("/reconcile 4")
        await ann.press("Enter a bid of 16")
        heard = await ann.say(LINK)
        assert "#2 booked: 16 Connects \u00b7 Proposal: Logo" in heard.text
        assert "Your books and Upwork agree on 4 Connects." in heard.text
        assert {"Undo", "Mark as returned", "Confirm 4"} <= set(heard.buttons)

    async def test_it_may_have_no_link(self, ann: DeskPlayer) -> None:
        await ann.say("/reconcile 4")
        await ann.press("Enter a bid of 16")
        assert "#2 booked: 16 Connects \u00b7 Proposal\n" in (await ann.press("Without a link")).text

    async def test_a_part_is_mended_and_the_rest_is_shown(self, ann: DeskPlayer) -> None:
        await ann.say("/spend 5 Logo")
        await ann.say("/spend 5 Logo")
        heard = await ann.say("/reconcile 17")
        assert "#3 (Proposal: Logo) looks as if it were entered twice. That would explain 5 of the 7." in heard.text
        heard = await ann.press("Undo #3")
        assert "#3 is undone" in heard.text
        assert "Upwork shows 17 and my books have 15: +2." in heard.text
        assert "agree on 17" in (await ann.press("Correct by +2")).text

    async def test_a_phone_shows_all_of_its_buttons(self, ann: DeskPlayer) -> None:
        await ann.say("/buy 80")
        for title in ("Logo", "Logo", "Shop"):
            await ann.say(f"/spend 10 {title}")
        assert len((await ann.say("/reconcile 80")).buttons) <= 5
        assert "nothing in my books" not in (await ann.say("/reconcile 80")).text

    async def test_an_old_import_comes_first(self, bot: Bot, ann: DeskPlayer) -> None:
        await handed(bot, ann, "first", PAGE)
        await ann.press("Bought at the list price")
        await ann.press("Book all")
        bot.clock.pass_(days=3)
        assert "Import" not in "".join((await ann.say("/reconcile 46")).buttons)
        bot.clock.pass_(days=8)
        heard = await ann.say("/reconcile 46")
        assert "The last import covers the time until Jan 10, 2026." in heard.text
        assert heard.buttons[0] == "How to import"


class TestBeforeAConfirmedBalance:
    @pytest.mark.parametrize(
        ("line", "done"),
        [
            ("/spend 4 title=Shop on=2026-01-12", "4 Connects"),
            (f"/bid {LINK} 4+3 on=2026-01-12", "a boost of 3"),
            ("/spend 2 Logo on=2026-01-12\n/spend 3 Shop on=2026-01-12", "2 bids, 5 Connects"),
            ("/buy 40 $6 on=2026-01-12", "40 Connects bought"),
            ("/return #2 on=2026-01-12", "returned from #2"),
            ("/adjust -2 on=2026-01-12", "corrected by"),
        ],
    )
    async def test_it_is_asked_and_booked_once(self, eve: DeskPlayer, line: str, done: str) -> None:
        before = (await eve.say("/history")).text
        heard = await eve.say(line)
        assert "confirmed on Jan 19, 2026: 10, as Upwork said. Book it before that all the same?" in heard.text
        assert heard.buttons == ("Book it all the same",)
        assert (await eve.say("/history")).text == before
        await eve.say(line)
        first, second = await eve.press_twice("Book it all the same")
        assert first.text == second.text
        assert done in first.text
        assert "The confirmation of Jan 19, 2026 no longer holds: my books now say" in first.text

    async def test_what_is_of_today_is_not_asked_about(self, eve: DeskPlayer) -> None:
        for line in ("/spend 4 Shop", "/return #2", "/buy 40", "/adjust -2", "/spend 2 title=Shop on=yesterday"):
            assert "all the same" not in (await eve.say(line)).text
        assert "no longer" not in (await eve.say("/history")).text

    async def test_another_price_is_asked_about_and_the_pin_holds(self, ann: DeskPlayer, bot: Bot) -> None:
        await ann.say("/buy 40 $6")
        bot.clock.pass_(days=3)
        await ann.say("/reconcile 60")
        bot.clock.pass_(days=3)
        await ann.say("/buy 40 $6")
        assert "all the same" not in (await ann.say("/cost number=3 $7")).text
        heard = await ann.say("/cost number=2 $7")
        assert "60, as Upwork said. That balance stays, but what was spent before may cost more or less" in heard.text
        assert heard.buttons == ("Change it all the same",)
        first, second = await ann.press_twice("Change it all the same")
        assert first.text == second.text
        assert "60 confirmed, as Upwork says" in (await ann.say("/history")).text

    async def test_a_price_that_nobody_had_said_is_not_asked_about(self, ann: DeskPlayer, bot: Bot) -> None:
        await ann.say("/opening 87 unknown")
        await ann.say("/spend 7 Logo")
        await ann.say("/reconcile 80")
        bot.clock.pass_(days=3)
        assert "What you spent of them costs" in (await ann.say("/cost 87 $13")).text
        assert "Change the price all the same?" in (await ann.say("/cost number=2 $12")).text

    async def test_an_undo_may_mean_the_confirmation(self, eve: DeskPlayer) -> None:
        heard = await eve.say("/undo")
        assert "Undo something from before that all the same?" in heard.text
        assert heard.buttons == ("Undo it all the same", "Withdraw the 10 of Jan 19, 2026")
        await eve.say("/spend 3 Shop")
        assert "#3 is undone" in (await eve.say("/undo")).text
        assert (await eve.say("/undo 2")).buttons == ("Undo it all the same",)
        heard = await eve.press("Undo it all the same")
        assert "#2 is undone" in heard.text
        assert "my books now say 20 for that moment, and Upwork said 10" in heard.text

    async def test_a_line_that_is_edited_is_asked_about_too(self, eve: DeskPlayer, bot: Bot) -> None:
        await eve.say("/spend 4 Shop")
        typed = eve.typed
        bot.clock.pass_(minutes=1)
        await eve.say("/reconcile 6")
        bot.clock.pass_(minutes=1)
        eve.typed = typed
        await eve.edit("/spend 5 Shop")
        assert "confirmed on Jan 24" in (await eve.press("Book 5 instead")).text
        heard = await eve.press("Undo it all the same")
        assert "#3 is undone" in heard.text
        assert "5 Connects" in heard.text

    async def test_an_import_with_a_balance_confirms_it(self, bot: Bot, ann: DeskPlayer) -> None:
        await handed(bot, ann, "first", PAGE)
        await ann.press("Bought at the list price")
        await ann.press("Book all")
        assert "45 confirmed, as Upwork says" in (await ann.say("/history")).text
        assert (await handed(bot, ann, "same", PAGE)).buttons[0] == "Confirm 45"
        more = PAGE._replace(rows=(BID, BOUGHT, row(8, "Applied to job", -2, "Poster"), OLDER))
        assert "Confirmed" not in (await handed(bot, ann, "more", more)).text

    async def test_the_undo_of_an_import_is_asked_about_unless_only_its_own_balance_goes(
        self, bot: Bot, ann: DeskPlayer
    ) -> None:
        await handed(bot, ann, "first", PAGE)
        await ann.press("Bought at the list price")
        await ann.press("Book all")
        await ann.say("/reconcile 45")
        bot.clock.pass_(minutes=1)
        heard = await ann.say("/import undo 1")
        assert "Undo something from before that all the same?" in heard.text
        first, second = await ann.press_twice("Undo it all the same")
        assert "The confirmation of Jan 10, 2026 no longer holds: my books now say 20" in first.text
        assert "20 Connects left" in second.text
        assert "45 was confirmed, which no longer holds" in (await ann.say("/history")).text
        await handed(bot, ann, "again", PAGE)
        await ann.press("Book all")
        await ann.say("/reconcile lift=2")
        assert "taken back" in (await ann.say("/import undo 4")).text

    async def test_an_import_says_what_it_breaks(self, bot: Bot, ann: DeskPlayer) -> None:
        await ann.say("/reconcile 20")
        bot.clock.pass_(minutes=1)
        heard = await handed(bot, ann, "first", PAGE)
        assert "Confirmed: the 20 of Jan 10, 2026 would no longer hold, because rows lie before it" in heard.text
        await ann.press("Book all")
        shown = (await ann.say("/history")).text
        assert "20 was confirmed, which no longer holds" in shown
        assert "45 confirmed, as Upwork says" in shown
