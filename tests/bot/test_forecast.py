"""When the Connects run out, as people read it, and what is worth doing next."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.bot.meant import rich
from tests.bot.telling import deliver
from tests.bot.test_daily_review import WEEK, mornings, read

if TYPE_CHECKING:
    from tests.bot.stage import Bot, CarryingStage
    from tests.bot.stages.desk import DeskPlayer

HISTORY = Path(__file__).parents[1] / "imports" / "samples" / "freelancer-1" / "desktop.txt"


class TestOfBooks:
    async def test_that_are_young_says_how_to_fill_them(self, ann: DeskPlayer) -> None:
        heard = await ann.say("/forecast")
        assert heard.text == (
            "You have 20 Connects. I cannot say yet how long they will last: that takes a week of entries. Book what "
            "you spend, such as /spend 16 Logo redesign, or import your Connects History from Upwork. With that, I can "
            "tell at once."
        )
        assert heard.buttons == ("Import from Upwork", "Lots", "As a picture")

    async def test_without_a_spend_says_what_expires_soon(self, ann: DeskPlayer, bot: Bot) -> None:
        bot.clock.pass_(days=340)
        heard = await ann.say("/runway")
        assert heard.text == (
            "You have 20 Connects. As far as I know, nothing was spent in the last four weeks, so I cannot say how "
            "long they will last. If something is missing, import your Connects History from Upwork.\n"
            "Worth doing next: use your Connects, because 20 of them expire by Jan 10, 2027, and you have spent none "
            "for four weeks. That is likely."
        )
        assert "20 Connects expire within 30 days" in (await ann.press("Expiring soon")).text

    async def test_that_were_imported_long_ago_says_until_when_they_know(self, ann: DeskPlayer, bot: Bot) -> None:
        bot.clock.pass_(days=2, hours=12)
        await ann.paste(HISTORY.read_text(encoding="utf-8"))
        await ann.press("Bought at the list")
        await ann.press("Book all")
        assert "I know your Connects History" not in (await ann.say("/forecast")).text
        bot.clock.pass_(days=20)
        heard = await ann.say("/forecast")
        assert "I know your Connects History up to Jan 12, 2026 only." in heard.text
        assert "Pace: about 217 Connects a week (162 to 297)" in heard.text
        assert "the books know nothing after Jan 12, 2026. That is certain." in heard.text
        assert heard.buttons[0] == "Import from Upwork"


class TestOfAPace:
    async def test_it_says_what_it_counts_in_and_what_to_buy(self, bot: Bot) -> None:
        ann = await rich(bot)
        for line in ("/settings plan=plus", "/alerts cycle=5 budget=90", "/buy 60 $9", "/spend 28 Logo"):
            await ann.say(line)
        bot.clock.pass_(days=7, hours=1)
        await ann.say("/spend 84 Web")
        bot.clock.pass_(days=6, hours=23)
        heard = await ann.say("/forecast")
        assert heard.text.splitlines() == [
            "At your pace of the last four weeks, your 148 Connects will be gone around Feb 24, 2026.",
            "Pace: about 56 Connects a week (28 to 84)",
            "At your fastest pace: Feb 14, 2026",
            "At your slowest pace: in more than half a year",
            "Until then: nothing expires unspent, and 100 come from your plan",
            "To buy: 150 by Feb 24, 2026, to last until Mar 24, 2026: about $22.50 at the list price",
            "Budget: 112 of 90 spent this month, about 173 by Jan 31, 2026 at your pace",
            "Worth doing next: say what 88 Connects cost you, so that I can count them in money. That is certain.",
        ]
        assert heard.buttons == ("Say what 88 of them cost", "I bought 150 for $22.50", "Lots", "As a picture")
        assert "150 Connects bought" in (await ann.press("I bought 150")).text

    async def test_who_asks_hears_also_of_what_no_alert_is_wanted_about(self, bot: Bot) -> None:
        ann = await rich(bot)
        for line in ("/alerts runway=off monthly=off", "/buy 60 $9", "/spend 150 Logo"):
            await ann.say(line)
        bot.clock.pass_(days=7, hours=1)
        heard = await ann.say("/forecast")
        assert "Worth doing next: buy " in heard.text

    async def test_with_none_left_it_says_so(self, ann: DeskPlayer, bot: Bot) -> None:
        await ann.say("/spend 20 Logo")
        bot.clock.pass_(days=14)
        heard = await ann.say("/forecast")
        assert heard.text.splitlines()[0] == "You have no Connects left."
        assert heard.text.endswith("buy 40 Connects, because you have none left. That is certain.")
        assert "fastest pace" not in heard.text

    async def test_what_will_expire_unspent_comes_with_its_money(self, bot: Bot) -> None:
        ann = await rich(bot)
        await ann.say("/buy 900 $135")
        await ann.say("/spend 14 Logo")
        bot.clock.pass_(days=7)
        heard = await ann.say("/forecast")
        assert heard.text.startswith("At your pace of the last four weeks, your 1,086 Connects will last for more than")
        assert "Connects will expire unspent, for which you paid $55.50." in heard.text

    async def test_a_monthly_lot_that_is_due_is_booked_by_a_press(self, ann: DeskPlayer, bot: Bot) -> None:
        for line in ("/settings plan=plus", "/alerts cycle=20", "/spend 7 Logo"):
            await ann.say(line)
        bot.clock.pass_(days=10, hours=1)
        heard = await ann.say("/forecast")
        assert "Your plan's 100 Connects were due on Jan 20, 2026, and are not in the books yet." in heard.text
        await ann.press("100 came on Jan 20, 2026")
        assert "Your plan's" not in (await ann.say("/forecast")).text


class TestInAGroup:
    async def test_members_read_connects_and_admins_money(self, lead: DeskPlayer, bob: DeskPlayer, bot: Bot) -> None:
        await lead.say("/buy 900 $135")
        await lead.say("/spend 14 Logo")
        bot.clock.pass_(days=7)
        heard = await bob.say("/forecast")
        assert "about 470 Connects will expire unspent." in heard.text
        assert "$" not in heard.text
        assert heard.buttons == ("Lots", "As a picture", "In money")

    async def test_only_admins_get_the_buttons_that_book(self, lead: DeskPlayer, bob: DeskPlayer, bot: Bot) -> None:
        await lead.say("/alerts budget=280")
        await lead.say("/spend 200 Logo")
        bot.clock.pass_(days=7)
        everybody = ("Lots", "As a picture", "In money")
        for person, buttons in ((lead, ("Change budget", *everybody)), (bob, everybody)):
            heard = await person.say("/forecast")
            assert "slow down, or raise your budget." in heard.text
            assert heard.buttons == buttons


class TestDigest:
    @pytest.mark.parametrize(
        ("facts", "said", "button"),
        [
            ({"topic": "import", "day": "2026-01-03"}, "the books know nothing after Jan 3, 2026.", "Import"),
            ({"topic": "buy", "buy": 60, "day": "2026-01-15", "left": 5}, "buy 60 Connects by Jan 15", "I bought 60"),
            ({"topic": "refunds", "jobs": 2, "owed": 24}, "2 closed jobs have not given back 24 Connects.", "Refunds"),
            (
                {"topic": "missed", "due": "2026-01-02", "came": 10},
                "due on Jan 2, 2026, and are not",
                "10 came on Jan 2",
            ),
            (
                {"topic": "use", "connects": 9, "day": "2026-02-01", "pace": "usual"},
                "by Feb 1, 2026 at your",
                "Expiring",
            ),
            ({"topic": "budget", "limit": 90, "expected": 120, "day": "2026-01-20"}, "120 Connects by the", "Change b"),
            (
                {"topic": "boost", "bids": 24, "replies": 0, "boost": 90},
                "none was answered, and the boosts",
                "Boosted or",
            ),
            ({"topic": "news", "proposals": 1}, "nobody has told me what became of 1 proposal.", "Import"),
            ({"topic": "cost", "unknown": 60}, "say what 60 Connects cost you, so", "Say what 60"),
        ],
    )
    async def test_it_ends_with_the_one_thing_worth_doing(
        self, bot: Bot, facts: dict[str, str | int], said: str, button: str
    ) -> None:
        advice = {f"next-{name}": value for name, value in {"sure": "likely", "stake": 9, **facts}.items()}
        text, labels = await read(bot, "digest", {**WEEK, **advice})
        last = text.splitlines()[-1]
        assert last.startswith("Worth doing next: ")
        assert said in last
        assert last.endswith(" That is likely.")
        assert labels[0].startswith(button)

    async def test_money_is_said_in_private_only(self, bot: Bot) -> None:
        paid = {"connects": 9, "day": "2026-02-01", "pace": "usual", "net": 135, "tax": 0, "currency": "USD"}
        advice = {"topic": "use", "sure": "likely", "stake": 9, **paid}
        facts = {**WEEK, **{f"next-{name}": value for name, value in advice.items()}}
        text, _ = await read(bot, "digest", facts)
        assert "will expire unspent by Feb 1, 2026 (you paid $1.35) at your pace." in text
        text, labels = await read(bot, "digest", facts, direct=False)
        assert "$" not in text
        assert labels == ["Expiring soon", "History", "Stop the weekly digest"]

    async def test_it_may_have_nothing_to_advise(self, bot: Bot) -> None:
        text, labels = await read(bot, "digest", {**WEEK, "next-topic": ""})
        assert text.endswith("As far as your books show, nothing needs doing now.")
        assert labels == ["History", "Stop the weekly digest"]


async def test_a_freelancer_follows_the_digest(bot: Bot, stage: CarryingStage) -> None:
    ann = await stage.person("ann")
    for line in ("/start", "/alerts monthly=off"):
        await ann.say(line)
    await ann.say("/spend 14 Logo redesign")
    await mornings(bot, 9)
    await ann.say("/spend 2 Banner")
    await mornings(bot, 7)
    await deliver(bot, stage.carrier)
    told = await ann.read()
    while "Your week" not in told.text:
        told = await ann.read()
    assert "Worth doing next: buy 40 Connects by" in told.text
    assert "40 Connects bought" in (await ann.press("I bought 40")).text
    heard = await ann.say("/forecast")
    assert "your 44 Connects will be gone around" in heard.text
    assert "nobody has told me what became of 1 proposal. That is certain." in heard.text
    assert heard.buttons[0] == "Import My proposals"
