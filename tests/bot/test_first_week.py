"""The first week of a new freelancer, on every platform: pages, what is typed between them, and an undo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from core.ledger.model import Kind, Purpose, expense_on
from core.shared.ids import WalletId
from tests.bot.stage import PLATFORMS, Bot, Stage, on_stage
from tests.imports.accounts import APPLIED, BADGE, BID, BOUGHT, OUTBID, TASK
from tests.imports.lives import Happened, life, moment, page_text
from tests.imports.windows import PHONE, WIDE

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from tests.bot.stage import Heard, Player

WEEK: Final = life(
    60,
    (
        Happened(2, "10:00", TASK, 30),
        Happened(3, "14:00", APPLIED, -16, "Logo"),
        Happened(3, "14:00:02", BID, -13, "Logo"),
        Happened(4, "09:00", APPLIED, -8, "Flyer"),
        Happened(5, "01:54", BADGE, -1),
        Happened(5, "11:00", APPLIED, -12, "Poster"),
        Happened(5, "13:54", BADGE, -1),
        Happened(6, "01:54", BADGE, -1),
        Happened(7, "15:55", APPLIED, -16, "Website"),
        Happened(8, "08:00", OUTBID, 13, "Logo"),
        Happened(8, "12:00", BOUGHT, 40),
        Happened(8, "12:00:05", APPLIED, -20, "Shop"),
    ),
)


@pytest.fixture(params=PLATFORMS)
async def stage(request: pytest.FixtureRequest, bot: Bot) -> AsyncGenerator[Stage]:
    bot.clock.at = moment(5, "09:00")
    async with on_stage(request.param, bot) as stage:
        yield stage


async def test_a_first_week(stage: Stage, bot: Bot) -> None:
    ann = await stage.person("Ann")
    await ann.say("/start")
    await paste_in_two_pieces(ann, bot)
    assert await balance(bot) == 52
    bot.clock.at = moment(5, "11:02")
    assert "40 Connects" in (await ann.say("/spend 12 Poster")).text
    await paste_on_the_same_evening(ann, bot)
    assert await balance(bot) == 39
    bot.clock.at = moment(7, "16:00")
    assert "23 Connects" in (await ann.say("/spend 16 Website")).text
    bot.clock.at = moment(9, "09:00")
    await paste_after_some_days(ann, bot)
    assert await balance(bot) == 55
    bot.clock.pass_(minutes=5)
    assert "import of" in (await ann.say("/undo")).text
    heard = await ann.press("Undo the import")
    assert "Import 3 is taken back; 23 Connects left." in heard.text
    assert "Boost: import 1 has it, too" in heard.text
    assert await balance(bot) == 23
    bot.clock.pass_(minutes=5)
    await paste_after_some_days(ann, bot)
    bot.clock.pass_(minutes=5)
    assert "All 11 rows from Jan 2, 2026 to Jan 8, 2026 are booked already." in (await paste(ann, bot, PHONE)).text
    heard = await ann.say("/balance")
    for figure in ("55 Connects are available.", "15", "40", "$6.00"):
        assert figure in heard.text
    lines = (await ann.say("/history")).text
    for line in ("Import 5 · 55 left", "Import 3 taken back · 23 left", "Poster · 40 left", "Import 1 · 52 left"):
        assert line in lines
    entries = (await bot.store.ledger.record(WalletId(1))).entries
    returned = [entry for entry in entries if entry.kind is Kind.RETURN][-1]
    spend = entries[(returned.of or 0) - 1]
    assert (returned.delta, spend.memo, spend.delta, spend.counterpart) == (13, "Logo", -13, expense_on(Purpose.BOOST))


async def paste_in_two_pieces(ann: Player, bot: Bot) -> None:
    """The second piece begins in the middle of a row."""
    text = page_text(WEEK, bot.clock.at, WIDE)
    cut = text.index("Flyer")
    assert "1 row of Jan 5, 2026: it is new." in (await ann.paste(text[:cut])).text
    heard = await ann.paste_more(text[cut:], "5 rows from Jan 2, 2026 to Jan 5, 2026: all new.")
    assert "20 → 52, as Upwork says" in heard.text
    assert "60, in place of the 20 booked" in heard.text
    assert "60 (free)" in (await ann.press("Given by Upwork")).text
    assert "5 entries booked; 52 Connects, as Upwork says." in (await ann.press("Book all 5")).text


async def paste_on_the_same_evening(ann: Player, bot: Bot) -> None:
    """The badge's row has grown, and a row is there that was typed."""
    bot.clock.at = moment(5, "18:00")
    heard = await paste(ann, bot, WIDE)
    assert "6 rows from Jan 2, 2026 to Jan 5, 2026: 1 new, 4 known and 1 unsure." in heard.text
    assert "40 → 39, as Upwork says" in heard.text
    assert "1 · \u22122" in heard.text
    await it_is_the_same(ann, "Poster")
    assert (
        "1 entry booked and 1 known row got what the page adds; 39 Connects, as Upwork says."
        in (await ann.press("Book 1 row")).text
    )


async def paste_after_some_days(ann: Player, bot: Bot) -> None:
    """The page overlaps what is known: new are a badge, a boost that came back, a purchase and a proposal."""
    heard = await paste(ann, bot, PHONE)
    assert "11 rows from Jan 2, 2026 to Jan 8, 2026: 4 new, 6 known and 1 unsure." in heard.text
    assert "23 → 55, as Upwork says" in heard.text
    assert "1 · +13" in heard.text
    assert "1 · +40" in heard.text
    await it_is_the_same(ann, "Website")
    assert (
        "4 entries booked and 1 known row got what the page adds; 55 Connects, as Upwork says."
        in (await ann.press("Book all 4")).text
    )


async def it_is_the_same(ann: Player, title: str) -> None:
    """Say that the one unsure row is the entry that was typed."""
    heard = await ann.press("Show what is unsure (1)")
    assert "It looks like something that was typed." in heard.text
    assert title in heard.text
    assert "Nothing is unsure any more." in (await ann.press("It is #")).text


async def paste(ann: Player, bot: Bot, form: str) -> Heard:
    return await ann.paste(page_text(WEEK, bot.clock.at, form))


async def balance(bot: Bot) -> int:
    return (await bot.books.balance(WalletId(1))).available
