"""What becomes of proposals: said in words and with buttons, corrected, taken back, and in groups by those who may."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from core.imports.model import Page
from core.ledger.model import Change
from core.ledger.ports import Key, Scope
from core.ledger.seal import sealed_batch
from core.ledger.sightings import Batch, BatchKind, ProposalSighting, ProposalState
from core.shared.ids import WalletId
from tests.bot.handing import handed, row
from tests.bot.meant import ONE, TWO, booked, filled, rich
from tests.bot.stages.desk import DeskStage

if TYPE_CHECKING:
    from core.ledger.model import Snapshot
    from tests.bot.stage import Bot
    from tests.bot.stages.desk import DeskPlayer


@pytest.fixture
async def ann(bot: Bot) -> DeskPlayer:
    """Ann, who has bid on two jobs: #3 with a boost, and #5."""
    ann = await rich(bot)
    await ann.say(f"{ONE} 16 +8")
    await ann.say("/spend 10 Banner")
    return ann


async def told(bot: Bot, wallet: int = 1) -> list[str]:
    """The states that were said and not taken back, in the order in which they were."""
    batches = await bot.store.ledger.batches(WalletId(wallet))
    gone = {batch.of for batch in batches}
    return [
        one.state.value
        for batch in batches
        if batch.kind is BatchKind.TOLD and batch.number not in gone
        for one in batch.proposals
    ]


