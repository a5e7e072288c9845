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
from core.shared.money import Price
from core.shared.refusals import NotEnough, NotOpen, RefusedError
from tests.bot.easel import DRAWING, STOPPED, Easel, picture, png
from tests.bot.stage import PLATFORMS, Heard, on_stage
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
        assert ann.coming is not None
        await ann.say("/sketch")
        ann.coming.stop()

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

    async def test_an_error_while_it_is_shown_harms_nothing_else(self, ann: DeskPlayer, easel: Easel) -> None:
        coming, before = ComingAnswers("desk"), asyncio.all_tasks()
        assert ann.coming is not None
        await coming.expect(ann.coming, _fail)
        easel.give(picture("30 days"))
        while not asyncio.all_tasks() <= before:  # noqa: ASYNC110 - the answer takes its turns meanwhile
            await asyncio.sleep(0)


async def _append(shown: list[Answer], answer: Answer) -> None:
    shown.append(answer)


async def _never(_answer: Answer) -> None:
    await asyncio.Event().wait()


async def _fail(_answer: Answer) -> None:
    raise OSError("a private word")
