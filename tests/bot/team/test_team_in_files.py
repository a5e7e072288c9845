"""Who spent what in the files of a group: for whoever may see it, in the words of its reader, and of one moment."""

from __future__ import annotations

import csv
import io
import pickle
from collections import Counter
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from icalendar import Calendar
from lxml import html
from openpyxl import load_workbook

from bot.documents.model import Document, Form, Subject
from bot.documents.writing import write
from core.ledger.sightings import Sighting
from core.shared.ids import WalletId
from core.wallets.people import Identity
from core.wallets.team import Role, Target
from tests.bot.stages.desk import DeskStage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from core.shared.ids import PersonId
    from core.wallets.team import TeamSettings
    from tests.bot.stage import Bot
    from tests.bot.stages.desk import DeskPlayer

TEAM = "Agency"
OTHERS = "All others"
NO_BREAK = "\N{NO-BREAK SPACE}"


@pytest.fixture
async def lea(bot: Bot) -> DeskPlayer:
    """The admin of a group in which Ivan bid twice, Mara once with a boost, and Lea on the badge."""
    lea, ivan, mara = [await player(bot, name) for name in ("Lea", "Ivan", "Mara")]
    for line in ("/start", "/opening 0 free", "/buy 200 for $24.00 tax=25%"):
        await lea.say(line)
    await ivan.say("/spend 16 Logo")
    await ivan.say("/spend 8 Banner")
    await mara.say("/spend 20 Shop boost=10")
    await lea.say("/spend 5 availability badge")
    await lea.say("/return 6 of #5")
    return lea


async def player(bot: Bot, name: str, *, group: bool = True) -> DeskPlayer:
    stage = DeskStage(bot)
    return await stage.member(name, TEAM, admin=name == "Lea") if group else await stage.person(name)


async def person(bot: Bot, name: str) -> PersonId:
    return (await bot.books.person(Identity("desk", name), name)).id


async def agree(bot: Bot, change: Callable[[TeamSettings], TeamSettings]) -> None:
    await bot.books.change_settings(WalletId(1), lambda settings: replace(settings, team=change(settings.team)))


async def handed(player: DeskPlayer, line: str) -> bytes:
    """The file that a line asks for, at once or later."""
    heard = await player.say(line)
    while not heard.files:
        heard = await player.read_later(" ")
    (content,) = heard.files.values()
    return content


def table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def sheets(content: bytes) -> dict[str, list[list[Any]]]:
    book = load_workbook(io.BytesIO(content), data_only=True)
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book}


def again(bot: Bot, subject: Subject, form: Form, **changes: Any) -> Document:
    """Another document of the same books."""
    order = bot.publisher.orders[-1]._replace(subject=subject, form=form, **changes)
    return write(order, bot.publisher.books[-1], lambda _: None)


def sums(rows: Iterable[dict[str, str]], connects: str = "spent") -> dict[str, int]:
    found: Counter[str] = Counter()
    for row in rows:
        if row["spent_by"]:
            found[row["spent_by"]] += int(row[connects] or 0)
    return dict(found)


def seen(number: int, member: str) -> tuple[int, Any]:
    """What a page says of an entry that somebody typed."""
    return number, Sighting(1, number, booked=False, day=date(2026, 1, 10), wording="", connects=-1, member=member)


WHOLE = {"Ivan": 24, "Mara": 24, "Lea": 5}


