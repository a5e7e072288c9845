"""A line that was edited offers to correct what it had booked; by itself it books nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bot.failing import Failing, bot_on
from tests.bot.stage import Heard
from tests.bot.stages.desk import SILENCE, DeskPlayer

if TYPE_CHECKING:
    from tests.bot.stage import Bot


@pytest.fixture
async def ann(bot: Bot) -> DeskPlayer:
    ann = DeskPlayer(bot, "Ann")
    await ann.say("/start")
    await ann.say("/buy 100")
    return ann


class TestOfALineThatBooked:
    async def test_it_offers_to_book_the_new_figure_instead(self, ann: DeskPlayer) -> None:
        await ann.say("/spend 16 Logo")
        offered = await ann.edit("/spend 20 Logo")
        assert offered.text == "You changed this line. I had booked 16 Connects for Logo (#3)."
        assert offered.buttons == ("Book 20 instead", "Leave it")
        assert "80" not in (await ann.say("/balance")).text  # nothing yet

    async def test_one_press_undoes_and_books(self, ann: DeskPlayer) -> None:
        await ann.say("/spend 16 Logo")
        await ann.edit("/spend 20 Logo")
        done = await ann.press("Book 20")
        assert "#3 is undone: Proposal: Logo (+16)" in done.text
        assert "#5 booked: 20 Connects · Proposal: Logo" in done.text
        assert "100 Connects" in done.text

    async def test_the_press_counts_once(self, ann: DeskPlayer) -> None:
        await ann.say("/spend 16 Logo")
        await ann.edit("/spend 20 Logo")
        first, second = await ann.press_twice("Book 20")
        assert first == second

    async def test_it_may_be_left_as_it_is(self, ann: DeskPlayer) -> None:
        await ann.say("/spend 16 Logo")
        await ann.edit("/spend 20 Logo")
        assert await ann.press("Leave it") == Heard("I left it as it was booked.")
        assert "104" in (await ann.say("/balance")).text

    @pytest.mark.parametrize("line", ["/spend 16 Logo", " /spend  16   Logo ", "/bid 16 Logo", "/spend 16 title=Logo"])
    async def test_an_edit_that_says_the_same_is_silent(self, ann: DeskPlayer, line: str) -> None:
        await ann.say("/spend 16 Logo")
        assert await ann.edit(line) == SILENCE

    async def test_it_is_known_after_a_restart_too(self, bot: Bot, ann: DeskPlayer) -> None:
        await ann.say("/spend 16 Logo")
        later = DeskPlayer(bot_on(bot.store, bot.clock), "Ann", typed=ann.typed)
        assert await later.edit("/spend 16 Logo") == SILENCE
        assert (await later.edit("/spend 17 Logo")).buttons == ("Book 17 instead", "Leave it")

    @pytest.mark.parametrize(
        ("before", "after", "buttons"),
        [
            ("/spend 16 Logo", "/spend 16 Banner", ("Instead: /spend 16 Banner", "Leave it")),
            ("/spend 16 Logo", "/buy 40", ("Instead: /buy 40", "Leave it")),
            ("/buy 60 $9", "/buy 60 $9.50", ("Instead: /buy 60 $9.50", "Leave it")),
            ("/adjust +3", "/adjust +5", ("Instead: /adjust +5", "Leave it")),
            ("/spend 16 Logo", "/balance", ("Undo", "Leave it")),
            ("/spend 16 Logo", "oh, that was wrong", ("Undo", "Leave it")),
            ("/spend 16 Logo", "/alerts low=5", ("Undo", "Leave it")),
            ("/spend 16 Logo", "/spend 20 Logo 30", ("Undo", "Leave it")),
        ],
    )
    async def test_what_is_offered(self, ann: DeskPlayer, before: str, after: str, buttons: tuple[str, ...]) -> None:
        await ann.say(before)
        assert (await ann.edit(after)).buttons == buttons

    async def test_all_that_one_line_booked_is_named_and_undone(self, ann: DeskPlayer) -> None:
        await ann.say("/spend 16 Logo\n/spend 8 Banner")
        offered = await ann.edit("/spend 16 Logo\n/spend 9 Banner")
        assert "I had booked 16 Connects for Logo (#3) and 8 Connects for Banner (#4)." in offered.text
        done = await ann.press("Instead")
        assert "#3, #4 are undone (+24)" in done.text
        assert "#7 to #8 booked: 2 bids, 25 Connects" in done.text

    async def test_an_answer_to_a_question_is_corrected_by_its_figure(self, ann: DeskPlayer) -> None:
        await ann.say("/spend Logo")
        await ann.say("16")
        assert await ann.edit("16 ") == SILENCE
        assert (await ann.edit("20")).buttons == ("Book 20 instead", "Leave it")
        assert "#5 booked: 20 Connects · Proposal: Logo" in (await ann.press("Book 20")).text

    async def test_what_was_undone_since_can_be_run_again(self, ann: DeskPlayer) -> None:
        await ann.say("/spend 16 Logo")
        line = ann.typed
        await ann.say("/undo")
        ann.typed = line
        offered = await ann.edit("/spend 20 Logo")
        assert offered.text.startswith("You changed this line. What I had booked for it (#3) is undone already.")
        assert offered.buttons == ("Run /spend 20 Logo",)

    async def test_a_line_that_was_corrected_is_corrected_again(self, ann: DeskPlayer) -> None:
        """By its own key only what was undone would be found, and both 20 and 21 would be booked."""
        await ann.say("/spend 16 Logo")
        await ann.edit("/spend 20 Logo")
        await ann.press("Book 20")
        assert await ann.edit("/spend 20  Logo") == SILENCE
        offered = await ann.edit("/spend 21 Logo")
        assert offered.text == "You changed this line. I had booked 20 Connects for Logo (#5)."
        done = await ann.press("Book 21")
        assert "#5 is undone: Proposal: Logo (+20)" in done.text
        assert "#7 booked: 21 Connects · Proposal: Logo" in done.text
        assert "99 Connects" in (await ann.say("/balance")).text

    async def test_an_edit_after_it_said_the_same_again_is_no_old_news(self, ann: DeskPlayer) -> None:
        await ann.say("/spend 16 Logo")
        for line, buttons in (("/spend 20 Logo", ("Book 20 instead", "Leave it")), ("/spend 16 Logo", ())) * 2:
            assert (await ann.edit(line)).buttons == buttons

    @pytest.mark.parametrize(
        ("line", "button", "done"),
        [
            ("/undo", "Undo", "#3 is undone: Proposal: Logo (+16)"),
            ("/undo 3", "Run /undo 3", "#3 is undone: Proposal: Logo (+16)"),
            ("/return 3", "Run /return 3", "#4 booked: 16 Connects returned from #3"),
        ],
    )
    async def test_a_line_that_corrects_it_corrects_nothing_else(
        self, ann: DeskPlayer, line: str, button: str, done: str
    ) -> None:
        """After the undo of #3, another /undo would undo the purchase before it."""
        await ann.say("/spend 16 Logo")
        assert (await ann.edit(line)).buttons == (button, "Leave it")
        answer = await ann.press(button)
        assert done in answer.text
        assert "#2" not in answer.text
        assert "120 Connects" in (await ann.say("/balance")).text

    async def test_an_undo_is_not_undone(self, ann: DeskPlayer) -> None:
        await ann.say("/spend 16 Logo")
        await ann.say("/undo 3")
        assert (await ann.edit("/undo 2")).buttons == ("Run /undo 2",)

    async def test_no_job_runs_by_an_edit(self, bot: Bot, boss: DeskPlayer) -> None:
        await boss.say("/start")
        await boss.say("/spend 4 Logo")
        name = bot.jobs.all[0].name
        assert (await boss.edit(f"/jobs {name}")).buttons == ("Undo", "Leave it")
        assert await bot.jobs.last(name) is None


