"""Promotions and contests: written, announced, claimed, drawn, as those read it whom it concerns."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast

import pytest

from core.offers import Offers
from tests.bot.stage import CARRIERS, Bot, CarryingStage, on_stage
from tests.bot.stages.desk import DeskStage
from tests.bot.telling import deliver

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from tests.bot.stages.desk import DeskPlayer


@pytest.fixture(params=CARRIERS)
async def stage(request: pytest.FixtureRequest, bot: Bot) -> AsyncGenerator[CarryingStage]:
    async with on_stage(request.param, bot) as stage:
        yield cast("CarryingStage", stage)


@pytest.fixture
async def boss(bot: Bot) -> DeskPlayer:
    """Who runs the bot."""
    return await DeskStage(bot).person("boss")


async def launched(boss: DeskPlayer, line: str) -> int:
    """A promotion that was looked over and launched; gives its number."""
    await boss.say(f"/promote {line} text=Welcome")
    return int((await boss.press("Launch")).text.split("Promotion ")[1].split(":")[0])


async def look(bot: Bot) -> int:
    """What the program does every second."""
    return await Offers(bot.books).due()


async def heard_of(bot: Bot, *names: str) -> list[int]:
    """How many chats were told of these moments of the first promotion."""
    return [len(await bot.store.deliveries(f"promotion:1:{name}")) for name in names]


class TestOnEveryPlatform:
    async def test_a_person_reads_it_presses_once_and_has_it(
        self, bot: Bot, stage: CarryingStage, boss: DeskPlayer
    ) -> None:
        zoe = await stage.person("Zoe")
        await zoe.say("/start")
        await zoe.say("/subscribe")
        await launched(boss, 'Summer bonus gives=30 ends="3 days" lasts=7')
        assert await look(bot) == 1
        await deliver(bot, stage.carrier)
        told = await zoe.read()
        for line in (
            "New: Summer bonus",
            "Welcome",
            "30 Connects for each who qualifies, once.",
            "Until Jan 13, 2026 09:00 UTC.",
        ):
            assert line in told.text
        claimed, again = await zoe.press_twice("Claim")
        assert "30 Connects for Zoe from “Summer bonus”. They expire on Jan 17, 2026." in claimed.text
        assert "50 Connects" in claimed.text
        assert "Zoe claimed it before: 30 Connects from “Summer bonus”." in again.text
        assert "Promotion: Summer bonus" in (await zoe.say("/history")).text

    async def test_in_a_group_each_claims_their_own(self, bot: Bot, stage: CarryingStage, boss: DeskPlayer) -> None:
        bob = await stage.person("Bob")
        await bob.say("/start")
        lead, member = await stage.member("Lea", "Team", admin=True), await stage.member("Bob", "Team")
        await lead.say("/subscribe")
        number = await launched(boss, 'Summer bonus gives=30 ends="3 days"')
        await look(bot)
        await deliver(bot, stage.carrier)
        heard = await member.say(f"/claim {number}")
        assert "30 Connects for Bob from “Summer bonus”." in heard.text
        assert "50" not in heard.text
        assert "50 Connects" in (await bob.say("/balance")).text


class TestWriting:
    async def test_it_asks_step_by_step_and_shows_what_will_be_read(self, boss: DeskPlayer, ann: DeskPlayer) -> None:
        await ann.say("/subscribe")
        questions = [(await boss.say("/promote")).text]
        for answer in ("Summer bonus", "For all\nwho like the sun", "20"):
            questions.append((await boss.say(answer)).text)  # noqa: PERF401 - a conversation, in its order
        assert questions == [
            "What is the promotion called?",
            "What is it about? Its text, as people will read it.",
            "How many Connects does each get?",
            "When does it end?",
        ]
        heard = await boss.say("3 days")
        assert heard.text.splitlines() == [
            "Promotion 1, as it will be read. Nobody has heard of it yet.",
            "New: Summer bonus",
            "For all",
            "who like the sun",
            "20 Connects for each who qualifies, once.",
            "Until Jan 13, 2026 09:00 UTC. One press is enough.",
            "Desk chats: 1",
            "Begins: Jan 10, 2026 09:00 UTC",
            "Ends: Jan 13, 2026 09:00 UTC",
        ]
        assert heard.buttons == ("Launch", "Cancel")

    @pytest.mark.parametrize(
        ("line", "answer"),
        [
            ("Bonus gives=20 ends=2025-01-01 text=x", "It must end later than it begins, and later than now."),
            ("Bonus gives=20 ends=now text=x", "It must end later than it begins, and later than now."),
            ('Bonus gives=20 starts="3 days" ends="2 days" text=x', "It must end later than it begins"),
            ("Bonus gives=20 ends=soon text=x", "“soon” is no time I know."),
            ("Bonus gives=20 ends=1850-01-01 text=x", "“1850-01-01” is no time I know."),
            ('Bonus gives=20 ends="3 days" supply=19 text=x', "A supply of 19 Connects is less than the 20"),
        ],
    )
    async def test_what_makes_no_sense_is_said(self, boss: DeskPlayer, line: str, answer: str) -> None:
        assert answer in (await boss.say(f"/promote {line}")).text

    async def test_it_is_for_those_who_run_the_bot(self, ann: DeskPlayer) -> None:
        for line in ("/promote Bonus", "/promo", "/promo launch 1"):
            assert "for those who run this bot" in (await ann.say(line)).text

    async def test_they_are_listed_the_newest_first(self, boss: DeskPlayer) -> None:
        assert "There are no promotions yet." in (await boss.say("/promo")).text
        await launched(boss, 'Summer gives=20 ends="3 days"')
        await boss.say('/promote Autumn gives=20 ends="3 days" text=x')
        assert (await boss.say("/promo")).text.splitlines()[1:] == ["2: Autumn · draft", "1: Summer · live"]
        assert "There is no promotion 7." in (await boss.say("/promo show 7")).text


class TestClaiming:
    async def test_who_does_not_qualify_is_told_what_is_missing(
        self, bot: Bot, boss: DeskPlayer, ann: DeskPlayer
    ) -> None:
        await launched(boss, 'Bonus gives=20 ends="3 days" feedback=1')
        assert "1 positive feedback or more; you have 0" in (await ann.say("/claim 1")).text
        await ann.say("/earn feedback 5 stars")
        assert "20 Connects for ann" in (await ann.say("/claim 1")).text
        bot.clock.pass_(days=1)
        await launched(boss, 'New gives=20 ends="3 days" new=1')
        bot.clock.pass_(days=1)
        assert "at most 1 days old; yours is 2" in (await ann.say("/claim 2")).text
        await launched(boss, 'Plus gives=20 ends="3 days" plan=plus')
        assert "on the plan plus" in (await ann.say("/claim 3")).text

    async def test_nothing_is_given_before_it_begins_nor_after_its_end_nor_while_it_is_held(
        self, bot: Bot, boss: DeskPlayer, ann: DeskPlayer
    ) -> None:
        await launched(boss, 'Bonus gives=20 starts="1 day" ends="3 days"')
        assert "It begins on Jan 11, 2026." in (await ann.say("/claim 1")).text
        bot.clock.pass_(days=1)
        assert "on hold" in (await boss.say("/promo pause 1")).text
        assert "It is on hold at the moment." in (await ann.say("/claim 1")).text
        await boss.press("Go on")
        bot.clock.pass_(days=2)
        assert "It was over on Jan 13, 2026." in (await ann.say("/claim 1")).text
        assert "It is cancelled." in (await boss.say("/promo cancel 1")).text
        assert "It was cancelled." in (await ann.say("/claim 1")).text
        assert "does not fit" in (await boss.say("/promo resume 1")).text

    async def test_a_code_must_be_said(self, boss: DeskPlayer, ann: DeskPlayer) -> None:
        await launched(boss, 'Bonus gives=20 ends="3 days" code=Summer')
        assert "claimed by its code" in (await ann.say("/claim 1")).text
        assert "There is no such promotion" in (await ann.say("/claim winter")).text
        assert "20 Connects for ann" in (await ann.say("/claim SUMMER")).text

    async def test_a_draft_is_no_promotion_yet(self, boss: DeskPlayer, ann: DeskPlayer) -> None:
        await boss.say('/promote Bonus gives=20 ends="3 days" text=x')
        assert "There is no such promotion" in (await ann.say("/claim 1")).text

    async def test_when_all_is_given_that_is_said(self, bot: Bot, boss: DeskPlayer, ann: DeskPlayer) -> None:
        bob = await DeskStage(bot).person("bob")
        await bob.say("/start")
        await launched(boss, 'Bonus gives=20 ends="3 days" supply=39')
        await ann.say("/claim 1")
        assert "Nothing is left of it" in (await bob.say("/claim 1")).text
        assert "Given: 20 Connects" in (await boss.say("/promo show 1")).text

    async def test_who_has_no_wallet_is_shown_the_way_to_one(self, bot: Bot, boss: DeskPlayer) -> None:
        await launched(boss, 'Bonus gives=20 ends="3 days"')
        heard = await (await DeskStage(bot).person("eve")).say("/claim 1")
        assert heard.buttons == ("Open my wallet",)

    async def test_it_cannot_be_undone(self, boss: DeskPlayer, ann: DeskPlayer) -> None:
        await launched(boss, 'Bonus gives=20 ends="3 days"')
        await ann.say("/claim 1")
        assert "#2 came from a promotion, and that stays so." in (await ann.say("/undo 2")).text


class TestWhenDue:
    async def test_each_moment_is_told_once(self, bot: Bot, boss: DeskPlayer, ann: DeskPlayer) -> None:
        await ann.say("/subscribe")
        await launched(boss, 'Bonus gives=20 starts="1 hour" ends="3 days"')
        assert [await look(bot), await look(bot)] == [0, 0]
        told = []
        for hours in (1, 47, 22, 2):
            bot.clock.pass_(hours=hours)
            told.append([await look(bot), await look(bot)])
        assert told == [[1, 0]] * 4
        states = [
            len(await bot.store.deliveries(f"promotion:1:{name}")) for name in ("start", "reminder", "last_call", "end")
        ]
        assert states == [1, 1, 1, 0]
        assert "State: over" in (await boss.say("/promo show 1")).text

    async def test_a_machine_that_slept_says_only_what_still_makes_sense(
        self, bot: Bot, boss: DeskPlayer, ann: DeskPlayer
    ) -> None:
        await ann.say("/subscribe")
        await launched(boss, 'Bonus gives=20 ends="3 days"')
        bot.clock.pass_(hours=71)
        assert await look(bot) == 3
        assert await heard_of(bot, "start", "reminder", "last_call") == [1, 0, 1]

    async def test_cancelled_it_is_told_no_more(self, bot: Bot, boss: DeskPlayer, ann: DeskPlayer) -> None:
        await ann.say("/subscribe")
        await launched(boss, 'Bonus gives=20 starts="1 hour" ends="3 days"')
        await boss.press("Cancel")
        bot.clock.pass_(days=4)
        assert await look(bot) == 4
        assert await bot.store.next_due("desk") is None
        assert "launched before" in (await boss.say("/promo launch 1")).text


class TestContest:
    async def test_the_draw_is_the_one_that_was_announced(self, bot: Bot, boss: DeskPlayer) -> None:
        players = [await DeskStage(bot).person(name) for name in ("ann", "bob", "col", "dan")]
        for player in players:
            await player.say("/start")
        await players[0].say("/subscribe")
        await launched(boss, 'Big draw gives=100 ends="3 days" winners=2')
        await look(bot)
        entered = [(await player.say("/claim 1")).text for player in players]
        assert "col takes part in “Big draw” as entry #3." in entered[2]
        assert (await players[2].say("/claim 1")).text == entered[2]
        published = {found[1] for text in entered if (found := re.search(r"seed is ([0-9a-f]{64})", text))}
        bot.clock.pass_(days=3)
        await look(bot)
        promotion = (await bot.store.promotions(1))[0]
        assert published == {hashlib.sha256(promotion.seed.encode()).hexdigest()}
        lots = {n: hashlib.sha256(f"{promotion.seed}:{n}".encode()).hexdigest() for n in range(1, 5)}
        winners = sorted(lots, key=lots.__getitem__)[:2]
        won = ["120 Connects" in (await player.say("/balance")).text for player in players]
        assert [number for number, has in enumerate(won, 1) if has] == sorted(winners)
        shown = (await boss.say("/promo show 1")).text
        for line in ("State: over", "Were given it: 2", "Did not win: 2", "Given: 200 Connects"):
            assert line in shown
        assert (
            "It was over" in (await players[0].say("/claim 1")).text
            or "It is over" in (await players[0].say("/claim 1")).text
        )

    async def test_its_end_seen_twice_gives_nothing_twice(self, bot: Bot, boss: DeskPlayer, ann: DeskPlayer) -> None:
        await launched(boss, 'Big draw gives=100 ends="3 days" winners=1')
        await ann.say("/claim 1")
        seen = (await bot.store.promotions(1))[0]
        bot.clock.pass_(days=3)
        receipts = [
            await bot.books.give(seen, claim.person, claim.wallet) for claim in await bot.store.claims_on(seen.id)
        ]
        assert await look(bot) == 4
        assert len(receipts) == 1
        assert "120 Connects" in (await ann.say("/balance")).text
        assert bot.clock.now() == datetime(2026, 1, 13, 9, tzinfo=UTC)

    async def test_without_entries_nobody_wins(self, bot: Bot, boss: DeskPlayer, ann: DeskPlayer) -> None:
        await ann.say("/subscribe")
        await launched(boss, 'Big draw gives=100 ends="1 hour" winners=1')
        bot.clock.pass_(hours=1)
        await look(bot)
        assert len(await bot.store.deliveries("promotion:1:end")) == 1
