"""Conversations written once and played on every platform: what a person says, and what they read."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from tests.bot.stage import PLATFORMS, Bot, Player, Stage, on_stage

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator


@pytest.fixture(params=PLATFORMS)
async def stage(request: pytest.FixtureRequest, bot: Bot) -> AsyncGenerator[Stage]:
    async with on_stage(request.param, bot) as stage:
        yield stage


@pytest.fixture
async def ann(stage: Stage) -> Player:
    """Ann, who has opened her wallet."""
    ann = await stage.person("Ann")
    await ann.say("/start")
    return ann


async def test_a_newcomer_is_welcomed_with_twenty_connects(stage: Stage) -> None:
    ann = await stage.person("Ann")
    heard = await ann.say("/start")
    assert "Hello Ann! Your wallet is open with 20 free Connects. They expire on Jan 10, 2027." in heard.text
    assert "I already have Connects" in heard.buttons


async def test_someone_without_a_wallet_is_shown_how_to_open_one(stage: Stage) -> None:
    ann = await stage.person("Ann")
    heard = await ann.say("/balance")
    assert "You have no wallet yet." in heard.text
    heard = await ann.press("Open my wallet")
    assert "20 free Connects" in heard.text


async def test_the_opening_balance_replaces_the_welcome_bonus(ann: Player) -> None:
    assert "20 Connects are available" in (await ann.say("/start")).text
    assert "How many Connects do you have now?" in (await ann.say("/opening")).text
    heard = await ann.say("87")
    assert "What did these 87 Connects cost you?" in heard.text
    assert "Bought at the list price ($13.05)" in heard.buttons
    heard = await ann.press("Given by Upwork")
    assert "you start with 87 Connects" in heard.text
    assert "87 Connects are available." in (await ann.say("/balance")).text


async def test_the_welcome_button_asks_for_the_opening_balance(stage: Stage) -> None:
    ann = await stage.person("Ann")
    await ann.say("/start")
    assert "How many Connects do you have now?" in (await ann.press("I already have Connects")).text
    assert "Bought at the list price ($13.05)" in (await ann.say("87")).buttons
    heard = await ann.press("Bought at the list price ($13.05)")
    assert "you start with 87 Connects" in heard.text
    assert "$13.05" in heard.text


async def test_a_bid_is_booked_and_undone(ann: Player) -> None:
    heard = await ann.say("/spend 16 Logo redesign")
    assert "#2 booked: 16 Connects · Proposal: Logo redesign" in heard.text
    assert "4 Connects" in heard.text
    heard = await ann.press("Undo")
    assert "#2 is undone: Proposal: Logo redesign (+16)" in heard.text
    assert "20 Connects are available." in (await ann.say("/balance")).text


async def test_overspending_is_refused_with_an_offer_to_buy_the_difference(ann: Player) -> None:
    heard = await ann.say("/bid 45 Data pipeline")
    assert (
        "That takes 45 Connects, but only 20 are available: 25 short. Buying 40 for $6.00 would cover it." in heard.text
    )
    heard = await ann.press("I bought 40 for $6.00: book both")
    assert "#2 booked: 40 Connects bought" in heard.text
    assert "#3 booked: 45 Connects · Proposal: Data pipeline" in heard.text
    assert "15 Connects are available." in (await ann.say("/balance")).text


async def test_the_label_of_a_button_can_be_typed(ann: Player) -> None:
    await ann.say("16")
    heard = await ann.say("spent on a boost.")
    assert "#2 booked: 16 Connects · Boost" in heard.text
    assert "16 Connects returned from #2" in (await ann.say("Mark as returned")).text


async def test_a_purchase_keeps_its_price(ann: Player) -> None:
    heard = await ann.say("/buy 60 $9")
    assert "60 Connects bought" in heard.text
    assert "$9.00" in heard.text
    heard = await ann.say("/spend 26 Logo redesign")
    assert "$0.90 (20 free, 6 paid)" in heard.text


async def test_a_missing_amount_is_asked_for(ann: Player) -> None:
    assert "How many Connects did you buy?" in (await ann.say("buy")).text
    assert "#2 booked: 40 Connects bought" in (await ann.say("40")).text


async def test_a_wrong_answer_is_explained_and_asked_again(ann: Player) -> None:
    await ann.say("buy")
    heard = await ann.say("lots")
    assert "60 Connects" not in heard.text
    await ann.say("buy")
    heard = await ann.say("plenty")
    assert '"plenty" is not a whole number' in heard.text
    assert "How many Connects did you buy?" in heard.text
    assert "#2 booked" in (await ann.say("40")).text


async def test_a_bare_number_is_asked_about(ann: Player) -> None:
    heard = await ann.say("16")
    assert "16 Connects: what happened to them?" in heard.text
    assert "#2 booked: 16 Connects · Proposal" in (await ann.press("Spent on a proposal")).text


async def test_a_pasted_job_link_becomes_a_bid_with_one_button(ann: Player) -> None:
    heard = await ann.say("https://www.upwork.com/jobs/Build-an-AI-agent_~022010000000000000000/")
    assert "How many Connects?" in heard.text
    heard = await ann.press("16 Connects")
    assert "#2 booked: 16 Connects · Proposal: Build an AI agent" in heard.text


async def test_a_bid_with_its_boost_is_booked_and_undone_as_one(ann: Player) -> None:
    heard = await ann.say("https://www.upwork.com/jobs/Logo_~022010000000000000000/ 8 +4")
    assert "#2 and #3 booked: 8 Connects and a boost of 4 · Proposal: Logo" in heard.text
    await ann.press("Undo")
    assert "20 Connects are available." in (await ann.say("/balance")).text


async def test_a_line_in_doubt_is_asked_about_before_it_is_booked(ann: Player) -> None:
    heard = await ann.say("8 4")
    assert "I see 8, 4: what does each of them stand for?" in heard.text
    assert "Bid of 8, boost of 4" in heard.buttons
    assert "20 Connects are available." in (await ann.say("/balance")).text
    await ann.say("8 4")
    assert "#2 to #3 booked: 2 bids, 12 Connects" in (await ann.press("2 bids")).text


async def test_several_bids_are_booked_together_and_a_second_one_is_asked_about(ann: Player) -> None:
    first, second = "~022010000000000000041", "~022010000000000000042"
    assert "#2 to #3 booked: 2 bids, 12 Connects" in (await ann.say(f"{first} 8 {second} 4")).text
    heard = await ann.say(f"{second} 6")
    assert "You bid 4 on this job" in heard.text
    assert "#4 booked: 6 Connects" in (await ann.press("Bid anyway")).text


async def test_returned_connects_are_booked(ann: Player) -> None:
    await ann.say("/spend 16 Logo redesign")
    heard = await ann.press("Mark as returned")
    assert "#3 booked: 16 Connects returned from #2" in heard.text
    assert "All of that has already come back, the last of it with #3." in (await ann.say("/return 2")).text


async def test_connects_are_earned_by_the_rules(ann: Player) -> None:
    assert "40 Connects earned · Assessment" in (await ann.say('/earn assessment "Python 3"')).text
    assert "already booked" in (await ann.say('/earn assessment "python  3"')).text
    assert "from 4 to 5 stars, not 2" in (await ann.say("/earn feedback 2")).text
    assert "How many stars" in (await ann.say("/earn feedback")).text
    assert "5 Connects earned · Feedback" in (await ann.say("5")).text


async def test_history_is_paged_with_buttons(ann: Player) -> None:
    for n in range(1, 12):
        await ann.say(f"/adjust {n}")
    heard = await ann.say("/history")
    assert "Entries #12 to #3" in heard.text
    heard = await ann.press("Older")
    assert "Entries #2 to #1" in heard.text
    assert "Welcome bonus" in heard.text
    assert "Entries #12 to #3" in (await ann.press("Newer")).text


async def test_lots_and_what_expires(ann: Player, bot: Bot) -> None:
    bot.clock.pass_(days=340)
    await ann.say("/buy 40 $6")
    heard = await ann.say("/lots")
    assert "60 Connects, used in this order" in heard.text
    assert "20 Connects · Welcome bonus · free · expires Jan 10, 2027" in heard.text
    assert "20 Connects expire within 30 days" in (await ann.say("/expiring")).text
    bot.clock.pass_(days=30)
    assert "40 Connects are available." in (await ann.say("/balance")).text


async def test_settings_are_asked_for_and_kept(ann: Player) -> None:
    assert "Europe/Kyiv" in (await ann.say("/settings zone=Kyiv")).text
    await ann.press("Change warning")
    assert "below 10" in (await ann.say("10")).text
    heard = await ann.say("/spend 16 Logo redesign")
    assert "Running low: 4 Connects are left, below your warning level of 10." in heard.text


async def test_the_journal_is_exported_without_formulas(ann: Player) -> None:
    await ann.say('/spend 5 title="=HYPERLINK(1)"')
    heard = await ann.say("/export postings=yes")
    ((name, content),) = heard.files.items()
    assert name == "postings-2026-01-10.csv"
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert [row["connects"] for row in rows] == ["20", "-20", "-5", "5"]
    assert rows[2]["title"] == "'=HYPERLINK(1)"


async def test_the_same_line_delivered_twice_books_once_and_answers_the_same(ann: Player) -> None:
    first, second = await ann.say_twice("/spend 5 Logo redesign")
    assert first.text == second.text
    assert "15 Connects are available." in (await ann.say("/balance")).text


async def test_the_same_button_pressed_twice_books_once_and_answers_the_same(ann: Player) -> None:
    await ann.say("5")
    first, second = await ann.press_twice("Spent on a proposal")
    assert first.text == second.text
    assert "15 Connects are available." in (await ann.say("/balance")).text


async def test_buttons_still_work_after_a_restart(stage: Stage, ann: Player) -> None:
    await ann.say("/spend 5 Logo redesign")
    await stage.restart()
    assert "#2 is undone" in (await ann.press("Undo")).text


async def test_an_unlikely_price_is_asked_about_and_booked_by_a_button(ann: Player) -> None:
    asked = await ann.say("/buy 9 $60")
    assert "That is far from the list price, which is $1.35 for 9 Connects." in asked.text
    assert "booked: 60 Connects bought" in (await ann.press("60 Connects for $9.00")).text
    assert "80 Connects are available." in (await ann.say("/balance")).text


async def test_an_ambiguous_zone_is_asked_about_with_places(ann: Player) -> None:
    assert "New York" in (await ann.say("/settings zone=EST")).buttons
    assert "America/New_York" in (await ann.press("New York")).text


async def test_a_title_is_cleaned_of_what_cannot_be_seen(ann: Player) -> None:
    heard = await ann.say("/spend 1\u200b6 Lo\0go \u202eevil\u202c shop")
    assert "booked: 16 Connects · Proposal: Logo evil shop" in heard.text


async def test_a_title_is_shown_as_it_was_written(ann: Player) -> None:
    title = "<b>R&D</b> _a_ *b* `c` @everyone [x](y)"
    heard = await ann.say(f'/spend 5 title="{title}"')
    assert title in heard.text


async def test_help_lists_and_explains(ann: Player) -> None:
    heard = await ann.say("/help")
    assert "/spend" in heard.text
    assert "/spend connects" in (await ann.say("/help spend")).text


async def test_two_people_do_not_see_each_other(stage: Stage, ann: Player) -> None:
    bob = await stage.person("Bob")
    await bob.say("/start")
    await bob.say("/spend 5 Secret job")
    assert "20 Connects are available." in (await ann.say("/balance")).text
    assert "Secret job" not in (await ann.say("/history")).text


class TestGroups:
    async def test_a_personal_balance_is_not_shown_in_a_group(self, stage: Stage, ann: Player) -> None:
        assert "20 Connects" in (await ann.say("/balance")).text
        in_team = await stage.member("Ann", "Team")
        heard = await in_team.say("/balance")
        assert "This group has no wallet yet" in heard.text
        assert "20 Connects" not in heard.text

    async def test_only_an_admin_opens_the_wallet_of_a_group(self, stage: Stage) -> None:
        bob = await stage.member("Bob", "Team")
        assert "for admins" in (await bob.say("/start")).text
        ann = await stage.member("Ann", "Team", admin=True)
        assert "The wallet of Team is open and empty." in (await ann.say("/start")).text

    async def test_members_spend_what_admins_bring_in(self, stage: Stage) -> None:
        ann = await stage.member("Ann", "Team", admin=True)
        bob = await stage.member("Bob", "Team")
        await ann.say("/start")
        await ann.say("/opening 300 free")
        assert "284 Connects" in (await bob.say("/spend 16 Logo redesign")).text
        assert "for admins" in (await bob.say("/buy 100")).text
        assert "#2 is undone" in (await bob.say("/undo 2")).text
        assert "the rest is for admins" in (await bob.say("/undo 1")).text
        assert "300 Connects are available." in (await ann.say("/balance")).text


async def test_the_history_leads_to_each_job(ann: Player) -> None:
    await ann.say("/spend 16 https://www.upwork.com/jobs/Logo-redesign_~022010000000000000042/")
    await ann.say("/spend 4 boost ~022010000000000000055")
    text = (await ann.say("/history")).text
    assert "Logo redesign" in text
    assert "~02…000055" in text
