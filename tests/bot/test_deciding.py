"""Claims that need approval: operators decide, the person is notified, and nothing is given twice."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tests.bot.promoting import launched, look
from tests.bot.stages.desk import DeskStage
from tests.bot.telling import deliver

if TYPE_CHECKING:
    from tests.bot.stage import Bot, CarryingStage
    from tests.bot.stages.desk import DeskPlayer

BONUS = 'Bonus gives=20 ends="3 days" approval=on'


async def people(bot: Bot, *names: str) -> list[DeskPlayer]:
    """People with open wallets."""
    found = [await DeskStage(bot).person(name) for name in names]
    for one in found:
        await one.say("/start")
    return found


class TestOnEveryPlatform:
    async def test_someone_who_asks_by_a_press_is_notified_of_the_decision(
        self, bot: Bot, stage: CarryingStage, boss: DeskPlayer
    ) -> None:
        zoe = await stage.person("Zoe")
        await zoe.say("/start")
        await zoe.say("/subscribe")
        await launched(boss, BONUS)
        await look(bot)
        await deliver(bot, stage.carrier)
        assert "Press once to apply; each claim is reviewed." in (await zoe.read()).text
        asked, again = await zoe.press_twice("Apply")
        assert "You asked for “Bonus”." in asked.text
        assert "You asked for “Bonus”." in again.text
        await boss.say("/promo claims 1")
        assert "Approved: #1 Zoe" in (await boss.press("Approve")).text
        await deliver(bot, stage.carrier)
        assert "Your claim on “Bonus” was approved: 20 Connects are booked." in (await zoe.read()).text
        assert "40 Connects" in (await zoe.say("/balance")).text


class TestDeciding:
    async def test_nothing_is_given_before_approval_and_the_promotion_shows_how_many_wait(
        self, bot: Bot, boss: DeskPlayer, ann: DeskPlayer
    ) -> None:
        await people(bot, "bob")
        await launched(boss, BONUS)
        await ann.say("/claim 1")
        await (await DeskStage(bot).person("bob")).say("/claim 1")
        assert "20 Connects are available" in (await ann.say("/balance")).text
        shown = await boss.say("/promo show 1")
        assert "Waiting for approval: 2" in shown.text
        assert shown.buttons[0] == "2 waiting"
        heard = await boss.press("2 waiting")
        assert heard.text.splitlines() == [
            "2 claims on “Bonus” to approve or decline",
            "#1 ann: Jan 10, 2026 09:00 UTC · In private",
            "#2 bob: Jan 10, 2026 09:00 UTC · In private",
        ]
        assert heard.buttons == ("Approve #1", "Decline #1", "Approve #2", "Decline #2", "Back")
        assert (await boss.press("Approve #2")).text.splitlines()[:2] == [
            "Approved: #2 bob",
            "1 claim on “Bonus” to approve or decline",
        ]
        assert "20 Connects are available" in (await ann.say("/balance")).text

    async def test_a_declined_claim_is_notified_and_stays_declined(
        self, bot: Bot, boss: DeskPlayer, ann: DeskPlayer
    ) -> None:
        await launched(boss, BONUS)
        await ann.say("/claim 1")
        heard = await boss.say("/promo refuse 1 claim=1")
        assert heard.text.splitlines() == ["Declined: #1 ann", "No claims on “Bonus” are waiting."]
        assert len(await bot.store.outbox.deliveries("promotion:1:refused:1")) == 1
        assert "Your claim on “Bonus” was declined." in (await ann.say("/claim 1")).text
        assert "That claim was already declined." in (await boss.say("/promo approve 1 claim=1")).text
        assert "That claim was already declined." in (await boss.say("/promo refuse 1 claim=1")).text
        assert "20 Connects are available" in (await ann.say("/balance")).text

    async def test_two_simultaneous_decisions_become_one(self, bot: Bot, boss: DeskPlayer, ann: DeskPlayer) -> None:
        await launched(boss, BONUS)
        await ann.say("/claim 1")
        bot.operators.add("desk:chief")
        chief = await DeskStage(bot).person("chief")
        lines = [(boss, "/promo approve 1 claim=1"), (chief, "/promo approve 1 claim=1")]
        for heard in await asyncio.gather(*(who.say(line) for who, line in lines)):
            assert "Approved: #1 ann" in heard.text
        assert "That claim was already approved." in (await chief.say("/promo refuse 1 claim=1")).text
        assert "40 Connects are available" in (await ann.say("/balance")).text
        assert len(await bot.store.outbox.deliveries("promotion:1:approved:1")) == 1

    async def test_if_the_supply_is_used_up_the_claim_stays_open(self, bot: Bot, boss: DeskPlayer) -> None:
        ann, bob = await people(bot, "ann", "bob")
        await launched(boss, f"{BONUS} supply=20")
        await ann.say("/claim 1")
        await bob.say("/claim 1")
        await boss.say("/promo approve 1 claim=1")
        assert "All of it has been given out" in (await boss.say("/promo approve 1 claim=2")).text
        assert "1 claim on “Bonus”" in (await boss.say("/promo claims 1")).text
        await boss.say("/edit 1 supply 40")
        assert "Approved: #2 bob" in (await boss.say("/promo approve 1 claim=2")).text

    async def test_claims_can_be_decided_after_the_end_but_not_after_a_cancellation(
        self, bot: Bot, boss: DeskPlayer
    ) -> None:
        ann, bob = await people(bot, "ann", "bob")
        await launched(boss, BONUS)
        await ann.say("/claim 1")
        bot.clock.pass_(days=3)
        await look(bot)
        assert (await bob.say("/claim 1")).text == "That promotion is over."
        assert "Approved: #1 ann" in (await boss.say("/promo approve 1 claim=1")).text
        await launched(boss, BONUS)
        await ann.say("/claim 2")
        await boss.say("/promo cancel 2 sure=yes")
        assert "That promotion was cancelled." in (await boss.say("/promo approve 2 claim=1")).text
        assert "Declined: #1 ann" in (await boss.say("/promo refuse 2 claim=1")).text

    async def test_many_claims_are_shown_page_by_page(self, bot: Bot, boss: DeskPlayer) -> None:
        await launched(boss, BONUS)
        for one in await people(bot, "a", "b", "c", "d", "e", "f"):
            await one.say("/claim 1")
        first = await boss.say("/promo claims 1")
        assert [line.partition(":")[0] for line in first.text.splitlines()[1:]] == ["#1 a", "#2 b", "#3 c", "#4 d"]
        second = await boss.press("More")
        assert [line.partition(":")[0] for line in second.text.splitlines()[1:]] == ["#5 e", "#6 f"]
        assert "More" not in second.buttons
        after = await boss.press("Decline #5")
        assert "#6 f" in after.text
        assert "#1 a" not in after.text

    async def test_what_makes_no_sense_is_explained(self, boss: DeskPlayer) -> None:
        heard = await boss.say('/promote Bonus gives=20 ends="3 days" approval=on winners=2 text=x')
        assert "In a contest the draw decides" in heard.text
        assert "neither on nor off" in (await boss.say('/promote Bonus gives=2 ends="3 days" approval=so text=x')).text
        await launched(boss, BONUS)
        assert "There is no claim 7." in (await boss.say("/promo approve 1 claim=7")).text
        assert "Which claim?" in (await boss.say("/promo approve 1")).text

    async def test_only_operators_may_use_it(self, boss: DeskPlayer, ann: DeskPlayer) -> None:
        await launched(boss, BONUS)
        await ann.say("/claim 1")
        for line in ("/promo approve 1 claim=1", "/edit 1 title Mine"):
            assert "for the operators of this bot" in (await ann.say(line)).text
