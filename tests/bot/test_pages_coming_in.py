"""A page comes in without a command, on every platform: as text or as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bot.paging import copied
from tests.bot.stage import PLATFORMS, Bot, Stage, on_stage

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

FOUND = "3 rows from Jan 7, 2026 to Jan 9, 2026: all new."
OPENED = "I have opened your wallet"


@pytest.fixture(params=PLATFORMS)
async def stage(request: pytest.FixtureRequest, bot: Bot) -> AsyncGenerator[Stage]:
    async with on_stage(request.param, bot) as stage:
        yield stage


async def test_a_newcomer_begins_with_a_paste(stage: Stage) -> None:
    ann = await stage.person("Ann")
    heard = await ann.paste(copied(3))
    assert OPENED in heard.text
    assert FOUND in heard.text
    await ann.press("Bought at the list price")
    assert "3 entries booked; 84 Connects, as Upwork says." in (await ann.press("Book all 3")).text


async def test_a_long_paste_has_one_answer(stage: Stage) -> None:
    ann = await stage.person("Ann")
    await ann.say("/start")
    heard = await ann.paste(copied(200), shows="200 rows from Jun 24, 2025 to Jan 9, 2026: all new.")
    assert "Book all 200" in heard.buttons
    assert "Not read" not in heard.text


@pytest.mark.parametrize("name", ["history.txt", "message.txt", "page.dat", "My page.html"])
async def test_a_file_is_known_by_its_content(stage: Stage, name: str) -> None:
    ann = await stage.person("Ann")
    await ann.say("/start")
    heard = await ann.hand(name, copied(3).encode())
    assert FOUND in heard.text
    assert OPENED not in heard.text


async def test_a_page_goes_with_import_as_a_caption_too(stage: Stage) -> None:
    ann = await stage.person("Ann")
    await ann.say("/start")
    assert FOUND in (await ann.hand("history.txt", copied(3).encode(), "/import")).text


@pytest.mark.parametrize(
    ("name", "content", "instead"),
    [
        ("page.pdf", b"%PDF-1.7 ...", "I cannot read a PDF."),
        ("page.mhtml", b"MIME-Version: 1.0\nContent-Type: multipart/related", "I cannot read .mhtml files."),
        ("page.txt", b"Dear diary", "I do not see a Connects History in that."),
        ("page.htm", b"x" * 5_000_001, "That is more than 5 MB"),
    ],
)
async def test_what_is_no_page_is_answered_with_what_to_do(
    stage: Stage, name: str, content: bytes, instead: str
) -> None:
    ann = await stage.person("Ann")
    heard = await ann.hand(name, content)
    assert instead in heard.text
    assert "How to import" in heard.buttons
    assert OPENED not in heard.text


async def test_a_paste_answers_no_question(stage: Stage) -> None:
    ann = await stage.person("Ann")
    await ann.say("/start")
    assert "How many Connects" in (await ann.say("/spend")).text
    assert FOUND in (await ann.paste(copied(3))).text
    assert "#2 booked: 16 Connects" in (await ann.say("16")).text


async def test_after_a_minute_a_page_is_another_import(stage: Stage, bot: Bot) -> None:
    ann = await stage.person("Ann")
    await ann.say("/start")
    assert FOUND in (await ann.paste(copied(3))).text
    bot.clock.pass_(minutes=2)
    heard = await ann.paste(copied(2))
    assert "2 rows from Jan 8, 2026 to Jan 9, 2026: all new." in heard.text
    assert "This replaces the answer above" not in heard.text
