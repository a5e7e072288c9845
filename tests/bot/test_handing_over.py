"""The books are handed over: to a partner as a page, to an accountant as a statement and as files."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import pytest
from lxml import html
from openpyxl import load_workbook

from tests.bot import freelancer
from tests.bot.asking import in_money
from tests.bot.stage import CARRIERS, on_stage
from tests.bot.stages.telegram import TelegramStage
from tests.bot.telling import live_on

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from tests.bot.stage import Bot, Heard, Player, Stage

PURCHASES: Final = (
    "/buy price=$6.00 tax=20% connects=40",
    '/buy price="15.00 EUR" tax=21% connects=100',
    "/buy price=$9.00 tax=20% connects=60",
)


@pytest.fixture(params=CARRIERS)
async def stage(request: pytest.FixtureRequest, bot: Bot) -> AsyncGenerator[Stage]:
    async with on_stage(request.param, bot) as stage:
        if isinstance(stage, TelegramStage):
            live_on(bot, stage.carrier)
        yield stage


async def file_of(player: Player, heard: Heard, shows: str) -> tuple[str, bytes]:
    """The file of an answer that `shows` this, at once or later."""
    assert heard.files or "I am writing" in heard.text
    shown = heard if heard.files else await player.read_later(shows)
    assert shows in shown.text
    ((name, content),) = shown.files.items()
    return name, content


async def test_a_freelancer_sends_the_report_to_a_partner(stage: Stage, bot: Bot) -> None:
    bot.clock.at = freelancer.NOW
    ann = await stage.person("Ann")
    await ann.hand("history.txt", freelancer.history())
    await ann.press("Bought at the list price")
    await ann.press("Book all 36")
    await ann.hand("proposals.txt", freelancer.my_proposals())
    await ann.press("Update 9 proposals")

    heard = await ann.say("i need a report for my partner")
    name, page = await file_of(ann, heard, "Open it in any browser")
    assert re.fullmatch(r"report-[-0-9]+-to-2024-[-0-9]+\.html", name)
    assert page.count(b"<svg") == 4
    report = html.fromstring(page)
    assert len(report.xpath("//table[@id='t-proposals']/tbody/tr")) == len(freelancer.JOBS)
    assert len(report.xpath("//table[@id='t-entries']/tbody/tr")) >= 36
    assert report.xpath("//*[@id='figures']//li[starts-with(., 'Replies: ')]")
    heard = await ann.say("october as a spreadsheet please")
    name, book = await file_of(ann, heard, "October 2024: ")
    assert name == "connects-2024-10.xlsx"
    sheets = load_workbook(io.BytesIO(book), read_only=True)
    titles = [row[2] for row in sheets["Proposals"].iter_rows(min_row=2, values_only=True)][:-1]
    assert titles == list(freelancer.JOBS[16:26])
    assert "Statement: October 2024" in (await ann.press("Statement")).text
    assert (await ann.press("\u25c2 September 2024")).text.startswith("Statement: September 2024")


async def test_an_accountant_gets_a_year_with_its_tax_in_two_currencies(stage: Stage, bot: Bot) -> None:
    lea = await stage.member("Lea", "Studio", admin=True)
    for line in ("/start", "/opening connects=0 cost=free", *PURCHASES, "/spend connects=120 title=Shop"):
        await lea.say(line)
    bot.clock.pass_(days=365)
    heard = await lea.say("/statement period=2026")
    assert "200 bought" in heard.text
    assert "tax" not in heard.text
    shown = (await in_money(lea)).text
    assert "$15.00 and $3.00 tax" in shown
    assert "\u20ac15.00 and \u20ac3.15 tax" in shown

    heard = await lea.say("/export period=2026 form=beancount")
    assert "in a group I show that in private only" in heard.text
    _, journal = await file_of(lea, await in_money(lea), "4 entries in a journal for Beancount")
    assert b"EUR" in journal
    heard = await lea.say("/export period=2026")
    _, content = await file_of(lea, heard, "come to 80 Connects")
    assert b"EUR" not in content
    _, content = await file_of(lea, await in_money(lea), "come to 80 Connects")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert sum(int(row["connects"]) for row in rows) == 80
    assert sum(Decimal(row["tax_USD"] or 0) for row in rows) > 0