class TestTables:
    async def test_a_column_adds_up_to_what_each_spent(self, bot: Bot, lea: DeskPlayer) -> None:
        rows = table(await handed(lea, "/export"))
        assert sums(rows) == WHOLE
        order = bot.publisher.orders[-1]
        assert pickle.loads(pickle.dumps(order)) == order  # noqa: S301 - as the process that writes gets it
        by_number = {row["number"]: (row["spent_by"], row["spent"]) for row in rows}
        assert (by_number["4"], by_number["5"]) == (("Mara", "20"), ("Mara", "4"))
        assert by_number["7"] == ("Mara", "")  # what came back is taken off its spend
        assert {row["spent_by"] for row in rows if row["kind"] in {"purchase", "grant"}} == {""}
        assert -sum(int(row["connects"]) for row in rows if row["kind"] in {"spend", "return"}) == sum(WHOLE.values())

    async def test_what_comes_back_later_counts_where_it_was_spent(self, bot: Bot, lea: DeskPlayer) -> None:
        bot.clock.pass_(days=40)
        await lea.say("/return 10 of #4")
        january = table(await handed(lea, "/export january"))
        assert sums(january) == WHOLE | {"Mara": 14}
        february = table(await handed(lea, "/export february"))
        assert sums(february) == {"Mara": 0}
        assert "Mara: 14 Connects" in (await lea.say("/team january")).text

    async def test_a_period_before_anything_was_spent_is_of_nobody(self, bot: Bot, lea: DeskPlayer) -> None:
        await handed(lea, "/export")
        day = bot.clock.at.date()
        early = again(bot, Subject.ENTRIES, Form.EXCEL, days=(date(2020, 1, 1), date(2020, 2, 1)))
        assert [row[0] for row in sheets(early.content)["Team"]] == ["Member"]
        today = again(bot, Subject.ENTRIES, Form.EXCEL, days=(day, day))
        assert [row[0] for row in sheets(today.content)["Team"]] == ["Member", "Ivan", "Mara", "Lea", "Total"]

    async def test_each_posting_of_a_spend_has_its_member(self, bot: Bot, lea: DeskPlayer) -> None:
        ivan = await player(bot, "Ivan")
        await ivan.say("/spend 3 Mistake")
        await ivan.say("/undo #8")
        rows = table(await handed(lea, "/export postings"))
        assert sums([row for row in rows if row["account"].startswith("expense:")], "connects") == WHOLE
        assert {row["spent_by"] for row in rows if row["title"] == "Mistake" or row["kind"] == "undo"} == {""}
        assert {row["spent_by"] for row in rows if row["kind"] == "return"} == {"Mara"}

    async def test_a_statement_names_them_beside_its_sum(self, bot: Bot, lea: DeskPlayer) -> None:
        rows = table(await handed(lea, "/statement this month csv"))
        team = [row for row in rows if row["section"] == "team"]
        assert [(row["item"], row["connects"]) for row in team] == [("Ivan", "24"), ("Mara", "24"), ("Lea", "5")]
        moved = [int(row["connects"]) for row in rows if row["section"] not in {"team", "closing"}]
        assert sum(moved) == sum(int(row["connects"]) for row in rows if row["section"] == "closing")
        book = sheets(again(bot, Subject.STATEMENT, Form.EXCEL, money=True).content)
        assert [*book] == ["Summary", "Team"]
        assert book["Team"][0] == [
            "Member", "Spent", "On proposals", "On boosts", "On the badge", "Came back", "Cost unknown", "Net, USD",
            "Tax, USD",
        ]  # fmt: skip

    async def test_a_statement_has_other_currencies_and_unknown_costs_in_rows_of_their_own(
        self, bot: Bot, lea: DeskPlayer
    ) -> None:
        for line in ("/buy 10 for 2.00 EUR", "/adjust 4"):
            await lea.say(line)
        ivan = await player(bot, "Ivan")
        await ivan.say("/spend 161 Everything")
        await handed(lea, "/export")
        rows = table(again(bot, Subject.STATEMENT, Form.CSV, money=True).content)
        ivans = [row for row in rows if row["section"] == "team" and row["item"] == "Ivan"]
        assert sum(int(row["connects"]) for row in ivans) == 185
        assert {row["currency"] for row in ivans} >= {"USD", "EUR"}
        assert [row["connects"] for row in ivans if row["cost"] == "unknown"] == ["4"]

    async def test_a_sheet_has_all_that_the_report_says(self, bot: Bot, lea: DeskPlayer) -> None:
        ivan = await player(bot, "Ivan")
        await ivan.say("#2 replied")
        bot.clock.pass_(days=20)
        content = await handed(lea, "/export excel")
        book = sheets(content)
        assert [*book] == ["Entries", "Lots", "Proposals", "Team", "Summary"]
        heads, ivans, maras, leas, total = book["Team"]
        assert dict(zip(heads, ivans, strict=True)) == {
            "Member": "Ivan", "Spent": 24, "On proposals": 24, "On boosts": 0, "On the badge": 0, "Came back": 0,
            "Cost unknown": 0, "Bids": 2, "Too recent for an answer": 0, "Replies": 1, "Hires": 0,
            "Connects a bid": 12, "Connects a reply": 24, "Connects a hire": None,
        }  # fmt: skip
        assert (maras[1], maras[5], maras[7], leas[4]) == (24, 6, 1, 5)
        assert (total[0], total[1], total[5]) == ("Total", 53, 6)
        assert not [cell for row in book["Team"] for cell in row if "USD" in str(cell)]

    async def test_money_stands_where_the_document_has_it(self, bot: Bot, lea: DeskPlayer) -> None:
        await handed(lea, "/export")
        heads, ivans, *_ = sheets(again(bot, Subject.ENTRIES, Form.EXCEL, money=True).content)["Team"]
        shown = dict(zip(heads, ivans, strict=True))
        assert (shown["Net, USD"], shown["Tax, USD"]) == (2.88, 0.72)


