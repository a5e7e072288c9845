"""The report as it is written: what stands on it, what a browser may do with it, and how large it is."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import pytest
from lxml import html

from bot.documents.model import BookData, ReportFacts, ReportPicture
from bot.documents.writing import write
from bot.documents.writing.entries import lines_of
from bot.documents.writing.page.page_voice import PageVoice
from bot.documents.writing.page.report import write_for
from bot.documents.writing.statement import statement_items
from bot.reply.words import Voice
from core.ledger.model import Kind
from core.shared.ids import PersonId
from tests.bot.documents.invented import DAYS, TITLES, a_year
from tests.bot.documents.lives import random_life
from tests.bot.pictures.sketching import SVG

if TYPE_CHECKING:
    from bot.documents.model import DocumentOrder

HOSTILE: Final = (
    "<script>alert(1)</script>",
    "</style></title><img src=x onerror=alert(1)>",
    "\"'><svg onload=alert(1)>",
    "{{ 7 * 7 }} {% raw %}",
    "\u202egnp.exe\u2066 and \u200fback",
    "#2",
    "W" * 400,
    "\U0001f469\u200d\U0001f4bb" * 30,
    "&lt;b&gt; ]]> <!-- --!>",
)
LIMIT: Final = 1_000_000


def written(order: DocumentOrder, books: BookData, locale: str = "en") -> str:
    """The page, with figures and days as a locale writes them."""
    document = write_for(PageVoice(Voice(locale, order.zone)), order, books, lambda _done: None)
    assert document.suffix == ".html"
    return document.content.decode()


def cells(page: str, name: str) -> list[list[str]]:
    """The texts of a table's rows."""
    (table,) = html.fromstring(page).xpath(f"//table[@id='t-{name}']")
    return [[cell.text_content().strip() for cell in row.xpath("td")] for row in table.xpath("tbody/tr")]


def rows(page: str, name: str) -> list[str]:
    return [" | ".join(row) for row in cells(page, name)]


def test_the_policy_lets_only_this_script_run() -> None:
    page = written(*a_year(3))
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    head, _, _ = page.partition("<style>")
    assert (
        f"<meta http-equiv=Content-Security-Policy content=\"default-src 'none'; style-src 'unsafe-inline'; "
        f"script-src 'sha256-{digest}'; img-src data:\">"
    ) in head.replace("&#39;", "'")
    assert "<meta name=referrer content=no-referrer>" in head
    assert set(re.findall(r"https?://[^/\"]*", page)) == {"https://www.upwork.com"}


def test_it_says_whose_books_they_are_and_of_which_days() -> None:
    order, books = a_year(3)
    page = html.fromstring(written(order, books))
    assert page.xpath("string(//h1)") == "Ann Example"
    assert page.xpath("string(//title)") == "Ann Example · Jan 13, 2025 \N{EN DASH} Jan 12, 2026"
    assert (
        page.xpath("normalize-space(//p[@class='made'])") == "Made on Jan 12, 2026 20:05 UTC, as the books stood then."
    )
    assert (page.xpath("string(/html/@lang)"), page.xpath("string(/html/@dir)")) == ("en", "ltr")
    own = html.fromstring(written(order._replace(title="", days=None), books))
    assert own.xpath("string(//h1)") == "What happened to your Connects"
    assert own.xpath("normalize-space(//p[@class='days'])") == "From the beginning to Jan 12, 2026"


def test_the_statement_adds_up_in_connects_and_in_money() -> None:
    page = html.fromstring(written(*a_year(6)))
    figures = {
        row.xpath("string(th)"): row.xpath("normalize-space(td)") for row in page.xpath("//table[@class='parts']//tr")
    }
    opening, came, went, expired, closing = (
        int(page.xpath(f"string(//dl/div[{place}]/dd)").replace("\N{MINUS SIGN}", "-")) for place in range(1, 6)
    )
    assert opening + came + went + expired == closing
    assert figures["Came in"] == f"+{came}"
    assert int(figures["free"]) + int(figures["paid for"]) == closing
    (money,) = page.xpath("//table[contains(@class, 'money')]")
    net, tax, together = (
        [
            float(re.sub(r"[$+]", "", text).replace("\N{MINUS SIGN}", "-"))
            for text in money.xpath(f"tbody/tr/td[{place}]/text()")
        ]
        for place in (1, 2, 3)
    )
    assert sum(net[:-1]) == pytest.approx(net[-1])
    assert [round(one + other, 2) for one, other in zip(net, tax, strict=True)] == together