class TestInWords:
    @pytest.mark.parametrize(
        ("line", "state"),
        [
            ("LINK replied", "replied"),
            ("they viewed LINK", "viewed"),
            ("#4 declined", "declined"),
            ("interviewing for Landing page", "interview"),
            ("/proposals #3 withdrawn", "withdrawn"),
            ("/spend LINK expired", "expired"),
        ],
    )
    async def test_sets_the_state_and_shows_the_card_in_short(
        self, bot: Bot, ann: DeskPlayer, line: str, state: str
    ) -> None:
        heard = await ann.say(filled(line))
        assert "Proposal #3 · Landing page" in heard.text
        assert "#4" not in heard.text
        assert "Undo the state" in heard.buttons
        assert await told(bot) == [state]
        assert len(await booked(bot)) == 3

    async def test_once_however_often_it_arrives(self, bot: Bot, ann: DeskPlayer) -> None:
        first, second = await ann.say_twice(filled("LINK replied"))
        assert first == second
        assert await told(bot) == ["replied"]

    async def test_on_a_past_day(self, bot: Bot, ann: DeskPlayer) -> None:
        bot.clock.pass_(days=3)
        assert "Noted: Replied, on" in (await ann.say(filled("LINK replied yesterday"))).text
        batch = (await bot.store.ledger.batches(WalletId(1)))[-1]
        assert str(batch.last) == "2026-01-12"
        assert "The client replied (yesterday)" in (await ann.say("/proposals #3")).text

    async def test_on_a_day_that_may_be_two_is_asked(self, bot: Bot, ann: DeskPlayer) -> None:
        await ann.say(filled("LINK interview"))
        bot.clock.pass_(days=14)
        heard = await ann.say(filled("LINK offered on saturday"))
        assert "Do you mean today or a week ago?" in heard.text
        assert "Noted: Offered, on Saturday, Jan 17, 2026." in (await ann.press("Jan 17")).text

    async def test_that_is_known_is_not_noted_twice(self, bot: Bot, ann: DeskPlayer) -> None:
        await ann.say(filled("LINK replied"))
        assert "I know that already: Replied." in (await ann.say(filled("LINK replied"))).text
        assert await told(bot) == ["replied"]

    @pytest.mark.parametrize(("first", "then"), [("interview", "replied"), ("hired", "declined")])
    async def test_that_would_take_back_a_later_one_is_asked(
        self, bot: Bot, ann: DeskPlayer, first: str, then: str
    ) -> None:
        await ann.say(filled(f"LINK {first}"))
        await ann.say("/cancel")
        heard = await ann.say(filled(f"LINK {then}"))
        assert f"has been at “{first.title()}” since Jan 10, 2026. Set it back to “{then.title()}”?" in heard.text
        assert await told(bot) == [first]
        assert f"Noted: {then.title()}." in (await ann.press("Set it back")).text
        assert f"Landing page · {then.title()}" in (await ann.say("/proposals")).text
        await ann.press("#3")
        await ann.press("Undo the state")
        assert f"Landing page · {first.title()}" in (await ann.say("/proposals")).text

    async def test_of_an_earlier_day_is_a_part_of_the_story(self, bot: Bot, ann: DeskPlayer) -> None:
        bot.clock.pass_(days=9)
        await ann.say(filled("LINK interview"))
        heard = await ann.say(filled("LINK replied 3 days ago"))
        assert "I know something newer or more exact, so its state stays as it is." in heard.text
        assert await told(bot) == ["interview", "replied"]

    async def test_of_a_title_that_two_have_is_asked(self, bot: Bot, ann: DeskPlayer) -> None:
        await ann.say("/spend 8 Banner")
        heard = await ann.say("declined for Banner")
        assert heard.buttons == ("#6 · Banner · today", "#5 · Banner · today")
        assert await told(bot) == []
        assert "Proposal #5 · Banner" in (await ann.press("#5")).text
        assert await told(bot) == ["declined"]

    async def test_behind_a_title_is_asked(self, bot: Bot, ann: DeskPlayer) -> None:
        heard = await ann.say("Banner got a reply")
        assert heard.buttons == ("#5 · Banner",)
        assert await told(bot) == []

    async def test_without_a_proposal_asks_for_it(self, bot: Bot, ann: DeskPlayer) -> None:
        heard = await ann.say("the client replied")
        assert heard.text == "Which proposal do you mean? Its number, its link or its title."
        assert heard.buttons == ("#5 · Banner", "#3 · Landing page")
        assert "Proposal #3" in (await ann.press("#3")).text
        assert await told(bot) == ["replied"]

    async def test_is_no_amount_of_money_either(self, bot: Bot, ann: DeskPlayer) -> None:
        await ann.say("#3 hired")
        assert "Replied: do you mean this proposal?" in (await ann.say("Banner got a reply")).text
        await ann.press("#5")
        assert await told(bot) == ["hired", "replied"]

    async def test_of_an_interview_may_be_an_appointment(self, bot: Bot, ann: DeskPlayer) -> None:
        heard = await ann.say("#3 interview Jan 15")
        assert heard.buttons == ("Jan 15, 2025", "Interview")
        assert "Noted: Interview." in (await ann.press("Interview")).text
        assert await told(bot) == ["interview"]

    async def test_of_another_one_is_no_answer_to_that_question(self, bot: Bot, ann: DeskPlayer) -> None:
        await ann.say("the client replied")
        assert "Noted: Viewed." in (await ann.say("#3 viewed")).text
        assert await told(bot) == ["viewed"]

    async def test_of_a_proposal_behind_its_title_is_asked(self, ann: DeskPlayer) -> None:
        assert (await ann.say("they viewed my banner proposal")).buttons == ("#5 · Banner",)

    async def test_that_begins_a_title_may_be_of_it(self, ann: DeskPlayer) -> None:
        await ann.say("/spend 4 Interview prep")
        assert "Proposal #6 · Interview prep" in (await ann.say("/proposals interview prep")).text

    async def test_of_an_unknown_number_leads_to_the_list(self, ann: DeskPlayer) -> None:
        heard = await ann.say("#99 viewed")
        assert heard.text == "There is no proposal #99. /proposals lists them."
        assert heard.buttons == ("All proposals",)

    async def test_beside_an_open_question_books_no_connects(self, bot: Bot, ann: DeskPlayer) -> None:
        before = await booked(bot)
        await ann.say("/spend")
        assert "Noted: it is worth $500.00." in (await ann.say("#3 hired for 500")).text
        assert await booked(bot) == before

    async def test_of_an_unknown_title_says_so(self, bot: Bot, ann: DeskPlayer) -> None:
        heard = await ann.say("hired for Data pipeline")
        assert "I know no proposal called “Data pipeline”." in heard.text
        assert heard.buttons == ("All proposals", "Book a bid", "Hired, without a bid")
        assert "I did not understand that." in (await ann.say("Data pipeline was hired")).text
        assert await told(bot) == []


