"""Lists of transactions are read whole or said to be unread, whoever saved them last, and however they were cut."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import TYPE_CHECKING, Final

import pytest

from bot.pages import NotAPage, Why, looks_like_page, read_file
from bot.pages.transactions import joined_table, read_transactions
from bot.pages.transactions.cells import amount_in, day_reader
from core.imports.transactions.model import Fee, OtherRows, Transactions, merged
from core.shared.money import Price
from tests.imports.accounts import account
from tests.imports.transactions import OLD, rows_of, written

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.imports.transactions import Row

FEE: Final[Row] = ("Mar 5, 2026", "900000001", "Membership Fee", "Fees for additional Connects (60).", -900)
VAT: Final[Row] = ("Mar 5, 2026", "900000003", "VAT", "VAT (XX) - Membership Fee - Ref ID 900000001", -180)
PAID: Final[Row] = ("Mar 5, 2026", "900000002", "Payment", "Paid from Visa 0000", 1080)
PLUS: Final[Row] = ("Mar 3, 2026", "900000004", "Membership Fee", "Freelancer Plus monthly subscription", -2000)
BOUGHT: Final = Fee("900000001", date(2026, 3, 5), 60, Price(900, 180, "USD"))
ROWS: Final = rows_of(account(11, days=60), 20)
TRUE: Final = read_transactions(written(ROWS))


def read(*rows: Row, **how: object) -> Transactions:
    found = read_transactions(written(rows, **how))  # type: ignore[arg-type] # as `written` takes it
    assert found is not None
    return found


@pytest.mark.parametrize("new", [False, True])
def test_a_fee_has_its_tax_and_other_rows_are_counted(new: bool) -> None:  # noqa: FBT001 - which columns
    found = read(VAT, FEE, PAID, PLUS, new=new)
    assert found == Transactions((BOUGHT,), (), {OtherRows.PAYMENT: 1, OtherRows.MEMBERSHIP: 1})


def test_all_taxes_that_name_a_fee_are_its_own() -> None:
    levy = ("Mar 5, 2026", "900000009", "Regional levy", "Levy on Ref ID 900000001", -45)
    assert read(VAT, levy, FEE).fees == (BOUGHT._replace(paid=Price(900, 225, "USD")),)
    assert read(("Mar 5, 2026", "900000003", "VAT", "VAT - Service Fee - Ref ID 900000007", -180), FEE).fees == (
        BOUGHT._replace(paid=Price(900, 0, "USD")),
    )


def test_money_that_came_back_is_no_price() -> None:
    back = ("Mar 9, 2026", "900000008", "Refund", "Refund: fees for additional connects (60)", 900)
    untaxed = ("Mar 9, 2026", "900000009", "VAT", "VAT refund for Ref ID 900000001", 180)
    found = read(back, untaxed, VAT, FEE)
    assert found.fees == (BOUGHT,)
    assert [one.price.net for one in found.given_back] == [180, 900]


@pytest.mark.parametrize(
    "broken",
    [
        ("Mar 5, 2026", "", "Membership Fee", "Fees for additional Connects (60).", -900),
        ("46086", "900000001", "Membership Fee", "Fees for additional Connects (60).", -900),
    ],
)
def test_a_fee_that_cannot_be_read_whole_is_shown(broken: Row) -> None:
    found = read(broken)
    assert found.fees == ()
    assert found.unread == (f"{broken[0]} · Fees for additional Connects (60). · -9.00",)


def test_a_fee_whose_tax_cannot_be_read_is_shown_with_it() -> None:
    text = written([VAT, FEE]).replace('"-1.80"', '"n/a"')
    found = read_transactions(text)
    assert found is not None
    assert (found.fees, len(found.unread)) == ((), 2)


def test_the_local_currency_is_kept_beside_the_dollars() -> None:
    text = written([VAT, FEE]).replace('"-9.00","",""', '"-9.00","-8.30","EUR"')
    found = read_transactions(text)
    assert found is not None
    assert found.fees == (BOUGHT,)  # the tax says nothing of it
    found = read_transactions(text.replace('"-1.80","",""', '"-1.80","-€1.66","EUR"'))
    assert found is not None
    assert found.fees == (BOUGHT._replace(local=Price(830, 166, "EUR")),)


def _lines(change: Callable[[list[str]], list[str]], delimiter: str = ",") -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    writer.writerows(change(row) for row in csv.reader(io.StringIO(written(ROWS))))
    return text.getvalue()


def _with_decimal_comma(row: list[str]) -> list[str]:
    return [cell.replace(",", "").replace(".", ",") if column in {9, 12} else cell for column, cell in enumerate(row)]


def _dated(form: str) -> Callable[[list[str]], list[str]]:
    def change(row: list[str]) -> list[str]:
        day = day_reader([])(row[0])
        return [row[0] if day is None else day.strftime(form), *row[1:]]

    return change


@pytest.mark.parametrize(
    "text",
    [
        written(ROWS, new=True),
        "\ufeff" + written(ROWS, end="\r\n"),
        "sep=;\r\n" + written(ROWS, delimiter=";", end="\r\n"),
        written(ROWS, delimiter="\t", end="\r"),
        _lines(lambda row: row),
        _lines(lambda row: row[::-1]),
        _lines(lambda row: [*row[:10], *(["surplus"] if row[0] == "Date" else ["x"]), *row[10:]]),
        _lines(lambda row: [*row, "", ""]),
        _lines(_with_decimal_comma, ";"),
        _lines(_dated("%d-%b-%y")),
        _lines(_dated("%Y-%m-%d 00:00:00")),
        _lines(_dated("%d.%m.%Y"), ";"),
        _lines(_dated("%m/%d/%Y")),
        written(ROWS).replace('"Ref ID"', '" REF  ID"').replace('"Amount"', '"AMOUNT ($)"'),
        "\n".join('"' + line.replace('"', '""') + '"' for line in written(ROWS).splitlines()),
    ],
)
def test_it_says_the_same_in_any_form(text: str) -> None:
    found = read_transactions(text)
    assert found is not None
    assert TRUE is not None
    assert (found.fees, found.others, found.unread) == (TRUE.fees, TRUE.others, ())


@pytest.mark.parametrize("at", range(900, 1500, 29))
def test_a_paste_that_a_client_has_cut_is_whole_again(at: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.pages.transactions.cutting.FULL", at)
    text = written(ROWS)
    found = read_transactions(joined_table([text[:at], text[at:].strip()]))
    assert found is not None
    assert TRUE is not None
    assert (found.fees, found.unread) == (TRUE.fees, ())


def test_a_text_that_ends_inside_a_row_loses_no_other_row() -> None:
    text = written([FEE, VAT, PLUS])
    found = read_transactions(text[: text.index("Freelancer Plus") + 4])
    assert found is not None
    assert found.fees == (BOUGHT,)
    found = read_transactions(text[: text.index("(60)") + 5])
    assert found is not None
    assert (found.fees, found.unread) == ((), ("Mar 5, 2026 · Fees for additional Connects (60).",))


@pytest.mark.parametrize(
    ("cell", "cents"),
    [
        ("-9.00", -900), ("$-9.00", -900), ("-$9.00", -900), ("($9.00)", -900), ("\u22129.00", -900), ("9.00-", -900),
        ("1,250.00", 125_000), ("1.250,00", 125_000), ("-9,6", -960), ("USD 9", 900), ("1.250", None),
        ("\u20ac9", None), ("-9.00 -9.00", None), ("9.005", None), ("", None),
    ],
)  # fmt: skip
def test_an_amount_is_certain_or_not_read(cell: str, cents: int | None) -> None:
    assert amount_in(cell, "USD") == cents


def test_a_day_with_figures_is_read_only_where_the_file_tells_what_it_means() -> None:
    assert day_reader(["03/05/2026"])("03/05/2026") is None
    assert day_reader(["03/05/2026", "13/05/2026"])("03/05/2026") == date(2026, 5, 3)
    assert day_reader(["03/05/2026", "05/13/2026"])("03/05/2026") == date(2026, 3, 5)
    found = read(("03/05/2026", *FEE[1:]))
    assert (found.fees, found.unclear_days) == ((), True)


def test_what_was_pasted_twice_counts_once() -> None:
    assert read(VAT, FEE, PAID, VAT, FEE).fees == (BOUGHT,)
    assert merged([read(VAT, FEE, PAID), read(VAT, FEE, PAID, new=True)]).fees == (BOUGHT,)


def test_what_two_files_contradict_each_other_in_is_unread() -> None:
    other = BOUGHT._replace(paid=Price(900, 0, "USD"))
    assert merged([Transactions((BOUGHT,)), Transactions((BOUGHT,))]).fees == (BOUGHT,)
    found = merged([Transactions((BOUGHT,)), Transactions((other,))])
    assert (found.fees, len(found.unread)) == ((), 1)


def test_other_tables_are_named_for_what_they_are() -> None:
    assert read_file(b"Date,Contract,Hours,Amount,Payment type\n", None) == NotAPage(Why.EARNINGS)
    assert read_file(b"Date;Freelancer;Hours\nMar 5, 2026;Ada Doe;4\n", None) == NotAPage(Why.TABLE)
    assert read_transactions("Date,Contract,Hours,Amount,Payment type\n") is None
    assert looks_like_page(";".join(OLD) + "\n")
    assert not looks_like_page("Date, place, time\nLet us meet on Friday")


INVOICE: Final[Row] = ("Mar 6, 2026", "900000010", "Fixed Price", "Invoice for Logo sheet", 125_000)
KEPT: Final[Row] = (
    "Mar 6, 2026",
    "900000011",
    "Service Fee",
    "Service Fee for Fixed Price - Ref ID 900000010",
    -12_500,
)
MISC: Final[Row] = ("Mar 7, 2026", "900000012", "Withdrawal", "Withdrawal to a bank", -50_000)


@pytest.mark.parametrize("new", [False, True])
def test_an_income_counts_without_what_upwork_kept_of_it(new: bool) -> None:  # noqa: FBT001 - a form of the file
    found = read(FEE, VAT, PAID, INVOICE, KEPT, MISC, new=new)
    assert [(one.ref, one.day, one.about, one.amount) for one in found.incomes] == [
        ("900000010", date(2026, 3, 6), "Invoice for Logo sheet", Price(112_500, 0, "USD"))
    ]
    assert merged([found, found]).incomes == found.incomes


def test_an_income_is_from_the_team_that_the_list_names() -> None:
    head = "Date,Ref ID,Type,Description,Agency,Freelancer,Team,Account Name,PO,Amount,Balance\n"
    found = read_transactions(f'{head}"Mar 6, 2026",9001,Hourly,Invoice for Shop,,,Acme,Ada Doe,,80.00,80.00\n')
    assert found is not None
    assert [(one.client, one.about) for one in found.incomes] == [("Acme", "Invoice for Shop")]