def test_entries_lead_to_the_balance_and_proposals_to_their_entries() -> None:
    order, books = a_year(4)
    page = written(order, books)
    assert (
        rows(page, "proposals")[0]
        == "7 | Oct 13, 2025 | Translate twelve pages into Ukrainian | Job closed | 0 |  | 7 8"
    )
    entries = cells(page, "entries")
    assert [row[0] for row in entries] == [str(number) for number in range(len(books.entries), 0, -1)]
    assert entries[0][2:5] == ["#7", "Returned", "+16"]
    assert (entries[0][5], entries[-1][5]) == ("$2.88", "free")
    assert [int(row[6]) for row in entries[::-1]] == [entry.balance for entry in books.entries]
    assert rows(page, "lots")[-1] == "1 | Jan 13, 2025 | Opening balance | Jan 13, 2026 | 40 | 1 |  |  | free"
    assert rows(page, "months")[0].startswith("Jan 2026 | ")


def test_no_title_of_a_proposal_is_there_twice() -> None:
    page = written(*a_year(1))
    assert page.count("Logo and brand sheet for a small bakery") == 1


def test_a_period_begins_with_what_was_there_and_has_only_its_own() -> None:
    order, books = a_year(12)
    spring = written(order._replace(days=(DAYS[0].replace(month=3, day=1), DAYS[0].replace(month=5, day=31))), books)
    found = cells(spring, "entries")
    before = [entry for entry in books.entries if entry.at.month < 3 and entry.at.year == 2025]
    assert int(found[-1][6]) - int(found[-1][4].replace("\N{MINUS SIGN}", "-")) == before[-1].balance
    assert {row[1].split(" ")[0] for row in found} <= {"Mar", "Apr", "May"}
    assert [row[0] for row in cells(spring, "months")] == ["May 2025", "Apr 2025", "Mar 2025"]
    assert {row[1].split(" ")[0] for row in cells(spring, "proposals")} == {"Mar", "Apr", "May"}


def test_its_lots_are_those_of_its_days_and_add_up_to_what_was_left() -> None:
    order, books = a_year(400)
    spring = written(order._replace(days=(date(2025, 3, 1), date(2025, 5, 31))), books)
    found = cells(spring, "lots")
    assert not [row[1] for row in found if not re.match("Jan|Feb|Mar|Apr|May", row[1])]
    closing = html.fromstring(spring).xpath("string((//table[@class='parts']//tr[th='At the end'])/td)")
    assert sum(int(row[5]) for row in found) == int(closing) > 0


def test_there_are_no_months_before_the_books_began_and_it_says_when_that_was() -> None:
    order, books = a_year(3)
    early = written(order._replace(days=(date(2024, 10, 1), date(2025, 1, 31))), books)
    assert [row[0] for row in cells(early, "months")] == ["Jan 2025"]
    began = "The books begin on Jan 13, 2025, within this period."
    assert began in early
    assert began not in written(order, books)


async def test_each_month_leads_from_the_end_of_the_one_before_to_its_own() -> None:
    life = await random_life(2)
    balance = 0
    for row in reversed(cells(written(life.order, life.books), "months")):
        figures = (int(re.sub("[+,]", "", text).replace("\N{MINUS SIGN}", "-") or 0) for text in row[1:8])
        bought, earned, spent, back, expired, other, end = figures
        balance += bought + earned - spent + back - expired + other
        assert balance == end


def test_no_month_is_still_to_come() -> None:
    order, books = a_year(3)
    year = written(order._replace(days=(date(2025, 12, 1), date(2026, 12, 31))), books)
    assert [row[0] for row in cells(year, "months")] == ["Jan 2026", "Dec 2025"]
    assert written(order._replace(days=None), BookData()), "books may be empty"


def test_all_time_has_the_months_of_what_was_booked_before_the_clock_was_put_back() -> None:
    order, books = a_year(3)
    page = written(order._replace(days=None, at=books.entries[0].at), books)
    assert cells(page, "months")[0][0] == f"{books.entries[-1].at:%b %Y}"


async def test_it_says_what_the_statement_says_as_a_table() -> None:
    life = await random_life(2)
    sums: Counter[str] = Counter()
    for section, name, shares in statement_items(life.order, lines_of(life.order, life.books)):
        apart = name if name in {"expired", "adjustment"} else section.value
        sums[apart] += sum(share.connects for share in shares)
    assert sums["adjustment"]
    page = html.fromstring(written(life.order, life.books))
    shown = {tile.xpath("string(dt)"): tile.xpath("normalize-space(dd)") for tile in page.xpath("//dl/div")}
    figures = {name: int(re.sub("[+,]", "", text).replace("\N{MINUS SIGN}", "-")) for name, text in shown.items()}
    assert figures == {
        "At the beginning": sums["opening"],
        "Came in": sums["in"],
        "Went out": sums["out"],
        "Expired": sums["expired"],
        "Corrected": sums["adjustment"],
        "At the end": sums["closing"],
    }


