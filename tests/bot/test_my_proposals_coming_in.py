"""My proposals comes in as people hand it over, on every platform, alone or together with the history."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

import pytest

from bot.pages import read_text
from core.proposals.my_proposals import MyProposals
from core.shared.job_links import EPOCH_MS, SNOWFLAKE_SHIFT
from tests.bot.paging import copied as history
from tests.bot.stage import PLATFORMS, Bot, Stage, on_stage
from tests.imports.my_proposals import Listed, saved_page
from tests.imports.sample_truth import content, copied

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from tests.bot.stages.desk import DeskPlayer

MY_PROPOSALS: Final = """My proposals
Active
Referrals
Archived
Offers  (0)
Active proposals  (1)
Received Jan 9, 2026
1 days ago
Landing page number 1
General Profile
Submitted proposals  (2)
Initiated Jan 8, 2026
2 days ago
Landing page number 2
General Profile
Viewed by client
Initiated Jan 7, 2026
3 days ago
Landing page number 3
General Profile
"""
TWINS: Final = """Submitted proposals (2)
Initiated Jan 8, 2026
2 days ago
Twin
General Profile
Viewed by client
Initiated Jan 8, 2026
2 days ago
Twin
General Profile
A sentence that nobody knows
"""
TWIN_BIDS: Final = history(1).replace("Landing page number 1", "Twin").replace("January 9", "January 8") + (
    "\nJanuary 8, 2026\t\nApplied to job\nTwin\n-12\nSpent 12 Connects\n"
)
AGENCY: Final = content("agency", "proposals.txt").decode()


def agency_page() -> str:
    """The sample's proposals as a browser saves them."""
    read = read_text(AGENCY, copied("agency").date())
    assert isinstance(read, MyProposals)
    sections = {"replied": "active", "sent": "submitted", "viewed": "submitted"}
    return saved_page(
        [
            Listed(
                next(count.section for count in read.counts if count.section == sections[seen.state]),
                seen.day,
                (copied("agency").date() - seen.day).days,
                seen.title,
                seen.profile,
                seen.boosted,
                seen.viewed,
                "",
                str(
                    (int(datetime(2026, 1, 1, tzinfo=UTC).timestamp() * 1000) - EPOCH_MS << SNOWFLAKE_SHIFT) + seen.line
                ),
            )
            for seen in read.proposals
            if seen.day is not None
        ]
    )


class TestOnEveryPlatform:
    @pytest.fixture(params=PLATFORMS)
    async def stage(self, request: pytest.FixtureRequest, bot: Bot) -> AsyncGenerator[Stage]:
        async with on_stage(request.param, bot) as stage:
            yield stage

    async def test_the_sample_comes_in_as_text_and_then_as_a_saved_page(self, stage: Stage, bot: Bot) -> None:
        bot.clock.at = copied("agency") + timedelta(minutes=5)
        ann = await stage.person("Ann")
        heard = await ann.paste(AGENCY, shows="32 proposals on My proposals")
        assert "as of Jan 12, 2026: 32 with something new." in heard.text
        assert "32 proposals are updated." in (await ann.press("Update 32")).text
        bot.clock.pass_(minutes=2)
        assert "Nothing new is in it." in (await ann.paste(AGENCY, shows="Nothing new")).text
        bot.clock.pass_(minutes=2)
        heard = await ann.hand("My proposals.html", agency_page().encode())
        assert "32 proposals get Upwork's own IDs" in heard.text
        await ann.press("Update 32")
        assert "taken back. Your proposals are as they were before." in (await ann.press("Undo My proposals")).text

    async def test_two_copied_pages_are_booked_with_one_button(self, stage: Stage, bot: Bot) -> None:
        ann = await stage.person("Ann")
        await ann.say("/start")
        await ann.paste(history(3))
        await ann.press("Bought at the list price")
        bot.clock.pass_(minutes=2)
        heard = await ann.paste(MY_PROPOSALS, shows="Beside it waits")
        assert "3 proposals on My proposals as of Jan 10, 2026: 2 with something new." in heard.text
        assert "3 rows from Jan 7, 2026 to Jan 9, 2026: all new." in heard.text
        heard = await ann.press("Book both")
        assert "3 entries booked; 84 Connects, as Upwork says." in heard.text
        assert "2 proposals are updated." in heard.text