class TestAJobWithoutABid:
    @pytest.mark.parametrize(
        ("press", "states", "shown"),
        [
            ("It was an invitation", ["invited", "interview"], "Invitation #"),
            ("Interview, without a bid", ["interview"], "Proposal #"),
        ],
    )
    async def test_is_asked_about(self, bot: Bot, ann: DeskPlayer, press: str, states: list[str], shown: str) -> None:
        heard = await ann.say(f"interviewing for {TWO}")
        assert heard.buttons == ("Book the bid first", "It was an invitation", "Interview, without a bid")
        assert await told(bot) == []
        assert shown in (await ann.press(press)).text
        assert await told(bot) == states

    async def test_can_get_its_bid_first(self, bot: Bot, ann: DeskPlayer) -> None:
        await ann.say(f"{TWO} hired")
        await ann.press("Book the bid first")
        await ann.say("12")
        assert (await booked(bot))[-1] == "12 proposal @042"
        await ann.say(f"{TWO} hired")
        assert await told(bot) == ["hired"]

    async def test_is_an_invitation_of_its_own(self, bot: Bot, ann: DeskPlayer) -> None:
        heard = await ann.say(f"invited to {TWO}")
        assert "Invitation #1-1" in heard.text
        assert "Net cost" not in heard.text
        assert "Proposals 1\u20132 of 2" in (await ann.say("/proposals")).text
        assert "#1-1" in (await ann.press("Invitations 1")).text
        assert "Book a bid" in (await ann.press("#1-1")).buttons
        assert "1 invitation\n#1-1" in (await ann.say("/proposals invitations")).text
        await ann.press("#1-1")
        assert "I took that back: Invited." in (await ann.press("Undo the state")).text
        assert await told(bot) == []

    async def test_can_be_an_invitation_that_only_a_title_names(self, bot: Bot, ann: DeskPlayer) -> None:
        await ann.say("invited to Data pipeline")
        assert "Invitation #1-1 · Data pipeline" in (await ann.press("Invited, without a bid")).text
        assert await told(bot) == ["invited"]


class TestAHire:
    async def test_is_taken_back_with_what_it_is_worth(self, ann: DeskPlayer) -> None:
        await ann.say(filled("LINK hired for $1.5k"))
        heard = await ann.press("Undo the state")
        assert heard.text.startswith("I took that back: Hired.")
        assert "Worth" not in heard.text

    async def test_asks_what_it_is_worth(self, bot: Bot, ann: DeskPlayer) -> None:
        heard = await ann.say(filled("LINK hired"))
        assert "What is it worth?" in heard.text
        assert heard.buttons == ("Skip",)
        assert await told(bot) == ["hired"]
        heard = await ann.say("1,200 EUR")
        assert "Noted: it is worth €1,200.00." in heard.text
        assert "Worth: €1,200.00" in (await ann.say("/proposals #3")).text
        assert "I took back what it is worth." in (await ann.press("Undo the state")).text
        assert "Say what it is worth" in (await ann.say("/proposals #3")).buttons

    async def test_need_not_say_it(self, bot: Bot, ann: DeskPlayer) -> None:
        await ann.say(filled("LINK hired"))
        assert "State: Hired (today)" in (await ann.press("Skip")).text
        assert await told(bot) == ["hired"]

    async def test_may_say_it_at_once(self, ann: DeskPlayer) -> None:
        assert "Noted: it is worth $500.00." in (await ann.say(filled("LINK hired, worth $500"))).text


