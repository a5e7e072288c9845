"""Accounts whose rows are written down one by one, and their pages at any moment."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from tests.imports.accounts import Account, Fact
from tests.imports.renderings import rendered
from tests.imports.windows import window

if TYPE_CHECKING:
    from collections.abc import Sequence


class Happened(NamedTuple):
    """Something that happened in January 2026, in UTC."""

    day: int
    clock: str
    wording: str
    connects: int
    title: str = ""

    @property
    def at(self) -> datetime:
        return moment(self.day, self.clock)


def moment(day: int, clock: str) -> datetime:
    """A moment of January 2026: `moment(5, "09:30")`."""
    return datetime.fromisoformat(f"2026-01-{day:02d}T{clock}").replace(tzinfo=UTC)


def life(opening: int, rows: Sequence[Happened]) -> Account:
    """One person's account, which had so many Connects before its first row."""
    balances = accumulate((row.connects for row in rows), initial=opening)
    next(balances)
    jobs = {title: f"~02{number:019d}" for number, title in enumerate(dict.fromkeys(row.title for row in rows))}
    facts = tuple(
        Fact(
            str(4_000_000_000 + number), row.at, row.wording, row.connects, row.title,
            jobs[row.title] if row.title else "", "", balance,
        )
        for number, (row, balance) in enumerate(zip(rows, balances, strict=True))
    )  # fmt: skip
    return Account(0, facts, opening, (), rows[0].at, rows[-1].at)


def page_text(account: Account, at: datetime, form: str) -> str:
    """The page of the last 90 days in one of the forms."""
    return rendered(window(account, at), form)
