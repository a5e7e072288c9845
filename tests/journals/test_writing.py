"""How journals are written: their layout, and texts that are none of the language's own."""

from __future__ import annotations

import csv
import io
import subprocess
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

import pytest
from beancount import loader
from beancount.core.data import Transaction

from bot.base.cleaning import cleaned_line
from bot.documents.model import BookData, DocumentOrder, Form, Subject
from bot.documents.writing import write
from bot.documents.writing.journals.accounts import account_of
from bot.documents.writing.journals.hledger import RESERVED
from bot.documents.writing.journals.transactions import Units, units_of
from core.ledger.model import (
    Entry,
    Kind,
    Lot,
    Posting,
    Purpose,
    Source,
    expense_on,
    holding_of,
    income_from,
    supply_of,
)
from core.ledger.sightings import Sighting
from core.shared.ids import PersonId, PromotionId, WalletId
from core.shared.money import Price
from tests.journals.story import HERE, golden
from tests.programs import HLEDGER, needed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bot.documents.model import Document

AT: Final = datetime(2026, 11, 4, 12, tzinfo=UTC)
WALLET: Final = WalletId(1)
HOSTILE: Final = (
    'say "cheese"', "back\\slash\\", '\\"', "two\nlines\r\n  Assets:Connects  1000000 CONNECTS", "semi;colon ; comment",
    "pay | note", "two  blanks\tand a tab", "\u202eright to left\u202c\u2067\u200f", "\U0001f469\u200d\U0001f4bb emoji",
    "* ! (code) star", "@@ 5 USD", "= 5 CONNECTS", "{0.15 USD}", "^link #tag key: value",
    "[2020/01/01] date:2020-01-01",
    "\x00null\x1b[31m\x85", "include /etc/passwd", "; only a comment", "2020-01-01 open Assets:Mine", "%-formatted {}",
)  # fmt: skip


def grants(titles: Sequence[str]) -> tuple[DocumentOrder, BookData]:
    """A Connect for each title, in a lot of its own; somebody with that name booked it, and a page names them too."""
    home, beyond = holding_of(WALLET), income_from(Source.REWARD)
    entries = [
        Entry(
            WALLET, number, AT, Kind.GRANT, (Posting(home, 1, number), Posting(beyond, -1, number)), number, "", "",
            by=PersonId(number), memo=title,
        )
        for number, title in enumerate(titles, 1)
    ]  # fmt: skip
    sightings = [
        (number, Sighting(1, number, booked=True, day=date(2026, 11, 4), wording="", connects=1, member=title))
        for number, title in enumerate(titles, 1)
    ]
    lots = tuple(Lot(number, Source.REWARD, AT, None, 1, 1) for number in range(1, len(titles) + 1))
    names = {PersonId(number): title for number, title in enumerate(titles, 1)}
    order = DocumentOrder(
        Subject.ENTRIES, Form.BEANCOUNT, WALLET, None, AT, len(titles), "en", "UTC", "USD",
        title=titles[0] if titles else "", lots=lots, names=names,
    )  # fmt: skip
    return order, BookData(entries, sightings)


def written(order: DocumentOrder, books: BookData, form: Form = Form.BEANCOUNT) -> Document:
    return write(order._replace(form=form), books, lambda _: None)


@pytest.mark.parametrize("name", ["year.beancount", "november.beancount", "november.journal"])
def test_journals_are_as_they_were_read_last(name: str, files: dict[str, bytes]) -> None:
    assert files[name].decode() == (HERE / "golden" / name).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return golden()


def test_beancount_reads_texts_as_they_are() -> None:
    order, books = grants(HOSTILE)
    entries, errors, options = loader.load_string(written(order, books).content.decode())
    assert not errors
    found = [entry for entry in entries if isinstance(entry, Transaction)]
    titles = [cleaned_line(title) for title in HOSTILE]
    assert [one.narration for one in found] == titles
    assert [(one.meta["by"], one.meta["member"]) for one in found] == [(title, title) for title in titles]
    assert options["title"].endswith(titles[0])


