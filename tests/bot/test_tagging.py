"""Tags of proposals: given, taken away, taken back, and only by those who may."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.command.declaration import UnfitError
from bot.options.proposals import Numbers, TagChange, Tagging
from core.ledger.sightings import BatchKind
from core.proposals.service import Proposals
from core.shared.ids import WalletId
from tests.bot.stages.desk import DeskStage
from tests.bot.test_proposals import ann

if TYPE_CHECKING:
    from tests.bot.stage import Bot
    from tests.bot.stages.desk import DeskPlayer

__all__ = ["ann"]


async def tags_of(bot: Bot, *refs: str) -> list[str]:
    """The tags of proposals, those of each in one text."""
    proposals = Proposals(bot.store, bot.books.rulebook, bot.books.clock)
    found = [await proposals.find(WalletId(1), ref) for ref in refs]
    return ["" if one is None else " ".join(one.tags) for one in found]


async def said(bot: Bot) -> int:
    """How often tags were given."""
    batches = await bot.store.ledger.batches(WalletId(1))
    return sum(batch.kind is BatchKind.TOLD and batch.of is None for batch in batches)


@pytest.mark.parametrize(
    ("words", "before", "after"),
    [
        ("design, Logo", "", "design logo"),
        ("#design and #rush", "logo", "logo design rush"),
        ("-logo", "logo rush", "rush"),
        ("off logo", "logo rush", "rush"),
        ("-logo design", "logo rush", "rush design"),
        ("off", "logo rush", ""),
        ("None", "logo", ""),
        ("logo", "logo", "logo"),
    ],
)
def test_what_changes_tags(words: str, before: str, after: str) -> None:
    assert " ".join(TagChange().read(words).of(tuple(before.split()))) == after


@pytest.mark.parametrize("words", ["", ",", "-", "#", "#12 logo", "x" * 33, "a b c d e f g h i"])
def test_what_is_no_tag(words: str) -> None:
    with pytest.raises(UnfitError):
        TagChange(most=8).read(words)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("#12 design", ["#12"]),
        ("#12 #15 design", ["#12", "#15"]),
        ("#12, #15 and #7-3 design", ["#12,", "#15", "and", "#7-3"]),
        ("#12,#15 and design", ["#12,#15"]),
        ("12 design", ["12"]),
        ("design #12", ["#12"]),
        ("design 12", []),
        ("", []),
    ],
)
def test_the_numbers_in_a_line(line: str, found: list[str]) -> None:
    tokens = line.split()
    where = Numbers().find(tokens)
    assert ([] if where is None else tokens[where]) == found


def test_numbers_are_read_once_each() -> None:
    assert Numbers().read("#12, 15 and #12") == ("12", "15")
    with pytest.raises(UnfitError):
        Numbers().read("#12 logo")
    with pytest.raises(UnfitError):
        Numbers().read("and")


def test_nothing_changes_nothing() -> None:
    assert Tagging().of(("logo",)) == ("logo",)


class TestACommand:
    async def test_gives_tags_to_several_proposals_and_takes_them_back_together(
        self, bot: Bot, ann: DeskPlayer
    ) -> None:
        heard = await ann.say("/tag #3 #5 design, rush")
        assert "#3 · Landing page · Tags: design, rush" in heard.text
        assert "#5 · Banner · Tags: design, rush" in heard.text
        await ann.say("/label 5 -rush")
        assert await tags_of(bot, "3", "5") == ["design rush", "design"]
        heard = await ann.press("Undo the tags")
        assert "The tags are as they were before:" in heard.text
        assert await tags_of(bot, "3", "5") == ["design rush", "design rush"]

    async def test_books_once_however_often_it_arrives(self, bot: Bot, ann: DeskPlayer) -> None:
        first, second = await ann.say_twice("/tag #3 #5 design")
        assert (first.text, await said(bot)) == (second.text, 2)
        first, second = await ann.press_twice("Undo the tags")
        assert (first.text, await tags_of(bot, "3", "5")) == (second.text, ["", ""])

    async def test_changes_nothing_of_what_became_of_it(self, ann: DeskPlayer) -> None:
        await ann.say("#3 declined")
        await ann.say("/tag #3 design")
        card = (await ann.press("Show the proposal")).text
        assert "Declined" in card
        assert "Tags: design" in card

    async def test_asks_for_tags_and_offers_those_that_there_are(self, bot: Bot, ann: DeskPlayer) -> None:
        await ann.say("/tag #3 design")
        await ann.say("/proposals #5")
        heard = await ann.press("Tags")
        assert "Which tags shall #5 · Banner have?" in heard.text
        await ann.press("design")
        assert await tags_of(bot, "5") == ["design"]

    async def test_books_nothing_that_is_known_or_unknown(self, bot: Bot, ann: DeskPlayer) -> None:
        await ann.say("/tag #3 design")
        assert "Undo the tags" not in (await ann.say("/tag #3 design")).buttons
        assert "There is no proposal #99." in (await ann.say("/tag #3 #99 rush")).text
        assert "Write up to 8 words" in (await ann.say("/tag #3 a b c d e f g h")).text
        assert (await said(bot), await tags_of(bot, "3")) == (1, ["design"])

    async def test_takes_back_nothing_but_tags(self, bot: Bot, ann: DeskPlayer) -> None:
        await ann.say("#3 declined")
        assert (await ann.say("/tag #3 undo=1")).text == "There is no import 1 here."
        await ann.say("/tag #5 design")
        assert (await ann.say("/tag #3 undo=2")).text == "There is no import 2 here."
        assert await tags_of(bot, "5") == ["design"]


async def test_undo_asks_about_tags_that_were_given_last(bot: Bot, ann: DeskPlayer) -> None:
    bot.clock.at += timedelta(minutes=1)
    await ann.say("/tag #3 design")
    assert "#3 has the tags design." in (await ann.say("/undo")).text
    await ann.press("Undo the tags")
    assert await tags_of(bot, "3") == [""]


async def test_undoing_the_state_leaves_the_tags(bot: Bot, ann: DeskPlayer) -> None:
    await ann.say("#3 declined")
    await ann.say("/tag #3 design")
    await ann.press("Show the proposal")
    assert "Undo the state" not in (await ann.press("Undo the state")).buttons
    assert await tags_of(bot, "3") == ["design"]


async def test_in_a_group_everyone_tags_their_own(bot: Bot, lead: DeskPlayer, bob: DeskPlayer) -> None:
    await bob.say("/spend 16 Logo")
    eve = await DeskStage(bot).member("Eve", "Team")
    assert "your own proposals" in (await eve.say("/tag #2 design")).text
    assert await tags_of(bot, "2") == [""]
    await bob.say("/tag #2 design")
    await lead.say("/tag #2 rush")
    assert await tags_of(bot, "2") == ["design rush"]


async def test_untag_takes_tags_away(ann: DeskPlayer, bot: Bot) -> None:
    await ann.say("/spend 16 Logo")
    await ann.say("/tag #3 design rush logo")
    await ann.say("untag #3 design")
    assert await tags_of(bot, "3") == ["rush logo"]
    await ann.say("untag #3")
    assert await tags_of(bot, "3") == [""]


async def test_what_may_be_an_outcome_is_asked_about(ann: DeskPlayer, bot: Bot) -> None:
    await ann.say("/spend 16 Logo")
    asked = await ann.say("/tag #3 design hired")
    assert asked.buttons == ("#3 hired", "The tag \u201chired\u201d")
    assert await tags_of(bot, "3") == [""]
    await ann.press("The tag")
    assert await tags_of(bot, "3") == ["design hired"]
    assert (await ann.say("/tag #3 16")).buttons == ("The tag \u201c16\u201d",)
