"""Undoing entries, in conversations."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.bot.stages.desk import DeskPlayer


class TestWithoutANumber:
    async def test_the_latest_is_undone_but_never_the_welcome_bonus(self, ann: DeskPlayer) -> None:
        await ann.say("/spend 5 Logo")
        await ann.say("/spend 6 App")
        assert "#3 is undone" in (await ann.say("/undo")).text
        assert "#2 is undone" in (await ann.say("/undo")).text
        assert "Nothing is left to undo." in (await ann.say("/undo")).text
        assert "20 Connects are available." in (await ann.say("/balance")).text

    async def test_the_opening_stays_too(self, ann: DeskPlayer, lead: DeskPlayer) -> None:
        await ann.say("/opening 87 free")
        for player in (ann, lead):
            assert "Nothing is left to undo." in (await player.say("/undo")).text

    async def test_a_mistyped_opening_is_undone_with_its_button(self, ann: DeskPlayer) -> None:
        await ann.say("/opening 78 free")
        assert "#2 is undone" in (await ann.press("Undo")).text
        assert "you start with 87 Connects" in (await ann.say("/opening 87 free")).text

    async def test_the_same_line_delivered_twice_undoes_one_entry(self, ann: DeskPlayer) -> None:
        await ann.say("/spend 5 Logo")
        first, second = await ann.say_twice("/undo")
        assert first.text == second.text
        assert "Nothing is left to undo." in (await ann.say("/undo")).text


class TestWithANumber:
    async def test_it_is_that_of_an_entry_and_not_of_connects(self, ann: DeskPlayer) -> None:
        await ann.say("/spend 5 Logo")
        for words in ("2 connects", "2 Connects", "2c"):
            heard = await ann.say(f"/undo {words}")
            assert f'"{words}" is not the number of an entry' in heard.text
        assert "#2 is undone" in (await ann.say("#2")).text


class TestSuggestions:
    async def test_of_amounts_and_spends_forget_what_was_undone(self, ann: DeskPlayer) -> None:
        await ann.say("/spend 5 Logo")
        await ann.say("/spend 7 App")
        await ann.say("/undo 3")
        assert (await ann.say("/spend")).buttons[:4] == ("5 Connects", "8 Connects", "12 Connects", "16 Connects")
        await ann.say("/cancel")
        assert (await ann.say("/return")).buttons == ("#2 \u00b7 Proposal: Logo \u00b7 \u22125",)

    async def test_of_spends_to_return_show_what_is_left_of_them(self, ann: DeskPlayer) -> None:
        await ann.say("/spend 5 Logo")
        await ann.say("/return 2 of #2")
        assert (await ann.say("/return")).buttons == ("#2 \u00b7 Proposal: Logo \u00b7 \u22123",)
        assert "3 Connects returned from #2" in (await ann.press("#2")).text
