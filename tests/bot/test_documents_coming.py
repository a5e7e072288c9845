"""What is said while a document is written, and when it is stopped or cannot be written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.commands import by_name
from bot.dispatch.desk import Desk
from bot.dispatch.dialog import Dialog
from bot.documents.documents import Documents
from bot.documents.publisher import NotWrittenError
from bot.pictures.drawings import Drawings
from bot.pictures.studio import NotDrawnError
from bot.processes.errors import BusyError
from bot.processes.owned_tasks import MOST_EACH
from tests.bot.stages.desk import DeskStage

if TYPE_CHECKING:
    from tests.bot.stage import Bot
    from tests.bot.stages.desk import DeskPlayer

WRITING = "I am writing the entries (All time) as CSV. It comes here as soon as it is ready."
CAPTION = "All time: 2 entries that come to 200 Connects."


@pytest.fixture
async def ann(bot: Bot) -> DeskPlayer:
    """Somebody who is told at once how much is done."""
    documents = Documents(bot.publisher, grace=0, every=0)
    drawings = Drawings(bot.studio, grace=0)
    bot.desk = Desk(bot.store, bot.books, by_name(), Dialog(bot.store.notes), documents=documents, drawings=drawings)
    ann = await DeskStage(bot).person("ann")
    await ann.say("/start")
    await ann.say("/adjust +180 to spend")
    return ann


async def test_it_says_how_much_is_done_until_the_file_is_there(ann: DeskPlayer, bot: Bot) -> None:
    bot.publisher.hold()
    heard = await ann.say("/export")
    assert (heard.text, heard.buttons) == (WRITING, ("Cancel",))
    bot.publisher.tell(0.4)
    heard = await ann.read_later("40")
    assert (heard.text, heard.buttons) == ("I am writing the entries (All time) as CSV: 40 %.", ("Cancel",))
    bot.publisher.release()
    assert list((await ann.read_later(CAPTION)).files) == ["connects-2026-01-10.csv"]


async def test_it_says_how_much_is_read_before_that(ann: DeskPlayer, bot: Bot) -> None:
    bot.publisher.hold_reading()
    await ann.say("/export")
    heard = await ann.read_later("0 %")
    reading = "I am reading your books: 0 %. Then I will write the entries (All time) as CSV."
    assert (heard.text, heard.buttons) == (reading, ("Cancel",))
    bot.publisher.release()
    await ann.read_later(CAPTION)


async def test_a_press_stops_it_and_another_begins_it_again(ann: DeskPlayer, bot: Bot) -> None:
    bot.publisher.hold()
    await ann.say("/export")
    heard = await ann.press("Cancel")
    assert (heard.text, heard.buttons) == ("I have stopped writing.", ("Try again",))
    bot.publisher.release()
    assert (await ann.press("Try again")).text == CAPTION


async def test_the_command_cancel_leads_to_the_button(ann: DeskPlayer, bot: Bot) -> None:
    bot.publisher.hold()
    await ann.say("/export")
    assert "press Cancel below" in (await ann.say("/cancel")).text
    bot.publisher.release()
    await ann.read_later(CAPTION)
    assert (await ann.say("/cancel")).text == "Nothing is waiting for your answer now."


async def test_after_a_restart_nothing_is_written(ann: DeskPlayer) -> None:
    heard = await ann.say("/export stop=17")
    assert (heard.text, heard.buttons) == ("Nothing is being written now.", ("Try again",))


async def test_a_platform_that_stops_stops_the_writing(ann: DeskPlayer, bot: Bot) -> None:
    bot.publisher.hold()
    await ann.say("/export")
    assert ann.coming is not None
    ann.coming.stop()
    heard = await ann.read_later("I was stopped before this was ready.")
    assert heard.buttons == ("Try again",)


async def test_what_cannot_be_written_is_said_with_its_number(ann: DeskPlayer, bot: Bot) -> None:
    bot.publisher.error = NotWrittenError("1a2b3c4d")
    heard = await ann.say("/export")
    assert heard.text == (
        "I could not write the entries (All time) as CSV. Your books are as they were."
        " If it keeps happening, give the operator this number: 1a2b3c4d."
    )
    bot.publisher.error = None
    assert (await ann.press("Try again")).text == CAPTION


async def test_too_many_are_refused_kindly(ann: DeskPlayer, bot: Bot) -> None:
    bot.publisher.error = BusyError()
    assert (await ann.say("/export")).text.startswith("I am writing several files already")
    bot.publisher.error = None
    bot.publisher.hold()
    for _ in range(MOST_EACH):
        await ann.say("/export")
    heard = await ann.say("/export")
    assert (heard.text.startswith("I am writing several files already"), heard.buttons) == (True, ("Try again",))
    bot.publisher.release()


async def test_a_picture_that_cannot_be_drawn_is_left_out_and_said(ann: DeskPlayer, bot: Bot) -> None:
    await ann.say("/spend 16 Logo")
    bot.studio.error = NotDrawnError("1a2b3c4d")
    await ann.say("/report")
    heard = await ann.read_later("Report: ")
    assert "These pictures could not be drawn: Balance, Spending." in heard.text
    (order,) = bot.publisher.orders
    assert {picture.svg for picture in order.report.pictures} == {""}
    assert list(heard.files) == ["report-2025-01-11-to-2026-01-10.html"]


async def test_a_report_asks_its_readers_for_nothing(ann: DeskPlayer, bot: Bot) -> None:
    await ann.say("/spend 190 Logo")
    await ann.say("#3 replied")
    bot.clock.pass_(days=20)
    await ann.say("/report")
    await ann.read_later("Report: ")
    (order,) = bot.publisher.orders
    assert not [line for line in order.report.sentences if " me" in line or "write" in line]
    assert (
        "1 proposal used 170 Connects whose cost is not known. The sums in money leave it out."
        in order.report.sentences
    )


async def test_its_pictures_are_drawn_first_and_nothing_booked_meanwhile_is_in_it(ann: DeskPlayer, bot: Bot) -> None:
    await ann.say("/spend 16 Logo")
    bot.studio.hold()
    await ann.say("/report")
    heard = await ann.read_later("pictures")
    assert heard.text.startswith("I am drawing the pictures. Then I will write the report (")
    assert "booked" in (await (await DeskStage(bot).person("ann")).say("/spend 4 Late")).text
    bot.studio.release()
    await ann.read_later("Open it in any browser")
    (order,) = bot.publisher.orders
    assert [picture.name for picture in order.report.pictures] == ["Balance", "Spending"]
    (books,) = bot.publisher.books
    assert "Late" not in {entry.memo for entry in books.entries}
    assert books.entries[0].number == order.up_to
