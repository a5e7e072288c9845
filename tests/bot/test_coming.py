"""An answer that comes later, such as a picture that takes long: the same on every platform."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest

from bot.command.declaration import DoubtError
from bot.commands import by_name
from bot.dispatch.desk import Answer, Desk
from bot.dispatch.dialog import Dialog
from bot.platforms import coming_answers
from bot.platforms.coming_answers import ComingAnswers
from bot.reply.parts import Button, buttons, reply, say
from bot.reply.stages import in_stages
from core.shared.money import Price
from core.shared.refusals import NotEnough, NotOpen, RefusedError
from tests.bot.easel import CANCEL, DRAWING, STOPPED, Easel, document, picture, png
from tests.bot.stage import PLATFORMS, Heard, on_stage
from tests.bot.stages.console import ConsoleStage
from tests.bot.stages.desk import DeskPlayer, DeskStage

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from bot.command.declaration import Call
    from bot.reply.parts import Reply
    from tests.bot.stage import Bot, Player, Stage


@pytest.fixture
async def easel() -> Easel:
    return Easel()


@pytest.fixture(params=PLATFORMS)
async def stage(request: pytest.FixtureRequest, bot: Bot, easel: Easel) -> AsyncGenerator[Stage]:
    async with on_stage(request.param, easel.at(bot)) as stage:
        yield stage


@pytest.fixture
async def ann(stage: Stage) -> Player:
    ann = await stage.person("Ann")
    await ann.say("/start")
    return ann


async def test_a_picture_comes_when_it_is_drawn_and_is_changed_in_place(ann: Player, easel: Easel) -> None:
    assert await ann.say("/sketch") == Heard(DRAWING, ("Cancel",))
    assert "20 Connects are available." in (await ann.say("/balance")).text
    easel.give(picture("30 days"))
    shown = await ann.read_later("The last 30 days.")
    assert (shown.buttons, shown.files) == (("90 days", "In words"), {"30 days.png": png("30 days")})
    assert (await ann.press("90 days")).buttons == ("Cancel",)
    easel.give(picture("90 days"))
    assert (await ann.read_later("The last 90 days.")).files == {"90 days.png": png("90 days")}
    assert (await ann.press("In words")).text == "In words: 300."


async def test_it_can_be_cancelled_meanwhile(ann: Player, easel: Easel) -> None:
    await ann.say("/sketch")
    assert (await ann.press("Cancel")).text == "I have stopped."
    easel.give(reply(say("raw", text="Cancelled."), buttons(Button(say("raw", text="Draw it"), "sketch"))))
    assert (await ann.read_later("Cancelled.")).buttons == ("Draw it",)
    assert (await ann.press("Draw it")).text == DRAWING


async def test_stages_stand_in_its_place_until_it_is_there(ann: Player, easel: Easel, stage: Stage) -> None:
    """The console shows over a pipe only what comes last: there, each stage would be a line more."""
    await ann.say("/sketch")
    for percent in (40, 80):
        easel.stage(percent)
        if not isinstance(stage, ConsoleStage):
            assert await ann.read_later(f"{percent} %") == Heard(f"{percent} %", ("Cancel",))
        assert "20 Connects are available." in (await ann.say("/balance")).text
    easel.give(picture("30 days"))
    assert (await ann.read_later("The last 30 days.")).files == {"30 days.png": png("30 days")}


async def test_it_can_be_cancelled_at_any_stage(ann: Player, easel: Easel, stage: Stage) -> None:
    await ann.say("/sketch")
    for percent in (40, 80):
        easel.stage(percent)
        if not isinstance(stage, ConsoleStage):
            await ann.read_later(f"{percent} %")
        assert (await ann.press("Cancel")).text == "I have stopped."
    easel.give(reply(say("raw", text="Cancelled.")))
    assert (await ann.read_later("Cancelled.")).buttons == ()


async def test_a_file_takes_its_place(ann: Player, easel: Easel) -> None:
    await ann.say("/sketch")
    easel.stage(40)
    easel.give(document("books.csv"))
    shown = await ann.read_later("Your books.")
    assert (shown.buttons, shown.files) == (("In words",), {"books.csv": b"books.csv"})
    assert (await ann.press("In words")).text == "In words: 300."


async def test_an_error_is_said_in_its_place_with_a_number(ann: Player, easel: Easel) -> None:
    await ann.say("/sketch")
    easel.give(RuntimeError("a private word"))
    shown = await ann.read_later("Something went wrong on my side.")
    assert "give the operator this number" in shown.text
    assert "private" not in shown.text


class TestTheDesk:
    @pytest.fixture
    async def ann(self, bot: Bot, easel: Easel) -> DeskPlayer:
        return await DeskStage(easel.at(bot)).person("ann")

    async def test_a_refusal_and_a_doubt_are_explained_with_buttons_that_work(
        self, ann: DeskPlayer, easel: Easel
    ) -> None:
        await ann.say("/sketch")
        easel.give(RefusedError(NotOpen(group=False)))
        assert (await ann.read_later("wallet")).buttons
        await ann.say("/sketch")
        easel.give(DoubtError(say("raw", text="Which?"), Button(say("raw", text="This"), "sketch words")))
        await ann.read_later("Which?")
        assert (await ann.press("This")).text == "In words: 300."

    async def test_a_label_can_be_typed_unless_something_was_said_since(self, ann: DeskPlayer, easel: Easel) -> None:
        await ann.say("/sketch")
        easel.give(picture("30 days"))
        await ann.read_later("The last 30 days.")
        assert (await ann.say("in words")).text == "In words: 300."
        await ann.say("/sketch")
        await ann.say("/help")
        easel.give(picture("30 days"))
        await ann.read_later("The last 30 days.")
        assert (await ann.say("in words")).text != "In words: 300."

    async def test_what_is_stopped_says_so_and_can_be_begun_again(self, ann: DeskPlayer, easel: Easel) -> None:
        await ann.say("/sketch 90 days")
        assert ann.coming is not None
        ann.coming.stop()
        assert (await ann.read_later(STOPPED)).buttons == ("Try again",)
        assert easel.waiting.cancelled()
        assert (await ann.press("Try again")).text == DRAWING

    async def test_who_stops_waiting_ends_the_work(self, ann: DeskPlayer, easel: Easel) -> None:
        await ann.say("/sketch")
        reading = asyncio.create_task(ann.read_later("The last 30 days."))
        await asyncio.sleep(0)
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading
        assert easel.waiting.cancelled()

    async def test_a_coroutine_that_was_not_begun_leaves_nothing(self, ann: DeskPlayer, easel: Easel) -> None:
        async def draw() -> Reply:
            return picture("30 days")

        command = easel.command

        async def sketch(call: Call, what: str = "") -> Reply:
            return replace(await command.run(call, what), coming=draw())

        commands = {"sketch": replace(command, run=sketch)}
        ann.bot = replace(ann.bot, desk=Desk(ann.bot.store, ann.bot.books, commands, Dialog(ann.bot.store.notes)))
        await ann.say("/sketch")
        await ann.read_later("The last 30 days.")
        await ann.say("/sketch")
        assert ann.coming is not None
        ann.coming.stop()

    async def test_stages_have_one_key_and_what_comes_last_another(self, ann: DeskPlayer, easel: Easel) -> None:
        """So Cancel is the same button at every stage, and one that is pressed late still means what it says."""
        await ann.say("/sketch")
        presses = []
        for percent in (40, 80):
            easel.stage(percent)
            await ann.read_later(f"{percent} %")
            presses.append(ann.buttons["Cancel"])
        easel.give(reply(say("raw", text="Done."), CANCEL))
        await ann.read_later("Done.")
        assert presses[0] == presses[1] != ann.buttons["Cancel"]

    async def test_the_label_of_a_stage_can_be_typed(self, ann: DeskPlayer, easel: Easel) -> None:
        await ann.say("/sketch")
        easel.stage(40)
        await ann.read_later("40 %")
        easel.stage(80)
        await ann.read_later("80 %")
        assert (await ann.say("cancel")).text == "I have stopped."

    async def test_a_stop_ends_what_comes_after_a_stage_that_nobody_awaits(self, ann: DeskPlayer, easel: Easel) -> None:
        await ann.say("/sketch")
        easel.stage(40)
        await _turns()
        assert ann.coming is not None
        ann.coming.stop()
        await _turns()
        assert easel.waiting.cancelled()

    async def test_a_stop_ends_what_comes_after_a_stage_too(self, ann: DeskPlayer, easel: Easel) -> None:
        await ann.say("/sketch")
        first = ann.coming
        assert first is not None
        easel.stage(40)
        first.stop()
        assert (await ann.read_later(STOPPED)).buttons == ("Try again",)
        assert easel.waiting.cancelled()

    async def test_what_was_done_before_it_stays(self, ann: DeskPlayer, easel: Easel) -> None:
        """The button of a refusal books what was missing, and goes on with the picture."""
        command, refusals = easel.command, [NotEnough(60, 20, 40, 40, Price(600, 0, "USD"))]

        async def sketch(call: Call, what: str = "") -> Reply:
            if refusals:
                raise RefusedError(refusals.pop())
            return await command.run(call, what)

        commands = {**by_name(), "sketch": replace(command, run=sketch)}
        ann.bot = replace(ann.bot, desk=Desk(ann.bot.store, ann.bot.books, commands, Dialog(ann.bot.store.notes)))
        await ann.say("/start")
        await ann.say("/sketch")
        bought = (await ann.press("I bought 40")).text
        assert bought.endswith(DRAWING)
        easel.stage(40)
        assert (await ann.read_later("40 %")).text == bought.replace(DRAWING, "40 %")
        easel.give(reply(say("raw", text="Done."), buttons(Button(say("raw", text="In words"), "sketch words"))))
        later = await ann.read_later("Done.")
        assert later.text == bought.replace(DRAWING, "Done.")
        assert later.buttons == ("In words",)


class TestWhatAPlatformWaitsFor:
    """`ComingAnswers`, which all platforms have in common."""

    @pytest.fixture
    async def ann(self, bot: Bot, easel: Easel) -> DeskPlayer:
        ann = await DeskStage(easel.at(bot)).person("ann")
        await ann.say("/sketch")
        return ann

    async def test_after_the_end_an_answer_is_stopped_at_once(self, ann: DeskPlayer, easel: Easel) -> None:
        coming, shown = ComingAnswers("desk"), list[Answer]()
        await coming.finish()
        assert ann.coming is not None
        await coming.expect(ann.coming, partial(_append, shown))
        assert ann.hear(shown[0]).text == STOPPED
        assert easel.waiting.cancelled()

    async def test_what_cannot_be_shown_in_time_is_given_up(
        self, ann: DeskPlayer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(coming_answers, "LAST_EDITS", 0.0)
        coming, before = ComingAnswers("desk"), asyncio.all_tasks()
        assert ann.coming is not None
        await coming.expect(ann.coming, _never)
        await coming.finish()
        assert asyncio.all_tasks() <= before

    async def test_of_the_stages_that_come_meanwhile_only_the_newest_is_shown(
        self, ann: DeskPlayer, easel: Easel
    ) -> None:
        coming, shown, free = ComingAnswers("desk"), list[str](), asyncio.Event()

        async def show(answer: Answer) -> None:
            shown.append(ann.hear(answer).text)
            await free.wait()
            if answer.coming is not None:
                raise OSError("a stage that cannot be shown")

        assert ann.coming is not None
        await coming.expect(ann.coming, show)
        for percent in (10, 20, 30, 40):
            easel.stage(percent)
            await _turns()
        free.set()
        await _turns()
        assert shown == ["10 %", "40 %"]
        easel.give(picture("30 days"))
        await _turns()
        assert shown[2:] == ["The last 30 days."]

    async def test_what_was_overtaken_ends_at_any_stage(self, ann: DeskPlayer, easel: Easel) -> None:
        coming, shown = ComingAnswers("desk"), list[Answer]()
        assert ann.coming is not None
        await coming.expect(ann.coming, partial(_append, shown), "here")
        easel.stage(40)
        await _turns()
        coming.overtake("here")
        await _turns()
        assert (len(shown), easel.waiting.cancelled()) == (1, True)

    async def test_an_error_while_it_is_shown_harms_nothing_else(self, ann: DeskPlayer, easel: Easel) -> None:
        coming, before = ComingAnswers("desk"), asyncio.all_tasks()
        assert ann.coming is not None
        await coming.expect(ann.coming, _fail)
        easel.give(picture("30 days"))
        while not asyncio.all_tasks() <= before:  # noqa: ASYNC110 - the answer takes its turns meanwhile
            await asyncio.sleep(0)


async def _append(shown: list[Answer], answer: Answer) -> None:
    shown.append(answer)


async def _turns() -> None:
    """Let everything that can go on do so."""
    for _ in range(50):
        await asyncio.sleep(0)


async def _never(_answer: Answer) -> None:
    await asyncio.Event().wait()


async def _fail(_answer: Answer) -> None:
    raise OSError("a private word")


class TestStages:
    """`in_stages`, by which a command makes an answer that says how far it is."""

    async def test_it_says_how_far_the_work_is_until_it_is_done(self) -> None:
        work: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        percents = iter((40, 80))
        first = await in_stages(work, lambda: _stage(next(percents)), every=0)
        assert (first.parts, first.coming is None) == (_stage(40).parts, False)
        assert first.coming is not None
        second = await first.coming
        assert second.parts == _stage(80).parts
        work.set_result(reply(say("raw", text="Done.")))
        assert second.coming is not None
        assert await second.coming == reply(say("raw", text="Done."))

    @pytest.mark.parametrize("begun", [False, True])
    async def test_who_cancels_it_ends_the_work(self, *, begun: bool) -> None:
        work: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        coming = in_stages(work, lambda: _stage(40))
        if begun:
            await asyncio.sleep(0)
        coming.cancel()
        await asyncio.gather(coming, return_exceptions=True)
        await asyncio.sleep(0)
        assert work.cancelled()


def _stage(percent: int) -> Reply:
    return reply(say("raw", text=f"{percent} %"))
