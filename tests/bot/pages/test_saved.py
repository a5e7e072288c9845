"""Saved pages: the table, completed by the data; other languages; whatever is missing or strange."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.pages import NotAPage, Why, read_file
from core.imports.model import Page
from core.imports.undated import dated, is_undated
from tests.imports.accounts import account
from tests.imports.renderings import saved
from tests.imports.sample_windows import COPIED, NAMES, sample_text
from tests.imports.windows import SAVED, page, window

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.imports.model import Row

PAGE = sample_text("agency", "page.html")
SCRIPT = re.compile(r'<script type="application/json".*?</script>', re.DOTALL)
TABLE = re.compile(r"<table.*</table>", re.DOTALL)
NARROW = re.compile(r'<div class="transactions-table-sm.*?</div><footer', re.DOTALL)
ENGLISH_DAY = re.compile(r'(id="date-cell-\d+">)[^<]*')
TWIN = re.compile(r"(?:Spent|Added|Refunded) (\d+) Connects?")


def read(html: str, told: date | None = None) -> Page:
    found = read_file(html.encode(), told)
    assert isinstance(found, Page)
    return found


def plain(rows: tuple[Row, ...]) -> list[Row]:
    """The rows without what the data alone knows."""
    return [row._replace(row_id="", at=None, running=None) for row in rows]


def test_the_badge_is_the_sum_of_its_day_and_has_no_second() -> None:
    badges = [row for row in read(sample_text("freelancer-1", "page.html")).rows if row.wording == "Availability Badge"]
    assert (badges[0].connects, badges[0].row_id, badges[0].at, badges[0].running) == (-2, "", None, None)


@pytest.mark.parametrize("name", NAMES)
def test_without_data_the_days_are_asked_for(name: str) -> None:
    html = sample_text(name, "page.html")
    bare = read(SCRIPT.sub("", html))
    assert is_undated(bare)
    known = dated(bare, COPIED.date())
    assert known is not None
    assert plain(known.rows) == plain(read(html).rows)
    assert read(SCRIPT.sub("", html), COPIED.date()) == known


def test_the_data_knows_its_day_better_than_the_message() -> None:
    assert read(PAGE, COPIED.date() + timedelta(days=9)) == read(PAGE)


@pytest.mark.parametrize("seed", range(20))
def test_the_day_is_found_in_the_data_whenever_the_page_was_saved(seed: int) -> None:
    lived = account(seed, days=60)
    for hours in range(1, 70, 9):
        shown = window(lived, lived.last - timedelta(hours=hours), days=30)
        found = read(saved(shown)) if shown.rows else None
        assert found is None or found.rows == page(shown, SAVED).rows


def test_without_a_table_the_narrow_copy_is_read() -> None:
    narrow = read(TABLE.sub("", PAGE), COPIED.date())
    whole = [row._replace(job="", member=None) for row in plain(read(PAGE).rows)]
    assert list(narrow.rows) == whole


def test_without_any_rows_the_data_is_read() -> None:
    found = read(NARROW.sub("<footer", TABLE.sub("", PAGE)))
    exact = [row for row in read(PAGE).rows if row.row_id]
    assert [row.row_id for row in found.rows if row.row_id] == [row.row_id for row in exact]
    assert found.balance == 136


def test_in_another_language_the_data_still_reads() -> None:
    foreign = TWIN.sub(r"\1 Connects gastados", ENGLISH_DAY.sub(r"\g<1>12 de enero de 2026", PAGE))
    found = read(foreign.replace("My balance", "Mi saldo").replace("Applied to job", "Propuesta enviada"))
    english = read(PAGE)
    assert [row.row_id for row in found.rows if row.row_id] == [row.row_id for row in english.rows if row.row_id]
    known = {row.row_id: row.wording for row in english.rows}
    assert all(row.wording == known[row.row_id] for row in found.rows if row.row_id and row.wording.startswith("App"))
    assert found.balance == 136
    assert len(found.rows) + len(found.unread) >= 50
    assert read_file(SCRIPT.sub("", foreign).encode(), None) == NotAPage(Why.OTHER_LANGUAGE)


SAVED_FROM = "<!-- saved from url=(0055)https://www.upwork.com/nx/plans/connects/history/ -->"
STRANGE: dict[str, Callable[[str], str]] = {
    "a value that is nowhere": lambda html: html.replace('"runningTotal": 9,', '"runningTotal": 9, "unknown": 99999,'),
    "cells within cells": lambda html: html.replace("<small>", "<div><p><small>").replace(
        "</small>", "</small></p></div>"
    ),
    "capitals": lambda html: html.replace("<td ", "<TD ").replace("</td>", "</TD>"),
    "no ends of cells": lambda html: html.replace("</td>", "").replace("</tr>", ""),
    "comments": lambda html: html.replace("<tr ", "<!-- <tr> --><tr "),
    "single quotes": lambda html: html.replace('"connects-history-table"', "'connects-history-table'"),
    "saved from": lambda html: f"\ufeff{SAVED_FROM}\n{html}",
    "the table twice": lambda html: html.replace("</table>", "</table>" + TABLE.findall(html)[0], 1),
    "null bytes": lambda html: html.replace("<td", "<\x00td"),
}


@pytest.mark.parametrize("change", STRANGE.values(), ids=STRANGE)
def test_a_strange_page_reads_the_same(change: Callable[[str], str]) -> None:
    assert read(change(PAGE)) == read(PAGE)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_every_encoding_reads_the_same(encoding: str) -> None:
    assert read_file(PAGE.encode(encoding), None) == read(PAGE)


def test_a_declared_encoding_is_used_where_it_is_not_utf_8() -> None:
    html = (
        re.sub("[\u2013\u2014\u00a9]", "-", PAGE)
        .replace("utf-8", "iso-8859-2")
        .replace("SEO audit", "\u0141\u00f3d\u017a")
    )
    found = read_file(html.encode("iso-8859-2"), None)
    assert isinstance(found, Page)
    assert any("\u0141\u00f3d\u017a" in row.title for row in found.rows)


def test_the_mark_of_a_tables_end_in_a_title_ends_no_table() -> None:
    assert read(PAGE.replace("<td ", '<td title="Mend my </table> tag" ', 3)) == read(PAGE)


def test_a_balance_below_the_table_is_found() -> None:
    above = read(PAGE).balance
    assert above is not None
    below = PAGE.replace("My balance", "").replace("</footer>", f"<p>My balance</p><p>{above} Connects</p></footer>")
    assert read(below).balance == above