class TestOfALineThatBookedNothing:
    async def test_a_command_is_run_only_if_it_is_pressed(self, ann: DeskPlayer) -> None:
        await ann.say("/spend 16O Logo")
        offered = await ann.edit("/spend 160 Logo")
        assert offered.text.startswith("You changed this line. I have not run it again")
        assert offered.buttons == ("Run /spend 160 Logo",)
        assert "120" in (await ann.say("/balance")).text
        await ann.edit("/spend 16 Logo")
        assert "16 Connects · Proposal: Logo" in (await ann.press("Run")).text

    async def test_what_is_not_certain_is_asked_about(self, ann: DeskPlayer) -> None:
        await ann.say("/spend 16 Logo last week")
        offered = await ann.edit("/spend 20 Logo last week")
        assert "I have not run it again" in offered.text
        assert "I cannot tell which day" in offered.text
        assert "20 Connects · Proposal: Logo" in (await ann.press("20 Connects · Proposal: Logo")).text

    async def test_the_same_line_again_is_silent(self, ann: DeskPlayer) -> None:
        await ann.say("/balance")
        assert await ann.edit("/balance") == SILENCE

    async def test_what_is_no_command_is_silent(self, ann: DeskPlayer) -> None:
        await ann.say("what?")
        assert await ann.edit("whatever") == SILENCE


