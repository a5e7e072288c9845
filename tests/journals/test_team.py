"""The journals of an agency: both programs read them alike, and add up by member what `/team` says."""

from __future__ import annotations

import asyncio
import csv
import io
import subprocess
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from beancount import loader
from beancount.core.amount import Amount
from beancount.core.data import Transaction

from bot.documents.model import Form, Subject
from tests.bot.documents.agency_books import Lived, content, lived
from tests.journals.reading import by_beancount, by_hledger
from tests.programs import HLEDGER, needed

if TYPE_CHECKING:
    from pathlib import Path

SPENT = tuple(f"Expenses:Connects:{name}" for name in ("Proposal", "Boost", "Badge", "Profile-Ad", "Other"))


@pytest.fixture(scope="module")
def life() -> Lived:
    return asyncio.run(lived(1))


def test_both_programs_find_the_same(life: Lived, tmp_path: Path) -> None:
    for days in life.reports:
        beancount, hledger = (content(life, days, Subject.ENTRIES, form) for form in (Form.BEANCOUNT, Form.HLEDGER))
        assert by_hledger(tmp_path, [hledger]) == [by_beancount(beancount.decode())]


def test_beancount_adds_up_by_member(life: Lived) -> None:
    entries, errors, _ = loader.load_string(content(life, None, Subject.ENTRIES, Form.BEANCOUNT).decode())
    assert not errors
    found: Counter[str] = Counter()
    for one in entries:
        if not isinstance(one, Transaction):
            continue
        spent = [leg.units for leg in one.postings if leg.account in SPENT]
        assert bool(spent) == ("spent_by" in one.meta)
        for units in spent:
            assert isinstance(units, Amount)
            assert units.number is not None
            found[one.meta["spent_by"]] += int(units.number)
    assert {name: connects for name, connects in found.items() if connects} == life.named(None)


def test_hledger_adds_up_by_member(life: Lived, tmp_path: Path) -> None:
    """By the very command that docs/exports.md names."""
    path = tmp_path / "agency.journal"
    path.write_bytes(content(life, None, Subject.STATEMENT, Form.HLEDGER))
    command = [needed(HLEDGER), "-f", str(path), "bal", "Expenses:Connects", "--pivot", "spent_by", "-N", "-O", "csv"]
    run = subprocess.run([*command, "--layout=bare"], capture_output=True, check=True, encoding="utf-8")
    rows = [row for row in csv.DictReader(io.StringIO(run.stdout)) if row["commodity"] == "CONNECTS"]
    found = {row["account"]: int(row["balance"]) for row in rows if row["account"] in life.named(None)}
    assert found == life.named(None)
