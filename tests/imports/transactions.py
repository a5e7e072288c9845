"""Upwork's list of transactions of an invented account: what it paid for Connects, and what else stands in it."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from tests.imports.accounts import BOUGHT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tests.imports.accounts import Account, Fact

OLD: Final = (
    "Date", "Ref ID", "Type", "Description", "Agency", "Freelancer", "Team", "Account Name", "PO", "Amount",
    "Amount in local currency", "Currency", "Balance",
)  # fmt: skip
NEW: Final = (
    "Date", "Transaction ID", "Transaction type", "Transaction summary", "Transaction summary details",
    "Description 1", "Description 2", "Description 3", "Agency team", "Freelancer", "Client team", "Account name", "PO",
    "Ref ID", "Amount $", "Amount in local currency", "Currency", "Current balance $", "Payment method",
)  # fmt: skip
CENTS: Final = 15
"""What a Connect costs before tax."""
Row = tuple[str, str, str, str, int]
"""Its day, its number, its type, what it says, and the cents."""


def rows_of(account: Account, percent: int) -> list[Row]:
    """The rows of an account, newest first: for each purchase a payment, a tax if there is any, and the fee."""
    found: list[Row] = [("Jan 2, 2026", "900009999", "Fixed-price", "Invoice for Logo sheet", 125_000)]
    for number, fact in enumerate(reversed([fact for fact in account.facts if fact.wording == BOUGHT])):
        found += _of_purchase(fact, 900_100_000 - 10 * number, percent)
    return found


def _of_purchase(fact: Fact, ref: int, percent: int) -> Sequence[Row]:
    day, net = named(fact.at.date()), CENTS * fact.connects
    tax = (net * percent + 50) // 100
    taxed = [(day, str(ref + 2), "VAT", f"VAT (XX) - Membership Fee - Ref ID {ref}", -tax)] if tax else []
    return (
        (day, "", "Payment", "Paid from Visa 0000", net + tax),
        *taxed,
        (day, str(ref), "Membership Fee", f"Fees for additional Connects ({fact.connects}).", -net),
    )


def named(day: date) -> str:
    """A day as Upwork writes it."""
    return f"{day:%b} {day.day}, {day.year}"


def written(rows: Sequence[Row], *, new: bool = False, delimiter: str = ",", end: str = "\n") -> str:
    """The rows as a file, with the old or the new columns."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator=end)
    writer.writerow(NEW if new else OLD)
    for day, ref, kind, said, cents in rows:
        cells = {"Date": day, "Ref ID": ref, "Account Name": "Ada Doe", "Account name": "Ada Doe"}
        cells |= {"Type": kind, "Description": said, "Transaction type": kind, "Transaction summary": said}
        cells |= {"Transaction ID": ref, "Amount": f"{cents / 100:,.2f}", "Amount $": f"{cents / 100:,.2f}"}
        writer.writerow([cells.get(column, "") for column in (NEW if new else OLD)])
    return text.getvalue()
