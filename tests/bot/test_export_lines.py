"""Which document a line asks for: period and form in any order and wording, and nothing of it dropped."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.command.declaration import DoubtError
from bot.commands import by_name
from bot.reading.exports.lines import export_line
from bot.reading.exports.words import PERIOD
from bot.reading.parser import words_of

if TYPE_CHECKING:
    from bot.reply.parts import Button
    from tests.bot.stages.desk import DeskPlayer

READ: Final = """
export: /export / /export please / /export my books / /export the whole journal
export period=november: /export november / /export November. / /export my november entries / /export all november
export period=2026-11 form=excel: /export 2026-11 excel / /export excel 2026-11 / /export 11/2026 as xlsx
export form=excel: /export to excel / /export as a spreadsheet / /export in google sheets
export period="last quarter" form=beancount: /export last quarter as beancount / /export beancount last quarter
export period=q3: /export q3 for my accountant / /export q3 for my tax guy / /export third quarter
export period="q3 2025": /export q3/2025 / /export 2025-q3 / /export third quarter of 2025
export period="all time": /export everything / /export all / /export all of it
export period="all time" form=csv: /export all csv
export period=2025: /export 2025 / /export for my tax return 2025 / /export calendar year 2025
export period=2025 postings=on: /export 2025 postings / /export 2025 by posting / /export 2025 raw data
export period="since march": /export since march
export period="jan to mar": /export jan to mar
export period="2024 to 2025": /export 2024-2025
export period="1 to 15 november" form=csv: /export from 1 to 15 november as csv
export period="this year": /export ytd / /export this year so far
export period="last 30 days" form=hledger: /export the last 30 days as ledger
export form=csv: /export my ledger as csv
export form=hledger: /export ledger
export form=calendar: /export calendar / /export ics / /export cal / /export calendar for next month
export period=nov form=excel: /export nov xls / /export nov form=excel
export period="1 november to 30 november": /export from 1.11. to 30.11. / /export 1/11 to 30/11 / /export 11/1 - 11/30
export period="1 november 2026 to 30 november 2026": /export 1.11.2026-30.11.2026 / /export 11/1/2026 to 11/30/2026
export period="15 december 2025 to 15 january 2026": /export 15.12.2025 to 15.1.2026
export period="2026-11-01 to 2026-11-30": /export 20261101-20261130 / /export 2026-11-01 - 2026-11-30
export period="oct to nov": /export oct-nov / /export oct/nov
export period="nov 1 to nov 30": /export from nov 1 through nov 30
export period=2026-11: /export 11-2026 / /export 202611 / /export 2026 11
export period="november 2026": /export 2026 november
export period="q4 2026": /export 4Q26 / /export q4'26
export period="jan 2026 to jun 2026": /export H1 2026 / /export first half of 2026
export period="this year": /export this tax year / /export this fiscal year
export period=2026: /export FY2026 / /export fiscal year 2026
export period="since november": /export november onwards / /export from november on
export period="last month to this month": /export this and last month
export period="all time": /export since I started / /export from day one / /export from the start until now
export form=excel: /export *.xlsx / /export Excel-Datei
export period=november: /export "november" / /export only november / /export the month of november
export period=november: /export vat november / /export november's
export period=november form=excel: /export november/excel / /export excel:november / /export november (excel)
export period="november and december": /export november & december
export period="14 days": /export last fortnight
help export: /export help / /export help?
report period=november: /export page for november / /export november html / /statement november as a web page
report period="last year": /report last year / /export report last year
report: /report / /report html
statement: /statement / /export statement
statement period=2026-11: /statement 2026-11 / /statement for 2026-11 please
statement period="all time": /statement everything
statement period=november form=excel: /export statement for november as excel / /statement excel november
"""
ASKED: Final = """
/export excell: export form=excel, export
/export beancout novmber: export period=november form=beancount, export
/export november purple excel: export period=november form=excel
/export for Ann: export, export form=excel
/export json: export form=csv, export form=excel
/report quickbooks november: export period=november form=csv, export period=november form=excel
/export csv of proposals only: export form=excel, export form=csv
/export send it to bob@example.com: export
/report november to my email: report period=november
/export invoices november: statement period=november, statement period=november form=excel
/export 2024-13: export period=2024, export, export form=excel
/export 1/11: export period="1 November", export period="11 January", export, export form=excel
/export 90: export period="90 days", export, export form=excel
/export by month: export period=month, export period=month form=excel
/export until october: export period=october, export period=october form=excel
/export to october: export period=october, export period=october form=excel
/export up to october: export period=october, export period=october form=excel
/export every format: export form=csv, export form=excel, export form=beancount, export form=hledger
/export and statement for november: export period=november, statement period=november
/statement and report november: statement period=november, report period=november
/export stop: export
/export excel form=csv: export form=excel, export form=csv
/report november period=dec: report period="november to dec", report period=dec, report period=november
/export purple form=csv: export form=csv
/report purple csv november: export period=november form=csv
/statement purple postings: export postings=on
/statement purple page: report
/report purple calendar: export form=calendar
/export november (pdf) purple: export period=november, export period=november form=excel
/export nov dec: export period="nov to dec", export period=dec, export period=nov, export period=nov form=excel
/export csv and excel november: export period=november form=csv, export period=november form=excel
/export next month: export form=calendar, export
/export calendar november: export form=calendar, export period=november
/export november pdf: report period=november, statement period=november
/statement november pdf: report period=november, statement period=november
/report pdf 2025: report period=2025, statement period=2025
/report excel 2025: export period=2025 form=excel, statement period=2025 form=excel, report period=2025
/statement november postings: export period=november postings=on, statement period=november
/export november pdf purple: export period=november, export period=november form=excel
/export november purple form=csv: export period=november form=csv
"""
FORMS: Final = {"excel": "excel", "xls": "excel", "csv": "csv", "beancount": "beancount", "hledger": "hledger"}
PERIODS: Final = ("november", "2026-11", "last quarter", "q3", "2025", "since march", "jan to mar", "last 30 days")
SMALL: Final = ("", "my", "as", "for my accountant", "please send me", "the books", "in")
TODAY: Final = date(2026, 11, 30)


def read(line: str) -> str:
    name, _, rest = line.removeprefix("/").partition(" ")
    return export_line(by_name()[name], rest)


def read_or_asked(line: str) -> tuple[str, tuple[Button, ...]]:
    """What a line means, or the readings that are offered."""
    try:
        return read(line), ()
    except DoubtError as doubt:
        return "", doubt.readings


@pytest.mark.parametrize("row", READ.strip().splitlines())
def test_period_and_form_are_understood(row: str) -> None:
    line, _, typed = row.partition(": ")
    lines = typed.split(" / ")
    assert {one: read(one) for one in lines} == dict.fromkeys(lines, line)


@pytest.mark.parametrize("row", ASKED.strip().splitlines())
def test_what_is_not_understood_is_asked_about(row: str) -> None:
    typed, _, lines = row.partition(": ")
    with pytest.raises(DoubtError) as doubt:
        read(typed)
    assert [button.line for button in doubt.value.readings] == lines.split(", ")


@settings(max_examples=30)
@given(
    st.sampled_from([*FORMS]),
    st.sampled_from(PERIODS),
    st.permutations(["form", "period", "small", "other"]),
    st.sampled_from(SMALL),
)
def test_the_order_and_small_words_make_no_difference(form: str, period: str, order: list[str], small: str) -> None:
    words = {"form": form, "period": period, "small": small, "other": "my entries"}
    line = read(f"/export {' '.join(words[name] for name in order)}")
    found = words_of(by_name()["export"], line.removeprefix("export "))
    assert found["form"] == FORMS[form]
    assert PERIOD.read(found["period"]).of(TODAY) == PERIOD.read(period).of(TODAY)


@settings(max_examples=30)
@given(
    st.lists(
        st.sampled_from(["november", "excel", "pdf", "purple", "q3", "all", "raw", "page", "2025", "as", "dec", "7"]),
        max_size=5,
    )
)
def test_no_word_is_dropped(words: list[str]) -> None:
    """What is understood has every word in its line; anything else is asked about, and each reading is understood."""
    line, readings = read_or_asked(f"/export {' '.join(words)}")
    assert all(read(reading.line) for reading in readings)
    if readings:
        return
    meant = {"raw": "postings", "page": "report", "november": "nov", "as": "", "all": ""}
    assert "purple" not in words
    assert "pdf" not in words
    assert all(meant.get(word, word) in line for word in words)


async def test_a_document_is_no_answer_to_a_question(ann: DeskPlayer) -> None:
    await ann.say("/start")
    await ann.say("/spend 16 Report design")
    await ann.say("/return")
    assert (await ann.say("export january")).text.startswith("January 2026: ")
    await ann.say("/outcome")
    assert "There is no proposal" in (await ann.say("report purple")).text


async def test_a_question_is_one_press(ann: DeskPlayer) -> None:
    heard = await ann.say("/export excell")
    assert heard.text == "I do not understand \u201cexcell\u201d there. Which of these do you mean?"
    assert heard.buttons == ("/export excel", "/export")
    heard = await ann.say("statement november pdf")
    assert heard.text.startswith("I write no PDF files, but you can print the page from any browser")
    assert heard.buttons == ("As a page", "Statement")


class TestDays:
    async def test_a_period_to_come_is_answered(self, ann: DeskPlayer) -> None:
        heard = await ann.say("/export 2027")
        assert heard.text == "2027 is still to come, so nothing is booked there yet."
        assert heard.buttons == ("This year", "Calendar of what is to come")

    async def test_so_is_one_before_the_books(self, ann: DeskPlayer) -> None:
        heard = await ann.say("/export 2024")
        assert heard.text.startswith("Your books begin on Jan 10, 2026, so there is nothing in this period: 2024.")
        assert heard.buttons == ("January 2026", "All time", "Import from Upwork")
        assert list((await ann.press("January 2026")).files) == ["connects-2026-01.csv"]