class TestWhoSeesIt:
    async def test_a_member_has_their_own_figures_and_all_others_together(self, bot: Bot, lea: DeskPlayer) -> None:
        ivan = await player(bot, "Ivan")
        assert sums(table(await handed(ivan, "/export"))) == {"Ivan": 24, OTHERS: 29}
        rows = sheets(again(bot, Subject.ENTRIES, Form.EXCEL).content)["Team"]
        assert [(row[0], row[1]) for row in rows[1:]] == [("Ivan", 24), (OTHERS, 29), ("Total", 53)]
        stated = table(again(bot, Subject.STATEMENT, Form.CSV).content)
        assert [row["item"] for row in stated if row["section"] == "team"] == ["Ivan", OTHERS]
        page = again(bot, Subject.REPORT, Form.PAGE).content.decode()
        assert OTHERS in page
        members = html.fromstring(page).xpath("//table[@id='t-members']/tbody/tr/td[1]/text()")
        assert [name.strip() for name in members] == ["Ivan", OTHERS]
        assert sums(table(await handed(lea, "/export"))) == WHOLE

    async def test_who_spent_nothing_has_only_all_others(self, bot: Bot, lea: DeskPlayer) -> None:
        assert lea.admin
        olga = await player(bot, "Olga")
        assert sums(table(await handed(olga, "/export"))) == {OTHERS: 53}
        heard = await olga.say("/statement this month")
        assert "Spent by: others 53, net of the 6 that came back" in heard.text

    async def test_a_viewer_reads_all_as_long_as_they_are_one(self, bot: Bot, lea: DeskPlayer) -> None:
        ivan = await player(bot, "Ivan")
        roles = ((await person(bot, "Lea"), Role.OWNER), (await person(bot, "Ivan"), Role.VIEWER))
        await agree(bot, lambda team: replace(team, roles=roles))
        assert sums(table(await handed(ivan, "/export"))) == WHOLE
        await agree(bot, lambda team: replace(team, roles=roles[:1]))
        assert sums(table(await handed(ivan, "/export"))) == {"Ivan": 24, OTHERS: 29}
        assert lea.admin

    async def test_somebodys_own_books_have_no_team(self, bot: Bot) -> None:
        ann = await player(bot, "Ann", group=False)
        for line in ("/start", "/spend 8 Logo"):
            await ann.say(line)
        rows = table(await handed(ann, "/export"))
        assert [*rows[0]][-3:] == ["member", "by", "of"]
        assert bot.publisher.orders[-1].team is None
        assert [*sheets(again(bot, Subject.ENTRIES, Form.EXCEL).content)] == ["Entries", "Lots", "Proposals", "Summary"]
        assert [*sheets(again(bot, Subject.STATEMENT, Form.EXCEL).content)] == ["Summary"]
        assert [*table(again(bot, Subject.POSTINGS, Form.CSV).content)[0]][-1] == "member"
        assert "team" not in {row["section"] for row in table(again(bot, Subject.STATEMENT, Form.CSV).content)}
        assert b"t-members" not in again(bot, Subject.REPORT, Form.PAGE).content
        for form in (Form.BEANCOUNT, Form.HLEDGER):
            assert b"spent_by" not in again(bot, Subject.ENTRIES, form).content
        assert "Spent by" not in (await ann.say("/statement this month")).text

    async def test_a_group_in_which_nobody_has_spent_anything_has_none(self, bot: Bot) -> None:
        lea = await player(bot, "Lea")
        for line in ("/start", "/opening 0 free", "/buy 40 $6"):
            await lea.say(line)
        content = await handed(lea, "/export excel")
        assert "Team" not in sheets(content)
        assert "Spent by" not in (await lea.say("/statement this month")).text


