"""The report in a real browser: sorting, searching, printing, a phone, the keyboard alone, and what axe says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from axe_playwright_python.sync_playwright import Axe

from bot.documents.model import BookData, DocumentOrder, Form, ReportFacts, ReportPicture, Subject
from bot.documents.writing import write
from bot.documents.writing.page.page_voice import PageVoice
from bot.documents.writing.page.report import write_for
from bot.reply.words import Voice
from core.forgetting.disclosure import Part
from core.shared.ids import WalletId
from tests.bot.documents.browsing import PHONE, browsing, opened
from tests.bot.documents.invented import a_year
from tests.bot.documents.report_facts import facts
from tests.bot.documents.scribe import AT
from tests.bot.documents.test_page import HOSTILE
from tests.bot.pictures.sketching import SVG

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.bot.documents.browsing import Seen

pytestmark = pytest.mark.xdist_group("chromium")
PROPOSALS: Final = 54
APART: Final = """
[...document.querySelectorAll("svg")].flatMap((svg) => {
  const texts = [...svg.querySelectorAll("text")].map((text) => [text.textContent, text.getBoundingClientRect()]);
  const high = svg.getBoundingClientRect().width / 1080 * 14;
  return texts.flatMap(([one, here], place) => texts.slice(place + 1)
    .filter(([, there]) => here.left + 1 < there.right && there.left + 1 < here.right
      && Math.min(here.bottom, there.bottom) - Math.max(here.top, there.top) > high)
    .map(([other]) => `${one} / ${other}`));
})"""
"""Texts of a picture that lie on each other."""


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with browsing(chromium) as browser:
        yield browser


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pages")


@pytest.fixture(scope="module")
def report(folder: Path) -> Path:
    order, books = a_year(PROPOSALS)
    return kept(folder / "report.html", write(order._replace(report=facts()), books, _nobody).content)


@pytest.fixture(scope="module")
def short(browser: Browser, folder: Path) -> Seen:
    order, books = a_year(7)
    return opened(browser, kept(folder / "short.html", write(order._replace(report=facts()), books, _nobody).content))


@pytest.fixture(scope="module")
def hostile(folder: Path) -> Path:
    order, books = a_year(len(HOSTILE), titles=HOSTILE)
    beside = ReportFacts(HOSTILE, tuple(ReportPicture(text, SVG.decode(), text) for text in HOSTILE))
    order, arabic = order._replace(title=" ".join(HOSTILE), report=beside), PageVoice(Voice("ar", "UTC"))
    books = books._replace(proposals=[one for one in books.proposals if one.title != "#2"])
    return kept(folder / "hostile.html", write_for(arabic, order, books, _nobody).content)


@pytest.fixture(scope="module")
def laptop(browser: Browser, report: Path) -> Seen:
    return opened(browser, report)


def test_everybodys_own_data_fit_a_phone(browser: Browser, folder: Path) -> None:
    """Each row is a card there, with the names of the columns in it, and no word is broken."""
    entry = {"number": 12, "happened": "2026-01-11T23:30:00Z", "kind": "spend", "title": "Long title " * 9}
    order = DocumentOrder(Subject.PERSON, Form.PAGE, WalletId(1), None, AT, 1, "en", "UTC", "USD", title="Ann")
    books = BookData(disclosed=(Part("entries", [{**entry, "connects": -16, "balance": 1004}] * 3),))
    seen = opened(browser, kept(folder / "person.html", write(order, books, _nobody).content), PHONE)
    assert seen.page.evaluate("document.documentElement.scrollWidth") == PHONE[0]
    name = "getComputedStyle(document.querySelector('#entries td:nth-child(4)'), '::before').content"
    assert seen.page.evaluate(name) == '"Title"'
    assert not seen.complaints()


def _nobody(_done: float) -> None:
    pass


def kept(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def column(page: Page, table: str, place: int) -> list[str]:
    """What a column shows, from top to bottom."""
    cells = page.locator(f"#t-{table} > tbody > tr:not(.x):not(.detail) > td:nth-child({place})")
    return [text.strip() for text in cells.all_inner_texts()]


def shown(page: Page, table: str) -> int:
    return page.locator(f"#t-{table} > tbody > tr:not(.x):not(.detail)").count()


def faults(page: Page) -> list[str]:
    """What axe finds."""
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in Axe().run(page).response["violations"]]


def ground(page: Page) -> str:
    """The colour below a picture."""
    return str(page.evaluate("getComputedStyle(document.querySelector('figure path')).fill"))


def too_wide(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


def test_a_press_on_a_column_sorts_by_what_it_means(laptop: Seen) -> None:
    page = laptop.page
    head = page.locator("#t-months th")
    assert column(page, "months", 1)[:2] == ["Jan 2026", "Dec 2025"]
    head.nth(0).get_by_role("button").click()
    assert head.nth(0).get_attribute("aria-sort") == "ascending"
    assert column(page, "months", 1)[:2] == ["Jan 2025", "Feb 2025"]
    head.nth(3).get_by_role("button").click()
    spent = [int(text) for text in column(page, "months", 4)]
    assert spent == sorted(spent)
    head.nth(3).get_by_role("button").click()
    assert [int(text) for text in column(page, "months", 4)] == sorted(spent, reverse=True)
    assert head.nth(0).get_attribute("aria-sort") is None
    page.locator("#t-lots th").nth(2).get_by_role("button").click()
    assert column(page, "lots", 3) == sorted(column(page, "lots", 3))
    for _ in ("rising", "falling"):
        page.locator("#t-lots th").nth(6).get_by_role("button").click()
        assert column(page, "lots", 7)[-1] == "", "what has no price comes last"


def test_the_entries_of_a_proposal_stay_below_it(laptop: Seen) -> None:
    page = laptop.page
    opener = page.locator("#t-proposals .open").nth(1)
    opener.click()
    page.locator("#t-proposals > thead th").nth(2).get_by_role("button").click()
    below = page.locator("#t-proposals > tbody > .detail")
    assert below.evaluate("row => row.previousElementSibling.querySelector('[aria-expanded=true]') !== null")
    page.locator("#t-proposals [aria-expanded=true].open").click()
    assert below.count() == 0


def test_a_search_finds_rows_and_says_how_many(laptop: Seen) -> None:
    page = laptop.page
    assert shown(page, "proposals") == 50
    page.get_by_role("button", name="Show all 54").click()
    assert shown(page, "proposals") == 54
    field = page.get_by_label("Search the proposals")
    field.fill("UKRAINIAN translâte")
    status = page.locator("#proposals [role=status]")
    assert set(column(page, "proposals", 3)) == {"Translate twelve pages into Ukrainian"}
    assert status.inner_text() == f"{shown(page, 'proposals')} of 54 found"
    field.fill("nothing like it")
    assert (shown(page, "proposals"), status.inner_text()) == (0, "0 of 54 found")
    field.fill("")
    assert (shown(page, "proposals"), status.inner_text()) == (54, "")
    page.get_by_label("Search the entries").fill("ukrainian")
    assert set(column(page, "entries", 4)) == {"Proposal", "Boost", "Returned"}
    page.get_by_label("Search the entries").fill("")


def tab_to(page: Page, wanted: str) -> None:
    """Go on from one thing to the next until the wanted one has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
    raise AssertionError(wanted)