class TestAtTheDesk:
    async def test_both_pages_in_one_message_ask_first_and_then_are_booked(self, ann: DeskPlayer) -> None:
        await ann.say("/start")
        heard = await ann.say(history(3) + "\n" + MY_PROPOSALS)
        assert "What did the 132 Connects cost" in heard.text
        assert "Show My proposals" in heard.buttons
        assert "Book both" not in heard.buttons
        heard = await ann.press("Bought at the list price")
        assert "Beside it waits: 3 proposals on My proposals" in heard.text
        heard = await ann.press("Book both")
        assert "3 entries booked" in heard.text
        assert "2 proposals are updated." in heard.text
        assert {"Undo", "Undo My proposals"} <= {*heard.buttons}

    async def test_a_history_in_which_nothing_is_new_waits_for_nothing(self, ann: DeskPlayer, bot: Bot) -> None:
        await ann.say("/start")
        await ann.say(history(3))
        await ann.press("Bought at the list price")
        await ann.press("Book all 3")
        bot.clock.pass_(minutes=5)
        assert "are booked already" in (await ann.say(history(3))).text
        heard = await ann.say(MY_PROPOSALS)
        assert "Beside it waits" not in heard.text
        assert "2 proposals are updated." in (await ann.press("Update 2")).text

    async def test_a_press_of_both_that_comes_again_is_answered_alike(self, ann: DeskPlayer) -> None:
        await ann.say("/start")
        await ann.say(history(3) + "\n" + MY_PROPOSALS)
        await ann.press("Bought at the list price")
        first, second = await ann.press_twice("Book both")
        assert first.text == second.text

    async def test_undo_asks_about_the_page_that_was_booked_last(self, ann: DeskPlayer) -> None:
        await ann.say("/start")
        await ann.say(MY_PROPOSALS)
        await ann.press("Update 3")
        assert "What was booked last is My proposals of Jan 10, 2026" in (await ann.say("/undo")).text
        assert "Import 1 is taken back. Your proposals" in (await ann.press("Undo the import")).text
        assert "there is no" in (await ann.say("/import undo")).text.lower()

    async def test_an_import_lists_what_the_page_said(self, ann: DeskPlayer) -> None:
        await ann.say("/start")
        await ann.say(MY_PROPOSALS)
        await ann.press("Update 3")
        heard = await ann.say("/import 1")
        assert "Import 1 · My proposals of Jan 10, 2026 · 3 proposals, 1\u20133" in heard.text
        assert "Jan 9, 2026 · Landing page number 1 · Replied" in heard.text

    async def test_what_fits_two_is_asked_and_what_is_not_read_is_shown(self, ann: DeskPlayer, bot: Bot) -> None:
        await ann.say("/start")
        await ann.say(TWIN_BIDS)
        await ann.press("Book all")
        bot.clock.pass_(minutes=2)
        heard = await ann.say(TWINS)
        assert "Which proposal is “Twin” of Jan 8, 2026 (Viewed)?" in heard.text
        assert "A sentence that nobody knows" in (await ann.press("Show the line not read")).text
        await ann.press("Back")
        heard = await ann.press("It is #")
        assert "Update 1 proposal" in heard.buttons
        assert "1 proposal is updated." in (await ann.press("Update 1")).text
        bot.clock.pass_(minutes=2)
        assert "Nothing new is in it." in (await ann.say(TWINS)).text

    async def test_it_can_be_left_open_shown_alone_or_left(self, ann: DeskPlayer, bot: Bot) -> None:
        await ann.say("/start")
        await ann.say(history(3))
        heard = await ann.say(MY_PROPOSALS)
        assert "Beside it waits your Connects History" in heard.text
        alone = await ann.press("Only My proposals")
        assert "3 proposals get a card without a cost" in alone.text
        assert "Beside it waits" not in alone.text
        assert "I left that page alone." in (await ann.press("Leave")).text
        bot.clock.pass_(minutes=2)
        assert "Beside it waits" in (await ann.say(MY_PROPOSALS)).text
        assert "What did the 132 Connects cost" in (await ann.press("Show the history")).text

    async def test_another_accounts_page_is_asked_about(self, ann: DeskPlayer, bot: Bot) -> None:
        await ann.say("/start")
        await ann.say(history(6))
        await ann.press("Book all")
        bot.clock.pass_(minutes=2)
        heard = await ann.say(MY_PROPOSALS.replace("Landing page", "Foreign job").replace("Jan 9", "Jan 6"))
        assert "Hardly any of these proposals is in your books" in heard.text
        assert "Yes, it is" in heard.buttons
        assert "Update 3" not in str(heard.buttons)
        assert "Update 3 proposals" in (await ann.press("Yes, it is")).buttons

    async def test_parts_of_a_page_become_one_preview(self, ann: DeskPlayer, bot: Bot) -> None:
        bot.clock.at = copied("agency") + timedelta(minutes=5)
        await ann.say("/start")
        text = AGENCY.strip()
        await ann.say(text[:1500].strip())
        heard = await ann.say(text[1500:].strip())
        assert "This replaces the answer above" in heard.text
        assert "32 proposals on My proposals" in heard.text
