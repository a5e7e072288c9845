"""The journal as CSV, one line for each posting, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from core.model import Entry

HEADER: Final = (
    "number", "at", "kind", "account", "lot", "connects", "net_minor", "tax_minor", "currency",
    "title", "job", "of", "by", "balance_after",
)  # fmt: skip
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def journal_csv(entries: Iterable[Entry], zone: str) -> bytes:
    """UTF-8 with a byte order mark (spreadsheets ask for it); times in the wallet's zone, money in minor units."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEADER)
    for entry in entries:
        writer.writerows(_lines(entry, ZoneInfo(zone)))
    return text.getvalue().encode("utf-8-sig")


def _lines(entry: Entry, zone: ZoneInfo) -> Iterator[tuple[object, ...]]:
    at = entry.at.astimezone(zone).isoformat(timespec="seconds")
    for leg in entry.postings:
        money = ("", "", "") if leg.price is None else (leg.price.net, leg.price.tax, leg.price.currency)
        yield (
            entry.number, at, entry.kind.value, leg.account, leg.lot, leg.connects, *money,
            harmless(entry.memo), entry.job, entry.of, entry.by, entry.balance,
        )  # fmt: skip


def harmless(text: str) -> str:
    """Text that a spreadsheet cannot take for a formula: a quote before what would begin one (OWASP, CSV injection)."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text