def test_the_keyboard_alone_sorts_searches_and_opens_a_proposal(short: Seen) -> None:
    page = short.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    assert page.evaluate("getComputedStyle(document.activeElement).outline").endswith("solid 3px")
    page.keyboard.press("Enter")
    tab_to(page, "#months input")
    page.keyboard.type("jun")
    assert column(page, "months", 1) == ["Jun 2025"]
    tab_to(page, "#t-months th:nth-child(1) button")
    page.keyboard.press("Enter")
    assert page.locator("#t-months th").first.get_attribute("aria-sort") == "ascending"
    tab_to(page, "#t-proposals .open")
    page.keyboard.press("Enter")
    opener = page.locator("#t-proposals .open").first
    assert opener.get_attribute("aria-expanded") == "true"
    assert (opener.get_attribute("aria-label") or "").endswith(" \N{EN DASH} Entries of proposal #14")
    inside = page.locator("#t-proposals .detail table tbody tr")
    assert inside.count() == int(opener.inner_text())
    assert inside.first.locator("td").nth(3).inner_text() == "Proposal"
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.tagName") == "A"
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert (opener.get_attribute("aria-expanded"), inside.count()) == ("false", 0)


def test_axe_finds_nothing_on_a_laptop_or_in_the_dark_on_a_phone(short: Seen) -> None:
    page = short.page
    page.locator("#t-proposals .open").first.click()
    assert ground(page) == "rgb(255, 255, 255)"
    assert faults(page) == []
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    page.emulate_media(color_scheme="dark")
    assert ground(page) == "rgb(23, 25, 30)"
    assert faults(page) == []
    assert short.complaints() == []


def test_it_prints_all_rows_and_no_controls(laptop: Seen) -> None:
    page = laptop.page
    page.get_by_label("Search the proposals").fill("bakery")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.locator("#t-proposals > tbody > tr:visible").count() == PROPOSALS
    assert page.locator("input:visible, .more:visible, nav:visible").count() == 0
    assert page.evaluate("getComputedStyle(document.body.parentNode).backgroundColor") == "rgb(255, 255, 255)"
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF-")
    page.emulate_media(media="screen", color_scheme="light")
    page.get_by_label("Search the proposals").fill("")


def test_what_is_hostile_is_text_on_a_narrow_phone_too(browser: Browser, hostile: Path) -> None:
    seen = opened(browser, hostile, PHONE)
    page = seen.page
    assert page.evaluate("document.documentElement.dir") == "rtl"
    assert (
        page.evaluate("getComputedStyle(document.querySelector('#t-proposals td:nth-child(3)')).textAlign") == "right"
    )
    assert HOSTILE[0] in column(page, "proposals", 3)
    assert {f"{HOSTILE[0]} (#2)", "#2"} <= {*column(page, "entries", 3)}
    for opener in page.locator("#t-proposals .open").all():
        opener.click()
    assert not too_wide(page)
    assert seen.complaints() == []


def test_without_its_script_everything_can_be_read(browser: Browser, report: Path) -> None:
    seen = opened(browser, report, PHONE, scripts=False)
    page = seen.page
    assert page.locator("#t-proposals > tbody > tr:visible").count() == PROPOSALS
    assert page.locator("button:visible, input:visible").count() == 0


def test_the_texts_of_pictures_are_texts_that_do_not_touch(laptop: Seen) -> None:
    assert laptop.page.get_by_role("img", name="What became of proposals").get_by_text("100 proposals").count() == 1
    assert laptop.page.evaluate(APART) == []


def test_nothing_was_asked_of_the_net_and_nothing_went_wrong(laptop: Seen) -> None:
    assert laptop.complaints() == []
    assert not too_wide(laptop.page)