def test_where_money_is_for_admins_there_is_none() -> None:
    order, books = a_year(8)
    page = written(order._replace(money=False), books)
    body = page.partition("<body>")[2].partition("<script>")[0]
    assert not re.search(r"[$€]|tax|paid for|cost", body, re.IGNORECASE)


def test_what_nobody_has_stated_is_apart() -> None:
    from core.shared.money import UNKNOWN

    order, books = a_year(2)
    opening = books.entries[0]
    legs = tuple(leg._replace(price=UNKNOWN) for leg in opening.postings)
    lots = (order.lots[0]._replace(price=UNKNOWN, worth=UNKNOWN), *order.lots[1:])
    page = written(
        order._replace(lots=lots), books._replace(entries=(replace(opening, postings=legs), *books.entries[1:]))
    )
    assert "cost, so these figures leave" in page
    assert rows(page, "lots")[-1].endswith(" | unknown")
    assert cells(page, "entries")[-1][5] == "unknown"


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_whatever_people_wrote_stays_text(text: str) -> None:
    order, books = a_year(1, titles=(text,))
    booked = tuple(replace(entry, by=PersonId(4)) for entry in books.entries)
    facts = ReportFacts((text,), (ReportPicture("balance", SVG.decode(), text),))
    page = written(order._replace(title=text, names={PersonId(4): text}, report=facts), books._replace(entries=booked))
    plain = re.sub("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", text)
    parsed = html.fromstring(page)
    assert parsed.xpath("string(//h1)") == plain
    assert cells(page, "proposals")[0][2] == plain
    assert cells(page, "entries")[0][-1] == plain
    assert parsed.xpath("normalize-space(//figcaption)") == " ".join(text.split())
    assert (len(parsed.xpath("//script")), len(parsed.xpath("//style"))) == (1, 1)
    assert not parsed.xpath("//img | //@onerror | //@onload")


def test_an_unsafe_job_is_no_link() -> None:
    order, books = a_year(1)
    odd = tuple(one._replace(job='javascript:alert(1)"') for one in books.proposals)
    assert not html.fromstring(written(order, books._replace(proposals=odd))).xpath("//td//a")


def test_figures_and_days_are_written_in_the_readers_way_and_sorted_by_what_they_are() -> None:
    order, books = a_year(12)
    german, arabic = (html.fromstring(written(order, books, locale)) for locale in ("de", "ar"))
    assert german.xpath("string(/html/@data-point)") == ","
    money = german.xpath("string(//table[@id='t-entries']/tbody/tr[1]/td[6])")
    assert re.fullmatch(r"\N{MINUS SIGN}?[0-9]+,[0-9]{2}\xa0\$", money.strip())
    assert PageVoice(Voice("es-PA", "UTC")).minor(123456, "PAB").key == Decimal("1234.56"), "B/.1,234.56 has two points"
    assert arabic.xpath("string(/html/@dir)") == "rtl"
    assert arabic.xpath("string(//table[@class='parts']//tr[2]/td)").strip().startswith("\u200e+")


def test_a_title_that_looks_like_the_number_of_a_proposal_is_a_title() -> None:
    order, books = a_year(2, titles=("#2",))
    page = html.fromstring(written(order, books._replace(proposals=books.proposals[:1])))
    found = page.xpath("//table[@id='t-entries']/tbody/tr/td[3]")
    assert [(cell.text_content().strip(), cell.get("class")) for cell in found[:2]] == [("#2", "o"), ("#2", None)]


def test_a_year_of_two_thousand_proposals_stays_small() -> None:
    """Even that of an agency, with long titles, money, and who booked what."""
    order, books = a_year(2000, [f"{title}, for a company that sells worldwide"[:62] for title in TITLES])
    assert len(books.entries) > 4500
    booked = tuple(replace(entry, by=PersonId(4)) for entry in books.entries)
    sent = tuple(one._replace(by=PersonId(4)) for one in books.proposals)
    order = order._replace(names={PersonId(4): "Ann Example"})
    document = write(order, books._replace(entries=booked, proposals=sent), lambda _done: None)
    assert len(document.content) < LIMIT - 50_000, "pictures have no room"
    assert document.rows == len([entry for entry in books.entries if entry.kind is not Kind.UNDO])


def test_who_reads_a_language_that_is_not_there_gets_english_throughout() -> None:
    order, books = a_year(1)
    page = html.fromstring(write(order._replace(locale="ar-EG"), books, lambda _done: None).content)
    assert (page.xpath("string(/html/@lang)"), page.xpath("string(/html/@dir)")) == ("en", "ltr")


def test_books_without_anything_say_so() -> None:
    order, _ = a_year(0)
    page = html.fromstring(written(order._replace(lots=()), BookData()))
    assert len(page.xpath("//p[@class='note']")) == 3
    assert not page.xpath("//*[@id='figures' or @id='pictures']")