class TestACard:
    async def test_is_reached_from_a_bid_a_return_its_undo_a_second_bid_and_the_history(self, ann: DeskPlayer) -> None:
        await ann.say("/spend 12 Poster")
        assert "Proposal #6 · Poster" in (await ann.press("Proposal")).text
        await ann.say("/return #6")
        assert "Net cost: Nothing: it all came back" in (await ann.press("Proposal")).text
        await ann.say("/undo")
        assert "Net cost: 12 Connects" in (await ann.press("Proposal")).text
        await ann.say(filled("LINK 12"))
        assert "Proposal #3 · Landing page" in (await ann.press("Proposal")).text
        await ann.say("/history")
        assert "Proposals 1\u20133 of 3" in (await ann.press("Proposals")).text

    async def test_offers_the_return_once_the_job_is_closed(self, ann: DeskPlayer) -> None:
        heard = await ann.say(filled("LINK closed"))
        assert "If its Connects have come back, mark them as returned." in heard.text
        assert "24 Connects returned from #3, #4" in (await ann.press("Mark as returned")).text
        heard = await ann.say("/proposals #3")
        assert "State: The client closed the job (today)" in heard.text
        assert "Mark as returned" not in heard.buttons

    async def test_leads_to_all_states_and_back_to_its_list(self, ann: DeskPlayer) -> None:
        await ann.say("#5 declined")
        await ann.say("/proposals")
        await ann.press("Open 1")
        await ann.press("#3")
        heard = await ann.press("More states")
        assert "Archived" in heard.buttons
        await ann.press("Back")
        await ann.press("Viewed")
        assert (await ann.press("Back to the list")).text.startswith("1 proposal: Open")

    async def test_is_found_by_its_title_and_its_link(self, ann: DeskPlayer) -> None:
        for line in ("/proposals banner", "/proposals #5", "/proposal 5"):
            assert "Proposal #5 · Banner" in (await ann.say(line)).text
        assert "Proposal #3" in (await ann.say(f"/proposals {ONE}")).text
        assert (await ann.say(f"/proposals {TWO}")).buttons == ("Book a bid", "It was an invitation")
        assert "There is no proposal #99." in (await ann.say("/proposals #99")).text

    async def test_counts_as_unanswered_after_the_days_of_the_settings(self, bot: Bot, ann: DeskPlayer) -> None:
        bot.clock.pass_(days=16)
        assert "no answer for 16 days, so it counts as unanswered" in (await ann.say("/proposals #3")).text
        assert "Unanswered after: 21 days" in (await ann.say("/settings answer=21")).text
        assert "no answer for 16 days so far" in (await ann.say("/proposals #3")).text


class TestUndo:
    async def test_right_after_a_state_asks_which_of_the_two_is_meant(self, bot: Bot, ann: DeskPlayer) -> None:
        bot.clock.pass_(minutes=1)
        await ann.say(filled("LINK replied"))
        heard = await ann.say("/undo")
        assert heard.text == "The last thing that you noted is: Replied, of #3. Should I take that back?"
        assert heard.buttons == ("Undo the state", "Undo #5 · Proposal: Banner")
        assert "I took that back: Replied." in (await ann.press("Undo the state")).text
        assert "#5 is undone" in (await ann.say("/undo")).text

    async def test_after_another_entry_is_about_that(self, bot: Bot, ann: DeskPlayer) -> None:
        await ann.say(filled("LINK replied"))
        bot.clock.pass_(minutes=1)
        await ann.say("/spend 4 Poster")
        assert "#6 is undone" in (await ann.say("/undo")).text