class TestNames:
    async def test_a_name_that_was_explained_holds_for_what_was_imported_before(
        self, bot: Bot, lea: DeskPlayer
    ) -> None:
        """Somebody is read by the name they have here, even if they have never booked anything."""
        await handed(lea, "/export")
        order, books = bot.publisher.orders[-1], bot.publisher.books[-1]
        assert order.team is not None
        olga = await person(bot, "Olga")
        pages = books._replace(sightings=[seen(3, "Olga K.")])
        known = order.team._replace(people={"Olga K.": olga}, names={olga: "Olga"})
        assert sums(table(write(order, pages, lambda _: None).content)) == WHOLE
        rows = table(write(order._replace(team=known), pages, lambda _: None).content)
        assert sums(rows) == WHOLE | {"Ivan": 16, "Olga": 8}
        (row,) = (row for row in rows if row["number"] == "3")
        assert (row["member"], row["by"], row["spent_by"]) == ("Olga K.", "Ivan", "Olga")

    async def test_what_an_import_booked_and_nobody_is_named_for_is_nobodys(self, bot: Bot, lea: DeskPlayer) -> None:
        await handed(lea, "/export")
        order, books = bot.publisher.orders[-1], bot.publisher.books[-1]
        number, row = seen(2, "")
        pages = books._replace(sightings=[(number, row._replace(booked=True, member=None))])
        rows = table(write(order, pages, lambda _: None).content)
        assert sums(rows) == {"Nobody named": 16, "Ivan": 8, "Mara": 24, "Lea": 5}

    @pytest.mark.parametrize(
        ("name", "shown"),
        [
            ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
            ("\u202egnp.exe\u202c", "gnp.exe"),
            ("mara", "mara"),
            ("Nobody named", "Nobody named"),
            (OTHERS, OTHERS),
        ],
    )
    async def test_names_run_nothing_and_no_two_are_the_same(
        self, bot: Bot, lea: DeskPlayer, name: str, shown: str
    ) -> None:
        """A spreadsheet takes “mara” and “Mara” for the same."""
        await handed(lea, "/export")
        order, books = bot.publisher.orders[-1], bot.publisher.books[-1]
        assert order.team is not None
        nobody = seen(3, "")[1]._replace(booked=True, member=None)
        pages = books._replace(sightings=[seen(2, name), (3, nobody)])
        team = order.team._replace(people={name: None})
        found = sums(table(write(order._replace(team=team), pages, lambda _: None).content))
        assert sum(found.values()) == 53
        assert found[shown] == 16
        assert len({one.casefold() for one in found}) == 4

    async def test_people_without_names_stay_apart(self, bot: Bot, lea: DeskPlayer) -> None:
        await handed(lea, "/export")
        order, books = bot.publisher.orders[-1], bot.publisher.books[-1]
        rows = table(write(order, books._replace(names={}), lambda _: None).content)
        found = sums(rows)
        assert found.keys() == {"someone", "someone (2)", "someone (3)"}
        assert sorted(found.values()) == sorted(WHOLE.values())