class TestInAGroup:
    @pytest.fixture
    async def team(self, bot: Bot) -> tuple[DeskPlayer, DeskPlayer]:
        ann, bob = DeskPlayer(bot, "Ann", "Team", admin=True), DeskPlayer(bot, "Bob", "Team")
        await ann.say("/start")
        await ann.say("/opening 100 free")
        return ann, bob

    async def test_what_the_line_had_booked_is_offered(self, team: tuple[DeskPlayer, DeskPlayer]) -> None:
        _, bob = team
        await bob.say("/spend 16 Logo")
        assert (await bob.edit("/spend 20 Logo")).buttons == ("Book 20 instead", "Leave it")

    async def test_what_the_author_may_not_do_is_not_offered(self, team: tuple[DeskPlayer, DeskPlayer]) -> None:
        _, bob = team
        await bob.say("/spend 16 Logo")
        assert (await bob.edit("/adjust +5")).buttons == ("Undo", "Leave it")

    async def test_nor_is_it_offered_to_be_run(self, team: tuple[DeskPlayer, DeskPlayer]) -> None:
        _, bob = team
        await bob.say("/balance")
        assert await bob.edit("/alerts low=5") == SILENCE

    async def test_another_member_cannot_correct_it(self, team: tuple[DeskPlayer, DeskPlayer]) -> None:
        ann, bob = team
        await ann.say("/spend 16 Logo")
        await ann.edit("/spend 20 Logo")
        bob.buttons = ann.buttons
        assert "you can return and undo what you booked yourself" in (await bob.press("Book 20")).text
        assert "84" in (await ann.say("/balance")).text

    async def test_what_people_say_to_each_other_is_theirs(self, team: tuple[DeskPlayer, DeskPlayer]) -> None:
        _, bob = team
        await bob.say("hello")
        assert await bob.edit("16 Logo", direct=False) == SILENCE
        assert await bob.edit("/weather", direct=False) == SILENCE
        assert (await bob.edit("/spend 20 Logo", direct=False)).buttons == ("Run /spend 20 Logo",)


@pytest.mark.parametrize("at", range(2, 9))
async def test_in_an_outage_nothing_is_said_of_what_the_line_had_booked_but_that_it_stays(
    bot: Bot, ann: DeskPlayer, at: int
) -> None:
    """Whoever reads that nothing was booked sends the new line, and both are booked."""
    await ann.say("/spend 16 Logo")
    bot.clock.pass_(minutes=20)
    later = DeskPlayer(bot_on(Failing(bot.store, at=at).as_store(), bot.clock), "Ann", typed=ann.typed)
    said = (await later.edit("/spend 20 Logo")).text
    assert "I cannot reach my books" in said
    assert "what that line had booked stays booked" in said
    assert "Nothing was booked" not in said
    assert (await later.edit("/spend 20 Logo")).buttons == ("Book 20 instead", "Leave it")
