"""Paging through what was booked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.reply.marks import runs_of
from bot.reply.words import voice
from bot.views.entries import in_list
from core.wallets.people import Identity

if TYPE_CHECKING:
    from tests.bot.stage import Bot
    from tests.bot.stages.desk import DeskPlayer


@pytest.fixture
async def long(ann: DeskPlayer) -> DeskPlayer:
    """Ann with 25 entries."""
    for n in range(1, 25):
        await ann.say(f"/adjust {n}")
    return ann


async def test_a_single_entry_is_named_in_the_singular(ann: DeskPlayer) -> None:
    assert "Entry #1\n" in (await ann.say("/history")).text


@pytest.mark.parametrize("line", ["/history", "/history 26", "/history 9999"])
async def test_the_newest_page_has_nothing_newer(long: DeskPlayer, line: str) -> None:
    heard = await long.say(line)
    assert "Entries #25 to #16" in heard.text
    assert heard.buttons == ("Older", "As a file")


async def test_every_page_behind_a_button_is_full(long: DeskPlayer) -> None:
    heard = await long.say("/history 22")
    assert "Entries #21 to #12" in heard.text
    assert heard.buttons == ("Newer", "Older", "As a file")
    heard = await long.press("Newer")
    assert "Entries #25 to #16" in heard.text
    assert heard.buttons == ("Older", "As a file")
    await long.press("Older")
    heard = await long.press("Older")
    assert "Entries #5 to #1" in heard.text
    assert heard.buttons == ("Newer", "As a file")


class TestALine:
    async def test_says_the_time_of_today_and_yesterday_and_the_day_of_others(self, bot: Bot, ann: DeskPlayer) -> None:
        bot.clock.pass_(days=20)
        await ann.say("/spend 4 Logo")
        bot.clock.pass_(days=1)
        await ann.say("/spend 5 Poster")
        bot.clock.pass_(days=1)
        await ann.say("/spend 6 Flyer")
        assert (await ann.say("/history")).text.splitlines()[1:] == [
            "#4 · 09:00 · \u22126 · Flyer · 5 left",
            "#3 · yesterday 09:00 · \u22125 · Poster · 11 left",
            "#2 · Jan 30 · \u22124 · Logo · 16 left",
            "#1 · Jan 10 · +20 · Welcome bonus · 20 left",
        ]

    async def test_names_the_year_of_another_year(self, bot: Bot, ann: DeskPlayer) -> None:
        bot.clock.pass_(days=360)
        assert "#1 · Jan 10, 2026 · +20" in (await ann.say("/history")).text

    async def test_goes_by_the_zone_of_the_wallet(self, bot: Bot, ann: DeskPlayer) -> None:
        await ann.say("/settings zone=Asia/Tokyo")
        bot.clock.pass_(hours=7)  # past midnight there
        assert "#1 · yesterday 18:00 · +20" in (await ann.say("/history")).text

    async def test_shortens_a_long_title(self, ann: DeskPlayer) -> None:
        await ann.say("/spend 4 Logo redesign for a very small bakery in town")
        assert "Logo redesign for a very sm\u2026 · 16 left" in (await ann.say("/history")).text

    async def test_leads_to_the_job(self, bot: Bot, ann: DeskPlayer) -> None:
        await ann.say("/spend 16 https://www.upwork.com/jobs/Logo-redesign_~022010000000000000042/")
        await ann.say("/spend 2 boost ~022010000000000000055")
        await ann.say("/spend 1 other")
        (wallet,) = [await bot.books.wallet_of((await bot.books.person(Identity("desk", "ann"), "ann")).id)]
        assert wallet is not None
        shown = [voice("en", "UTC").marked(in_list(entry)) for entry in await bot.books.history(wallet.id, None, 3)]
        links = [[(run.text, run.url) for run in runs_of(text) if run.url] for text in shown]
        assert links == [
            [],
            [("~02\u2026000055", "https://www.upwork.com/jobs/~022010000000000000055")],
            [("Logo redesign", "https://www.upwork.com/jobs/~022010000000000000042")],
        ]