class TestInTheChat:
    async def test_a_statement_says_who_spent_it_and_leads_to_the_report(self, lea: DeskPlayer) -> None:
        heard = await lea.say("/statement this month")
        assert "Spent by: Ivan 24, Mara 24, Lea 5, net of the 6 that came back" in heard.text
        heard = await lea.press("Who spent what")
        assert "Who spent what · This month" in heard.text
        assert "$" not in heard.text

    async def test_in_private_it_leads_to_the_report_in_money(self, bot: Bot, lea: DeskPlayer) -> None:
        owner = ((await person(bot, lea.name), Role.OWNER),)
        await agree(bot, lambda team: replace(team, roles=owner))
        alone = await player(bot, lea.name, group=False)
        heard = await alone.say('/inmoney line="statement period=2026-01" wallet=1')
        assert "Spent by: Ivan 24, Mara 24, Lea 5" in heard.text
        assert "What was used up cost: $7.95, tax included" in heard.text
        assert "Ivan: 24 Connects, 45 % ($3.60)" in (await alone.press("Who spent what")).text

    async def test_a_member_reads_of_themselves(self, bot: Bot, lea: DeskPlayer) -> None:
        assert lea.admin
        ivan = await player(bot, "Ivan")
        heard = await ivan.say("/statement this month")
        assert "Spent by: you 24, others 29, net of the 6 that came back" in heard.text
        assert "Mara" not in heard.text

    async def test_of_many_the_first_are_named(self, bot: Bot, lea: DeskPlayer) -> None:
        await (await player(bot, "Olga")).say("/spend 4 Poster")
        heard = await lea.say("/statement this month")
        assert "Spent by: Ivan 24, Mara 24, Lea 5, others 4, net of" in heard.text

    async def test_the_report_has_a_table_and_the_picture(self, bot: Bot, lea: DeskPlayer) -> None:
        await lea.say("/report this month")
        heard = await lea.read_later("Open it in any browser")
        (content,) = heard.files.values()
        page = html.fromstring(content.decode())
        rows = [
            [cell.text_content().strip().replace(NO_BREAK, " ") for cell in row]
            for row in page.xpath("//table[@id='t-members']/tbody/tr")
        ]
        assert [row[:3] for row in rows] == [
            ["Ivan", "24", "Proposal 24"],
            ["Mara", "24", "Proposal 20, Boost 4"],
            ["Lea", "5", "Availability badge 5"],
        ]
        assert page.xpath("//a[@href='#members']")
        captions = [picture.caption for picture in bot.publisher.orders[-1].report.pictures]
        assert any("Ivan spent most: 24" in caption for caption in captions)
        proposals = page.xpath("//table[@id='t-proposals']/tbody/tr")
        assert {row.xpath("td")[5].text_content().strip() for row in proposals} == {"Ivan", "Mara"}


class TestCalendar:
    async def test_targets_end_on_a_day(self, bot: Bot, lea: DeskPlayer) -> None:
        today = bot.clock.at.date()
        over = Target(3, 5, date(2026, 1, 1), date(2026, 1, 2))
        ivans = Target(2, 20, today, date(2026, 1, 20), await person(bot, "Ivan"))
        targets = Target(1, 100, today, date(2026, 1, 15)), ivans, over
        await agree(bot, lambda team: replace(team, targets=targets))

        async def titles(name: str) -> list[tuple[date, str]]:
            events = Calendar.from_ical(await handed(await player(bot, name), "/export calendar")).events
            return [(one.start, str(one.summary)) for one in events if "Target" in one.summary]

        every = [(date(2026, 1, 15), "Target: 100 bids until today")]
        ivans_too = [*every, (date(2026, 1, 20), "Target of Ivan: 20 bids until today")]
        assert await titles(lea.name) == ivans_too
        assert await titles("Ivan") == ivans_too
        assert await titles("Mara") == every
