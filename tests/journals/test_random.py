"""Random books, as other programs read them."""

from __future__ import annotations

import asyncio
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from tests.journals.lives import life
from tests.journals.proof import Journals, journals_of, prove
from tests.journals.reading import Figures, by_beancount, by_hledger
from tests.journals.story import HERE
from tests.programs import HLEDGER, needed

ROOT: Final = Path(__file__).parents[2]
PAGE: Final = "exports.md"
SEEDS: Final = (1, 2, 64, 78, 119, 120)
"""Of 64 and 119 an undo has rounded, and in 78 what had been spent of an issue came back before it was undone."""
LONG: Final = {64: 90, 119: 90}


@pytest.fixture(scope="module")
def journals() -> list[Journals]:
    lives = [asyncio.run(life(seed, LONG.get(seed, 60))) for seed in SEEDS]
    return [journals_of(one, days) for one in lives for days in (None, one.days)]


@pytest.fixture(scope="module")
def found(journals: list[Journals]) -> list[Figures]:
    return [by_beancount(one.beancount) for one in journals]


def test_beancount_finds_what_our_books_say(journals: list[Journals], found: list[Figures]) -> None:
    for one, figures in zip(journals, found, strict=True):
        prove(one, figures)


def test_hledger_finds_the_same(journals: list[Journals], found: list[Figures], tmp_path: Path) -> None:
    assert by_hledger(tmp_path, [one.hledger for one in journals]) == found


def test_the_program_finds_no_fault(journals: list[Journals], tmp_path: Path) -> None:
    path = tmp_path / "books.beancount"
    path.write_text(journals[1].beancount, encoding="utf-8")
    check = Path(sys.executable).with_name("bean-check")
    run = subprocess.run([check, path], capture_output=True, check=False, encoding="utf-8")
    assert (run.returncode, run.stdout + run.stderr) == (0, "")


def test_what_the_page_says_of_hledger_works() -> None:
    """An accountant maps the accounts of the golden month, and asks what VAT was paid in it."""
    text = (ROOT / "docs" / PAGE).read_text(encoding="utf-8")
    commands = [line.strip() for line in text.splitlines() if line.startswith("    hledger ")]
    program = needed(HLEDGER)
    answers = [
        subprocess.check_output([program, *shlex.split(line)[1:]], cwd=HERE / "golden", encoding="utf-8")
        for line in commands
    ]
    mapped, spent, tax, members = ([" ".join(line.split()) for line in answer.splitlines()] for answer in answers)
    assert {"2.85 EUR Assets:VAT", "-17.86 EUR Liabilities:Card"} <= {*mapped}
    assert "0.72 USD Expenses:Connects:Proposal:Tax" in spent
    assert tax[0] == "2.85 EUR Equity:Connects:Paid:Tax"
    assert members  # the golden month is one person's: test_team.py has an agency's
