"""Answers in figures and pictures, as stories: a freelancer, an owner on Friday, empty books, and a long picture."""

from __future__ import annotations

from random import Random
from struct import Struct
from typing import TYPE_CHECKING, Final, cast

import pytest

from bot.main import task_runner
from bot.pictures.drawings import open_drawings
from bot.platforms import coming_answers
from core.proposals.my_proposals import Section
from tests.bot import freelancer
from tests.bot.asking import in_money, messages
from tests.bot.failing import bot_on
from tests.bot.pictures.painter import PNG
from tests.bot.stage import CARRIERS, on_stage
from tests.bot.stages.console import ConsolePlayer
from tests.bot.stages.telegram import TelegramStage
from tests.bot.telling import deliver, live_on
from tests.imports.my_proposals import Listed, copied_text

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from datetime import date, datetime

    from tests.bot.stage import Addressee, Bot, CarryingStage, Player, Stage

CHANGING: Final = ("telegram", "discord")
"""Where a message can change after it was read."""
SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
SIZE: Final = Struct(">II")
WIDE: Final = 1080
DRAWING: Final = "I am drawing the picture “Balance”. It comes here as soon as it is ready."


@pytest.fixture(params=CARRIERS)
async def stage(request: pytest.FixtureRequest, bot: Bot) -> AsyncGenerator[Stage]:
    async with on_stage(request.param, bot) as stage:
        if isinstance(stage, TelegramStage):
            live_on(bot, stage.carrier)
        yield stage


async def test_a_freelancer_asks_what_october_cost(stage: Stage, bot: Bot) -> None:
    bot.clock.at = freelancer.NOW
    ann = await stage.person("Ann")
    await ann.hand("history.txt", freelancer.history())
    await ann.press("Bought at the list price")
    assert "62 Connects, as Upwork says" in (await ann.press("Book all 36")).text
    await ann.hand("proposals.txt", freelancer.my_proposals())
    heard = await ann.press("Update 9 proposals")
    cost = "A reply cost you 65 Connects last month: 9 bids, 2 replies, without 1 that is too recent to count."
    assert cost in heard.text

    heard = await ann.say("what did October cost")
    assert all(figure in heard.text for figure in ("142 Connects were spent", "at a cost of $21.30", "46"))
    assert list(heard.files.values()) == [PNG]
    seen = messages(ann)
    heard = await ann.press("90 days")
    assert all(figure in heard.text for figure in ("378 Connects were spent", "at a cost of $56.70", "50"))
    assert "90 days" not in heard.buttons
    heard = await ann.press("How far they got")
    assert "Replies: 6 of 25 (24\u00a0%), likely between 11 and 43\u00a0%. Hires: 1." in heard.text
    assert "A reply cost 57 Connects ($8.55)." in heard.text
    assert list(heard.files.values()) == [PNG]
    assert messages(ann) == seen, "the picture has changed in its message"

    heard = await ann.say("when do I run out")
    assert "your 62 Connects will be gone around Nov 28, 2024." in heard.text
    assert "150 by Nov 28, 2024, to last until Dec 26, 2024: about $22.50" in heard.text
    assert "62 Connects are available" in (await ann.press("As a picture")).text


class Studio:
    """A group of an admin and two members, who bid in turn every day of three weeks."""

    def __init__(self, bot: Bot, lea: Addressee, members: tuple[Player, ...]) -> None:
        self.bot, self.lea, self.members = bot, lea, members
        self.bids: list[date] = []

    @classmethod
    async def opened(cls, bot: Bot, stage: CarryingStage) -> Studio:
        lea = await stage.member("Lea", "Studio", admin=True)
        studio = cls(bot, lea, tuple([await stage.member(name, "Studio") for name in ("Ivo", "Mara")]))
        for line in ("/start", "/opening 60 free", "/buy 600 $90"):
            await lea.say(line)
        return studio

    async def bid(self) -> None:
        for number in range(18):
            at_ivo = number % 2 == 0
            await self.members[number % 2].say(f'/spend {12 if at_ivo else 16} title="Shop {number}"')
            self.bids.append(self.bot.clock.now().date())
            self.bot.clock.pass_(days=1)

    def page(self, at: datetime) -> bytes:
        """My proposals as of a moment: four have an answer."""
        listed = [
            Listed(Section.ACTIVE if number in {1, 4, 6, 11} else Section.SUBMITTED, day, (at.date() - day).days,
                   f"Shop {number}", "General Profile", None, viewed=False, status="", proposal="")
            for number, day in enumerate(self.bids)
        ]  # fmt: skip
        return copied_text(listed[::-1], Random(1)).encode()  # noqa: S311 - the same text each time is wanted


