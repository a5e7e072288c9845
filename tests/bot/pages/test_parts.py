"""The parts of one paste: cut anywhere, trimmed, out of order, missing."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from bot.pages import NotAPage, Why, read_all_parts, read_parts, read_text
from core.imports.model import Page
from tests.imports.accounts import account
from tests.imports.mishaps import messages
from tests.imports.renderings import rendered
from tests.imports.sample_windows import COPIED, sample_text
from tests.imports.windows import FORMS, PHONE, TABBED, WIDE, page, window

TOLD = COPIED.date()
TEXTS = FORMS[:3]
FILES = {WIDE: "desktop.txt", PHONE: "phone.txt", TABBED: "tabbed.txt"}


def read(parts: list[str], told: date = TOLD) -> Page:
    found = read_parts([(text, told) for text in parts])
    assert isinstance(found, Page)
    return found


@pytest.mark.parametrize("form", TEXTS)
@pytest.mark.parametrize("seed", range(12))
def test_an_account_that_was_cut_into_messages_reads_back_exactly(seed: int, form: str) -> None:
    dice, lived = Random(seed), account(seed)  # noqa: S311 - nothing here is secret
    shown = window(lived, lived.first + (lived.last - lived.first) * dice.random())
    parts = messages(rendered(shown, form))
    for sent in (parts, [text.strip() for text in parts]):
        found = read(sent, shown.copied.date())
        assert found.rows == page(shown, form).rows
        assert found.unread == ()


@pytest.mark.parametrize("form", TEXTS)
@pytest.mark.parametrize("name", ["agency", "freelancer-2"])
def test_wherever_a_sample_is_cut_its_rows_are_mended(name: str, form: str) -> None:
    text = sample_text(name, FILES[form])
    whole = read_text(text, TOLD)
    assert isinstance(whole, Page)
    for cut in range(1200, 1340, 3):  # some three rows
        found = read([text[:cut].strip(), text[cut:].strip()])
        assert [row._replace(title="") for row in found.rows] == [row._replace(title="") for row in whole.rows], cut
        assert [row.title.replace(" ", "") for row in found.rows] == [row.title.replace(" ", "") for row in whole.rows]
        assert found.unread == ()


@pytest.mark.parametrize("form", TEXTS)
@pytest.mark.parametrize("seed", range(5))
def test_parts_may_come_in_any_order(seed: int, form: str) -> None:
    text = sample_text("freelancer-1", FILES[form])
    parts = [part.strip() for part in messages(text)]
    Random(seed).shuffle(parts)  # noqa: S311 - nothing here is secret
    assert read(parts).rows == read([text]).rows


@pytest.mark.parametrize("form", TEXTS)
def test_of_a_missing_part_only_its_rows_are_missing(form: str) -> None:
    text = sample_text("freelancer-1", FILES[form])
    parts = [part.strip() for part in messages(text)]
    found = read_all_parts([(part, TOLD) for part in (parts[0], *parts[2:])])
    assert not isinstance(found, NotAPage)
    assert len(found) == 2
    assert not {row for page in found for row in page.rows} - set(read([text]).rows)
    assert found[1].top_cut
    assert all(page.unread for page in found)


def test_a_head_that_is_cut_still_tells_the_balance() -> None:
    text = sample_text("agency", "desktop.txt")
    cut = text.index("136 Connects") + 2
    assert read([text[:cut], text[cut:]]).balance == 136


def test_two_pastes_after_each_other_stay_two_pages() -> None:
    texts = [sample_text(name, "phone.txt") for name in ("freelancer-1", "freelancer-2")]
    found = read_all_parts([(part.strip(), TOLD) for text in texts for part in messages(text)])
    assert [page.rows for page in found if isinstance(page, Page)] == [read([text]).rows for text in texts]


def test_today_is_the_day_of_the_first_message() -> None:
    text = sample_text("freelancer-1", "phone.txt")
    parts = [part.strip() for part in messages(text)]
    found = read_parts([(part, date(2026, 1, 12 + (number > 0))) for number, part in enumerate(parts)])
    assert isinstance(found, Page)
    assert found.rows == read([text]).rows


def test_nothing_is_no_page() -> None:
    assert read_parts([]) == NotAPage(Why.EMPTY)
    assert read_parts([(" ", TOLD)]) == NotAPage(Why.EMPTY)
    assert read_parts([("hello", TOLD), ("world", TOLD)]) == NotAPage(Why.UNKNOWN)