class TestWhatIsUnclear:
    async def test_is_settled_with_a_press(self, bot: Bot, ann: DeskPlayer) -> None:
        await ann.say("/spend 8 Banner")
        await seen_on_a_page(bot, ProposalSighting(1, ProposalState.REPLIED, bot.clock.now().date(), "Banner"))
        heard = await ann.say("/proposals unclear")
        assert heard.text.startswith("Proposals 1\u20132 of 2: Unclear")
        heard = await ann.press("#5")
        assert "A page says: Replied. It may mean this proposal, or #6. Which is it?" in heard.text
        assert heard.buttons[:2] == ("Replied: #5", "Replied: #6")
        heard = await ann.press("Replied: #6")
        assert "Proposal #6 · Banner" in heard.text
        assert "A page says" not in heard.text
        assert "State: Sent" in (await ann.say("/proposals #5")).text


async def seen_on_a_page(bot: Bot, *seen: ProposalSighting) -> None:
    """Book a page of My proposals, as of now."""
    wallet, at = WalletId(1), bot.clock.now()

    def decide(before: Snapshot) -> Change:
        batch = Batch(
            wallet, (before.imports or 0) + 1, at, "page", last=at.date(), salt="1d0" * 10, kind=BatchKind.PROPOSALS,
            proposals=seen,
        )  # fmt: skip
        return Change((), (), batch=sealed_batch(before.import_seal, batch))

    await bot.store.ledger.write(Scope(wallet, imports=True), Key("page", "asked"), decide)


class TestInAGroup:
    @pytest.fixture
    async def team(self, bot: Bot, lead: DeskPlayer, bob: DeskPlayer) -> tuple[DeskPlayer, DeskPlayer, DeskPlayer]:
        await bob.say(f"/spend {ONE} 16")
        await lead.say("/spend 10 Banner")
        return lead, bob, await DeskStage(bot).member("Eve", "Team")

    async def test_members_tell_of_their_own_and_admins_of_all(
        self, bot: Bot, team: tuple[DeskPlayer, DeskPlayer, DeskPlayer]
    ) -> None:
        lead, bob, eve = team
        for line in (f"/spend {ONE} replied", "/proposals #2 replied"):
            assert (
                "You can say what became of your own proposals here; the others are for admins."
                in (await eve.say(line)).text
            )
        assert await told(bot) == []
        assert "Noted: Replied." in (await bob.say(f"/spend {ONE} replied")).text
        assert "Noted: Interview." in (await lead.say("/proposals #2 interview")).text
        seen = await eve.say("/proposals #2")
        assert "by Bob" in seen.text
        assert seen.buttons == ()

    async def test_the_list_names_who_sent_each_and_is_filtered_by_them(
        self, team: tuple[DeskPlayer, DeskPlayer, DeskPlayer]
    ) -> None:
        lead, bob, eve = team
        assert "#2 · today · \u221216 · Landing page · Bob · Sent" in (await eve.say("/proposals")).text
        for player, line in ((lead, "/proposals by bob"), (eve, "/proposals bob"), (bob, "/proposals by me")):
            text = (await player.say(line)).text
            assert "Landing page" in text
            assert "Banner" not in text

    async def test_whoever_only_a_page_names_is_found_by_that_name(self, bot: Bot, lead: DeskPlayer) -> None:
        rows = tuple(row(9, "Applied to job", -2, title, member=f"{title} Sample") for title in ("Ivo", "Mara"))
        await handed(bot, lead, "d1", Page(rows, balance=296, copied=date(2026, 1, 10)))
        await lead.press("Book all 2")
        for line in ("/proposals by mara", "/proposals mara sample", "/proposals by Mara Sample in january"):
            heard = await lead.say(line)
            assert "Mara \u00b7 Mara Sample" in heard.text
            assert "Ivo" not in heard.text

    async def test_an_invitation_is_of_whoever_told_of_it(
        self, team: tuple[DeskPlayer, DeskPlayer, DeskPlayer]
    ) -> None:
        lead, bob, eve = team
        await bob.say(f"/spend invited to {TWO}")
        assert "your own proposals" in (await eve.say("/proposals #1-1 declined")).text
        assert "Noted: Declined." in (await bob.say("/proposals #1-1 declined")).text
        await lead.say("/proposals #1-1")
        assert "I took that back: Declined." in (await lead.press("Undo the state")).text
