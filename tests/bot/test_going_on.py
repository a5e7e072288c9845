"""The button under a refused bid books the purchase and then the bid, in that order and in one answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.shared.refusals import Outage
from core.wallets.people import Identity
from tests.bot.failing import Failing, Fault, bot_on
from tests.bot.stages.desk import DeskStage

if TYPE_CHECKING:
    from core.ledger.model import Entry
    from tests.bot.stages.desk import DeskPlayer

BUTTON = "I bought 40 for $6.00: book both"
LINK = "https://www.upwork.com/jobs/~022010000000000000000"


async def booked(ann: DeskPlayer) -> list[Entry]:
    """Everything in Ann's wallet but the welcome bonus."""
    person = await ann.bot.books.person(Identity("desk", ann.name), ann.name)
    wallet = await ann.bot.books.wallet_of(person.id)
    assert wallet is not None
    return list(await ann.bot.books.journal(wallet.id))[1:]


class TestBoth:
    async def test_one_answer_shows_both_with_the_buttons_of_the_bid(self, ann: DeskPlayer) -> None:
        assert (await ann.say("/bid 45 Data pipeline")).buttons == (BUTTON,)
        heard = await ann.press(BUTTON)
        assert heard.text.index("#2 booked: 40 Connects bought") < heard.text.index("#3 booked: 45 Connects")
        assert "Proposal: Data pipeline" in heard.text
        assert heard.buttons == ("Undo", "Mark as returned", "Proposal")
        assert "#3 is undone" in (await ann.press("Undo")).text

    async def test_all_that_was_given_is_kept(self, ann: DeskPlayer) -> None:
        await ann.say(
            f"/spend 45 boost {LINK} A title, which is so long that no button could carry it, in {'any ' * 9}case"
        )
        await ann.press(BUTTON)
        _, bid = await booked(ann)
        assert (bid.counterpart, bid.job) == ("expense:boost", "~022010000000000000000")
        assert bid.memo.startswith("A title, which is so long")

    async def test_a_bid_that_was_put_together_by_questions_goes_on_too(self, ann: DeskPlayer) -> None:
        await ann.say(LINK)
        await ann.say("45")
        assert "#3 booked: 45 Connects" in (await ann.press(BUTTON)).text
        assert (await booked(ann))[-1].job

    @pytest.mark.parametrize(
        "typed", ["I bought 40 for $6.00: book both", "I bought 40 for $6.00", "i bought 40", "I bought 40."]
    )
    async def test_the_label_or_its_beginning_can_be_typed(self, ann: DeskPlayer, typed: str) -> None:
        await ann.say("/bid 45 Data pipeline")
        assert "#3 booked: 45 Connects" in (await ann.say(typed)).text

    @pytest.mark.parametrize("typed", ["I bought", "buy 40", "I bought 4"])
    async def test_other_words_are_what_they_say(self, ann: DeskPlayer, typed: str) -> None:
        await ann.say("/bid 45 Data pipeline")
        assert "45 Connects · " not in (await ann.say(typed)).text

    async def test_no_words_are_taken_for_an_answer_afterwards(self, ann: DeskPlayer) -> None:
        await ann.say("/spend")
        await ann.say("45")
        await ann.press(BUTTON)
        assert "what happened to them?" in (await ann.say("5")).text

    async def test_in_a_group_it_is_offered_to_who_may_buy_and_to_nobody_else(self, lead: DeskPlayer) -> None:
        ivan = await DeskStage(lead.bot).member("Ivan", lead.group)
        assert "Purchases are booked by admins." in (await ivan.say("/bid 350")).text
        assert (await ivan.say("/bid 350")).buttons == ()
        ivan.buttons = {}
        await lead.say("/bid 350")
        ivan.buttons = dict(lead.buttons)
        assert "That is for Lea to press" in (await ivan.press("I bought")).text
        assert "350" in (await lead.press("I bought")).text


class TestOnce:
    async def test_pressing_twice_books_once(self, ann: DeskPlayer) -> None:
        await ann.say("/bid 45 Data pipeline")
        first, second = await ann.press_twice(BUTTON)
        assert first.text == second.text
        purchase, bid = await booked(ann)
        assert bid.key == f"{purchase.key}:then"

    async def test_after_a_restart_the_button_still_does_both(self, ann: DeskPlayer) -> None:
        await ann.say("/bid 45 Data pipeline")
        ann.bot = bot_on(ann.bot.store, ann.bot.clock)
        assert "#3 booked: 45 Connects" in (await ann.press(BUTTON)).text

    async def test_what_was_interrupted_between_the_two_goes_on_with_another_press(self, ann: DeskPlayer) -> None:
        await ann.say("/bid 45 Data pipeline")
        shown = dict(ann.buttons)
        plan = Failing(ann.bot.store, Fault(why=Outage.FULL), at=8)
        ann.bot = bot_on(plan.as_store(), ann.bot.clock)
        heard = await ann.press(BUTTON)
        assert plan.calls[-1] == plan.calls[-3] == "ledger.write"
        assert "#2 booked: 40 Connects bought" in heard.text
        assert "The disk that holds my books is full." in heard.text
        assert "Nothing was booked" not in heard.text
        ann.buttons, plan.at = shown, 0
        assert "#3 booked: 45 Connects" in (await ann.press(BUTTON)).text
        assert [entry.number for entry in await booked(ann)] == [2, 3]


class TestRefusedAgain:
    async def test_the_purchase_stands_and_the_next_button_goes_on(self, ann: DeskPlayer) -> None:
        await ann.say("/bid 45 Data pipeline")
        shown = dict(ann.buttons)
        await ann.say("/spend 18 Icon")
        ann.buttons = shown
        heard = await ann.press(BUTTON)
        assert "#3 booked: 40 Connects bought" in heard.text
        assert "That takes 45 Connects, but only 42 are available" in heard.text
        assert heard.buttons == ("Undo", "I bought 10 for $1.50: book both")
        heard = await ann.press("I bought 10")
        assert "#4 booked: 10 Connects bought" in heard.text
        assert "#5 booked: 45 Connects · Proposal: Data pipeline" in heard.text

    async def test_a_purchase_that_is_refused_books_nothing(self, ann: DeskPlayer) -> None:
        ann.bot.clock.pass_(days=30)
        await ann.say("/bid 45 Data pipeline")
        ann.bot.clock.pass_(days=1)
        await ann.say("/buy 10")
        await ann.say("/bid 45")
        ann.bot.clock.pass_(days=-30)
        heard = await ann.press("I bought")
        assert "which is in the future by my clock" in heard.text
        assert [entry.number for entry in await booked(ann)] == [2]
