"""Conversations about limits: how they are set and shown, what is asked at a spend, and what an owner allows."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

import pytest

from tests.bot.carrier import FakeCarrier
from tests.bot.stages.desk import DeskStage
from tests.bot.telling import deliver, live_on

if TYPE_CHECKING:
    from tests.bot.stage import Bot
    from tests.bot.stages.desk import DeskPlayer

LINK: Final = "https://www.upwork.com/jobs/Logo_~022010000000000000000/"
OVER: Final = "That would be 112 of 100 Connects this week (Bob). 10 are left. The limit is whole again on Monday."


@pytest.fixture
async def ivan(bob: DeskPlayer, lead: DeskPlayer) -> DeskPlayer:
    """Bob, who may spend 100 a week at most, and has spent 90."""
    await bob.say("/spend 60 Shop")
    await bob.say("/spend 30 Banner")
    await lead.say("/limit bob 100 a week block")
    bob.buttons.clear()
    return bob


async def left(player: DeskPlayer) -> str:
    """How many Connects the group has."""
    return (await player.say("/balance")).text


class TestSetting:
    async def test_a_limit_with_what_is_spent_of_it_already(self, lead: DeskPlayer, bob: DeskPlayer) -> None:
        await bob.say("/spend 60 Shop")
        heard = await lead.say("/limit bob 100 a week")
        assert heard.text == (
            "Saved. Bob: 100 Connects a week. What is over it is booked, with a warning.\n"
            "Now: 60 spent, 40 left; whole again on Monday."
        )
        assert heard.buttons == ("Block what is over it", "Take 1 away", "Limits")
        assert "is not booked, unless it was sent already" in (await lead.press("Block")).text
        assert "Before: Bob: 100 Connects a week." in (await lead.say("/limit bob 80 a week block")).text
        assert "1. Bob: 80 Connects a week (blocks): 60 spent, 20 left" in (await lead.say("/limit")).text

    async def test_what_is_left_open_is_asked(self, lead: DeskPlayer, bob: DeskPlayer) -> None:
        await bob.say("/balance")
        assert (await lead.say("/limit everyone 20")).buttons == ("Each member apart", "All together")
        assert (await lead.press("Each")).text == "Per day, per week or per month?"
        assert (await lead.say("a day")).text.startswith("Saved. Each member: 20 Connects a day.")
        heard = await lead.say("/limit max 10 per day")
        assert heard.buttons == ("Each member apart", "All together", "Lea", "Bob")
        assert (await lead.press("Bob")).text.startswith("Saved. Bob: 10 Connects a day.")

    async def test_nobody_of_that_name(self, lead: DeskPlayer, bob: DeskPlayer) -> None:
        await bob.say("/balance")
        heard = await lead.say("/limit carl 20 a day")
        assert "carl" in heard.text
        assert (await lead.press("Bob")).text.startswith("Saved. Bob: 20 Connects a day.")

    async def test_off(self, lead: DeskPlayer, bob: DeskPlayer) -> None:
        await bob.say("/balance")
        for line in ("bob 20 a day", "each 10 a day boosts", "together 300 a month"):
            await lead.say(f"/limit {line}")
        heard = await lead.say("/limit off")
        assert heard.buttons == (
            "Bob: 20 Connects a day",
            "Each member: 10 Connects a day for boosts",
            "All together: 300 Connects a month",
        )
        assert "That limit is gone. Each member" in (await lead.press("Each")).text
        assert "Saved. Each member: 10 Connects a day for boosts." in (await lead.press("Set it again")).text
        assert "gone. Bob" in (await lead.say("/limit no limit for bob")).text
        assert "no limit 1 any more" in (await lead.say("/limit 1 off")).text

    async def test_a_member_sees_what_is_his_and_changes_nothing(self, lead: DeskPlayer, bob: DeskPlayer) -> None:
        await bob.say("/spend 5 Shop")
        for line in ("bob 20 a day", "lea 30 a day", "together 300 a month"):
            await lead.say(f"/limit {line}")
        heard = await bob.say("what is my limit?")
        assert "1. Bob" in heard.text
        assert "2. Lea" not in heard.text
        assert "3. All together" in heard.text
        assert not heard.buttons
        assert "only admins change anything with /limit" in (await bob.say("/limit bob 200 a day")).text

    async def test_in_a_private_chat_it_is_ones_own(self, ann: DeskPlayer) -> None:
        assert "Saved. You: 10 Connects a week." in (await ann.say("/limit max 10 a week, block")).text
        assert "That would be 16 of 10 Connects this week. 10 are left." in (await ann.say("/spend 16 Logo")).text
        assert "You can allow it just this once." in (await ann.press("Not sent")).text
        assert "Allowed, just this once: another 16 Connects this week." in (await ann.press("Allow")).text
        assert "#2 booked" in (await ann.press("Sent")).text
        assert "the only one who spends" in (await ann.say("/limit ivan 5 a day")).text

    async def test_no_money_where_it_is_hidden(self, lead: DeskPlayer, bob: DeskPlayer) -> None:
        await lead.say("/buy 100 $15")
        await lead.say("/limit together $3 a month block")
        await bob.say("/spend 300 Shop")
        near = (await bob.say("/spend 16 Logo")).text
        assert "All together have used 80% of the limit in money this month." in near
        over = (await bob.say("/spend 8 Logo")).text
        assert over.startswith("That would be 120% of what may be spent this month (all together).")
        shown = (await lead.say("/limit")).text
        assert "All together: a sum of money a month (blocks): 80% used" in shown
        assert "$" not in near + over + shown


class TestAtASpend:
    async def test_nothing_is_promised_that_no_alert_will_tell(self, ivan: DeskPlayer, lead: DeskPlayer) -> None:
        await lead.say("/alerts limits=off")
        assert (await ivan.say("/spend 22 Logo")).text == f"{OVER}\nWas it sent already?"

    async def test_what_was_sent_already_is_booked(self, ivan: DeskPlayer) -> None:
        heard = await ivan.say("/spend 22 Logo")
        assert heard.text == f"{OVER}\nWas it sent already? Then I book it, and the owner hears of it."
        assert heard.buttons == ("Already sent: book it", "Not sent")
        booked = await ivan.press("Already sent")
        assert "22 Connects · Proposal: Logo" in booked.text
        assert "You have spent 112 of 100 Connects this week: 12 over the limit." in booked.text

    @pytest.mark.parametrize(("said", "answer"), [("Yes!", "22 Connects · Proposal: Logo"), ("not yet", "not booked")])
    async def test_the_question_is_answered_in_words(self, ivan: DeskPlayer, said: str, answer: str) -> None:
        await ivan.say("/spend 22 Logo")
        assert answer in (await ivan.say(said)).text

    async def test_the_balance_names_the_tightest_limit(self, ivan: DeskPlayer, lead: DeskPlayer) -> None:
        assert "90 of 100 Connects this week: 10 left." in (await ivan.say("how much can I still spend?")).text
        assert "limit" not in (await lead.say("/balance")).text.lower()

    async def test_nobody_else_may_answer_for_them(self, ivan: DeskPlayer, lead: DeskPlayer) -> None:
        """Otherwise it would be booked for whoever presses, and count for them."""
        await ivan.say("/spend 22 Logo")
        lead.buttons = dict(ivan.buttons)
        for label in ("Already sent", "Not sent"):
            assert "That is for Bob to press" in (await lead.press(label)).text
        assert "210" in await left(lead)

    async def test_what_was_not_sent_is_not_booked_until_it_is_allowed(
        self, ivan: DeskPlayer, lead: DeskPlayer
    ) -> None:
        await ivan.say("/spend 22 Logo")
        heard = await ivan.press("Not sent")
        assert heard.text == "That was not booked. An owner can allow it just this once."
        assert "210" in await left(lead)
        lead.buttons = dict(ivan.buttons)
        assert "admin" in (await ivan.press("Allow")).text
        allowed = await lead.press("Allow")
        told = "Bob, you may spend another 22 Connects this week, just this once."
        assert allowed.text == f"{told}\nBook it once it is sent."
        assert "That is for Bob to press" in (await lead.press("Bob: sent")).text
        ivan.buttons = dict(lead.buttons)
        assert "22 Connects · Proposal: Logo" in (await ivan.press("Bob: sent")).text
        assert "That would be 113 of 112" in (await ivan.say("/spend 1 More")).text

    async def test_not_sent_is_no_lie_once_it_is_booked(self, ivan: DeskPlayer) -> None:
        await ivan.say("/spend 22 Logo")
        asked = dict(ivan.buttons)
        await ivan.press("Already sent")
        ivan.buttons = asked
        heard = await ivan.press("Not sent")
        assert heard.text == "It is booked already, as #4. If it was not sent, undo that."
        await ivan.press("Undo")
        ivan.buttons = asked
        assert (await ivan.press("Not sent")).text.startswith("That was not booked.")

    async def test_it_is_allowed_once(self, ivan: DeskPlayer, lead: DeskPlayer) -> None:
        await ivan.say("/spend 22 Logo")
        lead.buttons = {**(await pressed(ivan, "Not sent"))}
        await lead.press_twice("Allow")
        assert "112 Connects" not in (shown := (await lead.say("/limit")).text)
        assert "(12 more allowed until then)" in shown

    @pytest.mark.parametrize(
        "line",
        [
            "/spend 22 boost Logo",
            f"{LINK} 22",
            f"/spend 12 boost=10 {LINK}",
            "/spend 12 Logo\n/spend 10 Banner",
            "/spend 22 Logo on=today",
        ],
    )
    async def test_however_it_is_said(self, ivan: DeskPlayer, line: str) -> None:
        assert (await ivan.say(line)).text.startswith(OVER)
        assert "booked" in (await ivan.press("Already sent")).text

    async def test_a_link_whose_connects_are_asked(self, ivan: DeskPlayer) -> None:
        await ivan.say(LINK)
        assert (await ivan.say("22")).text.startswith(OVER)

    async def test_a_message_of_somebody_else(self, ivan: DeskPlayer) -> None:
        await ivan.say(f"/bookthis {LINK} 22 connects")
        assert (await ivan.press("Book 22")).text.startswith(OVER)

    async def test_an_edited_line(self, ivan: DeskPlayer, lead: DeskPlayer) -> None:
        await ivan.say("/spend 6 Logo")
        await ivan.edit("/spend 22 Logo")
        heard = await ivan.press("Book 22 instead")
        assert OVER in heard.text
        assert "22 Connects · Proposal: Logo" in (await ivan.press("Already sent")).text
        assert "188" in await left(lead)

    async def test_a_spend_of_an_earlier_day_of_the_week(self, bot: Bot, ivan: DeskPlayer) -> None:
        bot.clock.pass_(days=2)
        await ivan.say("/spend 90 Shop")
        bot.clock.pass_(days=1)
        assert (await ivan.say("/spend 22 Logo yesterday")).text.startswith("That would be 112 of 100 Connects")

    async def test_what_comes_back_gives_room(self, ivan: DeskPlayer) -> None:
        await ivan.say("/return 30 of #2")
        assert "booked" in (await ivan.say("/spend 22 Logo")).text

    async def test_two_at_once_do_not_pass_it_together(self, bot: Bot, lead: DeskPlayer, bob: DeskPlayer) -> None:
        ann = await DeskStage(bot).member("Ann", lead.group)
        await lead.say("/limit together 20 a day block")
        heard = await asyncio.gather(bob.say("/spend 12 Logo"), ann.say("/spend 12 Shop"))
        assert sorted(one.text.startswith("That would be 24 of 20") for one in heard) == [False, True]

    async def test_near(self, lead: DeskPlayer, bob: DeskPlayer) -> None:
        await bob.say("/spend 60 Shop")
        await lead.say("/limit bob 100 a week")
        assert "this week" not in (await bob.say("/spend 19 Logo")).text
        heard = await bob.say("/spend 1 Logo")
        assert "You have spent 80 of 100 Connects this week: 20 left. The limit is whole again on Monday." in heard.text

    async def test_as_much_again_is_allowed_again(self, bot: Bot, ivan: DeskPlayer, lead: DeskPlayer) -> None:
        """And of two owners who press at once, one allows it."""
        await ivan.say("/spend 10 Icons")
        for line in ("/spend 12 Logo", "/spend 12 Site"):
            await ivan.say(line)
            await ivan.press("Not sent")
            other = await DeskStage(bot).member("Ann", lead.group, admin=True)
            lead.buttons, other.buttons = dict(ivan.buttons), dict(ivan.buttons)
            await asyncio.gather(lead.press("Allow"), other.press("Allow"))
            assert "booked" in (await ivan.say(line)).text
        assert "(24 more allowed until then)" in (await lead.say("/limit")).text


class TestDecidedAnew:
    async def test_the_limit_was_taken_away(self, ivan: DeskPlayer, lead: DeskPlayer) -> None:
        await ivan.say("/spend 22 Logo")
        await ivan.press("Not sent")
        await lead.say("/limit 1 off")
        lead.buttons = dict(ivan.buttons)
        assert "not there any more" in (await lead.press("Allow")).text

    async def test_there_is_room_by_now(self, ivan: DeskPlayer, lead: DeskPlayer) -> None:
        await ivan.say("/spend 22 Logo")
        await ivan.press("Not sent")
        lead.buttons = dict(ivan.buttons)
        await lead.say("/limit bob 200 a week block")
        lead.buttons |= ivan.buttons
        assert "by now there is room for it" in (await lead.press("Allow")).text

    async def test_the_week_is_over(self, bot: Bot, ivan: DeskPlayer, lead: DeskPlayer) -> None:
        await ivan.say("/spend 22 Logo")
        await ivan.press("Not sent")
        bot.clock.pass_(days=7)
        lead.buttons = dict(ivan.buttons)
        assert "That time is over" in (await lead.press("Allow")).text
        assert "allowed until" not in (await lead.say("/limit")).text

    async def test_the_period_ends_between_question_and_press(self, bot: Bot, ivan: DeskPlayer) -> None:
        await ivan.say("/spend 22 Logo")
        bot.clock.pass_(days=7)
        booked = await ivan.press("Already sent")
        assert "booked" in booked.text
        assert "this week" not in booked.text

    async def test_a_member_who_may_only_read_by_then(self, bob: DeskPlayer, lead: DeskPlayer) -> None:
        await bob.say(LINK)
        await lead.say("/role me owner")
        await lead.say("/role bob viewer")
        assert "As a viewer you can read" in (await bob.say("16")).text
        assert "300" in await left(lead)

    async def test_a_role_that_was_taken_away_under_an_open_question(self, ivan: DeskPlayer, lead: DeskPlayer) -> None:
        lead.admin = False
        await ivan.say("/spend 22 Logo")
        await ivan.press("Not sent")
        lead.buttons = dict(ivan.buttons)
        assert "admin" in (await lead.press("Allow")).text


async def pressed(player: DeskPlayer, label: str) -> dict[str, str]:
    await player.press(label)
    return player.buttons


class TestTheAlert:
    async def test_whose_limit_was_passed_and_that_it_was_sent_already(self, bot: Bot, ivan: DeskPlayer) -> None:
        carrier = FakeCarrier("desk")
        await ivan.say("/spend 22 Logo")
        await ivan.press("Already sent")
        await deliver(bot, carrier)
        assert [one.text for one in carrier.carried] == [
            (
                "Bob is over the limit in the week of Jan 5, 2026: 112 of 100 Connects are spent.\n"
                "Bob says it was sent already, so I have booked it: see #4."
            )
        ]

    async def test_what_was_too_much_is_allowed_below_it(self, bot: Bot, ivan: DeskPlayer, lead: DeskPlayer) -> None:
        carrier = FakeCarrier("desk")
        await ivan.say("/spend 22 Logo")
        await ivan.press("Already sent")
        await deliver(bot, carrier)
        (sent,) = carrier.carried
        lead.buttons = {"Allow this": sent.presses[0]}
        ivan.buttons = dict(lead.buttons)
        assert "admin" in (await ivan.press("Allow")).text
        assert (await lead.press("Allow")).text == "Allowed, just this once: another 12 Connects this week."
        assert "nothing left; whole again on Monday (12 more allowed until then)" in (await lead.say("/limit")).text

    async def test_an_owner_allows_it_in_private_and_the_group_is_told(
        self, bot: Bot, ivan: DeskPlayer, lead: DeskPlayer
    ) -> None:
        carrier = FakeCarrier("desk")
        live_on(bot, carrier)
        await lead.say("/alerts where=private")
        await ivan.say("/spend 22 Logo")
        await ivan.press("Already sent")
        await deliver(bot, carrier)
        alone = await DeskStage(bot).person("Lea")
        sent = carrier.carried[-1]
        alone.buttons = {"Allow this": sent.presses[0]}
        assert "Bob is over the limit" in sent.text
        assert (await alone.press("Allow")).text == "Allowed. I am telling the group."
        await deliver(bot, carrier)
        assert carrier.carried[-1].text == "Allowed, just this once: another 12 Connects this week."
        assert 'Lea: /allow limit=1 asked=\u2026 person="Bob" (done)' in (await lead.say("/audit")).text
        carrier.admin = None
        assert "I cannot check right now" in (await alone.press("Allow")).text
        carrier.admin = False
        assert (await alone.press("Allow")).text == "Only owners of that group can allow more."