async def test_an_owner_looks_at_the_week_on_friday(stage: Stage, bot: Bot) -> None:
    """The digest of Monday says what is worth doing; with that done, the figures are there on Friday."""
    carrying = cast("CarryingStage", stage)
    bot.clock.at = bot.clock.at.replace(day=12)
    studio = await Studio.opened(bot, carrying)
    lea, mara = studio.lea, studio.members[1]
    await studio.bid()
    assert "408 Connects are available" in (await lea.say("/balance")).text
    bot.clock.at = monday = bot.clock.at.replace(month=2, day=2)
    await task_runner(bot.store, bot.books, bot.live_platforms).run_due()
    await deliver(bot, carrying.carrier)
    heard = await lea.read_later("Worth doing next")
    assert (
        "Worth doing next: import “My proposals”, because nobody has told me what became of 7 proposals." in heard.text
    )
    assert "My proposals (what became of each)" in (await lea.press("Import My proposals")).text
    await lea.hand("proposals.txt", studio.page(monday), "/import")
    assert "4 proposals are updated." in (await lea.press("Update 4 proposals")).text

    bot.clock.pass_(days=4)
    assert "What others have spent is for owners, managers and viewers" in (await mara.say("/stats by=member")).text
    heard = await mara.say("/stats")
    assert "42 Connects" in heard.text
    assert "$" not in heard.text
    if not isinstance(mara, ConsolePlayer):  # there, all sit at one terminal
        assert "Only admins of this group see its figures in money." in (await mara.press("In money")).text
    heard = await lea.say("/stats by=member")
    assert "2 of 6 (33\u00a0%), likely between 10 and 70\u00a0%" in heard.text
    assert "48 Connects a reply" in heard.text
    assert "48 Connects ($" in (await in_money(lea)).text
    for player in (lea, mara):
        assert "What clients paid is private. Please ask me in a private chat." in (await player.say("/clients")).text


async def test_empty_books_show_how_to_fill_them(stage: Stage) -> None:
    ann = await stage.person("Ann")
    assert "Open my wallet" in (await ann.say("/stats")).buttons
    await ann.press("Open my wallet")
    for line, why in (
        ("/stats", "There are no proposals in your books yet"),
        ("/forecast", "I cannot say yet how long they will last: that takes a week of entries."),
        ("/chart funnel", "Choose another time, import My proposals from Upwork, or book a bid."),
    ):
        heard = await ann.say(line)
        assert why in heard.text
        assert "Import from Upwork" in heard.buttons
        assert "Open your Connects History on Upwork" in (await ann.press("Import from Upwork")).text
    heard = await ann.say("/chart spend")
    assert "Nothing was spent" in heard.text
    assert "How many Connects?" in (await ann.press("Book a bid")).text
    assert "20 Connects are available" in (await ann.say("/chart balance")).text
    assert "I do so only if you want me to" in (await ann.say("/clients")).text
    assert "Client payments" in (await ann.press("Keep client payments")).text
    assert "Choose a subject" in (await ann.say("/menu")).text
    await ann.press("Figures, pictures")
    assert "There are no proposals in your books yet" in (await ann.press("Statistics")).text


async def somebody_for_years(stage: Stage, bot: Bot) -> Player:
    """Ann, whose wallet is three years old."""
    bot.clock.pass_(days=-3 * 365)
    ann = await stage.person("Ann")
    await ann.say("/start")
    bot.clock.pass_(days=3 * 365)
    return ann


async def test_nobody_waits_for_a_long_drawing(stage: Stage, bot: Bot) -> None:
    ann = await somebody_for_years(stage, bot)
    bot.studio.hold()
    shown = await ann.say("/chart balance all")
    assert (shown.text, shown.buttons) == (DRAWING, ("Cancel",))
    assert (await ann.press("Cancel")).text.startswith("I have stopped drawing.")
    assert (await ann.press("Draw it")).text == DRAWING
    assert "No Connects are available." in (await ann.say("/balance")).text
    bot.studio.release()
    assert (await ann.read_later("20 fewer than on")).files == {"balance.png": PNG}
    shown = await ann.press("90 days")
    assert list(shown.files.values()) == [PNG]
    assert "90 days" not in shown.buttons


@pytest.mark.parametrize("platform", CHANGING)
async def test_after_a_crash_cancel_says_that_nothing_is_drawn(
    platform: str, bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(coming_answers, "LAST_EDITS", 0.0)  # the message stays as it is
    async with on_stage(platform, bot) as stage:
        ann = await somebody_for_years(stage, bot)
        bot.studio.hold()
        await ann.say("/chart balance all")
        bot.desk = bot_on(bot.store, bot.clock).desk
        await stage.restart()
        assert (await ann.press("Cancel")).text == "Nothing is being drawn now."
        assert (await ann.press("Draw it")).files == {"balance.png": PNG}


async def test_what_the_process_draws_reaches_the_chat(bot: Bot) -> None:
    async with open_drawings() as drawings:
        drawings.grace = 0
        bot.desk = bot_on(bot.store, bot.clock, drawings).desk
        async with on_stage("telegram", bot) as stage:
            ann = await somebody_for_years(stage, bot)
            assert (await ann.say("/chart balance all")).text == DRAWING
            picture = (await ann.read_later("20 fewer than on")).files["balance.png"]
    width, height = SIZE.unpack_from(picture, len(SIGNATURE) + 8)
    assert (picture[: len(SIGNATURE)], width) == (SIGNATURE, WIDE)
    assert height > WIDE // 2
