"""Every form of a page, and whatever happens to a text on its way, reads back as what the page shows."""

from __future__ import annotations

import json
from functools import cache
from random import Random
from typing import TYPE_CHECKING

import pytest

from bot.pages import read_file, read_text
from core.imports.model import Page
from tests.imports.accounts import account
from tests.imports.mishaps import HARMLESS
from tests.imports.renderings import rendered
from tests.imports.sample_windows import COPIED, NAMES, SAMPLES, sample_text
from tests.imports.windows import FORMS, PHONE, SAVED, SCREENFUL, TABBED, WIDE, Window, page, window

if TYPE_CHECKING:
    from collections.abc import Callable


FILES = {WIDE: "desktop.txt", PHONE: "phone.txt", TABBED: "tabbed.txt", SAVED: "page.html"}


def read(text: str, form: str, told: Window | None = None) -> Page:
    day = told.copied.date() if told else COPIED.date()
    found = read_file(text.encode(), None) if form == SAVED else read_text(text, day)
    assert isinstance(found, Page)
    return found


@cache
def windows(seeds: range) -> list[Window]:
    found = []
    for seed in seeds:
        dice, lived = Random(seed), account(seed)  # noqa: S311 - nothing here is secret
        copied = lived.first + (lived.last - lived.first) * dice.random()
        found.append(window(lived, copied, days=dice.choice((7, 30, 90)), more=dice.choice((0, 1, None))))
    return [shown for shown in found if shown.rows]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("form", FORMS)
def test_a_sample_says_the_same_in_every_form(name: str, form: str) -> None:
    truth = json.loads(sample_text(name, "expected.json"))
    found = read(sample_text(name, FILES[form]), form)
    assert len(found.rows) == truth["shown"]
    assert sum(row.connects for row in found.rows) == truth["balance"] - truth["opening"]
    assert found.balance == (None if form == TABBED else truth["balance"])
    assert found.copied == COPIED.date()
    assert found.top_cut is (form == TABBED)
    assert found.unread == ()


@pytest.mark.parametrize("form", [WIDE, TABBED, SAVED])
def test_a_sample_of_an_agency_names_who_spent(form: str) -> None:
    found = read(sample_text("agency", FILES[form]), form)
    spent: dict[str, int] = {}
    for row in found.rows:
        if row.member:
            spent[row.member] = spent.get(row.member, 0) - row.connects
    assert spent == json.loads(sample_text("agency", "expected.json"))["members"]


@pytest.mark.parametrize("name", NAMES)
def test_a_saved_sample_knows_jobs_seconds_and_balances(name: str) -> None:
    found = read(sample_text(name, "page.html"), SAVED)
    jobs = {proposal["job"] for proposal in json.loads(sample_text(name, "expected.json"))["proposals"]}
    assert jobs <= {row.job for row in found.rows}
    exact = [row for row in found.rows if row.at]
    assert SCREENFUL - 4 <= len(exact) <= SCREENFUL
    assert all(row.row_id and row.running is not None and row.at and row.at.date() == row.day for row in exact)


@pytest.mark.parametrize("form", FORMS)
def test_an_account_reads_back_exactly(form: str) -> None:
    for shown in windows(range(40)):
        found, truth = read(rendered(shown, form), form, shown), page(shown, form)
        assert found.rows == truth.rows, shown.account.seed
        assert found.unread == ()
        assert form == TABBED or found.balance == truth.balance


@pytest.mark.parametrize("mishap", HARMLESS.values(), ids=HARMLESS)
@pytest.mark.parametrize("form", [WIDE, PHONE, TABBED])
def test_what_happens_on_the_way_changes_nothing(form: str, mishap: Callable[[str], str]) -> None:
    for shown in windows(range(100, 115)):
        text = mishap(rendered(shown, form))
        truth = [(row.day, row.wording, row.connects, row.member) for row in page(shown, form).rows]
        copies = 2 if mishap.__name__ == "twice" else 1
        found = read(text, form, shown)
        assert [(row.day, row.wording, row.connects, row.member) for row in found.rows] == truth * copies
        assert found.unread == ()


def test_the_samples_are_where_the_tests_look() -> None:
    assert {path.name for path in SAMPLES.iterdir()} == set(NAMES)
