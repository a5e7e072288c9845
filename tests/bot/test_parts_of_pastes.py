"""The parts of one paste: what belongs together, what stands for itself, and what is not for the bot."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from bot.commands import by_name
from bot.dispatch.desk import Desk
from bot.dispatch.dialog import Dialog
from bot.dispatch.pages.joining import is_another
from bot.pages import Came, read_file, read_text
from core.imports.model import Page
from tests.bot.paging import copied
from tests.bot.stages.desk import DeskStage
from tests.imports.sample_windows import COPIED, NAMES, sample_text

if TYPE_CHECKING:
    from tests.bot.stage import Bot
    from tests.bot.stages.desk import DeskPlayer

APART = "This page does not go together with the one above, so I show it by itself."
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


async def test_the_rest_of_a_row_is_no_answer(ann: DeskPlayer, bot: Bot) -> None:
    """What a client cuts off in the last row looks like nothing, but it comes at once and mends the row."""
    page = copied(40).removesuffix("16 Connects\nShow more").strip()
    await ann.say("/spend")
    assert "39 rows" in (await ann.say(page)).text
    assert "40 rows" in (await ann.say("16 Connects")).text
    assert "#2 booked: 16 Connects" in (await ann.say("16 Connects")).text
    bot.clock.pass_(seconds=5)


async def test_the_rest_of_the_footer_is_no_answer(ann: DeskPlayer) -> None:
    await ann.say(f"{copied(40)}\nAbout us\nTerms of")
    heard = await ann.say("Service\nPrivacy Policy")
    assert heard.text.startswith(AGAIN)
    assert "40 rows" in heard.text
    assert AGAIN not in (await ann.say("hello")).text


async def test_below_a_whole_footer_there_is_nothing(ann: DeskPlayer) -> None:
    await ann.say(f"{copied(40)}\nAbout us\n\u00a9 2015 - 2026 Upwork\u00ae Global Inc.")
    assert "This is all that I can do" in (await ann.say("hello")).text


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("hello", "This is all that I can do"),
        ("balance", "20 Connects are available."),
        ("/spend 16 Logo", "#2 booked: 16 Connects"),
        ("16 Logo", "what happened to them?"),
        ("/import soon", "I do not see a Connects History in that."),
    ],
)
async def test_what_is_said_right_after_a_page_is_no_part_of_it(ann: DeskPlayer, said: str, answer: str) -> None:
    first, second = halves(40)
    await ann.say(first)
    heard = await ann.say(said)
    assert answer in heard.text
    assert AGAIN not in heard.text
    assert "40 rows" in (await ann.say(second)).text


class TestAnotherPage:
    async def test_two_balances_are_two_imports(self, ann: DeskPlayer) -> None:
        await ann.say(copied(3))
        heard = await ann.hand("history.txt", copied(5, balance=136).replace("Landing", "Sales").encode())
        assert APART in heard.text
        assert "5 rows" in heard.text
        assert AGAIN not in heard.text
        await ann.press("Leave")
        assert "3 rows" in (await ann.say(copied(3))).text

    async def test_the_same_days_with_other_rows_are_two_imports(self, ann: DeskPlayer) -> None:
        await ann.say(copied(8))
        other = copied(8).partition("Connects\n")[2].replace("Landing page", "Logo").partition("Connects\n")[2]
        assert APART in (await ann.say(other.partition("Connects\n")[2])).text

    async def test_each_of_two_pages_has_its_parts(self, ann: DeskPlayer) -> None:
        await ann.say(copied(3))
        page = copied(40, balance=136).replace("Landing", "Sales")
        cut = page.index("page number 20")
        assert "19 rows" in (await ann.say(page[:cut].strip())).text
        assert "40 rows" in (await ann.say(page[cut:].strip())).text

    async def test_a_later_copy_of_the_same_page_belongs_to_it(self, ann: DeskPlayer) -> None:
        await ann.say(copied(3, balance=100, newest=date(2026, 1, 7)).replace("number ", "number 0"))
        later = copied(4, balance=84, newest=date(2026, 1, 8))
        for place in range(1, 4):
            later = later.replace(f"number {place + 1}\n", f"number 0{place}\n")
        heard = await ann.say(later)
        assert heard.text.startswith(AGAIN)
        assert "4 rows" in heard.text
        assert "84, as Upwork says" in heard.text

    async def test_my_proposals_are_no_part_of_it(self, ann: DeskPlayer) -> None:
        await ann.say(copied(3))
        heard = await ann.say("Submitted proposals (1)\nInitiated Jan 2, 2026\n3 days ago\nLogo")
        assert "Beside it waits your Connects History: 3 rows" in heard.text
        heard = await ann.say(copied(5))
        assert AGAIN in heard.text
        assert "5 rows" in heard.text

    async def test_the_same_page_in_another_form_belongs_to_it(self, ann: DeskPlayer) -> None:
        await ann.say(copied(3))
        heard = await ann.hand("history.txt", copied(5).encode())
        assert AGAIN in heard.text
        assert "5 rows" in heard.text


@pytest.mark.parametrize("name", NAMES)
def test_all_forms_of_a_page_go_together(name: str) -> None:
    read = [read_text(sample_text(name, form), COPIED.date()) for form in ("desktop.txt", "phone.txt", "tabbed.txt")]
    pages = [
        page for page in (*read, read_file(sample_text(name, "page.html").encode(), None)) if isinstance(page, Page)
    ]
    alike = [*pages, *(page._replace(balance=None) for page in pages)]
    assert len(alike) == 8
    assert not any(is_another(Came((one,)), Came((other,)), goes_on=False) for one in alike for other in alike)


def test_pages_of_different_accounts_do_not_go_together() -> None:
    """Without their balances, too: days that both have whole have hardly a row in common."""
    one, other, third = (read_text(sample_text(name, "phone.txt"), COPIED.date()) for name in NAMES)
    for before, after in ((one, other), (other, third), (third, one)):
        assert isinstance(before, Page)
        assert isinstance(after, Page)
        assert is_another(Came((before,)), Came((after,)), goes_on=False)
        unproven = (Came((page._replace(balance=None),)) for page in (before, after))
        assert is_another(*unproven, goes_on=False)


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