def test_hledger_reads_texts_without_what_it_reserves(tmp_path: Path) -> None:
    order, books = grants(HOSTILE)
    path = tmp_path / "hostile.journal"
    path.write_bytes(written(order, books, Form.HLEDGER).content)
    command = [needed(HLEDGER), "-f", str(path), "-s", "print", "-O", "csv"]
    run = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    rows = [row for row in csv.DictReader(io.StringIO(run.stdout)) if row["code"]]
    found = list(dict.fromkeys((row["code"], row["description"], row["date"]) for row in rows))
    assert found == [
        (str(number), f"Upwork | {cleaned_line(title).translate(RESERVED)}", "2026-11-04")
        for number, title in enumerate(HOSTILE, 1)
    ]
    tags = {name for row in rows for part in row["comment"].split(", ") for name in [part.partition(":")[0]]}
    assert tags == {"member", "by"}


def test_empty_books_are_a_journal() -> None:
    order, books = grants([])
    document = written(order, books)
    assert (document.rows, loader.load_string(document.content.decode())[1]) == (0, [])
    assert written(order, books, Form.HLEDGER).content


def test_a_lot_that_came_while_the_order_was_made_has_its_entry() -> None:
    order, books = grants(["late"])
    text = written(order._replace(lots=()), books).content.decode()
    assert '1 CONNECTS {0.00 USD, 2026-11-04, "lot-1"}' in text
    assert not loader.load_string(text)[1]


def test_all_time_ends_with_the_last_entry_even_if_the_clock_was_put_back() -> None:
    order, books = grants(["from tomorrow"])
    text = written(order._replace(at=AT - timedelta(days=2)), books).content.decode()
    assert "2026-11-05 balance Assets:Connects" in text
    assert not loader.load_string(text)[1]


def test_progress_is_told_to_the_end_and_never_back() -> None:
    order, books = grants(["x"] * 1001)
    told: list[float] = []
    write(order, books, told.append)
    assert told == sorted(told)
    assert 0 < told[0] < told[-1] <= 1


@pytest.mark.parametrize(
    ("currency", "price", "shown"),
    [("JPY", Price(100, 10, "JPY"), "14 JPY"), ("KWD", Price(10000, 0, "KWD"), "1.428 KWD")],
)
def test_money_has_the_decimals_of_its_currency(currency: str, price: Price, shown: str) -> None:
    order, _ = grants([])
    legs = Posting(holding_of(WALLET), 7, 1, price), Posting(income_from(Source.PURCHASE), -7, 1, -price)
    books = BookData([Entry(WALLET, 1, AT, Kind.PURCHASE, legs, 7, "", "")])
    order = order._replace(lots=(Lot(1, Source.PURCHASE, AT, None, 7, 7, price, price),), currency=currency)
    text = written(order, books).content.decode()
    assert f'{{{shown}, 2026-11-04, "lot-1"}}' in text
    assert not loader.load_string(text)[1]


def test_shares_of_a_lot_are_made_of_the_same_two_costs() -> None:
    left, worth = 60, 1000
    while left:
        taken = min(left, 7)
        cost = worth * taken // left
        assert {some.each for some in units_of(taken, cost)} <= {16, 17}
        assert sum(some.connects * some.each for some in units_of(-taken, -cost)) == -cost
        left, worth = left - taken, worth - cost
        assert {some.each for some in units_of(left, worth)} <= {16, 17}
    assert units_of(60, 1000) == (Units(20, 16), Units(40, 17))


def test_each_account_has_a_name() -> None:
    assert account_of(supply_of(PromotionId(7))) == "Income:Connects:Promotion"
    assert account_of(income_from(Source.UNCLASSIFIED)) == "Income:Connects:Unclassified"
    assert account_of(expense_on(Purpose.PROFILE_AD)) == "Expenses:Connects:Profile-Ad"
    assert account_of(expense_on(Purpose.PROPOSAL)) == "Expenses:Connects:Proposal"
