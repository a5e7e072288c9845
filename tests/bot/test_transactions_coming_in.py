"""A list of transactions comes in as a file or as text, on every platform, and gives purchases their true price."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import TYPE_CHECKING, Final

import pytest

from core.imports.model import Page
from core.shared.ids import WalletId
from core.shared.money import Price
from tests.bot.carrier import FakeCarrier
from tests.bot.handing import handed, row
from tests.bot.stage import PLATFORMS, Bot, Stage, on_stage
from tests.bot.stages.desk import DeskPlayer, DeskStage
from tests.bot.telling import live_on
from tests.imports.transactions import Row, named, written

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from tests.bot.stage import Player

DAYS: Final = range(1, 11)
HISTORY: Final = Page(
    tuple(
        one
        for day in reversed(DAYS)
        for one in (row(day, "Applied to job", -40, f"Job {day}"), row(day, "Added extra Connects", 60))
    ),
    balance=200,
    copied=date(2026, 1, 10),
)
PAID: Final = "$90.00 → $108.00, of which $18.00 tax"
COSTS: Final = "10 earlier spends change, $12.00 more, and with them the cost of 10 proposals"
BOOKED: Final = "10 purchases have their true prices now, and 10 earlier spends follow."
OTHERS: Final = "10 payments; I keep nothing of them"


def bought(day: int, connects: int = 60, percent: int = 20) -> list[Row]:
    """The rows of a purchase of a day in January 2026."""
    ref, net, on = 900_000_000 + 10 * day, 15 * connects, named(date(2026, 1, day))
    tax = net * percent // 100
    return [
        (on, "", "Payment", "Paid from Visa 0000", net + tax),
        (on, str(ref + 1), "VAT", f"VAT (XX) - Membership Fee - Ref ID {ref}", -tax),
        (on, str(ref), "Membership Fee", f"Fees for additional Connects ({connects}).", -net),
    ]


CSV: Final = written([line for day in reversed(DAYS) for line in bought(day)])
NEW_CSV: Final = written([line for day in reversed(DAYS) for line in bought(day)], new=True)


async def with_history(bot: Bot, ann: Player) -> None:
    await ann.say("/start")
    await handed(bot, ann, "1234567890abc", HISTORY)
    await ann.press("Book all")
    bot.clock.pass_(minutes=5)


async def content(ann: Player, line: str) -> str:
    (file,) = (await ann.say(line)).files.values()
    return file.decode("utf-8-sig")


async def exported(ann: Player) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(await content(ann, "/export"))))


@pytest.fixture(params=PLATFORMS)
async def stage(request: pytest.FixtureRequest, bot: Bot) -> AsyncGenerator[Stage]:
    async with on_stage(request.param, bot) as stage:
        yield stage


async def test_a_file_gives_purchases_their_true_prices_once_until_it_is_taken_back(stage: Stage, bot: Bot) -> None:
    ann = await stage.person("Ann")
    await with_history(bot, ann)
    heard = await ann.hand("transactions.csv", CSV.encode())
    assert "10 purchases of Connects from Jan 1, 2026 to Jan 10, 2026: all get their true prices." in heard.text
    for shown in (PAID, COSTS, OTHERS, "They are from before a balance that is confirmed; their costs change, too."):
        assert shown in heard.text
    assert not any(private in heard.text for private in ("Ada Doe", "Visa"))
    heard = await ann.press("Book 10 true prices")
    assert BOOKED in heard.text
    assert "A Connect cost you $0.18, tax included." in heard.text
    assert "You pay 20 % tax on each purchase." in heard.text
    bot.clock.pass_(minutes=5)
    heard = await ann.hand("another name.txt", NEW_CSV.encode("utf-16"))
    assert "All 10 purchases of Connects from Jan 1, 2026 to Jan 10, 2026 have their true prices already." in heard.text
    assert "What was booked last are the true prices of 10 purchases." in (await ann.say("/undo")).text
    assert "Import 2 is taken back; 200 Connects left." in (await ann.press("Undo the import")).text
    assert (await bot.books.verify()).fault is None


async def test_a_paste_says_the_same_as_the_file(stage: Stage, bot: Bot) -> None:
    ann = await stage.person("Ann")
    await with_history(bot, ann)
    heard = await ann.paste(NEW_CSV, shows="10 purchases of Connects from Jan 1, 2026 to Jan 10, 2026: all get")
    assert len(NEW_CSV) > 4096
    assert PAID in heard.text
    assert OTHERS in heard.text
    assert BOOKED in (await ann.press("Book 10 true prices")).text


class TestAtTheDesk:
    async def test_what_is_not_found_is_named_with_what_to_do(self, bot: Bot, ann: DeskPlayer) -> None:
        await with_history(bot, ann)
        rows = [*bought(12), *bought(9, 80), *bought(3), ("Jan 2, 2026", "", "Bonus", "A bonus", 5000)]
        rows += [("Jan 5, 2026", "900007777", "Refund", "Refund of Connects (60)", 900)]
        rows += [("Dec 5, 2025", "900007778", "Membership Fee", "Fees for additional Connects (40).", -600)]
        rows += [("someday", "900007779", "Membership Fee", "Fees for additional Connects (20).", -300)]
        heard = await ann.hand("transactions.csv", written(rows).encode())
        for said in (
            "4 purchases of Connects from Dec 5, 2025 to Jan 12, 2026: 1 gets its true price, 1 to be asked about",
            "and 2 not in your books.",
            "Not found: Jan 12, 2026 (60). Please import the Connects History of these days",
            "Older: 1 of Dec 5, 2025, before your books begin.",
            "Money back: $9.00 on Jan 5, 2026. I book nothing for it",
            "3 payments and 1 income",
            "I could not read this row, so I leave it out:",
            "someday · Fees for additional Connects (20). · -3.00",
            "On Jan 9, 2026 you paid $14.40 for 80 Connects, but your books have another number.",
        ):
            assert said in heard.text
        heard = await ann.press("None of them: leave it")
        assert "1 gets its true price, 2 not in your books and 1 left alone." in heard.text
        assert "1 purchase has its true price now" in (await ann.press("Book the true price")).text

    async def test_files_name_the_payment_of_each_purchase_until_it_is_taken_back(
        self, bot: Bot, ann: DeskPlayer
    ) -> None:
        await with_history(bot, ann)
        await ann.hand("transactions.csv", CSV.encode())
        await ann.press("Book 10 true prices")
        paid = [(f"2026-01-{day:02}", f"'{900_000_000 + 10 * day}") for day in DAYS]
        assert [(row["date"], row["reference"]) for row in await exported(ann) if row["reference"]] == paid
        assert '  reference: "900000010"' in await content(ann, "/export beancount")
        assert "; reference:900000010" in await content(ann, "/export hledger")
        await ann.say("/undo")
        await ann.press("Undo the import")
        assert not [row for row in await exported(ann) if row["reference"]]

    async def test_a_newcomer_is_told_what_comes_first(self, bot: Bot, ann: DeskPlayer) -> None:
        first = "and your books have none of them. Please import your Connects History first"
        assert first in (await ann.hand("transactions.csv", CSV.encode())).text
        ben = await DeskStage(bot).person("Ben")
        assert first in (await ben.hand("transactions.csv", CSV.encode())).text

    async def test_the_price_of_another_currency_is_kept_unless_somebody_says_so(
        self, bot: Bot, ann: DeskPlayer
    ) -> None:
        await ann.say("/start")
        await ann.say("/buy 60 8.30 EUR")
        today = bot.clock.now().date()
        rows = [("Fee", "900000001", "Membership Fee", "Fees for additional Connects (60).", -900)]
        rows = [(named(today), *one[1:]) for one in rows]
        heard = await ann.hand("transactions.csv", written(rows).encode())
        assert heard.buttons == ("Take $9.00", "Keep what I booked", "Leave")
        assert "Paid: €8.30 → $9.00" in (await ann.press("Take $9.00")).text
        await ann.press("Book the true price")
        lots = (await bot.store.ledger.record(WalletId(1))).head.lots
        assert [lot.price for lot in lots if lot.size == 60] == [Price(900, 0, "USD")]

    async def test_only_what_is_from_after_a_confirmed_balance_can_be_booked(self, bot: Bot, ann: DeskPlayer) -> None:
        await with_history(bot, ann)
        await ann.say("/buy 60 $9")
        rows = [*bought(9), *[(named(bot.clock.now().date()), *one[1:]) for one in bought(20)]]
        heard = await ann.hand("transactions.csv", written(rows).encode())
        assert "1 of them is from before a balance that is confirmed; its cost changes, too." in heard.text
        assert heard.buttons == ("All 2", "Only the other 1", "Leave")
        assert "1 purchase has its true price now" in (await ann.press("Only the other 1")).text
        heard = await ann.press("All 2") if "All 2" in ann.buttons else await ann.say("/balance")
        assert "available" in heard.text

    async def test_a_press_that_comes_twice_books_once_and_one_that_comes_late_says_so(
        self, bot: Bot, ann: DeskPlayer
    ) -> None:
        await with_history(bot, ann)
        await ann.hand("transactions.csv", CSV.encode())
        buttons = dict(ann.buttons)
        await ann.press("Book 10")
        ann.buttons = buttons
        assert "These prices are booked, as import 2." in (await ann.press("Book 10")).text
        await ann.say("import undo 2")
        ann.buttons = buttons
        assert "has been taken back since" in (await ann.press("Book 10")).text
        ann.buttons = buttons
        assert "This import is booked already." in (await ann.press("Leave")).text

    async def test_a_group_sees_no_prices_and_only_its_admins_may(
        self, bot: Bot, lead: DeskPlayer, bob: DeskPlayer
    ) -> None:
        await lead.say("/buy 60 $9")
        rows = [(named(bot.clock.now().date()), *one[1:]) for one in bought(9)]
        rows += [("someday", "900007779", "Membership Fee", "Fees for additional Connects (20).", -300)]
        assert "/import is for admins." in (await bob.hand("transactions.csv", written(rows).encode(), "/import")).text
        heard = await lead.hand("transactions.csv", written(rows).encode(), "/import")
        assert "it gets its true price" in heard.text
        assert "I could not read 1 row, so I leave it out." in heard.text
        assert "$" not in heard.text
        assert "3.00" not in heard.text
        buttons = dict(lead.buttons)
        await lead.press("In money")
        live_on(bot, FakeCarrier("desk"))
        shown = await (await DeskStage(bot).person("Lea")).say(lead.links[0].to.replace("?start=", "/start "))
        assert "Paid: $9.00" in shown.text
        assert "someday · Fees for additional Connects (20). · -3.00" in shown.text
        assert not shown.buttons
        lead.buttons = buttons
        assert "$" not in (await lead.press("Book the true price")).text

    async def test_a_private_list_can_go_to_a_group(self, bot: Bot, lead: DeskPlayer) -> None:
        await lead.say("/buy 60 $9")
        live_on(bot, FakeCarrier("desk"))
        lea = await DeskStage(bot).person("Lea")
        await lea.say("/start")
        rows = [(named(bot.clock.now().date()), *one[1:]) for one in bought(9)]
        assert "your books do not have it" in (await lea.hand("transactions.csv", written(rows).encode())).text
        await lea.press("For a group")
        assert "For the wallet of “Team”" in (await lea.press("Team")).text
        assert "1 purchase has its true price now" in (await lea.press("Book the true price")).text
