"""What an operator writes in bold, in italics or as a link arrives so, whatever platforms the two are on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

import pytest

from bot.reply.marks import bare
from core.announcements.model import Announcement
from core.announcements.service import AnnouncementService
from core.delivery.notice import EVERYBODY
from tests.bot.promoting import look
from tests.bot.stage import CARRIERS, on_stage
from tests.bot.stages.discord import DiscordPlayer
from tests.bot.stages.telegram import TelegramPlayer
from tests.bot.telling import deliver

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from tests.bot.stage import Bot, CarryingStage, Heard

LINK = "https://example.com/a_b?c=(d)"
HTML = f'\U0001f680 <b>Free review</b> 2*3*4 [x] on <i>Friday</i>, <a href="{LINK}">details here</a> a_b_c'
MARKDOWN = f"\U0001f680 **Free review** 2\\*3\\*4 [x] on *Friday*, [details here](<{LINK}>) a_b_c"
PLAIN = "\U0001f680 Free review 2*3*4 [x] on Friday, details here a_b_c"


class Writer(Protocol):
    """An operator who writes on one platform."""

    async def say(self, line: str) -> Heard: ...

    async def press(self, label: str) -> Heard: ...

    async def say_twice(self, line: str) -> tuple[Heard, Heard]: ...


@pytest.fixture(params=CARRIERS)
async def written_on(request: pytest.FixtureRequest, bot: Bot, stage: CarryingStage) -> AsyncGenerator[CarryingStage]:
    """Every platform on which an operator may write, in turn; the one where it is read may be the same."""
    if request.param == stage.carrier.name:
        yield stage
        return
    async with on_stage(request.param, bot) as other:
        yield cast("CarryingStage", other)


async def operator(bot: Bot, stage: CarryingStage) -> Writer:
    """Somebody who may announce, and whose identity is that of this platform."""
    boss = await stage.person("Boss")
    heard = await boss.say("/whoami")
    bot.operators.add(next(word for word in heard.text.split() if word.startswith(stage.carrier.name + ":")))
    return boss


async def write(boss: Writer, line: str) -> Heard:
    """Write a line with the text in bold, italics and a link, as one does on this platform, and read the answer."""
    if isinstance(boss, TelegramPlayer):
        return await boss.say(line.replace("TEXT", HTML), html=True)
    return await boss.say(line.replace("TEXT", MARKDOWN))


def assert_drawn(reader: object, heard: Heard, after: str = "") -> None:
    """The message that was just read shows the bold words, the italic ones and the link, and the words after them."""
    if isinstance(reader, TelegramPlayer):
        (message,) = [one for one in reader.chat.sent if "Free review" in one.text][-1:]
        assert PLAIN + after in message.text
        units = message.text.encode("utf-16-le")
        shown = {
            units[one["offset"] * 2 : (one["offset"] + one["length"]) * 2].decode("utf-16-le"): one
            for one in message.entities
        }
        assert shown["Free review"]["type"] == "bold"
        assert shown["Friday"]["type"] == "italic"
        assert (shown["details here"]["type"], shown["details here"]["url"]) == ("text_link", LINK)
    elif isinstance(reader, DiscordPlayer):
        (content,) = [one.content for one in reader.shown if "Free review" in one.content][-1:]
        assert "**Free review** 2\\*3\\*4 \\[x\\] on _Friday_" in content
        assert f"[details here](<{LINK}>) a\\_b\\_c{after}" in content
    else:
        assert f"details here ({LINK})" in heard.text
        assert PLAIN.partition(", ")[0] in heard.text


async def test_an_announcement_keeps_them(bot: Bot, written_on: CarryingStage, stage: CarryingStage) -> None:
    reader = await stage.person("Zoe")
    await reader.say("/subscribe")
    boss = await operator(bot, written_on)
    await write(boss, "/announce TEXT tags=art")
    await boss.press("Send to")
    await reader.say("/whoami")  # the console shows what is for the one who sits there
    await deliver(bot, stage.carrier)
    assert_drawn(reader, await reader.read())


async def test_so_does_one_that_recurs(bot: Bot, written_on: CarryingStage, stage: CarryingStage) -> None:
    reader = await stage.person("Zoe")
    await reader.say("/subscribe")
    boss = await operator(bot, written_on)
    await write(boss, '/announce TEXT cron="daily 09:30"')
    await boss.press("Start")
    bot.clock.pass_(minutes=31)
    await look(bot)
    await reader.say("/whoami")  # the console shows what is for the one who sits there
    await deliver(bot, stage.carrier)
    assert_drawn(reader, await reader.read())
    (series,) = await bot.store.recurring.all_series(1)
    assert bare(series.text) == PLAIN
    assert "Free review" in (await boss.say("/series")).text


async def test_so_does_a_promotion(bot: Bot, written_on: CarryingStage, stage: CarryingStage) -> None:
    reader = await stage.person("Zoe")
    await reader.say("/subscribe")
    boss = await operator(bot, written_on)
    await boss.say("/promote")
    await boss.say("Summer bonus")
    await write(boss, "TEXT")
    await boss.say("20")
    await boss.say("3 days")
    await boss.press("Launch")
    await look(bot)
    await reader.say("/whoami")  # the console shows what is for the one who sits there
    await deliver(bot, stage.carrier)
    assert_drawn(reader, await reader.read())


async def test_a_text_that_was_answered_before_is_not_read_again(bot: Bot, stage: CarryingStage) -> None:
    boss = await operator(bot, stage)
    written = "2*3*4" if isinstance(boss, TelegramPlayer) else r"2\*3\*4"
    for line in ("/promote", "Summer", written, "20"):
        await boss.say(line)
    await boss.say_twice("3 days")
    (draft,) = await bot.store.promotions.newest(2)
    assert draft.terms.text == "2*3*4"


async def test_its_preview_shows_them(bot: Bot, written_on: CarryingStage) -> None:
    boss = await operator(bot, written_on)
    await boss.say("/subscribe")
    heard = await write(boss, "/announce TEXT")
    assert "This is how it will look." in heard.text
    assert_drawn(boss, heard)


async def test_a_doubt_loses_none_of_it(bot: Bot, written_on: CarryingStage) -> None:
    boss = await operator(bot, written_on)
    await boss.say("/subscribe")
    assert "tag= is not known here." in (await write(boss, "/announce TEXT tag=art")).text
    heard = await boss.press("Just text")
    assert_drawn(boss, heard, " tag=art")


async def test_a_text_can_be_changed_to_one_with_them(bot: Bot, written_on: CarryingStage) -> None:
    boss = await operator(bot, written_on)
    await boss.say('/promote Summer gives=20 ends="3 days" text=Plain')
    heard = await write(boss, "/edit 1 text TEXT")
    assert_drawn(boss, heard)
    (draft,) = await bot.store.promotions.newest(1)
    assert bare(draft.terms.text) == PLAIN


async def test_what_was_kept_before_there_were_marks_is_still_as_it_was_written(bot: Bot, stage: CarryingStage) -> None:
    reader = await stage.person("Zoe")
    await reader.say("/subscribe")
    old = Announcement("old", "**Not bold**, [no](https://example.com) <t:1:R>", EVERYBODY)
    service = AnnouncementService(bot.store, bot.clock)
    old = await service.keep(old)
    await service.send(old)
    await deliver(bot, stage.carrier)
    heard = await reader.read()
    if not isinstance(reader, DiscordPlayer):
        assert old.text in heard.text
    else:
        assert "\\*\\*Not bold\\*\\*" in reader.shown[-1].content
