"""The parts of one paste: what belongs together, what stands for itself, and what is not for the bot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands import by_name
from bot.dispatch.desk import Desk
from bot.dispatch.dialog import Dialog
from tests.bot.paging import copied
from tests.bot.stages.desk import DeskStage

if TYPE_CHECKING:
    from tests.bot.stage import Bot
    from tests.bot.stages.desk import DeskPlayer

AGAIN = "This replaces the answer above: there is more now."


def halves(rows: int) -> tuple[str, str]:
    """A page, cut within a row, as a client cuts it."""
    page = copied(rows)
    cut = page.index("page number 20")
    return page[:cut].strip(), page[cut:].strip()


async def test_a_row_that_is_cut_is_whole_again(ann: DeskPlayer) -> None:
    first, second = halves(40)
    assert "19 rows" in (await ann.say(first)).text
    heard = await ann.say(second)
    assert heard.text.startswith(AGAIN)
    assert "40 rows from Dec 1, 2025 to Jan 9, 2026: all new." in heard.text


async def test_a_part_may_come_twice(ann: DeskPlayer) -> None:
    first, second = halves(40)
    await ann.say_twice(first)
    heard, again = await ann.say_twice(second)
    assert "40 rows" in heard.text
    assert "40 rows" in again.text


async def test_the_rest_of_a_paste_is_no_answer(ann: DeskPlayer, bot: Bot) -> None:
    """What a client cuts off behind the last row looks like nothing, but it comes at once."""
    await ann.say("/spend")
    await ann.say(copied(40))
    assert "40 rows" in (await ann.say("16")).text
    bot.clock.pass_(seconds=5)
    assert "#2 booked: 16 Connects" in (await ann.say("16")).text


async def test_what_another_process_has_read_counts_once(ann: DeskPlayer, bot: Bot) -> None:
    """A part that was not finished when the bot stopped comes again, and the rest after it."""
    first, second = halves(40)
    await ann.hand("first.txt", first.encode(), action="m7")
    bot.desk = Desk(bot.store, bot.books, by_name(), Dialog(bot.store.notes))
    heard = await ann.hand("first.txt", first.encode(), action="m7")
    assert heard.text.startswith(AGAIN)
    assert "19 rows" in heard.text
    assert "39 rows" in (await ann.say(second)).text  # the row between them was in memory only


async def test_what_was_left_stays_left(ann: DeskPlayer) -> None:
    await ann.say(copied(3))
    await ann.press("Leave")
    heard = await ann.say(copied(5))
    assert "5 rows" in heard.text
    assert AGAIN not in heard.text


async def test_what_is_booked_is_not_added_to(ann: DeskPlayer) -> None:
    await ann.say(copied(3))
    await ann.press("Bought at the list price")
    await ann.press("Book all 3")
    heard = await ann.say(copied(5))
    assert AGAIN not in heard.text
    assert "2 new" in heard.text


async def test_a_part_without_a_row_says_what_is_missing(ann: DeskPlayer) -> None:
    heard = await ann.say("Connects History\nMy balance\n84 Connects\nDate\tAction\tConnects")
    assert "I see no row in it." in heard.text


class TestInAGroup:
    async def test_pasted_text_is_ignored(self, lead: DeskPlayer) -> None:
        assert (await lead.say(copied(3))).text == ""
        assert (await lead.hand("history.txt", copied(3).encode())).text == ""

    async def test_it_is_read_after_import(self, lead: DeskPlayer) -> None:
        await lead.say("/import")
        assert "3 rows" in (await lead.say(copied(3))).text
        assert (await lead.overheard(copied(3))).text == ""

    async def test_it_is_read_with_import(self, lead: DeskPlayer) -> None:
        assert "3 rows" in (await lead.say(f"/import\n{copied(3)}")).text
        assert "3 rows" in (await lead.hand("history.txt", copied(3).encode(), "/import")).text

    async def test_it_is_for_admins(self, lead: DeskPlayer, bob: DeskPlayer) -> None:
        assert lead.admin
        said = await bob.hand("history.txt", copied(3).encode(), "/import")
        assert said.text == "In a group, /import is for admins."

    async def test_without_a_wallet_it_says_so(self, bot: Bot) -> None:
        lea = await DeskStage(bot).member("Lea", "Designers", admin=True)
        assert "/start" in (await lea.hand("history.txt", copied(3).encode(), "/import")).text


async def test_words_after_import_that_are_no_page(ann: DeskPlayer) -> None:
    assert "I do not see a Connects History in that." in (await ann.say("/import my page please")).text
