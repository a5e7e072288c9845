"""A picture with buttons is changed in its message, at once or later, wherever Discord can do that."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bot.easel import DRAWING, STOPPED, Easel, document, picture, png
from tests.bot.stages.discord import DiscordPlayer, DiscordStage, discord_stage, labels_of
from tests.loopback.discord import ATTACH_FILES

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from tests.bot.stage import Bot
    from tests.loopback.discord import Shown

WORDS = "The last 30 days."
DAYS_30 = {"30 days.png": png("30 days")}


@pytest.fixture
async def easel() -> Easel:
    return Easel()


@pytest.fixture
async def stage(bot: Bot, easel: Easel) -> AsyncGenerator[DiscordStage]:
    async with discord_stage(easel.at(bot)) as stage:
        yield stage
        assert not stage.server.pinging()


@pytest.fixture
async def ann(stage: DiscordStage) -> DiscordPlayer:
    return await stage.person("Ann")


@pytest.fixture
async def lead(stage: DiscordStage) -> DiscordPlayer:
    lead = await stage.member("Ann", "Team", admin=True)
    await lead.say("/start")
    return lead


def files(shown: Shown) -> dict[str, bytes]:
    return {file.name: file.data for file in shown.now().files}


async def test_a_picture_and_its_buttons_are_one_message_and_words_take_it_away(ann: DiscordPlayer) -> None:
    heard = await ann.say("/sketch now")
    assert (heard.text, heard.buttons, heard.files) == (WORDS, ("90 days", "In words"), DAYS_30)
    shown = ann.shown[-1]
    assert await ann.press("In words") == ann.heard(shown.now())
    assert (shown.now().text, files(shown)) == ("In words: 300.", {})
    await ann.press("As a picture")
    assert (shown.now().text, files(shown), len(ann.shown)) == (WORDS, DAYS_30, 1)


async def test_on_a_server_only_the_one_who_asked_sees_what_comes(lead: DiscordPlayer, easel: Easel) -> None:
    assert (await lead.say("/lots")).text == DRAWING
    shown = lead.shown[-1]
    easel.give(picture("30 days"))
    assert (await lead.read_later(WORDS)).files == DAYS_30
    assert shown.now().ephemeral
    assert (await lead.press("90 days")).text == DRAWING
    easel.give(picture("90 days"))
    await lead.read_later("The last 90 days.")
    assert files(shown) == {"90 days.png": png("90 days")}
    assert not lead.chat.unread


async def test_a_deferred_answer_is_changed_where_it_stands(bot: Bot, easel: Easel) -> None:
    async with discord_stage(easel.at(bot), patience=0.01) as stage:
        ann = await stage.person("Ann")
        easel.free.clear()
        act = await ann.person.slash(ann.chat, "lots")
        await act.acknowledgement()
        easel.free.set()
        shown = await act.answer()
        assert shown.text == DRAWING
        easel.give(picture("30 days"))
        await stage.server.until(lambda: files(shown) == DAYS_30, "the picture")


async def test_a_late_answer_below_a_message_is_changed_itself(bot: Bot, easel: Easel) -> None:
    async with discord_stage(easel.at(bot), patience=0.01) as stage:
        ann = await stage.person("Ann")
        await ann.say("/sketch new")
        above = ann.shown[-1]
        easel.free.clear()
        act = await ann.person.press(above, "Anew")
        await act.acknowledgement()
        easel.free.set()
        below = await act.answer()
        assert (below.text, below.message is above.message) == (DRAWING, False)
        easel.give(picture("30 days"))
        await stage.server.until(lambda: files(below) == DAYS_30, "the picture")
        assert above.now().labels == ["Anew"]


async def test_elsewhere_it_comes_too(stage: DiscordStage, easel: Easel) -> None:
    guest = await stage.guest("Zoe", "Other")
    assert (await guest.say("/lots")).text.endswith(DRAWING)
    easel.give(picture("30 days"))
    assert (await guest.read_later(WORDS)).files == DAYS_30


async def test_where_no_files_may_be_attached_the_words_come(
    stage: DiscordStage, lead: DiscordPlayer, easel: Easel
) -> None:
    assert lead.chat.guild is not None
    lead.chat.guild.deny_bot("general", ATTACH_FILES)
    await lead.say("/lots")
    easel.give(picture("30 days"))
    shown = await lead.read_later(WORDS)
    assert (shown.buttons, shown.files) == (("90 days", "In words"), {})
    del stage


async def test_if_its_message_was_dismissed_it_comes_below(lead: DiscordPlayer, easel: Easel) -> None:
    await lead.say("/lots")
    message, act = lead.shown[-1].message, lead.acted
    assert message is not None
    assert act is not None
    message.deleted = True
    easel.give(picture("30 days"))
    assert {file.name: file.data for file in (await act.followup()).files} == DAYS_30


class TestFiles:
    async def test_several_files_stand_in_one_message(self, lead: DiscordPlayer, easel: Easel) -> None:
        await lead.say("/lots")
        shown = lead.shown[-1]
        easel.stage(40)
        easel.give(document("one.csv", "other.csv"))
        assert (await lead.read_later("Your books.")).files == {"one.csv": b"one.csv", "other.csv": b"other.csv"}
        assert shown.now().ephemeral
        assert shown.now().labels == ["In words"]

    async def test_more_than_fit_into_one_follow_it(self, lead: DiscordPlayer, easel: Easel) -> None:
        await lead.say("/lots")
        easel.give(document(*(f"{number}.csv" for number in range(5))))
        await lead.read_later("Your books.")
        assert list(files(lead.shown[-1])) == ["0.csv", "1.csv", "2.csv"]
        assert list((await lead.read_rest()).files) == ["3.csv", "4.csv"]

    async def test_where_none_may_be_attached_that_is_said(self, lead: DiscordPlayer, easel: Easel) -> None:
        assert lead.chat.guild is not None
        lead.chat.guild.deny_bot("general", ATTACH_FILES)
        await lead.say("/lots")
        easel.give(document("books.csv"))
        shown = await lead.read_later("Your books.")
        assert (shown.buttons, shown.files) == (("In words",), {})
        assert "“books.csv” is missing" in shown.text

    async def test_a_file_is_never_taken_away(self, ann: DiscordPlayer, easel: Easel) -> None:
        await ann.say("/sketch")
        easel.give(document("books.csv"))
        await ann.read_later("Your books.")
        with_file = ann.shown[-1]
        assert (await ann.press("In words")).text == "In words: 300."
        assert files(with_file) == {"books.csv": b"books.csv"}


class TestAfterAQuarterOfAnHour:
    @pytest.mark.parametrize("line", ["/lots", "/sketch"])
    async def test_in_private_it_is_edited_all_the_same(
        self, stage: DiscordStage, ann: DiscordPlayer, easel: Easel, line: str
    ) -> None:
        await ann.say("/start")
        await ann.say(line)
        for minutes, percent in ((5, 40), (11, 80)):
            stage.bot.clock.pass_(minutes=minutes)
            easel.stage(percent)
            await ann.read_later(f"{percent} %")
        easel.give(picture("30 days"))
        assert (await ann.read_later(WORDS)).files == DAYS_30
        assert len(ann.shown) == 2
        assert len(stage.server.requests.with_status(401)) == (line == "/lots")

    async def test_on_a_server_it_comes_in_private(
        self, stage: DiscordStage, lead: DiscordPlayer, easel: Easel
    ) -> None:
        await lead.say("/lots")
        stage.bot.clock.pass_(minutes=16)
        easel.stage(40)
        await stage.server.until(lambda: stage.server.requests.with_status(401) or None, "a refusal")
        easel.give(document("books.csv"))
        shown = await (await stage.person("Ann")).read()
        assert shown.text.startswith("You asked me for this on Team.")
        assert (shown.buttons, shown.files) == ((), {"books.csv": b"books.csv"})
        assert lead.shown[-1].now().text == DRAWING


@pytest.mark.parametrize("line", ["/sketch", "/lots"])
async def test_if_its_message_was_deleted_what_comes_last_is_sent_anew(
    ann: DiscordPlayer, easel: Easel, line: str
) -> None:
    await ann.say("/start")
    await ann.say(line)
    message = ann.shown[-1].message
    assert message is not None
    message.deleted = True
    easel.stage(40)
    easel.stage(80)
    easel.give(picture("30 days"))
    assert (await ann.read_later(WORDS)).files == DAYS_30


@pytest.mark.parametrize("line", ["/sketch", "/lots"])
async def test_at_the_end_it_is_stopped_and_says_so(
    stage: DiscordStage, ann: DiscordPlayer, easel: Easel, line: str
) -> None:
    await ann.say("/start")
    await ann.say(line)
    easel.stage(40)
    await ann.read_later("40 %")
    shown = ann.shown[-1]
    await stage.restart()
    assert easel.waiting.cancelled()
    assert (shown.now().text, labels_of(shown.now())) == (STOPPED, ["Try again"])
    assert (await ann.press("Try again")).text == DRAWING
