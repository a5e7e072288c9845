"""Lines as people write them: understood in many spellings, or answered with what would be right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.reply.words import voice
from bot.views.refusals import sentence_of
from core.shared.ids import WalletId
from core.shared.refusals import OutOfRange
from tests.bot.stages.desk import DeskStage

if TYPE_CHECKING:
    from tests.bot.stage import Bot
    from tests.bot.stages.desk import DeskPlayer


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("purple monkeys", "I did not understand that."),
        ("/nonsense 5", "There is no command nonsense."),
        ("/balence", "There is no command balence. Did you mean /balance?"),
        ("/Spnd 16", "There is no command Spnd. Did you mean /spend?"),
        ("/help hystory", "Did you mean /history?"),
        ("/", "A command comes right after the slash"),
        ("/help nonsense", "There is no command nonsense."),
        ("x" * 4097, "That has 4,097 characters; the limit is 4,096."),
        ("/spend 5001", "It takes a number from 1 to 500, not 5,001."),
        ("/spend 1,000", "It takes a number from 1 to 500, not 1,000."),
        ("/spend 0", "It takes a number from 1 to 500, not 0."),
        ("/buy 0", "It takes a number from 1 to 5,000, not 0."),
        ("/adjust 6000", "It takes a number from -5,000 to 5,000, not 6,000."),
        ("/adjust 0", "A correction by 0 changes nothing."),
        ("/adjust -300", "Only 20 Connects are left to take away."),
        ("/earn monthly 9999", "It takes a number from 1 to 5,000, not 9,999."),
        ("/balance 9999-12-31", "I cannot tell which day \u201c9999-12-31\u201d is."),
        ("/spend 600", "It takes a number from 1 to 500, not 600."),
        ("/spend 16 " + "x" * 201, "That has 201 characters; the limit is 200."),
        ("/buy 60 9000000 EUR", "A purchase may cost from €0.00 to €1,000,000.00, not €9,000,000.00."),
        ("/buy 60 9 tax=9000000", "A tax of $9,000,000.00 is more than the price itself"),
        ("/return 99", "There is no entry #99."),
        ("/undo 1 2 3", 'I did not understand "2 3" there.'),
        ("/balance tomorrow", "\u201ctomorrow\u201d is still to come."),
        ("/balance tomorrow", "Which day?"),
        ("/history latest", '"latest" is not a whole number'),
        ("/spend sixteen", '"sixteen" is not a whole number'),
        ("/spend sixteen Logo", '"sixteen" is not a whole number'),
        ("/spend 2.5", '"2.5" is not a whole number'),
        ("/spend Logo 2.5", '"2.5" is not a whole number'),
        ("/spend 16 Logo tomorrow", "\u201ctomorrow\u201d is still to come"),
        ("/spend 16 2026-01-11", "Jan 11, 2026 is still to come"),
        ("/spend 16 Logo 12.01.2026", "may be two days"),
        ("/spend 16 Logo on=soon", "I cannot tell which day \u201csoon\u201d is."),
        ("/earn reward 30 Rising Talent 2026-01-10", "I cannot book this for another day"),
        ("/earn feedback", "How many stars, or Connects?"),
        ("/earn feedback five", '"five" is not a whole number'),
        ("/earn feedback 4.5", '"4.5" is not a whole number'),
        (
            "/spend 4 https://www.upwork.com/freelancers/~01ab12cd34ef56ab78",
            "That is not a link to an Upwork job.",
        ),
        (
            "/spend 4 https://example.org/jobs/~021234567890123456789",
            "One looks like https://www.upwork.com/jobs/~02",
        ),
        ("https://www.upwork.com/nx/proposals/1234567890123456789/", "That is not a link to an Upwork job."),
        ("/spend 4 ~022010000000000000000 ~022010000000000000001", "was it 4 Connects on each?"),
        ("/spend 4 ~022910000000000000000", "by its ID, the job would be posted on "),
        ("/earn luck", "What were they given for?"),
        ("/settings currency=ZZZ", '"ZZZ" is not a currency code'),
        ("/settings zone=", "zone= has no value. Please write one after it, or leave it out."),
    ],
)
async def test_bad_input_is_answered_with_what_would_be_right(
    ann: DeskPlayer, bot: Bot, line: str, answer: str
) -> None:
    assert answer in (await ann.say(line)).text
    assert await bot.books.newest(WalletId(1)) == 1


@pytest.mark.parametrize(
    "line",
    [
        "/buy 60 $9",
        "/buy $9 60",
        "/buy 60 for $9",
        "/buy 60 connects for 9 USD",
        "buy 60 9",
        "/buy $9.00 60 connects",
        "/buy price=9 connects=60",
        "/BUY 60 9,00",
    ],
)
async def test_amounts_are_read_however_they_are_written(ann: DeskPlayer, line: str) -> None:
    heard = await ann.say(line)
    assert "60 Connects bought" in heard.text
    assert "$9.00" in heard.text


@pytest.mark.parametrize(
    ("line", "deed"),
    [
        ("/spend 16 Logo", "16 Connects · Proposal: Logo"),
        ("/spend Logo 16", "16 Connects · Proposal: Logo"),
        ("/spend 16 connects Logo", "16 Connects · Proposal: Logo"),
        ("/spend 16 boost Logo", "16 Connects · Boost: Logo"),
        ("/spend 16 profile ad", "16 Connects · Profile ad"),
        ("/spend 16 Boost my sales", "16 Connects · Proposal: Boost my sales"),
        ("/spend 16 purpose=badge", "16 Connects · Availability badge"),
        ("/spend@connects_bot 16", "16 Connects · Proposal"),
        ("/spend 16 ~022010000000000000000 Logo", "16 Connects · Proposal: Logo"),
        ("/spend ~022010000000000000000 16 boost", "16 Connects · Boost: job ~02…000000"),
        ("/spend ~022010000000000000000 boost 16", "16 Connects · Boost: job ~02…000000"),
        ("/spend boost 16 ~022010000000000000000", "16 Connects · Boost: job ~02…000000"),
        ("/spend 16 availability badge", "16 Connects · Availability badge"),
        ("/spend 16 Availability badge", "16 Connects · Availability badge"),
        ("/spend 16 Boost", "16 Connects · Boost"),
        ("/spend 16 purpose=availability", "16 Connects · Availability badge"),
        ('/spend 16 title="Logo 2026-01-10"', "16 Connects · Proposal: Logo 2026-01-10"),
    ],
)
async def test_spends_are_read_however_they_are_written(ann: DeskPlayer, line: str, deed: str) -> None:
    assert (await ann.say(line)).text.splitlines()[0] == f"#2 booked: {deed}"


async def test_a_plan_without_monthly_connects_is_refused(ann: DeskPlayer) -> None:
    await ann.say("/settings plan=agency")
    assert "Your plan brings no monthly Connects." in (await ann.say("/earn monthly")).text


async def test_a_correction_below_zero_offers_no_purchase(ann: DeskPlayer) -> None:
    assert (await ann.say("/adjust -300")).buttons == ()


async def test_a_single_connect_is_named_in_the_singular(ann: DeskPlayer) -> None:
    await ann.say("/adjust -20")
    assert "That takes 1 Connect, but none are available" in (await ann.say("/spend 1")).text


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("16.", "16 Connects: what happened to them?"),
        ("16 Logo", '16 Connects for "Logo": what happened to them?'),
        ("1 Logo", '1 Connect for "Logo": what happened to them?'),
        ("Balance?", "20 Connects are available."),
        ("help!", "I keep the books on your Upwork Connects."),
    ],
)
async def test_free_words_in_a_private_chat_are_understood_if_possible(ann: DeskPlayer, line: str, answer: str) -> None:
    assert answer in (await ann.say(line)).text


async def test_a_number_and_a_title_are_booked_with_one_button(ann: DeskPlayer) -> None:
    assert (await ann.say("16 Logo redesign")).buttons == ("Spent on a proposal", "Spent on a boost")
    assert "16 Connects · Proposal: Logo redesign" in (await ann.press("Spent on a proposal")).text
    await ann.say("4 Logo redesign")
    assert "4 Connects · Boost: Logo redesign" in (await ann.press("Spent on a boost")).text


async def test_someone_without_a_wallet_who_is_not_understood_is_shown_how_to_begin(bot: Bot) -> None:
    newcomer = await DeskStage(bot).person("new")
    assert (await newcomer.say("purple monkeys")).buttons[0] == "Open my wallet"
    assert "/start opens your wallet" in (await newcomer.say("purple 16")).text


async def test_help_lists_what_can_be_chosen(ann: DeskPlayer) -> None:
    assert "purpose: What they were spent on: proposal, boost, badge, profile ad, other (optional)" in (
        (await ann.say("/help spend")).text
    )
    assert "assessment, interview, feedback, reward, monthly" in (await ann.say("/help earn")).text


async def test_a_bid_without_a_title_is_named_by_its_job(ann: DeskPlayer) -> None:
    assert "4 Connects · Proposal: job ~02…000042" in (await ann.say("/spend 4 ~022010000000000000042")).text
    assert "Proposal: job ~02…000042" in (await ann.say("/history")).text


async def test_a_title_that_is_too_long_is_not_answered_with_others(ann: DeskPlayer) -> None:
    await ann.say("/spend 2 Logo redesign")
    heard = await ann.say("/spend 2 " + "x" * 201)
    assert "That has 201 characters; the limit is 200." in heard.text
    assert heard.buttons == ()


async def test_a_link_to_something_else_does_not_answer_how_many(ann: DeskPlayer) -> None:
    await ann.say("/spend")
    heard = await ann.say("https://www.upwork.com/freelancers/~01ab12cd34ef56ab78")
    assert heard.text.startswith("That is not a link to an Upwork job.")
    assert "4 Connects · Proposal" in (await ann.say("4")).text


async def test_a_bound_that_leaves_no_choice_reads_as_such(ann: DeskPlayer) -> None:
    await ann.say("/spend 16 Logo")
    await ann.say("/return 2 15")
    assert "Only 1 Connect is left to come back from that, not 5." in (await ann.say("/return 2 5")).text


@pytest.mark.parametrize(
    ("refusal", "said"),
    [
        (OutOfRange("stars", 4, 5, 5), "Feedback counts only with 5 stars, not 4."),
        (OutOfRange("stars", 2, 4, 5), "Feedback counts from 4 to 5 stars, not 2."),
        (OutOfRange("return", 9, 1, 8), "Between 1 and 8 Connects can come back from that, not 9."),
        (OutOfRange("spend", 2, 1, 1), "It takes only 1, not 2."),
        (OutOfRange("spend", 0, 1, 500), "It takes a number from 1 to 500, not 0."),
    ],
)
def test_bounds_read_as_a_person_would_say_them(refusal: OutOfRange, said: str) -> None:
    assert voice("en", "UTC").say(sentence_of(refusal)) == said


async def test_operators_are_shown_their_own_commands(bot: Bot, ann: DeskPlayer) -> None:
    boss = await DeskStage(bot).person("boss")
    assert "For operators" in (await boss.say("/help")).text
    assert "/promote title text gives ends" in (await boss.say("/help promote")).text
    assert "/promo [do]" in (await boss.say("/help /promo")).text
    assert "For operators" not in (await ann.say("/help")).text
    assert "/promote is for the operators of this bot." in (await ann.say("/help promote")).text


async def test_help_offers_the_nearest_command(ann: DeskPlayer) -> None:
    assert (await ann.say("/help hystory")).buttons == ("/history",)
    assert "Show what was booked" in (await ann.press("/history")).text
