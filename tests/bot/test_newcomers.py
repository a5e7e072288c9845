"""Somebody without a wallet claims: it is opened and the claim is booked, in one press or by a link."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bot.command.incoming import Incoming, Typed, action_key
from core.shared.refusals import RefusedError, SoldOut
from core.wallets.people import ChatRef, Identity
from tests.bot.promoting import launched, look
from tests.bot.stage import a_bot
from tests.bot.stages.desk import DeskPlayer, DeskStage
from tests.bot.telling import deliver

if TYPE_CHECKING:
    from pathlib import Path

    from tests.bot.stage import Bot, CarryingStage

BONUS = 'Bonus gives=30 ends="3 days"'
OPENED = "I opened a wallet for you, with 20 free Connects to begin with."


class TestOnEveryPlatform:
    async def test_one_press_opens_the_wallet_and_claims(
        self, bot: Bot, stage: CarryingStage, boss: DeskPlayer
    ) -> None:
        zoe = await stage.person("Zoe")
        await zoe.say("/subscribe")
        await launched(boss, BONUS)
        await look(bot)
        await deliver(bot, stage.carrier)
        await zoe.read()
        claimed, again = await zoe.press_twice("Claim")
        for line in ("30 Connects for you from “Bonus”.", OPENED, "50 Connects"):
            assert line in claimed.text
        assert "You have already claimed that: 30 Connects from “Bonus”." in again.text
        assert OPENED not in again.text
        assert "Your wallet is already open: 50 Connects are available." in (await zoe.say("/start")).text

    async def test_so_does_a_claim_in_a_group_which_shows_no_balance(
        self, stage: CarryingStage, boss: DeskPlayer
    ) -> None:
        member = await stage.member("Zoe", "Team")
        number = await launched(boss, BONUS)
        heard = await member.say(f"/claim {number}")
        named = "you" if member.target.platform == "discord" else "Zoe"  # nobody else sees the answer there
        assert f"30 Connects for {named} from “Bonus”." in heard.text
        assert "I opened a wallet for you, with the usual settings." in heard.text
        assert "50" not in heard.text
        assert "50 Connects" in (await (await stage.person("Zoe")).say("/balance")).text


class TestByLink:
    @pytest.mark.parametrize(
        ("line", "payload"),
        [(BONUS, "claim_1"), (f"{BONUS} code=Summer-26", "claim_SUMMER-26"), (BONUS, "CLAIM_1")],
    )
    async def test_it_claims_and_says_how_to_begin(self, bot: Bot, boss: DeskPlayer, line: str, payload: str) -> None:
        await launched(boss, line)
        eve = await DeskStage(bot).person("eve")
        heard = await eve.say(f"/start {payload}")
        for words in ("30 Connects for you from “Bonus”.", OPENED, "50 Connects", "Tell me what you spend:"):
            assert words in heard.text
        assert heard.buttons == ("Import from Upwork", "What can you do?")
        assert "You got 30 Connects from “Bonus”." in (await eve.say(f"/start {payload}")).text

    async def test_what_somebody_had_before_can_be_booked_as_long_as_nothing_else_is(
        self, bot: Bot, boss: DeskPlayer
    ) -> None:
        await launched(boss, f"{BONUS} winners=1")
        eve = await DeskStage(bot).person("eve")
        assert "I already have Connects" in (await eve.say("/start claim_1")).buttons
        await eve.press("I already have Connects")
        assert "you start with 40 Connects" in (await eve.say("40 free")).text
        assert "I already have Connects" not in (await eve.say("/start claim_1")).buttons

    async def test_without_a_number_what_can_be_claimed_is_offered(self, bot: Bot, boss: DeskPlayer) -> None:
        await launched(boss, BONUS)
        await launched(boss, f"{BONUS} code=SECRET")
        eve = await DeskStage(bot).person("eve")
        assert (await eve.say("/claim")).buttons == ("Bonus",)
        assert "30 Connects for you" in (await eve.press("Bonus")).text

    async def test_the_conditions_hold_and_then_no_wallet_is_opened(self, bot: Bot, boss: DeskPlayer) -> None:
        eve = await DeskStage(bot).person("eve")
        for number, (conditions, answer) in enumerate(
            (
                ("feedback=1", "at least 1 positive feedback; you have 0"),
                ("plan=plus", "on the plan plus"),
                ("starts=tomorrow", "That promotion starts on"),
                ("supply=30", "All of it has been given out"),
                ("code=winter", "That promotion needs its code"),
            ),
            1,
        ):
            await launched(boss, f"{BONUS} {conditions}")
            if conditions == "supply=30":
                ann = await DeskStage(bot).person("ann")
                await ann.say(f"/claim {number}")
            assert answer in (await eve.say(f"/start claim_{number}")).text
        assert "Wallet: not open yet" in (await eve.say("/whoami")).text
        await launched(boss, f"{BONUS} new=7 plan=basic")
        assert OPENED in (await eve.say("/start claim_6")).text

    async def test_a_link_to_nothing_says_so(self, bot: Bot) -> None:
        eve = await DeskStage(bot).person("eve")
        assert "There is no such promotion now." in (await eve.say("/start claim_7")).text
        assert "20 free Connects" in (await eve.press("Open my wallet")).text
        assert (await eve.say("/start claim_7")).buttons == ()

    async def test_an_operator_finds_the_link_on_the_card(self, boss: DeskPlayer) -> None:
        await launched(boss, BONUS)
        assert [link.to for link in boss.links] == ["?start=claim_1"]
        await launched(boss, f"{BONUS} code=summer")
        assert [link.to for link in boss.links] == ["?start=claim_summer"]
        assert all(link.copied for link in boss.links)

    async def test_a_code_that_no_link_can_carry_has_none(self, boss: DeskPlayer) -> None:
        await launched(boss, f"{BONUS} code=summer")
        boss.links = ()
        await launched(boss, f"{BONUS} code=літо")
        assert boss.links == ()

    async def test_whoever_claimed_can_pass_it_on(self, boss: DeskPlayer, ann: DeskPlayer) -> None:
        await launched(boss, BONUS)
        await ann.say("/claim 1")
        assert [link.to for link in ann.links] == ["?start=claim_1"]


class TestAtOnce:
    @pytest.mark.parametrize("engine", ["memory", "sqlite"])
    async def test_two_presses_open_one_wallet_and_claim_once(self, tmp_path: Path, engine: str) -> None:
        url = "memory://" if engine == "memory" else f"sqlite:///{tmp_path / 'books.db'}"
        async with a_bot(url) as bot:
            await self.claim_at_once(bot)
            verdict = await bot.books.verify()
            assert verdict.fault is None, verdict.fault

    @staticmethod
    async def claim_at_once(bot: Bot) -> None:
        boss, eve = [await DeskStage(bot).person(name) for name in ("boss", "eve")]
        await launched(boss, BONUS)
        said = [Typed("/claim 1"), Typed("/start claim_1"), Typed("/claim 1"), Typed("/start")]
        answers = await asyncio.gather(*(bot.desk.answer(arriving(bot, one, str(n))) for n, one in enumerate(said)))
        texts = [eve.hear(answer).text for answer in answers if answer is not None]
        assert sum("30 Connects for you" in text for text in texts) == 1
        assert "50 Connects" in (await eve.say("/balance")).text

    async def test_if_the_last_connects_go_at_that_moment_the_wallet_is_open_all_the_same(
        self, bot: Bot, boss: DeskPlayer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await launched(boss, BONUS)

        async def gone(*_: object) -> None:
            raise RefusedError(SoldOut(1, 0))

        monkeypatch.setattr("core.promotions.service.PromotionService.claim", gone)
        heard = await (await DeskStage(bot).person("eve")).say("/claim 1")
        assert "All of it has been given out" in heard.text
        assert OPENED in heard.text


def arriving(bot: Bot, said: Typed, action: str) -> Incoming:
    now, chat = bot.clock.now(), ChatRef("desk", "with eve")

    async def no() -> bool:
        return False

    return Incoming(action_key(now, chat, action), now, Identity("desk", "eve"), "eve", chat, said, no)
