"""What was booked together in thousands is one line of the history, and opens."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from core.imports.model import Page
from core.ledger.ports import Key, Scope
from core.shared.ids import WalletId
from tests.bot.booked_together import book_together
from tests.bot.handing import BID, BOUGHT, handed, row
from tests.storage.importing import Seen, change_of

if TYPE_CHECKING:
    from tests.bot.stage import Bot
    from tests.bot.stages.desk import DeskPlayer


async def test_an_import_is_one_line_that_opens(bot: Bot, ann: DeskPlayer) -> None:
    await ann.say("/spend 2 Logo")
    bot.clock.pass_(minutes=1)
    await book_together(bot, 40)
    bot.clock.pass_(minutes=1)
    await ann.say("/spend 3 Poster")
    heard = await ann.say("/history")
    assert heard.text.splitlines() == [
        "Entries #44 to #1",
        "#44 \u00b7 09:02 \u00b7 \u22123 \u00b7 Poster \u00b7 15 left",
        "#3\u2013#43 \u00b7 09:01 \u00b7 0 \u00b7 Booked together \u00b7 18 left",
        "#2 \u00b7 09:00 \u00b7 \u22122 \u00b7 Logo \u00b7 18 left",
        "#1 \u00b7 09:00 \u00b7 +20 \u00b7 Welcome bonus \u00b7 20 left",
    ]
    assert heard.buttons == ("#3\u2013#43", "Proposals", "As a file")
    opened = await ann.press("#3")
    assert opened.text.splitlines()[0] == "Entries #43 to #34"
    assert "#43 \u00b7 09:01 \u00b7 \u22121 \u00b7 Job 40 \u00b7 18 left" in opened.text
    assert opened.buttons == ("Newer", "Older", "Proposals", "As a file")
    assert "Entries #33 to #24" in (await ann.press("Older")).text


async def test_an_import_is_whole_wherever_a_page_begins(bot: Bot, ann: DeskPlayer) -> None:
    await book_together(bot, 600)
    for _ in range(12):
        await ann.say("/adjust 1")
    for before in (602, 603, 300, 14):
        page = (await ann.say(f"/history {before}")).text
        assert "#2\u2013#602 \u00b7 09:00 \u00b7 0 \u00b7 Booked together \u00b7 20 left" in page
    heard = await ann.say("/history")
    assert "Entries #614 to #605" in heard.text
    heard = await ann.press("Older")
    assert [line.partition(" ")[0] for line in heard.text.splitlines()[1:]] == ["#604", "#603", "#2\u2013#602", "#1"]
    assert heard.buttons == ("#2\u2013#602", "Newer", "Proposals", "As a file")


async def test_a_few_bids_of_one_message_stay_lines_of_their_own(ann: DeskPlayer) -> None:
    await ann.say("/spend 1 Logo\n/spend 2 Shop\n/spend 3 Site")
    assert len((await ann.say("/history")).text.splitlines()) == 5


async def test_titles_and_open_spends_are_still_found_beside_a_large_import(bot: Bot, ann: DeskPlayer) -> None:
    await book_together(bot, 3000)
    bot.clock.pass_(minutes=1)
    await ann.say("/spend 2 Logo")
    assert "2 Connects returned from #3,003" in (await ann.say("/return logo")).text


async def test_a_spend_of_an_earlier_day_is_a_line_and_what_it_moved_is_none(bot: Bot, ann: DeskPlayer) -> None:
    await ann.say("/buy 40")
    bot.clock.pass_(days=2)
    for letter in "abcdefghijklmno":
        await ann.say(f"/spend 1 Job {letter}")
    await ann.say("/spend 18 Early yesterday")
    assert await bot.books.newest(WalletId(1)) > 30
    shown = (await ann.say("/history")).text.splitlines()
    assert shown[1].endswith(" \u00b7 yesterday \u00b7 \u221218 \u00b7 Early \u00b7 27 left")
    assert shown[2].endswith(" \u00b7 Job o \u00b7 45 left")
    assert [line.split(" \u00b7 ")[3] for line in shown[2:]] == [f"Job {letter}" for letter in "onmlkjihg"]
    older = (await ann.press("Older")).text.splitlines()
    assert [line.split(" \u00b7 ")[3] for line in older[1:7]] == [f"Job {letter}" for letter in "fedcba"]


async def test_an_import_is_named_by_its_number(bot: Bot, ann: DeskPlayer) -> None:
    clock, ledger = bot.clock, bot.store.ledger
    key = f"{int(clock.now().timestamp()):010d}:import"
    rows = [Seen(9, "Bonus", day=200), Seen(-1, "Logo", day=201)]
    await ledger.write(
        Scope(WalletId(1), imports=True), Key(key, "asked"), lambda before: change_of(before, rows, clock.now(), key)
    )
    heard = await ann.say("/history")
    assert "#2\u2013#3 \u00b7 09:00 \u00b7 +8 \u00b7 Import 1 \u00b7 28 left" in heard.text
    opened = await ann.press(heard.buttons[0])
    assert "#3" in opened.text
    assert "Logo" in opened.text


async def test_the_undo_of_an_import_is_named_and_its_rows_can_still_be_seen(bot: Bot, ann: DeskPlayer) -> None:
    await handed(bot, ann, "page")
    await ann.press("Book all")
    bot.clock.pass_(minutes=1)
    newer = row(10, "Applied to job", -5, "Shop")
    await handed(bot, ann, "newer", Page((newer, BID, BOUGHT), balance=40, copied=date(2026, 1, 10)))
    await ann.press("Book")
    await ann.say("/import undo 1")
    shown = (await ann.say("/history")).text
    assert "Import 1 taken back" in shown
    assert "Import 3" not in shown
    heard = await ann.say("/import 1")
    assert heard.text.startswith("Import 1, undone")
    assert heard.buttons == ()


async def test_a_row_that_had_to_stay_can_be_undone_by_itself(bot: Bot, ann: DeskPlayer) -> None:
    await handed(bot, ann, "page")
    await ann.press("Book all")
    bot.clock.pass_(minutes=1)
    await ann.say("/spend 30 Shop")
    assert "what was spent later needs it" in (await ann.say("/import undo 1")).text
    await ann.say("/undo")
    assert "Purchase" in (await ann.say("/undo")).text


async def test_the_rows_and_the_export_say_what_a_better_form_knew(bot: Bot, ann: DeskPlayer) -> None:
    await handed(bot, ann, "page")
    await ann.press("Book all")
    bot.clock.pass_(minutes=1)
    at = datetime(2026, 1, 9, 8, 15, 30, tzinfo=UTC)
    better = BID._replace(job="~022010000000000000000", member="=Ivo", row_id="7", at=at)
    await handed(bot, ann, "better", Page((better, BOUGHT), balance=45, copied=date(2026, 1, 10)))
    await ann.press("Complete")
    shown = (await ann.say("/import 2")).text
    assert "Jan 9, 2026 08:15 UTC \u00b7 Applied to job \u00b7 Logo \u00b7 =Ivo \u00b7 \u221216 \u2192 #" in shown
    (content,) = (await ann.say("/export postings=yes")).files.values()
    rows = [row for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"))) if row["title"] == "Logo"]
    assert {(row["job"], row["happened"], row["happened_at"], row["member"]) for row in rows} == {
        ("~022010000000000000000", "2026-01-09", "2026-01-09T08:15:30+00:00", "'=Ivo")
    }


async def test_a_badge_that_grew_is_one_row_of_several_entries(bot: Bot, ann: DeskPlayer) -> None:
    await handed(bot, ann, "noon", Page((row(10, "Availability Badge", -1), BID), balance=50, copied=date(2026, 1, 10)))
    await ann.press("Book all")
    bot.clock.pass_(minutes=1)
    grown = Page((row(10, "Availability Badge", -3), BID), balance=48, copied=date(2026, 1, 10))
    await handed(bot, ann, "evening", grown)
    await ann.press("Book")
    shown = (await ann.say("/import 2")).text.splitlines()
    assert shown[0].startswith("Import 2 \u00b7 2 rows")
    assert shown[1].endswith("\u00b7 Availability Badge \u00b7 \u22123 \u2192 #5, #6")
    assert (await ann.say("/import 2 99")).text.splitlines()[0].endswith("2\u20132")
