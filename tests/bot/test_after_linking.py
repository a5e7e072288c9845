"""What was asked, shown and sent before two accounts were linked, or unlinked, is never carried out on other books."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bot.carrier import FakeCarrier
from tests.bot.linked import Linking
from tests.bot.paging import copied
from tests.bot.promoting import launched, look
from tests.bot.stages.desk import DeskPlayer, DeskStage
from tests.bot.telling import deliver

if TYPE_CHECKING:
    from tests.bot.stage import Bot

OTHERS = "I asked that about other books"
FOLLOWED = "It is for the books that you have here now"


@pytest.fixture
async def eva(bot: Bot, ann: DeskPlayer) -> DeskPlayer:
    """Ann on another platform, with a wallet of 80 Connects; here she has 100."""
    await ann.say("/opening 100 free")
    await ann.say("/spend 4 Shop")
    eva = await DeskStage(bot).person("eva")
    await eva.say("/start")
    await eva.say("/opening 80 free")
    return eva


@pytest.fixture
def both(bot: Bot, eva: DeskPlayer) -> Linking:
    return Linking(bot, "ann", eva.name)


async def balance(player: DeskPlayer) -> str:
    return (await player.say("/balance")).text.split(" ")[0]


class TestButtons:
    async def test_one_that_names_an_entry_is_not_pressed_in_other_books(
        self, ann: DeskPlayer, eva: DeskPlayer, both: Linking
    ) -> None:
        await eva.say("/spend 16 Logo")
        undo = dict(eva.buttons)
        link = await both.link()
        assert OTHERS in (await eva.press("Undo")).text
        assert await balance(eva) == "160"
        await eva.say("/proposals #5")
        card = dict(eva.buttons)
        await both.unlink(link)
        eva.buttons = card
        assert OTHERS in (await eva.press("Replied")).text
        eva.buttons = undo
        assert "is undone" in (await eva.press("Undo")).text  # these are the books that it was about
        assert (await balance(eva), await balance(ann)) == ("80", "96")

    async def test_those_of_the_kept_books_go_on_working(self, ann: DeskPlayer, both: Linking) -> None:
        await ann.say("/spend 16 Logo")
        await both.link()
        assert "is undone" in (await ann.press("Undo")).text
        assert await balance(ann) == "176"

    async def test_one_that_says_what_happened_is_pressed_in_the_books_of_now(
        self, eva: DeskPlayer, both: Linking
    ) -> None:
        await eva.say("12 Landing page")
        await both.link()
        assert "12 Connects" in (await eva.press("Spent on a proposal")).text
        assert await balance(eva) == "164"

    async def test_an_open_question_is_answered_in_the_books_of_now(self, eva: DeskPlayer, both: Linking) -> None:
        await eva.say("/spend")
        await both.link()
        assert "Logo" in (await eva.say("16 Logo")).text
        assert await balance(eva) == "160"

    async def test_a_question_about_an_entry_is_not(self, eva: DeskPlayer, both: Linking) -> None:
        await eva.say("/spend 16 Logo")
        await eva.say("/cost number=1")
        await both.link()
        assert OTHERS in (await eva.say("9 USD")).text


class TestLines:
    async def test_an_edit_of_what_was_booked_elsewhere_does_not_book_it_again(
        self, eva: DeskPlayer, both: Linking
    ) -> None:
        await eva.say("/spend 16 Logo")
        typed = eva.typed
        await both.link()
        eva.typed = typed
        heard = await eva.edit("/spend 20 Logo")
        assert "before you linked or unlinked your accounts" in heard.text
        assert heard.buttons == ("History",)


class TestDrafts:
    async def test_a_page_is_compared_with_the_books_of_now(self, eva: DeskPlayer, both: Linking) -> None:
        await eva.paste(copied(1, 64))
        shown, link = dict(eva.buttons), await both.link()
        heard = await eva.press("Book 1 row")
        assert FOLLOWED in heard.text
        assert "176" in heard.text
        await both.unlink(link)
        eva.buttons = shown
        heard = await eva.press("Book 1 row")
        assert FOLLOWED in heard.text
        assert "176" not in heard.text
        assert "1 entry booked" in (await eva.press("Book 1 row")).text
        assert await balance(eva) == "80"

    async def test_it_can_be_left_at_once(self, eva: DeskPlayer, both: Linking) -> None:
        await eva.paste(copied(1, 64))
        await both.link()
        assert FOLLOWED not in (await eva.press("Leave")).text

    async def test_one_that_is_booked_is_not_booked_again(self, eva: DeskPlayer, both: Linking) -> None:
        await eva.paste(copied(1, 64))
        shown = dict(eva.buttons)
        await eva.press("Book 1 row")
        await both.link()
        eva.buttons = shown
        assert "This import is booked already" in (await eva.press("Book 1 row")).text


async def test_who_had_entered_a_contest_twice_takes_part_once(
    bot: Bot, boss: DeskPlayer, ann: DeskPlayer, eva: DeskPlayer, both: Linking
) -> None:
    await ann.say("/subscribe")
    await launched(boss, 'Big draw gives=100 ends="3 days" winners=2')
    assert "entry #1" in (await eva.say("/claim 1")).text
    assert "entry #2" in (await ann.say("/claim 1")).text
    await both.link()
    for player in (ann, eva):
        assert "entry #1" in (await player.say("/claim 1")).text
    bot.clock.pass_(days=3)
    await look(bot)
    carrier = FakeCarrier("desk")
    await deliver(bot, carrier)
    drawn = next(one.text for one in carrier.carried if "The seed was" in one.text)
    assert "Left out, because one person had entered twice: #2" in drawn
    assert "Drawn: #1 ann" in drawn
    assert "Made twice by one person: 1" in (await boss.say("/promo show 1")).text
    assert await balance(eva) == "276"
