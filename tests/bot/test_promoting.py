"""Promotions and contests: drafted, announced, claimed and drawn, as people see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bot.promoting import launched, look
from tests.bot.stages.desk import DeskStage
from tests.bot.telling import deliver

if TYPE_CHECKING:
    from datetime import datetime

    from core.ledger.model import Lot
    from core.shared.ids import WalletId
    from tests.bot.stage import Bot, CarryingStage
    from tests.bot.stages.desk import DeskPlayer


class TestOnEveryPlatform:
    async def test_a_person_claims_it_with_one_press(self, bot: Bot, stage: CarryingStage, boss: DeskPlayer) -> None:
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
            "30 Connects for each person who qualifies, once.",
            "Until Jan 13, 2026 09:00 UTC.",
        ):
            assert line in told.text
        claimed, again = await zoe.press_twice("Claim")
        assert "30 Connects for you from “Summer bonus”. They expire on Jan 17, 2026." in claimed.text
        assert "50 Connects" in claimed.text
        assert "You have already claimed that: 30 Connects from “Summer bonus”." in again.text
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
        named = "you" if bob.target.platform == "discord" else "Bob"  # nobody else sees the answer there
        assert f"30 Connects for {named} from “Summer bonus”." in heard.text
        assert "50" not in heard.text
        assert "50 Connects" in (await bob.say("/balance")).text


class TestWriting:
    async def test_it_asks_step_by_step_and_shows_a_preview(self, boss: DeskPlayer, ann: DeskPlayer) -> None:
        await ann.say("/subscribe")
        lines = ("/promote", "Summer bonus", "For all\nwho like the sun", "20")
        questions = [(await boss.say(line)).text for line in lines]
        assert questions == [
            "What is the promotion called?",
            "What is it about? Its text, as people will read it.",
            "How many Connects does each person get?",
            "When does it end?",
        ]
        heard = await boss.say("3 days")
        assert heard.text.splitlines() == [
            "Promotion 1, as people will see it. Nothing has been announced yet.",
            "New: Summer bonus",
            "For all",
            "who like the sun",
            "20 Connects for each person who qualifies, once.",
            "Until Jan 13, 2026 09:00 UTC. One press is enough.",
            "Goes to: everybody who subscribed: 1 chat",
            "Desk chats: 1",
            "Takes at least: 1 second",
            "Starts: Sat, Jan 10, 2026 09:00 UTC",
            "Ends: Tue, Jan 13, 2026 09:00 UTC",
            "For: everybody",
            "Its Connects last: 12 months from the claim",
        ]
        assert heard.buttons == ("Launch", "Edit", "Duplicate", "Cancel")

    @pytest.mark.parametrize(
        ("line", "answer"),
        [
            ("Bonus gives=20 ends=2025-01-01 text=x", "That end is in the past: Wed, Jan 1, 2025 23:59 UTC."),
            ("Bonus gives=20 ends=now text=x", "That end is in the past: Sat, Jan 10, 2026 09:00 UTC."),
            (
                'Bonus gives=20 starts="3 days" ends="2 days" text=x',
                "It would end Mon, Jan 12, 2026 09:00 UTC, which is not after its start, Tue, Jan 13, 2026 09:00 UTC.",
            ),
            ("Bonus gives=20 starts=2026-01-02 ends=friday text=x", "That start is in the past: Fri, Jan 2, 2026"),
            ("Bonus gives=20 ends=soon text=x", "I do not understand the time “soon”."),
            ("Bonus gives=20 ends=1850-01-01 text=x", "I do not understand the time “1850-01-01”."),
            (
                'Bonus gives=20 ends="3 days" supply=19 text=x',
                "A supply of 19 Connects is too small: it takes at least 20",
            ),
            ('Bonus gives=20 ends="3 days" code=2026 text=x', "That code looks like a number."),
            ('Bonus gives=20 ends="3 days" code=20c text=x', "That code looks like a number."),
        ],
    )
    async def test_what_makes_no_sense_is_explained(self, boss: DeskPlayer, line: str, answer: str) -> None:
        assert answer in (await boss.say(f"/promote {line}")).text

    async def test_its_preview_names_all_conditions(self, boss: DeskPlayer) -> None:
        conditions = "new=2 weeks plan=plus feedback=1 assessments=1 interviews=2"
        heard = await boss.say(f"/promote Bonus gives=20 ends=friday lasts=30 days {conditions} text=x")
        assert (
            "For: only wallets that are at most 14 days old, those on the plan Freelancer Plus, those with at least 1 "
            "positive feedback, those with at least 1 assessment and those with at least 2 interviews" in heard.text
        )
        assert "Its Connects last: 30 days from the claim" in heard.text
        assert "Ends: Fri, Jan 16, 2026 23:59 UTC" in heard.text
        heard = await boss.say("/promote Draw gives=20 winners=1 ends=friday lasts=1 text=x")
        assert "Its Connects last: 1 day from the draw" in heard.text

    async def test_an_end_that_makes_no_sense_is_asked_for_again_and_the_rest_is_kept(self, boss: DeskPlayer) -> None:
        heard = await boss.say("/promote Summer bonus gives=20 ends=2025-12-05 text=For all")
        assert heard.text.splitlines()[1:] == ["When does it end?"]
        heard = await boss.say("05.02.")
        assert "may be two days" in heard.text
        assert heard.buttons == ("5 February", "2 May")
        heard = await boss.press("5 February")
        assert "New: Summer bonus\nFor all\n" in heard.text
        assert "Until Feb 5, 2026 23:59 UTC." in heard.text

    async def test_times_of_several_words_need_no_quotes(self, boss: DeskPlayer) -> None:
        line = (
            "/promote Bonus starts=2026-12-01 09:00 gives=20 connects ends=friday 4 December at 18:00 new=7 days text=x"
        )
        heard = await boss.say(line)
        assert "New: Bonus\n" in heard.text
        assert "Until Dec 4, 2026 18:00 UTC." in heard.text
        assert "Starts: Tue, Dec 1, 2026 09:00 UTC" in heard.text

    async def test_quotes_may_be_the_typographic_ones_of_a_phone(self, boss: DeskPlayer) -> None:
        for quoted in ("\u201c3 days\u201d", "\u201e3 days\u201c", "\u00ab3 days\u00bb"):
            heard = await boss.say(f"/promote Bonus gives=20 ends={quoted} text=x")
            assert "New: Bonus\n" in heard.text
            assert "Until Jan 13, 2026 09:00 UTC." in heard.text

    @pytest.mark.parametrize("path", ["@~nobody/x", "@autumn.toml", "@/dev/zero", "@C:\\promotions.xlsx", "@a/b.csv"])
    async def test_a_path_is_no_title(self, boss: DeskPlayer, path: str) -> None:
        assert "Send me the file itself" in (await boss.say(f"/promote {path}")).text
        assert "What is it about?" in (await boss.say("@home bonus")).text

    async def test_its_title_may_be_quoted(self, boss: DeskPlayer) -> None:
        heard = await boss.say('/promote "Autumn bonus 2026" gives=20 ends="3 days" text=x')
        assert "New: Autumn bonus 2026\n" in heard.text

    async def test_its_number_alone_shows_it(self, boss: DeskPlayer) -> None:
        await boss.say('/promote Summer gives=20 ends="3 days" text=x')
        assert await boss.say("/promo 1") == await boss.say("/promo show 1")

    async def test_only_operators_may_use_it(self, ann: DeskPlayer) -> None:
        for line in ("/promote Bonus", "/promo", "/promo launch 1"):
            assert "for the operators of this bot" in (await ann.say(line)).text

    async def test_they_are_listed_the_newest_first(self, boss: DeskPlayer) -> None:
        assert "There are no promotions yet." in (await boss.say("/promo")).text
        await launched(boss, 'Summer gives=20 ends="3 days"')
        await boss.say('/promote Autumn gives=20 ends="3 days" text=x')
        assert (await boss.say("/promo")).text.splitlines()[1:] == ["2: Autumn · draft", "1: Summer · live"]
        assert "There is no promotion 7." in (await boss.say("/promo show 7")).text
        assert "Which entry?" not in (await boss.say("/promo show")).text
        assert "Promotion 1: Summer" in (await boss.say("1")).text


class TestClaiming:
    async def test_someone_who_does_not_qualify_is_told_what_is_missing(
        self, bot: Bot, boss: DeskPlayer, ann: DeskPlayer
    ) -> None:
        await launched(boss, 'Bonus gives=20 ends="3 days" feedback=1')
        assert "at least 1 positive feedback; you have 0" in (await ann.say("/claim 1")).text
        await ann.say("/earn feedback 5 stars")
        assert "20 Connects for you" in (await ann.say("/claim 1")).text
        bot.clock.pass_(days=1)
        await launched(boss, 'New gives=20 ends="3 days" new=1')
        bot.clock.pass_(days=1)
        assert "no older than 1 day; yours is 2 days old" in (await ann.say("/claim 2")).text
        await launched(boss, 'Plus gives=20 ends="3 days" plan=plus')
        assert "on the plan plus" in (await ann.say("/claim 3")).text

    @pytest.mark.parametrize(
        ("more", "had"),
        [
            ("", "You have already claimed that: 20 Connects"),
            ("winners=1", "You take part in “Bonus” as entry #1."),
            ("approval=yes", "You asked for “Bonus”."),
        ],
    )
    async def test_someone_who_no_longer_qualifies_is_told_what_they_got(
        self, bot: Bot, boss: DeskPlayer, ann: DeskPlayer, more: str, had: str
    ) -> None:
        await launched(boss, f'Bonus gives=20 ends="5 days" new=1 {more}')
        await ann.say("/claim 1")
        bot.clock.pass_(days=2)
        assert had in (await ann.say("/claim 1")).text
        bob = await DeskStage(bot).person("bob")
        await bob.say("/start")
        bot.clock.pass_(days=2)
        assert "no older than 1 day; yours is 2 days old" in (await bob.say("/claim 1")).text

    async def test_only_conditions_on_what_was_booked_read_a_whole_journal(
        self, bot: Bot, boss: DeskPlayer, ann: DeskPlayer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        read, lots_at = [0], bot.store.ledger.lots_at

        async def counted(wallet: WalletId, at: datetime) -> tuple[Lot, ...]:
            read[0] += 1
            return await lots_at(wallet, at)

        monkeypatch.setattr(bot.store.ledger, "lots_at", counted)
        for number, conditions in enumerate(("", "new=30", "plan=basic", "assessments=1"), 1):
            await launched(boss, f'Bonus gives=20 ends="3 days" {conditions}')
            await ann.say(f"/claim {number}")
        assert read == [1]

    async def test_nothing_is_given_before_it_begins_after_it_ends_or_while_it_is_paused(
        self, bot: Bot, boss: DeskPlayer, ann: DeskPlayer
    ) -> None:
        await launched(boss, 'Bonus gives=20 starts="1 day" ends="3 days"')
        assert "That promotion starts on Jan 11, 2026 09:00 UTC." in (await ann.say("/claim 1")).text
        bot.clock.pass_(days=1)
        assert "paused" in (await boss.say("/promo pause 1")).text
        assert "That promotion is paused at the moment." in (await ann.say("/claim 1")).text
        await boss.press("Resume")
        bot.clock.pass_(days=2)
        assert "That promotion ended on Jan 13, 2026 09:00 UTC." in (await ann.say("/claim 1")).text
        assert "It is cancelled." in (await boss.say("/promo cancel 1 sure=yes")).text
        assert "That promotion was cancelled." in (await ann.say("/claim 1")).text
        assert "not possible in its present state" in (await boss.say("/promo resume 1")).text

    async def test_a_code_must_be_typed(self, boss: DeskPlayer, ann: DeskPlayer) -> None:
        await launched(boss, 'Bonus gives=20 ends="3 days" code=Summer')
        assert "needs its code" in (await ann.say("/claim 1")).text
        assert "There is no such promotion" in (await ann.say("/claim winter")).text
        assert "20 Connects for you" in (await ann.say("/claim SUMMER")).text

    async def test_a_code_belongs_to_one_live_promotion(self, bot: Bot, boss: DeskPlayer) -> None:
        taken = "Promotion 1, “Bonus”, uses that code now."
        await launched(boss, 'Bonus gives=20 ends="3 days" code=Summer')
        await boss.say('/promote Other gives=20 ends="9 days" code=SUMMER text=x')
        assert taken in (await boss.press("Launch")).text
        assert "State: live" not in (await boss.say("/promo show 2")).text
        await boss.say("/promo pause 1")
        await boss.say("/promo launch 2")
        assert "Promotion 2, “Other”, uses that code now." in (await boss.say("/promo resume 1")).text
        await boss.say("/promo pause 2")
        await boss.say("/promo resume 1")
        bot.clock.pass_(days=3)
        assert "It is live again." in (await boss.say("/promo resume 2")).text

    @pytest.mark.parametrize("launch", [True, False])
    async def test_a_code_that_is_taken_cannot_be_given_to_another(self, boss: DeskPlayer, *, launch: bool) -> None:
        await launched(boss, 'Bonus gives=20 ends="3 days" code=Summer')
        await boss.say('/promote Other gives=20 ends="3 days" code=winter text=x')
        if launch:
            await boss.press("Launch")
        assert "Promotion 1, “Bonus”, uses that code" in (await boss.say("/edit 2 code summer")).text
        assert "New: Better" in (await boss.say("/edit 1 title Better")).text

    async def test_a_draft_cannot_be_claimed(self, boss: DeskPlayer, ann: DeskPlayer) -> None:
        await boss.say('/promote Bonus gives=20 ends="3 days" text=x')
        assert "There is no such promotion" in (await ann.say("/claim 1")).text

    async def test_a_used_up_supply_is_explained(self, bot: Bot, boss: DeskPlayer, ann: DeskPlayer) -> None:
        bob = await DeskStage(bot).person("bob")
        await bob.say("/start")
        await launched(boss, 'Bonus gives=20 ends="3 days" supply=39')
        await ann.say("/claim 1")
        assert "All of it has been given out" in (await bob.say("/claim 1")).text
        assert "Given: 20 Connects" in (await boss.say("/promo show 1")).text

    async def test_in_a_group_nobody_reads_what_another_lacks(
        self, bot: Bot, boss: DeskPlayer, ann: DeskPlayer
    ) -> None:
        await launched(boss, 'Bonus gives=20 ends="3 days" feedback=3')
        heard = await (await DeskStage(bot).member(ann.name, "Team")).say("/claim 1")
        assert heard.text == "That one is not open to you. To see why, write /claim 1 to me in private."
        assert "you have 0" in (await ann.say("/claim 1")).text

    async def test_it_cannot_be_undone(self, boss: DeskPlayer, ann: DeskPlayer) -> None:
        await launched(boss, 'Bonus gives=20 ends="3 days"')
        await ann.say("/claim 1")
        assert "#2 came from a promotion, and cannot be undone." in (await ann.say("/undo 2")).text
