"""Documents of a group's books: without money for everybody, and with it for an admin."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.commands import by_name
from bot.documents.model import Form, Subject
from bot.reading.lines import line_of
from bot.reading.start import IN_MONEY, MOST_STARTING, read_start, start_in_money
from bot.views.statements.query import DocumentQuery
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
    assert "Went out: 30 on proposals" in heard.text
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
        f"A journal for {name} needs what everything cost, and in a group I show that in private only. "
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


@pytest.mark.parametrize("form", [Form.CSV, Form.EXCEL, Form.BEANCOUNT, Form.HLEDGER, None])
def test_a_link_to_a_document_in_money_names_all_of_it(form: Form | None) -> None:
    for subject in Subject:
        asked = DocumentQuery(subject, form, "2026-01-05..2026-06-07").line.removesuffix(" here=on")
        start = start_in_money(10**6, asked)
        assert len(start) <= MOST_STARTING
        assert read_start(by_name()["start"], start) == line_of(IN_MONEY, {"line": asked, "wallet": str(10**6)})


def test_a_link_that_was_sent_before_still_leads_to_its_figures() -> None:
    assert read_start(by_name()["start"], "money_7_c3RhdGVtZW50") == "inmoney line=statement wallet=7"


async def test_people_report_others_to_another_bot(lea: DeskPlayer) -> None:
    assert not (await lea.overheard("/report @spammer")).text
    assert "@spammer" in (await lea.say("/report @spammer")).text
