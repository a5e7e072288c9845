"""Statements in the chat, and the files that say the same."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.model import Subject
from bot.options.times.period import EVER, Days
from bot.reading.exports.words import PERIOD
from bot.reply.parts import say
from bot.reply.words import voice
from bot.views.statements.periods import Months, months_of, usual_month, words_of_days
from bot.views.statements.query import DocumentQuery
from bot.views.statements.statement import StatementView, statement_reply
from core.ledger.flows import NOTHING, Stock
from core.statements.model import Statement
from tests.bot.stage import a_bot
from tests.bot.stages.desk import DeskStage
from tests.clock import TestClock

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Mapping

    from tests.bot.stage import Bot, Heard
    from tests.bot.stages.desk import DeskPlayer

DAYS = st.dates(date(2019, 1, 1), date(2027, 12, 31))


@pytest.fixture
async def bot() -> AsyncGenerator[Bot]:
    async with a_bot(clock=TestClock(datetime(2025, 11, 20, 9, tzinfo=UTC)), works=False) as bot:
        yield bot


@pytest.fixture
async def ann(bot: Bot) -> DeskPlayer:
    """Somebody whose books begin on 20 November with 20 free Connects, and who buys in two currencies in December."""
    ann = await DeskStage(bot).person("ann")
    await ann.say("/start")
    await ann.say("/spend 8 Logo")
    bot.clock.pass_(days=15)
    for line in ("/buy 40 for $6.00 tax=20%", "/buy 20 for 3.00 EUR tax=21%", "/spend 30 Shop", "/spend 2 boost Shop"):
        await ann.say(line)
    await ann.say("/return #2")
    bot.clock.pass_(days=10)
    return ann


def rows_of(files: Mapping[str, bytes]) -> list[dict[str, str]]:
    (content,) = files.values()
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


async def written(ann: DeskPlayer, line: str) -> Heard:
    """The answer with the file, at once or later."""
    heard = await ann.say(line)
    while not heard.files:
        heard = await ann.read_later(" ")
    return heard


class TestInTheChat:
    async def test_a_month_is_stated_with_what_was_paid(self, ann: DeskPlayer) -> None:
        shown = await ann.say("/statement december")
        assert shown.text.splitlines() == [
            "Statement: December 2025, so far",
            "At the beginning: 12 Connects",
            "Came in: 68 (60 bought, 8 came back)",
            "Went out: 32 (30 on proposals, 2 on boosts)",
            "Now: 48 Connects",
            "Paid: \u20ac3.00 and \u20ac0.63 tax",
            "Paid: $6.00 and $1.20 tax",
            "What was used up cost: $3.60, tax included",
        ]
        assert shown.buttons == ("\u25c2 November 2025", "Q4 2025", "2025", "Excel", "CSV", "More forms")

    async def test_what_expired_is_a_cost_of_its_own(self, bot: Bot, ann: DeskPlayer) -> None:
        bot.clock.pass_(days=400)
        await ann.say("/buy 10 $1.50")
        shown = await ann.say("/statement 2027")
        assert shown.text.splitlines()[1:] == [
            "At the beginning: 48 Connects",
            "Came in: 10 bought",
            "Expired: 48 Connects",
            "Now: 10 Connects",
            "Paid: $1.50",
            "What expired cost: \u20ac3.63 + $3.60, tax included",
        ]

    async def test_a_press_shows_another_month_in_its_place(self, ann: DeskPlayer) -> None:
        await ann.say("/statement december")
        shown = await ann.press("\u25c2 November 2025")
        assert shown.text.splitlines() == [
            "Statement: November 2025",
            "Came in: 20 as the welcome bonus",
            "Went out: 8 on proposals",
            "At the end: 12 Connects",
            "Your books begin on Nov 20, 2025, within this period.",
        ]
        assert shown.buttons[:3] == ("December 2025 \u25b8", "Q4 2025", "2025")
        assert (await ann.press("Q4 2025")).text.startswith("Statement: Q4 2025, so far\n")

    async def test_without_words_it_is_last_month(self, bot: Bot, ann: DeskPlayer) -> None:
        assert (await ann.say("/statement")).text.startswith("Statement: November 2025\n")
        bot.clock.pass_(days=60)
        assert (await ann.say("/statement")).text.startswith("Statement: January 2026\n")

    async def test_in_the_first_month_it_is_that_one(self, bot: Bot) -> None:
        bob = await DeskStage(bot).person("bob")
        await bob.say("/start")
        assert (await bob.say("/statement")).text.startswith("Statement: November 2025, so far\n")

    async def test_a_month_in_which_nothing_moved_says_so(self, bot: Bot, ann: DeskPlayer) -> None:
        bot.clock.pass_(days=60)
        shown = await ann.say("/statement january")
        assert shown.text.splitlines()[1:] == [
            "At the beginning: 48 Connects",
            "At the end: 48 Connects",
            "Nothing moved in this period.",
        ]

    async def test_unknown_costs_stand_apart_and_can_be_stated(self, ann: DeskPlayer) -> None:
        for line in ("/adjust +30", "/spend 60 Shoes"):
            await ann.say(line)
        shown = await ann.say("/statement december")
        assert "12 Connects that were spent have a cost that nobody has stated" in shown.text
        assert "18 Connects at the end have a cost that nobody has stated." in shown.text
        assert "What did" in (await ann.press("Say what they cost")).text

    async def test_what_expired_is_said(self, bot: Bot, ann: DeskPlayer) -> None:
        bot.clock.pass_(days=400)
        await bot.books.sweep()
        shown = await ann.say("/statement this month")
        assert shown.text.splitlines()[1:4] == [
            "At the beginning: 48 Connects",
            "Expired: 48 Connects",
            "Now: 0 Connects",
        ]

    def test_what_was_bought_at_a_price_that_nobody_has_stated_is_said(self) -> None:
        days, none = Months(2025, 12, 1).days, Stock()
        found = Statement(*days, none, none, NOTHING._replace(bought=40, unpriced=40))
        query = DocumentQuery(Subject.STATEMENT, None, "2025-12")
        view = StatementView(found, query, days, days.last, days.first, voice("en", "UTC"))
        said = say("statement-unpriced", connects=40)
        assert said in statement_reply(view).parts
        assert said not in statement_reply(view._replace(money=False)).parts

    async def test_all_forms_are_a_tap_away(self, ann: DeskPlayer) -> None:
        await ann.say("/statement december")
        shown = await ann.press("More forms")
        assert shown.buttons == (
            "CSV", "Excel", "Beancount", "hledger", "As a page", "Every entry", "Fewer forms",
        )  # fmt: skip
        assert list((await ann.press("Beancount")).files) == ["statement-2025-12.beancount"]


class TestFiles:
    async def test_the_entries_come_to_what_the_statement_says(self, ann: DeskPlayer) -> None:
        heard = await ann.say("/export december")
        assert heard.text == "December 2025: 5 entries. With the 12 Connects from before, they sum to 48."
        rows = rows_of(heard.files)
        assert sum(int(row["connects"]) for row in rows) == 48
        assert [row["kind"] for row in rows][:2] == ["brought-forward", "purchase"]
        for form in ("excel", "beancount", "hledger"):
            assert "5 entries" in (await written(ann, f"/export december {form}")).text

    async def test_every_posting_can_be_had(self, ann: DeskPlayer) -> None:
        heard = await ann.say("/export postings")
        assert heard.text.startswith("All time: ")
        assert sum(int(row["connects"]) for row in rows_of(heard.files)) == 0
        heard = await ann.say("/export excel postings")
        assert heard.text == "I write every posting as CSV only. As Excel I can give you the entries."
        assert heard.buttons == ("CSV", "Excel")

    @pytest.mark.parametrize(("line", "name"), [
        ("/export", "connects-2025-12-15.csv"),
        ("/export beancount", "connects-2025-12-15.beancount"),
        ("/export 2025-11 hledger", "connects-2025-11.journal"),
        ("/export q4", "connects-q4-2025.csv"),
        ("/export 20 nov to 5 dec", "connects-2025-11-20-to-2025-12-05.csv"),
        ("/statement november csv", "statement-2025-11.csv"),
    ])  # fmt: skip
    async def test_a_file_is_named_by_its_period(self, ann: DeskPlayer, line: str, name: str) -> None:
        assert list((await ann.say(line)).files) == [name]

    async def test_other_forms_and_periods_are_buttons(self, ann: DeskPlayer) -> None:
        heard = await ann.say("/export last month")
        assert heard.buttons == ("Excel", "This year", "All time", "Statement", "More")
        assert (await ann.press("Statement")).text.startswith("Statement: November 2025\n")

    async def test_all_files_are_a_tap_further(self, ann: DeskPlayer) -> None:
        await ann.say("/export last month")
        shown = await ann.press("More")
        assert shown.text == "November 2025: choose a file, or another period as CSV."
        assert shown.buttons == (
            "CSV", "Excel", "Beancount", "hledger", "As a page", "Every posting", "This year", "All time",
            "This month",
        )  # fmt: skip
        assert list((await ann.press("Every posting")).files) == ["postings-2025-11.csv"]

    async def test_in_january_the_year_that_ended_is_at_hand(self, bot: Bot, ann: DeskPlayer) -> None:
        bot.clock.pass_(days=30)
        assert (await ann.say("/export")).buttons == ("Excel", "Last year", "Last month", "Statement", "More")


class TestPeriods:
    @given(DAYS, DAYS)
    def test_the_words_of_days_mean_the_same_days_later(self, one: date, other: date) -> None:
        days = Days(*sorted((one, other)))
        assert PERIOD.read(words_of_days(days)).of(date(2031, 5, 17)) == days

    @given(DAYS, st.sampled_from([1, 3, 12]), st.integers(-30, 30))
    def test_months_beside_months_are_whole_and_have_words(self, day: date, length: int, step: int) -> None:
        months = Months(day.year, 1 + (day.month - 1) // length * length, length)
        assert months_of(months.days) == months
        assert months.beside(step).beside(-step) == months
        assert months.beside(1).days.first.toordinal() == months.days.last.toordinal() + 1
        assert PERIOD.read(months.words).of(date(2031, 5, 17)) == months.days
        assert months.within(12).days.first <= months.days.first <= months.days.last <= months.within(12).days.last

    def test_all_time_has_its_own_words(self) -> None:
        assert words_of_days(Days(EVER, date(2026, 1, 1))) == "all time"

    def test_the_usual_month_is_over_unless_the_books_began_in_this_one(self) -> None:
        assert usual_month(date(2026, 1, 12), date(2025, 11, 3)) == Months(2025, 12, 1).days
        assert usual_month(date(2026, 1, 12), date(2026, 1, 3)) == Months(2026, 1, 1).days
