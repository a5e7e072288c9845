"""What people write for a spend: booked as they meant it, or asked about, with nothing booked before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from tests.bot.meant import FIRST, ONE, booked, filled, rich

if TYPE_CHECKING:
    from tests.bot.stage import Bot
    from tests.bot.stages.desk import DeskPlayer


@pytest.fixture
async def ann(bot: Bot) -> DeskPlayer:
    return await rich(bot)


BID: Final = "20 proposal: Landing page @041"
BOOST: Final = "13 boost: Landing page @041"


class TestABidWithItsBoost:
    @pytest.mark.parametrize(
        "line",
        [
            "/bid LINK 20 +13",
            "LINK 20 13",
            "20 & 13 LINK",
            "LINK 20, boosted 13",
            "/spend LINK 20 boost 13",
            "/spend 20+13 LINK",
            "/bid LINK 20 plus 13 boost",
            "LINK 20 boost=13",
            "LINK\n20 + 13",
            "LINK 20 with a boost of 13",
            "LINK bid 20, boost: 13",
            "LINK boost: 13, bid: 20",
            "LINK 20 connects + 13 connects boost",
            "20 connects for the proposal and 13 for the boost LINK",
            "I spent 20 on LINK plus 13 to boost",
            "LINK 20 (13 boost)",
            "LINK 20 boost13",
            "LINK 20c +13c",
            "LINK 20 / 13",
        ],
    )
    async def test_is_two_entries_of_one_batch(self, ann: DeskPlayer, bot: Bot, line: str) -> None:
        heard = await ann.say(filled(line))
        assert heard.text.startswith("#3 and #4 booked: 20 Connects and a boost of 13 · Proposal: Landing page")
        assert heard.buttons == ("Undo", "Proposal")
        assert await booked(bot) == [BID, BOOST]
        await ann.press("Undo")
        assert "200 Connects are available." in (await ann.say("/balance")).text

    @pytest.mark.parametrize(
        ("line", "entries"),
        [
            ("/spend 20 boost 13", ["20 proposal", "13 boost"]),
            ("/spend 20+13", ["20 proposal", "13 boost"]),
            ("/spend 16 plus 8 boost", ["16 proposal", "8 boost"]),
            ("/spend 20 boost=13 Logo", ["20 proposal: Logo", "13 boost: Logo"]),
            ("/spend 20 +13 Logo redesign", ["20 proposal: Logo redesign", "13 boost: Logo redesign"]),
            ("/spend 20 Logo redesign with 13 boost", ["20 proposal: Logo redesign", "13 boost: Logo redesign"]),
            ("/spend Logo 20 boosted by 13", ["20 proposal: Logo", "13 boost: Logo"]),
        ],
    )
    async def test_needs_no_link_if_it_is_called_a_boost(
        self, ann: DeskPlayer, bot: Bot, line: str, entries: list[str]
    ) -> None:
        await ann.say(line)
        assert await booked(bot) == entries

    @pytest.mark.parametrize(
        ("line", "buttons"),
        [
            ("/spend 20 13", ("Bid of 20, boost of 13", "2 bids: 20, 13", "33 Connects · Proposal")),
            ("/spend LINK 33 total with 13 boost", ("Bid of 20, boost of 13", "Bid of 33, boost of 13")),
            ("/spend LINK 33 (20+13)", ("Bid of 20, boost of 13",)),
            ("LINK 16 less 4 returned", ("16 Connects · Proposal: less 4 returned",)),
            ("LINK 1,6", ("Bid of 1, boost of 6", "7 Connects · Proposal")),
            ("/spend LINK 16 16", ("Bid of 16, boost of 16", "32 Connects · Proposal")),
            ("/spend LINK 20 13 Logo", ("20 Connects · Proposal: 13 Logo", "Bid of 20, boost of 13: Logo")),
            ("/spend +13 LINK", ("13 Connects · Boost: Landing page", "13 Connects · Proposal: Landing page")),
        ],
    )
    async def test_is_asked_about_if_it_may_be_something_else(
        self, ann: DeskPlayer, bot: Bot, line: str, buttons: tuple[str, ...]
    ) -> None:
        heard = await ann.say(filled(line))
        assert heard.buttons[: len(buttons)] == buttons or heard.buttons[: len(buttons)] == tuple(
            button.replace(": Landing page", "") for button in buttons
        )
        assert await booked(bot) == []

    async def test_is_booked_by_the_button_that_names_it(self, ann: DeskPlayer, bot: Bot) -> None:
        await ann.say("/spend 20 13")
        await ann.press("Bid of 20, boost of 13")
        assert await booked(bot) == ["20 proposal", "13 boost"]

    async def test_is_refused_whole_if_there_are_too_few_connects(self, ann: DeskPlayer, bot: Bot) -> None:
        assert "That takes 203 Connects" in (await ann.say(filled("LINK 190 +13"))).text
        assert await booked(bot) == []

    async def test_is_no_boost_of_something_else(self, ann: DeskPlayer, bot: Bot) -> None:
        assert "Only a proposal can have a boost." in (await ann.say("/spend 4 purpose=badge boost=13")).text
        assert await booked(bot) == []


class TestABoostOfUnknownSize:
    @pytest.mark.parametrize(
        "line",
        ["LINK 16 boosted", "LINK boosted 16", "LINK 16 with boost", "/bid LINK 16 incl. boost", "LINK 16 + boost"],
    )
    @pytest.mark.parametrize(
        ("answer", "entries"),
        [
            ("No boost", ["16 proposal: Landing page @041"]),
            ("All of it", ["16 boost: Landing page @041"]),
        ],
    )
    async def test_is_asked_for(self, ann: DeskPlayer, bot: Bot, line: str, answer: str, entries: list[str]) -> None:
        heard = await ann.say(filled(line))
        assert heard.text == "How many of them were for the boost?"
        assert heard.buttons == ("No boost", "All of it")
        assert await booked(bot) == []
        await ann.press(answer)
        assert await booked(bot) == entries

    async def test_may_be_answered_with_a_number(self, ann: DeskPlayer, bot: Bot) -> None:
        await ann.say(filled("LINK 16 boosted"))
        assert "The boost cannot be 17 of 16 Connects." in (await ann.say("17")).text
        await ann.say(filled("LINK 16 boosted"))
        await ann.say("6")
        assert await booked(bot) == ["10 proposal: Landing page @041", "6 boost: Landing page @041"]

    async def test_is_kept_through_the_questions(self, ann: DeskPlayer, bot: Bot) -> None:
        await ann.say(ONE)
        assert (await ann.say("boost")).text == "How many Connects in all, with the boost?"
        assert (await ann.say("16")).text == "How many of them were for the boost?"
        assert await booked(bot) == []
        await ann.say("4")
        assert await booked(bot) == ["12 proposal: Landing page @041", "4 boost: Landing page @041"]


class TestSeveral:
    @pytest.mark.parametrize(
        ("lines", "entries"),
        [
            ("/spend 16 Logo\n/spend 8 Shop", ["16 proposal: Logo", "8 proposal: Shop"]),
            ("/spend 16 A\n/bid 8 B", ["16 proposal: A", "8 proposal: B"]),
            ("LINK1 16\nLINK2 8", ["16 proposal: Landing page @041", "8 proposal @042"]),
            ("LINK1 16 LINK2 8", ["16 proposal: Landing page @041", "8 proposal @042"]),
            ("16 LINK1, 8 LINK2", ["16 proposal: Landing page @041", "8 proposal @042"]),
            ("LINK1\n16\nLINK2\n8", ["16 proposal: Landing page @041", "8 proposal @042"]),
            ("1. LINK1 16\n2. LINK2 8", ["16 proposal: Landing page @041", "8 proposal @042"]),
            ("LINK1 20 +13\nLINK2 8", [BID, BOOST, "8 proposal @042"]),
            ("/spend 16 Logo /spend 8 Shop", ["16 proposal: Logo", "8 proposal: Shop"]),
        ],
    )
    async def test_are_one_batch_with_one_summary(
        self, ann: DeskPlayer, bot: Bot, lines: str, entries: list[str]
    ) -> None:
        heard = await ann.say(filled(lines))
        assert heard.text.startswith(f"#3 to #{FIRST + len(entries)} booked: 2 bids, ")
        assert heard.buttons == ("Undo", "Proposals")
        assert await booked(bot) == entries
        await ann.press("Undo")
        assert "200 Connects are available." in (await ann.say("/balance")).text

    @pytest.mark.parametrize(
        ("line", "button", "entries"),
        [
            ("/spend 8 x2", "2 bids of 8", ["8 proposal"] * 2),
            ("/spend 2x8", "2 bids of 8", ["8 proposal"] * 2),
            ("/spend 8 twice", "2 bids of 8", ["8 proposal"] * 2),
            ("/spend two bids of 8", "2 bids of 8", ["8 proposal"] * 2),
            ("/spend 8 each for 3 jobs", "3 bids of 8", ["8 proposal"] * 3),
            ("/spend 8 x2 Logo", "2 bids of 8", ["8 proposal: Logo"] * 2),
            ("/spend 16 10 8", "3 bids: 16, 10, 8", ["16 proposal", "10 proposal", "8 proposal"]),
            ("/spend 16, 10 and 8", "3 bids: 16, 10, 8", ["16 proposal", "10 proposal", "8 proposal"]),
            ("/spend 16 Logo\n8 Shop", "2 bids: 16, 8", ["16 proposal: Logo", "8 proposal: Shop"]),
            ("16 Logo\n8 Shop", "2 bids: 16, 8", ["16 proposal: Logo", "8 proposal: Shop"]),
            ("/spend 16 Logo, 8 Shop", "2 bids: 16, 8", ["16 proposal: Logo", "8 proposal: Shop"]),
            ("/spend 16 Logo; 8 Shop", "2 bids: 16, 8", ["16 proposal: Logo", "8 proposal: Shop"]),
            ("LINK1 LINK2 16", "2 bids of 16", ["16 proposal: Landing page @041", "16 proposal @042"]),
            ("8 each LINK1 LINK2", "2 bids of 8", ["8 proposal: Landing page @041", "8 proposal @042"]),
        ],
    )
    async def test_are_asked_about_if_they_may_be_one(
        self, ann: DeskPlayer, bot: Bot, line: str, button: str, entries: list[str]
    ) -> None:
        heard = await ann.say(filled(line))
        assert button in heard.buttons
        assert await booked(bot) == []
        await ann.press(button)
        assert await booked(bot) == entries

    @pytest.mark.parametrize("second", ["/spend Shop", "/spend 8 x2", "/spend 8 last week", "LINK1"])
    async def test_are_not_booked_if_one_of_them_is_not_understood(
        self, ann: DeskPlayer, bot: Bot, second: str
    ) -> None:
        heard = await ann.say(filled(f"/spend 16 Logo\n{second}\n/spend 4 Site"))
        assert heard.text.startswith("I did not understand line 2: ")
        assert await booked(bot) == []
        await ann.press("2 bids: 16, 4")
        assert await booked(bot) == ["16 proposal: Logo", "4 proposal: Site"]

    async def test_on_one_job_are_asked_about(self, ann: DeskPlayer, bot: Bot) -> None:
        heard = await ann.say(filled("LINK1 16\nLINK1 8"))
        assert heard.buttons == ("Bid of 16, boost of 8", "2 bids: 16, 8")
        assert await booked(bot) == []

    @pytest.mark.parametrize(
        ("lines", "said"),
        [
            ("\n".join(["/spend 2 Logo"] * 21), "That is 21 bids at once; I can take at most 20."),
            ("LINK1 LINK1 16", "One job link at a time"),
            ("LINK1 LINK2 16 8 4", "One job link at a time"),
            ("/several 16; Logo", "I did not understand line 2"),
            ("/several 16 8; 4", "I did not understand line 1"),
            ("/spend " + "16 " * 50, "There are 50 figures in that line; I can tell at most 40 apart."),
        ],
    )
    async def test_are_refused_in_words(self, ann: DeskPlayer, bot: Bot, lines: str, said: str) -> None:
        assert said in (await ann.say(filled(lines))).text
        assert await booked(bot) == []

    async def test_delivered_twice_are_booked_once(self, ann: DeskPlayer, bot: Bot) -> None:
        first, second = await ann.say_twice(filled("LINK1 16\nLINK2 8"))
        assert first.text == second.text
        assert len(await booked(bot)) == 2


class TestAPurchase:
    @pytest.mark.parametrize("line", ["/spend 60 $9", "/spend 60 for $9", "/spend 60 9 dollars", "/spend $9 60"])
    async def test_is_asked_about(self, ann: DeskPlayer, bot: Bot, line: str) -> None:
        heard = await ann.say(line)
        assert heard.buttons[0] == "Bought 60 for $9"
        assert await booked(bot) == []
        assert "60 Connects bought" in (await ann.press("Bought")).text

    @pytest.mark.parametrize("line", ["spent $9 on connects", "/spend $9 on connects"])
    async def test_without_a_number_asks_for_it(self, ann: DeskPlayer, bot: Bot, line: str) -> None:
        await ann.say(line)
        assert (await ann.press("Bought for $9")).text == "How many Connects did you buy?"
        assert "60 Connects bought\nPrice: $9.00" in (await ann.say("60")).text
        assert len(await booked(bot)) == 1

    @pytest.mark.parametrize("line", ["/spend 16 Fix $9 bug", "/spend 16 Logo for $500", "LINK 16 $500 budget"])
    async def test_is_not_likely_at_another_price(self, ann: DeskPlayer, bot: Bot, line: str) -> None:
        heard = await ann.say(filled(line))
        assert heard.buttons[0].startswith("16 Connects · Proposal: ")
        assert await booked(bot) == []


BOX: Final = "Required Connects to submit a proposal: {cost}\nAvailable Connects: {left}"


class TestWhatUpworkShows:
    @pytest.mark.parametrize(
        "text",
        [
            f"{BOX}\nLINK",
            f"LINK\n{BOX}",
            "Available Connects: {left}\nLINK\nRequired Connects to submit a proposal: {cost}",
            f"LINK Posted 4 hours ago\nLess than 30 hrs/week\n$15.00 - $30.00\nProposals: 20 to 50\n{BOX}",
            "Send a proposal for: {cost} Connects\nAvailable Connects: {left}\nLINK",
            "This proposal requires {cost} Connects. You have {left} Connects. LINK",
            "/spend Required Connects to submit a proposal: {cost} Available Connects: {left} LINK",
        ],
    )
    async def test_is_read_as_the_cost_and_a_balance(self, ann: DeskPlayer, bot: Bot, text: str) -> None:
        heard = await ann.say(filled(text.format(cost=16, left=200)))
        assert await booked(bot) == ["16 proposal: Landing page @041"]
        assert "Upwork showed" not in heard.text

    @pytest.mark.parametrize("left", [171, 1_171])
    async def test_is_compared_with_the_books(self, ann: DeskPlayer, bot: Bot, left: int) -> None:
        heard = await ann.say(filled(BOX.format(cost=16, left=f"{left:,}") + "\nLINK"))
        assert f"Upwork showed {left:,} Connects before this bid, but my books had 200." in heard.text
        assert heard.buttons[-1] == f"Set the balance to {left - 16:,}"
        assert await booked(bot) == ["16 proposal: Landing page @041"]

    @pytest.mark.parametrize("left", [184, 200])
    async def test_may_be_copied_before_or_after_the_bid(self, ann: DeskPlayer, left: int) -> None:
        assert "Upwork showed" not in (await ann.say(filled(BOX.format(cost=16, left=left) + "\nLINK"))).text

    @pytest.mark.parametrize(
        ("added", "entries"),
        [
            ("boost 10", ["16 proposal: Landing page @041", "10 boost: Landing page @041"]),
            ("10 for the boost", ["16 proposal: Landing page @041", "10 boost: Landing page @041"]),
            ("Boost: 10 Connects", ["16 proposal: Landing page @041", "10 boost: Landing page @041"]),
            ("Shop redesign", ["16 proposal: Shop redesign @041"]),
        ],
    )
    async def test_may_be_added_to(self, ann: DeskPlayer, bot: Bot, added: str, entries: list[str]) -> None:
        await ann.say(filled(f"LINK\n{BOX.format(cost=16, left=200)}\n{added}"))
        assert await booked(bot) == entries

    @pytest.mark.parametrize("added", ["+10", "20", "returned", "Total: 26 Connects"])
    async def test_is_asked_about_with_what_does_not_fit(self, ann: DeskPlayer, bot: Bot, added: str) -> None:
        heard = await ann.say(filled(f"LINK\n{BOX.format(cost=16, left=200)}\n{added}"))
        assert len(heard.buttons) > 1
        assert await booked(bot) == []

    async def test_may_name_what_remains(self, ann: DeskPlayer, bot: Bot) -> None:
        heard = await ann.say("Send a proposal for: 12 Connects\nYou'll have 159 Connects remaining")
        assert "Upwork showed 171 Connects before this bid, but my books had 200." in heard.text
        assert await booked(bot) == ["12 proposal"]

    @pytest.mark.parametrize(
        "line",
        [
            "LINK 4 hours ago, 20 connects",
            "LINK posted 2 days ago, 20 connects",
            "20 connects LINK 4 hours ago",
            "2 weeks ago LINK 20",
            "LINK Posted yesterday 20",
            "LINK 5 proposals, 20 connects",
            "LINK 20 Connects, 50+ proposals",
        ],
    )
    async def test_holds_ages_that_are_no_amounts(self, ann: DeskPlayer, bot: Bot, line: str) -> None:
        await ann.say(filled(line))
        assert await booked(bot) == [BID]


class TestAnOutcome:
    @pytest.mark.parametrize(
        "line",
        [
            "LINK hired",
            "interviewing for LINK",
            "got a reply LINK",
            "LINK declined",
            "LINK - they viewed it",
            "won LINK",
            "/spend LINK rejected",
        ],
    )
    async def test_books_no_bid_and_asks_about_a_job_that_has_none(self, ann: DeskPlayer, bot: Bot, line: str) -> None:
        heard = await ann.say(filled(line))
        assert "I know no bid of yours on this job." in heard.text
        assert heard.buttons[:2] == ("Book the bid first", "It was an invitation")
        assert await booked(bot) == []
        await ann.say("16")
        assert await booked(bot) == []

    @pytest.mark.parametrize(
        "line", ["LINK 16 hired", "/spend 16 interview", "/spend returned 16", "LINK 16, they gave 4 back"]
    )
    async def test_is_no_title(self, ann: DeskPlayer, bot: Bot, line: str) -> None:
        assert "sounds like what became of a bid" in (await ann.say(filled(line))).text
        assert await booked(bot) == []
