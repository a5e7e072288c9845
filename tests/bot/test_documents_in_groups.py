"""Documents of a group's books: without money for everybody, and with it for an admin."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.documents.model import Form
from tests.bot.stages.desk import DeskStage

if TYPE_CHECKING:
    from tests.bot.stage import Bot
    from tests.bot.stages.desk import DeskPlayer


@pytest.fixture
async def lea(bot: Bot) -> DeskPlayer:
    lea = await DeskStage(bot).member("lea", "Team", admin=True)
    for line in ("/start", "/opening 0 free", "/buy 40 for $6.00 tax=20%", "/spend 30 Logo"):
        await lea.say(line)
    return lea


async def test_a_statement_has_no_money(lea: DeskPlayer) -> None:
    heard = await lea.say("/statement this month")
    assert "Went: 30 on proposals" in heard.text
    assert "$" not in heard.text
    assert heard.buttons[-1] == "In money"


async def test_an_export_has_no_money(lea: DeskPlayer, bot: Bot) -> None:
    heard = await lea.say("/export")
    (content,) = heard.files.values()
    assert b"6.00" not in content
    assert b"USD" not in content
    assert b"Logo" in content
    assert b'"lea"' in content
    assert not bot.publisher.orders[-1].money
    assert heard.buttons[-1] == "In money"


@pytest.mark.parametrize(("form", "name"), [(Form.BEANCOUNT, "Beancount"), (Form.HLEDGER, "hledger")])
async def test_a_journal_that_needs_costs_is_refused_kindly(lea: DeskPlayer, bot: Bot, form: Form, name: str) -> None:
    heard = await lea.say(f"/export {form}")
    assert heard.text == (
        f"A journal for {name} needs what everything cost, and in a group I show that to its admins only. "
        "CSV and Excel work without it."
    )
    assert heard.buttons == ("In money", "CSV", "Excel")
    assert not bot.publisher.orders


async def test_a_report_has_no_money(lea: DeskPlayer, bot: Bot) -> None:
    await lea.say("/report this month")
    await lea.read_later("Open it in any browser")
    (order,) = bot.publisher.orders
    assert (order.money, order.title) == (False, "Team")
    assert "$" not in "".join((*order.report.sentences, *(picture.caption for picture in order.report.pictures)))
